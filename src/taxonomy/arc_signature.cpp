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

std::string arc_signature(const xml::Element& arc, const schema::SchemaSet& schemas) {
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
      add(a.qname(), *value);
    } else {
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
      if (const auto value = schema::read_value(*use.decl->type->simple, use.value, &arc)) add(use.decl->qname(), *value);
    }
  }
  // The specification gives an absent order the value 1, though its schema declares no default (§3.5.3.9.5).
  if (!arc.attribute("order")) parts.push_back(fmt::format("{}:order=n1", static_cast<std::uint32_t>(ns::none)));
  std::sort(parts.begin(), parts.end());
  std::string signature;
  for (const std::string& part : parts) signature.append(part).append("|");
  return signature;
}

}  // namespace factpress::taxonomy
