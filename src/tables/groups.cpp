#include "tables/groups.h"

#include <algorithm>
#include <numeric>

namespace factpress::tables {

namespace {

constexpr std::size_t kMostColumns = 64;

bool is_weak(const NumberText& n, std::string_view text) {
  return n.kind == ValueText::number && n.negative && !n.currency && !n.percent && n.fraction_digits == 0 && text.size() <= 4 && text.front() == '(' &&
         text.back() == ')';
}

std::string_view shown(const GridCell& cell) {
  return cell.text().substr(cell.number.begin, cell.number.end - cell.number.begin);
}

/// Joins what stands in neighbouring cells: "$" "(103" ")" is one number.
class Joiner {
 public:
  Joiner(const GridRow& row, std::uint32_t from, bool aligned) : row_(row), from_(from), near_(aligned ? 1 : 2) {}

  std::vector<ValueGroup> join() {
    for (const GridCell& cell : row_.cells) {
      if (cell.begin < from_) continue;
      switch (cell.number.kind) {
        case ValueText::prefix: prefix(cell); break;
        case ValueText::number: case ValueText::dash: number(cell); break;
        case ValueText::not_available: number(cell); break;
        case ValueText::suffix: suffix(cell); break;
        case ValueText::words: prefix_ = nullptr; break;
      }
    }
    for (ValueGroup& g : groups_) settle(g);
    for (std::size_t i = 0; i < groups_.size(); ++i)
      if (groups_[i].weak && adds_up(i)) groups_[i].weak = false;
    return std::move(groups_);
  }

 private:
  /// "487 | (8) | 479", "12 | 20 | (8)", "(8) | 3 | (5)": the numbers beside it say that "(8)" is one too, and no footnote mark. A one would meet others by chance.
  bool adds_up(std::size_t i) const {
    const auto value = [&](std::size_t k) { return groups_[k].number.kind == ValueText::dash ? Decimal(0) : groups_[k].number.value; };
    const auto summed = [&](std::size_t a) {  // the third of three is the sum of the others, or their difference
      for (std::size_t k = a; k < a + 3; ++k)
        if (groups_[k].number.kind == ValueText::not_available || groups_[k].number.percent || groups_[k].number.year_like) return false;
      return value(a) + value(a + 1) == value(a + 2) || value(a) - value(a + 1) == value(a + 2);
    };
    if (value(i).abs() < Decimal(2)) return false;
    for (std::size_t a = i < 2 ? 0 : i - 2; a <= i && a + 2 < groups_.size(); ++a)
      if (summed(a)) return true;
    return false;
  }

  void prefix(const GridCell& cell) { prefix_ = &cell; }

  void number(const GridCell& cell) {
    ValueGroup g;
    g.begin = cell.begin;
    g.end = g.right = cell.end;
    g.cell = &cell;
    g.number = cell.number;
    g.text = std::string(shown(cell));
    g.weak = is_weak(cell.number, g.text) && !prefix_;
    if (prefix_) {
      g.begin = prefix_->begin;
      g.number.currency = g.number.currency || prefix_->number.currency;
      if (g.number.currency_code.empty()) g.number.currency_code = prefix_->number.currency_code;
      g.number.open = g.number.open || prefix_->number.open;
      if (prefix_->number.negative) g.number.negative = true, g.number.value = -g.number.value.abs();
      if (g.number.close && g.number.open) close(g);
      g.text = std::string(shown(*prefix_)) + g.text;
      g.number.year_like = false;
    }
    prefix_ = nullptr;
    groups_.push_back(std::move(g));
  }

  void close(ValueGroup& g) {
    g.number.open = g.number.close = false;
    g.number.negative = true;
    g.number.value = -g.number.value.abs();
  }

