#include "instance/load_report.h"

#include "base/text.h"
#include "diag/codes/base.h"
#include "instance/csv_reader.h"
#include "instance/inline_document.h"
#include "instance/inline_target.h"
#include "instance/json_reader.h"
#include "instance/oim_from_instance.h"
#include "xbrl/names.h"

namespace factpress::instance {
namespace {

SourcePtr load(const FileSystem& files, const std::string& path, diag::Sink& sink) {
  auto bytes = files.read(path);
  if (bytes) return std::make_shared<const Source>(path, *std::move(bytes));
  sink.add({diag::codes::base_unreadable, {}, bytes.error()});
  return nullptr;
}

std::optional<OimReport> load_csv(const FileSystem& files, const SourcePtr& metadata, diag::Sink& sink) {
  const std::size_t slash = metadata->name().rfind('/');
  const std::string folder = slash == std::string::npos ? "" : metadata->name().substr(0, slash + 1);
  return read_csv_report(metadata, [&](const std::string& url) -> SourcePtr {
    if (url.find("..") != std::string::npos || url.find(':') != std::string::npos || url.starts_with("/")) return nullptr;
    auto bytes = files.read(folder + url);
    return bytes ? std::make_shared<const Source>(folder + url, *std::move(bytes)) : nullptr;
  }, sink);
}

}  // namespace

std::optional<OimReport> read_xbrl_report(const SourcePtr& source, diag::Sink& sink) {
  const auto document = xml::Document::parse(source, sink);
  if (!document) return {};
  return oim_from_instance(Instance::read(document));
}

std::optional<OimReport> read_inline_report(const SourcePtr& source, diag::Sink& sink) {
  const auto document = xml::Document::parse(source, sink, {.keep_space = true});
  if (!document) return {};
  const auto targets = extract_targets(InlineDocument::read(document, sink), sink);
  if (targets.empty()) return {};
  const auto target = xml::Document::parse(std::make_shared<const Source>(source->name(), targets.front().bytes), sink);
  if (!target) return {};
  return oim_from_instance(Instance::read(target), &targets.front().fact_places);
}

ReportSyntax report_syntax(const std::string& path) {
  const std::size_t dot = path.rfind('.');
  const std::string ending = dot == std::string::npos ? "" : lower(path.substr(dot + 1));
  if (ending == "xml" || ending == "xbrl") return ReportSyntax::xbrl;
  if (ending == "htm" || ending == "html" || ending == "xhtml") return ReportSyntax::inline_xbrl;
  if (ending == "json") return ReportSyntax::json;
  if (ending == "csv") return ReportSyntax::csv;
  return ReportSyntax::unknown;
}

std::string csv_metadata_path(const std::string& table_path) {
  const std::size_t dot = table_path.rfind('.');
  return table_path.substr(0, dot) + "-metadata.json";
}

std::optional<OimReport> load_report(const FileSystem& files, const std::string& path, diag::Sink& sink) {
  const ReportSyntax syntax = report_syntax(path);
  const SourcePtr source = load(files, syntax == ReportSyntax::csv ? csv_metadata_path(path) : path, sink);
  if (!source) return {};
  switch (syntax) {
    case ReportSyntax::inline_xbrl: return read_inline_report(source, sink);
    case ReportSyntax::csv: return load_csv(files, source, sink);
    case ReportSyntax::json:
      if (source->bytes().find(xbrl::document_type::csv) != std::string_view::npos) return load_csv(files, source, sink);
      return read_json_report(source, sink);
    default: return read_xbrl_report(source, sink);
  }
}

}  // namespace factpress::instance
