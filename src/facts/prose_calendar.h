#pragma once
#include <vector>

#include "facts/raw_fact.h"
#include "tables/table.h"

namespace factpress::facts::prose {

/// Rough number of months of a duration; 0 for an instant.
int months_of(const tables::Period& p);

/// The company's fiscal calendar: from the words "first quarter of fiscal 2023" to days. Built from the identity and the
/// periods of the tables' columns; a 52/53-week calendar takes its days from those columns and else counts weeks.
class Calendar {
 public:
  Calendar(const Identity& identity, const std::vector<tables::DataTable>& tables);

  bool known() const { return known_; }             ///< a fiscal period was told
  const tables::Period& current() const { return current_; }
  std::optional<Date> released() const { return released_; }  ///< the release's own date
  bool annual() const { return quarter_of_current_ == 0; }
  bool half_year() const { return known_ && quarter_of_current_ != 0 && months_of(current_) == 6; }  ///< the release tells of a half year and of no quarter
  int fiscal_year() const { return year_; }
  /// The current quarter's number; 4 for an annual release.
  int quarter_number() const { return quarter_of_current_ == 0 ? 4 : quarter_of_current_; }

  /// A fiscal quarter, as the company counts years.
  std::optional<tables::Period> quarter(int fiscal_year, int quarter) const;
  std::optional<tables::Period> year(int fiscal_year) const;
  /// From the fiscal year's first day to the end of that quarter.
  std::optional<tables::Period> to_date(int fiscal_year, int quarters) const;
  /// So many months, or weeks, that end on a day.
  tables::Period months_ending(Date end, int months) const;
  tables::Period weeks_ending(Date end, int weeks) const;
  /// The quarter or year that ends on a day.
  tables::Period quarter_ending(Date end) const { return months_ending(end, 3); }
  tables::Period year_ending(Date end) const { return months_ending(end, 12); }

  /// The same period one year before; of an instant the same day of the year before.
  tables::Period year_ago(const tables::Period& p) const;
  /// The period of the same length just before.
  tables::Period previous(const tables::Period& p) const;
  tables::Period next(const tables::Period& p) const;
  /// The last day of the fiscal year before the current one.
  std::optional<Date> last_year_end() const;
  tables::Period current_quarter() const;

 private:
  Date shift_months(Date end, int months) const;
  tables::Period snapped(tables::Period p) const;

  bool known_ = false;
  bool weeks_ = false;  // ends on a weekday, not on the last of a month
  tables::Period current_;
  std::optional<Date> released_;
  int year_ = 0;
  int quarter_of_current_ = 0;
  std::vector<tables::Period> printed_;  // of the tables' columns
};

}  // namespace factpress::facts::prose
