#pragma once
#include <string_view>

#include "tables/table.h"

namespace factpress::tables {

/// What the words of a label without a sign say of the numbers beside it.
enum class RateWords {
  none,
  percent,       ///< "Effective tax rate", "Return on average assets", "As a percent of sales": a percentage whatever is around
  perhaps,       ///< "Gross margin", "Organic growth", "Cost of funds": a percentage or an amount
  ratio,         ///< "Tier 1 capital ratio", "Efficiency ratio": a percentage, or a plain number below one
  multiple,      ///< "Net debt to EBITDA", "Book-to-bill", "Price/earnings (x)"
  basis_points,  ///< "Fee rate (bps)"
};
/// Of a label in lower case.
RateWords rate_words(std::string_view label);

/// "as a percentage of total revenue", "as a percent of net sales", in lower case; not "a 30% of".
bool tells_percentages(std::string_view text);

/// Rows whose label or heading names a percentage or a multiple, and whose numbers print no sign, are no money. Where nothing tells which of them
/// the numbers are, they are in doubt.
void settle_named_rates(DataTable& table);

}  // namespace factpress::tables
