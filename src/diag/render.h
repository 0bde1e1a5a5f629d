#pragma once
#include <string>
#include <string_view>

#include "diag/diagnostic.h"

namespace factpress::diag {

struct TextStyle {
  bool color = false;
  bool source_lines = true;  ///< show the line with a caret
};

/// "file:line:column: severity: message [code]", the source line with a caret, labels and help. Ends with a line break.
std::string render_text(const Diagnostic& d, const TextStyle& style = {});
/// A JSON array with one object a diagnostic; deterministic key order.
std::string render_json(const Sink& sink);
/// A SARIF 2.1.0 log.
std::string render_sarif(const Sink& sink, std::string_view tool_version);
/// The page of `factpress explain CODE`, as plain text.
std::string explain(const CodeInfo& code);
/// Appends text as a JSON string, quotes included; malformed UTF-8 becomes U+FFFD.
void append_json_string(std::string& out, std::string_view text);

}  // namespace factpress::diag
