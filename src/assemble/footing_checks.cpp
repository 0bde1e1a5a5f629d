#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "assemble/figures.h"
#include "assemble/footing/evidence.h"
#include "assemble/footing/table_grid.h"
#include "assemble/passes.h"
#include "assemble/slips.h"
#include "base/text.h"
#include "diag/codes/assemble.h"

namespace factpress::assemble {
namespace {

using footing::Grid;
using footing::Outcome;
using footing::Relation;
using footing::TableGrid;

struct Sheet {
  int table;
  TableGrid grid;
  std::vector<Relation> relations;
};

/// In a release whose statements foot to the last unit everywhere, a sum that is off by one unit is no rounding: whole
/// amounts were printed. Told from the release itself, over all tables that print unscaled amounts.
void hold_to_the_unit(std::vector<Sheet>& sheets) {
  int exact = 0, off = 0;
  for (Sheet& s : sheets) {
    if (s.grid.exponent != 0) continue;
    for (const Relation& r : s.relations) {
      for (const auto& c : r.columns) {
        if (c.outcome != Outcome::holds || r.restates || r.items.size() < 2) continue;
        c.difference == 0 ? ++exact : ++off;
      }
    }
  }
  if (off == 0 || off > 3 || exact < 4 || exact < 2 * off) return;
  for (Sheet& s : sheets) {
    if (s.grid.exponent != 0) continue;
    for (Relation& r : s.relations) {
      for (auto& c : r.columns) {
        if (c.outcome != Outcome::holds || c.difference == 0) continue;
        c.outcome = Outcome::fails;
        c.slack = 0;
        c.slip = footing::is_slip(c.difference, 0);
      }
    }
  }
}

/// Power of ten in which a number is shown, thousands or millions: that of its print, whatever finer numbers stand beside it.
int shown_scale(const Workbench& bench, int number) {
  const auto& decimals = bench.numbers[number].decimals;
  return decimals ? (std::max(0, -*decimals) + 2) / 3 * 3 : 0;
}

class Writer {
 public:
  Writer(Workbench& bench, const Sheet& sheet) : bench_(bench), sheet_(sheet), table_(bench.table(sheet.table)) {}

  void write(const Relation& r) {
    RowSum sum;
    sum.total = sheet_.grid.grid.looks[r.total].row;
    for (const auto& item : r.items) sum.items.push_back({sheet_.grid.grid.looks[item.row].row, item.weight});
    sum.restates = r.restates, sum.above = r.above, sum.bits = r.bits;
    sum.whole = r.failing() == 0;
    bench_.sums[sheet_.table].push_back(sum);
    if (r.restates) return;
    for (int c = 0; c < sheet_.grid.grid.columns; ++c) {
      if (r.columns[c].outcome != Outcome::absent) check(r, sum, c);
    }
  }

 private:
  void check(const Relation& r, const RowSum& sum, int column) {
    const int table_column = sheet_.grid.columns[column];
    const int total = bench_.at(sheet_.table, sum.total, table_column);
    if (total == nothing) return;
    Proof p;
    p.kind = table_.kind == tables::StatementKind::reconciliation ? model::CheckKind::reconciliation : model::CheckKind::footing;
    p.table = sheet_.table;
    p.span = bench_.numbers[total].span;
    p.title = bench_.name_of(total);
    p.result = {total, 1, bench_.numbers[total].value, bench_.label_of(total)};
    const int scale = shown_scale(bench_, total);
    std::vector<Summand> summands;
    Decimal added;
    for (const auto& item : sum.items) {
      const int n = bench_.at(sheet_.table, item.row, table_column);
      if (n == nothing || !sheet_.grid.grid.at(index_of(item.row), column).present) continue;
      p.parts.push_back({n, item.weight, bench_.numbers[n].value, bench_.label_of(n)});
      summands.push_back({bench_.numbers[n].value.shifted(-scale), item.weight});
      added += item.weight < 0 ? -bench_.numbers[n].value : bench_.numbers[n].value;
    }
    state(p, summands, added, r.columns[column], scale);
    p.verdict = verdict(r, r.columns[column]);
    if (p.verdict == model::Verdict::contradicted && footing::is_small(sheet_.grid.grid.at(index_of(sum.total), column).value, r.columns[column].difference)) {
      p.verdict = model::Verdict::unproved;
      p.reason = "the sum holds in other columns; numbers of two digits may differ for many reasons";
    }
    if (p.verdict == model::Verdict::contradicted && another_measure(r, sum, column, total)) {
      p.verdict = model::Verdict::unproved;
      p.reason = "printed to other digits than the columns in which the sum holds: likely an average or a rate";
    }
    const bool movements = bench_.table(sheet_.table).kind == tables::StatementKind::equity || istarts_with(p.result.label, "balance") || icontains(p.result.label, "at end of");
    if (p.verdict == model::Verdict::contradicted && movements) {
      p.verdict = model::Verdict::unproved;
      p.reason = "the sum holds in other columns; in this one a movement between the balances may have no row";
    }
    if (p.verdict == model::Verdict::contradicted && cents_apart(p, added)) {
      p.verdict = model::Verdict::unproved;
      p.reason = "amounts a share are each computed by themselves: their sum may be off by a cent or so a term";
    }
    if (p.verdict == model::Verdict::contradicted) report(p, added);
    if (p.verdict == model::Verdict::unproved && p.reason.empty()) p.reason = "the sum holds in other columns, and no single slip explains this one";
    bench_.proofs.push_back(std::move(p));
  }

