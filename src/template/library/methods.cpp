// Python's methods of strings, lists and maps that change nothing.
#include "template/methods.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "template/case_map.h"
#include "template/library/format.h"
#include "template/library/support.h"

namespace factpress::tmpl {

namespace {

Value strip(Call& c, bool left, bool right) {
  const std::string s = c.text(0);
  const std::string set = c.given(1) && !c[1].is_none() ? c.text(1) : " \t\n\r\f\v";
  const auto strip_set = characters(set);
  const auto in_set = [&](std::string_view ch) { return std::find(strip_set.begin(), strip_set.end(), ch) != strip_set.end(); };
  const auto all = characters(s);
  c.work(all.size() + strip_set.size());
  std::size_t from = 0, to = all.size();
  while (left && from < to && in_set(all[from])) ++from, c.work(strip_set.size());
  while (right && to > from && in_set(all[to - 1])) --to, c.work(strip_set.size());
  std::string out;
  for (std::size_t i = from; i < to; ++i) out += all[i];
  return text_value(c, std::move(out), is_marked(c[0]));
}

Value affix(Call& c, bool start) {
  std::string room;
  const std::string_view s = c.view(0, room);
  const auto fits = [&](const Value& v) {
    if (!v.is_string()) c.fail_type("a string is needed here");
    return start ? s.starts_with(v.as_string()) : s.ends_with(v.as_string());
  };
  if (!c[1].is(Kind::tuple)) return Value::boolean(fits(c[1]));
  return Value::boolean(std::any_of(c[1].items().begin(), c[1].items().end(), fits));
}

Value do_split(Call& c, bool from_right) {
  const std::string text = c.text(0);
  const std::string_view s = text;
  std::int64_t most = c.integer(2, -1);
  const bool blanks = !c.given(1) || c[1].is_none();
  const std::string separator = blanks ? "" : c.text(1);
  if (!blanks && separator.empty()) c.fail_value("a string cannot be split at nothing");
  std::vector<std::string_view> parts;
  if (blanks) {
    std::size_t at = 0;
    const auto skip = [&] { while (at < s.size() && is_space(s[at])) ++at; };
    if (from_right && most >= 0) c.fail_value("rsplit with a limit needs a separator");
    for (skip(); at < s.size(); skip()) {
      if (most-- == 0) {
        parts.push_back(s.substr(at, s.find_last_not_of(" \t\n\r\f\v") + 1 - at));
        break;
      }
      const std::size_t begin = at;
      while (at < s.size() && !is_space(s[at])) ++at;
      parts.push_back(s.substr(begin, at - begin));
    }
  } else if (!from_right) {
    std::size_t at = 0;
    for (std::size_t next; most-- != 0 && (next = s.find(separator, at)) != s.npos; at = next + separator.size()) parts.push_back(s.substr(at, next - at));
    parts.push_back(s.substr(at));
  } else {
    std::size_t end = s.size();
    for (std::size_t next; most-- != 0 && end >= separator.size() && (next = s.rfind(separator, end - separator.size())) != s.npos; end = next)
      parts.push_back(s.substr(next + separator.size(), end - next - separator.size()));
    parts.push_back(s.substr(0, end));
    std::reverse(parts.begin(), parts.end());
  }
  std::vector<Value> out;
  c.charge(s.size());
  for (const auto p : parts) out.push_back(Value::string(p));
  return c.machine().make_list(std::move(out));
}

Value do_splitlines(Call& c) {
  const std::string s = c.text(0);
  std::vector<Value> out;
  for (std::size_t at = 0; at < s.size();) {
    std::size_t end = std::min(s.find_first_of("\r\n", at), s.size());
    out.push_back(Value::string(std::string_view(s).substr(at, end - at)));
    at = end + (s.compare(end, 2, "\r\n") == 0 ? 2 : 1);
  }
  return c.machine().make_list(std::move(out));
}

Value do_find(Call& c) {
  const std::string s = c.text(0);
  const std::size_t at = s.find(c.text(1));
  return Value::integer(at == s.npos ? -1 : static_cast<std::int64_t>(count_code_points(std::string_view(s).substr(0, at))));
}

Value do_count(Call& c) {
  const std::string s = c.text(0), what = c.text(1);
  std::int64_t n = 0;
  if (what.empty()) return Value::integer(static_cast<std::int64_t>(count_code_points(s)) + 1);
  for (std::size_t at = 0; (at = s.find(what, at)) != s.npos; at += what.size()) ++n;
  return Value::integer(n);
}

Value pad(Call& c, bool left) {
  const std::string s = c.text(0), fill = c.text(2, " ");
  const std::int64_t width = c.integer(1), length = static_cast<std::int64_t>(count_code_points(s));
  if (count_code_points(fill) != 1) c.fail_type("the filling is one character");
  if (width <= length) return text_value(c, s);
  c.machine().check_string(static_cast<std::size_t>(width) * fill.size());
  std::string padding;
  for (std::int64_t i = length; i < width; ++i) padding += fill;
  return text_value(c, left ? padding + s : s + padding);
}

template <class F>
Function all_of(F f) {
  return [f](Call& c) {
    const std::string s = c.text(0);
    return Value::boolean(!s.empty() && std::all_of(s.begin(), s.end(), f));
  };
}

BuiltinMap string_methods() {
  BuiltinMap m;
  BuiltinMap filters;
  add_string_filters(filters);
  for (const auto name : {"upper", "lower", "capitalize", "replace"}) m[name] = filters.find(name)->second;
  add(m, "title", "value", [](Call& c) {
    std::string out;
    bool begin = true;
    const std::string s = c.text(0);
    for (std::size_t i = 0; i < s.size();) {
      const char32_t ch = next_code_point(s, i);
      append_utf8(out, !is_letter(ch) ? ch : begin ? upper_of(ch) : lower_of(ch));
      begin = !is_letter(ch);
    }
    return text_value(c, std::move(out), is_marked(c[0]));
  });
  add(m, "strip", "value, chars=", [](Call& c) { return strip(c, true, true); });
  add(m, "lstrip", "value, chars=", [](Call& c) { return strip(c, true, false); });
  add(m, "rstrip", "value, chars=", [](Call& c) { return strip(c, false, true); });
  add(m, "startswith", "value, prefix", [](Call& c) { return affix(c, true); });
  add(m, "endswith", "value, suffix", [](Call& c) { return affix(c, false); });
  add(m, "removeprefix", "value, prefix", [](Call& c) {
    std::string rooms[2];
    const std::string_view s = c.view(0, rooms[0]), p = c.view(1, rooms[1]);
    return text_value(c, s.starts_with(p) ? s.substr(p.size()) : s, is_marked(c[0]));
  });
  add(m, "removesuffix", "value, suffix", [](Call& c) {
    std::string rooms[2];
    const std::string_view s = c.view(0, rooms[0]), p = c.view(1, rooms[1]);
    return text_value(c, s.ends_with(p) ? s.substr(0, s.size() - p.size()) : s, is_marked(c[0]));
  });
  add(m, "split", "value, sep=, maxsplit=", [](Call& c) { return do_split(c, false); });
  add(m, "rsplit", "value, sep=, maxsplit=", [](Call& c) { return do_split(c, true); });
  add(m, "splitlines", "value", do_splitlines);
  add(m, "find", "value, sub", do_find);
  add(m, "count", "value, sub", do_count);
  add(m, "ljust", "value, width, fillchar=", [](Call& c) { return pad(c, false); });
  add(m, "rjust", "value, width, fillchar=", [](Call& c) { return pad(c, true); });
  add(m, "zfill", "value, width", [](Call& c) {
    std::string s = c.text(0);
    const std::int64_t width = c.integer(1), length = static_cast<std::int64_t>(count_code_points(s));
    if (width > length) {
      c.machine().check_string(static_cast<std::size_t>(width));
      s.insert(!s.empty() && (s[0] == '-' || s[0] == '+') ? 1 : 0, static_cast<std::size_t>(width - length), '0');
    }
    return text_value(c, std::move(s));
  });
  add(m, "join", "value, items", [](Call& c) {
    std::string out;
    bool first = true;
    for (const Value& v : c.items(1)) {
      if (!v.is_string()) c.fail_type(fmt::format("join needs strings, not {} {}", kind_name(v), preview(v)));
      if (!first) out += c[0].as_string();
      first = false;
      out += is_marked(c[0]) ? escaped_text(c, v) : std::string(v.as_string());
      c.machine().check_string(out.size());
    }
    return text_value(c, std::move(out), is_marked(c[0]));
  });
  add(m, "format", "value, *, **", format_braces);
  add(m, "isdigit", "value", all_of(is_digit));
  add(m, "isalpha", "value", all_of([](char ch) { return is_alpha(ch) || static_cast<unsigned char>(ch) >= 0x80; }));
  add(m, "isalnum", "value", all_of([](char ch) { return is_alnum(ch) || static_cast<unsigned char>(ch) >= 0x80; }));
  add(m, "isspace", "value", all_of(is_space));
  add(m, "isupper", "value", [](Call& c) { const std::string s = c.text(0); return Value::boolean(upper_text(s) == s && lower_text(s) != s); });
  add(m, "islower", "value", [](Call& c) { const std::string s = c.text(0); return Value::boolean(lower_text(s) == s && upper_text(s) != s); });
  return m;
}

BuiltinMap list_methods() {
  BuiltinMap m;
  add(m, "index", "value, item", [](Call& c) {
    c.machine().check_tree(c[0]);
    for (std::size_t i = 0; i < item_count(c[0]); ++i)
      if (equal(item_at(c[0], i), c[1])) return Value::integer(static_cast<std::int64_t>(i));
    c.fail_value(fmt::format("{} is not in the list", preview(c[1])));
  });
  add(m, "count", "value, item", [](Call& c) {
    c.machine().check_tree(c[0]);
    std::int64_t n = 0;
    for (std::size_t i = 0; i < item_count(c[0]); ++i) n += equal(item_at(c[0], i), c[1]);
    return Value::integer(n);
  });
  return m;
}

BuiltinMap map_methods() {
  BuiltinMap m;
  add(m, "items", "value", [](Call& c) {
    std::vector<Value> out;
    for (const auto& [k, v] : c[0].as_map().items) out.push_back(Value::tuple({k, v}));
    c.charge(out.size() * 64);
    return c.machine().make_list(std::move(out));
  });
  add(m, "keys", "value", [](Call& c) { return Value::list(c.items(0)); });
  add(m, "values", "value", [](Call& c) {
    std::vector<Value> out;
    for (const auto& [_, v] : c[0].as_map().items) out.push_back(v);
    return c.machine().make_list(std::move(out));
  });
  add(m, "get", "value, key, ?default=", [](Call& c) {
    const Value* v = c[0].as_map().find(c[1]);
    return v ? *v : c.given(2) ? c[2] : Value::none();
  });
  return m;
}

const BuiltinMap* methods_of(Kind kind) {
  static const BuiltinMap strings = string_methods(), lists = list_methods(), maps = map_methods();
  switch (kind) {
    case Kind::string: return &strings;
    case Kind::list: case Kind::tuple: case Kind::sequence: return &lists;
    case Kind::map: return &maps;
    default: return nullptr;
  }
}

}  // namespace

const Builtin* find_method(Kind receiver, std::string_view name) {
  const BuiltinMap* map = methods_of(receiver);
  if (!map) return nullptr;
  const auto it = map->find(name);
  return it == map->end() ? nullptr : it->second.get();
}

std::vector<std::string_view> method_names(const Value& receiver) {
  std::vector<std::string_view> out;
  if (const BuiltinMap* map = methods_of(receiver.kind()))
    for (const auto& [n, _] : *map) out.push_back(n);
  return out;
}

}  // namespace factpress::tmpl
