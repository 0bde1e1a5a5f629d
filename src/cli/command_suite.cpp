#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/options.h"
#include "validate/suite.h"

namespace factpress::cli {

int run_suite(const Arguments& arguments, Console& console) {
  validate::SuiteOptions options;
  options.validation = validation_options(arguments);
  options.validation.calculation = validate::Calculation::v10;  // what the XBRL 2.1 suite judges inconsistencies by
  options.deviations = arguments.deviations;
  options.threads = arguments.threads;
  std::size_t passed = 0, failed = 0;
  for (const std::string& index : arguments.inputs) {
    const auto result = validate::run_suite(real_file_system(), index, options);
    if (!result) {
      console.err(fmt::format("factpress: {}\n", result.error()));
      return console.finish("", exit_usage);
    }
    for (const std::string& line : result->lines) console.out(line + "\n");
    passed += result->passed, failed += result->failed;
  }
  console.out(fmt::format("{} passed, {} failed\n", passed, failed));
  return console.finish("", failed ? exit_findings : exit_clean);
}

}  // namespace factpress::cli
