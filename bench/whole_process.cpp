// Runs a command many times and tells what one run costs: processor time (user and system), wall time, peak memory.
//   whole_process [-n RUNS] -- COMMAND ARGUMENT...
// Processor time is what the kernel charged to the child; the median of the runs is shown with the quartiles, because machines
// are shared. Standard output and error of the command go to /dev/null.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "run_process.h"

namespace {

using Run = bench::Cost;

template <class F>
void show(const char* what, const char* unit, std::vector<Run> runs, F value) {
  std::sort(runs.begin(), runs.end(), [&](const Run& a, const Run& b) { return value(a) < value(b); });
  const std::size_t n = runs.size();
  std::printf("%-15s median %8.2f %s   quartiles %8.2f to %8.2f\n", what, value(runs[n / 2]), unit, value(runs[n / 4]), value(runs[3 * n / 4]));
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t count = 50;
  int i = 1;
  if (i + 1 < argc && std::strcmp(argv[i], "-n") == 0) count = static_cast<std::size_t>(std::max(1, std::atoi(argv[i + 1]))), i += 2;
  if (i < argc && std::strcmp(argv[i], "--") == 0) ++i;
  if (i >= argc) {
    std::fprintf(stderr, "usage: whole_process [-n RUNS] -- COMMAND ARGUMENT...\n");
    return 2;
  }
  bench::run_once(argv + i);  // warms the page cache
  std::vector<Run> runs;
  for (std::size_t n = 0; n < count; ++n) runs.push_back(bench::run_once(argv + i));
  std::printf("%zu runs, exit code %d\n", count, runs.back().status);
  show("processor time", "ms", runs, [](const Run& r) { return r.cpu_ms; });
  show("wall time", "ms", runs, [](const Run& r) { return r.wall_ms; });
  show("peak memory", "MB", runs, [](const Run& r) { return r.memory_mb; });
  return 0;
}
