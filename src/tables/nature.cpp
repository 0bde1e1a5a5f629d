#include "tables/nature.h"

#include <algorithm>
#include <array>
#include <bit>

#include <fmt/format.h>

#include "base/phrases.h"
#include "base/text.h"

namespace factpress::tables {

namespace {

bool has(std::string_view text, std::string_view what) { return text.find(what) != std::string_view::npos; }

template <std::size_t N>
bool has_any(std::string_view text, const Phrases<N>& phrases) {
  return phrases.in(text);
}

/// `word` as a whole word.
bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_alnum(text[at - 1])) && (end == text.size() || !is_alnum(text[end]))) return true;
  }
  return false;
}

}  // namespace

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
  static constexpr Phrases kWords{"per share", "per common share", "per common stock", "per ordinary stock", "per diluted share", "per basic share", "per ordinary share",
      "per unit", "per common unit", "per limited partner unit", "per ads", "per american depositary", "/share", "a share", "per diluted common share",
      "per-share", "per diluted", "closing price", "stock price", "share price"};
  if (has_any(t, kWords) || has_word(t, "eps")) return !names_share_count(t);
  return has(t, "per ") && has(t, " share") && t.find("per ") < t.rfind(" share") && t.rfind(" share") - t.find("per ") < 40 && !names_share_count(t);
}

