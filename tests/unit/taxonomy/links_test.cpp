#include "taxonomy/links.h"

#include <limits>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "catch.h"

using namespace factpress;
using namespace factpress::taxonomy;

namespace {

std::shared_ptr<const xml::Document> parsed(const std::string& links) {
  diag::Sink sink;
  const auto d = xml::Document::parse(
      std::make_shared<Source>(
          "links.xml", "<l:linkbase xmlns:l='http://www.xbrl.org/2003/linkbase' xmlns:x='http://www.w3.org/1999/xlink'>" + links +
                           "</l:linkbase>"),
      sink);
  REQUIRE(d);
  return d;
}

Target nowhere(const xml::Element&, std::string_view) { return {}; }

std::vector<std::uint32_t> ends_from(const ExtendedLink& link, std::uint32_t first) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t at = first; at != none; at = link.ends[at].next) out.push_back(at);
  return out;
}

}  // namespace

TEST_CASE("an extended link: locators, resources and arcs with what XLink says of them", "[links]") {
  const auto d = parsed(
      "<l:labelLink x:type='extended' x:role=' http://r '>"
      "<l:loc x:type='locator' x:href='a.xsd#a' x:label=' one '/><l:loc x:type='locator' x:href='a.xsd#b' x:label='one'/>"
      "<l:label x:type='resource' x:label='two' x:role='http://label'/><l:other type='locator' label='three'/>"
      "<l:labelArc x:type='arc' x:from='one' x:to=' two' x:arcrole='http://arc' use='prohibited' priority='+3'/>"
      "<l:labelArc x:type='arc' x:from='three' x:to='one' priority='99999999999999999999'/></l:labelLink><l:documentation/>");
  std::vector<std::string> hrefs;
  LinkReader reader([&](const xml::Element&, std::string_view href) { return hrefs.emplace_back(href), Target{}; }, 7, *d);
  const xml::Element element = d->root().first_element();
  CHECK(reader.is_extended_link(element));
  CHECK_FALSE(reader.is_extended_link(element.next_element()));
  const ExtendedLink link = reader.read(element);
  CHECK(link.document == 7);
  CHECK(link.role == "http://r");
  CHECK(hrefs == std::vector<std::string>{"a.xsd#a", "a.xsd#b"});
  REQUIRE(link.ends.size() == 3);
  CHECK(link.ends[0].is_locator);
  CHECK(link.ends[0].label == "one");
  CHECK(link.ends[0].next == 1);
  CHECK_FALSE(link.ends[2].is_locator);
  CHECK(link.ends[2].role == "http://label");
  CHECK(link.ends[2].target.document == 7);
  REQUIRE(link.arcs.size() == 2);
  CHECK(link.arcs[0].from == 0);
  CHECK(link.arcs[0].to == 2);
  CHECK(link.arcs[0].arcrole == "http://arc");
  CHECK(link.arcs[0].prohibited);
  CHECK(link.arcs[0].priority == 3);
  CHECK(link.arcs[1].from == none);
  CHECK(link.arcs[1].to == 0);
  CHECK(link.arcs[1].priority == std::numeric_limits<std::int64_t>::max());
  CHECK_FALSE(read_xlink(link.arcs[1].element).has_role);
}

TEST_CASE("labels of one link are none of the next, however many there are", "[links]") {
  std::mt19937 random(3);
  std::string text;
  std::vector<std::vector<std::string>> labels(40);
  for (auto& of_link : labels) {
    text += "<l:labelLink x:type='extended'>";
    for (std::size_t n = random() % 200; n > 0; --n) {
      of_link.push_back("label" + std::to_string(random() % 150));
      text += "<l:loc x:type='locator' x:href='#a' x:label='" + of_link.back() + "'/>";
    }
    for (int i = 0; i < 150; ++i) text += "<l:arc x:type='arc' x:from='label" + std::to_string(i) + "' x:to='none'/>";
    text += "</l:labelLink>";
  }
  const auto d = parsed(text);
  LinkReader reader(nowhere, 0, *d);
  std::size_t at = 0;
  for (const xml::Element e : d->root().elements()) {
    const ExtendedLink link = reader.read(e);
    std::map<std::string, std::vector<std::uint32_t>> expected;
    for (std::uint32_t i = 0; i < labels[at].size(); ++i) expected[labels[at][i]].push_back(i);
    REQUIRE(link.ends.size() == labels[at].size());
    REQUIRE(link.arcs.size() == 150);
    for (const Arc& arc : link.arcs) {
      CHECK(ends_from(link, arc.from) == expected[std::string(arc.from_label)]);
      CHECK(arc.to == none);
    }
    ++at;
  }
}
