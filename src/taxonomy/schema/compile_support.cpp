#include <fmt/format.h>

#include "base/text.h"
#include "diag/codes/schema.h"
#include "taxonomy/schema/builtins.h"
#include "taxonomy/schema/compiler.h"

namespace factpress::schema {

namespace codes = diag::codes;

void Compiler::report(const diag::CodeInfo& code, const xml::Element& at, std::string message) {
  sink_.add({code, at ? at.place() : Place{}, std::move(message)});
}

void Compiler::unexpected(const xml::Element& parent, const xml::Element& child) {
  report(codes::schema_structure, child,
         fmt::format("s4s-elt-must-match: <{}> may not stand here in <{}>", child.raw_name(), parent.raw_name()));
}

Attrs Compiler::attrs(SchemaDoc& doc, const xml::Element& e, std::uint64_t allowed, std::uint64_t required) {
  const Attrs a = read_attrs(e, doc.names, allowed);
  if (a.stray)
    report(codes::schema_structure, e,
           fmt::format("s4s-att-not-allowed: the attribute '{}' is not allowed on <{}> here", a.stray.raw_name(), e.raw_name()));
  for (std::uint64_t missing = required & ~a.present(); missing != 0; missing &= missing - 1) {
    const auto which = static_cast<A>(__builtin_ctzll(missing));
    report(codes::schema_structure, e,
           fmt::format("s4s-att-must-appear: <{}> needs the attribute '{}'", e.raw_name(), name_of(which)));
  }
  if (a.has(A::id)) check_id(doc, e, a[A::id]);
  return a;
}

void Compiler::check_id(SchemaDoc& doc, const xml::Element& e, std::string_view id) {
  id = xml::trim_xml_space(id);
  if (!xml::is_ncname(id))
    report(codes::schema_structure, e, fmt::format("s4s-att-invalid-value: the id '{}' is no NCName", id));
  else if (!doc.ids.insert(id))
    report(codes::schema_structure, e, fmt::format("cvc-id.2: the id '{}' stands twice in the document", id));
}

bool Compiler::flag(const xml::Element& e, const Attrs& a, A which) {
  if (!a.has(which)) return false;
  const auto v = xml::trim_xml_space(a[which]);
  if (v == "true" || v == "1") return true;
  if (v != "false" && v != "0")
    report(codes::schema_structure, e,
           fmt::format("s4s-att-invalid-value: '{}' is no boolean ({} of <{}>)", v, name_of(which), e.raw_name()));
  return false;
}

std::uint8_t Compiler::derivations(const xml::Element& e, std::string_view text, std::uint8_t allowed) {
  std::uint8_t out = 0;
  if (xml::trim_xml_space(text) == "#all") return allowed;
  std::string scratch;
  for (const auto word : split(normalise(text, WhiteSpace::collapse, scratch), ' ')) {
    if (word.empty()) continue;
    const std::uint8_t b = word == "extension"      ? by_extension
                           : word == "restriction"  ? by_restriction
                           : word == "substitution" ? by_substitution
                           : word == "list"         ? by_list
                           : word == "union"        ? by_union
                                                    : 0;
    if ((b & allowed) == 0)
      report(codes::schema_structure, e,
             fmt::format("s4s-att-invalid-value: '{}' is not allowed in a list of derivations here", word));
    out |= b & allowed;
  }
  return out;
}

void Compiler::occurrence(const xml::Element& e, const Attrs& a, Particle& p) {
  const auto number = [&](A which, std::uint32_t& out) {
    if (!a.has(which)) return;
    const auto text = xml::trim_xml_space(a[which]);
    if (which == A::max_occurs && text == "unbounded") return void(out = unbounded);
    const auto d = Decimal::parse(text);
    const auto v =
        d && d->is_integer() && text.find('.') == std::string_view::npos && !d->is_negative() ? d : std::optional<Decimal>{};
    if (!v) return report(codes::schema_structure, e, fmt::format("s4s-att-invalid-value: '{}' is no {}", text, name_of(which)));
    const auto n = v->to_int64();
    out = n && *n < unbounded ? static_cast<std::uint32_t>(*n) : unbounded - 1;
  };
  number(A::min_occurs, p.min);
  number(A::max_occurs, p.max);
  if (p.min > p.max) {
    report(codes::schema_structure, e, fmt::format("p-props-correct.2.1: minOccurs {} is above maxOccurs {}", p.min, p.max));
    p.max = p.min;
  }
}

std::optional<xml::QName> Compiler::qname(SchemaDoc& doc, const xml::Element& at, std::string_view text) {
  const bool shared = doc.document->tree().only_root_declares;
  SchemaDoc::Memo& memo = doc.memo_of(text);
  if (shared && memo.known && memo.text == text) return memo.name;
  auto q = at.resolve_qname(text);
  if (!q) {
    report(codes::schema_unresolved, at, fmt::format("src-resolve: '{}' is no QName with a declared prefix", text));
    return {};
  }
  if (doc.chameleon && q->ns == xml::ns::none) q->ns = doc.target;
  if (shared) memo = {text, *q, true, nullptr, nullptr};
  return q;
}

bool Compiler::visible(SchemaDoc& doc, const xml::Element& at, xml::NsId ns, std::string_view text) {
  if (ns == doc.target || ns == xml::ns::xsd || ns == xml::ns::xsi) return true;
  for (const auto i : doc.imported)
    if (i == ns) return true;
  for (const auto c : doc.complained)
    if (c == ns) return false;
  doc.complained.push_back(ns);
  report(codes::schema_unresolved, at,
         fmt::format("src-resolve.4: '{}' is of the namespace '{}', which the schema does not import", text,
                     xml::namespace_uri(ns)));
  return false;
}

void Compiler::unresolved(SchemaDoc& doc, const xml::Element& at, const xml::QName& q, const char* what) {
  // Where nothing of a namespace was loaded, that is one finding a document, not one a reference.
  bool loaded = q.ns == xml::ns::xsd;
  for (const auto& d : docs_) loaded |= d.target == q.ns;
  if (!loaded) {
    for (const auto c : doc.complained)
      if (c == q.ns) return;
    doc.complained.push_back(q.ns);
    return report(codes::schema_unresolved, at,
                  fmt::format("src-resolve: the {} '{}' cannot be found: no schema of the namespace '{}' was loaded", what,
                              q.local, xml::namespace_uri(q.ns)));
  }
  report(codes::schema_unresolved, at,
         fmt::format("src-resolve: there is no {} '{}' in the namespace '{}'", what, q.local, xml::namespace_uri(q.ns)));
}

const Type* Compiler::type_ref(SchemaDoc& doc, const xml::Element& at, std::string_view text) {
  SchemaDoc::Memo& memo = doc.memo_of(text);
  if (memo.type && memo.text == text && !doc.own_type) return memo.type;
  const auto q = qname(doc, at, text);
  if (!q) return &any_type();
  if (doc.own_type && q->ns == doc.own_type->ns && q->local == doc.own_type->name) return doc.own_type;
  if (q->ns == xml::ns::xsd) {
    if (const Type* t = builtin_type(q->local)) return t;
  }
  if (const Type* t = data_->find_type(*q)) {
    if (visible(doc, at, q->ns, text) && memo.known && memo.text == text) memo.type = t;
    return t;
  }
  unresolved(doc, at, *q, "type");
  return &any_type();
}

const ElementDecl* Compiler::element_ref(SchemaDoc& doc, const xml::Element& at, std::string_view text) {
  SchemaDoc::Memo& memo = doc.memo_of(text);
  if (memo.element && memo.text == text) return memo.element;
  const auto q = qname(doc, at, text);
  if (!q) return nullptr;
  const ElementDecl* d = data_->find_element(*q);
  if (d && visible(doc, at, q->ns, text)) {
    if (memo.known && memo.text == text) memo.element = d;
  } else if (!d)
    unresolved(doc, at, *q, "element");
  return d;
}

const AttributeDecl* Compiler::attribute_ref(SchemaDoc& doc, const xml::Element& at, std::string_view text) {
  const auto q = qname(doc, at, text);
  if (!q) return nullptr;
  if (const AttributeDecl* d = data_->find_attribute(*q)) return visible(doc, at, q->ns, text), d;
  if (q->ns == xml::ns::xml)
    if (const auto* d = builtin_xml_attribute(q->local)) return d;
  unresolved(doc, at, *q, "attribute");
  return nullptr;
}

void Compiler::check_annotation(SchemaDoc& doc, const xml::Element& e) {
  attrs(doc, e, bits());
  for (const auto c : e.elements()) {
    const bool known = c.ns() == xml::ns::xsd && (c.local_name() == "documentation" || c.local_name() == "appinfo");
    if (!known)
      unexpected(e, c);
    else if (const auto a = read_attrs(c, doc.names, bit(A::source)); a.stray)
      report(codes::schema_structure, c,
             fmt::format("s4s-att-not-allowed: the attribute '{}' is not allowed on <{}>", a.stray.raw_name(), c.raw_name()));
  }
}

void Compiler::children(SchemaDoc& doc, const xml::Element& e,
                        const std::function<void(const xml::Element&, std::string_view)>& f) {
  bool first = true;
  for (const auto n : e.children()) {
    if (n.is_text()) {
      if (!xml::trim_xml_space(n.text()).empty())
        report(codes::schema_structure, e, fmt::format("s4s-elt-character: text may not stand in <{}>", e.raw_name()));
      continue;
    }
    const auto c = n.as_element();
    const auto local = c.local_name();
    if (c.ns() != xml::ns::xsd)
      unexpected(e, c);
    else if (local == "annotation" && first)
      check_annotation(doc, c);
    else if (local == "annotation")
      unexpected(e, c);
    else
      f(c, local);
    first = false;
  }
}

}  // namespace factpress::schema
