#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/fs.h"
#include "base/result.h"

namespace factpress::taxonomy {

/// A zip archive (PKWARE APPNOTE: stored and deflated entries, Zip64). Immutable: entries may be read from several
/// threads at once, each from its place in the file. Nothing in the archive is trusted: every offset is checked against its size.
class ZipArchive {
 public:
  struct Limits {
    std::size_t entries = 200'000;
    std::uint64_t entry_bytes = std::uint64_t{256} << 20;  ///< of one entry, inflated
    std::uint64_t ratio = 200;                             ///< inflated to packed, for entries over a megabyte
  };
  struct Entry {
    std::string_view name;  ///< as it stands in the archive
    std::uint64_t packed = 0, size = 0, offset = 0;
    std::uint32_t crc = 0;
    std::uint16_t method = 0, flags = 0;
    bool is_folder() const { return !name.empty() && name.back() == '/'; }
  };

  /// Reads the directory of the archive; fails with the reason.
  static Result<ZipArchive> open(std::shared_ptr<const OpenFile> file, const Limits& limits);
  static Result<ZipArchive> open(std::string bytes, const Limits& limits) { return open(memory_file(std::move(bytes)), limits); }
  /// In the order of the directory.
  const std::vector<Entry>& entries() const { return entries_; }
  /// Inflates one entry and checks its size and CRC.
  Result<Bytes> read(const Entry& entry) const;

  ZipArchive(ZipArchive&&) = default;
  ZipArchive& operator=(ZipArchive&&) = default;

 private:
  ZipArchive() = default;
  std::shared_ptr<const OpenFile> file_;
  std::shared_ptr<const std::string> directory_;  // which names point into, unless the file has it in memory
  std::vector<Entry> entries_;
  Limits limits_;
};

}  // namespace factpress::taxonomy
