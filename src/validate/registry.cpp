#include "validate/instance_check.h"
#include "validate/rules.h"

namespace factpress::validate {

std::span<const DtsRule> dts_rules() {
  static constexpr DtsRule all[] = {
      {"documents", "XBRL 2.1 §3.4", rules::documents},
      {"concepts", "XBRL 2.1 §5.1", rules::concept_declarations},
      {"tuples", "XBRL 2.1 §4.9", rules::tuple_declarations},
      {"roles", "XBRL 2.1 §5.1.3, §5.1.4", rules::role_types},
      {"linkbase references", "XBRL 2.1 §5.1.2", rules::linkbase_references},
      {"links", "XBRL 2.1 §3.5.3", rules::extended_links},
      {"standard arcs", "XBRL 2.1 §5.2", rules::standard_arcs},
      {"cycles", "XBRL 2.1 §5.1.4.3", rules::cycles},
      {"preferred labels", "XBRL 2.1 §5.2.4.2.1", rules::preferred_labels},
      {"dimension declarations", "Dimensions 1.0 §2.2, §2.5", rules::dimension_declarations},
      {"dimension arcs", "Dimensions 1.0 §2.3 to §2.6", rules::dimension_arcs},
      {"dimensional relationship sets", "Dimensions 1.0 §2.1.2, §2.7", rules::dimension_sets},
  };
  return all;
}

std::span<const InstanceRule> instance_rules() {
  static constexpr InstanceRule all[] = {
      {"contexts", "XBRL 2.1 §4.7", rules::contexts},
      {"units", "XBRL 2.1 §4.8", rules::units},
      {"items", "XBRL 2.1 §4.6", rules::items},
      {"tuples", "XBRL 2.1 §4.9", rules::tuples},
      {"requires-element", "XBRL 2.1 §5.2.6.2.4", rules::requires_element},
      {"essence-alias", "XBRL 2.1 §5.2.6.2.2", rules::essence_alias},
  };
  return all;
}

}  // namespace factpress::validate
