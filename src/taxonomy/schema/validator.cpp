#include "taxonomy/schema/validator.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "base/text.h"
#include "diag/codes/schema.h"
#include "taxonomy/schema/builtins.h"
#include "taxonomy/schema/facets.h"
#include "taxonomy/schema/identity_check.h"

namespace factpress::schema {

namespace codes = diag::codes;

namespace {

bool takes_any_text(const SimpleType& t) {
  return t.variety == Variety::atomic && (t.primitive == Primitive::string || t.primitive == Primitive::any) && !t.facets &&
         t.lexical == SimpleType::Lexical::free && !t.is_id && !t.is_idref;
}

std::string shown(const Type& t) { return t.name.empty() ? std::string("an anonymous type") : fmt::format("type '{}'", t.name); }

}  // namespace

Validator::Validator(const SchemaSet& set, diag::Sink& sink, const ValidateOptions& options, const xml::Element& root)
    : set_(set), sink_(sink), options_(options), root_(root) {
  out_.first_ = root.ordinal();
  const std::size_t nodes = root.subtree_end() - out_.first_;
  out_.row_of_.assign(nodes, 0);
  out_.rows_.reserve(std::min<std::size_t>(nodes, 1 << 16));
  steps_.resize(std::bit_ceil(std::clamp<std::size_t>(nodes / 4, 8, 512)));
  type_name_ = root.document().find_name({xml::ns::xsi, "type"});
  nil_name_ = root.document().find_name({xml::ns::xsi, "nil"});
}

Outcome Validator::run() {
  const auto q = root_.qname();
  element(root_, set_.element(q), options_.lax_root ? Mode::lax : Mode::strict);
  if (options_.check_ids) check_references();
  if (set_.has_identity_constraints()) check_identity();
  return std::move(out_);
}

std::size_t Validator::add_row(const xml::Element& e, const ElementDecl* decl, const Type* type) {
  out_.rows_.push_back({decl, type});
  out_.row_of_[e.ordinal() - out_.first_] = static_cast<std::uint32_t>(out_.rows_.size());
  return out_.rows_.size() - 1;
}

void Validator::fail(const diag::CodeInfo& code, const Place& place, std::string message, std::size_t row) {
  ++out_.errors_;
  if (row != no_row) out_.rows_[row].invalid = true;
  sink_.add({code, place, std::move(message)});
}

void Validator::element(const xml::Element& e, const ElementDecl* decl, Mode mode) {
  if (mode == Mode::skip) return;
  if (decl) return declared(e, *decl);
  undeclared(e, mode);
}

Validator::XsiAttributes Validator::find_xsi(const xml::Element& e) const {
  XsiAttributes found;
  if (type_name_ == xml::no_index && nil_name_ == xml::no_index) return found;
  for (const auto a : e.attributes()) {
    const std::uint32_t name = a.name_id();
    if (name == type_name_) found.type = a;
    if (name == nil_name_) found.nil = a;
  }
  return found;
}

void Validator::declared(const xml::Element& e, const ElementDecl& decl) {
  const std::size_t row = add_row(e, &decl, decl.type);
  if (decl.is_abstract)
    fail(codes::schema_abstract, e.place(),
         fmt::format("cvc-elt.2: the element '{}' is abstract and may not be used itself", e.raw_name()), row);
  const XsiAttributes xsi = find_xsi(e);
  const Type* type = decl.type;
  if (xsi.type) type = xsi_type(e, xsi.type, &decl, type, row);
  typed(e, &decl, type, xsi, row);
}

void Validator::undeclared(const xml::Element& e, Mode mode) {
  const XsiAttributes xsi = find_xsi(e);
  const std::size_t row = add_row(e, nullptr, nullptr);
  if (xsi.type) {
    if (const Type* t = xsi_type(e, xsi.type, nullptr, nullptr, row)) return typed(e, nullptr, t, xsi, row);
    return;
  }
  if (mode == Mode::strict) {
    fail(codes::schema_undeclared, e.place(),
         fmt::format("cvc-elt.1: the element '{}' of the namespace '{}' has no declaration", e.local_name(),
                     xml::namespace_uri(e.ns())),
         row);
    return;
  }
  // Laxly assessed: as anyType. What is declared below is still checked.
  for (const auto a : e.attributes())
    if (const auto* d = set_.attribute(a.qname())) attribute_value(e, a, {Ruling::typed, d, d->has_fixed, d->value}, row);
  for (const auto c : e.elements()) element(c, set_.element(c.qname()), Mode::lax);
}

const Type* Validator::xsi_type(const xml::Element& e, const xml::Attribute& a, const ElementDecl* decl, const Type* declared,
                                std::size_t row) {
  const auto q = e.resolve_qname(a.value());
  const Type* t = q ? set_.type(*q) : nullptr;
  if (!t) {
    fail(codes::schema_xsi_type, a.place(), fmt::format("cvc-elt.4.2: xsi:type names '{}', which is no known type", a.value()),
         row);
    return declared;
  }
  if (!declared) return t;
  std::uint8_t used = 0, blocked = decl ? static_cast<std::uint8_t>(decl->block | declared->block) : declared->block;
  const Type* s = t;
  for (; s && s != declared; s = s->base) {
    used |= static_cast<std::uint8_t>(s->derivation & (by_extension | by_restriction));
    if (s != t) blocked |= s->block;
  }
  if (!s && declared->simple && declared->simple->variety == Variety::union_of && !declared->complex)
    for (const auto* m : declared->simple->members)
      if (m == t->simple) s = declared;
  if (!s || (used & blocked & (by_extension | by_restriction))) {
    fail(codes::schema_xsi_type, a.place(),
         s ? fmt::format("cvc-elt.4.3: the derivation of '{}' from {} is blocked", a.value(), shown(*declared))
           : fmt::format("cvc-elt.4.3: the type '{}' does not derive from {} of the element '{}'", a.value(), shown(*declared),
                         e.raw_name()),
         row);
    return declared;
  }
  return t;
}

bool Validator::nil(const xml::Element& e, const xml::Attribute& a, const ElementDecl* decl, std::size_t row) {
  const auto v = xml::trim_xml_space(a.value());
  const bool yes = v == "true" || v == "1";
  if (!yes && v != "false" && v != "0")
    fail(codes::schema_nil, a.place(), fmt::format("cvc-elt.3: xsi:nil is true or false, not '{}'", a.value()), row);
  if (decl && !decl->nillable) {
    fail(codes::schema_nil, a.place(),
         fmt::format("cvc-elt.3.1: the element '{}' is not nillable, so xsi:nil may not stand on it", e.raw_name()), row);
    return false;
  }
  if (!yes) return false;
  if (!e.is_empty())
    fail(codes::schema_nil, e.place(), fmt::format("cvc-elt.3.2.1: the element '{}' is nil and must be empty", e.raw_name()),
         row);
  if (decl && decl->has_fixed)
    fail(codes::schema_nil, a.place(),
         fmt::format("cvc-elt.3.2.2: the element '{}' has a fixed value and may not be nil", e.raw_name()), row);
  return true;
}

void Validator::typed(const xml::Element& e, const ElementDecl* decl, const Type* type, const XsiAttributes& xsi,
                      std::size_t row) {
  out_.rows_[row].type = type;
  if (type->is_abstract)
    fail(
        codes::schema_abstract, e.place(),
        fmt::format("cvc-type.2: {} of the element '{}' is abstract; name a derived one by xsi:type", shown(*type), e.raw_name()),
        row);
  const bool is_nil = xsi.nil && nil(e, xsi.nil, decl, row);
  out_.rows_[row].nil = is_nil;
  if (type->complex) {
    attributes(e, *type, row);
  } else {
    for (const auto a : e.attributes())
      if (a.ns() != xml::ns::xsi)
        fail(codes::schema_attribute, a.place(),
             fmt::format("cvc-type.3.1.1: the attribute '{}' is not allowed on '{}', whose type is simple", a.raw_name(),
                         e.raw_name()),
             row);
  }
  if (is_nil) {
    for (const auto c : e.elements()) undeclared(c, Mode::lax);
    return;
  }
  if (type->simple)
    simple_value(e, decl, *type->simple, row);
  else
    children(e, *type, decl, row);
}

void Validator::simple_value(const xml::Element& e, const ElementDecl* decl, const SimpleType& type, std::size_t row) {
  if (const auto c = e.first_element()) {
    fail(codes::schema_content, c.place(),
         fmt::format("cvc-complex-type.2.2: '{}' has text content only; the element '{}' may not stand in it", e.raw_name(),
                     c.raw_name()),
         row);
    return;
  }
  const bool has_value = decl && (decl->has_default || decl->has_fixed);
  const bool defaulted = has_value && e.is_empty();
  out_.rows_[row].defaulted = defaulted;
  if (takes_any_text(type) && !(decl && decl->has_fixed)) return;  // long texts are best not looked at
  std::string scratch, why;
  const std::string_view text = defaulted ? decl->value : e.own_text(scratch);
  const xml::Element scope = defaulted && decl->source ? decl->source.get() : e;
  if (!check_value(type, text, &scope, &why)) {
    fail(codes::schema_value, e.place(), fmt::format("the value of '{}' is not valid: {}", e.raw_name(), why), row);
    return;
  }
  if (decl && decl->has_fixed && !defaulted) {
    const xml::Element declared = decl->source.get();
    const auto is = read_value(type, text, &e), should = read_value(type, decl->value, decl->source ? &declared : nullptr);
    if (is && should && !(*is == *should))
      fail(codes::schema_fixed, e.place(),
           fmt::format("cvc-elt.5.2.2.2.2: the value of '{}' is '{}'; it is fixed to '{}'", e.raw_name(), text, decl->value),
           row);
  }
  if (options_.check_ids && (type.is_id || type.is_idref)) ids(type, text.data() == scratch.data() ? ids_.keep(text) : text, e, row);
}

void Validator::no_text(const xml::Element& e, std::size_t row) {
  for (const auto n : e.children())
    if (n.is_text() && !xml::trim_xml_space(n.text()).empty())
      return fail(codes::schema_content, {e.document().source(), {n.offset(), n.offset() + 1}},
                  fmt::format("cvc-complex-type.2.3: '{}' holds elements only; text may not stand in it", e.raw_name()), row);
}

void Validator::children(const xml::Element& e, const Type& type, const ElementDecl* decl, std::size_t row) {
  if (type.content == Content::empty) {
    if (!e.is_empty())
      fail(codes::schema_content, e.place(), fmt::format("cvc-complex-type.2.1: the element '{}' must be empty", e.raw_name()),
           row);
    return;
  }
  if (type.content == Content::elements) no_text(e, row);
  if (decl && decl->has_fixed && type.content == Content::mixed && !e.is_empty() && (e.has_elements() || e.text() != decl->value))
    fail(codes::schema_fixed, e.place(),
         fmt::format("cvc-elt.5.2.2.2.1: the content of '{}' is fixed to '{}'", e.raw_name(), decl->value), row);
  if (decl && e.is_empty() && (decl->has_default || decl->has_fixed)) out_.rows_[row].defaulted = true;
  if (!type.model || type.model->too_large) {
    for (const auto c : e.elements()) element(c, set_.element(c.qname()), Mode::lax);
    return;
  }
  ContentMatcher matcher(*type.model);
  bool lost = false;
  for (const auto c : e.elements()) {
    if (lost) {
      element(c, set_.element(c.qname()), Mode::lax);
      continue;
    }
    const Step s = step(matcher, *type.model, c);
    if (!s.particle) {
      lost = true;
      const std::string expected = matcher.expected();
      fail(codes::schema_content, c.place(),
           fmt::format("cvc-complex-type.2.4: the element '{}' may not stand here in '{}'; {}", c.raw_name(), e.raw_name(),
                       expected.empty() ? "nothing more is allowed" : "expected: " + expected),
           row);
      element(c, s.global, Mode::lax);
    } else if (s.particle->kind == Particle::Kind::wildcard) {
      const auto process = s.particle->wildcard.process;
      element(c, s.global,
              process == Wildcard::Process::strict ? Mode::strict
              : process == Wildcard::Process::lax  ? Mode::lax
                                                   : Mode::skip);
    } else {
      declared(c, *s.decl);
    }
  }
  if (!lost && !matcher.may_end())
    fail(codes::schema_content, e.place(),
         fmt::format("cvc-complex-type.2.4.b: the content of '{}' is not complete; expected: {}", e.raw_name(),
                     matcher.expected()),
         row);
}

// Moves the matcher on. Children of one name follow each other in most documents, each at the place that the one before led to.
Validator::Step Validator::step(ContentMatcher& matcher, const ContentModel& model, const xml::Element& child) {
  const std::uint32_t from = matcher.place(), name = child.name_id();
  Step& known = steps_[place_of(&model, from, name, steps_.size())];
  if (from != ContentMatcher::no_place && known.model == &model && known.from == from && known.name == name) {
    matcher.go_to(known.to);
    return known;
  }
  const auto q = child.qname();
  Step s{&model, from, name};
  s.global = set_.element(q);
  s.particle = matcher.step(q, s.global, s.decl);
  s.to = matcher.place();
  if (s.particle && from != ContentMatcher::no_place && s.to != ContentMatcher::no_place) known = s;
  return s;
}

void Validator::ids(const SimpleType& type, std::string_view text, const xml::Element& e, std::size_t row) {
  if (!type.is_id && !type.is_idref) return;
  std::string scratch;
  // A text that was found to be a name has white space at its ends alone.
  std::string_view normal = type.variety == Variety::atomic ? xml::trim_xml_space(text) : normalise(text, WhiteSpace::collapse, scratch);
  if (normal.data() == scratch.data()) normal = ids_.keep(normal);
  if (type.is_id) {
    const std::uint32_t first = ids_.add(normal, e.ordinal());
    if (first == taxonomy::TextTable::none) return;
    diag::Diagnostic d(codes::schema_id, e.place(), fmt::format("cvc-id.2: the ID '{}' stands twice in the document", normal));
    ++out_.errors_;
    out_.rows_[row].invalid = true;
    sink_.add(std::move(d).with(e.document().node(first).as_element().place(), "first here"));
    return;
  }
  if (normal.find(' ') == std::string_view::npos) return references_.push_back({normal, e});
  for (const auto id : split(normal, ' ')) references_.push_back({id, e});
}

void Validator::check_references() {
  for (const auto& r : references_) {
    if (ids_.find(r.id) != taxonomy::TextTable::none) continue;
    const auto row = out_.row_of_[r.from.ordinal() - out_.first_];
    fail(codes::schema_id, r.from.place(),
         fmt::format("cvc-id.1: no element has the ID '{}' that '{}' refers to", r.id, r.from.raw_name()),
         row == 0 ? no_row : row - 1);
  }
}

void Validator::check_identity() {
  std::vector<std::uint32_t> wrong;
  IdentityCheck(set_, out_, root_, [&](const xml::Element& at, diag::Diagnostic d) {
    wrong.push_back(at.ordinal());
    sink_.add(std::move(d));
  }).run();
  out_.errors_ += wrong.size();
  for (const std::uint32_t ordinal : wrong)
    if (const auto row = out_.row_of_[ordinal - out_.first_]) out_.rows_[row - 1].invalid = true;
}

}  // namespace factpress::schema
