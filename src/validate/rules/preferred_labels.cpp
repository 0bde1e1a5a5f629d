// XBRL 2.1 §5.2.4.2.1: a preferred label must exist.
#include <algorithm>
#include <vector>

#include <fmt/core.h>

#include "diag/codes/xbrl.h"
#include "validate/names.h"
#include "validate/rules.h"

namespace factpress::validate::rules {
using taxonomy::NodeKind;
using taxonomy::Relationship;

namespace {

std::uint64_t key(taxonomy::NodeId node, taxonomy::UriId role) { return (std::uint64_t{node} << 32) | role; }

}  // namespace

void preferred_labels(DtsCheck& c) {
  const auto presentations = c.taxonomy.networks_of(names::parent_child);
  const auto wants = [&](const taxonomy::Network* n) {
    for (const Relationship& r : c.taxonomy.relationships(*n)) {
      if (r.preferred_label != taxonomy::no_id) return true;
    }
    return false;
  };
  if (std::none_of(presentations.begin(), presentations.end(), wants)) return;
  std::vector<std::uint64_t> labels;
  for (const taxonomy::Network* n : c.taxonomy.networks_of(names::concept_label)) {
    for (const Relationship& r : c.taxonomy.relationships(*n)) {
      const taxonomy::Node& to = c.taxonomy.node(r.to);
      if (to.kind == NodeKind::resource) labels.push_back(key(r.from, c.taxonomy.resources()[to.index].role));
    }
  }
  std::sort(labels.begin(), labels.end());
  const auto has_label = [&labels](std::uint64_t k) { return std::binary_search(labels.begin(), labels.end(), k); };
  for (const taxonomy::Network* n : presentations) {
    for (const Relationship& r : c.taxonomy.relationships(*n)) {
      if (r.preferred_label == taxonomy::no_id || c.taxonomy.uri(r.preferred_label).empty() || has_label(key(r.to, r.preferred_label))) continue;
      const taxonomy::ConceptId id = c.taxonomy.concept_of(r.to);
      if (id == taxonomy::no_id) continue;
      c.sink.add({diag::codes::xbrl_preferred_label, c.taxonomy.place(r.document, r.offset),
                  fmt::format("{} has no label of the role {} that this arc prefers", c.taxonomy.display_name(id), c.taxonomy.uri(r.preferred_label))});
    }
  }
}

}  // namespace factpress::validate::rules
