#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "taxonomy/schema/components.h"
#include "taxonomy/schema/pattern.h"

namespace factpress::schema {

/// The constraining facets in force for a type (part 2, clause 4.3), the inherited ones merged in.
struct Facets {
  enum Kind : std::uint16_t {
    length = 1,
    min_length = 2,
    max_length = 4,
    pattern = 8,
    enumeration = 16,
    white_space = 32,
    max_inclusive = 64,
    max_exclusive = 128,
    min_exclusive = 256,
    min_inclusive = 512,
    total_digits = 1024,
    fraction_digits = 2048,
  };
  std::uint16_t present = 0, fixed = 0;  ///< bits of Kind
  std::uint64_t length_value = 0, min_length_value = 0, max_length_value = 0;
  std::uint32_t total_digits_value = 0, fraction_digits_value = 0;
  Value lower, upper;  ///< of min_inclusive or min_exclusive, max_inclusive or max_exclusive: one of each at most
  std::vector<std::vector<const Pattern*>> patterns;  ///< one of each inner list must match
  std::vector<Value> values;                          ///< of enumeration
  bool has(std::uint16_t kinds) const { return (present & kinds) != 0; }
};

/// Whether a value already in the lexical space satisfies the facets; else the rule and the reason. `text` is normalised.
bool satisfies(const SimpleType& type, const Facets& facets, const Value& value, std::string_view text, std::string* why);

/// The facets that may be set on a type.
std::uint16_t applicable_facets(const SimpleType& type);

/// The length as the facets count it: characters, bytes of a binary type, items of a list; empty where it has none.
std::optional<std::uint64_t> length_of(const SimpleType& type, const Value& value);

/// Whether text is valid without giving the value: as read_value, but cheap where the type has no facets.
bool check_value(const SimpleType& type, std::string_view text, const xml::Element* scope, std::string* why);

}  // namespace factpress::schema
