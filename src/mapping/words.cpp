#include "mapping/words.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace factpress::mapping {
namespace {

constexpr std::size_t kMostWords = 40;

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// Words that name nothing.
bool is_stop(std::string_view w) {
  static constexpr std::array<std::string_view, 37> kStop{
      "the", "a",    "an",   "of",  "and",  "to",        "in",       "for",     "on",      "by",        "with",      "or",  "as",
      "at",  "its",  "our",  "from", "per",  "unaudited", "respectively", "thousand", "million", "except", "dollar",
      "usd", "note", "see",  "less", "plus", "than",      "that",     "which",   "is",      "are",       "was",       "us", "gaap"};
  return one_of(w, kStop);
}

struct Same {
  std::string_view word;
  std::string_view means;
};

/// Words of one meaning in statements, by what they are made into. Sorted by word.
constexpr std::array<Same, 75> kSame{{
    {"accreted", "accretion"}, {"accrual", "accrued"}, {"acquire", "purchase"}, {"acquired", "purchase"},
    {"acquisition", "purchase"}, {"amortisation", "amortization"}, {"beginning", ""}, {"borrowed", "borrowing"},
    {"bought", "purchase"}, {"capitalised", "capitalized"}, {"company", ""}, {"computation", ""}, {"computing", ""},
    {"consolidated", ""}, {"consolidation", ""}, {"contributed", "contribution"}, {"conversion", "convertible"},
    {"converted", "convertible"}, {"decrease", "change"}, {"deferral", "deferred"}, {"develop", "development"},
    {"developed", "development"}, {"disposed", "disposal"}, {"disposition", "disposal"}, {"divested", "divestiture"},
    {"earning", "income"}, {"end", ""}, {"ending", ""}, {"exercised", "exercise"}, {"flow", "provided"}, {"gain", "income"},
    {"generated", "provided"}, {"guarantee", "guaranty"}, {"inc", ""}, {"increase", "change"}, {"invested", "investment"},
    {"issue", "issuance"}, {"issued", "issuance"}, {"issuing", "issuance"}, {"licence", "license"}, {"loss", "income"},
    {"matured", "maturity"}, {"maturing", "maturity"}, {"minority", "noncontrolling"}, {"month", ""},
    {"originated", "origination"}, {"paid", "payment"}, {"pay", "payment"}, {"period", ""}, {"prepayment", "prepaid"},
    {"pretax", "beforetax"}, {"profit", "income"}, {"programme", "program"}, {"purchased", "purchase"}, {"quarter", ""},
    {"reclassified", "reclassification"}, {"redeemed", "redemption"}, {"repaid", "repayment"}, {"repurchased", "repurchase"},
    {"retired", "retirement"}, {"sell", "sale"}, {"settled", "settlement"}, {"shareholder", "stockholder"},
    {"shareowner", "stockholder"}, {"sold", "sale"}, {"subscribed", "subscription"}, {"such", ""}, {"taxe", "tax"},
    {"their", ""}, {"total", ""}, {"unrealised", "unrealized"}, {"used", "provided"}, {"using", "provided"},
    {"withheld", "withholding"}, {"year", ""},
}};

std::string_view meaning(std::string_view word) {
  const auto at = std::lower_bound(kSame.begin(), kSame.end(), word, [](const Same& s, std::string_view w) { return s.word < w; });
  return at != kSame.end() && at->word == word ? at->means : word;
}

bool ends_with(std::string_view w, std::string_view tail) { return w.size() >= tail.size() && w.substr(w.size() - tail.size()) == tail; }

/// Plural to singular, roughly: what matters is that both forms fall together.
void make_singular(std::string& w) {
  if (w.size() < 4 || w.back() != 's') return;
  if (ends_with(w, "ss") || ends_with(w, "us") || ends_with(w, "is")) return;
  if (ends_with(w, "ies") && w.size() > 4) {
    w.replace(w.size() - 3, 3, "y");
  } else if (ends_with(w, "sses") || ends_with(w, "xes") || ends_with(w, "ches") || ends_with(w, "shes")) {
    w.erase(w.size() - 2);
  } else {
    w.pop_back();
  }
}

/// Splits into lower-case words; brackets come as words of their own, apostrophes vanish.
std::vector<std::string> raw_words(std::string_view label) {
  std::vector<std::string> out;
  std::string word;
  const auto flush = [&] {
    if (!word.empty()) out.push_back(std::move(word));
    word.clear();
  };
  for (std::size_t i = 0; i < label.size() && out.size() < 4 * kMostWords;) {
    const char c = label[i];
    if (static_cast<unsigned char>(c) < 0x80) {
      ++i;
      if (is_alnum(c)) {
        word += to_lower(c);
      } else if (c == '\'' || c == '.') {
        continue;  // "stockholders'", "U.S."
      } else {
        flush();
        if (c == '(' || c == ')') out.emplace_back(1, c);
      }
      continue;
    }
    const char32_t point = next_code_point(label, i);
    if (point == 0x2019 || point == 0x2018 || point == 0x92) continue;  // apostrophes
    flush();
  }
  flush();
  return out;
}

/// A bracket that tells only unit, notes or state: "(in shares)", "(unaudited)", "(note 3)", "(1)", "(a)".
bool is_side_note(const std::vector<std::string>& w, std::size_t open, std::size_t close, Words& words) {
  if (close <= open + 1) return true;
  const std::string& first = w[open + 1];
  if (first == "in") {
    bool per = false, shares = false;
    for (std::size_t i = open + 1; i < close; ++i) {
      per = per || w[i] == "per";
      shares = shares || w[i] == "shares" || w[i] == "share" || w[i] == "units" || w[i] == "unit";
    }
    words.says_per_share = words.says_per_share || (per && shares);
    words.says_shares = words.says_shares || (!per && shares);
    return true;
  }
  if (first == "unaudited" || first == "note" || first == "notes" || first == "see") return true;
  return close == open + 2 && (has_digit(first) || first.size() == 1);
}

/// Takes the side notes out, and what follows a par value.
std::vector<std::string> essential(std::vector<std::string> w, Words& words) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < w.size() && out.size() < kMostWords; ++i) {
    if (w[i] == "(") {
      const auto close = static_cast<std::size_t>(std::find(w.begin() + static_cast<std::ptrdiff_t>(i), w.end(), ")") - w.begin());
      if (close < w.size() && is_side_note(w, i, close, words)) i = close;
      continue;
    }
    if (w[i] == ")") continue;
    if ((w[i] == "par" || w[i] == "stated") && i + 1 < w.size() && w[i + 1] == "value" && !out.empty()) break;
    if (w[i] == "no" && i + 1 < w.size() && w[i + 1] == "par" && !out.empty()) break;
    if (has_digit(w[i])) continue;
    out.push_back(std::move(w[i]));
  }
  return out;
}

