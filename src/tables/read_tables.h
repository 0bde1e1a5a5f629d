#pragma once
#include <optional>
#include <vector>

#include "tables/calendar.h"
#include "tables/table.h"

namespace factpress::tables {

/// All data tables of a document, in order. Tables that are not data are left alone; the reason is said as
/// tables.not-data. Emits tables.* diagnostics for what cannot be told. Linear in the number of cells. `given_scale`: the user's
/// word for the scale of tables that tell none.
std::vector<DataTable> read_tables(const document::Document& document, const Calendar& calendar, std::optional<int> given_scale, diag::Sink& sink);

}  // namespace factpress::tables
