#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/source.h"
#include "diag/code.h"
#include "xml/document.h"

namespace factpress::xml {

/// What is wrong with a document, and where.
struct ScanError {
  const diag::CodeInfo* code = nullptr;
  Span span;
  std::string message;
  std::optional<Span> other;  ///< a second place (the start tag that is not closed, the first of two attributes)
  std::string other_text;
};

/// Checks well-formedness (XML 1.0, fifth edition, without DOCTYPE) and namespaces in one linear pass over UTF-8 bytes,
/// and fills the tree on the way. Returns the first error; the tree is then of no use. The tree's names point into `bytes`.
/// `beyond_ascii` tells of a whole document whether it has such characters.
std::optional<ScanError> scan(std::string_view bytes, const Limits& limits, Tree& tree, bool& beyond_ascii);

}  // namespace factpress::xml
