#include "tables/per_share_runs.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"

namespace factpress::tables {

namespace {

/// Whether all of the row's amounts have two decimals or more and could be amounts a share; `any`: at least one is no dash.
bool is_small(const TableRow& row, bool& any) {
  any = false;
  const std::string label = lower(row.label);  // "Average ticket $45.10" is no amount a share
  for (std::string_view price : {"average", "price", "ticket"})
    if (label.find(price) != std::string::npos) return false;
  for (const TableCell& c : row.cells) {
    if (c.unit != UnitKind::money && c.unit != UnitKind::pure) return false;
    if (c.unit != UnitKind::money || c.printed.dash) continue;
    if (c.own_scale || c.printed.fraction_digits < 2 || c.printed.fraction_digits > 4 || c.printed.value.abs() >= Decimal(100)) return false;
    any = true;
  }
  return true;
}

void make_per_share(TableRow& row, const std::string& currency) {
  for (TableCell& c : row.cells) {
    if (c.unit != UnitKind::money) continue;
    c.unit = UnitKind::per_share;
    c.unit_code = currency + "/shares";
    c.value = c.printed.dash ? Decimal(0) : c.printed.value;
    c.decimals = c.printed.dash ? std::max(c.decimals.value_or(2), 2) : c.printed.fraction_digits;
  }
}

bool all_money_is_dashes(const TableRow& row) {
  return std::all_of(row.cells.begin(), row.cells.end(), [](const TableCell& c) { return c.unit != UnitKind::money || c.printed.dash; });
}

bool has_unit(const TableRow& row, UnitKind unit) {
  return std::any_of(row.cells.begin(), row.cells.end(), [&](const TableCell& c) { return c.unit == unit; });
}

/// "1,234.56": amounts printed to the cent, beside which no amount tells by its decimals that it is one a share.
bool prints_cents(const DataTable& table) {
  for (const TableRow& row : table.rows)
    for (const TableCell& c : row.cells)
      if (c.unit == UnitKind::money && !c.own_scale && c.printed.fraction_digits >= 2 && c.printed.value.abs() >= Decimal(100)) return true;
  return false;
}

/// Small rows anywhere in an income statement of whole thousands or millions, or in a table whose note excepts amounts a share.
void settle_income(DataTable& table) {
  const bool income = table.kind == StatementKind::income;
  const bool excepted = (table.kind == StatementKind::other || table.kind == StatementKind::reconciliation) && icontains(table.scale_note, "except") && icontains(table.scale_note, "per share");
  if ((!income && !excepted) || table.scale < 3) return;
  std::size_t whole = 0, broken = 0;
  for (const TableRow& row : table.rows)
    for (const TableCell& c : row.cells)
      if (c.unit == UnitKind::money && !c.printed.dash) ++(c.printed.fraction_digits > 0 ? broken : whole);
  if (whole < (income ? 4 : 2) * broken || whole < 8) return;
  for (TableRow& row : table.rows)
    if (bool any = false; is_small(row, any) && any) make_per_share(row, table.currency);
}

/// Small rows that go on from an amount a share. A row of larger amounts ends them.
void settle_steps(DataTable& table) {
  bool open = false;
  std::vector<TableRow*> dashes;  // of either unit, until the next row tells
  for (TableRow& row : table.rows) {
    if (row.cells.empty()) continue;
    bool any = false;
    const bool small = is_small(row, any);
    if (has_unit(row, UnitKind::per_share)) {
      for (TableRow* r : dashes) make_per_share(*r, table.currency);
      dashes.clear();
      open = true;
    } else if (open && small && any) {
      for (TableRow* r : dashes) make_per_share(*r, table.currency);
      dashes.clear();
      make_per_share(row, table.currency);
    } else if (open && has_unit(row, UnitKind::money) && all_money_is_dashes(row)) {
      dashes.push_back(&row);
    } else {
      dashes.clear();
      open = false;
    }
  }
}

}  // namespace

void settle_per_share_runs(DataTable& table) {
  settle_income(table);
  const bool steps = table.kind == StatementKind::reconciliation || table.kind == StatementKind::other || table.kind == StatementKind::income;
  if (steps && !prints_cents(table)) settle_steps(table);
}

}  // namespace factpress::tables
