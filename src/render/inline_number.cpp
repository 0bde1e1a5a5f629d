#include "render/inline_number.h"

#include <algorithm>

#include "base/interval.h"
#include "base/text.h"
#include "xbrl/names.h"
#include "xbrl/transform.h"

namespace factpress::render {
namespace {

bool joins_digits(char c) { return c == ',' || c == '.'; }

/// The only run of digits with points and commas between them; false where there is none or a second one.
bool find_digits(std::string_view s, std::size_t& begin, std::size_t& end) {
  begin = 0;
  while (begin < s.size() && !is_digit(s[begin])) ++begin;
  if (begin == s.size()) return false;
  if (begin > 0 && s[begin - 1] == '.') --begin;  // ".01"
  end = begin;
  while (end < s.size() && (is_digit(s[end]) || (joins_digits(s[end]) && end + 1 < s.size() && is_digit(s[end + 1])))) ++end;
  return std::none_of(s.begin() + static_cast<std::ptrdiff_t>(end), s.end(), is_digit);
}

/// At the fact's own precision only the fact's own value; at another, values whose roundings can be of the same number.
bool agrees(const Decimal& value, const model::Fact& fact, const model::Occurrence& occurrence) {
  if (occurrence.decimals == fact.decimals) return value == fact.value;
  return Interval::rounded(value, occurrence.decimals).overlaps(Interval::rounded(fact.value, fact.decimals));
}

/// Reads the digits by one format; the value has the fact's sign.
bool read_as(std::string_view format, std::string_view digits, const model::Fact& fact, const model::Occurrence& occurrence,
             InlineNumber& out) {
  const char point = format == "num-comma-decimal" ? ',' : '.';
  std::string plain;  // what the format makes of digits, points and commas alone (find_digits gives no others)
  for (const char c : digits)
    if (is_digit(c)) plain += c;
    else if (c == point && plain.find('.') == std::string::npos) plain += '.';
    else if (c == point || plain.find('.') != std::string::npos) return false;
  const auto number = Decimal::parse(plain);
  if (!number) return false;
  Decimal value = number->shifted(occurrence.scale);
  out.negative = fact.value.is_negative() && !value.is_zero();
  if (out.negative) value = -value;
  if (!agrees(value, fact, occurrence)) return false;
  out.format = format;
  out.value = std::move(value);
  out.scale = occurrence.scale;
  return true;
}

}  // namespace

std::optional<InlineNumber> find_inline_number(std::string_view printed, const model::Fact& fact,
                                               const model::Occurrence& occurrence) {
  InlineNumber out;
  if (occurrence.dash) {
    const std::string_view core = trim(printed);
    if (core.empty() || !agrees(Decimal(), fact, occurrence)) return std::nullopt;
    // "$ -": the dash alone. A currency's sign stands before it, so the last word is meant.
    out.begin = static_cast<std::size_t>(core.data() - printed.data());
    out.end = out.begin + core.size();
    const std::size_t blank = core.find_last_of(' ');
    if (blank != std::string_view::npos) out.begin += blank + 1;
    out.format = "fixed-zero";
    return out;
  }
  if (!find_digits(printed, out.begin, out.end)) return std::nullopt;
  const std::string_view digits = printed.substr(out.begin, out.end - out.begin);
  if (read_as("num-dot-decimal", digits, fact, occurrence, out)) return out;
  if (read_as("num-comma-decimal", digits, fact, occurrence, out)) return out;
  return std::nullopt;
}

std::optional<std::string_view> find_inline_text_format(std::string_view printed, std::string_view value) {
  if (printed == value) return std::string_view{};
  if (!Date::parse_iso(value)) return std::nullopt;
  for (const std::string_view format : {"date-monthname-day-year-en", "date-day-monthname-year-en", "date-month-day-year"}) {
    const auto read = xbrl::transform({std::string(xbrl::ns::ixt4), std::string(format)}, printed);
    if (read && *read == value) return format;
  }
  return std::nullopt;
}

}  // namespace factpress::render
