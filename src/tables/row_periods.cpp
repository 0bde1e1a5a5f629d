#include "tables/row_periods.h"

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

}  // namespace

void settle_periods(DataTable& table, const Calendar& calendar) {
  const std::string context = lower(table.title);
  RowPeriod current;
  for (TableRow& row : table.rows) {
    if (const RowPeriod own = read(row.label, calendar); own.whole || own.months || own.weeks) current = own;
    const Timing timing = row_timing(lower(row.label), context);
    for (TableCell& c : row.cells) {
      const Column& column = table.columns[static_cast<std::size_t>(c.column)];
      if (current.whole && !column.own_period) c.period = current.whole;
      if (c.period && c.period->instant() && (current.months || current.weeks) && table.kind != StatementKind::balance)
        c.period->start = calendar.start_of(c.period->end, current.months, current.weeks);
      if (!c.period || c.period->instant() || table.kind == StatementKind::income) continue;
      if (timing == Timing::opening) c.period = Period{std::nullopt, c.period->start->plus_days(-1)};
      else if (timing == Timing::closing || timing == Timing::instant) c.period = Period{std::nullopt, c.period->end};
    }
  }
}

}  // namespace factpress::tables
