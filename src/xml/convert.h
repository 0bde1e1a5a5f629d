#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "xml/tree.h"

namespace factpress::xml {

/// How a piece of a document becomes its value (XML 1.0 clauses 2.11, 3.3.3, 4.4).
enum class Conversion : std::uint8_t {
  lines,      ///< line ends normalised (a CDATA section, text without references)
  text,       ///< and references resolved
  attribute,  ///< references resolved, white space characters as spaces
};

/// Appends the value of `raw`, which was found well-formed, and says where it stands.
Piece append_converted(std::string& out, std::string_view raw, Conversion conversion);

}  // namespace factpress::xml
