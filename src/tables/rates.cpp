#include "tables/rates.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "tables/label_words.h"
#include "tables/nature.h"

namespace factpress::tables {

namespace {

/// The label without the marks and the notes in brackets at its end: "net interest margin" of "net interest margin (fte) (1)".
std::string_view without_brackets(std::string_view label) {
  label = trim(label);
  while (!label.empty() && (label.back() == ')' || label.back() == ':')) {
    const std::size_t open = label.back() == ')' ? label.rfind('(') : label.size() - 1;
    if (open == std::string_view::npos || open == 0) break;
    label = trim(label.substr(0, open));
  }
  return label;
}

/// What the brackets at the end of a label tell of its unit: "(bps)", "(x)", "(average %)", but not "(50%)".
RateWords unit_in_brackets(std::string_view label) {
  label = trim(label);
  while (!label.empty() && label.back() == ')') {
    const std::size_t open = label.rfind('(');
    if (open == std::string_view::npos) break;
    const std::string_view inside = trim(label.substr(open + 1, label.size() - open - 2));
    if (inside == "x" || inside == "times" || inside == "in times") return RateWords::multiple;
    if (inside == "bps" || inside == "bp" || inside == "basis points" || inside == "in basis points" || inside == "in bps") return RateWords::basis_points;
    if (inside == "points" || inside == "percent" || inside == "in percent" || inside == "percentage" || inside == "pct" || inside == "pct.") return RateWords::percent;
    if (inside.ends_with('%') && !has_digit(inside) && inside.size() < 24) return RateWords::percent;
    label = trim(label.substr(0, open));
  }
  return RateWords::none;
}

/// "Effect of tax rate changes", "Interest rate swaps", "Expected return on assets", "Income subject to the federal tax rate", "Yield maintenance fees": money that a rate has to do with.
bool is_money_of_a_rate(std::string_view t) {
  static constexpr Phrases kMoney{"effect of", "impact", "subject to", "expected return", "actual return", "swap", "contract", "hedge", "derivative", "plan assets", "return of", "maintenance", "adjustment", "deposit account", "margin deposit", "margin loan", "margin account", "change in", "changes in", "due to",
      "expense", "benefit", "tax on", "at statutory", "statutory", "high yield", "high-yield", "lock", "cap ", "floating", "fixed rate", "fixed-rate", "variable rate", "variable-rate", "adjustable", "securities", "refund", "gain", "loss on", "fees", "per share",
      "per unit", "cents", "/share", "charge for", "attributable", "reserve for"};
  return has_any(t, kMoney);
}

/// What divides in "Net charge-offs to average loans": the words behind "to" or a slash.
bool is_base_of_ratio(std::string_view t) {
  static constexpr std::array<std::string_view, 20> kQualifiers = {"average ", "total ", "period-end ", "period end ", "gross ", "net ", "end of period ", "year-end ", "annualized ", "risk-weighted ", "risk weighted ", "interest-earning ", "earning ", "interest-bearing ",
      "tangible ", "common ", "adjusted ", "nonperforming ", "non-performing ", "outstanding "};
  for (bool more = true; more;) {
    more = false;
    for (const std::string_view q : kQualifiers)
      if (t.starts_with(q)) t = t.substr(q.size()), more = true;
  }
  static constexpr std::array<std::string_view, 15> kBases = {"loans", "loan", "assets", "deposits", "deposit", "equity", "shareholders", "stockholders", "revenue", "revenues", "sales", "capital", "capitalization", "leases", "premiums"};
  return std::any_of(kBases.begin(), kBases.end(), [&](std::string_view w) { return t.starts_with(w) && (t.size() == w.size() || !is_alpha(t[w.size()])); });
}

/// "Net charge-offs to average loans", "Nonperforming assets/total assets"; not "Transfers to loans held for sale".
bool is_one_to_another(std::string_view t) {
  static constexpr Phrases kParts{"charge-off", "charge off", "chargeoff", "allowance", "nonperforming", "non-performing", "npa", "npl", "past due", "delinquen", "loan", "noninterest", "non-interest", "equity", "capital", "reserve", "deposits", "net income", "expense"};
  static constexpr Phrases kFlows{"transfer", "reclass", "payment", "proceeds", "distribution", "contribution", "adjust", "reconcil", "attributable", "available", "due to", "related", "applicable", "allocated", "conversion", "addition", "credited", "charged", "subject to", "holder"};
  const std::size_t to = t.find(" to "), slash = t.find('/');
  const std::size_t at = std::min(to, slash);
  if (at == std::string_view::npos || at == 0) return false;
  const std::string_view part = t.substr(0, at);
  if (at == slash && (t.ends_with("leases") || t.ends_with("capital") || t.ends_with("sales") || t.ends_with("premiums"))) return false;  // "Loans/leases": both together
  return has_any(part, kParts) && !has_any(t, kFlows) && is_base_of_ratio(trim(t.substr(at + (at == to ? 4 : 1))));
}

bool is_multiple(std::string_view t) {
  static constexpr Phrases kWords{"book-to-bill", "book to bill", "price/earnings", "price to earnings", "price-to-earnings", "price / earnings", "price/book", "price to book", "price-to-book", "price to tangible book", "interest coverage", "fixed charge coverage",
      "fixed-charge coverage", "debt service coverage"};
  if (has_any(t, kWords)) return true;
  const std::size_t to = t.find(" to "), debt = t.find("debt");  // "Net debt to adjusted EBITDA"
  return debt < to && to != std::string_view::npos && has(t.substr(to), "ebitda") && !has(t.substr(0, to), "adjustment");
}

}  // namespace

bool tells_percentages(std::string_view t) {
  for (const std::string_view words : {"percent of ", "percentage of ", "% of ", "% to "})
    for (std::size_t at = t.find(words); at != std::string_view::npos; at = t.find(words, at + 1)) {
      const std::string_view before = trim(t.substr(0, at));
      if ((before.empty() || !is_digit(before.back())) && !t.substr(at + words.size()).starts_with("completion")) return true;
    }
  return false;
}

RateWords rate_words(std::string_view label) {
  if (const RateWords told = unit_in_brackets(label); told != RateWords::none) return told;
  if (is_multiple(label)) return RateWords::multiple;
  if (tells_percentages(label)) return RateWords::percent;
  if (is_money_of_a_rate(label)) return RateWords::none;
  const std::string_view t = without_brackets(label);
  const auto starts_with_one = [&](const auto& leads) { return std::any_of(leads.begin(), leads.end(), [&](std::string_view w) { return t.starts_with(w); }); };
  const auto ends_with_one = [&](const auto& tails) { return std::any_of(tails.begin(), tails.end(), [&](std::string_view w) { return t.ends_with(w); }); };
  static constexpr Phrases kReturns{"return on average", "return on asset", "return on equity", "return on common", "return on tangible", "return on sales", "return on invested capital", "return on capital", "return on total", "return on shareholders", "return on stockholders"};
  static constexpr std::array<std::string_view, 18> kRates = {"tax rate", "growth rate", "occupancy rate", "retention rate", "churn rate", "utilization rate", "attrition rate", "vacancy rate", "delinquency rate", "cancellation rate", "net interest margin", "net interest spread", "interest rate spread", "profit margin", "ebitda margin",
      " percentage", " percent", " pct"};
  if (has_any(t, kReturns) || ends_with_one(kRates) || is_one_to_another(t)) return RateWords::percent;
  static constexpr std::array<std::string_view, 10> kYields = {"dividend yield", "yield on", "average yield on", "cost of funds", "average cost of funds", "cost of deposits", "average cost of deposits", "cost of total deposits", "cost of interest-bearing", "cost of total interest-bearing"};
  static constexpr std::array<std::string_view, 2> kSteps = {" growth", " margin"};
  if (starts_with_one(kYields) || t == "efficiency" || ends_with_one(kSteps)) return RateWords::perhaps;
  static constexpr Phrases kDebts{"debt to equity", "debt/equity", "debt to capital", "debt to total capital", "debt/capital", "debt to assets", "debt to total assets", "debt/total assets"};
  if (has_any(t, kDebts)) return RateWords::ratio;
  static constexpr Phrases kRatios{"capital ratio", "tier 1 ratio", "tier 1 common", "tier 1 leverage", "common equity tier 1", "risk-based", "tangible common equity ratio", "efficiency ratio", "combined ratio", "loss ratio", "overhead ratio", "payout ratio", "loan to deposit ratio",
      "loans to deposits ratio", "loan-to-deposit ratio"};
  return has_any(t, kRatios) && has(t, "ratio") ? RateWords::ratio : RateWords::none;
}

namespace {

/// A row whose numbers print no sign, and are as small as rates are.
bool prints_small_numbers(const TableRow& row) {
  bool any = false;
  for (const TableCell& c : row.cells) {
    if (c.printed.currency || c.unit == UnitKind::shares || (c.own_scale && c.unit == UnitKind::money)) return false;
    if (c.printed.dash || c.unit == UnitKind::pure) continue;
    if (c.printed.value.abs() >= Decimal(1000) || c.printed.fraction_digits > 2 || c.printed.text.find(',') != std::string::npos) return false;
    any = true;
  }
  return any;
}

template <class Of>
bool all_numbers(const TableRow& row, Of of) {
  return std::all_of(row.cells.begin(), row.cells.end(), [&](const TableCell& c) { return c.printed.dash || c.unit == UnitKind::pure || of(c); });
}

bool prints_fractions(const TableRow& row) {
  return all_numbers(row, [](const TableCell& c) { return c.printed.fraction_digits > 0; });
}

/// ".31", "0.142" of what is seldom below one per cent: it may be told as a fraction.
bool may_be_fractions(const TableRow& row, std::string_view label) {
  static constexpr Phrases kLarge{"margin", "tax rate", "efficiency", "on equity", "common equity", "growth", "occupancy", "retention", "sales", "revenue", "combined ratio"};
  return has_any(label, kLarge) && !has(label, "net interest margin") && all_numbers(row, [](const TableCell& c) { return c.printed.fraction_digits >= 2 && c.printed.value.abs() < Decimal(1); });
}

void make_number(TableCell& c, int power) {
  if (c.unit == UnitKind::pure) return;
  c.unit = UnitKind::pure;
  c.unit_code = "pure";
  c.value = c.printed.dash ? Decimal(0) : c.printed.value.shifted(power);
  c.decimals = c.printed.fraction_digits - power;
}

const TableCell* amount_in(const TableRow& row, int column) {
  for (const TableCell& c : row.cells)
    if (c.column == column && c.unit == UnitKind::money && !c.printed.dash && !c.own_scale) return &c;
  return nullptr;
}

/// How many columns of a row are explained by two rows above it: as their quotient in per cent, or as their difference.
struct Margin {
  std::size_t columns = 0, quotient = 0, difference = 0;
};

Margin explain_by(const TableRow& row, const TableRow& part, const TableRow& whole) {
  Margin out;
  for (const TableCell& c : row.cells) {
    if (c.unit != UnitKind::money || c.printed.dash) continue;
    const TableCell *a = amount_in(part, c.column), *b = amount_in(whole, c.column);
    if (!a || !b || b->printed.value.is_zero()) continue;
    ++out.columns;
    const Decimal last_place = Decimal::scaled(1, -c.printed.fraction_digits);
    const auto percent = Decimal::divide(a->printed.value.shifted(2), b->printed.value, c.printed.fraction_digits);
    out.quotient += percent && (*percent - c.printed.value).abs() <= last_place ? 1 : 0;
    out.difference += (b->printed.value - a->printed.value.abs() - c.printed.value).abs() <= last_place ? 1 : 0;
  }
  return out;
}

/// "Operating margin 14.0" below "Sales 621.3" and "Operating profit 87.0": what two of the rows right above tell in all its columns.
enum class MarginIs { unknown, percentage, amount };
MarginIs margin_by_arithmetic(const DataTable& table, std::size_t r) {
  constexpr std::size_t near = 12;  // rows
  bool percentage = false;
  for (std::size_t i = r > near ? r - near : 0; i < r; ++i)
    for (std::size_t j = r > near ? r - near : 0; j < r; ++j) {
      if (i == j) continue;
      const Margin m = explain_by(table.rows[r], table.rows[i], table.rows[j]);
      if (m.columns < 2) continue;
      if (m.difference == m.columns) return MarginIs::amount;
      percentage = percentage || m.quotient == m.columns;
    }
  return percentage ? MarginIs::percentage : MarginIs::unknown;
}

/// No row of amounts prints digits after the point, or hardly one does: such a digit tells a percentage.
bool prints_whole_amounts(const DataTable& table) {
  std::size_t whole = 0, broken = 0;
  for (const TableRow& row : table.rows) {
    if (row.cells.empty() || rate_words(lower(row.label)) != RateWords::none) continue;
    const bool money = std::any_of(row.cells.begin(), row.cells.end(), [](const TableCell& c) { return c.unit == UnitKind::money && !c.printed.dash; });
    if (money) ++(prints_fractions(row) ? broken : whole);
  }
  return broken == 0 || 5 * broken <= whole;
}

bool heads_ratios(std::string_view section) {
  static constexpr Phrases kWords{"ratio", "margins", "returns", "profitability", "yields", "percent", "%"};
  return has_any(section, kWords) && !has(section, "operations");
}

/// The row before it among those of the same heading holds percentages.
bool goes_on(const DataTable& table, std::size_t r) {
  while (r-- > 0) {
    const TableRow& above = table.rows[r];
    if (above.heading) return false;
    if (above.cells.empty()) continue;
    return names_rate(lower(above.label)) && std::all_of(above.cells.begin(), above.cells.end(), [](const TableCell& c) { return c.unit == UnitKind::pure || c.printed.dash; });
  }
  return false;
}

void settle_perhaps(DataTable& table, std::size_t r, bool whole_money) {
  TableRow& row = table.rows[r];
  const bool small = all_numbers(row, [](const TableCell& c) { return c.printed.value.abs() < Decimal(200); });
  if (!small) return;
  const std::string section = row.section.empty() ? std::string() : lower(row.section.back());
  const MarginIs told = margin_by_arithmetic(table, r);
  if (told == MarginIs::amount) return;
  if (told == MarginIs::percentage || heads_ratios(section) || goes_on(table, r) || (whole_money && prints_fractions(row))) {
    for (TableCell& c : row.cells) make_number(c, -2);
    return;
  }
  if (!prints_fractions(row)) return;  // "Gross margin  45" in millions, as the amounts around it
  for (TableCell& c : row.cells)
    if (c.unit == UnitKind::money && c.doubt.empty()) c.doubt = "it may be a percentage or an amount: no sign stands with it, and nothing around tells", c.doubt_of = DoubtOf::unit;
}

/// "Tools  14.0" below "Segment Profit as a Percentage of Net Sales"; beside amounts such a heading speaks of the columns between them.
bool is_below_percentages(const DataTable& table, const TableRow& row) {
  if (row.section.empty() || !tells_percentages(lower(row.section.back()))) return false;
  return std::none_of(table.columns.begin(), table.columns.end(), [](const Column& c) { return c.kind == Column::Kind::percent_of || c.in_percents; });
}

bool may_be_settled(StatementKind kind) { return kind != StatementKind::cashflow && kind != StatementKind::equity && kind != StatementKind::balance; }

}  // namespace

void settle_named_rates(DataTable& table) {
  if (!may_be_settled(table.kind)) return;
  const bool whole_money = prints_whole_amounts(table);
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    TableRow& row = table.rows[r];
    if (row.heading || row.cells.empty() || !prints_small_numbers(row)) continue;
    const std::string label = lower(row.label);
    RateWords words = rate_words(label);
    if (words == RateWords::none && is_below_percentages(table, row) && !names_per_share(label)) words = RateWords::percent;
    const bool below_two = all_numbers(row, [](const TableCell& c) { return c.printed.value.abs() < Decimal(2); });
    if (words == RateWords::none) continue;
    if (words == RateWords::perhaps) {
      settle_perhaps(table, r, whole_money);
      continue;
    }
    const bool doubtful = words == RateWords::percent && unit_in_brackets(label) == RateWords::none && may_be_fractions(row, label);
    const bool plain = words == RateWords::multiple || doubtful || (words == RateWords::ratio && below_two);
    const int power = plain ? 0 : words == RateWords::basis_points ? -4 : -2;
    for (TableCell& c : row.cells) {
      if (doubtful && c.unit != UnitKind::pure && c.doubt.empty()) c.doubt = "it may be told in per cent or as a fraction of one: no sign stands with it, and it is below one", c.doubt_of = DoubtOf::unit;
      make_number(c, power);
    }
  }
}

}  // namespace factpress::tables
