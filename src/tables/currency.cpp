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
constexpr std::array<Name, 82> kNames = {{{"u.s.$", "USD"}, {"u.s. $", "USD"}, {"us$", "USD"}, {"us $", "USD"}, {"usd", "USD"}, {"u.s. dollars", "USD"}, {"us dollars", "USD"}, {"dollars", ""}, {"dollar value", ""}, {"$ value", ""}, {"hk$", "HKD"},
    {"hkd", "HKD"}, {"nt$", "TWD"}, {"ntd", "TWD"}, {"twd", "TWD"}, {"cdn$", "CAD"}, {"ca$", "CAD"}, {"cad$", "CAD"}, {"c$", "CAD"}, {"cad", "CAD"}, {"canadian dollars", "CAD"},
    {"au$", "AUD"}, {"a$", "AUD"}, {"aud", "AUD"}, {"nz$", "NZD"}, {"nzd", "NZD"}, {"s$", "SGD"}, {"sgd", "SGD"}, {"r$", "BRL"}, {"brl", "BRL"}, {"mxn", "MXN"}, {"ps.", "MXN"},
    {"renminbi", "CNY"}, {"rmb", "CNY"}, {"cny", "CNY"}, {"\u20ac", "EUR"}, {"eur", "EUR"}, {"euros", "EUR"}, {"euro", "EUR"}, {"\u00a3", "GBP"}, {"gbp", "GBP"}, {"sterling", "GBP"},
    {"\u00a5", "JPY"}, {"jpy", "JPY"}, {"yen", "JPY"}, {"chf", "CHF"}, {"sek", "SEK"}, {"nok", "NOK"}, {"dkk", "DKK"}, {"pln", "PLN"}, {"zar", "ZAR"}, {"ils", "ILS"}, {"nis", "ILS"},
    {"\u20aa", "ILS"}, {"inr", "INR"}, {"\u20b9", "INR"}, {"krw", "KRW"}, {"\u20a9", "KRW"}, {"thb", "THB"}, {"idr", "IDR"},
    {"hong kong dollars", "HKD"}, {"australian dollars", "AUD"}, {"new zealand dollars", "NZD"}, {"singapore dollars", "SGD"}, {"new taiwan dollars", "TWD"}, {"mexican pesos", "MXN"}, {"brazilian reais", "BRL"}, {"reais", "BRL"}, {"swedish kronor", "SEK"},
    {"norwegian kroner", "NOK"}, {"danish kroner", "DKK"}, {"swiss francs", "CHF"}, {"japanese yen", "JPY"}, {"indian rupees", "INR"}, {"russian rubles", "RUB"}, {"russian roubles", "RUB"}, {"south african rand", "ZAR"}, {"korean won", "KRW"},
    {"pounds sterling", "GBP"}, {"rub", "RUB"}, {"rs.", "INR"}, {"$", ""}}};

/// As above, of which so little is printed that only a scale behind it makes a currency of it: "Rs crore", "RM'000".
constexpr std::array<Name, 2> kShortNames = {{{"rs", "INR"}, {"rm", "MYR"}}};

struct Scale {
  std::string_view text;
  int power;
};
constexpr std::array<Scale, 29> kScales = {{{"'000", 3}, {"\u2019000", 3}, {"\u2018000", 3}, {"000s", 3}, {"000's", 3}, {"000", 3}, {"'000s", 3}, {"\u2019000s", 3}, {"k", 3}, {"thousand", 3}, {"thousands", 3},
    {"m", 6}, {"mm", 6}, {"mn", 6}, {"mil", 6}, {"mln", 6}, {"mio", 6}, {"million", 6}, {"millions", 6}, {"000,000", 6}, {"bn", 9}, {"b", 9}, {"billion", 9}, {"billions", 9}, {"crore", 7},
    {"crores", 7}, {"cr", 7}, {"lakh", 5}, {"lakhs", 5}}};

std::string_view trim_brackets(std::string_view t) {
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

/// Hundredths of a currency; "cts" and "cents" of the one that is known otherwise.
constexpr std::array<Name, 14> kHundredths = {{{"pence", "GBP"}, {"cents", ""}, {"cts", ""}, {"us cents", "USD"}, {"us\u00a2", "USD"}, {"hk cents", "HKD"}, {"hk cent", "HKD"}, {"\u20ac cents", "EUR"}, {"\u20ac cts", "EUR"}, {"euro cents", "EUR"},
    {"eur cents", "EUR"}, {"a cents", "AUD"}, {"australian cents", "AUD"}, {"canadian cents", "CAD"}}};

/// "MSEK", "TEUR": millions and thousands before the code.
std::optional<CurrencyHead> read_code_behind_scale(std::string_view text) {
  if (text.size() != 4 || !std::all_of(text.begin(), text.end(), is_upper)) return std::nullopt;
  const int power = text[0] == 'M' ? 6 : text[0] == 'T' || text[0] == 'K' ? 3 : 0;
  const auto named = std::find_if(kNames.begin(), kNames.end(), [&](const Name& n) { return n.code == text.substr(1) && iequals(n.text, text.substr(1)); });
  return power && named != kNames.end() ? std::optional(CurrencyHead{std::string(named->code), power, false}) : std::nullopt;
}

/// "Rm", "R million", "R'000": the sign of the rand, a capital letter with a scale right behind.
std::optional<CurrencyHead> read_rand(std::string_view text) {
  if (!text.starts_with('R') || text == "RM" || text.starts_with("RM ") || text.starts_with("RM'")) return std::nullopt;
  const std::string_view rest = without_lead(trim(text.substr(1)), "in ");
  const auto power = rest == "B" || rest == "K" || rest == "M" ? std::nullopt : scale_of(rest);
  return power ? std::optional(CurrencyHead{"ZAR", power, false}) : std::nullopt;
}

}  // namespace

