#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "taxonomy/load.h"
#include "taxonomy/package.h"
#include "taxonomy/snapshot/snapshot.h"

namespace factpress::validate {

/// Where the discovery of a taxonomy set begins (see load_dts).
struct Entries {
  std::vector<std::string> names, hints;
};

/// Taxonomy sets that an earlier run of this very program loaded, checked and found nothing in: to check the same documents again
/// would find nothing again, and their linkbases need not be read again. Each is a file in the cache folder that holds
///  - what it depends on: the program's build, the content of packages and snapshots, the entry points, the documents in their order,
///    and the whole bytes of each that is in no package. A set is known only where all this is as it was, byte for byte;
///  - what loading made of its links (taxonomy/snapshot/taxonomy_image.h), under a checksum. Nothing in it is believed beside that: a
///    number that leads nowhere makes the set unknown and no more.
/// What is damaged, cut off or of another build makes a set unknown, and it is kept anew. A snapshot may hold sets in the same form, of the
/// packages that it was made of; they are asked first. Safe to use from several threads.
class CheckedSets {
 public:
  /// An empty folder: nothing is kept, nor known but what a snapshot holds. So it is where there is neither a package nor a snapshot, and where a package
  /// is no archive.
  CheckedSets(std::string folder, const taxonomy::PackageSet& packages, std::span<const std::shared_ptr<const taxonomy::Snapshot>> snapshots = {});
  /// Knows nothing and notes sets as a snapshot is to hold them.
  struct ForSnapshot {};
  explicit CheckedSets(ForSnapshot);

  /// The set that begins there as it was found in order before, its documents asked of `store`, which must live as long; null where
  /// it is not known.
  std::unique_ptr<taxonomy::LoadedDts> load(const Entries& entries, taxonomy::DocumentStore& store) const;
  /// Notes that loading a set and its rules found nothing.
  void note(const Entries& entries, const taxonomy::LoadedDts& dts);
  /// Writes what was noted. Fails silently: it is found out again.
  void keep();
  /// Gives what was noted in place of writing it, in a stable order.
  std::vector<std::string> take();

  /// Sets that take more than this are not kept, nor more than this of one run.
  static constexpr std::size_t max_bytes = std::size_t{32} << 20;

 private:
  std::string file_of(std::string_view depends_on) const;

  std::string folder_;
  std::string head_;  // what all sets of the run depend on; of one without, nothing is noted
  std::shared_ptr<const taxonomy::Snapshot> snapshot_;  // whose sets are asked first
  std::mutex mutex_;
  std::map<std::string, std::string> noted_;  // by file
  std::size_t noted_bytes_ = 0;
};

}  // namespace factpress::validate
