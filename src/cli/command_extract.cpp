#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/fact_rows.h"
#include "cli/run.h"
#include "cli/tsv.h"
#include "diag/render.h"

namespace factpress::cli {
namespace {

// Several inputs: a last column names the file.
void print_tsv(const std::vector<std::vector<std::string>>& rows, const std::string* file, Console& console) {
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) append_tsv(text, row[i], !file && i + 1 == row.size());
    if (file) append_tsv(text, *file, true);
  }
  console.out(text);
}

void print_json(const std::vector<std::vector<std::string>>& rows, const std::string& file, bool first, Console& console) {
  std::string text = first ? "[\n" : ",\n";
  text += "  {\"file\": ";
  diag::append_json_string(text, file);
  text += ", \"facts\": [";
  const auto& columns = fact_columns();
  for (std::size_t r = 0; r < rows.size(); ++r) {
    text += r ? ",\n    {" : "\n    {";
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i) text += ", ";
      diag::append_json_string(text, columns[i]);
      text += ": ";
      const bool number = columns[i] == "line" || columns[i] == "column";  // values stay text: exact in every reader
      if (number) text += rows[r][i];
      else diag::append_json_string(text, rows[r][i]);
    }
    text += "}";
  }
  text += rows.empty() ? "]}" : "\n  ]}";
  console.out(text);
}

}  // namespace

int run_extract(const Arguments& arguments, Console& console) {
  auto options = batch_options(arguments, console);
  if (!options) return console.finish("", exit_usage);
  options->keep_facts = true;
  const bool tsv = arguments.format == "tsv";
  const bool several = arguments.inputs.size() > 1 || real_file_system()->is_folder(arguments.inputs.front());
  if (tsv) {
    std::string header;
    const auto& columns = fact_columns();
    for (std::size_t i = 0; i < columns.size(); ++i) append_tsv(header, columns[i], !several && i + 1 == columns.size());
    if (several) append_tsv(header, "file", true);
    console.out(header);
  }
  bool first = true;
  const Totals totals = run_inputs(arguments, *options, console, [&](batch::Job& job) {
    const auto rows = fact_rows(job);
    if (tsv) print_tsv(rows, several ? &job.input.path : nullptr, console);
    else print_json(rows, job.input.path, first, console);
    first = false;
  });
  if (!tsv) console.out(first ? "[]\n" : "\n]\n");
  return console.finish(summary(totals), exit_for(totals));
}

}  // namespace factpress::cli
