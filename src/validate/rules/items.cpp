// XBRL 2.1 §4.6: items and their contexts, units, decimals and precision.
#include <fmt/core.h>

#include "diag/codes/xbrl.h"
#include "validate/instance_check.h"
#include "validate/rules/iso4217.h"

namespace factpress::validate::rules {
namespace codes = diag::codes;
namespace ns = xml::ns;
using instance::PeriodKind;
using taxonomy::Concept;
using taxonomy::Period;
using taxonomy::ValueKind;

namespace {

void check_context(InstanceCheck& c, std::size_t fact, const Concept& item) {
  const instance::Fact& f = c.instance.facts()[fact];
  if (f.context == instance::no_id) {
    if (!f.has_context) return;  // the schema says so
    c.sink.add({codes::xbrl_context_missing, c.place(fact),
                fmt::format("{} refers to the context '{}', which is not there", c.name_of(fact), f.element.value_of("contextRef"))});
    return;
  }
  const PeriodKind period = c.instance.contexts()[f.context].period;
  if (period == PeriodKind::missing || item.period == Period::unstated) return;
  const bool instant = period == PeriodKind::instant;
  if (instant == (item.period == Period::instant)) return;
  c.sink.add({codes::xbrl_period_mismatch, c.place(fact),
              fmt::format("{} is declared for {} but its context '{}' has {}", c.name_of(fact), item.period == Period::instant ? "instants" : "durations",
                          c.instance.contexts()[f.context].id, instant ? "an instant" : "a duration")});
}

/// Table 3 of §4.8.2.
void check_unit_kind(InstanceCheck& c, std::size_t fact, const Concept& item) {
  const instance::Unit& unit = c.instance.units()[c.instance.facts()[fact].unit];
  const bool single = unit.numerators.size() == 1 && unit.denominators.empty() && !unit.element.child(ns::xbrli, "divide");
  std::string_view wanted;
  if (item.value == ValueKind::monetary) {
    if (!single || unit.numerators[0].ns != ns::iso4217 || !is_iso4217(unit.numerators[0].local)) wanted = "one ISO 4217 currency";
  } else if (item.value == ValueKind::shares) {
    if (!single || !unit.numerators[0].is(ns::xbrli, "shares")) wanted = "xbrli:shares alone";
  }
  if (wanted.empty()) return;
  c.sink.add(diag::Diagnostic(codes::xbrl_unit_type, c.place(fact),
                              fmt::format("{} is {}, so its unit must be {}, which '{}' is not", c.name_of(fact),
                                          item.value == ValueKind::monetary ? "monetary" : "a number of shares", wanted, unit.id))
                 .with(unit.element.place(), "the unit"));
}

void check_unit(InstanceCheck& c, std::size_t fact, const Concept& item) {
  const instance::Fact& f = c.instance.facts()[fact];
  if (!item.is_numeric()) {
    if (f.has_unit) c.sink.add({codes::xbrl_unit_on_text, c.place(fact), fmt::format("{} is not numeric and must have no unit", c.name_of(fact))});
    return;
  }
  if (!f.has_unit) {
    c.sink.add({codes::xbrl_unit_missing, c.place(fact), fmt::format("{} is numeric and has no unit", c.name_of(fact))});
  } else if (f.unit == instance::no_id) {
    c.sink.add({codes::xbrl_unit_missing, c.place(fact),
                fmt::format("{} refers to the unit '{}', which is not there", c.name_of(fact), f.element.value_of("unitRef"))});
  } else {
    check_unit_kind(c, fact, item);
  }
}

/// §4.6.3: exactly one of decimals and precision on a number, none on anything else.
void check_accuracy(InstanceCheck& c, std::size_t fact, const Concept& item) {
  const instance::Fact& f = c.instance.facts()[fact];
  const bool decimals = c.attribute(fact, "decimals").has_value();
  const bool precision = c.attribute(fact, "precision").has_value();
  if (!item.is_numeric() || item.value == ValueKind::fraction || f.nil) {
    if (!decimals && !precision) return;
    c.sink.add({codes::xbrl_accuracy, c.place(fact),
                fmt::format("{} is {} and must have neither decimals nor precision", c.name_of(fact),
                            f.nil ? "nil" : item.is_numeric() ? "a fraction" : "not numeric")});
    return;
  }
  if (decimals != precision) return;
  c.sink.add({codes::xbrl_accuracy, c.place(fact),
              fmt::format("{} has {} decimals {} precision; a number has exactly one of them", c.name_of(fact), decimals ? "both" : "neither",
                          decimals ? "and" : "nor")});
}

}  // namespace

void items(InstanceCheck& c) {
  for (std::size_t i = 0; i < c.rows.size(); ++i) {
    const Concept* item = c.concept_of(i);
    if (!item) {
      // The schema finds elements that are declared nowhere; here it is one that is no concept of the DTS, such as an element
      // whose schema is only hinted at by xsi:schemaLocation.
      if (!c.outcome.of(c.instance.facts()[i].element).decl) continue;
      if (c.instance.facts()[i].parent != instance::no_id && !c.concept_of(c.instance.facts()[i].parent)) continue;
      c.sink.add({codes::xbrl_fact_unknown, c.place(i), fmt::format("{} is no item or tuple of the taxonomy", c.name_of(i))});
      continue;
    }
    if (!item->is_item()) continue;
    check_context(c, i, *item);
    check_unit(c, i, *item);
    check_accuracy(c, i, *item);
  }
}

}  // namespace factpress::validate::rules
