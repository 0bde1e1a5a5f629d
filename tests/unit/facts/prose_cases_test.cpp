#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "catch.h"
#include "prose_case.h"

using namespace factpress;

// Every file of tests/cases/prose. FACTPRESS_UPDATE=1 writes what was found instead of comparing; look at the difference by eye.
TEST_CASE("prose: golden cases", "[prose]") {
  const std::filesystem::path folder = std::filesystem::path(FACTPRESS_SOURCE) / "tests/cases/prose";
  std::size_t cases = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".case") continue;
    ++cases;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    in.close();
    const test::ProseCase c = test::read_prose_case(bytes);
    const std::string found = test::run_prose_case(c);
    if (std::getenv("FACTPRESS_UPDATE")) {
      std::ofstream(entry.path(), std::ios::binary) << c.head << "---\n" << found;
      continue;
    }
    INFO(entry.path().filename().string());
    CHECK(found == c.expected);
  }
  CHECK(cases >= 150);
}
