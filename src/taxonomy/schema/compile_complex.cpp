#include <fmt/format.h>

#include "diag/codes/schema.h"
#include "taxonomy/schema/builtins.h"
#include "taxonomy/schema/compiler.h"

namespace factpress::schema {

namespace codes = diag::codes;

namespace {

bool is_content(std::string_view local) { return local == "sequence" || local == "choice" || local == "all" || local == "group"; }

// Without any element or wildcard (3.4.2, effective content).
bool is_void(const Particle* p) {
  if (!p || p->max == 0) return true;
  if (p->kind == Particle::Kind::element || p->kind == Particle::Kind::wildcard) return false;
  return p->children.empty() && (p->kind != Particle::Kind::choice || p->min == 0);
}

}  // namespace

void Compiler::compile_complex(TypeEntry& t) {
  SchemaDoc& doc = *t.doc;
  const Attrs a = attrs(doc, t.source,
                        t.name.empty() ? bits(A::mixed, A::name) : bits(A::name, A::mixed, A::is_abstract, A::block, A::final));
  constexpr std::uint8_t both = by_extension | by_restriction;
  t.is_abstract = flag(t.source, a, A::is_abstract);
  t.block = a.has(A::block) ? derivations(t.source, a[A::block], both) : doc.block & both;
  t.final = a.has(A::final) ? derivations(t.source, a[A::final], both) : doc.final & both;
  const bool mixed = flag(t.source, a, A::mixed);
  AttributeSet attributes;
  bool derived = false;
  const Particle* content = read_content(doc, t.source, attributes, [&](const xml::Element& c, std::string_view local) {
    if (derived || (local != "simpleContent" && local != "complexContent")) return false;
    derived = true;
    if (local == "simpleContent")
      simple_content(t, c);
    else
      complex_content(t, c, mixed);
    return true;
  });
  if (derived) {
    if (content || !attributes.uses.empty() || attributes.has_wildcard)
      report(codes::schema_structure, t.source,
             "s4s-elt-must-match: nothing may stand beside xs:simpleContent or xs:complexContent");
    return;
  }
  t.derivation = by_restriction;
  t.attributes = restrict_attributes(t.source, nullptr, std::move(attributes), true);
  set_content(t, content, mixed);
}

// (content model)?, attributes, wildcard; `other` takes whatever else the place allows.
const Particle* Compiler::read_content(SchemaDoc& doc, const xml::Element& e, AttributeSet& attributes,
                                       const std::function<bool(const xml::Element&, std::string_view)>& other) {
  const Particle* content = nullptr;
  bool content_seen = false, attributes_began = false, wildcard_seen = false;
  children(doc, e, [&](const xml::Element& c, std::string_view local) {
    if (is_content(local)) {
      if (content_seen || attributes_began) return unexpected(e, c);
      content_seen = true;
      content = read_particle(doc, c, local);
    } else if (read_attribute_part(doc, c, local, attributes, wildcard_seen)) {
      attributes_began = true;
    } else if (!other(c, local)) {
      unexpected(e, c);
    }
  });
  return content;
}

void Compiler::set_content(TypeEntry& t, const Particle* p, bool mixed) {
  if (is_void(p)) p = nullptr;
  t.particle = p;
  t.content = mixed ? Content::mixed : p ? Content::elements : Content::empty;
  t.simple = nullptr;
}

void Compiler::simple_content(TypeEntry& t, const xml::Element& e) {
  attrs(*t.doc, e, bits());
  bool seen = false;
  t.content = Content::simple;
  t.simple = any_simple_type().simple;
  children(*t.doc, e, [&](const xml::Element& d, std::string_view local) {
    if (seen || (local != "restriction" && local != "extension")) return unexpected(e, d);
    seen = true;
    const Attrs a = attrs(*t.doc, d, bits(A::base), bit(A::base));
    const Type* base = a.has(A::base) ? type_ref(*t.doc, d, a[A::base]) : &any_simple_type();
    if (t.redefines && base != t.redefines)
      report(codes::schema_import, d, "src-redefine.5: a redefined type must derive from itself");
    ensure(base);
    t.base = base;
    t.derivation = local == "extension" ? by_extension : by_restriction;
    if (base->final & t.derivation)
      report(codes::schema_derivation, d, fmt::format("cos-ct-extends.1.1: the type '{}' is final for {}", base->name, local));
    if (local == "restriction") return simple_content_restriction(t, d, *base);
    const bool usable = base->simple && (!base->complex || base->content == Content::simple);
    if (usable)
      t.simple = base->simple;
    else if (base != &any_type())
      report(codes::schema_derivation, d, fmt::format("src-ct.2: the base type '{}' has no simple content", base->name));
    AttributeSet own;
    bool wildcard_seen = false;
    children(*t.doc, d, [&](const xml::Element& c, std::string_view name) {
      if (!read_attribute_part(*t.doc, c, name, own, wildcard_seen)) unexpected(d, c);
    });
    t.attributes = extend_attributes(d, base->complex && usable ? base->attributes : nullptr, std::move(own));
  });
  if (!seen) report(codes::schema_structure, e, "s4s-elt-must-match: xs:simpleContent needs xs:restriction or xs:extension");
}

void Compiler::simple_content_restriction(TypeEntry& t, const xml::Element& d, const Type& base) {
  const TypeEntry* inner = nullptr;
  std::vector<xml::Element> facets;
  AttributeSet own;
  bool wildcard_seen = false, attributes_began = false;
  children(*t.doc, d, [&](const xml::Element& c, std::string_view name) {
    if (read_attribute_part(*t.doc, c, name, own, wildcard_seen)) return void(attributes_began = true);
    if (attributes_began) return unexpected(d, c);
    if (name == "simpleType" && !inner && facets.empty()) return void(inner = anonymous(*t.doc, c));
    facets.push_back(c);
  });
  const SimpleType* from = nullptr;
  if (base.complex && base.content == Content::simple)
    from = base.simple;
  else if (base.complex && base.content == Content::mixed && inner && &base != &any_type())
    from = any_simple_type().simple;  // 3.4.2, emptiable mixed content
  else if (&base != &any_type())
    report(codes::schema_derivation, d,
           fmt::format("src-ct.2: the type '{}' has no simple content that could be restricted", base.name));
  if (inner) {
    from = simple_of(inner, d);
    if (base.content == Content::simple && base.simple != any_simple_type().simple) {
      bool derives = false;
      for (const Type* s = inner; s; s = s->base) derives |= s->simple == base.simple;
      if (!derives)
        report(codes::schema_derivation, d,
               "derivation-ok-restriction.5.2: the simpleType does not derive from the base type's content");
    }
  }
  if (from) t.simple = restricted(*t.doc, *from, facets);
  t.attributes = restrict_attributes(d, base.attributes, std::move(own), &base == &any_type());
}

void Compiler::complex_content(TypeEntry& t, const xml::Element& e, bool mixed) {
  const Attrs ca = attrs(*t.doc, e, bits(A::mixed));
  if (ca.has(A::mixed)) mixed = flag(e, ca, A::mixed);
  bool seen = false;
  set_content(t, nullptr, mixed);
  children(*t.doc, e, [&](const xml::Element& d, std::string_view local) {
    if (seen || (local != "restriction" && local != "extension")) return unexpected(e, d);
    seen = true;
    const Attrs a = attrs(*t.doc, d, bits(A::base), bit(A::base));
    const Type* base = a.has(A::base) ? type_ref(*t.doc, d, a[A::base]) : &any_type();
    if (t.redefines && base != t.redefines)
      report(codes::schema_import, d, "src-redefine.5: a redefined type must derive from itself");
    if (base == &any_type() && a.has(A::base)) {
      const auto q = d.resolve_qname(a[A::base]);
      t.base_missing = !q || q->ns != xml::ns::xsd || q->local != "anyType";
    }
    ensure(base);
    if (!base->complex)
      return report(codes::schema_derivation, d,
                    fmt::format("src-ct.1: the base '{}' of xs:complexContent is a simple type", base->name));
    t.base = base;
    t.derivation = local == "extension" ? by_extension : by_restriction;
    if (base->final & t.derivation)
      report(codes::schema_derivation, d, fmt::format("cos-ct-extends.1.1: the type '{}' is final for {}", base->name, local));
    AttributeSet own;
    const Particle* content = read_content(*t.doc, d, own, [](const xml::Element&, std::string_view) { return false; });
    if (t.derivation == by_extension) {
      t.attributes = extend_attributes(d, base->attributes, std::move(own));
      derive_extension(t, d, *base, content, mixed);
    } else {
      t.attributes = restrict_attributes(d, base->attributes, std::move(own), base == &any_type());
      derive_restriction(t, d, *base, content, mixed);
    }
  });
  if (!seen) report(codes::schema_structure, e, "s4s-elt-must-match: xs:complexContent needs xs:restriction or xs:extension");
}

void Compiler::derive_extension(TypeEntry& t, const xml::Element& d, const Type& base, const Particle* own, bool mixed) {
  if (is_void(own)) own = nullptr;
  const auto wrong = [&](std::string why) { report(codes::schema_derivation, d, "cos-ct-extends.1.4: " + why); };
  const Particle* inherited = base.is_builtin() ? base.model->particle : static_cast<const TypeEntry&>(base).particle;
  if (base.content == Content::simple) {
    if (own || mixed) return wrong(fmt::format("the base type '{}' has simple content, the extension does not", base.name));
    t.content = Content::simple;
    t.simple = base.simple;
    return;
  }
  if (base.content == Content::empty) return set_content(t, own, mixed);
  // An extension that adds nothing takes over the base's content as it is.
  if (own ? mixed != (base.content == Content::mixed) : mixed && base.content != Content::mixed)
    wrong(fmt::format("the content of '{}' is {}mixed, that of the extension is {}", base.name,
                      base.content == Content::mixed ? "" : "not ", mixed ? "mixed" : "not"));
  mixed = base.content == Content::mixed;
  if (!own || !inherited) return set_content(t, own ? own : inherited, mixed);
  if (inherited->kind == Particle::Kind::all || own->kind == Particle::Kind::all)
    return wrong("xs:all can neither be extended nor extend"), set_content(t, inherited, mixed);
  Particle& both = particle(Particle::Kind::sequence, d);
  both.children = {inherited, own};
  set_content(t, &both, mixed);
}

void Compiler::derive_restriction(TypeEntry& t, const xml::Element& d, const Type& base, const Particle* own, bool mixed) {
  if (base.content == Content::simple)
    report(codes::schema_derivation, d,
           fmt::format("derivation-ok-restriction.5: the base type '{}' has simple content", base.name));
  if (mixed && base.content != Content::mixed)
    report(codes::schema_derivation, d,
           fmt::format("derivation-ok-restriction.5.4.1: the content is mixed, that of '{}' is not", base.name));
  set_content(t, own, mixed);
  t.check_restriction = &base != &any_type();
}

}  // namespace factpress::schema
