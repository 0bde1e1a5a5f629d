#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "taxonomy/schema/components.h"
#include "taxonomy/taxonomy.h"
#include "taxonomy/xpointer.h"
#include "xml/deferred.h"

namespace factpress::taxonomy {

class Snapshot;

/// A reference to another document, with the name that it was resolved to.
struct FrozenReference {
  enum class Kind : std::uint8_t { import, include, linkbase_ref, schema_location } kind = Kind::import;
  bool has_fragment = false;    ///< of a linkbaseRef
  std::uint32_t offset = 0;     ///< of the element that refers
  std::string_view target;      ///< the normal name
};
std::string_view words(FrozenReference::Kind kind);

/// A roleType or arcroleType as a snapshot keeps it.
struct FrozenRole {
  std::string_view uri, definition;
  bool is_arcrole = false, has_definition = false;
  Cycles cycles = Cycles::any;
  std::uint32_t offset = 0;
  std::vector<std::pair<xml::NsId, std::string_view>> used_on;
};

/// What an image keeps of a global element. A row of a table that is used where it lies.
struct ElementRecord {
  enum Flag : std::uint8_t { is_abstract = 1, nillable = 2, has_default = 4, has_fixed = 8 };
  std::uint32_t name, id, value;            ///< in the document's texts
  std::uint16_t name_size, id_size;
  std::uint32_t value_size;
  std::uint32_t type;                       ///< a type reference (component_image.h)
  std::uint32_t head;                       ///< number of the element in the image + 1; 0 for none
  std::uint32_t offset;                     ///< of the xs:element in its document
  std::uint16_t depth;                      ///< above that of its head: the group has no circle
  std::uint8_t flags, block, final;
  std::uint8_t concept_kind;                ///< ConceptKind; 0xFF where it is no concept
  std::uint8_t value_kind, period;
  std::uint8_t balance, spare[3];
};
static_assert(sizeof(ElementRecord) == 44);

struct IdRecord {
  std::uint32_t text, size;     ///< in the document's texts
  std::uint32_t offset;         ///< of the element that has it
  std::uint32_t element;        ///< its number among the global elements, or no_id
};

/// A schema document of a snapshot, ready to be used without its text: what it declares, where it refers to, its roles. It was
/// found free of every error that can be told of it alone. Immutable once ready, shared by all taxonomies that reach it.
class FrozenDocument final : public xml::DeferredDocument {
 public:
  const std::string& name() const { return name_; }
  xml::NsId target() const { return target_; }
  const Snapshot& snapshot() const { return *snapshot_; }
  std::uint32_t index() const { return index_; }

  std::span<const FrozenReference> references() const { return references_; }
  /// The documents of the snapshot that it reaches by import and include, sorted; what it declares was resolved in these.
  std::span<const std::uint32_t> closure() const { return closure_; }
  /// Namespaces of annotations and foreign attributes that nothing in the closure declares: where some other schema does, the
  /// document has to be looked at again.
  std::span<const xml::NsId> open_namespaces() const { return open_namespaces_; }
  std::span<const std::pair<std::string_view, xml::NsId>> prefixes() const { return prefixes_; }
  std::span<const FrozenRole> roles() const { return roles_; }

  std::span<const ElementRecord> records() const { return records_; }
  std::string_view element_name(std::uint32_t index) const { return text(records_[index].name, records_[index].name_size); }
  /// The declaration of an element, made when it is first asked for: most of a large taxonomy's never are. Safe from several threads.
  const schema::ElementDecl& element(std::uint32_t index) const;
  const schema::ElementDecl* find_element(std::string_view local) const;
  std::uint32_t find_index(std::string_view local) const;
  /// The numbers of the elements that are concepts; empty where all are.
  std::span<const std::uint32_t> concepts() const { return concepts_; }
  std::uint32_t concept_count() const { return static_cast<std::uint32_t>(all_concepts_ ? records_.size() : concepts_.size()); }
  std::uint32_t concept_element(std::uint32_t rank) const { return all_concepts_ ? rank : concepts_[rank]; }
  /// The place among concepts() of an element, or no_id.
  std::uint32_t concept_rank(std::uint32_t element) const;
  bool has_tuples() const { return has_tuples_; }
  /// The xbrldt:typedDomainRef of elements that have one: number of the element, the text.
  std::span<const std::pair<std::uint32_t, std::string_view>> typed_domains() const { return typed_domains_; }
  const IdRecord* find_id(std::string_view id) const;

  const std::shared_ptr<const xml::Document>& document() const override;
  xml::Element element_at(std::uint32_t offset) const override;
  const IdIndex& ids() const;

 private:
  friend class Snapshot;
  std::string_view text(std::uint32_t at, std::uint32_t size) const { return texts_.substr(at, size); }
  void parse() const;

  const Snapshot* snapshot_ = nullptr;
  std::uint32_t index_ = 0;
  std::string name_;
  xml::NsId target_ = xml::ns::none;
  std::vector<FrozenReference> references_;
  std::vector<std::uint32_t> closure_;
  std::vector<xml::NsId> open_namespaces_;
  std::vector<std::pair<std::string_view, xml::NsId>> prefixes_;
  std::vector<FrozenRole> roles_;
  std::vector<std::pair<std::uint32_t, std::string_view>> typed_domains_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> constraint_numbers_;  // element, number in the image
  std::map<std::uint32_t, std::vector<const schema::IdentityConstraint*>> constraints_;  // by element
  std::vector<std::uint32_t> concepts_;
  bool all_concepts_ = false, has_tuples_ = false;
  std::span<const ElementRecord> records_;
  std::span<const std::uint32_t> name_slots_, id_slots_;
  std::span<const IdRecord> id_records_;
  std::string_view texts_;
  std::unique_ptr<std::atomic<const schema::ElementDecl*>[]> made_;  // by element
  std::atomic<bool> ready_{false};
  bool allocated_ = false, failed_ = false;

  mutable std::once_flag parsed_;
  mutable std::shared_ptr<const xml::Document> document_;
  mutable std::unique_ptr<IdIndex> ids_;
};

/// The hash of the tables in an image, which is of this machine's byte order.
inline std::uint32_t hash_text(std::string_view text) { return xml::hash_name(xml::ns::none, text); }

}  // namespace factpress::taxonomy