bool names_share_count(std::string_view t) {
  if (t.ends_with("(in shares)")) return true;
  if (has(t, "share information")) return true;  // "Supplemental share information", as a heading
  if (has(t, "balance") && !has(t, "outstanding") && !has(t, "number")) return false;
  if ((has(t, "stock price") || has(t, "share price") || has(t, "market price")) && !has(t, "number of")) return false;  // "Average stock price used to calculate common stock equivalents"
  if (has(t, "number of shares") && !has(t, "price") && !has(t, "except") && !has(t, "par value") && !has(t, "authorized")) return true;
  if (has(t, "par value") || has(t, "authorized") || has(t, "issued") || has(t, "repurchase") || has(t, "treasury") || has(t, "proceeds")) return false;
  static constexpr Phrases kThings{"shares", "common stock equivalents", "units outstanding", "number of common", "share count", "average units"};
  if (!has_any(t, kThings)) return has(t, "weighted average") && (has(t, "share") || has(t, "outstanding") || has(t, "units") || has(t, "participating securities")) && !has(t, "per share") && !has(t, "rate");
  static constexpr Phrases kSigns{"weighted", "average", "outstanding", "used in", "used to", "number of", "used for", "shares for",
      "shares -", "diluted shares", "basic shares", "equivalents", "share count", "dilutive", "incremental shares"};
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

namespace {

/// "Customers with ARR over $100K", "Number of clients > $1 million": whom an amount tells apart.
bool counts_by_amount(std::string_view t) {
  static constexpr std::array<std::string_view, 10> kWho = {"customers", "clients", "subscribers", "users", "merchants", "accounts", "sellers", "members", "households", "advisors"};
  static constexpr Phrases kBy{" with ", " over ", "greater", "more than", "exceeding", ">", "\u2265", "contribut", "spending", "generating", "above", "at least", "in excess"};
  const std::size_t sign = t.find('$');
  if (sign == std::string_view::npos) return false;
  const std::string_view before = t.substr(0, sign);
  return std::any_of(kWho.begin(), kWho.end(), [&](std::string_view w) { return has_word(before, w); }) && kBy.in(before) && !has(before, "from ") && !has(before, "per ") && !has(before, "revenue of") && !has(before, "cost");
}

}  // namespace

bool names_a_count(std::string_view t) {
  if (counts_by_amount(t) || t == "clients" || t == "total clients" || t == "active clients") return true;
  // parts of words, and whole words where others hold them ("Boeing", "restores", "bathrooms")
  static constexpr Phrases kParts{"(years)", "(in years)", "(months)", "(in months)", "months to roll", "months to maturity", "months to reset", "kilowatt", "kwh", "megawatt", "(bcf", "(mcf", "mbbl", "mmcf", "bbl/d", "mboe", "kboe", "koebd", "boepd", "mbpd", "bpd)", "tbtu", "bbtu", "apartment homes", "apartment units", "workdays", "tonnage", "shipments", "length of haul", "headcount", "inventory turn",
      "number of", "no. of", "square feet", "route miles", "days of supply", " days (", "(mw)", "(gw)", "days sales", "units sold", "business days", "working days", "mmbtu"};
  static constexpr std::array<std::string_view, 31> kWords = {"enrollments", "enrollment", "students", "communities", "membership", "pounds", "employees", "stores", "customers", "subscribers", "branches", "barrels", "boe", "mcf", "bbl", "gallons", "tons", "tonnes", "rooms",
      "occupancy", "rigs", "vessels", "locations", "memberships", "users", "restaurants", "ounces", "passengers", "gwh", "mwh", "boe/d"};
  // of transport, whatever they are called by ("Revenue passenger miles")
  static constexpr Phrases kTraffic{"passenger miles", "passenger kilometers", "passenger kilometres", "seat miles", "seat kilometers", "seat kilometres", "ton miles", "revenue passengers", "passengers carried",
      "block hours", "flight departures", "departures flown", "aircraft at end", "aircraft in service", "aircraft in fleet", "operating aircraft", "car loads", "carloads"};
  static constexpr Phrases kMoney{"cost", "expense", "yield", "fare", "price", " per ", "(per ", "rent", "$"};
  if (has_any(t, kTraffic) && !has_any(t, kMoney)) return true;
  if (has(t, "rate (per ")) return true;  // "Accident rate (per million train miles)"
  const bool named = has_any(t, kParts) || t.ends_with(" days") || std::any_of(kWords.begin(), kWords.end(), [&](std::string_view w) { return has_word(t, w); });
  if (named && names_unit_price(t) && !has(t, "per day")) return false;  // "General and administrative (per Boe)"
  return named && !has(t, "$") && !has(t, "revenue") && !has(t, "sales,") && !has(t, "deposits") && !has(t, "payable") && !has(t, "receivable") && !has(t, "relationships") &&
         !has_word(t, "fee") && !has_word(t, "fees") && !has(t, " income") && !has(t, " dues");
}

bool heads_counts(std::string_view t) {
  static constexpr std::array<std::string_view, 16> kHeads = {"homes", "units", "lots", "closings", "deliveries", "orders", "number", "count", "vehicles", "contracts", "policies", "loans closed", "no.", "#", "communities",
      "headcount"};
  if (const std::size_t open = t.find('('); open != std::string_view::npos && open > 0) t = t.substr(0, open);
  while (!t.empty() && is_space(t.back())) t.remove_suffix(1);
  if (t == "accounts" || t == "cards" || t == "customers" || t == "subscribers" || t == "members" || t == "employees" || t == "stores") return true;
  return std::find(kHeads.begin(), kHeads.end(), t) != kHeads.end();
}

bool names_many(std::string_view t) {
  static constexpr std::array<std::string_view, 20> kWords = {"policies", "subscribers", "subscriptions", "subscriber", "connections", "customers", "customer", "net additions", "net adds", "access lines", "members", "memberships", "users",
      "households", "homes passed", "passengers", "accounts", "units", "barrels", "tons"};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view w) { return has_word(t, w); }) && !has(t, "revenue") && !has(t, "sales") && !has(t, "payable") && !has(t, "receivable") &&
         !has(t, "income") && !has(t, "expense") && !has(t, "deposits") && !has(t, "equity") && !has(t, "capital") && !has(t, "cash") && !has(t, "liabilit") && !has(t, "deferred");
}

bool names_subscribers(std::string_view t) {
  static constexpr Phrases kWords{"subscribers", "memberships", "membership additions", "net additions", "net adds", "connections", "active users", "active accounts"};
  return (names_many(t) || names_a_count(t)) && has_any(t, kWords) && !has(t, "per ");
}

