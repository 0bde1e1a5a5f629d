#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "model/report.h"

namespace factpress::tmpl {
class Environment;
}

namespace factpress::render {

/// A file that was rendered, in memory.
struct Output {
  std::string name;   ///< file name without folders: "fsnn-20130331.xml", "index.html"
  std::string bytes;
};

/// The selection words of --only: xbrl, inline, html, md, json, csv, audit, package.
struct Options {
  std::vector<std::string> only;          ///< empty: all
  std::vector<std::string> template_folders;  ///< --templates, the later ones override the earlier
  /// make_environment(template_folders), made once by who renders many reports, so that each template is compiled once; else null.
  std::shared_ptr<const tmpl::Environment> environment;
};

/// Renders every selected format of the registry (formats.h), in a fixed order. Depends on the report and the templates alone
/// (no clock, no machine), so that the same input gives the same bytes. Findings of templates go to `sink`; a format that
/// failed is left out whole. Codes: render.print-mismatch, render.name, render.unknown-format, template.*.
std::vector<Output> render_all(const model::Report& report, const Options& options, diag::Sink& sink);

/// One template (a name that the folders or the shipped set have, or a file's path) over a report; empty after an error,
/// which is in `sink`. Its name tells how values are escaped (tmpl::Format).
std::optional<std::string> render_one(const model::Report& report, const std::string& template_name, const Options& options,
                                      diag::Sink& sink);

/// The environment that render_all uses: the folders' loaders (label "user"), then the shipped set (label "shipped"). With no
/// folders it is one for the whole program, compiled once; safe for several threads.
std::shared_ptr<const tmpl::Environment> make_environment(const std::vector<std::string>& template_folders);

/// Names of the shipped templates, sorted, and the text of one (empty where there is none such).
std::vector<std::string_view> shipped_templates();
std::string_view shipped_template(std::string_view name);

/// The view model that templates see, as Markdown: generated from the code.
std::string describe_view_model();

}  // namespace factpress::render
