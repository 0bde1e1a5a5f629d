#include <set>
#include <string>
#include <vector>

#include "catch.h"
#include "xml/names.h"

using namespace factpress;

TEST_CASE("namespaces: thousands of them keep their numbers and their texts") {
  std::vector<std::pair<std::string, xml::NsId>> known;
  std::set<xml::NsId> distinct;
  for (int i = 0; i < 5000; ++i) {
    const std::string uri = "urn:example:" + std::to_string(i);
    known.emplace_back(uri, xml::intern_namespace(uri));
    distinct.insert(known.back().second);
  }
  CHECK(distinct.size() == known.size());
  for (const auto& [uri, id] : known) {
    CHECK(xml::namespace_uri(id) == uri);
    CHECK(xml::intern_namespace(uri) == id);
  }
  CHECK(xml::namespace_uri(xml::ns::xbrli) == "http://www.xbrl.org/2003/instance");
}
