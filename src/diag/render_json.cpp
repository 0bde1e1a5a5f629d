#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "diag/render.h"

namespace factpress::diag {
namespace {

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::string place_fields(const Place& p) {
  if (!p.source) return "\"file\": null";
  const LineColumn at = p.source->locate(p.span.begin);
  return fmt::format("\"file\": {}, \"line\": {}, \"column\": {}, \"begin\": {}, \"end\": {}", quoted(p.source->name()), at.line,
                     at.column, p.span.begin, p.span.end);
}

std::string_view sarif_level(Severity s) {
  return s == Severity::error ? "error" : s == Severity::warning ? "warning" : "note";
}

// A URI reference: everything but unreserved characters and '/' percent-encoded.
std::string uri(std::string_view path) {
  std::string out;
  for (const char c : path) {
    if (is_alnum(c) || std::string_view("-._~/:").find(c) != std::string_view::npos) out += c;
    else out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string sarif_location(const Place& p, std::string_view text) {
  std::string out = "{\"physicalLocation\": {\"artifactLocation\": {\"uri\": ";
  const LineColumn a = p.source->locate(p.span.begin), b = p.source->locate(std::max(p.span.end, p.span.begin));
  append_json_string(out, uri(p.source->name()));
  out += fmt::format("}}, \"region\": {{\"startLine\": {}, \"startColumn\": {}, \"endLine\": {}, \"endColumn\": {}}}}}", a.line,
                     a.column, b.line, std::max(b.column, b.line == a.line ? a.column : 1U));
  if (!text.empty()) out += ", \"message\": {\"text\": " + quoted(text) + "}";
  return out + "}";
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x80) {
      append_utf8(out, next_code_point(text, i));
      continue;
    }
    ++i;
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (c < 0x20 || c == 0x7F) out += fmt::format("\\u{:04x}", c);
        else out += static_cast<char>(c);
    }
  }
  out += '"';
}

std::string render_json(const Sink& sink) {
  std::string out = "[";
  const char* separator = "\n";
  for (const Diagnostic& d : sink.all()) {
    out += fmt::format("{}  {{\"code\": {}, \"severity\": \"{}\", {}, \"message\": {}, \"help\": {}", separator, quoted(d.code->code),
                       to_string(d.severity), place_fields(d.place), quoted(d.message),
                       quoted(d.help.empty() ? d.code->remedy : std::string_view(d.help)));
    out += ", \"labels\": [";
    for (std::size_t i = 0; i < d.labels.size(); ++i)
      out += fmt::format("{}{{{}, \"text\": {}}}", i ? ", " : "", place_fields(d.labels[i].place), quoted(d.labels[i].text));
    out += "]}";
    separator = ",\n";
  }
  return out + (sink.all().empty() ? "]\n" : "\n]\n");
}

std::string render_sarif(const Sink& sink, std::string_view tool_version) {
  std::vector<const CodeInfo*> rules;
  for (const Diagnostic& d : sink.all())
    if (std::find(rules.begin(), rules.end(), d.code) == rules.end()) rules.push_back(d.code);
  std::sort(rules.begin(), rules.end(), [](auto* a, auto* b) { return a->code < b->code; });
  std::string out = "{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n  \"version\": \"2.1.0\",\n";
  out += "  \"runs\": [{\n    \"tool\": {\"driver\": {\"name\": \"factpress\", \"version\": " + quoted(tool_version) + ", \"rules\": [";
  for (std::size_t i = 0; i < rules.size(); ++i)
    out += fmt::format("{}\n      {{\"id\": {}, \"shortDescription\": {{\"text\": {}}}, \"fullDescription\": {{\"text\": {}}}, \"help\": {{\"text\": {}}}, "
                       "\"defaultConfiguration\": {{\"level\": \"{}\"}}}}",
                       i ? "," : "", quoted(rules[i]->code), quoted(rules[i]->title), quoted(rules[i]->why),
                       quoted(rules[i]->remedy), sarif_level(rules[i]->severity));
  out += "]}},\n    \"columnKind\": \"unicodeCodePoints\",\n    \"results\": [";
  bool first = true;
  for (const Diagnostic& d : sink.all()) {
    const auto rule = std::find(rules.begin(), rules.end(), d.code) - rules.begin();
    out += fmt::format("{}\n      {{\"ruleId\": {}, \"ruleIndex\": {}, \"level\": \"{}\", \"message\": {{\"text\": {}}}", first ? "" : ",",
                       quoted(d.code->code), rule, sarif_level(d.severity), quoted(d.message));
    if (d.place.source) out += ", \"locations\": [" + sarif_location(d.place, "") + "]";
    std::string related;
    for (const Label& label : d.labels)
      if (label.place.source) related += (related.empty() ? "" : ", ") + sarif_location(label.place, label.text);
    if (!related.empty()) out += ", \"relatedLocations\": [" + related + "]";
    out += "}";
    first = false;
  }
  return out + "]\n  }]\n}\n";
}

}  // namespace factpress::diag
