#pragma once
#include <optional>
#include <string>

#include "base/fs.h"
#include "diag/diagnostic.h"
#include "instance/oim.h"

namespace factpress::instance {

enum class ReportSyntax { unknown, xbrl, inline_xbrl, json, csv };

/// By the name's ending: .xml and .xbrl; .htm, .html and .xhtml; .json; .csv.
ReportSyntax report_syntax(const std::string& path);

/// The metadata file of a table: "facts.csv" has "facts-metadata.json".
std::string csv_metadata_path(const std::string& table_path);

/// The facts of an XBRL 2.1 instance, or of an inline document's default target with their places in the inline document. Empty
/// where the source is no XML. Findings: xml.*, inline.*.
std::optional<OimReport> read_xbrl_report(const SourcePtr& source, diag::Sink& sink);
std::optional<OimReport> read_inline_report(const SourcePtr& source, diag::Sink& sink);

/// Reads a finished report of any syntax by its facts. A JSON file whose document type is xBRL-CSV's is read as such, its tables
/// beside it. Findings: input.unreadable, xml.*, inline.*, instance.*; empty where nothing could be read. Facts are not
/// validated against their taxonomy.
std::optional<OimReport> load_report(const FileSystem& files, const std::string& path, diag::Sink& sink);

}  // namespace factpress::instance