/// Joins what belongs together ("long term", "non current", "due from") so that the pieces do not mislead.
void join_pairs(std::vector<std::string>& w) {
  static constexpr std::array<std::string_view, 4> kFirst{"non", "long", "short", "paid"};
  std::vector<std::string> out;
  for (std::size_t i = 0; i < w.size(); ++i) {
    const bool more = i + 1 < w.size();
    const bool pair = more && ((one_of(w[i], kFirst) && (w[i] == "non" || w[i + 1] == "term" || (w[i] == "paid" && w[i + 1] == "in"))) ||
                               (w[i] == "due" && (w[i + 1] == "to" || w[i + 1] == "from")) ||
                               (w[i] == "before" && (w[i + 1] == "tax" || w[i + 1] == "taxes")));
    if (pair) {
      out.push_back(w[i] + (w[i] == "before" ? "tax" : w[i + 1]));
      ++i;
    } else {
      out.push_back(std::move(w[i]));
    }
  }
  w = std::move(out);
}

void note_polarity(const std::vector<std::string>& w, Words& words) {
  bool loss = false, gain = false;
  for (const std::string& x : w) {
    loss = loss || x == "loss" || x == "losses" || x == "deficit";
    gain = gain || x == "income" || x == "gain" || x == "gains" || x == "earnings" || x == "profit" || x == "benefit";
  }
  words.says_loss_only = loss && !gain;
}

void finish(std::vector<std::string> w, Words& words) {
  note_polarity(w, words);
  for (std::size_t i = 0; i + 1 < w.size(); ++i)
    words.says_per_share = words.says_per_share || (w[i] == "per" && (istarts_with(w.back(), "share") || istarts_with(w[i + 1], "share") ||
                                                                      istarts_with(w[i + 1], "unit") || istarts_with(w.back(), "unit") ||
                                                                      w[i + 1] == "common" || w[i + 1] == "diluted" || w[i + 1] == "basic"));
  words.says_total = !w.empty() && w.front() == "total";
  join_pairs(w);
  for (std::string& x : w) {
    make_singular(x);
    if (x == "unit" && words.says_per_share) x = "share";
    if (is_stop(x) || x == "s") continue;
    if (!words.key.empty()) words.key += ' ';
    words.key += x;
    const std::string_view means = meaning(x);
    if (!means.empty()) words.tokens.push_back(fnv(means));
  }
  std::sort(words.tokens.begin(), words.tokens.end());
  words.tokens.erase(std::unique(words.tokens.begin(), words.tokens.end()), words.tokens.end());
  words.bag = 14695981039346656037ULL;
  for (const std::uint64_t t : words.tokens) words.bag = (words.bag ^ t) * 1099511628211ULL;
}

/// The words of a camel-case name: "IncomeTaxesPaidNet" gives Income Taxes Paid Net; runs of capitals stay together.
std::vector<std::string_view> name_parts(std::string_view name) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (std::size_t i = 1; i <= name.size(); ++i) {
    const bool end = i == name.size();
    const bool start = !end && is_upper(name[i]) && (!is_upper(name[i - 1]) || (i + 1 < name.size() && !is_upper(name[i + 1]) && !is_digit(name[i + 1])));
    if (!end && !start && !(is_digit(name[i]) && !is_digit(name[i - 1]))) continue;
    parts.push_back(name.substr(begin, i - begin));
    begin = i;
  }
  return parts;
}

}  // namespace

std::uint64_t token_of(std::string_view word) { return fnv(meaning(word)); }

bool Words::has_token(std::uint64_t token) const { return std::binary_search(tokens.begin(), tokens.end(), token); }

bool Words::has(std::string_view word) const { return has_token(token_of(word)); }

Words words_of_label(std::string_view label) {
  Words words;
  finish(essential(raw_words(label), words), words);
  return words;
}

Words words_of_name(std::string_view name) {
  Words words;
  std::vector<std::string> w;
  for (const std::string_view part : name_parts(name))
    if (!has_digit(part) && w.size() < kMostWords) w.push_back(lower(part));
  finish(std::move(w), words);
  return words;
}

std::string spaced_name(std::string_view name) {
  std::string out;
  for (const std::string_view part : name_parts(name)) {
    if (!out.empty()) out += ' ';
    out += part;
  }
  return out;
}

}  // namespace factpress::mapping
