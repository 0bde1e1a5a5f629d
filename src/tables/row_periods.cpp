#include "tables/row_periods.h"

#include <algorithm>
#include <cstdlib>

#include "base/date.h"
#include "base/text.h"
#include "tables/nature.h"
#include "tables/period_words.h"

namespace factpress::tables {

namespace {

struct RowPeriod {
  std::optional<Period> whole;  ///< a duration or instant with its date
  int months = 0, weeks = 0;    ///< a duration alone
  bool alone = false;           ///< of its own row's numbers, not of those below
};

/// "1999", "Fiscal 1999", "Fiscal Year Ended June 30, 1999" as a heading between the rows: the fiscal year; 0 for others.
int year_of_heading(const TableRow& row, const Calendar& calendar) {
  if (row.label.size() > 60 || (!row.heading && !row.cells.empty())) return 0;
  const PeriodWords w = read_period_words(row.label);
  if (w.change || w.as_of || w.quarter || w.dates.size() > 1 || (w.months && w.months != 12)) return 0;
  if (w.fiscal_year && w.dates.empty()) return w.fiscal_year;
  if (w.dates.size() != 1 || !w.dates[0].year) return 0;
  if (!w.dates[0].month) return row.label.size() <= 24 ? w.dates[0].year : 0;
  if (!w.ended || w.months != 12 || !calendar.current_end()) return 0;
  const std::optional<Date> last = calendar.quarter_end(4, calendar.fiscal_year());
  return last && last->month() == w.dates[0].month ? calendar.fiscal_year() + w.dates[0].year - last->year() : 0;
}

/// Moves what a column's header tells of another year into the year of the heading.
void move_to_year(TableCell& cell, const Column& column, int year, const Calendar& calendar) {
  if (!cell.period) return;
  if (!column.quarter && !column.year_told) {  // "Three Months Ended September 30" over blocks of rows headed "2023" and "2022"
    const int by = year - cell.period->end.year();
    if (by == 0 || by < -12 || by > 12) return;
    cell.period = calendar.years_later(*cell.period, by);
    return;
  }
  if (!column.quarter) return;
  if (const std::optional<Date> end = calendar.quarter_end(column.quarter, year)) cell.period = calendar.ending_on(*end, *cell.period, 3);
}

RowPeriod read(std::string_view text, const Calendar& calendar) {
  RowPeriod out;
  if (text.size() > 120) return out;
  const PeriodWords w = read_period_words(text);
  if (w.range && text.size() < 60) {  // "February 4, 2024 - March 2, 2024"
    const std::optional<Date> first = calendar.date(w.dates[0]), last = calendar.date(w.dates[1]);
    if (first && last) out.whole = Period{*first, *last};
    out.alone = true;
    return out;
  }
  if (text.size() < 20 && !w.duration() && !w.ended && w.dates.size() == 1 && w.dates[0].month && !w.dates[0].day && w.dates[0].year) {  // "January 2024"
    const int days = Date::days_in_month(w.dates[0].year, w.dates[0].month);
    out.whole = Period{Date::of(w.dates[0].year, w.dates[0].month, 1), *Date::of(w.dates[0].year, w.dates[0].month, days)};
    out.alone = true;
    return out;
  }
  if (w.change || (!w.ended && !w.quarter && !w.half && !w.as_of)) return out;
  if (!w.dates.empty() && w.dates[0].full()) {
    const std::optional<Date> end = calendar.date(w.dates[0]);
    if (!end) return out;
    if (w.months || w.weeks) out.whole = Period{calendar.start_of(*end, w.months, w.weeks), *end};
    else if (w.as_of) out.whole = Period{std::nullopt, *end};
    return out;
  }
  if (w.half && w.fiscal_year && text.size() < 24) {  // "First Half 2022"
    if (const auto end = calendar.quarter_end(2 * w.half, w.fiscal_year)) out.whole = Period{calendar.start_of(*end, 6, 0), *end};
    return out;
  }
  if (w.quarter && w.fiscal_year && !w.half) {
    if (const auto end = calendar.quarter_end(w.quarter, w.fiscal_year)) out.whole = Period{calendar.start_of(*end, 3, 0), *end};
    return out;
  }
  const bool year_told = std::any_of(w.dates.begin(), w.dates.end(), [](const DateWords& d) { return d.year != 0; });
  if (w.ended && !year_told) out.months = w.months, out.weeks = w.weeks;  // "Three Months Ended June 30:" over "2023 | 2022"
  return out;
}

/// "December 31, 2022:" between the rows.
std::optional<Date> day_of_heading(const TableRow& row) {
  std::string_view text = trim(row.label);
  if (!row.cells.empty() || text.size() < 8 || text.size() > 28) return std::nullopt;
  const PeriodWords w = read_period_words(text);
  if (!w.one_full_date() || w.duration() || w.ended || w.change || w.outlook) return std::nullopt;
  for (std::string_view lead : {"as of ", "at "})
    if (istarts_with(text, lead)) text.remove_prefix(lead.size());
  if (!month_number(text.substr(0, text.find_first_of(" .,"))) && !is_numeric_date(text.substr(0, text.find_last_not_of(':') + 1))) return std::nullopt;
  return Date::of(w.dates[0].year, w.dates[0].month, w.dates[0].day);
}

/// All columns hold on one day, or none tells a period: a heading between the rows may tell another.
bool of_one_day(const std::vector<Column>& columns) {
  const Column* first = nullptr;
  for (const Column& c : columns) {
    if (c.kind != Column::Kind::value) continue;
    if (c.period && !c.period->instant()) return false;
    if (first && c.period != first->period) return false;
    first = &c;
  }
  return first != nullptr;
}

/// "Shares issued as at March 31, before treasury stock"
bool says_as_of(std::string_view label) { return label.find(" as of ") != std::string_view::npos || label.find(" as at ") != std::string_view::npos; }

/// "Cash ... at January 1", "Balance as of March 31": the day that ends or begins the column's period.
Timing timing_by_day(std::string_view label, const Period& period) {
  const std::size_t at = label.rfind(" at ");
  std::size_t of = label.rfind("as of ");
  if (at == std::string_view::npos && of == std::string_view::npos && label.starts_with("balance, ")) of = 3;  // "Balance, March 31, 2023"
  const std::size_t from = at != std::string_view::npos ? at + 4 : of != std::string_view::npos ? of + 6 : std::string_view::npos;
  if (from == std::string_view::npos || (label.size() - from > 24 && !says_as_of(label))) return Timing::unknown;
  const PeriodWords w = read_period_words(label.substr(from, 24));
  if (w.dates.size() != 1 || !w.dates[0].month || !w.dates[0].day) return Timing::unknown;
  const auto is = [&](Date d) { return d.month() == w.dates[0].month && d.day() == w.dates[0].day && (!w.dates[0].year || w.dates[0].year == d.year()); };
  if (is(period.end)) return Timing::closing;
  return is(*period.start) || is(period.start->plus_days(-1)) ? Timing::opening : Timing::unknown;
}

/// Below the closing cash of a cash flow statement its parts are told: "Cash and cash equivalents", "Less: restricted cash".
bool is_part_of_cash(std::string_view label) {
  for (std::string_view lead : {"less:", "less", "plus:", "add:", "total"})
    if (istarts_with(label, lead)) label = trim(label.substr(lead.size()));
  if (label.substr(0, 4) != "cash" && label.substr(0, 15) != "restricted cash") return false;
  for (std::string_view flow : {" paid", "received", "provided", "used", "change", "increase", "decrease", "acquired", "effect", "flow", "dividend"})
    if (label.find(flow) != std::string_view::npos) return false;
  return label.find("for ") == std::string_view::npos || label.find("included in") != std::string_view::npos;  // "included in funds held for clients"
}

/// "Total assets", "Identifiable operating assets", "Long-lived assets (1)" of segments and regions, beside what they earned.
bool names_what_is_owned(std::string_view label) {
  if (const std::size_t open = label.rfind('('); open != std::string_view::npos && label.size() - open <= 4) label = trim(label.substr(0, open));
  if (label.ends_with(':')) label.remove_suffix(1);
  if (label.size() > 40 || !label.ends_with("assets")) return false;
  return label == "assets" || label == "total assets" || label == "segment assets" || label == "total segment assets" || label == "long-lived assets" || label.starts_with("identifiable");
}

/// "4.875% senior notes due 2030": what is owed on notes of one issue, where the row tells nothing that was done with them. "Senior notes" may be what they cost.
bool names_what_is_owed(std::string_view label) {
  const auto has = [&](std::string_view w) { return label.find(w) != std::string_view::npos; };
  const bool of_one_issue = has("%") || has("percent") || has(" due 20");
  if (!of_one_issue || !(has("senior notes") || has("debentures") || has("notes due "))) return false;
  for (std::string_view done : {"interest", "expense", "issu", "repay", "payment", "redempt", "redeem", "repurchase", "proceeds", "loss", "gain", "extinguish", "amortiz", "accretion", "cost", "change", "fee", "conver", "retire"})
    if (has(done)) return false;
  return true;
}

/// "Level 1:", "Level 2 (1)" above rows: what is held, by how its fair value is known.
bool names_level(std::string_view heading) { return heading.size() < 16 && heading.size() > 6 && heading.starts_with("level ") && heading[6] >= '1' && heading[6] <= '3'; }

/// "Selected equity data (period-end)" above the rows.
bool says_period_end(std::string_view heading) { return heading.find("period-end") != std::string_view::npos || heading.find("period end") != std::string_view::npos || heading.find("end of period") != std::string_view::npos; }

/// "SELECTED BALANCE SHEET DATA (period-end)": what stands in brackets does not count.
bool is_in_capitals(std::string_view text) {
  text = text.substr(0, text.find('('));
  return std::any_of(text.begin(), text.end(), is_upper) && std::none_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// "Retained earnings, beginning of year", "Shares outstanding at year end" below an income statement: what is carried from one period to the next.
bool rolls_forward(std::string_view label) {
  if (label.find("shares outstanding at ") != std::string_view::npos) return true;  // below their average
  return istarts_with(label, "balance") || label.starts_with("beginning balance") || label.starts_with("ending balance") || istarts_with(label, "retained earnings") || istarts_with(label, "accumulated deficit");
}

/// "Total stockholders' equity" below the movements of its components.
bool is_total_of_equity(std::string_view label) {
  const auto has = [&](std::string_view w) { return label.find(w) != std::string_view::npos; };
  if (has("beginning and end") && has("balance")) return true;  // "Balance at beginning and end of period": it stayed as it was
  if (label.size() <= 6 || label.substr(label.size() - 6) != "equity" || has("change") || has("transfer") || has("increase") || has("decrease") || has(" to ") || has("equity-")) return false;
  return istarts_with(label, "total") || has("holders' equity") || has("holders\u2019 equity") || has("owners' equity") || has("owners\u2019 equity");
}

/// "Balance at December 31, 2022": the day that ends a label, and what stands before it.
struct DatedLabel {
  std::string stem;
  std::optional<Date> day;
  bool bare = false;  ///< nothing but the day: a balance, in a statement of equity
};

DatedLabel dated_label(const std::string& label) {
  DatedLabel out;
  std::string lowered = lower(label);
  if (lowered.size() > 120) return out;
  if (lowered.size() > 8 && lowered.back() == ')' && lowered.rfind('(') != std::string::npos && lowered.rfind('(') > 8)  // "(as restated)"
    lowered = std::string(trim(std::string_view(lowered).substr(0, lowered.rfind('('))));
  const PeriodWords w = read_period_words(lowered);
  if (!w.one_full_date() || w.duration() || w.ended || w.change) return out;
  std::size_t year = lowered.rfind(std::to_string(w.dates[0].year));
  const std::size_t last_word = lowered.find_last_of(' ') + 1;
  if (is_numeric_date(std::string_view(lowered).substr(last_word))) year = last_word;  // "Balance, 12/31/22"
  const std::size_t most_behind = lowered.starts_with("balance") ? 40 : 8;  // "Balance at March 31, 2023, net of tax:"
  if (year == std::string::npos || lowered.size() - year > most_behind) return out;
  std::string_view before = std::string_view(lowered).substr(0, year);
  for (std::size_t at = before.find(' '); at != std::string_view::npos; at = before.find(' ', at + 1)) {
    const std::size_t end = std::min(before.find_first_of(" ,.", at + 1), before.size());
    if (month_number(before.substr(at + 1, end - at - 1))) {
      before = before.substr(0, at);
      break;
    }
  }
  while (!before.empty() && !is_alpha(before.back())) before.remove_suffix(1);
  for (std::string_view tail : {" as of", " at"})
    if (before.size() > tail.size() && before.substr(before.size() - tail.size()) == tail) before.remove_suffix(tail.size());
  while (!before.empty() && !is_alpha(before.back())) before.remove_suffix(1);
  if (month_number(before.substr(0, before.find_first_of(" ,.")))) before = {}, out.bare = true;
  out.stem = std::string(before);
  out.day = Date::of(w.dates[0].year, w.dates[0].month, w.dates[0].day);
  return out;
}

/// Movements between two balances told by rows: "Balance, December 31, 2021 | ... | Balance, March 31, 2022". The balances
/// hold on their days, what stands between them over the time between.
void settle_movements(DataTable& table, const Calendar& calendar) {
  if (table.kind == StatementKind::cashflow || table.kind == StatementKind::balance) return;
  std::optional<Date> from;
  std::string stem;
  std::size_t since = 0;
  // Columns that are members, of equity as a rule, and no periods of their own: the rows tell the days.
  const bool members = table.columns.size() > 2 &&
                       std::all_of(table.columns.begin(), table.columns.end(), [&](const Column& c) { return c.period == table.columns[0].period; });
  std::vector<DatedLabel> labels;
  for (const TableRow& row : table.rows) labels.push_back(row.cells.empty() ? DatedLabel{} : dated_label(row.label));
  // "April 28, 2023 | 7,873", what came and went, "July 28, 2023 | 7,880": balances too, and not rows of days.
  const auto bare = std::count_if(labels.begin(), labels.end(), [](const DatedLabel& l) { return l.bare; });
  const auto filled = std::count_if(table.rows.begin(), table.rows.end(), [](const TableRow& r) { return !r.cells.empty(); });
  const bool days_are_balances = table.kind == StatementKind::equity || (members && bare >= 2 && 2 * bare <= filled + 1);
  const auto set = [&](TableRow& row, const Period& period) {
    for (TableCell& c : row.cells) {
      const Column& column = table.columns[static_cast<std::size_t>(c.column)];
      const bool bounds = period.instant() && c.period && !c.period->instant() && (c.period->end == period.end || std::abs(c.period->start->days() - 1 - period.end.days()) <= 8);
      if (column.own_period && !bounds && !members) continue;  // a balance may open or close the period of its header
      c.period = period;
      if (c.doubt == column.doubt) c.doubt.clear();  // that the header told no period
    }
  };
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    DatedLabel label = labels[r];
    if ((label.bare && days_are_balances) || istarts_with(label.stem, "balance")) label.stem = "balance";
    if (!label.day || label.stem.empty()) continue;
    const bool closes = from && stem == label.stem && calendar.closing_day(*from) < calendar.closing_day(*label.day);
    if (closes)
      for (std::size_t i = since; i < r; ++i) set(table.rows[i], Period{calendar.closing_day(*from).plus_days(1), *label.day});
    if (closes || istarts_with(label.stem, "balance")) set(table.rows[r], Period{std::nullopt, calendar.closing_day(*label.day)});
    if (from && stem == label.stem && since > 0) set(table.rows[since - 1], Period{std::nullopt, calendar.closing_day(*from)});  // "As of December 31, 2019", what a new standard changed, "As of January 1, 2020"
    from = label.day;
    stem = label.stem;
    since = r + 1;
  }
}

/// "Balance as of January 1": the first day of a year or quarter that no year is told of, or the last one of it.
Timing timing_by_bare_day(std::string_view label) {
  if (!label.starts_with("balance")) return Timing::unknown;
  const PeriodWords w = read_period_words(label);
  if (w.dates.size() != 1 || !w.dates[0].month || !w.dates[0].day || w.dates[0].year || w.duration() || w.change) return Timing::unknown;
  return w.dates[0].day == 1 ? Timing::opening : w.dates[0].day >= 28 ? Timing::closing : Timing::unknown;
}

/// "Beginning assets under management", "Allowance at beginning of year", what came and went, and the same at the end: instants, and below days
/// alone the movements of the time that ended on them.
void settle_rolls(DataTable& table, const Calendar& calendar) {
  if (table.kind != StatementKind::other) return;
  const auto timing_of = [](const TableRow& row) {
    if (row.cells.empty()) return Timing::unknown;
    const std::string label = lower(row.label);
    if (label.starts_with("beginning ")) return Timing::opening;
    if (label.starts_with("ending ")) return Timing::closing;
    const Timing told = row_timing(label, "");
    return told == Timing::opening || told == Timing::closing ? told : timing_by_bare_day(label);
  };
  const auto stem = [](const TableRow& row) {  // what begins and ends: "beginning backlog", "Balance at beginning of year"
    std::string out;
    const std::string label = lower(row.label);
    for (std::string_view rest = label; !rest.empty();) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      std::string_view word = rest.substr(0, end);
      while (!word.empty() && !is_alpha(word.back())) word.remove_suffix(1);
      if (!word.empty() && word != "beginning" && word != "ending" && word != "end" && word != "start" && word != "opening" && word != "closing" && !month_number(word)) out += std::string(word) + " ";
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
  };
  for (std::size_t b = 0; b < table.rows.size(); ++b) {
    if (timing_of(table.rows[b]) != Timing::opening) continue;
    std::size_t e = b + 1;
    while (e < table.rows.size() && timing_of(table.rows[e]) == Timing::unknown) ++e;
    if (e == table.rows.size() || timing_of(table.rows[e]) != Timing::closing || stem(table.rows[b]) != stem(table.rows[e])) continue;
    const int months = calendar.current_months() ? calendar.current_months() : 3;
    for (std::size_t r = b; r <= e; ++r)
      for (TableCell& c : table.rows[r].cells) {
        if (!c.period || c.period != table.columns[static_cast<std::size_t>(c.column)].period) continue;  // settled already
        if (!c.period->instant()) {  // below the time itself
          if (r == b || r == e) c.period = Period{std::nullopt, r == b ? c.period->start->plus_days(-1) : c.period->end};
          continue;
        }
        if (r == e) continue;
        const Date start = calendar.start_of(c.period->end, months, 0);
        c.period = r == b ? Period{std::nullopt, start.plus_days(-1)} : Period{start, c.period->end};
      }
    b = e;
  }
}

/// "Fiscal 2023" over rows whose columns are members, in a release of a year: the rows below are of that fiscal year.
void settle_blocks_of_years(DataTable& table, const Calendar& calendar) {
  if (calendar.current_months() != 12 || table.columns.empty()) return;
  for (const Column& c : table.columns)
    if (c.kind == Column::Kind::value && c.period) return;
  std::vector<std::string> labels;
  for (const TableRow& row : table.rows) labels.push_back(row.label);
  const bool instants = table.kind == StatementKind::balance || (table.kind == StatementKind::other && tell_balances(labels));
  std::optional<Period> period;
  for (TableRow& row : table.rows) {
    if (const int year = row.cells.empty() ? year_of_heading(row, calendar) : 0) {
      const std::optional<Date> end = calendar.quarter_end(4, year);
      period = end ? std::optional(Period{instants ? std::nullopt : std::optional(calendar.start_of(*end, 12, 0)), *end}) : std::nullopt;
    }
    for (TableCell& c : row.cells) {
      const Column& column = table.columns[static_cast<std::size_t>(c.column)];
      if (!period || c.period) continue;
      const Timing timing = period->instant() ? Timing::unknown : row_timing(lower(row.label), "");
      c.period = timing == Timing::opening ? Period{std::nullopt, period->start->plus_days(-1)} : timing == Timing::closing ? Period{std::nullopt, period->end} : *period;
      if (c.doubt == column.doubt) c.doubt.clear();
    }
  }
}

/// "2025 | 2024" as labels under headings, over columns that are members of one period: each row is of its own year.
void settle_rows_of_years(DataTable& table, const Calendar& calendar) {
  const auto year_of = [](const TableRow& row) {
    return row.cells.empty() ? 0 : plain_year(trim(row.label));
  };
  std::optional<Date> one;
  for (const Column& c : table.columns) {
    if (c.kind != Column::Kind::value || !c.period) continue;
    if (one && *one != c.period->end) return;
    one = c.period->end;
  }
  if (!one || table.columns.size() < 3) return;
  int rows = 0, others = 0;
  for (const TableRow& row : table.rows)
    if (!row.cells.empty()) {
      const int year = year_of(row);
      if (year && (year > one->year() || year < one->year() - 2)) return;
      ++(year ? rows : others);
    }
  if (rows < 4 || others > rows) return;
  for (TableRow& row : table.rows)
    if (const int year = year_of(row); year && year != one->year())
      for (TableCell& c : row.cells) {
        if (c.period) c.period = calendar.years_later(*c.period, year - one->year());
      }
}

/// 2025 of "2025", "Fiscal 2025", "Year 2025:"; 0 for other labels.
int year_alone(std::string_view label) {
  label = trim(label);
  for (std::string_view lead : {"fiscal ", "year ", "fiscal year "})
    if (istarts_with(label, lead) && label.size() <= lead.size() + 5) label.remove_prefix(lead.size());
  if (label.ends_with(':')) label.remove_suffix(1);
  const int year = plain_year(label);
  return year >= 2000 ? year : 0;
}

/// "2016 | 2015 | 2014" as labels of all rows below "Q1 | Q2 | Q3 | Q4 | Year": each number is of its column's quarter of its row's year, or of that year.
void settle_quarters_of_row_years(DataTable& table, const Calendar& calendar) {
  constexpr std::ptrdiff_t fewest = 2;
  const auto of_any_year = [](const Column& c) { return c.quarter && !c.year_told; };
  if (std::count_if(table.columns.begin(), table.columns.end(), of_any_year) < fewest) return;
  for (const TableRow& row : table.rows)
    if (!row.cells.empty() && !year_alone(row.label)) return;
  for (TableRow& row : table.rows) {
    const int year = year_alone(row.label);
    for (TableCell& c : row.cells) {
      const Column& column = table.columns[static_cast<std::size_t>(c.column)];
      const std::string measure = lower(column.measure);
      const bool whole = !column.quarter && (measure == "year" || measure == "total" || measure == "total year" || measure == "full year");
      const std::optional<Date> end = of_any_year(column) || whole ? calendar.quarter_end(whole ? 4 : column.quarter, year) : std::nullopt;
      if (!end) continue;
      if (c.doubt == column.doubt) c.doubt.clear();
      const bool instant = !whole && c.period && c.period->instant();
      c.period = instant ? Period{std::nullopt, *end} : Period{calendar.start_of(*end, whole ? 12 : 3, 0), *end};
    }
  }
}

/// "2024 | 2025 | 2026 | Thereafter | Total" as labels: what is to be paid or written off in years to come, as it stands at the period's end.
void settle_years_to_come(DataTable& table) {
  if (table.kind != StatementKind::other) return;
  constexpr int fewest = 3;
  const auto settle = [&](TableRow& row) {
    for (TableCell& c : row.cells)
      if (c.period && !c.period->instant() && table.columns[static_cast<std::size_t>(c.column)].kind == Column::Kind::value) c.period->start.reset();
  };
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const int year = table.rows[r].cells.empty() ? 0 : year_alone(table.rows[r].label);
    const std::optional<Period> period = year ? table.rows[r].cells.front().period : std::nullopt;
    if (!period || (year != period->end.year() && year != period->end.year() + 1)) continue;
    std::size_t end = r + 1;
    while (end < table.rows.size() && year_alone(table.rows[end].label) == year + static_cast<int>(end - r)) ++end;
    if (static_cast<int>(end - r) < fewest) continue;
    while (end < table.rows.size() && !table.rows[end].cells.empty()) ++end;  // "Thereafter", "Total lease payments", "Less: interest", what is owed
    std::size_t first = r;
    if (first > 0 && icontains(table.rows[first - 1].label, "remain")) --first;  // "Remainder of 2023"
    for (std::size_t i = first; i < end; ++i) settle(table.rows[i]);
    r = end;
  }
}

}  // namespace

