#pragma once
#include <deque>
#include <functional>
#include <vector>

#include "taxonomy/schema/compiler.h"
#include "taxonomy/schema/identity.h"
#include "taxonomy/snapshot/byte_stream.h"

/// The components of frozen documents beside their global elements, as a snapshot keeps them: types, attributes, groups.
namespace factpress::schema {

/// A reference to a component: 0 is none; odd numbers mean the component (n - 1) / 2 of the image, even ones the built-in type
/// n / 2 - 1 of its list of names. The attributes and the particle of anyType have a number of their own.
using ComponentRef = std::uint32_t;
inline constexpr ComponentRef any_type_part = 2;

/// Read back. Everything is checked: references lie within the image, types derive from earlier ones, particles hold earlier
/// ones, whatever users of a frozen set rely on is there.
struct ComponentImage {
  struct Host {
    std::uint32_t documents = 0;
    std::uint64_t elements = 0;  ///< global ones, of all documents
    std::function<const xml::DeferredDocument*(std::uint32_t)> document;  ///< null for one that is not frozen
    std::function<const ElementDecl*(std::uint32_t)> element;
  };
  using Constraints = std::vector<const IdentityConstraint*>;
  /// False where the bytes are not what a writer writes.
  bool read(taxonomy::ByteReader& in, const Host& host);
  const Type* type(ComponentRef ref) const;

  std::vector<const Type*> builtins;
  std::vector<SimpleType> simple;
  std::deque<Facets> facets;
  std::deque<Pattern> patterns;
  std::vector<TypeEntry> types;
  std::vector<AttributeEntry> attributes;
  std::vector<AttributeSet> sets;
  std::vector<Particle> particles;
  std::vector<ElementDecl> locals;
  std::vector<GroupEntry> groups;
  std::vector<AttributeGroupEntry> attribute_groups;
  std::deque<ContentModel> models;
  std::vector<IdentityConstraint> constraints;
  std::deque<Constraints> constraint_lists;  // of locals
  // Filled once; lookups are safe from several threads. The components stay mutable in type alone: nobody writes to a frozen one.
  NameTable<TypeEntry> types_by_name;
  NameTable<AttributeEntry> attributes_by_name;
  NameTable<GroupEntry> groups_by_name;
  NameTable<AttributeGroupEntry> attribute_groups_by_name;
  NameTable<IdentityConstraint> constraints_by_name;
};

/// Collects the components of some documents of a compiled set and writes them.
class ComponentWriter {
 public:
  /// `document_of` numbers the documents that are written; not_frozen for the others. `element_number` gives the number of a
  /// global element of these documents.
  ComponentWriter(const SchemaSet::Data& data, std::function<std::uint32_t(const xml::ElementRef&)> document_of,
                  std::function<std::uint32_t(const ElementDecl*)> element_number);
  void write(taxonomy::ByteWriter& out);
  ComponentRef type_ref(const Type* type);
  /// The numbers of the constraints of an element.
  void write_constraint_list(taxonomy::ByteWriter& out, const ElementDecl& e);

 private:
  void order_types();
  void order_type(const TypeEntry& t, std::vector<char>& state);
  void order_simple(const SimpleType* s);
  void order_particle(const Particle* p);
  ComponentRef simple_ref(const SimpleType* s);
  ComponentRef particle_ref(const Particle* p);
  ComponentRef set_ref(const AttributeSet* s);
  std::uint32_t document(const xml::ElementRef& e);
  void collect();
  void write_source(taxonomy::ByteWriter& out, const xml::ElementRef& e);
  void write_simple(taxonomy::ByteWriter& out, const SimpleType& s);
  void write_facets(taxonomy::ByteWriter& out, const Facets& f);
  void write_type(taxonomy::ByteWriter& out, const TypeEntry& t);
  void write_attribute(taxonomy::ByteWriter& out, const AttributeEntry& a);
  void write_set(taxonomy::ByteWriter& out, const AttributeSet& s);
  void write_particle(taxonomy::ByteWriter& out, const Particle& p);
  void write_local(taxonomy::ByteWriter& out, const ElementEntry& e);
  void write_constraint(taxonomy::ByteWriter& out, const IdentityConstraint& c);

  const SchemaSet::Data& data_;
  std::function<std::uint32_t(const xml::ElementRef&)> document_of_;
  std::function<std::uint32_t(const ElementDecl*)> element_number_;
  std::vector<const Type*> builtins_;
  std::unordered_map<const void*, std::uint32_t> numbers_;  // of everything
  std::vector<const SimpleType*> simple_;
  std::vector<const TypeEntry*> types_;
  std::vector<const AttributeEntry*> attributes_;
  std::vector<const AttributeSet*> sets_;
  std::vector<const Particle*> particles_;
  std::vector<const ElementEntry*> locals_;
  std::vector<const GroupEntry*> groups_;
  std::vector<const AttributeGroupEntry*> attribute_groups_;
  std::vector<const IdentityConstraint*> constraints_;
};

/// Whether everything that the components of a document refer to lies in documents for which `allowed` holds. For the choice of
/// the documents that can be frozen.
bool refers_within(const SchemaSet::Data& data, const xml::Document& document,
                   const std::function<bool(const xml::Document&)>& allowed);

}  // namespace factpress::schema
