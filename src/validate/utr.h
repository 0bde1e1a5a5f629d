#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "validate/instance_check.h"
#include "xml/document.h"

namespace factpress::validate {

/// The Unit Type Registry (Unit Registry 1.0): which units fit which item types.
class UnitRegistry {
 public:
  /// Reads the registry's XML; an entry that lacks what it needs is left out.
  explicit UnitRegistry(const xml::Document& document);

  /// Holds the units of numeric facts against the registry: a fact of a registered item type must have one of that type's
  /// units. Emits utr.unit-type. Facts of one concept and unit are judged once; one finding each.
  void check(InstanceCheck& check) const;
  std::size_t size() const { return count_; }

 private:
  struct Unit {
    std::string id, ns;                              // of a simple unit
    std::string numerator_type, numerator_type_ns;    // of a quotient
    std::string denominator_type, denominator_type_ns;
    std::string numerator_id, denominator_id;
  };
  bool fits(const Unit& unit, const instance::Unit& actual) const;
  bool measure_has_type(const instance::Measure& measure, const std::string& type) const;

  std::unordered_map<std::string, std::vector<Unit>> by_type_;  // "localname" of the item type
  std::unordered_map<std::string, std::vector<std::string>> types_of_measure_;
  std::size_t count_ = 0;
};

}  // namespace factpress::validate
