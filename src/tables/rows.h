#pragma once
#include <vector>

#include "tables/groups.h"

namespace factpress::tables {

enum class RowKind {
  blank,
  rule,
  title,    ///< text across the table
  header,   ///< texts over the columns
  heading,  ///< a label alone
  data,     ///< numbers, with or without a label
  note,     ///< a footnote below the numbers
};

/// A row of a grid with its parts told apart. Points into the grid.
struct RowParts {
  RowKind kind = RowKind::blank;
  const GridRow* row = nullptr;
  std::vector<const GridCell*> label;   ///< cells left of the numbers
  std::vector<const GridCell*> words;   ///< other cells without numbers
  std::vector<ValueGroup> values;
  bool underlined = false;              ///< a rule follows, or the cells have a border below
  bool double_underlined = false;
  const GridRow* rule = nullptr;        ///< the rule right below it, if any
};

/// "Highlights" beside the numbers, set down many rows: bullets or sentences, which head no column and belong to no heading.
bool is_prose_beside(const GridCell& c);

/// Tells titles, headers, headings and data apart. Linear in the cells of the grid.
std::vector<RowParts> sort_rows(const Grid& grid);

/// A header text: dates, durations, years, "change", "%", "unaudited".
bool is_header_text(std::string_view text);

}  // namespace factpress::tables
