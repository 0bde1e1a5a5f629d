#include <string>

#include "catch.h"
#include "xml/document.h"

using namespace factpress;

namespace {

struct Case {
  std::string bytes;
  std::string code;
  unsigned line, column;
};

std::string deep(int n) {
  std::string s;
  for (int i = 0; i < n; ++i) s += "<a>";
  for (int i = 0; i < n; ++i) s += "</a>";
  return s;
}

}  // namespace

TEST_CASE("every malformation is one diagnostic at its place", "[xml]") {
  const Case cases[] = {
      {"<a x='1' x='2'/>", "xml.duplicate-attribute", 1, 10},
      {"<a xmlns:p='u' xmlns:q='u' p:x='1' q:x='2'/>", "xml.duplicate-attribute", 1, 36},
      {"<a xmlns='u' xmlns='v'/>", "xml.duplicate-attribute", 1, 14},
      {"<p:a/>", "xml.prefix", 1, 2},
      {"<a p:x='1'/>", "xml.prefix", 1, 4},
      {"<a><b xmlns:p='u'/><p:c/></a>", "xml.prefix", 1, 21},
      {"<a xmlns:xmlns='u'/>", "xml.prefix", 1, 4},
      {"<a xmlns:xml='u'/>", "xml.prefix", 1, 4},
      {"<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>", "xml.prefix", 1, 4},
      {"<a xmlns='http://www.w3.org/2000/xmlns/'/>", "xml.prefix", 1, 4},
      {"<a xmlns:p=''/>", "xml.prefix", 1, 4},
      {"<xmlns:a/>", "xml.prefix", 1, 2},
      {"<a x='<'/>", "xml.attribute", 1, 7},
      {"<a x=1/>", "xml.attribute", 1, 4},
      {"<a x/>", "xml.attribute", 1, 4},
      {"<a x='1'y='2'/>", "xml.attribute", 1, 9},
      {"<a x='1/>", "xml.attribute", 1, 6},
      {"<a>\x01</a>", "xml.character", 1, 4},
      {"<a>&#0;</a>", "xml.character", 1, 4},
      {"<a>&#xD800;</a>", "xml.character", 1, 4},
      {"<a>&#99999999999999999999;</a>", "xml.character", 1, 4},
      {"<a>\xEF\xBF\xBE</a>", "xml.character", 1, 4},
      {"<a>\xC0\x80</a>", "xml.encoding", 1, 4},
      {"<a>\xED\xA0\x80</a>", "xml.encoding", 1, 4},
      {"<a>\xFF</a>", "xml.encoding", 1, 4},
      {"<?xml version='1.0' encoding='EBCDIC-US'?><a/>", "xml.encoding", 1, 1},
      {"<?xml version='1.0' encoding='UTF-16'?><a/>", "xml.encoding", 1, 1},
      {"<a>]]></a>", "xml.markup", 1, 4},
      {"<!-- a -- b --><a/>", "xml.markup", 1, 8},
      {"<a><!-- </a>", "xml.markup", 1, 4},
      {"<a><![CDATA[</a>", "xml.markup", 1, 4},
      {"<a><?pi </a>", "xml.markup", 1, 4},
      {"\n<?xml version='1.0'?><a/>", "xml.markup", 2, 1},
      {"<?xml encoding='UTF-8'?><a/>", "xml.markup", 1, 7},
      {"<?xml version='2.0'?><a/>", "xml.markup", 1, 16},
      {"<!ELEMENT a ANY><a/>", "xml.markup", 1, 1},
      {"<1a/>", "xml.name", 1, 2},
      {"<a:b:c xmlns:a='u'/>", "xml.name", 1, 2},
      {"<:a/>", "xml.name", 1, 2},
      {"<a: xmlns:a='u'/>", "xml.name", 1, 4},
      {"<a -x='1'/>", "xml.name", 1, 4},
      {"<a\xC3\x97/>", "xml.name", 1, 3},
      {"<?a:b c?><a/>", "xml.name", 1, 3},
      {"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "xml.doctype", 1, 1},
      {"<a>&nbsp;</a>", "xml.entity", 1, 4},
      {"<a>&amp</a>", "xml.entity", 1, 4},
      {"<a>R&D</a>", "xml.entity", 1, 5},
      {"<a>&#;</a>", "xml.entity", 1, 4},
      {"<a/><b/>", "xml.root", 1, 5},
      {"<a/>text", "xml.root", 1, 5},
      {"text<a/>", "xml.root", 1, 1},
      {"<!-- only -->", "xml.root", 1, 1},
      {"", "xml.root", 1, 1},
      {"<![CDATA[x]]><a/>", "xml.root", 1, 1},
      {"<a></b>", "xml.tag", 1, 4},
      {"<a></ab>", "xml.tag", 1, 4},
      {"<a>\n<b>\n</a>", "xml.tag", 3, 1},
      {"<a>", "xml.tag", 1, 4},
      {"<a", "xml.tag", 1, 1},
      {"</a>", "xml.tag", 1, 1},
      {"<a / >", "xml.tag", 1, 4},
      {deep(1001), "xml.limit", 1, 3001},
  };
  for (const auto& c : cases) {
    diag::Sink sink;
    const auto source = std::make_shared<Source>("bad.xml", c.bytes);
    const auto d = xml::Document::parse(source, sink);
    INFO(c.bytes.substr(0, 100));
    CHECK_FALSE(d);
    REQUIRE(sink.all().size() == 1);
    const auto& found = sink.all()[0];
    INFO(found.message);
    CHECK(std::string(found.code->code) == c.code);
    const auto at = source->locate(found.place.span.begin);
    CHECK(at.line == c.line);
    CHECK(at.column == c.column);
  }
}

TEST_CASE("limits hold and none of the work is quadratic", "[xml]") {
  diag::Sink sink;
  std::string many = "<a";
  for (int i = 0; i < 100'000; ++i) many += " a" + std::to_string(i) + "='1'";
  const auto d = xml::Document::parse(std::make_shared<Source>("many.xml", many + "/>"), sink);
  REQUIRE(d);
  CHECK(d->root().value_of("a99999") == "1");
  CHECK_FALSE(xml::Document::parse(std::make_shared<Source>("twice.xml", many + " a5='2'/>"), sink));
  std::string prefixes = "<a";
  for (int i = 0; i < 50'000; ++i) prefixes += " xmlns:p" + std::to_string(i) + "='u" + std::to_string(i) + "'";
  prefixes += ">";
  for (int i = 0; i < 50'000; ++i) prefixes += "<p" + std::to_string(i) + ":x/>";
  CHECK(xml::Document::parse(std::make_shared<Source>("prefixes.xml", prefixes + "</a>"), sink));
  xml::Limits small;
  small.max_bytes = 3;
  CHECK_FALSE(xml::Document::parse(std::make_shared<Source>("big.xml", "<a/>"), sink, small));
}
