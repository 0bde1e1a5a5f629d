#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tables/grid.h"

namespace factpress::tables {

/// A printed number with the signs that stand in cells of their own around it.
struct ValueGroup {
  std::uint32_t begin = 0, end = 0;  ///< slots, signs included
  std::uint32_t right = 0;           ///< the slot after the number's own cell
  const GridCell* cell = nullptr;    ///< where the digits (or the dash) stand
  NumberText number;                 ///< with the signs around it applied
  std::string text;                  ///< the whole print
  bool weak = false;                 ///< "(1)" in a cell of its own: a footnote mark unless a column stands there
  bool in_percents = false;          ///< a percentage by its column, without the sign: see mark_percentages
};

/// The numbers of a row from the slot `from` on. Cells of words end a group; lone prefixes are dropped.
std::vector<ValueGroup> value_groups(const GridRow& row, std::uint32_t from, bool aligned);

struct Slots {
  std::uint32_t begin = 0, end = 0;
};

/// The columns that the numbers of several rows stand in, left to right, and to which column each number belongs.
/// `rows[i]` may be empty. Fuller rows decide first; a number one slot off belongs to the column it touches.
struct ColumnLayout {
  std::vector<Slots> columns;
  std::vector<std::vector<int>> column_of;  ///< for each row and group: its column, -1 for a footnote mark
};
ColumnLayout lay_out_columns(const std::vector<std::vector<ValueGroup>>& rows, bool aligned);

/// The columns of fixed-width text whose numbers drift from row to row (text taken from pages set in proportional type): where no row
/// has more numbers than the header has texts, `expected`, yet more columns were to be seen, each full row's numbers stand in the
/// columns in order, and those of other rows in the columns of the full row nearest to them. Else `seen` as it is.
ColumnLayout straighten(ColumnLayout seen, const std::vector<std::vector<ValueGroup>>& rows, std::size_t expected);

/// The same for a table of fixed-width text that goes over pages, `pages[i]` that of row i: where all pages have as many columns,
/// and more were to be seen over all of them, the columns stand elsewhere on each page, and `columns` are those of the first.
ColumnLayout lay_out_pages(const std::vector<std::vector<ValueGroup>>& rows, const std::vector<std::uint32_t>& pages);

}  // namespace factpress::tables
