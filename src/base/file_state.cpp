#include "base/file_state.h"

#include <sys/stat.h>

namespace factpress {

std::optional<FileState> FileState::of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  const auto seconds = static_cast<std::uint64_t>(status.st_mtim.tv_sec);
  return FileState{static_cast<std::uint64_t>(status.st_size), seconds * 1'000'000'000u + static_cast<std::uint64_t>(status.st_mtim.tv_nsec)};
}

}  // namespace factpress
