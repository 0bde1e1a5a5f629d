#include "tables/percent_runs.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace factpress::tables {

namespace {

TableCell* cell_of(TableRow& row, int column) {
  for (TableCell& c : row.cells)
    if (c.column == column) return &c;
  return nullptr;
}

bool names_rate(const std::string& label) {
  const std::string l = lower(label);
  static constexpr std::array<std::string_view, 9> kWords = {"return on", "margin", "yield", "rate", "efficiency", "ratio", "percent", "%", "capital to"};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view w) { return l.find(w) != std::string::npos; }) && l.find("moderate") == std::string::npos &&
         l.find("operat") == std::string::npos && l.find("corporate") == std::string::npos;
}

void make_percent(TableCell& c) {
  c.unit = UnitKind::pure;
  c.unit_code = "pure";
  c.value = c.printed.dash ? Decimal(0) : c.printed.value.shifted(-2);
  c.decimals = c.printed.fraction_digits + 2;
}

bool may_be_percent(const TableCell& c) {
  if (c.printed.currency || c.printed.percent) return false;
  if (c.printed.dash) return c.unit == UnitKind::money;
  return c.printed.fraction_digits > 0 && c.printed.fraction_digits <= 2 && c.printed.value.abs() < Decimal(1000);
}

}  // namespace

void settle_percent_runs(DataTable& table) {
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    std::vector<TableCell*> run;
    std::vector<bool> rate;
    bool open = false;
    const auto flush = [&](bool closed) {
      for (std::size_t i = 0; i < run.size(); ++i)
        if (closed ? true : rate[i] && run[i]->unit == UnitKind::money && !run[i]->printed.dash) make_percent(*run[i]);
      run.clear();
      rate.clear();
    };
    for (TableRow& row : table.rows) {
      TableCell* c = cell_of(row, static_cast<int>(column));
      if (row.heading) flush(false);
      if (!c) continue;
      if (c->printed.percent) {
        flush(true);
        open = true;
      } else if (open && may_be_percent(*c) && (c->unit == UnitKind::money || c->unit == UnitKind::per_share || c->unit == UnitKind::count)) {
        run.push_back(c);
        rate.push_back(names_rate(row.label));
      } else {
        flush(false);
        open = false;
      }
    }
    flush(false);
  }
}

}  // namespace factpress::tables
