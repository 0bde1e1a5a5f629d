#include <zlib.h>

#include "catch.h"
#include "render/sha256.h"
#include "render/zip.h"

using namespace factpress::render;

namespace {

std::uint32_t number(std::string_view s, std::size_t at, int bytes) {
  std::uint32_t n = 0;
  for (int i = bytes; i-- > 0;) n = n << 8 | static_cast<unsigned char>(s[at + static_cast<std::size_t>(i)]);
  return n;
}

/// The bytes of an entry, found through the central directory.
std::string unzip(std::string_view zip, std::string_view wanted) {
  const std::size_t end = zip.rfind("PK\x05\x06");
  REQUIRE(end != std::string_view::npos);
  std::size_t at = number(zip, end + 16, 4);
  for (std::uint32_t left = number(zip, end + 10, 2); left > 0; --left) {
    REQUIRE(number(zip, at, 4) == 0x02014b50);
    const std::size_t name_size = number(zip, at + 28, 2);
    if (zip.substr(at + 46, name_size) == wanted) {
      const std::size_t local = number(zip, at + 42, 4);
      const std::size_t data = local + 30 + number(zip, local + 26, 2);
      const std::string_view packed = zip.substr(data, number(zip, at + 20, 4));
      if (number(zip, at + 10, 2) == 0) return std::string(packed);
      std::string out(number(zip, at + 24, 4), '\0');
      z_stream s{};
      inflateInit2(&s, -MAX_WBITS);
      s.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
      s.avail_in = static_cast<uInt>(packed.size());
      s.next_out = reinterpret_cast<Bytef*>(out.data());
      s.avail_out = static_cast<uInt>(out.size());
      CHECK(inflate(&s, Z_FINISH) == Z_STREAM_END);
      inflateEnd(&s);
      CHECK(crc32(0, reinterpret_cast<const Bytef*>(out.data()), static_cast<uInt>(out.size())) == number(zip, at + 16, 4));
      return out;
    }
    at += 46 + name_size + number(zip, at + 30, 2) + number(zip, at + 32, 2);
  }
  return "absent";
}

}  // namespace

TEST_CASE("an archive gives back what went in, and the same bytes every time") {
  const std::string large(100000, 'x');
  const std::vector<ZipEntry> entries = {{"top/a.txt", "alpha"}, {"top/b.txt", large}, {"top/empty", ""}};
  const std::string zip = make_zip(entries);
  CHECK(unzip(zip, "top/a.txt") == "alpha");
  CHECK(unzip(zip, "top/b.txt") == large);
  CHECK(unzip(zip, "top/empty").empty());
  CHECK(unzip(zip, "top/c") == "absent");
  CHECK(zip.size() < 1000);
  CHECK(zip == make_zip(entries));
}

TEST_CASE("SHA-256") {
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256(std::string(1000000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  CHECK(sha256(std::string(56, 'b')) != sha256(std::string(55, 'b')));
}
