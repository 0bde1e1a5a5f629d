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
    const std::uint32_t document = discovery_.document_of(from, reference, location);
    return document == none ? Found() : found(document);
  }
  Found find(std::string_view name) override {
    const std::uint32_t document = discovery_.find(std::string(name));
    return document == none ? Found() : found(document);
  }

 private:
  Found found(std::uint32_t document) const {
    const DtsDocument& d = discovery_.documents()[document];
    return {d.name(), d.stored->xml, d.frozen};
  }
  const Discovery& discovery_;
};

/// Documents are validated against these even where nothing in the DTS imports them.
constexpr const char* core_schemas[] = {"http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd", "http://www.xbrl.org/2006/xbrldi-2006.xsd",
                                        "http://www.xbrl.org/2005/xbrldt-2005.xsd"};

/// Null where frozen documents do not mean in this set what they were frozen with.
std::unique_ptr<schema::SchemaSet> compile(const Discovery& discovery, diag::Sink& sink, const LoadOptions& options) {
  MetDocuments resolver(discovery);
  diag::Sink found;
  schema::Builder builder(resolver, found);
  for (const DtsDocument& d : discovery.documents()) {
    if (d.frozen)
      builder.add(*d.frozen);
    else if (d.kind == DocumentKind::schema)
      builder.add(d.name(), d.stored->xml);
  }
  auto set = std::make_unique<schema::SchemaSet>(builder.freeze());
  if (builder.conflict()) return nullptr;
  std::unordered_set<const Source*> outside;
  for (const DtsDocument& d : discovery.documents()) {
    if (!d.in_dts && !d.frozen && !options.hints_count) outside.insert(d.xml().source().get());
  }
  for (const diag::Diagnostic& d : found.all()) {
    if (!outside.contains(d.place.source.get())) sink.add(d);
  }
  return set;
}

bool declares_xml(const DtsDocument& d) {
  if (d.frozen) return d.frozen->target() == xml::ns::xml;
  return d.kind == DocumentKind::schema && d.xml().root().value_of("targetNamespace") == xml::namespace_uri(xml::ns::xml);
}

/// The discovery alone, with its schemas compiled.
std::unique_ptr<schema::SchemaSet> discover(Discovery& discovery, const std::vector<std::string>& entries,
                                            const std::vector<std::string>& hints, diag::Sink& sink, const LoadOptions& options) {
  for (const std::string& name : entries) discovery.add(name);
  for (const std::string& name : hints) discovery.add_hint(name);
  for (const char* name : core_schemas) discovery.add_hint(name);
  const auto& met = discovery.documents();
  if (std::none_of(met.begin(), met.end(), declares_xml)) discovery.add_hint("http://www.w3.org/2001/xml.xsd");
  return compile(discovery, sink, options);
}

}  // namespace

std::span<const char* const> hinted_schemas() { return core_schemas; }

std::unique_ptr<LoadedDts> load_dts(DocumentStore& store, const std::vector<std::string>& entries, const std::vector<std::string>& hints,
                                    diag::Sink& sink, const LoadOptions& options) {
  // What the first try finds counts only if it stands.
  diag::Sink tried = sink.fresh();
  auto loaded = std::make_unique<LoadedDts>(store, tried, options.discovery);
  auto schemas = discover(loaded->discovery, entries, hints, tried, options);
  if (!schemas) {
    LoadOptions parsed = options;
    parsed.discovery.frozen = false;
    tried = sink.fresh();
    loaded = std::make_unique<LoadedDts>(store, tried, parsed.discovery);
    schemas = discover(loaded->discovery, entries, hints, tried, parsed);
    loaded->from_texts = true;
  }
  TaxonomyBuilder builder(loaded->discovery, std::move(schemas), tried);
  builder.build();
  loaded->links = builder.take_links();
  loaded->taxonomy = builder.finish();
  loaded->dimensions = std::make_unique<const DimensionModel>(*loaded->taxonomy, loaded->discovery);
  sink.merge(std::move(tried));
  return loaded;
}

std::unique_ptr<LoadedDts> reload_dts(DocumentStore& store, std::span<const KeptDocument> documents, ByteReader& links,
                                      const std::shared_ptr<const void>& owner) {
  diag::Sink sink;
  auto loaded = std::make_unique<LoadedDts>(store, sink);
  if (!loaded->discovery.restore(documents, owner)) return nullptr;
  auto schemas = compile(loaded->discovery, sink, {});
  if (!schemas || !sink.all().empty()) return nullptr;
  TaxonomyBuilder builder(loaded->discovery, std::move(schemas), sink);
  if (!builder.restore(links, owner)) return nullptr;
  loaded->taxonomy = builder.finish();
  loaded->dimensions = std::make_unique<const DimensionModel>(*loaded->taxonomy, loaded->discovery);
  return loaded;
}

}  // namespace factpress::taxonomy
