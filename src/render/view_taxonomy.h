#pragma once
#include <string_view>
#include <vector>

#include "render/view_concepts.h"

/// The extension taxonomy: what BASE.xsd and the linkbases beside it say.
namespace factpress::render {

struct RoleView {
  std::string_view uri, id, definition, href;
};

/// A locator of an extended link (XBRL 2.1 §3.5.3.7).
struct LocatorView {
  std::string_view label;  ///< unique in the link
  std::string_view href;
};

struct ArcView {
  std::string_view arcrole, from, to;
  int order = 1;
  int weight = 0;                       ///< of a calculation arc
  std::string_view preferred_label;     ///< role URI, or empty
  bool is_hypercube = false;            ///< carries xbrldt:closed and xbrldt:contextElement
};

struct LinkView {
  std::string_view role;                ///< role URI of the extended link
  std::vector<LocatorView> locators;
  std::vector<ArcView> arcs;
};

struct LinkbaseView {
  std::vector<RoleView> roles;          ///< roleRefs: href leads to the declaration
  std::vector<RoleView> arcroles;       ///< arcroleRefs
  std::vector<LinkView> links;
};

struct LabelledConceptView {
  const ConceptView* concept_view = nullptr;
  std::string_view locator;             ///< its xlink:label
};

struct LinkbaseFileView {
  std::string_view file, role;
};

struct TypeView {
  std::string_view name, base;
};

struct TaxonomyView {
  std::string_view file;                         ///< BASE.xsd
  std::vector<NamespaceView> imports;            ///< by namespace
  std::vector<NamespaceView> prefixes;           ///< of the schema's element
  std::vector<RoleView> roles;
  std::vector<const ConceptView*> elements;      ///< declared here, by name
  std::vector<std::string_view> typed_domains;   ///< elements for the values of typed axes
  std::vector<TypeView> types;                   ///< item types declared here
  std::vector<LinkbaseFileView> linkbases;
  std::vector<LabelledConceptView> labelled;     ///< label linkbase: concepts with labels
  LinkbaseView labels, presentation, calculation, definition;
};

/// Decides which concepts are used (ConceptView::used) and lays out every network:
/// presentation: the release's own order below each statement's root; calculation: what footing proved; definition: the
/// tables with axes (all, hypercube-dimension, dimension-domain, domain-member, dimension-default).
/// No arc pair stands twice in a link, no network has a directed cycle, what has no members is left out.
TaxonomyView view_taxonomy(const model::Report& report, std::vector<ConceptView>& concepts, const Prefixes& prefixes, Arena& arena);

}  // namespace factpress::render

template <>
struct factpress::tmpl::Reflect<factpress::render::RoleView> {
  using V = factpress::render::RoleView;
  static constexpr std::string_view name = "Role", doc = "A role (or arcrole) with the address of its declaration.";
  static constexpr auto fields = fields_of<V>(field<&V::uri>("uri", "The role's URI."), field<&V::id>("id", "Id of its declaration."),
                                              field<&V::definition>("definition", "0002 - Statement - Balance Sheets."),
                                              field<&V::href>("href", "Address of its declaration."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::LocatorView> {
  using V = factpress::render::LocatorView;
  static constexpr std::string_view name = "Locator", doc = "A locator of an extended link.";
  static constexpr auto fields = fields_of<V>(field<&V::label>("label", "xlink:label, unique in the link."),
                                              field<&V::href>("href", "Address of the concept's declaration."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::ArcView> {
  using V = factpress::render::ArcView;
  static constexpr std::string_view name = "Arc", doc = "An arc of an extended link.";
  static constexpr auto fields = fields_of<V>(
      field<&V::arcrole>("arcrole", "The arcrole's URI."), field<&V::from>("from", "xlink:label of the source."),
      field<&V::to>("to", "xlink:label of the target."), field<&V::order>("order", "From 1 among the source's arcs."),
      field<&V::weight>("weight", "1 or -1 in a calculation, else 0."),
      field<&V::preferred_label>("preferred_label", "Role URI of the label to show, or empty."),
      field<&V::is_hypercube>("is_hypercube", "Whether it connects line items with their table."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::LinkView> {
  using V = factpress::render::LinkView;
  static constexpr std::string_view name = "Link", doc = "An extended link: one network of one statement.";
  static constexpr auto fields = fields_of<V>(field<&V::role>("role", "The statement's role URI."),
                                              field<&V::locators>("locators", "Each once."), field<&V::arcs>("arcs", "In order."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::LinkbaseView> {
  using V = factpress::render::LinkbaseView;
  static constexpr std::string_view name = "Linkbase", doc = "A linkbase; without links it is not written.";
  static constexpr auto fields = fields_of<V>(field<&V::roles>("roles", "Roles to reference."),
                                              field<&V::arcroles>("arcroles", "Arcroles to reference."), field<&V::links>("links", "Its extended links."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::LabelledConceptView> {
  using V = factpress::render::LabelledConceptView;
  static constexpr std::string_view name = "LabelledConcept", doc = "A concept in the label linkbase.";
  static constexpr auto fields = fields_of<V>(field<&V::concept_view>("concept", "The concept."),
                                              field<&V::locator>("locator", "xlink:label of its locator."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::LinkbaseFileView> {
  using V = factpress::render::LinkbaseFileView;
  static constexpr std::string_view name = "LinkbaseFile", doc = "A linkbase that is written.";
  static constexpr auto fields = fields_of<V>(field<&V::file>("file", "Its name."), field<&V::role>("role", "Role of the reference to it."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::TypeView> {
  using V = factpress::render::TypeView;
  static constexpr std::string_view name = "Type", doc = "An item type that the report's own schema declares.";
  static constexpr auto fields = fields_of<V>(field<&V::name>("name", "Its name."), field<&V::base>("base", "The type that it restricts, with prefix."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::TaxonomyView> {
  using V = factpress::render::TaxonomyView;
  static constexpr std::string_view name = "Taxonomy", doc = "The report's own schema and linkbases.";
  static constexpr auto fields = fields_of<V>(
      field<&V::file>("file", "Name of the schema: BASE.xsd."), field<&V::imports>("imports", "Schemas that it imports."),
      field<&V::prefixes>("prefixes", "Namespaces that its names use."), field<&V::roles>("roles", "A role for each statement."),
      field<&V::elements>("elements", "Concepts that it declares, by name."),
      field<&V::typed_domains>("typed_domains", "Local names of the elements that hold values of typed axes."),
      field<&V::types>("types", "Item types that it declares."), field<&V::linkbases>("linkbases", "Linkbases that stand beside it."),
      field<&V::labelled>("labelled", "Concepts with labels."), field<&V::labels>("labels", "References of the label linkbase."),
      field<&V::presentation>("presentation", "The release's own order."), field<&V::calculation>("calculation", "Sums that footing proved."),
      field<&V::definition>("definition", "Tables with axes."));
};
