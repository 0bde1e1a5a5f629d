#include <fmt/format.h>

#include "base/text.h"
#include "diag/codes/schema.h"
#include "taxonomy/schema/builtins.h"
#include "taxonomy/schema/compiler.h"

namespace factpress::schema {

namespace codes = diag::codes;

void Compiler::ensure(const Type* type) {
  if (type && !type->is_builtin()) compile(const_cast<TypeEntry&>(static_cast<const TypeEntry&>(*type)));
}

void Compiler::compile(TypeEntry& t) {
  if (t.phase == Phase::done) return;
  if (t.phase == Phase::busy || depth_ > max_depth) {
    report(codes::schema_derivation, t.source,
           t.phase == Phase::busy ? fmt::format("st-props-correct.2: the type '{}' derives from itself", t.name)
                                  : fmt::format("the derivation of the type '{}' is longer than {} steps", t.name, max_depth));
    return;
  }
  t.phase = Phase::busy;
  ++depth_;
  const TypeEntry* outer = t.doc->own_type;
  t.doc->own_type = t.redefines ? t.redefines : t.name.empty() ? outer : nullptr;
  t.base = &any_type();
  if (t.complex)
    compile_complex(t);
  else
    compile_simple(t);
  t.doc->own_type = outer;
  --depth_;
  t.phase = Phase::done;
  // A circle that was cut off leaves its members on anyType.
  if (t.base == &t) t.base = &any_type();
}

TypeEntry* Compiler::anonymous(SchemaDoc& doc, const xml::Element& e) {
  TypeEntry& t = data_->type_store.emplace_back();
  t.ns = doc.target;
  t.source = e;
  t.doc = &doc;
  t.complex = e.local_name() == "complexType";
  if (e.attribute("name"))
    report(codes::schema_structure, e, "s4s-att-not-allowed: a type inside another declaration has no name");
  return &t;
}

void Compiler::compile_simple(TypeEntry& t) {
  const bool named = !t.name.empty();
  const Attrs a = attrs(*t.doc, t.source, named ? bits(A::name, A::final) : bits(A::name));
  const std::uint8_t finals = by_restriction | by_list | by_union;
  t.final = a.has(A::final) ? derivations(t.source, a[A::final], finals) : t.doc->final & finals;
  t.base = &any_simple_type();
  t.simple = any_simple_type().simple;
  bool seen = false;
  children(*t.doc, t.source, [&](const xml::Element& c, std::string_view local) {
    const bool known = local == "restriction" || local == "list" || local == "union";
    if (!known || seen) return unexpected(t.source, c);
    seen = true;
    if (local == "restriction")
      simple_restriction(t, c);
    else if (local == "list")
      simple_list(t, c);
    else
      simple_union(t, c);
  });
  if (!seen)
    report(codes::schema_structure, t.source, "s4s-elt-must-match: xs:simpleType needs xs:restriction, xs:list or xs:union");
}

const SimpleType* Compiler::simple_of(const Type* type, const xml::Element& at) {
  ensure(type);
  if (type && !type->complex && type->simple) return type->simple;
  if (type != &any_type())
    report(codes::schema_derivation, at, fmt::format("st-props-correct.1: '{}' is no simple type", type ? type->name : ""));
  return any_simple_type().simple;
}

void Compiler::simple_restriction(TypeEntry& t, const xml::Element& e) {
  const Attrs a = attrs(*t.doc, e, bits(A::base));
  const Type* base = a.has(A::base) ? type_ref(*t.doc, e, a[A::base]) : nullptr;
  std::vector<xml::Element> facets;
  children(*t.doc, e, [&](const xml::Element& c, std::string_view local) {
    if (local != "simpleType") return facets.push_back(c);
    if (base)
      return report(codes::schema_structure, c, "src-simple-type.2: a restriction has either a base or an own simpleType");
    base = anonymous(*t.doc, c);
  });
  if (!base) return report(codes::schema_structure, e, "src-simple-type.2: a restriction needs a base or an own simpleType");
  if (t.redefines && base != t.redefines)
    report(codes::schema_import, e, "src-redefine.5: a redefined type must restrict itself");
  ensure(base);
  if (base->complex) return void(simple_of(base, e));
  if (base->final & by_restriction)
    report(codes::schema_derivation, e, fmt::format("st-props-correct.3: the type '{}' is final for restriction", base->name));
  if (base == &any_simple_type()) report(codes::schema_derivation, e, "st-props-correct.1: anySimpleType cannot be restricted");
  t.base = base;
  t.simple = restricted(*t.doc, *base->simple, facets);
}

void Compiler::simple_list(TypeEntry& t, const xml::Element& e) {
  const Attrs a = attrs(*t.doc, e, bits(A::item_type));
  const Type* item = a.has(A::item_type) ? type_ref(*t.doc, e, a[A::item_type]) : nullptr;
  children(*t.doc, e, [&](const xml::Element& c, std::string_view local) {
    if (local != "simpleType") return unexpected(e, c);
    if (item) return report(codes::schema_structure, c, "src-simple-type.3: a list has either an itemType or an own simpleType");
    item = anonymous(*t.doc, c);
  });
  if (!item) return report(codes::schema_structure, e, "src-simple-type.3: a list needs an itemType or an own simpleType");
  SimpleType& s = data_->simple_store.emplace_back();
  s.variety = Variety::list;
  s.white_space = WhiteSpace::collapse;
  s.item = simple_of(item, e);
  s.is_idref = s.item->is_idref;
  if (item->final & by_list)
    report(codes::schema_derivation, e, fmt::format("st-props-correct.4.2.1: the type '{}' is final for list", item->name));
  bool nested = s.item->variety == Variety::list;
  for (const auto* m : s.item->members) nested |= m->variety == Variety::list;
  if (nested) report(codes::schema_derivation, e, "cos-st-restricts.2.1: the items of a list may not be lists");
  if (nested) s.item = any_simple_type().simple;
  t.derivation = by_list;
  t.simple = &s;
}

void Compiler::simple_union(TypeEntry& t, const xml::Element& e) {
  const Attrs a = attrs(*t.doc, e, bits(A::member_types));
  SimpleType& s = data_->simple_store.emplace_back();
  s.variety = Variety::union_of;
  s.white_space = WhiteSpace::collapse;
  const auto add = [&](const Type* m) {
    s.members.push_back(simple_of(m, e));
    if (m->final & by_union)
      report(codes::schema_derivation, e, fmt::format("st-props-correct.4.2.2: the type '{}' is final for union", m->name));
  };
  std::string scratch;
  for (const auto name : split(normalise(a[A::member_types], WhiteSpace::collapse, scratch), ' ')) {
    if (name.empty()) continue;
    // The view must outlive the scratch: take it from the attribute's own text.
    const auto at = a[A::member_types].find(name);
    add(type_ref(*t.doc, e, a[A::member_types].substr(at, name.size())));
  }
  children(*t.doc, e, [&](const xml::Element& c, std::string_view local) {
    if (local != "simpleType") return unexpected(e, c);
    add(anonymous(*t.doc, c));
  });
  if (s.members.empty())
    report(codes::schema_structure, e, "src-simple-type.4: a union needs memberTypes or simpleType children");
  t.derivation = by_union;
  t.simple = &s;
}

}  // namespace factpress::schema
