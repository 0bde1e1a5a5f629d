#include "base/numerals.h"

#include <array>

namespace factpress {

namespace {

constexpr std::array<std::string_view, 20> small = {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
                                                    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
                                                    "seventeen", "eighteen", "nineteen"};
constexpr std::array<std::string_view, 8> tens = {"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};

}  // namespace

int number_of_word(std::string_view word) {
  if (word.size() > 13 || word.size() < 3 || std::string_view("efnostz").find(word[0]) == std::string_view::npos) return -1;  // as most words
  const auto begins_alike = [&](std::string_view other) { return word[0] == other[0] && word[1] == other[1]; };
  for (std::size_t i = 0; i < small.size(); ++i)
    if (begins_alike(small[i]) && word == small[i]) return static_cast<int>(i);
  for (std::size_t i = 0; i < tens.size(); ++i) {
    if (!begins_alike(tens[i]) || !word.starts_with(tens[i])) continue;
    const int ten = static_cast<int>(20 + 10 * i);
    std::string_view rest = word.substr(tens[i].size());
    if (rest.empty()) return ten;
    if (rest[0] == '-') rest.remove_prefix(1);
    const int unit = number_of_word(rest);
    return unit > 0 && unit < 10 ? ten + unit : -1;
  }
  return -1;
}

}  // namespace factpress
