#pragma once
#include <filesystem>
#include <string>

#include "catch.h"

namespace factpress::test {

/// The folder of real releases and suites, or empty where it is absent.
inline std::filesystem::path shared_folder() {
  std::filesystem::path p{FACTPRESS_SHARED};
  return std::filesystem::exists(p / "README.md") ? p : std::filesystem::path{};
}

}  // namespace factpress::test

/// Leaves the test, saying so, where the shared folder is absent.
#define SKIP_WITHOUT_SHARED()                                                                        \
  if (::factpress::test::shared_folder().empty()) {                                                  \
    WARN("skipped: no shared folder at " FACTPRESS_SHARED " (set FACTPRESS_SHARED to run this)"); \
    return;                                                                                          \
  }
