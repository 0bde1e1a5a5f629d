#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "catch.h"
#include "diag/code.h"

namespace {

namespace stdfs = std::filesystem;
using namespace factpress;

std::string slurp(const stdfs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string all_text(const stdfs::path& folder, const std::set<std::string>& endings) {
  std::string out;
  for (const auto& entry : stdfs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && (endings.empty() || endings.contains(entry.path().extension().string()))) out += slurp(entry.path()) + "\n";
  return out;
}

struct Row {
  std::string identifier, code;
};

// The rows as they stand in src/diag/codes/*.def: the identifier is not in the compiled catalog.
std::vector<Row> rows() {
  std::vector<Row> out;
  const std::string text = all_text(stdfs::path(FACTPRESS_SOURCE) / "src/diag/codes", {".def"});
  for (std::size_t at = text.find("\nFP_CODE("); at != std::string::npos; at = text.find("\nFP_CODE(", at + 1)) {
    const std::size_t begin = at + 9, comma = text.find(',', begin), quote = text.find('"', comma) + 1;
    out.push_back({text.substr(begin, comma - begin), text.substr(quote, text.find('"', quote) - quote)});
  }
  return out;
}

bool holds_word(const std::string& text, const std::string& word) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const char after = at + word.size() < text.size() ? text[at + word.size()] : ' ';
    if (!std::isalnum(static_cast<unsigned char>(after)) && after != '_') return true;
  }
  return false;
}

}  // namespace

TEST_CASE("catalog: every code has a page that says what, why and what to do") {
  const auto all = diag::catalog();
  REQUIRE(all.size() == rows().size());
  std::set<std::string_view> seen;
  for (const diag::CodeInfo* row : all) {
    INFO(row->code);
    CHECK(seen.insert(row->code).second);
    CHECK(row->title.size() > 8);
    CHECK(row->title.back() != '.');
    CHECK(row->why.size() > 20);
    CHECK(row->remedy.size() > 10);
    CHECK(diag::find_code(row->code) == row);
  }
}

TEST_CASE("catalog: every code has an emitter") {
  std::string text;
  for (const auto& entry : stdfs::recursive_directory_iterator(stdfs::path(FACTPRESS_SOURCE) / "src"))
    if (entry.path().extension() == ".cpp" || entry.path().extension() == ".h") text += slurp(entry.path());
  for (const Row& row : rows()) {
    INFO(row.code << " (" << row.identifier << ")");
    CHECK(holds_word(text, row.identifier));
  }
}

TEST_CASE("catalog: every code has a case that makes it fire") {
  const stdfs::path tests = stdfs::path(FACTPRESS_SOURCE) / "tests";
  const std::string text = all_text(tests, {});
  for (const Row& row : rows()) {
    INFO(row.code << " (" << row.identifier << ")");
    CHECK((holds_word(text, row.code) || holds_word(text, row.identifier)));
  }
}
