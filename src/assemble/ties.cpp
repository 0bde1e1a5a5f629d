#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "assemble/figures.h"
#include "assemble/passes.h"
#include "assemble/slips.h"
#include "assemble/titles.h"
#include "assemble/words.h"
#include "base/interval.h"
#include "base/text.h"
#include "base/wording.h"
#include "diag/codes/assemble.h"

namespace factpress::assemble {
namespace {

struct RowAt {
  int table, row;
};

// Words too general to name the same item in two tables by themselves.
bool general(const std::string& key) {
  static const std::set<std::string> words = {"", "other", "other net", "basic", "diluted", "basic diluted", "change", "all other", "adjustment", "tax"};
  return words.count(key) != 0 || key.size() < 4;
}

bool same_members(const tables::TableCell& a, const tables::TableCell& b) {
  if (a.dimensions.size() != b.dimensions.size()) return false;
  return std::is_permutation(a.dimensions.begin(), a.dimensions.end(), b.dimensions.begin());
}

struct Match {
  int first, second;
  bool equal;
  bool same_precision;
};

bool agree(const Number& a, const Number& b) {
  if (a.decimals == b.decimals) return a.value.abs() == b.value.abs();
  const Decimal& fine = a.decimals.value_or(99) > b.decimals.value_or(99) ? a.value : b.value;
  const Number& coarse = a.decimals.value_or(99) > b.decimals.value_or(99) ? b : a;
  return Interval::rounded(coarse.value.abs(), coarse.decimals).contains(fine.abs());
}

/// The numbers of two rows that stand for the same period and members.
std::vector<Match> matches(const Workbench& bench, RowAt x, RowAt y) {
  std::vector<Match> out;
  const auto& a = bench.table(x.table).rows[x.row].cells;
  const auto& b = bench.table(y.table).rows[y.row].cells;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!a[i].period || a[i].unit == tables::UnitKind::pure || bench.table(x.table).columns[a[i].column].kind != tables::Column::Kind::value) continue;
    for (std::size_t j = 0; j < b.size(); ++j) {
      if (!b[j].period || !(*a[i].period == *b[j].period) || a[i].unit_code != b[j].unit_code || !same_members(a[i], b[j])) continue;
      if (bench.table(y.table).columns[b[j].column].kind != tables::Column::Kind::value) continue;
      if (a[i].printed.dash || b[j].printed.dash) continue;
      const int first = bench.of_cell(x.table, x.row, static_cast<int>(i)), second = bench.of_cell(y.table, y.row, static_cast<int>(j));
      const Number& m = bench.numbers[first];
      const Number& n = bench.numbers[second];
      out.push_back({first, second, agree(m, n), m.decimals == n.decimals});
      break;
    }
  }
  return out;
}

int figures_of(const Number& n) { return n.value.is_zero() ? 0 : n.value.magnitude() + n.decimals.value_or(n.value.fraction_digits()) + 1; }

/// Of the digits, those that tell: "26,500" and "16,500" are round amounts of three, as many things may be.
int telling_figures_of(const Number& n) {
  int out = figures_of(n);
  for (Decimal v = n.value.abs().shifted(n.decimals.value_or(0)); out > 1 && v.fraction_digits() == 0 && v.shifted(-1).fraction_digits() == 0; v = v.shifted(-1)) --out;
  return out;
}

/// What each table is called, as its statement is; found once, as many ties lead to one table.
class TableNames {
 public:
  explicit TableNames(const Workbench& bench) : bench_(bench), names_(bench.reading.tables.size()) {}

  const std::string& of(int t) {
    const tables::DataTable& table = bench_.table(t);
    if (names_[t].empty()) names_[t] = without_shouting(title_of(bench_.reading, table, statement_kind(table.kind)), Capitals::title);
    return names_[t];
  }

 private:
  const Workbench& bench_;
  std::vector<std::string> names_;
};

void write(Workbench& bench, TableNames& names, const Match& m, model::Verdict verdict) {
  const Number& a = bench.numbers[m.first];
  const Number& b = bench.numbers[m.second];
  Proof p;
  p.kind = model::CheckKind::tie;
  p.verdict = verdict;
  p.table = b.table;
  p.span = b.span;
  p.title = bench.name_of(m.second);
  p.parts.push_back({m.first, 1, a.value, bench.label_of(m.first)});
  p.result = {m.second, 1, b.value, bench.label_of(m.second)};
  const bool contradicted = verdict == model::Verdict::contradicted;
  p.arithmetic = fmt::format("{} {} {} in {}", Workbench::words_of(b), contradicted ? "is not" : m.same_precision ? "=" : "agrees with", Workbench::words_of(a), names.of(a.table));
  if (a.value.is_negative() != b.value.is_negative() && !contradicted) p.reason = "the sign is turned";
  if (contradicted) {
    p.reason = fmt::format("{} apart", grouped((a.value.abs() - b.value.abs()).abs()));
    bench.sink.add(diag::Diagnostic{diag::codes::assemble_tie, bench.place(p.span), fmt::format("{}: {}: {}", p.title, p.arithmetic, p.reason)}.with(
        bench.place(a.span), "printed here as well"));
  }
  bench.proofs.push_back(std::move(p));
}

