#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "render/formats.h"
#include "render/render.h"
#include "template/engine.h"
#include "template/loader.h"

namespace factpress::cli {
namespace {

std::string_view made_from(std::string_view name) {
  for (const render::FormatRow& row : render::format_rows())
    if (row.template_name == name) return row.file;
  return {};
}

// A template that --templates overrides, as the program would read it.
std::optional<std::string> overridden(const Arguments& arguments, const std::string& name) {
  std::optional<std::string> found;
  for (const std::string& folder : arguments.template_folders)
    if (auto text = tmpl::folder_loader("user", real_file_system(), folder)->load(name)) found = std::move(text->text);
  return found;
}

}  // namespace

int run_templates_list(const Arguments& arguments, Console& console) {
  for (const std::string_view name : render::shipped_templates()) {
    const std::string_view file = made_from(name);
    const bool own = overridden(arguments, std::string(name)).has_value();
    console.out(fmt::format("{:<34} {}{}\n", name, file.empty() ? "(part of others)" : fmt::format("writes {}", file), own ? ", overridden" : ""));
  }
  return console.finish("", exit_clean);
}

int run_templates_show(const Arguments& arguments, Console& console) {
  const std::string& name = arguments.inputs.front();
  if (name == "model") {
    console.out(render::describe_view_model());
    return console.finish("", exit_clean);
  }
  if (const auto own = overridden(arguments, name)) {
    console.out(*own);
    return console.finish("", exit_clean);
  }
  const auto names = render::shipped_templates();
  if (std::find(names.begin(), names.end(), name) != names.end()) {
    console.out(render::shipped_template(name));
    return console.finish("", exit_clean);
  }
  const std::string_view best = nearest_name(name, {names.begin(), names.end()});
  console.err(fmt::format("factpress: there is no template {}\n", name));
  if (!best.empty()) console.err(fmt::format("  = help: did you mean {}?\n", best));
  return console.finish("", exit_usage);
}

int run_templates_check(const Arguments& arguments, Console& console) {
  const auto environment = render::make_environment(arguments.inputs);
  std::size_t good = 0, all = 0;
  for (const std::string& folder : arguments.inputs) {
    for (const std::string& name : tmpl::folder_loader("user", real_file_system(), folder)->names()) {
      ++all;
      diag::Sink sink;
      good += environment->compile(name, sink) != nullptr && !sink.has_errors();
      console.findings(std::move(sink));
    }
  }
  if (all == 0) {
    console.err("factpress: no templates were found\n");
    return console.finish("", exit_usage);
  }
  return console.finish(fmt::format("{} of {} templates compile", good, all), good == all ? exit_clean : exit_findings);
}

}  // namespace factpress::cli
