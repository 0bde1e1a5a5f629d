#include "assemble/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace factpress::assemble {

std::string grouped(const Decimal& value, int places) {
  std::string out = value.is_negative() ? "-" : "";
  append_grouped(out, value.abs().to_fixed(std::max(places, value.fraction_digits())));
  return out;
}

std::string rounded_words(const Decimal& value, std::optional<int> decimals, std::string_view printed) {
  struct Scale {
    int power;
    const char* word;
  };
  constexpr std::array<Scale, 4> scales = {{{12, "trillion"}, {9, "billion"}, {6, "million"}, {3, "thousand"}}};
  if (decimals && *decimals < 0) {
    for (const Scale s : scales)
      if (icontains(printed, s.word)) return grouped(value.shifted(-s.power), std::max(0, *decimals + s.power)) + " " + s.word;
    for (const Scale s : scales) {
      const bool large = !value.is_zero() && value.magnitude() >= s.power;
      if (!large && s.power - 3 >= -*decimals) continue;  // "0.2 million", not "200 thousand": its last digits are not known
      return grouped(value.shifted(-s.power), std::max(0, *decimals + s.power)) + " " + s.word;
    }
  }
  return grouped(value, std::max(0, decimals.value_or(0)));
}

std::string percent_words(const Decimal& value, std::optional<int> decimals) {
  return grouped(value.shifted(2), std::max(0, decimals.value_or(2) - 2)) + "%";
}

std::string sum_words(const std::vector<Summand>& summands, int places) {
  std::string out;
  for (const Summand& s : summands) {
    const Decimal v = s.weight < 0 ? -s.value : s.value;
    if (out.empty()) {
      out = grouped(v, places);
    } else {
      out += v.is_negative() || (v.is_zero() && s.weight < 0) ? " - " : " + ";
      out += grouped(v.abs(), places);
    }
  }
  return out;
}

std::string period_words(const tables::Period& period) {
  if (period.instant()) return date_words(period.end);
  const std::string end = date_words(period.end);
  if (const int months = whole_months(*period.start, period.end); months > 0) {
    if (months == 12) return "year ended " + end;
    if (months == 3) return "quarter ended " + end;
    return fmt::format("{} month{} ended {}", months, months == 1 ? "" : "s", end);
  }
  const int days = period.end.days() - period.start->days() + 1;
  if (days >= 360 && days <= 372) return "year ended " + end;
  if (days >= 88 && days <= 99) return "quarter ended " + end;
  if (days % 7 == 0 && days > 99) return fmt::format("{} weeks ended {}", days / 7, end);
  if (days >= 28) return fmt::format("{} months ended {}", (days + 15) / 30, end);
  return fmt::format("{} to {}", date_words(*period.start), end);
}

std::string scale_words(int scale) {
  switch (scale) {
    case 3: return "in thousands";
    case 6: return "in millions";
    case 9: return "in billions";
    default: return "";
  }
}

}  // namespace factpress::assemble
