#include "facts/prose_calendar.h"

#include <algorithm>
#include <cstdlib>

namespace factpress::facts::prose {

using tables::Period;

int months_of(const Period& p) {
  if (p.instant()) return 0;
  const int days = p.end.days() - p.start->days() + 1;
  return (days * 2 + 30) / 61;
}

Calendar::Calendar(const Identity& identity, const std::vector<tables::DataTable>& tables) {
  for (const tables::DataTable& table : tables)
    for (const tables::Column& column : table.columns)
      if (column.period && std::find(printed_.begin(), printed_.end(), *column.period) == printed_.end() && printed_.size() < 200)
        printed_.push_back(*column.period);
  if (!identity.fiscal_period || identity.fiscal_period->instant()) return;
  known_ = true;
  released_ = identity.release_date;
  current_ = *identity.fiscal_period;
  year_ = identity.fiscal_year ? identity.fiscal_year : current_.end.year();
  quarter_of_current_ = months_of(current_) >= 11 ? 0 : identity.fiscal_quarter;
  if (months_of(current_) < 11 && quarter_of_current_ == 0) quarter_of_current_ = (current_.end.month() + 2) / 3;
  // The 31st of July may be the last Saturday of the quarter that began on the 2nd of May.
  const bool whole_weeks = (current_.end.days() - current_.start->days() + 1) % 7 == 0;
  weeks_ = !current_.end.is_month_end() || (current_.start->day() != 1 && whole_weeks);
}

Date Calendar::shift_months(Date end, int months) const {
  if (!weeks_ && end.is_month_end()) return end.plus_months_keeping_end(months);
  if (!weeks_) return end.plus_months(months);
  const int weeks = months / 3 * 13 + months % 3 * 13 / 3;
  return end.plus_days(weeks * 7);
}

Period Calendar::snapped(Period p) const {
  const auto near = [](Date a, Date b) { return std::abs(a.days() - b.days()) <= 10; };
  for (const Period& known : printed_) {
    if (known == p) return p;
  }
  for (const Period& known : printed_)
    if (known.instant() == p.instant() && near(known.end, p.end) && (p.instant() || near(*known.start, *p.start))) return known;
  return p;
}

Period Calendar::months_ending(Date end, int months) const {
  const Date start = end.is_month_end() ? end.plus_months_keeping_end(-months).plus_days(1) : end.plus_months(-months).plus_days(1);
  Period p{start, end};
  if (end.is_month_end() && !weeks_) return p;
  // Weeks: 13 a quarter; printed columns know better.
  for (const Period& known : printed_)
    if (!known.instant() && known.end == end && months_of(known) == months) return known;
  if (months % 3 == 0 && (weeks_ || !end.is_month_end())) p.start = end.plus_days(-(months / 3) * 91 + 1);
  return p;
}

Period Calendar::weeks_ending(Date end, int weeks) const { return {end.plus_days(-7 * weeks + 1), end}; }

std::optional<Period> Calendar::quarter(int fiscal_year, int quarter) const {
  if (!known_ || quarter < 1 || quarter > 4) return std::nullopt;
  const int quarters = (fiscal_year - year_) * 4 + quarter - quarter_number();
  if (std::abs(quarters) > 80) return std::nullopt;
  if (quarters == 0 && !annual() && !half_year()) return current_;
  return snapped(months_ending(shift_months(current_.end, quarters * 3), 3));
}

std::optional<Period> Calendar::year(int fiscal_year) const { return to_date(fiscal_year, 4); }

std::optional<Period> Calendar::to_date(int fiscal_year, int quarters) const {
  if (annual() && fiscal_year == year_ && quarters == 4) return current_;
  const auto last = quarter(fiscal_year, quarters);
  if (!last) return std::nullopt;
  if (quarters == 1) return last;
  return snapped(months_ending(last->end, quarters * 3));
}

Period Calendar::year_ago(const Period& p) const {
  if (p.instant()) return snapped({std::nullopt, shift_months(p.end, -12)});
  Period q{p.start, shift_months(p.end, -12)};
  q.start = p.end.is_month_end() && !weeks_ ? p.start->plus_months(-12) : p.start->plus_days(q.end.days() - p.end.days());
  return snapped(q);
}

Period Calendar::previous(const Period& p) const {
  if (p.instant()) return snapped({std::nullopt, shift_months(p.end, -3)});
  const Date end = p.start->plus_days(-1);
  const int months = months_of(p);
  if (months % 3 == 0 && months > 0) return snapped(months_ending(end, months));
  return snapped({p.start->plus_days(p.start->days() - p.end.days() - 1), end});
}

Period Calendar::next(const Period& p) const {
  if (p.instant()) return {std::nullopt, shift_months(p.end, 3)};
  return {p.end.plus_days(1), shift_months(p.end, std::max(1, months_of(p)))};
}

std::optional<Date> Calendar::last_year_end() const {
  if (!known_) return std::nullopt;
  const auto last = quarter(year_ - 1, 4);
  return last ? std::optional<Date>(last->end) : std::nullopt;
}

Period Calendar::current_quarter() const {
  if (!annual() && !half_year()) return current_;
  return snapped(months_ending(current_.end, 3));
}

}  // namespace factpress::facts::prose
