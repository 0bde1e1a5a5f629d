#include "tables/currency.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace factpress::tables {

namespace {

struct Name {
  std::string_view text, code;
};

/// The longer of two that begin alike comes first. Lower case.
constexpr std::array<Name, 61> kNames = {{{"u.s.$", "USD"}, {"u.s. $", "USD"}, {"us$", "USD"}, {"us $", "USD"}, {"usd", "USD"}, {"u.s. dollars", "USD"}, {"us dollars", "USD"}, {"dollars", ""}, {"dollar value", ""}, {"$ value", ""}, {"hk$", "HKD"},
    {"hkd", "HKD"}, {"nt$", "TWD"}, {"ntd", "TWD"}, {"twd", "TWD"}, {"cdn$", "CAD"}, {"ca$", "CAD"}, {"cad$", "CAD"}, {"c$", "CAD"}, {"cad", "CAD"}, {"canadian dollars", "CAD"},
    {"au$", "AUD"}, {"a$", "AUD"}, {"aud", "AUD"}, {"nz$", "NZD"}, {"nzd", "NZD"}, {"s$", "SGD"}, {"sgd", "SGD"}, {"r$", "BRL"}, {"brl", "BRL"}, {"mxn", "MXN"}, {"ps.", "MXN"},
    {"renminbi", "CNY"}, {"rmb", "CNY"}, {"cny", "CNY"}, {"\u20ac", "EUR"}, {"eur", "EUR"}, {"euros", "EUR"}, {"euro", "EUR"}, {"\u00a3", "GBP"}, {"gbp", "GBP"}, {"sterling", "GBP"},
    {"\u00a5", "JPY"}, {"jpy", "JPY"}, {"yen", "JPY"}, {"chf", "CHF"}, {"sek", "SEK"}, {"nok", "NOK"}, {"dkk", "DKK"}, {"pln", "PLN"}, {"zar", "ZAR"}, {"ils", "ILS"}, {"nis", "ILS"},
    {"\u20aa", "ILS"}, {"inr", "INR"}, {"\u20b9", "INR"}, {"krw", "KRW"}, {"\u20a9", "KRW"}, {"thb", "THB"}, {"idr", "IDR"}, {"$", ""}}};

struct Scale {
  std::string_view text;
  int power;
};
constexpr std::array<Scale, 27> kScales = {{{"'000", 3}, {"\u2019000", 3}, {"\u2018000", 3}, {"000s", 3}, {"000's", 3}, {"000", 3}, {"'000s", 3}, {"\u2019000s", 3}, {"k", 3}, {"thousand", 3}, {"thousands", 3},
    {"m", 6}, {"mm", 6}, {"mn", 6}, {"mil", 6}, {"mln", 6}, {"mio", 6}, {"million", 6}, {"millions", 6}, {"000,000", 6}, {"bn", 9}, {"b", 9}, {"billion", 9}, {"billions", 9}, {"crore", 7},
    {"crores", 7}, {"lakh", 5}}};

std::string_view without_brackets(std::string_view t) {
  t = trim(t);
  while (t.size() >= 2 && (t.front() == '(' || t.front() == '[') && (t.back() == ')' || t.back() == ']')) t = trim(t.substr(1, t.size() - 2));
  return t;
}

std::string_view without_lead(std::string_view t, std::string_view lead) { return t.substr(0, lead.size()) == lead ? trim(t.substr(lead.size())) : t; }

std::optional<int> scale_of(std::string_view t) {
  for (const Scale& s : kScales)
    if (t == s.text) return s.power;
  return std::nullopt;
}

}  // namespace

std::optional<CurrencyHead> read_currency_head(std::string_view text) {
  constexpr std::size_t longest = 40;
  if (text.empty() || text.size() > longest) return std::nullopt;
  const std::string lowered = lower(without_brackets(text));
  std::string_view t = without_lead(without_lead(lowered, "expressed "), "in ");
  if (t == "pence" || trim(text) == "p" || t == "cents" || t == "us cents") return CurrencyHead{t.front() == 'p' ? "GBP" : t.front() == 'u' ? "USD" : "", std::nullopt, true};
  for (const Scale& s : kScales) {  // "millions of RMB"
    if (s.text.size() <= 3 || t.substr(0, s.text.size()) != s.text || t.substr(s.text.size(), 4) != " of ") continue;
    const std::string_view rest = trim(t.substr(s.text.size() + 4));
    for (const Name& n : kNames)
      if (!n.code.empty() && rest == n.text) return CurrencyHead{std::string(n.code), s.power, false};
  }
  for (const Name& n : kNames) {
    if (t.substr(0, n.text.size()) != n.text) continue;
    const std::string_view rest = without_lead(without_brackets(without_lead(trim(t.substr(n.text.size())), ",")), "in ");
    if (rest.empty()) return n.code.empty() ? std::nullopt : std::optional(CurrencyHead{std::string(n.code), std::nullopt, false});
    if (const auto power = scale_of(rest)) return CurrencyHead{std::string(n.code), power, false};
  }
  return std::nullopt;
}

