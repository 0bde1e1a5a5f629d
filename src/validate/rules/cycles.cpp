// XBRL 2.1 §3.5.3.9.7.3, §5.1.4.3, §5.2: which cycles the arcroles allow in their networks.
#include <algorithm>
#include <numeric>
#include <unordered_map>

#include <fmt/core.h>

#include "diag/codes/xbrl.h"
#include "validate/graph.h"
#include "validate/names.h"
#include "validate/rules.h"

namespace factpress::validate::rules {
namespace codes = diag::codes;
namespace ns = xml::ns;
using taxonomy::Cycles;
using taxonomy::Network;
using taxonomy::Relationship;

namespace {

Cycles allowed(const DtsCheck& c, const Network& n) {
  const std::string_view arcrole = c.taxonomy.uri(n.arcrole);
  if (arcrole == names::parent_child || arcrole == names::general_special || arcrole == names::essence_alias) return Cycles::undirected;
  if (const taxonomy::RoleDeclaration* role = c.taxonomy.find_role(n.arcrole, true)) return role->cycles;
  return Cycles::any;
}

std::string node_name(const DtsCheck& c, taxonomy::NodeId id) {
  const taxonomy::ConceptId concept_id = c.taxonomy.concept_of(id);
  return concept_id == taxonomy::no_id ? "a resource" : c.taxonomy.display_name(concept_id);
}

void report(DtsCheck& c, const Network& n, const Relationship& closing, std::string_view kind) {
  c.sink.add({codes::xbrl_cycle, c.taxonomy.place(closing.document, closing.offset),
              fmt::format("{} to {} closes {} cycle, which {} does not allow (role {})", node_name(c, closing.from), node_name(c, closing.to),
                          kind, c.taxonomy.uri(n.arcrole), c.taxonomy.uri(n.role))});
}

}  // namespace

void cycles(DtsCheck& c) {
  for (const Network& n : c.taxonomy.networks()) {
    // Arcs of the standard and of the generic linkbases; custom arcs have no rules here.
    if (n.arc_ns != ns::link && n.arc_ns != ns::gen) continue;
    const Cycles limit = allowed(c, n);
    if (limit == Cycles::any) continue;
    const auto relationships = c.taxonomy.relationships(n);
    if (const auto closing = find_directed_cycle(relationships)) {
      report(c, n, relationships[*closing], "a directed");
    } else if (limit == Cycles::none) {
      if (const auto undirected = find_undirected_cycle(relationships)) report(c, n, relationships[*undirected], "an undirected");
    }
  }
}

}  // namespace factpress::validate::rules
