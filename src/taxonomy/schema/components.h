#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "taxonomy/schema/value.h"
#include "xml/deferred.h"
#include "xml/document.h"

/// The components of a compiled schema. All pointers and views belong to the SchemaSet (and the documents that it keeps).
namespace factpress::schema {

struct Type;
struct ElementDecl;
struct ContentModel;
struct Facets;
struct IdentityConstraint;  // identity.h

/// Bits of block, final and of a chain of derivations.
enum Derivation : std::uint8_t {
  by_none = 0,
  by_extension = 1,
  by_restriction = 2,
  by_substitution = 4,
  by_list = 8,
  by_union = 16
};

enum class Variety : std::uint8_t { atomic, list, union_of };

/// The simple side of a type: of a simple type, or of a complex type with simple content.
struct SimpleType {
  Variety variety = Variety::atomic;
  Primitive primitive = Primitive::any;  ///< of an atomic type
  WhiteSpace white_space = WhiteSpace::preserve;
  bool is_id = false, is_idref = false;  ///< ID; IDREF (a list of them for IDREFS)
  /// A further limit of the lexical space, of the built-in types that derive from string (and those below them).
  enum class Lexical : std::uint8_t { free, language, nmtoken, name, ncname, integer } lexical = Lexical::free;
  const Facets* facets = nullptr;          ///< all in force, the inherited ones included; null for none
  const SimpleType* item = nullptr;        ///< of a list
  std::vector<const SimpleType*> members;  ///< of a union, in order
};

struct AttributeDecl {
  xml::NsId ns = xml::ns::none;
  std::string_view name;
  const Type* type = nullptr;
  bool has_default = false, has_fixed = false;
  std::string_view value;  ///< of the default or fixed value
  xml::ElementRef source;  ///< tests as false for the built-in ones
  xml::QName qname() const { return {ns, name}; }
};

struct AttributeUse {
  const AttributeDecl* decl = nullptr;
  bool required = false, prohibited = false;
  bool has_default = false, has_fixed = false;  ///< the use's own, else the declaration's
  std::string_view value;
};

struct Wildcard {
  enum class Process : std::uint8_t { strict, lax, skip } process = Process::strict;
  enum class Allow : std::uint8_t { any, other, listed } allow = Allow::any;
  xml::NsId target = xml::ns::none;   ///< of `other`: everything but this and no namespace
  std::vector<xml::NsId> namespaces;  ///< of `listed`
  bool admits(xml::NsId ns) const;
};

struct AttributeSet {
  std::vector<AttributeUse> uses;  ///< in the order of declaration, inherited first
  bool has_wildcard = false;
  Wildcard wildcard;
  const AttributeUse* find(const xml::QName& name) const;
};

enum class Content : std::uint8_t { empty, simple, elements, mixed };

struct Type {
  xml::NsId ns = xml::ns::none;
  std::string_view name;       ///< empty for an anonymous type
  const Type* base = nullptr;  ///< null for anyType alone
  Derivation derivation = by_restriction;
  bool complex = false, is_abstract = false;
  std::uint8_t block = 0, final = 0;
  Content content = Content::simple;
  const SimpleType* simple = nullptr;  ///< of a simple type or simple content
  const ContentModel* model = nullptr;
  const AttributeSet* attributes = nullptr;  ///< null for none
  xml::ElementRef source;                    ///< tests as false for the built-in ones
  xml::QName qname() const { return {ns, name}; }
  bool is_builtin() const { return !source; }
};

struct ElementDecl {
  xml::NsId ns = xml::ns::none;
  bool global : 1 = false, is_abstract : 1 = false, nillable : 1 = false, has_default : 1 = false, has_fixed : 1 = false;
  bool frozen : 1 = false;  ///< of a snapshot: shared by all sets, never written to
  std::uint8_t block = 0, final = 0;
  std::string_view name;
  const Type* type = nullptr;                ///< never null in a frozen set (anyType where it could not be resolved)
  const ElementDecl* substitutes = nullptr;  ///< head of its substitution group
  std::string_view value;  ///< of the default or fixed value
  std::string_view id;     ///< the id attribute, or empty
  const std::vector<const IdentityConstraint*>* constraints = nullptr;  ///< null for none
  xml::ElementRef source;  ///< the xs:element: its other attributes (xbrli:periodType, ...) and its place
  xml::QName qname() const { return {ns, name}; }
};

/// True where `type` is `ancestor` or derives from it, by whatever steps.
bool derives_from(const Type& type, const Type& ancestor);
/// The same by name.
bool derives_from(const Type& type, const xml::QName& ancestor);
/// True where `decl` is `head` or a member of its substitution group, directly or through others.
bool is_in_substitution_group(const ElementDecl& decl, const ElementDecl& head);
bool is_in_substitution_group(const ElementDecl& decl, const xml::QName& head);
/// The nearest built-in type at or above, by its local name ("monetaryItemType" -> "decimal").
const Type* builtin_base(const Type& type);

/// The value of a text as this simple type has it, white space normalised and all facets checked. Empty where it is
/// invalid; `why`, if given, then receives the rule and the reason.
std::optional<Value> read_value(const SimpleType& type, std::string_view text, const xml::Element* scope,
                                std::string* why = nullptr);

}  // namespace factpress::schema
