#include "tables/counted.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "tables/label_words.h"

namespace factpress::tables {

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

/// The label without its notes in brackets, "total" before it and the day behind it: "store count" of "Store count at end of period (2)".
std::string_view thing_of(std::string_view t) {
  t = trim(t.substr(0, t.find('(')));
  for (const std::string_view when : {" at end", " at the end", " at period", " at year", " at quarter", " at beginning", " at the beginning", ", end", ", beginning", " - end", " end of", " beginning of", " as of"})
    if (const std::size_t at = t.find(when); at != std::string_view::npos) t = trim(t.substr(0, at));
  for (const std::string_view lead : {"total ", "average ", "ending ", "beginning ", "net new "})
    if (t.starts_with(lead)) t = t.substr(lead.size());
  return t;
}

}  // namespace

bool names_things_outright(std::string_view t) {
  constexpr std::size_t longest = 60;
  static constexpr Phrases kStems{"lots", "homesites", "policies", "advisors", "representatives", "offices", "systems", "procedures", "units", "home", "closings", "orders", "weeks", "members", "accounts", "count", "deliveries", "number of"};
  if (t.size() > longest || !has_any(t, kStems) || has(t, "$") || has(t, "per ")) return false;  // first what most labels fail by
  if (has(t, "(units)") || has(t, "(in units)") || has(t, "(number of") || has(t, "(homes)") || has(t, "(lots)") || has(t, "(count)")) return !has(t, "common unit");
  t = thing_of(t);
  static constexpr std::array<std::string_view, 34> kThings = {"lots controlled", "lots owned", "lots owned and controlled", "lots owned or controlled", "homesites controlled", "policies in force", "financial advisors", "registered representatives", "branch offices", "systems shipped", "systems placed", "systems installed",
      "systems placed under lease", "procedures", "procedures performed", "units", "lots", "homes closed", "homes delivered", "home closings", "homes in backlog", "units in backlog", "backlog units", "closings", "new home deliveries", "orders opened", "orders closed", "open orders",
      "operating weeks", "store weeks", "paid members", "members", "active accounts", "funded accounts"};
  for (const std::string_view end : {" count", " orders opened", " orders closed", " operating weeks"})
    if (t.ends_with(end)) return true;
  return std::find(kThings.begin(), kThings.end(), t) != kThings.end();
}

bool may_be_deposits(std::string_view t) {
  if (!has(t, "accounts")) return false;
  t = thing_of(t);
  return t == "customer accounts" || t == "client accounts";
}

bool names_a_count(std::string_view t) {
  if (names_things_outright(t)) return true;
  if (t.ends_with("(in years)") || t.ends_with("(years)")) return true;  // how long customer relationships last
  if (counts_by_amount(t) || t == "clients" || t == "total clients" || t == "active clients") return true;
  // parts of words, and whole words where others hold them ("Boeing", "restores", "bathrooms")
  static constexpr Phrases kParts{"(years)", "(in years)", "(months)", "(in months)", "months to roll", "months to maturity", "months to reset", "kilowatt", "kwh", "megawatt", "(bcf", "(mcf", "mbbl", "mmcf", "bbl/d", "mboe", "kboe", "koebd", "boepd", "mbpd", "bpd)", "tbtu", "bbtu", "apartment homes", "apartment units", "workdays", "tonnage", "shipments", "length of haul", "headcount", "inventory turn",
      "number of", "no. of", "square feet", "square footage", "route miles", "days of supply", " days (", "(mw)", "(gw)", "days sales", "units sold", "business days", "working days", "mmbtu"};
  static constexpr std::array<std::string_view, 38> kWords = {"bbls", "mcfe", "mmcfe", "bcfe", "boepd", "bopd", "closures", "enrollments", "enrollment", "students", "communities", "membership", "pounds", "employees", "stores", "customers", "subscribers", "branches", "barrels", "boe", "mcf", "bbl", "gallons", "tons", "tonnes", "rooms",
      "occupancy", "rigs", "vessels", "locations", "memberships", "users", "restaurants", "ounces", "passengers", "gwh", "mwh", "boe/d"};
  // of transport, whatever they are called by ("Revenue passenger miles")
  static constexpr Phrases kTraffic{"passenger miles", "passenger kilometers", "passenger kilometres", "seat miles", "seat kilometers", "seat kilometres", "ton miles", "revenue passengers", "passengers carried",
      "block hours", "flight departures", "departures flown", "aircraft at end", "aircraft in service", "aircraft in fleet", "operating aircraft", "car loads", "carloads"};
  static constexpr Phrases kMoney{"cost", "expense", "yield", "fare", "price", " per ", "(per ", "rent", "$"};
  if (has_any(t, kTraffic) && !has_any(t, kMoney)) return true;
  if (has(t, "rate (per ")) return true;  // "Accident rate (per million train miles)"
  const bool named = has_any(t, kParts) || t.ends_with(" days") || std::any_of(kWords.begin(), kWords.end(), [&](std::string_view w) { return has_word(t, w); });
  if (named && names_unit_price(t) && !has(t, "per day")) return false;  // "General and administrative (per Boe)"
  return named && !has(t, "$") && !has(t, "revenue") && !has(t, "sales,") && !has(t, "sales to ") && !has(t, " to customers") && !has(t, " from customers") && !has(t, "deposits") && !has(t, "payable") && !has(t, "receivable") && !has(t, "relationships") &&
         !has_word(t, "fee") && !has_word(t, "fees") && !has(t, " income") && !has(t, " dues");
}

