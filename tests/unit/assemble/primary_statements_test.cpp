#include "assemble/assemble.h"
#include "catch.h"
#include "facts/raw_fact.h"

using namespace factpress;

/// Of tables that give an item different values, the statement itself says what the item is, wherever it stands.
TEST_CASE("an item's concept is the primary statement's") {
  const std::string columns = "<tr><td></td><td colspan=2>Three Months Ended March 31,</td></tr><tr><td></td><td>2019</td><td>2018</td></tr>";
  const std::string release =
      "<p>Example Corp. (NYSE: EXC) reported results for the first quarter of 2019.</p>"
      "<p>Reconciliation of Adjusted Results (in thousands)</p><table>" + columns +
      "<tr><td>Income tax expense</td><td>12</td><td>11</td></tr><tr><td>Adjusted net income</td><td>48</td><td>39</td></tr></table>"
      "<p>Consolidated Statements of Income (in thousands)</p><table>" + columns +
      "<tr><td>Revenue</td><td>300</td><td>260</td></tr><tr><td>Costs and expenses</td><td>250</td><td>220</td></tr>"
      "<tr><td>Income before income taxes</td><td>50</td><td>40</td></tr><tr><td>Income tax expense</td><td>10</td><td>9</td></tr>"
      "<tr><td>Net income</td><td>40</td><td>31</td></tr></table>";
  diag::Sink sink;
  const auto source = std::make_shared<const Source>("case.htm", release);
  const auto report = assemble::assemble(facts::read_release(source, document::Format::html, sink), {}, sink);
  const auto concept_of = [&](int thousands) -> std::string {
    for (const model::Fact& f : report->facts)
      if (f.unit != model::none && f.value == Decimal(thousands * 1000) && f.concept_index != model::none) return report->concepts[f.concept_index].name.local;
    return "";
  };
  CHECK(concept_of(10) == "IncomeTaxExpenseBenefit");
  CHECK_FALSE(concept_of(12).empty());
  CHECK(concept_of(12) != "IncomeTaxExpenseBenefit");
}

/// The title stands over the columns of numbers, behind an empty cell: it is the table's, not the columns'.
TEST_CASE("a title above the columns tells what the table is") {
  const std::string release =
      "<p>Example Corp. (NYSE: EXC) reported results for the third quarter of 2022.</p><p>Statements of Cash Flows follow.</p>"
      "<table><tr><td>&nbsp;</td><td colspan=\"5\">EXAMPLE CORPORATION</td></tr><tr><td>&nbsp;</td><td colspan=\"5\">RECONCILIATION OF GAAP TO NON-GAAP MEASURES</td></tr>"
      "<tr><td>&nbsp;</td><td colspan=\"5\">(In millions, except per share data)</td></tr><tr><td>&nbsp;</td><td colspan=\"5\">(Unaudited)</td></tr>"
      "<tr><td>&nbsp;</td><td>&nbsp;</td><td colspan=\"4\">Three Months Ended</td></tr>"
      "<tr><td>&nbsp;</td><td>&nbsp;</td><td colspan=\"2\">October 30, 2022</td><td colspan=\"2\">October 31, 2021</td></tr>"
      "<tr><td colspan=\"2\">GAAP gross profit</td><td>$</td><td>3,177</td><td>$</td><td>4,631</td></tr>"
      "<tr><td colspan=\"2\">Settled claims</td><td></td><td>12</td><td></td><td>8</td></tr>"
      "<tr><td colspan=\"2\">Non-GAAP gross profit</td><td>$</td><td>3,189</td><td>$</td><td>4,639</td></tr></table>";
  diag::Sink sink;
  const auto source = std::make_shared<const Source>("case.htm", release);
  const facts::Reading reading = facts::read_release(source, document::Format::html, sink);
  REQUIRE(reading.tables.size() == 1);
  CHECK(reading.tables[0].kind == tables::StatementKind::reconciliation);
  CHECK(reading.tables[0].title.find("RECONCILIATION OF GAAP") != std::string::npos);
  CHECK(reading.tables[0].scale == 6);
  REQUIRE(reading.tables[0].columns.size() == 2);
  for (const tables::Column& column : reading.tables[0].columns)
    for (const std::string& words : column.header) CHECK(words.find("EXAMPLE") == std::string::npos);
}
