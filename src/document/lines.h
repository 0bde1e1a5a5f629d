#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace factpress::document {

/// A stretch of a line between gaps of two blanks or more, tabs or leaders ("....").
struct Piece {
  std::uint32_t begin = 0, end = 0;  ///< bytes
  std::uint32_t from = 0, to = 0;    ///< character columns, tab stops every eight
};

/// A line of fixed-width text and what it looks like.
struct Line {
  std::uint32_t begin = 0, end = 0;  ///< bytes, without the line break
  std::vector<Piece> pieces;
  bool blank = false;
  bool rule = false;   ///< dashes, equal signs or underscores only
  bool data = false;   ///< numbers in places of their own
  bool tag = false;    ///< SGML markup only ("<PAGE>", "<S>   <C>")
  bool page = false;   ///< begins with a form feed: the first of a page
};

/// Splits text into lines; pieces are split further where numbers and signs stand next to each other ("10% $").
std::vector<Line> split_lines(std::string_view text);

/// True for what stands in a number's place: digits with their signs, a lone sign, a dash, "na", "nm".
bool is_value_token(std::string_view token);
/// The number of a page and nothing else: "7", "- 7 -", "Page 7", "Page 7 of 9".
bool is_folio_text(std::string_view text);
/// Where the first stroke (" | ") stands in "Revenues | 475.3 | 434.1", a row of a table without strokes at its edges, as converters of web pages
/// write them; npos for other lines.
std::size_t loose_stroke(std::string_view line);
/// True for dashes, equal signs and underscores (three at least, or two "--" in groups) and nothing else but blanks.
bool is_rule_text(std::string_view text);

}  // namespace factpress::document
