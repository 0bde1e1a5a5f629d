#pragma once
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "model/report.h"

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
};

/// Renders every selected format of the registry (formats.h), in a fixed order. Depends on the report and the templates alone
/// (no clock, no machine), so that the same input gives the same bytes. Findings of templates go to `sink`; a format that
/// failed is left out whole.
std::vector<Output> render_all(const model::Report& report, const Options& options, diag::Sink& sink);

}  // namespace factpress::render
