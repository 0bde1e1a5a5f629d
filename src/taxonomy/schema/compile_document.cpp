#include <fmt/format.h>

#include <algorithm>

#include "diag/codes/schema.h"
#include "taxonomy/schema/builtins.h"
#include "taxonomy/schema/compiler.h"
#include "taxonomy/snapshot/frozen.h"

namespace factpress::schema {

namespace codes = diag::codes;

namespace {

std::string key_of(const std::string& url, xml::NsId target, const xml::Element& root) {
  return fmt::format("{}\n{}\n{}", url, static_cast<std::uint32_t>(target), root.offset());
}

}  // namespace

void Compiler::add(const std::string& url, std::shared_ptr<const xml::Document> document, const xml::Element& root) {
  open(url, std::move(document), root, xml::ns::none, false);
  drain();
}

void Compiler::drain() {
  for (std::size_t i = 0; i < queue_.size(); ++i) queue_[i]->frozen ? collect_frozen(*queue_[i]) : collect(*queue_[i]);
  queue_.clear();
}

SchemaDoc* Compiler::open(const std::string& url, std::shared_ptr<const xml::Document> document, const xml::Element& root,
                          xml::NsId including, bool chameleon_ok) {
  if (!root.is(xml::ns::xsd, "schema")) {
    report(codes::schema_not_a_schema, root, fmt::format("the document's root is <{}>, not xs:schema", root.raw_name()));
    return nullptr;
  }
  const auto declared = root.attribute("targetNamespace");
  const bool chameleon = !declared && chameleon_ok && including != xml::ns::none;
  const xml::NsId target = chameleon  ? including
                           : declared ? xml::intern_namespace(xml::trim_xml_space(declared.value()))
                                      : xml::ns::none;
  const auto key = key_of(url, target, root);
  if (const auto it = by_key_.find(key); it != by_key_.end()) return it->second;
  SchemaDoc& doc = docs_.emplace_back();
  by_key_.emplace(key, &doc);
  doc.url = url;
  doc.root = root;
  doc.target = target;
  doc.chameleon = chameleon;
  doc.names = AttributeNames(root.document());
  doc.ids = TextSet(std::min<std::size_t>(root.document().node_count(), 1 << 16));
  doc.document = document;
  data_->schemas.push_back({url, std::move(document), target});
  queue_.push_back(&doc);
  return &doc;
}

void Compiler::collect(SchemaDoc& doc) {
  const Attrs a = attrs(doc, doc.root,
                        bits(A::target_namespace, A::version, A::final_default, A::block_default, A::attribute_form_default,
                             A::element_form_default));
  const auto form = [&](A which) {
    const auto v = xml::trim_xml_space(a[which]);
    if (a.has(which) && v != "qualified" && v != "unqualified")
      report(codes::schema_structure, doc.root,
             fmt::format("s4s-att-invalid-value: {} must be qualified or unqualified, not '{}'", name_of(which), v));
    return v == "qualified";
  };
  if (a.has(A::target_namespace) && a[A::target_namespace].empty())
    report(codes::schema_structure, doc.root,
           "s4s-att-invalid-value: a targetNamespace may not be empty; leave the attribute out");
  doc.element_qualified = form(A::element_form_default);
  doc.attribute_qualified = form(A::attribute_form_default);
  doc.block = derivations(doc.root, a[A::block_default], by_extension | by_restriction | by_substitution);
  doc.final = derivations(doc.root, a[A::final_default], by_extension | by_restriction | by_list | by_union);
  bool components_began = false;
  for (const auto n : doc.root.children()) {
    if (n.is_element())
      collect_one(doc, n.as_element(), components_began);
    else if (!xml::trim_xml_space(n.text()).empty())
      report(codes::schema_structure, doc.root, "s4s-elt-character: text may not stand in xs:schema");
  }
}

void Compiler::collect_one(SchemaDoc& doc, const xml::Element& e, bool& components_began) {
  if (e.ns() != xml::ns::xsd) return unexpected(doc.root, e);
  const auto local = e.local_name();
  if (local == "element") return components_began = true, collect_element(doc, e);
  if (local == "annotation") return check_annotation(doc, e);
  const bool early = local == "import" || local == "include" || local == "redefine";
  if (early && components_began) unexpected(doc.root, e);
  if (local == "import") return import(doc, e);
  if (early) return include(doc, e, local == "redefine");
  components_began = true;
  if (local == "complexType" || local == "simpleType") return collect_type(doc, e);
  if (local == "attribute") return collect_attribute(doc, e);
  if (local == "group" || local == "attributeGroup") return collect_group(doc, e, local != "group");
  if (local == "notation") return void(attrs(doc, e, bits(A::name, A::public_id, A::system_id), bit(A::name)));
  unexpected(doc.root, e);
}

void Compiler::import(SchemaDoc& doc, const xml::Element& e) {
  const Attrs a = attrs(doc, e, bits(A::ns, A::schema_location));
  children(doc, e, [&](const xml::Element& c, std::string_view) { unexpected(e, c); });
  const auto ns = a.has(A::ns) ? xml::intern_namespace(xml::trim_xml_space(a[A::ns])) : xml::ns::none;
  if (ns == doc.target)
    report(codes::schema_import, e,
           fmt::format("src-import.1: a schema may not import its own namespace '{}'", xml::namespace_uri(ns)));
  doc.imported.push_back(ns);
  const auto location = xml::trim_xml_space(a[A::schema_location]);
  if (location.empty()) return;
  const auto found = resolver_.find(e, doc.url, location);
  if (!found.document && !found.frozen) return;
  const std::string_view declared =
      found.frozen ? xml::namespace_uri(found.frozen->target()) : found.document->root().value_of("targetNamespace");
  if ((found.frozen || found.document->root().is(xml::ns::xsd, "schema")) && declared != xml::namespace_uri(ns)) {
    if (seen_references_.insert(found.url + "\n" + std::string(xml::namespace_uri(ns))).second)
      report(codes::schema_import, e,
             fmt::format("src-import.3: '{}' declares the namespace '{}', not '{}' as the import says", location, declared,
                         xml::namespace_uri(ns)));
    return;
  }
  open_found(found, xml::ns::none, false);
}

void Compiler::include(SchemaDoc& doc, const xml::Element& e, bool redefine) {
  const Attrs a = attrs(doc, e, bits(A::schema_location), bit(A::schema_location));
  if (redefine)
    redefinitions_.push_back({&doc, e});
  else
    children(doc, e, [&](const xml::Element& c, std::string_view) { unexpected(e, c); });
  const auto location = xml::trim_xml_space(a[A::schema_location]);
  if (location.empty()) return;
  const auto found = resolver_.find(e, doc.url, location);
  if (!found.document && !found.frozen) return;
  // A frozen document has a target namespace.
  const bool has_target = found.frozen || found.document->root().attribute("targetNamespace");
  const std::string_view declared =
      found.frozen ? xml::namespace_uri(found.frozen->target()) : found.document->root().value_of("targetNamespace");
  if (has_target && declared != xml::namespace_uri(doc.target))
    return report(codes::schema_import, e,
                  fmt::format("src-include.2: '{}' has the namespace '{}', but it is included into '{}'", location, declared,
                              xml::namespace_uri(doc.target)));
  open_found(found, doc.target, true);
}

template <class Entry>
Entry* Compiler::declare(NameTable<Entry>& table, std::deque<Entry>& store, SchemaDoc& doc, const xml::Element& e,
                         std::string_view name, const char* what, bool listed) {
  name = xml::trim_xml_space(name);
  if (!xml::is_ncname(name)) {
    if (!name.empty()) report(codes::schema_structure, e, fmt::format("s4s-att-invalid-value: '{}' is no NCName", name));
    return nullptr;
  }
  Entry& entry = store.emplace_back();
  entry.ns = doc.target;
  entry.name = name;
  entry.source = e;
  entry.doc = &doc;
  if (!listed) return &entry;
  if (const Entry* old = table.add(&entry)) {
    diag::Diagnostic d(codes::schema_duplicate, e.place(),
                       fmt::format("sch-props-correct.2: the {} '{}' is declared twice", what, name));
    sink_.add(std::move(d).with(old->source.place(), "first here"));
  }
  return &entry;
}

void Compiler::collect_element(SchemaDoc& doc, const xml::Element& e) {
  const Attrs a = attrs(
      doc, e,
      bits(A::name, A::type, A::substitution_group, A::default_value, A::fixed, A::nillable, A::is_abstract, A::final, A::block),
      bit(A::name));
  ElementEntry* d = declare(data_->elements, data_->element_store, doc, e, a[A::name], "element");
  if (!d) return;
  d->global = true;
  d->head_ref = a[A::substitution_group];
  d->is_abstract = flag(e, a, A::is_abstract);
  d->final =
      a.has(A::final) ? derivations(e, a[A::final], by_extension | by_restriction) : doc.final & (by_extension | by_restriction);
  read_element(*d, doc, e, a);
  if (data_->runs.empty() || data_->runs.back().frozen) data_->runs.push_back({data_->element_count, 0, nullptr, static_cast<std::uint32_t>(data_->own_elements.size())});
  data_->own_elements.push_back(d);
  ++data_->runs.back().count;
  ++data_->element_count;
}

void Compiler::collect_attribute(SchemaDoc& doc, const xml::Element& e) {
  const Attrs a = attrs(doc, e, bits(A::name, A::type, A::default_value, A::fixed), bit(A::name));
  attribute_name(e, a[A::name], doc.target);
  AttributeEntry* d = declare(data_->attributes, data_->attribute_store, doc, e, a[A::name], "attribute");
  if (!d) return;
  d->type_ref = a[A::type];
  d->has_default = a.has(A::default_value);
  d->has_fixed = a.has(A::fixed);
  d->value = d->has_fixed ? a[A::fixed] : a[A::default_value];
  if (d->has_default && d->has_fixed) report(codes::schema_structure, e, "src-attribute.1: default and fixed exclude each other");
}

void Compiler::collect_type(SchemaDoc& doc, const xml::Element& e) {
  TypeEntry* t = declare(data_->types, data_->type_store, doc, e, e.value_of("name"), "type");
  if (!e.attribute("name"))
    report(codes::schema_structure, e, fmt::format("s4s-att-must-appear: <{}> needs the attribute 'name'", e.raw_name()));
  if (!t) return;
  t->complex = e.local_name() == "complexType";
  data_->global_types.push_back(t);
}

void Compiler::collect_group(SchemaDoc& doc, const xml::Element& e, bool attributes) {
  const Attrs a = attrs(doc, e, bits(A::name), bit(A::name));
  if (attributes)
    declare(data_->attribute_groups, data_->attribute_group_store, doc, e, a[A::name], "attribute group");
  else
    declare(data_->groups, data_->group_store, doc, e, a[A::name], "group");
}

// A redefined component takes the place of the old one; within itself its name means the old one (4.2.2).
void Compiler::redefine_all() {
  for (std::size_t i = 0; i < redefinitions_.size(); ++i) {
    SchemaDoc& doc = *redefinitions_[i].first;
    for (const auto c : redefinitions_[i].second.elements()) {
      if (c.ns() != xml::ns::xsd)
        unexpected(redefinitions_[i].second, c);
      else if (c.local_name() == "annotation")
        check_annotation(doc, c);
      else
        redefine_child(doc, c);
    }
  }
}

void Compiler::redefine_child(SchemaDoc& doc, const xml::Element& e) {
  const auto local = e.local_name();
  const auto name = xml::trim_xml_space(e.value_of("name"));
  const auto missing = [&] {
    report(codes::schema_import, e, fmt::format("src-redefine: the redefined document has no {} '{}'", local, name));
  };
  if (local == "complexType" || local == "simpleType") {
    TypeEntry* old = data_->types.find({doc.target, name});
    if (!old) return missing();
    if (TypeEntry* t = declare(data_->types, data_->type_store, doc, e, name, "type", false)) {
      t->complex = local == "complexType";
      t->redefines = old;
      data_->types.replace(t);
      data_->global_types.push_back(t);
    }
  } else if (local == "group") {
    GroupEntry* old = data_->groups.find({doc.target, name});
    if (!old) return missing();
    if (GroupEntry* g = declare(data_->groups, data_->group_store, doc, e, name, "group", false)) g->redefines = old, data_->groups.replace(g);
  } else if (local == "attributeGroup") {
    AttributeGroupEntry* old = data_->attribute_groups.find({doc.target, name});
    if (!old) return missing();
    if (AttributeGroupEntry* g = declare(data_->attribute_groups, data_->attribute_group_store, doc, e, name, "attribute group", false))
      g->redefines = old, data_->attribute_groups.replace(g);
  } else {
    unexpected(e.parent(), e);
  }
}

std::unique_ptr<SchemaSet::Data> Compiler::freeze() {
  drain();
  redefine_all();
  resolve_elements();
  for (std::size_t i = 0; i < data_->type_store.size(); ++i) compile(data_->type_store[i]);
  for (auto& g : data_->attribute_group_store) ensure(g);
  for (auto& g : data_->group_store) ensure(g);
  // Local elements and attributes may have brought anonymous types with them.
  for (std::size_t i = 0; i < data_->type_store.size(); ++i) compile(data_->type_store[i]);
  for (auto& a : data_->attribute_store) resolve_attribute(a);
  for (std::size_t i = 0; i < data_->type_store.size(); ++i) compile(data_->type_store[i]);
  resolve_key_references();
  for (auto& d : data_->element_store) check_element(d);
  for (auto& t : data_->type_store) check_type(t);
  check_frozen();
  return std::move(data_);
}

}  // namespace factpress::schema
