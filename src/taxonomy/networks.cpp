#include <algorithm>
#include <numeric>
#include <tuple>

#include <fmt/core.h>

#include "diag/codes/taxonomy.h"
#include "taxonomy/builder.h"

namespace factpress::taxonomy {
namespace ns = xml::ns;

namespace {

bool is_true(std::string_view text) {
  text = xml::trim_xml_space(text);
  return text == "true" || text == "1";
}

ContextElement read_context_element(const xml::Attribute& a) {
  if (!a) return ContextElement::unstated;
  const std::string_view value = xml::trim_xml_space(a.value());
  if (value == "segment") return ContextElement::segment;
  return value == "scenario" ? ContextElement::scenario : ContextElement::invalid;
}

}  // namespace

std::uint32_t TaxonomyBuilder::base_set_of(const ExtendedLink& link, const Arc& arc) {
  StringTable& strings = taxonomy_->strings_;
  const xml::QName a = arc.element.qname();
  const xml::QName l = link.element.qname();
  const BaseSet key{static_cast<std::uint32_t>(a.ns), strings.intern(a.local),  strings.intern(arc.arcrole),
                    static_cast<std::uint32_t>(l.ns), strings.intern(l.local), strings.intern(link.role)};
  const auto [it, fresh] = base_sets_.try_emplace(key, static_cast<std::uint32_t>(base_set_keys_.size()));
  if (fresh) base_set_keys_.push_back(key);
  return it->second;
}

std::uint32_t TaxonomyBuilder::intern_number(std::string_view text, const Decimal& otherwise) {
  text = xml::trim_xml_space(text);
  const auto known = numbers_by_text_.find(text);
  if (known != numbers_by_text_.end()) return known->second;
  const Decimal value = Decimal::parse(text).value_or(otherwise);
  const auto [it, fresh] = numbers_.try_emplace(value, static_cast<std::uint32_t>(taxonomy_->numbers_.size()));
  if (fresh) taxonomy_->numbers_.push_back(value);
  numbers_by_text_.emplace(text, it->second);
  return it->second;
}

Relationship TaxonomyBuilder::prototype(const ExtendedLink& link, const Arc& arc) {
  Relationship r;
  r.document = link.document;
  r.offset = arc.element.offset();
  r.order = intern_number(arc.element.value_of("order", "1"), 1);
  if (const auto weight = arc.element.attribute("weight")) r.weight = intern_number(weight.value(), 0);
  if (const auto preferred = arc.element.attribute("preferredLabel")) {
    r.preferred_label = taxonomy_->strings_.intern(xml::trim_xml_space(preferred.value()));
  }
  if (arc.element.ns() != ns::link || arc.element.local_name() != "definitionArc") return r;
  if (const auto a = arc.element.attribute(ns::xbrldt, "targetRole")) r.target_role = taxonomy_->strings_.intern(xml::trim_xml_space(a.value()));
  if (const auto a = arc.element.attribute(ns::xbrldt, "closed")) r.closed = is_true(a.value());
  if (const auto a = arc.element.attribute(ns::xbrldt, "usable")) r.usable = is_true(a.value());
  r.context_element = read_context_element(arc.element.attribute(ns::xbrldt, "contextElement"));
  return r;
}

void TaxonomyBuilder::side(const ExtendedLink& link, std::uint32_t first, std::vector<NodeId>& nodes) const {
  nodes.clear();
  for (std::uint32_t at = first; at != none; at = link.ends[at].next) {
    if (link.ends[at].node != no_id) nodes.push_back(link.ends[at].node);
  }
  if (nodes.size() > 1) {  // several locators of one fragment are one end (§3.5.3.9)
    std::sort(nodes.begin(), nodes.end());
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  }
}

void TaxonomyBuilder::add_candidates(const ExtendedLink& link) {
  struct Known {
    std::uint32_t name;
    std::string_view arcrole;
    std::uint32_t base_set;
  };
  std::vector<Known> known;  // few: arcs of one link are of one kind
  std::vector<NodeId> from, to;
  for (const Arc& arc : link.arcs) {
    side(link, arc.from, from);
    side(link, arc.to, to);
    if (from.empty() || to.empty()) continue;
    if (candidates_.size() + from.size() * to.size() > max_relationships) {
      sink_->add({diag::codes::taxonomy_too_many_relationships, arc.element.place(),
                  fmt::format("this arc joins {} sources with {} targets, which would make more than {} relationships", from.size(),
                              to.size(), max_relationships)});
      continue;
    }
    Candidate c;
    const std::uint32_t name = arc.element.name_id();
    auto it = std::find_if(known.begin(), known.end(), [&](const Known& k) { return k.name == name && k.arcrole == arc.arcrole; });
    if (it == known.end()) {
      if (known.size() >= 16) known.clear();
      it = known.insert(known.end(), {name, arc.arcrole, base_set_of(link, arc)});
    }
    c.base_set = it->base_set;
    c.signature = signatures_.of(arc.element, *taxonomy_->schemas_);
    c.priority = arc.priority;
    c.prohibited = arc.prohibited;
    c.relationship = prototype(link, arc);
    for (const NodeId f : from) {
      for (const NodeId t : to) {
        c.sequence = static_cast<std::uint32_t>(candidates_.size());
        c.relationship.from = f;
        c.relationship.to = t;
        candidates_.push_back(c);
      }
    }
  }
}

/// Prohibition and overriding (§3.5.3.9.7.5): of each set of equivalent relationships the first of the highest priority stays,
/// unless one of that priority prohibits. Returns indices into the candidates.
std::vector<std::uint32_t> TaxonomyBuilder::surviving() const {
  // The group first: base set and source, target and signature.
  struct Key {
    std::uint64_t first, second;
    std::uint32_t index;
    bool same_group(const Key& o) const { return first == o.first && second == o.second; }
  };
  const auto joined = [](std::uint32_t a, std::uint32_t b) { return std::uint64_t{a} << 32 | b; };
  std::vector<Key> order;
  order.reserve(candidates_.size());
  for (const Candidate& c : candidates_) {
    order.push_back({joined(c.base_set, c.relationship.from), joined(c.relationship.to, c.signature), static_cast<std::uint32_t>(order.size())});
  }
  std::sort(order.begin(), order.end(), [&](const Key& a, const Key& b) {
    if (a.first != b.first) return a.first < b.first;
    if (a.second != b.second) return a.second < b.second;
    const Candidate& x = candidates_[a.index];
    const Candidate& y = candidates_[b.index];
    if (x.priority != y.priority) return x.priority > y.priority;
    if (x.prohibited != y.prohibited) return x.prohibited;
    return x.sequence < y.sequence;
  });
  std::vector<std::uint32_t> kept;
  kept.reserve(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i > 0 && order[i - 1].same_group(order[i])) continue;
    if (!candidates_[order[i].index].prohibited) kept.push_back(order[i].index);
  }
  return kept;
}

