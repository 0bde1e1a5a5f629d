#include "validate/engine.h"

#include <algorithm>
#include <unordered_set>

#include <fmt/core.h>

#include "diag/codes/base.h"
#include "diag/codes/taxonomy.h"
#include "diag/codes/validate.h"
#include "instance/inline_document.h"
#include "instance/inline_target.h"
#include "taxonomy/package_source.h"
#include "taxonomy/uri.h"
#include "validate/calculation.h"
#include "validate/root_causes.h"
#include "validate/rules.h"
#include "validate/rules/instance_links.h"

namespace factpress::validate {
namespace ns = xml::ns;
namespace codes = diag::codes;
using taxonomy::StoredDocument;

namespace {

std::string_view kind_needed(std::string_view reference) { return reference == "linkbaseRef" ? "linkbase" : "schema"; }

/// The documents that an instance's reference may lead to: a schema, or for a linkbaseRef a linkbase, which may stand in a schema
/// where a fragment says which.
bool fits(taxonomy::DocumentKind kind, std::string_view reference, bool has_fragment) {
  if (reference != "linkbaseRef") return kind == taxonomy::DocumentKind::schema;
  return kind == taxonomy::DocumentKind::linkbase || (has_fragment && kind == taxonomy::DocumentKind::schema);
}

void add_schema_locations(const xml::Element& at, const std::string& name, std::vector<std::string>& hints) {
  const auto a = at.attribute(ns::xsi, "schemaLocation");
  if (!a) return;
  std::string_view rest = a.value();
  bool location = false;
  for (;;) {
    rest = xml::trim_xml_space(rest);
    if (rest.empty()) return;
    std::size_t end = 0;
    while (end < rest.size() && !xml::is_xml_space(rest[end])) ++end;
    if (location) hints.push_back(taxonomy::resolve(name, taxonomy::split_fragment(rest.substr(0, end)).document));
    location = !location;
    rest.remove_prefix(end);
  }
}

std::string cache_key(const std::vector<std::string>& names, const std::vector<std::string>& hints) {
  std::string key;
  for (const std::string& n : names) key.append(n).append("\n");
  key += '\f';
  for (const std::string& h : hints) key.append(h).append("\n");
  return key;
}

}  // namespace

/// The documents that the caller's function stands in for, with a note of which they were. Asked before the engine's store,
/// it gives way to whatever that store has.
class Workspace::StandIns final : public taxonomy::DocumentSource {
 public:
  StandIns(StandIn give, taxonomy::DocumentStore& official) : give_(std::move(give)), official_(official) {}
  std::optional<Result<Bytes>> read(const std::string& name) const override {
    if (!taxonomy::has_scheme(name) || official_.open(name)->failure.empty()) return std::nullopt;
    auto bytes = give_(name);
    if (!bytes) return std::nullopt;
    const std::lock_guard lock(mutex_);
    given_.insert(name);
    return Result<Bytes>(*std::move(bytes));
  }
  bool gave(const std::string& name) const {
    const std::lock_guard lock(mutex_);
    return given_.contains(name);
  }

