#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "xml/document.h"

namespace factpress::schema {

/// The attributes that elements of the schema language have, by name.
enum class A : std::uint8_t {
  name,
  type,
  ref,
  id,
  use,
  default_value,
  fixed,
  form,
  min_occurs,
  max_occurs,
  base,
  value,
  mixed,
  is_abstract,
  nillable,
  block,
  final,
  substitution_group,
  ns,
  process_contents,
  schema_location,
  target_namespace,
  element_form_default,
  attribute_form_default,
  block_default,
  final_default,
  version,
  source,
  item_type,
  member_types,
  public_id,
  system_id,
  refer,
  xpath,
  count,
  unknown = count,
};

constexpr std::uint64_t bit(A a) { return std::uint64_t{1} << static_cast<unsigned>(a); }
template <class... As>
constexpr std::uint64_t bits(As... as) {
  return (bit(as) | ... | bit(A::id));  // id stands everywhere
}

/// Which attribute of the schema language each name of a document is, by the name's number.
class AttributeNames {
 public:
  AttributeNames() = default;
  explicit AttributeNames(const xml::Document& document);
  A of(std::uint32_t name) const { return static_cast<A>(of_[name] & kind_bits); }
  /// In no namespace or in that of XML Schema: on its elements no other such attribute may stand.
  bool is_own(std::uint32_t name) const { return (of_[name] & own_bit) != 0; }

 private:
  static constexpr std::uint8_t own_bit = 0x80, kind_bits = 0x7F;
  std::vector<std::uint8_t> of_;
};

/// The unqualified attributes of one element of a schema document, read in one pass.
class Attrs {
 public:
  bool has(A a) const { return (present_ & bit(a)) != 0; }
  std::string_view operator[](A a) const {
    const Text& t = values_[static_cast<std::size_t>(a)];
    return has(a) ? std::string_view(t.begin, t.size) : std::string_view{};
  }
  std::uint64_t present() const { return present_; }
  /// The first attribute that is not among the allowed, as it is written; empty where all are.
  xml::Attribute stray;

 private:
  friend Attrs read_attrs(const xml::Element& e, const AttributeNames& names, std::uint64_t allowed);
  struct Text {
    const char* begin;
    std::size_t size;
  };
  std::uint64_t present_ = 0;
  std::array<Text, static_cast<std::size_t>(A::count)> values_;  // only those present are set
};

Attrs read_attrs(const xml::Element& e, const AttributeNames& names, std::uint64_t allowed);
std::string_view name_of(A a);

}  // namespace factpress::schema
