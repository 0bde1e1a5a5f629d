#pragma once
#include <string_view>

#include "xml/names.h"

/// The vocabulary of XBRL 2.1 that the rules ask for: which roles and arcroles the specification itself defines, and where.
namespace factpress::validate::names {

inline constexpr std::string_view role_link = "http://www.xbrl.org/2003/role/link";
inline constexpr std::string_view role_prefix = "http://www.xbrl.org/2003/role/";
inline constexpr std::string_view arcrole_prefix = "http://www.xbrl.org/2003/arcrole/";
inline constexpr std::string_view arcrole_linkbase = "http://www.w3.org/1999/xlink/properties/linkbase";
inline constexpr std::string_view summation_item = "http://www.xbrl.org/2003/arcrole/summation-item";
inline constexpr std::string_view summation_item_11 = "https://xbrl.org/2023/arcrole/summation-item";
inline constexpr std::string_view parent_child = "http://www.xbrl.org/2003/arcrole/parent-child";
inline constexpr std::string_view concept_label = "http://www.xbrl.org/2003/arcrole/concept-label";
inline constexpr std::string_view concept_reference = "http://www.xbrl.org/2003/arcrole/concept-reference";
inline constexpr std::string_view fact_footnote = "http://www.xbrl.org/2003/arcrole/fact-footnote";
inline constexpr std::string_view general_special = "http://www.xbrl.org/2003/arcrole/general-special";
inline constexpr std::string_view essence_alias = "http://www.xbrl.org/2003/arcrole/essence-alias";
inline constexpr std::string_view similar_tuples = "http://www.xbrl.org/2003/arcrole/similar-tuples";
inline constexpr std::string_view requires_element = "http://www.xbrl.org/2003/arcrole/requires-element";

/// One of the extended links that the specification defines.
bool is_standard_link(const xml::QName& name);
/// One of its arcs, resources and locators.
bool is_standard_arc(const xml::QName& name);
bool is_standard_resource(const xml::QName& name);
/// True for a role that the specification defines for that element (a link, label, reference or footnote).
bool is_standard_role(std::string_view role, const xml::QName& element);
/// A role of the specification's own, wherever it may be used.
bool is_standard_role(std::string_view role);
/// The arc element that a standard arcrole belongs to, or empty for an arcrole that is not standard.
std::string_view arc_of(std::string_view arcrole);
/// The kind of extended link that a standard linkbaseRef role promises ("calculationLink"), or empty.
std::string_view link_of_reference_role(std::string_view role);

}  // namespace factpress::validate::names
