#include "tables/rows.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "document/layout.h"
#include "tables/currency.h"
#include "tables/labels.h"
#include "tables/period_words.h"
#include "tables/scale.h"

namespace factpress::tables {

bool is_prose_beside(const GridCell& c) {
  constexpr std::size_t longest_head = 200, short_bullet = 60;
  if (c.cell->to > 0 || c.begin == 0) return false;  // aligned text, labels
  return c.plain.size() > longest_head || (c.plain.size() > short_bullet && (c.plain.starts_with("\u25A0") || c.plain.starts_with("\u2022")));
}

namespace {

constexpr std::uint32_t kLabelIndent = 12;  // fixed-width text: a number that begins further left is part of a label

bool is_value(const GridCell& c) {
  const ValueText k = c.number.kind;
  return k == ValueText::number || k == ValueText::dash || k == ValueText::prefix || k == ValueText::not_available;
}

/// "12c", "5(a)", "7 & 9" in a cell of its own beside a label: notes to the statements.
bool is_note_reference(std::string_view text) {
  if (text.size() < 2 || text.size() > 10 || !is_digit(text[0])) return false;
  bool letter = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_alpha(c) && (is_alpha(text[i - 1]) || !(is_digit(text[i - 1]) || text[i - 1] == '('))) return false;
    if (!is_alnum(c) && c != '(' && c != ')' && c != ',' && c != '&' && c != ' ') return false;
    letter = letter || is_alpha(c) || c == '&';
  }
  return letter;
}

/// Slots between the labels of rows and their numbers that no such row fills: a header there ("2024" over an empty slot) heads numbers.
std::uint32_t end_of_labels(const Grid& grid, std::uint32_t numbers) {
  std::uint32_t end = 0;
  for (const GridRow& row : grid.rows) {
    const auto is_number = [&](const GridCell& c) { return c.begin >= numbers && is_value(c) && !c.number.year_like; };
    if (row.cells.empty() || row.cells.front().number.kind != ValueText::words || std::none_of(row.cells.begin(), row.cells.end(), is_number)) continue;
    for (const GridCell& c : row.cells)
      if (c.begin < numbers) end = std::max(end, c.end);
  }
  return end > 0 ? std::min(end, numbers) : numbers;
}

/// The first slot in which numbers stand: labels are left of it.
std::uint32_t numbers_from(const Grid& grid) {
  std::vector<std::uint32_t> firsts;
  for (const GridRow& row : grid.rows) {
    bool words = false;
    for (const GridCell& c : row.cells) {
      if (is_value(c) && words && !c.number.year_like) {
        firsts.push_back(c.begin);
        break;
      }
      if (c.number.kind == ValueText::words) words = true;
      if (!is_value(c) && words && c.begin > 0 && c.number.kind == ValueText::words && &c != &row.cells.front() && c.text().size() > 40) break;
    }
  }
  if (firsts.empty()) return grid.aligned ? kLabelIndent : 1;
  // A footnote number in a column of its own among the labels must not shift the border: the lowest decile, not the least.
  std::sort(firsts.begin(), firsts.end());
  std::size_t at = firsts.size() / 10;
  const std::uint32_t near = grid.aligned ? 8 : 1;  // wide numbers and signs begin a little further left
  while (at > 0 && firsts[at - 1] + near >= firsts[at]) --at;
  return grid.aligned ? firsts[at] : end_of_labels(grid, firsts[at]);
}

/// How many numbers most of the rows with a label have.
std::size_t usual_numbers(const Grid& grid) {
  std::array<std::size_t, 64> rows{};
  for (const GridRow& row : grid.rows) {
    if (row.cells.empty() || row.cells.front().number.kind != ValueText::words) continue;
    const auto numbers = std::count_if(row.cells.begin(), row.cells.end(), [](const GridCell& c) { return c.number.kind == ValueText::number || c.number.kind == ValueText::dash; });
    if (numbers > 0 && static_cast<std::size_t>(numbers) < rows.size()) ++rows[static_cast<std::size_t>(numbers)];
  }
  return static_cast<std::size_t>(std::max_element(rows.begin(), rows.end()) - rows.begin());
}