bool names_days(std::string_view t) {
  return t.substr(0, 5) == "days " || t.ends_with(" days") || has(t, "days sales outstanding") || has(t, "days payable") || has(t, "days in inventory") || has(t, "days inventory") || has(t, "days of inventory") || has(t, "(days)") ||
         has(t, "cash conversion cycle") || has_word(t, "dso");
}

bool names_a_number_of(std::string_view t) {
  if (has(t, "shares") || has(t, "units") || has(t, "expense") || has(t, "cost") || has(t, "compensation")) return false;
  return has(t, "number of") || has_word(t, "headcount") || has(t, "square feet") || has(t, "square footage") || t.substr(0, 9) == "employees" || has(t, "full-time employees") ||
         has(t, "full-time equivalent") || has(t, "full time equivalent");
}

bool names_a_movement(std::string_view t) {
  static constexpr std::array<std::string_view, 21> kFirst = {"opened", "openings", "opening", "closed", "closings", "closures", "new", "acquired", "acquisitions", "sold", "added", "additions", "removed", "removals",
      "relocated", "relocations", "converted", "conversions", "franchised", "terminated", "refranchised"};
  if (t.size() > 48) return false;
  while (!t.empty() && !is_alpha(t.front())) t.remove_prefix(1);
  std::size_t end = 0;
  while (end < t.size() && is_alpha(t[end])) ++end;
  return std::find(kFirst.begin(), kFirst.end(), t.substr(0, end)) != kFirst.end();
}

bool is_about_money(std::string_view title, const std::vector<std::string>& sections) {
  static constexpr Phrases kMoney{"revenue", "sales", "income", "profit", "earnings", "expense", "ebitda"};
  static constexpr Phrases kOther{"count", "number", "statistic", "metric", "operating data", "highlights", "comparable", "selected", "and customers", "kilowatt"};
  const std::string_view about = sections.empty() || !(has_any(sections.back(), kMoney) || has_any(sections.back(), kOther)) ? title : std::string_view(sections.back());
  return has_any(about, kMoney) && !has_any(about, kOther);
}

bool is_told_per_one(std::string_view t) {
  static constexpr std::array<std::string_view, 32> kOthers = {"share", "shares", "common", "diluted", "basic", "ordinary", "limited", "unit", "units", "ads", "adss", "american", "class", "weighted", "annum", "year", "quarter", "month",
      "week", "cent", "gaap", "non-gaap", "note", "the", "agreement", "outstanding", "average", "fully", "equity", "partnership", "depositary", "adjusted"};
  static constexpr Phrases kAmounts{"revenue", "cost", "price", "expense", "margin", "profit", "rent", "spend", "sales", "income", "ebitda", "$", "fee", "yield", "rate"};
  for (std::size_t at = t.find("per "); at != std::string_view::npos; at = t.find("per ", at + 1)) {
    if (at > 0 && is_alnum(t[at - 1])) continue;
    std::size_t end = at + 4;
    while (end < t.size() && (is_alpha(t[end]) || t[end] == '-')) ++end;
    const std::string_view word = t.substr(at + 4, end - at - 4);
    if (!word.empty() && std::find(kOthers.begin(), kOthers.end(), word) == kOthers.end() && has_any(t, kAmounts)) return true;
  }
  return false;
}

