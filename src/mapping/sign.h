#pragma once
#include <string_view>

#include "mapping/mapper.h"
#include "mapping/zone.h"

namespace factpress::mapping {

/// What is known of a row's concept when its sign is judged.
struct Signed {
  std::string_view name;
  Balance balance = Balance::none;
};

/// True where the value as printed has the opposite sign of the concept's value. Five signs are kept apart: as printed, as a
/// fact, the concept's balance, the footing's weight and the negated label. Decided by, in this order: the footing (how the
/// row enters its total, against how its concept does by balance), the way cash flows are printed, a label that says only
/// "loss" over positive figures, the table's habit of printing costs in brackets (`costs_in_brackets`).
bool is_negated(TableKind kind, const ReadRow& row, const Signed& item, const Signed* parent, bool costs_in_brackets);

/// Whether most costs of an income statement (debit items that enter their total with +1, or all where nothing is known of
/// the footing) are printed as negative numbers.
bool prints_costs_in_brackets(const std::vector<ReadRow>& rows, const std::vector<Signed>& items);

}  // namespace factpress::mapping
