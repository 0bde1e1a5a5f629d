// Makes a dictionary's block of bytes from schemas/concepts while the program is built.
//   compile_concepts SCHEMAS us-gaap|ifrs OUT
#include <cstdio>
#include <fstream>
#include <sstream>
#include <utility>

#include "mapping/compile.h"

namespace {

std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return std::fprintf(stderr, "usage: compile_concepts SCHEMAS us-gaap|ifrs OUT\n"), 2;
  const std::string base = std::string(argv[1]) + "/" + argv[2], profile = argv[2];
  const auto filers = [&](const char* which) { return std::pair(read(base + which + "-labels.tsv"), read(base + which + "-pairs.tsv")); };
  const std::string concepts = read(base + ".tsv"), calculations = read(base + "-calculations.tsv");
  const auto learned = filers(""), later = filers("-later"), earlier = filers("-earlier");
  const std::string synonyms = read(base + "-synonyms.tsv"), succession = read(base + "-succession.tsv");
  const std::string calls = read(std::string(argv[1]) + "/us-gaap-calls.tsv");  // words call for words alike in every profile
  const std::string model = read(std::string(argv[1]) + "/ranker.tsv");  // its evidence is of the same kinds in every profile
  const auto bytes = factpress::mapping::compile_dictionary({.concepts = concepts,
                                                             .filers = {learned.first, learned.second},
                                                             .later = {later.first, later.second},
                                                             .earlier = {earlier.first, earlier.second},
                                                             .calls = calls,
                                                             .calculations = calculations,
                                                             .synonyms = synonyms,
                                                             .succession = succession,
                                                             .model = model,
                                                             .prefix = profile == "ifrs" ? "ifrs-full" : "us-gaap"});
  if (!bytes) return std::fprintf(stderr, "%s: %s\n", base.c_str(), bytes.error().c_str()), 1;
  std::ofstream out(argv[3], std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes->data()), static_cast<std::streamsize>(bytes->size() * 8));
  return out.good() ? 0 : 1;
}
