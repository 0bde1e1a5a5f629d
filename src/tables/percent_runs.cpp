#include "tables/percent_runs.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "tables/nature.h"

namespace factpress::tables {

namespace {

TableCell* cell_of(TableRow& row, int column) {
  for (TableCell& c : row.cells)
    if (c.column == column) return &c;
  return nullptr;
}

void make_percent(TableCell& c) {
  c.unit = UnitKind::pure;
  c.unit_code = "pure";
  c.value = c.printed.dash ? Decimal(0) : c.printed.value.shifted(-2);
  c.decimals = c.printed.fraction_digits + 2;
}

bool may_be_percent(const TableCell& c) {
  if (c.printed.currency || c.printed.percent || (c.own_scale && c.value != c.printed.value)) return false;  // "Members (in millions)  19.6"
  if (c.printed.dash) return c.unit == UnitKind::money;
  return c.printed.fraction_digits > 0 && c.printed.fraction_digits <= 2 && c.printed.value.abs() < Decimal(10'000);
}

bool may_change(const TableCell& c) { return c.unit == UnitKind::money || c.unit == UnitKind::per_share || c.unit == UnitKind::count; }

/// "Overhead ratio (a)  58", "Compensation expense as percentage of revenue  27", below a percentage with its sign: the label says what the
/// number is, decimals or none. "Interest rate contracts" does not.
bool is_named_rate(const TableCell& c, std::string_view label) {
  if (c.unit != UnitKind::money || c.printed.currency || c.printed.dash || c.own_scale || c.printed.value.abs() >= Decimal(1000)) return false;
  while (label.ends_with(')')) {  // marks of notes
    const std::size_t open = label.rfind('(');
    if (open == std::string_view::npos || label.size() - open > 4) break;
    label = trim(label.substr(0, open));
  }
  for (const std::string_view end : {" ratio", " rate", " margin", " yield"})
    if (label.ends_with(end)) return true;
  return label.starts_with("return on ") || label.find("percentage of ") != std::string_view::npos || label.find("percent of ") != std::string_view::npos;
}

/// Only the first percentage of a section prints its sign: the numbers below it that no sign of money and no decimals of the
/// table's money speak for are percentages too. `closed`: a further percentage with its sign ended the run.
struct Run {
  std::vector<TableCell*> cells;
  std::vector<bool> rate;        ///< the row's label names a rate
  std::vector<bool> per_share;   ///< the row's label names an amount a share
  int digits = 0;  ///< decimals of the percentage that began it
};

void settle_run(Run& run, bool closed, bool whole_money) {
  for (std::size_t i = 0; i < run.cells.size(); ++i) {
    TableCell& c = *run.cells[i];
    const bool amount_a_share = c.unit == UnitKind::per_share && c.printed.fraction_digits >= 2;
    if (amount_a_share && run.per_share[i]) continue;
    const bool alike = !c.printed.dash && whole_money && !amount_a_share && c.printed.fraction_digits == run.digits;
    if ((closed && c.printed.value.abs() < Decimal(1000)) || alike || (run.rate[i] && c.unit != UnitKind::per_share && !c.printed.dash)) make_percent(c);
  }
  run.cells.clear();
  run.rate.clear();
  run.per_share.clear();
}

/// True where the table's amounts of money, those outside such runs, are printed without decimals, or where it has none.
bool has_whole_money(const DataTable& table) {
  std::vector<char> open(table.columns.size(), 0), money(table.columns.size(), 0);
  for (const TableRow& row : table.rows)  // "Months to Roll 6.4": a column without a sign or a large number tells nothing of money
    for (const TableCell& c : row.cells)
      if (c.unit == UnitKind::money && (c.printed.currency || c.printed.value.abs() >= Decimal(1000))) money[static_cast<std::size_t>(c.column)] = 1;
  for (const TableRow& row : table.rows)
    for (const TableCell& c : row.cells) {
      char& run = open[static_cast<std::size_t>(c.column)];
      if (c.printed.percent || c.unit == UnitKind::pure) run = 1;
      else if (!may_be_percent(c) || !may_change(c)) run = 0;
      const bool scaled = c.unit == UnitKind::money && !c.own_scale && !c.printed.percent && !c.printed.dash;
      if (scaled && !run && money[static_cast<std::size_t>(c.column)] && c.printed.fraction_digits > 0 && table.columns[static_cast<std::size_t>(c.column)].kind == Column::Kind::value) return false;
    }
  return true;
}

/// A dash beside percentages is one.
void settle_percent_dashes(DataTable& table) {
  for (TableRow& row : table.rows) {
    bool pure = false, other = false;
    for (const TableCell& c : row.cells) {
      if (c.printed.dash || table.columns[static_cast<std::size_t>(c.column)].kind != Column::Kind::value) continue;
      (c.unit == UnitKind::pure ? pure : other) = true;
    }
    if (!pure || other) continue;
    for (TableCell& c : row.cells)
      if (c.printed.dash && c.unit == UnitKind::money) make_percent(c);
  }
}

}  // namespace

void settle_percent_runs(DataTable& table) {
  const bool whole_money = has_whole_money(table);
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    Run run;
    bool open = false, amounts = false;  // `amounts`: money above the percentage is printed with as many decimals as what follows it
    for (TableRow& row : table.rows) {
      TableCell* c = cell_of(row, static_cast<int>(column));
      if (row.heading) {
        settle_run(run, false, whole_money);
        open = open && !amounts;  // "(23)%", "Adjustments:", "2.8" below amounts in millions
      }
      if (!c) continue;
      amounts = amounts || (!open && c->unit == UnitKind::money && !c->printed.percent && c->printed.fraction_digits > 0);
      if (c->printed.percent || (c->unit == UnitKind::pure && names_rate(lower(row.label)))) {  // a sign of its own, or of its row
        settle_run(run, !amounts, whole_money);
        open = true;
        run.digits = c->printed.fraction_digits;
      } else if (open && !amounts && is_named_rate(*c, lower(row.label))) {
        make_percent(*c);
      } else if (open && may_be_percent(*c) && may_change(*c)) {
        run.cells.push_back(c);
        run.rate.push_back(names_rate(lower(row.label)));
        run.per_share.push_back(names_per_share(lower(row.label)));
      } else {
        settle_run(run, false, whole_money);
        open = false;
      }
    }
    settle_run(run, false, whole_money);
  }
  settle_percent_dashes(table);
}

namespace {

/// How many rows of a column of changes are explained by two columns of values, and by what.
struct Explained {
  std::size_t rows = 0, percent = 0, difference = 0;
};

Explained explain(DataTable& table, int change, int now, int before) {
  Explained out;
  for (TableRow& row : table.rows) {
    const TableCell *told = cell_of(row, change), *a = cell_of(row, now), *b = cell_of(row, before);
    if (!told || !a || !b || told->printed.dash || a->printed.dash || b->printed.dash || b->printed.value.is_zero()) continue;
    if (told->printed.percent != (told->unit == UnitKind::pure) || a->printed.percent) continue;  // settled otherwise, or a change of points
    const Decimal difference = a->printed.value - b->printed.value, size = told->printed.value.abs();
    const auto percent = Decimal::divide(difference.abs().shifted(2), b->printed.value.abs(), told->printed.fraction_digits);
    const Decimal last_place = Decimal::scaled(1, -told->printed.fraction_digits);
    ++out.rows;
    if (percent && (*percent - size).abs() <= last_place) ++out.percent;
    if ((difference.abs() - size).abs() <= last_place) ++out.difference;
  }
  return out;
}

/// Nearly all rows agree with the change in per cent, and hardly one with the difference.
bool tells_percentages(const Explained& e) { return e.percent >= 3 && 10 * e.percent >= 8 * e.rows && 4 * e.difference <= e.percent; }

}  // namespace

void settle_changes(DataTable& table) {
  constexpr std::size_t most_columns = 12;  // every two of them are tried
  const int columns = static_cast<int>(std::min(table.columns.size(), most_columns));
  for (std::size_t change = 0; change < table.columns.size(); ++change) {
    Column& column = table.columns[change];
    if (column.kind != Column::Kind::change) continue;
    bool settled = false;
    for (int now = 0; now < columns && !settled; ++now)
      for (int before = 0; before < columns && !settled; ++before) {
        const bool values = table.columns[static_cast<std::size_t>(now)].kind == Column::Kind::value && table.columns[static_cast<std::size_t>(before)].kind == Column::Kind::value;
        settled = now != before && values && tells_percentages(explain(table, static_cast<int>(change), now, before));
      }
    if (!settled) continue;
    column.kind = Column::Kind::percent_change;
    for (TableRow& row : table.rows)
      if (TableCell* c = cell_of(row, static_cast<int>(change)); c && c->unit != UnitKind::pure) make_percent(*c);
    table.reasons.push_back("changes: in per cent, as the columns' values show");
  }
}

}  // namespace factpress::tables
