#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace factpress::render {

struct ZipEntry {
  std::string name;  ///< path with '/', UTF-8
  std::string_view bytes;
};

/// A ZIP archive (APPNOTE 6.3, deflate) of the entries in the order given. Nothing of the machine goes in: every entry bears
/// the date 1980-01-01, so that the same entries give the same bytes. At most 4 GiB, 65,535 entries.
std::string make_zip(const std::vector<ZipEntry>& entries);

}  // namespace factpress::render
