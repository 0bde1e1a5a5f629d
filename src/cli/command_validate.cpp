#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/options.h"
#include "diag/codes/base.h"
#include "validate/validate.h"

namespace factpress::cli {

int run_validate(const Arguments& arguments, Console& console) {
  validate::Options options = validation_options(arguments);
  options.threads = arguments.threads;
  // Never taken apart: the process ends soon, and its memory with it, at once instead of in many thousand pieces.
  static const auto* const validator = new validate::Validator(real_file_system(), std::move(options));
  validate::Findings findings = validator->validate(arguments.inputs);
  const std::string verdict = findings.verdict();
  bool unreadable = false;
  for (validate::FileFindings& file : findings.files) {
    unreadable = unreadable || file.sink.has(diag::codes::base_unreadable);
    console.findings(std::move(file.sink));
  }
  const int code = console.finish(verdict, unreadable ? exit_usage : exit_clean);
  validator->keep_snapshot();  // nobody waits for it to see what was found
  return code;
}

}  // namespace factpress::cli
