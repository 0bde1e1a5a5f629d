#pragma once
#include <algorithm>
#include <bit>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "taxonomy/schema/attrs.h"
#include "taxonomy/schema/content_model.h"
#include "taxonomy/schema/facets.h"
#include "taxonomy/schema/identity.h"
#include "taxonomy/schema/schema_set.h"

namespace factpress::taxonomy {
class FrozenDocument;
class Snapshot;
}

/// The inside of Builder and SchemaSet. Not for other rooms.
namespace factpress::schema {

/// Open addressing over components that know their own names.
template <class T>
class NameTable {
 public:
  T* find(const xml::QName& q) const { return find(q, xml::hash_name(q.ns, q.local)); }
  T* find(const xml::QName& q, std::uint32_t hash) const {
    if (slots_.empty()) return nullptr;
    for (std::size_t i = hash & mask(); slots_[i].item; i = (i + 1) & mask())
      if (slots_[i].hash == hash && slots_[i].item->ns == q.ns && slots_[i].item->name == q.local) return slots_[i].item;
    return nullptr;
  }
  /// The component already there, or null where this one was added.
  T* add(T* item) {
    const auto hash = xml::hash_name(item->ns, item->name);
    if (T* old = find({item->ns, item->name}, hash)) return old;
    if ((count_ + 1) * 2 > slots_.size()) grow();
    insert(hash, item);
    ++count_;
    return nullptr;
  }
  void replace(T* item) {
    const auto hash = xml::hash_name(item->ns, item->name);
    for (std::size_t i = hash & mask(); slots_[i].item; i = (i + 1) & mask())
      if (slots_[i].hash == hash && slots_[i].item->ns == item->ns && slots_[i].item->name == item->name) slots_[i].item = item;
  }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    T* item = nullptr;
  };
  std::size_t mask() const { return slots_.size() - 1; }
  void insert(std::uint32_t hash, T* item) {
    std::size_t i = hash & mask();
    while (slots_[i].item) i = (i + 1) & mask();
    slots_[i] = {hash, item};
  }
  void grow() {
    std::vector<Slot> old = std::move(slots_);
    slots_.assign(old.empty() ? 64 : old.size() * 8, {});  // seldom: every text is hashed anew
    for (const auto& s : old)
      if (s.item) insert(s.hash, s.item);
  }
  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

/// Texts seen once; the texts must outlive the set.
class TextSet {
 public:
  /// `expected`: how many there may be, of which memory is taken with the first.
  explicit TextSet(std::size_t expected = 0) : expected_(expected) {}
  /// False where it was there already.
  bool insert(std::string_view text) {
    if ((count_ + 1) * 2 > slots_.size()) grow();
    const Slot slot{text.data(), static_cast<std::uint32_t>(text.size()), xml::hash_name(xml::ns::none, text)};
    std::size_t i = slot.hash & (slots_.size() - 1);
    for (; slots_[i].text; i = (i + 1) & (slots_.size() - 1))
      if (slots_[i].hash == slot.hash && std::string_view(slots_[i].text, slots_[i].size) == text) return false;
    slots_[i] = slot;
    ++count_;
    return true;
  }

