// Values as text: what {{ }} prints, Python's repr, and shortened forms for messages.
#include <charconv>

#include "base/text.h"
#include "template/reflect.h"
#include "template/value.h"

namespace factpress::tmpl {

namespace {

constexpr int deepest_repr = 100;

void append_int(std::string& out, std::int64_t i) {
  char buffer[24];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, i).ptr;
  out.append(buffer, static_cast<std::size_t>(end - buffer));
}

void append_quoted(std::string& out, std::string_view s) {
  const bool single = s.find('\'') != s.npos && s.find('"') == s.npos;
  const char quote = single ? '"' : '\'';
  out += quote;
  for (const char c : s) {
    const auto u = static_cast<unsigned char>(c);
    if (c == quote || c == '\\') (out += '\\') += c;
    else if (c == '\n') out += "\\n";
    else if (c == '\r') out += "\\r";
    else if (c == '\t') out += "\\t";
    else if (u < 0x20 || u == 0x7F) (out += "\\x") += {"0123456789abcdef"[u >> 4], "0123456789abcdef"[u & 15]};
    else out += c;
  }
  out += quote;
}

void append_items(std::string& out, const Value& v, char open, char close, int depth) {
  out += open;
  const std::size_t n = item_count(v);
  for (std::size_t i = 0; i < n; ++i) {
    if (i) out += ", ";
    append_repr(out, item_at(v, i), depth + 1);
  }
  if (close == ')' && n == 1) out += ',';
  out += close;
}

void append_entries(std::string& out, const Value& v, int depth) {
  out += '{';
  bool first = true;
  for (const auto& [k, e] : v.as_map().items) {
    if (!first) out += ", ";
    first = false;
    append_repr(out, k, depth + 1);
    out += ": ";
    append_repr(out, e, depth + 1);
  }
  out += '}';
}

}  // namespace

void append_repr(std::string& out, const Value& v, int depth) {
  if (depth > deepest_repr) {
    out += "...";
    return;
  }
  switch (v.kind()) {
    case Kind::string: return append_quoted(out, v.as_string());
    case Kind::list: case Kind::sequence: return append_items(out, v, '[', ']', depth);
    case Kind::tuple: return append_items(out, v, '(', ')', depth);
    case Kind::map: return append_entries(out, v, depth);
    default: return append_text(out, v);
  }
}

void append_text(std::string& out, const Value& v) {
  switch (v.kind()) {
    case Kind::missing: case Kind::undefined: out += "undefined"; return;
    case Kind::none: out += "None"; return;
    case Kind::boolean: out += v.as_bool() ? "True" : "False"; return;
    case Kind::integer: append_int(out, v.as_int()); return;
    case Kind::decimal: out += v.as_decimal().to_string(); return;
    case Kind::date: out += v.as_date().iso(); return;
    case Kind::string: out += v.as_string(); return;
    case Kind::structure: (out += '<') += v.type().name, out += '>'; return;
    case Kind::object:
      if (v.as_object().is_sequence()) append_items(out, v, '[', ']', 0);
      else v.as_object().print(out);
      return;
    default: append_repr(out, v);
  }
}

std::string to_text(const Value& v) {
  std::string out;
  append_text(out, v);
  return out;
}

namespace {

// As repr, but stops soon: a list of a million items must not be printed whole to be cut.
void append_preview(std::string& out, const Value& v, std::size_t limit, int depth) {
  if (out.size() > limit) return;
  if (v.is_string()) return append_quoted(out, v.as_string().substr(0, limit + 1));
  if (v.is_sequence() && depth < 4) {
    out += v.is(Kind::tuple) ? '(' : '[';
    for (std::size_t i = 0, n = item_count(v); i < n && out.size() <= limit; ++i) {
      if (i) out += ", ";
      append_preview(out, item_at(v, i), limit, depth + 1);
    }
    out += v.is(Kind::tuple) ? ')' : ']';
    return;
  }
  if (v.is(Kind::map) && depth < 4) {
    out += '{';
    bool first = true;
    for (const auto& [k, e] : v.as_map().items) {
      if (out.size() > limit) break;
      if (!first) out += ", ";
      first = false;
      append_preview(out, k, limit, depth + 1);
      out += ": ";
      append_preview(out, e, limit, depth + 1);
    }
    out += '}';
    return;
  }
  if (v.is_sequence() || v.is(Kind::map)) out += "...";
  else if (v.is(Kind::object) && v.as_object().is_sequence()) out += "[...]";
  else append_text(out, v);
}

}  // namespace

std::string preview(const Value& v, std::size_t limit) {
  std::string text;
  append_preview(text, v, limit, 0);
  std::size_t at = 0;
  for (std::size_t n = 0; n < limit && at < text.size(); ++n) next_code_point(text, at);
  if (at < text.size()) text.resize(at), text += "...";
  return text;
}

}  // namespace factpress::tmpl