/// "Condensed Consolidated Balance Sheets", "Acme, Inc. and Subsidiaries": what stands over a whole table, never over a column.
bool names_statement_or_company(std::string_view text) {
  static constexpr std::array<std::string_view, 15> kWords = {"statements of", "statement of", "balance sheet", "reconciliation", "cash flows", "financial condition", "results of operations",
      "financial information", "highlights", "selected ", "supplemental ", "subsidiaries", ", inc", " inc.", " corporation"};
  static constexpr std::array<std::string_view, 8> kEndings = {" inc", " corp", " corp.", " company", " ltd", " ltd.", " llc", " plc"};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view w) { return icontains(text, w); }) ||
         std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view w) { return text.size() > w.size() && iequals(text.substr(text.size() - w.size()), w); });
}

/// "For the Quarters Ended March 31, 2020 and 2019": of all columns together.
bool tells_several_years(std::string_view text) {
  if (!icontains(text, " and ")) return false;
  const PeriodWords w = read_period_words(text);
  std::vector<int> years;
  for (const DateWords& d : w.dates)
    if (d.year && std::find(years.begin(), years.end(), d.year) == years.end()) years.push_back(d.year);
  return years.size() >= 2 && !w.change;
}

class Sorter {
 public:
  explicit Sorter(const Grid& grid) : grid_(grid), from_(numbers_from(grid)), columns_(grid.aligned ? 0 : usual_numbers(grid)) {}

  std::vector<RowParts> sort() {
    for (const GridRow& row : grid_.rows) out_.push_back(parts(row)), most_values_ = std::max(most_values_, out_.back().values.size());
    for (std::size_t i = 0; i < out_.size(); ++i) decide(i);
    promote();
    demote();
    mark_rules();
    return std::move(out_);
  }

 private:
  RowParts parts(const GridRow& row) const {
    RowParts p;
    p.row = &row;
    p.underlined = row.underlined;
    if (row.rule) {
      p.kind = RowKind::rule;
      return p;
    }
    // Years set over the middle of wide columns may begin left of the numbers below.
    const bool years_apart = grid_.aligned && row.cells.size() >= 2 && row.cells.front().begin >= kLabelIndent &&
                             std::all_of(row.cells.begin(), row.cells.end(), [](const GridCell& c) { return c.number.year_like; });
    const bool shifted = !grid_.aligned && lost_its_first_cell(row);
    const std::uint32_t from = numbers_of(row);
    p.values = value_groups(row, years_apart || shifted ? 0 : from, grid_.aligned);
    if (shifted)
      for (const GridCell& c : row.cells)
        if (c.number.kind == ValueText::words) p.words.push_back(&c);
    if (years_apart || shifted) return p;
    const bool years = restore_years(p, from);
    // Two dates or more beside each other in fixed-width text are headers, however far they reach left of their numbers.
    const auto dates = grid_.aligned ? std::count_if(row.cells.begin(), row.cells.end(), [](const GridCell& c) { return c.begin >= kLabelIndent && is_header_text(c.plain); }) : 0;
    // The first words of a row of numbers are its label, even where narrower tables of the block begin their numbers further left.
    const bool leads = grid_.aligned && !p.values.empty() && row.cells.front().number.kind == ValueText::words && !is_header_text(row.cells.front().text());
    const bool currencies = p.values.empty() && std::any_of(row.cells.begin(), row.cells.end(), [](const GridCell& c) { return c.number.kind == ValueText::prefix; });
    for (const GridCell& c : row.cells) {
      if (currencies && c.number.kind == ValueText::prefix && read_currency_head(c.plain)) {  // "RMB | RMB | US$" under the dates
        p.words.push_back(&c);
        continue;
      }
      if (!p.label.empty() && is_note_reference(c.text()) && !is_header_text(c.plain)) continue;  // but "2Q20"
      if (is_prose_beside(c)) continue;
      if ((leads && &c == &row.cells.front()) || (is_label(c) && !(dates >= 2 && c.begin >= kLabelIndent && is_header_text(c.plain)))) p.label.push_back(&c);
      else if (c.number.kind == ValueText::words || (c.number.kind == ValueText::suffix && p.values.empty())) p.words.push_back(&c);
      else if (years && !c.number.year_like) p.words.push_back(&c);
    }
    return p;
  }

