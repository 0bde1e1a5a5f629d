#pragma once
#include <string>

#include "diag/diagnostic.h"

namespace factpress::test {

/// The codes of a sink's findings in order, one a line with line and column: "inline.value 3:14".
inline std::string codes_of(const diag::Sink& sink) {
  std::string out;
  for (const diag::Diagnostic& d : sink.all()) {
    out += d.code->code;
    if (d.place.source) {
      const LineColumn at = d.place.source->locate(d.place.span.begin);
      out += " " + std::to_string(at.line) + ":" + std::to_string(at.column);
    }
    out += "\n";
  }
  return out;
}

inline bool has_code(const diag::Sink& sink, std::string_view code) {
  for (const diag::Diagnostic& d : sink.all())
    if (d.code->code == code) return true;
  return false;
}

}  // namespace factpress::test
