#include <fmt/format.h>

#include "diag/codes/schema.h"
#include "taxonomy/schema/compiler.h"

namespace factpress::schema {

namespace codes = diag::codes;

std::optional<IdentityPaths> Compiler::read_xpath(SchemaDoc& doc, const xml::Element& e, bool field) {
  const Attrs a = attrs(doc, e, bits(A::xpath), bit(A::xpath));
  children(doc, e, [&](const xml::Element& c, std::string_view) { unexpected(e, c); });
  if (!a.has(A::xpath)) return {};
  std::string why;
  auto paths = read_identity_paths(a[A::xpath], e, field, why);
  if (!paths)
    report(codes::schema_structure, e,
           fmt::format("{}: '{}' is outside the part of XPath that identity constraints may use: {}",
                       field ? "c-fields-xpaths" : "c-selector-xpath", a[A::xpath], why));
  return paths;
}

// A key, unique or keyref of an element declaration.
void Compiler::read_constraint(ElementEntry& d, SchemaDoc& doc, const xml::Element& e, std::string_view local) {
  const bool is_ref = local == "keyref";
  const Attrs a =
      attrs(doc, e, is_ref ? bits(A::name, A::refer) : bits(A::name), is_ref ? bit(A::name) | bit(A::refer) : bit(A::name));
  IdentityConstraint c;
  c.kind = is_ref           ? IdentityConstraint::Kind::keyref
           : local == "key" ? IdentityConstraint::Kind::key
                            : IdentityConstraint::Kind::unique;
  c.ns = doc.target;
  c.name = xml::trim_xml_space(a[A::name]);
  c.source = e;
  bool selected = false, good = true;
  children(doc, e, [&](const xml::Element& child, std::string_view name) {
    if (name != (selected ? "field" : "selector")) return good = false, unexpected(e, child);
    auto paths = read_xpath(doc, child, selected);
    good = good && paths;
    if (!selected)
      c.selector = paths ? std::move(*paths) : IdentityPaths{};
    else
      c.fields.push_back(paths ? std::move(*paths) : IdentityPaths{});
    selected = true;
  });
  if (good && c.fields.empty())
    return report(codes::schema_structure, e,
                  fmt::format("s4s-elt-must-match: <{}> needs xs:selector and xs:field", e.raw_name()));
  if (a.has(A::name) && !xml::is_ncname(c.name)) {
    report(codes::schema_structure, e, fmt::format("s4s-att-invalid-value: '{}' is no NCName", c.name));
    good = false;
  }
  if (!good || !a.has(A::name)) return;
  IdentityConstraint& kept = data_->constraint_store.emplace_back(std::move(c));
  if (const auto* old = data_->constraints.add(&kept); old && !(old->source == xml::ElementRef(e))) {
    diag::Diagnostic twice(codes::schema_duplicate, e.place(),
                           fmt::format("sch-props-correct.2: the identity constraint '{}' is declared twice", kept.name));
    sink_.add(std::move(twice).with(old->source.place(), "first here"));
  }
  if (is_ref && a.has(A::refer)) key_references_.push_back({&kept, &doc, a[A::refer]});
  if (!d.constraints) d.constraints = &data_->constraint_lists.emplace_back();
  const_cast<std::vector<const IdentityConstraint*>*>(d.constraints)->push_back(&kept);
}

void Compiler::resolve_key_references() {
  for (const KeyReference& r : key_references_) {
    const xml::Element at = r.constraint->source.get();
    const auto q = qname(*r.doc, at, r.text);
    if (!q) continue;
    const IdentityConstraint* key = data_->find_constraint(*q);
    if (!key) {
      unresolved(*r.doc, at, *q, "key or unique constraint");
      continue;
    }
    visible(*r.doc, at, q->ns, r.text);
    if (key->kind == IdentityConstraint::Kind::keyref)
      report(codes::schema_structure, at,
             fmt::format("src-resolve: '{}' is itself a keyref; a keyref refers to a key or unique", r.text));
    else if (key->fields.size() != r.constraint->fields.size())
      report(codes::schema_structure, at,
             fmt::format("c-props-correct.2: the keyref '{}' has {} fields, but '{}' has {}", r.constraint->name,
                         r.constraint->fields.size(), key->name, key->fields.size()));
    else
      r.constraint->refers = key;
  }
}

}  // namespace factpress::schema
