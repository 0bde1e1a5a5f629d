#include <random>

#include "schema_support.h"
#include "taxonomy/text_table.h"

// What the validator remembers of one element must never change its word on the next.

using namespace factpress;
using namespace factpress::test;

namespace {

const char* const kSchema = R"(
  <xs:attribute name='known' type='xs:integer'/>
  <xs:attributeGroup name='g'>
    <xs:attribute name='must' type='xs:decimal' use='required'/>
    <xs:attribute name='kind' fixed='one'/>
    <xs:attribute name='id' type='xs:ID'/>
    <xs:attribute name='ref' type='xs:IDREF'/>
    <xs:attribute name='name' type='xs:QName'/>
    <xs:attribute name='never' type='xs:string' use='prohibited'/>
  </xs:attributeGroup>
  <xs:element name='r'><xs:complexType><xs:choice minOccurs='0' maxOccurs='unbounded'>
    <xs:element name='a'><xs:complexType><xs:attributeGroup ref='t:g'/></xs:complexType></xs:element>
    <xs:element name='b'><xs:complexType><xs:attributeGroup ref='t:g'/><xs:anyAttribute namespace='##other' processContents='lax'/></xs:complexType></xs:element>
    <xs:element name='c'><xs:complexType><xs:attributeGroup ref='t:g'/><xs:anyAttribute namespace='##targetNamespace'/></xs:complexType></xs:element>
    <xs:element name='d' type='xs:integer' nillable='true'/>
  </xs:choice></xs:complexType></xs:element>)";

class Tags {
 public:
  explicit Tags(unsigned seed) : random_(seed) {}
  std::size_t pick(std::size_t n) { return static_cast<std::size_t>(random_() % n); }
  /// Few kinds, so that they come again, and some of them wrong.
  std::string tag() {
    static const char* const values[][4] = {
        {"must", "1.5", "-2", "x"}, {"kind", "one", "one", "two"},         {"name", "t:a", "xs:b", "none:c"},
        {"never", "", "n", "x"},    {"t:known", "12", " 3 ", "1.5"},       {"t:unknown", "1", "2", "3"},
        {"o:other", "1", "2", "3"}, {"xsi:nil", "true", "false", "maybe"}, {"odd", "1", "2", "3"}};
    static const std::size_t kinds[][4] = {{0, 1, 9, 9}, {0, 2, 9, 9}, {1, 0, 9, 9}, {1, 9, 9, 9}, {0, 4, 9, 9}, {0, 6, 1, 9},
                                           {0, 5, 9, 9}, {0, 3, 9, 9}, {0, 7, 9, 9}, {9, 9, 9, 9}, {0, 8, 9, 9}};
    const std::string name(1, "abcd"[pick(4)]);
    std::string out = "<" + name;
    for (const std::size_t k : kinds[pick(std::size(kinds))])
      if (k < std::size(values)) out += std::string(" ") + values[k][0] + "='" + values[k][pick(8) == 0 ? 3 : 1 + pick(2)] + "'";
    return out + (name == "d" ? ">7</d>" : "/>");
  }

 private:
  std::mt19937 random_;
};

std::string in_root(const std::string& tags) {
  return "<r xmlns='urn:t' xmlns:t='urn:t' xmlns:o='urn:o' xmlns:xs='http://www.w3.org/2001/XMLSchema' "
         "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>" +
         tags + "</r>";
}

}  // namespace

TEST_CASE("an element is judged alike alone and among others", "[schema]") {
  const Compiled c = compile(schema_text(kSchema));
  REQUIRE(codes_of(c.sink).empty());
  for (unsigned seed = 0; seed < 60; ++seed) {
    Tags tags(seed);
    std::string all, expected;
    for (int i = 0; i < 60; ++i) {
      const std::string tag = tags.tag();
      all += tag;
      expected += validate_text(c.set, in_root(tag));
    }
    CHECK(validate_text(c.set, in_root(all)) == expected);
  }
}

TEST_CASE("tags with very many attributes are judged like others", "[schema]") {
  const Compiled c = compile(schema_text(kSchema));
  for (const std::size_t n : {63u, 64u, 65u, 200u}) {
    std::string attributes = " must='1'";
    for (std::size_t i = 1; i < n; ++i) attributes += " o:a" + std::to_string(i) + "='x'";
    const std::string good = "<b" + attributes + "/>", bad = "<b" + attributes + " kind='two'/>";
    CHECK(validate_text(c.set, in_root(good + good + good)).empty());
    CHECK_FALSE(validate_text(c.set, in_root(bad)).empty());
    CHECK(validate_text(c.set, in_root(good + bad + good + bad)) ==
          validate_text(c.set, in_root(bad)) + validate_text(c.set, in_root(bad)));
  }
}

TEST_CASE("a name with a prefix is judged where it stands", "[schema]") {
  const Compiled c = compile(schema_text(kSchema));
  const std::string good = "<a must='1' name='p:x' xmlns:p='urn:p'/>", bad = "<a must='1' name='p:x'/>";
  CHECK(validate_text(c.set, in_root(good + good)).empty());
  CHECK(validate_text(c.set, in_root(good + bad)) == validate_text(c.set, in_root(bad)));
  CHECK_FALSE(validate_text(c.set, in_root(bad)).empty());
}

TEST_CASE("IDs are one in a document, and references to them are resolved", "[schema]") {
  const Compiled c = compile(schema_text(kSchema));
  std::string tags;
  for (int i = 0; i < 300; ++i)
    tags += "<a must='1' id='n" + std::to_string(i) + "'/><b must='1' ref=' n" + std::to_string(299 - i) + " '/>";
  CHECK(validate_text(c.set, in_root(tags)).empty());
  const std::string twice = validate_text(c.set, in_root(tags + "<a must='1' id=' n7'/>"));
  CHECK(twice.find("the ID 'n7' stands twice") != std::string::npos);
  const std::string lost = validate_text(c.set, in_root(tags + "<b must='1' ref='n300'/><b must='1' ref='n300'/>"));
  CHECK(lost.find("no element has the ID 'n300'") != std::string::npos);
  CHECK(lost.find("n300", lost.find("n300") + 4) != std::string::npos);
}

TEST_CASE("a table of IDs keeps the first of each", "[schema]") {
  taxonomy::TextTable table;
  CHECK(table.find("a") == taxonomy::TextTable::none);
  std::vector<std::string> ids;
  for (int i = 0; i < 1000; ++i) ids.push_back("id" + std::to_string(i));
  for (std::uint32_t i = 0; i < ids.size(); ++i) CHECK(table.add(ids[i], i) == taxonomy::TextTable::none);
  for (std::uint32_t i = 0; i < ids.size(); ++i) {
    CHECK(table.add(ids[i], 5000) == i);
    CHECK(table.find(ids[i]) == i);
  }
  CHECK(table.add(table.keep(std::string("made")), 7) == taxonomy::TextTable::none);
  CHECK(table.find("made") == 7);
  CHECK(table.find("id1000") == taxonomy::TextTable::none);
  table.clear();
  CHECK(table.find("id1") == taxonomy::TextTable::none);
  CHECK(table.add(ids[1], 9) == taxonomy::TextTable::none);
  CHECK(table.find("id1") == 9);
}
