// Filters of markup, JSON, URLs; defaults and attributes.
#include <fmt/core.h>

#include "base/text.h"
#include "diag/codes/template.h"
#include "template/json.h"
#include "template/library/support.h"

namespace factpress::tmpl {

namespace {

Value do_escape(Call& c) {
  if (is_marked(c[0])) return c[0];
  std::string out;
  c.machine().check_tree(c[0]);
  append_escaped(out, c[0], markup_format(c));
  return text_value(c, std::move(out), true);
}

Value do_forceescape(Call& c) {
  std::string out;
  append_escaped(out, c.text(0), markup_format(c));
  return text_value(c, std::move(out), true);
}

std::string unescaped(std::string_view s) {
  static constexpr std::pair<std::string_view, std::string_view> entities[] = {
      {"amp;", "&"}, {"lt;", "<"}, {"gt;", ">"}, {"quot;", "\""}, {"apos;", "'"}, {"nbsp;", "\xC2\xA0"},
      {"mdash;", "\xE2\x80\x94"}, {"ndash;", "\xE2\x80\x93"}, {"copy;", "\xC2\xA9"}, {"reg;", "\xC2\xAE"}};
  std::string out;
  for (std::size_t i = 0; i < s.size();) {
    if (s[i] != '&') {
      out += s[i++];
      continue;
    }
    const std::string_view rest = s.substr(i + 1);
    bool found = false;
    for (const auto& [name, text] : entities)
      if (rest.starts_with(name)) {
        out += text;
        i += 1 + name.size();
        found = true;
        break;
      }
    if (found) continue;
    const std::size_t end = rest.substr(0, 12).find(';');
    if (rest.size() > 2 && rest[0] == '#' && end != rest.npos) {
      const bool hex = to_lower(rest[1]) == 'x';
      std::uint32_t v = 0;
      bool ok = true;
      for (const char ch : rest.substr(hex ? 2 : 1, end - (hex ? 2 : 1))) {
        const char l = to_lower(ch);
        const int digit = is_digit(l) ? l - '0' : l >= 'a' && l <= 'f' ? l - 'a' + 10 : 99;
        ok = ok && digit < (hex ? 16 : 10) && v < 0x1000000;
        v = v * (hex ? 16 : 10) + static_cast<std::uint32_t>(digit);
      }
      if (ok) {
        append_utf8(out, v);
        i += end + 2;
        continue;
      }
    }
    out += s[i++];
  }
  return out;
}

Value do_striptags(Call& c) {
  const std::string s = c.text(0);
  std::string out;
  for (std::size_t i = 0; i < s.size();) {
    if (s[i] == '<') {
      const bool comment = s.compare(i, 4, "<!--") == 0;
      const std::size_t close = comment ? s.find("-->", i + 4) : s.find('>', i);
      if (close != s.npos) {
        i = close + (comment ? 3 : 1);
        continue;
      }
    }
    out += s[i++];
  }
  std::string words;
  bool blank = false;
  for (const char ch : out) {
    if (is_space(ch)) blank = !words.empty();
    else {
      if (blank) words += ' ';
      blank = false;
      words += ch;
    }
  }
  return text_value(c, unescaped(words));
}

void append_quoted_url(std::string& out, std::string_view s, bool query) {
  static constexpr std::string_view hex = "0123456789ABCDEF";
  for (const char ch : s) {
    const auto u = static_cast<unsigned char>(ch);
    if (is_alnum(ch) || ch == '-' || ch == '_' || ch == '.' || ch == '~' || (ch == '/' && !query)) out += ch;
    else if (ch == ' ' && query) out += '+';
    else (out += '%') += {hex[u >> 4], hex[u & 15]};
  }
}

Value do_urlencode(Call& c) {
  std::string out;
  const auto pair = [&](const Value& k, const Value& v) {
    c.machine().require(v);
    if (!out.empty()) out += '&';
    append_quoted_url(out, to_text(k), true);
    out += '=';
    append_quoted_url(out, to_text(v), true);
  };
  if (c[0].is(Kind::map)) {
    for (const auto& [k, v] : c[0].as_map().items) pair(k, v);
  } else if (c[0].is_sequence()) {
    for (const Value& item : c.items(0)) {
      const auto two = items_of(c.machine(), item);
      if (two.size() != 2) c.fail_value("urlencode takes a map or pairs of names and values");
      pair(two[0], two[1]);
    }
  } else {
    append_quoted_url(out, c.text(0), false);
  }
  return text_value(c, std::move(out));
}

Value do_xmlattr(Call& c) {
  if (!c[0].is(Kind::map)) c.fail_type(fmt::format("xmlattr takes a map, not {} {}", kind_name(c[0]), preview(c[0])));
  std::string out;
  for (const auto& [k, v] : c[0].as_map().items) {
    if (v.is_none() || v.is_undefined()) continue;
    const std::string name = to_text(k);
    if (name.empty() || name.find_first_of(" \t\r\n\f\v/>=\"'<") != name.npos)
      c.fail_value(fmt::format("{} is no name of an attribute", preview(k)));
    if (!out.empty()) out += ' ';
    append_escaped(out, name, Format::xml);
    out += "=\"";
    if (is_marked(v)) out += v.as_string();
    else append_escaped(out, to_text(v), Format::xml);
    out += '"';
  }
  if (!out.empty() && c.truth(1, true)) out.insert(out.begin(), ' ');
  return text_value(c, std::move(out), true);
}

Value do_tojson(Call& c) {
  JsonStyle style;
  style.for_html = c.machine().format() != Format::json;
  if (c.given(1) && !c[1].is_none()) style.indent = static_cast<int>(std::clamp<std::int64_t>(c.integer(1), 0, 16));
  c.machine().check_tree(c[0]);
  std::string out;
  append_json(out, c[0], style);
  return text_value(c, std::move(out), true);
}

Value do_default(Call& c) {
  const Value fallback = c.given(1) ? c[1] : Value::string("");
  if (c[0].is_undefined() || (c.truth(2, false) && !c.machine().truth(c[0]))) return fallback;
  return c[0];
}

}  // namespace

void add_markup_filters(BuiltinMap& f) {
  add(f, "escape", "value", do_escape);
  alias(f, "e", "escape");
  add(f, "forceescape", "value", do_forceescape);
  add(f, "safe", "value", [](Call& c) { return c[0].is_string() ? c[0].marked(true) : text_value(c, c.text(0), true); });
  add(f, "striptags", "value", do_striptags);
  add(f, "urlencode", "value", do_urlencode);
  add(f, "xmlattr", "value, autospace=", do_xmlattr);
  add(f, "tojson", "value, indent=", do_tojson);
  add(f, "pprint", "value", [](Call& c) {
    c.machine().check_tree(c[0]);
    std::string out;
    append_repr(out, c[0]);
    return text_value(c, std::move(out));
  });
  add(f, "default", "?value, ?default_value=, boolean=", do_default);
  alias(f, "d", "default");
  add(f, "attr", "value, name", [](Call& c) { return c.machine().get_attribute(c[0], c.text(1)); });
}

void add_standard_filters(BuiltinMap& f) {
  add_string_filters(f);
  add_sequence_filters(f);
  add_number_filters(f);
  add_markup_filters(f);
  add_date_filters(f);
}

}  // namespace factpress::tmpl
