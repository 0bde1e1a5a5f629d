#pragma once
#include <string_view>

#include "mapping/concept.h"

/// Names of the standard companions that a taxonomy's presentation and dimensions need, as they were called in a year.
namespace factpress::mapping {

/// A name in one of a release's namespaces. The strings live as long as the program.
struct StandardName {
  std::string_view prefix;  ///< "us-gaap" or "srt"; empty where the year has no such name
  std::string_view local;
};

/// The abstract concept that stands at the top of a statement: "IncomeStatementAbstract" ... Empty for kinds that are no
/// statement of the financial statements (reconciliation, segment, other).
StandardName statement_root(TableKind kind, const TaxonomyRelease& release);
/// "StatementTable" (a hypercube) and "StatementLineItems": in every year.
StandardName statement_table(const TaxonomyRelease& release);
StandardName statement_line_items(const TaxonomyRelease& release);

/// An axis with the domain that is its default.
struct Axis {
  StandardName axis;
  StandardName domain;
};
enum class AxisKind { business_segment, geography, product, scenario };
Axis standard_axis(AxisKind kind, const TaxonomyRelease& release);

}  // namespace factpress::mapping
