#include "validate/compile_taxonomy.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/file_state.h"
#include "diag/codes/base.h"
#include "taxonomy/core_schemas.h"
#include "taxonomy/package_source.h"
#include "taxonomy/uri.h"
#include "validate/engine.h"
#include "validate/rules.h"

namespace factpress::validate {
namespace {

/// The rules that look at schemas one by one; what they find keeps a document from being frozen.
void check_schemas(const taxonomy::LoadedDts& dts, diag::Sink& sink) {
  DtsCheck check{dts.discovery, dts.links, *dts.taxonomy, dts.taxonomy->schemas(), *dts.dimensions, sink};
  rules::documents(check);
  rules::concept_declarations(check);
  rules::tuple_declarations(check);
  rules::dimension_declarations(check);
}

std::vector<taxonomy::PackageIdentity> identities(const taxonomy::PackageSet& packages, bool with_paths) {
  std::vector<taxonomy::PackageIdentity> found;
  for (const auto& p : packages.packages()) {
    taxonomy::PackageIdentity& id = found.emplace_back();
    id.name = p->path().substr(p->path().rfind('/') + 1);
    id.hash = p->identity();
    const auto is = with_paths && p->is_zip() ? FileState::of(p->path()) : std::nullopt;
    std::error_code error;
    const auto path = is ? std::filesystem::absolute(p->path(), error) : std::filesystem::path();
    if (is && !error) id.path = path.lexically_normal().string(), id.size = is->size, id.modified = is->modified;
  }
  return found;
}

std::optional<std::uint32_t> package_of(const taxonomy::PackageSet& packages, const std::string& name) {
  const auto found = packages.find(name);
  if (!found) return std::nullopt;
  const auto& all = packages.packages();
  const auto it = std::find_if(all.begin(), all.end(), [&](const auto& p) { return p.get() == found->package; });
  return static_cast<std::uint32_t>(it - all.begin());
}

bool is_schema_name(std::string_view name) { return name.ends_with(".xsd"); }

}  // namespace

std::string compile_documents(taxonomy::DocumentStore& store, const taxonomy::PackageSet& packages, const std::vector<std::string>& names,
                              bool with_texts, std::vector<std::string> sets) {
  std::set<std::string> all(names.begin(), names.end());
  for (const char* hint : taxonomy::hinted_schemas()) all.insert(hint);
  std::vector<std::string> entries;
  taxonomy::ImageRequest request;
  request.packages = identities(packages, with_texts);
  request.with_texts = with_texts;
  request.sets = std::move(sets);
  for (const std::string& name : all)
    if (is_schema_name(name)) entries.push_back(name);
  diag::Sink sink(1'000'000);
  const auto dts = taxonomy::load_dts(store, entries, {}, sink, taxonomy::freezing_options());
  check_schemas(*dts, sink);
  for (const taxonomy::DtsDocument& d : dts->discovery.documents()) all.insert(d.name());
  for (const std::string& name : all) request.documents.push_back({name, package_of(packages, name)});
  return taxonomy::make_image(*dts, sink.all(), request, store);
}

CompiledTaxonomy compile_taxonomy(const std::shared_ptr<FileSystem>& files, const std::vector<std::string>& paths, diag::Sink& sink,
                                  const std::vector<std::string>& reports) {
  CompiledTaxonomy made;
  const auto packages = taxonomy::open_packages(files, paths, sink);
  if (packages->packages().size() != paths.size()) return made;
  for (const std::string& report : reports) {
    if (files->is_file(report)) continue;
    sink.add({diag::codes::base_unreadable, {}, fmt::format("{}: there is no such file", report)});
    return made;
  }
  std::vector<std::string> names = taxonomy::core_schema_urls();
  for (const auto& package : packages->packages()) {
    for (const std::string& path : package->list()) {
      if (path.find("META-INF/") != std::string::npos || !(is_schema_name(path) || path.ends_with(".xml"))) continue;
      const auto url = package->url_of(path);
      if (url) names.push_back(taxonomy::normal_name(*url));
    }
  }
  std::vector<std::unique_ptr<taxonomy::DocumentSource>> sources;
  sources.push_back(taxonomy::package_source(packages));
  sources.push_back(taxonomy::core_schema_source());
  taxonomy::DocumentStore store(std::move(sources));
  std::vector<std::string> sets;
  if (!reports.empty()) {
    Options options;
    options.packages = paths;
    sets = Engine(files, std::move(options)).sets_of(reports);
  }
  made.sets = sets.size();
  made.image = compile_documents(store, *packages, names, true, std::move(sets));
  taxonomy::Snapshot::Refusal refusal;
  if (const auto snapshot = taxonomy::Snapshot::open(made.image, nullptr, "", refusal)) {
    made.documents = snapshot->size();
    made.frozen = snapshot->frozen_count();
  }
  return made;
}

}  // namespace factpress::validate
