#pragma once
#include <string_view>

#include "xbrl/names.h"
#include "xml/names.h"

/// The vocabulary of XBRL 2.1 that the rules ask for: which roles and arcroles the specification itself defines, and where.
namespace factpress::validate::names {

inline constexpr std::string_view role_link = xbrl::role::link;
inline constexpr std::string_view role_prefix = "http://www.xbrl.org/2003/role/";
inline constexpr std::string_view arcrole_prefix = "http://www.xbrl.org/2003/arcrole/";
inline constexpr std::string_view arcrole_linkbase = xbrl::arcrole::linkbase;
using xbrl::arcrole::summation_item;
using xbrl::arcrole::summation_item_11;
using xbrl::arcrole::parent_child;
using xbrl::arcrole::concept_label;
using xbrl::arcrole::concept_reference;
using xbrl::arcrole::fact_footnote;
using xbrl::arcrole::general_special;
using xbrl::arcrole::essence_alias;
using xbrl::arcrole::similar_tuples;
using xbrl::arcrole::requires_element;

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
