#include "taxonomy/core_schemas.h"

#include "catch.h"
#include "xml/document.h"

using namespace factpress;

TEST_CASE("every built-in schema is found by its URL and is well-formed", "[schema]") {
  const auto urls = taxonomy::core_schema_urls();
  CHECK(urls.size() >= 20);
  for (const auto& url : urls) {
    INFO(url);
    const auto bytes = taxonomy::core_schema(url);
    REQUIRE(bytes);
    diag::Sink sink;
    const auto d = xml::Document::parse(std::make_shared<Source>(url, std::string(*bytes)), sink);
    REQUIRE(d);
    CHECK(d->root().is(xml::ns::xsd, "schema"));
  }
  CHECK(taxonomy::core_schema("http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"));
  CHECK(taxonomy::core_schema("https://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"));
  CHECK_FALSE(taxonomy::core_schema("http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xs"));
  CHECK_FALSE(taxonomy::core_schema("file:///etc/passwd"));
}
