#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace factpress {

/// A day of the proleptic Gregorian calendar, years 1 to 9999. No time zone.
class Date {
 public:
  Date() = default;
  /// No value for a day that does not exist.
  static std::optional<Date> of(int year, int month, int day);
  /// "YYYY-MM-DD" and nothing else.
  static std::optional<Date> parse_iso(std::string_view text);
  static Date from_days(std::int32_t days_since_1970) {
    Date d;
    d.days_ = days_since_1970;
    return d;
  }
  static int days_in_month(int year, int month);
  static bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

  int year() const;
  int month() const;
  int day() const;
  std::int32_t days() const { return days_; }
  /// 0 is Monday.
  int weekday() const { return ((days_ % 7) + 10) % 7; }
  bool is_month_end() const { return day() == days_in_month(year(), month()); }
  Date plus_days(int n) const { return from_days(days_ + n); }
  /// The same day n months later, or the last of that month where it has fewer days.
  Date plus_months(int n) const;
  /// As plus_months, but the last of a month stays the last of a month (Feb 28 + 1 month = Mar 31).
  Date plus_months_keeping_end(int n) const;
  std::string iso() const;
  auto operator<=>(const Date&) const = default;

 private:
  std::int32_t days_ = 0;
};

/// 1 to 12 for an English month name or its usual abbreviation ("Sept", "Sep."), in any case; 0 for none.
int month_number(std::string_view word);
/// 2024 of "2024", 1900 to 2099; 0 for any other text.
int plain_year(std::string_view text);
/// The year that a fiscal year ending on the day is called by, where nothing says otherwise: a year of weeks that ends in the first days of January is
/// that of the year before.
int year_called_by_end(Date end);
/// "January" for 1.
std::string_view month_name(int month);
/// "March 31, 2013".
std::string date_words(Date date);
/// "Mar 31, 2013".
std::string short_date_words(Date date);
/// The months that a duration of both days inclusive covers wholly ("January 1 to March 31" is 3), or 0. Weeks that do not begin
/// with a month are weeks ("February 2 to August 1" is 26 of them), even where they end as months would.
int whole_months(Date first, Date last);

}  // namespace factpress
