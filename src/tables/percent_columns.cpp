#include "tables/percent_columns.h"

#include <algorithm>
#include <array>

#include "base/phrases.h"
#include "base/text.h"
#include "tables/counted.h"
#include "tables/nature.h"

namespace factpress::tables {

namespace {

struct ColumnSigns {
  std::size_t percent = 0, currency = 0, bare = 0;
  bool first_percent = false, last_percent = false;
  bool together = true;        ///< a percent sign wherever another column has a currency sign, and nowhere else
  std::uint8_t digits = 0;     ///< most decimals of a number with a percent sign
  std::uint8_t bare_digits = 0;
  Decimal largest, sum;        ///< of the bare numbers
  Decimal last;                ///< of all numbers
  std::size_t alike = 0;       ///< bare numbers with as many decimals as the first percentage, in rows of whole numbers else
};

std::vector<ColumnSigns> signs_of(const ColumnLayout& layout, const std::vector<std::vector<ValueGroup>>& values) {
  std::vector<ColumnSigns> out(layout.columns.size());
  for (std::size_t r = 0; r < values.size(); ++r) {
    const bool currency = std::any_of(values[r].begin(), values[r].end(), [](const ValueGroup& g) { return g.number.currency && g.number.kind == ValueText::number; });
    for (std::size_t g = 0; g < values[r].size(); ++g) {
      const int c = layout.column_of[r][g];
      const NumberText& n = values[r][g].number;
      if (c < 0 || (n.kind != ValueText::number && !n.percent)) continue;  // "\u2014%" has a sign too
      ColumnSigns& s = out[static_cast<std::size_t>(c)];
      if (s.percent + s.currency + s.bare == 0) s.first_percent = n.percent;
      s.last_percent = n.percent;
      if (n.percent) ++s.percent, s.digits = std::max(s.digits, n.fraction_digits);
      else if (n.currency) ++s.currency;
      else ++s.bare, s.bare_digits = std::max(s.bare_digits, n.fraction_digits), s.largest = std::max(s.largest, n.value.abs()), s.sum = s.sum + n.value;
      s.last = n.value;
      s.together = s.together && n.percent == currency;
      const bool whole = std::all_of(values[r].begin(), values[r].end(), [&](const ValueGroup& o) {
        return &o == &values[r][g] || o.number.kind != ValueText::number || o.number.percent || o.number.fraction_digits == 0 || o.number.fraction_digits == n.fraction_digits;
      });
      const bool any_whole = std::any_of(values[r].begin(), values[r].end(), [](const ValueGroup& o) { return o.number.kind == ValueText::number && !o.number.percent && o.number.fraction_digits == 0; });
      if (!n.percent && !n.currency && n.fraction_digits > 0 && n.fraction_digits == s.digits && whole && any_whole) ++s.alike;
    }
  }
  return out;
}

/// Counts and other things than percentages between the first and the last row of a table.
bool names_others(const std::vector<LabelledRow>& rows) {
  return std::any_of(rows.begin(), rows.end(), [](const LabelledRow& row) {
    const std::string label = lower(row.label);
    return !row.heading && (names_a_count(label) || names_share_count(label) || names_per_share(label) || label.find("days") != std::string::npos || label.find("basis point") != std::string::npos);
  });
}

/// "Return on assets  0.97% | 0.72 | 1.21": a row's first number prints the sign for all, and so it does for the returns, margins and efficiency
/// ratios of the rows right below.
void mark_rows(const std::vector<LabelledRow>& rows, std::vector<std::vector<ValueGroup>>& values) {
  const auto is_small = [](const ValueGroup& g) { return g.number.kind != ValueText::number || (!g.number.currency && !g.number.grouped && g.number.unit != 'x' && g.number.unit != 'c' && g.number.value.abs() < Decimal(1000)); };
  bool above = false;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (rows[r].heading) above = false;
    if (values[r].empty()) continue;
    const std::string label = lower(rows[r].label);
    const auto says = [&](std::string_view w) { return label.find(w) != std::string::npos; };
    const bool small = std::all_of(values[r].begin(), values[r].end(), is_small);
    const bool points = names_rate(label) && std::any_of(values[r].begin(), values[r].end(), [](const ValueGroup& g) { return g.number.unit == 'p' || g.number.unit == 'b'; });  // "86.9 | 94.2 | (7.3) pts."
    const bool broken = values[r].front().number.fraction_digits > 0;  // "1.03% | 600": an effective rate, and what is owed
    const bool alike = std::all_of(values[r].begin(), values[r].end(), [&](const ValueGroup& g) { return g.number.kind != ValueText::number || (g.number.fraction_digits > 0) == broken; });
    const bool first = (values[r].front().number.percent && names_rate(label) && alike) || points;
    const bool further = above && (says("return on") || says("margin") || says("yield") || says("efficiency ratio") || says("overhead ratio") || says("payout ratio") || says("tier 1") || says("capital ratio"));
    above = small && (first || further);
    if (!above) continue;
    for (ValueGroup& v : values[r])
      if (!v.number.percent && !v.number.unit && v.number.kind != ValueText::not_available) v.in_percents = true;
  }
}

/// "37 | 33 | 30 | 100%": shares of a whole, which they add up to but for their last places.
bool adds_to_hundred(const ColumnSigns& s) { return s.percent == 1 && s.last_percent && s.currency == 0 && s.bare >= 2 && s.last == Decimal(100) && (s.sum - s.last).abs() <= Decimal(1); }

/// "Revenue 100.0 | Gross profit 69.6" below "as a percentage of revenue", without a sign at all.
bool is_common_size(const std::vector<ColumnSigns>& signs) {
  return std::all_of(signs.begin(), signs.end(), [](const ColumnSigns& s) { return s.percent == 0 && s.currency == 0 && s.largest <= Decimal(200); });
}

}  // namespace

