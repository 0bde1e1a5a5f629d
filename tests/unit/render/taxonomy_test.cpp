#include <set>

#include "catch.h"
#include "render/view.h"
#include "sample_report.h"
#include "xbrl/names.h"

using namespace factpress;
using namespace factpress::render;

namespace {

std::unique_ptr<View> view_of(const model::Report& r) {
  diag::Sink sink;
  return make_view(r, sink);
}

void check_link(const LinkView& link) {
  std::set<std::string_view> labels;
  for (const LocatorView& l : link.locators) CHECK(labels.insert(l.label).second);
  std::set<std::pair<std::string_view, std::string_view>> pairs;
  for (const ArcView& a : link.arcs) {
    CHECK(labels.contains(a.from));
    CHECK(labels.contains(a.to));
    CHECK(pairs.insert({a.from, a.to}).second);
    CHECK(a.order >= 1);
  }
}

std::vector<std::string> arcs(const LinkView& link, std::string_view arcrole) {
  std::vector<std::string> out;
  for (const ArcView& a : link.arcs)
    if (a.arcrole == arcrole) out.push_back(std::string(a.from.substr(4)) + " > " + std::string(a.to.substr(4)));
  return out;
}

}  // namespace

TEST_CASE("networks: every arc has its locators, no pair stands twice") {
  test::SampleReport sample;
  const auto view = view_of(sample.report());
  const TaxonomyView& t = view->root.taxonomy;
  CHECK(t.presentation.links.size() == 6);
  CHECK(t.calculation.links.size() == 3);
  CHECK(t.definition.links.size() == 1);
  for (const LinkbaseView* base : {&t.presentation, &t.calculation, &t.definition}) {
    CHECK(base->roles.size() >= base->links.size());
    for (const LinkView& l : base->links) check_link(l);
  }
  CHECK(t.linkbases.size() == 4);
}

TEST_CASE("the definition network of a segment table") {
  test::SampleReport sample;
  const auto view = view_of(sample.report());
  const LinkView& link = view->root.taxonomy.definition.links.at(0);
  CHECK(arcs(link, xbrl::arcrole::all).size() == 1);
  CHECK(arcs(link, xbrl::arcrole::hypercube_dimension).size() == 1);
  CHECK(arcs(link, xbrl::arcrole::dimension_domain).size() == 1);
  CHECK(arcs(link, xbrl::arcrole::dimension_default).size() == 1);
  CHECK(arcs(link, xbrl::arcrole::domain_member) ==
        std::vector<std::string>{"us-gaap_SegmentDomain > qmrk_SensorsMember", "us-gaap_SegmentDomain > qmrk_ServicesMember",
                                 "us-gaap_SegmentReportingInformationLineItems > us-gaap_Revenues"});
  CHECK(view->root.taxonomy.definition.arcroles.size() == 5);
}

TEST_CASE("cycles, self-sums and second arcs are left out of a calculation") {
  test::SampleReport sample;
  model::Report& r = sample.mutable_report();
  const model::Index a = sample.concept_named("Assets"), b = sample.concept_named("OtherAssets");
  for (model::Statement& s : r.statements) s.calculations.clear();
  r.statements[2].calculations = {{a, b, 1, 1}, {a, b, -1, 2}, {b, a, 1, 1}, {a, a, 1, 3}};
  const auto view = view_of(r);
  REQUIRE(view->root.taxonomy.calculation.links.size() == 1);
  CHECK(view->root.taxonomy.calculation.links[0].arcs.size() == 1);
}

TEST_CASE("opening and closing balance stand twice in the presentation, each with its label") {
  test::SampleReport sample;
  model::Report& r = sample.mutable_report();
  model::StatementRow row;
  row.concept_index = sample.concept_named("CashAndCashEquivalentsAtCarryingValue");
  row.preferred_label = model::LabelRole::period_start;
  r.statements[2].rows.push_back(row);
  row.preferred_label = model::LabelRole::period_end;
  r.statements[2].rows.push_back(row);
  r.statements[2].rows.push_back(row);  // the same again says nothing new
  const auto view = view_of(r);
  const LinkView& link = view->root.taxonomy.presentation.links.at(2);
  check_link(link);
  int cash = 0;
  for (const ArcView& arc : link.arcs) cash += arc.to.find("CashAnd") != std::string_view::npos;
  CHECK(cash == 3);
}

