#include "tables/column_series.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "tables/period_words.h"

namespace factpress::tables {

namespace {

/// "First | Second | Third | Fourth | Year ended June 30, 1994": the quarters are those of the year beside them.
void place_quarters(std::vector<Column>& columns, const Calendar& calendar) {
  const Column* year = nullptr;
  for (const Column& c : columns) {
    const bool whole = c.kind == Column::Kind::value && !c.quarter && c.own_period && c.period && !c.period->instant() && c.period->end.days() - c.period->start->days() > 350;
    if (whole && year && year->period != c.period) return;
    if (whole) year = &c;
  }
  const std::optional<Date> last = calendar.current_end() ? calendar.quarter_end(4, calendar.fiscal_year()) : std::nullopt;
  if (!year || !last || std::abs(year->period->end.days() - calendar.years_on(*last, year->period->end.year() - last->year()).days()) > 10) return;
  for (Column& c : columns)
    if (c.quarter && c.period)
      if (const auto end = calendar.quarter_end(c.quarter, calendar.fiscal_year() + year->period->end.year() - last->year()))
        c.period = calendar.ending_on(*end, *c.period, 3);
}

bool is_quarter_long(int days) { return days > 75 && days < 105; }

/// "March 31 | June 30 | September 30 | December 31" over sales and expenses, in a release of a year: each column is of the quarter that ended on its
/// day, where neither it nor the title tells how long its time was. Years that overlap by nine months would be said to.
void quarters_by_their_days(std::vector<Column>& columns, const ColumnContext& context) {
  constexpr int shortest_year = 300;  // days
  constexpr std::size_t fewest = 4;
  if (columns.size() < fewest) return;
  const auto of_a_year = [&](const Column& c) {
    const bool year = c.kind == Column::Kind::value && c.period && !c.period->instant() && c.period->end.days() - c.period->start->days() > shortest_year;
    if (!year) return false;
    const PeriodWords w = read_period_words(header_text(c));
    return !w.duration() && !w.fiscal_year && w.dates.size() == 1 && w.dates[0].month && w.dates[0].day;
  };
  if (!std::all_of(columns.begin(), columns.end(), of_a_year)) return;
  for (std::size_t i = 1; i < columns.size(); ++i)
    if (!is_quarter_long(std::abs(columns[i].period->end.days() - columns[i - 1].period->end.days()))) return;
  if (read_period_words(context.title).months == 12) return;
  for (Column& c : columns) c.period = Period{context.calendar->start_of(c.period->end, 3, 0), c.period->end};
}

/// "March 31, | June 30, | Sept. 30, | Dec. 31, | Total" under "2013 Quarter Ended | 2013": four quarters, one after the other, and the year that
/// they make.
void total_quarters(std::vector<Column>& columns) {
  const auto is_total = [](const Column& c) { return c.kind == Column::Kind::value && !c.header.empty() && istarts_with(trim(c.header.back()), "total"); };
  for (std::size_t i = 4; i < columns.size(); ++i) {
    if (!is_total(columns[i])) continue;
    std::optional<Date> begin, end;
    bool follow = true;
    for (std::size_t j = i - 4; j < i && follow; ++j) {
      const std::optional<Period>& p = columns[j].period;
      follow = columns[j].kind == Column::Kind::value && p && !p->instant() && is_quarter_long(p->end.days() - p->start->days());
      follow = follow && (!end || *p->start == end->plus_days(1));
      if (!follow) break;
      if (!begin) begin = p->start;
      end = p->end;
    }
    if (follow) columns[i].period = Period{begin, *end}, columns[i].own_period = true, columns[i].doubt.clear();
  }
}

/// "December | Quarter" over sales and expenses: what happened in that month.
void take_months(std::vector<Column>& columns, const ColumnContext& context) {
  std::vector<PeriodWords> words;
  for (const Column& c : columns) words.push_back(read_period_words(header_text(c)));
  const auto has = [](const PeriodWords& w, int DateWords::*part) { return std::any_of(w.dates.begin(), w.dates.end(), [&](const DateWords& d) { return d.*part != 0; }); };
  if (!context.flows || std::none_of(words.begin(), words.end(), [&](const PeriodWords& w) { return w.duration() && !w.change && !has(w, &DateWords::month); })) return;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    Column& c = columns[i];
    const PeriodWords& w = words[i];
    const bool month = has(w, &DateWords::month) && !has(w, &DateWords::day) && !w.duration() && !w.ended && !w.as_of && !w.at_end;
    if (month && c.kind == Column::Kind::value && c.own_period && c.period) c.period = Period{context.calendar->start_of(c.period->end, 1, 0), c.period->end};
  }
}

/// "December 31, 2022 | Acquisitions | Other | June 30, 2023": the first and the last column hold balances, those between them what came and
/// went in the meantime.
void roll_forward(std::vector<Column>& columns, const Calendar& calendar) {
  constexpr int shortest = 25, longest = 375;  // days
  if (columns.size() < 3) return;
  const auto day_of = [&](const Column& c) -> std::optional<Date> {
    const PeriodWords w = read_period_words(header_text(c));
    const bool day = c.period && c.kind == Column::Kind::value && !w.change && !w.duration() && !w.ended && w.one_full_date();
    return day ? calendar.date(w.dates[0]) : std::nullopt;
  };
  const std::optional<Date> first = day_of(columns.front()), last = day_of(columns.back());
  if (!first || !last) return;
  const Date opening = calendar.closing_day(std::min(*first, *last)), closing = calendar.closing_day(std::max(*first, *last));
  const int apart = closing.days() - opening.days();
  const auto moves = [](const Column& c) { return !read_period_words(header_text(c)).any() && !c.header.empty(); };
  if (apart < shortest || apart > longest || !std::all_of(columns.begin() + 1, columns.end() - 1, moves)) return;
  for (Column& c : columns) {
    const bool ends = &c == &columns.front() || &c == &columns.back();
    c.kind = Column::Kind::value;
    c.period = ends ? Period{std::nullopt, (&c == &columns.front()) == (*first < *last) ? opening : closing} : Period{opening.plus_days(1), closing};
    c.own_period = true;
    c.doubt.clear();
    const std::string named = lower(c.dimensions.empty() ? c.measure : c.dimensions.back().second);
    if (ends && (named.starts_with("balance") || named.starts_with("beginning") || named.starts_with("ending"))) c.measure.clear(), c.dimensions.clear();
  }
}

/// "Beginning AUM | Net flows | Market | Ending AUM" below one period: the balances before and after it.
void balances_around(std::vector<Column>& columns) {
  const auto named = [](const Column& c, std::string_view a, std::string_view b) {
    const std::string measure = lower(c.measure);
    return c.kind == Column::Kind::value && c.period && !c.period->instant() && (measure.starts_with(a) || measure.starts_with(b));
  };
  for (std::size_t first = 0; first < columns.size(); ++first) {
    if (!named(columns[first], "beginning", "opening")) continue;
    const auto after = columns.begin() + static_cast<std::ptrdiff_t>(first) + 1;
    const auto last = std::find_if(after, columns.end(), [&](const Column& c) { return named(c, "ending", "closing"); });
    if (last == columns.end() || last->period != columns[first].period) continue;
    columns[first].period = Period{std::nullopt, columns[first].period->start->plus_days(-1)};
    last->period = Period{std::nullopt, last->period->end};
  }
}

/// "2024 | 2025 | 2026 | 2027 | 2028 | Thereafter": what is to be paid or written off in years to come; "2023 | 2022 | 2021 | 2020 | Prior": loans by the
/// year in which they were made. All of it holds on one day, and the years part it.
void years_of_one_day(std::vector<Column>& columns, const ColumnContext& context) {
  constexpr std::size_t fewest = 4, without_rest = 5;
  const std::optional<Date> reported = context.calendar->current_end();
  if (!reported || columns.size() < fewest) return;
  std::vector<std::pair<Column*, int>> years;
  bool rest = false;
  for (Column& c : columns) {
    if (c.header.empty()) continue;
    const PeriodWords own = read_period_words(c.header.back());
    if (own.outlook) return;
    if (is_bare_year(own)) years.emplace_back(&c, bare_year(own));
    else if (own.duration() || own.change) return;
    rest = rest || istarts_with(c.header.back(), "thereafter") || istarts_with(c.header.back(), "prior");
  }
  if (years.size() < (rest ? fewest : without_rest)) return;
  const int step = years[1].second - years[0].second;
  for (std::size_t i = 1; i < years.size(); ++i)
    if (years[i].second - years[i - 1].second != step) return;
  const PeriodWords title = read_period_words(context.title);
  if (title.outlook) return;
  std::set<Date> days;
  const auto take_day = [&](const PeriodWords& w) {
    if (const auto day = w.one_full_date() ? context.calendar->date(w.dates[0]) : std::nullopt) days.insert(*day);
  };
  for (const Column& c : columns)
    for (const std::string& text : c.header) take_day(read_period_words(text));
  if (days.empty()) take_day(title);
  if (days.size() > 1) return;
  const Date day = days.empty() ? *reported : *days.begin();
  const bool by_origin = step == -1 && rest;
  if ((step != 1 && !by_origin) || (years[0].second != day.year() && years[0].second != day.year() + 1)) return;
  for (Column& c : columns) {
    if (by_origin && !c.header.empty() && istarts_with(c.header.back(), "prior")) c.kind = Column::Kind::value;
    if (c.kind != Column::Kind::value) continue;
    c.period = Period{std::nullopt, day};
    c.own_period = true;
    c.doubt.clear();
  }
  for (const auto& [column, year] : years)
    if (column->kind == Column::Kind::value) column->measure += (column->measure.empty() ? "" : " ") + std::to_string(year);
}

/// "Q1 | Q4 | Q3 | Q2 | Q1" without a year: one quarter after the other, back from the reported one or up to it.
void walk_quarters(std::vector<Column>& columns, const Calendar& calendar) {
  std::vector<Column*> walk;
  for (Column& c : columns)
    if (c.kind == Column::Kind::value && c.quarter && c.period && !c.period->instant()) walk.push_back(&c);
  if (walk.size() < 3) return;
  const auto follows = [&](int step) {  // each of its left neighbour
    for (std::size_t i = 1; i < walk.size(); ++i)
      if ((walk[i]->quarter - walk[i - 1]->quarter + 4) % 4 != step) return false;
    return true;
  };
  const bool back = follows(3);
  if (!back && !follows(1)) return;
  if (!back) std::reverse(walk.begin(), walk.end());
  if (walk.front()->quarter != calendar.quarter()) return;
  int year = calendar.fiscal_year();
  for (std::size_t i = 0; i < walk.size(); ++i) {
    if (i > 0 && walk[i]->quarter > walk[i - 1]->quarter) --year;
    if (const auto end = calendar.quarter_end(walk[i]->quarter, year)) walk[i]->period = calendar.ending_on(*end, *walk[i]->period, 3);
  }
}

}  // namespace

void settle_series(std::vector<Column>& columns, const ColumnContext& context) {
  take_months(columns, context);
  walk_quarters(columns, *context.calendar);
  place_quarters(columns, *context.calendar);
  quarters_by_their_days(columns, context);
  total_quarters(columns);
  roll_forward(columns, *context.calendar);
  balances_around(columns);
  years_of_one_day(columns, context);
}

}  // namespace factpress::tables
