#include "taxonomy/taxonomy.h"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.h"
#include "taxonomy/schema/schema_set.h"
#include "taxonomy/snapshot/frozen.h"

namespace factpress::taxonomy {

Taxonomy::Taxonomy() = default;
Taxonomy::~Taxonomy() = default;

std::string_view Taxonomy::local_name(const Concept& c) const { return schemas_->elements().name(c.declaration); }

ConceptId Taxonomy::find_concept(xml::NsId ns, std::string_view local) const {
  if (concept_table_.empty()) return no_id;
  const std::size_t mask = concept_table_.size() - 1;
  for (std::size_t at = xml::hash_name(ns, local) & mask;; at = (at + 1) & mask) {
    const std::uint32_t id = concept_table_[at];
    if (id == no_id) break;
    if (concepts_[id].ns == ns && local_name(concepts_[id]) == local) return id;
  }
  for (const FrozenConcepts& f : frozen_concepts_) {
    if (f.document->target() != ns) continue;
    const std::uint32_t element = f.document->find_index(local);
    const std::uint32_t rank = element == no_id ? no_id : f.document->concept_rank(element);
    if (rank != no_id) return f.begin + rank;
  }
  return no_id;
}

std::string Taxonomy::display_name(const xml::QName& name) const {
  for (const auto& [ns, prefix] : prefixes_) {
    if (ns == name.ns) return prefix.empty() ? std::string(name.local) : fmt::format("{}:{}", prefix, name.local);
  }
  return xml::to_string(name);
}

std::string Taxonomy::display_name(ConceptId id) const {
  return display_name(xml::QName{concepts_[id].ns, local_name(concepts_[id])});
}

std::span<const Relationship> Taxonomy::outgoing(const Network& n, NodeId from) const {
  const auto all = relationships(n);
  const auto [first, last] = std::equal_range(all.begin(), all.end(), Relationship{.from = from},
                                              [](const Relationship& a, const Relationship& b) { return a.from < b.from; });
  return {first, last};
}

std::span<const std::uint32_t> Taxonomy::incoming(const Network& n, NodeId to) const {
  const auto all = std::span(by_target_).subspan(n.begin, n.end - n.begin);
  const auto first = std::partition_point(all.begin(), all.end(), [&](std::uint32_t i) { return relationships_[i].to < to; });
  const auto last = std::partition_point(first, all.end(), [&](std::uint32_t i) { return relationships_[i].to == to; });
  return {first, last};
}

std::vector<const Network*> Taxonomy::networks_of(std::string_view arcrole) const {
  std::vector<const Network*> found;
  const UriId id = strings_.find(arcrole);
  if (id == no_id) return found;
  for (const Network& n : networks_) {
    if (n.arcrole == id) found.push_back(&n);
  }
  return found;
}

const Network* Taxonomy::find_network(UriId arcrole, UriId role) const {
  const auto it = network_table_.find((std::uint64_t{arcrole} << 32) | role);
  return it == network_table_.end() ? nullptr : &networks_[it->second];
}

void Taxonomy::add_network(const Network& n) {
  const std::uint64_t name = (std::uint64_t{n.arcrole} << 32) | n.role;
  const auto index = static_cast<std::uint32_t>(networks_.size());
  // Where custom arcs share both roles, the name means the network of the standard arcs.
  if (!network_table_.try_emplace(name, index).second && n.arc_ns == xml::ns::link) network_table_[name] = index;
  networks_.push_back(n);
}

const RoleDeclaration* Taxonomy::find_role(UriId uri, bool arcrole) const {
  for (const RoleDeclaration& r : roles_) {
    if (r.uri == uri && r.is_arcrole == arcrole) return &r;
  }
  return nullptr;
}

std::string_view Taxonomy::label(ConceptId id, const LabelQuery& query) const {
  const NodeId node = concepts_[id].node;
  const UriId role = strings_.find(query.role);
  if (node == no_id || role == no_id) return {};
  for (const Network* n : networks_of("http://www.xbrl.org/2003/arcrole/concept-label")) {
    for (const Relationship& r : outgoing(*n, node)) {
      if (nodes_[r.to].kind != NodeKind::resource) continue;
      const Resource& label = resources_[nodes_[r.to].index];
      const std::string_view lang = strings_.get(label.lang);
      const bool fits = query.lang.empty() || iequals(lang, query.lang) ||
                        (lang.size() > query.lang.size() && lang[query.lang.size()] == '-' && istarts_with(lang, query.lang));
      if (label.role == role && fits) return strings_.get(label.text);
    }
  }
  return {};
}

Place Taxonomy::place(std::uint32_t document, std::uint32_t offset) const {
  if (document >= documents_.size()) return {};
  const Text& text = documents_[document];
  if (!text.deferred) return {text.source, {offset, offset}};
  const auto& parsed = text.deferred->document();
  return {parsed ? parsed->source() : nullptr, {offset, offset}};
}

}  // namespace factpress::taxonomy
