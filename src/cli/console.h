#pragma once
#include <string>
#include <string_view>

#include "cli/arguments.h"
#include "diag/diagnostic.h"

namespace factpress::cli {

/// The only place that prints. Results go to standard output, everything else to standard error or --log-file.
class Console {
 public:
  explicit Console(const Arguments& arguments);

  /// Results; buffered until flush.
  void out(std::string_view text);
  /// The findings of one job, in order. JSON and SARIF are collected and written by finish().
  void findings(diag::Sink&& sink);
  /// Shows findings as notes below a job's verdict when asked for; free text to standard error.
  void err(std::string_view text);
  /// Progress, on a terminal only.
  void progress(std::size_t done, std::size_t of);
  /// Writes what is pending and the one line of verdict. Returns the exit code: `at_least`, or 1 where errors were found.
  int finish(std::string_view verdict, int at_least);

 private:
  bool shown(diag::Severity severity) const;
  void write_log(std::string_view text);

  const Arguments& arguments_;
  bool color_ = false;
  bool terminal_ = false;
  bool errors_ = false;
  bool progress_shown_ = false;
  std::string pending_out_;
  std::string pending_log_;  // what goes to --log-file
  diag::Sink collected_;
};

}  // namespace factpress::cli
