#include "xbrl/transform.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/date.h"
#include "base/text.h"
#include "xbrl/names.h"

namespace factpress::xbrl {
namespace {

enum class Rule : std::uint8_t {
  dot_strict, dot_loose, comma_strict, comma_loose, unit_decimal, zero, zero_dash, empty, yes, no,
  dmy, mdy, ymd, dmy_name, mdy_name, ymd_name, my, ym, my_name, ym_name, dm, md, dm_name, md_name
};

struct Row {
  std::string_view name;
  Rule rule;
  unsigned versions;  // bit n: in registry version n
};

constexpr unsigned v1 = 2, v2 = 4, v3 = 8, v45 = 48;

constexpr Row rows[] = {
    {"booleanfalse", Rule::no, v2 | v3}, {"booleantrue", Rule::yes, v2 | v3},
    {"date-day-month", Rule::dm, v45}, {"date-day-month-year", Rule::dmy, v45},
    {"date-day-monthname-en", Rule::dm_name, v45}, {"date-day-monthname-year-en", Rule::dmy_name, v45},
    {"date-month-day", Rule::md, v45}, {"date-month-day-year", Rule::mdy, v45}, {"date-month-year", Rule::my, v45},
    {"date-monthname-day-en", Rule::md_name, v45}, {"date-monthname-day-year-en", Rule::mdy_name, v45},
    {"date-monthname-year-en", Rule::my_name, v45}, {"date-year-month", Rule::ym, v45}, {"date-year-month-day", Rule::ymd, v45},
    {"date-year-monthname-day-en", Rule::ymd_name, v45}, {"date-year-monthname-en", Rule::ym_name, v45},
    {"datedaymonth", Rule::dm, v2 | v3}, {"datedaymonthen", Rule::dm_name, v2 | v3}, {"datedaymonthyear", Rule::dmy, v2 | v3},
    {"datedaymonthyearen", Rule::dmy_name, v2 | v3}, {"datedoteu", Rule::dmy, v1}, {"datedotus", Rule::mdy, v1},
    {"datelonguk", Rule::dmy_name, v1}, {"datelongus", Rule::mdy_name, v1}, {"datemonthday", Rule::md, v2 | v3},
    {"datemonthdayen", Rule::md_name, v2 | v3}, {"datemonthdayyear", Rule::mdy, v2 | v3},
    {"datemonthdayyearen", Rule::mdy_name, v2 | v3}, {"datemonthyear", Rule::my, v3}, {"datemonthyearen", Rule::my_name, v2 | v3},
    {"dateshortuk", Rule::dmy_name, v1}, {"dateshortus", Rule::mdy_name, v1}, {"dateslasheu", Rule::dmy, v1},
    {"dateslashus", Rule::mdy, v1}, {"dateyearmonthday", Rule::ymd, v3}, {"dateyearmonthen", Rule::ym_name, v2 | v3},
    {"fixed-empty", Rule::empty, v45}, {"fixed-false", Rule::no, v45}, {"fixed-true", Rule::yes, v45},
    {"fixed-zero", Rule::zero, v45}, {"nocontent", Rule::empty, v2 | v3}, {"num-comma-decimal", Rule::comma_loose, v45},
    {"num-dot-decimal", Rule::dot_loose, v45}, {"num-unit-decimal", Rule::unit_decimal, v45},
    {"numcomma", Rule::comma_strict, v1}, {"numcommadecimal", Rule::comma_strict, v2 | v3},
    {"numcommadot", Rule::dot_strict, v1}, {"numdash", Rule::zero_dash, v1}, {"numdotcomma", Rule::comma_strict, v1},
    {"numdotdecimal", Rule::dot_strict, v2 | v3}, {"numspacedot", Rule::dot_strict, v1},
    {"numunitdecimal", Rule::unit_decimal, v2 | v3}, {"zerodash", Rule::zero_dash, v2 | v3},
};

int version_of(std::string_view uri) {
  constexpr std::array<std::string_view, 5> all{ns::ixt1, ns::ixt2, ns::ixt3, ns::ixt4, ns::ixt5};
  const auto it = std::find(all.begin(), all.end(), uri);
  return it == all.end() ? 0 : static_cast<int>(it - all.begin()) + 1;
}

const Row* find(const QName& format) {
  const int version = version_of(format.uri);
  if (version == 0) return nullptr;
  const auto it = std::lower_bound(std::begin(rows), std::end(rows), format.local,
                                   [](const Row& r, const std::string& name) { return r.name < name; });
  if (it == std::end(rows) || it->name != format.local || !(it->versions >> version & 1U)) return nullptr;
  return it;
}

/// The content without white space at the ends, no-break spaces as plain ones.
std::string plain(std::string_view content) {
  std::string out;
  for (std::size_t at = 0; at < content.size();) {
    const char32_t c = next_code_point(content, at);
    if (c == 0xA0) out += ' ';
    else append_utf8(out, c);
  }
  return std::string(trim(out));
}

/// Digits before and after `point`; `grouping` and blanks may stand between digits of the whole part.
/// Strict (registries 1 to 3): groups have three digits.
bool read_number(std::string_view s, char point, char grouping, bool strict, std::string& out) {
  std::string whole, fraction;
  std::size_t at = 0, run = 0;
  bool grouped = false;
  for (; at < s.size() && s[at] != point; ++at) {
    if (is_digit(s[at])) {
      whole += s[at], ++run;
    } else if (s[at] == grouping || s[at] == ' ') {
      if (strict && (run == 0 || run > 3 || (grouped && run != 3))) return false;
      grouped = true, run = 0;
    } else {
      return false;
    }
  }
  if (strict && ((grouped && run != 3) || whole.empty())) return false;
  if (at < s.size()) {
    for (++at; at < s.size(); ++at) {
      if (is_digit(s[at])) fraction += s[at];
      else if (strict || s[at] != ' ') return false;
    }
    if (fraction.empty()) return false;
  }
  if (whole.empty() && fraction.empty()) return false;
  const std::size_t first = whole.find_first_not_of('0');
  whole = first == std::string::npos ? "0" : whole.substr(first);
  out = fraction.empty() ? whole : whole + "." + fraction;
  return true;
}

/// "15 dollars 20 cents": a whole number, words, one or two digits, words.
bool read_unit_decimal(std::string_view s, std::string& out) {
  std::size_t at = 0;
  std::string whole, part;
  while (at < s.size() && (is_digit(s[at]) || s[at] == ',' || s[at] == '.' || s[at] == ' ')) {
    if (is_digit(s[at])) whole += s[at];
    ++at;
  }
  const std::size_t words = at;
  while (at < s.size() && !is_digit(s[at])) ++at;
  if (whole.empty() || at == words) return false;
  while (at < s.size() && is_digit(s[at])) part += s[at++];
  while (at < s.size() && !is_digit(s[at])) ++at;
  if (at != s.size() || part.empty() || part.size() > 2) return false;
  out = whole + "." + (part.size() == 1 ? "0" : "") + part;
  return true;
}

bool is_dash(std::string_view s) {
  std::size_t at = 0;
  if (s.empty()) return false;
  const char32_t c = next_code_point(s, at);
  if (at != s.size()) return false;
  return c == '-' || c == 0x58A || c == 0x5BE || (c >= 0x2010 && c <= 0x2015) || c == 0xFE58 || c == 0xFE63 || c == 0xFF0D;
}

/// The runs of digits and of letters in a date.
std::vector<std::string> date_parts(std::string_view s) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < s.size();) {
    if (!is_alnum(s[at])) {
      ++at;
      continue;
    }
    const bool digits = is_digit(s[at]);
    std::string part;
    while (at < s.size() && is_alnum(s[at]) && is_digit(s[at]) == digits) part += s[at++];
    const bool ordinal = !digits && !parts.empty() && is_digit(parts.back()[0]) && part.size() == 2 && month_number(part) == 0;
    if (!ordinal) parts.push_back(std::move(part));
  }
  return parts;
}

