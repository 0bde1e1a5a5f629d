#include "batch/stand_in.h"

#include <algorithm>
#include <set>
#include <vector>

#include "taxonomy/core_schemas.h"
#include "xbrl/names.h"
#include "xbrl/types.h"
#include "xml/writer.h"

namespace factpress::batch {
namespace {

using model::ConceptKind;

std::string_view substitution_group(ConceptKind kind) {
  switch (kind) {
    case ConceptKind::hypercube: return "xbrldt:hypercubeItem";
    case ConceptKind::dimension: return "xbrldt:dimensionItem";
    default: return "xbrli:item";
  }
}

// The item type of XBRL 2.1 that a type of the data type registry, or of a taxonomy's own types, restricts.
std::string_view base_type(const QName& type) {
  switch (xbrl::type_class(type)) {
    case xbrl::TypeClass::per_share: return "xbrli:decimalItemType";
    case xbrl::TypeClass::percent: return "xbrli:pureItemType";
    case xbrl::TypeClass::other_numeric: return "xbrli:decimalItemType";
    default: return "xbrli:stringItemType";
  }
}

class SchemaWriter {
 public:
  SchemaWriter(const model::Report& report, const model::Namespace& own, std::string& out)
      : report_(report), own_(own), writer_(out, xml::Writer::Layout::indented) {}

  void run() {
    collect();
    writer_.declaration();
    const xml::Writer::Scope schema(writer_, "xs:schema");
    writer_.attribute("targetNamespace", own_.uri);
    writer_.attribute("elementFormDefault", "qualified");
    writer_.attribute("xmlns:xs", xbrl::ns::xs);
    writer_.attribute("xmlns:xbrli", xbrl::ns::xbrli);
    writer_.attribute("xmlns:xbrldt", xbrl::ns::xbrldt);
    writer_.attribute("xmlns:own", own_.uri);
    std::size_t n = 0;
    for (const std::string& uri : type_namespaces_) writer_.attribute("xmlns:t" + std::to_string(n++), uri);
    write_import(xbrl::ns::xbrli, xbrl::location::xbrli);
    write_import(xbrl::ns::xbrldt, xbrl::location::xbrldt);
    for (const std::string& uri : type_namespaces_) write_import(uri, location_of(uri));
    for (const QName& type : own_types_) write_type(type);
    for (const model::Concept* c : concepts_) write_element(*c);
  }

 private:
  void collect() {
    for (const model::Concept& c : report_.concepts) {
      if (c.type.uri == own_.uri) own_types_.insert(c.type);
      if (c.name.uri != own_.uri) continue;
      concepts_.push_back(&c);
      if (c.type.uri != own_.uri && c.type.uri != xbrl::ns::xbrli) type_namespaces_.insert(c.type.uri);
    }
    std::sort(concepts_.begin(), concepts_.end(), [](auto* a, auto* b) { return a->name < b->name; });
    concepts_.erase(std::unique(concepts_.begin(), concepts_.end(), [](auto* a, auto* b) { return a->name == b->name; }), concepts_.end());
  }

  std::string location_of(const std::string& uri) const {
    for (const model::Namespace& n : report_.namespaces)
      if (n.uri == uri) return n.schema_location;
    return {};
  }

  void write_import(std::string_view uri, std::string_view location) {
    const xml::Writer::Scope import(writer_, "xs:import");
    writer_.attribute("namespace", uri);
    if (!location.empty()) writer_.attribute("schemaLocation", location);
  }

  void write_type(const QName& type) {
    const xml::Writer::Scope definition(writer_, "xs:complexType");
    writer_.attribute("name", type.local);
    const xml::Writer::Scope content(writer_, "xs:simpleContent");
    const xml::Writer::Scope restriction(writer_, "xs:restriction");
    writer_.attribute("base", base_type(type));
  }

  std::string type_name(const QName& type) const {
    if (type.uri == own_.uri) return "own:" + type.local;
    if (type.uri == xbrl::ns::xbrli || type.empty()) return "xbrli:" + (type.empty() ? "stringItemType" : type.local);
    const auto n = std::distance(type_namespaces_.begin(), type_namespaces_.find(type.uri));
    return "t" + std::to_string(n) + ":" + type.local;
  }

  void write_element(const model::Concept& c) {
    const xml::Writer::Scope element(writer_, "xs:element");
    writer_.attribute("name", c.name.local);
    writer_.attribute("id", c.prefix + "_" + c.name.local);
    writer_.attribute("type", type_name(c.type));
    writer_.attribute("substitutionGroup", substitution_group(c.kind));
    writer_.attribute("nillable", "true");
    if (c.kind != ConceptKind::item) writer_.attribute("abstract", "true");
    writer_.attribute("xbrli:periodType", c.period_type == model::PeriodType::instant ? "instant" : "duration");
    if (c.balance != model::Balance::none) writer_.attribute("xbrli:balance", c.balance == model::Balance::debit ? "debit" : "credit");
  }

  const model::Report& report_;
  const model::Namespace& own_;
  std::vector<const model::Concept*> concepts_;
  std::set<QName> own_types_;
  std::set<std::string> type_namespaces_;
  xml::Writer writer_;
};

}  // namespace

std::map<std::string, std::string> stand_in_schemas(const model::Report& report) {
  std::map<std::string, std::string> out;
  for (const model::Namespace& n : report.namespaces) {
    if (n.schema_location.empty() || taxonomy::core_schema(n.schema_location) || out.contains(n.schema_location)) continue;
    SchemaWriter(report, n, out[n.schema_location]).run();
  }
  return out;
}

}  // namespace factpress::batch
