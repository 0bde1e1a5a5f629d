#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>

#include "assemble/footing/evidence.h"
#include "assemble/footing/grid.h"

namespace factpress::assemble::footing {
namespace {

constexpr int longest_run = 64;      // open items looked at for one total
constexpr double enough = 12;        // bits of evidence that a relation needs, after its price
constexpr double enough_failing = 11;  // the same where one column contradicts it

struct Guess {
  std::vector<Item> items;
  double price = 0;  // bits that the choice of this pattern among all others costs
  bool plain = true;
};

/// Rows are read downward; what no total has taken yet lies open, and a total takes the last open ones.
class Search {
 public:
  explicit Search(const Grid& grid) : grid_(grid), taken_(grid.looks.size(), false) {}

  std::vector<Relation> run() {
    const int n = static_cast<int>(grid_.looks.size());
    totals_above(n);
    for (int t = 0; t < n; ++t) {
      if (taken_[t]) continue;
      visit(t);
      if (!look(t).ends_side) open_.push_back(t);
    }
    totals_above_unindented(n);
    std::stable_sort(found_.begin(), found_.end(), [](const Relation& a, const Relation& b) { return a.total < b.total; });
    return std::move(found_);
  }

 private:
  const RowLook& look(int row) const { return grid_.looks[row]; }
  bool total_like(int t) const { return look(t).total_word || look(t).subtotal_word || look(t).ruled || look(t).closing; }

  /// The first column in which the row has a number that is not zero, from `from` on.
  int pivot(int t, int from) const {
    for (int c = from; c < grid_.columns; ++c) {
      if (grid_.at(t, c).present && grid_.at(t, c).value != 0) return c;
    }
    return -1;
  }

  double structure(int t, const std::vector<Item>& items) const {
    double bonus = 0;
    if (look(t).total_word) bonus += 6;
    if (look(t).ruled) bonus += 3;
    if (look(t).subtotal_word) bonus += 2;
    if (starts_section(items)) bonus += 2;
    return bonus;
  }

  /// All items stand under one heading and no open item of that heading is left out before them.
  bool starts_section(const std::vector<Item>& items) const {
    const int section = look(items.front().row).section;
    for (const Item& i : items) {
      if (look(i.row).section != section) return false;
    }
    const auto at = std::find(open_.begin(), open_.end(), items.front().row);
    return at == open_.end() || at == open_.begin() || look(*(at - 1)).section != section;
  }

  struct Best {
    Guess guess;
    Judgement judgement;
    double score = -1;
  };

  /// "a + b - a": an item that another takes away again in every column. The rest adds up by itself, or nothing does.
  bool cancels(const std::vector<Item>& items) const {
    const auto away = [&](const Item& a, const Item& b) {
      bool any = false;
      for (int c = 0; c < grid_.columns; ++c) {
        const Entry &x = grid_.at(a.row, c), &y = grid_.at(b.row, c);
        if (x.present != y.present || a.weight * x.value + b.weight * y.value != 0) return false;
        any = any || x.value != 0;
      }
      return any;
    };
    for (std::size_t i = 0; i < items.size(); ++i)
      for (std::size_t k = i + 1; k < items.size(); ++k)
        if (away(items[i], items[k])) return true;
    return false;
  }

  void weigh(int t, Guess guess) {
    if (!guess.plain && cancels(guess.items)) return;
    Judgement j = judge(grid_, t, guess.items);
    if (j.holding + j.failing == 0) return;
    const double score = j.bits - guess.price + structure(t, guess.items);
    if (j.failing == 0) {
      if (j.bits <= 0 || score < enough) return;
      if (score > whole_.score) whole_ = {std::move(guess), std::move(j), score};
      return;
    }
    const double failing_score = score - 3.0 * j.slips - 8.0 * (j.failing - j.slips);
    if (!may_fail(t, guess, j) || failing_score < enough_failing) return;
    if (failing_score > broken_.score) broken_ = {std::move(guess), std::move(j), failing_score};
  }

  /// A relation that some column contradicts is believed on structure or on the other columns, never on a lucky pattern.
  bool may_fail(int t, const Guess& guess, const Judgement& j) const {
    if (guess.items.size() < 2) return false;
    if (!guess.plain && (!total_like(t) || guess.items.size() > 8)) return false;
    // A slip among numbers of two digits is no evidence; of a plain sum that many columns bear out it is none against the sum either.
    const bool borne_out = guess.plain && j.telling >= 4 && j.telling >= 3 * j.failing;
    for (int c = 0; c < grid_.columns && !borne_out; ++c) {
      if (j.columns[c].outcome == Outcome::fails && is_small(grid_.at(t, c).value, j.columns[c].difference)) return false;
    }
    const bool looks = look(t).total_word || (look(t).ruled && guess.plain);
    const auto round = [&](int c) { return grid_.at(t, c).value / 2 % 100 == 0; };  // a slip among round amounts is no evidence
    for (int c = 0; c < grid_.columns && j.holding == 0; ++c) {
      if (j.columns[c].outcome == Outcome::fails && round(c)) return false;
    }
    if (j.holding == 0) return guess.plain && looks && j.slips == j.failing && starts_section(guess.items);
    if (j.slips == j.failing) return j.telling > 0 && j.failing <= j.holding;
    return j.telling >= 2 * j.failing || (j.telling >= j.failing && looks && guess.plain);
  }

