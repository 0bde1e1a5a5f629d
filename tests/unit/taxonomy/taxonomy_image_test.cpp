#include <cstdlib>
#include <fstream>
#include <random>
#include <sstream>

#include "../../support/kept_links.h"
#include "catch.h"
#include "taxonomy/strings.h"

// What is kept of the links of a set, and what is refused of it.
namespace {
using namespace factpress;
using taxonomy::ByteReader;
using taxonomy::ByteWriter;
using taxonomy::StringTable;

// The table that is read of these, or nothing.
bool reads(const std::string& bytes, const std::vector<std::uint32_t>& ends, const std::vector<std::uint32_t>& slots) {
  ByteWriter out;
  out.text(bytes);
  out.table(std::span<const std::uint32_t>(ends));
  out.table(std::span<const std::uint32_t>(slots));
  ByteReader in(out.bytes());
  StringTable table;
  return table.read(in, nullptr);
}

}  // namespace

TEST_CASE("a table of strings is read as it was written") {
  StringTable table;
  const auto a = table.intern("alpha"), empty = table.intern(""), long_one = table.append(std::string(1000, 'x'));
  for (int i = 0; i < 200; ++i) table.intern("s" + std::to_string(i));
  ByteWriter out;
  table.write(out);
  ByteReader in(out.bytes());
  const bool owned = GENERATE(false, true);  // the bytes are copied, or used where they are
  StringTable again;
  REQUIRE(again.read(in, owned ? std::make_shared<int>() : nullptr));
  CHECK((out.bytes().find("alpha") == static_cast<std::size_t>(again.get(a).data() - out.bytes().data())) == owned);
  CHECK(again.size() == table.size());
  CHECK(again.find("alpha") == a);
  CHECK(again.find("") == empty);
  CHECK(again.find("s199") == table.find("s199"));
  CHECK(again.get(long_one).size() == 1000);
  CHECK(again.find(std::string(1000, 'x')) == taxonomy::no_id);
  CHECK(again.find("beta") == taxonomy::no_id);
  CHECK(again.intern("beta") == table.size());  // goes on as if it had never been away
  CHECK(again.intern("alpha") == a);
}

TEST_CASE("a table of strings that contradicts itself is refused") {
  CHECK(reads("ab", {0, 1, 2}, {1, 0, 2, 0}));
  CHECK_FALSE(reads("ab", {}, {}));
  CHECK_FALSE(reads("ab", {1, 2}, {0, 0}));           // begins behind something
  CHECK_FALSE(reads("ab", {0, 2, 1, 2}, {0, 0}));     // backwards
  CHECK_FALSE(reads("ab", {0, 1}, {0, 0}));           // ends before the end
  CHECK_FALSE(reads("ab", {0, 3}, {0, 0}));           // or beyond
  CHECK_FALSE(reads("ab", {0, 1, 2}, {1, 2}));        // no free slot: a search would not end
  CHECK_FALSE(reads("ab", {0, 1, 2}, {1, 0, 0}));     // no power of two
  CHECK_FALSE(reads("ab", {0, 1, 2}, {3, 0, 0, 0}));  // no such string
}

TEST_CASE("links that are cut off or not those of these concepts are refused") {
  const kept_links::Set set;
  const std::string good = set.links();
  REQUIRE(set.use(good));
  for (std::size_t size = 0; size < good.size(); ++size) {
    INFO(size);
    CHECK_FALSE(set.use(good.substr(0, size)));
  }
  std::string other = good;
  other[4 + 4] = static_cast<char>(other[4 + 4] + 1);  // how many concepts the first document has
  CHECK_FALSE(set.use(other));
}

TEST_CASE("links that were made to do harm do none") {
  const kept_links::Set set;
  const std::string good = set.links();
  std::mt19937 random(20240302);
  std::size_t used = 0, refused = 0;
  for (int i = 0; i < 3000; ++i) {
    std::string bad = good;
    for (std::size_t n = 1 + random() % 4; n > 0; --n) {
      char& byte = bad[random() % bad.size()];
      byte = static_cast<char>(random() % 3 == 0 ? 0xFF : random() % 2 ? random() : byte + 1);
    }
    set.use(bad) ? ++used : ++refused;
  }
  CHECK(used > 100);
  CHECK(refused > 1000);
}

// FACTPRESS_UPDATE_SEEDS=1 writes it anew.
TEST_CASE("the links that fuzzing begins with are of this layout") {
  const std::string path = FACTPRESS_SOURCE "/tests/fuzz/seeds/kept/links.fpl";
  const kept_links::Set set;
  if (std::getenv("FACTPRESS_UPDATE_SEEDS")) std::ofstream(path, std::ios::binary) << set.links();
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  CHECK(bytes.str() == set.links());
}
