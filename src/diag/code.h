#pragma once
#include <span>
#include <string_view>

namespace factpress::diag {

enum class Severity { info, warning, error };
std::string_view to_string(Severity severity);

/// One row of the catalog: a kind of finding, with everything that `factpress explain CODE` tells about it.
/// Rows stand in diag/codes/<room>.def; a test proves that each has an emitter, a page and a case.
struct CodeInfo {
  std::string_view code;    ///< "room.what-is-wrong", or the specification's own ("xbrldie:...")
  Severity severity;        ///< the usual one; a diagnostic may carry another
  std::string_view title;   ///< one line, no full stop
  std::string_view why;     ///< why it matters
  std::string_view remedy;  ///< what to do
  std::string_view clause;  ///< the specification's clause, or empty
};

/// Every row, sorted by code.
std::span<const CodeInfo* const> catalog();
/// The row of a code, or null.
const CodeInfo* find_code(std::string_view code);

}  // namespace factpress::diag