  void visit(int t) {
    whole_ = {}, broken_ = {};
    const int first = pivot(t, 0);
    if (first < 0 || open_.empty()) return;
    plain(t);
    // A labelled total of a whole section, right but for one slip, is that: no pattern of signs found elsewhere explains it better.
    if (whole_.score < 0 && broken_.score >= 0 && broken_.guess.plain && look(t).total_word && starts_section(broken_.guess.items)) {
      take(t, broken_);
      return;
    }
    if (whole_.score < 0) {
      for (int c = first, tries = 0; c >= 0 && tries < 2 && whole_.score < 0; c = pivot(t, c + 1), ++tries) signed_runs(t, c);
    }
    if (whole_.score < 0 && total_like(t)) {
      corrected(t, first);
      if (whole_.score < 0) of_subtotals(t, first);
    }
    if (whole_.score >= 0) {
      take(t, whole_);
    } else if (broken_.score >= 0) {
      take(t, broken_);
    }
  }

  void take(int t, Best& best) {
    Relation r;
    r.total = t;
    r.items = std::move(best.guess.items);
    r.columns = std::move(best.judgement.columns);
    r.bits = best.score;
    r.restates = r.items.size() == 1;
    r.plain = best.guess.plain;
    std::erase_if(open_, [&](int row) {
      return std::any_of(r.items.begin(), r.items.end(), [row](const Item& i) { return i.row == row; });
    });
    found_.push_back(std::move(r));
  }

  /// The last k open items, all added; and the first less all others.
  void plain(int t) {
    const int m = static_cast<int>(open_.size());
    const int limit = std::min(m, longest_run);
    for (int k = 1; k <= limit; ++k) {
      if (!promising(t, k, false)) continue;
      Guess g;
      for (int i = m - k; i < m; ++i) g.items.push_back({open_[i], 1});
      g.price = k == 1 ? 6 : 3;
      weigh(t, std::move(g));
    }
    for (int k = 3; k <= (total_like(t) ? limit : std::min(limit, 3)); ++k) {
      if (!promising(t, k, true)) continue;
      Guess g;
      for (int i = m - k; i < m; ++i) g.items.push_back({open_[i], i == m - k ? 1 : -1});
      g.price = 5;
      g.plain = false;
      weigh(t, std::move(g));
    }
  }

  /// Holds in some column, or looks like a sum by its place: only then is it worth judging.
  bool promising(int t, int k, bool less) {
    if (k == (less ? 3 : 1)) running_.assign(grid_.columns, {}), running_slack_.assign(grid_.columns, 0);
    const int m = static_cast<int>(open_.size());
    bool any = false;
    for (int c = 0; c < grid_.columns; ++c) {
      if (less && k == 3) {
        const Entry& near = grid_.at(open_[m - 1], c);
        const Entry& mid = grid_.at(open_[m - 2], c);
        running_[c] = near.value + mid.value;
        running_slack_[c] = near.slack + mid.slack;
      }
      const Entry& e = grid_.at(open_[m - k], c);
      const Fixed sum = less ? e.value - running_[c] : running_[c] + e.value;
      running_[c] += e.value;
      running_slack_[c] += e.slack;
      const Entry& total = grid_.at(t, c);
      any = any || (total.present && std::abs(total.value - sum) <= running_slack_[c] + total.slack);
    }
    if (any || less) return any;
    return k >= 2 && look(t).total_word && (k == m || look(open_[m - k - 1]).section != look(open_[m - k]).section);
  }

  double sign_price(const std::vector<Item>& items) const {
    double price = 3;
    for (const Item& i : items) {
      const bool natural = look(i.row).cost_word == (i.weight < 0);
      price += natural ? 0.5 : i.weight < 0 ? 2.5 : 1;
    }
    return price;
  }

