#include <algorithm>
#include <array>

#include "render/view.h"

namespace factpress::render {
namespace {

struct Wanted {
  std::string_view kind;
  std::string_view statement;
  std::array<std::string_view, 6> names;  ///< standard concepts, the best first
};

constexpr Wanted wanted[] = {
    {"revenue", "income", {"Revenues", "RevenueFromContractWithCustomerExcludingAssessedTax", "SalesRevenueNet", "Revenue",
                           "RevenueFromContractWithCustomerIncludingAssessedTax", "InterestAndDividendIncomeOperating"}},
    {"gross-profit", "income", {"GrossProfit"}},
    {"operating-income", "income", {"OperatingIncomeLoss", "ProfitLossFromOperatingActivities"}},
    {"net-income", "income", {"NetIncomeLoss", "ProfitLoss", "NetIncomeLossAvailableToCommonStockholdersBasic"}},
    {"per-share", "income", {"EarningsPerShareDiluted", "EarningsPerShareBasicAndDiluted", "EarningsPerShareBasic",
                             "DilutedEarningsLossPerShare", "BasicEarningsLossPerShare"}},
    {"cash", "balance", {"CashAndCashEquivalentsAtCarryingValue", "CashAndDueFromBanks", "CashAndCashEquivalents"}},
    {"assets", "balance", {"Assets"}},
};

/// The standard name of a row's concept, in either profile.
std::string_view standard_name(const StatementRowView& row) {
  return row.concept_view->equivalent_name.empty() ? row.concept_view->name : row.concept_view->equivalent_name;
}

bool has_current(const StatementView& s, const StatementRowView& row) {
  const auto i = static_cast<std::size_t>(std::max(s.current, 0));
  return row.concept_view && i < row.cells.size() && row.cells[i].fact && row.cells[i].fact->numeric &&
         row.cells[i].fact->context->dimensions.empty();
}

HeadlineView headline(std::string_view kind, const StatementView& s, const StatementRowView& row) {
  HeadlineView h;
  h.kind = kind;
  h.label = row.label.empty() ? row.concept_view->label : row.label;
  h.statement = &s;
  h.row = &row;
  h.fact = row.cells[static_cast<std::size_t>(std::max(s.current, 0))].fact;
  h.standard = !row.concept_view->own || !row.concept_view->equivalent_name.empty();
  if (s.prior >= 0 && static_cast<std::size_t>(s.prior) < row.cells.size()) {
    h.prior = row.cells[static_cast<std::size_t>(s.prior)].fact;
    const ColumnView& column = s.columns[static_cast<std::size_t>(s.prior)];
    h.prior_heading = column.has_period ? column.period.words : column.heading;
  }
  h.change = row.change;
  return h;
}

void find_standard(const Wanted& w, const std::vector<StatementView>& statements, std::vector<HeadlineView>& out) {
  for (const std::string_view name : w.names) {
    if (name.empty()) return;
    for (const StatementView& s : statements) {
      if (s.kind != w.statement) continue;
      for (const StatementRowView& row : s.rows) {
        if (!has_current(s, row) || standard_name(row) != name) continue;
        out.push_back(headline(w.kind, s, row));
        return;
      }
    }
  }
}

}  // namespace

std::vector<HeadlineView> view_headlines(const std::vector<StatementView>& statements) {
  std::vector<HeadlineView> out;
  for (const Wanted& w : wanted) find_standard(w, statements, out);
  // The company's own measures: what a reconciliation leads to.
  for (const StatementView& s : statements) {
    if (s.kind != "reconciliation") continue;
    for (const StatementRowView& row : s.rows) {
      if (!row.total || !has_current(s, row) || !row.concept_view->own || !row.concept_view->equivalent_name.empty()) continue;
      const bool listed = std::any_of(out.begin(), out.end(), [&](const HeadlineView& h) { return h.row->concept_view == row.concept_view; });
      if (listed) continue;
      out.push_back(headline("measure", s, row));
      out.back().standard = false;
      out.back().reconciles_to = s.slug;
    }
  }
  return out;
}

}  // namespace factpress::render
