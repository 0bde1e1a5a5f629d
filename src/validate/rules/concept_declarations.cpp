// XBRL 2.1 §5.1, §5.1.1: what a taxonomy schema says of its concepts.
#include <fmt/core.h>

#include "diag/codes/xbrl.h"
#include "validate/rules.h"

namespace factpress::validate::rules {
namespace codes = diag::codes;
namespace ns = xml::ns;
using taxonomy::Concept;
using taxonomy::ConceptKind;

namespace {

/// True where some type of the chain is one of the item types of the instance schema (§5.1.1.3).
bool is_item_type(const schema::Type* type) {
  for (; type; type = type->base) {
    if (type->ns == ns::xbrli && type->name.ends_with("ItemType")) return true;
  }
  return false;
}

void check_item(DtsCheck& c, const Concept& item, const schema::ElementDecl& decl, const std::string& name) {
  if (!is_item_type(decl.type)) {
    c.sink.add({codes::xbrl_item_type, decl.source.place(),
                fmt::format("the item {} has the type {}, which derives from none of the item types of XBRL", name,
                            decl.type && !decl.type->name.empty() ? xml::to_string(decl.type->qname()) : "declared in place")});
  }
  if (item.period == taxonomy::Period::unstated) {
    c.sink.add({codes::xbrl_period_type, decl.source.place(), fmt::format("the item {} has no xbrli:periodType", name)});
  }
  if (item.balance != taxonomy::Balance::unstated && item.value != taxonomy::ValueKind::monetary) {
    c.sink.add({codes::xbrl_balance, decl.source.place(), fmt::format("{} has a balance but is not monetary", name)});
  }
}

void check_tuple(DtsCheck& c, const Concept& tuple, const schema::ElementDecl& decl, const std::string& name) {
  if (tuple.period != taxonomy::Period::unstated || decl.source.attribute(ns::xbrli, "periodType")) {
    c.sink.add({codes::xbrl_tuple_declaration, decl.source.place(), fmt::format("the tuple {} has a period type, which only items have", name)});
  }
  if (decl.source.attribute(ns::xbrli, "balance")) {
    c.sink.add({codes::xbrl_tuple_declaration, decl.source.place(), fmt::format("the tuple {} has a balance, which only items have", name)});
  }
}

}  // namespace

void concept_declarations(DtsCheck& c) {
  const auto& documents = c.discovery.documents();
  for (const taxonomy::DtsDocument& d : documents) {
    if (d.kind != taxonomy::DocumentKind::schema || !d.in_dts || d.frozen) continue;
    const auto target = d.xml().root().attribute("targetNamespace");
    if (target && target.value().empty()) {
      c.sink.add({codes::xbrl_target_namespace, target.place(), "a taxonomy schema's targetNamespace must not be empty"});
    }
  }
  each_fresh_concept(c, [&](taxonomy::ConceptId id) {
    const Concept& item = c.taxonomy.concept_at(id);
    const schema::ElementDecl& decl = *c.schemas.elements()[item.declaration];
    // The name is made only where something is wrong with most of its cost: taxonomies have ten thousands of concepts.
    const bool tuple = item.kind == ConceptKind::tuple;
    const bool sound = tuple ? !decl.source.attribute(ns::xbrli, "periodType") && !decl.source.attribute(ns::xbrli, "balance")
                             : is_item_type(decl.type) && item.period != taxonomy::Period::unstated &&
                                   (item.balance == taxonomy::Balance::unstated || item.value == taxonomy::ValueKind::monetary);
    if (sound) return;
    const std::string name = c.taxonomy.display_name(id);
    tuple ? check_tuple(c, item, decl, name) : check_item(c, item, decl, name);
  });
}

}  // namespace factpress::validate::rules