  /// Every pattern of signs over the last few open items, in Gray code order so that each step changes one sign.
  void signed_runs(int t, int column) {
    const int m = static_cast<int>(open_.size());
    // A row that looks like no total may still be a difference of its neighbours, but not the remainder of a whole statement
    // (the last item of equity is assets less everything else: true, and no relation that the release draws).
    const int limit = std::min(m, total_like(t) ? 9 : 3);
    const Entry& total = grid_.at(t, column);
    Fixed slack = total.slack;
    for (int k = 1; k <= limit; ++k) {
      slack += grid_.at(open_[m - k], column).slack;
      if (k < 2) continue;
      Fixed sum = 0;
      for (int i = m - k; i < m; ++i) sum += grid_.at(open_[i], column).value;
      unsigned signs = 0;
      for (unsigned step = 1; step < (1U << k); ++step) {
        const int bit = __builtin_ctz(step);
        const Fixed v = grid_.at(open_[m - 1 - bit], column).value;
        sum += (signs >> bit & 1U) != 0 ? 2 * v : -2 * v;
        signs ^= 1U << bit;
        if (std::abs(total.value - sum) <= slack) weigh_signs(t, k, signs, column);
      }
    }
  }

  void weigh_signs(int t, int k, unsigned signs, int column) {
    const int m = static_cast<int>(open_.size());
    Guess g;
    g.plain = false;
    for (int i = m - k; i < m; ++i) {
      const bool minus = (signs >> (m - 1 - i) & 1U) != 0;
      if (minus && grid_.at(open_[i], column).value == 0 && !look(open_[i]).cost_word) return;  // the same pattern comes with plus
      g.items.push_back({open_[i], minus ? -1 : 1});
    }
    g.price = sign_price(g.items);
    weigh(t, std::move(g));
  }

  /// A run in which one or two items do not belong (a memo line) or are taken away (a cost among incomes).
  void corrected(int t, int column) {
    const int m = static_cast<int>(open_.size());
    const Entry& total = grid_.at(t, column);
    Fixed sum = 0, slack = total.slack;
    for (int k = 1; k <= std::min(m, 40); ++k) {
      const Entry& first = grid_.at(open_[m - k], column);
      sum += first.value;
      slack += first.slack;
      if (k < 3) continue;
      const Fixed less = 2 * first.value - sum;  // the first, all others taken away
      for (int base : {1, -1}) {
        const Fixed d = (base > 0 ? sum : less) - total.value;
        correct_one(t, k, base, d, slack, column);
        if (k <= 16) correct_two(t, k, base, d, slack, column);
      }
    }
  }

  // What leaving an item out, or turning its sign, takes from the sum.
  void correct_one(int t, int k, int base, Fixed d, Fixed slack, int column) {
    const int m = static_cast<int>(open_.size());
    for (int i = m - k + 1; i < m; ++i) {
      const Fixed v = base * grid_.at(open_[i], column).value;
      if (v == 0) continue;
      if (std::abs(d - v) <= slack) weigh_corrected(t, k, base, {{i, 0}});
      if (std::abs(d - 2 * v) <= slack) weigh_corrected(t, k, base, {{i, -1}});
    }
  }

  void correct_two(int t, int k, int base, Fixed d, Fixed slack, int column) {
    const int m = static_cast<int>(open_.size());
    for (int i = m - k + 1; i < m; ++i) {
      const Fixed v = base * grid_.at(open_[i], column).value;
      if (v == 0) continue;
      for (int j = i + 1; j < m; ++j) {
        const Fixed w = base * grid_.at(open_[j], column).value;
        if (w == 0) continue;
        if (std::abs(d - v - w) <= slack) weigh_corrected(t, k, base, {{i, 0}, {j, 0}});
        if (std::abs(d - 2 * v - 2 * w) <= slack) weigh_corrected(t, k, base, {{i, -1}, {j, -1}});
      }
    }
  }

  void weigh_corrected(int t, int k, int base, const std::vector<std::pair<int, int>>& corrections) {
    const int m = static_cast<int>(open_.size());
    Guess g;
    g.plain = false;
    g.price = base > 0 ? 4 : 6;
    for (int i = m - k; i < m; ++i) {
      int weight = i == m - k ? 1 : base;
      for (const auto& [at, factor] : corrections) {
        if (at == i) weight *= factor;
      }
      if (weight != 0) g.items.push_back({open_[i], weight});
      if (weight < 0 && base > 0 && look(open_[i]).cost_word) g.price -= 1.5;
    }
    if (g.items.size() < 2) return;
    g.price += static_cast<double>(corrections.size()) * (std::log2(k) + 3);
    weigh(t, std::move(g));
  }

