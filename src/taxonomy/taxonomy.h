#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/decimal.h"
#include "base/source.h"
#include "taxonomy/strings.h"
#include "xml/names.h"

namespace factpress::schema {
class SchemaSet;
}
namespace factpress::xml {
class DeferredDocument;
}

namespace factpress::taxonomy {

class FrozenDocument;
struct DtsDocument;

using ConceptId = std::uint32_t;
using NodeId = std::uint32_t;
using UriId = std::uint32_t;  ///< a role or arcrole, interned in its taxonomy
inline constexpr std::uint32_t no_id = 0xFFFFFFFFu;

enum class Period : std::uint8_t { unstated, instant, duration };
enum class Balance : std::uint8_t { unstated, debit, credit };

/// What a concept is by its substitution group (XBRL 2.1 §5.1.1, Dimensions 1.0 §2).
enum class ConceptKind : std::uint8_t { item, tuple, hypercube, dimension };

/// What an item's values are by the type it is derived from (XBRL 2.1 §5.1.1.3).
enum class ValueKind : std::uint8_t { text, numeric, monetary, shares, pure, fraction };

/// A concept: an element declared in the substitution group of xbrli:item or xbrli:tuple.
struct Concept {
  std::uint32_t declaration = no_id;  ///< of the schema set
  NodeId node = no_id;
  xml::NsId ns{};
  std::uint32_t document = no_id;     ///< where it is declared
  std::uint32_t offset = 0;
  ConceptKind kind = ConceptKind::item;
  ValueKind value = ValueKind::text;
  Period period = Period::unstated;
  Balance balance = Balance::unstated;
  bool abstract = false;
  bool nillable = false;

  bool is_item() const { return kind != ConceptKind::tuple; }
  bool is_numeric() const { return value != ValueKind::text; }
  /// An item that facts can be reported for as such: no hypercube, no dimension (Dimensions 1.0 §2.1).
  bool is_primary() const { return kind == ConceptKind::item; }
};

/// An XML fragment that relationships connect.
enum class NodeKind : std::uint8_t { concept_node, resource, other };
struct Node {
  NodeKind kind = NodeKind::other;
  std::uint32_t index = no_id;  ///< ConceptId or index into resources()
  std::uint32_t document = no_id;
  std::uint32_t offset = 0;
};

/// A label, a reference, or a resource of another kind.
struct Resource {
  xml::NsId ns{};
  std::uint32_t local = no_id;
  UriId role = no_id;
  std::uint32_t lang = no_id;  ///< in strings(), lower case; no_id where none is in force
  std::uint32_t text = no_id;  ///< in strings(): a label's content, XML kept as text
  std::uint32_t parts_begin = 0, parts_end = 0;  ///< of a reference: into reference_parts()
};
struct ReferencePart {
  xml::NsId ns{};
  std::uint32_t local = no_id;
  std::uint32_t text = no_id;
};

enum class ContextElement : std::uint8_t { unstated, segment, scenario, invalid };

/// One relationship of a network: neither prohibited nor overridden (XBRL 2.1 §3.5.3.9.7).
struct Relationship {
  NodeId from = no_id;
  NodeId to = no_id;
  std::uint32_t order = 0;          ///< in numbers()
  std::uint32_t weight = no_id;     ///< in numbers()
  UriId preferred_label = no_id;
  UriId target_role = no_id;        ///< xbrldt:targetRole
  std::uint32_t document = no_id;   ///< of the arc
  std::uint32_t offset = 0;
  ContextElement context_element = ContextElement::unstated;
  bool closed = false;              ///< xbrldt:closed
  bool usable = true;               ///< xbrldt:usable
};

/// The relationships of one base set that take part, sorted by source, order and place.
struct Network {
  UriId arcrole = no_id;
  UriId role = no_id;
  xml::NsId arc_ns{}, link_ns{};
  std::uint32_t arc_local = no_id, link_local = no_id;
  std::uint32_t begin = 0, end = 0;  ///< into relationships()
};

/// A roleType or arcroleType (XBRL 2.1 §5.1.3, §5.1.4).
enum class Cycles : std::uint8_t { any, undirected, none };
struct RoleDeclaration {
  UriId uri = no_id;
  bool is_arcrole = false;
  Cycles cycles = Cycles::any;
  std::uint32_t definition = no_id;  ///< in strings()
  std::uint32_t document = no_id;
  std::uint32_t offset = 0;
  std::vector<std::pair<xml::NsId, std::uint32_t>> used_on;
};

/// Which of a concept's labels is wanted. Languages match by prefix: "en" takes "en-US".
struct LabelQuery {
  std::string_view role = "http://www.xbrl.org/2003/role/label";
  std::string_view lang = "en";
};

/// A loaded discoverable taxonomy set: concepts, networks of relationships, labels, references, roles. Frozen: everything
/// here is immutable after loading and may be shared between threads without locks. All cross-references are 32-bit indices.
class Taxonomy {
 public:
  /// Concepts that lie side by side, declared by one document of a snapshot, which was found to be in order.
  struct FrozenConcepts {
    ConceptId begin = 0, end = 0;
    const FrozenDocument* document = nullptr;
  };
  Taxonomy();
  ~Taxonomy();
  Taxonomy(const Taxonomy&) = delete;
  Taxonomy& operator=(const Taxonomy&) = delete;

