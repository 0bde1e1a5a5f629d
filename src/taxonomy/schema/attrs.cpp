#include "taxonomy/schema/attrs.h"

namespace factpress::schema {
namespace {

constexpr std::string_view names[] = {"name",
                                      "type",
                                      "ref",
                                      "id",
                                      "use",
                                      "default",
                                      "fixed",
                                      "form",
                                      "minOccurs",
                                      "maxOccurs",
                                      "base",
                                      "value",
                                      "mixed",
                                      "abstract",
                                      "nillable",
                                      "block",
                                      "final",
                                      "substitutionGroup",
                                      "namespace",
                                      "processContents",
                                      "schemaLocation",
                                      "targetNamespace",
                                      "elementFormDefault",
                                      "attributeFormDefault",
                                      "blockDefault",
                                      "finalDefault",
                                      "version",
                                      "source",
                                      "itemType",
                                      "memberTypes",
                                      "public",
                                      "system",
                                      "refer",
                                      "xpath"};
static_assert(std::size(names) == static_cast<std::size_t>(A::count));

constexpr unsigned slot_of(std::string_view s) {
  return (static_cast<unsigned>(s.size()) * 37u + static_cast<unsigned char>(s.front()) * 5u +
          static_cast<unsigned char>(s.back()) * 11u) &
         127u;
}

// Open addressing, filled while compiling.
constexpr auto table = [] {
  std::array<std::uint8_t, 128> t{};
  t.fill(0xFF);
  for (std::uint8_t i = 0; i < std::size(names); ++i) {
    unsigned s = slot_of(names[i]);
    while (t[s] != 0xFF) s = (s + 1) & 127u;
    t[s] = i;
  }
  return t;
}();

A find(std::string_view name) {
  for (unsigned s = slot_of(name); table[s] != 0xFF; s = (s + 1) & 127u)
    if (names[table[s]] == name) return static_cast<A>(table[s]);
  return A::unknown;
}

}  // namespace

AttributeNames::AttributeNames(const xml::Document& document) : of_(document.name_count(), static_cast<std::uint8_t>(A::unknown)) {
  for (std::uint32_t i = 0; i < of_.size(); ++i) {
    const xml::NameRecord& n = document.name(i);
    if (n.ns == xml::ns::none) of_[i] = static_cast<std::uint8_t>(find(n.local()));
    if (n.ns == xml::ns::none || n.ns == xml::ns::xsd) of_[i] |= own_bit;
  }
}

Attrs read_attrs(const xml::Element& e, const AttributeNames& names, std::uint64_t allowed) {
  Attrs out;
  for (const auto a : e.attributes()) {
    const std::uint32_t name = a.name_id();
    if (!names.is_own(name)) continue;
    const A known = names.of(name);
    if ((allowed & bit(known)) != 0) {  // the bit of A::unknown is never among them
      const std::string_view value = a.value();
      out.values_[static_cast<std::size_t>(known)] = {value.data(), value.size()};
      out.present_ |= bit(known);
    } else if (!out.stray) {
      out.stray = a;
    }
  }
  return out;
}

std::string_view name_of(A a) { return names[static_cast<std::size_t>(a)]; }

}  // namespace factpress::schema
