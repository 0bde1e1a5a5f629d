#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace factpress {

/// A file of which parts are read as they are needed. Safe to use from several threads.
class OpenFile {
 public:
  virtual ~OpenFile() = default;
  /// When it was opened.
  virtual std::uint64_t size() const = 0;
  /// The bytes from `offset` on, which stay as long as the file and `scratch`, where they may be put. Fails where they cannot be
  /// read, or are no longer there.
  virtual Result<std::string_view> read(std::uint64_t offset, std::uint64_t size, std::string& scratch) const = 0;
};
/// Bytes in memory as a file.
std::shared_ptr<const OpenFile> memory_file(std::string bytes);

/// The few things the program does with files, so that tests and read-back can do them in memory. Paths use '/'.
/// Implementations are safe to call from several threads.
class FileSystem {
 public:
  virtual ~FileSystem() = default;
  /// The whole file; fails with the reason (missing, a folder, no permission, larger than `limit` bytes).
  virtual Result<std::string> read(const std::string& path, std::size_t limit = std::size_t{1} << 30) const = 0;
  /// The same, for who needs no string.
  virtual Result<Bytes> read_bytes(const std::string& path, std::size_t limit = std::size_t{1} << 30) const;
  /// The file, to be read in parts; fails as read() does.
  virtual Result<std::shared_ptr<const OpenFile>> open(const std::string& path, std::size_t limit = std::size_t{1} << 30) const;
  virtual bool is_file(const std::string& path) const = 0;
  virtual bool is_folder(const std::string& path) const = 0;
  /// Names (not paths) in a folder, sorted.
  virtual Result<std::vector<std::string>> list(const std::string& path) const = 0;
  /// The file appears whole or not at all (temporary neighbour, then rename); parent folders are made.
  virtual Status write(const std::string& path, std::string_view bytes) = 0;
  virtual Status remove(const std::string& path) = 0;
};

/// The machine's own.
std::shared_ptr<FileSystem> real_file_system();

/// Files in memory, by path.
class MemoryFileSystem final : public FileSystem {
 public:
  Result<std::string> read(const std::string& path, std::size_t limit) const override;
  bool is_file(const std::string& path) const override;
  bool is_folder(const std::string& path) const override;
  Result<std::vector<std::string>> list(const std::string& path) const override;
  Status write(const std::string& path, std::string_view bytes) override;
  Status remove(const std::string& path) override;
  /// Not for use while other threads write.
  const std::map<std::string, std::string>& files() const { return files_; }

 private:
  std::map<std::string, std::string> files_;
};

}  // namespace factpress
