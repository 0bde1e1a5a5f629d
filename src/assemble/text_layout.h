#pragma once
#include "document/document.h"
#include "model/report.h"

namespace factpress::assemble {

/// Gives the cells of a table whose columns are aligned by characters their places in a grid: labels in the first column, then
/// two for each column of numbers, the currency sign's and the number's. Headings cover the columns that they stand above, a line
/// alone in the middle covers all. `block` holds the table's rows and cells one by one. A table whose cells do not tell where
/// they stood (HTML, pipes, tabs) stays as it is.
void lay_out_text(const document::Table& table, model::NarrativeBlock& block);

}  // namespace factpress::assemble
