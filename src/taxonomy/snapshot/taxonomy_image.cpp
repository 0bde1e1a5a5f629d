#include "taxonomy/snapshot/taxonomy_image.h"

#include <algorithm>
#include <unordered_map>

namespace factpress::taxonomy {
namespace {

struct ConceptsRow {  // concepts that lie side by side, of one document
  std::uint32_t document, count;
};
struct NodeRow {
  std::uint32_t kind, index, document, offset;
};
struct ResourceRow {
  std::uint32_t ns, local, role, lang, text, parts_begin, parts_end;
};
struct PartRow {
  std::uint32_t ns, local, text;
};
struct RelationshipRow {
  enum Flag : std::uint32_t { closed = 4, usable = 8, all = 15 };  // above the context element
  std::uint32_t from, to, order, weight, preferred_label, target_role, document, offset, flags;
};
struct NetworkRow {
  std::uint32_t arcrole, role, arc_ns, arc_local, link_ns, link_local, begin, end;
};
struct RoleRow {
  std::uint32_t uri, is_arcrole, cycles, definition, document, offset, used_on;  // how many of the names that follow all roles
};
struct NameRow {
  std::uint32_t ns, local;
};

std::vector<ConceptsRow> runs_of(std::span<const Concept> concepts) {
  std::vector<ConceptsRow> runs;
  for (const Concept& c : concepts) {
    if (runs.empty() || runs.back().document != c.document) runs.push_back({c.document, 0});
    ++runs.back().count;
  }
  return runs;
}

template <class Row>
void put(ByteWriter& out, const std::vector<Row>& rows) {
  out.table(std::span<const Row>(rows));
}

}  // namespace

struct TaxonomyImage::Writer {
  const Taxonomy& t;
  ByteWriter& out;
  std::unordered_map<std::uint32_t, std::uint32_t> numbers;
  std::vector<xml::NsId> namespaces;

  std::uint32_t number(xml::NsId ns) {
    const auto [it, fresh] = numbers.try_emplace(static_cast<std::uint32_t>(ns), static_cast<std::uint32_t>(namespaces.size()));
    if (fresh) namespaces.push_back(ns);
    return it->second;
  }

  void write_prefixes(ByteWriter& to) {
    to.number(t.prefixes_.size());
    for (const auto& [ns, prefix] : t.prefixes_) to.number(number(ns)), to.text(prefix);
  }
  void write_roles(ByteWriter& to) {
    std::vector<RoleRow> roles;
    std::vector<NameRow> names;
    for (const RoleDeclaration& r : t.roles_) {
      roles.push_back({r.uri, r.is_arcrole, static_cast<std::uint32_t>(r.cycles), r.definition, r.document, r.offset, static_cast<std::uint32_t>(r.used_on.size())});
      for (const auto& [ns, local] : r.used_on) names.push_back({number(ns), local});
    }
    put(to, roles), put(to, names);
  }
  void write_nodes(ByteWriter& to) {
    std::vector<NodeRow> nodes;
    for (const Node& n : t.nodes_) nodes.push_back({static_cast<std::uint32_t>(n.kind), n.index, n.document, n.offset});
    std::vector<ResourceRow> resources;
    for (const Resource& r : t.resources_) resources.push_back({number(r.ns), r.local, r.role, r.lang, r.text, r.parts_begin, r.parts_end});
    std::vector<PartRow> parts;
    for (const ReferencePart& p : t.parts_) parts.push_back({number(p.ns), p.local, p.text});
    put(to, nodes), put(to, resources), put(to, parts);
  }
  void write_networks(ByteWriter& to) {
    std::vector<RelationshipRow> relationships;
    for (const Relationship& r : t.relationships_) {
      const auto flags = static_cast<std::uint32_t>(r.context_element) | (r.closed ? RelationshipRow::closed : 0u) | (r.usable ? RelationshipRow::usable : 0u);
      relationships.push_back({r.from, r.to, r.order, r.weight, r.preferred_label, r.target_role, r.document, r.offset, flags});
    }
    std::vector<NetworkRow> networks;
    for (const Network& n : t.networks_)
      networks.push_back({n.arcrole, n.role, number(n.arc_ns), n.arc_local, number(n.link_ns), n.link_local, n.begin, n.end});
    put(to, relationships), put(to, t.by_target_), put(to, networks);
  }
  void run() {
    put(out, runs_of(t.concepts_));
    t.strings_.write(out);
    out.number(t.numbers_.size());
    for (const Decimal& d : t.numbers_) out.text(d.to_string());
    // Namespaces are numbered by those who use them, and read before.
    ByteWriter rest;
    write_prefixes(rest), write_roles(rest), write_nodes(rest), write_networks(rest);
    out.number(namespaces.size());
    for (const xml::NsId ns : namespaces) out.text(xml::namespace_uri(ns));
    out.align();
    out.raw(rest.bytes());
  }
};

struct TaxonomyImage::Reader {
  Taxonomy& t;
  ByteReader& in;
  std::shared_ptr<const void> owner;
  std::vector<xml::NsId> namespaces;
  bool sound = true;

  // A number that has to be below another; or no_id, where that stands for nothing.
  std::uint32_t below(std::uint32_t n, std::size_t limit) {
    sound = sound && n < limit;
    return n;
  }
  std::uint32_t may_be(std::uint32_t n, std::size_t limit) { return n == no_id ? n : below(n, limit); }
  std::uint32_t string(std::uint32_t n) { return may_be(n, t.strings_.size()); }
  xml::NsId ns(std::uint32_t n) {
    if (n < namespaces.size()) return namespaces[n];
    sound = false;
    return xml::ns::none;
  }
  bool is_range(std::uint32_t begin, std::uint32_t end, std::size_t size) { return sound = sound && begin <= end && end <= size; }

