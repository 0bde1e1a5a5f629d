#include "assemble/claim_lookup.h"

#include <algorithm>
#include <cstdlib>

#include "assemble/figures.h"
#include "assemble/words.h"
#include "base/text.h"

namespace factpress::assemble {
namespace {

using Words = std::vector<std::string>;

template <class Set>
void make_set(Set& words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

// Words that may stand or be missing without naming another item.
bool is_general(const std::string& w) {
  static const Words words = [] {
    Words list = {"applicable", "attributable", "available", "common", "stockholder", "net", "basic", "diluted", "per", "share", "weighted", "average",
                  "outstanding", "attributed", "holder", "ordinary", "operating", "corporation", "inc", "balance", "sheet", "amount", "statement",
                  "record", "recorded", "declared", "paid", "achieved", "posted", "positive", "negative", "quarterly", "equivalent", "allocable", "adjusted", "ending", "numerator", "denominator"};
    std::erase(list, "operating");
    make_set(list);
    return list;
  }();
  // A single digit is a footnote's mark as often as not ("Tangible book value 4").
  return (w.size() == 1 && is_digit(w[0])) || std::binary_search(words.begin(), words.end(), w);
}

bool is_time(const std::string& w) {
  static const Words words = [] {
    Words list = {"first", "second", "third", "fourth", "three", "six", "nine", "twelve", "month", "months", "week", "weeks", "ended", "fiscal", "full",
                  "current", "prior", "previous", "last", "same", "ago", "this", "quarters", "years", "annual", "q1", "q2", "q3", "q4", "sequential", "during", "was", "were"};
    std::erase(list, "current");
    make_set(list);
    return list;
  }();
  return std::binary_search(words.begin(), words.end(), w) || (w.size() == 4 && (w.starts_with("19") || w.starts_with("20")) && is_digit(w[2]) && is_digit(w[3]));
}

std::uint64_t mask_of(const std::vector<std::uint32_t>& ids) {
  std::uint64_t mask = 0;
  for (const std::uint32_t id : ids) mask |= std::uint64_t{1} << (id & 63U);
  return mask;
}

template <class Set>
bool has(const Set& set, typename Set::value_type id) {
  return std::binary_search(set.begin(), set.end(), id);
}

template <class Set>
bool subset(const Set& part, const Set& whole) {
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

/// The label before what it adds of itself: "SALES, Net of returns and allowances", "Book value per share (based on ...)".
std::string_view without_addition(std::string_view label) {
  std::size_t cut = label.size();
  for (const std::string_view mark : {", net of ", ", Net of ", " net of ", " ("}) {
    const std::size_t at = label.find(mark);
    if (at == std::string_view::npos || at < 3) continue;
    if (mark == " (" && label.find(')', at) < at + 14) continue;  // "income (loss) ...", "(benefit)", a footnote
    cut = std::min(cut, at);
  }
  return label.substr(0, cut);
}

/// Says itself that it is the GAAP number, whatever the table around it is about.
bool says_gaap(std::string_view label) {
  const std::size_t at = label.find("GAAP");
  return at != std::string_view::npos && !icontains(label.substr(0, at), "non");
}

/// Words that too many items share to tell one from another.
bool is_vague(const std::string& w) {
  return is_general(w) || w == "income" || w == "value" || w == "gain" || w == "other" || w == "cash" || w == "increase" || w == "change";
}

}  // namespace

std::uint32_t Lookup::Vocabulary::id(const std::string& word) {
  const auto [at, fresh] = ids_.try_emplace(word, static_cast<std::uint32_t>(ids_.size()));
  if (fresh) {
    general_.push_back(assemble::is_general(word));
    vague_.push_back(assemble::is_vague(word));
  }
  return at->second;
}

Lookup::Ids Lookup::Vocabulary::ids(const std::vector<std::string>& words) {
  Ids out;
  out.reserve(words.size());
  for (const std::string& w : words) out.push_back(id(w));
  std::sort(out.begin(), out.end());
  return out;
}

bool Lookup::all_general(const Ids& words) const {
  return std::all_of(words.begin(), words.end(), [&](std::uint32_t id) { return vocabulary_.is_general(id); });
}

/// Whether the words that the one has beyond the other are all general.
bool Lookup::all_general_beyond(const Ids& words, const Ids& other) const {
  auto at = other.begin();
  return std::all_of(words.begin(), words.end(), [&](std::uint32_t id) {
    while (at != other.end() && *at < id) ++at;
    return (at != other.end() && *at == id) || vocabulary_.is_general(id);
  });
}

/// How many words tell the item from others.
std::ptrdiff_t Lookup::telling(const Ids& words) const {
  return std::count_if(words.begin(), words.end(), [&](std::uint32_t id) { return !vocabulary_.is_vague(id); });
}

/// The same but for general words.
bool Lookup::called_so(const Ids& subject, const Ids& row) const { return all_general_beyond(row, subject) && all_general_beyond(subject, row); }

Lookup::Lookup(const Workbench& bench) : bench_(bench) {
  company_words_ = key_words(bench.reading.identity.short_name.value);
  if (!company_words_.empty()) company_lead_ = company_words_.front();
  make_set(company_words_);
  for (const std::string_view name : {"working capital", "working capital deficit", "net working capital"}) working_capital_.push_back(subject_words(name));
  for (const std::string_view name : {"gross profit", "gross margin"}) gross_profit_.push_back(subject_words(name));
  const auto set_of = [&](const Words& words) {
    Ids ids = vocabulary_.ids(words);
    make_set(ids);
    return ids;
  };
  for (int t = 0; t < static_cast<int>(bench.reading.tables.size()); ++t) {
    const tables::DataTable& table = bench.table(t);
    for (const tables::Column& c : table.columns) {
      if (c.kind == tables::Column::Kind::value && c.period && std::find(periods_.begin(), periods_.end(), *c.period) == periods_.end()) periods_.push_back(*c.period);
    }
    std::string_view above;  // a heading stands above many rows
    Words words_above;
    bool adjusted_above = false;
    for (int r = 0; r < static_cast<int>(table.rows.size()); ++r) {
      const tables::TableRow& from = table.rows[r];
      if (from.cells.empty()) continue;
      if (const std::string_view section = from.section.empty() ? std::string_view() : from.section.back(); section != above) {
        above = section;
        words_above = key_words(section);
        adjusted_above = says_adjusted(section);
      }
      Words words = key_words(from.label), with_above = words;
      with_above.insert(with_above.end(), words_above.begin(), words_above.end());
      Row row{t, r, {}, {}, {}, adjusted_above || says_adjusted(from.label)};
      if (says_gaap(from.label)) row.adjusted = false;
      if (const std::string_view head = without_addition(from.label); head.size() < from.label.size()) {
        row.head = set_of(key_words(head));
      }
      row.words = set_of(words);
      row.with_above = set_of(with_above);
      row.mask = mask_of(row.with_above);
      row.members = std::any_of(from.cells.begin(), from.cells.end(), [](const auto& c) { return !c.dimensions.empty() || c.unit == tables::UnitKind::per_share; });
      rows_.push_back(std::move(row));
    }
  }
}

const Words& Lookup::subject_words(std::string_view subject) const {
  const auto [at, fresh] = words_of_.try_emplace(std::string(subject));
  if (!fresh) return at->second;
  Words& words = at->second;
  words = key_words(subject);
  // "Harborline Instruments' revenue" is revenue; "Marine Instruments revenue", of the same company, is a segment's.
  const bool of_company = has_word(words, company_lead_);
  std::erase_if(words, [&](const std::string& w) { return is_time(w) || (of_company && std::binary_search(company_words_.begin(), company_words_.end(), w)); });
  make_set(words);
  return words;
}

Lookup::Fit Lookup::fit(const Ids& subject, const Ids& row) const {
  if (subject.empty() || row.empty()) return {};
  if (subject == row) return {true, true};
  if (subset(subject, row)) {
    const bool telling = !all_general(subject) || has(subject, vocabulary_.income);
    return {telling && all_general_beyond(row, subject), false};
  }
  if (subset(row, subject)) return {!all_general(row) && all_general_beyond(subject, row), false};
  return {};
}

/// Amounts per share are named in many ways ("Net loss per share", "Loss per common share", "Basic and diluted" under such a
/// heading): the same where all but general words agree, and neither says basic where the other says diluted.
Lookup::Fit Lookup::fit_per_share(const Ids& subject, const Ids& row) const {
  const std::uint32_t diluted = vocabulary_.diluted, basic = vocabulary_.basic, income = vocabulary_.income;
  const auto only = [](const Ids& words, std::uint32_t a, std::uint32_t b) { return has(words, a) && !has(words, b); };
  if (only(subject, diluted, basic) && only(row, basic, diluted)) return {};
  if (only(subject, basic, diluted) && only(row, diluted, basic)) return {};
  const bool same = called_so(subject, row);
  return {same && has(subject, income) && has(row, income), same};
}

/// For the cells of the whole company that are no amounts per share.
Lookup::Fit Lookup::fit_plain(const Ids& subject, const Row& row) const {
  const Fit plain = fit(subject, row.words);
  if (plain.fits && plain.exact) return plain;
  const Fit more = fit(subject, row.with_above);
  if (more.fits && (more.exact || !plain.fits)) return more;
  if (!plain.fits && !row.head.empty() && fit(subject, row.head).fits) return {true, false};
  return plain;
}

Lookup::CellWords Lookup::words_of_cell(const Row& row, const tables::TableCell& cell) const {
  CellWords out{false, row.words, row.with_above};
  for (const auto& [axis, member] : cell.dimensions) {
    const Ids words = vocabulary_.ids(key_words(member));
    if (has(words, vocabulary_.elimination)) out.none = true;
    out.label.insert(out.label.end(), words.begin(), words.end());
    out.above.insert(out.above.end(), words.begin(), words.end());
  }
  // "Basic" under "Net loss per share"; the subject may or may not say which.
  if (cell.unit == tables::UnitKind::per_share) out.above.insert(out.above.end(), {vocabulary_.per, vocabulary_.share});
  make_set(out.label);
  make_set(out.above);
  return out;
}

/// For the others.
Lookup::Fit Lookup::fit_cell(const Ids& subject, Row& row, std::size_t cell) const {
  const auto& cells = bench_.table(row.table).rows[row.row].cells;
  if (row.cells.empty()) row.cells.resize(cells.size());
  if (!row.cells[cell]) row.cells[cell] = words_of_cell(row, cells[cell]);
  const CellWords& words = *row.cells[cell];
  if (words.none) return {};
  if (cells[cell].unit == tables::UnitKind::per_share)
    if (const Fit f = fit_per_share(subject, words.above); f.fits) return f;
  const Fit plain = fit(subject, words.label);
  if (plain.fits && plain.exact) return plain;
  const Fit more = fit(subject, words.above);
  if (more.fits && more.exact) return more;
  return plain.fits ? plain : more;
}

Quantity Lookup::quantity(int number, bool exact) const {
  const Number& n = bench_.numbers[number];
  Quantity q;
  q.value = n.value;
  q.range = Interval::rounded(n.value, n.decimals);
  q.words = Workbench::words_of(n);
  q.parts = {{number, 1, n.value, bench_.label_of(number)}};
  q.exact_words = exact;
  q.origin = std::to_string(n.table) + "/" + std::to_string(n.row);
  return q;
}

std::vector<Quantity> Lookup::find(const Wanted& wanted) const {
  std::vector<Quantity> out;
  const Ids subject = vocabulary_.ids(wanted.words);
  const std::uint64_t mask = mask_of(subject);
  const bool any_kind = has_word(wanted.words, "adjusted");
  for (Row& row : rows_) {
    if ((row.mask & mask) == 0 && !row.members) continue;
    if (row.adjusted != wanted.adjusted && !any_kind) continue;
    std::optional<Fit> plain;  // the same for all cells
    const auto& cells = bench_.table(row.table).rows[row.row].cells;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const tables::TableCell& cell = cells[c];
      if (!cell.period || !(*cell.period == wanted.period) || bench_.table(row.table).columns[cell.column].kind != tables::Column::Kind::value) continue;
      if (wanted.unit.empty() ? cell.unit == tables::UnitKind::pure : cell.unit_code != wanted.unit) continue;
      const bool whole = cell.dimensions.empty() && cell.unit != tables::UnitKind::per_share;
      if (whole && !plain) plain = fit_plain(subject, row);
      const Fit f = whole ? *plain : fit_cell(subject, row, c);
      if (f.fits) out.push_back(quantity(bench_.of_cell(row.table, row.row, static_cast<int>(c)), f.exact));
    }
  }
  if (wanted.unit != "USD/shares") add_formula(wanted, out);
  std::stable_sort(out.begin(), out.end(), [](const Quantity& a, const Quantity& b) { return a.exact_words > b.exact_words; });
  return out;
}

void Lookup::add_difference(const Wanted& wanted, std::string_view a, std::string_view b, std::vector<Quantity>& out) const {
  Wanted part = wanted;
  part.adjusted = false;
  part.words = subject_words(a);
  const auto first = find(part);
  part.words = subject_words(b);
  const auto second = find(part);
  if (first.empty() || second.empty() || !first[0].exact_words || !second[0].exact_words) return;
  Quantity q;
  q.value = first[0].value - second[0].value.abs();
  q.range = first[0].range - (second[0].value.is_negative() ? -second[0].range : second[0].range);
  q.words = sum_words({{first[0].value, 1}, {second[0].value.abs(), -1}});
  q.parts = first[0].parts;
  q.parts.push_back(second[0].parts[0]);
  q.parts.back().weight = -1;
  q.origin = std::string(a) + "-" + std::string(b);
  out.push_back(std::move(q));
}

void Lookup::add_formula(const Wanted& wanted, std::vector<Quantity>& out) const {
  const auto is_one_of = [&](const std::vector<Words>& names) { return std::find(names.begin(), names.end(), wanted.words) != names.end(); };
  if (is_one_of(working_capital_)) {
    add_difference(wanted, "current assets", "current liabilities", out);
  } else if (out.empty() && is_one_of(gross_profit_)) {
    add_difference(wanted, "revenues", "cost of revenues", out);
    if (out.empty()) add_difference(wanted, "revenues", "cost of goods sold", out);
  }
}

std::vector<OtherReading> Lookup::other_readings(const Wanted& wanted, const Interval& range, const std::vector<Quantity>& known) const {
  const auto is_known = [&](int number) {
    return std::any_of(known.begin(), known.end(), [number](const Quantity& q) { return q.single() && q.parts[0].number == number; });
  };
  std::vector<OtherReading> out;
  const Ids subject = vocabulary_.ids(wanted.words);
  const std::uint64_t mask = mask_of(subject);
  for (const Row& row : rows_) {
    if ((row.mask & mask) == 0) continue;
    const bool related = std::any_of(subject.begin(), subject.end(), [&](std::uint32_t id) { return !vocabulary_.is_general(id) && has(row.with_above, id); });
    if (!related) continue;
    const auto& cells = bench_.table(row.table).rows[row.row].cells;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (!wanted.unit.empty() && cells[c].unit_code != wanted.unit) continue;
      const int n = bench_.of_cell(row.table, row.row, static_cast<int>(c));
      if (is_known(n)) continue;
      const Decimal& v = cells[c].value;
      if (range.contains(v) || range.contains(-v)) out.push_back({n, called_so(subject, row.with_above) && (row.adjusted || !wanted.adjusted)});
    }
  }
  return out;
}

bool changed_by(const Number& now, const Number& then, const Interval& said, bool percent) {
  const Decimal base = then.value.abs(), change = now.value.abs() - base;
  if (base.is_zero()) return false;
  const Decimal moved = percent ? Decimal::divide(change, base, 12, Rounding::half_even).value_or(Decimal{}) : change;
  const Interval range = percent ? Interval::point(moved) : Interval::rounded(moved, now.decimals);
  return said.agrees(range) || said.agrees(-range);
}

int Lookup::changed_otherwise(const Wanted& wanted, const Interval& said, bool percent, const std::vector<Quantity>& known) const {
  const auto is_known = [&](const Row& row) {
    return std::any_of(known.begin(), known.end(), [&](const Quantity& q) { return q.single() && bench_.numbers[q.parts[0].number].table == row.table && bench_.numbers[q.parts[0].number].row == row.row; });
  };
  const Ids subject = vocabulary_.ids(wanted.words);
  const std::uint64_t mask = mask_of(subject);
  for (const Row& row : rows_) {
    const bool average = !has(subject, vocabulary_.average) && (has(row.words, vocabulary_.average) || has(row.with_above, vocabulary_.average));
    const bool same = row.adjusted == wanted.adjusted && called_so(subject, row.words);  // in a table of a part of the company
    if ((!average && !same) || (row.mask & mask) != mask || !std::includes(row.words.begin(), row.words.end(), subject.begin(), subject.end()) || is_known(row)) continue;
    const auto& cells = bench_.table(row.table).rows[row.row].cells;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (!cells[c].period || cells[c].period->end != wanted.period.end || cells[c].unit_code == "pure") continue;
      const int now = bench_.of_cell(row.table, row.row, static_cast<int>(c));
      for (std::size_t k = 0; k < cells.size(); ++k) {
        if (!cells[k].period || cells[k].unit_code != cells[c].unit_code || cells[k].period->instant() != cells[c].period->instant() || !(cells[k].period->end < cells[c].period->end)) continue;
        if (changed_by(bench_.numbers[now], bench_.numbers[bench_.of_cell(row.table, row.row, static_cast<int>(k))], said, percent)) return now;
      }
    }
  }
  return nothing;
}

