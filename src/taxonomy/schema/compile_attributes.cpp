#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "diag/codes/schema.h"
#include "taxonomy/schema/builtins.h"
#include "taxonomy/schema/compiler.h"

namespace factpress::schema {

namespace codes = diag::codes;

void Compiler::attribute_name(const xml::Element& e, std::string_view name, xml::NsId ns) {
  if (xml::trim_xml_space(name) == "xmlns") report(codes::schema_structure, e, "no-xmlns: an attribute may not be named 'xmlns'");
  if (ns == xml::ns::xsi)
    report(codes::schema_structure, e, "no-xsi: attributes of the XMLSchema-instance namespace may not be declared");
}

// xs:attribute, xs:attributeGroup or xs:anyAttribute; false for anything else.
bool Compiler::read_attribute_part(SchemaDoc& doc, const xml::Element& e, std::string_view local, AttributeSet& out,
                                   bool& wildcard_seen) {
  if (local != "attribute" && local != "attributeGroup" && local != "anyAttribute") return false;
  if (wildcard_seen) return unexpected(e.parent(), e), true;  // the wildcard is the last
  if (local == "attribute") return read_attribute_use(doc, e, out), true;
  if (local == "anyAttribute") {
    wildcard_seen = true;
    add_wildcard(out, read_wildcard(doc, e, attrs(doc, e, bits(A::ns, A::process_contents))));
    return true;
  }
  const Attrs a = attrs(doc, e, bits(A::ref), bit(A::ref));
  const auto q = a.has(A::ref) ? qname(doc, e, a[A::ref]) : std::nullopt;
  if (!q) return true;
  const bool own = doc.own_attributes && q->ns == doc.own_attributes->ns && q->local == doc.own_attributes->name;
  AttributeGroupEntry* g = own ? doc.own_attributes : data_->find_attribute_group(*q);
  if (!g) return unresolved(doc, e, *q, "attribute group"), true;
  visible(doc, e, q->ns, a[A::ref]);
  if (g->phase == Phase::busy || depth_ > max_depth)
    return report(codes::schema_derivation, e,
                  fmt::format("src-attribute_group.3: the attribute group '{}' contains itself", g->name)),
           true;
  ensure(*g);
  for (const auto& u : g->set.uses) add_use(e, out, u);
  if (g->set.has_wildcard) add_wildcard(out, g->set.wildcard);
  return true;
}

void Compiler::ensure(AttributeGroupEntry& g) {
  if (g.phase != Phase::fresh) return;
  g.phase = Phase::busy;
  ++depth_;
  AttributeGroupEntry* outer = g.doc->own_attributes;
  g.doc->own_attributes = g.redefines;
  bool wildcard_seen = false;
  children(*g.doc, g.source, [&](const xml::Element& c, std::string_view local) {
    if (!read_attribute_part(*g.doc, c, local, g.set, wildcard_seen)) unexpected(g.source, c);
  });
  g.doc->own_attributes = outer;
  --depth_;
  g.phase = Phase::done;
}

void Compiler::read_attribute_use(SchemaDoc& doc, const xml::Element& e, AttributeSet& out) {
  const bool by_ref = static_cast<bool>(e.attribute("ref"));
  const Attrs a = by_ref ? attrs(doc, e, bits(A::ref, A::use, A::default_value, A::fixed))
                         : attrs(doc, e, bits(A::name, A::type, A::use, A::default_value, A::fixed, A::form), bit(A::name));
  AttributeUse use;
  const auto kind = xml::trim_xml_space(a[A::use]);
  use.required = kind == "required";
  use.prohibited = kind == "prohibited";
  if (a.has(A::use) && !use.required && !use.prohibited && kind != "optional")
    report(codes::schema_structure, e, fmt::format("s4s-att-invalid-value: '{}' is no use of an attribute", kind));
  use.has_default = a.has(A::default_value);
  use.has_fixed = a.has(A::fixed);
  use.value = use.has_fixed ? a[A::fixed] : a[A::default_value];
  if (use.has_default && use.has_fixed)
    report(codes::schema_structure, e, "src-attribute.1: default and fixed exclude each other");
  if (use.has_default && a.has(A::use) && kind != "optional")
    report(codes::schema_structure, e, "src-attribute.2: an attribute with a default must be optional");
  if (by_ref) {
    use.decl = attribute_ref(doc, e, a[A::ref]);
    children(doc, e, [&](const xml::Element& c, std::string_view) { unexpected(e, c); });
    if (!use.decl) return;
    if (!use.has_default && !use.has_fixed)
      use.has_default = use.decl->has_default, use.has_fixed = use.decl->has_fixed, use.value = use.decl->value;
    else if (use.decl->has_fixed && !(use.has_fixed && use.value == use.decl->value))
      report(codes::schema_default, e,
             fmt::format("au-props-correct.2: the attribute '{}' has the fixed value '{}'", use.decl->name, use.decl->value));
    return add_use(e, out, use);
  }
  const auto name = xml::trim_xml_space(a[A::name]);
  const auto form = xml::trim_xml_space(a[A::form]);
  if (a.has(A::form) && form != "qualified" && form != "unqualified")
    report(codes::schema_structure, e, fmt::format("s4s-att-invalid-value: '{}' is no form", form));
  const bool qualified = a.has(A::form) ? form == "qualified" : doc.attribute_qualified;
  if (!xml::is_ncname(name)) {
    if (a.has(A::name)) report(codes::schema_structure, e, fmt::format("s4s-att-invalid-value: '{}' is no NCName", name));
    return;
  }
  AttributeEntry& d = data_->attribute_store.emplace_back();
  d.ns = qualified ? doc.target : xml::ns::none;
  attribute_name(e, name, d.ns);
  d.name = name;
  d.source = e;
  d.doc = &doc;
  d.type_ref = a[A::type];
  d.has_default = use.has_default, d.has_fixed = use.has_fixed, d.value = use.value;
  resolve_attribute(d);
  use.decl = &d;
  add_use(e, out, use);
}

void Compiler::resolve_attribute(AttributeEntry& d) {
  if (d.type) return;
  if (!d.type_ref.empty()) {
    d.type = type_ref(*d.doc, d.source, d.type_ref);
    if (d.type == &any_type()) d.type = &any_simple_type();
  }
  children(*d.doc, d.source, [&](const xml::Element& c, std::string_view local) {
    if (local != "simpleType") return unexpected(d.source, c);
    if (d.type) return report(codes::schema_structure, c, "src-attribute.4: an attribute has either a type or an own simpleType");
    d.type = anonymous(*d.doc, c);
  });
  if (!d.type) d.type = &any_simple_type();
  ensure(d.type);
  if (d.type->complex) {
    report(codes::schema_structure, d.source, fmt::format("src-resolve: the type of the attribute '{}' is not simple", d.name));
    d.type = &any_simple_type();
  }
  if ((d.has_default || d.has_fixed) && check_default(d.source, *d.type, d.value) && d.type->simple->is_id)
    report(codes::schema_default, d.source, "a-props-correct.3: an attribute of type ID may not have a default or fixed value");
}

Wildcard Compiler::read_wildcard(SchemaDoc& doc, const xml::Element& e, const Attrs& a) {
  Wildcard w;
  children(doc, e, [&](const xml::Element& c, std::string_view) { unexpected(e, c); });
  const auto process = xml::trim_xml_space(a[A::process_contents]);
  if (process == "lax")
    w.process = Wildcard::Process::lax;
  else if (process == "skip")
    w.process = Wildcard::Process::skip;
  else if (a.has(A::process_contents) && process != "strict")
    report(codes::schema_structure, e, fmt::format("s4s-att-invalid-value: '{}' is no processContents", process));
  std::string scratch;
  const auto ns = normalise(a[A::ns], WhiteSpace::collapse, scratch);
  if (!a.has(A::ns) || ns == "##any") return w;
  w.target = doc.target;
  if (ns == "##other") return w.allow = Wildcard::Allow::other, w;
  w.allow = Wildcard::Allow::listed;
  for (const auto word : split(ns, ' ')) {
    if (word.empty()) continue;
    if (word == "##any" || word == "##other")
      report(codes::schema_structure, e, fmt::format("s4s-att-invalid-value: '{}' must stand alone", word));
    w.namespaces.push_back(word == "##targetNamespace" ? doc.target
                           : word == "##local"         ? xml::ns::none
                                                       : xml::intern_namespace(word));
  }
  return w;
}

void Compiler::add_use(const xml::Element& at, AttributeSet& out, const AttributeUse& use) {
  for (const auto& u : out.uses) {
    if (u.decl->name == use.decl->name && u.decl->ns == use.decl->ns) {
      if (!u.prohibited && !use.prohibited)
        report(codes::schema_duplicate, at, fmt::format("ct-props-correct.4: the attribute '{}' stands twice", use.decl->name));
      return;
    }
  }
  out.uses.push_back(use);
}

// Two wildcards of one type: what both admit, processed as the first says.
void Compiler::add_wildcard(AttributeSet& out, const Wildcard& w) {
  if (!out.has_wildcard) {
    out.has_wildcard = true;
    out.wildcard = w;
    return;
  }
  Wildcard& o = out.wildcard;
  if (w.allow == Wildcard::Allow::any) return;
  if (o.allow == Wildcard::Allow::any || (o.allow == Wildcard::Allow::other && w.allow == Wildcard::Allow::listed)) {
    const Wildcard before = o;
    const auto process = o.process;
    o = w;
    o.process = process;
    std::erase_if(o.namespaces, [&](xml::NsId n) { return !before.admits(n); });
  } else if (o.allow == Wildcard::Allow::listed) {
    std::erase_if(o.namespaces, [&](xml::NsId n) { return !w.admits(n); });
  }
}

const AttributeSet* Compiler::keep(AttributeSet set) {
  if (set.uses.empty() && !set.has_wildcard) return nullptr;
  return &data_->attribute_sets.emplace_back(std::move(set));
}

const AttributeSet* Compiler::extend_attributes(const xml::Element& at, const AttributeSet* base, AttributeSet own) {
  std::erase_if(own.uses, [](const AttributeUse& u) { return u.prohibited; });
  if (own.uses.empty() && !own.has_wildcard) return base;
  if (!base) return keep(std::move(own));
  AttributeSet all = *base;
  for (const auto& u : own.uses) add_use(at, all, u);
  if (own.has_wildcard && !all.has_wildcard) {
    all.has_wildcard = true, all.wildcard = own.wildcard;
  } else if (own.has_wildcard) {
    // The union of both, processed as the extension says.
    Wildcard w = own.wildcard;
    const Wildcard& b = all.wildcard;
    using L = Wildcard::Allow;
    if (b.allow == L::any)
      w.allow = L::any;
    else if (w.allow == L::listed && b.allow == L::listed)
      w.namespaces.insert(w.namespaces.end(), b.namespaces.begin(), b.namespaces.end());
    else if (w.allow == L::listed && b.allow == L::other) {
      const bool whole = std::find(w.namespaces.begin(), w.namespaces.end(), b.target) != w.namespaces.end();
      w.allow = whole ? L::any : L::other, w.target = b.target;
    } else if (w.allow == L::other && b.allow == L::listed) {
      if (std::find(b.namespaces.begin(), b.namespaces.end(), w.target) != b.namespaces.end()) w.allow = L::any;
    } else if (w.allow == L::other && w.target != b.target) {
      w.allow = L::any;
    }
    all.wildcard = w;
  }
  return keep(std::move(all));
}

// derivation-ok-restriction 2 to 4
const AttributeSet* Compiler::restrict_attributes(const xml::Element& at, const AttributeSet* base, AttributeSet own,
                                                  bool base_is_any) {
  const auto wrong = [&](std::string why) { report(codes::schema_derivation, at, "derivation-ok-restriction." + why); };
  AttributeSet all;
  for (const auto& u : own.uses) {
    const AttributeUse* b = base ? base->find(u.decl->qname()) : nullptr;
    if (u.prohibited) {
      if (b && b->required) wrong(fmt::format("3: the attribute '{}' is required by the base type", u.decl->name));
      continue;
    }
    all.uses.push_back(u);
    if (base_is_any) continue;
    if (!b) {
      if (!base || !base->has_wildcard || !base->wildcard.admits(u.decl->ns))
        wrong(fmt::format("2.2: the base type has no attribute '{}'", u.decl->name));
      continue;
    }
    if (b->required && !u.required) wrong(fmt::format("2.1.1: the attribute '{}' is required by the base type", u.decl->name));
    ensure(u.decl->type);
    // A declaration without a type is of xs:anySimpleType, which every type of an attribute derives from.
    if (u.decl->type && b->decl->type && !derives_from(*u.decl->type, *b->decl->type))
      wrong(fmt::format("2.1.2: the type of the attribute '{}' does not derive from its type in the base type", u.decl->name));
    if (b->has_fixed && !(u.has_fixed && u.value == b->value))
      wrong(fmt::format("2.1.3: the attribute '{}' must keep the fixed value '{}'", u.decl->name, b->value));
  }
  if (base && !base_is_any)
    for (const auto& b : base->uses)
      if (std::none_of(own.uses.begin(), own.uses.end(),
                       [&](const AttributeUse& u) { return u.decl->qname() == b.decl->qname(); }))
        all.uses.push_back(b);
  all.has_wildcard = own.has_wildcard;
  all.wildcard = own.wildcard;
  if (own.has_wildcard && !base_is_any) {
    const bool within = base && base->has_wildcard &&
                        (base->wildcard.allow == Wildcard::Allow::any ||
                         (own.wildcard.allow == Wildcard::Allow::other && base->wildcard.allow == Wildcard::Allow::other &&
                          own.wildcard.target == base->wildcard.target) ||
                         (own.wildcard.allow == Wildcard::Allow::listed &&
                          std::all_of(own.wildcard.namespaces.begin(), own.wildcard.namespaces.end(),
                                      [&](xml::NsId n) { return base->wildcard.admits(n); })));
    if (!within)
      wrong("4: the attribute wildcard admits more than the base type's");
    else if (own.wildcard.process > base->wildcard.process)
      wrong("4.3: the attribute wildcard is checked less strictly than the base type's");
  }
  if (own.uses.empty() && own.has_wildcard == (base && base->has_wildcard) && !own.has_wildcard)
    return base_is_any ? nullptr : base;
  return keep(std::move(all));
}

}  // namespace factpress::schema
