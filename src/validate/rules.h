#pragma once
#include <span>

#include "diag/diagnostic.h"
#include "taxonomy/builder.h"
#include "taxonomy/dimensions.h"
#include "taxonomy/schema/schema_set.h"
#include "taxonomy/taxonomy.h"

namespace factpress::validate {

/// What the rules on a DTS see: its documents and links as they stand, and the taxonomy made of them.
struct DtsCheck {
  const taxonomy::Discovery& discovery;
  std::span<const taxonomy::ExtendedLink> links;
  const taxonomy::Taxonomy& taxonomy;
  const schema::SchemaSet& schemas;
  const taxonomy::DimensionModel& dimensions;
  diag::Sink& sink;

  /// Documents of the DTS alone; schemas found by xsi:schemaLocation are no business of the rules.
  bool in_dts(std::uint32_t document) const { return discovery.documents()[document].in_dts; }
};

/// Calls f for the id of every concept but those of frozen documents, which were checked when they were frozen.
template <class F>
void each_fresh_concept(const DtsCheck& c, F f) {
  taxonomy::ConceptId id = 0;
  for (const auto& frozen : c.taxonomy.frozen_concepts()) {
    for (; id < frozen.begin; ++id) f(id);
    id = frozen.end;
  }
  for (; id < c.taxonomy.concepts().size(); ++id) f(id);
}

/// One family of constraints; adds what it finds to the sink.
struct DtsRule {
  std::string_view name;
  std::string_view clause;
  void (*check)(DtsCheck&);
};

/// The rules on taxonomies in the order in which they run (XBRL 2.1 §3.5, §5; Dimensions 1.0 §2).
std::span<const DtsRule> dts_rules();

namespace rules {
void documents(DtsCheck&);
void concept_declarations(DtsCheck&);
void tuple_declarations(DtsCheck&);
void role_types(DtsCheck&);
void linkbase_references(DtsCheck&);
void role_references(DtsCheck&);
void extended_links(DtsCheck&);
void standard_arcs(DtsCheck&);
void cycles(DtsCheck&);
void preferred_labels(DtsCheck&);
void dimension_declarations(DtsCheck&);
void dimension_arcs(DtsCheck&);
void dimension_sets(DtsCheck&);
}  // namespace rules

}  // namespace factpress::validate
