#include "taxonomy/dimensions.h"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "taxonomy/discovery.h"
#include "taxonomy/schema/schema_set.h"

namespace factpress::taxonomy {
namespace ns = xml::ns;

namespace {

std::uint64_t key(std::uint32_t a, std::uint32_t b) { return (std::uint64_t{a} << 32) | b; }

/// The role in which consecutive relationships are looked for (Dimensions 1.0 §2.1.2).
UriId next_role(const Relationship& r, UriId role) { return r.target_role == no_id ? role : r.target_role; }

/// Walks domain-member relationships from a start, following target roles; calls `meet` for every relationship on the way,
/// each state of concept and role once.
class MemberWalk {
 public:
  explicit MemberWalk(const Taxonomy& t) : t_(t), arcrole_(t.find_uri(dimensional::domain_member)) {}

  template <class Meet>
  void from(ConceptId start, UriId role, Meet meet) {
    push(start, role);
    while (!path_.empty()) {
      Step& step = path_.back();
      if (step.next == step.out.size()) {
        path_.pop_back();
        continue;
      }
      const Relationship& r = step.out[step.next++];
      const UriId role_of_step = step.role;
      const ConceptId member = t_.concept_of(r.to);
      if (member == no_id) continue;
      meet(r, member);
      push(member, next_role(r, role_of_step));
    }
  }

 private:
  struct Step {
    ConceptId concept_id;
    UriId role;
    std::span<const Relationship> out;
    std::size_t next = 0;
  };
  void push(ConceptId id, UriId role) {
    if (!seen_.insert(key(id, role)).second) return;
    Step step{id, role, {}, 0};
    const Network* n = arcrole_ == no_id ? nullptr : t_.find_network(arcrole_, role);
    if (n && t_.concept_at(id).node != no_id) step.out = t_.outgoing(*n, t_.concept_at(id).node);
    path_.push_back(step);
  }

