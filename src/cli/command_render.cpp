#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/run.h"

namespace factpress::cli {

int run_render(const Arguments& arguments, Console& console) {
  auto options = batch_options(arguments, console);
  if (!options) return console.finish("", exit_usage);
  bool rendered = false, written = true;
  const Totals totals = run_inputs(arguments, *options, console, [&](batch::Job& job) {
    if (!job.report) return;
    const auto text = render::render_one(*job.report, arguments.template_file, options->render, job.sink);
    rendered = text.has_value();
    if (!text) return;
    if (arguments.output.empty() || arguments.output == "-") return console.out(*text);
    const Status status = real_file_system()->write(arguments.output, *text);
    written = static_cast<bool>(status);
    if (!status) console.err(fmt::format("factpress: {}\n", status.error()));
  });
  const int exit = exit_for(totals);
  return console.finish(rendered ? summary(totals) : "nothing was rendered", exit != exit_clean ? exit : written ? exit_clean : exit_usage);
}

}  // namespace factpress::cli
