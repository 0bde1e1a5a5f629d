// Filters of text.
#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "diag/codes/template.h"
#include "template/case_map.h"
#include "template/library/format.h"
#include "template/library/support.h"

namespace factpress::tmpl {

std::vector<std::string_view> characters(std::string_view s) {
  std::vector<std::string_view> out;
  for (std::size_t i = 0; i < s.size();) {
    const std::size_t begin = i;
    next_code_point(s, i);
    out.push_back(s.substr(begin, i - begin));
  }
  return out;
}

namespace {

std::string titled(std::string_view s) {
  std::string out;
  bool begin = true;
  for (std::size_t i = 0; i < s.size();) {
    const char32_t c = next_code_point(s, i);
    const bool breaks = c == '-' || c == '(' || c == '{' || c == '[' || c == '<' || (c < 0x80 && is_space(static_cast<char>(c)));
    append_utf8(out, breaks ? c : begin ? upper_of(c) : lower_of(c));
    begin = breaks;
  }
  return out;
}

Value do_trim(Call& c) {
  std::string room;
  const std::string_view s = c.view(0, room);
  if (c.given(1) && !c[1].is_none()) {
    const std::string set = c.text(1);
    const auto kept = characters(s), strip = characters(set);
    std::size_t from = 0, to = kept.size();
    const auto in_set = [&](std::string_view ch) { return std::find(strip.begin(), strip.end(), ch) != strip.end(); };
    c.work(strip.size());
    while (from < to && in_set(kept[from])) ++from, c.work(strip.size());
    while (to > from && in_set(kept[to - 1])) --to, c.work(strip.size());
    std::string out;
    for (std::size_t i = from; i < to; ++i) out += kept[i];
    return text_value(c, std::move(out), is_marked(c[0]));
  }
  return text_value(c, trim(s), is_marked(c[0]));
}

Value do_replace(Call& c) {
  const bool escaping = c.machine().format() != Format::text;
  const bool marked = escaping && (is_marked(c[0]) || is_marked(c[1]) || is_marked(c[2]));
  std::string rooms[3];
  const auto text = [&](std::size_t i, bool escaped) { return escaped ? std::string_view(rooms[i] = escaped_text(c, c[i])) : c.view(i, rooms[i]); };
  const std::string_view s = text(0, marked), from = text(1, marked && is_marked(c[0])), to = text(2, marked);
  std::int64_t left = c.given(3) && !c[3].is_none() ? c.integer(3) : -1;
  if (!from.empty() && s.find(from) == s.npos) return text_value(c, s, marked);
  std::string out;
  out.reserve(s.size());
  std::size_t at = 0;
  while (left != 0) {
    const std::size_t next = s.find(from, at);
    if (next == s.npos || (from.empty() && next >= s.size())) break;
    out += s.substr(at, next - at);
    out += to;
    at = next + from.size();
    if (from.empty()) {
      std::size_t after = at;
      next_code_point(s, after);
      out += s.substr(at, after - at);
      at = after;
    }
    c.machine().check_string(out.size());
    --left;
  }
  if (from.empty() && left != 0) out += to;
  out += s.substr(std::min(at, s.size()));
  return text_value(c, out, marked);
}

std::string padded(const Call& c, std::string_view s, std::int64_t width, double) {
  const auto length = static_cast<std::int64_t>(count_code_points(s));
  if (width <= length) return std::string(s);
  c.machine().check_string(static_cast<std::size_t>(width));
  const std::int64_t pad = width - length, left = pad / 2 + (pad & width & 1);
  return std::string(static_cast<std::size_t>(left), ' ') + std::string(s) + std::string(static_cast<std::size_t>(pad - left), ' ');
}

Value do_indent(Call& c) {
  std::string unit;
  if (c.given(1) && c[1].is_string()) unit = c.text(1);
  else {
    const std::int64_t width = c.integer(1, 4);
    if (width < 0 || width > 10000) c.fail_value(fmt::format("an indent of {} makes no sense", width));
    unit.assign(static_cast<std::size_t>(width), ' ');
  }
  const bool first = c.truth(2, false), blank = c.truth(3, false);
  const std::string s = c.text(0);
  std::string out = first ? unit : "";
  std::size_t at = 0;
  for (bool begin = true;; begin = false) {
    const std::size_t end = std::min(s.find('\n', at), s.size());
    if (!begin && (blank || end > at)) out += unit;
    out.append(s, at, end - at);
    c.machine().check_string(out.size());
    if (end >= s.size()) break;
    out += '\n';
    at = end + 1;
  }
  return text_value(c, std::move(out), is_marked(c[0]));
}

Value do_truncate(Call& c) {
  std::string room;
  const std::string_view s = c.view(0, room);
  const std::string end = c.text(3, "...");
  const std::int64_t length = c.integer(1, 255), leeway = c.given(4) && !c[4].is_none() ? c.integer(4) : 5;
  const auto tail = static_cast<std::int64_t>(count_code_points(end));
  if (length < tail) c.fail_value(fmt::format("a length of {} is shorter than its end {}", length, preview(Value::string(end))));
  if (leeway < 0) c.fail_value(fmt::format("the leeway is at least 0, not {}", leeway));
  if (static_cast<std::int64_t>(count_code_points(s)) <= length + leeway) return c[0].is_string() ? c[0] : text_value(c, s);
  const auto all = characters(s);
  std::string cut;
  for (std::size_t i = 0; i < static_cast<std::size_t>(length - tail); ++i) cut += all[i];
  if (!c.truth(2, false))
    if (const auto space = cut.rfind(' '); space != cut.npos) cut.resize(space);
  return text_value(c, cut + end, is_marked(c[0]));
}

bool word_char(std::string_view ch) {
  std::size_t at = 0;
  const char32_t c = next_code_point(ch, at);
  return c == '_' || (c < 0x80 ? is_alnum(static_cast<char>(c)) : is_letter(c));
}

// Pieces that a line may be broken between: runs of blanks, words, and words after the hyphens within them.
std::vector<std::vector<std::string_view>> wrap_chunks(const std::vector<std::string_view>& line, bool hyphens) {
  std::vector<std::vector<std::string_view>> out;
  const auto blank = [](std::string_view c) { return c.size() == 1 && is_space(c[0]); };
  const auto letter = [](std::string_view c) { return word_char(c) && !(c.size() == 1 && is_digit(c[0])); };
  for (std::size_t i = 0; i < line.size(); ++i) {
    bool fresh = out.empty() || blank(line[i]) != blank(line[i - 1]);
    if (!fresh && hyphens && i >= 2 && line[i - 1] == "-" && letter(line[i - 2]) && i + 1 < line.size() && letter(line[i + 1]) && word_char(line[i])) fresh = true;
    if (fresh) out.emplace_back();
    out.back().push_back(line[i]);
  }
  return out;
}

void wrap_line(std::string_view text, std::size_t width, bool break_long, bool hyphens, std::vector<std::string>& lines) {
  const auto chars = characters(text);
  auto chunks = wrap_chunks(chars, hyphens);
  const auto is_blank = [](const auto& chunk) { return chunk[0].size() == 1 && is_space(chunk[0][0]); };
  const auto text_of = [](const auto& chunk) { std::string s; for (const auto c : chunk) s += c; return s; };
  std::size_t at = 0;
  bool any = false;
  while (at < chunks.size()) {
    if (any && is_blank(chunks[at])) {
      ++at;
      continue;
    }
    std::vector<std::string> line;
    std::vector<bool> blanks;
    std::size_t used = 0;
    while (at < chunks.size() && used + chunks[at].size() <= width) {
      line.push_back(text_of(chunks[at]));
      blanks.push_back(is_blank(chunks[at]));
      used += chunks[at++].size();
    }
    if (at < chunks.size() && chunks[at].size() > width) {
      if (break_long) {
        auto& chunk = chunks[at];
        const std::size_t take = std::max<std::size_t>(width - used, line.empty() ? 1 : 0);
        if (take) line.push_back(text_of(std::vector<std::string_view>(chunk.begin(), chunk.begin() + static_cast<std::ptrdiff_t>(take)))), blanks.push_back(false);
        chunk.erase(chunk.begin(), chunk.begin() + static_cast<std::ptrdiff_t>(take));
      } else if (line.empty()) {
        line.push_back(text_of(chunks[at++]));
        blanks.push_back(false);
      }
    }
    if (!line.empty() && blanks.back()) line.pop_back();
    std::string whole;
    for (const auto& piece : line) whole += piece;
    if (!line.empty()) lines.push_back(std::move(whole)), any = true;
  }
}

std::vector<std::string> split_lines(std::string_view s) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < s.size();) {
    std::size_t end = s.find_first_of("\r\n", at);
    if (end == s.npos) end = s.size();
    out.emplace_back(s.substr(at, end - at));
    at = end + (s.substr(end).starts_with("\r\n") ? 2 : 1);
  }
  return out;
}

