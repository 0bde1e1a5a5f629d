#pragma once
#include <vector>

#include "document/document.h"

namespace factpress::document {

/// Fixed-width text as blocks: paragraphs, list items, centred headings, and tables whose columns are aligned by characters
/// (cells carry their character columns). `whole` may be a file or a preformatted part of one.
void read_text(const MappedText& whole, std::vector<Block>& blocks);

/// Where tables stand among lines: half-open ranges of line numbers, in order.
struct Line;
struct Region {
  std::size_t begin, end;
  bool boxed = false;  ///< drawn with strokes, see boxed_table.h
};
std::vector<Region> table_regions(std::string_view text, const std::vector<Line>& lines);

}  // namespace factpress::document
