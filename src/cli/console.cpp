#include "cli/console.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "base/fs.h"
#include "cli/exit_codes.h"
#include "cli/version.h"
#include "diag/codes/cli.h"
#include "diag/render.h"

namespace factpress::cli {

Console::Console(const Arguments& arguments) : arguments_(arguments), collected_(100'000) {
  terminal_ = ::isatty(STDERR_FILENO) == 1;
  const bool wanted = terminal_ && std::getenv("NO_COLOR") == nullptr && arguments.log_file.empty();
  color_ = arguments.color == "always" || (arguments.color == "auto" && wanted);
}

void Console::out(std::string_view text) {
  pending_out_ += text;
  if (pending_out_.size() < 1 << 16) return;
  std::fwrite(pending_out_.data(), 1, pending_out_.size(), stdout);
  pending_out_.clear();
}

void Console::err(std::string_view text) {
  if (progress_shown_) std::fputs("\r\x1b[K", stderr), progress_shown_ = false;
  std::fwrite(text.data(), 1, text.size(), stderr);
}

// Information is for those who ask why; a log file in another form holds everything.
bool Console::shown(diag::Severity severity) const {
  if (severity == diag::Severity::info) return arguments_.explain && !arguments_.quiet;
  return severity == diag::Severity::error || !arguments_.quiet;
}

void Console::write_log(std::string_view text) {
  if (arguments_.log_file.empty()) err(text);
  else pending_log_ += text;
}

void Console::findings(diag::Sink&& sink) {
  errors_ = errors_ || sink.has_errors();
  if (arguments_.log != "text") {
    collected_.merge(std::move(sink));
    return;
  }
  for (const diag::Diagnostic& d : sink.all()) {
    if (!shown(d.severity)) continue;
    write_log(diag::render_text(d, {.color = color_, .source_lines = true}));
  }
  if (sink.dropped() != 0) write_log(fmt::format("factpress: {} further findings of the same kinds are not shown\n", sink.dropped()));
}

void Console::progress(std::size_t done, std::size_t of) {
  if (!terminal_ || arguments_.quiet || of < 2) return;
  std::fprintf(stderr, "\r\x1b[K%zu of %zu", done, of);
  progress_shown_ = done < of;
  if (!progress_shown_) std::fputs("\r\x1b[K", stderr);
}

int Console::finish(std::string_view verdict, int at_least) {
  if (arguments_.log == "json") write_log(diag::render_json(collected_));
  if (arguments_.log == "sarif") write_log(diag::render_sarif(collected_, version));
  if (!arguments_.log_file.empty()) {
    const Status written = real_file_system()->write(arguments_.log_file, pending_log_);
    if (!written) err(fmt::format("factpress: {}\n", written.error())), at_least = exit_usage;
  }
  if (!pending_out_.empty()) std::fwrite(pending_out_.data(), 1, pending_out_.size(), stdout), pending_out_.clear();
  if (std::fflush(stdout) != 0 || std::ferror(stdout)) {
    err("factpress: standard output could not be written\n");
    at_least = exit_usage;
  }
  const bool to_terminal_log = arguments_.log == "text" || !arguments_.log_file.empty();
  if (!arguments_.quiet && to_terminal_log && !verdict.empty()) err(fmt::format("factpress: {}\n", verdict));
  if (at_least != exit_clean) return at_least;
  return errors_ ? exit_findings : exit_clean;
}

}  // namespace factpress::cli
