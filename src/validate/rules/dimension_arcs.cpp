// Dimensions 1.0 §2.2.2, §2.3, §2.5.3, §2.6: what the dimensional arcroles may connect.
#include <unordered_map>

#include <fmt/core.h>

#include "diag/codes/dimensions.h"
#include "validate/rules.h"

namespace factpress::validate::rules {
namespace codes = diag::codes;
namespace dimensional = taxonomy::dimensional;
using taxonomy::Concept;
using taxonomy::ConceptKind;
using taxonomy::Relationship;

namespace {

enum class Side : std::uint8_t { primary, hypercube, dimension, explicit_dimension };

struct Arcrole {
  std::string_view uri;
  Side source;
  const diag::CodeInfo& source_code;
  Side target;
  const diag::CodeInfo& target_code;
};

const Arcrole arcroles[] = {
    {dimensional::all, Side::primary, codes::dimensions_has_hypercube_source, Side::hypercube, codes::dimensions_has_hypercube_target},
    {dimensional::not_all, Side::primary, codes::dimensions_has_hypercube_source, Side::hypercube, codes::dimensions_has_hypercube_target},
    {dimensional::hypercube_dimension, Side::hypercube, codes::dimensions_hypercube_dimension_source, Side::dimension, codes::dimensions_hypercube_dimension_target},
    {dimensional::dimension_domain, Side::explicit_dimension, codes::dimensions_dimension_domain_source, Side::primary, codes::dimensions_dimension_domain_target},
    {dimensional::domain_member, Side::primary, codes::dimensions_domain_member_source, Side::primary, codes::dimensions_domain_member_target},
    {dimensional::dimension_default, Side::explicit_dimension, codes::dimensions_dimension_default_source, Side::primary, codes::dimensions_dimension_default_target},
};

std::string_view words(Side side) {
  switch (side) {
    case Side::primary: return "an item that is neither hypercube nor dimension";
    case Side::hypercube: return "a hypercube";
    case Side::dimension: return "a dimension";
    case Side::explicit_dimension: return "an explicit dimension";
  }
  return {};
}

bool fits(const DtsCheck& c, Side side, taxonomy::ConceptId id) {
  if (id == taxonomy::no_id) return false;
  const Concept& x = c.taxonomy.concept_at(id);
  switch (side) {
    case Side::primary: return x.kind == ConceptKind::item;
    case Side::hypercube: return x.kind == ConceptKind::hypercube;
    case Side::dimension: return x.kind == ConceptKind::dimension;
    case Side::explicit_dimension: return x.kind == ConceptKind::dimension && !c.dimensions.find_dimension(id)->typed;
  }
  return false;
}

void check_end(DtsCheck& c, const Arcrole& a, const Relationship& r, bool source) {
  const taxonomy::ConceptId id = c.taxonomy.concept_of(source ? r.from : r.to);
  const Side side = source ? a.source : a.target;
  if (fits(c, side, id)) return;
  c.sink.add({source ? a.source_code : a.target_code, c.taxonomy.place(r.document, r.offset),
              fmt::format("the {} of a {} relationship must be {}, which {} is not", source ? "source" : "target", a.uri.substr(a.uri.rfind('/') + 1),
                          words(side), id == taxonomy::no_id ? std::string("this") : c.taxonomy.display_name(id))});
}

/// §2.6.2: one default a dimension, in whatever role.
void check_defaults(DtsCheck& c) {
  std::unordered_map<taxonomy::NodeId, taxonomy::NodeId> defaults;
  for (const taxonomy::Network* n : c.taxonomy.networks_of(dimensional::dimension_default)) {
    for (const Relationship& r : c.taxonomy.relationships(*n)) {
      const auto [it, fresh] = defaults.try_emplace(r.from, r.to);
      if (fresh || it->second == r.to) continue;
      c.sink.add({codes::dimensions_too_many_defaults, c.taxonomy.place(r.document, r.offset), "this dimension has another default member already"});
    }
  }
}

}  // namespace

void dimension_arcs(DtsCheck& c) {
  for (const Arcrole& a : arcroles) {
    for (const taxonomy::Network* n : c.taxonomy.networks_of(a.uri)) {
      for (const Relationship& r : c.taxonomy.relationships(*n)) {
        check_end(c, a, r, true);
        check_end(c, a, r, false);
        if ((a.uri == dimensional::all || a.uri == dimensional::not_all) && r.context_element == taxonomy::ContextElement::unstated) {
          c.sink.add({codes::dimensions_missing_context_element, c.taxonomy.place(r.document, r.offset), "a has-hypercube arc must say xbrldt:contextElement"});
        }
      }
    }
  }
  check_defaults(c);
}

}  // namespace factpress::validate::rules
