// XBRL 2.1 §4.9: what may stand in the declaration of a tuple.
#include <unordered_map>
#include <unordered_set>

#include <fmt/core.h>

#include "diag/codes/xbrl.h"
#include "validate/rules.h"

namespace factpress::validate::rules {
namespace codes = diag::codes;
namespace ns = xml::ns;

namespace {

bool is_reserved(xml::NsId space) { return space == ns::xbrli || space == ns::link || space == ns::xlink || space == ns::xl; }

/// Walks the schema text of one tuple's type, its base types and the groups that it refers to.
class TupleWalk {
 public:
  TupleWalk(DtsCheck& check, std::string name) : c_(check), name_(std::move(name)) {}

  void type(const schema::Type& t) {
    for (const schema::Type* at = &t; at && at->source; at = at->base) walk(at->source);
    if (t.attributes) {
      for (const schema::AttributeUse& use : t.attributes->uses) {
        if (use.prohibited || !is_reserved(use.decl->ns)) continue;
        c_.sink.add({codes::xbrl_tuple_attribute, t.source.place(),
                     fmt::format("the tuple {} may carry the attribute {}, which belongs to XBRL itself", name_, xml::to_string(use.decl->qname()))});
      }
    }
  }

 private:
  void walk(const xml::Element& e) {
    for (const xml::Element child : e.elements()) {
      if (child.ns() != ns::xsd) continue;
      const std::string_view kind = child.local_name();
      if (kind == "element") {
        particle(child);
      } else if (kind == "group") {
        group(child);
      } else if (kind == "sequence" || kind == "choice" || kind == "all" || kind == "complexContent" || kind == "extension" ||
                 kind == "restriction") {
        walk(child);
      }
    }
  }

  void particle(const xml::Element& e) {
    const auto ref = e.attribute("ref");
    if (!ref) {
      c_.sink.add({codes::xbrl_tuple_content, e.place(),
                   fmt::format("the tuple {} declares the element {} in place; its parts must be references to items and tuples", name_,
                               e.value_of("name"))});
      return;
    }
    const auto name = e.resolve_qname(ref.value());
    if (!name) return;  // the schema compiler says so
    const schema::ElementDecl* decl = c_.schemas.element(*name);
    if (!decl || is_item_or_tuple(*decl)) return;
    c_.sink.add({codes::xbrl_tuple_content, e.place(),
                 fmt::format("the tuple {} holds {}, which is neither an item nor a tuple", name_, c_.taxonomy.display_name(*name))});
  }

  static bool is_item_or_tuple(const schema::ElementDecl& decl) {
    return schema::is_in_substitution_group(decl, xml::QName{ns::xbrli, "item"}) ||
           schema::is_in_substitution_group(decl, xml::QName{ns::xbrli, "tuple"});
  }

  void group(const xml::Element& e) {
    const auto name = e.resolve_qname(e.value_of("ref"));
    if (!name || !seen_.insert(xml::to_string(*name)).second) return;
    for (const taxonomy::DtsDocument& d : c_.discovery.documents()) {
      if (d.kind != taxonomy::DocumentKind::schema) continue;
      for (const xml::Element g : d.xml().root().elements()) {
        if (g.is(ns::xsd, "group") && g.value_of("name") == name->local) walk(g);
      }
    }
  }

  DtsCheck& c_;
  std::string name_;
  std::unordered_set<std::string> seen_;
};

}  // namespace

namespace {

void check_tuple(DtsCheck& c, taxonomy::ConceptId id) {
  const taxonomy::Concept& tuple = c.taxonomy.concept_at(id);
  if (tuple.kind != taxonomy::ConceptKind::tuple) return;
  const schema::ElementDecl& decl = *c.schemas.elements()[tuple.declaration];
  const schema::Type* type = decl.type;
  if (!type || type == &c.schemas.any_type()) return;  // inherits what its head allows
  const std::string name = c.taxonomy.display_name(id);
  if (!type->complex || type->content == schema::Content::simple || type->content == schema::Content::mixed) {
    c.sink.add({codes::xbrl_tuple_declaration, decl.source.place(),
                fmt::format("the tuple {} must have a complex type with element content, neither simple nor mixed", name)});
    return;
  }
  TupleWalk(c, name).type(*type);
}

}  // namespace

void tuple_declarations(DtsCheck& c) {
  // The parts of a tuple may lie in any document of the set, so frozen tuples are looked at as well.
  taxonomy::ConceptId id = 0;
  for (const auto& frozen : c.taxonomy.frozen_concepts()) {
    const taxonomy::ConceptId end = frozen.document->has_tuples() ? frozen.end : frozen.begin;
    for (; id < end; ++id) check_tuple(c, id);
    id = frozen.end;
  }
  for (; id < c.taxonomy.concepts().size(); ++id) check_tuple(c, id);
}

}  // namespace factpress::validate::rules
