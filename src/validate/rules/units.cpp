// XBRL 2.1 §4.8: units.
#include <algorithm>

#include <fmt/core.h>

#include "diag/codes/xbrl.h"
#include "validate/instance_check.h"

namespace factpress::validate::rules {
namespace codes = diag::codes;
namespace ns = xml::ns;

void units(InstanceCheck& c) {
  for (const instance::Unit& unit : c.instance.units()) {
    const auto check_measures = [&](const std::vector<instance::Measure>& measures) {
      for (const instance::Measure& m : measures) {
        if (m.ns != ns::xbrli || m.local == "pure" || m.local == "shares") continue;
        c.sink.add({codes::xbrl_measure, unit.element.place(), fmt::format("unit '{}': the namespace of XBRL instances has the measures pure and shares, not {}", unit.id, m.local)});
      }
    };
    check_measures(unit.numerators);
    check_measures(unit.denominators);
    for (const instance::Measure& m : unit.numerators) {
      if (!std::binary_search(unit.denominators.begin(), unit.denominators.end(), m)) continue;
      c.sink.add({codes::xbrl_unit_not_simplest, unit.element.place(), fmt::format("unit '{}' has {} above and below the line", unit.id, m.local)});
      break;
    }
    if (unit.unresolved) {
      c.sink.add({codes::xbrl_measure, unit.element.place(), fmt::format("unit '{}' has a measure that is no name, or whose prefix is not declared", unit.id)});
    }
  }
}

}  // namespace factpress::validate::rules
