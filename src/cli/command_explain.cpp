#include <fmt/format.h>

#include <vector>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "diag/render.h"

namespace factpress::cli {
namespace {

std::string unknown_code(const std::string& code) {
  std::vector<std::string_view> names;
  for (const diag::CodeInfo* row : diag::catalog()) names.push_back(row->code);
  const std::string_view best = nearest_name(code, names);
  std::string text = fmt::format("factpress: there is no diagnostic {}\n", code);
  if (!best.empty()) text += fmt::format("  = help: did you mean {}?\n", best);
  return text + "  = help: `factpress explain` without a code lists them all\n";
}

}  // namespace

int run_explain(const Arguments& arguments, Console& console) {
  if (arguments.inputs.empty()) {
    for (const diag::CodeInfo* row : diag::catalog())
      console.out(fmt::format("{:<8} {:<48} {}\n", to_string(row->severity), row->code, row->title));
    return console.finish("", exit_clean);
  }
  int exit = exit_clean;
  for (std::size_t i = 0; i < arguments.inputs.size(); ++i) {
    const diag::CodeInfo* row = diag::find_code(arguments.inputs[i]);
    if (row) console.out((i ? "\n" : "") + diag::explain(*row));
    else console.err(unknown_code(arguments.inputs[i])), exit = exit_usage;
  }
  return console.finish("", exit);
}

}  // namespace factpress::cli
