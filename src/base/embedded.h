#pragma once
#include <string_view>

namespace factpress::embedded {

/// A file of the source tree that was built into the program; lives as long as the program.
struct File {
  std::string_view path;  ///< relative to the folder it was embedded from, with '/'
  std::string_view bytes;
};

}  // namespace factpress::embedded
