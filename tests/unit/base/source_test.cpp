#include "base/source.h"

#include <algorithm>

#include "catch.h"

using namespace factpress;

namespace {

LineColumn by_counting(const std::string& bytes, std::uint32_t offset) {
  LineColumn at;
  for (std::uint32_t i = 0; i < offset && i < bytes.size(); ++i) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    if (c == '\n')
      ++at.line, at.column = 1;
    else if ((c & 0xC0) != 0x80)
      ++at.column;
  }
  return at;
}

}  // namespace

TEST_CASE("places are found wherever line ends and long characters stand", "[source]") {
  std::string bytes;
  for (std::size_t i = 0; i < 1500; ++i) {
    bytes += i % 7 == 0 ? "\xC3\xA9" : i % 11 == 0 ? "\xF0\x9F\x98\x80" : "x";
    if (i * i % 53 == 0) bytes += '\n';
  }
  bytes += std::string(700, 'y') + "\n\n\n" + std::string(15, '\n') + std::string(17, '\n') + "end";
  for (std::size_t cut = 0; cut < 40; ++cut) {  // so that every end falls on every place of a block
    const std::string text = bytes.substr(cut);
    const Source source("s", text);
    for (std::uint32_t i = 0; i <= text.size(); ++i) {
      const auto b = i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
      if ((b & 0xC0) == 0x80 || (i + cut * 7) % 13 != 0) continue;
      const LineColumn is = source.locate(i), should = by_counting(text, i);
      if (is.line != should.line || is.column != should.column) {
        INFO("cut " << cut << ", offset " << i);
        CHECK(is.line == should.line);
        CHECK(is.column == should.column);
      }
    }
  }
}

TEST_CASE("a text without line ends and an empty one have one line", "[source]") {
  const Source one("s", "abc"), none("s", "");
  CHECK(one.locate(3).line == 1);
  CHECK(one.locate(3).column == 4);
  CHECK(one.line_at(1) == "abc");
  CHECK(none.locate(5).line == 1);
  CHECK(none.line_at(0).empty());
}

TEST_CASE("columns of a line of any length count characters", "[source]") {
  std::string bytes = "first\n";
  for (std::size_t i = 0; i < 9000; ++i) bytes += i % 5 == 0 ? "\xC3\xA9" : "x";
  bytes += "\nlast";
  const Source source("s", bytes);
  for (std::uint32_t i = 6; i < bytes.size(); i += 97) {
    if ((static_cast<unsigned char>(bytes[i]) & 0xC0) == 0x80) continue;
    const LineColumn is = source.locate(i), should = by_counting(bytes, i);
    INFO(i);
    CHECK(is.line == should.line);
    CHECK(is.column == should.column);
  }
}

TEST_CASE("bytes are those of a string or of memory of their own, and are moved whole", "[source]") {
  Bytes text(std::string("abc")), memory = Bytes::unset(5);
  std::copy_n("defgh", 5, memory.data());
  CHECK(text.view() == "abc");
  CHECK(memory.to_string() == "defgh");
  text.cut(2), memory.cut(3);
  CHECK(text.view() == "ab");
  CHECK(memory.view() == "def");
  Bytes moved = std::move(memory);
  CHECK(moved.view() == "def");
  CHECK(memory.size() == 0);  // NOLINT: that is what is asked
  moved = std::move(text);
  CHECK(moved.view() == "ab");
  CHECK(Source("s", std::move(moved)).bytes() == "ab");
}
