#include <algorithm>

#include "taxonomy/schema/builtins.h"
#include "taxonomy/schema/component_image.h"

namespace factpress::schema {
using taxonomy::ByteWriter;

namespace {

template <class T>
const T* entry_of(const void* p) {
  return static_cast<const T*>(p);
}

void write_ns(ByteWriter& out, xml::NsId ns) { out.text(xml::namespace_uri(ns)); }

void write_value(ByteWriter& out, const Value& v) {
  out.number(static_cast<std::uint64_t>(v.primitive));
  out.flag(v.is_list);
  out.number(static_cast<std::uint64_t>(v.special));
  out.flag(v.boolean);
  out.text(v.number.to_string());
  out.number(static_cast<std::uint64_t>(v.months));
  out.number(static_cast<std::uint64_t>(v.moment.seconds));
  out.text(v.moment.fraction);
  out.flag(v.moment.zoned);
  write_ns(out, v.ns);
  out.text(v.text);
  out.number(v.items.size());
  for (const Value& i : v.items) write_value(out, i);
}

void write_wildcard(ByteWriter& out, const Wildcard& w) {
  out.number(static_cast<std::uint64_t>(w.process));
  out.number(static_cast<std::uint64_t>(w.allow));
  write_ns(out, w.target);
  out.number(w.namespaces.size());
  for (const xml::NsId n : w.namespaces) write_ns(out, n);
}

void write_name_test(ByteWriter& out, const NameTest& t) {
  out.flag(t.any_ns), out.flag(t.any_local);
  write_ns(out, t.name.ns);
  out.text(t.name.local);
}

void write_paths(ByteWriter& out, const IdentityPaths& paths) {
  out.number(paths.size());
  for (const IdentityPath& p : paths) {
    out.flag(p.deep), out.flag(p.to_attribute);
    write_name_test(out, p.attribute);
    out.number(p.steps.size());
    for (const NameTest& t : p.steps) write_name_test(out, t);
  }
}

constexpr std::string_view builtin_names[] = {
    "anyType",      "anySimpleType", "string",   "boolean",  "decimal",      "float",         "double",
    "duration",     "dateTime",      "time",     "date",     "gYearMonth",   "gYear",         "gMonthDay",
    "gDay",         "gMonth",        "hexBinary", "base64Binary", "anyURI",  "QName",         "NOTATION",
    "normalizedString", "token",     "language", "NMTOKEN",  "Name",         "NCName",        "ID",
    "IDREF",        "ENTITY",        "integer",  "nonPositiveInteger", "negativeInteger", "long", "int",
    "short",        "byte",          "nonNegativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
    "positiveInteger", "NMTOKENS",   "IDREFS",   "ENTITIES"};

}  // namespace

ComponentWriter::ComponentWriter(const SchemaSet::Data& data, std::function<std::uint32_t(const xml::ElementRef&)> document_of,
                                 std::function<std::uint32_t(const ElementDecl*)> element_number)
    : data_(data), document_of_(std::move(document_of)), element_number_(std::move(element_number)) {
  for (const auto name : builtin_names) builtins_.push_back(builtin_type(name));
  collect();
}

std::uint32_t ComponentWriter::document(const xml::ElementRef& e) { return document_of_(e); }

ComponentRef ComponentWriter::type_ref(const Type* type) {
  if (!type) return 0;
  if (type->is_builtin()) {
    const auto it = std::find(builtins_.begin(), builtins_.end(), type);
    return it == builtins_.end() ? 0 : static_cast<ComponentRef>((it - builtins_.begin() + 1) * 2);
  }
  const auto it = numbers_.find(type);
  return it == numbers_.end() ? 0 : it->second * 2 + 1;
}

ComponentRef ComponentWriter::simple_ref(const SimpleType* s) {
  if (!s) return 0;
  for (std::size_t i = 0; i < builtins_.size(); ++i)
    if (builtins_[i]->simple == s) return static_cast<ComponentRef>((i + 1) * 2);
  return numbers_.at(s) * 2 + 1;
}

ComponentRef ComponentWriter::particle_ref(const Particle* p) {
  if (!p) return 0;
  return p == any_type().model->particle ? any_type_part : numbers_.at(p) * 2 + 1;
}

ComponentRef ComponentWriter::set_ref(const AttributeSet* s) {
  if (!s) return 0;
  return s == any_type().attributes ? any_type_part : numbers_.at(s) * 2 + 1;
}

// What stands on others comes behind them.
void ComponentWriter::order_simple(const SimpleType* s) {
  if (!s || numbers_.contains(s)) return;
  for (const Type* b : builtins_)
    if (b->simple == s) return;
  order_simple(s->item);
  for (const SimpleType* m : s->members) order_simple(m);
  numbers_.emplace(s, static_cast<std::uint32_t>(simple_.size()));
  simple_.push_back(s);
}

void ComponentWriter::order_particle(const Particle* p) {
  if (!p || p == any_type().model->particle || numbers_.contains(p)) return;
  for (const Particle* c : p->children) order_particle(c);
  if (p->kind == Particle::Kind::element && !p->element->global && !numbers_.contains(p->element)) {
    numbers_.emplace(p->element, static_cast<std::uint32_t>(locals_.size()));
    locals_.push_back(static_cast<const ElementEntry*>(p->element));
  }
  numbers_.emplace(p, static_cast<std::uint32_t>(particles_.size()));
  particles_.push_back(p);
}

void ComponentWriter::order_type(const TypeEntry& t, std::vector<char>& state) {
  if (numbers_.contains(static_cast<const Type*>(&t))) return;
  if (t.base && !t.base->is_builtin()) order_type(static_cast<const TypeEntry&>(*t.base), state);
  numbers_.emplace(static_cast<const Type*>(&t), static_cast<std::uint32_t>(types_.size()));
  types_.push_back(&t);
}

void ComponentWriter::collect() {
  std::vector<char> state;
  for (const TypeEntry& t : data_.type_store)
    if (document(t.source) != not_frozen) order_type(t, state);
  const auto add_set = [&](const AttributeSet* s) {
    if (!s || s == any_type().attributes || numbers_.contains(s)) return;
    numbers_.emplace(s, static_cast<std::uint32_t>(sets_.size()));
    sets_.push_back(s);
    for (const AttributeUse& u : s->uses) {
      if (!u.decl->source || numbers_.contains(u.decl)) continue;
      numbers_.emplace(u.decl, static_cast<std::uint32_t>(attributes_.size()));
      attributes_.push_back(static_cast<const AttributeEntry*>(u.decl));
    }
  };
  for (const TypeEntry* t : types_) {
    order_simple(t->simple);
    if (t->particle) order_particle(t->particle);
    add_set(t->attributes);
  }
  for (const AttributeEntry& a : data_.attribute_store) {
    if (document(a.source) == not_frozen || numbers_.contains(static_cast<const AttributeDecl*>(&a))) continue;
    numbers_.emplace(static_cast<const AttributeDecl*>(&a), static_cast<std::uint32_t>(attributes_.size()));
    attributes_.push_back(&a);
  }
  for (const GroupEntry& g : data_.group_store) {
    if (document(g.source) == not_frozen) continue;
    order_particle(g.particle);
    groups_.push_back(&g);
  }
  for (const AttributeGroupEntry& g : data_.attribute_group_store) {
    if (document(g.source) == not_frozen) continue;
    add_set(&g.set);
    attribute_groups_.push_back(&g);
  }
  for (const IdentityConstraint& c : data_.constraint_store) {
    if (document(c.source) == not_frozen) continue;
    numbers_.emplace(&c, static_cast<std::uint32_t>(constraints_.size()));
    constraints_.push_back(&c);
  }
}

void ComponentWriter::write_facets(ByteWriter& out, const Facets& f) {
  for (const std::uint64_t n : {std::uint64_t{f.present}, std::uint64_t{f.fixed}, f.length_value, f.min_length_value,
                                f.max_length_value, std::uint64_t{f.total_digits_value}, std::uint64_t{f.fraction_digits_value}})
    out.number(n);
  write_value(out, f.lower);
  write_value(out, f.upper);
  out.number(f.patterns.size());
  for (const auto& any_of : f.patterns) {
    out.number(any_of.size());
    for (const Pattern* p : any_of) out.text(p->source());
  }
  out.number(f.values.size());
  for (const Value& v : f.values) write_value(out, v);
}

void ComponentWriter::write_simple(ByteWriter& out, const SimpleType& s) {
  out.number(static_cast<std::uint64_t>(s.variety));
  out.number(static_cast<std::uint64_t>(s.primitive));
  out.number(static_cast<std::uint64_t>(s.white_space));
  out.number(static_cast<std::uint64_t>(s.lexical));
  out.flag(s.is_id), out.flag(s.is_idref);
  out.number(simple_ref(s.item));
  out.number(s.members.size());
  for (const SimpleType* m : s.members) out.number(simple_ref(m));
  // The bounds of built-in integers come with those.
  out.flag(s.facets != nullptr);
  if (s.facets) write_facets(out, *s.facets);
}

void ComponentWriter::write_source(ByteWriter& out, const xml::ElementRef& e) {
  out.number(document(e));
  out.number(e.offset());
}

void ComponentWriter::write_type(ByteWriter& out, const TypeEntry& t) {
  write_source(out, t.source);
  write_ns(out, t.ns);
  out.text(t.name);
  out.number(type_ref(t.base));
  out.number(t.derivation);
  out.flag(t.complex), out.flag(t.is_abstract);
  out.number(t.block), out.number(t.final);
  out.number(static_cast<std::uint64_t>(t.content));
  out.number(simple_ref(t.simple));
  out.number(particle_ref(t.particle));
  out.number(set_ref(t.attributes));
}

void ComponentWriter::write_attribute(ByteWriter& out, const AttributeEntry& a) {
  write_source(out, a.source);
  write_ns(out, a.ns);
  out.text(a.name);
  out.number(type_ref(a.type));
  out.flag(a.has_default), out.flag(a.has_fixed);
  out.text(a.value);
  out.flag(data_.attributes.find(a.qname()) == &a);
}

void ComponentWriter::write_set(ByteWriter& out, const AttributeSet& s) {
  out.number(s.uses.size());
  for (const AttributeUse& u : s.uses) {
    const bool own = static_cast<bool>(u.decl->source);
    out.flag(own);
    own ? out.number(numbers_.at(u.decl)) : out.text(u.decl->name);
    out.flag(u.required), out.flag(u.prohibited), out.flag(u.has_default), out.flag(u.has_fixed);
    out.text(u.value);
  }
  out.flag(s.has_wildcard);
  write_wildcard(out, s.wildcard);
}

void ComponentWriter::write_particle(ByteWriter& out, const Particle& p) {
  out.number(static_cast<std::uint64_t>(p.kind));
  out.number(p.min), out.number(p.max);
  if (p.kind == Particle::Kind::element) {
    out.flag(p.element->global);
    out.number(p.element->global ? element_number_(p.element) : numbers_.at(p.element));
  }
  if (p.kind == Particle::Kind::wildcard) write_wildcard(out, p.wildcard);
  out.number(p.children.size());
  for (const Particle* c : p.children) out.number(particle_ref(c));
  out.flag(static_cast<bool>(p.source));
  if (p.source) write_source(out, p.source);
}

void ComponentWriter::write_local(ByteWriter& out, const ElementEntry& e) {
  write_source(out, e.source);
  write_ns(out, e.ns);
  out.text(e.name);
  out.number(type_ref(e.type));
  out.flag(e.is_abstract), out.flag(e.nillable), out.flag(e.has_default), out.flag(e.has_fixed);
  out.number(e.block), out.number(e.final);
  out.text(e.value);
  out.text(e.id);
  write_constraint_list(out, e);
}

void ComponentWriter::write_constraint_list(ByteWriter& out, const ElementDecl& e) {
  out.number(e.constraints ? e.constraints->size() : 0);
  if (!e.constraints) return;
  for (const IdentityConstraint* c : *e.constraints) out.number(numbers_.at(c));
}

void ComponentWriter::write_constraint(ByteWriter& out, const IdentityConstraint& c) {
  write_source(out, c.source);
  out.number(static_cast<std::uint64_t>(c.kind));
  write_ns(out, c.ns);
  out.text(c.name);
  write_paths(out, c.selector);
  out.number(c.fields.size());
  for (const IdentityPaths& field : c.fields) write_paths(out, field);
  out.number(c.refers ? numbers_.at(c.refers) + 1 : 0);
}

void ComponentWriter::write(ByteWriter& out) {
  out.number(builtins_.size());
  for (const auto name : builtin_names) out.text(name);
  for (const std::size_t n : {simple_.size(), types_.size(), attributes_.size(), sets_.size(), particles_.size(), locals_.size(),
                              groups_.size(), attribute_groups_.size(), constraints_.size()})
    out.number(n);
  for (const auto* c : constraints_) write_constraint(out, *c);
  for (const auto* s : simple_) write_simple(out, *s);
  for (const auto* a : attributes_) write_attribute(out, *a);
  for (const auto* s : sets_) write_set(out, *s);
  for (const auto* e : locals_) write_local(out, *e);
  for (const auto* p : particles_) write_particle(out, *p);
  for (const auto* t : types_) write_type(out, *t);
  for (const auto* g : groups_) {
    write_source(out, g->source);
    write_ns(out, g->ns);
    out.text(g->name);
    out.number(particle_ref(g->particle));
  }
  for (const auto* g : attribute_groups_) {
    write_source(out, g->source);
    write_ns(out, g->ns);
    out.text(g->name);
    out.number(numbers_.at(&g->set));
  }
}

// ---- what components refer to

namespace {

class Within {
 public:
  explicit Within(const std::function<bool(const xml::Document&)>& allowed) : allowed_(allowed) {}
  bool place(const xml::ElementRef& e) const { return !e || allowed_(e.get().document()); }
  bool type(const Type* t) const { return !t || place(t->source); }
  bool element(const ElementDecl* e) const { return !e || place(e->source); }
  bool set(const AttributeSet* s) const {
    return !s || std::all_of(s->uses.begin(), s->uses.end(), [&](const AttributeUse& u) { return place(u.decl->source) && type(u.decl->type); });
  }
  bool particle(const Particle* p) const {
    if (!p || p == any_type().model->particle) return true;
    if (!place(p->source) || (p->kind == Particle::Kind::element && !(element(p->element) && type(p->element->type)))) return false;
    return std::all_of(p->children.begin(), p->children.end(), [&](const Particle* c) { return particle(c); });
  }

 private:
  const std::function<bool(const xml::Document&)>& allowed_;
};

}  // namespace

bool refers_within(const SchemaSet::Data& data, const xml::Document& document, const std::function<bool(const xml::Document&)>& allowed) {
  const Within w(allowed);
  const auto here = [&](const xml::ElementRef& e) { return e && &e.get().document() == &document; };
  for (const ElementEntry& e : data.element_store)
    if (here(e.source) && !(w.type(e.type) && w.element(e.substitutes))) return false;
  for (const TypeEntry& t : data.type_store)
    if (here(t.source) && !(w.type(t.base) && w.particle(t.particle) && w.set(t.attributes))) return false;
  for (const AttributeEntry& a : data.attribute_store)
    if (here(a.source) && !w.type(a.type)) return false;
  for (const GroupEntry& g : data.group_store)
    if (here(g.source) && !w.particle(g.particle)) return false;
  for (const AttributeGroupEntry& g : data.attribute_group_store)
    if (here(g.source) && !w.set(&g.set)) return false;
  for (const IdentityConstraint& c : data.constraint_store)
    if (here(c.source) && c.refers && !w.place(c.refers->source)) return false;
  return true;
}

}  // namespace factpress::schema
