#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace factpress {

/// A file of the machine's own file system, mapped into memory to be read: only the pages that are looked at are loaded. Who
/// replaces the file (by renaming another onto it) leaves the mapping as it was; it must not be cut off in place meanwhile.
class MappedFile {
 public:
  static Result<std::shared_ptr<const MappedFile>> open(const std::string& path);
  ~MappedFile();
  std::string_view bytes() const { return bytes_; }

  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

 private:
  MappedFile() = default;
  std::string_view bytes_;
};

}  // namespace factpress
