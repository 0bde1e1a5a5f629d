// XBRL 2.1 §3.5.3: extended links of linkbases: roles, locators, resources, arcs.
#include "validate/rules/extended_links.h"

#include <algorithm>
#include <memory>
#include <unordered_set>
#include <vector>

#include <fmt/core.h>

#include "diag/codes/dimensions.h"
#include "diag/codes/xbrl.h"
#include "validate/names.h"
#include "validate/rules/role_references.h"

namespace factpress::validate::rules {
namespace codes = diag::codes;
namespace ns = xml::ns;
using taxonomy::Arc;
using taxonomy::ExtendedLink;
using taxonomy::LinkEnd;
using taxonomy::PointerError;

namespace {

std::string_view words(PointerError error) {
  switch (error) {
    case PointerError::scheme_not_allowed: return "uses an XPointer scheme other than element()";
    case PointerError::malformed: return "is neither a shorthand pointer nor a sequence of element() schemes";
    default: return "leads to no element";
  }
}

/// §5.2.2.1, §5.2.3.1, §5.2.4.1, §5.2.5.1, §5.2.6.1: concepts; in label and reference links also the resources that an arc may
/// prohibit. Footnote links have a rule of their own.
bool points_well(DtsCheck& c, const ExtendedLink& link, const LinkEnd& end) {
  if (end.node == taxonomy::no_id) return true;
  const taxonomy::NodeKind node = c.taxonomy.node(end.node).kind;
  if (node == taxonomy::NodeKind::concept_node) return true;
  const std::string_view kind = link.element.local_name();
  if (!names::is_standard_link(link.element.qname()) || kind == "footnoteLink") return true;
  return node == taxonomy::NodeKind::resource && (kind == "labelLink" || kind == "referenceLink");
}

void check_locator(DtsCheck& c, const ExtendedLink& link, const LinkEnd& end) {
  const auto href = [&] { return taxonomy::read_xlink(end.element).href; };
  if (!end.element.is(ns::link, "loc") && names::is_standard_link(link.element.qname())) {
    c.sink.add({codes::xbrl_locator, end.element.place(),
                fmt::format("{} is used as a locator; {} elements may hold link:loc alone", end.element.raw_name(), link.element.raw_name())});
  }
  if (end.target.error != PointerError::none) {
    c.sink.add({codes::xbrl_locator, end.element.place(), fmt::format("the locator '{}' {}", href(), words(end.target.error))});
  } else if (!points_well(c, link, end)) {
    c.sink.add({codes::xbrl_locator, end.element.place(),
                fmt::format("the locator '{}' leads to {}, but locators of a {} point to concepts", href(),
                            end.target.element ? end.target.element.raw_name() : std::string_view("nothing"), link.element.raw_name())});
  }
}

void check_role(DtsCheck& c, const RoleScope& scope, std::string_view role, const xml::Element& element) {
  if (names::is_standard_role(role, element.qname()) || role.empty()) return;
  if (names::is_standard_role(role)) {
    c.sink.add({codes::xbrl_role_misused, element.place(), fmt::format("the standard role {} is not meant for {}", role, element.raw_name())});
    return;
  }
  scope.require(c, role, false, element);
}

/// By its two ends.
std::uint64_t key_of(const Arc& arc) { return (std::uint64_t{arc.from} << 32) | arc.to; }

bool has_arcs_alike(const ExtendedLink& link) {
  std::vector<std::uint64_t> pairs;
  pairs.reserve(link.arcs.size());
  for (const Arc& arc : link.arcs) pairs.push_back(key_of(arc));
  std::sort(pairs.begin(), pairs.end());
  return std::adjacent_find(pairs.begin(), pairs.end()) != pairs.end();
}

void check_arcs(DtsCheck& c, const ExtendedLink& link) {
  const bool alike = has_arcs_alike(link);  // most links have none, and need no table of them
  std::unordered_set<std::uint64_t> pairs;
  for (const Arc& arc : link.arcs) {
    if (arc.from == taxonomy::none || arc.to == taxonomy::none) {
      c.sink.add({codes::xbrl_arc_end, arc.element.place(),
                  fmt::format("no locator or resource of this link has the label '{}'", arc.from == taxonomy::none ? arc.from_label : arc.to_label)});
    } else if (alike && !pairs.insert(key_of(arc)).second) {
      c.sink.add({codes::xbrl_arc_duplicate, arc.element.place(),
                  fmt::format("two arcs of one link go from '{}' to '{}'", arc.from_label, arc.to_label)});
    }
  }
}

/// Dimensions 1.0 §2.1.2.2: the role in which a chain goes on is brought in like any other.
void check_target_role(DtsCheck& c, const RoleScope& scope, const Arc& arc) {
  if (!arc.element.is(ns::link, "definitionArc")) return;
  const auto target = arc.element.attribute(ns::xbrldt, "targetRole");
  if (!target || !schema::typed_value(c.schemas, {}, target, arc.element)) return;  // no URI: the schema says so
  const std::string_view role = xml::trim_xml_space(target.value());
  if (role.empty() || role == names::role_link || scope.declares(role)) return;
  c.sink.add({codes::dimensions_target_role, target.place(), fmt::format("the linkbase has no roleRef for the target role {}", role)});
}

}  // namespace

void check_link(DtsCheck& c, const RoleScope& scope, const ExtendedLink& link) {
  const bool standard = names::is_standard_link(link.element.qname());
  if (standard) check_role(c, scope, link.role, link.element);
  for (const LinkEnd& end : link.ends) {
    if (end.is_locator) {
      check_locator(c, link, end);
    } else if (names::is_standard_resource(end.element.qname())) {
      check_role(c, scope, end.role, end.element);
    }
  }
  check_arcs(c, link);
  for (const Arc& arc : link.arcs) {
    check_target_role(c, scope, arc);
    // Custom arcs are bound by the specifications that define them, not by this one (§5.1.4.5).
    if (!names::is_standard_arc(arc.element.qname()) || arc.arcrole.empty()) continue;
    const std::string_view element = names::arc_of(arc.arcrole);
    if (element.empty()) {
      scope.require(c, arc.arcrole, true, arc.element);
    } else if (element != arc.element.local_name()) {
      c.sink.add({codes::xbrl_arcrole_misused, arc.element.place(),
                  fmt::format("the standard arcrole {} belongs on {}, not on {}", arc.arcrole, element, arc.element.raw_name())});
    }
  }
}

void extended_links(DtsCheck& c) {
  std::uint32_t current = taxonomy::none;
  std::unique_ptr<RoleScope> scope;
  const auto& linkbases = c.discovery.linkbases();
  const auto enter = [&](std::uint32_t linkbase) {
    scope = std::make_unique<RoleScope>(c, c.discovery.follower(linkbases[linkbase].document), linkbases[linkbase].element);
    current = linkbase;
  };
  // Every linkbase is entered once, also one without links: its references count.
  for (const ExtendedLink& link : c.links) {
    while (current == taxonomy::none || current < link.linkbase) enter(current == taxonomy::none ? 0 : current + 1);
    check_link(c, *scope, link);
  }
  while (current == taxonomy::none ? !linkbases.empty() : current + 1 < linkbases.size()) enter(current == taxonomy::none ? 0 : current + 1);
}

}  // namespace factpress::validate::rules
