#include "gold.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <stdexcept>

#include "base/text.h"

namespace factpress::learn {
namespace {

using mapping::PeriodType;
using mapping::Row;
using mapping::TableKind;
using Fields = std::vector<std::string_view>;

enum Column { filing, statement, role, label, label_role, concept_name, period, balance, depth, abstract, parent, weight };

std::string company_of(std::string_view name) {
  name.remove_prefix(std::min(name.size(), name.find('/') + 1));
  return lower(name.substr(0, name.find_first_of("-_@")));
}

int year_of(std::string_view name) {
  name = name.substr(0, name.find('@'));
  for (std::size_t i = 0; i + 4 <= name.size(); ++i)
    if (name.substr(i, 2) == "20" && is_digit(name[i + 2]) && is_digit(name[i + 3])) {
      const int year = std::stoi(std::string(name.substr(i, 4)));
      if (year >= 2008 && year <= 2026) return year;
    }
  return 0;
}

std::string_view title_of(std::string_view role_definition) {
  const std::size_t dash = role_definition.rfind(" - ");
  return dash == std::string_view::npos ? role_definition : role_definition.substr(dash + 3);
}

TableKind kind_of(std::string_view s) {
  if (s == "income") return TableKind::income;
  if (s == "balance") return TableKind::balance;
  if (s == "cashflow") return TableKind::cashflow;
  return TableKind::other;  // comprehensive income: its title tells
}

bool is_structural(const Fields& f) {
  for (const std::string_view tail : {"Member", "Axis", "Domain", "Table", "LineItems"})
    if (f[concept_name].size() > tail.size() && f[concept_name].substr(f[concept_name].size() - tail.size()) == tail &&
        (f[abstract] == "1" || f[period].empty()))
      return true;
  return f[abstract] == "1" && (f[depth] == "0" || (!f[label].empty() && f[label].back() == ']'));
}

struct Heading {
  int depth;
  std::string_view label;
};

/// Units by concept: a row of a release shows its unit, so the filer's concept stands in for what is printed there.
std::map<std::string, mapping::UnitClass, std::less<>> units_of(const std::string& concepts) {
  std::map<std::string, mapping::UnitClass, std::less<>> out;
  for (const std::string_view line : split(concepts, '\n')) {
    const Fields f = split(line, '\t');
    if (f.size() < 2) continue;
    if (f[1] == "monetary") out.emplace(f[0], mapping::UnitClass::monetary);
    if (f[1] == "per-share") out.emplace(f[0], mapping::UnitClass::per_share);
    if (f[1] == "shares") out.emplace(f[0], mapping::UnitClass::shares);
  }
  return out;
}

/// Adds the row; headings are kept as rows without values.
void add_row(GoldTable& table, std::vector<Heading>& headings, const Fields& f) {
  Row row;
  row.label = f[label];
  row.depth = std::stoi(std::string(f[depth]));
  while (!headings.empty() && headings.back().depth >= row.depth) headings.pop_back();
  for (const Heading& h : headings) row.sections.push_back(h.label);
  row.has_values = f[abstract] != "1";
  if (!row.has_values) headings.push_back({row.depth, f[label]});
  if (row.has_values) row.period = f[period] == "instant" ? PeriodType::instant : f[period] == "duration" ? PeriodType::duration : PeriodType::unknown;
  if (icontains(row.label, "beginning")) row.boundary = Row::Boundary::opening;
  if (icontains(row.label, "end of") || icontains(row.label, "ending")) row.boundary = Row::Boundary::closing;
  table.query.rows.push_back(row);
  const bool standard = istarts_with(f[concept_name], "us-gaap:");
  table.truth.push_back(!row.has_values ? "" : standard ? std::string(f[concept_name].substr(8)) : "?");
}

/// The nearest later row (else earlier) that has the parent's concept. Not the weight: it belongs to the concepts, while a
/// release shows how rows are printed (a payment in brackets adds to its total; its concept is subtracted).
void add_relations(GoldTable& table, const std::vector<Fields>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i][parent].empty() || rows[i][abstract] == "1") continue;
    int found = -1;
    for (std::size_t j = i + 1; j < rows.size() && found < 0; ++j)
      if (rows[j][concept_name] == rows[i][parent]) found = static_cast<int>(j);
    for (std::size_t j = i; j-- > 0 && found < 0;)
      if (rows[j][concept_name] == rows[i][parent]) found = static_cast<int>(j);
    table.query.rows[i].parent = found;
  }
}

}  // namespace

std::vector<std::string> Gold::companies() const {
  std::set<std::string> names;
  for (const GoldTable& t : tables) names.insert(t.company);
  return {names.begin(), names.end()};
}

Gold read_gold(const std::string& path, const std::string& concepts, const Offered& offered) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error("cannot read " + path);
  const auto units = units_of(concepts);
  Gold gold;
  std::vector<Heading> headings;
  std::vector<Fields> rows;
  std::string key;
  const auto finish = [&] {
    if (offered.relations && !gold.tables.empty()) add_relations(gold.tables.back(), rows);
    rows.clear();
    headings.clear();
  };
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    gold.strings.push_back(line);
    const Fields f = split(gold.strings.back(), '\t');
    if (f.size() < 12 || is_structural(f)) continue;
    const std::string now = std::string(f[filing]) + '\t' + std::string(f[statement]) + '\t' + std::string(f[role]);
    if (now != key) {
      finish();
      key = now;
      GoldTable t;
      t.company = company_of(f[filing]);
      t.filing = f[filing];
      t.year = year_of(f[filing]);
      t.query.kind = kind_of(f[statement]);
      t.query.title = title_of(f[role]);
      gold.tables.push_back(std::move(t));
    }
    add_row(gold.tables.back(), headings, f);
    rows.push_back(f);
    if (!offered.units) continue;
    Row& row = gold.tables.back().query.rows.back();
    const std::string_view local = f[concept_name].substr(f[concept_name].find(':') + 1);
    if (const auto unit = units.find(local); unit != units.end() && row.has_values) row.unit = unit->second;
    if (row.unit == mapping::UnitClass::unknown && !f[balance].empty()) row.unit = mapping::UnitClass::monetary;
  }
  finish();
  return gold;
}

}  // namespace factpress::learn
