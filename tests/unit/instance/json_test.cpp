#include "instance/json.h"

#include "catch.h"
#include "instance/json_reader.h"
#include "sink_text.h"

using namespace factpress;
using namespace factpress::instance;

namespace {

SourcePtr source(std::string text) { return std::make_shared<const Source>("report.json", std::move(text)); }

std::string fault(const std::string& text) {
  diag::Sink sink;
  JsonDocument d;
  if (d.parse(source(text), sink)) return "ok";
  return test::codes_of(sink);
}

std::string report(const std::string& facts, const std::string& type = "https://xbrl.org/2021/xbrl-json") {
  return R"({"documentInfo": {"documentType": ")" + type + R"(", "namespaces": {"xbrl": "https://xbrl.org/2021",
 "ex": "http://example.com/t", "iso4217": "http://www.xbrl.org/2003/iso4217", "xbrli": "http://www.xbrl.org/2003/instance",
 "cik": "http://www.sec.gov/CIK"}, "taxonomy": ["t.xsd"]},
"facts": {)" + facts + "}}";
}

const std::string good =
    R"("f1": {"value": "16168421", "decimals": 0, "dimensions": {"concept": "ex:Revenues", "entity": "cik:0001071411",
 "period": "2013-01-01T00:00:00/2013-04-01T00:00:00", "unit": "iso4217:USD", "ex:Axis": "ex:Member", "ex:Typed": "7"}})";

std::string read_codes(const std::string& text) {
  diag::Sink sink;
  const auto r = read_json_report(source(text), sink);
  return r ? "ok" : test::codes_of(sink);
}

}  // namespace

TEST_CASE("json: values keep their places") {
  diag::Sink sink;
  JsonDocument d;
  REQUIRE(d.parse(source("{\"a\": [1, \"x\\u00e9\\ud83d\\ude00\", null],\n \"b\": {\"c\": -1.5e3}}"), sink));
  CHECK(d.root().size() == 2);
  CHECK(d.root()["a"].first().raw() == "1");
  CHECK(d.root()["a"].first().next().string() == "x\xC3\xA9\xF0\x9F\x98\x80");
  CHECK(d.root()["b"]["c"].raw() == "-1.5e3");
  const Place p = d.root()["b"]["c"].place();
  CHECK(p.source->locate(p.span.begin).line == 2);
  CHECK(p.source->locate(p.span.begin).column == 13);
  CHECK_FALSE(d.root()["z"]);
}

TEST_CASE("json: what is not JSON is refused at its place") {
  CHECK(fault("") == "instance.json-syntax 1:1\n");
  CHECK(fault("{\"a\": 1,}") == "instance.json-syntax 1:9\n");
  CHECK(fault("[1 2]") == "instance.json-syntax 1:4\n");
  CHECK(fault("{\"a\": 1, \"a\": 2}") == "instance.json-syntax 1:10\n");
  CHECK(fault("[01]") == "instance.json-syntax 1:2\n");
  CHECK(fault("[1.]") == "instance.json-syntax 1:4\n");
  CHECK(fault("\"ab") == "instance.json-syntax 1:4\n");
  CHECK(fault("\"\\x\"") == "instance.json-syntax 1:3\n");
  CHECK(fault("\"\\u12g4\"") == "instance.json-syntax 1:3\n");
  CHECK(fault("\"a\nb\"") == "instance.json-syntax 1:3\n");
  CHECK(fault("[tru]") == "instance.json-syntax 1:2\n");
  CHECK(fault("1 1") == "instance.json-syntax 1:3\n");
  CHECK(fault("\"\xFF\"") == "instance.json-syntax 1:1\n");
  CHECK(fault(std::string(100000, '[')) == "instance.json-syntax 1:66\n");
}

TEST_CASE("xBRL-JSON: a fact with everything") {
  diag::Sink sink;
  const auto r = read_json_report(source(report(good)), sink);
  REQUIRE(r);
  REQUIRE(r->facts.size() == 1);
  CHECK(canonical_line(r->facts[0]) ==
        "{http://example.com/t}Revenues entity=http://www.sec.gov/CIK#0001071411 period=2013-01-01T00:00:00/2013-04-01T00:00:00 "
        "{http://example.com/t}Axis={http://example.com/t}Member {http://example.com/t}Typed='7' "
        "unit={http://www.xbrl.org/2003/iso4217}USD decimals=0 value=16168421");
}

TEST_CASE("xBRL-JSON: faults") {
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = report(good);
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return read_codes(text.replace(at, from.size(), to));
  };
  CHECK(with("2021/xbrl-json", "2017/xbrl-json").starts_with("instance.oim-document-type"));
  CHECK(with("\"decimals\"", "\"decimal\"").starts_with("instance.oim-structure"));
  CHECK(with("\"concept\": \"ex:Revenues\", ", "").starts_with("instance.oim-structure"));
  CHECK(with("ex:Revenues", "exx:Revenues").starts_with("instance.oim-name"));
  CHECK(with("ex:Revenues", "Revenues").starts_with("instance.oim-name"));
  CHECK(with("cik:", "lei:").starts_with("instance.oim-name"));
  CHECK(with("2013-04-01T00", "2012-04-01T00").starts_with("instance.oim-period"));
  CHECK(with("2013-04-01T00", "2013-04-31T00").starts_with("instance.oim-period"));
  CHECK(with("\"iso4217:USD\"", "\"iso4217:USD/xbrli:shares/xbrli:pure\"").starts_with("instance.oim-unit"));
  CHECK(with("\"iso4217:USD\"", "\"xbrli:pure\"").starts_with("instance.oim-unit"));
  CHECK(with("\"16168421\"", "\"16,168,421\"").starts_with("instance.oim-value"));
  CHECK(with("\"16168421\"", "16168421").starts_with("instance.oim-value"));
  CHECK(with("\"decimals\": 0", "\"decimals\": 0.5").starts_with("instance.oim-value"));
  CHECK(with("\"dimensions\": {", "\"dimensions\": [").starts_with("instance.json-syntax"));
  CHECK(read_codes("[]").starts_with("instance.oim-structure"));
  CHECK(read_codes("{\"facts\": {}}").starts_with("instance.oim-structure"));
}
