#include "catch.h"
#include "diag/codes/mapping.h"
#include "mapping/companions.h"
#include "mapping/dictionary.h"
#include "mapping/extension.h"
#include "mapping/mapper.h"
#include "mapping/own_measure.h"

using namespace factpress;
using namespace factpress::mapping;

namespace {

Row row(std::string_view label, PeriodType period, UnitClass unit = UnitClass::monetary) {
  Row r;
  r.label = label;
  r.period = period;
  r.unit = unit;
  r.signs = Signs::positive;
  return r;
}

Row heading(std::string_view label) {
  Row r;
  r.label = label;
  r.has_values = false;
  return r;
}

Session session_of(int year, MapperOptions options = {}) {
  options.company_prefix = "acme";
  return Session(std::move(options), *Date::of(year, 3, 31));
}

TableQuery balance_sheet() {
  TableQuery t;
  t.kind = TableKind::balance;
  t.rows.push_back(heading("Current assets:"));
  for (const std::string_view label : {"Cash and cash equivalents", "Accounts receivable, net", "Total current assets", "Property and equipment, net", "Goodwill", "Total assets"})
    t.rows.push_back(row(label, PeriodType::instant));
  t.rows.push_back(heading("Current liabilities:"));
  for (const std::string_view label : {"Accounts payable", "Total current liabilities", "Total liabilities", "Accumulated deficit", "Total stockholders' deficit", "Total liabilities and stockholders' deficit"})
    t.rows.push_back(row(label, PeriodType::instant));
  for (int i : {1, 2}) t.rows[static_cast<std::size_t>(i)].parent = 3, t.rows[static_cast<std::size_t>(i)].weight = 1;
  return t;
}

std::string concept_at(const std::vector<Choice>& c, const TableQuery& t, std::string_view label) {
  for (std::size_t i = 0; i < c.size(); ++i)
    if (t.rows[i].label == label) return c[i].concept_name;
  return {};
}

}  // namespace

TEST_CASE("a plain balance sheet gets the concepts that filers use", "[mapping][session]") {
  Session s = session_of(2013);
  diag::Sink sink;
  const TableQuery t = balance_sheet();
  const auto c = s.map(t, sink);
  REQUIRE(c.size() == t.rows.size());
  CHECK_FALSE(c[0].mapped);
  CHECK(concept_at(c, t, "Cash and cash equivalents") == "CashAndCashEquivalentsAtCarryingValue");
  CHECK(concept_at(c, t, "Accounts receivable, net") == "AccountsReceivableNetCurrent");
  CHECK(concept_at(c, t, "Total current assets") == "AssetsCurrent");
  CHECK(concept_at(c, t, "Goodwill") == "Goodwill");
  CHECK(concept_at(c, t, "Total assets") == "Assets");
  CHECK(concept_at(c, t, "Total current liabilities") == "LiabilitiesCurrent");
  CHECK(concept_at(c, t, "Total liabilities") == "Liabilities");
  CHECK(concept_at(c, t, "Total liabilities and stockholders' deficit") == "LiabilitiesAndStockholdersEquity");
  CHECK(concept_at(c, t, "Accumulated deficit") == "RetainedEarningsAccumulatedDeficit");
  for (const Choice& x : c) {
    if (!x.mapped) continue;
    CHECK(x.period == PeriodType::instant);
    CHECK_FALSE(x.reason.empty());
    CHECK(x.confidence >= 0);
    CHECK(x.confidence <= 1);
    CHECK(x.alternatives.size() <= 5);
    if (x.is_standard) CHECK(s.find(x.concept_name).has_value());
  }
}

TEST_CASE("no concept of a later taxonomy is chosen", "[mapping][session]") {
  diag::Sink sink;
  TableQuery t;
  t.kind = TableKind::balance;
  t.rows = {row("Operating lease right-of-use assets", PeriodType::instant), row("Total assets", PeriodType::instant)};
  Session now = session_of(2021), then = session_of(2013);
  CHECK(now.map(t, sink)[0].concept_name == "OperatingLeaseRightOfUseAsset");
  CHECK(then.map(t, sink)[0].concept_name != "OperatingLeaseRightOfUseAsset");
}

