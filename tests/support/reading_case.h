#pragma once
// Golden cases of the readers: "format: html" and the release above a line "---", what is read of its tables below: one line
// a fact (label | period | unit | value), then one line a diagnostic ("! code"). "format: html, dimensions" shows the facts' dimensions, too.
#include <string>
#include <string_view>

#include "document/decode.h"
#include "facts/raw_fact.h"

namespace factpress::test {

struct ReadingCase {
  std::string format, input, expected;
  bool dimensions = false;
};

inline ReadingCase split_case(const std::string& text) {
  ReadingCase out;
  const std::size_t first = text.find('\n');
  out.format = text.substr(8, first - 8);
  if (const std::size_t comma = out.format.find(", dimensions"); comma != std::string::npos) out.dimensions = true, out.format.resize(comma);
  const std::size_t bar = text.find("\n---\n", first);
  out.input = text.substr(first + 1, bar == std::string::npos ? std::string::npos : bar - first);
  if (bar != std::string::npos) out.expected = text.substr(bar + 5);
  return out;
}

inline std::string read_case(const ReadingCase& c) {
  diag::Sink sink;
  const std::string name = c.format == "html" ? "case.htm" : c.format == "markdown" ? "case.md" : "case.txt";
  const SourcePtr source = document::decode(name, c.input, sink);
  std::string out;
  if (source) {
    const facts::Reading reading = facts::read_release(source, document::detect_format(*source), sink);
    for (const facts::RawFact& f : reading.facts) {
      if (f.kind != facts::FactKind::table) continue;
      const std::string period = !f.period ? "?" : f.period->start ? f.period->start->iso() + ".." + f.period->end.iso() : f.period->end.iso();
      out += f.label + " | " + period + " | " + f.unit + " | " + f.value.to_string() + (f.filable ? "" : " | in doubt");
      for (const auto& [dimension, member] : f.dimensions) out += c.dimensions ? " | " + dimension + ": " + member : "";
      out += "\n";
    }
  }
  for (const diag::Diagnostic& d : sink.all()) {
    const std::string_view code = d.code->code;
    if (code.substr(0, 7) == "tables." || code.substr(0, 7) == "reader." || code.substr(0, 6) == "input." || code == "facts.no-period") out += "! " + std::string(code) + "\n";
  }
  return out;
}

}  // namespace factpress::test
