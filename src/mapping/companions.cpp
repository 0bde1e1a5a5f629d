#include "mapping/companions.h"

namespace factpress::mapping {

StandardName statement_root(TableKind kind, const TaxonomyRelease&) {
  switch (kind) {
    case TableKind::income: return {"us-gaap", "IncomeStatementAbstract"};
    case TableKind::balance: return {"us-gaap", "StatementOfFinancialPositionAbstract"};
    case TableKind::cashflow: return {"us-gaap", "StatementOfCashFlowsAbstract"};
    case TableKind::equity: return {"us-gaap", "StatementOfStockholdersEquityAbstract"};
    default: return {};
  }
}

StandardName statement_table(const TaxonomyRelease&) { return {"us-gaap", "StatementTable"}; }
StandardName statement_line_items(const TaxonomyRelease&) { return {"us-gaap", "StatementLineItems"}; }

Axis standard_axis(AxisKind kind, const TaxonomyRelease& release) {
  // Geography, products and scenarios moved to srt when it began, in 2018; SegmentDomain came in 2011.
  const std::string_view moved = release.srt_namespace.empty() ? "us-gaap" : "srt";
  switch (kind) {
    case AxisKind::business_segment:
      return {{"us-gaap", "StatementBusinessSegmentsAxis"}, {"us-gaap", release.year < 2011 ? "SegmentBusinessDomain" : "SegmentDomain"}};
    case AxisKind::geography: return {{moved, "StatementGeographicalAxis"}, {moved, "SegmentGeographicalDomain"}};
    case AxisKind::product:
      if (release.year < 2011) return {{"us-gaap", "ProductOrServiceAxis"}, {}};
      return {{moved, "ProductOrServiceAxis"}, {moved, "ProductsAndServicesDomain"}};
    case AxisKind::scenario:
      return {{moved, "StatementScenarioAxis"}, {moved, "ScenarioUnspecifiedDomain"}};
  }
  return {};
}

}  // namespace factpress::mapping
