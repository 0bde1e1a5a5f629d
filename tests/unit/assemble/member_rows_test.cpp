#include <map>

#include "assemble/assemble.h"
#include "catch.h"
#include "facts/raw_fact.h"

using namespace factpress;

namespace {

std::shared_ptr<const model::Report> report_of(const std::string& segments) {
  diag::Sink sink;
  const std::string head =
      "<p>Example Corp. (NYSE: EXC) reported results for the first quarter of 2019.</p><p>Statements of Income (in thousands)</p>"
      "<table><tr><td></td><td colspan=2>Three Months Ended March 31,</td></tr><tr><td></td><td>2019</td><td>2018</td></tr>"
      "<tr><td>Revenue</td><td>300</td><td>260</td></tr><tr><td>Operating expenses</td><td>250</td><td>220</td></tr>"
      "<tr><td>Operating income</td><td>50</td><td>40</td></tr></table>";
  const std::string columns = "<tr><td></td><td colspan=2>Three Months Ended March 31,</td></tr><tr><td></td><td>2019</td><td>2018</td></tr>";
  const auto source = std::make_shared<const Source>("case.htm", head + "<p>Segment Information (in thousands)</p><table>" + columns + segments + "</table>");
  return assemble::assemble(facts::read_release(source, document::Format::html, sink), {}, sink);
}

std::string row(const char* label, const char* now = "", const char* before = "") {
  return std::string("<tr><td>") + label + "</td><td>" + now + "</td><td>" + before + "</td></tr>";
}

/// Of the segment table: the row's label and its first fact as "concept" or "concept[Member]".
std::map<std::string, std::string> concepts_of(const model::Report& r) {
  std::map<std::string, std::string> out;
  for (const model::Statement& s : r.statements) {
    if (s.kind != model::StatementKind::segment) continue;
    for (const model::StatementRow& row : s.rows) {
      if (row.cells.empty() || row.cells[0].fact == model::none) continue;
      const model::Fact& f = r.facts[row.cells[0].fact];
      std::string name = r.concepts[f.concept_index].name.local;
      for (const model::DimensionValue& d : r.contexts[f.context].dimensions) name += "[" + r.concepts[d.member].name.local + "]";
      out[row.label + (out.contains(row.label) ? " again" : "")] = name;
    }
  }
  return out;
}

}  // namespace

TEST_CASE("rows of segments under what they measure are that item with members") {
  const auto r = report_of(row("Revenue:") + row("Tools", "200", "180") + row("Hooks", "100", "80") + row("Total", "300", "260") + row("Operating income:") +
                           row("Tools", "45", "35") + row("Hooks", "15", "12") + row("Corporate expenses", "(10)", "(7)") + row("Total operating income", "50", "40"));
  auto got = concepts_of(*r);
  CHECK(got["Tools"] == "Revenues[ToolsMember]");
  CHECK(got["Hooks"] == "Revenues[HooksMember]");
  CHECK(got["Total"] == "Revenues");
  CHECK(got["Tools again"] == "OperatingIncomeLoss[ToolsMember]");
  CHECK(got["Hooks again"] == "OperatingIncomeLoss[HooksMember]");
  CHECK(got["Total operating income"] == "OperatingIncomeLoss");
  CHECK(got["Corporate expenses"].find('[') == std::string::npos);
  // The whole is the income statement's fact: one number with two places.
  for (const model::Fact& f : r->facts)
    if (f.value == Decimal(300000)) CHECK(f.occurrences.size() == 2);
}

TEST_CASE("one measure alone, and rows that are no members") {
  auto got = concepts_of(*report_of(row("Revenue") + row("Tools", "200", "180") + row("Hooks", "100", "80") + row("Total revenue", "300", "260")));
  CHECK(got["Tools"] == "Revenues[ToolsMember]");
  got = concepts_of(*report_of(row("Revenue") + row("Tools", "210", "190") + row("Hooks", "100", "80") + row("Intersegment eliminations", "(10)", "(10)") + row("Total revenue", "300", "260")));
  CHECK(got["Hooks"] == "Revenues[HooksMember]");
  CHECK(got["Intersegment eliminations"].find('[') == std::string::npos);
}

TEST_CASE("without a sum, a heading or a total of that name the rows stay items") {
  const auto no_member = [](const std::string& rows) {
    for (const auto& [label, name] : concepts_of(*report_of(rows)))
      if (name.find('[') != std::string::npos) return false;
    return true;
  };
  CHECK(no_member(row("Revenue:") + row("Tools", "200", "180") + row("Hooks", "90", "80") + row("Total", "300", "260")));        // does not add up
  CHECK(no_member(row("Tools", "200", "180") + row("Hooks", "100", "80") + row("Total", "300", "260")));                        // nothing says of what
  CHECK(no_member(row("Revenue:") + row("Tools", "200", "180") + row("Hooks", "100", "80") + row("Total backlog", "300", "260")));  // another item
  CHECK(no_member(row("Operating income:") + row("Gross profit", "80", "70") + row("Other income", "20", "10") + row("Total", "100", "80")));
}
