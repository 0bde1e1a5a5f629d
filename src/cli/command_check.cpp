#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/run.h"
#include "cli/tsv.h"
#include "diag/render.h"

namespace factpress::cli {
namespace {

struct Line {
  const model::Check* check;
  LineColumn at;
};

std::vector<Line> ordered(const batch::Job& job) {
  std::vector<Line> lines;
  if (!job.report) return lines;
  for (const model::Check& check : job.report->checks) lines.push_back({&check, job.source->locate(check.span.begin)});
  std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.check->span.begin < b.check->span.begin; });
  return lines;
}

std::string detail(const model::Check& c) {
  std::string out = c.title;
  for (const std::string* part : {&c.arithmetic, &c.reason})
    if (!part->empty()) (out += out.empty() ? "" : ": ") += *part;
  return out;
}

void print_tsv(const batch::Job& job, bool several, Console& console) {
  std::string text;
  for (const Line& line : ordered(job)) {
    append_tsv(text, to_string(line.check->kind));
    append_tsv(text, to_string(line.check->verdict));
    append_tsv(text, std::to_string(line.at.line));
    append_tsv(text, std::to_string(line.at.column));
    append_tsv(text, detail(*line.check), !several);
    if (several) append_tsv(text, job.input.path, true);
  }
  console.out(text);
}

void print_text(const batch::Job& job, Console& console) {
  std::string text = fmt::format("{}\n", job.input.path);
  std::size_t counts[3] = {};
  for (const Line& line : ordered(job)) {
    ++counts[static_cast<std::size_t>(line.check->verdict)];
    text += fmt::format("  {:<12} {:<14} {:>5}:{:<5} {}\n", to_string(line.check->verdict), to_string(line.check->kind), line.at.line,
                        line.at.column, detail(*line.check));
  }
  text += fmt::format("  {} proved, {} contradicted, {} unproved\n", counts[0], counts[1], counts[2]);
  console.out(text);
}

void print_json(const batch::Job& job, bool first, Console& console) {
  std::string text = first ? "[\n" : ",\n";
  text += "  {\"file\": ";
  diag::append_json_string(text, job.input.path);
  text += ", \"checks\": [";
  bool begun = false;
  for (const Line& line : ordered(job)) {
    text += begun ? ",\n    " : "\n    ";
    text += fmt::format("{{\"check\": \"{}\", \"verdict\": \"{}\", \"line\": {}, \"column\": {}, \"title\": ", to_string(line.check->kind),
                        to_string(line.check->verdict), line.at.line, line.at.column);
    diag::append_json_string(text, line.check->title);
    text += ", \"arithmetic\": ";
    diag::append_json_string(text, line.check->arithmetic);
    text += ", \"reason\": ";
    diag::append_json_string(text, line.check->reason);
    text += "}";
    begun = true;
  }
  console.out(text + (begun ? "\n  ]}" : "]}"));
}

}  // namespace

int run_check(const Arguments& arguments, Console& console) {
  auto options = batch_options(arguments, console);
  if (!options) return console.finish("", exit_usage);
  options->assemble.proofs_only = arguments.maps.empty() && arguments.prior.empty();
  const bool several = arguments.inputs.size() > 1 || real_file_system()->is_folder(arguments.inputs.front());
  if (arguments.format == "tsv") console.out(several ? "check\tverdict\tline\tcolumn\tdetail\tfile\n" : "check\tverdict\tline\tcolumn\tdetail\n");
  bool first = true;
  const Totals totals = run_inputs(arguments, *options, console, [&](batch::Job& job) {
    if (arguments.format == "tsv") print_tsv(job, several, console);
    else if (arguments.format == "json") print_json(job, first, console);
    else print_text(job, console);
    first = false;
  });
  if (arguments.format == "json") console.out(first ? "[]\n" : "\n]\n");
  return console.finish(summary(totals), exit_for(totals));
}

}  // namespace factpress::cli
