#pragma once
#include <optional>
#include <vector>

#include "diag/diagnostic.h"
#include "tables/table.h"

namespace factpress::tables {

/// Settles the scale of tables that state none: the same printed numbers stand in a table with a known scale; income over
/// shares gives earnings per share only by one scale; amounts in prose ("$4.0 million") agree with one scale. Where nothing
/// settles it, `given` does; without that the likeliest is taken, the cells carry a doubt (they are left out of filings) and tables.no-scale is emitted.
void judge_scales(const document::Document& document, std::vector<DataTable>& tables, std::optional<int> given, diag::Sink& sink);

}  // namespace factpress::tables
