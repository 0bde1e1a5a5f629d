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
    if (std::getenv("FACTPRESS_UPDATE_CASES")) std::ofstream(path, std::ios::binary) << "format: " << c.format << (c.dimensions ? ", dimensions" : "") << "\n" << c.input << "---\n" << factpress::test::read_case(c);
    CHECK(factpress::test::read_case(c) == c.expected);
  }
}

TEST_CASE("the user's word for the scale holds where the release tells none, and there alone") {
  const std::string head = "<p>Example Corp reports results for the quarter ended March 31, 2020</p>";
  const auto table = [](const char* title) {
    return std::string("<p>") + title +
           "</p><table><tr><td></td><td>March 31, 2020</td><td>December 31, 2019</td></tr><tr><td>Cash</td><td>$1,310</td><td>$1,250</td></tr><tr><td>Total assets</td><td>$9,417</td><td>$9,333</td></tr></table>";
  };
  const auto first_value = [](const std::string& text, std::optional<int> scale, bool& filable) {
    factpress::facts::GivenIdentity given;
    given.scale = scale;
    factpress::diag::Sink sink;
    const auto source = factpress::document::decode("case.htm", text, sink);
    const auto reading = factpress::facts::read_release(source, factpress::document::Format::html, sink, given);
    REQUIRE(reading.facts.size() == 4);
    filable = reading.facts[0].filable;
    return reading.facts[0].value.to_string();
  };
  bool filable = false;
  CHECK(first_value(head + table("Balance sheets"), std::nullopt, filable) == "1310");
  CHECK_FALSE(filable);
  CHECK(first_value(head + table("Balance sheets"), 3, filable) == "1310000");
  CHECK(filable);
  CHECK(first_value(head + table("Balance sheets"), 0, filable) == "1310");
  CHECK(filable);
  CHECK(first_value(head + table("Balance sheets (in millions)"), 3, filable) == "1310000000");
  CHECK(filable);
}
