#include "base/wording.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace factpress {
namespace {

constexpr std::string_view short_forms[] = {"EBITDA", "EBITDAX", "EBIT", "EPS", "GAAP", "FFO", "AFFO", "NAV", "U.S.", "US", "LLC", "LP", "II", "III", "IV",
                                            "ROE", "ROA", "ROI", "ROIC", "ROTCE", "NIM", "TTM", "LTM", "YTD", "FTE", "IFRS", "NGL", "ARR", "NOI", "TCE", "CET1", "ACL"};
constexpr std::string_view small_words[] = {"A", "AN", "AND", "BY", "AS", "AT", "FOR", "FROM", "IN", "OF", "ON", "OR", "PER", "THE", "TO", "WITH"};

template <std::size_t N>
bool among(const std::string_view (&list)[N], std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

void lower(std::string& text, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) text[i] = to_lower(text[i]);
}

}  // namespace

std::string without_shouting(std::string_view words, Capitals capitals) {
  std::string out(words);
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  const bool small = std::any_of(out.begin(), out.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  // One word of a few letters is a name as likely as not: "NIM", "AUM".
  if (small || std::count_if(out.begin(), out.end(), is_letter) < 5) return out;
  for (std::size_t begin = 0; begin < out.size();) {
    std::size_t end = begin;
    while (end < out.size() && (is_alnum(out[end]) || out[end] == '.' || out[end] == '\'' || (out[end] & 0x80))) ++end;
    const std::string_view word = std::string_view(words).substr(begin, end - begin);
    const bool whole = begin == 0 || (capitals == Capitals::title && !among(small_words, word));
    if (!among(short_forms, word)) lower(out, whole ? std::min(begin + 1, end) : begin, end);
    begin = end + 1;
  }
  return out;
}

}  // namespace factpress
