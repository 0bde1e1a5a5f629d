#pragma once
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/fs.h"
#include "diag/diagnostic.h"
#include "taxonomy/discovery.h"
#include "taxonomy/package.h"
#include "taxonomy/snapshot/snapshot.h"

namespace factpress::validate {

/// The snapshots of a run: those that were asked for, and the one that the user's cache folder has for the packages. Safe to use
/// from several threads.
class Snapshots {
 public:
  /// Opens them; one that cannot be used is said (snapshot.* codes) and left out. `cache_folder` may be empty.
  Snapshots(std::shared_ptr<const taxonomy::PackageSet> packages, const std::vector<std::string>& files, std::string cache_folder,
            diag::Sink& sink);
  const std::vector<std::shared_ptr<const taxonomy::Snapshot>>& all() const { return all_; }
  /// Of these, without the cache's.
  std::span<const std::shared_ptr<const taxonomy::Snapshot>> asked_for() const { return std::span(all_).first(all_.size() - (cached_ ? 1 : 0)); }
  /// The packages given, and behind them those that stale snapshots were made of, where they still are.
  const std::shared_ptr<const taxonomy::PackageSet>& packages() const { return packages_; }

  /// Notes which schemas of packages had to be parsed for a taxonomy.
  void note(const taxonomy::Discovery& discovery);
  /// Says of images that contradict themselves that they do.
  void report_faults(diag::Sink& sink) const;
  /// Where schemas had to be parsed that the cache folder's snapshot lacks, writes one that has them. Fails silently: the next run
  /// does what this one did. The folder is kept below max_folder_bytes; what was used longest ago goes first.
  void keep(taxonomy::DocumentStore& store);

  static constexpr std::uint64_t max_folder_bytes = std::uint64_t{512} << 20;

 private:
  std::shared_ptr<const taxonomy::Snapshot> open(const std::string& path, bool cached, diag::Sink& sink);
  bool is_stale(const taxonomy::Snapshot& snapshot, diag::Sink& sink);
  std::shared_ptr<const taxonomy::Package> given(const taxonomy::PackageIdentity& made_of) const;
  void add_packages_of(const taxonomy::Snapshot& snapshot);
  void open_cached(diag::Sink& sink);

  std::shared_ptr<const taxonomy::PackageSet> packages_;
  std::vector<std::shared_ptr<const taxonomy::Snapshot>> all_;
  std::string cache_folder_, cache_file_;
  std::shared_ptr<const taxonomy::Snapshot> cached_;
  mutable std::mutex mutex_;
  std::set<std::string> parsed_;  // schemas that the cached snapshot does not know
};

/// Makes the cache folder where it is not there. False where nothing can be written to it.
bool open_cache_folder(const std::string& folder);
/// Removes files of the cache folder, those that were used longest ago first, until `needed` more bytes leave it below
/// Snapshots::max_folder_bytes.
void make_room(FileSystem& files, const std::string& folder, std::uint64_t needed);

}  // namespace factpress::validate
