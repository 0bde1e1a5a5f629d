#pragma once
#include <vector>

#include "tables/table.h"

namespace factpress::tables {

/// Arithmetic settles what notes leave open: share counts are scaled so that income over shares gives the earnings per share
/// that are printed. Changes values and decimals of share cells; says so in the table's reasons.
void judge_shares(std::vector<DataTable>& tables);

}  // namespace factpress::tables
