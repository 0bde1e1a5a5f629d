#pragma once
#include <map>
#include <memory>
#include <string>

#include "catch.h"
#include "taxonomy/core_schemas.h"
#include "taxonomy/schema/schema_set.h"

namespace factpress::test {

/// Documents in memory by URL, the core schemas behind them. Relative locations are resolved against the base's folder.
class MemoryResolver final : public schema::Resolver {
 public:
  std::map<std::string, std::string> files;

  Found find(const xml::Element&, std::string_view base_url, std::string_view location) override {
    const std::string url = absolute(base_url, location);
    return {url, load(url)};
  }
  static std::string absolute(std::string_view base, std::string_view location) {
    if (location.find("://") != std::string_view::npos) return std::string(location);
    std::string folder(base.substr(0, base.rfind('/') + 1));
    while (location.substr(0, 3) == "../" && folder.size() > 1) {
      location.remove_prefix(3);
      folder.resize(folder.rfind('/', folder.size() - 2) + 1);
    }
    return folder + std::string(location);
  }
  std::shared_ptr<const xml::Document> load(const std::string& url) {
    if (const auto it = loaded_.find(url); it != loaded_.end()) return it->second;
    std::string bytes;
    if (const auto f = files.find(url); f != files.end())
      bytes = f->second;
    else if (const auto core = taxonomy::core_schema(url))
      bytes = *core;
    else
      return nullptr;
    diag::Sink sink;
    auto d = xml::Document::parse(std::make_shared<Source>(url, std::move(bytes)), sink);
    for (const auto& x : sink.all()) UNSCOPED_INFO(url << ": " << x.message);
    return loaded_[url] = d;
  }

 private:
  std::map<std::string, std::shared_ptr<const xml::Document>> loaded_;
};

inline std::string codes_of(const diag::Sink& sink) {
  std::string out;
  for (const auto& d : sink.all()) out += std::string(d.code->code) + ": " + d.message + "\n";
  return out;
}

/// A schema in the namespace urn:t (prefix t, elements qualified) with this content.
inline std::string schema_text(const std::string& body, const std::string& attributes = "elementFormDefault='qualified'") {
  return "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:t='urn:t' targetNamespace='urn:t' " + attributes + ">" +
         body + "</xs:schema>";
}

struct Compiled {
  schema::SchemaSet set;
  diag::Sink sink;
};
inline Compiled compile(const std::string& text, MemoryResolver* resolver = nullptr) {
  MemoryResolver own;
  MemoryResolver& r = resolver ? *resolver : own;
  r.files["mem://main.xsd"] = text;
  Compiled c;
  schema::Builder b(r, c.sink);
  const auto d = r.load("mem://main.xsd");
  REQUIRE(d);
  b.add("mem://main.xsd", d);
  c.set = b.freeze();
  return c;
}

/// The findings of validating a document (which must be well-formed) against a set.
inline std::string validate_text(const schema::SchemaSet& set, const std::string& text) {
  diag::Sink sink;
  const auto d = xml::Document::parse(std::make_shared<Source>("doc.xml", text), sink);
  REQUIRE(d);
  schema::validate(set, d->root(), sink);
  return codes_of(sink);
}

}  // namespace factpress::test
