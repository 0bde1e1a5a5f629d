#pragma once
#include <string>
#include <vector>

#include "document/document.h"
#include "facts/prose.h"

namespace factpress::test {

/// One golden case of tests/cases/prose: headers ("period: 2013-01-01..2013-03-31"), an empty line, a text (headings "## ",
/// list items "- ", every other line a paragraph), "---", then one expected line a number.
struct ProseCase {
  std::string head;      ///< everything above the separator, verbatim
  std::string expected;  ///< everything below it
  facts::Identity identity;
  document::Document document;
  std::vector<tables::DataTable> tables;
};

ProseCase read_prose_case(const std::string& bytes);
/// A document made of lines as in a case.
document::Document make_document(const std::string& text);
/// What the reader found, as the lower half of a case.
std::string run_prose_case(const ProseCase& c);

}  // namespace factpress::test
