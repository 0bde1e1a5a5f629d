#include "cli/options.h"

#include <cstdlib>

namespace factpress::cli {
namespace {

std::string cache_folder() {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  if (cache && cache[0] == '/') return std::string(cache) + "/factpress";
  const char* home = std::getenv("HOME");
  return home && home[0] == '/' ? std::string(home) + "/.cache/factpress" : std::string();
}

}  // namespace

validate::Options validation_options(const Arguments& arguments) {
  validate::Options options;
  options.packages = arguments.packages;
  options.snapshots = arguments.snapshots;
  if (!arguments.no_cache) options.cache_folder = cache_folder();
  options.utr = arguments.utr;
  options.calculation = arguments.calculation == "1.0"    ? validate::Calculation::v10
                        : arguments.calculation == "none" ? validate::Calculation::none
                                                          : validate::Calculation::v11_rounded;
  return options;
}

}  // namespace factpress::cli
