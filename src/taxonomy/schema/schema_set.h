#pragma once
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "taxonomy/schema/components.h"

namespace factpress::taxonomy {
class FrozenDocument;
}

/// A schema engine for XML Schema 1.0 part 1 and 2.
namespace factpress::schema {

/// Where documents come from that a schema imports, includes or redefines.
class Resolver {
 public:
  virtual ~Resolver() = default;
  struct Found {
    std::string url;  ///< absolute; the identity of the document: each url is compiled once
    std::shared_ptr<const xml::Document> document;
    const taxonomy::FrozenDocument* frozen = nullptr;  ///< in the document's place, where a snapshot has it
  };
  /// `reference` is the xs:import, xs:include or xs:redefine; `base_url` the url of its document; `location` its
  /// schemaLocation, not empty. No document: the resolver has said so itself, or leaves it to those who miss its components.
  virtual Found find(const xml::Element& reference, std::string_view base_url, std::string_view location) = 0;
  /// A document that a frozen one refers to, by its normal name.
  virtual Found find(std::string_view) { return {}; }
};

/// A compiled, immutable set of schema components; shared between threads without locks.
class SchemaSet {
 public:
  SchemaSet();
  ~SchemaSet();
  SchemaSet(SchemaSet&&) noexcept;
  SchemaSet& operator=(SchemaSet&&) noexcept;
  struct Data;  // compiler.h

  /// Global components by name, in constant time; null where there is none.
  const ElementDecl* element(const xml::QName& name) const;
  const Type* type(const xml::QName& name) const;  ///< the built-in ones included
  const AttributeDecl* attribute(const xml::QName& name) const;
  /// All global elements in the order of discovery. Those of frozen documents are made when they are first asked for.
  class Elements {
   public:
    std::uint32_t size() const;
    const ElementDecl* operator[](std::uint32_t number) const;
    std::string_view name(std::uint32_t number) const;  ///< makes none

   private:
    friend class SchemaSet;
    explicit Elements(const Data& data) : data_(data) {}
    const Data& data_;
  };
  Elements elements() const { return Elements(*data_); }
  /// All named global types of the documents, in the order of discovery.
  const std::vector<const Type*>& types() const;
  const Type& any_type() const;
  /// True where some element declaration has a key, unique or keyref.
  bool has_identity_constraints() const;

  /// Elements of elements() that lie side by side in one frozen document, in its order; or in none.
  struct ElementRun {
    std::uint32_t begin = 0, count = 0;
    const taxonomy::FrozenDocument* frozen = nullptr;
    std::uint32_t own = 0;  ///< of those in none: the first among the set's own elements
  };
  /// All of elements(), in order.
  const std::vector<ElementRun>& runs() const;
  const ElementRun& run_of(std::uint32_t element) const;

  struct Schema {
    std::string url;
    std::shared_ptr<const xml::Document> document;  ///< null of a frozen one
    xml::NsId target = xml::ns::none;
    const taxonomy::FrozenDocument* frozen = nullptr;
  };
  /// The documents compiled, in the order of discovery (a document included under two namespaces stands twice).
  const std::vector<Schema>& schemas() const;
  /// The inside, for those who write snapshots.
  const Data& data() const { return *data_; }

 private:
  friend class Builder;
  std::unique_ptr<Data> data_;
};

/// Compiles schema documents into a SchemaSet. Documents may be added in any order; freeze() resolves and checks.
class Builder {
 public:
  Builder(Resolver& resolver, diag::Sink& sink);
  ~Builder();

  /// Adds a schema document and whatever it imports, includes and redefines, each url once. The root need not be
  /// xs:schema: then one diagnostic says so. A root that is an embedded schema may be given as the element itself.
  void add(const std::string& url, std::shared_ptr<const xml::Document> document);
  void add(const std::string& url, std::shared_ptr<const xml::Document> document, const xml::Element& schema_root);

  /// Resolves every reference, compiles types and content models, checks the schema itself (schema.* codes), and gives
  /// the set. Components with errors stay usable as far as sensible (an unresolved type counts as anyType).
  SchemaSet freeze();

  /// Adds a document of a snapshot, without reading its text.
  void add(const taxonomy::FrozenDocument& document);
  /// After freeze: whether something redefines, declares again or stands in for what a frozen document declares or refers to. Then
  /// the set is not what the documents mean, and has to be made of their texts.
  bool conflict() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// What validation found out about one element.
struct Assessment {
  const ElementDecl* decl = nullptr;  ///< null where only lax or skipped wildcards matched
  const Type* type = nullptr;         ///< after xsi:type; null where there is no declaration
  bool nil = false;                   ///< xsi:nil is true and allowed
  bool defaulted = false;             ///< it was empty and takes the declaration's default or fixed value
  bool valid = true;                  ///< no error at this element itself
};

/// The assessments of all elements of one validated tree.
class Outcome {
 public:
  Assessment of(const xml::Element& element) const;
  /// False for what a wildcard skipped.
  bool assessed(const xml::Element& element) const;
  /// The text that counts: the element's own, or the default value.
  std::string value(const xml::Element& element) const;
  bool valid() const { return errors_ == 0; }
  std::size_t errors() const { return errors_; }

 private:
  friend class Validator;
  struct Row {
    const ElementDecl* decl = nullptr;
    const Type* type = nullptr;
    bool nil = false, defaulted = false, invalid = false;
  };
  std::uint32_t first_ = 0;            // the ordinal of the tree's root
  std::vector<std::uint32_t> row_of_;  // by the element's ordinal from there on, +1
  std::vector<Row> rows_;
  std::size_t errors_ = 0;
};

struct ValidateOptions {
  /// Says nothing of elements and attributes without a declaration (their declared descendants are still checked), as
  /// for documents whose schemas are not all known.
  bool lax_root = false;
  bool check_ids = true;  ///< ID unique, IDREF resolved, over the whole tree
};

/// Validates the tree under `root`. Each finding is one schema.* diagnostic whose message names the element, the rule of
/// the specification (cvc-...) and both sides. Linear in the tree.
Outcome validate(const SchemaSet& set, const xml::Element& root, diag::Sink& sink, const ValidateOptions& options = {});

/// The typed value of an assessed element with simple content (default applied); empty for nil, no simple type, invalid.
std::optional<Value> typed_value(const Outcome& outcome, const xml::Element& element);
/// The typed value of an attribute by the element's type, or by the global declaration where a wildcard admitted it;
/// without a declaration a value of primitive `any`.
std::optional<Value> typed_value(const SchemaSet& set, const Assessment& element, const xml::Attribute& attribute,
                                 const xml::Element& owner);

}  // namespace factpress::schema
