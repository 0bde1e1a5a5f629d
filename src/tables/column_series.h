#pragma once
#include <vector>

#include "tables/columns.h"

namespace factpress::tables {

/// Periods that columns have as a series, where each header by itself tells too little or something else: months and quarters of a year beside
/// them, balances around what came and went between them, years to come that hold on one day.
void settle_series(std::vector<Column>& columns, const ColumnContext& context);

}  // namespace factpress::tables