Value do_wordwrap(Call& c) {
  const std::int64_t width = c.integer(1, 79);
  if (width < 1) c.fail_value(fmt::format("a width of {} makes no sense", width));
  const std::string wrap = c.given(3) && !c[3].is_none() ? c.text(3) : "\n";
  const std::string s = c.text(0);
  c.charge(s.size() * 40);
  std::string out;
  bool first = true;
  for (const auto& line : split_lines(s)) {
    std::vector<std::string> lines;
    wrap_line(line, static_cast<std::size_t>(width), c.truth(2, true), c.truth(4, true), lines);
    if (!first) out += wrap;
    first = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (i) out += wrap;
      out += lines[i];
    }
    c.machine().check_string(out.size());
  }
  return text_value(c, std::move(out), is_marked(c[0]));
}

Value do_wordcount(Call& c) {
  const std::string s = c.text(0);
  std::int64_t n = 0;
  bool inside = false;
  for (std::size_t i = 0; i < s.size();) {
    const std::size_t begin = i;
    next_code_point(s, i);
    const bool word = word_char(std::string_view(s).substr(begin, i - begin));
    n += word && !inside;
    inside = word;
  }
  return Value::integer(n);
}

template <class F>
Function on_text(F f) {
  return [f](Call& c) {
    std::string room;
    return text_value(c, f(c.view(0, room)), is_marked(c[0]));
  };
}

}  // namespace

void add_string_filters(BuiltinMap& f) {
  add(f, "upper", "value", on_text(upper_text));
  add(f, "lower", "value", on_text(lower_text));
  add(f, "capitalize", "value", on_text(capitalized));
  add(f, "title", "value", on_text(titled));
  add(f, "trim", "value, chars=", do_trim);
  add(f, "replace", "value, old, new, count=", do_replace);
  add(f, "center", "value, width=", [](Call& c) { return text_value(c, padded(c, c.text(0), c.integer(1, 80), 0.5), is_marked(c[0])); });
  add(f, "indent", "value, width=, first=, blank=", do_indent);
  add(f, "truncate", "value, length=, killwords=, end=, leeway=", do_truncate);
  add(f, "wordwrap", "value, width=, break_long_words=, wrapstring=, break_on_hyphens=", do_wordwrap);
  add(f, "wordcount", "value", do_wordcount);
  add(f, "string", "value", [](Call& c) { return c[0].is_string() ? c[0] : text_value(c, c.text(0)); });
  add(f, "format", "value, *, **", format_percent);
}

}  // namespace factpress::tmpl
