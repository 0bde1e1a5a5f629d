#include <filesystem>
#include <fstream>
#include <sstream>

#include "schema_support.h"
#include "shared.h"

using namespace factpress;
using namespace factpress::test;

TEST_CASE("the built-in schemas compile without a finding", "[schema]") {
  MemoryResolver r;
  diag::Sink sink;
  schema::Builder b(r, sink);
  for (const auto& url : taxonomy::core_schema_urls()) {
    if (url.find("/03/xml.xsd") != std::string::npos || url.find("types.xsd") != std::string::npos) continue;
    b.add(url, r.load(url));
  }
  const auto set = b.freeze();
  CHECK(codes_of(sink) == "");
  const auto* item = set.element({xml::ns::xbrli, "item"});
  REQUIRE(item);
  CHECK(item->is_abstract);
  const auto* monetary = set.type({xml::ns::xbrli, "monetaryItemType"});
  REQUIRE(monetary);
  CHECK(schema::derives_from(*monetary, xml::QName{xml::ns::xsd, "decimal"}));
  CHECK(schema::builtin_base(*monetary)->name == "decimal");
  const auto* hypercube = set.element({xml::ns::xbrldt, "hypercubeItem"});
  REQUIRE(hypercube);
  CHECK(schema::is_in_substitution_group(*hypercube, *item));
}

TEST_CASE("each registry of data types compiles alone", "[schema]") {
  for (const auto& url : taxonomy::core_schema_urls()) {
    MemoryResolver r;
    diag::Sink sink;
    schema::Builder b(r, sink);
    b.add(url, r.load(url));
    b.freeze();
    INFO(url);
    CHECK(codes_of(sink) == "");
  }
}

namespace {

std::string slurp(const std::filesystem::path& p) {
  std::ifstream in(p, std::ios::binary);
  std::stringstream s;
  s << in.rdbuf();
  return s.str();
}

}  // namespace

TEST_CASE("a small instance is valid against the built-in schemas, and its errors are found", "[schema]") {
  MemoryResolver r;
  const auto c = compile(
      "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:xbrli='http://www.xbrl.org/2003/instance' xmlns:t='urn:t' "
      "targetNamespace='urn:t'>"
      "<xs:import namespace='http://www.xbrl.org/2003/instance' "
      "schemaLocation='http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd'/>"
      "<xs:element name='Cash' id='t_Cash' type='xbrli:monetaryItemType' substitutionGroup='xbrli:item' nillable='true' "
      "xbrli:periodType='instant' xbrli:balance='debit'/>"
      "</xs:schema>",
      &r);
  CHECK(codes_of(c.sink) == "");
  const auto instance = [](const std::string& facts, const std::string& period = "<instant>2020-12-31</instant>") {
    return "<xbrl xmlns='http://www.xbrl.org/2003/instance' xmlns:link='http://www.xbrl.org/2003/linkbase' "
           "xmlns:xlink='http://www.w3.org/1999/xlink' "
           "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:iso='http://www.xbrl.org/2003/iso4217' xmlns:t='urn:t'>"
           "<link:schemaRef xlink:type='simple' xlink:href='t.xsd'/><context id='c'><entity><identifier "
           "scheme='http://x'>1</identifier></entity><period>" +
           period + "</period></context><unit id='u'><measure>iso:USD</measure></unit>" + facts + "</xbrl>";
  };
  CHECK(validate_text(c.set, instance("<t:Cash contextRef='c' unitRef='u' decimals='-3'>1000</t:Cash>")) == "");
  CHECK(validate_text(c.set, instance("<t:Cash contextRef='c' unitRef='u' xsi:nil='true'/>")) == "");
  const auto has = [&](const std::string& facts, const std::string& what,
                       const std::string& period = "<instant>2020-12-31</instant>") {
    const auto found = validate_text(c.set, instance(facts, period));
    INFO(found);
    CHECK(found.find(what) != std::string::npos);
  };
  has("<t:Cash contextRef='c' unitRef='u' decimals='many'>1</t:Cash>", "schema.value");
  has("<t:Cash contextRef='c' unitRef='u'>1e3</t:Cash>", "schema.value");
  has("<t:Cash contextRef='c'>1</t:Cash>", "schema.attribute");
  has("<t:Cash contextRef='nope' unitRef='u'>1</t:Cash>", "schema.id");
  has("<t:Cash contextRef='c' unitRef='u' bad='1'>1</t:Cash>", "schema.attribute");
  has("<t:Sales contextRef='c' unitRef='u'>1</t:Sales>", "schema.content");
  has("", "schema.value", "<instant>2020-02-30</instant>");
  has("", "schema.content", "<startDate>2020-01-01</startDate>");
  has("", "schema.content", "<forever>always</forever>");
  has("<context id='c'><entity><identifier scheme=''>1</identifier></entity><period><forever/></period></context>", "schema.id");
}

TEST_CASE("the real taxonomy compiles and the real filings validate", "[schema][shared]") {
  SKIP_WITHOUT_SHARED();
  const auto folder = std::filesystem::temp_directory_path() / "factpress-us-gaap-2009";
  if (!std::filesystem::exists(folder / "us-gaap-2009")) {
    std::filesystem::create_directories(folder);
    const std::string command =
        "unzip -q -o '" + (shared_folder() / "taxonomies/us-gaap-2009.zip").string() + "' -d '" + folder.string() + "'";
    REQUIRE(std::system(command.c_str()) == 0);
  }
  MemoryResolver r;
  const std::string prefix = "http://taxonomies.xbrl.us/us-gaap/2009/";
  const auto root = folder / "us-gaap-2009" / "us-gaap-2009";
  for (const auto& e : std::filesystem::recursive_directory_iterator(root))
    if (e.path().extension() == ".xsd")
      r.files[prefix + std::filesystem::relative(e.path(), root).generic_string()] = slurp(e.path());
  for (const auto& filing : {"nflx-10q-2010q3/nflx-20100930", "aapl-10k-2010/aapl-20100925"}) {
    const std::string base = (shared_folder() / "filings" / filing).string();
    diag::Sink sink;
    schema::Builder b(r, sink);
    const std::string url = "mem://" + std::string(filing) + ".xsd";
    r.files[url] = slurp(base + ".xsd");
    b.add(url, r.load(url));
    b.add("http://www.xbrl.org/2006/xbrldi-2006.xsd", r.load("http://www.xbrl.org/2006/xbrldi-2006.xsd"));
    const auto set = b.freeze();
    CHECK(codes_of(sink) == "");
    CHECK(set.elements().size() > 12'000);
    CHECK(validate_text(set, slurp(base + ".xml")) == "");
    CHECK(validate_text(set, slurp(base + "_cal.xml")) == "");
    CHECK(validate_text(set, slurp(base + "_lab.xml")) == "");
  }
}
