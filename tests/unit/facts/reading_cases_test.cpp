#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "catch.h"
#include "reading_case.h"

TEST_CASE("golden cases of reading tables") {
  std::vector<std::filesystem::path> cases;
  for (const auto& entry : std::filesystem::directory_iterator(FACTPRESS_SOURCE "/tests/cases/reading"))
    if (entry.path().extension() == ".case") cases.push_back(entry.path());
  std::sort(cases.begin(), cases.end());
  REQUIRE(cases.size() >= 15);
  for (const auto& path : cases) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    const auto c = factpress::test::split_case(text.str());
    INFO(path.filename().string());
    if (std::getenv("FACTPRESS_UPDATE_CASES")) std::ofstream(path, std::ios::binary) << "format: " << c.format << "\n" << c.input << "---\n" << factpress::test::read_case(c);
    CHECK(factpress::test::read_case(c) == c.expected);
  }
}
