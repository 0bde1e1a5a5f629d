#pragma once
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "catch.h"

namespace factpress::test {

/// Files of tests/cases/TOPIC, at least `least` of them: a small release, a line of three dashes, what `said_of` says of the release.
/// FACTPRESS_UPDATE_CASES=1 writes what the program says, to be read before it is committed.
template <class SaidOf>
void check_golden_cases(const char* topic, std::size_t least, SaidOf said_of) {
  const std::filesystem::path folder = std::filesystem::path(FACTPRESS_SOURCE) / "tests" / "cases" / topic;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  CHECK(files.size() >= least);
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const std::size_t cut = text.rfind("\n---\n");
    INFO(file.filename().string());
    REQUIRE(cut != std::string::npos);
    const std::string release = text.substr(0, cut + 1), said = said_of(release);
    if (std::getenv("FACTPRESS_UPDATE_CASES")) std::ofstream(file, std::ios::binary) << release << "---\n" << said;
    else CHECK(said == text.substr(cut + 5));
  }
}

}  // namespace factpress::test
