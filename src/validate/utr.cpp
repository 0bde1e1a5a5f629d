#include "validate/utr.h"

#include <unordered_set>

#include <fmt/core.h>

#include "diag/codes/validate.h"

namespace factpress::validate {
namespace {

std::string child_text(const xml::Element& e, std::string_view name) {
  for (const xml::Element child : e.elements()) {
    if (child.local_name() == name) return std::string(xml::trim_xml_space(child.text()));
  }
  return {};
}

std::string measure_key(std::string_view ns, std::string_view local) { return fmt::format("{}#{}", ns, local); }

}  // namespace

UnitRegistry::UnitRegistry(const xml::Document& document) {
  for (const xml::Element units : document.root().elements()) {
    if (units.local_name() != "units") continue;
    for (const xml::Element e : units.elements()) {
      if (e.local_name() != "unit") continue;
      Unit u;
      u.id = child_text(e, "unitId");
      u.ns = child_text(e, "nsUnit");
      u.numerator_type = child_text(e, "numeratorItemType");
      u.denominator_type = child_text(e, "denominatorItemType");
      const std::string type = child_text(e, "itemType");
      if (type.empty() || u.id.empty()) continue;
      if (u.numerator_type.empty()) types_of_measure_[measure_key(u.ns, u.id)].push_back(type);
      by_type_[type].push_back(std::move(u));
      ++count_;
    }
  }
}

bool UnitRegistry::measure_has_type(const instance::Measure& measure, const std::string& type) const {
  if (type == "decimalItemType") return true;  // the registry's word for any numeric type
  const auto it = types_of_measure_.find(measure_key(xml::namespace_uri(measure.ns), measure.local));
  if (it == types_of_measure_.end()) return false;
  for (const std::string& t : it->second) {
    if (t == type) return true;
  }
  return false;
}

bool UnitRegistry::fits(const Unit& unit, const instance::Unit& actual) const {
  if (unit.numerator_type.empty()) {
    return actual.denominators.empty() && actual.numerators.size() == 1 && actual.numerators[0].local == unit.id &&
           xml::namespace_uri(actual.numerators[0].ns) == unit.ns;
  }
  return actual.numerators.size() == 1 && actual.denominators.size() == 1 && measure_has_type(actual.numerators[0], unit.numerator_type) &&
         measure_has_type(actual.denominators[0], unit.denominator_type);
}

void UnitRegistry::check(InstanceCheck& c) const {
  std::unordered_set<std::uint64_t> judged;
  for (std::size_t i = 0; i < c.rows.size(); ++i) {
    const taxonomy::Concept* item = c.concept_of(i);
    const std::uint32_t unit = c.instance.facts()[i].unit;
    if (!item || !item->is_numeric() || unit == instance::no_id) continue;
    if (!judged.insert((std::uint64_t{c.rows[i].concept_id} << 32) | c.rows[i].unit_class).second) continue;
    for (const schema::Type* type = c.schemas.elements()[item->declaration]->type; type; type = type->base) {
      const auto it = type->name.empty() ? by_type_.end() : by_type_.find(std::string(type->name));
      if (it == by_type_.end()) continue;
      bool good = false;
      for (const Unit& candidate : it->second) good = good || fits(candidate, c.instance.units()[unit]);
      if (!good) {
        c.sink.add(diag::Diagnostic(diag::codes::validate_utr_unit, c.place(i),
                                    fmt::format("{} has the type {}, but its unit '{}' is none that the registry has for that type", c.name_of(i),
                                                type->name, c.instance.units()[unit].id))
                       .with(c.instance.units()[unit].element.place(), "the unit"));
      }
      break;
    }
  }
}

}  // namespace factpress::validate
