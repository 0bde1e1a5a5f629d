#pragma once
#include "tables/calendar.h"
#include "tables/table.h"

namespace factpress::tables {

/// Rows and headings may tell periods too: "Three Months Ended March 31, 2025 - as adjusted" for itself and the rows below it
/// where the columns are measures; "Three months ended:" over columns that give dates alone; "At beginning of period".
/// Settles the period of every cell. `rows[r]` nature comes from nature.h.
void settle_periods(DataTable& table, const Calendar& calendar);

}  // namespace factpress::tables
