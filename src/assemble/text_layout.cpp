#include "assemble/text_layout.h"

#include <algorithm>

#include "base/text.h"
#include "tables/number.h"

namespace factpress::assemble {
namespace {

/// A column of numbers, by the characters that it covers. Numbers end where those above and below them end.
struct Column {
  std::uint32_t from = 0, to = 0;  // of all numbers of it
  std::uint32_t right = 0;         // of the first number
  std::vector<std::uint32_t> rows; // that have a number in it, ascending
};

bool is_currency_sign(std::string_view text) {
  text = trim(text);
  return !text.empty() && tables::currency_sign(text).length == text.size();
}

class Layout {
 public:
  Layout(const document::Table& table, model::NarrativeBlock& block) : table_(table), block_(block) {}

  void run() {
    find_columns();
    if (columns_.empty()) return;
    join_columns();
    for (std::uint32_t r = 0; r < table_.rows.size(); ++r) place(r);
  }

 private:
  bool is_number(std::uint32_t row, std::size_t cell) const {
    const document::Cell& c = table_.rows[row].cells[cell];
    const bool first = cell == 0 && c.from < 20;
    return block_.rows[row].cells[cell].numeric && !first && !is_currency_sign(c.text.text());
  }

  void find_columns() {
    for (std::uint32_t r = 0; r < table_.rows.size(); ++r) {
      const document::Row& row = table_.rows[r];
      // Years and dates of headings stand in the middle of their columns: rows with a label tell where numbers end.
      if (row.rule || row.cells.size() < 2 || is_number(r, 0)) continue;
      for (std::size_t c = 0; c < row.cells.size(); ++c)
        if (is_number(r, c)) add(r, row.cells[c]);
    }
    std::sort(columns_.begin(), columns_.end(), [](const Column& a, const Column& b) { return a.right < b.right; });
  }

  void add(std::uint32_t row, const document::Cell& c) {
    const auto near = [&](const Column& k) { return k.right <= c.to + 1 && c.to <= k.right + 1; };
    auto k = std::find_if(columns_.begin(), columns_.end(), near);
    if (k == columns_.end()) {
      if (columns_.size() >= 200) return;  // no table has as many: numbers without order
      k = columns_.insert(columns_.end(), {c.from, c.to, c.to, {}});
    }
    k->from = std::min(k->from, c.from);
    k->to = std::max(k->to, c.to);
    if (k->rows.empty() || k->rows.back() != row) k->rows.push_back(row);
  }

  /// Neighbours that no row has both of are one column whose numbers do not end alike everywhere (the next statement of the same
  /// text, a number with a bracket or a sign behind it): the nearest first.
  void join_columns() {
    constexpr std::uint32_t far = 11;
    for (;;) {
      std::size_t best = columns_.size();
      for (std::size_t i = 0; i + 1 < columns_.size(); ++i) {
        const std::uint32_t gap = columns_[i + 1].right - columns_[i].right;
        if (gap > far || (best < columns_.size() && gap >= columns_[best + 1].right - columns_[best].right)) continue;
        if (!share_a_row(columns_[i], columns_[i + 1])) best = i;
      }
      if (best == columns_.size()) return;
      Column& a = columns_[best];
      const Column& b = columns_[best + 1];
      a.from = std::min(a.from, b.from), a.to = std::max(a.to, b.to), a.right = b.right;
      const auto middle = static_cast<std::ptrdiff_t>(a.rows.size());
      a.rows.insert(a.rows.end(), b.rows.begin(), b.rows.end());
      std::inplace_merge(a.rows.begin(), a.rows.begin() + middle, a.rows.end());
      columns_.erase(columns_.begin() + static_cast<std::ptrdiff_t>(best) + 1);
    }
  }

  static bool share_a_row(const Column& a, const Column& b) {
    for (std::size_t i = 0, j = 0; i < a.rows.size() && j < b.rows.size();) {
      if (a.rows[i] == b.rows[j]) return true;
      (a.rows[i] < b.rows[j] ? i : j)++;
    }
    return false;
  }

