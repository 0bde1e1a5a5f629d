#pragma once
#include <string>
#include <vector>

#include "tables/calendar.h"
#include "tables/header.h"

namespace factpress::tables {

/// What a table's surroundings say that its headers may leave out.
struct ColumnContext {
  const Calendar* calendar = nullptr;
  StatementKind kind = StatementKind::other;
  std::string title;  ///< the title block and the labels beside the headers
  bool flows = false;       ///< the rows tell what happens over time (sales, expenses), none a balance
  bool balances_alone = false;  ///< every row tells of a balance ("Nonperforming loans", "Allowance for credit losses")
  std::string measure_axis = "Measure";
};

/// Turns header texts into columns: periods, changes, measures and members. `percent_only[i]`: all numbers of the column are
/// percentages.
std::vector<Column> read_columns(const std::vector<std::vector<HeaderText>>& headers, const std::vector<bool>& percent_only, const ColumnContext& context);

/// The texts of its header, the topmost first, with blanks between.
std::string header_text(const Column& column);

}  // namespace factpress::tables
