#include "taxonomy/package_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "diag/codes/taxonomy.h"

namespace factpress::taxonomy {

namespace codes = diag::codes;

namespace {

class MetadataReader {
 public:
  MetadataReader(PackageMetadata& out, diag::Sink& sink) : out_(out), sink_(sink) {}

  void run(const xml::Element& root) {
    if (!root.is(xml::ns::package, "taxonomyPackage"))
      return wrong(root, fmt::format("the root is <{}>, not taxonomyPackage of the namespace {}", root.raw_name(),
                                     xml::namespace_uri(xml::ns::package)));
    for (const auto e : root.elements()) {
      if (e.ns() != xml::ns::package) continue;
      const auto n = e.local_name();
      if (n == "identifier")
        once(e, out_.identifier);
      else if (n == "version")
        once(e, out_.version);
      else if (n == "publisherURL")
        once(e, out_.publisher_url);
      else if (n == "publicationDate")
        once(e, out_.publication_date);
      else if (n == "name")
        text(e, out_.names);
      else if (n == "description")
        text(e, out_.descriptions);
      else if (n == "publisher")
        text(e, out_.publishers);
      else if (n == "entryPoints")
        entry_points(e);
      else if (n == "supersededTaxonomyPackages")
        superseded(e);
      else if (n != "license" && n != "publisherCountry" && n != "versioningReports")
        wrong(e, fmt::format("<{}> is no part of the metadata", e.raw_name()));
    }
    if (out_.identifier.empty()) wrong(root, "the metadata has no identifier");
    if (out_.names.empty()) wrong(root, "the metadata has no name");
  }

 private:
  void wrong(const xml::Element& at, std::string message) {
    sink_.add({codes::taxonomy_tpe_invalid_metadata, at.place(), std::move(message)});
  }

  void once(const xml::Element& e, std::string& out) {
    if (!out.empty()) return wrong(e, fmt::format("<{}> stands twice", e.raw_name()));
    out = trim(e.text());
    if (out.empty()) wrong(e, fmt::format("<{}> is empty", e.raw_name()));
  }

  void text(const xml::Element& e, std::vector<LanguageText>& out) {
    LanguageText t{std::string(e.lang()), std::string(trim(e.text()))};
    if (t.lang.empty())
      sink_.add({codes::taxonomy_tpe_no_language, e.place(),
                 fmt::format("<{}> has no xml:lang, nor has an element around it", e.raw_name())});
    for (const auto& o : out)
      if (iequals(o.lang, t.lang)) {
        sink_.add({codes::taxonomy_tpe_same_language, e.place(),
                   fmt::format("<{}> stands twice in the language '{}'", e.raw_name(), t.lang)});
        break;
      }
    out.push_back(std::move(t));
  }

  void entry_points(const xml::Element& list) {
    for (const auto e : list.elements()) {
      if (!e.is(xml::ns::package, "entryPoint")) {
        if (e.ns() == xml::ns::package) wrong(e, fmt::format("<{}> may not stand in <{}>", e.raw_name(), list.raw_name()));
        continue;
      }
      EntryPoint p;
      for (const auto c : e.elements()) {
        if (c.ns() != xml::ns::package) continue;
        const auto n = c.local_name();
        if (n == "name")
          text(c, p.names);
        else if (n == "description")
          text(c, p.descriptions);
        else if (n == "version")
          once(c, p.version);
        else if (n == "entryPointDocument")
          document(c, p);
        else if (n != "languages")
          wrong(c, fmt::format("<{}> may not stand in <{}>", c.raw_name(), e.raw_name()));
      }
      if (p.names.empty()) wrong(e, "an entry point has no name");
      if (p.documents.empty()) wrong(e, "an entry point has no document");
      out_.entry_points.push_back(std::move(p));
    }
  }

  void document(const xml::Element& e, EntryPoint& p) {
    const auto href = trim(e.value_of("href"));
    if (href.empty()) return wrong(e, "an entryPointDocument needs an href");
    p.documents.emplace_back(href);
  }

  void superseded(const xml::Element& list) {
    for (const auto e : list.elements())
      if (e.is(xml::ns::package, "taxonomyPackageRef")) out_.superseded.emplace_back(trim(e.text()));
  }

  PackageMetadata& out_;
  diag::Sink& sink_;
};

}  // namespace

void read_metadata(const xml::Document& document, PackageMetadata& out, diag::Sink& sink) {
  MetadataReader(out, sink).run(document.root());
}

std::vector<RewriteRule> read_catalog(const xml::Document& document, const std::string& folder, diag::Sink& sink) {
  std::vector<RewriteRule> rules;
  const auto wrong = [&](const xml::Element& at, std::string message) {
    sink.add({codes::taxonomy_tpe_invalid_catalog, at.place(), std::move(message)});
  };
  const auto root = document.root();
  if (!root.is(xml::ns::catalog, "catalog"))
    return wrong(root, fmt::format("the root is <{}>, not catalog of OASIS XML Catalogs", root.raw_name())), rules;
  for (const auto e : root.elements()) {
    if (!e.is(xml::ns::catalog, "rewriteURI")) {
      if (e.ns() == xml::ns::catalog)
        wrong(e, fmt::format("<{}> may not stand in a package's catalog: only rewriteURI may", e.raw_name()));
      continue;
    }
    const std::string start(trim(e.value_of("uriStartString")));
    const auto prefix = trim(e.value_of("rewritePrefix"));
    if (start.empty() || prefix.empty()) {
      wrong(e, "rewriteURI needs uriStartString and rewritePrefix");
      continue;
    }
    if (std::any_of(rules.begin(), rules.end(), [&](const RewriteRule& r) { return r.start == start; })) {
      sink.add({codes::taxonomy_tpe_same_start, e.place(), fmt::format("two rewriteURI elements begin with '{}'", start)});
      continue;
    }
    if (prefix.find("://") != std::string_view::npos) {
      wrong(e, fmt::format("the rewritePrefix '{}' leads out of the package; such a rule is not followed", prefix));
      continue;
    }
    auto path = resolve_in_package(folder, prefix);
    if (!path) {
      sink.add({codes::taxonomy_package_escape, e.place(),
                fmt::format("the rewritePrefix '{}' leads out of the package and is refused", prefix)});
      continue;
    }
    rules.push_back({start, std::move(*path)});
  }
  std::stable_sort(rules.begin(), rules.end(),
                   [](const RewriteRule& a, const RewriteRule& b) { return a.start.size() > b.start.size(); });
  return rules;
}

}  // namespace factpress::taxonomy
