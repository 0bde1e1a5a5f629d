#include "instance/oim_write.h"

#include <map>

#include "catch.h"
#include "instance/compare.h"
#include "instance/csv_reader.h"
#include "instance/json_reader.h"
#include "instance/oim_from_instance.h"
#include "sink_text.h"

using namespace factpress;
using namespace factpress::instance;

namespace {

SourcePtr source(std::string text) { return std::make_shared<const Source>("report", std::move(text)); }

// Every kind of fact: amounts, per-share, pure, text with marks of CSV and XML, nil, instants, durations, forever, dimensions.
OimReport everything() {
  const std::string ns = "http://example.com/t", iso = "http://www.xbrl.org/2003/iso4217", xbrli = "http://www.xbrl.org/2003/instance";
  OimReport r;
  r.taxonomy = {"t.xsd"};
  r.namespaces = {{"ex", ns}, {"iso4217", iso}};
  OimFact f;
  f.entity_scheme = "http://www.sec.gov/CIK", f.entity = "0000000001";
  f.id = "a", f.name = {ns, "Revenues"}, f.period = {"2013-01-01T00:00:00", "2013-04-01T00:00:00"};
  f.numeric = true, f.unit = {{{iso, "USD"}}, {}}, f.decimals = -5, f.value = "16200000";
  r.facts.push_back(f);
  f.id = "b", f.decimals.reset(), f.value = "-16168421.07";
  f.dimensions = {{{ns, "Axis"}, {ns, "Member"}, {}, false}};
  r.facts.push_back(f);
  f.id = "c", f.unit = {{{iso, "USD"}}, {{xbrli, "shares"}}}, f.value = "-0.01", f.decimals = 2, f.dimensions.clear();
  r.facts.push_back(f);
  f.id = "d", f.unit = {}, f.value = "0.273", f.decimals = 3;
  r.facts.push_back(f);
  f.id = "e", f.nil = true, f.value.clear(), f.decimals.reset(), f.unit = {{{iso, "USD"}}, {}};
  r.facts.push_back(f);
  OimFact t;
  t.entity_scheme = f.entity_scheme, t.entity = f.entity, t.id = "not an NCName", t.name = {ns, "Note"};
  t.period = {"", "2013-04-01T00:00:00"}, t.value = "#5 \"A\" <b>&amp;, x\nnext", t.language = "en-us";
  r.facts.push_back(t);
  t.id = "not an NCName", t.period = {}, t.value = "", t.language.clear();
  r.facts.push_back(t);
  t.period = {"2013-01-01T12:30:00", "2013-04-01T06:00:00"}, t.value = "clock", t.dimensions = {{{ns, "TypedAxis"}, {}, "7", false}};
  r.facts.push_back(t);
  return r;
}

}  // namespace

TEST_CASE("convert: JSON, CSV and XML read back to the same facts") {
  OimReport r = everything();
  diag::Sink sink;
  const std::string xml = write_xbrl_report(r);
  const auto document = xml::Document::parse(source(xml), sink);
  REQUIRE(document);
  CHECK(same_facts(r, "report", oim_from_instance(Instance::read(document)), "xml", sink));
  const CsvReport csv = write_csv_report(r, "t.csv");
  const auto from_csv = read_csv_report(source(csv.metadata), [&](const std::string&) { return source(csv.table); }, sink);
  REQUIRE(from_csv);
  CHECK(same_facts(r, "report", *from_csv, "csv", sink));
  r.facts[6].id = "g";  // keys of a JSON object are unique; the caller's ids are
  r.facts[7].id = "h";
  const auto from_json = read_json_report(source(write_json_report(r)), sink);
  REQUIRE(from_json);
  CHECK(same_facts(r, "report", *from_json, "json", sink));
  INFO(test::codes_of(sink));
  for (const diag::Diagnostic& d : sink.all()) UNSCOPED_INFO(d.message);
  CHECK(sink.all().empty());
}

namespace {

OimReport with_notes() {
  OimReport r = everything();
  r.facts.resize(6);
  r.notes = {{"n1", "en-us", "(1) Includes \"A\", <B> & C", {}}, {"n2", "de", "Ohne", {}}};
  const std::string arcrole = "http://www.xbrl.org/2003/arcrole/fact-footnote", role = "http://www.xbrl.org/2003/role/link";
  r.links = {{arcrole, role, "a", "n1", {}}, {arcrole, role, "b", "n1", {}}, {arcrole, "http://example.com/role", "c", "n2", {}},
             {"http://example.com/fact-fact", role, "a", "d", {}}};
  return r;
}

}  // namespace

TEST_CASE("convert: notes and links survive every syntax") {
  const OimReport r = with_notes();
  diag::Sink sink;
  const std::string xml = write_xbrl_report(r);
  const auto document = xml::Document::parse(source(xml), sink);
  REQUIRE(document);
  const OimReport from_xml = oim_from_instance(Instance::read(document));
  CHECK(from_xml.links.size() == 4);
  CHECK(same_facts(r, "report", from_xml, "xml", sink));
  const CsvReport csv = write_csv_report(r, "t.csv");
  const auto from_csv = read_csv_report(source(csv.metadata), [&](const std::string&) { return source(csv.table); }, sink);
  REQUIRE(from_csv);
  CHECK(from_csv->notes.size() == 2);
  CHECK(same_facts(r, "report", *from_csv, "csv", sink));
  const auto from_json = read_json_report(source(write_json_report(r)), sink);
  REQUIRE(from_json);
  CHECK(from_json->links.size() == 4);
  CHECK(same_facts(r, "report", *from_json, "json", sink));
  for (const diag::Diagnostic& d : sink.all()) UNSCOPED_INFO(d.message);
  CHECK(sink.all().empty());
}

TEST_CASE("convert: a link that is missing, moved or leads to other words is found") {
  const OimReport r = with_notes();
  const auto differs = [&](auto change) {
    OimReport other = r;
    change(other);
    diag::Sink sink;
    const bool same = same_facts(r, "a", other, "b", sink);
    return !same && test::has_code(sink, "instance.facts-differ");
  };
  CHECK(differs([](OimReport& o) { o.links.pop_back(); }));
  CHECK(differs([](OimReport& o) { o.links[0].from = "c"; }));
  CHECK(differs([](OimReport& o) { o.links[0].group = "http://example.com/role"; }));
  CHECK(differs([](OimReport& o) { o.notes[1].text = "Mit"; }));
  CHECK(differs([](OimReport& o) { o.notes.clear(); }));
  CHECK_FALSE(differs([](OimReport& o) { o.notes[0].text = "(1)  Includes \"A\",\n<B> & C "; }));
}

TEST_CASE("JSON: an alias of links that nothing declares is refused") {
  diag::Sink sink;
  std::string json = write_json_report(with_notes());
  const std::size_t at = json.find("\"linkGroups\"");
  REQUIRE(at != std::string::npos);
  json.replace(at, 12, "\"linkXroups\"");
  CHECK_FALSE(read_json_report(source(json), sink));
  CHECK(test::has_code(sink, "instance.oim-structure"));
}

TEST_CASE("convert: a digit that changed is found") {
  const OimReport r = everything();
  OimReport other = r;
  other.facts[1].value = "-16168421.08";
  diag::Sink sink;
  CHECK_FALSE(same_facts(r, "a", other, "b", sink));
  CHECK(test::has_code(sink, "instance.facts-differ"));
}