  /// Averages, rates and lives stand beside amounts: their columns have more digits after the point, and do not add up.
  bool another_measure(const Relation& r, const RowSum& sum, int column, int total) const {
    bool seen = false;
    for (int c = 0; c < sheet_.grid.grid.columns; ++c) {
      if (c == column || r.columns[c].outcome != Outcome::holds) continue;
      const int other = bench_.at(sheet_.table, sum.total, sheet_.grid.columns[c]);
      if (other == nothing) continue;
      if (bench_.numbers[other].decimals == bench_.numbers[total].decimals) return false;
      seen = true;
    }
    return seen;
  }

  /// "(1.90) + 10.28", printed as 8.40: of amounts a share. Diluted ones are no sum of basic ones.
  bool cents_apart(const Proof& p, const Decimal& added) const {
    const Number& total = bench_.numbers[p.result.number];
    if (bench_.cell(total).unit == tables::UnitKind::per_share && icontains(p.result.label, "dilut") && std::any_of(p.parts.begin(), p.parts.end(), [](const Part& part) { return icontains(part.label, "basic"); })) return true;
    if (bench_.cell(total).unit != tables::UnitKind::per_share || !total.decimals) return false;
    const auto units = (p.result.value - added).shifted(*total.decimals).to_int64();
    return units && std::llabs(*units) <= static_cast<long long>(p.parts.size());
  }

  int index_of(int row) const {
    const auto& looks = sheet_.grid.grid.looks;
    return static_cast<int>(std::find_if(looks.begin(), looks.end(), [row](const auto& l) { return l.row == row; }) - looks.begin());
  }

  /// "419 + 4,225 = 4,644 (in thousands)" and, where it does not hold, what is printed and how far apart they are.
  void state(Proof& p, const std::vector<Summand>& summands, const Decimal& added, const footing::ColumnResult& c, int scale) const {
    const Decimal shown = added.shifted(-scale);
    p.arithmetic = fmt::format("{} = {}", sum_words(summands), grouped(shown));
    const Decimal printed = p.result.value.shifted(-scale);
    if (c.outcome == Outcome::fails) {
      p.arithmetic += fmt::format(", but {} is printed: {} apart", grouped(printed), grouped((printed - shown).abs()));
    } else if (printed != shown) {
      p.arithmetic += fmt::format("; {} is printed, which rounding explains", grouped(printed));
    }
    if (const std::string note = scale_words(scale); !note.empty()) p.arithmetic += fmt::format(" ({})", note);
  }

  /// Contradicted only where the relation is sure from the other columns or the layout, and the difference is of the kind
  /// that a slip makes; or where so many columns hold that any difference is an error.
  static model::Verdict verdict(const Relation& r, const footing::ColumnResult& c) {
    if (c.outcome == Outcome::holds) return model::Verdict::proved;
    if (c.slip) return model::Verdict::contradicted;
    return r.holding() >= 3 && r.failing() == 1 && r.bits >= 24 && r.plain ? model::Verdict::contradicted : model::Verdict::unproved;
  }

  void report(Proof& p, const Decimal& added) {
    const std::string slip = explain_slip(bench_, p.parts, p.result, added);
    if (!slip.empty()) p.reason = slip;
    diag::Diagnostic d{diag::codes::assemble_footing, bench_.place(p.span), fmt::format("{} does not foot: {}", p.title, p.arithmetic)};
    for (const Part& part : p.parts) {
      if (d.labels.size() < 12) d.with(bench_.place(bench_.numbers[part.number].span), part.weight < 0 ? "taken away" : "added");
    }
    if (!slip.empty()) d.help = slip;
    bench_.sink.add(std::move(d));
  }

