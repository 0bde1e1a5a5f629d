#pragma once
#include <span>
#include <string>
#include <string_view>

#include "render/view.h"

namespace factpress::render {

/// A file that can be rendered: a new format is a template, a row here and a folder of golden files.
struct FormatRow {
  std::string_view only;           ///< word of --only that selects it
  std::string_view file;           ///< name; "BASE" stands for the report's stem
  std::string_view template_name;
  bool names_matter = false;       ///< XBRL: left out where check_names() fails
  bool (*wanted)(const ReportView&) = nullptr;  ///< null: always; a linkbase that would be empty is not written
};

/// In the order in which files are rendered; the page comes last because it lists the others.
std::span<const FormatRow> format_rows();
/// The words of --only, in order, each once; "package" included.
std::span<const std::string_view> format_words();
std::string file_name(const FormatRow& row, std::string_view base);

}  // namespace factpress::render
