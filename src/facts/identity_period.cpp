#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "diag/codes/facts.h"
#include "facts/identity_words.h"
#include "facts/prose_calendar.h"
#include "tables/calendar.h"

namespace factpress::facts::identity {

using tables::Period;

namespace {

/// What the tables' columns say: the latest durations of income statements, and the balance dates.
struct Columns {
  std::optional<Date> end;
  std::optional<Period> shortest, longest;  ///< that end there
  std::optional<Date> prior_balance;        ///< the latest balance date before `end`
  bool statements = false;  ///< they are those of statements, not of some other table
  bool has(const Period& p) const { return std::find(all.begin(), all.end(), p) != all.end(); }
  std::vector<Period> all;
};

/// What ends after the release was issued is an outlook.
Columns read_columns(const std::vector<tables::DataTable>& tables, std::optional<Date> released) {
  Columns c;
  using Kind = tables::StatementKind;
  const auto rank = [](Kind kind) { return kind == Kind::income ? 0 : kind == Kind::cashflow || kind == Kind::reconciliation || kind == Kind::segment ? 1 : kind == Kind::other ? 2 : 3; };
  for (const int wanted : {0, 1, 2}) {
    for (const tables::DataTable& table : tables) {
      if (rank(table.kind) != wanted) continue;
      for (const tables::Column& column : table.columns) {
        if (column.kind != tables::Column::Kind::value || !column.period || column.period->instant() || (released && column.period->end > *released)) continue;
        c.all.push_back(*column.period);
        if (!c.end || *c.end < column.period->end) c.end = column.period->end;
      }
      if (c.end && wanted == 0) break;  // the first income statement decides
    }
    c.statements = c.end && wanted < 2;
    if (c.end) break;
  }
  for (const tables::DataTable& table : tables)
    for (const tables::Column& column : table.columns) {
      if (!column.period) continue;
      if (column.period->instant()) {
        if (table.kind == tables::StatementKind::balance && c.end && column.period->end < *c.end && (!c.prior_balance || *c.prior_balance < column.period->end)) c.prior_balance = column.period->end;
        continue;
      }
      if (!c.end || column.period->end != *c.end) continue;
      const int months = prose::months_of(*column.period);
      if (months < 1) continue;
      if (!c.shortest || prose::months_of(*c.shortest) > months) c.shortest = column.period;
      if (!c.longest || prose::months_of(*c.longest) < months) c.longest = column.period;
    }
  return c;
}

int quarter_by_columns(const Columns& c, Date end) {
  if (c.longest && c.longest->end == end) {
    const int months = prose::months_of(*c.longest);
    if (months == 6 || months == 9) return months / 3;
    if (months == 12 && c.shortest && prose::months_of(*c.shortest) <= 4) return 4;
  }
  if (c.prior_balance) {
    const int days = end.days() - c.prior_balance->days();
    const int quarters = (days + 45) / 91;
    if (quarters >= 1 && quarters <= 3) return quarters;  // from the fiscal year's end
  }
  return 0;
}

/// By the header's month; 0 where it tells none. Years of weeks end some days off.
int quarter_by_header(const document::Document& document, Date end) {
  const int year_end = tables::year_end_by_header(document);
  if (year_end == 0) return 0;
  const int behind = (end.plus_days(-10).month() - year_end + 12) % 12;
  return behind == 0 ? 4 : (behind + 1) / 3;
}

/// The last day of the period that words alone tell ("fourth quarter", "full year 2004"), where the release was issued within some
/// months of it. A fiscal year is the calendar's unless the submission's header says otherwise; one called fiscal is so only where the
/// release date bears it out.
std::optional<Date> end_by_words(const document::Document& document, const Words& w, std::optional<Date> released, diag::Sink& sink) {
  constexpr int longest_wait = 150;  // days from a period's end to its release
  const int header = tables::year_end_by_header(document), year_end = header ? header : 12;
  const auto last_day = [&](int fiscal_year) { return tables::last_day_of_quarter(w.quarter ? w.quarter : 4, fiscal_year, year_end); };
  std::optional<Date> told;
  if (w.year) told = last_day(w.year);
  if (!released) return w.fiscal && !header ? std::nullopt : told;
  const auto waited = [&](std::optional<Date> end) { return end ? released->days() - end->days() : -1; };
  if (waited(told) > 0 && waited(told) <= longest_wait) return told;
  Date latest = last_day(released->year() + 1);
  for (int year = released->year(); waited(latest) <= 0; --year) latest = last_day(year);
  if (waited(latest) > longest_wait || (w.fiscal && !header)) return std::nullopt;
  if (told)
    sink.add({diag::codes::facts_identity_period, Place{document.source, w.span},
              fmt::format("the words \"{}\" of {} tell a period that ends {}, but the release is of {}; {} is taken", w.text, w.year, told->iso(), released->iso(), latest.iso())});
  return latest;
}

/// The last day of the fiscal period: as given, else as the words and the columns tell.
std::optional<Date> find_end(const document::Document& document, const Words& w, const Columns& c, const GivenIdentity& given,
                             std::optional<Date> released, diag::Sink& sink) {
  if (given.period_end) return given.period_end;
  const auto waited = [&](Date end) { return released ? released->days() - end.days() : 60; };
  if (c.end && !c.statements) {
    if (w.end && waited(*w.end) >= 0 && waited(*w.end) <= 200) return w.end;
    if (const auto told = w.quarter || w.year ? end_by_words(document, w, released, sink) : std::nullopt) return told;
    return c.end;
  }
  if (w.end && c.end && *w.end != *c.end) {
    const bool known = std::any_of(c.all.begin(), c.all.end(), [&](const Period& p) { return p.end == *w.end; });
    sink.add({diag::codes::facts_identity_period, Place{document.source, w.span},
              fmt::format("the text says that the period ended {}, the statements' columns end {}; the {} are followed", w.end->iso(), c.end->iso(), known ? "words" : "columns")});
    return known ? w.end : c.end;
  }
  if (c.end) return c.end;
  if (w.end && waited(*w.end) >= 0 && waited(*w.end) <= 200) return w.end;  // else the day of another period: a year ago, an outlook
  return end_by_words(document, w, released, sink);
}

/// 1 to 4, for a release that is not of a whole year.
int find_quarter(const document::Document& document, const Words& w, const Columns& c, Date end) {
  if (w.quarter) return w.quarter;
  if (const int seen = quarter_by_columns(c, end)) return seen;
  if (const int told = quarter_by_header(document, end)) return told;
  return (end.month() + 2) / 3;
}

/// As the company counts: the words' year where it can be the year that ends on `year_end`, else the one that other periods' names lead to.
int find_fiscal_year(const Words& w, Date year_end) {
  const int by_end = year_called_by_end(year_end);
  // A year that ends in the first months may be called by the year before it, never another one.
  const bool may_begin = year_end.month() <= 6;
  for (const int told : {w.year, w.likely_year})
    if (told == by_end || (may_begin && told == by_end - 1)) return told;
  return by_end;
}

}  // namespace

void read_fiscal(const document::Document& document, const std::vector<Opening>& opening, const std::vector<tables::DataTable>& tables,
                 const GivenIdentity& given, Identity& id, diag::Sink& sink) {
  Words w = read_words(document, opening);
  if (given.annual) w.annual = w.end_year = *given.annual, w.end_quarter = !*given.annual, w.quarter = *given.annual ? 0 : w.quarter;
  if (given.fiscal_quarter) w.quarter = given.fiscal_quarter, w.annual = false, w.half = 0;
  if (given.fiscal_year) w.year = given.fiscal_year, w.fiscal = true;
  const Columns c = read_columns(tables, id.release_date);
  const auto end = find_end(document, w, c, given, id.release_date, sink);
  const Place place{document.source, w.span};
  if (!end) {
    if (!opening.empty())
      sink.add({diag::codes::facts_identity_no_period, place,
                w.text.empty() ? "no day was found that the fiscal period ends on" : fmt::format("no day was found that \"{}\" ends on", w.text)});
    return;
  }
  bool annual = w.quarter == 0 && (w.annual || w.end_year) && !w.end_quarter;
  if (w.quarter == 0 && !annual && !w.end_quarter && c.shortest && c.shortest->end == *end && prose::months_of(*c.shortest) >= 11) annual = true;
  const int quarter = annual ? 0 : find_quarter(document, w, c, *end);
  const bool half = w.half && !annual && !(c.shortest && c.shortest->end == *end && prose::months_of(*c.shortest) <= 4);
  const int seen = quarter_by_columns(c, *end);
  if (!annual && !half && w.quarter && !given.fiscal_quarter && seen && seen != w.quarter && c.longest && (prose::months_of(*c.longest) == 6 || prose::months_of(*c.longest) == 9))
    sink.add({diag::codes::facts_identity_period, place,
              fmt::format("the text says quarter {}, but the statements count {} months to {}", w.quarter, prose::months_of(*c.longest), end->iso())});
  id.fiscal_quarter = quarter;
  const prose::Calendar bare{Identity{}, tables};
  const int months = annual ? 12 : half ? 6 : 3;
  Period period = bare.months_ending(*end, months);
  for (const Period& p : c.all)
    if (p.end == *end && std::abs(prose::months_of(p) - months) <= 1) period = p;
  id.fiscal_period = period;
  id.fiscal_period_words = w.text;
  id.fiscal_period_span = w.span;
  const int left = annual ? 0 : (4 - quarter) * 3;
  id.fiscal_year_end = end->is_month_end() ? end->plus_months_keeping_end(left) : end->plus_days(left / 3 * 91);
  id.fiscal_year = given.fiscal_year ? given.fiscal_year : find_fiscal_year(w, id.fiscal_year_end);
  // A line that is nothing but the period's last day is a heading, not the day of issue.
  if (id.release_date == end && !given.release_date && id.release_date_span != document.filing.filed) id.release_date.reset(), id.release_date_span = {};
}

}  // namespace factpress::facts::identity