TEST_CASE("a concept stands once in a context, unless the values are equal", "[mapping][session]") {
  TableQuery t;
  t.kind = TableKind::balance;
  t.rows = {row("Total assets", PeriodType::instant), row("Total assets", PeriodType::instant)};
  diag::Sink sink;
  const auto apart = session_of(2013).map(t, sink);
  CHECK(apart[0].concept_name != apart[1].concept_name);
  t.rows[0].values = t.rows[1].values = 77;
  const auto same = session_of(2013).map(t, sink);
  CHECK(same[0].concept_name == "Assets");
  CHECK(same[1].concept_name == "Assets");
  t.rows[0].values = t.rows[1].values = 0;
  t.rows[1].context = 1;
  const auto contexts = session_of(2013).map(t, sink);
  CHECK(contexts[1].concept_name == "Assets");
}

TEST_CASE("a row that takes the second best says so", "[mapping][session]") {
  TableQuery t;
  t.kind = TableKind::income;
  t.rows = {row("Net loss", PeriodType::duration), row("Net loss", PeriodType::duration)};
  diag::Sink sink;
  const auto c = session_of(2013).map(t, sink);
  CHECK((sink.has(diag::codes::mapping_conflict) || sink.has(diag::codes::mapping_extension)));
  CHECK(c[0].concept_name != c[1].concept_name);
}

TEST_CASE("what fits nothing becomes an extension with all its properties", "[mapping][session]") {
  TableQuery t;
  t.kind = TableKind::income;
  t.rows = {row("Zorgon widget quux fluxion", PeriodType::duration)};
  diag::Sink sink;
  const Choice c = session_of(2013).map(t, sink)[0];
  CHECK(c.mapped);
  CHECK_FALSE(c.is_standard);
  CHECK(c.prefix == "acme");
  CHECK(c.concept_name == "ZorgonWidgetQuuxFluxion");
  CHECK(c.type == DataType::monetary);
  CHECK(c.period == PeriodType::duration);
  CHECK(c.label == "Zorgon widget quux fluxion");
  CHECK(sink.has(diag::codes::mapping_extension));
}

TEST_CASE("units decide between an amount and a number", "[mapping][session]") {
  TableQuery t;
  t.kind = TableKind::income;
  Row eps = row("Basic", PeriodType::duration, UnitClass::per_share), shares = row("Basic", PeriodType::duration, UnitClass::shares);
  eps.sections = {"Net income per share:"};
  shares.sections = {"Weighted average shares outstanding:"};
  t.rows = {eps, shares};
  diag::Sink sink;
  const auto c = session_of(2020).map(t, sink);
  CHECK(c[0].concept_name == "EarningsPerShareBasic");
  CHECK(c[1].concept_name == "WeightedAverageNumberOfSharesOutstandingBasic");
}

TEST_CASE("an item of prose gets the concept of its row in the tables", "[mapping][session]") {
  Session s = session_of(2013);
  diag::Sink sink;
  const auto c = s.map(balance_sheet(), sink);
  const Choice item = s.map_item({.label = "total assets", .unit = UnitClass::monetary, .period = PeriodType::instant}, sink);
  CHECK(item.concept_name == "Assets");
  CHECK(item.origin == Origin::remembered);
  const Choice own = s.map_item({.label = "adjusted EBITDA", .unit = UnitClass::monetary, .period = PeriodType::duration}, sink);
  CHECK_FALSE(own.is_standard);
  CHECK(own.concept_name == "AdjustedEBITDA");
}

TEST_CASE("a measure of the company's own is no standard concept", "[mapping][session]") {
  Session s = session_of(2013);
  diag::Sink sink;
  TableQuery t;
  t.kind = TableKind::reconciliation;
  t.rows = {row("GAAP operating income", PeriodType::duration), row("Non-GAAP operating income", PeriodType::duration), row("Adjusted net income", PeriodType::duration),
            row("Diluted", PeriodType::duration)};
  t.rows[3].unit = UnitClass::per_share;
  t.rows[3].sections = {"Non-GAAP net income per share:"};
  const auto c = s.map(t, sink);
  CHECK(c[0].concept_name == "OperatingIncomeLoss");
  CHECK_FALSE(c[1].is_standard);
  CHECK(c[1].concept_name == "NonGAAPOperatingIncome");
  CHECK_FALSE(c[2].is_standard);
  CHECK_FALSE(c[3].is_standard);
  const Choice own = s.map_item({.label = "non-GAAP operating income", .unit = UnitClass::monetary, .period = PeriodType::duration}, sink);
  CHECK(own.concept_name == c[1].concept_name);
  const Choice plain = s.map_item({.label = "operating income", .unit = UnitClass::monetary, .period = PeriodType::duration}, sink);
  CHECK(plain.concept_name == c[0].concept_name);
}

