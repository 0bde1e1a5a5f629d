// XBRL 2.1 §4.9: tuples in instances.
#include <fmt/core.h>

#include "diag/codes/xbrl.h"
#include "validate/instance_check.h"

namespace factpress::validate::rules {
namespace ns = xml::ns;

void tuples(InstanceCheck& c) {
  for (std::size_t i = 0; i < c.rows.size(); ++i) {
    const taxonomy::Concept* tuple = c.concept_of(i);
    if (!tuple || tuple->is_item()) continue;
    for (const xml::Attribute a : c.instance.facts()[i].element.attributes()) {
      const xml::NsId space = a.ns();
      if (space != ns::xbrli && space != ns::link && space != ns::xlink && space != ns::xl) continue;
      c.sink.add({diag::codes::xbrl_tuple_attribute, a.place(), fmt::format("the tuple {} carries {}, which belongs to XBRL itself", c.name_of(i), a.raw_name())});
    }
  }
}

}  // namespace factpress::validate::rules
