// Documents of snapshots within a set: what they declare is found beside the set's own components.
#include <algorithm>

#include "taxonomy/schema/component_image.h"
#include "taxonomy/schema/compiler.h"
#include "taxonomy/snapshot/frozen.h"
#include "taxonomy/snapshot/snapshot.h"

namespace factpress::schema {
using taxonomy::FrozenDocument;

// ---- lookups

bool SchemaSet::Data::is_visible(const FrozenDocument& document) const {
  return std::any_of(frozen.begin(), frozen.end(),
                     [&](const Frozen& f) { return f.snapshot.get() == &document.snapshot() && f.visible[document.index()]; });
}

void SchemaSet::Data::add_frozen(const FrozenDocument& document) {
  auto it = std::find_if(frozen.begin(), frozen.end(), [&](const Frozen& f) { return f.snapshot.get() == &document.snapshot(); });
  if (it == frozen.end()) {
    frozen.push_back({document.snapshot().shared_from_this(), std::vector<bool>(document.snapshot().size())});
    it = frozen.end() - 1;
  }
  it->visible[document.index()] = true;
  frozen_by_namespace.emplace_back(document.target(), &document);
  const auto count = static_cast<std::uint32_t>(document.records().size());
  if (count == 0) return;
  runs.push_back({element_count, count, &document});
  element_count += count;
}

const SchemaSet::ElementRun& SchemaSet::Data::run_of(std::uint32_t element) const {
  return *(std::upper_bound(runs.begin(), runs.end(), element, [](std::uint32_t e, const ElementRun& r) { return e < r.begin; }) - 1);
}

const ElementDecl* SchemaSet::Data::find_element(const xml::QName& q) const {
  if (const ElementEntry* own = elements.find(q)) return own;
  for (const auto& [ns, document] : frozen_by_namespace) {
    if (ns != q.ns) continue;
    if (const ElementDecl* found = document->find_element(q.local)) return found;
  }
  return nullptr;
}

namespace {

template <class Entry, class Own, class Table>
Entry* find_in(const SchemaSet::Data& data, const Own& own, const xml::QName& q, Table table) {
  if (Entry* found = own.find(q)) return found;
  for (const auto& f : data.frozen) {
    Entry* found = table(f.snapshot->components()).find(q);
    if (found && f.visible[found->frozen_in]) return found;
  }
  return nullptr;
}

}  // namespace

const TypeEntry* SchemaSet::Data::find_type(const xml::QName& q) const {
  return find_in<TypeEntry>(*this, types, q, [](const ComponentImage& c) -> const auto& { return c.types_by_name; });
}
const AttributeEntry* SchemaSet::Data::find_attribute(const xml::QName& q) const {
  return find_in<AttributeEntry>(*this, attributes, q, [](const ComponentImage& c) -> const auto& { return c.attributes_by_name; });
}
GroupEntry* SchemaSet::Data::find_group(const xml::QName& q) const {
  return find_in<GroupEntry>(*this, groups, q, [](const ComponentImage& c) -> const auto& { return c.groups_by_name; });
}
AttributeGroupEntry* SchemaSet::Data::find_attribute_group(const xml::QName& q) const {
  return find_in<AttributeGroupEntry>(*this, attribute_groups, q,
                                      [](const ComponentImage& c) -> const auto& { return c.attribute_groups_by_name; });
}

const IdentityConstraint* SchemaSet::Data::find_constraint(const xml::QName& q) const {
  return find_in<IdentityConstraint>(*this, constraints, q, [](const ComponentImage& c) -> const auto& { return c.constraints_by_name; });
}

bool SchemaSet::Data::has_constraints() const {
  return !constraint_store.empty() || std::any_of(frozen.begin(), frozen.end(), [](const Frozen& f) { return !f.snapshot->components().constraints.empty(); });
}

// ---- compiling beside them

void Compiler::add_frozen(const FrozenDocument& document) {
  open_frozen(document);
  drain();
}

SchemaDoc* Compiler::open_frozen(const FrozenDocument& document) {
  const auto [it, fresh] = by_key_.try_emplace(document.name() + "\nfrozen", nullptr);
  if (!fresh) return it->second;
  SchemaDoc& doc = docs_.emplace_back();
  it->second = &doc;
  doc.url = document.name();
  doc.target = document.target();
  doc.frozen = &document;
  data_->schemas.push_back({doc.url, nullptr, doc.target, &document});
  queue_.push_back(&doc);
  return &doc;
}

void Compiler::open_found(const Resolver::Found& found, xml::NsId including, bool chameleon_ok) {
  if (found.frozen)
    open_frozen(*found.frozen);
  else
    open(found.url, found.document, found.document->root(), including, chameleon_ok);
}

// As collect(): what the document declares, then the documents that it refers to.
void Compiler::collect_frozen(SchemaDoc& doc) {
  data_->add_frozen(*doc.frozen);
  for (const taxonomy::FrozenReference& r : doc.frozen->references()) {
    if (r.kind != taxonomy::FrozenReference::Kind::import && r.kind != taxonomy::FrozenReference::Kind::include) continue;
    const auto found = resolver_.find(r.target);
    if (found.frozen)
      open_frozen(*found.frozen);
    else
      conflict_ = true;  // another document stands in the place of the one that it was frozen with
  }
}

void Compiler::check_frozen() {
  if (data_->frozen.empty()) return;
  if (!redefinitions_.empty()) conflict_ = true;
  for (const auto& entry : data_->frozen_by_namespace) {
    const FrozenDocument& document = *entry.second;
    for (const std::uint32_t needed : document.closure()) {
      const auto f = std::find_if(data_->frozen.begin(), data_->frozen.end(), [&](const auto& x) { return x.snapshot.get() == &document.snapshot(); });
      conflict_ = conflict_ || !f->visible[needed];
    }
  }
  // Several snapshots might declare one name; then the texts decide.
  if (data_->frozen.size() > 1) {
    auto names = data_->frozen_by_namespace;
    std::sort(names.begin(), names.end());
    for (std::size_t i = 1; i < names.size(); ++i)
      conflict_ = conflict_ || (names[i].first == names[i - 1].first && &names[i].second->snapshot() != &names[i - 1].second->snapshot());
  }
  const auto shared = [&](xml::NsId ns) {
    return std::any_of(data_->frozen_by_namespace.begin(), data_->frozen_by_namespace.end(), [&](const auto& f) { return f.first == ns; });
  };
  const auto again = [&](const auto& own, auto find) {
    for (const auto& x : own) {
      if (!shared(x.ns) || x.name.empty()) continue;
      conflict_ = conflict_ || find(x);
    }
  };
  again(data_->element_store, [&](const ElementEntry& e) {
    return e.global && std::any_of(data_->frozen_by_namespace.begin(), data_->frozen_by_namespace.end(),
                                   [&](const auto& f) { return f.first == e.ns && f.second->find_element(e.name); });
  });
  for (const auto& f : data_->frozen) {
    const ComponentImage& c = f.snapshot->components();
    const auto visible = [&](const auto* entry) { return entry && f.visible[entry->frozen_in]; };
    again(data_->type_store, [&](const TypeEntry& t) { return visible(c.types_by_name.find(t.qname())); });
    again(data_->attribute_store, [&](const AttributeEntry& a) { return visible(c.attributes_by_name.find(a.qname())); });
    again(data_->group_store, [&](const GroupEntry& g) { return visible(c.groups_by_name.find({g.ns, g.name})); });
    again(data_->constraint_store, [&](const IdentityConstraint& k) { return visible(c.constraints_by_name.find({k.ns, k.name})); });
    again(data_->attribute_group_store, [&](const AttributeGroupEntry& g) { return visible(c.attribute_groups_by_name.find({g.ns, g.name})); });
  }
}

}  // namespace factpress::schema
