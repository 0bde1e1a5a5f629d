// Attributes of one element (cvc-complex-type.3 and .4, cvc-attribute, cvc-au).
#include <fmt/format.h>

#include <algorithm>

#include "diag/codes/schema.h"
#include "taxonomy/schema/facets.h"
#include "taxonomy/schema/validator.h"

namespace factpress::schema {

namespace codes = diag::codes;

namespace {

/// Whether a valid text of the type is valid at every other place too: names with prefixes are not.
bool is_free_of_scope(const SimpleType& t) {
  switch (t.variety) {
    case Variety::atomic: return t.primitive != Primitive::qname && t.primitive != Primitive::notation;
    case Variety::list: return is_free_of_scope(*t.item);
    case Variety::union_of: break;
  }
  return std::all_of(t.members.begin(), t.members.end(), [](const SimpleType* m) { return is_free_of_scope(*m); });
}

}  // namespace

void Validator::attributes(const xml::Element& e, const Type& type, std::size_t row) {
  if (TagShape* const shape = type.attributes ? shape_of(e, *type.attributes) : nullptr) {
    auto known = shape->attributes.begin();
    for (const auto a : e.attributes()) {
      KnownAttribute& k = *known++;
      if (k.ruling.kind == Ruling::anything) continue;
      const std::string_view text = a.value();
      if (k.repeats && k.valid.data() && k.valid == text) continue;
      if (attribute_value(e, a, k.ruling, row)) k.valid = text;
    }
    return;
  }
  std::uint64_t seen = 0;
  for (const auto a : e.attributes()) {
    const Ruling r = ruling(a, type.attributes);
    if (r.use < 64) seen |= std::uint64_t{1} << r.use;
    attribute(e, a, r, row);
  }
  if (type.attributes) missing(e, *type.attributes, seen, row);
}

bool Validator::TagShape::fits(const AttributeSet& of, const xml::Element& e) const {
  if (set != &of) return false;
  auto known = attributes.begin();
  for (const auto a : e.attributes())
    if (known == attributes.end() || (known++)->name != a.name_id()) return false;
  return known == attributes.end();
}

// Null where something is wrong with the names of the attributes, or there are too many.
Validator::TagShape* Validator::shape_of(const xml::Element& e, const AttributeSet& set) {
  const auto all = e.attributes();
  const std::uint32_t first_name = all.begin() == all.end() ? 0 : (*all.begin()).name_id();
  const std::size_t at = place_of(&set, e.name_id(), first_name, shapes_.size());
  TagShape &shape = shapes_[at], &other = shapes_[at ^ 1];
  if (shape.fits(set, e)) return &shape;
  if (other.fits(set, e)) return &other;
  std::swap(shape, other);
  if (learn(shape, e, set)) return &shape;
  shape.set = nullptr;
  return nullptr;
}

bool Validator::learn(TagShape& shape, const xml::Element& e, const AttributeSet& set) const {
  shape.set = &set;
  shape.attributes.clear();
  std::size_t required = 0;
  for (const auto a : e.attributes()) {
    if (shape.attributes.size() == TagShape::max_attributes) return false;
    KnownAttribute known{a.name_id(), ruling(a, &set)};
    const Ruling& r = known.ruling;
    if (r.kind == Ruling::refused || r.kind == Ruling::undeclared) return false;
    if (r.kind == Ruling::typed) {
      const SimpleType& type = *r.decl->type->simple;
      known.repeats = is_free_of_scope(type) && !type.is_id && !type.is_idref;
    }
    required += r.use != Ruling::no_use && set.uses[r.use].required;
    shape.attributes.push_back(known);
  }
  // No attribute stands twice, and none is taken for two uses.
  return required == static_cast<std::size_t>(
                         std::count_if(set.uses.begin(), set.uses.end(), [](const AttributeUse& u) { return u.required; }));
}

// Of uses that are not prohibited the first of that name, else the wildcard.
Validator::Ruling Validator::ruling(const xml::Attribute& a, const AttributeSet* set) const {
  const auto q = a.qname();
  if (set) {
    const auto use = std::find_if(set->uses.begin(), set->uses.end(), [&](const AttributeUse& u) {
      return u.decl->name == q.local && u.decl->ns == q.ns && !u.prohibited;
    });
    if (use != set->uses.end())
      return {Ruling::typed, use->decl, use->has_fixed, use->value, static_cast<std::size_t>(use - set->uses.begin())};
  }
  if (q.ns == xml::ns::xsi &&
      (q.local == "type" || q.local == "nil" || q.local == "schemaLocation" || q.local == "noNamespaceSchemaLocation"))
    return {Ruling::anything};
  if (!set || !set->has_wildcard || !set->wildcard.admits(q.ns)) return {Ruling::refused};
  if (set->wildcard.process == Wildcard::Process::skip) return {Ruling::anything};
  if (const auto* d = set_.attribute(q)) return {Ruling::typed, d, d->has_fixed, d->value};
  return {set->wildcard.process == Wildcard::Process::strict ? Ruling::undeclared : Ruling::anything};
}

void Validator::attribute(const xml::Element& e, const xml::Attribute& a, const Ruling& r, std::size_t row) {
  switch (r.kind) {
    case Ruling::typed: attribute_value(e, a, r, row); return;
    case Ruling::anything: return;
    case Ruling::refused:
      return fail(codes::schema_attribute, a.place(),
                  fmt::format("cvc-complex-type.3.2.2: the attribute '{}' is not allowed on '{}'", a.raw_name(), e.raw_name()),
                  row);
    case Ruling::undeclared:
      return fail(codes::schema_attribute, a.place(),
                  fmt::format("cvc-attribute.1: the attribute '{}' on '{}' has no declaration", a.raw_name(), e.raw_name()), row);
  }
}

// False where the value is not valid, or not the one that is fixed.
bool Validator::attribute_value(const xml::Element& e, const xml::Attribute& a, const Ruling& r, std::size_t row) {
  const AttributeDecl& decl = *r.decl;
  const SimpleType& type = *decl.type->simple;
  if (r.has_fixed && a.value() == r.fixed && type.primitive != Primitive::qname && type.primitive != Primitive::notation &&
      type.variety == Variety::atomic) {
    if (options_.check_ids) ids(type, a.value(), e, row);  // the declaration was checked to have a valid value
    return true;
  }
  std::string why;
  if (!check_value(type, a.value(), &e, &why)) {
    fail(codes::schema_value, a.place(),
         fmt::format("the value of the attribute '{}' on '{}' is not valid: {}", a.raw_name(), e.raw_name(), why), row);
    return false;
  }
  bool good = true;
  if (r.has_fixed) {
    const xml::Element declared = decl.source.get();
    const auto is = read_value(type, a.value(), &e), should = read_value(type, r.fixed, decl.source ? &declared : nullptr);
    if (is && should && !(*is == *should)) {
      good = false;
      fail(codes::schema_fixed, a.place(),
           fmt::format("cvc-au: the attribute '{}' on '{}' is '{}'; it is fixed to '{}'", a.raw_name(), e.raw_name(), a.value(),
                       r.fixed),
           row);
    }
  }
  if (options_.check_ids) ids(type, a.value(), e, row);
  return good;
}

void Validator::missing(const xml::Element& e, const AttributeSet& set, std::uint64_t seen, std::size_t row) {
  for (std::size_t i = 0; i < set.uses.size(); ++i) {
    const auto& u = set.uses[i];
    if (!u.required || (i < 64 && (seen >> i & 1))) continue;
    if (i >= 64 && e.attribute(u.decl->ns, u.decl->name)) continue;
    fail(codes::schema_attribute, e.place(),
         fmt::format("cvc-complex-type.4: the element '{}' needs the attribute '{}'", e.raw_name(), u.decl->name), row);
  }
}

}  // namespace factpress::schema
