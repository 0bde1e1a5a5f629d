#pragma once
#include <vector>

#include "tables/groups.h"
#include "tables/labels.h"
#include "tables/table.h"

namespace factpress::tables {

/// Marks the numbers that are percentages though only some of their column print the sign: statements set "$" and "%" on the
/// first row and on totals alone. A column of which no number has a currency sign holds percentages where its signs stand in
/// just the rows in which other columns print currency signs; and so does every column of a table without currency signs
/// whose first and last numbers are percentages, or whose numbers add up to a last one of 100%, or of which words above tell it (`told`).
/// Where none prints a sign at all, the words alone tell it unless a note of scale (`scaled`) tells of amounts.
void mark_percentages(const std::vector<LabelledRow>& rows, const ColumnLayout& layout, bool told, bool scaled, std::vector<std::vector<ValueGroup>>& values);

/// Columns whose header names percentages ("Percent to sales", "Loss ratio", "%1"), and whose numbers are as small as those are and without signs of
/// money, hold percentages.
void mark_percent_columns(const ColumnLayout& layout, const std::vector<std::vector<ValueGroup>>& values, std::vector<Column>& columns);

}  // namespace factpress::tables
