#include "validate/snapshots.h"

#include <fmt/format.h>
#include <unistd.h>
#include <utime.h>

#include <algorithm>
#include <filesystem>

#include "base/file_state.h"
#include "base/fs.h"
#include "base/mapped_file.h"
#include "diag/codes/taxonomy.h"
#include "taxonomy/core_schemas.h"
#include "taxonomy/uri.h"
#include "validate/compile_taxonomy.h"

namespace factpress::validate {
namespace codes = diag::codes;
using taxonomy::Snapshot;

Snapshots::Snapshots(std::shared_ptr<const taxonomy::PackageSet> packages, const std::vector<std::string>& files, std::string cache_folder,
                     diag::Sink& sink)
    : packages_(std::move(packages)), cache_folder_(std::move(cache_folder)) {
  for (const std::string& path : files) {
    auto snapshot = open(path, false, sink);
    if (snapshot && !is_stale(*snapshot, sink)) all_.push_back(std::move(snapshot));
  }
  open_cached(sink);
}

std::shared_ptr<const Snapshot> Snapshots::open(const std::string& path, bool cached, diag::Sink& sink) {
  auto file = MappedFile::open(path);
  if (!file) {
    if (!cached) sink.add({codes::taxonomy_snapshot_unreadable, {}, file.error()});
    return nullptr;
  }
  const auto texts = [packages = packages_](const std::string& name) -> std::optional<Result<Bytes>> {
    const auto found = packages->find(name);
    if (!found) return std::nullopt;
    return found->package->read(found->path);
  };
  Snapshot::Refusal refusal;
  auto snapshot = Snapshot::open((*file)->bytes(), *file, path, refusal, texts);
  if (!snapshot) {
    const auto& code = refusal.trouble == Snapshot::Trouble::version ? codes::taxonomy_snapshot_version : codes::taxonomy_snapshot_damaged;
    diag::Diagnostic d(code, {}, fmt::format("the snapshot {} is not used: {}", path, refusal.why));
    if (cached) d.severity = diag::Severity::info, d.help = "nothing: it is made again";
    sink.add(std::move(d));
  }
  return snapshot;
}

// The package of that name among those of the run.
std::shared_ptr<const taxonomy::Package> Snapshots::given(const taxonomy::PackageIdentity& made_of) const {
  for (const auto& p : packages_->packages())
    if (std::string_view(p->path()).substr(p->path().rfind('/') + 1) == made_of.name) return p;
  return nullptr;
}

namespace {

std::shared_ptr<const taxonomy::Package> open_where_it_was(const taxonomy::PackageIdentity& made_of) {
  if (made_of.path.empty() || !FileState::of(made_of.path)) return nullptr;
  diag::Sink said_when_it_is_given;
  return taxonomy::Package::open(made_of.path, real_file_system(), said_when_it_is_given);
}

/// Of a package that is not given: it may have been put aside, then the snapshot stands for it.
bool has_changed_where_it_was(const taxonomy::PackageIdentity& made_of) {
  const auto is = made_of.path.empty() ? std::nullopt : FileState::of(made_of.path);
  if (!is || *is == FileState{made_of.size, made_of.modified}) return false;
  const auto package = open_where_it_was(made_of);
  return !package || package->identity() != made_of.hash;
}

}  // namespace

bool Snapshots::is_stale(const Snapshot& snapshot, diag::Sink& sink) {
  for (const taxonomy::PackageIdentity& made_of : snapshot.packages()) {
    const auto package = given(made_of);
    if (package ? !package->is_zip() || package->identity() == made_of.hash : !has_changed_where_it_was(made_of)) continue;
    sink.add({codes::taxonomy_snapshot_stale, {},
              fmt::format("the snapshot {} is not used, but the packages it was made of: {} has changed since", snapshot.path(),
                          package ? package->path() : made_of.path)});
    add_packages_of(snapshot);
    return true;
  }
  return false;
}

void Snapshots::add_packages_of(const Snapshot& snapshot) {
  auto more = std::make_shared<taxonomy::PackageSet>(*packages_);
  for (const taxonomy::PackageIdentity& made_of : snapshot.packages()) {
    if (given(made_of)) continue;
    if (auto package = open_where_it_was(made_of)) more->add(std::move(package));
  }
  packages_ = std::move(more);
}

void Snapshots::open_cached(diag::Sink& sink) {
  const auto& packages = packages_->packages();
  // A folder may change while it is used; only archives are kept.
  if (packages.empty() || std::any_of(packages.begin(), packages.end(), [](const auto& p) { return !p->is_zip(); })) cache_folder_.clear();
  if (cache_folder_.empty()) return;
  std::uint64_t key = taxonomy::program_key();
  for (const auto& p : packages) {
    const std::uint64_t identity = p->identity();
    key = taxonomy::hash_bytes({reinterpret_cast<const char*>(&identity), sizeof identity}, key);
  }
  cache_file_ = fmt::format("{}/{:016x}.fps", cache_folder_, key);
  if (!(cached_ = open(cache_file_, true, sink))) return;
  // The key is a number of 64 bits; the image says itself what it was made of.
  const auto& made_of = cached_->packages();
  const bool same = made_of.size() == packages.size() && std::equal(made_of.begin(), made_of.end(), packages.begin(), [](const auto& a, const auto& b) { return a.hash == b->identity(); });
  if (!same) return cached_.reset();
  all_.push_back(cached_);
  (void)::utime(cache_file_.c_str(), nullptr);  // used now: goes last when room is needed
}

void Snapshots::note(const taxonomy::Discovery& discovery) {
  if (cache_folder_.empty()) return;
  const std::lock_guard lock(mutex_);
  for (const taxonomy::DtsDocument& d : discovery.documents()) {
    if (d.frozen || d.kind != taxonomy::DocumentKind::schema || !taxonomy::has_scheme(d.name())) continue;
    if (!packages_->find(d.name()) && !taxonomy::core_schema(d.name())) continue;
    const auto knows = [&](const auto& s) { return !s->is_faulty() && s->find(d.name()).has_value(); };
    if (std::none_of(all_.begin(), all_.end(), knows)) parsed_.insert(d.name());
  }
}

void Snapshots::report_faults(diag::Sink& sink) const {
  for (const auto& s : all_) {
    if (!s->is_faulty()) continue;
    diag::Diagnostic d(codes::taxonomy_snapshot_damaged, {}, fmt::format("the snapshot {} contradicts itself and is not used", s->path()));
    if (s == cached_) d.severity = diag::Severity::info, d.help = "nothing: it is made again";
    sink.add(std::move(d));
  }
}

namespace {

struct Kept {
  std::string path;
  std::uint64_t size;
  std::uint64_t used;
};

bool is_ours(const std::string& name) { return name.ends_with(".fps") || name.ends_with(".fpc"); }

}  // namespace

bool open_cache_folder(const std::string& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  return !failed && ::access(folder.c_str(), W_OK | X_OK) == 0;
}

void make_room(FileSystem& files, const std::string& folder, std::uint64_t needed) {
  const auto names = files.list(folder);
  if (!names) return;
  std::vector<Kept> kept;
  std::uint64_t total = needed;
  for (const std::string& name : *names) {
    const std::string path = folder + "/" + name;
    const auto is = is_ours(name) ? FileState::of(path) : std::nullopt;
    if (!is) continue;
    kept.push_back({path, is->size, is->modified});
    total += kept.back().size;
  }
  std::sort(kept.begin(), kept.end(), [](const Kept& a, const Kept& b) { return a.used < b.used; });
  for (const Kept& k : kept) {
    if (total <= Snapshots::max_folder_bytes) return;
    if (files.remove(k.path)) total -= k.size;
  }
}

void Snapshots::keep(taxonomy::DocumentStore& store) {
  const std::lock_guard lock(mutex_);
  if (parsed_.empty() || cache_folder_.empty()) return;
  if (!open_cache_folder(cache_folder_)) return cache_folder_.clear();  // before the work is done for nothing
  std::vector<std::string> names(parsed_.begin(), parsed_.end());
  parsed_.clear();
  for (std::uint32_t i = 0; cached_ && i < cached_->size(); ++i) names.emplace_back(cached_->name(i));
  const std::string image = compile_documents(store, *packages_, names, false);
  if (image.size() > max_folder_bytes / 2) return;
  const auto files = real_file_system();
  make_room(*files, cache_folder_, image.size());
  (void)static_cast<bool>(files->write(cache_file_, image));
}

}  // namespace factpress::validate
