#include "assemble/words.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "base/phrases.h"
#include "base/text.h"

namespace factpress::assemble {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Families of words that releases use for the same thing; the empty word is dropped.
constexpr std::array words_alike = std::to_array<Pair>({
    {"a", ""}, {"an", ""}, {"the", ""}, {"of", ""}, {"and", ""}, {"for", ""}, {"in", ""}, {"to", ""}, {"on", ""}, {"from", ""}, {"by", ""}, {"at", ""}, {"end", ""}, {"ending", ""}, {"beginning", ""}, {"its", ""}, {"our", ""},
    {"company", ""}, {"company's", ""}, {"consolidated", ""}, {"reported", ""}, {"total", ""}, {"unaudited", ""}, {"gaap", ""},
    {"year", ""}, {"quarter", ""}, {"quarterly", ""}, {"period", ""}, {"approximately", ""}, {"overall", ""},
    {"revenues", "revenue"}, {"sales", "revenue"}, {"sale", "revenue"}, {"turnover", "revenue"},
    {"earnings", "income"}, {"earning", "income"}, {"loss", "income"}, {"losses", "income"}, {"incomes", "income"},
    {"profit", "income"}, {"profits", "income"},
    {"deficit", "equity"}, {"deficits", "equity"}, {"deficiency", "equity"},
    {"shareholders", "stockholder"}, {"shareholder", "stockholder"}, {"stockholders", "stockholder"}, {"shareowners", "stockholder"},
    {"costs", "cost"}, {"expenses", "expense"}, {"taxes", "tax"}, {"assets", "asset"}, {"liabilities", "liability"},
    {"shares", "share"}, {"margins", "margin"}, {"loans", "loan"}, {"deposits", "deposit"}, {"securities", "security"},
    {"operations", "operating"}, {"operation", "operating"}, {"selling", "sell"}, {"amortisation", "amortization"},
    {"nongaap", ""}, {"cashflow", "flow"}, {"inventories", "inventory"}, {"receivables", "receivable"}, {"payables", "payable"}, {"dividends", "dividend"},
});

// Short forms that stand for several words.
struct ShortForm {
  std::string_view form;
  std::array<std::string_view, 3> words;
};
constexpr std::array short_forms = std::to_array<ShortForm>({
    {"eps", {"income", "per", "share"}}, {"npl", {"nonperforming", "loan", ""}}, {"npls", {"nonperforming", "loan", ""}},
    {"npa", {"nonperforming", "asset", ""}}, {"npas", {"nonperforming", "asset", ""}}, {"capex", {"capital", "expenditure", ""}},
});

std::string_view alike(std::string_view word) {
  static const std::unordered_map<std::string_view, std::string_view> forms(words_alike.begin(), words_alike.end());
  const auto found = forms.find(word);
  return found == forms.end() ? word : found->second;
}

// "charges": charge, "entities": entity; words that end in an s of their own stay.
void make_singular(std::string& word) {
  const auto ends = [&](std::string_view tail) { return word.ends_with(tail); };
  if (word.size() < 4 || ends("ss") || ends("us") || ends("is") || !ends("s")) return;
  word.pop_back();
  if (word.size() > 4 && word.ends_with("ie")) word.replace(word.size() - 2, 2, "y");
}

// "(1)", "(a)", "[2]", "*": marks of a footnote.
bool is_footnote(std::string_view inside) { return inside.size() <= 2 && (inside.empty() || is_digit(inside[0]) || inside.size() == 1); }

std::string without_footnotes(std::string_view label) {
  std::string out;
  for (std::size_t i = 0; i < label.size(); ++i) {
    if (label[i] == '(' || label[i] == '[') {
      const std::size_t close = label.find_first_of(")]", i);
      if (close != std::string_view::npos && is_footnote(label.substr(i + 1, close - i - 1))) {
        i = close;
        continue;
      }
    }
    out += label[i];
  }
  return out;
}

void add_word(std::vector<std::string>& words, std::string& word) {
  if (word.size() > 2 && word.ends_with("'s")) word.resize(word.size() - 2);
  while (!word.empty() && word.back() == '\'') word.pop_back();
  const auto add = [&](std::string_view form) {
    if (!form.empty() && (words.empty() || words.back() != form)) words.emplace_back(form);
  };
  for (const ShortForm& s : short_forms) {
    if (word != s.form) continue;
    for (const std::string_view w : s.words) add(w);
    word.clear();
    return;
  }
  std::string_view form = alike(word);
  if (form == word && word.ends_with('s')) {  // else it has no plural's ending
    make_singular(word);
    form = alike(word);
  }
  add(form);
  word.clear();
}

/// "Net cash provided by operating activities", "Operating cash flow", "Cash flows from operations": one and the same item.
void fold_cash_flow(std::vector<std::string>& words) {
  const auto has = [&](std::string_view w) { return std::find(words.begin(), words.end(), w) != words.end(); };
  if (!has("cash") || !(has("operating") || has("investing") || has("financing"))) return;
  if (!has("flow") && !has("activity") && !has("provided") && !has("used")) return;
  std::erase_if(words, [](const std::string& w) { return w == "flow" || w == "activity" || w == "provided" || w == "used" || w == "generated" || w == "net"; });
}

}  // namespace

