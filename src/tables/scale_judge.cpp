#include "tables/scale_judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "base/text.h"
#include "diag/codes/tables.h"
#include "tables/counted.h"
#include "tables/judge.h"
#include "tables/number.h"
#include "tables/scale.h"

namespace factpress::tables {

namespace {

/// Amounts of prose, rounded as printed: "$16.2 million" is 162 tenths of a million.
struct ProseAmount {
  Decimal value;  // exact
  int decimals;   // of the print: -5 for $16.2 million
};

/// Of the word behind an amount: "$16.2 million", "$16.2M", "$1.2bn"; 0 for any other.
int power_behind(std::string_view rest) {
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  return scale_word(rest).power;
}

std::vector<ProseAmount> prose_amounts(const document::Document& document) {
  std::vector<ProseAmount> out;
  for (const document::Block& block : document.blocks) {
    if (block.table) continue;
    const std::string_view text = block.text.view();
    for (std::size_t at = text.find('$'); at != std::string_view::npos && out.size() < 2000; at = text.find('$', at + 1)) {
      std::size_t end = at + 1;
      while (end < text.size() && (is_digit(text[end]) || ((text[end] == '.' || text[end] == ',') && end + 1 < text.size() && is_digit(text[end + 1])))) ++end;
      const NumberText n = read_number(text.substr(at, end - at));
      if (n.kind != ValueText::number) continue;
      const int power = power_behind(text.substr(end));
      if (!power && !n.grouped) continue;
      out.push_back({n.value.shifted(power), n.fraction_digits - power});
    }
  }
  return out;
}

/// Finds the first amount of prose that a value gives when it is rounded as the amount is.
class RoundedAmounts {
 public:
  explicit RoundedAmounts(const std::vector<ProseAmount>& amounts) {
    for (std::size_t i = 0; i < amounts.size(); ++i)
      if (!amounts[i].value.is_zero()) by_decimals_[amounts[i].decimals].emplace(amounts[i].value, i);  // the first of equals stays
  }

  /// Its number in the text; none: nothing.
  std::optional<std::size_t> find(const Decimal& value) const {
    std::optional<std::size_t> first;
    for (const auto& [decimals, amounts] : by_decimals_) {
      const auto at = amounts.find(value.rounded(decimals, Rounding::half_away));
      if (at != amounts.end() && (!first || at->second < *first)) first = at->second;
    }
    return first;
  }

