#include "base/text.h"

#include <string>

#include "catch.h"

using namespace factpress;

TEST_CASE("small letters are made of ASCII capitals alone, wherever they stand", "[base][text]") {
  for (int c = 0; c < 256; ++c) {
    const char one = static_cast<char>(c);
    for (std::size_t size = 1; size < 20; ++size)
      for (std::size_t at = 0; at < size; ++at) {
        std::string text(size, '\xC3'), expected = text;  // between bytes that are no letters
        text[at] = one;
        expected[at] = one >= 'A' && one <= 'Z' ? static_cast<char>(one + 32) : one;
        REQUIRE(lower(text) == expected);
      }
  }
  CHECK(lower("") == "");
  CHECK(lower("Net SALES of \xC3\x89lan, Z[@`{AZ") == "net sales of \xC3\x89lan, z[@`{az");
}
