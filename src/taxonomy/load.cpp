#include "taxonomy/load.h"

#include <algorithm>
#include <unordered_set>

#include "taxonomy/schema/schema_set.h"
#include "taxonomy/uri.h"

namespace factpress::taxonomy {
namespace {

/// Gives the schema compiler the documents that discovery has met already.
class MetDocuments final : public schema::Resolver {
 public:
  explicit MetDocuments(const Discovery& discovery) : discovery_(discovery) {}
  Found find(const xml::Element& reference, std::string_view, std::string_view location) override {
    const std::uint32_t from = discovery_.index_of(reference.document());
    if (from == none) return {};
    const Target target = discovery_.follow(from, reference, location);
    if (target.document == none) return {};
    const DtsDocument& d = discovery_.documents()[target.document];
    return {d.name(), d.stored->xml};
  }

 private:
  const Discovery& discovery_;
};

/// Documents are validated against these even where nothing in the DTS imports them.
constexpr const char* core_schemas[] = {"http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd", "http://www.xbrl.org/2006/xbrldi-2006.xsd",
                                        "http://www.xbrl.org/2005/xbrldt-2005.xsd"};

std::unique_ptr<schema::SchemaSet> compile(const Discovery& discovery, diag::Sink& sink) {
  MetDocuments resolver(discovery);
  diag::Sink found;
  schema::Builder builder(resolver, found);
  for (const DtsDocument& d : discovery.documents()) {
    if (d.kind == DocumentKind::schema) builder.add(d.name(), d.stored->xml);
  }
  auto set = std::make_unique<schema::SchemaSet>(builder.freeze());
  std::unordered_set<const Source*> outside;
  for (const DtsDocument& d : discovery.documents()) {
    if (!d.in_dts) outside.insert(d.xml().source().get());
  }
  for (const diag::Diagnostic& d : found.all()) {
    if (!outside.contains(d.place.source.get())) sink.add(d);
  }
  return set;
}

}  // namespace

std::unique_ptr<LoadedDts> load_dts(DocumentStore& store, const std::vector<std::string>& entries, const std::vector<std::string>& hints,
                                    diag::Sink& sink) {
  auto loaded = std::make_unique<LoadedDts>(store, sink);
  for (const std::string& name : entries) loaded->discovery.add(name);
  for (const std::string& name : hints) loaded->discovery.add_hint(name);
  for (const char* name : core_schemas) loaded->discovery.add_hint(name);
  const auto& met = loaded->discovery.documents();
  const bool has_xml = std::any_of(met.begin(), met.end(), [](const DtsDocument& d) {
    return d.kind == DocumentKind::schema && d.xml().root().value_of("targetNamespace") == xml::namespace_uri(xml::ns::xml);
  });
  if (!has_xml) loaded->discovery.add_hint("http://www.w3.org/2001/xml.xsd");
  TaxonomyBuilder builder(loaded->discovery, compile(loaded->discovery, sink), sink);
  builder.build();
  loaded->links = builder.take_links();
  loaded->taxonomy = builder.finish();
  loaded->dimensions = std::make_unique<const DimensionModel>(*loaded->taxonomy, loaded->discovery);
  return loaded;
}

}  // namespace factpress::taxonomy
