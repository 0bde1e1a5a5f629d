#include <fmt/format.h>

#include <algorithm>

#include "diag/codes/schema.h"
#include "taxonomy/schema/builtins.h"
#include "taxonomy/schema/compiler.h"

namespace factpress::schema {

namespace codes = diag::codes;

namespace {

const ContentModel& empty_model() {
  static const ContentModel m = compile_model(nullptr);
  return m;
}

// The wildcard of anyType stands in no document.
Place place_of(const xml::ElementRef& e) { return e ? e.place() : Place{}; }

}  // namespace

void Compiler::resolve_elements() {
  for (std::size_t i = 0; i < data_->element_store.size(); ++i) {
    ElementEntry& d = data_->element_store[i];
    if (!d.global || d.head_ref.empty()) continue;
    d.substitutes = element_ref(*d.doc, d.source, d.head_ref);
  }
  // Circles would hang every walk up the group: each chain is walked once, and cut where it comes back.
  for (std::uint32_t i = 0; i < data_->element_store.size(); ++i) {
    for (ElementEntry* d = &data_->element_store[i]; d && d->substitutes && !d->frozen;) {
      if (d->walk == i + 1) {
        report(codes::schema_substitution, d->source,
               fmt::format("e-props-correct.6: the element '{}' is in its own substitution group", d->name));
        d->substitutes = nullptr;
      }
      if (d->walk != 0) break;
      d->walk = i + 1;
      if (d->substitutes->frozen) break;
      d = const_cast<ElementEntry*>(static_cast<const ElementEntry*>(d->substitutes));
    }
  }
  for (std::size_t i = 0; i < data_->element_store.size(); ++i) resolve_type(data_->element_store[i]);
}

void Compiler::resolve_type(ElementEntry& d) {
  if (d.type) return;
  if (!d.type_ref.empty()) {
    d.type = type_ref(*d.doc, d.source, d.type_ref);
    return;
  }
  // Without a type of its own an element takes its head's.
  const ElementDecl* head = d.substitutes;
  while (head && !head->type && static_cast<const ElementEntry*>(head)->type_ref.empty()) head = head->substitutes;
  if (head && !head->type) resolve_type(const_cast<ElementEntry&>(static_cast<const ElementEntry&>(*head)));
  d.type = head ? head->type : &any_type();
}

void Compiler::check_element(ElementEntry& d) {
  if (d.substitutes) check_substitution(d);
  if (!d.has_default && !d.has_fixed) return;
  const Type& t = *d.type;
  if (t.simple) {
    if (check_default(d.source, t, d.value) && t.simple->is_id)
      report(codes::schema_default, d.source, "e-props-correct.4: an element of type ID may not have a default or fixed value");
  } else if (t.content != Content::mixed) {
    report(codes::schema_default, d.source,
           fmt::format("cos-valid-default.2.1: the element '{}' has a default or fixed value, but no text content", d.name));
  } else if (const auto* e = t.is_builtin() ? nullptr : static_cast<const TypeEntry*>(&t);
             e && e->particle && !compile_model(e->particle).emptiable) {
    report(codes::schema_default, d.source,
           fmt::format("cos-valid-default.2.2.2: the element '{}' has a default or fixed value, but requires child elements",
                       d.name));
  }
}

bool Compiler::check_default(const xml::Element& at, const Type& type, std::string_view value) {
  std::string why;
  if (check_value(*type.simple, value, &at, &why)) return true;
  report(codes::schema_default, at, fmt::format("cos-valid-default: the default or fixed value is not valid ({})", why));
  return false;
}

// e-props-correct.4: the type must derive from the head's without a step that the head's `final` excludes.
void Compiler::check_substitution(ElementEntry& d) {
  const ElementDecl& head = *d.substitutes;
  if (head.type == &any_type() && head.final == 0) return;
  std::uint8_t used = 0;
  const Type* t = d.type;
  while (t && t != head.type) {
    used |= static_cast<std::uint8_t>(t->derivation & (by_extension | by_restriction));
    if (t->derivation & (by_list | by_union)) used |= by_restriction;
    t = t->base;
  }
  if (!t && head.type->simple && head.type->simple->variety == Variety::union_of) {
    // A member type of a union counts as derived from it.
    for (const auto* m : head.type->simple->members)
      used = m == d.type->simple ? used : used, t = m == d.type->simple ? head.type : t;
  }
  if (!t)
    report(codes::schema_substitution, d.source,
           fmt::format("e-props-correct.4: the type of '{}' does not derive from the type of its substitution group's head '{}'",
                       d.name, head.name));
  else if (used & head.final)
    report(codes::schema_substitution, d.source,
           fmt::format("e-props-correct.4: the head '{}' is final for the derivation of the type of '{}'", head.name, d.name));
}

void Compiler::check_type(TypeEntry& t) {
  if (!t.complex) return;
  if (t.attributes) {
    std::size_t ids = 0;
    for (const auto& u : t.attributes->uses) ids += u.decl->type && u.decl->type->simple && u.decl->type->simple->is_id;
    if (ids > 1) report(codes::schema_structure, t.source, "ct-props-correct.5: a type may have one attribute of type ID");
  }
  if (t.content == Content::simple) return;
  // An extension that adds nothing, or a type without elements, needs no automaton of its own.
  const auto* base = t.base && !t.base->is_builtin() ? static_cast<const TypeEntry*>(t.base) : nullptr;
  if (base && base->particle == t.particle && base->model) {
    t.model = base->model;
  } else if (t.particle) {
    t.model = &data_->model_store.emplace_back(compile_model(t.particle));
    if (t.model->too_large)
      return report(codes::schema_structure, t.source,
                    "the content model is too large: its groups multiply beyond half a million places");
    if (t.base_missing) return;
    for (const auto& a : find_ambiguity(*t.model)) {
      diag::Diagnostic d(codes::schema_ambiguous, place_of(a.second->source),
                         fmt::format("cos-nonambig: {} could be claimed by two particles of one content model",
                                     a.second->element ? fmt::format("element '{}'", a.second->element->name) : "an element"));
      sink_.add(std::move(d).with(place_of(a.first->source), "the other particle"));
    }
    check_consistency(t);
  } else {
    t.model = &empty_model();
  }
  if (!t.check_restriction || !t.base->complex || t.base->content == Content::simple) return;
  const ContentModel& held = t.base->model            ? *t.base->model
                             : base && base->particle ? data_->model_store.emplace_back(compile_model(base->particle))
                                                      : empty_model();
  std::string why;
  if (!t.model->too_large && !held.too_large && !restricts(*t.model, held, why))
    report(codes::schema_derivation, t.source,
           fmt::format("derivation-ok-restriction.5.4.2: the content does not restrict that of '{}': {}", t.base->name, why));
}

// cos-element-consistent: elements of one name in one content model have one type.
void Compiler::check_consistency(const TypeEntry& t) {
  std::unordered_map<xml::QName, const ElementDecl*> seen;
  const auto check = [&](const Particle* p) {
    if (!p || p->kind != Particle::Kind::element) return;
    const auto [it, fresh] = seen.emplace(p->element->qname(), p->element);
    if (!fresh && it->second->type != p->element->type)
      report(
          codes::schema_ambiguous, p->source,
          fmt::format("cos-element-consistent: the element '{}' stands in one content model with two types", p->element->name));
  };
  for (const auto& n : t.model->nodes) check(n.particle);
  for (const auto* p : t.model->all) check(p);
}

}  // namespace factpress::schema
