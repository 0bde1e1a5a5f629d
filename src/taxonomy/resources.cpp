#include <algorithm>
#include <map>

#include "base/text.h"
#include "taxonomy/builder.h"
#include "taxonomy/schema/schema_set.h"
#include "taxonomy/snapshot/taxonomy_image.h"

namespace factpress::taxonomy {
namespace ns = xml::ns;

namespace {

std::uint64_t key_of(std::uint32_t document, std::uint32_t offset) { return (std::uint64_t{document} << 32) | offset; }

Cycles read_cycles(std::string_view text) {
  text = xml::trim_xml_space(text);
  if (text == "none") return Cycles::none;
  return text == "undirected" ? Cycles::undirected : Cycles::any;
}

}  // namespace

TaxonomyBuilder::TaxonomyBuilder(Discovery& discovery, std::unique_ptr<schema::SchemaSet> schemas, diag::Sink& sink)
    : discovery_(&discovery), sink_(&sink), taxonomy_(std::make_shared<Taxonomy>()) {
  taxonomy_->schemas_ = std::move(schemas);
}
TaxonomyBuilder::~TaxonomyBuilder() = default;

void TaxonomyBuilder::build() {
  add_documents();
  rank_prefixes();
  add_concepts();
  add_roles();
  read_links();
  for (const ExtendedLink& link : links_) add_candidates(link);
  make_networks();
}

bool TaxonomyBuilder::restore(ByteReader& links, std::shared_ptr<const void> owner) {
  add_documents();
  add_concepts();
  return TaxonomyImage::read(*taxonomy_, links, std::move(owner));
}

void TaxonomyBuilder::add_documents() {
  for (const DtsDocument& d : discovery_->documents()) taxonomy_->documents_.push_back({d.deferred() ? nullptr : d.xml().source(), d.deferred()});
}

void TaxonomyBuilder::rank_prefixes() {
  std::map<std::pair<xml::NsId, std::string>, std::size_t> uses;
  for (const DtsDocument& d : discovery_->documents()) {
    if (d.frozen) {
      for (const auto& [prefix, ns] : d.frozen->prefixes()) ++uses[{ns, std::string(prefix)}];
      continue;
    }
    d.xml().root().for_each_declaration([&](std::string_view prefix, std::string_view uri) {
      ++uses[{xml::intern_namespace(uri), std::string(prefix)}];
    });
  }
  std::vector<std::pair<std::size_t, std::pair<xml::NsId, std::string>>> ranked;
  for (auto& [name, count] : uses) {
    if (!name.second.empty()) ranked.push_back({count, name});
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  for (auto& [count, name] : ranked) taxonomy_->prefixes_.push_back(name);
}

void TaxonomyBuilder::add_roles() {
  const auto& documents = discovery_->documents();
  for (std::uint32_t i = 0; i < documents.size(); ++i) {
    if (documents[i].kind != DocumentKind::schema || !documents[i].in_dts) continue;
    if (documents[i].frozen) {
      add_frozen_roles(i, *documents[i].frozen);
      continue;
    }
    for (const xml::Element child : documents[i].xml().root().elements()) {
      if (!child.is(ns::xsd, "annotation")) continue;
      for (const xml::Element appinfo : child.elements()) {
        if (!appinfo.is(ns::xsd, "appinfo")) continue;
        for (const xml::Element e : appinfo.elements()) {
          if (e.is(ns::link, "roleType") || e.is(ns::link, "arcroleType")) add_role(i, e);
        }
      }
    }
  }
}

void TaxonomyBuilder::add_frozen_roles(std::uint32_t document, const FrozenDocument& frozen) {
  StringTable& strings = taxonomy_->strings_;
  for (const FrozenRole& r : frozen.roles()) {
    RoleDeclaration role;
    role.uri = strings.intern(r.uri);
    role.is_arcrole = r.is_arcrole;
    role.cycles = r.cycles;
    role.document = document;
    role.offset = r.offset;
    if (r.has_definition) role.definition = strings.append(r.definition);
    for (const auto& [ns, local] : r.used_on) role.used_on.emplace_back(ns, strings.intern(local));
    taxonomy_->roles_.push_back(std::move(role));
  }
}

void TaxonomyBuilder::add_role(std::uint32_t document, const xml::Element& element) {
  StringTable& strings = taxonomy_->strings_;
  RoleDeclaration role;
  role.is_arcrole = element.local_name() == "arcroleType";
  role.uri = strings.intern(xml::trim_xml_space(element.value_of(role.is_arcrole ? "arcroleURI" : "roleURI")));
  role.cycles = read_cycles(element.value_of("cyclesAllowed"));
  role.document = document;
  role.offset = element.offset();
  for (const xml::Element child : element.elements()) {
    if (child.is(ns::link, "definition")) role.definition = strings.append(child.text());
    if (!child.is(ns::link, "usedOn")) continue;
    const std::string used_on = child.text();
    if (const auto name = child.resolve_qname(used_on)) role.used_on.emplace_back(name->ns, strings.intern(name->local));
  }
  taxonomy_->roles_.push_back(std::move(role));
}

void TaxonomyBuilder::read_links() {
  const auto& linkbases = discovery_->linkbases();
  for (std::uint32_t i = 0; i < linkbases.size(); ++i) {
    const xml::Element root = linkbases[i].element;
    LinkReader reader(discovery_->follower(linkbases[i].document), linkbases[i].document, root.document());
    for (const xml::Element child : root.elements()) {
      if (!reader.is_extended_link(child)) continue;
      links_.push_back(reader.read(child));
      links_.back().linkbase = i;
    }
  }
  // Resources first: a locator may lead to one in a link that is read later.
  for (ExtendedLink& link : links_) {
    for (LinkEnd& end : link.ends) {
      if (!end.is_locator) add_resource(end);
    }
  }
  for (ExtendedLink& link : links_) {
    for (LinkEnd& end : link.ends) end.node = node_of(end.target);
  }
}

void TaxonomyBuilder::add_resource(const LinkEnd& end) {
  StringTable& strings = taxonomy_->strings_;
  Resource r;
  r.ns = end.element.ns();
  r.local = strings.intern(end.element.local_name());
  r.role = strings.intern(end.role);
  if (const std::string_view lang = end.element.lang(); !lang.empty()) r.lang = strings.intern(lower(xml::trim_xml_space(lang)));
  r.parts_begin = static_cast<std::uint32_t>(taxonomy_->parts_.size());
  std::string scratch;
  if (r.ns == ns::link && end.element.local_name() == "reference") {
    for (const xml::Element part : end.element.elements()) {
      taxonomy_->parts_.push_back({part.ns(), strings.intern(part.local_name()), strings.append(part.text(scratch))});
    }
  } else {
    r.text = strings.append(end.element.text(scratch));
  }
  r.parts_end = static_cast<std::uint32_t>(taxonomy_->parts_.size());
  const auto id = static_cast<NodeId>(taxonomy_->nodes_.size());
  const std::uint32_t offset = end.element.offset();
  taxonomy_->nodes_.push_back({NodeKind::resource, static_cast<std::uint32_t>(taxonomy_->resources_.size()), end.target.document, offset});
  nodes_.emplace(key_of(end.target.document, offset), id);
  taxonomy_->resources_.push_back(r);
}

NodeId TaxonomyBuilder::concept_node(std::uint32_t document, const xml::Element& element) {
  const xml::Element parent = element.parent();
  if (!element.is(ns::xsd, "element") || !parent || !parent.is(ns::xsd, "schema")) return no_id;
  const std::string_view name = xml::trim_xml_space(element.value_of("name"));
  const std::string_view target = parent.value_of("targetNamespace");
  const ConceptId id = taxonomy_->find_concept(xml::intern_namespace(target), name);
  if (id == no_id) return no_id;
  Concept& c = taxonomy_->concepts_[id];
  if (c.document != document || c.offset != element.offset()) return no_id;
  return node_of_concept(id);
}

NodeId TaxonomyBuilder::node_of_concept(ConceptId id) {
  Concept& c = taxonomy_->concepts_[id];
  if (c.node == no_id) {
    c.node = static_cast<NodeId>(taxonomy_->nodes_.size());
    taxonomy_->nodes_.push_back({NodeKind::concept_node, id, c.document, c.offset});
  }
  return c.node;
}

NodeId TaxonomyBuilder::node_of(const Target& target) {
  if (target.document == none || !target.element) return no_id;
  if (const FrozenDocument* frozen = discovery_->documents()[target.document].frozen) {
    const std::uint32_t at = taxonomy_->frozen_at_[target.document];
    const std::uint32_t rank = target.declared == none || at == no_id ? no_id : frozen->concept_rank(target.declared);
    if (rank != no_id) return node_of_concept(taxonomy_->frozen_concepts_[at].begin + rank);
  } else if (discovery_->documents()[target.document].kind == DocumentKind::schema) {
    const NodeId id = concept_node(target.document, target.element.get());
    if (id != no_id) return id;
  }
  const std::uint32_t offset = target.element.offset();
  const auto [it, fresh] = nodes_.try_emplace(key_of(target.document, offset), static_cast<NodeId>(taxonomy_->nodes_.size()));
  if (fresh) taxonomy_->nodes_.push_back({NodeKind::other, no_id, target.document, offset});
  return it->second;
}

}  // namespace factpress::taxonomy
