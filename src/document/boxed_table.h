#pragma once
#include <cstddef>
#include <vector>

#include "document/document.h"
#include "document/lines.h"

namespace factpress::document {

/// The line after a table drawn with strokes that begins at line `first` ("+-----+----+" over "| Cash | 12 |", or the line-drawing
/// characters of Unicode); `first` where none begins. Linear in the lines of the table.
std::size_t boxed_table_end(std::string_view text, const std::vector<Line>& lines, std::size_t first);

/// Its rows. Rules between all rows part them, lines between two rules are those of one row; where rules stand above, below and
/// under the header only, each line is a row. A cell that reaches over several columns has a column span.
Table read_boxed_table(const MappedText& whole, const std::vector<Line>& lines, std::size_t first, std::size_t end);

}  // namespace factpress::document