 private:
  struct Slot {
    const char* text = nullptr;
    std::uint32_t size = 0, hash = 0;
  };
  void grow() {
    const std::vector<Slot> old = std::move(slots_);
    slots_.assign(old.empty() ? std::bit_ceil(std::max<std::size_t>(expected_, 32) * 2) : old.size() * 4, {});
    for (const Slot& slot : old) {
      if (!slot.text) continue;
      std::size_t i = slot.hash & (slots_.size() - 1);
      while (slots_[i].text) i = (i + 1) & (slots_.size() - 1);
      slots_[i] = slot;
    }
  }
  std::vector<Slot> slots_;
  std::size_t count_ = 0, expected_ = 0;
};

struct TypeEntry;
struct GroupEntry;
struct AttributeGroupEntry;

/// One schema document in one target namespace (a document without one may be included under several).
struct SchemaDoc {
  std::string url;
  std::shared_ptr<const xml::Document> document;
  xml::Element root;
  xml::NsId target = xml::ns::none;
  bool chameleon = false, element_qualified = false, attribute_qualified = false;
  std::uint8_t block = 0, final = 0;
  std::vector<xml::NsId> imported;
  std::vector<xml::NsId> complained;  ///< namespaces whose absence was reported once
  /// Set while a redefinition is compiled: the component that a name within itself means.
  const TypeEntry* own_type = nullptr;
  GroupEntry* own_group = nullptr;
  AttributeGroupEntry* own_attributes = nullptr;
  struct Memo {
    std::string_view text;
    xml::QName name;
    bool known = false;
    /// What it means, once everything is collected; null where that was not asked for.
    const Type* type = nullptr;
    const ElementDecl* element = nullptr;
  };
  std::array<Memo, 64> memo;
  Memo& memo_of(std::string_view text) {
    return memo[text.empty() ? 0
                             : (text.size() * 7 + static_cast<unsigned char>(text.back()) * 3u +
                                static_cast<unsigned char>(text[text.size() / 2])) &
                                   63];
  }
  AttributeNames names;
  TextSet ids;
  const taxonomy::FrozenDocument* frozen = nullptr;  ///< of a snapshot: neither document nor root then
};

enum class Phase : std::uint8_t { fresh, busy, done };

/// The document of a frozen component in its snapshot.
inline constexpr std::uint32_t not_frozen = ~0u;

struct TypeEntry : Type {
  SchemaDoc* doc = nullptr;  ///< null where it is frozen
  std::uint32_t frozen_in = not_frozen;
  Phase phase = Phase::fresh;
  const TypeEntry* redefines = nullptr;
  const Particle* particle = nullptr;      ///< effective content, with the base's in an extension
  const Particle* own_particle = nullptr;  ///< of a restriction, to be held against the base
  bool check_restriction = false;
  bool base_missing = false;  ///< the base could not be resolved: what follows from anyType in its place is not reported
};
struct ElementEntry : ElementDecl {
  SchemaDoc* doc = nullptr;
  std::string_view type_ref, head_ref;
  std::uint32_t walk = 0;  ///< of the check for circles
};
struct AttributeEntry : AttributeDecl {
  SchemaDoc* doc = nullptr;
  std::uint32_t frozen_in = not_frozen;
  std::string_view type_ref;
};
struct GroupEntry {
  xml::NsId ns;
  std::string_view name;
  xml::ElementRef source;
  SchemaDoc* doc = nullptr;
  std::uint32_t frozen_in = not_frozen;
  Phase phase = Phase::fresh;
  const Particle* particle = nullptr;
  GroupEntry* redefines = nullptr;
};
struct AttributeGroupEntry {
  xml::NsId ns;
  std::string_view name;
  xml::ElementRef source;
  SchemaDoc* doc = nullptr;
  std::uint32_t frozen_in = not_frozen;
  Phase phase = Phase::fresh;
  AttributeSet set;
  AttributeGroupEntry* redefines = nullptr;
};

struct SchemaSet::Data {
  NameTable<ElementEntry> elements;
  NameTable<TypeEntry> types;
  NameTable<AttributeEntry> attributes;
  std::deque<ElementEntry> element_store;
  std::deque<TypeEntry> type_store;
  std::deque<AttributeEntry> attribute_store;
  std::deque<SimpleType> simple_store;
  std::deque<Facets> facet_store;
  std::deque<Pattern> pattern_store;
  std::deque<Particle> particle_store;
  std::deque<ContentModel> model_store;
  std::deque<AttributeSet> attribute_sets;
  std::deque<IdentityConstraint> constraint_store;
  std::deque<std::vector<const IdentityConstraint*>> constraint_lists;
  std::vector<const ElementDecl*> own_elements;  ///< global ones
  std::uint32_t element_count = 0;               ///< with those of frozen documents
  std::vector<const Type*> global_types;
  std::vector<Schema> schemas;
  NameTable<GroupEntry> groups;
  NameTable<AttributeGroupEntry> attribute_groups;
  NameTable<IdentityConstraint> constraints;
  std::deque<GroupEntry> group_store;
  std::deque<AttributeGroupEntry> attribute_group_store;

  /// Documents of snapshots that belong to the set.
  struct Frozen {
    std::shared_ptr<const taxonomy::Snapshot> snapshot;
    std::vector<bool> visible;  ///< by the document's number in it
  };
  std::vector<Frozen> frozen;
  std::vector<std::pair<xml::NsId, const taxonomy::FrozenDocument*>> frozen_by_namespace;
  std::vector<ElementRun> runs;
  const ElementRun& run_of(std::uint32_t element) const;
  void add_frozen(const taxonomy::FrozenDocument& document);
  bool is_visible(const taxonomy::FrozenDocument& document) const;
  /// Own components first, then those of snapshots.
  const ElementDecl* find_element(const xml::QName& q) const;
  const TypeEntry* find_type(const xml::QName& q) const;
  const AttributeEntry* find_attribute(const xml::QName& q) const;
  GroupEntry* find_group(const xml::QName& q) const;
  AttributeGroupEntry* find_attribute_group(const xml::QName& q) const;
  const IdentityConstraint* find_constraint(const xml::QName& q) const;
  bool has_constraints() const;
};

/// Compiles documents into Data. One file a family of components: compile_*.cpp.
class Compiler {
 public:
  Compiler(Resolver& resolver, diag::Sink& sink) : resolver_(resolver), sink_(sink), data_(std::make_unique<SchemaSet::Data>()) {}