bool heads_counts(std::string_view t) {
  static constexpr std::array<std::string_view, 20> kHeads = {"dwt", "built", "year built", "teu", "homes", "units", "lots", "closings", "deliveries", "orders", "number", "count", "vehicles", "contracts", "policies", "loans closed", "no.", "#", "communities",
      "headcount"};
  if (const std::size_t open = t.find('('); open != std::string_view::npos && open > 0) t = t.substr(0, open);
  while (!t.empty() && is_space(t.back())) t.remove_suffix(1);
  if (t.ends_with(" units") || t.ends_with(" units k") || t.ends_with(" units m")) return !has(t, "common") && !has(t, "partner") && !has(t, "stock") && !has(t, "restricted") && !has(t, "share") && !has(t, "preferred");
  if (t == "accounts" || t == "cards" || t == "customers" || t == "subscribers" || t == "members" || t == "employees" || t == "stores") return true;
  // of builders of homes
  static constexpr std::array<std::string_view, 12> kHomes = {"new contracts", "homes delivered", "new orders", "net orders", "net new orders", "net new home orders", "homes closed", "home closings", "new home deliveries", "homes in backlog",
      "backlog units", "units in backlog"};
  return std::find(kHeads.begin(), kHeads.end(), t) != kHeads.end() || std::find(kHomes.begin(), kHomes.end(), t) != kHomes.end();
}

bool names_many(std::string_view t) {
  static constexpr std::array<std::string_view, 20> kWords = {"policies", "subscribers", "subscriptions", "subscriber", "connections", "customers", "customer", "net additions", "net adds", "access lines", "members", "memberships", "users",
      "households", "homes passed", "passengers", "accounts", "units", "barrels", "tons"};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view w) { return has_word(t, w); }) && !has(t, "revenue") && !has(t, "sales") && !has(t, "payable") && !has(t, "receivable") &&
         !has(t, "income") && !has(t, "expense") && !has(t, "deposits") && !has(t, "equity") && !has(t, "capital") && !has(t, "cash") && !has(t, "liabilit") && !has(t, "deferred");
}

