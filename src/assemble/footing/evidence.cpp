#include "assemble/footing/evidence.h"

#include <cmath>
#include <cstdlib>

namespace factpress::assemble::footing {
namespace {

int digits_of(Fixed doubled) {
  int n = 1;
  for (Fixed v = std::abs(doubled) / 2; v >= 10; v /= 10) ++n;
  return n;
}

}  // namespace

double bits_of(double range, double window) { return std::log2(1 + range / (window < 1 ? 1 : window)); }

bool is_slip(Fixed difference, Fixed slack) {
  const Fixed d = std::abs(difference);
  for (Fixed place = 2; place <= largest; place *= 10) {
    for (Fixed digit = 1; digit <= 9; ++digit) {
      // With rounding, a changed last digit shows blurred; one changed further up must still be recognised.
      if (std::abs(d - digit * place) <= slack) return true;
    }
    if (place > d) break;
  }
  return false;
}

Judgement judge(const Grid& grid, int total, const std::vector<Item>& items) {
  Judgement j;
  j.columns.resize(grid.columns);
  for (int c = 0; c < grid.columns; ++c) {
    const Entry& t = grid.at(total, c);
    ColumnResult& r = j.columns[c];
    if (!t.present) continue;
    Fixed sum = 0, range = 0, slack = t.slack, largest_digits = digits_of(t.value);
    int nonzero = 0, present = 0;
    for (const Item& item : items) {
      const Entry& e = grid.at(item.row, c);
      if (!e.present) continue;
      ++present;
      sum += item.weight * e.value;
      range += std::abs(e.value);
      slack += e.slack;
      nonzero += e.value != 0;
      largest_digits = std::max<Fixed>(largest_digits, digits_of(e.value));
    }
    if (present == 0) continue;
    r.difference = t.value - sum;
    r.slack = slack;
    if (std::abs(r.difference) <= slack) {
      r.outcome = Outcome::holds;
      ++j.holding;
      j.telling += nonzero >= 2;
      if (grid.independent[c] && nonzero > 0) j.bits += bits_of(static_cast<double>(range), static_cast<double>(2 * slack + 1));
      continue;
    }
    r.outcome = Outcome::fails;
    ++j.failing;
    r.slip = is_slip(r.difference, slack);
    if (r.slip) {
      ++j.slips;
      // A slip is evidence too, but there are many ways to slip: nine digits, each place, either way.
      const double ways = 18.0 * static_cast<double>(largest_digits) * static_cast<double>(2 * slack + 1);
      const double gain = bits_of(static_cast<double>(range), ways) - 3;
      if (grid.independent[c] && gain > 0) j.bits += gain;
    }
  }
  return j;
}

}  // namespace factpress::assemble::footing