 private:
  std::map<int, std::map<Decimal, std::size_t>> by_decimals_;
};

bool is_money(const TableCell& c) { return c.unit == UnitKind::money && !c.printed.dash; }

/// Whole digits of the print: a number of few digits meets others by chance.
bool telling(const Decimal& printed) { return printed.abs() >= Decimal(1000); }

/// "179.7" tells a little where whole numbers of four digits are wanting: three digits or more, with a fraction.
bool tells_little(const TableCell& c) { return c.printed.fraction_digits > 0 && c.printed.value.abs() >= Decimal(10); }

/// Numbers as printed, and how often they stand in tables of which scale.
using KnownNumbers = std::unordered_map<std::string, std::map<int, int>>;

template <class Which>
void learn_numbers(const DataTable& table, KnownNumbers& known, Which which) {
  for (const TableRow& row : table.rows)
    for (const TableCell& c : row.cells)
      if (is_money(c) && which(c)) ++known[c.printed.value.abs().to_string()][table.scale];
}

int votes_of_ties(const DataTable& table, const KnownNumbers& known, int& power, bool little = false) {
  std::map<int, std::set<std::string>> votes;
  for (const TableRow& row : table.rows)
    for (const TableCell& c : row.cells) {
      if (!is_money(c) || c.own_scale || !(telling(c.printed.value) || (little && tells_little(c)))) continue;
      const std::string key = c.printed.value.abs().to_string();
      const auto at = known.find(key);
      if (at == known.end()) continue;
      for (const auto& [scale, n] : at->second) votes[scale].insert(key);
    }
  int best = 0;
  for (const auto& [scale, keys] : votes)
    if (static_cast<int>(keys.size()) > best) best = static_cast<int>(keys.size()), power = scale;
  return best;
}

int votes_of_prose(const DataTable& table, const std::vector<ProseAmount>& prose, const RoundedAmounts& rounded, int& power) {
  int best = 0, second = 0;
  for (int scale : {0, 3, 6}) {
    std::set<std::string> hits;
    for (const TableRow& row : table.rows)
      for (const TableCell& c : row.cells) {
        if (!is_money(c) || c.printed.value.abs() < Decimal(100)) continue;
        if (const auto found = rounded.find(c.printed.value.abs().shifted(scale))) hits.insert(prose[*found].value.to_string());
      }
    const int n = static_cast<int>(hits.size());
    if (n > best) second = best, best = n, power = scale;
    else second = std::max(second, n);
  }
  return best > second ? best - second : 0;
}

/// "$711,312" of the text, to the dollar, is printed so in the table.
bool prose_prints_the_same(const DataTable& table, const std::vector<ProseAmount>& prose) {
  constexpr int fewest = 10'000;
  const auto in_prose = [&](const Decimal& printed) { return std::any_of(prose.begin(), prose.end(), [&](const ProseAmount& p) { return p.decimals == 0 && p.value == printed; }); };
  for (const TableRow& row : table.rows)
    for (const TableCell& c : row.cells)
      if (is_money(c) && !c.own_scale && c.printed.fraction_digits == 0 && c.printed.value.abs() >= Decimal(fewest) && in_prose(c.printed.value.abs())) return true;
  return false;
}

/// Amounts without digits after the point, at least one; whether they are any, no sign need say.
bool prints_whole_numbers(const DataTable& table) {
  bool any = false;
  for (const TableRow& row : table.rows)
    for (const TableCell& c : row.cells) {
      if (!is_money(c)) continue;
      if (c.printed.fraction_digits > 0 || c.own_scale) return false;
      any = true;
    }
  return any;
}

/// Numbers of which one is the sum of two before it, in a row or a column: amounts, where prices would not be added up.
bool adds_up(const DataTable& table) {
  const auto value = [](const TableCell& c) { return c.printed.dash ? Decimal(0) : c.printed.value; };
  const auto summed = [&](const TableCell* a, const TableCell* b, const TableCell* c) { return !value(*b).is_zero() && value(*a) + value(*b) == value(*c); };
  for (const TableRow& row : table.rows)
    for (std::size_t i = 2; i < row.cells.size(); ++i)
      if (summed(&row.cells[i - 2], &row.cells[i - 1], &row.cells[i])) return true;
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    Decimal sum(0);
    std::size_t n = 0;
    for (const TableRow& row : table.rows)
      for (const TableCell& c : row.cells) {
        if (c.column != static_cast<int>(column)) continue;
        if (n >= 2 && value(c) == sum && !sum.is_zero()) return true;
        sum = sum + value(c), ++n;
      }
  }
  return false;
}

/// Amounts with one digit after the point, some under a sign of money: no dollars and cents.
bool prints_tenths(const DataTable& table) {
  bool any = false;
  for (const TableRow& row : table.rows)
    for (const TableCell& c : row.cells) {
      if (!is_money(c)) continue;
      if (c.printed.fraction_digits > 1 || c.own_scale) return false;
      any = any || (c.printed.fraction_digits == 1 && c.printed.currency);
    }
  return any;
}

/// "$99" without digits after the point: an amount in thousands or millions more often than in dollars.
bool has_whole_money(const DataTable& table) {
  const auto is_signed = [](const TableCell& c) { return is_money(c) && c.printed.currency; };
  return prints_whole_numbers(table) && std::any_of(table.rows.begin(), table.rows.end(), [&](const TableRow& row) { return std::any_of(row.cells.begin(), row.cells.end(), is_signed); });
}

void rescale(DataTable& table, int power, std::string why) {
  for (TableRow& row : table.rows)
    for (TableCell& c : row.cells) {
      if (c.own_scale) continue;
      // Share counts stand as the money does unless they are told or too large for it.
      const bool shares = c.unit == UnitKind::shares && !table.share_scale && c.printed.value.abs() < Decimal::scaled(1, 11 - power) && c.printed.value.abs() < Decimal(2'000'000);
      if (c.unit != UnitKind::money && !shares) continue;
      c.value = c.printed.dash ? Decimal(0) : c.printed.value.shifted(power);
      c.decimals = c.printed.fraction_digits - power;
    }
  table.scale = power;
  table.reasons.push_back("scale: " + std::move(why));
}

/// Gives the amounts that are in no doubt yet, and have no scale of their own, one; the place of the first of them.
Span doubt_amounts(DataTable& table, DoubtOf of, const std::string& why) {
  Span first{};
  for (TableRow& row : table.rows)
    for (TableCell& c : row.cells) {
      if (c.unit != UnitKind::money || c.own_scale) continue;
      if (first.empty()) first = c.printed.span;
      if (c.doubt.empty()) c.doubt = why, c.doubt_of = of;
    }
  return first;
}

std::string of_title(const DataTable& table) { return table.title.empty() ? "" : "of \"" + table.title + "\" "; }

void doubt(DataTable& table, const document::Document& document, diag::Sink& sink, const std::string& guess) {
  table.confidence = std::min(table.confidence, 0.5);
  const Span first = doubt_amounts(table, DoubtOf::scale, "no scale is stated and no arithmetic settles it; " + guess);
  sink.add(diag::Diagnostic(diag::codes::tables_no_scale, Place{document.source, first},
                            fmt::format("no note tells the scale of the amounts {}and no arithmetic settles it; {}", of_title(table), guess))
               .helped("State it in the release (\"in thousands\"), or give scale in [release] of --map FILE."));
}

/// No sign of money, no note, no label and no title that speaks of any.
bool speaks_of_no_money(const DataTable& table) {
  if (table.kind != StatementKind::other || !table.scale_note.empty() || speaks_of_money(lower(table.title))) return false;
  bool any = false;
  for (const TableRow& row : table.rows) {
    if (!row.cells.empty() && (speaks_of_money(lower(row.label)) || std::any_of(row.section.begin(), row.section.end(), [](const std::string& s) { return speaks_of_money(lower(s)); }))) return false;
    for (const TableCell& c : row.cells) {
      if (c.printed.currency) return false;
      any = any || (c.unit == UnitKind::money && !c.own_scale);
    }
  }
  return any;
}

void doubt_unit(DataTable& table, const document::Document& document, diag::Sink& sink) {
  const Span first = doubt_amounts(table, DoubtOf::unit, "nothing tells whether it is money: no sign, no note, no word");
  sink.add(diag::Diagnostic(diag::codes::tables_no_unit, Place{document.source, first},
                            fmt::format("nothing tells whether the numbers {}are money: no sign stands with them, no note and no label speaks of any; they are left out of filings", of_title(table)))
               .helped("A rule with a unit in --map FILE settles it."));
}

/// A paragraph of its own that tells a scale, and the block it is.
struct RunningNote {
  std::size_t block;
  int power;
};

/// "(dollars in millions, except per-share amounts; metric tons in thousands)": such paragraphs in brackets, in order.
std::vector<RunningNote> running_notes(const document::Document& document) {
  std::vector<RunningNote> out;
  for (std::size_t i = 0; i < document.blocks.size(); ++i) {
    const std::string_view text = trim(document.blocks[i].text.view());
    if (document.blocks[i].table || text.size() < 12 || text.size() > 300) continue;
    if (istarts_with(text, "dollars in ") && text.size() < 80)  // at the head of each page
      if (const auto power = read_scale(text).money) out.push_back({i, *power});
    if (text.front() != '(' || text.back() != ')') continue;
    const bool leads = istarts_with(text, "(dollars") || istarts_with(text, "(in ") || istarts_with(text, "(amounts") || istarts_with(text, "($ in") || istarts_with(text, "(all ");
    if (const auto power = leads ? read_scale(text).money : std::nullopt) out.push_back({i, *power});
  }
  return out;
}

/// No amount of the table grows beyond what a company can have, and none is printed as "1,035,000" is, which no scale is meant for.
bool can_be_scaled(const DataTable& table, int power) {
  for (const TableRow& row : table.rows)
    for (const TableCell& c : row.cells)
      if (is_money(c) && !c.own_scale && (c.printed.value.abs() >= Decimal::scaled(1, 13 - power) || (c.printed.value.abs() >= Decimal(1'000'000) && c.printed.text.find(",000") != std::string::npos)))
        return false;
  return true;
}

/// Settles the tables that the last such note before them scales, however far above, and takes them out of the list.
void settle_by_note(const std::vector<RunningNote>& notes, std::vector<DataTable*>& tables) {
  std::erase_if(tables, [&](DataTable* table) {
    const std::size_t block = table->blocks.empty() ? 0 : table->blocks.front();
    const auto after = std::partition_point(notes.begin(), notes.end(), [&](const RunningNote& n) { return n.block < block; });
    if (after == notes.begin() || !can_be_scaled(*table, std::prev(after)->power)) return false;
    const int power = std::prev(after)->power;
    rescale(*table, power, fmt::format("a note far above says 10^{}", power));
    return true;
  });
}

}  // namespace