TEST_CASE("words beside a measure do not make it the company's own", "[mapping][session]") {
  CHECK_FALSE(names_own_measure(row("Dividends per share, adjusted for the stock split", PeriodType::duration)));
  CHECK_FALSE(names_own_measure(row("Adjustments to reconcile net income to cash", PeriodType::duration)));
  CHECK_FALSE(names_own_measure(row("Unadjusted loans", PeriodType::instant)));
  CHECK(names_own_measure(row("Net income, as Adjusted", PeriodType::duration)));
}

TEST_CASE("an average, or what does not perform, is not filed as the item itself", "[mapping][session]") {
  Session s = session_of(2013);
  diag::Sink sink;
  for (const std::string_view label : {"Average total assets", "Nonperforming assets", "Non-performing assets", "Nonaccrual loans"}) {
    INFO(label);
    CHECK_FALSE(s.map_item({.label = label, .unit = UnitClass::monetary, .period = PeriodType::instant}, sink).is_standard);
  }
  const Choice equity = s.map_item({.label = "Average stockholders' equity", .unit = UnitClass::monetary, .period = PeriodType::duration}, sink);
  CHECK(equity.concept_name != "StockholdersEquity");
  Row below = row("Total assets", PeriodType::instant);
  below.sections = {"Average balances:"};
  CHECK(is_of_other_kind(below, "Assets"));
  CHECK_FALSE(is_of_other_kind(row("Total assets", PeriodType::instant), "Assets"));
  CHECK_FALSE(is_of_other_kind(row("Materials and supplies, at average cost", PeriodType::instant), "InventoryRawMaterialsAndSupplies"));
  Row shares = row("Average shares outstanding", PeriodType::duration);
  shares.unit = UnitClass::shares;
  CHECK_FALSE(is_of_other_kind(shares, "WeightedAverageNumberOfSharesOutstandingBasic"));
}

TEST_CASE("cash paid out, printed in brackets, is the positive value of its concept", "[mapping][sign]") {
  TableQuery t;
  t.kind = TableKind::cashflow;
  Row paid = row("Purchases of property and equipment", PeriodType::duration), total = row("Net cash used in investing activities", PeriodType::duration);
  paid.signs = total.signs = Signs::negative;
  paid.parent = 1;
  paid.weight = 1;
  t.rows = {paid, total};
  diag::Sink sink;
  const auto c = session_of(2013).map(t, sink);
  REQUIRE(c[0].concept_name == "PaymentsToAcquirePropertyPlantAndEquipment");
  CHECK(c[0].negated);
  CHECK_FALSE(c[1].negated);
}

TEST_CASE("a loss printed without brackets is a negative income", "[mapping][sign]") {
  diag::Sink sink;
  TableQuery t;
  t.kind = TableKind::income;
  t.rows = {row("Net loss", PeriodType::duration)};
  CHECK(session_of(2013).map(t, sink)[0].negated);
  t.rows[0].signs = Signs::negative;
  CHECK_FALSE(session_of(2013).map(t, sink)[0].negated);
}

TEST_CASE("the same tables give the same choices", "[mapping][session]") {
  diag::Sink sink;
  const auto a = session_of(2013).map(balance_sheet(), sink), b = session_of(2013).map(balance_sheet(), sink);
  for (std::size_t i = 0; i < a.size(); ++i) {
    CHECK(a[i].concept_name == b[i].concept_name);
    CHECK(a[i].confidence == b[i].confidence);
    CHECK(a[i].reason == b[i].reason);
  }
}

TEST_CASE("a table without rows and rows without labels are no harm", "[mapping][session]") {
  diag::Sink sink;
  TableQuery t;
  CHECK(session_of(2013).map(t, sink).empty());
  t.rows.resize(3);
  t.rows[0].parent = 99;
  t.rows[1].parent = 1;
  CHECK(session_of(2013).map(t, sink).size() == 3);
}

TEST_CASE("element names follow the label in camel case", "[mapping][extension]") {
  CHECK(camel_case_name("Cost of the services, net") == "CostOfServicesNet");
  CHECK(camel_case_name("Research & development") == "ResearchAndDevelopment");
  CHECK(camel_case_name("Gross margin %") == "GrossMarginPercent");
  CHECK(camel_case_name("U.S. sales") == "USSales");
  CHECK(camel_case_name("2013 restructuring") == "Item2013Restructuring");
  CHECK(telling_numbers("5.375% senior notes due 2021") == " 5.375 2021");
  CHECK(telling_numbers("Fiscal 2016") == " 2016");
  CHECK(telling_numbers("Balance at June 30, 2018").empty());
  CHECK(telling_numbers("Common stock, 2,000 shares; allowance of $2000").empty());
  CHECK(camel_case_name("$ (-) !").empty());
  CHECK(camel_case_name(std::string(1000, 'a') + " b").size() <= 200);
  CHECK(camel_case_name("ADJUSTED NET INCOME") == "AdjustedNetIncome");
  const auto d = Dictionary::built_in(Profile::us_gaap);
  ExtensionNames names;
  const std::string a = names.name_for("1", "Other", {"Carrier"}, *d), b = names.name_for("2", "Other", {"Business"}, *d), c = names.name_for("3", "Other", {}, *d);
  CHECK(a != b);
  CHECK(b != c);
  CHECK(names.name_for("1", "Other", {"Carrier"}, *d) == a);
  CHECK(names.name_for("4", "Assets", {}, *d) != "Assets");
}