  bool read_strings() {
    const auto runs = runs_of(t.concepts_);
    const auto then = in.table<ConceptsRow>();
    const auto same = [](const ConceptsRow& a, const ConceptsRow& b) { return a.document == b.document && a.count == b.count; };
    if (!std::equal(runs.begin(), runs.end(), then.begin(), then.end(), same) || !t.strings_.read(in, std::move(owner))) return false;
    const std::uint32_t numbers = in.count();
    for (std::uint32_t i = 0; i < numbers && !in.failed(); ++i) {
      const auto value = Decimal::parse(in.text());
      if (!value) return false;
      t.numbers_.push_back(*value);
    }
    const std::uint32_t all = in.count();
    for (std::uint32_t i = 0; i < all && !in.failed(); ++i) namespaces.push_back(xml::intern_namespace(in.text()));
    in.align();
    return !in.failed();
  }
  bool read_prefixes() {
    const std::uint32_t all = in.count();
    for (std::uint32_t i = 0; i < all && !in.failed(); ++i) {
      const xml::NsId n = ns(in.small());
      t.prefixes_.emplace_back(n, in.text());
    }
    return sound && !in.failed();
  }
  bool read_roles() {
    const auto roles = in.table<RoleRow>();
    auto names = in.table<NameRow>();
    for (const RoleRow& r : roles) {
      if (r.used_on > names.size() || r.is_arcrole > 1 || r.cycles > 2) return false;
      RoleDeclaration& d = t.roles_.emplace_back();
      d.uri = string(r.uri), d.is_arcrole = r.is_arcrole != 0, d.cycles = static_cast<Cycles>(r.cycles), d.definition = string(r.definition);
      d.document = below(r.document, t.documents_.size()), d.offset = r.offset;
      for (const NameRow& n : names.first(r.used_on)) d.used_on.emplace_back(ns(n.ns), string(n.local));
      names = names.subspan(r.used_on);
    }
    return sound && names.empty();
  }
  bool read_nodes() {
    const auto nodes = in.table<NodeRow>();
    const auto resources = in.table<ResourceRow>();
    const auto parts = in.table<PartRow>();
    t.nodes_.reserve(nodes.size());
    for (const NodeRow& n : nodes) {
      if (n.kind > 2) return false;
      const auto kind = static_cast<NodeKind>(n.kind);
      if (kind == NodeKind::concept_node) {
        if (n.index >= t.concepts_.size() || t.concepts_[n.index].node != no_id) return false;
        t.concepts_[n.index].node = static_cast<NodeId>(t.nodes_.size());
      } else if (kind == NodeKind::resource) {
        below(n.index, resources.size());
      }
      t.nodes_.push_back({kind, n.index, below(n.document, t.documents_.size()), n.offset});
    }
    t.resources_.reserve(resources.size());
    for (const ResourceRow& r : resources) {
      is_range(r.parts_begin, r.parts_end, parts.size());
      t.resources_.push_back({ns(r.ns), string(r.local), string(r.role), string(r.lang), string(r.text), r.parts_begin, r.parts_end});
    }
    for (const PartRow& p : parts) t.parts_.push_back({ns(p.ns), string(p.local), string(p.text)});
    return sound && !in.failed();
  }
  bool read_networks() {
    const auto relationships = in.table<RelationshipRow>();
    const auto by_target = in.table<std::uint32_t>();
    const auto networks = in.table<NetworkRow>();
    if (in.failed() || by_target.size() != relationships.size()) return false;
    const std::size_t nodes = t.nodes_.size(), numbers = t.numbers_.size();
    t.relationships_.reserve(relationships.size());
    for (const RelationshipRow& r : relationships) {
      if (r.flags > RelationshipRow::all) return false;
      t.relationships_.push_back({below(r.from, nodes), below(r.to, nodes), below(r.order, numbers), may_be(r.weight, numbers), string(r.preferred_label),
                                  string(r.target_role), below(r.document, t.documents_.size()), r.offset, static_cast<ContextElement>(r.flags & 3),
                                  (r.flags & RelationshipRow::closed) != 0, (r.flags & RelationshipRow::usable) != 0});
    }
    for (const std::uint32_t i : by_target) below(i, relationships.size());
    t.by_target_.assign(by_target.begin(), by_target.end());
    std::uint32_t end = 0;
    for (const NetworkRow& n : networks) {
      if (n.begin != end || !is_range(n.begin, n.end, relationships.size())) return false;  // side by side
      end = n.end;
      t.add_network({string(n.arcrole), string(n.role), ns(n.arc_ns), ns(n.link_ns), string(n.arc_local), string(n.link_local), n.begin, n.end});
    }
    return sound && end == relationships.size();
  }
};

void TaxonomyImage::write(const Taxonomy& taxonomy, ByteWriter& out) { Writer{taxonomy, out, {}, {}}.run(); }

bool TaxonomyImage::read(Taxonomy& taxonomy, ByteReader& in, std::shared_ptr<const void> owner) {
  Reader r{taxonomy, in, std::move(owner), {}};
  return r.read_strings() && r.read_prefixes() && r.read_roles() && r.read_nodes() && r.read_networks();
}

}  // namespace factpress::taxonomy
