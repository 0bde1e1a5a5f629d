#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "model/report.h"
#include "render/arena.h"
#include "template/reflect.h"

/// Views show the frozen Report to templates: they point into it and add what can be derived (names with prefixes, formatted
/// periods, layout). Their documentation is generated from these tables, so every field says what it holds.
namespace factpress::render {

struct LabelView {
  std::string_view kind;  ///< "standard", "negated", ...
  std::string_view role;  ///< role URI
  std::string_view text;
  std::string_view id;    ///< unique in the label linkbase
};

struct AlternativeView {
  std::string_view name;
  Decimal score;
};

struct ConceptView {
  std::string_view name, prefix, qname, id, href, kind, type, substitution_group, period_type, balance, label, documentation;
  std::string_view reason, anchor, typed_domain, typed_domain_name, equivalent_namespace, equivalent_name;
  std::string_view slug;  ///< for anchors in pages
  bool own = false, abstract = false, numeric = false, used = false;
  bool renamed = false;   ///< its standard label was another concept's too: the release's words became the terse label
  Decimal confidence;
  std::vector<LabelView> labels;
  std::vector<AlternativeView> alternatives;
  const model::Concept* source = nullptr;

  /// The text for a label role; the standard label where the concept has none for it.
  std::string_view label_for(model::LabelRole role) const;
};

struct NamespaceView {
  std::string_view prefix, uri, schema_location;
};

/// Prefixes by namespace name, as the outputs write them: the report's own list and those that the specifications fix.
class Prefixes {
 public:
  explicit Prefixes(const model::Report& report);
  /// Empty where the namespace has none.
  std::string_view of(std::string_view uri) const;
  const std::vector<NamespaceView>& all() const { return all_; }

 private:
  std::vector<NamespaceView> all_;
};

/// URI of a label role, and the word for it ("periodStart").
std::string_view role_uri(model::LabelRole role);
std::string_view role_word(model::LabelRole role);

/// "prefix:local".
std::string_view prefixed(const QName& name, const Prefixes& prefixes, Arena& arena);
/// A confidence or score (0 to 1) as a decimal of three places.
Decimal share(double value);

/// One for each of the report's concepts, at the same index. `used` is set later, by those who write them.
/// No two have the same standard label (EDGAR Filer Manual 6.10): the second gets its name added, and keeps the release's
/// words as its terse label, which the presentation prefers.
std::vector<ConceptView> view_concepts(const model::Report& report, const Prefixes& prefixes, Arena& arena);

}  // namespace factpress::render

template <>
struct factpress::tmpl::Reflect<factpress::render::LabelView> {
  using V = factpress::render::LabelView;
  static constexpr std::string_view name = "Label", doc = "One label of a concept.";
  static constexpr auto fields = fields_of<V>(
      field<&V::kind>("kind", "standard, terse, verbose, total, negated, negatedTotal, periodStart, periodEnd or documentation."),
      field<&V::role>("role", "The label role's URI."), field<&V::text>("text", "The label."),
      field<&V::id>("id", "Identifier of the label resource, unique in the label linkbase."));
};

template <>
struct factpress::tmpl::Reflect<factpress::render::AlternativeView> {
  using V = factpress::render::AlternativeView;
  static constexpr std::string_view name = "Alternative", doc = "A concept that was weighed for an item.";
  static constexpr auto fields = fields_of<V>(field<&V::name>("name", "Local name of the concept."),
                                              field<&V::score>("score", "Share of the evidence, 0 to 1."));
};

template <>
struct factpress::tmpl::Reflect<factpress::render::ConceptView> {
  using V = factpress::render::ConceptView;
  static constexpr std::string_view name = "Concept", doc = "What a fact is a value of, or a heading, table, axis or member.";
  static constexpr auto fields = fields_of<V>(
      field<&V::name>("name", "Local name: AssetsCurrent."), field<&V::prefix>("prefix", "Prefix of its namespace: us-gaap."),
      field<&V::qname>("qname", "us-gaap:AssetsCurrent."), field<&V::id>("id", "us-gaap_AssetsCurrent: the id of its declaration."),
      field<&V::href>("href", "Address of its declaration, for locators."),
      field<&V::kind>("kind", "item, abstract, hypercube, dimension, domain, member or lineItems."),
      field<&V::type>("type", "Data type with prefix: xbrli:monetaryItemType."),
      field<&V::substitution_group>("substitution_group", "xbrli:item, xbrldt:hypercubeItem or xbrldt:dimensionItem."),
      field<&V::period_type>("period_type", "instant or duration."),
      field<&V::balance>("balance", "debit, credit or empty."), field<&V::label>("label", "Its standard label."),
      field<&V::documentation>("documentation", "Its definition in words, or empty."),
      field<&V::own>("own", "Whether the report's own schema declares it (an extension)."),
      field<&V::abstract>("abstract", "Whether it can have no facts."), field<&V::numeric>("numeric", "Whether its values are numbers."),
      field<&V::used>("used", "Whether a fact, a statement or a table uses it."),
      field<&V::confidence>("confidence", "How sure the choice is, 0 to 1."),
      field<&V::reason>("reason", "What the choice rested on."), field<&V::alternatives>("alternatives", "What else was weighed."),
      field<&V::anchor>("anchor", "The wider standard concept of an extension, with prefix, or empty."),
      field<&V::equivalent_namespace>("equivalent_namespace", "Namespace of the standard concept that it stands for (standalone profile), or empty."),
      field<&V::equivalent_name>("equivalent_name", "Local name of that concept, or empty."),
      field<&V::typed_domain>("typed_domain", "Element of a typed dimension's values, with prefix, or empty."),
      field<&V::typed_domain_name>("typed_domain_name", "Local name of that element, or empty."),
      field<&V::slug>("slug", "Its name fit for an anchor."), field<&V::labels>("labels", "Every label that the report gives it."));
};

template <>
struct factpress::tmpl::Reflect<factpress::render::NamespaceView> {
  using V = factpress::render::NamespaceView;
  static constexpr std::string_view name = "Namespace", doc = "A namespace with the prefix that the outputs write.";
  static constexpr auto fields = fields_of<V>(field<&V::prefix>("prefix", "us-gaap."), field<&V::uri>("uri", "The namespace name."),
                                              field<&V::schema_location>("schema_location", "Public address of its schema, or empty."));
};
