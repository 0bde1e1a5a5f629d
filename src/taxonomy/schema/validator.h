#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "taxonomy/schema/content_model.h"
#include "taxonomy/schema/schema_set.h"
#include "taxonomy/text_table.h"

namespace factpress::schema {

/// Where a table of `size` places, a power of two, keeps what belongs to a component and two numbers.
inline std::size_t place_of(const void* component, std::uint32_t a, std::uint32_t b, std::size_t size) {
  return (reinterpret_cast<std::uintptr_t>(component) / alignof(std::max_align_t) + std::size_t{a} * 31 + b) & (size - 1);
}

/// One validation of one tree; the inside of validate(). One file more: validator_attributes.cpp.
class Validator {
 public:
  Validator(const SchemaSet& set, diag::Sink& sink, const ValidateOptions& options, const xml::Element& root);
  Outcome run();

 private:
  enum class Mode : std::uint8_t { strict, lax, skip };
  struct XsiAttributes {
    xml::Attribute type, nil;
  };

  void element(const xml::Element& e, const ElementDecl* decl, Mode mode);
  void declared(const xml::Element& e, const ElementDecl& decl);
  void typed(const xml::Element& e, const ElementDecl* decl, const Type* type, const XsiAttributes& xsi, std::size_t row);
  void undeclared(const xml::Element& e, Mode mode);
  XsiAttributes find_xsi(const xml::Element& e) const;
  const Type* xsi_type(const xml::Element& e, const xml::Attribute& a, const ElementDecl* decl, const Type* declared,
                       std::size_t row);
  bool nil(const xml::Element& e, const xml::Attribute& a, const ElementDecl* decl, std::size_t row);

  /// What a set of attributes says of one.
  struct Ruling {
    enum Kind : std::uint8_t { typed, anything, refused, undeclared } kind = refused;
    const AttributeDecl* decl = nullptr;  // of `typed`
    bool has_fixed = false;
    std::string_view fixed;
    std::size_t use = no_use;  // its number in the set, where it is a use
    static constexpr std::size_t no_use = ~std::size_t{0};
  };
  /// An attribute of a tag that was met before.
  struct KnownAttribute {
    std::uint32_t name = 0;
    Ruling ruling;
    bool repeats = false;    // a text that was valid once is so wherever it stands, and nothing else is to be done with it
    std::string_view valid;  // the last one; null before the first
  };
  /// The names of a start tag's attributes, in order, all of them allowed and none missing: elements of one kind are mostly
  /// written alike, so that this is found out once for many.
  struct TagShape {
    static constexpr std::size_t max_attributes = 64;  // more are not remembered: memory stays small whatever is written
    const AttributeSet* set = nullptr;                 // null: free
    std::vector<KnownAttribute> attributes;
    bool fits(const AttributeSet& of, const xml::Element& e) const;
  };

  void attributes(const xml::Element& e, const Type& type, std::size_t row);
  TagShape* shape_of(const xml::Element& e, const AttributeSet& set);
  bool learn(TagShape& shape, const xml::Element& e, const AttributeSet& set) const;
  Ruling ruling(const xml::Attribute& a, const AttributeSet* set) const;
  void attribute(const xml::Element& e, const xml::Attribute& a, const Ruling& r, std::size_t row);
  bool attribute_value(const xml::Element& e, const xml::Attribute& a, const Ruling& r, std::size_t row);
  void missing(const xml::Element& e, const AttributeSet& set, std::uint64_t seen, std::size_t row);

  void simple_value(const xml::Element& e, const ElementDecl* decl, const SimpleType& type, std::size_t row);
  /// What a content model makes of a child of some name at one of its places.
  struct Step {
    const ContentModel* model = nullptr;  // null: free
    std::uint32_t from = 0, name = 0, to = 0;
    const Particle* particle = nullptr;
    const ElementDecl *decl = nullptr, *global = nullptr;
  };
  void children(const xml::Element& e, const Type& type, const ElementDecl* decl, std::size_t row);
  Step step(ContentMatcher& matcher, const ContentModel& model, const xml::Element& child);
  void no_text(const xml::Element& e, std::size_t row);
  /// `text` lasts as long as the validation.
  void ids(const SimpleType& type, std::string_view text, const xml::Element& e, std::size_t row);
  void check_references();
  void check_identity();

  std::size_t add_row(const xml::Element& e, const ElementDecl* decl, const Type* type);
  void fail(const diag::CodeInfo& code, const Place& place, std::string message, std::size_t row);
  static constexpr std::size_t no_row = ~std::size_t{0};

  const SchemaSet& set_;
  diag::Sink& sink_;
  const ValidateOptions& options_;
  xml::Element root_;
  Outcome out_;
  std::uint32_t type_name_, nil_name_;  // of xsi:type and xsi:nil in the document; no_index where nothing has it
  std::array<TagShape, 32> shapes_;     // two places for each kind of tag
  std::vector<Step> steps_;             // by model, place and name; a power of two
  taxonomy::TextTable ids_;
  struct Reference {
    std::string_view id;
    xml::Element from;
  };
  std::vector<Reference> references_;
};

}  // namespace factpress::schema