std::vector<std::string> key_words(std::string_view label) {
  std::vector<std::string> words;
  std::string word;
  const std::string text = without_footnotes(label);
  for (std::size_t at = 0; at < text.size();) {
    if (is_alnum(text[at])) {
      word += to_lower(text[at++]);
      continue;
    }
    const char32_t c = next_code_point(text, at);
    if (c == 0x2019 || c == '\'') word += '\'';
    else if (c == '&') add_word(words, word);
    else if ((c == '-' || c == 0x2010 || c == 0x2011) && word == "non") continue;  // non-GAAP, non-performing: one word
    else if (c > 0xBF && c != 0xD7) append_utf8(word, c);
    else if (!word.empty()) add_word(words, word);
  }
  if (!word.empty()) add_word(words, word);
  // "income (loss)" gave "income" once: add_word folds neighbours that mean the same.
  fold_cash_flow(words);
  return words;
}

std::string key_of(std::string_view label) {
  std::vector<std::string> words = key_words(label);
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  std::string key;
  for (const std::string& w : words) {
    if (!key.empty()) key += ' ';
    key += w;
  }
  return key;
}

bool has_word(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool has_all(const std::vector<std::string>& whole, const std::vector<std::string>& part) {
  return std::all_of(part.begin(), part.end(), [&](const std::string& w) { return has_word(whole, w); });
}

std::string without_colon(std::string_view label) {
  label = trim(label);
  while (!label.empty() && (label.back() == ':' || label.back() == '.')) label.remove_suffix(1);
  return std::string(trim(label));
}

bool says_total(std::string_view label) { return istarts_with(trim(label), "total") || icontains(label, " total"); }

bool says_result(std::string_view label) {
  static constexpr Phrases kResults(
      "gross profit", "gross margin", "operating income", "operating loss", "operating profit", "income from operations",
      "loss from operations", "net income", "net loss", "net (loss)", "net earnings", "income before", "loss before",
      "earnings before", "(loss) before", "income (loss) from", "ebitda", "ebit", "net cash", "net increase", "net decrease",
      "net (decrease)", "net change", "funds from operations", "net interest income", "net revenue", "net sales",
      "comprehensive income", "comprehensive loss", "free cash flow", "adjusted", "non-gaap", "book value", "net property",
      "net loans", "loans, net", "subtotal", "profit", "balance at", "end of");
  return kResults.in_any_case(label) && !icontains(label, "accumulated");
}

bool says_cost(std::string_view label) {
  static constexpr Phrases kCosts(
      "cost", "expense", "tax", "provision", "dividend", "less", "depreciation", "amortization", "impairment", "allowance",
      "noncontrolling", "non-controlling", "minority", "charge", "restructuring", "research", "selling", "general", "loss",
      "beginning", "purchase", "accretion", "treasury", "interest");
  return kCosts.in_any_case(label);
}

bool says_loss(std::string_view label) {
  static constexpr Phrases kLosses("loss", "deficit", "deficiency");
  static constexpr Phrases kOthers("income", "earnings", "equity", "profit");
  return kLosses.in_any_case(label) && !kOthers.in_any_case(label);
}

bool says_adjusted(std::string_view label) {
  static constexpr Phrases kAdjusted(
      "adjusted", "non-gaap", "non gaap", "nongaap", "pro forma", "core ", "excluding", "constant currency", "organic", "normalized",
      "normalised", "comparable", "same-store", "same store", "ex-", "underlying", "before special");
  return kAdjusted.in_any_case(label);
}

}  // namespace factpress::assemble
