#include <algorithm>
#include <filesystem>
#include <fstream>
#include <pugixml.hpp>
#include <random>
#include <vector>

#include "catch.h"
#include "shared.h"
#include "xml/document.h"

// pugixml as a second opinion: it reads the same tree out of well-formed documents. (It does not know namespaces and lets pass
// what is not well-formed, which is why it is no more than that; see expat_test.cpp for the latter.)

using namespace factpress;

namespace {

using Attributes = std::vector<std::pair<std::string, std::string>>;

void append(std::string& out, std::string_view name, Attributes& attributes) {
  std::sort(attributes.begin(), attributes.end());
  out.append("<").append(name);
  for (const auto& [n, v] : attributes) out.append(" ").append(n).append("=").append(v);
  out += ">";
}

std::string ours(const xml::Element& e) {
  std::string out;
  Attributes attributes;
  for (const auto a : e.attributes()) attributes.emplace_back(a.raw_name(), a.value());
  append(out, e.raw_name(), attributes);
  for (const auto n : e.children()) out += n.is_element() ? ours(n.as_element()) : std::string(n.text());
  return out + "</>";
}

std::string theirs(const pugi::xml_node& e) {
  std::string out;
  Attributes attributes;
  for (const auto a : e.attributes()) {
    // Declarations of namespaces are no attributes here.
    const std::string_view name = a.name();
    if (name != "xmlns" && !name.starts_with("xmlns:")) attributes.emplace_back(name, a.value());
  }
  append(out, e.name(), attributes);
  for (const auto n : e.children()) {
    if (n.type() == pugi::node_element) out += theirs(n);
    if (n.type() == pugi::node_pcdata || n.type() == pugi::node_cdata) out += n.value();
  }
  return out + "</>";
}

/// Both trees of a document; ours is empty where it was refused.
std::pair<std::string, std::string> both(const std::string& bytes) {
  diag::Sink sink;
  xml::Limits limits;
  limits.keep_space = true;
  const auto d = xml::Document::parse(std::make_shared<Source>("x", bytes), sink, limits);
  pugi::xml_document p;
  p.load_buffer(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_ws_pcdata);
  return {d ? ours(d->root()) : std::string(), theirs(p.document_element())};
}

std::size_t compare_folder(const std::filesystem::path& folder) {
  std::size_t compared = 0;
  for (const auto& f : std::filesystem::recursive_directory_iterator(folder)) {
    if (f.path().extension() != ".xsd" && f.path().extension() != ".xml") continue;
    std::ifstream in(f.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    if (bytes.find("<!DOCTYPE") != std::string::npos) continue;
    const auto [a, b] = both(bytes);
    if (a.empty()) continue;  // what is refused, Expat judges
    INFO(f.path().string());
    CHECK((a == b));
    ++compared;
  }
  return compared;
}

/// A random well-formed document.
class Writer {
 public:
  explicit Writer(std::uint32_t seed) : random_(seed) {}
  std::string document() {
    out_ = pick({"", "<?xml version='1.0'?>\n", "<?xml version='1.0' encoding='UTF-8'?><!-- c -->"});
    element(5);
    return out_ + pick({"", "\n", "<!-- end -->", "<?pi x?>\r\n"});
  }

 private:
  std::string pick(const std::vector<std::string>& from) { return from[random_() % from.size()]; }
  std::string piece() {
    return pick({"x",     " ",      "\n",     "\r\n",     "\r",
                 "\t",    "&amp;",  "&lt;",   "&#65;",    "&#xE9;",
                 "&#10;", "&#13;",  "&#x20;", "\xC3\xA9", "\xF0\x9F\x98\x80",
                 "]]",    "&quot;", "&apos;", "&gt;",     "1,234.5"});
  }
  void element(int depth) {
    const std::string name = pick({"a", "p:b", "long-name.of_an-element", "q:c"});
    out_ += "<" + name + (depth == 5 ? " xmlns:p='urn:p' xmlns:q='urn:q' xmlns='urn:d'" : "");
    for (const char* a : {"k", "p:k", "xml:lang"}) {
      if (random_() % 2 == 0) continue;
      const std::string quote = pick({"'", "\""});
      out_ += pick({" ", "\n  "}) + a + pick({"=", " = "}) + quote;
      for (auto n = random_() % 6; n > 0; --n) out_ += piece();
      out_ += quote;
    }
    if (random_() % 4 == 0) return void(out_ += "/>");
    out_ += ">";
    for (auto n = random_() % 6; n > 0; --n) content(depth);
    out_ += "</" + name + pick({"", " "}) + ">";
  }
  void content(int depth) {
    switch (random_() % 6) {
      case 0: out_ += "<!-- <a> & -->"; break;
      case 1: out_ += "<![CDATA[<a> & \r\n]] >]]>"; break;
      case 2: out_ += "<?pi <a>?>"; break;
      case 3:
        if (depth > 0) element(depth - 1);
        break;
      default: out_ += piece();
    }
  }
  std::mt19937 random_;
  std::string out_;
};

}  // namespace

TEST_CASE("random documents: the same trees as pugixml's", "[xml]") {
  for (std::uint32_t seed = 0; seed < 4000; ++seed) {
    const std::string bytes = Writer(seed).document();
    const auto [a, b] = both(bytes);
    INFO(bytes);
    REQUIRE(a == b);
  }
}

TEST_CASE("the schemas of the project: the same trees as pugixml's", "[xml]") {
  CHECK(compare_folder(std::filesystem::path(FACTPRESS_SOURCE) / "schemas") > 10);
}

TEST_CASE("real filings and the conformance suites: the same trees as pugixml's", "[xml]") {
  SKIP_WITHOUT_SHARED();
  CHECK(compare_folder(std::filesystem::path(FACTPRESS_SHARED) / "filings") >= 12);
  CHECK(compare_folder(std::filesystem::path(FACTPRESS_SHARED) / "conformance") > 1000);
}