int Lookup::named_otherwise(const Wanted& wanted, const Interval& range) const {
  const Ids subject = vocabulary_.ids(wanted.words);
  const auto asked = telling(subject);
  const std::uint64_t mask = mask_of(subject);
  int best = nothing;
  std::ptrdiff_t best_shared = 0;
  for (const Row& row : rows_) {
    if ((row.mask & mask) == 0 || row.adjusted != wanted.adjusted) continue;
    const auto& table = bench_.table(row.table);
    // One word says enough only where it is all that the subject says, and the row stands in the statement about it.
    const auto shared = std::count_if(subject.begin(), subject.end(), [&](std::uint32_t id) { return !vocabulary_.is_vague(id) && has(row.with_above, id); });
    const auto offered = telling(row.words);
    if (shared == 0 || shared <= best_shared || 2 * shared < std::min(asked, offered) || 3 * shared < std::max(asked, offered)) continue;
    const auto& cells = table.rows[row.row].cells;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const tables::TableCell& cell = cells[c];
      if (!cell.period || table.columns[cell.column].kind != tables::Column::Kind::value || cell.unit_code != wanted.unit) continue;
      if (!(*cell.period == wanted.period) && !(cell.period->instant() && cell.period->end == wanted.period.end)) continue;
      const int number = bench_.of_cell(row.table, row.row, static_cast<int>(c));
      const Interval there = Interval::rounded(bench_.numbers[number].value, bench_.numbers[number].decimals);
      if (!range.agrees(there) && !range.agrees(-there)) continue;
      best = number;
      best_shared = shared;
    }
  }
  return best;
}

bool Lookup::has_period(const tables::Period& period) const { return std::find(periods_.begin(), periods_.end(), period) != periods_.end(); }

std::optional<tables::Period> Lookup::before(const tables::Period& period) const {
  std::optional<tables::Period> best;
  for (const tables::Period& p : periods_) {
    if (p.instant() != period.instant() || p.end >= period.end) continue;
    if (!p.instant()) {
      const int length = p.end.days() - p.start->days(), wanted = period.end.days() - period.start->days();
      if (std::abs(length - wanted) > 8 || std::abs(period.end.days() - p.end.days() - 365) > 15) continue;
    }
    if (!best || p.end > best->end) best = p;
  }
  return best;
}

}  // namespace factpress::assemble
