#include "tables/nature.h"

#include <algorithm>
#include <array>
#include <bit>

#include <fmt/format.h>

#include "base/text.h"
#include "tables/label_words.h"

namespace factpress::tables {

std::optional<Decimal> amount_told_per_share(std::string_view t) {
  const auto digits_at = [&](std::size_t from, std::size_t end) -> std::optional<Decimal> {
    std::string digits;
    for (std::size_t i = from; i < end; ++i)
      if (t[i] != ',') digits += t[i];
    if (!digits.empty() && digits.front() == '.') digits.insert(0, "0");
    return Decimal::parse(digits);
  };
  const auto is_part = [&](std::size_t i) { return is_digit(t[i]) || t[i] == '.' || t[i] == ','; };
  for (std::size_t at = t.find("per "); at != std::string_view::npos; at = t.find("per ", at + 4)) {
    const std::string_view after = t.substr(at + 4, 40);
    const std::size_t share = after.find("share");
    if (share == std::string_view::npos) continue;
    std::size_t end = at;  // "$1.52 per share"
    while (end > 0 && t[end - 1] == ' ') --end;
    std::size_t begin = end;
    while (begin > 0 && is_part(begin - 1)) --begin;
    if (begin < end && begin > 0 && (t[begin - 1] == '$' || t.substr(0, begin).find_last_of("0123456789") != begin - 1)) {
      std::size_t stop = end;
      while (stop > begin && !is_digit(t[stop - 1])) --stop;
      if (const auto value = stop > begin ? digits_at(begin, stop) : std::nullopt) return value;
    }
    std::size_t next = at + 4 + share + 5;  // "per share: $0.82", "per share amounts: $3.05 in 2024"
    if (t.substr(next, 7) == " amount") next += t.substr(next + 7, 1) == "s" ? 8 : 7;
    while (next < t.size() && (t[next] == ' ' || t[next] == ':' || t[next] == ',' || t[next] == '-')) ++next;
    if (next >= t.size() || t[next] != '$') continue;
    begin = ++next;
    while (next < t.size() && is_part(next)) ++next;
    while (next > begin && !is_digit(t[next - 1])) --next;
    if (const auto value = next > begin ? digits_at(begin, next) : std::nullopt) return value;
  }
  return std::nullopt;
}

bool names_per_share(std::string_view t) {
  if (t == "market price" || t == "market price:" || t.starts_with("market price (") || has(t, "per weighted average share") || has(t, "per weighted average common share")) return true;
  static constexpr Phrases kWords{"per share", "per common share", "per common stock", "per ordinary stock", "per diluted share", "per basic share", "per ordinary share",
      "per unit", "per common unit", "per limited partner unit", "per ads", "per american depositary", "/share", "a share", "per diluted common share",
      "per-share", "per diluted", "closing price", "stock price", "share price", "exercise price", "grant-date fair value", "grant date fair value"};
  if (has_any(t, kWords) || has_word(t, "eps") || t.ends_with("(cps)")) return !names_share_count(t);
  return has(t, "per ") && has(t, " share") && t.find("per ") < t.rfind(" share") && t.rfind(" share") - t.find("per ") < 40 && !names_share_count(t);
}

bool names_share_count(std::string_view t) {
  if (t.ends_with("(in shares)")) return true;
  if (has(t, "per weighted average")) return false;  // "FFO per weighted average share (diluted)"
  if (has(t, "shares issued and outstanding") && !has(t, "no shares") && !has(t, "par value") && !has(t, "authorized") && !has_digit(t)) return true;
  if (has(t, "at cost")) return false;  // "Shares held in trust, at cost"
  if (has(t, "share information")) return true;  // "Supplemental share information", as a heading
  if (has(t, "balance") && !has(t, "outstanding") && !has(t, "number")) return false;
  if ((has(t, "stock price") || has(t, "share price") || has(t, "market price")) && !has(t, "number of")) return false;  // "Average stock price used to calculate common stock equivalents"
  if (has(t, "number of shares") && !has(t, "price") && !has(t, "except") && !has(t, "par value") && !has(t, "authorized")) return true;
  if (has(t, "par value") || has(t, "authorized") || has(t, "issued") || has(t, "repurchase") || has(t, "treasury") || has(t, "proceeds")) return false;
  static constexpr Phrases kThings{"shares", "common stock equivalents", "units outstanding", "number of common", "share count", "average units"};
  if (!has_any(t, kThings)) return has(t, "weighted average") && (has(t, "share") || has(t, "outstanding") || has(t, "units") || has(t, "participating securities")) && !has(t, "per share") && !has(t, "rate");
  static constexpr Phrases kSigns{"weighted", "average", "outstanding", "used in", "used to", "number of", "used for", "shares for",
      "shares -", "shares at period", "shares at end of", "shares at year", "shares at quarter", "diluted shares", "basic shares", "equivalents", "share count", "dilutive", "incremental shares"};
  if (has_any(t, kSigns)) return true;
  return t == "shares" || t == "common shares" || t == "shares:" || t.substr(0, 7) == "shares " ? !has(t, "withheld") : false;
}

bool is_basic_or_diluted(std::string_view t) {
  while (!t.empty() && !is_alpha(t.front())) t.remove_prefix(t.substr(0, 3) == "\u2013" || t.substr(0, 3) == "\u2014" ? 3 : 1);
  while (!t.empty() && !is_alpha(t.back())) t.remove_suffix(1);
  static constexpr std::array<std::string_view, 8> kWords = {"basic", "diluted", "basic and diluted", "assuming dilution", "basic & diluted", "fully diluted",
      "assuming no dilution", "diluted and basic"};
  return std::find(kWords.begin(), kWords.end(), t) != kWords.end();
}

bool names_holdings(std::string_view t) {
  for (std::string_view debt : {"total debt", "net debt", "consolidated debt", "total consolidated debt", "debt outstanding", "total liquidity", "available liquidity"})
    if (istarts_with(t, debt)) return !has(t, "ebitda") && !has(t, "/") && !has(t, " to ") && !has(t, "ratio") && !has(t, "change") && !has(t, "expense");
  if (istarts_with(t, "total ")) t.remove_prefix(6);
  if (t == "cash") return true;
  if (!istarts_with(t, "cash and ") && !istarts_with(t, "cash, ") && !istarts_with(t, "cash & ")) return false;
  static constexpr Phrases kKinds{"equivalents", "investments", "securities", "deposits", "due from", "short-term"};
  static constexpr Phrases kFlows{"paid", "received", "provided", "used", "change", "increase", "decrease", "acquired", "effect", "flow", "dividend", "interest on"};
  return has_any(t, kKinds) && !has_any(t, kFlows);
}

bool names_trailing_year(std::string_view t) {
  static constexpr Phrases kWords{"trailing twelve month", "trailing 12 month", "trailing-twelve-month", "trailing 12-month", "last twelve months", "last 12 months", "trailing four quarter", "trailing four-quarter", "trailing 4 quarter", "trailing 4-quarter", "four-quarter trailing", "four quarter trailing", "last four quarters", "last 4 quarters", "rolling twelve month",
      "rolling 12 month"};
  return has_any(t, kWords) || has_word(t, "ttm") || has_word(t, "ltm");
}

bool names_rate(std::string_view t) {
  static constexpr Phrases kWords{"return on", "margin", "yield", "rate", "efficiency", "ratio", "percent", "%", "capital to"};
  return has_any(t, kWords) && !has(t, "moderate") && !has(t, "operat") && !has(t, "corporate");
}

bool names_balance(std::string_view label, std::string_view heading) {
  static constexpr Phrases kFlows{"average", "income", "expense", "return on", "yield", "margin", "charge-off", "charge off", "provision", "net interest", "earnings",
      "revenue", "change in", "paid", "efficiency", "weighted", "amortization", "per diluted"};
  static constexpr Phrases kBalances{"total assets", "total loans", "total deposits", "total liabilities", "deposits", "borrowings", "shareholders' equity",
      "stockholders' equity", "shareholders\u2019 equity", "stockholders\u2019 equity", "common equity", "book value", "shares outstanding", "allowance for", "tier 1", "to assets", "nonperforming",
      "non-performing", "tangible assets", "risk-based", "goodwill", "at period end", "end of period", "debentures"};
  static constexpr Phrases kHeadings{"period-end", "period end", "balance sheet", "financial condition", "end of period", "asset quality", "capital ratio", "credit quality"};
  if (has_any(label, kFlows) || has(heading, "average")) return false;
  static constexpr std::array<std::string_view, 12> kWhole = {"loans", "loans, net", "net loans", "gross loans", "securities", "investment securities", "equity", "total equity", "assets", "cash", "inventories", "full-time equivalent employees"};
  if (std::find(kWhole.begin(), kWhole.end(), label) != kWhole.end()) return true;
  return has_any(label, kBalances) || has_any(heading, kHeadings);
}

Timing row_timing(std::string_view label, std::string_view context) {
  static constexpr Phrases kOpening{"beginning of", "at beginning", "beginning balance", "start of the", "balance at beginning",
      "opening balance", "beginning of year", "at the beginning"};
  static constexpr Phrases kClosing{"end of period", "end of year", "end of the", "at end", "ending balance", "end of quarter",
      "closing balance", "at the end", "at period end", "at year end", "(period-end)", "(period end)", "at period-end", "at quarter end", "at quarter-end", "at month end", "(end of "};
  const bool beginning = has_any(label, kOpening) || has(label, ", beginning") || has(label, "- beginning");
  const bool end = has_any(label, kClosing) || has(label, ", end") || has(label, "- end");
  if (beginning && !end) return Timing::opening;
  if (end && !beginning) return Timing::closing;
  static constexpr Phrases kBalances{"book value", "closing price", "market capitalization", "to-assets", "to assets", "to-deposits", "capital ratio", "tier 1", "shares outstanding at",
      "remaining performance obligation", "recurring revenue at", "leverage ratio", "total risk-based", "/total assets", "/net loans", "reserves/loans", "equity/assets", "loans/deposits"};
  static constexpr Phrases kFlows{"return on", "average", "yield", "margin", "efficiency", "net interest", "charge-off", "charge off", "provision", "turnover"};
  if (has_any(label, kBalances) && !has(label, "average") && !has(label, "return on")) return Timing::instant;
  if (has_any(label, kFlows)) return Timing::duration;
  // A table of balances ("Non-performing assets", "Loans by type") under a header of quarters.
  static constexpr Phrases kBalanceTables{"non-performing assets", "nonperforming assets", "non-performing loans", "loan portfolio", "nonaccrual"};
  if (has_any(context, kBalanceTables) && !has(context, "average")) return Timing::instant;
  return Timing::unknown;
}

bool tell_flows(const std::vector<std::string>& labels) {
  static constexpr Phrases kFlows{"net sales", "revenue", "net income", "net earnings", "net loss", "operating income", "gross profit", "cost of", "expense", "ebitda", "net cash"};
  static constexpr Phrases kBalances{"assets", "receivable", "inventor", "payable", "debt", "loans", "deposits", "equity", "liabilit", "backlog", "cash and cash equivalents",
      "prepaid", "accrued", "deferred"};
  bool flows = false;
  for (const std::string& label : labels) {
    const std::string l = lower(label);
    if (has_any(l, kBalances)) return false;
    flows = flows || has_any(l, kFlows);
  }
  return flows;
}

bool tell_balances(const std::vector<std::string>& labels) {
  static constexpr Phrases kBalances{"assets", "receivable", "inventor", "payable", "debt", "loans", "deposits", "equity", "liabilit", "backlog", "securities", "goodwill", "notes due", "cash and cash",
      "prepaid", "accrued", "deferred", "balance", "outstanding", "land", "buildings", "equipment", "finished goods", "raw materials", "unrecognized"};
  const bool any = std::any_of(labels.begin(), labels.end(), [](const std::string& l) { return has_any(lower(l), kBalances); });
  return any && !tell_flows(labels);
}

bool tell_balances_alone(const std::vector<std::string>& labels) {
  const auto is_note = [](const std::string& l) { return l.empty() || l.front() == '('; };
  return !std::all_of(labels.begin(), labels.end(), is_note) && std::all_of(labels.begin(), labels.end(), [&](const std::string& l) { return is_note(l) || names_balance(lower(l), ""); });
}

StatementKind classify(std::string_view title, const std::vector<std::string>& labels, std::string& reason) {
  const std::string t = lower(title);
  const auto told = [&](StatementKind kind, std::string_view word) {
    reason = fmt::format("the title says \"{}\"", word);
    return kind;
  };
  for (std::string_view w : {"reconcil", "non-gaap", "ebitda", "funds from operations", "free cash flow"})
    if (has(t, w)) return told(StatementKind::reconciliation, w);
  for (std::string_view w : {"cash flow"})
    if (has(t, w)) return told(StatementKind::cashflow, w);
  static constexpr Phrases kExcerpts{"statistics", "highlights", "summary", "selected", "key ", "metrics", "average", "ratios", "snapshot", "guidance"};
  // What assets and debts were on average over a period, with their interest: no balance sheet.
  if (has(t, "average") && (has(t, "balance") || has(t, "yield") || has(t, "rate"))) return told(StatementKind::other, "average");
  // "BALANCE SHEET | 4Q21 | Full Year 2021" over "Average total loans", "Average total deposits": no balances of a day either.
  const auto averages = std::count_if(labels.begin(), labels.end(), [](const std::string& l) { return istarts_with(trim(l), "average "); });
  const bool balances_told = std::any_of(labels.begin(), labels.end(), [](const std::string& l) { return istarts_with(trim(l), "total assets") || istarts_with(trim(l), "total liabilities"); });
  if (averages >= 2 && !balances_told && has(t, "balance sheet")) return told(StatementKind::other, "balance sheet, of averages");
  const bool excerpt = has_any(t, kExcerpts);  // not the statement itself: its rows decide
  for (std::string_view w : {"balance sheet", "financial condition", "financial position", "assets and liabilities", "statements of condition", "statement of condition"})
    if (has(t, w) && !excerpt && !has(t, "discussion and analysis")) {
      const auto row = [&](std::string_view what) { return std::any_of(labels.begin(), labels.end(), [&](const std::string& l) { return icontains(l, what); }); };
      if (row("operating activities") && row("investing activities")) return told(StatementKind::cashflow, "activities of cash in its rows, though");
      return told(StatementKind::balance, w);
    }
  if (has(t, "segment")) return told(StatementKind::segment, "segment");  // "Segment income statements"
  // "Statements of Shareholders' Equity and Comprehensive Income": what is named first
  for (std::string_view w : {"stockholders", "shareholders", "shareowners", "changes in equity", "members", "partners"})
    if (const std::size_t at = t.find(w), equity = t.find("equity", at); has(t, "statement") && !excerpt && at < t.find("income") && at < t.find("operations") && at < t.find("earnings") &&
        at < t.find("loss") && equity != std::string_view::npos)
      return told(StatementKind::equity, "equity");
  for (std::string_view w : {"statements of operations", "statement of operations", "statements of income", "statement of income", "statements of earnings",
                             "statement of earnings", "income statement", "consolidated income", "comprehensive income", "comprehensive loss", "statements of net income", "profit and loss",
                             "statements of consolidated income", "statement of consolidated income", "results of operations", "statement of consolidated results",
                             "statements of consolidated operations", "statements of consolidated earnings", "earnings statement"})
    if (has(t, w)) return told(StatementKind::income, w);
  for (std::string_view w : {"segment", "by geograph", "by region", "disaggregat", "revenue by", "revenues by", "sales by"})
    if (has(t, w)) return told(StatementKind::segment, w);
  for (std::string_view w : {"changes in stockholders", "changes in shareholders", "changes in equity", "statements of equity", "statement of equity", "statements of stockholders", "statements of shareholders"})
    if (has(t, w)) return told(StatementKind::equity, w);
  for (std::string_view w : {"stockholders\u2019 equity", "shareholders\u2019 equity", "stockholders' equity", "shareholders' equity", "shareowners\u2019 equity", "shareowners' equity", "holders\u2019 investment",
                             "holders' investment", "and equity", "in equity", "deficit"})
    if (has(t, "statement") && has(t, w) && !excerpt) return told(StatementKind::equity, w);
  static constexpr std::array<std::string_view, 4> kActivities = {"operating activities", "investing activities", "financing activities", " in cash"};
  unsigned seen = 0;  // of them
  std::size_t balances = 0;
  bool assets = false, liabilities = false, revenue = false, reconciliation = false, net = false, expense = false;
  for (const std::string& label : labels) {
    const std::string l = lower(label);
    assets = assets || has(l, "total assets");
    liabilities = liabilities || has(l, "total liabilities") || has(l, "liabilities and");
    for (std::size_t i = 0; i < kActivities.size(); ++i)
      if (has(l, kActivities[i])) seen |= 1U << i;
    revenue = revenue || has(l, "revenue") || has(l, "net sales") || has(l, "interest income") || l.substr(0, 5) == "sales";
    expense = expense || has(l, "expense") || has(l, "cost of");
    reconciliation = reconciliation || has(l, "reconcil") || (has(l, "adjusted") && (has(l, "ebitda") || has(l, "net income") || has(l, "earnings per")));
    balances += l.substr(0, 7) == "balance" ? 1 : 0;
    net = net || l.substr(0, 10) == "net income" || l.substr(0, 8) == "net loss" || l.substr(0, 12) == "net earnings" || l.substr(0, 12) == "net (loss) i";
  }
  const int activities = std::popcount(seen);
  const auto by_rows = [&](StatementKind kind, std::string_view what) {
    reason = fmt::format("no title; its rows hold {}", what);
    return kind;
  };
  if (assets && liabilities) return by_rows(StatementKind::balance, "total assets and liabilities");
  if (activities >= 2 && labels.size() > 5 && !excerpt) return by_rows(StatementKind::cashflow, "net cash of activities");
  if (balances >= 2 && net && !revenue && (!expense || balances >= 3 || istarts_with(labels.front(), "balance"))) return by_rows(StatementKind::equity, "balances and the net income between them");
  if (revenue && net && expense && labels.size() > 6) return by_rows(StatementKind::income, "revenue, expenses and net income");
  if (reconciliation) return by_rows(StatementKind::reconciliation, "an adjusted measure");
  reason = "neither title nor rows tell a statement";
  return StatementKind::other;
}

}  // namespace factpress::tables
