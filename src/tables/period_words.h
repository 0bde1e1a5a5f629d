#pragma once
#include <string_view>
#include <vector>

namespace factpress::tables {

/// A date as far as the words tell it; zero where they do not.
struct DateWords {
  int month = 0, day = 0, year = 0;
  int other_day = 0;  ///< "February 29/28": the second one
  bool full() const { return month && day && year; }
};

/// What the words of a header, a title or a sentence say of periods.
struct PeriodWords {
  int months = 0;            ///< 3 for "three months", "quarter"; 12 for "year"
  int weeks = 0;             ///< 13, 14, 26, 39, 52, 53
  int quarter = 0;           ///< 1 to 4, where it is named by number
  int half = 0;
  int fiscal_year = 0;       ///< of "FY23", "fiscal 2023", or the year of a named quarter
  bool ended = false;        ///< "ended", "ending"
  bool as_of = false;        ///< "as of", "at"
  bool at_end = false;       ///< "Quarter End" over the name of a quarter: balances of its last day
  bool year_to_date = false;
  bool change = false;       ///< "change", "variance", "increase (decrease)", "Y/Y"
  bool percent = false;      ///< "%", "percent"
  bool range = false;        ///< "from January 1, 2020 through March 31, 2020": `dates` are its first and last day
  bool outlook = false;      ///< "outlook", "guidance", "forecast"
  bool fiscal = false;       ///< beside a quarter: "fiscal 2024", "FY24", a year that need not be the calendar's
  std::vector<DateWords> dates;  ///< dates and bare years, in order
  bool any() const { return months || weeks || quarter || half || fiscal_year || ended || as_of || year_to_date || !dates.empty(); }
  bool duration() const { return months || weeks || quarter || half || year_to_date; }
  /// "Three months ended": a length of time, or what ended, and no change over it.
  bool spans_time() const { return !change && (duration() || ended); }
  /// "March 31, 2024" and no other date or year.
  bool one_full_date() const { return dates.size() == 1 && dates[0].full(); }
};

/// Reads the words; never fails. A month without a day, a day without a year and a bare year are each kept as told, and a
/// later bare year completes an earlier date without one.
PeriodWords read_period_words(std::string_view text);

/// Years alone, as annual statements head their columns: "2023 | 2022 | 2021".
bool is_bare_year(const PeriodWords& w);
/// The year of such words.
int bare_year(const PeriodWords& w);

/// "03/31/2020", "2020-03-31", "31.03.20": a word of digits in three parts.
bool is_numeric_date(std::string_view word);

}  // namespace factpress::tables
