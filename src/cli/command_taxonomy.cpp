#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "diag/codes/base.h"
#include "validate/compile_taxonomy.h"

namespace factpress::cli {

int run_taxonomy_compile(const Arguments& arguments, Console& console) {
  diag::Sink sink;
  const auto files = real_file_system();
  const validate::CompiledTaxonomy made = validate::compile_taxonomy(files, arguments.inputs, sink, arguments.reports);
  if (made.image.empty()) {
    console.findings(std::move(sink));
    return console.finish("no snapshot was written", exit_usage);
  }
  const Status written = files->write(arguments.output, made.image);
  if (!written) sink.add({diag::codes::base_unreadable, {}, written.error()});
  console.findings(std::move(sink));
  if (!written) return console.finish("no snapshot was written", exit_usage);
  const std::string sets = arguments.reports.empty() ? "" : fmt::format("taxonomies of reports: {}, ", made.sets);
  return console.finish(fmt::format("{}: {} documents, {} of them ready to be used without parsing, {}{} bytes", arguments.output, made.documents,
                                    made.frozen, sets, made.image.size()),
                        exit_clean);
}

}  // namespace factpress::cli
