#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "catch.h"

namespace {

namespace stdfs = std::filesystem;

std::string slurp(const stdfs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<std::string> words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

// The rows `| room/ | may include | ... |` of docs/ARCHITECTURE.md. "all above": every room of an earlier row.
std::map<std::string, std::set<std::string>> table() {
  std::map<std::string, std::set<std::string>> rooms;
  std::istringstream in(slurp(stdfs::path(FACTPRESS_SOURCE) / "docs/ARCHITECTURE.md"));
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("| `")) continue;
    const std::size_t slash = line.find("/`");
    if (slash == std::string::npos) continue;
    const std::string room = line.substr(3, slash - 3);
    const std::size_t begin = line.find('|', slash) + 1;
    std::string may = line.substr(begin, line.find('|', begin) - begin);
    std::set<std::string> allowed{room};
    if (may.find("all above") != std::string::npos)
      for (const auto& [earlier, unused] : rooms) allowed.insert(earlier);
    std::replace(may.begin(), may.end(), ',', ' ');
    for (const std::string& word : words(may)) allowed.insert(word);
    if (room != "base") allowed.insert("base");
    if (room != "base" && room != "diag") allowed.insert("diag");
    rooms[room] = allowed;
  }
  return rooms;
}

// A room may use what the rooms it includes may use: the flow is one-way, so this closes without cycles.
std::map<std::string, std::set<std::string>> closure(std::map<std::string, std::set<std::string>> rooms) {
  for (bool changed = true; changed;) {
    changed = false;
    for (auto& [room, allowed] : rooms)
      for (const std::string& below : std::set<std::string>(allowed))
        for (const std::string& further : rooms[below]) changed |= allowed.insert(further).second;
  }
  return rooms;
}

std::vector<stdfs::path> sources() {
  std::vector<stdfs::path> files;
  for (const auto& entry : stdfs::recursive_directory_iterator(stdfs::path(FACTPRESS_SOURCE) / "src"))
    if (entry.path().extension() == ".h" || entry.path().extension() == ".cpp") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_CASE("architecture: no include goes against the flow") {
  const auto rooms = closure(table());
  REQUIRE(rooms.size() >= 16);
  const stdfs::path root = stdfs::path(FACTPRESS_SOURCE) / "src";
  for (const stdfs::path& file : sources()) {
    const std::string room = (*stdfs::relative(file, root).begin()).string();
    INFO(file.string());
    REQUIRE(rooms.count(room) == 1);
    std::istringstream in(slurp(file));
    for (std::string line; std::getline(in, line);) {
      if (!line.starts_with("#include \"")) continue;
      const std::string target = line.substr(10, line.find('/') == std::string::npos ? 0 : line.find('/') - 10);
      if (rooms.count(target) == 0) continue;  // generated headers, outside libraries
      INFO(line);
      CHECK(rooms.at(room).count(target) == 1);
    }
  }
}

TEST_CASE("architecture: the rooms form no cycle") {
  const auto rooms = closure(table());
  for (const auto& [room, allowed] : rooms)
    for (const std::string& other : allowed)
      if (other != room && rooms.count(other)) {
        INFO(room << " and " << other);
        CHECK(rooms.at(other).count(room) == 0);
      }
}

TEST_CASE("architecture: outside libraries stay in their rooms") {
  const std::map<std::string, std::string> owners = {{"gumbo.h", "document"}, {"CLI/CLI.hpp", "cli"}, {"iostream", "cli"}};
  const stdfs::path root = stdfs::path(FACTPRESS_SOURCE) / "src";
  for (const stdfs::path& file : sources()) {
    const std::string room = (*stdfs::relative(file, root).begin()).string();
    const std::string text = slurp(file);
    for (const auto& [header, owner] : owners)
      if (text.find("#include <" + header + ">") != std::string::npos) {
        INFO(file.string() << " includes " << header);
        CHECK(room == owner);
      }
  }
}

TEST_CASE("architecture: files stay small enough to read") {
  for (const stdfs::path& file : sources()) {
    const std::string text = slurp(file);
    INFO(file.string());
    CHECK(std::count(text.begin(), text.end(), '\n') <= 750);
  }
}