  // Grid columns: 0 is the labels', 1 + 2k the currency sign's of column k, 2 + 2k its number's.
  int width() const { return 1 + 2 * static_cast<int>(columns_.size()); }

  /// The columns that a stretch of characters touches; the nearest one where it touches none.
  std::pair<int, int> touched(std::uint32_t from, std::uint32_t to) const {
    int first = -1, last = -1, nearest = 0;
    std::uint32_t distance = ~std::uint32_t{0};
    for (int k = 0; k < static_cast<int>(columns_.size()); ++k) {
      const Column& c = columns_[static_cast<std::size_t>(k)];
      if (from < c.to && c.from < to) {
        if (first < 0) first = k;
        last = k;
      }
      const std::uint32_t off = from >= c.to ? from - c.to : to <= c.from ? c.from - to : 0;
      if (off < distance) distance = off, nearest = k;
    }
    return first < 0 ? std::pair{nearest, nearest} : std::pair{first, last};
  }

  void place(std::uint32_t r) {
    const document::Row& row = table_.rows[r];
    auto& cells = block_.rows[r].cells;
    int free = 0;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      auto [at, span] = wanted(r, i);
      const int end = at + span;
      at = std::max(at, free);
      cells[i].column = at;
      if (at > 0) cells[i].indent = 0;  // it stands in its column instead
      cells[i].column_span = static_cast<std::uint16_t>(std::max(1, end - at));
      free = at + cells[i].column_span;
    }
    if (row.cells.size() == 1 && !row.rule && in_the_middle(row.cells[0])) {
      cells[0].column = 0;
      cells[0].column_span = static_cast<std::uint16_t>(width());
      cells[0].align = 2, cells[0].indent = 0;
    }
  }

  /// First grid column and how many.
  std::pair<int, int> wanted(std::uint32_t r, std::size_t i) {
    const document::Row& row = table_.rows[r];
    const document::Cell& c = row.cells[i];
    if (!row.rule && is_currency_sign(c.text.text()) && i + 1 < row.cells.size()) {
      const auto [k, last] = touched(row.cells[i + 1].from, row.cells[i + 1].to);
      return {1 + 2 * k, 1};
    }
    const bool short_enough = c.to <= (row.rule ? columns_.front().from : columns_.front().to);
    const bool label = i == 0 && c.from < columns_.front().from && (short_enough || (!row.rule && c.from < 12));
    if (label && !is_number(r, i)) return {0, 1};
    const auto [first, last] = touched(c.from, c.to);
    if (row.rule) {
      const int at = c.from + 10 < columns_.front().from ? 0 : 1 + 2 * first;
      return {at, 3 + 2 * last - at};
    }
    if (is_number(r, i) && first == last) return {2 + 2 * first, 1};
    block_.rows[r].cells[i].align = first == last ? 3 : 2;
    return {1 + 2 * first, 2 * (last - first + 1)};
  }

  /// A line of its own that begins well inside and ends about as far from the end.
  bool in_the_middle(const document::Cell& c) const {
    const std::uint32_t end = columns_.back().to;
    if (c.from < 10 || c.from >= end) return false;
    const std::uint32_t right = end > c.to ? end - c.to : 0;
    return std::max(c.from, right) <= 2 * std::min(c.from, right) + 8;
  }

  const document::Table& table_;
  model::NarrativeBlock& block_;
  std::vector<Column> columns_;
};

}  // namespace

void lay_out_text(const document::Table& table, model::NarrativeBlock& block) {
  const auto placed = [](const document::Row& row) { return std::any_of(row.cells.begin(), row.cells.end(), [](const auto& c) { return c.to > 0; }); };
  if (std::any_of(table.rows.begin(), table.rows.end(), placed)) Layout(table, block).run();
}

}  // namespace factpress::assemble