CurrencySign currency_sign(std::string_view t) {
  struct Sign {
    std::string_view text, code;
  };
  static constexpr std::array<Sign, 34> kSigns = {{{"US$", "USD"}, {"U.S.$", "USD"}, {"U.S. $", "USD"}, {"USD", "USD"}, {"C$", "CAD"}, {"CA$", "CAD"},
      {"Cdn$", "CAD"}, {"CAD$", "CAD"}, {"CAD", "CAD"}, {"CDN$", "CAD"}, {"A$", "AUD"}, {"AU$", "AUD"}, {"HK$", "HKD"}, {"NT$", "TWD"}, {"S$", "SGD"},
      {"R$", "BRL"}, {"\u20AC", "EUR"}, {"EUR", "EUR"}, {"\u00A3", "GBP"}, {"GBP", "GBP"}, {"\u00A5", "JPY"}, {"RMB", "CNY"}, {"CHF", "CHF"}, {"CNY", "CNY"}, {"HKD", "HKD"}, {"SEK", "SEK"}, {"NOK", "NOK"}, {"DKK", "DKK"}, {"JPY", "JPY"}, {"SGD", "SGD"}, {"AUD", "AUD"},
      {"NZD", "NZD"}, {"\u20B9", "INR"}, {"$", ""}}};
  if (t.empty()) return {};
  for (const Sign& sign : kSigns)
    if (t[0] == sign.text[0] && t.substr(0, sign.text.size()) == sign.text) return {sign.text.size(), sign.code};
  return {};
}

bool is_currency_code(std::string_view unit) { return unit.size() == 3 && std::all_of(unit.begin(), unit.end(), is_upper); }

std::string_view read_currency_code(std::string_view text) {
  static constexpr std::array<Name, 24> kCodes = {{{"eur", "EUR"}, {"gbp", "GBP"}, {"cad", "CAD"}, {"aud", "AUD"}, {"nzd", "NZD"}, {"nok", "NOK"}, {"sek", "SEK"}, {"dkk", "DKK"}, {"chf", "CHF"}, {"jpy", "JPY"}, {"cny", "CNY"}, {"rmb", "CNY"},
      {"inr", "INR"}, {"brl", "BRL"}, {"mxn", "MXN"}, {"zar", "ZAR"}, {"ils", "ILS"}, {"nis", "ILS"}, {"krw", "KRW"}, {"hkd", "HKD"}, {"sgd", "SGD"}, {"pln", "PLN"}, {"twd", "TWD"}, {"usd", "USD"}}};
  static constexpr std::array<std::string_view, 6> kScaleWords = {"in thousand", "in million", "in billion", "million", "thousand", "billion"};
  const std::string lowered = lower(text);
  text = lowered;
  const auto follows_one_of = [](std::string_view before, const auto& leads) { return std::any_of(leads.begin(), leads.end(), [&](std::string_view w) { return before.ends_with(w); }); };
  static constexpr std::array<std::string_view, 5> kLeads = {"thousands of ", "millions of ", "billions of ", "expressed in ", "amounts in "};
  for (const Name& n : kCodes)
    for (std::size_t at = text.find(n.text); at != std::string_view::npos; at = text.find(n.text, at + 1)) {
      const std::string_view before = text.substr(0, at), after = trim(text.substr(at + n.text.size()));
      if ((at > 0 && is_alnum(before.back())) || (at + n.text.size() < text.size() && is_alnum(text[at + n.text.size()]))) continue;
      const bool scaled = std::any_of(kScaleWords.begin(), kScaleWords.end(), [&](std::string_view w) { return istarts_with(after, w); });
      const bool amount = !trim(before).empty() && is_digit(trim(before).back());  // "1.2 EUR million"
      const bool ends = after.empty() || !is_alnum(after.front()) || istarts_with(after, "except") || istarts_with(after, "unless");
      if ((scaled && !amount) || (ends && follows_one_of(before, kLeads))) return n.code;
    }
  return {};
}

std::string_view read_currency(std::string_view text) {
  struct Name {
    std::string_view words, code;
  };
  static constexpr std::array<Name, 18> kNames = {{{"canadian dollar", "CAD"}, {"u.s. dollar", "USD"}, {"us dollar", "USD"}, {"u.s.$", "USD"}, {"us$", "USD"},
      {"australian dollar", "AUD"}, {"euros", "EUR"}, {" euro", "EUR"}, {"\u20AC", "EUR"}, {"\u00A3", "GBP"}, {"pounds sterling", "GBP"}, {"sterling", "GBP"},
      {"japanese yen", "JPY"}, {"renminbi", "CNY"}, {"rmb", "CNY"}, {"swiss franc", "CHF"}, {"c$", "CAD"}, {"cdn$", "CAD"}}};
  const std::string lowered = lower(text);
  for (const Name& n : kNames)
    if (const std::size_t at = lowered.find(n.words); at != std::string::npos && (at == 0 || !is_alnum(lowered[at - 1]) || n.words[0] == ' ')) {
      std::string_view behind = std::string_view(lowered).substr(at + n.words.size());
      if (behind.starts_with('s')) behind.remove_prefix(1);
      if (behind.empty() || !is_alpha(behind.front()) || !is_alpha(n.words.back())) return n.code;  // "euro" is no part of "Europe"
    }
  return read_currency_code(lowered);
}

bool names_hundredths(std::string_view label) {
  for (std::string_view unit : {"pence", "cents"}) {
    for (std::size_t at = label.find(unit); at != std::string_view::npos; at = label.find(unit, at + 1)) {
      const std::string_view before = label.substr(0, at), after = label.substr(at + unit.size());
      const bool bracket = before.ends_with("(") || before.ends_with("in ") || before.ends_with("us ") || before.ends_with(", ") || before.ends_with("- ") || before.ends_with("\u2013 ");
      if (bracket && (after.empty() || after[0] == ')' || after[0] == ',' || after[0] == ' ')) return true;
    }
  }
  return label.ends_with("(p)") || label.ends_with("(\u00a2)");
}

}  // namespace factpress::tables
