#include <algorithm>

#include "taxonomy/schema/builtins.h"
#include "taxonomy/schema/component_image.h"

namespace factpress::schema {
using taxonomy::ByteReader;

namespace {

template <class E>
E read_enum(ByteReader& in, E last) {
  return static_cast<E>(in.below(static_cast<std::uint64_t>(last) + 1));
}

xml::NsId read_ns(ByteReader& in) { return xml::intern_namespace(in.text()); }

Value read_stored_value(ByteReader& in, int depth = 0) {
  Value v;
  v.primitive = read_enum(in, Primitive::notation);
  v.is_list = in.flag();
  v.special = read_enum(in, Value::Special::negative_infinity);
  v.boolean = in.flag();
  if (const auto number = Decimal::parse(in.text()))
    v.number = *number;
  else
    in.fail();
  v.months = static_cast<std::int64_t>(in.number());
  v.moment.seconds = static_cast<std::int64_t>(in.number());
  v.moment.fraction = in.text();
  v.moment.zoned = in.flag();
  v.ns = read_ns(in);
  v.text = in.text();
  const std::uint32_t items = in.count();
  if (items != 0 && depth > 2) in.fail();
  for (std::uint32_t i = 0; i < items && !in.failed(); ++i) v.items.push_back(read_stored_value(in, depth + 1));
  return v;
}

Wildcard read_wildcard(ByteReader& in) {
  Wildcard w;
  w.process = read_enum(in, Wildcard::Process::skip);
  w.allow = read_enum(in, Wildcard::Allow::listed);
  w.target = read_ns(in);
  const std::uint32_t n = in.count();
  for (std::uint32_t i = 0; i < n && !in.failed(); ++i) w.namespaces.push_back(read_ns(in));
  return w;
}

NameTest read_name_test(ByteReader& in) {
  NameTest t;
  t.any_ns = in.flag(), t.any_local = in.flag();
  t.name.ns = read_ns(in);
  t.name.local = in.text();
  return t;
}

IdentityPaths read_paths(ByteReader& in) {
  IdentityPaths paths;
  const std::uint32_t n = in.count();
  if (n == 0) in.fail();
  for (std::uint32_t i = 0; i < n && !in.failed(); ++i) {
    IdentityPath& p = paths.emplace_back();
    p.deep = in.flag(), p.to_attribute = in.flag();
    p.attribute = read_name_test(in);
    const std::uint32_t steps = in.count();
    for (std::uint32_t k = 0; k < steps && !in.failed(); ++k) p.steps.push_back(read_name_test(in));
  }
  return paths;
}

const ContentModel& no_content() {
  static const ContentModel m = compile_model(nullptr);
  return m;
}

/// Reads one image; each function one kind of row.
class Reading {
 public:
  Reading(ComponentImage& image, ByteReader& in, const ComponentImage::Host& host) : c_(image), in_(in), host_(host) {}
  bool run();

 private:
  template <class T>
  bool make(std::vector<T>& rows) {
    const std::uint32_t n = in_.count();
    if (!in_.failed()) rows = std::vector<T>(n);
    return !in_.failed();
  }
  xml::ElementRef place(std::uint32_t& document) {
    document = in_.below(host_.documents);
    const std::uint32_t offset = in_.small();
    const xml::DeferredDocument* found = in_.failed() ? nullptr : host_.document(document);
    if (!found) return in_.fail(), xml::ElementRef();
    return {*found, offset};
  }
  const Type* type(std::uint64_t limit) {
    const ComponentRef ref = in_.small();
    if (ref % 2 == 1 && (ref - 1) / 2 >= limit) return in_.fail(), nullptr;
    const Type* t = c_.type(ref);
    if (!t) in_.fail();
    return t;
  }
  const SimpleType* simple_type(std::uint64_t limit) {
    const ComponentRef ref = in_.small();
    if (ref == 0) return nullptr;
    if (ref % 2 == 1 && (ref - 1) / 2 < limit) return &c_.simple[(ref - 1) / 2];
    if (ref % 2 == 0 && ref / 2 - 1 < c_.builtins.size() && c_.builtins[ref / 2 - 1]->simple) return c_.builtins[ref / 2 - 1]->simple;
    return in_.fail(), nullptr;
  }
  const Particle* particle(std::uint64_t limit) {
    const ComponentRef ref = in_.small();
    if (ref == 0) return nullptr;
    if (ref == any_type_part) return any_type().model->particle;
    if (ref % 2 == 1 && (ref - 1) / 2 < limit) return &c_.particles[(ref - 1) / 2];
    return in_.fail(), nullptr;
  }
  const AttributeSet* set() {
    const ComponentRef ref = in_.small();
    if (ref == 0) return nullptr;
    if (ref == any_type_part) return any_type().attributes;
    if (ref % 2 == 1 && (ref - 1) / 2 < c_.sets.size()) return &c_.sets[(ref - 1) / 2];
    return in_.fail(), nullptr;
  }
  void read_facets(Facets& f);
  void read_simple(std::size_t i);
  void read_attribute(AttributeEntry& a);
  void read_set(AttributeSet& s);
  void read_local(ElementDecl& e);
  void read_constraint(IdentityConstraint& c);
  void read_particle(std::size_t i);
  void read_type(std::size_t i);
  void finish_type(TypeEntry& t);
  bool sound() const;

