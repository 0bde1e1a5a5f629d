// XBRL 2.1 §4.7: contexts.
#include <fmt/core.h>

#include "diag/codes/xbrl.h"
#include "validate/instance_check.h"

namespace factpress::validate::rules {
namespace codes = diag::codes;
namespace ns = xml::ns;

namespace {

/// §4.7.3.2, §4.7.4: nothing of XBRL's own namespace, no item and no tuple, at any depth.
void check_container(InstanceCheck& c, const xml::Element& container) {
  if (!container) return;
  xml::Element at = container.first_element();
  while (at) {
    const schema::ElementDecl* decl = c.schemas.element(at.qname());
    const bool is_concept = decl && (schema::is_in_substitution_group(*decl, xml::QName{ns::xbrli, "item"}) ||
                                     schema::is_in_substitution_group(*decl, xml::QName{ns::xbrli, "tuple"}));
    if (at.ns() == ns::xbrli || is_concept) {
      c.sink.add({codes::xbrl_segment_content, at.place(),
                  fmt::format("{} must not stand in a {}: {}", at.raw_name(), container.local_name(),
                              is_concept ? "it is an item or tuple" : "it belongs to the namespace of XBRL instances")});
    }
    if (const xml::Element child = at.first_element()) {
      at = child;
      continue;
    }
    while (at != container && !at.next_element()) at = at.parent();
    at = at == container ? xml::Element() : at.next_element();
  }
}

}  // namespace

void contexts(InstanceCheck& c) {
  for (const instance::Context& context : c.instance.contexts()) {
    check_container(c, context.segment);
    check_container(c, context.scenario);
    if (context.period == instance::PeriodKind::duration && !(context.start < context.end)) {
      c.sink.add({codes::xbrl_period_order, context.element.place(), fmt::format("the period of context '{}' does not end after it starts", context.id)});
    }
  }
}

}  // namespace factpress::validate::rules