  void suffix(const GridCell& cell) {
    prefix_ = nullptr;
    if (groups_.empty()) return;
    ValueGroup& g = groups_.back();
    if (cell.begin > g.end + near_) return;
    if (cell.number.close && g.number.open) close(g);
    else if (cell.number.close) g.number.close = true;
    g.number.percent = g.number.percent || cell.number.percent;
    if (cell.number.unit) g.number.unit = cell.number.unit;
    if (cell.number.unit == 'c') g.number.currency = true;
    if (cell.number.close || cell.number.percent) {
      g.weak = false;
      g.text += shown(cell);
      g.end = cell.end;
      g.number.year_like = false;
    }
  }

  /// A bracket that is opened and never closed still means a negative number; it is said to be doubtful elsewhere.
  void settle(ValueGroup& g) {
    if (g.number.kind == ValueText::number && g.number.open && !g.number.negative) g.number.negative = true, g.number.value = -g.number.value.abs();
  }

  const GridRow& row_;
  std::uint32_t from_;
  std::uint32_t near_;
  const GridCell* prefix_ = nullptr;
  std::vector<ValueGroup> groups_;
};

/// How well a group stands in a column: 0 not at all.
int fit(const ValueGroup& g, const Slots& c, bool aligned) {
  const std::uint32_t begin = std::max(g.begin, c.begin), end = std::min(g.end, c.end);
  if (begin < end) {
    const int off = std::abs(static_cast<int>(g.right) - static_cast<int>(c.end));
    return 1000 + 10 * static_cast<int>(end - begin) - std::min(off, 90);
  }
  const std::uint32_t gap = begin - end;
  return gap <= (aligned ? 2U : 0U) ? 200 - 50 * static_cast<int>(gap) : 0;
}

/// Monotone assignment of a row's groups to columns that fits best; -1 where a group fits none.
std::vector<int> assign(const std::vector<ValueGroup>& groups, const std::vector<Slots>& columns, bool aligned) {
  const std::size_t n = groups.size(), m = columns.size();
  std::vector<int> best((n + 1) * (m + 1), 0);
  const auto at = [&](std::size_t i, std::size_t j) -> int& { return best[i * (m + 1) + j]; };
  for (std::size_t i = n; i-- > 0;)
    for (std::size_t j = m; j-- > 0;) {
      const int f = fit(groups[i], columns[j], aligned);
      at(i, j) = std::max({at(i + 1, j), at(i, j + 1), f ? at(i + 1, j + 1) + f : 0});
    }
  std::vector<int> out(n, -1);
  for (std::size_t i = 0, j = 0; i < n && j < m;) {
    const int f = fit(groups[i], columns[j], aligned);
    if (f && at(i, j) == at(i + 1, j + 1) + f) out[i++] = static_cast<int>(j++);
    else if (at(i, j) == at(i, j + 1)) ++j;
    else ++i;
  }
  return out;
}

}  // namespace

std::vector<ValueGroup> value_groups(const GridRow& row, std::uint32_t from, bool aligned) { return Joiner(row, from, aligned).join(); }

ColumnLayout lay_out_columns(const std::vector<std::vector<ValueGroup>>& rows, bool aligned) {
  ColumnLayout out;
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), 0);
  const auto strong = [](const std::vector<ValueGroup>& groups) {
    return std::count_if(groups.begin(), groups.end(), [](const ValueGroup& g) { return !g.weak; });
  };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return strong(rows[a]) > strong(rows[b]); });
  std::vector<Slots>& columns = out.columns;
  for (std::size_t r : order) {
    const std::vector<ValueGroup>& groups = rows[r];
    const std::vector<int> chosen = assign(groups, columns, aligned);
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (chosen[i] < 0 || groups[i].weak) continue;
      Slots& c = columns[static_cast<std::size_t>(chosen[i])];
      c = {std::min(c.begin, groups[i].begin), std::max(c.end, groups[i].end)};
    }
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (chosen[i] >= 0 || groups[i].weak || columns.size() >= kMostColumns) continue;
      const auto where = std::upper_bound(columns.begin(), columns.end(), groups[i].begin, [](std::uint32_t b, const Slots& c) { return b < c.begin; });
      columns.insert(where, {groups[i].begin, groups[i].end});
    }
  }
  for (const std::vector<ValueGroup>& groups : rows) out.column_of.push_back(assign(groups, columns, aligned));
  return out;
}

