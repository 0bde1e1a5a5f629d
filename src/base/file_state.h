#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace factpress {

/// What tells cheaply that a file of the machine's own file system has changed.
struct FileState {
  std::uint64_t size = 0;
  std::uint64_t modified = 0;  ///< nanoseconds of the clock of the file system
  /// Nothing where there is no regular file.
  static std::optional<FileState> of(const std::string& path);
  friend bool operator==(const FileState&, const FileState&) = default;
};

}  // namespace factpress
