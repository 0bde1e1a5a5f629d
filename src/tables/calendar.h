#pragma once
#include <map>
#include <optional>
#include <vector>

#include "document/document.h"
#include "tables/period_words.h"
#include "tables/table.h"

namespace factpress::tables {

/// The company's reporting calendar as the release itself tells it: on which days its periods end, which quarter of which
/// fiscal year it reports. Resolves the words of headers to periods.
class Calendar {
 public:
  /// Gathers the full dates that follow "ended", and those of the headers of tables, from the whole document. Where there are none, a
  /// quarter told by words ("first quarter 2024", "1Q24") ends with the calendar's if the release was issued soon after that.
  static Calendar of(const document::Document& document);

  /// The end of the reported period: the date most often named as a period's end, the later of two; none where none is.
  std::optional<Date> current_end() const { return current_; }
  /// No date tells that end: the calendar's quarter was taken.
  bool assumed() const { return assumed_; }
  /// False where nothing tells which quarter or year the known day ends: the fiscal year is the calendar's for want of anything else.
  bool year_end_told() const { return year_end_told_; }
  /// Months of the reported period where the release names it (3, 6, 9, 12), else 0.
  int current_months() const { return months_; }
  int quarter() const { return quarter_; }
  int fiscal_year() const { return fiscal_year_; }

  /// First day of the `months` (or `weeks`, where given) that end on `end`: whole months where the end is a month's last
  /// day, else weeks of seven days (13 a quarter), the day after a period end that the release names taken before both.
  Date start_of(Date end, int months, int weeks) const;
  /// A period of the same kind that ends on another day: an instant, or so many months.
  Period ending_on(Date end, const Period& like, int months) const;
  /// A period moved by years; a duration keeps its length in months.
  Period years_later(const Period& period, int years) const;
  /// "Balance at January 1, 2023" opens that day: it is the balance at the close of the day before. But years of weeks may end on the
  /// first of a month.
  Date closing_day(Date day) const;
  /// The day that the balance sheet compares the reported one with, as its header tells it in full.
  std::optional<Date> balance_before() const { return balance_before_; }
  /// The last day of a quarter of a fiscal year, counted from the reported one.
  std::optional<Date> quarter_end(int quarter, int fiscal_year) const;
  /// A full date out of words that may lack the year or the day.
  std::optional<Date> date(const DateWords& words) const;
  /// The end of the same period `years` later (earlier, where negative). Years of weeks are walked one by one, each to the
  /// end that the release names where it names one: a year of 53 weeks between them moves all that lie behind it.
  Date years_on(Date end, int years) const;
  /// The named period end nearest to `day`, within `within` days; else `day`.
  Date snap(Date day, int within) const;
  /// What stands behind the day of issue that a line begins with ("London, 7 August 2025", "BOSTON, Aug. 3, 2022 - Acme today reported ..."); else the line.
  std::string_view behind_dateline(std::string_view line) const;

 private:
  /// `in_passing`: of a date without "ended" beside it that may be the day of issue.
  void see(const PeriodWords& words, int weight, bool in_passing = false);
  void see_text(const PeriodWords& words, int weight, bool in_passing = false) { see_quarter(words, false), see(words, weight, in_passing); }
  void see_quarter(const PeriodWords& words, bool of_table);
  void see_dateline(std::string_view paragraph);
  void see_table(const document::Table& table);
  void see_balance(std::string_view label);
  void see_balance_sheet(const document::Table& table);
  void settle(const document::Document& document);
  void settle_by_words(const document::Document& document);
  void settle_by_year();
  void settle_by_day_of_issue();
  void settle_by_quarter_named(const document::Document& document);
  void leave_year_ago(int best);
  void settle_year_end();
  /// True where the document names that very day as the end of a period or the day of a balance.
  bool names(Date day) const;
  int times_seen(Date day) const;
  Date end_before(Date computed) const;

  struct Seen {
    Date date;
    int count;
    bool told;  ///< as a period's end or a balance's day, and not in passing
    bool firm;  ///< in a header or a heading, or as what ended: more than "at September 30, 2021" of a sentence
  };
  std::vector<Seen> seen_;  // by date
  std::vector<DateWords> days_over_years_;  ///< of headers whose years stand below: "September 27," over "2008 | 2007"
  std::vector<int> months_seen_ = std::vector<int>(61, 0);
  std::optional<Date> current_;
  std::optional<Date> balance_before_;
  std::map<int, int> fiscal_years_named_;  ///< how often "fiscal 2024" stands in the text
  std::optional<Date> first_day_;  ///< the first day named in passing: as a rule the day of issue
  int months_ = 0, quarter_ = 0, fiscal_year_ = 0;
  int latest_year_ = 0;  ///< of those that stand alone over columns
  int year_end_month_ = 0;  ///< whose last day ends the year, where the quarters end by weeks all the same; 0 where they agree
  bool weekly_ = false, fiscal_ = false, assumed_ = false, year_end_told_ = true, any_quarter_ = false;
  bool quarter_by_text_ = false, year_by_text_ = false;  ///< the reported quarter and its year are named outside of tables
};

/// The last day of a quarter of a fiscal year that ends with the month `year_end` (1 to 12), by whole months.
Date last_day_of_quarter(int quarter, int fiscal_year, int year_end);

/// The month that a submission's header says the fiscal year ends in ("0630"); 0 where it does not.
int year_end_by_header(const document::Document& document);

}  // namespace factpress::tables