  void add(const std::string& url, std::shared_ptr<const xml::Document> document, const xml::Element& root);
  void add_frozen(const taxonomy::FrozenDocument& document);
  std::unique_ptr<SchemaSet::Data> freeze();
  bool conflict() const { return conflict_; }

 private:
  // ---- documents (compile_document.cpp)
  SchemaDoc* open(const std::string& url, std::shared_ptr<const xml::Document> document, const xml::Element& root,
                  xml::NsId including, bool chameleon_ok);
  void collect(SchemaDoc& doc);
  void collect_one(SchemaDoc& doc, const xml::Element& e, bool& components_began);
  SchemaDoc* open_frozen(const taxonomy::FrozenDocument& document);
  void open_found(const Resolver::Found& found, xml::NsId including, bool chameleon_ok);
  void collect_frozen(SchemaDoc& doc);
  void check_frozen();
  void drain();
  void import(SchemaDoc& doc, const xml::Element& e);
  void include(SchemaDoc& doc, const xml::Element& e, bool redefine);
  void redefine_all();
  void redefine_child(SchemaDoc& doc, const xml::Element& e);
  template <class Entry>
  Entry* declare(NameTable<Entry>& table, std::deque<Entry>& store, SchemaDoc& doc, const xml::Element& e, std::string_view name,
                 const char* what, bool listed = true);
  void collect_element(SchemaDoc& doc, const xml::Element& e);
  void collect_attribute(SchemaDoc& doc, const xml::Element& e);
  void collect_type(SchemaDoc& doc, const xml::Element& e);
  void collect_group(SchemaDoc& doc, const xml::Element& e, bool attributes);

  // ---- references and small readers (compile_support.cpp)
  void report(const diag::CodeInfo& code, const xml::Element& at, std::string message);
  Attrs attrs(SchemaDoc& doc, const xml::Element& e, std::uint64_t allowed, std::uint64_t required = 0);
  bool flag(const xml::Element& e, const Attrs& a, A which);
  std::uint8_t derivations(const xml::Element& e, std::string_view text, std::uint8_t allowed);
  void occurrence(const xml::Element& e, const Attrs& a, Particle& p);
  std::optional<xml::QName> qname(SchemaDoc& doc, const xml::Element& at, std::string_view text);
  bool visible(SchemaDoc& doc, const xml::Element& at, xml::NsId ns, std::string_view text);
  void unresolved(SchemaDoc& doc, const xml::Element& at, const xml::QName& q, const char* what);
  const Type* type_ref(SchemaDoc& doc, const xml::Element& at, std::string_view text);
  const ElementDecl* element_ref(SchemaDoc& doc, const xml::Element& at, std::string_view text);
  const AttributeDecl* attribute_ref(SchemaDoc& doc, const xml::Element& at, std::string_view text);
  void check_id(SchemaDoc& doc, const xml::Element& e, std::string_view id);
  /// Calls f(child, local name) for each child of the schema language behind an optional first annotation.
  void children(SchemaDoc& doc, const xml::Element& e, const std::function<void(const xml::Element&, std::string_view)>& f);
  void check_annotation(SchemaDoc& doc, const xml::Element& e);
  void unexpected(const xml::Element& parent, const xml::Element& child);

  // ---- types
  void ensure(const Type* type);
  void compile(TypeEntry& t);
  TypeEntry* anonymous(SchemaDoc& doc, const xml::Element& e);
  void compile_simple(TypeEntry& t);
  void simple_restriction(TypeEntry& t, const xml::Element& e);
  void simple_list(TypeEntry& t, const xml::Element& e);
  void simple_union(TypeEntry& t, const xml::Element& e);
  const SimpleType* simple_of(const Type* type, const xml::Element& at);
  const SimpleType* restricted(SchemaDoc& doc, const SimpleType& base, const std::vector<xml::Element>& facets);
  void apply_facet(SchemaDoc& doc, const xml::Element& e, const SimpleType& base, SimpleType& t, Facets& f, std::uint16_t& own);
  void apply_length(const xml::Element& e, std::uint16_t kind, std::string_view text, const SimpleType& base, Facets& f);
  void apply_bound(const xml::Element& e, std::uint16_t kind, std::string_view text, const SimpleType& base, Facets& f,
                   std::uint16_t own);
  void apply_digits(const xml::Element& e, std::uint16_t kind, std::string_view text, Facets& f);
  void check_facets(const xml::Element& at, const Facets& f);