 private:
  StandIn give_;
  taxonomy::DocumentStore& official_;
  mutable std::mutex mutex_;
  mutable std::unordered_set<std::string> given_;
};

Engine::Engine(std::shared_ptr<FileSystem> files, Options options) : files_(std::move(files)), options_(std::move(options)) {
  std::vector<std::unique_ptr<taxonomy::DocumentSource>> sources;
  diag::Sink sink;
  snapshots_ = std::make_unique<Snapshots>(taxonomy::open_packages(files_, options_.packages, sink), options_.snapshots, options_.cache_folder, sink);
  const auto& packages = snapshots_->packages();
  checked_sets_ = std::make_unique<CheckedSets>(options_.cache_folder, *packages, snapshots_->asked_for());
  if (!packages->packages().empty()) sources.push_back(taxonomy::package_source(packages));
  if (!snapshots_->all().empty()) sources.push_back(taxonomy::snapshot_source(snapshots_->all(), packages));
  sources.push_back(taxonomy::core_schema_source());
  sources.push_back(taxonomy::file_source(files_));
  store_ = std::make_unique<taxonomy::DocumentStore>(std::move(sources));
  if (!options_.utr.empty()) {
    const auto registry = store_->open(taxonomy::normal_name(options_.utr));
    if (registry->xml) {
      registry_ = std::make_unique<const UnitRegistry>(*registry->xml);
    } else {
      sink.add({codes::base_unreadable, {}, fmt::format("the unit registry {}: {}", options_.utr, registry->failure)});
      for (const diag::Diagnostic& d : registry->findings) sink.add(d);
    }
  }
  setup_findings_ = sink.all();
}

Workspace::Workspace(const Engine& engine, std::shared_ptr<FileSystem> overlay, const StandIn& stand_in) {
  std::vector<std::unique_ptr<taxonomy::DocumentSource>> sources;
  if (overlay) sources.push_back(taxonomy::file_source(std::move(overlay)));
  if (stand_in) {
    auto stand_ins = std::make_unique<StandIns>(stand_in, engine.store());
    stand_ins_ = stand_ins.get();
    sources.push_back(std::move(stand_ins));
  }
  store_ = std::make_unique<taxonomy::DocumentStore>(std::move(sources), engine.store());
}
Workspace::~Workspace() = default;

std::size_t Engine::count_stand_ins(const taxonomy::LoadedDts& dts, const Workspace* workspace) {
  if (!workspace || !workspace->stand_ins_) return 0;
  const auto& documents = dts.discovery.documents();
  return static_cast<std::size_t>(
      std::count_if(documents.begin(), documents.end(), [&](const auto& d) { return d.in_dts && workspace->stand_ins_->gave(d.name()); }));
}

void Engine::keep_snapshot() const {
  snapshots_->keep(*store_);
  checked_sets_->keep();
}

std::vector<std::string> Engine::sets_of(const std::vector<std::string>& paths) {
  checked_sets_ = std::make_unique<CheckedSets>(CheckedSets::ForSnapshot{});
  for (const std::string& path : paths) (void)check(path);
  return checked_sets_->take();
}

std::shared_ptr<const CheckedDts> Engine::load_fresh(const Entries& entries, const Workspace* workspace) const {
  auto checked = std::make_shared<CheckedDts>();
  checked->findings = diag::Sink(options_.per_code_limit);
  // Documents of a workspace are here for this job alone.
  if (!workspace) checked->dts = checked_sets_->load(entries, *store_);
  if (!checked->dts) {
    checked->dts = taxonomy::load_dts(store_of(workspace), entries.names, entries.hints, checked->findings);
    DtsCheck check{checked->dts->discovery,          checked->dts->links, *checked->dts->taxonomy, checked->dts->taxonomy->schemas(),
                   *checked->dts->dimensions, checked->findings};
    for (const DtsRule& rule : dts_rules()) rule.check(check);
    const bool nothing_found = checked->findings.all().empty() && checked->findings.dropped() == 0;
    if (!workspace && nothing_found) checked_sets_->note(entries, *checked->dts);
  }
  snapshots_->note(checked->dts->discovery);
  snapshots_->report_faults(checked->findings);
  checked->dts->links.clear();
  checked->dts->links.shrink_to_fit();
  return checked;
}

std::shared_ptr<const CheckedDts> Engine::load(const Entries& entries, const Workspace* workspace) const {
  DtsCache& cache = workspace ? workspace->cache_ : cache_;
  return cache.get(cache_key(entries.names, entries.hints), [&] { return load_fresh(entries, workspace); });
}

std::shared_ptr<const CheckedDts> DtsCache::get(const std::string& key, const std::function<std::shared_ptr<const CheckedDts>()>& load) {
  std::promise<std::shared_ptr<const CheckedDts>> promise;
  {
    std::unique_lock lock(mutex_);
    const auto [it, fresh] = loaded_.try_emplace(key);
    if (!fresh) {
      const auto future = it->second;
      lock.unlock();
      return future.get();
    }
    it->second = promise.get_future().share();
  }
  auto checked = load();
  promise.set_value(checked);
  return checked;
}

Entries Engine::entries_of(const xml::Document& instance, const std::string& name, taxonomy::DocumentStore& store,
                           diag::Sink& sink) const {
  Entries entries;
  const auto resolve_here = [](const std::string& b, std::string_view r) { return taxonomy::resolve(b, xml::trim_xml_space(r)); };
  for (const xml::Element e : instance.root().elements()) {
    if (e.ns() != ns::link) continue;
    const std::string_view kind = e.local_name();
    if (kind != "schemaRef" && kind != "linkbaseRef" && kind != "roleRef" && kind != "arcroleRef") continue;
    const auto href = e.attribute(ns::xlink, "href");
    if (!href) continue;  // the schema says so
    const taxonomy::Reference reference = taxonomy::split_fragment(xml::trim_xml_space(href.value()));
    const std::string target = taxonomy::resolve(e.base_url(name, resolve_here), reference.document);
    const taxonomy::StoredDocumentPtr document = store.open(target);
    if (!document->is_readable()) {
      for (const diag::Diagnostic& d : document->findings) sink.add(d);
      if (document->failure.empty()) continue;
      diag::Diagnostic d(codes::taxonomy_document_missing, e.place(), fmt::format("{} is needed by a {} but cannot be had: {}", target, kind, document->failure));
      d.help = taxonomy::has_scheme(target) ? "give the taxonomy package that holds it with --package ZIP"
                                            : "put the file there, or give the package that holds it with --package ZIP";
      sink.add(std::move(d));
    } else if (!fits(taxonomy::kind_of(*document), kind, reference.has_fragment)) {
      sink.add({codes::taxonomy_document_kind, e.place(), fmt::format("the {} leads to {}, which is no {}", kind, target, kind_needed(kind))});
    } else {
      entries.names.push_back(target);
    }
  }
  add_schema_locations(instance.root(), name, entries.hints);
  return entries;
}

void Engine::check_instance(const std::string& name, const std::shared_ptr<const xml::Document>& document, FileFindings& out,
                            const Observer& observer, const Workspace* workspace) const {
  const Entries entries = entries_of(*document, name, store_of(workspace), out.sink);
  const std::shared_ptr<const CheckedDts> checked = load(entries, workspace);
  for (const diag::Diagnostic& d : checked->findings.all()) out.sink.add(d);
  const taxonomy::LoadedDts& dts = *checked->dts;
  const instance::Instance instance = instance::Instance::read(document);
  out.facts += instance.facts().size();
  out.documents += dts.discovery.documents().size() + 1;
  out.stand_ins += count_stand_ins(dts, workspace);
  InstanceCheck check(*dts.taxonomy, instance, out.sink);
  rules::instance_links(check, dts, name);
  for (const InstanceRule& rule : instance_rules()) rule.check(check);
  const std::vector<DimensionalContext> contexts = read_dimensions(check, *dts.dimensions);
  check_dimensions(check, *dts.dimensions, contexts);
  check_duplicates(check);
  switch (options_.calculation) {
    case Calculation::none: break;
    case Calculation::v10: check_calculations_10(check); break;
    case Calculation::v11_rounded: check_calculations_11(check, false); break;
    case Calculation::v11_truncated: check_calculations_11(check, true); break;
  }
  if (registry_) registry_->check(check);
  if (observer.instance) observer.instance({check, dts, contexts});
  if (observer.taxonomy) observer.taxonomy(dts);
}

/// Inline XBRL: the rules look at each target document; findings in facts are shown where the facts stand.
void Engine::check_inline(const StoredDocument& document, FileFindings& out, const Observer& observer, const Workspace* workspace) const {
  // Mixed content keeps its white space here, so the document is parsed anew.
  diag::Sink parsing;
  const auto spaced = xml::Document::parse(document.xml->source(), parsing, {.keep_space = true});
  if (!spaced) return;
  const instance::InlineDocument inline_document = instance::InlineDocument::read(spaced, out.sink);
  for (const instance::InlineTarget& target : instance::extract_targets(inline_document, out.sink)) {
    FileFindings found{out.file, diag::Sink(options_.per_code_limit), 0, 0, 0};
    const auto source = std::make_shared<Source>(document.name, target.bytes);
    const auto xml = xml::Document::parse(source, found.sink, {});
    std::vector<std::uint32_t> offsets;
    if (xml) {
      const instance::Instance facts = instance::Instance::read(xml);
      for (const instance::Fact& f : facts.facts()) offsets.push_back(f.element.offset());
      Observer placed = observer;
      if (observer.instance) placed.instance = [&](const CheckedInstance& i) { observer.instance({i.check, i.dts, i.contexts, &target.fact_places}); };
      check_instance(document.name, xml, found, placed, workspace);
    }
    const auto move_place = [&](Place& place) {
      if (place.source != source) return;
      const auto after = std::upper_bound(offsets.begin(), offsets.end(), place.span.begin);
      const auto index = static_cast<std::size_t>(after - offsets.begin());
      place = index > 0 && index <= target.fact_places.size() ? target.fact_places[index - 1] : Place{document.xml->source(), {}};
    };
    for (diag::Diagnostic d : found.sink.all()) {
      move_place(d.place);
      for (diag::Label& label : d.labels) move_place(label.place);
      out.sink.add(std::move(d));
    }
    out.facts += found.facts;
    out.documents += found.documents;
    out.stand_ins += found.stand_ins;
  }
}

FileFindings Engine::check(const std::string& path, const Observer& observer, const Workspace* workspace) const {
  FileFindings out{path, diag::Sink(options_.per_code_limit), 0, 0, 0};
  for (const diag::Diagnostic& d : setup_findings_) out.sink.add(d);
  const taxonomy::StoredDocumentPtr document = store_of(workspace).open(taxonomy::normal_name(path), true);
  if (!document->xml) {
    for (const diag::Diagnostic& d : document->findings) out.sink.add(d);
    if (!document->failure.empty()) out.sink.add({codes::base_unreadable, {}, fmt::format("{}: {}", path, document->failure)});
    return out;
  }
  const xml::Element root = document->xml->root();
  if (root.is(ns::xbrli, "xbrl")) {
    for (const diag::Diagnostic& d : document->findings) out.sink.add(d);
    check_instance(document->name, document->xml, out, observer, workspace);
  } else if (root.is(ns::xhtml, "html")) {
    for (const diag::Diagnostic& d : document->findings) out.sink.add(d);
    check_inline(*document, out, observer, workspace);
  } else if (root.is(ns::xsd, "schema") || root.is(ns::link, "linkbase")) {
    const auto checked = load({{document->name}, {}}, workspace);
    for (const diag::Diagnostic& d : checked->findings.all()) out.sink.add(d);
    out.documents = checked->dts->discovery.documents().size();
    out.stand_ins = count_stand_ins(*checked->dts, workspace);
    if (observer.taxonomy) observer.taxonomy(*checked->dts);
  } else {
    out.sink.add({codes::validate_not_xbrl, root.place(), fmt::format("the root element is {}; an XBRL instance has xbrli:xbrl, a taxonomy xs:schema, a linkbase link:linkbase", root.raw_name())});
  }
  group_root_causes(out.sink);
  return out;
}

}  // namespace factpress::validate
