#include <cstdio>
#include <exception>
#include <map>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/memory.h"

int main(int argc, char** argv) {
  using namespace factpress::cli;
  static const std::map<std::string, int (*)(const Arguments&, Console&)> commands = {
      {"build", run_build},
      {"extract", run_extract},
      {"check", run_check},
      {"validate", run_validate},
      {"convert", run_convert},
      {"render", run_render},
      {"suite", run_suite},
      {"templates list", run_templates_list},
      {"templates show", run_templates_show},
      {"templates check", run_templates_check},
      {"taxonomy compile", run_taxonomy_compile},
      {"explain", run_explain},
  };
  prepare_memory();
  try {
    const Parsed parsed = parse_arguments(argc, argv);
    if (parsed.exit_code) return *parsed.exit_code;
    Console console(parsed.arguments);
    return commands.at(parsed.arguments.command)(parsed.arguments, console);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "factpress: internal fault: %s\nThis is a bug; please report it with the command and its input.\n", e.what());
    return exit_internal;
  }
}
