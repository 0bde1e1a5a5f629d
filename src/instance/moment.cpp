#include <charconv>

#include "base/text.h"
#include "instance/xbrl_instance.h"

namespace factpress::instance {
namespace {

/// Days since 1970-01-01 of a day of the proleptic Gregorian calendar, any year.
std::int64_t days_of(std::int64_t y, int m, int d) {
  y -= m <= 2;
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const auto yoe = static_cast<int>(y - era * 400);
  const int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  const int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + doe - 719468;
}

int days_in_month(std::int64_t y, int m) {
  static constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
  return m == 2 && leap ? 29 : days[m - 1];
}

struct Cursor {
  std::string_view rest;
  bool take(char c) {
    if (rest.empty() || rest[0] != c) return false;
    rest.remove_prefix(1);
    return true;
  }
  /// Exactly n digits.
  std::optional<int> digits(std::size_t n) {
    if (rest.size() < n) return {};
    int value = 0;
    for (std::size_t i = 0; i < n; ++i) {
      if (!is_digit(rest[i])) return {};
      value = value * 10 + (rest[i] - '0');
    }
    rest.remove_prefix(n);
    return value;
  }
};

std::optional<std::int64_t> read_date(Cursor& c) {
  const bool before = c.take('-');
  std::size_t n = 0;
  while (n < c.rest.size() && is_digit(c.rest[n])) ++n;
  std::int64_t year = 0;
  if (n < 4 || n > 9) return {};
  std::from_chars(c.rest.data(), c.rest.data() + n, year);
  c.rest.remove_prefix(n);
  if (!c.take('-')) return {};
  const auto month = c.digits(2);
  if (!month || !c.take('-')) return {};
  const auto day = c.digits(2);
  if (before) year = -year;
  if (!day || *month < 1 || *month > 12 || *day < 1 || *day > days_in_month(year, *month)) return {};
  return days_of(year, *month, *day);
}

bool read_time(Cursor& c, Moment& m) {
  const auto hour = c.digits(2);
  if (!hour || !c.take(':')) return false;
  const auto minute = c.digits(2);
  if (!minute || !c.take(':')) return false;
  const auto second = c.digits(2);
  if (!second || *hour > 24 || *minute > 59 || *second > 59) return false;
  if (c.take('.')) {
    std::uint32_t scale = 100'000'000;
    if (c.rest.empty() || !is_digit(c.rest[0])) return false;
    while (!c.rest.empty() && is_digit(c.rest[0])) {
      m.nanoseconds += static_cast<std::uint32_t>(c.rest[0] - '0') * scale;
      scale /= 10;
      c.rest.remove_prefix(1);
    }
  }
  if (*hour == 24 && (*minute || *second || m.nanoseconds)) return false;
  m.seconds += *hour * 3600 + *minute * 60 + *second;
  return true;
}

bool read_zone(Cursor& c, Moment& m) {
  if (c.rest.empty() || c.take('Z')) return c.rest.empty();
  const bool behind = c.take('-');
  if (!behind && !c.take('+')) return false;
  const auto hours = c.digits(2);
  if (!hours || !c.take(':')) return false;
  const auto minutes = c.digits(2);
  if (!minutes || *hours > 14 || *minutes > 59 || !c.rest.empty()) return false;
  const int offset = *hours * 3600 + *minutes * 60;
  m.seconds += behind ? offset : -offset;
  return true;
}

}  // namespace

std::optional<Moment> Moment::parse(std::string_view text, bool as_end) {
  Cursor c{xml::trim_xml_space(text)};
  const auto day = read_date(c);
  if (!day) return {};
  Moment m;
  m.seconds = *day * 86400;
  if (c.take('T')) {
    if (!read_time(c, m)) return {};
  } else if (as_end) {
    m.seconds += 86400;
  }
  if (!read_zone(c, m)) return {};
  return m;
}

}  // namespace factpress::instance
