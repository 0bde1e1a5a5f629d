#pragma once
#include "tables/table.h"

namespace factpress::tables {

/// Accountants print the per-cent sign with the first and the last number of a column only. Numbers between two percentages,
/// or below one with a label that names a rate, are percentages where they have digits after the point and no currency sign.
void settle_percent_runs(DataTable& table);

/// A column of changes that nothing calls percentages, or whose first number alone has the sign: arithmetic tells. Where its numbers are
/// what two columns of values differ by in per cent, and not their difference, they are percentages.
void settle_changes(DataTable& table);

}  // namespace factpress::tables
