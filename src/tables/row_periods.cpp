#include "tables/row_periods.h"

#include "base/date.h"
#include "base/text.h"
#include "tables/nature.h"
#include "tables/period_words.h"

namespace factpress::tables {

namespace {

struct RowPeriod {
  std::optional<Period> whole;  ///< a duration or instant with its date
  int months = 0, weeks = 0;    ///< a duration alone
};

RowPeriod read(std::string_view text, const Calendar& calendar) {
  RowPeriod out;
  if (text.size() > 120) return out;
  const PeriodWords w = read_period_words(text);
  if (w.change || (!w.ended && !w.quarter && !w.as_of)) return out;
  if (!w.dates.empty() && w.dates[0].month && w.dates[0].day && w.dates[0].year) {
    const std::optional<Date> end = calendar.date(w.dates[0]);
    if (!end) return out;
    if (w.months || w.weeks) out.whole = Period{calendar.start_of(*end, w.months, w.weeks), *end};
    else if (w.as_of) out.whole = Period{std::nullopt, *end};
    return out;
  }
  if (w.quarter && w.fiscal_year) {
    if (const auto end = calendar.quarter_end(w.quarter, w.fiscal_year)) out.whole = Period{calendar.start_of(*end, 3, 0), *end};
    return out;
  }
  if (w.ended && w.dates.empty()) out.months = w.months, out.weeks = w.weeks;
  return out;
}

/// "Cash ... at January 1", "Balance as of March 31": the day that ends or begins the column's period.
Timing timing_by_day(std::string_view label, const Period& period) {
  const std::size_t at = label.rfind(" at ");
  const std::size_t of = label.rfind("as of ");
  const std::size_t from = at != std::string_view::npos ? at + 4 : of != std::string_view::npos ? of + 6 : std::string_view::npos;
  if (from == std::string_view::npos || label.size() - from > 24) return Timing::unknown;
  const PeriodWords w = read_period_words(label.substr(from));
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
  for (std::string_view flow : {" paid", "received", "provided", "used", "change", "increase", "decrease", "acquired", "effect", "flow", "for ", "dividend"})
    if (label.find(flow) != std::string_view::npos) return false;
  return true;
}

/// "Retained earnings, beginning of year" below an income statement: what is carried from one period to the next.
bool rolls_forward(std::string_view label) {
  return istarts_with(label, "balance") || istarts_with(label, "retained earnings") || istarts_with(label, "accumulated deficit");
}

/// "Total stockholders' equity" below the movements of its components.
bool is_total_of_equity(std::string_view label) {
  return istarts_with(label, "total") && label.size() > 6 && label.substr(label.size() - 6) == "equity";
}

/// "Balance at December 31, 2022": the day that ends a label, and what stands before it.
struct DatedLabel {
  std::string stem;
  std::optional<Date> day;
};

DatedLabel dated_label(const std::string& label) {
  DatedLabel out;
  const std::string lowered = lower(label);
  if (lowered.size() > 120) return out;
  const PeriodWords w = read_period_words(lowered);
  if (w.dates.size() != 1 || !w.dates[0].month || !w.dates[0].day || !w.dates[0].year || w.duration() || w.ended || w.change) return out;
  const std::size_t year = lowered.rfind(std::to_string(w.dates[0].year));
  if (year == std::string::npos || lowered.size() - year > 8) return out;
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
  out.stem = std::string(before);
  out.day = Date::of(w.dates[0].year, w.dates[0].month, w.dates[0].day);
  return out;
}

/// Movements between two balances told by rows: "Balance, December 31, 2021 | ... | Balance, March 31, 2022". The balances
/// hold on their days, what stands between them over the time between.
void settle_movements(DataTable& table) {
  if (table.kind == StatementKind::income || table.kind == StatementKind::cashflow || table.kind == StatementKind::balance) return;
  std::optional<Date> from;
  std::string stem;
  std::size_t since = 0;
  const auto set = [&](TableRow& row, const Period& period) {
    for (TableCell& c : row.cells) {
      const Column& column = table.columns[static_cast<std::size_t>(c.column)];
      const bool bounds = period.instant() && c.period && !c.period->instant() && (c.period->end == period.end || c.period->start->plus_days(-1) == period.end);
      if (column.own_period && !bounds) continue;  // a balance may open or close the period of its header
      c.period = period;
      if (c.doubt == column.doubt) c.doubt.clear();  // that the header told no period
    }
  };
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const DatedLabel label = table.rows[r].cells.empty() ? DatedLabel{} : dated_label(table.rows[r].label);
    if (!label.day || label.stem.empty()) continue;
    const bool closes = from && stem == label.stem && *from < *label.day;
    if (closes)
      for (std::size_t i = since; i < r; ++i) set(table.rows[i], Period{from->day() == 1 ? *from : from->plus_days(1), *label.day});  // "Balance at January 1, 2013" opens that day
    if (closes || istarts_with(label.stem, "balance")) set(table.rows[r], Period{std::nullopt, *label.day});
    if (closes && since > 0) set(table.rows[since - 1], Period{std::nullopt, *from});
    from = label.day;
    stem = label.stem;
    since = r + 1;
  }
}

}  // namespace

void settle_periods(DataTable& table, const Calendar& calendar) {
  const std::string context = lower(table.title);
  RowPeriod current;
  bool after_closing = false;
  std::string heading;  // the last one, whether or not a total has ended its section
  for (TableRow& row : table.rows) {
    if (row.heading) heading = lower(row.label);
    if (const RowPeriod own = read(row.label, calendar); own.whole || own.months || own.weeks) current = own;
    const std::string label = lower(row.label);
    Timing timing = row_timing(label, context);
    const bool cash_flow = table.kind == StatementKind::cashflow;
    if (timing == Timing::unknown && ((cash_flow && label.find("cash") != std::string::npos) || istarts_with(label, "balance")))
      for (const TableCell& c : row.cells)
        if (c.period && !c.period->instant() && timing == Timing::unknown) timing = timing_by_day(label, *c.period);
    if (table.kind == StatementKind::equity && timing == Timing::unknown && is_total_of_equity(label)) timing = Timing::closing;
    if (cash_flow && timing == Timing::unknown && istarts_with(label, "beginning")) timing = Timing::opening;
    if (cash_flow && timing == Timing::unknown && istarts_with(label, "ending")) timing = Timing::closing;
    if (cash_flow && timing == Timing::unknown && after_closing && is_part_of_cash(label)) timing = Timing::closing;
    after_closing = after_closing || (timing == Timing::closing && !row.cells.empty());
    for (TableCell& c : row.cells) {
      const Column& column = table.columns[static_cast<std::size_t>(c.column)];
      if (current.whole && !column.own_period) c.period = current.whole;
      if (c.period && c.period->instant() && (current.months || current.weeks) && table.kind != StatementKind::balance)
        c.period->start = calendar.start_of(c.period->end, current.months, current.weeks);
      const bool balances = column.balances_too && !cash_flow;
      if (!c.period || c.period->instant() || (table.kind == StatementKind::income && !balances && !rolls_forward(label))) continue;
      if (balances && timing != Timing::opening && names_balance(label, heading)) {
        c.period = Period{std::nullopt, c.period->end};
        continue;
      }
      if (timing == Timing::opening) c.period = Period{std::nullopt, c.period->start->plus_days(-1)};
      else if (timing == Timing::closing || timing == Timing::instant) c.period = Period{std::nullopt, c.period->end};
    }
  }
  settle_movements(table);
}

}  // namespace factpress::tables
