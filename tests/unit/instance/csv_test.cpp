#include "instance/csv_reader.h"

#include "catch.h"
#include "instance/compare.h"
#include "instance/csv.h"
#include "instance/json_reader.h"
#include "sink_text.h"

using namespace factpress;
using namespace factpress::instance;

namespace {

SourcePtr source(std::string name, std::string text) { return std::make_shared<const Source>(std::move(name), std::move(text)); }

const std::string metadata = R"({"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-csv",
 "namespaces": {"ex": "http://example.com/t", "iso4217": "http://www.xbrl.org/2003/iso4217", "cik": "http://www.sec.gov/CIK"},
 "taxonomy": ["t.xsd"]},
"tableTemplates": {"facts": {"rowIdColumn": "id", "dimensions": {"entity": "cik:0000000001"},
  "columns": {"id": {}, "concept": {}, "period": {}, "unit": {}, "decimals": {},
   "value": {"dimensions": {"concept": "$concept", "period": "$period", "unit": "$unit"}, "decimals": "$decimals"}}}},
"tables": {"t": {"template": "facts", "url": "facts.csv"}}})";

const std::string table =
    "id,concept,period,unit,decimals,value\r\n"
    "f1,ex:Revenues,2013-01-01T00:00:00/2013-04-01T00:00:00,iso4217:USD,-5,16200000\r\n"
    "f2,ex:Name,2013-04-01T00:00:00,#none,#none,\"Ames \"\"and\"\" Co., Inc.\"\n"
    "f3,ex:Skipped,2013-04-01T00:00:00,iso4217:USD,0,#none\n";

std::optional<OimReport> read(const std::string& meta, const std::string& csv, diag::Sink& sink) {
  return read_csv_report(source("meta.json", meta),
                         [&](const std::string& url) { return url == "facts.csv" ? source("facts.csv", csv) : SourcePtr(); }, sink);
}

std::string codes(const std::string& meta, const std::string& csv) {
  diag::Sink sink;
  return read(meta, csv, sink) ? "ok" : test::codes_of(sink);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("xBRL-CSV: facts of a table") {
  diag::Sink sink;
  const auto r = read(metadata, table, sink);
  REQUIRE(r);
  REQUIRE(r->facts.size() == 2);
  CHECK(r->facts[0].id == "t.f1.value");
  CHECK(r->facts[0].value == "16200000");
  CHECK(r->facts[0].decimals == -5);
  CHECK(r->facts[1].value == "Ames \"and\" Co., Inc.");
  CHECK_FALSE(r->facts[1].numeric);
  CHECK(r->facts[1].place.source->locate(r->facts[1].place.span.begin).line == 3);
}

TEST_CASE("xBRL-CSV: faults") {
  CHECK(codes(metadata, "") == "instance.csv-syntax 1:1\n");
  CHECK(codes(metadata, replaced(table, "Inc.\"", "Inc.")).starts_with("instance.csv-syntax"));
  CHECK(codes(metadata, replaced(table, "Inc.\"", "Inc.\"x")) == "instance.csv-syntax 3:68\n");
  CHECK(codes(metadata, replaced(table, ",-5,16200000", ",-5")) == "instance.csv-syntax 2:1\n");
  CHECK(codes(metadata, replaced(table, "id,", "id,id,")).starts_with("instance.csv-syntax"));
  CHECK(codes(metadata, replaced(table, ",value", ",values")).starts_with("instance.oim-structure"));
  CHECK(codes(metadata, replaced(table, "-5", "five")).starts_with("instance.oim-value"));
  CHECK(codes(metadata, replaced(table, "16200000", "16.2 million")).starts_with("instance.oim-value"));
  CHECK(codes(metadata, replaced(table, "ex:Revenues", "us:Revenues")).starts_with("instance.oim-name"));
  CHECK(codes(replaced(metadata, "facts.csv", "other.csv"), table).starts_with("instance.oim-structure"));
  CHECK(codes(replaced(metadata, "\"template\": \"facts\"", "\"template\": \"fact\""), table).starts_with("instance.oim-structure"));
  CHECK(codes(replaced(metadata, "xbrl-csv", "xbrl-csw"), table).starts_with("instance.oim-document-type"));
}

TEST_CASE("compare: the same report in two syntaxes, and one that differs") {
  const std::string json = R"({"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-json", "namespaces": {"e": "http://example.com/t",
 "i": "http://www.xbrl.org/2003/iso4217", "s": "http://www.sec.gov/CIK"}, "taxonomy": ["t.xsd"]}, "facts": {
 "a": {"value": "16200000", "decimals": -5, "dimensions": {"concept": "e:Revenues", "entity": "s:0000000001", "period": "2013-01-01T00:00:00/2013-04-01T00:00:00", "unit": "i:USD"}},
 "b": {"value": "Ames \"and\" Co., Inc.", "dimensions": {"concept": "e:Name", "entity": "s:0000000001", "period": "2013-04-01T00:00:00"}}}})";
  diag::Sink sink;
  const auto a = read_json_report(source("facts.json", json), sink);
  const auto b = read(metadata, table, sink);
  REQUIRE(a);
  REQUIRE(b);
  CHECK(same_facts(*a, "facts.json", *b, "facts.csv", sink));
  CHECK(sink.all().empty());
  const auto c = read(metadata, replaced(table, "16200000", "16300000"), sink);
  REQUIRE(c);
  CHECK_FALSE(same_facts(*a, "facts.json", *c, "facts.csv", sink));
  REQUIRE(sink.all().size() == 2);
  CHECK(sink.all()[0].code->code == "instance.facts-differ");
  CHECK(sink.all()[0].labels.size() == 1);
}
