// Damages releases and reads them: mutation COUNT FOLDER... Never a crash, never a hang, never a fact whose value was not
// printed. Exit code 77 (skipped) where no folder holds a release.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

#include "base/fs.h"
#include "base/text.h"
#include "check_facts.h"
#include "document/decode.h"
#include "mutate.h"

using namespace factpress;

namespace {

struct Release {
  std::string name, bytes;
};

std::vector<Release> load(int argc, char** argv) {
  std::vector<Release> out;
  const auto fs = real_file_system();
  for (int i = 2; i < argc; ++i) {
    const std::string folder = argv[i];
    auto names = fs->list(folder);
    if (!names) continue;
    for (const std::string& name : *names) {
      if (name.find(".htm") == std::string::npos && name.find(".txt") == std::string::npos && name.find(".md") == std::string::npos) continue;
      if (auto bytes = fs->read(folder + "/" + name)) out.push_back({name, std::move(*bytes)});
    }
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const int count = std::atoi(argv[1]);
  const std::vector<Release> releases = load(argc, argv);
  if (releases.empty()) return fmt::print("skipped: no releases found\n"), 77;
  double longest = 0;
  std::size_t facts = 0;
  for (int i = 0; i < count; ++i) {
    test::Random random(static_cast<std::uint64_t>(i) + 1);
    const Release& release = releases[static_cast<std::size_t>(i) % releases.size()];
    std::string what = "as it is";
    std::string bytes = i < static_cast<int>(releases.size()) ? release.bytes : test::mutate(release.bytes, random, what);
    if (i % 3 == 2) bytes = test::mutate(bytes, random, what);
    const auto begin = std::chrono::steady_clock::now();
    diag::Sink sink;
    const SourcePtr source = document::decode(release.name, std::move(bytes), sink);
    if (!source) continue;
    const facts::Reading reading = facts::read_release(source, document::detect_format(*source), sink);
    const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    longest = std::max(longest, took);
    facts += reading.facts.size();
    if (const std::string wrong = test::wrong_fact(reading); !wrong.empty())
      return fmt::print("mutation {} of {} ({}): {}\n", i, release.name, what, wrong), 1;
    if (took > 10) return fmt::print("mutation {} of {} ({}) took {:.1f} s\n", i, release.name, what, took), 1;
  }
  fmt::print("{} mutations of {} releases: {} facts, each printed where it says; the longest took {:.0f} ms\n", count, releases.size(), facts, longest * 1000);
  return 0;
}
