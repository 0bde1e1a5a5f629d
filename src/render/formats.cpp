#include "render/formats.h"

namespace factpress::render {
namespace {

bool has_labels(const ReportView& v) { return !v.taxonomy.labelled.empty(); }
bool has_presentation(const ReportView& v) { return !v.taxonomy.presentation.links.empty(); }
bool has_calculation(const ReportView& v) { return !v.taxonomy.calculation.links.empty(); }
bool has_footnotes(const ReportView& v) { return !v.footnotes.empty(); }
bool has_definition(const ReportView& v) { return !v.taxonomy.definition.links.empty(); }

constexpr FormatRow rows[] = {
    {"xbrl", "BASE.xml", "xbrl/instance.xml", true},
    {"xbrl", "BASE.xsd", "xbrl/schema.xsd", true},
    {"xbrl", "BASE_lab.xml", "xbrl/labels.xml", true, has_labels},
    {"xbrl", "BASE_pre.xml", "xbrl/presentation.xml", true, has_presentation},
    {"xbrl", "BASE_cal.xml", "xbrl/calculation.xml", true, has_calculation},
    {"xbrl", "BASE_def.xml", "xbrl/definition.xml", true, has_definition},
    {"inline", "BASE.htm", "inline/document.htm", true},
    {"md", "report.md", "markdown/report.md"},
    {"json", "facts.json", "json/facts.json", true},
    {"csv", "facts.csv", "csv/facts.csv", true},
    {"csv", "notes.csv", "csv/notes.csv", true, has_footnotes},
    {"csv", "facts-metadata.json", "csv/facts-metadata.json", true},
    {"audit", "audit.json", "audit/audit.json"},
    {"html", "index.html", "html/index.html"},
};

constexpr std::string_view words[] = {"xbrl", "inline", "html", "md", "json", "csv", "audit", "package"};

}  // namespace

std::span<const FormatRow> format_rows() { return rows; }
std::span<const std::string_view> format_words() { return words; }

std::string file_name(const FormatRow& row, std::string_view base) {
  return row.file.starts_with("BASE") ? std::string(base) + std::string(row.file.substr(4)) : std::string(row.file);
}

}  // namespace factpress::render
