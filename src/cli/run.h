#pragma once
#include <functional>

#include "batch/pipeline.h"
#include "cli/arguments.h"
#include "cli/console.h"

namespace factpress::cli {

/// Options of a run from the command line: mapping files and the earlier taxonomy are read here. Empty where one could not be
/// used; the findings are printed then.
std::optional<batch::Options> batch_options(const Arguments& arguments, Console& console);

/// What a run over many inputs amounted to.
struct Totals {
  std::size_t inputs = 0, unreadable = 0, facts = 0, written = 0;
  std::size_t proved = 0, contradicted = 0, unproved = 0;
};

/// Takes every input through the pipeline on -j threads; `each` sees the finished jobs in the order of the inputs, before
/// their findings are printed.
Totals run_inputs(const Arguments& arguments, const batch::Options& options, Console& console,
                  const std::function<void(batch::Job&)>& each);

/// 2 where an input could not be read, else 0.
int exit_for(const Totals& totals);
/// "3 releases, 214 facts; checks: 160 proved, 1 contradicted, 20 unproved".
std::string summary(const Totals& totals);

}  // namespace factpress::cli
