#pragma once
#include <vector>

#include "tables/calendar.h"
#include "tables/table.h"

namespace factpress::tables {

/// All data tables of a document, in order. Tables that are not data are left alone; the reason is said as
/// tables.not-data. Emits tables.* diagnostics for what cannot be told. Linear in the number of cells.
std::vector<DataTable> read_tables(const document::Document& document, const Calendar& calendar, diag::Sink& sink);

}  // namespace factpress::tables