  /// Totals of totals, whatever single items lie between them: cash flows of three activities.
  void of_subtotals(int t, int column) {
    std::vector<int> heads;
    for (auto it = open_.rbegin(); it != open_.rend() && heads.size() < 9; ++it) {
      if (total_like(*it)) heads.push_back(*it);
    }
    std::reverse(heads.begin(), heads.end());
    const int h = static_cast<int>(heads.size());
    const Entry& total = grid_.at(t, column);
    std::vector<int> weights(h, -1);
    // Base-3 counter over {left out, added, taken away}; at most 3^7 patterns.
    const int used = std::min(h, 7), offset = h - used;
    int patterns = 1;
    for (int i = 0; i < used; ++i) patterns *= 3;
    for (int code = 1; code < patterns; ++code) {
      Fixed sum = 0, slack = total.slack;
      int rest = code, items = 0, minus = 0;
      for (int i = 0; i < used; ++i, rest /= 3) {
        const int weight = rest % 3 == 2 ? -1 : rest % 3;
        if (weight == 0) continue;
        const Entry& e = grid_.at(heads[offset + i], column);
        sum += weight * e.value;
        slack += e.slack;
        ++items;
        minus += weight < 0;
      }
      if (items < 2 || minus == items || std::abs(total.value - sum) > slack) continue;
      Guess g;
      g.plain = false;
      rest = code;
      for (int i = 0; i < used; ++i, rest /= 3) {
        if (rest % 3 != 0) g.items.push_back({heads[offset + i], rest % 3 == 2 ? -1 : 1});
      }
      g.price = 4 + 1.6 * used + minus;
      weigh(t, std::move(g));
    }
  }

  bool is_ancestor(int of, int row) const {
    for (const Relation& r : found_) {
      const bool has = std::any_of(r.items.begin(), r.items.end(), [row](const Item& i) { return i.row == row; });
      if (has && (r.total == of || is_ancestor_up(of, r.total, 0))) return true;
    }
    return false;
  }
  bool is_ancestor_up(int of, int row, int steps) const {
    if (steps > 12) return true;  // too deep to tell: say yes, so that no relation is claimed
    for (const Relation& r : found_) {
      const bool has = std::any_of(r.items.begin(), r.items.end(), [row](const Item& i) { return i.row == row; });
      if (has && r.total != row && (r.total == of || is_ancestor_up(of, r.total, steps + 1))) return true;
    }
    return false;
  }

  /// A total that stands above its items, which are indented below it: they are its parts, not further items.
  void totals_above(int n) {
    for (int t = n - 1; t >= 0; --t) {
      int end = t + 1;
      while (end < n && look(end).depth > look(t).depth && end - t <= longest_run) ++end;
      if (end - t < 3) continue;
      above(t, end, 4, enough + 2, true);
    }
  }

  /// The same without indentation: only where the rows are not yet explained, and on stronger evidence.
  void totals_above_unindented(int n) {
    for (int t = n - 1; t >= 0; --t) {
      if (taken_[t] || std::any_of(found_.begin(), found_.end(), [t](const Relation& r) { return r.total == t; })) continue;
      int end = t + 1;
      while (end < n && end - t <= 12) ++end;
      above(t, end, 8, enough + 8, false);
    }
  }

  void above(int t, int end, double price, double needed, bool take_items) {
    const int c = pivot(t, 0);
    if (c < 0) return;
    Fixed sum = 0, slack = grid_.at(t, c).slack;
    std::vector<Item> items;
    for (int i = t + 1; i < end; ++i) {
      if (taken_[i]) continue;
      if (!take_items && is_ancestor(i, t)) return;
      sum += grid_.at(i, c).value;
      slack += grid_.at(i, c).slack;
      items.push_back({i, 1});
      if (items.size() < 2 || std::abs(grid_.at(t, c).value - sum) > slack) continue;
      Judgement j = judge(grid_, t, items);
      if (j.failing != 0 || j.telling == 0 || j.bits - price < needed) continue;
      Relation r;
      r.total = t;
      r.items = items;
      r.columns = std::move(j.columns);
      r.bits = j.bits - price;
      r.above = true;
      found_.push_back(std::move(r));
      if (take_items) {
        for (const Item& item : items) taken_[item.row] = true;
      }
      return;
    }
  }

  const Grid& grid_;
  std::vector<bool> taken_;   // parts of a total above them
  std::vector<int> open_;     // rows that no total below has taken yet
  std::vector<Relation> found_;
  std::vector<Fixed> running_, running_slack_;
  Best whole_, broken_;
};

}  // namespace

int Relation::failing() const {
  return static_cast<int>(std::count_if(columns.begin(), columns.end(), [](const auto& c) { return c.outcome == Outcome::fails; }));
}
int Relation::holding() const {
  return static_cast<int>(std::count_if(columns.begin(), columns.end(), [](const auto& c) { return c.outcome == Outcome::holds; }));
}

std::vector<Relation> find_rows(const Grid& grid) {
  if (grid.columns == 0 || grid.looks.size() < 2) return {};
  return Search(grid).run();
}

}  // namespace factpress::assemble::footing
