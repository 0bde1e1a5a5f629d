#include "taxonomy/schema/builtins.h"
#include "taxonomy/schema/validator.h"

namespace factpress::schema {

Outcome validate(const SchemaSet& set, const xml::Element& root, diag::Sink& sink, const ValidateOptions& options) {
  return Validator(set, sink, options, root).run();
}

Assessment Outcome::of(const xml::Element& element) const {
  const auto i = element.ordinal() - first_;  // what stands before it wraps around to a large number
  if (i >= row_of_.size() || row_of_[i] == 0) return {};
  const Row& r = rows_[row_of_[i] - 1];
  return {r.decl, r.type, r.nil, r.defaulted, !r.invalid};
}

bool Outcome::assessed(const xml::Element& element) const {
  const auto i = element.ordinal() - first_;
  return i < row_of_.size() && row_of_[i] != 0;
}

std::string Outcome::value(const xml::Element& element) const {
  const auto a = of(element);
  if (a.defaulted && a.decl) return std::string(a.decl->value);
  std::string scratch;
  return std::string(element.own_text(scratch));
}

std::optional<Value> typed_value(const Outcome& outcome, const xml::Element& element) {
  const auto a = outcome.of(element);
  if (a.nil || !a.type || !a.type->simple) return {};
  if (a.defaulted) {
    const xml::Element scope = a.decl->source ? a.decl->source.get() : element;
    return read_value(*a.type->simple, a.decl->value, &scope);
  }
  std::string scratch;
  return read_value(*a.type->simple, element.own_text(scratch), &element);
}

std::optional<Value> typed_value(const SchemaSet& set, const Assessment& element, const xml::Attribute& attribute,
                                 const xml::Element& owner) {
  const AttributeDecl* decl = nullptr;
  const auto q = attribute.qname();
  if (element.type && element.type->attributes)
    if (const auto* use = element.type->attributes->find(q)) decl = use->decl;
  if (!decl) decl = set.attribute(q);
  return read_value(*(decl ? decl->type : &any_simple_type())->simple, attribute.value(), &owner);
}

}  // namespace factpress::schema
