#pragma once
#include <string>
#include <vector>

#include "tables/rows.h"

namespace factpress::tables {

/// A row of a table's body with its whole label and the headings it stands under.
struct LabelledRow {
  const RowParts* parts = nullptr;   ///< null for a heading made of wrapped lines: see `label`
  std::string label;
  Span span;
  std::vector<std::string> section;
  int depth = 0;
  bool heading = false;
  bool ruled_above = false;
};

/// Joins wrapped labels (above and below their numbers), tells headings from labels, and builds the sections from indents,
/// capitals and totals. In order.
/// `wrap_indent`: how far the second lines of labels are indented in the tables of fixed-width text read so far; -1 where none told.
std::vector<LabelledRow> label_rows(const std::vector<const RowParts*>& body, int& wrap_indent);

/// The texts of cells as one line.
/// A line that ends in "at", "and", "of", a comma or a dash goes on in the next.
bool ends_with_connector(std::string_view text);
std::string joined_text(const std::vector<const GridCell*>& cells);

}  // namespace factpress::tables
