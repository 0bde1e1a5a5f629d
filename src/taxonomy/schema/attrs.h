#pragma once
#include <array>
#include <cstdint>
#include <string_view>

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

/// The unqualified attributes of one element of a schema document, read in one pass.
class Attrs {
 public:
  bool has(A a) const { return values_[static_cast<std::size_t>(a)] != nullptr; }
  std::string_view operator[](A a) const {
    return has(a) ? std::string_view(values_[static_cast<std::size_t>(a)]) : std::string_view{};
  }
  /// The first attribute that is not among the allowed, as it is written; empty where all are.
  xml::Attribute stray;

 private:
  friend Attrs read_attrs(const xml::Element& e, std::uint64_t allowed);
  std::array<const char*, static_cast<std::size_t>(A::count)> values_{};
};

Attrs read_attrs(const xml::Element& e, std::uint64_t allowed);
std::string_view name_of(A a);

}  // namespace factpress::schema
