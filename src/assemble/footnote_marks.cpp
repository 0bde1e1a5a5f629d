#include "assemble/footnote_marks.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace factpress::assemble {
namespace {

using Emphasis = model::Emphasis;

constexpr std::pair<std::string_view, std::string_view> kRaised[] = {
    {"\xC2\xB9", "1"}, {"\xC2\xB2", "2"}, {"\xC2\xB3", "3"}, {"\xE2\x81\xB4", "4"}, {"\xE2\x81\xB5", "5"},
    {"\xE2\x81\xB6", "6"}, {"\xE2\x81\xB7", "7"}, {"\xE2\x81\xB8", "8"}, {"\xE2\x81\xB9", "9"}, {"\xE2\x81\xB0", "0"}};
constexpr std::string_view kSigns[] = {"*", "\xE2\x80\xA0", "\xE2\x80\xA1", "\xC2\xA7"};  // * dagger, double dagger, section
constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

/// "1", "12", "a", "iv": what stands between brackets or is raised.
bool is_name(std::string_view s) {
  if (s.empty() || s.size() > 3) return false;
  const bool digits = std::all_of(s.begin(), s.end(), is_digit);
  if (digits) return s.size() <= 2 && s[0] != '0';
  if (s.size() == 1) return is_alpha(s[0]);
  return std::all_of(s.begin(), s.end(), [](char c) { return c == 'i' || c == 'v' || c == 'x'; });
}

std::string_view drop_blanks_at_end(std::string_view s) {
  for (;;) {
    if (!s.empty() && (is_space(s.back()) || s.back() == ',')) s.remove_suffix(1);
    else if (s.ends_with(kNoBreakSpace)) s.remove_suffix(kNoBreakSpace.size());
    else return s;
  }
}

bool is_raised(const model::TextRun& run, std::size_t begin, std::size_t end) {
  return std::any_of(run.emphasis.begin(), run.emphasis.end(),
                     [&](const Emphasis& e) { return e.kind == Emphasis::Kind::superscript && e.begin <= begin && end <= e.end; });
}

/// One mark at the end of `s`: its length there and its name; nothing where there is none.
std::pair<std::size_t, std::string> last_mark(const model::TextRun& run, std::string_view s) {
  if (s.ends_with(')') || s.ends_with(']')) {
    const std::size_t open = s.rfind(s.back() == ')' ? '(' : '[');
    if (open == s.npos) return {};
    std::string_view inside = trim(s.substr(open + 1, s.size() - open - 2));
    if (istarts_with(inside, "note ")) inside = trim(inside.substr(5));
    if (!is_name(inside)) return {};
    return {s.size() - open, std::string(inside)};
  }
  for (const std::string_view sign : kSigns) {
    if (!s.ends_with(sign)) continue;
    std::size_t n = 0;
    while (s.substr(0, s.size() - n).ends_with(sign)) n += sign.size();
    return {n, std::string(s.substr(s.size() - n))};
  }
  std::string digits;
  std::size_t n = 0;
  for (bool more = true; more;) {
    more = false;
    for (const auto& [raised, plain] : kRaised)
      if (s.substr(0, s.size() - n).ends_with(raised)) n += raised.size(), digits.insert(0, plain), more = true;
  }
  if (n) return is_name(digits) ? std::pair{n, digits} : std::pair<std::size_t, std::string>{};
  for (const Emphasis& e : run.emphasis) {
    if (e.kind != Emphasis::Kind::superscript || e.begin >= s.size() || e.end < s.size()) continue;
    std::string_view raised = s.substr(e.begin);
    raised = trim(raised.substr(std::min(raised.size(), raised.rfind(',') + 1)));  // "1,2" is two marks
    if (is_name(raised)) return {s.size() - static_cast<std::size_t>(raised.data() - s.data()), std::string(raised)};
  }
  return {};
}

/// The text before the marks that end it; their names go to `names` from the last to the first.
std::string_view before_marks(const model::TextRun& run, std::size_t from, std::vector<std::string>* names) {
  std::string_view s = drop_blanks_at_end(run.text);
  while (s.size() > from) {
    auto [length, name] = last_mark(run, s);
    if (!length || s.size() - length < from) break;
    if (names) names->push_back(std::move(name));
    s = drop_blanks_at_end(s.substr(0, s.size() - length));
  }
  return s;
}

/// The cell that a heading alone in its row was read from.
const document::Cell* heading_cell(const document::Document& document, const tables::DataTable& table, const tables::TableRow& row) {
  for (const std::size_t b : table.blocks) {
    if (b >= document.blocks.size() || !document.blocks[b].table) continue;
    for (const document::Row& r : document.blocks[b].table->rows)
      for (const document::Cell& c : r.cells)
        if (!c.emphasis.empty() && collapse(c.text.view()) == row.label) return &c;
  }
  return nullptr;
}

/// The last cell with words before a row's first number.
const document::Cell* label_cell(const document::Document& document, const tables::DataTable& from, const tables::TableRow& row) {
  if (row.cells.empty()) return heading_cell(document, from, row);
  if (row.cells.front().block >= document.blocks.size()) return nullptr;
  const auto& table = document.blocks[row.cells.front().block].table;
  if (!table || row.cells.front().block_row >= table->rows.size()) return nullptr;
  const auto& cells = table->rows[row.cells.front().block_row].cells;
  for (std::size_t i = std::min<std::size_t>(row.cells.front().block_cell, cells.size()); i-- > 0;)
    if (std::any_of(cells[i].text.view().begin(), cells[i].text.view().end(), is_alnum)) return &cells[i];
  return nullptr;
}

}  // namespace

