#include "tables/table.h"

namespace factpress::tables {

std::string_view to_string(StatementKind kind) {
  switch (kind) {
    case StatementKind::income: return "income";
    case StatementKind::balance: return "balance";
    case StatementKind::cashflow: return "cashflow";
    case StatementKind::equity: return "equity";
    case StatementKind::reconciliation: return "reconciliation";
    case StatementKind::segment: return "segment";
    case StatementKind::other: break;
  }
  return "other";
}

}  // namespace factpress::tables