  /// "2020 | 2019" over "Net sales | 1,500 | 1,400", "Three Months Ended | Six Months Ended": headers whose empty first cell was lost
  /// on the way, told by as many texts as columns, or durations alone.
  bool lost_its_first_cell(const GridRow& row) const {
    if (row.cells.size() < 2 || row.cells.front().begin >= from_ || row.cells.front().begin > 0 || row.cells.front().end > 1) return false;
    bool durations = true;
    for (const GridCell& c : row.cells) {
      if (c.end > c.begin + 1) return false;  // column spans tell where it stands
      const PeriodWords w = read_period_words(c.plain);
      if (c.number.kind == ValueText::words ? !w.any() || c.plain.size() > 60 : !c.number.year_like) return false;
      durations = durations && w.spans_time();
    }
    return durations || row.cells.size() == columns_;
  }

  /// "2020 | 2019 | $ | %", "2020 | % | 2019 | %": years, and signs that head columns; no number is made of a year and the
  /// sign beside it.
  bool restore_years(RowParts& p, std::uint32_t from) const {
    if (p.values.size() < 2) return false;
    std::size_t years = 0, signs = 0;
    bool dollar = false;
    for (const GridCell& c : p.row->cells) {
      if (c.begin < from) continue;
      if (c.number.year_like && dollar) return false;
      if (c.number.year_like) ++years;
      else if (c.number.kind == ValueText::number || c.number.kind == ValueText::dash) return false;
      else if (c.text() == "$" || c.text() == "%") ++signs;
      dollar = c.number.kind == ValueText::prefix;
      if (years == 0 && signs > 0) return false;
    }
    if (years < 2 || signs == 0 || years != p.values.size()) return false;
    for (ValueGroup& g : p.values) {
      g.number = g.cell->number;
      g.text = std::string(g.cell->text());
      g.begin = g.cell->begin;
      g.end = g.right;
    }
    return true;
  }

  /// Where the numbers of a row begin: a year may span the empty slot before the first number that it heads.
  std::uint32_t numbers_of(const GridRow& row) const {
    if (grid_.aligned) return from_;
    for (const GridCell& c : row.cells)
      if (c.begin > 0 && c.begin < from_ && c.end > from_ && c.number.year_like) return c.begin;
    return from_;
  }

  /// Left of the numbers; a header may begin a little left of them as long as it reaches over them.
  bool is_label(const GridCell& c) const {
    if (c.begin >= from_) return false;
    if (grid_.aligned) return c.begin < kLabelIndent || c.begin + c.end < 2 * from_;
    return c.begin == 0 || c.end <= from_;
  }