bool names_unit_price(std::string_view t) {
  static constexpr Phrases kWords{"per customer", "per subscriber", "per user", "per passenger", "per night", "per vehicle", "per mile", "per order", "per visit", "per tonne", "per bushel", "average ticket", "average check", "average selling price", "average revenue per", "arpu", "average transaction", "($/", "$/mcf", "$/bbl", "$/boe", "$/gal", "$/mmbtu", "$/oz", "$/lb", "$/ton", "per mcf", "per bbl", "per barrel", "per boe", "per mmbtu",
      "per mmcf", "per gallon", "per ton", "per pound", "per lb", "per kwh", "per mwh", "per square foot", "per available room", "per occupied room", "average price", "index price",
      "average realized price", "realized price", "average daily rate", "per hundredweight", "average sales price", "average home price", "room rate", "revpar", "per room", "per home", "per day", "per vessel", "per rig",
      "time charter equivalent", "day rate", "dayrate", "per ounce", "per oz", "per employee", "per store", "per restaurant", "per account", "per member", "per admission", "per transaction"};
  static constexpr Phrases kOfADay{"expense", "cost", "rate", "charter", "revenue", "earnings"};  // "Daily operating expenses" of a vessel
  return has_any(t, kWords) || is_told_per_one(t) || (istarts_with(t, "daily ") && has_any(t, kOfADay));
}

bool is_beyond_a_price(const Decimal& printed, int scale) { return printed.abs().shifted(scale) >= Decimal(10'000'000); }

bool names_phrase(std::string_view text, std::string_view phrase) {
  for (std::size_t at = text.find(phrase); at != std::string_view::npos; at = text.find(phrase, at + 1)) {
    std::size_t end = at + phrase.size();
    if (end < text.size() && text[end] == 's') ++end;
    if ((at == 0 || !is_alnum(text[at - 1])) && (end == text.size() || !is_alnum(text[end]))) return true;
  }
  return false;
}

bool speaks_of_money(std::string_view t) {
  static constexpr Phrases kMoney{"$", "revenue", "sales", "income", "profit", "earnings", "loss", "expense", "cost", "tax", "ebitda", "margin", "price", "assets", "payable", "receivable", "cash", "equity", "value", "fee", "royalt",
      "per "};
  return has_any(t, kMoney);
}

bool names_a_quantity(std::string_view t) {
  static constexpr Phrases kVolumes{"package volume", "daily volume", "shipment volume", "sales volume", "production volume", "delivery volume"};
  if (has_any(t, kVolumes)) return !has(t, "$") && !has(t, "dollar") && !has(t, "trading");
  static constexpr std::array<std::string_view, 28> kUnits = {"mbpd", "bpd", "tbtu", "bbtu", "ounces", "barrels", "boe", "mboe", "mmboe", "bbl", "bbls", "mbbl", "mbbls", "mmbbl", "mcf", "mmcf", "bcf", "gallons", "tons", "tonnes", "pounds", "lbs", "mw", "gw",
      "mwh", "gwh", "twh", "kwh"};
  return std::any_of(kUnits.begin(), kUnits.end(), [&](std::string_view w) { return has_word(t, w); }) && !speaks_of_money(t);
}

bool names_units_sold(std::string_view t) {
  static constexpr Phrases kWords{"vehicle sales", "unit sales", "units sold", "sales volume", "unit volume", "wholesale units", "retail units", "deliveries", "shipments", "production volume"};
  return has_any(t, kWords) && !has(t, "revenue") && !has(t, "$") && !has(t, "price");
}

bool names_things(std::string_view t) {
  static constexpr std::array<std::string_view, 17> kWords = {"trades", "orders", "trips", "rides", "nights", "visits", "admissions", "shipments", "deliveries", "downloads", "hosts", "sellers", "buyers", "drivers", "riders", "consumers", "transactions"};
  return (names_many(t) || std::any_of(kWords.begin(), kWords.end(), [&](std::string_view w) { return has_word(t, w); })) && !speaks_of_money(t);
}

bool names_statistics(std::string_view t) {
  static constexpr Phrases kWords{"statistic", "operating data", "operating metrics", "operational summary", "operational data", "operational metrics", "operational performance", "fleet data", "store data", "store count", "store information",
      "subscriber", "production data", "production summary"};
  return t.size() < 100 && has_any(t, kWords);
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
  static constexpr Phrases kWords{"trailing twelve month", "trailing 12 month", "trailing-twelve-month", "trailing 12-month", "last twelve months", "last 12 months", "trailing four quarter", "last four quarters", "rolling twelve month",
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
