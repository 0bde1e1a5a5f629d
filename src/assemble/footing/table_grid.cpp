#include "assemble/footing/table_grid.h"

#include <algorithm>
#include <map>

#include "assemble/words.h"
#include "base/text.h"

namespace factpress::assemble::footing {
namespace {

bool adds_up(const tables::Column& column) {
  return column.kind == tables::Column::Kind::value || column.kind == tables::Column::Kind::change ||
         column.kind == tables::Column::Kind::other;
}

int unit_exponent(const tables::TableCell& cell) {
  return cell.decimals ? -*cell.decimals : -cell.value.fraction_digits();
}

Entry entry_of(const tables::TableCell& cell, int exponent) {
  Entry e;
  const auto whole = cell.value.shifted(-exponent).to_int64();
  if (!whole || *whole > largest / 2 || *whole < -largest / 2) return e;
  e.value = 2 * *whole;
  if (cell.decimals) {
    const int above = -*cell.decimals - exponent;
    if (above > 12) return e;
    e.slack = 1;
    for (int i = 0; i < above; ++i) e.slack *= 10;
  }
  e.present = true;
  return e;
}

RowLook look_of(const tables::DataTable& table, int index, std::map<std::vector<std::string>, int>& sections) {
  const tables::TableRow& row = table.rows[index];
  RowLook look;
  look.row = index;
  look.section = sections.emplace(row.section, static_cast<int>(sections.size())).first->second;
  if (!row.section.empty()) {
    std::vector<std::string> outer(row.section.begin(), row.section.end() - 1);
    look.parent_section = sections.emplace(std::move(outer), static_cast<int>(sections.size())).first->second;
  }
  look.depth = row.depth;
  look.total_word = says_total(row.label) || (row.label.empty() && !row.heading);
  look.subtotal_word = says_result(row.label);
  look.cost_word = says_cost(row.label) || (!row.section.empty() && (icontains(row.section.back(), "expense") || icontains(row.section.back(), "cost") || icontains(row.section.back(), "less")));
  look.ruled = row.ruled_above;
  look.closing = icontains(row.label, "end of") || icontains(row.label, "ending");
  look.opening = icontains(row.label, "beginning of") || icontains(row.label, "beginning");
  return look;
}

// A column that says the same as another, or is computed, is no further evidence.
void mark_independent(const tables::DataTable& table, TableGrid& out) {
  Grid& g = out.grid;
  g.independent.assign(g.columns, true);
  for (int c = 0; c < g.columns; ++c) {
    if (table.columns[out.columns[c]].kind == tables::Column::Kind::change) g.independent[c] = false;
    for (int b = 0; b < c && g.independent[c]; ++b) {
      int same = 0, different = 0;
      for (int r = 0; r < static_cast<int>(g.looks.size()); ++r) {
        const Entry& x = g.at(r, b);
        const Entry& y = g.at(r, c);
        if (!x.present || !y.present || (x.value == 0 && y.value == 0)) continue;
        (x.value == y.value ? same : different) += 1;
      }
      if (same > 0 && different == 0) g.independent[c] = false;
    }
  }
}

void mark_sides(const tables::DataTable& table, Grid& g) {
  const auto label = [&](const RowLook& l) -> const std::string& { return table.rows[static_cast<std::size_t>(l.row)].label; };
  bool other_side = false;
  for (auto l = g.looks.rbegin(); l != g.looks.rend(); ++l) {
    other_side = other_side || istarts_with(label(*l), "total liabilities and") || istarts_with(label(*l), "total liabilities, ");
    l->ends_side = other_side && iequals(trim(label(*l)), "total assets");
  }
}

}  // namespace

Decimal TableGrid::value(Fixed doubled) const { return Decimal::divide_exactly(Decimal(doubled), Decimal(2)).value_or(Decimal{}).shifted(exponent); }

std::vector<TableGrid> grids_of(const tables::DataTable& table) {
  std::vector<TableGrid> grids;
  std::map<std::string, std::size_t> by_unit;
  std::map<std::vector<std::string>, int> sections;
  std::vector<int> grid_column(table.columns.size(), -1);
  std::vector<int> columns;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (!adds_up(table.columns[c])) continue;
    grid_column[c] = static_cast<int>(columns.size());
    columns.push_back(static_cast<int>(c));
  }
  const auto usable = [&](const tables::TableCell& cell) {
    return cell.column >= 0 && static_cast<std::size_t>(cell.column) < grid_column.size() && grid_column[cell.column] >= 0 &&
           cell.unit != tables::UnitKind::pure && !cell.range && unit_exponent(cell) > -30;
  };
  for (int r = 0; r < static_cast<int>(table.rows.size()); ++r) {
    const tables::TableRow& row = table.rows[r];
    const auto first = std::find_if(row.cells.begin(), row.cells.end(), usable);
    if (first == row.cells.end()) continue;
    const RowLook look = look_of(table, r, sections);
    std::vector<std::string_view> units{first->unit_code};  // "RMB | US$": amounts of either are summed by themselves
    for (const tables::TableCell& cell : row.cells)
      if (usable(cell) && first->unit == tables::UnitKind::money && cell.unit == tables::UnitKind::money && std::find(units.begin(), units.end(), cell.unit_code) == units.end())
        units.push_back(cell.unit_code);
    for (const std::string_view unit : units) {
      const auto [it, added] = by_unit.emplace(unit, grids.size());
      if (added) {
        grids.emplace_back();
        grids.back().unit = unit;
        grids.back().columns = columns;
        grids.back().grid.columns = static_cast<int>(columns.size());
        grids.back().exponent = 1000;
      }
      TableGrid& g = grids[it->second];
      g.grid.looks.push_back(look);
      for (const tables::TableCell& cell : row.cells) {
        if (usable(cell)) g.exponent = std::min(g.exponent, unit_exponent(cell));
      }
    }
  }
  for (TableGrid& g : grids) mark_sides(table, g.grid);
  std::erase_if(grids, [](const TableGrid& g) { return g.grid.looks.size() < 2; });
  for (TableGrid& g : grids) {
    g.grid.entries.resize(g.grid.looks.size() * g.grid.columns);
    for (std::size_t i = 0; i < g.grid.looks.size(); ++i) {
      for (const tables::TableCell& cell : table.rows[g.grid.looks[i].row].cells) {
        if (usable(cell) && cell.unit_code == g.unit) g.grid.entries[i * g.grid.columns + grid_column[cell.column]] = entry_of(cell, g.exponent);
      }
    }
    mark_independent(table, g);
  }
  return grids;
}

}  // namespace factpress::assemble::footing
