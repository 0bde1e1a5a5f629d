#include "taxonomy/arc_signature.h"

#include <algorithm>
#include <vector>

#include <fmt/core.h>

#include "taxonomy/schema/schema_set.h"
#include "taxonomy/value_key.h"

namespace factpress::taxonomy {
namespace ns = xml::ns;

namespace {

bool is_exempt(xml::NsId space, std::string_view local) {
  if (space == ns::xlink || space == ns::xmlns) return true;
  return space == ns::none && (local == "use" || local == "priority");
}

}  // namespace

namespace {

/// Values of atomic types mean the same wherever they stand, but for names with prefixes; and a NaN equals no other.
bool means_the_same_anywhere(const schema::SchemaSet& schemas, const schema::Assessment& owner, const xml::QName& name, const schema::Value& value) {
  const schema::AttributeUse* const use = owner.type && owner.type->attributes ? owner.type->attributes->find(name) : nullptr;
  const schema::AttributeDecl* const decl = use ? use->decl : schemas.attribute(name);
  if (!decl) return true;  // any text
  const schema::SimpleType* const type = decl->type ? decl->type->simple : nullptr;
  return type && type->variety == schema::Variety::atomic && type->primitive != schema::Primitive::qname &&
         type->primitive != schema::Primitive::notation && value.special != schema::Value::Special::nan;
}

std::string make_signature(const xml::Element& arc, const schema::SchemaSet& schemas, bool& anywhere) {
  anywhere = true;
  schema::Assessment assessment;
  assessment.decl = schemas.element(arc.qname());
  if (assessment.decl) assessment.type = assessment.decl->type;
  std::vector<std::string> parts;
  std::uint32_t nan_serial = arc.offset();  // a NaN of one arc is not that of another
  const auto add = [&](const xml::QName& name, const schema::Value& value) {
    std::string part = fmt::format("{}:{}=", static_cast<std::uint32_t>(name.ns), name.local);
    append_value_key(part, value, nan_serial);
    parts.push_back(std::move(part));
  };
  for (const xml::Attribute a : arc.attributes()) {
    if (is_exempt(a.ns(), a.local_name())) continue;
    if (const auto value = schema::typed_value(schemas, assessment, a, arc)) {
      anywhere = anywhere && means_the_same_anywhere(schemas, assessment, a.qname(), *value);
      add(a.qname(), *value);
    } else {
      anywhere = false;
      schema::Value text;
      text.text = std::string(a.value());
      add(a.qname(), text);
    }
  }
  if (assessment.type && assessment.type->attributes) {
    for (const schema::AttributeUse& use : assessment.type->attributes->uses) {
      if (!(use.has_default || use.has_fixed) || use.prohibited || is_exempt(use.decl->ns, use.decl->name)) continue;
      if (arc.attribute(use.decl->ns, use.decl->name)) continue;
      if (!use.decl->type || !use.decl->type->simple) continue;
      const auto value = schema::read_value(*use.decl->type->simple, use.value, &arc);
      if (!value) continue;
      anywhere = anywhere && means_the_same_anywhere(schemas, assessment, use.decl->qname(), *value);
      add(use.decl->qname(), *value);
    }
  }
  // The specification gives an absent order the value 1, though its schema declares no default (§3.5.3.9.5).
  if (!arc.attribute("order")) parts.push_back(fmt::format("{}:order=n1", static_cast<std::uint32_t>(ns::none)));
  std::sort(parts.begin(), parts.end());
  std::string signature;
  for (const std::string& part : parts) signature.append(part).append("|");
  return signature;
}

void append_bytes(std::string& key, std::uint32_t a, std::size_t b) {
  const std::uint32_t both[2] = {a, static_cast<std::uint32_t>(b)};
  key.append(reinterpret_cast<const char*>(both), sizeof both);
}

std::vector<char> exempt_names(const xml::Document& document) {
  std::vector<char> exempt(document.name_count());
  for (std::uint32_t i = 0; i < exempt.size(); ++i) exempt[i] = is_exempt(document.name(i).ns, document.name(i).local());
  return exempt;
}

}  // namespace

std::string arc_signature(const xml::Element& arc, const schema::SchemaSet& schemas) {
  bool anywhere = false;
  return make_signature(arc, schemas, anywhere);
}

std::uint32_t ArcSignatures::of(const xml::Element& arc, const schema::SchemaSet& schemas) {
  if (&arc.document() != document_) {
    known_.clear();
    document_ = &arc.document();
    exempt_ = exempt_names(*document_);
  }
  key_.clear();
  append_bytes(key_, arc.name_id(), 0);
  for (const xml::Attribute a : arc.attributes()) {
    if (exempt_[a.name_id()]) continue;
    const std::string_view value = a.value();
    append_bytes(key_, a.name_id(), value.size());
    key_ += value;
  }
  const auto it = known_.find(key_);
  if (it != known_.end()) return it->second;
  bool anywhere = false;
  const std::uint32_t id = signatures_.intern(make_signature(arc, schemas, anywhere));
  if (anywhere) known_.emplace(key_, id);
  return id;
}

}  // namespace factpress::taxonomy
