#include "mapping/user_mapping.h"

#include "catch.h"
#include "diag/codes/mapping.h"
#include "mapping/prior.h"
#include "mapping/user_units.h"

using namespace factpress;
using namespace factpress::mapping;

namespace {

std::shared_ptr<const UserMapping> read(const std::string& toml, diag::Sink& sink) {
  return read_user_mapping(std::make_shared<const Source>("map.toml", toml), sink);
}

LineColumn place_of(const diag::Diagnostic& d) { return d.place.source->locate(d.place.span.begin); }

}  // namespace

TEST_CASE("a user's rule overrides what was learned", "[mapping][user]") {
  diag::Sink sink;
  const auto mapping = read(
      "[[rule]]\nlabel = \"Total assets\"\nconcept = \"us-gaap:AssetsNet\"\nsign = \"negated\"\n"
      "[[rule]]\nlabel-contains = \"goodwill\"\nskip = true\n"
      "[[rule]]\nlabel-prefix = \"Carrier\"\nstatement = \"balance\"\nconcept = \"acme:CarrierThings\"\nunit = \"EUR\"\n",
      sink);
  REQUIRE(mapping);
  MapperOptions options;
  options.user = mapping;
  options.company_prefix = "acme";
  Session s(options, *Date::of(2013, 3, 31));
  TableQuery t;
  t.kind = TableKind::balance;
  for (const std::string_view label : {"Total assets", "Goodwill, net", "Carrier prepayments"}) {
    Row r;
    r.label = label;
    r.period = PeriodType::instant;
    t.rows.push_back(r);
  }
  const auto c = s.map(t, sink);
  CHECK(c[0].concept_name == "AssetsNet");
  CHECK(c[0].negated);
  CHECK(c[0].origin == Origin::user);
  CHECK(c[0].confidence == 1);
  CHECK(c[1].skipped);
  CHECK_FALSE(c[1].mapped);
  CHECK(c[2].concept_name == "CarrierThings");
  CHECK_FALSE(c[2].is_standard);
  CHECK(c[2].unit == "EUR");
}