void TaxonomyBuilder::make_networks() {
  const std::vector<std::uint32_t> kept = surviving();
  Taxonomy& t = *taxonomy_;
  t.relationships_.reserve(kept.size());
  std::size_t i = 0;
  while (i < kept.size()) {
    const std::uint32_t base_set = candidates_[kept[i]].base_set;
    const BaseSet& key = base_set_keys_[base_set];
    Network n;
    n.arc_ns = xml::NsId{key[0]};
    n.arc_local = key[1];
    n.arcrole = key[2];
    n.link_ns = xml::NsId{key[3]};
    n.link_local = key[4];
    n.role = key[5];
    n.begin = static_cast<std::uint32_t>(t.relationships_.size());
    for (; i < kept.size() && candidates_[kept[i]].base_set == base_set; ++i) t.relationships_.push_back(candidates_[kept[i]].relationship);
    n.end = static_cast<std::uint32_t>(t.relationships_.size());
    t.add_network(n);
  }
  candidates_.clear();
  candidates_.shrink_to_fit();
  sort_relationships();
}

void TaxonomyBuilder::sort_relationships() {
  Taxonomy& t = *taxonomy_;
  std::vector<std::uint32_t> by_value(t.numbers_.size());
  std::iota(by_value.begin(), by_value.end(), 0u);
  std::sort(by_value.begin(), by_value.end(), [&](std::uint32_t a, std::uint32_t b) { return t.numbers_[a] < t.numbers_[b]; });
  std::vector<std::uint32_t> rank(by_value.size());
  for (std::uint32_t i = 0; i < by_value.size(); ++i) rank[by_value[i]] = i;
  t.by_target_.resize(t.relationships_.size());
  std::iota(t.by_target_.begin(), t.by_target_.end(), 0u);
  for (const Network& n : t.networks_) {
    const auto begin = t.relationships_.begin();
    std::sort(begin + n.begin, begin + n.end, [&](const Relationship& a, const Relationship& b) {
      return std::tuple(a.from, rank[a.order], a.document, a.offset, a.to) < std::tuple(b.from, rank[b.order], b.document, b.offset, b.to);
    });
    std::sort(t.by_target_.begin() + n.begin, t.by_target_.begin() + n.end, [&](std::uint32_t a, std::uint32_t b) {
      return std::tuple(t.relationships_[a].to, a) < std::tuple(t.relationships_[b].to, b);
    });
  }
}

}  // namespace factpress::taxonomy
