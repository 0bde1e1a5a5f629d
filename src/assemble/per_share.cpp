#include <fmt/format.h>

#include <algorithm>

#include "assemble/figures.h"
#include "assemble/passes.h"
#include "assemble/words.h"
#include "base/interval.h"
#include "base/text.h"
#include "diag/codes/assemble.h"

namespace factpress::assemble {
namespace {

bool mentions(const tables::TableRow& row, std::string_view word) {
  return icontains(row.label, word) || std::any_of(row.section.begin(), row.section.end(), [word](const auto& s) { return icontains(s, word); });
}

bool is_earnings(const tables::TableRow& row) {
  return says_result(row.label) && (icontains(row.label, "net") || icontains(row.label, "continuing")) && !icontains(row.label, "cash") &&
         !icontains(row.label, "revenue") && !icontains(row.label, "sales");
}

struct Rows {
  std::vector<int> amounts, shares, per_share;
};

Rows rows_of(const tables::DataTable& table) {
  Rows rows;
  for (int r = 0; r < static_cast<int>(table.rows.size()); ++r) {
    const tables::TableRow& row = table.rows[r];
    if (row.cells.empty()) continue;
    switch (row.cells.front().unit) {
      case tables::UnitKind::money:
        if (is_earnings(row)) rows.amounts.push_back(r);
        break;
      case tables::UnitKind::shares: rows.shares.push_back(r); break;
      case tables::UnitKind::per_share:
        if (!mentions(row, "dividend") && !mentions(row, "book value")) rows.per_share.push_back(r);
        break;
      default: break;
    }
  }
  return rows;
}

/// amount / shares, both anywhere within their rounding, overlaps the printed amount per share.
bool divides(const Number& amount, const Number& shares, const Number& per_share) {
  if (shares.value.sign() <= 0) return false;
  const Interval a = Interval::rounded(amount.value, amount.decimals);
  const Interval s = Interval::rounded(shares.value, shares.decimals);
  const Interval p = Interval::rounded(per_share.value, per_share.decimals);
  if (s.lower.sign() <= 0) return false;
  // p.lower <= a / s <= p.upper for some a and s, without dividing.
  const Decimal low = std::min(p.lower * s.lower, p.lower * s.upper), high = std::max(p.upper * s.lower, p.upper * s.upper);
  return low <= a.upper && a.lower <= high;
}

class Pass {
 public:
  Pass(Workbench& bench, int table) : bench_(bench), t_(table), table_(bench.table(table)) {}

  void run() {
    const Rows rows = rows_of(table_);
    for (int e : rows.per_share) {
      int best_amount = nothing, best_shares = nothing, best_holding = 0, best_failing = 0;
      for (int s : rows.shares) {
        if (!fits(table_.rows[e], table_.rows[s])) continue;
        for (int a : rows.amounts) {
          const auto [holding, failing] = count(e, a, s);
          if (holding > best_holding || (holding == best_holding && holding > 0 && failing < best_failing)) {
            best_amount = a, best_shares = s, best_holding = holding, best_failing = failing;
          }
        }
      }
      if (best_holding > 0 && best_failing < best_holding + 1) write(e, best_amount, best_shares, best_holding);
    }
  }

 private:
  static bool fits(const tables::TableRow& e, const tables::TableRow& s) {
    const bool diluted = mentions(e, "dilut"), basic = mentions(e, "basic");
    const bool shares_diluted = mentions(s, "dilut"), shares_basic = mentions(s, "basic");
    return (diluted == shares_diluted || !(diluted || basic)) && (basic == shares_basic || !(diluted || basic));
  }

  struct Count {
    int holding = 0, failing = 0;
  };
  Count count(int e, int a, int s) const {
    Count n;
    for (int c = 0; c < static_cast<int>(table_.columns.size()); ++c) {
      if (table_.columns[c].kind != tables::Column::Kind::value) continue;
      const int pe = bench_.at(t_, e, c), pa = bench_.at(t_, a, c), ps = bench_.at(t_, s, c);
      if (pe == nothing || pa == nothing || ps == nothing || bench_.numbers[pe].value.is_zero()) continue;
      divides(bench_.numbers[pa], bench_.numbers[ps], bench_.numbers[pe]) ? ++n.holding : ++n.failing;
    }
    return n;
  }

