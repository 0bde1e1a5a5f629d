#include "xml/document.h"

#include <fmt/format.h>

#include "catch.h"

using namespace factpress;

namespace {

std::shared_ptr<const xml::Document> read(std::string bytes, diag::Sink& sink, const xml::Limits& limits = {}) {
  return xml::Document::parse(std::make_shared<Source>("test.xml", std::move(bytes)), sink, limits);
}
std::shared_ptr<const xml::Document> read(std::string bytes) {
  diag::Sink sink;
  auto d = read(std::move(bytes), sink);
  for (const auto& x : sink.all()) UNSCOPED_INFO(x.message);
  REQUIRE(d);
  return d;
}

}  // namespace

TEST_CASE("names carry their namespaces, also where a prefix changes its meaning", "[xml]") {
  const auto d = read(
      R"(<?xml version="1.0"?><a xmlns="urn:a" xmlns:p="urn:p" q="1" p:q="2"><p:b/><b xmlns="" xmlns:p="urn:x"><p:c/></b><d/></a>)");
  const auto a = d->root();
  CHECK(a.local_name() == "a");
  CHECK(xml::namespace_uri(a.ns()) == "urn:a");
  CHECK(a.value_of("q") == "1");
  CHECK(a.attribute(xml::intern_namespace("urn:p"), "q").value() == "2");
  std::vector<std::string> names;
  for (const auto& e : a.elements()) names.push_back(xml::to_string(e.qname()));
  CHECK(names == std::vector<std::string>{"{urn:p}b", "b", "{urn:a}d"});
  const auto b = a.child(xml::ns::none, "b");
  CHECK(xml::to_string(b.first_element().qname()) == "{urn:x}c");
  CHECK(xml::namespace_uri(*b.resolve_prefix("p")) == "urn:x");
  CHECK(xml::namespace_uri(*a.resolve_prefix("p")) == "urn:p");
  CHECK(*b.resolve_prefix("") == xml::ns::none);
  CHECK_FALSE(b.resolve_prefix("nope"));
  CHECK(b.parent() == a);
  CHECK_FALSE(a.parent());
}

TEST_CASE("text keeps its characters and joins CDATA and child elements", "[xml]") {
  const auto d = read("<a>x &amp; <b>y</b><![CDATA[<z>]]>\r\nw<c> </c></a>");
  CHECK(d->root().text() == "x & y<z>\nw ");
  std::string scratch;
  CHECK(d->root().own_text(scratch) == "x & <z>\nw");
  CHECK(d->root().child(xml::ns::none, "c").text(scratch) == " ");
}

TEST_CASE("spans lead back to the source", "[xml]") {
  const auto d = read("<a>\n  text <b c=\"&lt;1\" d='>'/>\n</a>");
  const auto b = d->root().first_element();
  CHECK(d->source()->text(b.span()) == "<b c=\"&lt;1\" d='>'/>");
  CHECK(d->source()->text(b.attribute("c").span()) == "c=\"&lt;1\"");
  CHECK(d->source()->text(b.attribute("d").value_span()) == ">");
  CHECK(d->source()->locate(b.offset()).line == 2);
}

TEST_CASE("encodings other than UTF-8 are converted", "[xml]") {
  const auto latin = read("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>");
  CHECK(latin->root().text() == "\u00e9");
  const auto windows = read("<?xml version='1.0' encoding='windows-1252'?><a>\x93</a>");
  CHECK(windows->root().text() == "\u201c");
  // Bytes beyond ASCII that would be one character in UTF-8, in every place that may hold them, are two in Latin-1.
  for (const char* place : {"<a>{}</a>", "<a b='{}'/>", "<a><!--{}--></a>", "<a><![CDATA[{}]]></a>", "<a><?b {}?></a>", "<!--{}--><a/>", "<a/><!--{}-->"}) {
    INFO(place);
    const std::string head = "<?xml version='1.0' encoding='ISO-8859-1'?>";
    const auto d = read(head + fmt::format(fmt::runtime(place), "\xC3\xAA"));
    CHECK(d->source()->bytes() == head + fmt::format(fmt::runtime(place), "\u00c3\u00aa"));
  }
  std::string wide("\xFF\xFE", 2);
  for (const char c : std::string("<a>hi</a>")) wide += c, wide += '\0';
  CHECK(read(wide)->root().text() == "hi");
  CHECK(read("\xEF\xBB\xBF<a>hi</a>")->root().text() == "hi");
}

TEST_CASE("what is not there holds nothing") {
  const xml::Element none;
  std::string scratch;
  CHECK_FALSE(none);
  CHECK(none.local_name().empty());
  CHECK(none.ns() == xml::ns::none);
  CHECK_FALSE(none.is(xml::ns::xsi, "nil"));
  CHECK(none.text().empty());
  CHECK(none.text(scratch).empty());
  CHECK(none.own_text(scratch).empty());
  CHECK(none.lang().empty());
  CHECK_FALSE(none.first_element());
  CHECK_FALSE(none.next_element());
  CHECK_FALSE(none.parent());
  CHECK(none.elements().begin() == none.elements().end());
  CHECK(none.children().begin() == none.children().end());
  CHECK(none.place().span.begin == 0);
  const xml::Attribute missing = none.attribute("href");
  CHECK_FALSE(missing);
  CHECK(missing.value().empty());
  CHECK(missing.local_name().empty());
  CHECK(missing.place().span.begin == 0);
}
