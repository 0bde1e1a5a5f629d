#pragma once
#include <deque>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "document/document.h"
#include "tables/number.h"

namespace factpress::tables {

/// A filled cell in its place. Slots are grid columns after column and row spans are resolved; in fixed-width text they are
/// character columns.
struct GridCell {
  std::uint32_t begin = 0, end = 0;              ///< slots
  const document::Cell* cell = nullptr;
  std::uint32_t block_row = 0, block_cell = 0;
  NumberText number;                             ///< of its text
  std::string_view plain;                        ///< its text with blanks for footnote marks set as superscripts
  std::string_view line{};                       ///< of a cell whose lines are rows of their own: this row's
  const NumberText* upper = nullptr;             ///< the upper end of a range ("$410 - $415"), of which `number` is the lower; owned by the grid
  std::uint32_t upper_cell = 0;                  ///< where it stands in a cell of its own, as in fixed-width text: that cell in its row, else 0
  std::uint32_t line_begin = 0;                  ///< where it begins in the cell's text
  std::string_view text() const { return line.data() ? line : cell->text.view(); }
  /// The number's place in the source.
  Span number_span() const { return cell->text.source_span(line_begin + number.begin, line_begin + number.end); }
};

struct GridRow {
  std::vector<GridCell> cells;  ///< filled ones only, left to right
  bool rule = false;
  bool double_rule = false;     ///< a rule of equal signs
  std::vector<std::pair<std::uint32_t, std::uint32_t>> strokes{};  ///< of a rule of fixed-width text: where each unbroken run of it begins and ends
  bool underlined = false;
  std::uint32_t block_row = 0;
  std::uint32_t page = 0;       ///< of the pages that fixed-width text breaks the table into, from 0
};

/// One document table with every filled cell in its place. Points into the document, which must outlive it.
struct Grid {
  bool aligned = false;         ///< slots are characters
  std::uint32_t width = 0;      ///< slots
  std::vector<GridRow> rows;
  std::size_t block = 0;
  std::deque<NumberText> uppers;   ///< of ranges
  std::deque<std::string> masked;  ///< the texts that `plain` points into where it is not the cell's own
};

/// "------", "=====": a text that is drawn and says nothing.
bool is_stroke(std::string_view text);

/// `outlook`: the table tells what is expected; ranges and rough numbers are read as such.
Grid make_grid(const document::Table& table, std::size_t block, bool outlook = false);

}  // namespace factpress::tables