int number_of(const std::string& part, bool named_month) {
  if (named_month) return is_digit(part[0]) ? 0 : month_number(part);
  return is_digit(part[0]) && part.size() <= 4 ? std::stoi(part) : 0;
}

/// `order` names the parts: 'd', 'm' (digits), 'M' (a month's name), 'y'.
bool read_date(std::string_view s, std::string_view order, std::string& out) {
  const auto parts = date_parts(s);
  if (parts.size() != order.size()) return false;
  int day = 1, month = 1, year = 2000;  // a leap year: February 29 stands without a year
  bool has_day = false, has_year = false;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const int n = number_of(parts[i], order[i] == 'M');
    if (order[i] == 'd') day = n, has_day = true;
    else if (order[i] == 'y') year = parts[i].size() <= 2 ? 2000 + n : n, has_year = true;
    else month = n;
  }
  if (!Date::of(year, month, day)) return false;
  if (!has_year) out = fmt::format("--{:02}-{:02}", month, day);
  else if (!has_day) out = fmt::format("{:04}-{:02}", year, month);
  else out = fmt::format("{:04}-{:02}-{:02}", year, month, day);
  return true;
}

bool apply(Rule rule, std::string_view s, std::string& out) {
  switch (rule) {
    case Rule::dot_strict: return read_number(s, '.', ',', true, out);
    case Rule::dot_loose: return read_number(s, '.', ',', false, out);
    case Rule::comma_strict: return read_number(s, ',', '.', true, out);
    case Rule::comma_loose: return read_number(s, ',', '.', false, out);
    case Rule::unit_decimal: return read_unit_decimal(s, out);
    case Rule::zero: out = "0"; return true;
    case Rule::zero_dash: out = "0"; return is_dash(s);
    case Rule::empty: out.clear(); return true;
    case Rule::yes: out = "true"; return true;
    case Rule::no: out = "false"; return true;
    case Rule::dmy: return read_date(s, "dmy", out);
    case Rule::mdy: return read_date(s, "mdy", out);
    case Rule::ymd: return read_date(s, "ymd", out);
    case Rule::dmy_name: return read_date(s, "dMy", out);
    case Rule::mdy_name: return read_date(s, "Mdy", out);
    case Rule::ymd_name: return read_date(s, "yMd", out);
    case Rule::my: return read_date(s, "my", out);
    case Rule::ym: return read_date(s, "ym", out);
    case Rule::my_name: return read_date(s, "My", out);
    case Rule::ym_name: return read_date(s, "yM", out);
    case Rule::dm: return read_date(s, "dm", out);
    case Rule::md: return read_date(s, "md", out);
    case Rule::dm_name: return read_date(s, "dM", out);
    case Rule::md_name: return read_date(s, "Md", out);
  }
  return false;
}

}  // namespace

bool is_known_format(const QName& format) { return find(format) != nullptr; }
bool is_transformation_registry(std::string_view uri) { return version_of(uri) != 0; }

std::vector<std::string_view> format_names(std::string_view uri) {
  std::vector<std::string_view> out;
  const int version = version_of(uri);
  for (const Row& r : rows)
    if (version != 0 && (r.versions >> version & 1U)) out.push_back(r.name);
  return out;
}

Result<std::string> transform(const QName& format, std::string_view content) {
  const Row* row = find(format);
  if (!row) return Failure{fmt::format("there is no transformation {} in {}", format.local, format.uri)};
  std::string out;
  if (apply(row->rule, plain(content), out)) return out;
  return Failure{fmt::format("\"{}\" is not what the transformation {} reads", content.substr(0, 80), format.local)};
}

}  // namespace factpress::xbrl
