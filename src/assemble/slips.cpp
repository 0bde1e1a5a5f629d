#include "assemble/slips.h"

#include <fmt/format.h>

#include <algorithm>

#include "assemble/figures.h"

namespace factpress::assemble {
namespace {

std::string digits_of(const Decimal& v, int places) {
  std::string out;
  for (char c : v.abs().to_fixed(places)) {
    if (c != '.') out += c;
  }
  return out;
}

std::string how(const Decimal& printed, const Decimal& fitting) {
  if (one_digit_apart(printed, fitting)) return "one digit";
  if (neighbours_swapped(printed, fitting)) return "two digits swapped";
  if (printed == -fitting) return "the sign or a parenthesis";
  if (!printed.is_zero() && (printed.shifted(3) == fitting || fitting.shifted(3) == printed)) return "the scale";
  return "";
}

}  // namespace

bool one_digit_apart(const Decimal& a, const Decimal& b) {
  if (a.is_negative() != b.is_negative() && !a.is_zero() && !b.is_zero()) return false;
  const int places = std::max(a.fraction_digits(), b.fraction_digits());
  std::string x = digits_of(a, places), y = digits_of(b, places);
  if (x.size() < y.size()) x.insert(0, y.size() - x.size(), '0');
  if (y.size() < x.size()) y.insert(0, x.size() - y.size(), '0');
  int different = 0;
  for (std::size_t i = 0; i < x.size(); ++i) different += x[i] != y[i];
  return different == 1;
}

bool neighbours_swapped(const Decimal& a, const Decimal& b) {
  if (a.is_negative() != b.is_negative()) return false;
  const int places = std::max(a.fraction_digits(), b.fraction_digits());
  std::string x = digits_of(a, places);
  const std::string y = digits_of(b, places);
  if (x.size() != y.size()) return false;
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    if (x[i] == y[i]) continue;
    std::swap(x[i], x[i + 1]);
    return x == y;
  }
  return false;
}

std::string explain_slip(const Workbench& bench, const std::vector<Part>& parts, const Part& total, const Decimal& sum) {
  std::vector<std::string> found;
  const auto consider = [&](const Part& part, const Decimal& fitting) {
    const std::string what = how(part.value, fitting);
    if (!what.empty()) {
      const int scale = part.number == nothing || !bench.numbers[part.number].decimals ? 0 : std::max(0, -*bench.numbers[part.number].decimals);
      found.push_back(fmt::format("{} would have to be {} instead of {} ({})", part.label.empty() ? "the total" : part.label,
                                  grouped(fitting.shifted(-scale)), grouped(part.value.shifted(-scale)), what));
    }
  };
  consider(total, sum);
  const Decimal apart = total.value - sum;
  for (const Part& part : parts) consider(part, part.weight < 0 ? part.value - apart : part.value + apart);
  if (found.empty() || found.size() > 3) return "";
  std::string out = found[0];
  for (std::size_t i = 1; i < found.size(); ++i) out += ", or " + found[i];
  return out;
}

}  // namespace factpress::assemble
