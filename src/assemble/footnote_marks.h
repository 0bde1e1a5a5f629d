#pragma once
#include <string>
#include <vector>

#include "document/document.h"
#include "model/report.h"
#include "tables/table.h"

namespace factpress::assemble {

/// The footnote marks that end a text ("Tonnage (1)(2)", "Adjusted EBITDA*", a raised 1), from left to right, without brackets and
/// raised digits as plain ones: "1", "a", "**". A plain number or letter counts only where it is raised. `from`: the text is
/// looked at from there on.
std::vector<std::string> marks_at_end(const model::TextRun& run, std::size_t from = 0);
/// A row's label without them: "Adjusted EBITDA (3)" is "Adjusted EBITDA". What is raised is asked of the document's own cell.
std::string label_without_marks(const document::Document& document, const tables::DataTable& table, const tables::TableRow& row);

/// The mark that begins a text, in the same form, and where its words begin; an empty mark where there is none.
struct OpeningMark {
  std::string mark;
  std::size_t words = 0;
};
OpeningMark mark_at_start(const model::TextRun& run);

}  // namespace factpress::assemble