std::optional<CurrencyHead> read_currency_head(std::string_view text) {
  constexpr std::size_t longest = 40;
  if (text.empty() || text.size() > longest) return std::nullopt;
  const std::string lowered = lower(trim_brackets(text));
  std::string_view t = without_lead(without_lead(lowered, "expressed "), "in ");
  if (t.empty()) return std::nullopt;
  if (trim(text) == "p") return CurrencyHead{"GBP", std::nullopt, true};
  const auto begins_as = [&](std::string_view name) { return t[0] == name[0] && t.starts_with(name); };
  for (const Name& n : kHundredths)
    if (t == n.text) return CurrencyHead{std::string(n.code), std::nullopt, true};
  if (const auto rand = read_rand(trim_brackets(text))) return rand;
  if (const auto code = read_code_behind_scale(trim_brackets(text))) return code;
  for (const Scale& s : kScales) {  // "millions of RMB"
    if (s.text.size() <= 3 || !begins_as(s.text) || t.substr(s.text.size(), 4) != " of ") continue;
    const std::string_view rest = trim(t.substr(s.text.size() + 4));
    for (const Name& n : kNames)
      if (!n.code.empty() && rest == n.text) return CurrencyHead{std::string(n.code), s.power, false};
  }
  for (const Name& n : kNames) {
    if (!begins_as(n.text)) continue;
    const std::string_view rest = without_lead(trim_brackets(without_lead(trim(t.substr(n.text.size())), ",")), "in ");
    if (rest.empty()) return n.code.empty() ? std::nullopt : std::optional(CurrencyHead{std::string(n.code), std::nullopt, false});
    if (const auto power = scale_of(rest)) return CurrencyHead{std::string(n.code), power, false};
  }
  for (const Name& n : kShortNames)
    if (const auto power = begins_as(n.text) ? scale_of(trim(t.substr(n.text.size()))) : std::nullopt) return CurrencyHead{std::string(n.code), power, false};
  return std::nullopt;
}

std::optional<CurrencyHead> read_currency_note(std::string_view text) {
  const auto read = [](std::string_view part) -> std::optional<CurrencyHead> {
    part = trim(part.substr(0, std::min({part.find(','), part.find(';'), part.find(" unless "), part.find(" except ")})));
    if (const auto head = read_currency_head(part); head && !head->code.empty() && head->scale) return head;
    return std::nullopt;
  };
  if (const auto whole = read(text)) return whole;
  for (std::size_t open = text.find('('); open != std::string_view::npos; open = text.find('(', open + 1))
    if (const auto inside = read(text.substr(open + 1, text.find(')', open) - open - 1))) return inside;
  return std::nullopt;
}

LabelUnit read_unit_of_label(std::string_view label) {
  LabelUnit out;
  label = trim(label);
  while (label.ends_with(':')) label = trim(label.substr(0, label.size() - 1));
  while (label.ends_with(')')) {
    const std::size_t open = label.rfind('(');
    if (open == std::string_view::npos) break;
    const std::string_view inside = trim(label.substr(open + 1, label.size() - open - 2));
    label = trim(label.substr(0, open));
    if (const auto head = read_currency_head(inside); head && inside != "p") {
      out.code = head->code, out.scale = head->scale, out.hundredths = head->hundredths;
      return out;
    }
    const std::size_t slash = inside.find('/');
    const auto price = slash == std::string_view::npos || slash == 0 ? std::nullopt : read_currency_head(inside.substr(0, slash));
    if (!price || price->scale || slash + 1 == inside.size()) continue;
    const auto other = read_currency_head(inside.substr(slash + 1));
    out.exchange_rate = other && !other->scale;
    out.per_one = !out.exchange_rate && !istarts_with(inside.substr(slash + 1), "share");
    out.code = price->code, out.hundredths = price->hundredths;
    return out;
  }
  return out;
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
  return label.ends_with("(p)") || label.ends_with("(\u00a2)") || label.ends_with("(cps)") || read_unit_of_label(label).hundredths;
}

}  // namespace factpress::tables
