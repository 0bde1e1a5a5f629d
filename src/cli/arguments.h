#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace factpress::cli {

/// The command line as values, whatever library took it apart. Names follow docs/COMMANDS.md.
struct Arguments {
  std::string command;     ///< "build", "templates list", ...
  std::vector<std::string> inputs;
  std::string input;       ///< the one input of `convert`; stands in `inputs` too
  std::string output;      ///< -o
  std::string format;      ///< --format
  std::string profile = "us-gaap";
  std::vector<std::string> maps;
  std::string prior;
  std::vector<std::string> packages;
  std::vector<std::string> snapshots;
  std::vector<std::string> reports;   ///< --report of `taxonomy compile`
  std::string calculation = "1.1";
  std::string utr;
  std::vector<std::string> template_folders;
  std::string template_file;
  std::vector<std::string> only;
  std::string deviations;
  bool no_cache = false;
  bool strict = false;
  bool explain = false;
  unsigned threads = 1;
  std::string color = "auto";
  std::string log = "text";
  std::string log_file;
  bool quiet = false;
};

/// What the command line asks for; or an exit code where help, the version or an error was printed already.
struct Parsed {
  Arguments arguments;
  std::optional<int> exit_code;
};
Parsed parse_arguments(int argc, const char* const* argv);

}  // namespace factpress::cli