  /// Years alone, also with marks of notes behind them: "2024 (1)".
  static bool years_only(const RowParts& p) {
    return !p.values.empty() && p.values.front().number.year_like &&
           std::all_of(p.values.begin(), p.values.end(), [](const ValueGroup& g) { return g.number.year_like || g.weak; });
  }
  /// "Maturity profile | 2022 | 2023 | 2024 | 2025 | 2026": years that follow one another head columns, whatever stands beside them.
  static bool years_in_order(const RowParts& p) {
    std::vector<Decimal> years;
    for (const ValueGroup& g : p.values)
      if (g.number.year_like) years.push_back(g.number.value);
    if (years.size() < 4) return false;
    const Decimal step = years[1] - years[0];
    if (step.abs() != Decimal(1)) return false;
    for (std::size_t i = 1; i < years.size(); ++i)
      if (years[i] - years[i - 1] != step) return false;
    return true;
  }
  static bool tells_year(const RowParts& p) {
    return years_only(p) || std::any_of(p.words.begin(), p.words.end(), [](const GridCell* c) {
             const PeriodWords w = read_period_words(c->plain);
             return w.fiscal_year || std::any_of(w.dates.begin(), w.dates.end(), [](const DateWords& d) { return d.year != 0; });
           });
  }
  bool has_amount(const RowParts& p) const {
    if (years_only(p) && !p.label.empty() && years_told_ && !years_in_order(p)) return true;
    const bool only_marks = std::all_of(p.values.begin(), p.values.end(), [](const ValueGroup& g) { return g.weak; });
    // "(1)" under a header is a footnote mark; a row of them below numbers, as wide as the table, is an unlabelled subtotal
    if (only_marks && p.label.empty() && !(seen_data_ && p.values.size() >= 2 && p.values.size() >= most_values_)) return false;
    return std::any_of(p.values.begin(), p.values.end(), [](const ValueGroup& g) { return !g.number.year_like && g.number.kind != ValueText::not_available; });
  }
  static bool header_words(const RowParts& p) {
    return std::any_of(p.words.begin(), p.words.end(), [](const GridCell* c) { return is_header_text(c->plain); });
  }
  bool wide(const RowParts& p) const {
    if (p.row->cells.size() != 1) return false;
    const GridCell& c = p.row->cells[0];
    return !grid_.aligned && c.begin < from_ && c.end > from_;
  }

  /// A company's name, a statement's, "(In millions, except per share data)": no words of a column, and no period.
  static bool heads_the_table(const RowParts& p) {
    const std::string_view text = trim(p.row->cells[0].plain);
    if (!header_words(p)) return true;
    const PeriodWords w = read_period_words(text);
    return text.starts_with('(') && text.ends_with(')') && !w.any() && !w.change && !w.outlook;
  }

  /// Fixed-width text: a line of its own with the company's name, the statement's, or the periods of all columns.
  bool names_the_table(const RowParts& p) const {
    if (!grid_.aligned || p.row->cells.size() != 1 || !p.values.empty()) return false;
    const std::string_view text = trim(p.row->cells[0].plain);
    if (!heads_the_table(p)) return tells_several_years(text);
    const bool first = last_ != RowKind::header && !text.starts_with('(') && text.find(' ') != std::string_view::npos;  // no header stands above it
    return first || names_statement_or_company(text);
  }

  void decide(std::size_t i) {
    RowParts& p = out_[i];
    if (p.kind == RowKind::rule) return;
    if (p.row->cells.empty()) {
      p.kind = RowKind::blank;
      return;
    }
    const bool after_header = last_ == RowKind::header;
    const bool no_words = !p.label.empty() && std::none_of(p.label.back()->text().begin(), p.label.back()->text().end(), is_alpha);  // "June" above "30,  2025  2024"
    const bool noted = p.values.size() >= 2 && !p.label.empty() && (no_words || is_header_text(p.label.back()->plain) || p.label.back()->text().back() == ')' ||
                                                                       icontains(p.label.back()->text(), " ended "));
    const bool rest = after_header && !p.label.empty() && p.label.back()->text().ends_with(')') && p.label.back()->text().find('(') == std::string_view::npos;  // "share data) | 2019"
    // "SELECTED DATA | 2Q21 | 1Q21 | ... | 2021 | 2020": periods over all columns, some of them years.
    const bool periods = p.words.size() >= 2 && std::all_of(p.words.begin(), p.words.end(), [](const GridCell* c) { return read_period_words(c->plain).any(); });
    const bool amounts = !p.label.empty() && !noted && !rest && !periods && !(after_header && wants_years(i)) && !years_in_order(p) && years_told_;  // "Revenues | 2015 | 1998" below the years themselves
    if (years_only(p) && !amounts && (!seen_data_ || noted || rest || periods || p.label.empty() || after_header || years_in_order(p)) && !names_a_count(p)) p.kind = RowKind::header;
    else if (after_header && days_alone(p)) p.kind = RowKind::header;
    else if (has_amount(p) && !(header_words(p) && only_small(p)) && !names_with_mark(p)) p.kind = RowKind::data;
    else if (!seen_data_ && !after_header && wide(p) && heads_the_table(p)) p.kind = RowKind::title;
    else if (!seen_data_ && names_the_table(p)) p.kind = RowKind::title;
    else if (!p.words.empty() && !goes_on(i) && is_column_header(p, after_header)) p.kind = RowKind::header;
    else if (!p.values.empty()) p.kind = p.label.empty() ? RowKind::header : RowKind::data;
    else if (wide(p)) p.kind = RowKind::title;
    else p.kind = RowKind::heading;
    if (p.kind == RowKind::data) seen_data_ = data_since_header_ = true;
    if (p.kind == RowKind::header) years_told_ = (years_told_ && !data_since_header_) || tells_year(p), data_since_header_ = false;
    if (p.kind != RowKind::blank && p.kind != RowKind::rule) last_ = p.kind;
  }

