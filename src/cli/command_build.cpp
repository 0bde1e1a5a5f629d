#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/run.h"

namespace factpress::cli {

int run_build(const Arguments& arguments, Console& console) {
  auto options = batch_options(arguments, console);
  if (!options) return console.finish("", exit_usage);
  options->build = true;
  const Totals totals = run_inputs(arguments, *options, console, [&](batch::Job& job) {
    for (const std::string& path : job.written) console.out(path + "\n");
  });
  return console.finish(fmt::format("{}; {} files written", summary(totals), totals.written), exit_for(totals));
}

}  // namespace factpress::cli
