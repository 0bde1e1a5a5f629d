// XBRL 2.1 §5.2.6.2.2: an alias says the same as its essence.
#include <map>
#include <unordered_map>
#include <vector>

#include <fmt/core.h>

#include "diag/codes/xbrl.h"
#include "validate/instance_check.h"
#include "validate/names.h"

namespace factpress::validate::rules {
using taxonomy::ConceptId;
using taxonomy::no_id;

namespace {

/// Facts of one concept by parent and context: what p-equal and c-equal facts share.
using Scope = std::map<std::uint64_t, std::vector<std::size_t>>;
std::uint64_t scope_key(const InstanceCheck& c, std::size_t fact) {
  return (std::uint64_t{c.instance.facts()[fact].parent} << 32) | c.rows[fact].context_class;
}

void compare(InstanceCheck& c, std::size_t essence, std::size_t alias, const taxonomy::Relationship& r) {
  const bool same_unit = c.rows[essence].unit_class == c.rows[alias].unit_class;
  if (same_unit && c.values_equal(essence, alias)) return;
  c.sink.add(diag::Diagnostic(diag::codes::xbrl_essence_alias, c.place(alias),
                              same_unit ? fmt::format("{} says '{}' but {}, which it is to agree with, says '{}'", c.name_of(alias), c.text(alias),
                                                      c.name_of(essence), c.text(essence))
                                        : fmt::format("{} and {} are to agree but have different units", c.name_of(alias), c.name_of(essence)))
                 .with(c.place(essence), "the other fact")
                 .with(c.taxonomy.place(r.document, r.offset), "related here"));
}

}  // namespace

void essence_alias(InstanceCheck& c) {
  const auto networks = c.taxonomy.networks_of(names::essence_alias);
  if (networks.empty()) return;
  std::unordered_map<ConceptId, Scope> facts;
  for (const taxonomy::Network* n : networks) {
    for (const taxonomy::Relationship& r : c.taxonomy.relationships(*n)) {
      facts.try_emplace(c.taxonomy.concept_of(r.from));
      facts.try_emplace(c.taxonomy.concept_of(r.to));
    }
  }
  for (std::size_t i = 0; i < c.rows.size(); ++i) {
    const auto it = facts.find(c.rows[i].concept_id);
    if (it != facts.end() && !c.instance.facts()[i].nil && c.rows[i].context_class != instance::no_id) it->second[scope_key(c, i)].push_back(i);
  }
  for (const taxonomy::Network* n : networks) {
    for (const taxonomy::Relationship& r : c.taxonomy.relationships(*n)) {
      const Scope& essences = facts[c.taxonomy.concept_of(r.from)];
      const Scope& aliases = facts[c.taxonomy.concept_of(r.to)];
      for (const auto& [key, found] : aliases) {
        const auto other = essences.find(key);
        if (other == essences.end()) continue;
        // Duplicates of one concept are told by the rule on duplicates: each alias is held against the first essence.
        for (const std::size_t alias : found) compare(c, other->second.front(), alias, r);
      }
    }
  }
}

}  // namespace factpress::validate::rules
