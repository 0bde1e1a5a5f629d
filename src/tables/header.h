#pragma once
#include <string>
#include <vector>

#include "tables/rows.h"

namespace factpress::tables {

/// One text above a column, with its place.
struct HeaderText {
  std::string text;
  Span span;
  bool own = false;  ///< stands over this column alone
};

/// How many texts the fullest line of the header has, wrapped ones taken together.
std::size_t fullest_line(const std::vector<const RowParts*>& headers, bool aligned);

/// The header texts of every column, outermost row first. A text over several columns is given to each of them; dates that
/// share one piece of fixed-width text come apart; in a row of durations alone the columns are shared out between them; a column of percentages alone
/// may stand between them without a text of its own.
std::vector<std::vector<HeaderText>> spread_headers(const std::vector<const RowParts*>& headers, const std::vector<Slots>& columns, const std::vector<bool>& percent_only, bool aligned);

}  // namespace factpress::tables
