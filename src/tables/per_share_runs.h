#pragma once
#include "tables/table.h"

namespace factpress::tables {

/// Amounts a share whose labels leave that out: "Continuing operations 1.72" in an income statement of whole millions, and
/// the steps of a reconciliation that begins with "Net income per diluted share".
void settle_per_share_runs(DataTable& table);

}  // namespace factpress::tables