  Workbench& bench_;
  const Sheet& sheet_;
  const tables::DataTable& table_;
};

/// A column that is the sum or difference of others, row by row.
void write_columns(Workbench& bench, const Sheet& sheet, const footing::ColumnRelation& r) {
  const auto one = [&](int grid_row, bool holds) {
    const int row = sheet.grid.grid.looks[grid_row].row;
    const int result = bench.at(sheet.table, row, sheet.grid.columns[r.result]);
    if (result == nothing) return;
    Proof p;
    p.table = sheet.table;
    p.span = bench.numbers[result].span;
    p.title = bench.name_of(result) + ", across the columns";
    p.result = {result, 1, bench.numbers[result].value, bench.label_of(result)};
    std::vector<Summand> summands;
    Decimal added;
    const int scale = shown_scale(bench, result);
    for (const auto& o : r.operands) {
      const int n = bench.at(sheet.table, row, sheet.grid.columns[o.row]);
      if (n == nothing || !sheet.grid.grid.at(grid_row, o.row).present) continue;
      const Decimal& v = bench.numbers[n].value;
      p.parts.push_back({n, o.weight, v, bench.label_of(n)});
      summands.push_back({v.shifted(-scale), o.weight});
      added += o.weight < 0 ? -v : v;
    }
    p.arithmetic = fmt::format("{} = {}", sum_words(summands), grouped(added.shifted(-scale)));
    const std::string note = scale_words(scale).empty() ? "" : " (" + scale_words(scale) + ")";
    p.verdict = model::Verdict::proved;
    if (!holds) {
      const Decimal apart = p.result.value - added;
      const auto units = apart.shifted(-sheet.grid.exponent).to_int64();
      const bool slip = units && std::llabs(*units) < footing::largest && footing::is_slip(2 * *units, 1 + static_cast<footing::Fixed>(r.operands.size()));
      // A year to date is often computed before rounding: a unit or two more than rounding explains proves nothing.
      const bool beyond = units && (sheet.grid.exponent <= 0 || std::llabs(*units) > 1 + static_cast<long long>(r.operands.size()));
      // "Level 1 | Level 2 | Level 3 | Total": where Level 1 is empty in the other rows, it is what this row differs by.
      const bool explained = std::any_of(sheet.grid.columns.begin(), sheet.grid.columns.end(), [&](int column) {
        const int n = bench.at(sheet.table, row, column);
        const bool own = n == result || std::any_of(p.parts.begin(), p.parts.end(), [n](const Part& part) { return part.number == n; });
        return n != nothing && !own && bench.numbers[n].value.abs() == apart.abs();
      });
      p.verdict = slip && beyond && !explained && r.holding_rows.size() >= 4 ? model::Verdict::contradicted : model::Verdict::unproved;
      p.arithmetic += fmt::format(", but {} is printed: {} apart", grouped(p.result.value.shifted(-scale)), grouped(apart.shifted(-scale).abs()));
      p.reason = fmt::format("the other {} rows hold", r.holding_rows.size());
    }
    p.arithmetic += note;
    if (p.verdict == model::Verdict::contradicted) {
      if (const std::string slipped = explain_slip(bench, p.parts, p.result, added); !slipped.empty()) p.reason += "; " + slipped;
      bench.sink.add(diag::Diagnostic{diag::codes::assemble_footing, bench.place(p.span), fmt::format("{} does not foot: {}", p.title, p.arithmetic)}.helped(p.reason));
    }
    bench.proofs.push_back(std::move(p));
  };
  for (int row : r.holding_rows) one(row, true);
  for (int row : r.failing_rows) one(row, false);
}

}  // namespace

void prove_footing(Workbench& bench) {
  std::vector<Sheet> sheets;
  for (std::size_t t = 0; t < bench.reading.tables.size(); ++t) {
    for (TableGrid& g : footing::grids_of(bench.reading.tables[t])) {
      Sheet s{static_cast<int>(t), std::move(g), {}};
      s.relations = footing::find_rows(s.grid.grid);
      sheets.push_back(std::move(s));
    }
  }
  hold_to_the_unit(sheets);
  for (const Sheet& s : sheets) {
    Writer writer(bench, s);
    for (const Relation& r : s.relations) writer.write(r);
    if (s.grid.grid.columns < 3) continue;
    for (const auto& r : footing::find_columns(s.grid.grid)) write_columns(bench, s, r);
  }
}

}  // namespace factpress::assemble
