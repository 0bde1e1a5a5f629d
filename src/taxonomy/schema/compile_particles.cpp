#include <fmt/format.h>

#include "diag/codes/schema.h"
#include "taxonomy/schema/builtins.h"
#include "taxonomy/schema/compiler.h"

namespace factpress::schema {

namespace codes = diag::codes;

namespace {

bool is_group(std::string_view local) { return local == "sequence" || local == "choice" || local == "all"; }

Particle::Kind group_kind(std::string_view local) {
  return local == "sequence" ? Particle::Kind::sequence : local == "choice" ? Particle::Kind::choice : Particle::Kind::all;
}

}  // namespace

Particle& Compiler::particle(Particle::Kind kind, const xml::Element& source) {
  Particle& p = data_->particle_store.emplace_back();
  p.kind = kind;
  p.source = source;
  return p;
}

// What global and local declarations have in common.
void Compiler::read_element(ElementEntry& d, SchemaDoc& doc, const xml::Element& e, const Attrs& a) {
  d.type_ref = a[A::type];
  d.id = a[A::id];
  d.nillable = flag(e, a, A::nillable);
  d.has_default = a.has(A::default_value);
  d.has_fixed = a.has(A::fixed);
  d.value = d.has_fixed ? a[A::fixed] : a[A::default_value];
  if (d.has_default && d.has_fixed) report(codes::schema_structure, e, "src-element.1: default and fixed exclude each other");
  constexpr std::uint8_t all = by_extension | by_restriction | by_substitution;
  d.block = a.has(A::block) ? derivations(e, a[A::block], all) : doc.block & all;
  if (e.is_empty()) return;
  bool constraints = false;
  children(doc, e, [&](const xml::Element& c, std::string_view local) {
    if (local == "unique" || local == "key" || local == "keyref") return constraints = true, read_constraint(d, doc, c, local);
    if ((local != "simpleType" && local != "complexType") || constraints) return unexpected(e, c);
    if (d.type || a.has(A::type))
      return report(codes::schema_structure, c, "src-element.3: an element has either a type or an own one");
    d.type = anonymous(doc, c);
  });
}

const Particle* Compiler::read_local_element(SchemaDoc& doc, const xml::Element& e) {
  const bool by_ref = static_cast<bool>(e.attribute("ref"));
  const Attrs a = by_ref ? attrs(doc, e, bits(A::ref, A::min_occurs, A::max_occurs))
                         : attrs(doc, e,
                                 bits(A::name, A::type, A::min_occurs, A::max_occurs, A::default_value, A::fixed, A::nillable,
                                      A::block, A::form),
                                 bit(A::name));
  Particle& p = particle(Particle::Kind::element, e);
  occurrence(e, a, p);
  if (by_ref) {
    children(doc, e, [&](const xml::Element& c, std::string_view) { unexpected(e, c); });
    p.element = element_ref(doc, e, a[A::ref]);
    return p.element ? &p : nullptr;
  }
  const auto name = xml::trim_xml_space(a[A::name]);
  const auto form = xml::trim_xml_space(a[A::form]);
  if (a.has(A::form) && form != "qualified" && form != "unqualified")
    report(codes::schema_structure, e, fmt::format("s4s-att-invalid-value: '{}' is no form", form));
  if (!xml::is_ncname(name)) {
    if (a.has(A::name)) report(codes::schema_structure, e, fmt::format("s4s-att-invalid-value: '{}' is no NCName", name));
    return nullptr;
  }
  const bool qualified = a.has(A::form) ? form == "qualified" : doc.element_qualified;
  ElementEntry& d = data_->element_store.emplace_back();
  d.ns = qualified ? doc.target : xml::ns::none;
  d.name = name;
  d.source = e;
  d.doc = &doc;
  read_element(d, doc, e, a);
  resolve_type(d);
  p.element = &d;
  return &p;
}

const Particle* Compiler::read_any(SchemaDoc& doc, const xml::Element& e) {
  const Attrs a = attrs(doc, e, bits(A::ns, A::process_contents, A::min_occurs, A::max_occurs));
  Particle& p = particle(Particle::Kind::wildcard, e);
  occurrence(e, a, p);
  p.wildcard = read_wildcard(doc, e, a);
  return &p;
}

const Particle* Compiler::read_group_ref(SchemaDoc& doc, const xml::Element& e) {
  const Attrs a = attrs(doc, e, bits(A::ref, A::min_occurs, A::max_occurs), bit(A::ref));
  children(doc, e, [&](const xml::Element& c, std::string_view) { unexpected(e, c); });
  const auto q = a.has(A::ref) ? qname(doc, e, a[A::ref]) : std::nullopt;
  if (!q) return nullptr;
  const bool own = doc.own_group && q->ns == doc.own_group->ns && q->local == doc.own_group->name;
  GroupEntry* g = own ? doc.own_group : data_->find_group(*q);
  if (!g) return unresolved(doc, e, *q, "group"), nullptr;
  visible(doc, e, q->ns, a[A::ref]);
  if (g->phase == Phase::busy || depth_ > max_depth)
    return report(codes::schema_derivation, e, fmt::format("mg-props-correct.2: the group '{}' contains itself", g->name)),
           nullptr;
  ensure(*g);
  if (!g->particle) return nullptr;
  Particle& p = particle(g->particle->kind, e);
  p.children = g->particle->children;
  occurrence(e, a, p);
  return &p;
}

void Compiler::ensure(GroupEntry& g) {
  if (g.phase != Phase::fresh) return;
  g.phase = Phase::busy;
  ++depth_;
  GroupEntry* outer = g.doc->own_group;
  g.doc->own_group = g.redefines;
  children(*g.doc, g.source, [&](const xml::Element& c, std::string_view local) {
    if (!is_group(local) || g.particle) return unexpected(g.source, c);
    g.particle = read_model_group(*g.doc, c, local, true);
  });
  if (!g.particle)
    report(codes::schema_structure, g.source,
           fmt::format("s4s-elt-must-match: the group '{}' needs xs:sequence, xs:choice or xs:all", g.name));
  g.doc->own_group = outer;
  --depth_;
  g.phase = Phase::done;
}

const Particle* Compiler::read_model_group(SchemaDoc& doc, const xml::Element& e, std::string_view local, bool definition) {
  const Attrs a = attrs(doc, e, definition ? bits() : bits(A::min_occurs, A::max_occurs));
  Particle& p = particle(group_kind(local), e);
  occurrence(e, a, p);
  const bool all = p.kind == Particle::Kind::all;
  if (all && (p.max != 1 || p.min > 1)) report(codes::schema_structure, e, "cos-all-limited.1.2: xs:all may occur at most once");
  std::vector<const Particle*> members;
  children(doc, e, [&](const xml::Element& c, std::string_view name) {
    if (all && name != "element") return unexpected(e, c);
    if (name == "all")
      return report(codes::schema_structure, c, "cos-all-limited.1.2: xs:all must be the whole content of a type or group");
    const Particle* m = read_particle(doc, c, name);
    if (!m) return;
    if (m->kind == Particle::Kind::all && !m->children.empty())
      return report(codes::schema_structure, c, "cos-all-limited.1.2: a group of xs:all must be the whole content of a type");
    if (all && m->max > 1) report(codes::schema_structure, c, "cos-all-limited.2: an element in xs:all may occur at most once");
    members.push_back(m);
  });
  p.children = std::move(members);
  return &p;
}

const Particle* Compiler::read_particle(SchemaDoc& doc, const xml::Element& e, std::string_view local) {
  if (local == "element") return read_local_element(doc, e);
  if (local == "any") return read_any(doc, e);
  if (local == "group") return read_group_ref(doc, e);
  if (is_group(local)) return read_model_group(doc, e, local, false);
  unexpected(e.parent(), e);
  return nullptr;
}

}  // namespace factpress::schema
