// Loading and validating a filing, beside the least that it could cost: the time that pugixml alone takes to parse, from memory,
// the files that are read for it.
//   validate_limits [-n RUNS] FACTPRESS [FILING PACKAGE]...
// FACTPRESS is the program; without filings those of the shared folder are taken. Each row is a whole process, from its start to
// its end with everything it prints thrown away: processor time (what the kernel charged) and wall time as medians of the runs,
// the highest peak of memory, and the processor time as a multiple of pugixml's. "cold" parses the package (--no-cache), "kept" has
// what an earlier run left in the cache folder, "snapshot" has the compiled package alone (--snapshot), "report" one that was compiled with
// the filing's own taxonomy (--report); these two without the cache folder.
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <pugixml.hpp>

#include "base/fs.h"
#include "run_process.h"
#include "taxonomy/load.h"
#include "taxonomy/package_source.h"
#include "taxonomy/uri.h"

namespace {

using namespace factpress;

using bench::Cost;

struct Filing {
  std::string path, package;
};

Cost run_once(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& a : command) arguments.push_back(const_cast<char*>(a.c_str()));
  arguments.push_back(nullptr);
  return bench::run_once(arguments.data());
}

template <class T>
T median(std::vector<T> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

Cost run(const std::vector<std::string>& command, std::size_t runs) {
  std::vector<double> cpu, wall;
  Cost out;
  (void)run_once(command);  // warms the page cache, and leaves what later runs use
  for (std::size_t n = 0; n < runs; ++n) {
    const Cost c = run_once(command);
    cpu.push_back(c.cpu_ms), wall.push_back(c.wall_ms);
    out.memory_mb = std::max(out.memory_mb, c.memory_mb);
    out.status = std::max(out.status, c.status);
  }
  out.cpu_ms = median(cpu), out.wall_ms = median(wall);
  return out;
}

/// Notes what a source gives away.
class Recorder final : public taxonomy::DocumentSource {
 public:
  Recorder(std::unique_ptr<taxonomy::DocumentSource> from, std::map<std::string, std::string>& files)
      : from_(std::move(from)), files_(files) {}
  std::optional<Result<Bytes>> read(const std::string& name) const override {
    auto bytes = from_->read(name);
    if (bytes && *bytes) files_[name] = (*bytes)->to_string();
    return bytes;
  }

 private:
  std::unique_ptr<taxonomy::DocumentSource> from_;
  std::map<std::string, std::string>& files_;
};

/// The files of the filing's DTS, the built-in schemas and the filing itself, by name.
std::map<std::string, std::string> files_of(const Filing& filing) {
  std::map<std::string, std::string> files;
  const auto disk = real_file_system();
  diag::Sink sink;
  std::vector<std::unique_ptr<taxonomy::DocumentSource>> sources;
  sources.push_back(std::make_unique<Recorder>(taxonomy::package_source(disk, {filing.package}, sink), files));
  sources.push_back(std::make_unique<Recorder>(taxonomy::core_schema_source(), files));
  sources.push_back(std::make_unique<Recorder>(taxonomy::file_source(disk), files));
  taxonomy::DocumentStore store(std::move(sources));
  const std::string name = taxonomy::normal_name(filing.path);
  const auto instance = store.open(name);
  if (!instance->xml) return {};
  std::vector<std::string> entries;
  for (const auto e : instance->xml->root().elements()) {
    if (!e.is(xml::ns::link, "schemaRef") && !e.is(xml::ns::link, "linkbaseRef")) continue;
    const auto href = e.attribute(xml::ns::xlink, "href");
    if (href) entries.push_back(taxonomy::resolve(name, taxonomy::split_fragment(href.value()).document));
  }
  taxonomy::load_dts(store, entries, {}, sink);
  return files;
}

double processor_ms() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
}

