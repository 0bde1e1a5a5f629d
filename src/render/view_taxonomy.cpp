#include "render/view_taxonomy.h"

#include <algorithm>
#include <map>
#include <set>

#include "render/networks.h"
#include "xbrl/names.h"

namespace factpress::render {
namespace {

void mark_facts(const model::Report& report, std::vector<ConceptView>& concepts) {
  for (const model::Fact& f : report.facts) {
    if (!f.filable || f.concept_index == model::none || f.context == model::none) continue;
    concepts[f.concept_index].used = true;
    for (const model::DimensionValue& d : report.contexts[f.context].dimensions) {
      concepts[d.dimension].used = true;
      if (d.member != model::none) concepts[d.member].used = true;
    }
  }
}

/// The roleRefs of the links that a linkbase has.
void reference_roles(LinkbaseView& base, const std::vector<RoleView>& roles) {
  for (const RoleView& r : roles)
    if (std::any_of(base.links.begin(), base.links.end(), [&](const LinkView& l) { return l.role == r.uri; })) base.roles.push_back(r);
}

/// The negated label roles stand in the link role registry.
void reference_label_roles(LinkbaseView& base, const std::set<std::string_view>& used, Arena& arena) {
  for (const std::string_view uri : {xbrl::role::negated, xbrl::role::negated_total}) {
    if (!used.contains(uri)) continue;
    const std::string_view id = uri.substr(uri.rfind('/') + 1);
    base.roles.push_back({uri, id, {}, arena.keep(std::string(xbrl::location::negated_roles) + "#" + std::string(id))});
  }
}

void reference_arcroles(LinkbaseView& base, Arena& arena) {
  std::set<std::string_view> used;
  for (const LinkView& l : base.links)
    for (const ArcView& a : l.arcs) used.insert(a.arcrole);
  for (const std::string_view uri : used) {
    const std::string_view id = uri.substr(uri.rfind('/') + 1);
    base.arcroles.push_back({uri, id, {}, arena.keep(std::string(xbrl::location::xbrldt) + "#" + std::string(id))});
  }
}

void lay_out_networks(const model::Report& report, std::vector<ConceptView>& concepts, TaxonomyView& v, Arena& arena) {
  for (const model::Statement& s : report.statements) {
    if (LinkView l = presentation_link(s, concepts, arena); !l.arcs.empty()) v.presentation.links.push_back(std::move(l));
    if (LinkView l = calculation_link(s, concepts, arena); !l.arcs.empty()) v.calculation.links.push_back(std::move(l));
    if (LinkView l = definition_link(s, concepts, arena); !l.arcs.empty()) v.definition.links.push_back(std::move(l));
  }
  for (LinkbaseView* base : {&v.presentation, &v.calculation, &v.definition}) reference_roles(*base, v.roles);
  std::set<std::string_view> preferred;
  for (const LinkView& l : v.presentation.links)
    for (const ArcView& a : l.arcs) preferred.insert(a.preferred_label);
  reference_label_roles(v.presentation, preferred, arena);
  reference_arcroles(v.definition, arena);
}

void lay_out_labels(const std::vector<ConceptView>& concepts, TaxonomyView& v, Arena& arena) {
  std::set<std::string_view> roles;
  for (const ConceptView& c : concepts) {
    if (!c.used || c.labels.empty()) continue;
    v.labelled.push_back({&c, arena.keep("loc_" + std::string(c.id))});
    for (const LabelView& l : c.labels) roles.insert(l.role);
  }
  reference_label_roles(v.labels, roles, arena);
}

/// What an item type of the report's own namespace restricts.
std::string_view base_of_type(std::string_view name) {
  if (name == "percentItemType") return "xbrli:pureItemType";
  if (name == "perShareItemType") return "xbrli:decimalItemType";
  return "xbrli:stringItemType";
}

void declare(const model::Report& report, const std::vector<ConceptView>& concepts, TaxonomyView& v) {
  std::set<std::string_view> types, domains;
  for (const ConceptView& c : concepts) {
    if (!c.own || !c.used) continue;
    v.elements.push_back(&c);
    if (c.source->type.uri == report.own_namespace) types.insert(c.source->type.local);
    if (c.source->typed_domain.uri == report.own_namespace) domains.insert(c.source->typed_domain.local);
  }
  std::sort(v.elements.begin(), v.elements.end(), [](const ConceptView* a, const ConceptView* b) { return a->name < b->name; });
  for (const std::string_view t : types)
    if (!t.empty()) v.types.push_back({t, base_of_type(t)});
  for (const std::string_view d : domains)
    if (!d.empty()) v.typed_domains.push_back(d);
}

void import(const model::Report& report, const Prefixes& prefixes, const std::vector<ConceptView>& concepts, TaxonomyView& v) {
  std::set<std::string_view> needed{xbrl::ns::xbrli};
  for (const ConceptView& c : concepts) {
    if (!c.used) continue;
    if (!c.own) needed.insert(c.source->name.uri);
    if (!c.own) continue;
    needed.insert(c.source->type.uri);
    if (c.substitution_group != "xbrli:item") needed.insert(xbrl::ns::xbrldt);
  }
  for (const NamespaceView& n : prefixes.all()) {
    if (!needed.contains(n.uri)) continue;
    if (n.uri != report.own_namespace) v.prefixes.push_back(n);
    if (!n.schema_location.empty()) v.imports.push_back(n);
  }
  std::sort(v.imports.begin(), v.imports.end(), [](const auto& a, const auto& b) { return a.uri < b.uri; });
}

void list_linkbases(const model::Report& report, TaxonomyView& v, Arena& arena) {
  const auto add = [&](bool present, std::string_view ending, std::string_view role) {
    if (present) v.linkbases.push_back({arena.keep(report.base + std::string(ending)), role});
  };
  add(!v.calculation.links.empty(), "_cal.xml", xbrl::role::calculation_linkbase);
  add(!v.definition.links.empty(), "_def.xml", xbrl::role::definition_linkbase);
  add(!v.labelled.empty(), "_lab.xml", xbrl::role::label_linkbase);
  add(!v.presentation.links.empty(), "_pre.xml", xbrl::role::presentation_linkbase);
}

}  // namespace

TaxonomyView view_taxonomy(const model::Report& report, std::vector<ConceptView>& concepts, const Prefixes& prefixes, Arena& arena) {
  TaxonomyView v;
  v.file = arena.keep(report.base + ".xsd");
  for (const model::Statement& s : report.statements)
    v.roles.push_back({s.role_uri, s.role_id, arena.clean(s.role_definition), arena.keep(std::string(v.file) + "#" + s.role_id)});
  mark_facts(report, concepts);
  lay_out_networks(report, concepts, v, arena);
  lay_out_labels(concepts, v, arena);
  declare(report, concepts, v);
  import(report, prefixes, concepts, v);
  list_linkbases(report, v, arena);
  return v;
}

}  // namespace factpress::render
