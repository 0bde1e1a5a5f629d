#include <expat.h>

#include <algorithm>
#include <random>
#include <vector>

#include "catch.h"
#include "xml/document.h"

// Expat as a second opinion: whatever we accept it accepts, and both see the same elements, attributes and text.

using namespace factpress;

namespace {

struct Dump {
  std::string text;
};

void XMLCALL on_start(void* user, const XML_Char* name, const XML_Char** attributes) {
  auto& out = static_cast<Dump*>(user)->text;
  out += "<" + std::string(name);
  std::vector<std::string> all;
  for (; *attributes; attributes += 2) all.push_back(std::string(" ") + attributes[0] + "=" + attributes[1]);
  std::sort(all.begin(), all.end());
  for (const auto& a : all) out += a;
  out += ">";
}
void XMLCALL on_end(void* user, const XML_Char*) { static_cast<Dump*>(user)->text += "</>"; }
void XMLCALL on_text(void* user, const XML_Char* text, int length) {
  static_cast<Dump*>(user)->text.append(text, static_cast<std::size_t>(length));
}

bool by_expat(const std::string& bytes, std::string& out) {
  XML_Parser p = XML_ParserCreateNS("UTF-8", '|');
  Dump dump;
  XML_SetUserData(p, &dump);
  XML_SetElementHandler(p, on_start, on_end);
  XML_SetCharacterDataHandler(p, on_text);
  const bool good = XML_Parse(p, bytes.data(), static_cast<int>(bytes.size()), 1) == XML_STATUS_OK;
  XML_ParserFree(p);
  out = std::move(dump.text);
  return good;
}

std::string expat_name(const xml::QName& q) {
  return q.ns == xml::ns::none ? std::string(q.local) : std::string(xml::namespace_uri(q.ns)) + "|" + std::string(q.local);
}

void dump(const xml::Element& e, std::string& out) {
  out += "<" + expat_name(e.qname());
  std::vector<std::string> all;
  for (const auto a : e.attributes()) all.push_back(" " + expat_name(a.qname()) + "=" + std::string(a.value()));
  std::sort(all.begin(), all.end());
  for (const auto& a : all) out += a;
  out += ">";
  for (const auto n : e.children()) {
    if (n.is_element())
      dump(n.as_element(), out);
    else
      out += n.text();
  }
  out += "</>";
}

const std::string seeds[] = {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a x=\"1\" y='2'><b/>text &amp; &#65;&#x42;<c>d</c></a>\n",
    "<p:a xmlns:p=\"urn:p\" xmlns=\"urn:d\" p:x=\"1\" x=\"2\"><b xmlns=\"\"><p:c/></b><!-- c --><d xmlns:p='urn:q' "
    "p:e=\"\t&#10;\"/></p:a>",
    "<a>\r\n<![CDATA[<x>]]> ]] > <?pi some data?>\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80</a><!-- end -->",
    "<a><a><a><a/></a></a><a xml:lang=\"en\" xml:base='b'/> tail</a>",
};
const std::string pieces[] = {"<",
                              ">",
                              "/",
                              "&",
                              ";",
                              "\"",
                              "'",
                              "=",
                              " ",
                              "\n",
                              "\r",
                              "\t",
                              "]",
                              "]]>",
                              "--",
                              "<!--",
                              "-->",
                              "<![CDATA[",
                              "?>",
                              "<?",
                              "<?xml version='1.0'?>",
                              "x",
                              ":",
                              "xmlns",
                              "xmlns:p='u'",
                              "xmlns:p=''",
                              "p:",
                              "xml:",
                              "<a>",
                              "</a>",
                              "<a/>",
                              "&amp;",
                              "&lt;",
                              "&nbsp;",
                              "&#0;",
                              "&#x1F;",
                              "&#xFFFE;",
                              "&#55296;",
                              "\x01",
                              "\xC3",
                              "\xC3\xA9",
                              "\xEF\xBF\xBE",
                              "\xED\xA0\x80",
                              "\xF5",
                              "\x80",
                              "a='1'",
                              " a='1'",
                              " a='1' a='2'",
                              "1",
                              "-",
                              ".",
                              "!",
                              "<!DOCTYPE a>",
                              "<!"};

}  // namespace

TEST_CASE("what is accepted after random damage, Expat accepts and reads alike", "[xml]") {
  std::mt19937 random(20260101);
  const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  std::size_t accepted = 0, refused_alone = 0;
  for (int round = 0; round < 40'000; ++round) {
    std::string bytes = seeds[pick(std::size(seeds))];
    for (std::size_t edits = 1 + pick(3); edits > 0; --edits) {
      const auto at = pick(bytes.size());
      switch (pick(3)) {
        case 0: bytes.erase(at, 1 + pick(4)); break;
        case 1: bytes.insert(at, pieces[pick(std::size(pieces))]); break;
        default: bytes.replace(at, 1, pieces[pick(std::size(pieces))]);
      }
      if (bytes.empty()) bytes = "<a/>";
    }
    diag::Sink sink;
    xml::Limits limits;
    limits.keep_space = true;
    const auto d = xml::Document::parse(std::make_shared<Source>("x", bytes), sink, limits);
    std::string theirs;
    const bool good = by_expat(bytes, theirs);
    if (!d) {
      REQUIRE(sink.all().size() == 1);
      refused_alone += good;
      continue;
    }
    ++accepted;
    INFO(bytes);
    REQUIRE(good);
    std::string ours;
    dump(d->root(), ours);
    REQUIRE(ours == theirs);
  }
  CHECK(accepted > 4'000);
  // Document type declarations, versions other than 1.x and unknown encodings: nothing else.
  CHECK(refused_alone < 800);
}
