#include <fmt/format.h>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "diag/codes/base.h"
#include "diag/codes/cli.h"
#include "instance/load_report.h"
#include "instance/oim_write.h"

namespace factpress::cli {
namespace {

Status write_report(const instance::OimReport& report, const std::string& path) {
  const auto files = real_file_system();
  if (instance::report_syntax(path) == instance::ReportSyntax::json) return files->write(path, instance::write_json_report(report));
  if (instance::report_syntax(path) == instance::ReportSyntax::xbrl) return files->write(path, instance::write_xbrl_report(report));
  const std::string table = path.substr(path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1);
  const instance::CsvReport csv = instance::write_csv_report(report, table);
  const Status first = files->write(path, csv.table);
  return first ? files->write(instance::csv_metadata_path(path), csv.metadata) : first;
}

}  // namespace

int run_convert(const Arguments& arguments, Console& console) {
  using instance::ReportSyntax;
  diag::Sink sink;
  const ReportSyntax to = instance::report_syntax(arguments.output);
  if (to != ReportSyntax::json && to != ReportSyntax::xbrl && to != ReportSyntax::csv) {
    sink.add({diag::codes::cli_cannot_write, {}, fmt::format("{} names no syntax that can be written", arguments.output)});
    console.findings(std::move(sink));
    return console.finish("nothing was converted", exit_usage);
  }
  const auto report = instance::load_report(*real_file_system(), arguments.inputs.front(), sink);
  const bool unreadable = sink.has(diag::codes::base_unreadable);
  const bool invalid = sink.has_errors();
  console.findings(std::move(sink));
  if (!report || invalid) return console.finish("nothing was converted", unreadable ? exit_usage : exit_findings);
  const Status written = write_report(*report, arguments.output);
  if (!written) {
    console.err(fmt::format("factpress: {}\n", written.error()));
    return console.finish("nothing was converted", exit_usage);
  }
  console.out(arguments.output + "\n");
  return console.finish(fmt::format("{} facts converted", report->facts.size()), exit_clean);
}

}  // namespace factpress::cli
