// Dimensions 1.0 §2.1.2, §2.7: dimensional relationship sets as wholes: cycles across roles, polymorphism.
#include <algorithm>
#include <unordered_set>

#include <fmt/core.h>

#include "diag/codes/dimensions.h"
#include "validate/graph.h"
#include "validate/rules.h"

namespace factpress::validate::rules {
namespace codes = diag::codes;
using taxonomy::Cube;
using taxonomy::Relationship;

namespace {

/// The same item as a primary item and as a member of a dimension of one hypercube.
void check_polymorphism(DtsCheck& c, const Cube& cube) {
  for (const taxonomy::CubeDimension& d : cube.dimensions) {
    if (d.domain == taxonomy::no_id) continue;
    for (const taxonomy::ConceptId member : c.dimensions.domains()[d.domain].usable) {
      if (!std::binary_search(cube.primary_items.begin(), cube.primary_items.end(), member)) continue;
      const Relationship& r = c.taxonomy.relationships()[cube.relationship];
      c.sink.add({codes::dimensions_polymorphism, c.taxonomy.place(r.document, r.offset),
                  fmt::format("{} is a primary item of {} and a member of its dimension {}", c.taxonomy.display_name(member),
                              c.taxonomy.display_name(cube.hypercube), c.taxonomy.display_name(d.dimension))});
      return;
    }
  }
}

/// dimension-domain relationships allow no cycles at all, taken over the whole set of one hypercube.
void check_undirected(DtsCheck& c, const Cube& cube) {
  std::vector<Relationship> relationships;
  std::unordered_set<std::uint32_t> seen;
  for (const taxonomy::CubeDimension& d : cube.dimensions) {
    if (d.domain == taxonomy::no_id) continue;
    for (const std::uint32_t index : c.dimensions.domains()[d.domain].domain_relationships) {
      if (seen.insert(index).second) relationships.push_back(c.taxonomy.relationships()[index]);
    }
  }
  if (const auto closing = find_undirected_cycle(relationships)) {
    const Relationship& r = relationships[*closing];
    c.sink.add({codes::dimensions_undirected_cycle, c.taxonomy.place(r.document, r.offset),
                fmt::format("the domains of the dimensions of {} form an undirected cycle", c.taxonomy.display_name(cube.hypercube))});
  }
}

}  // namespace

void dimension_sets(DtsCheck& c) {
  std::unordered_set<std::uint32_t> told;
  for (const Cube& cube : c.dimensions.cubes()) {
    check_polymorphism(c, cube);
    check_undirected(c, cube);
    for (const taxonomy::CubeDimension& d : cube.dimensions) {
      if (d.domain == taxonomy::no_id || !told.insert(d.domain).second) continue;
      const std::uint32_t cycle = c.dimensions.domains()[d.domain].directed_cycle;
      if (cycle == taxonomy::no_id) continue;
      const Relationship& r = c.taxonomy.relationships()[cycle];
      c.sink.add({codes::dimensions_directed_cycle, c.taxonomy.place(r.document, r.offset),
                  fmt::format("the members of {} lead back to themselves", c.taxonomy.display_name(d.dimension))});
    }
  }
}

}  // namespace factpress::validate::rules
