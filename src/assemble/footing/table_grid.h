#pragma once
#include <string>

#include "assemble/footing/grid.h"
#include "tables/table.h"

namespace factpress::assemble::footing {

/// The rows of a table that have numbers of one unit, as a grid. `exponent`: one count of the grid's whole numbers is
/// 10^exponent. Cells that do not fit (hostile magnitudes) are left absent.
struct TableGrid {
  Grid grid;
  std::string unit;
  int exponent = 0;
  std::vector<int> columns;  ///< the table's column index of each grid column
  Decimal value(Fixed doubled) const;
};

/// One grid for each unit that at least two rows share; per cents are left out (they seldom add up, and never prove much).
std::vector<TableGrid> grids_of(const tables::DataTable& table);

}  // namespace factpress::assemble::footing
