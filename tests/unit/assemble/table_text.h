#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "facts/raw_fact.h"

namespace factpress::test {

/// A reading made by hand: tables written as lines, so that the proofs are tested without the readers.
class ReadingText {
 public:
  /// Columns are periods ("2013-01-01/2013-03-31" or "2013-03-31"), or "change" for a computed column.
  /// Lines: "Label | 1,234 | (5)", "Label:" alone for a heading, "---" for a rule above the next row. An indent is a depth.
  ReadingText& table(tables::StatementKind kind, std::string title, const std::vector<std::string>& columns, std::string_view lines, int scale = 0);
  /// The reading; its source's text holds every number at its span.
  facts::Reading make();

 private:
  std::string text_;
  std::vector<tables::DataTable> tables_;
};

}  // namespace factpress::test