  std::span<const Concept> concepts() const { return concepts_; }
  const Concept& concept_at(ConceptId id) const { return concepts_[id]; }
  /// no_id where there is none.
  ConceptId find_concept(xml::NsId ns, std::string_view local) const;
  ConceptId find_concept(const xml::QName& name) const { return find_concept(name.ns, name.local); }
  std::string_view local_name(const Concept& c) const;
  std::span<const FrozenConcepts> frozen_concepts() const { return frozen_concepts_; }
  /// "us-gaap:Assets": with the prefix that the taxonomy's documents use most, for messages.
  std::string display_name(ConceptId id) const;
  std::string display_name(const xml::QName& name) const;

  std::span<const Node> nodes() const { return nodes_; }
  const Node& node(NodeId id) const { return nodes_[id]; }
  /// The concept at a node, or no_id.
  ConceptId concept_of(NodeId id) const { return nodes_[id].kind == NodeKind::concept_node ? nodes_[id].index : no_id; }
  std::span<const Resource> resources() const { return resources_; }
  std::span<const ReferencePart> reference_parts() const { return parts_; }

  std::span<const Network> networks() const { return networks_; }
  std::span<const Relationship> relationships() const { return relationships_; }
  std::span<const Relationship> relationships(const Network& n) const {
    return std::span(relationships_).subspan(n.begin, n.end - n.begin);
  }
  /// Those that begin at `from`, by order.
  std::span<const Relationship> outgoing(const Network& n, NodeId from) const;
  /// Indices into relationships() of those that end at `to`.
  std::span<const std::uint32_t> incoming(const Network& n, NodeId to) const;
  /// Networks of an arcrole, in order of first appearance; every role, or one.
  std::vector<const Network*> networks_of(std::string_view arcrole) const;
  const Network* find_network(UriId arcrole, UriId role) const;

  const Decimal& number(std::uint32_t id) const { return numbers_[id]; }
  const StringTable& strings() const { return strings_; }
  /// The id of a role, or no_id where the taxonomy knows none such.
  UriId find_uri(std::string_view uri) const { return strings_.find(uri); }
  std::string_view uri(UriId id) const { return strings_.get(id); }

  std::span<const RoleDeclaration> roles() const { return roles_; }
  const RoleDeclaration* find_role(UriId uri, bool arcrole) const;

  /// The first label that fits, or empty.
  std::string_view label(ConceptId id, const LabelQuery& query = {}) const;

  /// A place in a document of the set.
  Place place(std::uint32_t document, std::uint32_t offset) const;
  const schema::SchemaSet& schemas() const { return *schemas_; }

 private:
  void add_network(const Network& n);
  friend class TaxonomyBuilder;
  friend class TaxonomyImage;
  std::vector<Concept> concepts_;
  std::vector<std::uint32_t> concept_table_;  // open addressing by name, of concepts that are not frozen
  std::vector<Node> nodes_;
  std::vector<Resource> resources_;
  std::vector<ReferencePart> parts_;
  std::vector<Relationship> relationships_;
  std::vector<std::uint32_t> by_target_;      // as relationships_, each network's by target
  std::vector<Network> networks_;
  std::vector<RoleDeclaration> roles_;
  std::vector<Decimal> numbers_;
  StringTable strings_;
  std::unordered_map<std::uint64_t, std::uint32_t> network_table_;
  struct Text {
    SourcePtr source;
    const xml::DeferredDocument* deferred = nullptr;  ///< in its place: parsed when a place in it is told
  };
  std::vector<Text> documents_;
  std::vector<FrozenConcepts> frozen_concepts_;
  std::vector<std::uint32_t> frozen_at_;      // by document: into frozen_concepts_, or no_id
  std::vector<std::pair<xml::NsId, std::string>> prefixes_;
  std::unique_ptr<schema::SchemaSet> schemas_;
};

}  // namespace factpress::taxonomy
