#pragma once
#include <cstdint>
#include <cstdlib>
#include <vector>

/// Footing: which rows of a table add up to which, found by arithmetic alone and weighed against chance.
/// Works on plain integers, so that a table of hundreds of rows takes microseconds; footing/table_grid.h makes them.
namespace factpress::assemble::footing {

/// Values are held doubled, in the table's smallest unit, so that half a unit of rounding is a whole number.
using Fixed = std::int64_t;
/// Larger magnitudes are left out of footing: sums of a thousand of them stay within 64 bits.
constexpr Fixed largest = Fixed{1} << 52;

struct Entry {
  Fixed value = 0;   ///< doubled
  Fixed slack = 0;   ///< doubled half unit of its last place: how far rounding may have moved it
  bool present = false;
};

/// What the words and rules around a row say of it.
struct RowLook {
  int row = -1;                ///< index in tables::DataTable::rows
  int section = -1;            ///< number of the heading it stands under; rows under the same heading share it
  int parent_section = -1;     ///< the heading around that heading
  int depth = 0;
  bool total_word = false;     ///< "Total ...", or no label at all under a rule
  bool subtotal_word = false;  ///< words that name a result: gross profit, net loss, income before ...
  bool cost_word = false;      ///< words that name something taken away: cost, expense, tax, less
  bool ruled = false;          ///< a rule stands above its numbers
  bool ends_side = false;      ///< total assets of a balance sheet whose other side has a total too: adds to nothing
  bool opening = false, closing = false;  ///< balance at the beginning or end of a period
};

/// Rows of one kind of unit, with the columns that hold values.
struct Grid {
  int columns = 0;
  std::vector<RowLook> looks;
  std::vector<Entry> entries;         ///< looks.size() * columns
  std::vector<bool> independent;      ///< one a column: false for one that repeats or is computed from others
  const Entry& at(int row, int column) const { return entries[static_cast<std::size_t>(row) * columns + column]; }
};

struct Item {
  int row;     ///< index in Grid::looks
  int weight;  ///< +1 or -1
};

enum class Outcome : std::uint8_t { absent, holds, fails };

struct ColumnResult {
  Outcome outcome = Outcome::absent;
  Fixed difference = 0;   ///< total minus sum of weighted items, doubled
  Fixed slack = 0;        ///< what rounding explains, doubled
  bool slip = false;      ///< fails, and one digit changed in one of the numbers explains it
};

/// total = sum of weight * item in every column that is neither absent nor said to fail.
struct Relation {
  int total = -1;               ///< index in Grid::looks
  std::vector<Item> items;      ///< in row order
  std::vector<ColumnResult> columns;
  double bits = 0;              ///< evidence against chance, after the price of the hypothesis
  bool restates = false;        ///< one item equal to the total: the same amount said again
  bool above = false;           ///< the total stands above its items
  bool plain = false;           ///< all items added
  int failing() const;
  int holding() const;
};

/// All relations, by total, then first item. Bounded: at most 64 open items are looked at for a row, at most 512 sign patterns.
/// Relations that fail in some column are given too: that column contradicts what the others (or the layout) prove.
std::vector<Relation> find_rows(const Grid& grid);

/// A relation between columns that holds in (nearly) every row: result = sum of weight * operand.
struct ColumnRelation {
  int result = -1;
  std::vector<Item> operands;            ///< row is the column's index here
  std::vector<int> holding_rows;         ///< indexes in Grid::looks
  std::vector<int> failing_rows;         ///< at most a few
};
std::vector<ColumnRelation> find_columns(const Grid& grid);

/// Of two digits, as printed and as added up (both doubled): too small to tell a slip from something else.
inline bool is_small(Fixed total, Fixed difference) { return std::abs(total) < 200 && std::abs(total - difference) < 200; }

}  // namespace factpress::assemble::footing
