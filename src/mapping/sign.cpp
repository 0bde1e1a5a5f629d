#include "mapping/sign.h"

#include "base/text.h"

namespace factpress::mapping {
namespace {

bool starts(std::string_view name, std::string_view with) { return name.substr(0, with.size()) == with; }
bool contains(std::string_view name, std::string_view what) { return name.find(what) != std::string_view::npos; }

/// Net income begins the operating cash flows: a credit that adds to them.
bool is_net_income(std::string_view name) {
  return name == "NetIncomeLoss" || name == "ProfitLoss" || starts(name, "IncomeLossFrom") || starts(name, "NetIncomeLoss");
}

/// Concepts whose positive value means income, so that a printed loss without brackets is their negative.
bool is_income_or_loss(std::string_view name) {
  return contains(name, "IncomeLoss") || contains(name, "ProfitLoss") || starts(name, "EarningsPerShare") || contains(name, "GainLoss") ||
         contains(name, "LossPerShare") || name == "GrossProfit" || name == "StockholdersEquity" ||
         name == "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest" || name == "RetainedEarningsAccumulatedDeficit" ||
         contains(name, "ComprehensiveIncomeNetOfTax") || contains(name, "AccumulatedOtherComprehensiveIncome");
}

/// How the printed value would enter its total by the concepts alone: +1 or -1; 0 where the balances do not tell.
int natural_weight(TableKind kind, const Signed& item, const Signed& parent) {
  if (kind == TableKind::cashflow && is_net_income(item.name)) return 1;
  const Balance total = parent.balance == Balance::none && starts(parent.name, "NetCashProvidedByUsedIn") ? Balance::debit : parent.balance;
  if (item.balance == Balance::none || total == Balance::none) return 0;
  return item.balance == total ? 1 : -1;
}

/// Whether the way a row enters its total says anything of its sign. Figures printed without brackets are what they say, except
/// in cash flows, where a change of working capital is printed by its effect on cash: equity = assets - liabilities and
/// EBITDA = income + interest add up across the sides of an account without any figure being negative.
bool footing_tells_sign(TableKind kind, const Row& r) {
  if (kind == TableKind::cashflow) return true;
  return kind == TableKind::income ? r.signs != Signs::positive : r.signs == Signs::negative;
}

bool in_cash_part(Zone zone) {
  return zone == Zone::operating || zone == Zone::operating_changes || zone == Zone::investing || zone == Zone::financing;
}

}  // namespace

bool is_negated(TableKind kind, const ReadRow& row, const Signed& item, const Signed* parent, bool costs_in_brackets) {
  const Row& r = *row.row;
  if (parent != nullptr && r.weight != 0 && footing_tells_sign(kind, r))
    if (const int natural = natural_weight(kind, item, *parent); natural != 0) return natural != (r.weight < 0 ? -1 : 1);
  if (kind == TableKind::cashflow && in_cash_part(row.zone)) {
    if (item.balance == Balance::credit && !is_net_income(item.name)) return true;
    if (item.balance != Balance::none) return false;
  }
  if (row.words.says_loss_only && is_income_or_loss(item.name)) return r.signs == Signs::positive;
  if (kind == TableKind::income && costs_in_brackets && item.balance == Balance::debit) return r.signs == Signs::negative;
  return false;
}

bool prints_costs_in_brackets(const std::vector<ReadRow>& rows, const std::vector<Signed>& items) {
  int negative = 0, positive = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (items[i].balance != Balance::debit || (rows[i].zone != Zone::expense && rows[i].zone != Zone::revenue && rows[i].zone != Zone::before_totals)) continue;
    negative += rows[i].row->signs == Signs::negative;
    positive += rows[i].row->signs == Signs::positive;
  }
  return negative > positive;
}

}  // namespace factpress::mapping
