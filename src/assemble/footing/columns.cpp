#include <algorithm>
#include <cstdlib>

#include "assemble/footing/evidence.h"
#include "assemble/footing/grid.h"

namespace factpress::assemble::footing {
namespace {

struct Tally {
  std::vector<int> holding, failing;
  double bits = 0;
};

/// Counts the rows in which result = weighted operands; stops as soon as too many fail.
Tally tally(const Grid& grid, int result, const std::vector<Item>& operands) {
  Tally t;
  for (int row = 0; row < static_cast<int>(grid.looks.size()); ++row) {
    const Entry& e = grid.at(row, result);
    if (!e.present) continue;
    Fixed sum = 0, slack = e.slack, range = 0;
    int nonzero = 0, present = 0;
    for (const Item& o : operands) {
      const Entry& v = grid.at(row, o.row);
      if (!v.present) continue;
      ++present;
      sum += o.weight * v.value;
      slack += v.slack;
      range += std::abs(v.value);
      nonzero += v.value != 0;
    }
    if (present < static_cast<int>(operands.size()) && operands.size() == 2) continue;
    if (present == 0 || nonzero == 0) continue;
    if (std::abs(e.value - sum) <= slack) {
      t.holding.push_back(row);
      if (nonzero >= 2) t.bits += bits_of(static_cast<double>(range), static_cast<double>(2 * slack + 1));
    } else {
      t.failing.push_back(row);
      if (t.failing.size() > 2 && t.failing.size() * 4 > t.holding.size() + 4) return t;
    }
  }
  return t;
}

void keep_best(const Grid& grid, int result, std::vector<Item> operands, double price, ColumnRelation& best, double& best_bits) {
  Tally t = tally(grid, result, operands);
  const double bits = t.bits - price - 12.0 * static_cast<double>(t.failing.size());
  if (t.holding.size() < 2 || t.failing.size() * 4 > t.holding.size() || bits < 16 || bits <= best_bits) return;
  best_bits = bits;
  best = {result, std::move(operands), std::move(t.holding), std::move(t.failing)};
}

}  // namespace

std::vector<ColumnRelation> find_columns(const Grid& grid) {
  std::vector<ColumnRelation> found;
  const int n = std::min(grid.columns, 24);
  std::vector<bool> used(n, false);
  for (int c = 0; c < n; ++c) {
    ColumnRelation best;
    double best_bits = 0;
    for (int a = 0; a < n; ++a) {
      for (int b = 0; b < n; ++b) {
        if (a == b || a == c || b == c || std::abs(a - c) > 6 || std::abs(b - c) > 6) continue;
        keep_best(grid, c, {{a, 1}, {b, -1}}, 6, best, best_bits);
      }
    }
    for (int first = c - 1; first >= 0; --first) {  // sums of the columns before
      std::vector<Item> run;
      for (int i = first; i < c; ++i) run.push_back({i, 1});
      if (run.size() >= 2) keep_best(grid, c, std::move(run), 4, best, best_bits);
    }
    for (int last = c + 2; last < n; ++last) {  // sums of the columns after
      std::vector<Item> run;
      for (int i = c + 1; i <= last; ++i) run.push_back({i, 1});
      keep_best(grid, c, std::move(run), 5, best, best_bits);
    }
    if (best.result < 0) continue;
    // a = b + c says the same as c = a - b: one is enough, the sum before the difference.
    const auto same = [&](const ColumnRelation& r) {
      const auto in = [&](int column) {
        return column == best.result || std::any_of(best.operands.begin(), best.operands.end(), [&](const Item& i) { return i.row == column; });
      };
      return in(r.result) && r.operands.size() == best.operands.size() && std::all_of(r.operands.begin(), r.operands.end(), [&](const Item& i) { return in(i.row); });
    };
    if (std::any_of(found.begin(), found.end(), same)) continue;
    found.push_back(std::move(best));
  }
  return found;
}

}  // namespace factpress::assemble::footing