TEST_CASE("companions are called as in their year", "[mapping][companions]") {
  const auto& old = release_for(*Date::of(2009, 6, 30));
  const auto& middle = release_for(*Date::of(2013, 6, 30));
  const auto& now = release_for(*Date::of(2020, 6, 30));
  CHECK(statement_root(TableKind::balance, now).local == "StatementOfFinancialPositionAbstract");
  CHECK(statement_root(TableKind::segment, now).local.empty());
  CHECK(standard_axis(AxisKind::business_segment, old).domain.local == "SegmentBusinessDomain");
  CHECK(standard_axis(AxisKind::business_segment, middle).domain.local == "SegmentDomain");
  CHECK(standard_axis(AxisKind::geography, middle).axis.prefix == "us-gaap");
  CHECK(standard_axis(AxisKind::geography, now).axis.prefix == "srt");
}

TEST_CASE("a subtotal without a label gets a standard concept in primary statements alone", "[mapping][session]") {
  TableQuery t;
  t.rows = {row("Total assets", PeriodType::instant), row("Total liabilities", PeriodType::instant), row("", PeriodType::instant)};
  t.rows[0].parent = t.rows[1].parent = 2;
  for (const TableKind kind : {TableKind::reconciliation, TableKind::segment, TableKind::other}) {
    t.kind = kind;
    diag::Sink sink;
    CHECK_FALSE(session_of(2013).map(t, sink)[2].is_standard);
  }
}

TEST_CASE("a sentence's item is what companies call by these very words", "[mapping]") {
  diag::Sink sink;
  Session s = session_of(2024);
  const auto of = [&](std::string_view label) { return s.map_item({.label = label, .unit = UnitClass::monetary, .period = PeriodType::duration, .signs = Signs::positive}, sink); };
  CHECK(of("capital expenditures").concept_name == "PaymentsToAcquirePropertyPlantAndEquipment");
  CHECK(of("net sales").is_standard);
  CHECK(of("turnover").concept_name == "Revenues");
  CHECK_FALSE(of("adjustments").is_standard);
  CHECK_FALSE(of("backlog").is_standard);
}

TEST_CASE("an income statement's only line of revenue is revenue, whatever it is called", "[mapping][session]") {
  const auto statement = [](const Row& first, std::vector<Row> more = {}) {
    TableQuery t;
    t.kind = TableKind::income;
    if (!first.sections.empty()) t.rows.push_back(heading(first.sections.back()));
    t.rows.push_back(first);
    for (Row& r : more) t.rows.push_back(std::move(r));
    for (const std::string_view label : {"Cost of sales", "Gross profit", "Selling, general and administrative expenses", "Operating income", "Income before income taxes", "Net income"})
      t.rows.push_back(row(label, PeriodType::duration));
    return t;
  };
  const auto first_of = [](const TableQuery& t, std::string_view label) {
    Session s = session_of(2024);
    diag::Sink sink;
    return concept_at(s.map(t, sink), t, label);
  };
  const auto is_revenue = [](std::string_view name) { return name == "Revenues" || name == "RevenueFromContractWithCustomerExcludingAssessedTax"; };
  CHECK(is_revenue(first_of(statement(row("SALES, Net of returns and allowances", PeriodType::duration)), "SALES, Net of returns and allowances")));
  Row alone = row("Harvest takings", PeriodType::duration);
  alone.sections = {"Revenues:"};
  CHECK(is_revenue(first_of(statement(alone), "Harvest takings")));
  // One of several lines of revenue is not all of it, and what says nothing of revenue is none.
  Row second = row("Servicing income", PeriodType::duration);
  second.sections = alone.sections;
  CHECK_FALSE(is_revenue(first_of(statement(alone, {second}), "Harvest takings")));
  CHECK_FALSE(is_revenue(first_of(statement(row("Marvels, net of returns", PeriodType::duration)), "Marvels, net of returns")));
}
