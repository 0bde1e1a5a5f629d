#pragma once
#include <string>
#include <vector>

#include "tables/rows.h"

namespace factpress::tables {

/// A part of a document table that is a table of its own: its titles, its header rows, its body. Points into the rows.
struct Draft {
  std::size_t block = 0;
  bool aligned = false;
  std::vector<const RowParts*> titles;
  std::vector<const RowParts*> headers;
  std::vector<const RowParts*> body;
  std::vector<std::string> lead;     ///< lines of text before the table that may be its title, top to bottom
  std::vector<Span> lead_spans;
  std::string intro;                 ///< the paragraph that ends the lead: "The following table shows ... (in thousands):"
  Span intro_span{};
  bool first_of_block = true, last_of_block = true;
  std::size_t data_rows() const;
};

/// Several tables glued in one come apart where new header rows begin.
std::vector<Draft> split_tables(const std::vector<RowParts>& rows, std::size_t block, bool aligned);

}  // namespace factpress::tables
