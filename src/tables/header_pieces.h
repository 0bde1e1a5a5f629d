#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace factpress::tables {

/// A text of one line of a table's header, with the slots it reaches over.
struct HeaderPiece {
  std::uint32_t begin, end;
  std::string text;
  Span span;
  bool spanned;  ///< an explicit column span, or a stroke below it: no guessing how far it reaches
};

/// "2024", also with the mark of a note behind it: "2024 (1)".
bool is_bare_year(std::string_view text);

/// "Note", "Notes" over a column.
bool names_notes(std::string_view header);

/// Adds the texts that share a piece of fixed-width text, a single blank between them ("June 26, June 28,", "Three Months Ended Six
/// Months Ended", "Q2 FY23 Q1 FY23"), else the piece as it is. `from`: its first slot; `span_of`: the source of a part of it, where known.
void split_piece(std::string_view text, std::uint32_t from, const std::function<Span(std::size_t begin, std::size_t end)>& span_of, std::vector<HeaderPiece>& out);

/// Fixed-width text breaks a long text over narrow columns while its neighbour stands in one line: "Three Months" above "Ended"
/// beside "Six Months Ended", "November" above "2," beside "October 28,". Joins the parts of each, over the middle of both, in
/// the line where texts of its kind stand; else in the lower one. `lines`: of one header, topmost first.
void join_wrapped(std::vector<std::vector<HeaderPiece>>& lines);

/// To which block each text of a line belongs that repeats itself below the texts of the line above: "2024 | 2023 | 2024 | 2023"
/// (a block ends where the years turn back), "Balance | Rate | Balance | Rate". Empty where the line is one block or none.
std::vector<int> repeated_blocks(const std::vector<HeaderPiece>& line);

}  // namespace factpress::tables
