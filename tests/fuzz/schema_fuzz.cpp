#include <cstdint>

#include "taxonomy/core_schemas.h"
#include "taxonomy/schema/schema_set.h"

// A schema and, behind a line "---", a document to validate against it.
namespace {

using namespace factpress;

struct CoreOnly final : schema::Resolver {
  Found find(const xml::Element&, std::string_view, std::string_view location) override {
    const auto bytes = taxonomy::core_schema(location);
    if (!bytes) return {};
    diag::Sink sink;
    return {std::string(location),
            xml::Document::parse(std::make_shared<Source>(std::string(location), std::string(*bytes)), sink)};
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const auto cut = all.find("\n---\n");
  diag::Sink sink(50);
  const auto schema_document = xml::Document::parse(std::make_shared<Source>("fuzz.xsd", std::string(all.substr(0, cut))), sink);
  if (!schema_document) return 0;
  CoreOnly resolver;
  schema::Builder b(resolver, sink);
  b.add("fuzz.xsd", schema_document);
  const auto set = b.freeze();
  if (cut == std::string_view::npos) return 0;
  const auto d = xml::Document::parse(std::make_shared<Source>("fuzz.xml", std::string(all.substr(cut + 5))), sink);
  if (!d) return 0;
  const auto outcome = schema::validate(set, d->root(), sink);
  for (const auto e : d->root().elements()) (void)schema::typed_value(outcome, e);
  return 0;
}