  /// Fixed-width text: "February 2, 2025 and 804 shares at" below "Treasury stock, 806 shares at": a wrapped label, no header.
  bool goes_on(std::size_t i) const {
    if (!grid_.aligned || i == 0 || out_[i - 1].kind != RowKind::heading || out_[i].row->cells.front().begin >= from_ ||
        out_[i].row->cells.size() != 1 || out_[i - 1].row->cells.size() != 1)
      return false;
    const std::string_view above = out_[i - 1].row->cells.back().text();
    return above.size() > 12 && ends_with_connector(above) && above.back() != ',';
  }

  /// "Fiscal year ending | 2021": a label with a year is no data, but "Number of stores | 2021" is.
  static bool names_a_count(const RowParts& p) {
    return !p.label.empty() && (icontains(p.label[0]->text(), "number of") || icontains(p.label[0]->text(), "total"));
  }
  /// "30 Jun | 2 | 2020": digits within a header.
  static bool only_small(const RowParts& p) {
    return p.label.empty() && std::all_of(p.values.begin(), p.values.end(), [](const ValueGroup& g) {
             return g.number.year_like || (g.number.fraction_digits == 0 && !g.number.currency && !g.number.percent && g.text.size() <= 2);
           });
  }

  /// "December 31, 2022 | Level 1 | Level 2 | Netting | 4 | Total": names of columns, and a footnote's mark in a cell of its own.
  bool names_with_mark(const RowParts& p) const {
    if (seen_data_ || grid_.aligned || p.words.size() < 3 || p.values.size() != 1 || (!p.label.empty() && !is_header_text(p.label.back()->plain))) return false;
    const NumberText& n = p.values[0].number;
    return n.kind == ValueText::number && n.fraction_digits == 0 && !n.currency && !n.percent && !n.negative && p.values[0].text.size() == 1;
  }

  /// "27, | 29,": days below the months that a narrow column parted them from.
  static bool days_alone(const RowParts& p) {
    return p.label.empty() && !p.values.empty() && std::all_of(p.values.begin(), p.values.end(), [](const ValueGroup& g) {
             const std::string_view text = trim(g.cell->text());
             return text.ends_with(',') && g.number.kind == ValueText::number && !g.number.currency && !g.number.percent && g.number.fraction_digits == 0 && g.text.size() <= 3;
           });
  }

