#include "facts/prose_period_slots.h"

#include <algorithm>

namespace factpress::facts::prose {

using tables::Period;

bool SlotResolver::resolve(const PeriodSlots& s, PeriodRef& ref) const {
  using R = PeriodRef::Relation;
  const bool counted = s.months || s.weeks;
  if (s.date) return dated(s, ref);
  if (counted && !(s.listed || s.same || s.prior || s.current || s.ago || s.prior_year || s.period || s.ordinal || s.trailing || s.ended || s.fiscal_year)) {
    // "the nine months", with its article, after the dates were told; else a mere duration.
    const bool article = ref.core > s_.begin && is(ref.core - 1, determiner);
    const bool whole = s.months % 3 == 0 && (s.months < 12 || c_.annual()) && !s.weeks;
    const bool names_measure = whole && is(ref.tokens.end, measure | modifier) && !is(ref.tokens.end, instant_measure);  // "nine month revenue"
    if (!(article || names_measure) || !c_.known()) return false;
  }
  if (s.to_date) {
    if (!c_.known()) return ref.relation = R::topic, true;
    const int year = s.fiscal_year ? s.fiscal_year : c_.fiscal_year() - (s.prior_year || s.ago ? 1 : 0);
    ref.period = c_.to_date(year, c_.quarter_number());
    return ref.period.has_value();
  }
  if (s.trailing && c_.known()) return ref.period = counted ? (s.months ? c_.months_ending(c_.current().end, s.months) : c_.weeks_ending(c_.current().end, s.weeks)) : c_.current(), true;
  if (s.ordinal) return counted_by_ordinal(s, ref);
  const bool back_year = s.ago || s.prior_year;
  if (s.linked || (s.prior && s.quarter && !back_year && !s.same)) return ref.unit = "quarter", ref.relation = R::previous, true;
  if (s.prior && s.period && !back_year && !s.same) return ref.unit = "period", ref.relation = R::year_ago, true;
  if (s.half && (s.prior || s.next) && !back_year && !s.same) return ref.unit = "half", ref.relation = s.next ? R::next : R::previous, true;
  if (s.prior && s.year) return ref.relation = R::year_ago, true;
  if (s.next) return ref.relation = R::next, true;
  if (counted) return counted_alone(s, ref);
  if (s.same || back_year || s.prior) return related(s, ref);
  if (s.fiscal_year) {
    ref.bare_year = !s.fiscal && !s.full && !s.year;
    if (s.end_of) ref.bare_year = false;
    ref.year_alone = ref.bare_year;
    if (s.quarter) return false;
    const bool ended_last_year = c_.known() && !c_.annual() && s.fiscal_year == c_.current().end.year() - 1;  // "(2023: ...)" in the half year ended December 31, 2024
    if (s.beside && c_.known() && (s.fiscal_year == c_.fiscal_year() - 1 || ended_last_year)) return ref.relation = R::year_ago, true;
    if (s.period && ref.bare_year && c_.known() && c_.fiscal_year() - s.fiscal_year <= 1 && s.fiscal_year <= c_.fiscal_year())  // "in the 2005 period": what is spoken of, in that year
      return ref.relation = s.fiscal_year == c_.fiscal_year() ? R::topic : R::year_ago, ref.bare_year = false, true;
    ref.period = c_.year(s.fiscal_year);
    if (!ref.period) {
      if (c_.known()) return false;
      ref.period = Period{Date::of(s.fiscal_year, 1, 1), *Date::of(s.fiscal_year, 12, 31)};
    }
    return true;
  }
  if (!c_.known()) return ref.relation = R::topic, true;
  if (s.half) return half(ref);
  if (s.quarter) return ref.period = c_.current_quarter(), true;
  if (s.year) {
    ref.year_assumed = s.end_of && !c_.annual();
    ref.year_alone = s.current;
    const bool ended = c_.quarter_number() == 4;  // "at year end", told with the fourth quarter: of the year that ended with it
    ref.period = s.end_of && !ended ? Period{std::nullopt, *c_.last_year_end()} : *c_.year(c_.fiscal_year());
    return true;
  }
  if (s.period) return ref.relation = R::topic, true;
  return false;
}

bool SlotResolver::dated(const PeriodSlots& s, PeriodRef& ref) const {
  const Date d = *s.date;
  if (s.months) ref.period = c_.months_ending(d, s.months);
  else if (s.weeks) ref.period = c_.weeks_ending(d, s.weeks);
  else if (s.half) ref.period = c_.months_ending(d, 6);
  else if (s.quarter) ref.period = c_.quarter_ending(d);
  else if (s.year || s.full) ref.period = c_.year_ending(d);
  else if (s.period && c_.known()) ref.period = c_.months_ending(d, months_of(c_.current()));
  else ref.period = Period{std::nullopt, d};
  return true;
}

bool SlotResolver::counted_by_ordinal(const PeriodSlots& s, PeriodRef& ref) const {
  using R = PeriodRef::Relation;
  if (!c_.known()) return ref.relation = s.prior_year || s.ago || s.same ? R::year_ago : R::topic, s.quarter || s.half || s.months || s.quarters;
  int year = s.fiscal_year;
  if (!year) {
    year = c_.fiscal_year();
    ref.year_assumed = true;
    if (s.prior_year || s.ago || (s.prior && s.quarter)) {
      --year;
      ref.year_assumed = false;
    }
  }
  if (s.quarter) ref.period = c_.quarter(year, s.ordinal);
  else if (s.half) {
    const auto last = c_.quarter(year, s.ordinal * 2);
    if (last) ref.period = c_.months_ending(last->end, 6);
  } else if (s.ordinal == 1 && (s.months || s.quarters)) {
    ref.period = c_.to_date(year, s.quarters ? s.quarters : (s.months + 2) / 3);
  } else if (s.ordinal == 1 && s.weeks) {
    ref.period = c_.to_date(year, std::max(1, s.weeks / 13));
  }
  return ref.period.has_value();
}

/// "the half year", without saying which: the reported one, or the six months that a second or fourth quarter ends.
bool SlotResolver::half(PeriodRef& ref) const {
  if (c_.quarter_number() % 2 != 0) return false;
  ref.period = c_.half_year() ? c_.current() : c_.months_ending(c_.current().end, 6);
  return true;
}

bool SlotResolver::counted_alone(const PeriodSlots& s, PeriodRef& ref) const {
  if (!c_.known()) return ref.relation = s.same || s.prior || s.prior_year || s.ago ? PeriodRef::Relation::year_ago : PeriodRef::Relation::topic, true;
  const int months = s.months ? s.months : (s.weeks * 12 + 26) / 52;
  const int back = s.same || s.prior || s.prior_year || s.ago ? 1 : 0;
  int year = s.fiscal_year ? s.fiscal_year : c_.fiscal_year() - back;
  if (s.same && !s.prior_year && !s.ago && !s.fiscal_year) year = c_.fiscal_year() - 1;
  Date end = c_.current().end;
  if (year != c_.fiscal_year())
    if (const auto q = c_.quarter(year, c_.quarter_number())) end = q->end;
  ref.period = s.months ? c_.months_ending(end, s.months) : c_.weeks_ending(end, s.weeks);
  for (const Period& known : {c_.current(), c_.year_ago(c_.current())})
    if (known.end == end && months_of(known) == months) ref.period = known;
  return true;
}

bool SlotResolver::related(const PeriodSlots& s, PeriodRef& ref) const {
  using R = PeriodRef::Relation;
  if (s.end_of && s.prior_year && !s.quarter && c_.known()) {
    const auto end = c_.last_year_end();
    if (end) return ref.period = Period{std::nullopt, *end}, true;
  }
  if (s.same && s.fiscal_year && c_.known()) {
    const int back = c_.fiscal_year() - s.fiscal_year;
    const bool ended_last_year = s.fiscal_year == c_.current().end.year() - 1;  // "the comparable quarter in 2007", told with the first of fiscal 2009
    if (back == 1 || ended_last_year) return ref.relation = R::year_ago, true;
    if (back == 0) return ref.relation = R::topic, true;
    return false;
  }
  if (s.fiscal_year && !s.same) return ref.period = c_.year(s.fiscal_year), ref.period.has_value();
  ref.relation = R::year_ago;
  if (s.prior && !s.quarter && !s.period && !s.prior_year && !s.ago && !s.same) return false;
  return true;
}

}  // namespace factpress::facts::prose