std::vector<std::string> marks_at_end(const model::TextRun& run, std::size_t from) {
  std::vector<std::string> out;
  if (from <= run.text.size()) before_marks(run, from, &out);
  std::reverse(out.begin(), out.end());
  return out;
}

std::string label_without_marks(const document::Document& document, const tables::DataTable& table, const tables::TableRow& row) {
  model::TextRun run;
  run.text = row.label;
  std::string_view label = before_marks(run, 0, nullptr);
  if (const document::Cell* cell = label_cell(document, table, row)) {
    model::TextRun printed;
    printed.text = cell->text.text();
    for (const document::Emphasis& e : cell->emphasis) printed.emphasis.push_back({static_cast<Emphasis::Kind>(e.kind), e.begin, e.end, {}});
    const std::string_view plain = before_marks(printed, 0, nullptr);
    const std::string marks = collapse(std::string_view(printed.text).substr(plain.size()));
    if (!marks.empty() && row.label.ends_with(marks)) {
      const std::string_view cut = drop_blanks_at_end(std::string_view(row.label).substr(0, row.label.size() - marks.size()));
      if (cut.size() < label.size()) label = cut;
    }
  }
  return std::string(std::any_of(label.begin(), label.end(), is_alpha) ? label : std::string_view(row.label));
}

OpeningMark mark_at_start(const model::TextRun& run) {
  const std::string_view s = run.text;
  std::size_t at = 0;
  while (at < s.size() && is_space(s[at])) ++at;
  const auto words_from = [&](std::size_t i) {
    while (i < s.size() && (is_space(s[i]) || s[i] == ':')) ++i;
    while (s.substr(i).starts_with(kNoBreakSpace)) i += kNoBreakSpace.size();
    return i;
  };
  const std::string_view rest = s.substr(at);
  if (rest.starts_with('(') || rest.starts_with('[')) {
    const std::size_t close = rest.find(rest[0] == '(' ? ')' : ']');
    if (close == rest.npos || close > 6 || !is_name(trim(rest.substr(1, close - 1)))) return {};
    return {std::string(trim(rest.substr(1, close - 1))), words_from(at + close + 1)};
  }
  for (const std::string_view sign : kSigns) {
    std::size_t n = 0;
    while (rest.substr(n).starts_with(sign)) n += sign.size();
    if (n) return n <= 3 * sign.size() ? OpeningMark{std::string(rest.substr(0, n)), words_from(at + n)} : OpeningMark{};
  }
  for (const auto& [raised, plain] : kRaised)
    if (rest.starts_with(raised)) return {std::string(plain), words_from(at + raised.size())};
  std::size_t n = 0;
  while (n < rest.size() && n < 4 && is_alnum(rest[n])) ++n;
  if (!n || !is_name(rest.substr(0, n)) || !is_raised(run, at, at + n)) return {};
  return {std::string(rest.substr(0, n)), words_from(at + n)};
}

}  // namespace factpress::assemble