/// Contradicted where the rows are the same item for sure: they agree in other periods, or they are called just the same and
/// one digit in many is different.
bool contradicts(const Workbench& bench, const Match& m, std::size_t equal, std::size_t different, bool same_label, bool only_one) {
  const Number& a = bench.numbers[m.first];
  const Number& b = bench.numbers[m.second];
  if (!only_one || !m.same_precision) return false;
  // One unit apart is no contradiction where the unit is a rounded one: a value half-way may be rounded to either.
  const bool rounded = a.decimals && *a.decimals < 0;
  if (rounded && Interval::rounded(a.value.abs(), a.decimals).overlaps(Interval::rounded(b.value.abs(), b.decimals))) return false;
  const bool slip = one_digit_apart(a.value.abs(), b.value.abs()) || neighbours_swapped(a.value.abs(), b.value.abs());
  if ((a.value.abs() - b.value.abs()).abs() == Decimal(100)) return false;  // an index that began at 100, and the return in per cent
  if (equal >= 1 && different == 1 && slip && figures_of(a) >= 4) return true;
  if (equal >= 1 && slip && figures_of(a) >= 4) return true;
  return same_label && slip && std::max(telling_figures_of(a), telling_figures_of(b)) >= 5;
}

/// The numbers that take part in a footing that holds.
std::set<int> numbers_that_foot(const Workbench& bench) {
  std::set<int> out;
  for (const Proof& p : bench.proofs) {
    if (p.kind != model::CheckKind::footing || p.verdict != model::Verdict::proved) continue;
    out.insert(p.result.number);
    for (const Part& part : p.parts) out.insert(part.number);
  }
  return out;
}

}  // namespace

void prove_ties(Workbench& bench) {
  const std::set<int> foot = numbers_that_foot(bench);
  TableNames names(bench);
  std::map<std::string, std::vector<RowAt>> rows;
  for (int t = 0; t < static_cast<int>(bench.reading.tables.size()); ++t) {
    for (int r = 0; r < static_cast<int>(bench.table(t).rows.size()); ++r) {
      const tables::TableRow& row = bench.table(t).rows[r];
      if (row.cells.empty() || row.label.empty()) continue;
      std::string key = key_of(row.label);
      if (general(key)) continue;
      if (says_adjusted(row.label)) key += " adjusted";
      rows[key].push_back({t, r});
    }
  }
  for (const auto& entry : rows) {
    const auto& places = entry.second;  // no structured binding: clang 14 takes none into a lambda
    for (std::size_t i = 1; i < places.size(); ++i) {
      const RowAt y = places[i];
      std::set<int> proved;
      for (std::size_t j = 0; j < i; ++j) {
        const RowAt x = places[j];
        if (x.table == y.table) continue;
        const std::vector<Match> found = matches(bench, x, y);
        const auto equal = static_cast<std::size_t>(std::count_if(found.begin(), found.end(), [](const Match& m) { return m.equal; }));
        const auto twice = [&](int table) {
          return std::count_if(places.begin(), places.end(), [table](RowAt p) { return p.table == table; }) > 1;
        };
        const bool same_label = iequals(trim(bench.table(x.table).rows[x.row].label), trim(bench.table(y.table).rows[y.row].label));
        for (const Match& m : found) {
          if (proved.count(m.second) != 0) continue;
          if (m.equal && (equal >= 2 || figures_of(bench.numbers[m.second]) >= 3 || same_label)) {
            write(bench, names, m, model::Verdict::proved);
            proved.insert(m.second);
          } else if (!m.equal && foot.count(m.first) != 0 && foot.count(m.second) != 0 && figures_of(bench.numbers[m.second]) < 6) {
            continue;  // each is right in its own table: two amounts of one name ("Cost of sales", with and without what is shown apart)
          } else if (!m.equal && contradicts(bench, m, equal, found.size() - equal, same_label, !twice(x.table) && !twice(y.table))) {
            write(bench, names, m, model::Verdict::contradicted);
            proved.insert(m.second);
          }
        }
      }
    }
  }
}

}  // namespace factpress::assemble
