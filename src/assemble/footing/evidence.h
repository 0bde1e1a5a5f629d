#pragma once
#include "assemble/footing/grid.h"

namespace factpress::assemble::footing {

/// One guess: total = weighted items. Judged in all columns at once.
struct Judgement {
  std::vector<ColumnResult> columns;
  double bits = 0;        ///< sum over the columns of what a chance hit would have cost
  int holding = 0;
  int failing = 0;
  int slips = 0;          ///< failing columns that one changed digit explains
  int telling = 0;        ///< holding columns in which at least two items are not zero
};

Judgement judge(const Grid& grid, int total, const std::vector<Item>& items);

/// log2 of a ratio, for evidence only.
double bits_of(double range, double window);

/// The difference (doubled) is a single digit times a power of ten, as one changed digit makes it, within the slack of rounding.
bool is_slip(Fixed difference, Fixed slack);

}  // namespace factpress::assemble::footing
