#pragma once
#include <vector>

#include "tables/table.h"

namespace factpress::tables {

/// Arithmetic settles what notes leave open: share counts are scaled so that income over shares gives the earnings per share
/// that are printed. Changes values and decimals of share cells; says so in the table's reasons.
void judge_shares(std::vector<DataTable>& tables);

/// The money scale of a table that states none, where exact share counts and earnings per share tell it; -1 for none.
int scale_by_shares(const DataTable& table);

}  // namespace factpress::tables