  bool is_column_header(const RowParts& p, bool after_header) const {
    const bool header = header_words(p);
    if (!p.label.empty() && std::any_of(p.words.begin(), p.words.end(), [](const GridCell* c) { return is_range(c->text()); })) return false;
    if (!seen_data_) return header || after_header || p.words.size() >= 2 || p.label.empty();
    if (header) return p.label.empty() || texts_of(p) >= 2 || after_header;
    if (after_header && p.words.size() >= 2 && (p.label.empty() || notes_scale(p))) return true;  // "(in millions) | Pre-tax | After-tax" below a further block's periods
    return p.label.empty() && p.words.size() >= 2 && p.words.size() + 1 >= most_values();
  }
  /// "Dec 31, | Sep 30, | Jun 30," in the row above: the years follow, beside a label or not.
  bool wants_years(std::size_t i) const {
    while (i > 0 && (out_[i - 1].kind == RowKind::blank || out_[i - 1].kind == RowKind::rule)) --i;
    if (i == 0) return false;
    return std::count_if(out_[i - 1].words.begin(), out_[i - 1].words.end(), [](const GridCell* c) {
             const PeriodWords w = read_period_words(c->plain);
             return w.dates.size() == 1 && w.dates[0].month && !w.dates[0].year;
           }) >= 2;
  }
  static bool notes_scale(const RowParts& p) {
    const std::string_view label = trim(p.label.back()->text());
    return label.starts_with('(') && read_scale(label).money;
  }
  /// "$70 to $81", "(5) - 10": a range of amounts, as outlooks print them.
  static bool is_range(std::string_view text) {
    std::size_t at = text.find(" to ");
    if (at == std::string_view::npos) at = text.find(" - ");
    if (at == std::string_view::npos) at = text.find(" \u2013 ");
    if (at == std::string_view::npos) return false;
    return read_number(text.substr(0, at)).kind == ValueText::number && has_digit(text.substr(at));
  }
  /// Header texts of a row; dates that share a piece of fixed-width text count each.
  std::size_t texts_of(const RowParts& p) const {
    if (!grid_.aligned || p.words.size() != 1) return p.words.size();
    return std::max<std::size_t>(1, read_period_words(p.words[0]->text()).dates.size());
  }
  std::size_t most_values() const {
    return std::min<std::size_t>(most_values_, 8);
  }

  /// Names over the columns of a further table ("Domestic | Canada | Consolidated") stand right above its years.
  void promote() {
    const RowParts* below = nullptr;
    for (std::size_t i = out_.size(); i-- > 0;) {
      RowParts& p = out_[i];
      if (p.kind == RowKind::blank || p.kind == RowKind::rule) continue;
      const bool names = p.kind == RowKind::heading && p.label.empty() && p.values.empty() && p.words.size() >= 2;
      if (names && below && below->kind == RowKind::header && below->label.empty() && below->values.size() >= p.words.size()) p.kind = RowKind::header;
      below = &p;
    }
  }

  /// Text below the last number: notes.
  void demote() {
    for (std::size_t i = out_.size(); i-- > 0;) {
      RowParts& p = out_[i];
      if (p.kind == RowKind::data || p.kind == RowKind::header) break;
      if (p.kind == RowKind::title || p.kind == RowKind::heading) {
        const std::string_view text = p.row->cells[0].text();
        if (p.row->cells.size() > 1 || text.size() > 60 || text[0] == '(' || text[0] == '*' || document::is_bullet(text)) p.kind = RowKind::note;
      }
    }
  }

  void mark_rules() {
    RowParts* above = nullptr;
    for (RowParts& p : out_) {
      if (p.kind == RowKind::rule) {
        if (above) above->underlined = true, above->rule = above->rule ? above->rule : p.row;
        if (above && p.row->double_rule) above->double_underlined = true;
      } else if (p.kind != RowKind::blank) {
        above = &p;
      }
    }
  }

  const Grid& grid_;
  std::uint32_t from_;
  std::size_t columns_;  ///< numbers of most rows, where there are no lines of characters
  std::vector<RowParts> out_;
  std::size_t most_values_ = 0;
  bool seen_data_ = false;
  bool data_since_header_ = false;
  bool years_told_ = false;  ///< by a header row of the same table
  RowKind last_ = RowKind::blank;
};

}  // namespace

std::vector<RowParts> sort_rows(const Grid& grid) { return Sorter(grid).sort(); }

bool is_header_text(std::string_view text) {
  if (text.size() > 120) return false;
  const PeriodWords w = read_period_words(text);
  if (w.any() || w.change || w.outlook) return true;
  const std::string_view t = trim(text);
  if (t == "%" || t == "$" || iequals(t, "amount") || icontains(t, "unaudited") || icontains(t, "audited") || icontains(t, "per share") ||
      icontains(t, "% of"))
    return t.size() < 40;
  return icontains(t, "in thousands") || icontains(t, "in millions") || (t.size() < 24 && read_scale(t).money) || read_currency_head(t);
}

}  // namespace factpress::tables