void mark_percentages(const std::vector<LabelledRow>& rows, const ColumnLayout& layout, bool told, bool scaled, std::vector<std::vector<ValueGroup>>& values) {
  const std::vector<ColumnSigns> signs = signs_of(layout, values);
  std::size_t percent = 0, bare = 0, currency = 0;
  for (const ColumnSigns& s : signs) percent += s.percent, bare += s.bare, currency += s.currency;
  const bool common_size = told && !scaled && !names_others(rows) && is_common_size(signs);
  if ((percent == 0 && !common_size) || bare == 0) return;
  mark_rows(rows, values);
  const bool whole = currency == 0 && std::all_of(signs.begin(), signs.end(), [&](const ColumnSigns& s) {
    const bool bounds = told ? s.percent > 0 : s.first_percent && s.last_percent && s.percent >= 2 && s.largest <= Decimal(100);
    return (s.percent + s.bare == 0) || (bounds && s.bare_digits <= s.digits && s.largest < Decimal(1000));
  });
  const bool shares = currency == 0 && std::all_of(signs.begin(), signs.end(), [](const ColumnSigns& s) { return s.percent + s.bare == 0 || adds_to_hundred(s); });
  const bool table = (whole || shares) && !names_others(rows);
  for (std::size_t c = 0; c < signs.size(); ++c) {
    const ColumnSigns& s = signs[c];
    const bool beside = s.percent > 0 && s.currency == 0 && s.bare > 0 && s.together && currency > 0 && s.first_percent && s.bare_digits <= s.digits && s.largest < Decimal(10'000);
    // "2.7%" over "(22.4)" beside whole amounts: the column's decimals tell its numbers
    const bool decimals = s.percent > 0 && s.first_percent && s.currency == 0 && s.bare >= 2 && s.bare_digits == s.digits && 4 * s.alike >= 3 * s.bare && currency > 0 && s.largest < Decimal(10'000);
    if (!beside && !decimals && !common_size && !(table && s.percent > 0)) continue;
    for (std::size_t r = 0; r < values.size(); ++r)
      for (std::size_t g = 0; g < values[r].size(); ++g) {
        ValueGroup& v = values[r][g];
        if (layout.column_of[r][g] == static_cast<int>(c) && !v.number.percent && v.number.kind != ValueText::not_available) v.in_percents = true;
      }
  }
}

namespace {

/// "Percent to sales", "% to net sales", "Pct. of sales", "Loss ratio", "Percent"; lower case.
bool heads_percentages(std::string_view head) {
  constexpr std::size_t longest = 40;
  static constexpr Phrases kWords{"percent to ", "% to ", "pct. of ", "pct of ", "percentage of ", "percent of ", "loss ratio", "combined ratio", "expense ratio"};
  static constexpr std::array<std::string_view, 6> kWhole = {"percent", "percentage", "pct", "pct.", "profit margin", "operating margin"};
  return head.size() < longest && (kWords.in(head) || std::find(kWhole.begin(), kWhole.end(), head) != kWhole.end());
}

/// "%1", "% (1)": the sign with the mark of a note.
bool is_marked_sign(std::string_view head) {
  if (head.size() < 2 || head.size() > 5 || head.front() != '%') return false;
  return std::all_of(head.begin() + 1, head.end(), [](char c) { return is_digit(c) || c == ' ' || c == '(' || c == ')' || c == '*'; });
}

}  // namespace

void mark_percent_columns(const ColumnLayout& layout, const std::vector<std::vector<ValueGroup>>& values, std::vector<Column>& columns) {
  const std::vector<ColumnSigns> signs = signs_of(layout, values);
  for (std::size_t c = 0; c < columns.size() && c < signs.size(); ++c) {
    Column& column = columns[c];
    const bool of_values = column.kind == Column::Kind::value || column.kind == Column::Kind::other;
    if (!of_values || column.header.empty() || signs[c].currency > 0 || signs[c].largest >= Decimal(1000)) continue;
    const auto heads = [](const std::string& h) { return heads_percentages(lower(trim(h))); };
    if (is_marked_sign(trim(column.header.back()))) column.kind = Column::Kind::percent_of, column.in_percents = true;
    else if (std::any_of(column.header.begin(), column.header.end(), heads)) column.in_percents = true;
  }
}

}  // namespace factpress::tables
