#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

#include "diag/diagnostic.h"
#include "taxonomy/arc_signature.h"
#include "taxonomy/discovery.h"
#include "taxonomy/links.h"
#include "taxonomy/taxonomy.h"

namespace factpress::taxonomy {

class ByteReader;

/// Makes a Taxonomy of discovered documents: concepts from the schemas, nodes and resources from the links, networks from the
/// arcs. The links stay at hand for the rules until the builder goes. Emits taxonomy.too-many-relationships.
class TaxonomyBuilder {
 public:
  static constexpr std::size_t max_relationships = 10'000'000;

  /// `schemas` holds every schema document of the discovery, compiled.
  TaxonomyBuilder(Discovery& discovery, std::unique_ptr<schema::SchemaSet> schemas, diag::Sink& sink);
  ~TaxonomyBuilder();

  /// Either is to be called, once.
  void build();
  /// Takes nodes, resources, roles and networks from what TaxonomyImage::write() wrote of the same documents. False where they do
  /// not fit each other; then nothing else may be asked.
  bool restore(ByteReader& links, std::shared_ptr<const void> owner);
  std::vector<ExtendedLink> take_links() { return std::move(links_); }
  const Taxonomy& taxonomy() const { return *taxonomy_; }
  Discovery& discovery() const { return *discovery_; }
  std::shared_ptr<const Taxonomy> finish() { return std::move(taxonomy_); }

 private:
  using BaseSet = std::array<std::uint32_t, 6>;
  struct Candidate {
    std::uint32_t base_set;
    std::uint32_t signature;
    std::int64_t priority;
    bool prohibited;
    std::uint32_t sequence;
    Relationship relationship;
  };

  void add_documents();
  void rank_prefixes();
  void add_concepts();
  void add_concepts(std::uint32_t begin, std::uint32_t end);
  void add_frozen_concepts(std::uint32_t first, const FrozenDocument& frozen);
  void index_concepts();
  void add_roles();
  void add_role(std::uint32_t document, const xml::Element& element);
  void add_frozen_roles(std::uint32_t document, const FrozenDocument& frozen);
  void read_links();
  void add_resource(const LinkEnd& end);
  NodeId node_of(const Target& target);
  NodeId concept_node(std::uint32_t document, const xml::Element& element);
  NodeId node_of_concept(ConceptId id);
  void add_candidates(const ExtendedLink& link);
  void side(const ExtendedLink& link, std::uint32_t first, std::vector<NodeId>& nodes) const;
  Relationship prototype(const ExtendedLink& link, const Arc& arc);
  std::uint32_t base_set_of(const ExtendedLink& link, const Arc& arc);
  std::uint32_t intern_number(std::string_view text, const Decimal& otherwise);
  void make_networks();
  std::vector<std::uint32_t> surviving() const;
  void sort_relationships();

  Discovery* discovery_;
  diag::Sink* sink_;
  std::shared_ptr<Taxonomy> taxonomy_;
  std::vector<ExtendedLink> links_;
  std::unordered_map<std::uint64_t, NodeId> nodes_;
  std::map<BaseSet, std::uint32_t> base_sets_;
  std::vector<BaseSet> base_set_keys_;
  std::vector<Candidate> candidates_;
  std::unordered_map<std::string_view, std::uint32_t, xml::TextHash> numbers_by_text_;  // as they stand in the documents
  std::unordered_map<Decimal, std::uint32_t> numbers_;
  ArcSignatures signatures_;
};

}  // namespace factpress::taxonomy
