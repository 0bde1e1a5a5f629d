// Runs conformance suites and compares their outcome with what is expected of this program:
//   run_suite INDEX [--deviations FILE] [--calc 1.0|1.1|none] [--package ZIP]... [-j N]
// Ends with 0 where nothing failed, 77 where the index is not there (skipped), else 1.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "validate/suite.h"

int main(int argc, char** argv) {
  using namespace factpress;
  validate::SuiteOptions options;
  options.validation.calculation = validate::Calculation::v10;
  std::string index;
  for (int i = 1; i < argc; ++i) {
    const std::string a = argv[i];
    const auto next = [&] { return std::string(i + 1 < argc ? argv[++i] : ""); };
    if (a == "--deviations") options.deviations = next();
    else if (a == "--package") options.validation.packages.push_back(next());
    else if (a == "-j") options.threads = std::strtoul(next().c_str(), nullptr, 10);
    else if (a == "--calc") {
      const std::string mode = next();
      options.validation.calculation = mode == "none" ? validate::Calculation::none
                                       : mode == "1.1" ? validate::Calculation::v11_rounded
                                                       : validate::Calculation::v10;
    } else {
      index = a;
    }
  }
  if (!std::filesystem::exists(index)) {
    std::printf("skipped: no suite at %s\n", index.c_str());
    return 77;
  }
  const auto begin = std::chrono::steady_clock::now();
  const auto result = validate::run_suite(real_file_system(), index, options);
  if (!result) {
    std::printf("%s\n", result.error().c_str());
    return 1;
  }
  for (const std::string& line : result->lines) std::printf("%s\n", line.c_str());
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin).count();
  std::printf("%zu passed, %zu failed (%lld ms)\n", result->passed, result->failed, static_cast<long long>(ms));
  return result->failed == 0 ? 0 : 1;
}