/// The processor time to parse them all, every tree kept to the end.
double parse_all(const std::map<std::string, std::string>& files, std::size_t runs) {
  std::vector<double> times;
  for (std::size_t n = 0; n < runs + 1; ++n) {
    std::vector<pugi::xml_document> documents(files.size());
    std::size_t i = 0;
    const double begin = processor_ms();
    for (const auto& [name, bytes] : files) {
      if (!documents[i++].load_buffer(bytes.data(), bytes.size())) std::fprintf(stderr, "pugixml refuses %s\n", name.c_str());
    }
    if (n > 0) times.push_back(processor_ms() - begin);
  }
  return median(times);
}

void show(const char* what, const Cost& c, double parse_ms) {
  std::printf("  %-10s %8.2f ms %8.2f ms wall %8.1f MB %6.1f x", what, c.cpu_ms, c.wall_ms, c.memory_mb, c.cpu_ms / parse_ms);
  if (c.status > 1) std::printf("   (exit code %d)", c.status);
  std::printf("\n");
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t runs = 20;
  std::string program;
  std::vector<Filing> filings;
  std::vector<std::string> rest;
  for (int i = 1; i < argc; ++i) {
    const std::string a = argv[i];
    if (a == "-n" && i + 1 < argc)
      runs = static_cast<std::size_t>(std::max(1, std::atoi(argv[++i])));
    else
      rest.push_back(a);
  }
  if (rest.empty() || rest.size() % 2 == 0) {
    std::fprintf(stderr, "usage: validate_limits [-n RUNS] FACTPRESS [FILING PACKAGE]...\n");
    return 2;
  }
  program = rest[0];
  for (std::size_t i = 1; i + 1 < rest.size(); i += 2) filings.push_back({rest[i], rest[i + 1]});
  const std::string shared = FACTPRESS_SHARED;
  if (filings.empty()) {
    const std::string package = shared + "/taxonomies/us-gaap-2009.zip";
    for (const char* name : {"nflx-10q-2010q3/nflx-20100930.xml", "aapl-10k-2010/aapl-20100925.xml"})
      filings.push_back({shared + "/filings/" + name, package});
  }
  // The processes run before anything is loaded here: a child's peak begins with what its parent had when it started.
  struct Costs {
    Cost cold, kept, snapshot, report;
  };
  std::string folder = std::filesystem::temp_directory_path().string() + "/validate-limits-XXXXXX";
  if (!mkdtemp(folder.data())) return 2;
  setenv("XDG_CACHE_HOME", folder.c_str(), 1);
  const std::string snapshot = folder + "/snapshot.fps", report = folder + "/report.fps";
  std::vector<Costs> costs;
  for (const Filing& f : filings) {
    if (run_once({program, "taxonomy", "compile", f.package, "-o", snapshot}).status != 0) std::fprintf(stderr, "%s cannot be compiled\n", f.package.c_str());
    if (run_once({program, "taxonomy", "compile", f.package, "--report", f.path, "-o", report}).status != 0) std::fprintf(stderr, "%s cannot be compiled\n", f.path.c_str());
    costs.push_back({run({program, "validate", f.path, "--package", f.package, "--no-cache"}, runs),
                     run({program, "validate", f.path, "--package", f.package}, runs),
                     run({program, "validate", f.path, "--snapshot", snapshot, "--no-cache"}, runs),
                     run({program, "validate", f.path, "--snapshot", report, "--no-cache"}, runs)});
  }
  std::filesystem::remove_all(folder);
  for (std::size_t i = 0; i < filings.size(); ++i) {
    const auto files = files_of(filings[i]);
    std::size_t bytes = 0;
    for (const auto& [name, text] : files) bytes += text.size();
    const double parse_ms = files.empty() ? 0 : parse_all(files, runs);
    std::printf("%s: %zu files, %.2f MB\n", std::filesystem::path(filings[i].path).filename().c_str(), files.size(),
                static_cast<double>(bytes) / 1e6);
    std::printf("  %-10s %8.2f ms\n", "pugixml", parse_ms);
    show("cold", costs[i].cold, parse_ms);
    show("kept", costs[i].kept, parse_ms);
    show("snapshot", costs[i].snapshot, parse_ms);
    show("report", costs[i].report, parse_ms);
  }
  return 0;
}