TEST_CASE("a rule tells the unit and the scale of a row's numbers", "[mapping][user]") {
  diag::Sink sink;
  facts::Reading reading;
  tables::DataTable table;
  tables::TableRow row;
  row.label = "Active users";
  tables::TableCell amount, percent;
  amount.printed.value = Decimal(84), amount.printed.fraction_digits = 0;
  amount.value = Decimal(84), amount.decimals = 0, amount.unit = tables::UnitKind::money, amount.unit_code = "USD";
  amount.period = tables::Period{std::nullopt, *Date::of(2024, 3, 31)};
  amount.doubt = "nothing tells whether it is money", amount.doubt_of = tables::DoubtOf::unit;
  percent.value = *Decimal::parse("0.07"), percent.unit = tables::UnitKind::pure, percent.unit_code = "pure";
  row.cells = {amount, percent};
  table.rows.push_back(row);
  reading.tables.push_back(table);
  facts::RawFact fact;
  fact.table = 0, fact.row = 0, fact.cell = 0, fact.unit = "USD", fact.value = Decimal(84), fact.filable = false, fact.reasons = {amount.doubt};
  reading.facts.push_back(fact);
  const tables::TableCell& cell = reading.tables[0].rows[0].cells[0];

  SECTION("what is counted, in millions") {
    apply_units(*read("[[rule]]\nlabel = \"active users\"\nunit = \"users\"\nscale = \"millions\"\n", sink), reading);
    CHECK(cell.unit == tables::UnitKind::count);
    CHECK(cell.unit_code == "users");
    CHECK(cell.value == Decimal(84'000'000));
    CHECK(cell.decimals == -6);
    CHECK(cell.doubt.empty());
    CHECK(reading.facts[0].unit == "users");
    CHECK(reading.facts[0].value == Decimal(84'000'000));
    CHECK(reading.facts[0].filable);
    CHECK(reading.tables[0].rows[0].cells[1].unit_code == "pure");
    CHECK(reading.tables[0].rows[0].cells[1].value == *Decimal::parse("0.07"));
  }
  SECTION("a scale alone does not say what is counted") {
    apply_units(*read("[[rule]]\nlabel = \"Active users\"\nscale = \"thousands\"\n", sink), reading);
    CHECK(cell.value == Decimal(84'000));
    CHECK(cell.unit_code == "USD");
    CHECK_FALSE(cell.doubt.empty());
    CHECK_FALSE(reading.facts[0].filable);
  }
  SECTION("another currency") {
    apply_units(*read("[[rule]]\nlabel-contains = \"users\"\nunit = \"EUR\"\n", sink), reading);
    CHECK(cell.unit == tables::UnitKind::money);
    CHECK(cell.unit_code == "EUR");
    CHECK(reading.facts[0].filable);
  }
  SECTION("another row") {
    apply_units(*read("[[rule]]\nlabel = \"Passive users\"\nunit = \"users\"\n", sink), reading);
    CHECK(cell.unit_code == "USD");
    CHECK_FALSE(reading.facts[0].filable);
  }
}

TEST_CASE("mistakes in a mapping file are shown where they stand", "[mapping][user]") {
  diag::Sink sink;
  SECTION("not TOML") {
    CHECK_FALSE(read("[[rule]]\nlabel = \n", sink));
    CHECK(sink.has(diag::codes::mapping_file_syntax));
    CHECK(place_of(sink.all()[0]).line == 2);
  }
  SECTION("an unknown key") {
    CHECK_FALSE(read("[[rule]]\nlabel = \"a\"\nconcpt = \"us-gaap:Assets\"\nskip = true\n", sink));
    REQUIRE(sink.has(diag::codes::mapping_file_key));
    CHECK(place_of(sink.all()[0]).line == 3);
    CHECK(place_of(sink.all()[0]).column == 1);
    CHECK(sink.all()[0].help == "did you mean \"concept\"?");
  }
  SECTION("an unknown concept") {
    CHECK_FALSE(read("[[rule]]\nlabel = \"a\"\nconcept = \"us-gaap:AssetsCurent\"\n", sink));
    REQUIRE(sink.has(diag::codes::mapping_unknown_concept));
    CHECK(place_of(sink.all()[0]).column == 11);
    CHECK(sink.all()[0].help == "did you mean us-gaap:AssetsCurrent?");
  }
  SECTION("values of the wrong kind") {
    CHECK_FALSE(read("[[rule]]\nlabel = 7\nsign = \"upside-down\"\nstatement = \"incme\"\nskip = \"yes\"\n", sink));
    CHECK(sink.has(diag::codes::mapping_file_value));
    CHECK(sink.all().size() >= 4);
  }
  SECTION("a rule that says nothing, and one without a label") {
    CHECK_FALSE(read("[[rule]]\nlabel = \"a\"\n[[rule]]\nskip = true\n", sink));
    CHECK(sink.all().size() == 2);
  }
}

TEST_CASE("a mapping file tells what the release does not tell of itself", "[mapping][user]") {
  diag::Sink sink;
  const auto mapping = read("[release]\nname = \"Pine  Ridge\"\nticker = \"PRC\"\nexchange = \"NYSE\"\ncik = 92122\ndate = 2005-01-25\nperiod-end = \"2004-12-31\"\n"
                            "period = \"quarter\"\nfiscal-year = 2004\nfiscal-quarter = 4\nscale = \"millions\"\n", sink);
  REQUIRE(mapping);
  const facts::GivenIdentity& g = mapping->release;
  CHECK(g.name == "Pine Ridge");
  CHECK(g.ticker == "PRC");
  CHECK(g.exchange == "NYSE");
  CHECK(g.cik == "92122");
  CHECK(g.release_date->iso() == "2005-01-25");
  CHECK(g.period_end->iso() == "2004-12-31");
  CHECK(g.annual == false);
  CHECK(g.fiscal_year == 2004);
  CHECK(g.fiscal_quarter == 4);
  CHECK(g.scale == 6);
  CHECK(g.of_one_release());
  SECTION("a later file overrules key by key") {
    const SourcePtr files[] = {std::make_shared<const Source>("a.toml", "[release]\nname = \"Pine\"\ncik = \"1\"\nscale = \"ones\"\n"), std::make_shared<const Source>("b.toml", "[release]\ncik = \"2\"\n")};
    const auto both = mapping::read_user_mappings(files, sink);
    REQUIRE(both);
    CHECK(both->release.name == "Pine");
    CHECK(both->release.cik == "2");
    CHECK(both->release.scale == 0);
    CHECK_FALSE(both->release.of_one_release());
  }
  SECTION("mistakes") {
    CHECK_FALSE(read("[release]\nname = 7\ncik = \"12345678901\"\ndate = \"soon\"\nperiod = \"week\"\nfiscal-quarter = 5\nscale = \"lots\"\n", sink));
    CHECK(sink.count(diag::Severity::error) == 6);
    diag::Sink others;
    CHECK_FALSE(read("[release]\nperiod-ends = 2004-12-31\n", others));
    REQUIRE(others.has(diag::codes::mapping_file_key));
    CHECK(others.all()[0].help == "did you mean \"period-end\"?");
    CHECK_FALSE(read("release = \"x\"\n", others));
    CHECK_FALSE(read("[release]\nperiod = \"year\"\nfiscal-quarter = 2\n", others));
  }
}

TEST_CASE("the filer's earlier taxonomy takes precedence over what was learned", "[mapping][prior]") {
  MemoryFileSystem files;
  REQUIRE(files.write("acme.xsd", R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance" targetNamespace="http://acme.example/2012">
  <xs:element id="acme_CarrierPrepayments" name="CarrierPrepayments" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item" xbrli:periodType="instant" xbrli:balance="debit"/>
</xs:schema>)"));
  diag::Sink sink;
  const auto bare = read_prior_taxonomy(files, "acme.xsd", sink);
  CHECK(bare);
  CHECK(sink.has(diag::codes::mapping_prior_without_labels));
  REQUIRE(files.write("acme_lab.xml", R"(<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"><link:labelLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">
  <link:loc xlink:type="locator" xlink:href="acme.xsd#acme_CarrierPrepayments" xlink:label="a"/>
  <link:label xlink:type="resource" xlink:label="la" xlink:role="http://www.xbrl.org/2003/role/label" xml:lang="en-US">Prepayments to carriers</link:label>
  <link:labelArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/concept-label" xlink:from="a" xlink:to="la"/>
  <link:loc xlink:type="locator" xlink:href="http://example.com/us-gaap.xsd#us-gaap_AssetsNet" xlink:label="b"/>
  <link:label xlink:type="resource" xlink:label="lb" xlink:role="http://www.xbrl.org/2003/role/totalLabel" xml:lang="en-US">Total assets</link:label>
  <link:labelArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/concept-label" xlink:from="b" xlink:to="lb"/>
</link:labelLink></link:linkbase>)"));
  MapperOptions options;
  options.prior = read_prior_taxonomy(files, "acme.xsd", sink);
  REQUIRE(options.prior);
  options.company_prefix = "acme";
  Session s(options, *Date::of(2013, 3, 31));
  TableQuery t;
  t.kind = TableKind::balance;
  for (const std::string_view label : {"Prepayments to carriers", "Total assets"}) {
    Row r;
    r.label = label;
    r.period = PeriodType::instant;
    t.rows.push_back(r);
  }
  const auto c = s.map(t, sink);
  CHECK(c[0].concept_name == "CarrierPrepayments");
  CHECK_FALSE(c[0].is_standard);
  CHECK(c[0].balance == Balance::debit);
  CHECK(c[0].origin == Origin::prior);
  CHECK(c[1].concept_name == "AssetsNet");
  CHECK(c[1].is_standard);
}

TEST_CASE("of several mapping files the later overrules the earlier", "[mapping][user]") {
  const auto source = [](const char* name, const char* text) { return std::make_shared<const Source>(name, std::string(text)); };
  const std::vector<SourcePtr> both = {
      source("company.toml", "[[rule]]\nlabel = \"Goodwill\"\nskip = true\n[[rule]]\nlabel = \"Total assets\"\nconcept = \"us-gaap:AssetsNet\"\n"),
      source("quarter.toml", "[[rule]]\nlabel = \"Total assets\"\nconcept = \"us-gaap:Assets\"\n")};
  diag::Sink sink;
  const auto mapping = read_user_mappings(both, sink);
  REQUIRE(mapping);
  const UserRule* total = mapping->find("Total assets", {}, std::nullopt);
  REQUIRE(total);
  CHECK(total->concept_name == "Assets");
  CHECK(total->file == "quarter.toml");
  REQUIRE(mapping->find("Goodwill", {}, std::nullopt));
  CHECK(mapping->find("Goodwill", {}, std::nullopt)->file == "company.toml");
}

TEST_CASE("one unusable mapping file of several is enough to stop", "[mapping][user]") {
  const std::vector<SourcePtr> both = {std::make_shared<const Source>("bad.toml", std::string("[[rule]\n")),
                                       std::make_shared<const Source>("good.toml", std::string("[[rule]]\nlabel = \"Goodwill\"\nskip = true\n"))};
  diag::Sink sink;
  CHECK_FALSE(read_user_mappings(both, sink));
  CHECK(sink.has(diag::codes::mapping_file_syntax));
}

TEST_CASE("an earlier taxonomy that is not there is an error", "[mapping][prior]") {
  MemoryFileSystem files;
  diag::Sink sink;
  CHECK_FALSE(read_prior_taxonomy(files, "gone.xsd", sink));
  CHECK(sink.has(diag::codes::mapping_prior_unreadable));
}