  void write(int e, int a, int s, int holding) {
    for (int c = 0; c < static_cast<int>(table_.columns.size()); ++c) {
      if (table_.columns[c].kind != tables::Column::Kind::value) continue;
      const int pe = bench_.at(t_, e, c), pa = bench_.at(t_, a, c), ps = bench_.at(t_, s, c);
      if (pe == nothing || pa == nothing || ps == nothing || bench_.numbers[pe].value.is_zero()) continue;
      const Number& amount = bench_.numbers[pa];
      const Number& shares = bench_.numbers[ps];
      const Number& printed = bench_.numbers[pe];
      const int places = printed.decimals.value_or(printed.value.fraction_digits());
      const auto quotient = Decimal::divide(amount.value, shares.value, places + 3, Rounding::half_even);
      if (!quotient) continue;
      Proof p;
      p.kind = model::CheckKind::per_share;
      p.table = t_;
      p.span = printed.span;
      p.title = bench_.name_of(pe);
      p.parts = {{pa, 1, amount.value, bench_.label_of(pa)}, {ps, 1, shares.value, bench_.label_of(ps)}};
      p.result = {pe, 1, printed.value, bench_.label_of(pe)};
      p.arithmetic = fmt::format("{} / {} = {}", grouped(amount.value), grouped(shares.value), grouped(*quotient));
      if (divides(amount, shares, printed)) {
        p.verdict = model::Verdict::proved;
        p.arithmetic += fmt::format(", which rounds to {}", grouped(printed.value, places));
      } else {
        judge(p, *quotient, places, holding);
      }
      bench_.proofs.push_back(std::move(p));
    }
  }

  /// "Earnings per share from continuing operations" beside an amount that does not say so: where a column has nothing else, both
  /// are the same, and in another column the amount is of more than the per-share number.
  static bool of_a_part(std::string_view per_share, std::string_view amount) {
    for (const std::string_view word : {"continuing", "discontinued", "cumulative effect", "extraordinary", "before", "excluding"}) {
      if (icontains(per_share, word) != icontains(amount, word)) return true;
    }
    return false;
  }

  /// A cent apart may come of participating shares or of rounding before; more, where other columns hold, is an error.
  void judge(Proof& p, const Decimal& quotient, int places, int holding) {
    const Decimal apart = (p.result.value - quotient).abs();
    p.arithmetic += fmt::format(", but {} is printed", grouped(p.result.value, places));
    const bool sensible = p.parts[1].value >= Decimal(1000);
    // What convertible and other dilutive shares would have earned is taken from diluted income: a lower amount a share is no error.
    const bool dilution = icontains(p.result.label, "dilut") && p.result.value.abs() < quotient.abs() && p.result.value.abs() + p.result.value.abs() > quotient.abs();
    if (holding >= 1 && sensible && !dilution && !of_a_part(p.result.label, p.parts[0].label) && apart > Decimal::scaled(25, -places - 1) && !says_adjusted(p.result.label)) {
      p.verdict = model::Verdict::contradicted;
      p.reason = "the same rows divide rightly in the other columns";
      diag::Diagnostic d{diag::codes::assemble_per_share, bench_.place(p.span), fmt::format("{}: {}", p.title, p.arithmetic)};
      for (const Part& part : p.parts) d.with(bench_.place(bench_.numbers[part.number].span), part.label);
      bench_.sink.add(std::move(d));
    } else {
      p.reason = "no other column shows which amount and which shares it is computed from";
      if (holding >= 1) p.reason = "classes of shares or dilutive effects may explain the difference";
    }
  }

  Workbench& bench_;
  int t_;
  const tables::DataTable& table_;
};

}  // namespace

void prove_per_share(Workbench& bench) {
  for (int t = 0; t < static_cast<int>(bench.reading.tables.size()); ++t) Pass(bench, t).run();
}

}  // namespace factpress::assemble
