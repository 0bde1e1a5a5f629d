#include "mapping/user_units.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "tables/currency.h"

namespace factpress::mapping {

namespace {

using tables::TableCell;
using tables::UnitKind;

void set_unit(const std::string& unit, TableCell& cell) {
  const bool a_share = cell.unit == UnitKind::per_share || unit.ends_with("/shares");
  if (tables::is_currency_code(unit)) {
    cell.unit_code = a_share ? unit + "/shares" : unit;
    if (!a_share) cell.unit = UnitKind::money;
    return;
  }
  cell.unit_code = unit;
  cell.unit = a_share ? UnitKind::per_share : unit == "shares" ? UnitKind::shares : UnitKind::count;
}

void set_scale(int power, TableCell& cell) {
  cell.value = cell.printed.dash ? Decimal(0) : cell.printed.value.shifted(power);
  cell.decimals = cell.printed.fraction_digits - power;
  cell.own_scale = true;
}

/// Whether a doubt was settled.
bool apply(const UserRule& rule, TableCell& cell) {
  const bool amounts_a_share = rule.unit.ends_with("/shares") && cell.unit != UnitKind::per_share;
  if (!rule.unit.empty()) set_unit(rule.unit, cell);
  if (rule.scale) set_scale(*rule.scale, cell);
  else if (amounts_a_share) set_scale(0, cell);
  const bool settled = (cell.doubt_of == tables::DoubtOf::unit && !rule.unit.empty()) || (cell.doubt_of == tables::DoubtOf::scale && rule.scale);
  if (settled) cell.doubt.clear(), cell.doubt_of = tables::DoubtOf::other;
  return settled;
}

}  // namespace

void apply_units(const UserMapping& user, facts::Reading& reading) {
  if (std::none_of(user.rules.begin(), user.rules.end(), [](const UserRule& r) { return !r.unit.empty() || r.scale; })) return;
  std::map<std::tuple<int, int, int>, facts::RawFact*> facts;
  for (facts::RawFact& f : reading.facts)
    if (f.table >= 0) facts[{f.table, f.row, f.cell}] = &f;
  for (std::size_t t = 0; t < reading.tables.size(); ++t) {
    tables::DataTable& table = reading.tables[t];
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      tables::TableRow& row = table.rows[r];
      if (row.cells.empty()) continue;
      const std::vector<std::string_view> sections(row.section.begin(), row.section.end());
      const UserRule* rule = user.find(row.label, sections, static_cast<TableKind>(table.kind));
      if (!rule || (rule->unit.empty() && !rule->scale)) continue;
      for (std::size_t c = 0; c < row.cells.size(); ++c) {
        TableCell& cell = row.cells[c];
        if (cell.unit == UnitKind::pure) continue;
        const std::string doubt = cell.doubt;
        const bool settled = apply(*rule, cell);
        const auto at = facts.find({static_cast<int>(t), static_cast<int>(r), static_cast<int>(c)});
        if (at == facts.end()) continue;
        facts::RawFact& fact = *at->second;
        fact.unit = cell.unit_code;
        fact.value = cell.value;
        fact.decimals = cell.decimals;
        if (settled && !doubt.empty()) std::erase(fact.reasons, doubt), fact.filable = fact.reasons.empty() && cell.period.has_value(), fact.confidence = fact.filable ? 1 : fact.confidence;
      }
    }
  }
}

}  // namespace factpress::mapping