  void compile_complex(TypeEntry& t);
  void simple_content(TypeEntry& t, const xml::Element& e);
  void simple_content_restriction(TypeEntry& t, const xml::Element& d, const Type& base);
  void complex_content(TypeEntry& t, const xml::Element& e, bool mixed);
  void derive_extension(TypeEntry& t, const xml::Element& d, const Type& base, const Particle* own, bool mixed);
  void derive_restriction(TypeEntry& t, const xml::Element& d, const Type& base, const Particle* own, bool mixed);
  void set_content(TypeEntry& t, const Particle* particle, bool mixed);
  const Particle* read_content(SchemaDoc& doc, const xml::Element& e, AttributeSet& attributes,
                               const std::function<bool(const xml::Element&, std::string_view)>& other);

  // ---- attributes (compile_attributes.cpp)
  bool read_attribute_part(SchemaDoc& doc, const xml::Element& e, std::string_view local, AttributeSet& out, bool& wildcard_seen);
  void read_attribute_use(SchemaDoc& doc, const xml::Element& e, AttributeSet& out);
  Wildcard read_wildcard(SchemaDoc& doc, const xml::Element& e, const Attrs& a);
  void ensure(AttributeGroupEntry& g);
  void add_use(const xml::Element& at, AttributeSet& out, const AttributeUse& use);
  void add_wildcard(AttributeSet& out, const Wildcard& w);
  const AttributeSet* extend_attributes(const xml::Element& at, const AttributeSet* base, AttributeSet own);
  const AttributeSet* restrict_attributes(const xml::Element& at, const AttributeSet* base, AttributeSet own, bool base_is_any);
  const AttributeSet* keep(AttributeSet set);
  void resolve_attribute(AttributeEntry& a);
  void attribute_name(const xml::Element& e, std::string_view name, xml::NsId ns);

  // ---- particles (compile_particles.cpp)
  const Particle* read_particle(SchemaDoc& doc, const xml::Element& e, std::string_view local);
  const Particle* read_local_element(SchemaDoc& doc, const xml::Element& e);
  const Particle* read_group_ref(SchemaDoc& doc, const xml::Element& e);
  const Particle* read_model_group(SchemaDoc& doc, const xml::Element& e, std::string_view local, bool definition);
  const Particle* read_any(SchemaDoc& doc, const xml::Element& e);
  void ensure(GroupEntry& g);
  void read_element(ElementEntry& d, SchemaDoc& doc, const xml::Element& e, const Attrs& a);
  Particle& particle(Particle::Kind kind, const xml::Element& source);

  // ---- identity constraints (compile_identity.cpp)
  std::optional<IdentityPaths> read_xpath(SchemaDoc& doc, const xml::Element& e, bool field);
  void read_constraint(ElementEntry& d, SchemaDoc& doc, const xml::Element& e, std::string_view local);
  void resolve_key_references();

  // ---- last checks (compile_checks.cpp)
  void resolve_elements();
  void resolve_type(ElementEntry& d);
  void check_element(ElementEntry& d);
  void check_substitution(ElementEntry& d);
  void check_type(TypeEntry& t);
  void check_consistency(const TypeEntry& t);
  bool check_default(const xml::Element& at, const Type& type, std::string_view value);

  Resolver& resolver_;
  diag::Sink& sink_;
  std::unique_ptr<SchemaSet::Data> data_;
  std::deque<SchemaDoc> docs_;
  std::vector<SchemaDoc*> queue_;
  std::unordered_map<std::string, SchemaDoc*> by_key_;
  std::unordered_set<std::string> seen_references_;
  std::vector<std::pair<SchemaDoc*, xml::Element>> redefinitions_;
  struct KeyReference {
    IdentityConstraint* constraint;
    SchemaDoc* doc;
    std::string_view text;
  };
  std::vector<KeyReference> key_references_;
  bool conflict_ = false;
  int depth_ = 0;
  static constexpr int max_depth = 400;
};

}  // namespace factpress::schema