  ComponentImage& c_;
  ByteReader& in_;
  const ComponentImage::Host& host_;
  std::unordered_map<std::string_view, const Pattern*> patterns_;
  std::vector<std::uint16_t> simple_depth_, particle_depth_;
  /// One more than the deepest of `below`; what nests deeper than any schema that the compiler lets through is refused.
  template <class T>
  void nest(std::vector<std::uint16_t>& depths, const std::vector<T>& rows, const std::vector<const T*>& below) {
    std::uint16_t depth = 1;
    for (const T* b : below)
      if (b >= rows.data() && b < rows.data() + rows.size()) depth = std::max<std::uint16_t>(depth, depths[static_cast<std::size_t>(b - rows.data())] + 1);
    if (depth > 800) in_.fail();
    depths.push_back(depth);
  }
};

void Reading::read_facets(Facets& f) {
  f.present = static_cast<std::uint16_t>(in_.below(4096));
  f.fixed = static_cast<std::uint16_t>(in_.below(4096));
  f.length_value = in_.number(), f.min_length_value = in_.number(), f.max_length_value = in_.number();
  f.total_digits_value = in_.small(), f.fraction_digits_value = in_.small();
  f.lower = read_stored_value(in_), f.upper = read_stored_value(in_);
  const std::uint32_t lists = in_.count();
  for (std::uint32_t i = 0; i < lists && !in_.failed(); ++i) {
    std::vector<const Pattern*> any_of;
    const std::uint32_t n = in_.count();
    if (n == 0) in_.fail();
    for (std::uint32_t k = 0; k < n && !in_.failed(); ++k) {
      const std::string_view source = in_.text();
      const Pattern*& known = patterns_[source];
      if (!known) {
        auto compiled = Pattern::compile(source);
        if (!compiled) return in_.fail();
        known = &c_.patterns.emplace_back(std::move(*compiled));
      }
      any_of.push_back(known);
    }
    f.patterns.push_back(std::move(any_of));
  }
  const std::uint32_t values = in_.count();
  for (std::uint32_t i = 0; i < values && !in_.failed(); ++i) f.values.push_back(read_stored_value(in_));
}

void Reading::read_simple(std::size_t i) {
  SimpleType& s = c_.simple[i];
  s.variety = read_enum(in_, Variety::union_of);
  s.primitive = read_enum(in_, Primitive::notation);
  s.white_space = read_enum(in_, WhiteSpace::collapse);
  s.lexical = read_enum(in_, SimpleType::Lexical::integer);
  s.is_id = in_.flag(), s.is_idref = in_.flag();
  s.item = simple_type(i);
  const std::uint32_t members = in_.count();
  for (std::uint32_t m = 0; m < members && !in_.failed(); ++m) s.members.push_back(simple_type(i));
  if (std::find(s.members.begin(), s.members.end(), nullptr) != s.members.end()) in_.fail();
  if (s.variety == Variety::list && !s.item) in_.fail();
  auto below = s.members;
  if (s.item) below.push_back(s.item);
  nest(simple_depth_, c_.simple, below);
  if (in_.flag()) {
    read_facets(c_.facets.emplace_back());
    s.facets = &c_.facets.back();
  }
}

void Reading::read_attribute(AttributeEntry& a) {
  a.source = place(a.frozen_in);
  a.ns = read_ns(in_);
  a.name = in_.text();
  a.type = type(c_.types.size());
  a.has_default = in_.flag(), a.has_fixed = in_.flag();
  a.value = in_.text();
  if (in_.flag() && !in_.failed()) c_.attributes_by_name.add(&a);
}

void Reading::read_set(AttributeSet& s) {
  const std::uint32_t n = in_.count();
  for (std::uint32_t i = 0; i < n && !in_.failed(); ++i) {
    AttributeUse u;
    if (in_.flag()) {
      const std::uint32_t number = in_.below(c_.attributes.size());
      if (!in_.failed()) u.decl = &c_.attributes[number];
    } else {
      u.decl = builtin_xml_attribute(in_.text());
    }
    u.required = in_.flag(), u.prohibited = in_.flag(), u.has_default = in_.flag(), u.has_fixed = in_.flag();
    u.value = in_.text();
    if (!u.decl) return in_.fail();
    s.uses.push_back(u);
  }
  s.has_wildcard = in_.flag();
  s.wildcard = read_wildcard(in_);
}

void Reading::read_local(ElementDecl& e) {
  std::uint32_t document = 0;
  e.source = place(document);
  e.frozen = true;
  e.ns = read_ns(in_);
  e.name = in_.text();
  e.type = type(c_.types.size());
  e.is_abstract = in_.flag(), e.nillable = in_.flag(), e.has_default = in_.flag(), e.has_fixed = in_.flag();
  e.block = static_cast<std::uint8_t>(in_.below(256)), e.final = static_cast<std::uint8_t>(in_.below(256));
  e.value = in_.text();
  e.id = in_.text();
  const std::uint32_t constraints = in_.count();
  if (constraints == 0 || in_.failed()) return;
  auto& list = c_.constraint_lists.emplace_back();
  e.constraints = &list;
  for (std::uint32_t i = 0; i < constraints && !in_.failed(); ++i) {
    const std::uint32_t number = in_.below(c_.constraints.size());
    if (!in_.failed()) list.push_back(&c_.constraints[number]);
  }
}

void Reading::read_constraint(IdentityConstraint& c) {
  c.source = place(c.frozen_in);
  c.kind = read_enum(in_, IdentityConstraint::Kind::keyref);
  c.ns = read_ns(in_);
  c.name = in_.text();
  c.selector = read_paths(in_);
  const std::uint32_t fields = in_.count();
  if (fields == 0) in_.fail();
  for (std::uint32_t i = 0; i < fields && !in_.failed(); ++i) c.fields.push_back(read_paths(in_));
  const std::uint32_t refers = in_.below(c_.constraints.size() + 1);
  if (in_.failed()) return;
  if (refers != 0) c.refers = &c_.constraints[refers - 1];
  c_.constraints_by_name.add(&c);
}

void Reading::read_particle(std::size_t i) {
  Particle& p = c_.particles[i];
  p.kind = read_enum(in_, Particle::Kind::all);
  p.min = in_.small(), p.max = in_.small();
  if (p.kind == Particle::Kind::element) {
    const bool global = in_.flag();
    const std::uint32_t number = in_.below(global ? host_.elements : c_.locals.size());
    if (!in_.failed()) p.element = global ? host_.element(number) : &c_.locals[number];
    if (!p.element) in_.fail();
  }
  if (p.kind == Particle::Kind::wildcard) p.wildcard = read_wildcard(in_);
  const std::uint32_t children = in_.count();
  for (std::uint32_t k = 0; k < children && !in_.failed(); ++k) p.children.push_back(particle(i));
  if (std::find(p.children.begin(), p.children.end(), nullptr) != p.children.end()) in_.fail();
  nest(particle_depth_, c_.particles, p.children);
  std::uint32_t document = 0;
  if (in_.flag()) p.source = place(document);
}

void Reading::read_type(std::size_t i) {
  TypeEntry& t = c_.types[i];
  t.source = place(t.frozen_in);
  t.ns = read_ns(in_);
  t.name = in_.text();
  t.base = type(i);
  t.derivation = static_cast<Derivation>(in_.below(32));
  t.complex = in_.flag(), t.is_abstract = in_.flag();
  t.block = static_cast<std::uint8_t>(in_.below(256)), t.final = static_cast<std::uint8_t>(in_.below(256));
  t.content = read_enum(in_, Content::mixed);
  t.simple = simple_type(c_.simple.size());
  t.particle = particle(c_.particles.size());
  t.attributes = set();
  t.phase = Phase::done;
  if (in_.failed()) return;
  finish_type(t);
  if (!t.name.empty()) c_.types_by_name.add(&t);
}

// As the compiler gives types their models; and what users of types take for granted.
void Reading::finish_type(TypeEntry& t) {
  if (!t.complex || t.content == Content::simple) {
    if (!t.simple) in_.fail();
    return;
  }
  const auto* base = t.base->is_builtin() ? nullptr : static_cast<const TypeEntry*>(t.base);
  if (base && base->particle == t.particle && base->model)
    t.model = base->model;
  else if (t.particle)
    t.model = &c_.models.emplace_back(compile_model(t.particle));
  else
    t.model = &no_content();
  if (t.model->too_large) in_.fail();
}

bool Reading::sound() const {
  return std::all_of(c_.attributes.begin(), c_.attributes.end(), [](const AttributeEntry& a) { return a.type && a.type->simple; }) &&
         std::all_of(c_.locals.begin(), c_.locals.end(), [](const ElementDecl& e) { return e.type; }) &&
         std::all_of(c_.constraints.begin(), c_.constraints.end(), [](const IdentityConstraint& c) {
           const bool is_reference = c.kind == IdentityConstraint::Kind::keyref;
           return !c.refers || (is_reference && c.refers->kind != IdentityConstraint::Kind::keyref && c.refers->fields.size() == c.fields.size());
         });
}

bool Reading::run() {
  const std::uint32_t names = in_.count();
  for (std::uint32_t i = 0; i < names && !in_.failed(); ++i) {
    const Type* t = builtin_type(in_.text());
    if (!t) return false;
    c_.builtins.push_back(t);
  }
  if (!make(c_.simple) || !make(c_.types) || !make(c_.attributes) || !make(c_.sets) || !make(c_.particles) || !make(c_.locals) ||
      !make(c_.groups) || !make(c_.attribute_groups) || !make(c_.constraints))
    return false;
  for (auto& c : c_.constraints)
    if (!in_.failed()) read_constraint(c);
  for (std::size_t i = 0; i < c_.simple.size() && !in_.failed(); ++i) read_simple(i);
  for (auto& a : c_.attributes)
    if (!in_.failed()) read_attribute(a);
  for (auto& s : c_.sets)
    if (!in_.failed()) read_set(s);
  for (auto& e : c_.locals)
    if (!in_.failed()) read_local(e);
  for (std::size_t i = 0; i < c_.particles.size() && !in_.failed(); ++i) read_particle(i);
  for (std::size_t i = 0; i < c_.types.size() && !in_.failed(); ++i) read_type(i);
  for (auto& g : c_.groups) {
    g.source = place(g.frozen_in);
    g.ns = read_ns(in_), g.name = in_.text();
    g.particle = particle(c_.particles.size());
    g.phase = Phase::done;
    if (in_.failed()) return false;
    c_.groups_by_name.add(&g);
  }
  for (auto& g : c_.attribute_groups) {
    g.source = place(g.frozen_in);
    g.ns = read_ns(in_), g.name = in_.text();
    const std::uint32_t set = in_.below(c_.sets.size());
    if (in_.failed()) return false;
    g.set = c_.sets[set];
    g.phase = Phase::done;
    c_.attribute_groups_by_name.add(&g);
  }
  return !in_.failed() && sound();
}

}  // namespace

const Type* ComponentImage::type(ComponentRef ref) const {
  if (ref == 0) return nullptr;
  if (ref % 2 == 1) return (ref - 1) / 2 < types.size() ? &types[(ref - 1) / 2] : nullptr;
  return ref / 2 - 1 < builtins.size() ? builtins[ref / 2 - 1] : nullptr;
}

bool ComponentImage::read(ByteReader& in, const Host& host) { return Reading(*this, in, host).run(); }

}  // namespace factpress::schema
