#include "base/date.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"

namespace factpress {
namespace {

struct Civil {
  int y, m, d;
};

// Days since 1970-01-01 in the proleptic Gregorian calendar, counted in 400-year eras that begin on 1 March.
std::int32_t to_days(int y, int m, int d) {
  y -= m <= 2;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const int yoe = y - era * 400;
  const int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  const int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + doe - 719468;
}

Civil to_civil(std::int32_t days) {
  days += 719468;
  const int era = (days >= 0 ? days : days - 146096) / 146097;
  const int doe = days - era * 146097;
  const int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const int mp = (5 * doy + 2) / 153;
  const int m = mp + (mp < 10 ? 3 : -9);
  return {yoe + era * 400 + (m <= 2), m, doy - (153 * mp + 2) / 5 + 1};
}

constexpr std::array<std::string_view, 12> months = {"January", "February", "March",     "April",   "May",      "June",
                                                     "July",    "August",   "September", "October", "November", "December"};

}  // namespace

int Date::days_in_month(int year, int month) {
  constexpr std::array<int, 12> n = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : n[static_cast<std::size_t>(month - 1)];
}

std::optional<Date> Date::of(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return {};
  return from_days(to_days(year, month, day));
}

std::optional<Date> Date::parse_iso(std::string_view t) {
  if (t.size() != 10 || t[4] != '-' || t[7] != '-') return {};
  for (std::size_t i = 0; i < 10; ++i)
    if (i != 4 && i != 7 && !is_digit(t[i])) return {};
  auto number = [&](std::size_t from, std::size_t n) {
    int v = 0;
    for (std::size_t i = from; i < from + n; ++i) v = v * 10 + (t[i] - '0');
    return v;
  };
  return of(number(0, 4), number(5, 2), number(8, 2));
}

int Date::year() const { return to_civil(days_).y; }
int Date::month() const { return to_civil(days_).m; }
int Date::day() const { return to_civil(days_).d; }

Date Date::plus_months(int n) const {
  const Civil c = to_civil(days_);
  const int index = c.y * 12 + (c.m - 1) + n;
  const int y = index / 12;
  const int m = index % 12 + 1;
  return from_days(to_days(y, m, std::min(c.d, days_in_month(y, m))));
}

Date Date::plus_months_keeping_end(int n) const {
  const Date d = plus_months(n);
  if (!is_month_end()) return d;
  return from_days(to_days(d.year(), d.month(), days_in_month(d.year(), d.month())));
}

std::string Date::iso() const {
  const Civil c = to_civil(days_);
  return fmt::format("{:04}-{:02}-{:02}", c.y, c.m, c.d);
}

int month_number(std::string_view word) {
  if (!word.empty() && word.back() == '.') word.remove_suffix(1);
  if (word.size() < 3) return 0;
  for (std::size_t i = 0; i < months.size(); ++i) {
    if (to_lower(word[0]) != to_lower(months[i][0]) || !istarts_with(word, months[i].substr(0, 3))) continue;
    const bool is_month = word.size() == 3 || iequals(word, months[i]) || iequals(word, "sept");
    return is_month ? static_cast<int>(i) + 1 : 0;
  }
  return 0;
}

int plain_year(std::string_view text) {
  if (text.size() != 4 || (!text.starts_with("19") && !text.starts_with("20")) || !is_digit(text[2]) || !is_digit(text[3])) return 0;
  return (text[0] == '1' ? 1900 : 2000) + 10 * (text[2] - '0') + (text[3] - '0');
}

int year_called_by_end(Date end) { return end.month() == 1 && end.day() <= 7 ? end.year() - 1 : end.year(); }

std::string_view month_name(int month) { return months[static_cast<std::size_t>(month - 1)]; }

namespace {

std::string words_of(Date date, std::string_view month) {
  return std::string(month) + " " + std::to_string(date.day()) + ", " + std::to_string(date.year());
}

}  // namespace

std::string date_words(Date date) { return words_of(date, month_name(date.month())); }
std::string short_date_words(Date date) { return words_of(date, month_name(date.month()).substr(0, 3)); }

int whole_months(Date first, Date last) {
  const Date next = last.plus_days(1);
  if (first.day() != 1 && (next.days() - first.days()) % 7 == 0) return 0;
  const int months = (next.year() - first.year()) * 12 + next.month() - first.month();
  return months > 0 && next.day() == first.day() ? months : 0;
}

}  // namespace factpress
