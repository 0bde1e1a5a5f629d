// Python's % and str.format.
#include "template/library/format.h"

#include <fmt/core.h>

#include "base/text.h"
#include "template/library/support.h"

namespace factpress::tmpl {

namespace {

struct Spec {
  bool left = false, zero = false, plus = false, blank = false;
  std::int64_t width = 0, precision = -1;
  char conversion = 0;
};

std::string padded(std::string s, const Spec& spec, bool numeric) {
  const auto length = static_cast<std::int64_t>(count_code_points(s));
  if (length >= spec.width) return s;
  const auto pad = static_cast<std::size_t>(spec.width - length);
  if (spec.left) return s + std::string(pad, ' ');
  if (spec.zero && numeric) return s.insert(!s.empty() && (s[0] == '-' || s[0] == '+' || s[0] == ' ') ? 1 : 0, pad, '0'), s;
  return std::string(pad, ' ') + s;
}

std::string radix_text(std::int64_t v, char conversion) {
  const bool negative = v < 0;
  const std::uint64_t u = negative ? ~static_cast<std::uint64_t>(v) + 1 : static_cast<std::uint64_t>(v);
  std::string s = conversion == 'o' ? fmt::format("{:o}", u) : conversion == 'X' ? fmt::format("{:X}", u) : fmt::format("{:x}", u);
  return negative ? "-" + s : s;
}

std::string number_text(const Call& c, const Value& v, const Spec& spec) {
  if (!v.is_number()) c.fail_type(fmt::format("%{} needs a number, not {} {}", spec.conversion, kind_name(v), preview(v)));
  std::string s;
  if (spec.conversion == 'f' || spec.conversion == 'F') {
    const int places = static_cast<int>(spec.precision < 0 ? 6 : spec.precision);
    s = to_decimal(v).rounded(places, Rounding::half_even).to_fixed(places);
  }
  else {
    const Decimal whole = to_decimal(v).rounded(0, Rounding::toward_zero);
    if (spec.conversion == 'd' || spec.conversion == 'i' || spec.conversion == 'u') s = whole.to_string();
    else if (const auto i = whole.to_int64()) s = radix_text(*i, spec.conversion);
    else c.fail_value("the number is too large for this format");
  }
  if (spec.plus && s[0] != '-') s.insert(0, "+");
  else if (spec.blank && s[0] != '-') s.insert(0, " ");
  return padded(std::move(s), spec, true);
}

std::string converted(const Call& c, const Value& v, const Spec& spec, bool safe) {
  c.machine().require(v);
  c.machine().check_tree(v);
  switch (spec.conversion) {
    case 's': case 'r': case 'a': {
      std::string s;
      if (spec.conversion != 's') append_repr(s, v);
      else if (safe) s = escaped_text(c, v);
      else append_text(s, v);
      if (spec.precision >= 0) {
        std::size_t at = 0;
        for (std::int64_t n = 0; n < spec.precision && at < s.size(); ++n) next_code_point(s, at);
        s.resize(at);
      }
      return padded(std::move(s), spec, false);
    }
    case 'c':
      if (v.is(Kind::integer) && v.as_int() >= 0 && v.as_int() < 0x110000) {
        std::string s;
        append_utf8(s, static_cast<char32_t>(v.as_int()));
        return padded(std::move(s), spec, false);
      }
      return padded(to_text(v), spec, false);
    case 'd': case 'i': case 'u': case 'f': case 'F': case 'x': case 'X': case 'o': return number_text(c, v, spec);
    default: c.fail_value(fmt::format("there is no format %{}", std::string(1, spec.conversion)));
  }
}

std::int64_t count_at(const Call& c, std::string_view s, std::size_t& i) {
  std::int64_t n = 0;
  while (i < s.size() && is_digit(s[i])) {
    n = n * 10 + (s[i++] - '0');
    if (n > 1000) c.fail_value("a width or precision in a format is at most 1000");
  }
  return n;
}

const Value* named_argument(const Call& c, std::string_view name) {
  for (const auto& [n, v] : c.named())
    if (n == name) return &v;
  if (c.rest().size() == 1 && c.rest()[0].is(Kind::map)) return c.rest()[0].as_map().find(name);
  return nullptr;
}

}  // namespace

Value format_percent(Call& c) {
  const bool safe = is_marked(c[0]);
  const std::string s = c.text(0);
  if (!c.rest().empty() && !c.named().empty()) c.fail_type("format takes arguments by position or by name, not both");
  std::string out;
  std::size_t used = 0;
  bool by_name = false;
  for (std::size_t i = 0; i < s.size();) {
    if (s[i] != '%') {
      out += s[i++];
      continue;
    }
    if (++i >= s.size()) c.fail_value("the format ends in a lone %");
    if (s[i] == '%') {
      out += s[i++];
      continue;
    }
    const Value* v = nullptr;
    if (s[i] == '(') {
      const std::size_t close = s.find(')', i);
      if (close == s.npos) c.fail_value("a name in the format is not closed");
      v = named_argument(c, std::string_view(s).substr(i + 1, close - i - 1));
      if (!v) c.fail_value(fmt::format("the format asks for '{}', which is not given", s.substr(i + 1, close - i - 1)));
      by_name = true;
      i = close + 1;
    }
    Spec spec;
    for (; i < s.size() && std::string_view("-0+ #").find(s[i]) != std::string_view::npos; ++i) {
      spec.left |= s[i] == '-', spec.zero |= s[i] == '0', spec.plus |= s[i] == '+', spec.blank |= s[i] == ' ';
    }
    spec.width = count_at(c, s, i);
    if (i < s.size() && s[i] == '.') spec.precision = count_at(c, s, ++i);
    if (i >= s.size()) c.fail_value("the format is not complete");
    spec.conversion = s[i++];
    if (!v) {
      if (used >= c.rest().size()) c.fail_type(fmt::format("the format asks for more than {} values", used));
      v = &c.rest()[used++];
    }
    out += converted(c, *v, spec, safe);
    c.machine().check_string(out.size());
  }
  if (!by_name && used < c.rest().size()) c.fail_type(fmt::format("the format uses {} of {} values", used, c.rest().size()));
  return text_value(c, std::move(out), safe);
}

Value format_braces(Call& c) {
  const bool safe = is_marked(c[0]);
  const std::string s = c.text(0);
  std::string out;
  std::size_t used = 0;
  for (std::size_t i = 0; i < s.size();) {
    const char ch = s[i++];
    if ((ch == '{' || ch == '}') && i < s.size() && s[i] == ch) {
      out += ch;
      ++i;
      continue;
    }
    if (ch == '}') c.fail_value("a single } stands in the format");
    if (ch != '{') {
      out += ch;
      continue;
    }
    const std::size_t close = s.find('}', i);
    if (close == s.npos) c.fail_value("a { in the format is not closed");
    const std::string_view field = std::string_view(s).substr(i, close - i);
    i = close + 1;
    const Value* v = nullptr;
    if (field.empty() || (field.size() < 4 && field.find_first_not_of("0123456789") == field.npos)) {
      const std::size_t index = field.empty() ? used++ : static_cast<std::size_t>(std::stoi(std::string(field)));
      if (index >= c.rest().size()) c.fail_value(fmt::format("the format asks for value {}, but {} are given", index, c.rest().size()));
      v = &c.rest()[index];
    } else {
      for (const auto& [n, e] : c.named())
        if (n == field) v = &e;
      if (!v) c.fail_value(fmt::format("the format asks for '{}', which is not given (attributes and format specifications are not offered)", field));
    }
    c.machine().require(*v);
    c.machine().check_tree(*v);
    if (safe) out += escaped_text(c, *v);
    else append_text(out, *v);
    c.machine().check_string(out.size());
  }
  return text_value(c, std::move(out), safe);
}

}  // namespace factpress::tmpl