TEST_CASE("headings nest the rows below them") {
  test::SampleReport sample;
  model::Report& r = sample.mutable_report();
  model::Statement& s = r.statements[2];
  model::StatementRow heading;
  heading.label = "Assets";
  heading.concept_index = sample.concept_named("SegmentReportingAbstract");
  heading.abstract_row = true;
  heading.depth = 0;
  for (model::StatementRow& row : s.rows) row.depth = 1;
  s.rows.back().depth = 0;  // the total stands outside
  s.rows.insert(s.rows.begin(), heading);
  const auto view = view_of(r);
  CHECK(arcs(view->root.taxonomy.presentation.links.at(2), xbrl::arcrole::parent_child) ==
        std::vector<std::string>{"us-gaap_StatementOfFinancialPositionAbstract > us-gaap_SegmentReportingAbstract",
                                 "us-gaap_SegmentReportingAbstract > us-gaap_CashAndCashEquivalentsAtCarryingValue",
                                 "us-gaap_SegmentReportingAbstract > us-gaap_OtherAssets",
                                 "us-gaap_StatementOfFinancialPositionAbstract > us-gaap_Assets"});
}

TEST_CASE("a report without tables of axes has no definition linkbase") {
  test::SampleReport sample;
  for (model::Statement& s : sample.mutable_report().statements) s.axes.clear(), s.table = s.line_items = model::none;
  const auto view = view_of(sample.report());
  CHECK(view->root.taxonomy.definition.links.empty());
  CHECK(view->root.taxonomy.linkbases.size() == 3);
}

TEST_CASE("negated labels reference the role registry") {
  test::SampleReport sample;
  const auto view = view_of(sample.report());
  REQUIRE(view->root.taxonomy.labels.roles.size() == 1);
  CHECK(view->root.taxonomy.labels.roles[0].href == "http://www.xbrl.org/lrr/role/negated-2009-12-16.xsd#negatedLabel");
}

TEST_CASE("names that cannot stand in XML are refused") {
  const auto refused = [](auto change) {
    test::SampleReport sample;
    change(sample.mutable_report());
    diag::Sink sink;
    const auto view = make_view(sample.report(), sink);
    const bool good = check_names(sample.report(), view->root, sink);
    return !good && sink.has_errors() && sink.all().back().code->code == "render.name";
  };
  CHECK_FALSE(refused([](model::Report&) {}));
  CHECK(refused([](model::Report& r) { r.contexts[0].id = "1st"; }));
  CHECK(refused([](model::Report& r) { r.contexts[1].id = r.contexts[0].id; }));
  CHECK(refused([](model::Report& r) { r.units[0].id = "f1"; }));
  CHECK(refused([](model::Report& r) { r.concepts[0].name.local = "Rev><enues"; }));
  CHECK(refused([](model::Report& r) { r.concepts[0].name.uri = "http://nobody.example/", r.concepts[0].prefix = ""; }));
  CHECK(refused([](model::Report& r) { r.base = "../qmrk"; }));
  CHECK(refused([](model::Report& r) { r.statements[1].role_id = r.statements[2].role_id; }));
  CHECK(refused([](model::Report& r) { r.units[4].numerators[0].name.local = "paying customers"; }));
}

TEST_CASE("no two concepts have the same standard label; the presentation keeps the release's words") {
  test::SampleReport sample;
  model::Report& r = sample.mutable_report();
  r.concepts[sample.concept_named("OtherAssets")].labels[0].text = "Cash and cash equivalents";
  const auto view = view_of(r);
  const ConceptView& other = view->root.concepts[sample.concept_named("OtherAssets")];
  CHECK(other.label == "Cash and cash equivalents (Other Assets)");
  CHECK(other.label_for(model::LabelRole::terse) == "Cash and cash equivalents");
  bool preferred = false;
  for (const ArcView& arc : view->root.taxonomy.presentation.links.at(2).arcs)
    if (arc.to == "loc_us-gaap_OtherAssets") preferred = arc.preferred_label == xbrl::role::terse;
  CHECK(preferred);
}