ColumnLayout lay_out_pages(const std::vector<std::vector<ValueGroup>>& rows, const std::vector<std::uint32_t>& pages) {
  ColumnLayout whole = lay_out_columns(rows, true);
  if (rows.empty() || pages.front() == pages.back()) return whole;
  ColumnLayout out;
  for (std::size_t begin = 0; begin < rows.size();) {
    std::size_t end = begin + 1;
    while (end < rows.size() && pages[end] == pages[begin]) ++end;
    ColumnLayout part = lay_out_columns({rows.begin() + static_cast<std::ptrdiff_t>(begin), rows.begin() + static_cast<std::ptrdiff_t>(end)}, true);
    if (begin == 0) out.columns = part.columns;
    if (part.columns.size() != out.columns.size()) return whole;
    out.column_of.insert(out.column_of.end(), part.column_of.begin(), part.column_of.end());
    begin = end;
  }
  return whole.columns.size() > out.columns.size() ? out : whole;
}

namespace {

/// Monotone assignment of a row's numbers to the columns where a full row's numbers end, the least way off in all.
std::vector<int> beside_full_row(const std::vector<ValueGroup>& groups, const std::vector<ValueGroup>& full) {
  const std::size_t n = groups.size(), m = full.size();
  constexpr int kNever = 1 << 28;
  std::vector<std::vector<int>> best(n + 1, std::vector<int>(m + 1, kNever));
  for (std::size_t j = 0; j <= m; ++j) best[n][j] = 0;
  const auto off = [&](std::size_t i, std::size_t j) { return std::abs(static_cast<int>(groups[i].right) - static_cast<int>(full[j].right)); };
  for (std::size_t i = n; i-- > 0;)
    for (std::size_t j = m; j-- > 0;) best[i][j] = std::min(best[i][j + 1], best[i + 1][j + 1] + off(i, j));
  std::vector<int> out;
  for (std::size_t i = 0, j = 0; i < n; ++j) {
    if (best[i][j] == best[i][j + 1]) continue;
    out.push_back(static_cast<int>(j));
    ++i;
  }
  return out;
}

std::uint32_t median(std::vector<std::uint32_t>& of) {
  const auto middle = of.begin() + static_cast<std::ptrdiff_t>(of.size() / 2);
  std::nth_element(of.begin(), middle, of.end());
  return *middle;
}

}  // namespace

ColumnLayout straighten(ColumnLayout seen, const std::vector<std::vector<ValueGroup>>& rows, std::size_t expected) {
  if (expected < 2 || seen.columns.size() <= expected) return seen;
  std::vector<std::vector<ValueGroup>> strong(rows.size());
  std::vector<std::size_t> full;  // rows
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::copy_if(rows[r].begin(), rows[r].end(), std::back_inserter(strong[r]), [](const ValueGroup& g) { return !g.weak; });
    if (strong[r].size() > expected) return seen;
    if (strong[r].size() == expected) full.push_back(r);
  }
  if (full.size() < 3) return seen;
  ColumnLayout out;
  for (std::size_t j = 0; j < expected; ++j) {
    std::vector<std::uint32_t> begins, ends;
    for (std::size_t r : full) begins.push_back(strong[r][j].begin), ends.push_back(strong[r][j].end);
    out.columns.push_back({median(begins), median(ends)});
  }
  const auto away = [](std::size_t a, std::size_t b) { return a > b ? a - b : b - a; };
  for (std::size_t r = 0, nearest = 0; r < rows.size(); ++r) {
    while (nearest + 1 < full.size() && away(full[nearest + 1], r) < away(full[nearest], r)) ++nearest;
    const std::vector<int> columns = beside_full_row(strong[r], strong[full[nearest]]);
    std::vector<int>& of = out.column_of.emplace_back();
    std::size_t i = 0;
    for (const ValueGroup& g : rows[r]) of.push_back(g.weak ? -1 : columns[i++]);
  }
  return out;
}

}  // namespace factpress::tables