void settle_periods(DataTable& table, const Calendar& calendar) {
  const std::string context = lower(table.title);
  RowPeriod current;
  bool after_closing = false;
  std::string heading;  // the last one, whether or not a total has ended its section
  std::string over_all = says_period_end(lower(table.stub)) && is_in_capitals(table.stub) ? lower(table.stub) : std::string();  // heads the rows up to the next heading in capitals
  int year = 0;         // of the block of rows, where a heading tells it
  const bool one_day = of_one_day(table.columns);
  // "Cash and cash equivalents", "Restricted cash", "Total as in the statement of cash flows", and nothing else
  const bool only_cash = table.kind == StatementKind::cashflow && std::all_of(table.rows.begin(), table.rows.end(), [](const TableRow& row) {
    const std::string label = lower(row.label);
    return row.cells.empty() || is_part_of_cash(label) || (label.starts_with("total") && label.find("provided") == std::string::npos && label.find("used") == std::string::npos);
  });
  const bool of_averages = context.find("average balance") != std::string::npos && !says_period_end(context);  // "Consolidated average balance sheets"
  const bool titled_trailing = names_trailing_year(lower(table.title));  // over columns of quarters
  bool below_heading = false;
  std::vector<std::string> of_periods;  // headings that tell a period: the rows below have it, and need no such heading
  for (TableRow& row : table.rows) {
    if (row.heading) heading = lower(row.label);
    if (row.heading && is_in_capitals(row.label)) over_all = says_period_end(heading) ? heading : std::string();
    const int year_told = year_of_heading(row, calendar);
    if (year_told) year = year_told;
    if (year)
      for (TableCell& c : row.cells) move_to_year(c, table.columns[static_cast<std::size_t>(c.column)], year, calendar);
    RowPeriod own = read(row.label, calendar);
    if (const std::optional<Date> day = one_day && !own.whole ? day_of_heading(row) : std::nullopt) own.whole = Period{std::nullopt, *day};
    if (row.heading && (own.whole || year_told) && row.label.size() < 60) of_periods.push_back(row.label);
    std::erase_if(row.section, [&](const std::string& s) { return std::find(of_periods.begin(), of_periods.end(), s) != of_periods.end(); });
    const bool told = own.whole || own.months || own.weeks;
    // A heading's holds for the rows below it, and so does "Three Months Ended March 31, 2022 - U.S. GAAP"; "Purchases for the six months
    // ended" tells of its own numbers alone.
    if (told && (row.cells.empty() || (own.whole && !own.alone))) current = own;
    const RowPeriod& here = told ? own : current;
    const std::string label = lower(row.label);
    Timing timing = row_timing(label, context);
    const bool cash_flow = table.kind == StatementKind::cashflow;
    const bool equity = table.kind == StatementKind::equity;
    const auto by_day = [&](const std::string& words) {
      for (const TableCell& c : row.cells)
        if (c.period && !c.period->instant() && timing == Timing::unknown) timing = timing_by_day(words, *c.period);
    };
    if (timing == Timing::unknown && (equity || (cash_flow && label.find("cash") != std::string::npos) || istarts_with(label, "balance") || says_as_of(label))) by_day(label);
    if (timing == Timing::unknown && below_heading && istarts_with(heading, "balance")) by_day(heading);  // "Balance at March 31" over "Shares: 1,986,904"
    if (equity && timing == Timing::unknown && is_total_of_equity(label)) timing = Timing::closing;
    const auto owned = [&] {
      if (table.kind == StatementKind::income || of_averages || heading.find("average") != std::string::npos) return false;
      return names_what_is_owned(label) || names_what_is_owed(label) || names_level(heading) || (!row.section.empty() && row.section.back().size() > 8 && names_what_is_owned(lower(row.section.back())));
    };
    const bool held = timing == Timing::unknown && !cash_flow && !equity && ((names_holdings(label) && !of_averages) || owned());
    const bool at_end = timing == Timing::unknown && !cash_flow && !equity && ((says_period_end(heading) && names_balance(label, heading)) || (!over_all.empty() && names_balance(label, over_all)));
    if (held || at_end) timing = Timing::instant;
    const bool trailing = titled_trailing || names_trailing_year(label);
    below_heading = row.heading;
    if (timing == Timing::unknown && ((cash_flow && istarts_with(label, "beginning")) || (equity && label == "beginning"))) timing = Timing::opening;
    if (timing == Timing::unknown && ((cash_flow && istarts_with(label, "ending")) || (equity && label == "ending"))) timing = Timing::closing;
    if (cash_flow && timing == Timing::unknown && ((after_closing && is_part_of_cash(label)) || only_cash)) timing = Timing::closing;
    after_closing = after_closing || (timing == Timing::closing && !row.cells.empty());
    for (TableCell& c : row.cells) {
      const Column& column = table.columns[static_cast<std::size_t>(c.column)];
      if (here.whole && (!column.own_period || (one_day && here.whole->instant()))) {
        if (!c.period && c.doubt == column.doubt) c.doubt.clear();  // that no header tells a period
        c.period = here.whole;
      }
      const bool longer = c.period && !c.period->instant() && !told && column.own_period;  // "Six Months Ended" over rows below those of three
      if (c.period && (c.period->instant() || longer) && (here.months || here.weeks) && table.kind != StatementKind::balance)
        c.period->start = calendar.start_of(c.period->end, here.months, here.weeks);
      const bool balances = column.balances_too && !cash_flow;
      if (!c.period || c.period->instant() || (table.kind == StatementKind::income && !balances && !held && !at_end && !rolls_forward(label))) continue;
      if (balances && timing != Timing::opening && names_balance(label, heading)) {
        c.period = Period{std::nullopt, c.period->end};
        continue;
      }
      if (trailing && c.period->end.days() - c.period->start->days() < 300) c.period->start = calendar.start_of(c.period->end, 12, 0);
      if (timing == Timing::opening) c.period = Period{std::nullopt, c.period->start->plus_days(-1)};
      else if (held && icontains(column.measure, "average")) continue;
      else if (timing == Timing::closing || timing == Timing::instant) c.period = Period{std::nullopt, c.period->end};
    }
  }
  settle_movements(table, calendar);
  settle_rolls(table, calendar);
  settle_rows_of_years(table, calendar);
  settle_quarters_of_row_years(table, calendar);
  settle_blocks_of_years(table, calendar);
  settle_years_to_come(table);
}

}  // namespace factpress::tables