void judge_scales(const document::Document& document, std::vector<DataTable>& tables, std::optional<int> given, diag::Sink& sink) {
  KnownNumbers known, known_little;
  std::map<int, int> usual;
  std::vector<DataTable*> noted, open, small, broken;
  for (DataTable& table : tables) {
    std::size_t telling_cells = 0;
    for (const TableRow& row : table.rows)
      for (const TableCell& c : row.cells) telling_cells += is_money(c) && !c.own_scale && telling(c.printed.value) ? 1 : 0;
    if (!table.scale_note.empty()) noted.push_back(&table), ++usual[table.scale];
    else if (telling_cells > 0) open.push_back(&table);
    else if (has_whole_money(table)) small.push_back(&table);
    else broken.push_back(&table);
  }
  const auto learn = [&](const DataTable& table) {
    if (!open.empty()) learn_numbers(table, known, [](const TableCell& c) { return telling(c.printed.value); });
    if (!broken.empty()) learn_numbers(table, known_little, [](const TableCell& c) { return !c.own_scale && tells_little(c); });
  };
  for (const DataTable* table : noted) learn(*table);
  const std::vector<ProseAmount> prose = open.empty() ? std::vector<ProseAmount>{} : prose_amounts(document);
  const RoundedAmounts rounded(prose);
  for (bool progress = true; progress && !open.empty();) {  // a table settled may settle others by its numbers
    progress = false;
    for (DataTable*& table : open) {
      if (!table) continue;
      int power = 0;
      const int ties = votes_of_ties(*table, known, power);
      if (noted.empty() && prose_prints_the_same(*table, prose)) {  // income over shares, both a thousand times too large, gives the same amount a share
        rescale(*table, 0, "the text prints the same amounts in whole dollars");
      } else if (ties >= 2) {
        rescale(*table, power, fmt::format("{} of its numbers stand in tables scaled by 10^{}", ties, power));
      } else if (const int by_shares = scale_by_shares(*table); by_shares >= 0) {
        rescale(*table, by_shares, fmt::format("income over shares gives earnings per share by 10^{}", by_shares));
      } else if (const int told = votes_of_prose(*table, prose, rounded, power); told >= 2) {
        rescale(*table, power, fmt::format("{} amounts of the text agree with 10^{} alone", told, power));
      } else {
        continue;
      }
      learn(*table);
      ++usual[table->scale];
      table = nullptr;
      progress = true;
    }
    open.erase(std::remove(open.begin(), open.end(), nullptr), open.end());
  }
  for (DataTable* table : broken) {  // "69.9 | 179.7" without a note, which a table with one prints too
    int power = 0;
    if (const int ties = votes_of_ties(*table, known_little, power, true); ties >= 3 && power) rescale(*table, power, fmt::format("{} of its numbers stand in tables scaled by 10^{}", ties, power));
  }
  std::erase_if(broken, [](const DataTable* t) { return t->scale != 0; });
  if (!open.empty() || !small.empty() || !broken.empty()) {
    const std::vector<RunningNote> notes = running_notes(document);
    settle_by_note(notes, open);
    settle_by_note(notes, small);
    std::vector<DataTable*> tenths;
    for (DataTable* table : broken)
      if (prints_tenths(*table)) tenths.push_back(table);
    settle_by_note(notes, tenths);
    std::erase_if(broken, [](const DataTable* t) { return t->scale != 0; });
  }
  int most_usual = 0, most = 0;
  for (const auto& [scale, n] : usual)
    if (n > most) most = n, most_usual = scale;
  const auto by_the_user = [&](DataTable& table) {
    if (given) rescale(table, *given, fmt::format("10^{}, as the mapping file gives", *given));
    return given.has_value();
  };
  const auto assume_usual = [&](DataTable& table) {
    rescale(table, most_usual, fmt::format("assumed 10^{}, as most tables of this release", most_usual));
    doubt(table, document, sink, fmt::format("10^{} is assumed, as in most tables of this release", most_usual));
  };
  for (DataTable* table : small) {
    if (by_the_user(*table)) continue;
    if (!most_usual) break;
    assume_usual(*table);
  }
  const auto as_most = [&](const DataTable* t) { return t->scale == most_usual && prints_tenths(*t); };
  const bool tenths_usual = most_usual && 2 * std::count_if(noted.begin(), noted.end(), as_most) > static_cast<std::ptrdiff_t>(noted.size());
  for (DataTable* table : broken) {  // "$258.5 | $0.4" in a release that prints its millions so
    if (!tenths_usual || given || !prints_tenths(*table) || !adds_up(*table)) continue;
    assume_usual(*table);
  }
  std::erase_if(broken, [](const DataTable* t) { return t->scale != 0; });
  for (DataTable* table : broken)
    if (speaks_of_no_money(*table)) doubt_unit(*table, document, sink);
  for (DataTable* table : broken)  // "46 | (46)" without a sign, a note and a fraction
    if ((most_usual || given) && !table->scale && prints_whole_numbers(*table) && !by_the_user(*table)) doubt(*table, document, sink, "amounts are taken as printed");
  for (DataTable* table : open) {
    if (by_the_user(*table)) continue;
    int power = most_usual;
    Decimal largest;
    for (const TableRow& row : table->rows)
      for (const TableCell& c : row.cells)
        if (is_money(c)) largest = std::max(largest, c.printed.value.abs());
    int tie = 0;
    if (votes_of_ties(*table, known, tie) == 1) power = tie;
    if (largest >= Decimal(10'000'000)) power = 0;
    if (power) rescale(*table, power, fmt::format("assumed 10^{}, as most tables of this release", power));
    doubt(*table, document, sink, power ? fmt::format("10^{} is assumed, as in most tables of this release", power) : "amounts are taken as printed");
  }
}

}  // namespace factpress::tables