  const Taxonomy& t_;
  UriId arcrole_;
  std::vector<Step> path_;
  std::unordered_set<std::uint64_t> seen_;
};

/// The relationship that closes a directed cycle among those of one dimension, taken together whatever their roles, or no_id.
std::uint32_t find_cycle(const Taxonomy& t, const std::vector<std::uint32_t>& relationships) {
  std::unordered_map<ConceptId, std::vector<std::uint32_t>> out;
  for (const std::uint32_t i : relationships) out[t.concept_of(t.relationships()[i].from)].push_back(i);
  std::unordered_map<ConceptId, bool> open;  // on the path; false once left
  for (const std::uint32_t first : relationships) {
    const ConceptId start = t.concept_of(t.relationships()[first].from);
    if (open.contains(start)) continue;
    std::vector<std::pair<ConceptId, std::size_t>> path{{start, 0}};
    open[start] = true;
    while (!path.empty()) {
      auto& [at, next] = path.back();
      const auto it = out.find(at);
      if (it == out.end() || next == it->second.size()) {
        open[at] = false;
        path.pop_back();
        continue;
      }
      const std::uint32_t edge = it->second[next++];
      const ConceptId to = t.concept_of(t.relationships()[edge].to);
      const auto known = open.find(to);
      if (known == open.end()) {
        open[to] = true;
        path.push_back({to, 0});
      } else if (known->second) {
        return edge;
      }
    }
  }
  return no_id;
}

std::span<const Relationship> outgoing(const Taxonomy& t, std::string_view arcrole, UriId role, ConceptId from) {
  const UriId id = t.find_uri(arcrole);
  const Network* n = id == no_id ? nullptr : t.find_network(id, role);
  const NodeId node = t.concept_at(from).node;
  return n && node != no_id ? t.outgoing(*n, node) : std::span<const Relationship>{};
}

/// The xbrldt:typedDomainRef of an element by its number. A frozen one tells it without its text, and without being made.
std::optional<std::string_view> typed_domain_ref(const schema::SchemaSet& schemas, std::uint32_t number) {
  const auto& run = schemas.run_of(number);
  if (!run.frozen) {
    const auto ref = schemas.elements()[number]->source.attribute(ns::xbrldt, "typedDomainRef");
    return ref ? std::optional(ref.value()) : std::nullopt;
  }
  for (const auto& [element, ref] : run.frozen->typed_domains())
    if (run.begin + element == number) return ref;
  return std::nullopt;
}

/// The global element that stands there, if one does.
const schema::ElementDecl* declared_at(const schema::SchemaSet& schemas, const Target& target) {
  const auto elements = schemas.elements();
  const schema::ElementDecl* found = nullptr;
  for (const auto& run : schemas.runs()) {
    if (run.frozen) {
      if (run.frozen == target.element.deferred() && target.declared != no_id) found = &run.frozen->element(target.declared);
      continue;
    }
    for (std::uint32_t i = run.begin; i < run.begin + run.count; ++i)
      if (elements[i]->source == target.element) found = elements[i];
  }
  return found;
}

}  // namespace

bool Domain::contains(ConceptId member) const { return std::binary_search(usable.begin(), usable.end(), member); }

DimensionModel::DimensionModel(const Taxonomy& taxonomy, const Discovery& discovery) : taxonomy_(&taxonomy) {
  read_dimensions(discovery);
  read_defaults();
  read_cubes();
}

void DimensionModel::read_dimensions(const Discovery& discovery) {
  const schema::SchemaSet& schemas = taxonomy_->schemas();
  for (ConceptId id = 0; id < taxonomy_->concepts().size(); ++id) {
    const Concept& c = taxonomy_->concept_at(id);
    if (c.kind != ConceptKind::dimension) continue;
    Dimension d;
    d.concept_id = id;
    if (const auto ref = typed_domain_ref(schemas, c.declaration)) {
      d.typed = true;
      const xml::Element at = schemas.run_of(c.declaration).frozen ? xml::Element() : schemas.elements()[c.declaration]->source.get();
      const Target target = discovery.follow(c.document, at, *ref);
      if (target.element && target.has_fragment) d.domain_element = declared_at(schemas, target);
    }
    dimension_index_.emplace(id, static_cast<std::uint32_t>(dimensions_.size()));
    dimensions_.push_back(d);
  }
}

void DimensionModel::read_defaults() {
  for (const Network* n : taxonomy_->networks_of(dimensional::dimension_default)) {
    for (const Relationship& r : taxonomy_->relationships(*n)) {
      const auto it = dimension_index_.find(taxonomy_->concept_of(r.from));
      if (it != dimension_index_.end()) dimensions_[it->second].default_member = taxonomy_->concept_of(r.to);
    }
  }
}

std::vector<ConceptId> DimensionModel::inheritors(ConceptId source, UriId role) const {
  std::vector<ConceptId> found{source};
  MemberWalk walk(*taxonomy_);
  walk.from(source, role, [&](const Relationship&, ConceptId member) { found.push_back(member); });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::vector<CubeDimension> DimensionModel::dimensions_of(ConceptId hypercube, UriId role) {
  std::vector<CubeDimension> found;
  for (const Relationship& r : outgoing(*taxonomy_, dimensional::hypercube_dimension, role, hypercube)) {
    const ConceptId id = taxonomy_->concept_of(r.to);
    const Dimension* d = id == no_id ? nullptr : find_dimension(id);
    if (!d) continue;
    found.push_back({id, d->typed ? no_id : domain_of(id, next_role(r, role))});
  }
  return found;
}

std::uint32_t DimensionModel::domain_of(ConceptId dimension, UriId role) {
  const auto known = domain_index_.find(key(dimension, role));
  if (known != domain_index_.end()) return known->second;
  Domain domain;
  domain.dimension = dimension;
  domain.role = role;
  std::unordered_map<ConceptId, bool> members;  // whether usable everywhere
  const auto meet = [&](const Relationship& r, ConceptId member) {
    const auto [it, fresh] = members.try_emplace(member, r.usable);
    if (!fresh) it->second = it->second && r.usable;
  };
  std::vector<std::uint32_t> met;
  const auto meet_below = [&](const Relationship& r, ConceptId member) {
    met.push_back(static_cast<std::uint32_t>(&r - taxonomy_->relationships().data()));
    meet(r, member);
  };
  MemberWalk walk(*taxonomy_);
  for (const Relationship& r : outgoing(*taxonomy_, dimensional::dimension_domain, role, dimension)) {
    const ConceptId member = taxonomy_->concept_of(r.to);
    if (member == no_id) continue;
    domain.domain_relationships.push_back(static_cast<std::uint32_t>(&r - taxonomy_->relationships().data()));
    meet(r, member);
    walk.from(member, next_role(r, role), meet_below);
  }
  domain.directed_cycle = find_cycle(*taxonomy_, met);
  for (const auto& [member, usable] : members) {
    if (usable) domain.usable.push_back(member);
  }
  std::sort(domain.usable.begin(), domain.usable.end());
  const auto index = static_cast<std::uint32_t>(domains_.size());
  domains_.push_back(std::move(domain));
  domain_index_.emplace(key(dimension, role), index);
  return index;
}

void DimensionModel::read_cubes() {
  std::map<std::uint64_t, std::vector<ConceptId>> inherited;  // several hypercubes of one source and role share the walk
  for (const bool is_all : {true, false}) {
    for (const Network* n : taxonomy_->networks_of(is_all ? dimensional::all : dimensional::not_all)) {
      for (const Relationship& r : taxonomy_->relationships(*n)) {
        Cube cube;
        cube.relationship = static_cast<std::uint32_t>(&r - taxonomy_->relationships().data());
        cube.source = taxonomy_->concept_of(r.from);
        cube.hypercube = taxonomy_->concept_of(r.to);
        if (cube.source == no_id || cube.hypercube == no_id) continue;
        cube.role = n->role;
        cube.is_all = is_all;
        cube.closed = r.closed;
        cube.context_element = r.context_element;
        cube.dimensions = dimensions_of(cube.hypercube, next_role(r, n->role));
        auto [it, fresh] = inherited.try_emplace(key(cube.source, cube.role));
        if (fresh) it->second = inheritors(cube.source, cube.role);
        cube.primary_items = it->second;
        cubes_.push_back(std::move(cube));
      }
    }
  }
  std::stable_sort(cubes_.begin(), cubes_.end(), [](const Cube& a, const Cube& b) { return a.role < b.role; });
  for (std::uint32_t i = 0; i < cubes_.size(); ++i) {
    for (const ConceptId primary : cubes_[i].primary_items) by_primary_[primary].push_back(i);
  }
}

const Dimension* DimensionModel::find_dimension(ConceptId id) const {
  const auto it = dimension_index_.find(id);
  return it == dimension_index_.end() ? nullptr : &dimensions_[it->second];
}

std::span<const std::uint32_t> DimensionModel::cubes_of(ConceptId primary) const {
  const auto it = by_primary_.find(primary);
  return it == by_primary_.end() ? std::span<const std::uint32_t>{} : std::span<const std::uint32_t>(it->second);
}

}  // namespace factpress::taxonomy
