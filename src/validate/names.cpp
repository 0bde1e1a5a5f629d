#include "validate/names.h"

#include <algorithm>
#include <array>

namespace factpress::validate::names {
namespace ns = xml::ns;
namespace {

constexpr std::array<std::string_view, 6> links{"calculationLink", "definitionLink", "footnoteLink", "labelLink", "presentationLink", "referenceLink"};
constexpr std::array<std::string_view, 6> arcs{"calculationArc", "definitionArc", "footnoteArc", "labelArc", "presentationArc", "referenceArc"};
constexpr std::array<std::string_view, 23> label_roles{
    "label",           "terseLabel",           "verboseLabel",         "positiveLabel",     "positiveTerseLabel", "positiveVerboseLabel",
    "negativeLabel",   "negativeTerseLabel",   "negativeVerboseLabel", "zeroLabel",         "zeroTerseLabel",     "zeroVerboseLabel",
    "totalLabel",      "periodStartLabel",     "periodEndLabel",       "documentation",     "definitionGuidance", "disclosureGuidance",
    "presentationGuidance", "measurementGuidance", "commentaryGuidance", "exampleGuidance", ""};
constexpr std::array<std::string_view, 10> reference_roles{"reference",           "definitionRef",           "disclosureRef",
                                                           "mandatoryDisclosureRef", "recommendedDisclosureRef", "unspecifiedDisclosureRef",
                                                           "presentationRef",     "measurementRef",          "commentaryRef",
                                                           "exampleRef"};
constexpr std::array<std::string_view, 5> reference_kinds{"calculationLinkbaseRef", "definitionLinkbaseRef", "labelLinkbaseRef",
                                                          "presentationLinkbaseRef", "referenceLinkbaseRef"};

template <class List>
bool holds(const List& list, std::string_view what) {
  return !what.empty() && std::find(list.begin(), list.end(), what) != list.end();
}

std::string_view own_part(std::string_view role) {
  return role.starts_with(role_prefix) ? role.substr(role_prefix.size()) : std::string_view();
}

}  // namespace

bool is_standard_link(const xml::QName& name) { return name.ns == ns::link && holds(links, name.local); }
bool is_standard_arc(const xml::QName& name) { return name.ns == ns::link && holds(arcs, name.local); }
bool is_standard_resource(const xml::QName& name) {
  return name.ns == ns::link && (name.local == "label" || name.local == "reference" || name.local == "footnote");
}

bool is_standard_role(std::string_view role, const xml::QName& element) {
  const std::string_view own = own_part(role);
  if (is_standard_link(element)) return own == "link";
  if (element.local == "label") return holds(label_roles, own);
  if (element.local == "reference") return holds(reference_roles, own);
  return element.local == "footnote" && own == "footnote";
}

bool is_standard_role(std::string_view role) {
  const std::string_view own = own_part(role);
  return own == "link" || own == "footnote" || holds(label_roles, own) || holds(reference_roles, own) || holds(reference_kinds, own);
}

std::string_view arc_of(std::string_view arcrole) {
  if (arcrole == summation_item) return "calculationArc";
  if (arcrole == parent_child) return "presentationArc";
  if (arcrole == concept_label) return "labelArc";
  if (arcrole == concept_reference) return "referenceArc";
  if (arcrole == fact_footnote) return "footnoteArc";
  const bool definition = arcrole == general_special || arcrole == essence_alias || arcrole == similar_tuples || arcrole == requires_element;
  return definition ? std::string_view("definitionArc") : std::string_view();
}

std::string_view link_of_reference_role(std::string_view role) {
  const std::string_view own = own_part(role);
  for (std::size_t i = 0; i < reference_kinds.size(); ++i) {
    if (own != reference_kinds[i]) continue;
    static constexpr std::array<std::string_view, 5> kinds{"calculationLink", "definitionLink", "labelLink", "presentationLink", "referenceLink"};
    return kinds[i];
  }
  return {};
}

}  // namespace factpress::validate::names
