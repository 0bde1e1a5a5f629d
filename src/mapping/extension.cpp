#include "mapping/extension.h"

#include <algorithm>
#include <iterator>

#include "base/date.h"
#include "base/text.h"

namespace factpress::mapping {
namespace {

constexpr std::size_t kLongestName = 200;

bool is_article(std::string_view word) { return iequals(word, "a") || iequals(word, "an") || iequals(word, "the"); }

/// Abbreviations that stay capitals in a label that is capitals throughout.
bool is_abbreviation(std::string_view word) {
  static constexpr std::string_view known[] = {"AFFO", "EBIT", "EBITDA", "EBITDAR", "EPS", "EU", "FDIC", "FFO", "FHLB", "GAAP", "LLC", "LP", "NOI", "ROA", "ROE", "UK", "US", "USA"};
  return std::find(std::begin(known), std::end(known), word) != std::end(known);
}

void add_word(std::string& name, std::string_view word, bool capitals) {
  if (word.empty() || is_article(word)) return;
  if (name.size() + word.size() > kLongestName) return;
  const bool shouted = capitals && !is_abbreviation(word);  // "NET INCOME" has no abbreviation, "ADJUSTED EBITDA" has one
  name += to_upper(word.front());
  for (const char c : word.substr(1)) name += shouted ? to_lower(c) : c;
}

}  // namespace

std::string camel_case_name(std::string_view label) {
  std::string name, word;
  const bool capitals = std::none_of(label.begin(), label.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  const auto flush = [&] {
    add_word(name, word, capitals);
    word.clear();
  };
  for (const char c : label) {
    if (is_alnum(c)) {
      word += c;
    } else if (c == '\'' || c == '.' || static_cast<unsigned char>(c) >= 0x80) {
      // An apostrophe or a full stop joins ("U.S."); a letter or dash beyond ASCII ends the word.
      if (static_cast<unsigned char>(c) >= 0x80 && static_cast<unsigned char>(c) != 0xE2 && static_cast<unsigned char>(c) != 0x80 &&
          static_cast<unsigned char>(c) != 0x99)
        flush();
    } else {
      flush();
      if (c == '%') add_word(name, "Percent", false);
      if (c == '&') add_word(name, "And", false);
    }
  }
  flush();
  if (!name.empty() && is_digit(name.front())) name.insert(0, "Item");
  return name;
}

std::string telling_numbers(std::string_view label) {
  std::string out;
  bool month = false;
  for (std::size_t at = 0; at < label.size();) {
    std::size_t end = at;
    if (!is_digit(label[at])) {
      while (end < label.size() && is_alpha(label[end])) ++end;
      month = month || (end > at && month_number(label.substr(at, end - at)) != 0);
      at = std::max(end, at + 1);
      continue;
    }
    while (end < label.size() && (is_digit(label[end]) || ((label[end] == '.' || label[end] == ',') && end + 1 < label.size() && is_digit(label[end + 1])))) ++end;
    const std::string_view number = label.substr(at, end - at);
    const bool year = !month && number.size() == 4 && (number.starts_with("19") || number.starts_with("20")) && (at == 0 || label[at - 1] != '$');
    if (year || (end < label.size() && label[end] == '%')) out += ' ', out += number;
    at = end;
  }
  return out;
}

std::string ExtensionNames::name_for(const std::string& identity, std::string_view label, const std::vector<std::string_view>& sections,
                                     const Dictionary& dictionary) {
  if (const auto known = by_identity_.find(identity); known != by_identity_.end()) return known->second;
  const auto free = [&](const std::string& n) { return !n.empty() && used_.count(n) == 0 && !dictionary.find(n); };
  std::string name = camel_case_name(label);
  if (name.empty()) name = "UnlabelledAmount";
  for (std::size_t i = sections.size(); i-- > 0 && !free(name);) name = camel_case_name(std::string(sections[i]) + ' ' + spaced_name(name)).substr(0, kLongestName);
  if (!free(name)) name = camel_case_name(spaced_name(name).substr(0, kLongestName - 12) + " AsReported");
  const std::string base = name.substr(0, kLongestName - 4);
  for (int n = 2; !free(name); ++n) name = base + std::to_string(n);
  used_.insert(name);
  by_identity_.emplace(identity, name);
  return name;
}

}  // namespace factpress::mapping
