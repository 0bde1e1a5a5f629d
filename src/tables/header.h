#pragma once
#include <string>
#include <vector>

#include "tables/header_pieces.h"
#include "tables/rows.h"

namespace factpress::tables {

/// One text above a column, with its place.
struct HeaderText {
  std::string text;
  Span span;
  bool own = false;  ///< stands over this column alone
};

/// The lines of a header, topmost first, each with its texts; in fixed-width text (`aligned`) those that share a piece apart, wrapped
/// ones together.
using HeaderLines = std::vector<std::vector<HeaderPiece>>;
HeaderLines header_lines(const std::vector<const RowParts*>& headers, bool aligned);

/// "(Dollars in billions)" below "Variance due to", beside columns of periods: the scale of that group's columns alone.
struct GroupScale {
  Slots reach;
  int power = 0;
};
std::vector<GroupScale> scales_of_groups(const HeaderLines& lines);

/// The header texts of every column, outermost row first. A text over several columns is given to each of them; in a row of
/// durations alone the columns are shared out between them; a column of percentages alone may stand between them without a text of its own.
std::vector<std::vector<HeaderText>> spread_headers(const HeaderLines& lines, const std::vector<Slots>& columns, const std::vector<bool>& percent_only, bool aligned);

}  // namespace factpress::tables