bool names_subscribers(std::string_view t) {
  static constexpr Phrases kWords{"subscribers", "memberships", "membership additions", "net additions", "net adds", "connections", "active users", "active accounts", "members"};
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

bool names_places(std::string_view t) {
  static constexpr std::array<std::string_view, 9> kPlaces = {"stores", "restaurants", "branches", "locations", "clubs", "theatres", "theaters", "dealerships", "hotels"};
  static constexpr Phrases kKept{" opened", " closed", " open at", " at end", " at the end", " at beginning", " end of", " beginning of", " in operation", " operated at", " at period end", " at year end"};
  if (istarts_with(t, "total ")) t.remove_prefix(6);
  const std::string_view first = t.substr(0, t.find(' '));
  return std::find(kPlaces.begin(), kPlaces.end(), first) != kPlaces.end() && has_any(t, kKept);
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

bool heads_places(std::string_view t) {
  constexpr std::size_t longest = 40;
  static constexpr std::array<std::string_view, 10> kPlaces = {"restaurants", "restaurant", "stores", "store", "units", "clubs", "hotels", "branches", "locations", "dealerships"};
  static constexpr Phrases kOthers{"common", "partner", "preferred", "restricted", "award", "outstanding", "vest", "stock", "share", "performance", "business", "operating units", "level"};
  while (t.ends_with(':')) t.remove_suffix(1);
  return t.size() < longest && !speaks_of_money(t) && !has_any(t, kOthers) && std::any_of(kPlaces.begin(), kPlaces.end(), [&](std::string_view w) { return has_word(t, w); });
}

bool names_a_number_kept(std::string_view t) {
  if (names_a_movement(t)) return !speaks_of_money(t);
  for (const std::string_view lead : {"open at", "beginning of", "end of", "at beginning", "at end", "beginning", "ending", "in operation", "total", "company-owned", "franchise"})
    if (t.starts_with(lead)) return !speaks_of_money(t) && !has(t, "balance");
  return false;
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
  static constexpr Phrases kWords{"per customer", "per subscriber", "per user", "per passenger", "per night", "per vehicle", "per mile", "per order", "per visit", "per tonne", "per bushel", "average ticket", "average check", "average selling price", "average revenue per", "arpu", "arpa", "average transaction", "($/", "$/mcf", "$/bbl", "$/boe", "$/gal", "$/mmbtu", "$/oz", "$/lb", "$/ton", "per mcf", "per bbl", "per barrel", "per boe", "per mmbtu",
      "per mmcf", "per gallon", "per ton", "per pound", "per lb", "per kwh", "per mwh", "per square foot", "per available room", "per occupied room", "average price", "index price",
      "average realized price", "realized price", "average daily rate", "per hundredweight", "average sales price", "average home price", "room rate", "revpar", "per room", "per home", "per day", "per vessel", "per rig", "daily charter", "average daily results",
      "time charter equivalent", "day rate", "dayrate", "per ounce", "per oz", "per employee", "per store", "per restaurant", "per account", "per member", "per admission", "per transaction"};
  static constexpr Phrases kOfADay{"expense", "cost", "rate", "charter", "revenue", "earnings"};  // "Daily operating expenses" of a vessel
  return has_any(t, kWords) || is_told_per_one(t) || (istarts_with(t, "daily ") && has_any(t, kOfADay));
}

bool is_beyond_a_price(const Decimal& printed, int scale) { return printed.abs().shifted(scale) >= Decimal(10'000'000); }

bool speaks_of_money(std::string_view t) {
  static constexpr Phrases kMoney{"$", "revenue", "sales", "income", "profit", "earnings", "loss", "expense", "cost", "tax", "ebitda", "margin", "price", "assets", "payable", "receivable", "cash", "equity", "value", "fee", "royalt",
      "per "};
  return has_any(t, kMoney);
}

bool names_a_quantity(std::string_view t) {
  static constexpr Phrases kVolumes{"package volume", "daily volume", "shipment volume", "sales volume", "production volume", "delivery volume"};
  if (has_any(t, kVolumes)) return !has(t, "$") && !has(t, "dollar") && !has(t, "trading");
  static constexpr std::array<std::string_view, 31> kUnits = {"mcfe", "mmcfe", "bcfe", "mbpd", "bpd", "tbtu", "bbtu", "ounces", "barrels", "boe", "mboe", "mmboe", "bbl", "bbls", "mbbl", "mbbls", "mmbbl", "mcf", "mmcf", "bcf", "gallons", "tons", "tonnes", "pounds", "lbs", "mw", "gw",
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

}  // namespace factpress::tables
