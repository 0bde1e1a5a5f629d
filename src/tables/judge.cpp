#include "tables/judge.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <map>
#include <string_view>

#include "base/text.h"

namespace factpress::tables {

namespace {

const TableCell* cell_in(const TableRow& row, int column, UnitKind unit) {
  for (const TableCell& c : row.cells)
    if (c.column == column && c.unit == unit && !c.printed.dash) return &c;
  return nullptr;
}

bool names_income(const std::string& label) {
  const std::string l = lower(label);
  return l.find("net income") != std::string::npos || l.find("net loss") != std::string::npos || l.find("net (loss)") != std::string::npos ||
         l.find("net earnings") != std::string::npos || l.find("income (loss)") != std::string::npos;
}

/// The power of ten by which the printed share counts must be scaled so that some income over them is some earnings per
/// share, in this column; -1 where nothing fits.
int fitting_power(const DataTable& table, int column) {
  for (int power : {0, 3, 6}) {
    for (const TableRow& shares_row : table.rows) {
      const TableCell* shares = cell_in(shares_row, column, UnitKind::shares);
      if (!shares || shares->printed.value.is_zero()) continue;
      const double count = shares->printed.value.abs().approximate() * std::pow(10.0, power);
      for (const TableRow& eps_row : table.rows) {
        const TableCell* eps = cell_in(eps_row, column, UnitKind::per_share);
        if (!eps || eps->value.abs() < Decimal::scaled(5, -2)) continue;
        const double per = eps->value.abs().approximate();
        for (const TableRow& income_row : table.rows) {
          const TableCell* income = names_income(income_row.label) ? cell_in(income_row, column, UnitKind::money) : nullptr;
          if (!income) continue;
          const double computed = income->value.abs().approximate() / count;
          if (std::abs(computed - per) <= 0.006 + per * 0.02) return power;
        }
      }
    }
  }
  return -1;
}

void rescale(DataTable& table, int power, std::string_view why) {
  for (TableRow& row : table.rows)
    for (TableCell& c : row.cells) {
      if (c.unit != UnitKind::shares || c.own_scale) continue;
      c.value = c.printed.value.shifted(power);
      c.decimals = c.printed.fraction_digits - power;
    }
  table.share_scale = power;
  table.reasons.push_back(fmt::format("share counts are scaled by 10^{}: {}", power, why));
}

}  // namespace

int scale_by_shares(const DataTable& table) {
  if (table.rows.size() > 400) return -1;
  int found = -1;
  for (std::size_t c = 0; c < table.columns.size() && c < 12 && found < 0; ++c)
    for (const TableRow& shares_row : table.rows) {
      const TableCell* shares = cell_in(shares_row, static_cast<int>(c), UnitKind::shares);
      if (!shares || shares->printed.value.is_zero()) continue;
      const double printed = shares->printed.value.abs().approximate();
      const int power = printed >= 2e6 ? 0 : printed >= 2e3 ? 3 : 6;  // no listed company has fewer than some two million
      for (const TableRow& eps_row : table.rows) {
        const TableCell* eps = cell_in(eps_row, static_cast<int>(c), UnitKind::per_share);
        if (!eps || eps->value.abs() < Decimal::scaled(5, -2)) continue;
        const double per = eps->value.abs().approximate();
        for (const TableRow& income_row : table.rows) {
          const TableCell* income = names_income(income_row.label) ? cell_in(income_row, static_cast<int>(c), UnitKind::money) : nullptr;
          if (!income) continue;
          for (int scale : {0, 3, 6}) {
            const double computed = income->printed.value.abs().approximate() * std::pow(10.0, scale - power) / printed;
            if (std::abs(computed - per) <= 0.006 + per * 0.02) found = scale;
          }
        }
      }
    }
  return found;
}

namespace {

constexpr std::int64_t kMostShares = 40'000'000'000;  // more than any company has outstanding

/// Share counts of seven digits or more that another table tells with their scale.
using KnownCounts = std::map<std::string, int>;

void learn(const DataTable& table, KnownCounts& known) {
  for (const TableRow& row : table.rows)
    for (const TableCell& c : row.cells)
      if (c.unit == UnitKind::shares && !c.own_scale && c.printed.value.abs() >= Decimal(1'000'000)) known.emplace(c.printed.value.abs().to_string(), table.share_scale.value_or(table.scale));
}

/// Counts that nothing in the table itself settles: those of other tables, and what is possible at all.
void judge_unsettled(DataTable& table, const KnownCounts& known) {
  const int told = table.share_scale.value_or(table.scale);
  if (told == 0) return;
  bool elsewhere = false, impossible = false, dollars = icontains(table.scale_note, "dollars");
  for (const TableRow& row : table.rows)
    for (const TableCell& c : row.cells) {
      if (c.unit != UnitKind::shares || c.own_scale || c.printed.dash) continue;
      const Decimal printed = c.printed.value.abs();
      if (const auto at = known.find(printed.to_string()); at != known.end()) elsewhere = elsewhere || at->second == 0;
      impossible = impossible || printed.shifted(told) > Decimal(kMostShares) || (dollars && printed.shifted(told) > Decimal(2'000'000'000));
    }
  if (elsewhere) rescale(table, 0, "another table prints the same counts unscaled");
  else if (impossible) rescale(table, 0, "no company has as many shares as they would be otherwise");
}

}  // namespace

void judge_shares(std::vector<DataTable>& tables) {
  KnownCounts known;
  std::vector<DataTable*> unsettled;
  for (DataTable& table : tables) {
    if (table.rows.size() > 400) continue;
    int votes[7] = {};
    for (std::size_t c = 0; c < table.columns.size() && c < 12; ++c)
      if (const int power = fitting_power(table, static_cast<int>(c)); power >= 0) ++votes[power];
    int best = -1;
    for (int power : {0, 3, 6})
      if (votes[power] > 0 && (best < 0 || votes[power] > votes[best])) best = power;
    const int told = table.share_scale.value_or(table.scale);
    if (best >= 0 && best != told) rescale(table, best, "income over shares gives the earnings per share printed");
    if (best >= 0 || table.share_scale || told == 0) learn(table, known);
    else unsettled.push_back(&table);
  }
  for (DataTable* table : unsettled) judge_unsettled(*table, known);
}

}  // namespace factpress::tables
