#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/wording.h"
#include "render/view.h"

namespace factpress::render {
namespace {

struct Wanted {
  std::string_view kind;
  std::string_view statement;
  std::array<std::string_view, 6> names;  ///< standard concepts, the best first
  std::array<std::string_view, 4> words;  ///< one of these a sentence's item is called by: no table stands by its concept
};

constexpr Wanted wanted[] = {
    {"revenue", "income", {"Revenues", "RevenueFromContractWithCustomerExcludingAssessedTax", "SalesRevenueNet", "Revenue",
                           "RevenueFromContractWithCustomerIncludingAssessedTax", "InterestAndDividendIncomeOperating"}, {"revenue", "sales", "income"}},
    {"gross-profit", "income", {"GrossProfit"}, {"profit", "margin"}},
    {"operating-income", "income", {"OperatingIncomeLoss", "ProfitLossFromOperatingActivities"}, {"operating", "operations"}},
    {"net-income", "income", {"NetIncomeLoss", "ProfitLoss", "NetIncomeLossAvailableToCommonStockholdersBasic"}, {"income", "earnings", "profit", "loss"}},
    {"per-share", "income", {"EarningsPerShareDiluted", "EarningsPerShareBasicAndDiluted", "EarningsPerShareBasic",
                             "DilutedEarningsLossPerShare", "BasicEarningsLossPerShare"}, {"share", "eps"}},
    {"cash", "balance", {"CashAndCashEquivalentsAtCarryingValue", "CashAndDueFromBanks", "CashAndCashEquivalents"}, {"cash"}},
    {"assets", "balance", {"Assets"}, {"assets"}},
};

/// The standard name of a row's concept, in either profile.
std::string_view standard_name(const StatementRowView& row) {
  return row.concept_view->equivalent_name.empty() ? row.concept_view->name : row.concept_view->equivalent_name;
}

/// The row's number of the current period, for the whole company; null where it has none.
const FactView* current_fact(const StatementView& s, const StatementRowView& row) {
  const auto i = static_cast<std::size_t>(std::max(s.current, 0));
  if (!row.concept_view || i >= row.cells.size()) return nullptr;
  const FactView* const fact = row.cells[i].fact;
  return fact && fact->numeric && fact->context->dimensions.empty() ? fact : nullptr;
}

/// Marks of footnotes at the end: "Profit 1", "Revenue (2)", "Net sales*", a colon; the dash of a list before it: "- Diluted".
std::string_view without_marks(std::string_view label) {
  for (const std::string_view dash : {"- ", "\xE2\x80\x93 ", "\xE2\x80\x94 ", "\xE2\x80\xA2 "})
    if (trim(label).starts_with(dash)) label = trim(label).substr(dash.size());
  for (bool more = true; more;) {
    more = false;
    label = trim(label);
    const std::size_t n = label.size();
    if (n > 4 && (label.back() == '*' || label.back() == ':')) label.remove_suffix(1), more = true;
    else if (n > 5 && is_digit(label[n - 1]) && label[n - 2] == ' ' && !is_digit(label[n - 3])) label.remove_suffix(2), more = true;
    else if (n > 6 && label[n - 1] == ')' && label[n - 3] == '(' && is_alnum(label[n - 2])) label.remove_suffix(3), more = true;
  }
  return label;
}

std::string label_of(std::string_view kind, std::string_view label, const FactView& fact) {
  std::string out = without_shouting(without_marks(label), Capitals::sentence);
  const bool says_share = icontains(out, "share") || icontains(out, "eps") || icontains(out, "unit");
  if (kind == "per-share" && !says_share) out += fact.value.is_negative() ? " loss per share" : " earnings per share";
  if (kind == "measure" && !says_share && fact.unit && fact.unit->kind == "perShare") out += ", per share";
  return out;
}

/// Three digits or so of a large amount, never more than were printed; small ones as they are.
std::string_view short_words(const FactView& f, Arena& arena) {
  if (!f.unit || f.unit->kind != "monetary" || f.value.magnitude() < 6) return f.words;
  constexpr std::pair<int, std::string_view> words[] = {{12, "trillion"}, {9, "billion"}, {6, "million"}};
  for (const auto& [power, word] : words) {
    const int above = f.value.magnitude() - power;
    if (above < 0) continue;
    int places = above >= 1 ? 1 : 2;
    if (f.source->decimals) places = std::clamp(*f.source->decimals + power, 0, places);
    const std::string digits = grouped(f.value.shifted(-power).rounded(places, Rounding::half_away), places);
    if (f.unit->symbol.empty()) return arena.keep(fmt::format("{} {} {}", f.unit->text.substr(0, f.unit->text.find('/')), digits, word));
    return arena.keep(fmt::format("{}{} {}", f.unit->symbol, digits, word));
  }
  return f.words;
}

HeadlineView headline(std::string_view kind, const StatementView& s, const StatementRowView& row, Arena& arena) {
  HeadlineView h;
  h.kind = kind;
  h.statement = &s;
  h.row = &row;
  h.fact = current_fact(s, row);
  h.label = arena.keep(label_of(kind, row.label.empty() ? row.concept_view->label : row.label, *h.fact));
  h.text = short_words(*h.fact, arena);
  h.standard = !row.concept_view->own || !row.concept_view->equivalent_name.empty();
  if (s.prior >= 0 && static_cast<std::size_t>(s.prior) < row.cells.size()) {
    h.prior = row.cells[static_cast<std::size_t>(s.prior)].fact;
    const ColumnView& column = s.columns[static_cast<std::size_t>(s.prior)];
    h.prior_heading = column.has_period ? column.period.words : column.heading;
    if (h.prior) h.prior_text = short_words(*h.prior, arena);
  }
  h.change = row.change;
  return h;
}

bool is_called(const Wanted& w, std::string_view label) {
  return std::any_of(w.words.begin(), w.words.end(), [&](std::string_view word) { return !word.empty() && icontains(label, word); });
}

/// Amounts for all but the amount a share: a sentence may call that "net income", too.
bool has_unit_of(const Wanted& w, const FactView& fact) {
  return fact.unit && (fact.unit->kind == "monetary") == (w.kind != "per-share");
}

/// In the statement of its kind; in what the text states where the release has no such table.
void find_standard(const Wanted& w, const std::vector<StatementView>& statements, std::vector<HeadlineView>& out, Arena& arena) {
  const bool tabled = std::any_of(statements.begin(), statements.end(), [&](const StatementView& s) { return s.kind == w.statement && s.tabular; });
  const std::string_view statement = tabled ? w.statement : "prose";
  for (const std::string_view name : w.names) {
    if (name.empty()) return;
    for (const StatementView& s : statements) {
      if (s.kind != statement || (!tabled && s.current < 0)) continue;
      for (const StatementRowView& row : s.rows) {
        const FactView* const fact = current_fact(s, row);
        if (!fact || standard_name(row) != name || !has_unit_of(w, *fact)) continue;
        if (!tabled && !is_called(w, row.label)) continue;
        out.push_back(headline(w.kind, s, row, arena));
        return;
      }
    }
  }
}

bool says_measure(std::string_view label) {
  if (icontains(label, "adjustments") || icontains(label, "impact") || icontains(label, "items") || icontains(label, "numerator") || icontains(label, "denominator")) return false;
  for (const std::string_view word : {"adjusted", "non-gaap", "ebit", "free cash flow", "funds from operations", "ffo", "core ", "tangible", "pre-provision",
                                      "distributable", "organic", "underlying", "normalized", "pro forma"})
    if (icontains(label, word)) return true;
  return false;
}

/// What the reconciliation of a measure begins with: the first number of its proof, and of that one's where it is a measure too.
const TermView* beginning_of(const FactView* fact, const ProofsView& proofs) {
  const TermView* begin = nullptr;
  for (int depth = 0; depth < 4; ++depth) {
    if (fact->check < 0 || static_cast<std::size_t>(fact->check) >= proofs.checks.size()) return begin;
    const CheckView& check = proofs.checks[static_cast<std::size_t>(fact->check)];
    if (check.verdict != "proved" || check.result.fact != fact || check.terms.size() < 2) return begin;
    if (!check.terms[0].fact || check.terms[0].weight < 0 || check.terms[0].fact->context != fact->context) return begin;
    begin = &check.terms[0];
    fact = begin->fact;
    if (!says_measure(begin->label)) return begin;
  }
  return begin;
}

/// The company's own measures: what a proved reconciliation leads to from a number that is none.
void find_measures(const std::vector<StatementView>& statements, const ProofsView& proofs, std::vector<HeadlineView>& out, Arena& arena) {
  std::vector<HeadlineView> found;
  for (const StatementView& s : statements) {
    if (s.kind != "reconciliation") continue;
    for (const StatementRowView& row : s.rows) {
      const FactView* const fact = current_fact(s, row);
      if (!row.total || !fact || fact->unit->kind == "shares" || !row.concept_view->own || !row.concept_view->equivalent_name.empty() || !says_measure(row.label)) continue;
      if (std::any_of(found.begin(), found.end(), [&](const HeadlineView& h) { return h.fact->value == fact->value && h.fact->context == fact->context; })) continue;
      const TermView* begin = beginning_of(fact, proofs);
      if (!begin || says_measure(begin->label) || begin->label.empty()) continue;
      found.push_back(headline("measure", s, row, arena));
      HeadlineView& h = found.back();
      h.standard = false;
      h.reconciles_to = s.slug;
      h.sibling = begin->fact;
      h.sibling_label = arena.keep(label_of("measure", begin->label, *begin->fact));
      h.sibling_text = short_words(*begin->fact, arena);
    }
  }
  std::stable_partition(found.begin(), found.end(), [](const HeadlineView& h) {
    return std::any_of(h.fact->occurrences.begin(), h.fact->occurrences.end(), [](const OccurrenceView& o) { return !o.in_table; });
  });
  if (found.size() > 4) found.resize(4);
  out.insert(out.end(), found.begin(), found.end());
}

/// A lender's first line: net interest income, where the income statement calls a row so. False where none does.
bool find_net_interest(const std::vector<StatementView>& statements, std::vector<HeadlineView>& out, Arena& arena) {
  for (const StatementView& s : statements) {
    if (s.kind != "income") continue;
    for (const StatementRowView& row : s.rows) {
      if (!current_fact(s, row) || standard_name(row) != "InterestIncomeExpenseNet" || !icontains(row.label, "net interest income")) continue;
      out.push_back(headline("revenue", s, row, arena));
      return true;
    }
  }
  return false;
}

}  // namespace

std::vector<HeadlineView> view_headlines(const std::vector<StatementView>& statements, const ProofsView& proofs, Arena& arena) {
  std::vector<HeadlineView> out;
  const bool lender = find_net_interest(statements, out, arena);
  for (const Wanted& w : wanted)
    if (!lender || w.kind != "revenue") find_standard(w, statements, out, arena);
  find_measures(statements, proofs, out, arena);
  return out;
}

}  // namespace factpress::render
