#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/fs.h"
#include "catch.h"

using namespace factpress;

namespace {

class Folder {
 public:
  Folder() : path_((std::filesystem::temp_directory_path() / "factpress-open-XXXXXX").string()) { REQUIRE(mkdtemp(path_.data())); }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file(const std::string& bytes) const {
    std::ofstream(path_ + "/f", std::ios::binary) << bytes;
    return path_ + "/f";
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

TEST_CASE("parts of an open file are its bytes", "[files]") {
  const Folder folder;
  const std::string bytes = "0123456789";
  for (const auto& file : {*real_file_system()->open(folder.file(bytes)), memory_file(bytes)}) {
    REQUIRE(file->size() == 10);
    std::string scratch;
    for (std::uint64_t at = 0; at <= 10; ++at)
      for (std::uint64_t size = 0; size <= 10 - at; ++size) CHECK(*file->read(at, size, scratch) == bytes.substr(at, size));
  }
}

TEST_CASE("nothing beyond the end of an open file is read", "[files]") {
  const Folder folder;
  for (const auto& file : {*real_file_system()->open(folder.file("0123456789")), memory_file("0123456789")}) {
    std::string scratch;
    CHECK_FALSE(file->read(11, 0, scratch));
    CHECK_FALSE(file->read(5, 6, scratch));
    CHECK_FALSE(file->read(~std::uint64_t{0}, 2, scratch));
    CHECK_FALSE(file->read(2, ~std::uint64_t{0}, scratch));
  }
}

TEST_CASE("a file that is cut off while it is open fails", "[files]") {
  const Folder folder;
  const std::string path = folder.file(std::string(100'000, 'x'));
  const auto file = real_file_system()->open(path);
  REQUIRE(file);
  REQUIRE(::truncate(path.c_str(), 50'000) == 0);
  std::string scratch;
  CHECK((*file)->read(0, 50'000, scratch));
  const auto beyond = (*file)->read(40'000, 20'000, scratch);
  REQUIRE_FALSE(beyond);
  CHECK(beyond.error().find("cut off") != std::string::npos);
}

TEST_CASE("what is no file or too large is not opened", "[files]") {
  const Folder folder;
  const auto files = real_file_system();
  CHECK_FALSE(files->open(folder.path() + "/none"));
  CHECK_FALSE(files->open(folder.path()));
  CHECK_FALSE(files->open(folder.file("12345"), 4));
  CHECK(files->open(folder.file("12345"), 5));
  MemoryFileSystem memory;
  (void)memory.write("a", "12345");
  CHECK_FALSE(memory.open("b"));
  CHECK_FALSE(memory.open("a", 4));
  CHECK((*memory.open("a"))->size() == 5);
}

TEST_CASE("a file is read whole, as a string and as bytes, up to its limit", "[files]") {
  const Folder folder;
  const auto files = real_file_system();
  for (const std::size_t size : {0u, 1u, 4096u, 70'000u}) {
    std::string bytes(size, 'x');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 7);
    const std::string path = folder.file(bytes);
    CHECK(*files->read(path) == bytes);
    CHECK(files->read_bytes(path)->view() == bytes);
    CHECK(files->read_bytes(path, size)->view() == bytes);
    if (size > 0) CHECK_FALSE(files->read_bytes(path, size - 1));
  }
  CHECK_FALSE(files->read_bytes(folder.path()));
  CHECK_FALSE(files->read_bytes(folder.path() + "/none"));
  if (std::filesystem::exists("/proc/self/stat")) CHECK(files->read_bytes("/proc/self/stat")->size() > 0);  // whose size is told as 0
  MemoryFileSystem memory;
  REQUIRE(memory.write("a", "in memory"));
  CHECK(memory.read_bytes("a")->view() == "in memory");
  CHECK_FALSE(memory.read_bytes("b"));
}
