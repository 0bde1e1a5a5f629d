#include "render/render.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "diag/codes/render.h"
#include "embedded/templates.h"
#include "render/formats.h"
#include "render/package.h"
#include "render/sha256.h"
#include "template/engine.h"

namespace factpress::render {
namespace {

std::shared_ptr<tmpl::Environment> fresh_environment(const std::vector<std::string>& folders) {
  tmpl::Options options;
  options.trim_blocks = true;
  options.lstrip_blocks = true;
  options.keep_trailing_newline = true;
  auto environment = std::make_shared<tmpl::Environment>(options);
  for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder)
    environment->add_loader(tmpl::folder_loader("user", real_file_system(), *folder));
  environment->add_loader(tmpl::embedded_loader("shipped", embedded::templates()));
  return environment;
}

std::shared_ptr<const tmpl::Environment> environment_of(const Options& options) {
  return options.environment ? options.environment : make_environment(options.template_folders);
}

/// Renders files of one report, each at most once, whoever asks for it.
class Job {
 public:
  Job(const Options& options, ReportView& view, bool names_good, diag::Sink& sink)
      : environment_(environment_of(options)), view_(view), names_good_(names_good), sink_(sink) {}

  /// Null where it failed.
  const std::string* file(const FormatRow& row) {
    const auto [at, fresh] = done_.try_emplace(row.template_name);
    if (fresh && !(row.names_matter && !names_good_)) at->second = text(row.template_name);
    return at->second ? &*at->second : nullptr;
  }

  std::optional<std::string> text(std::string_view template_name) {
    const tmpl::TemplatePtr compiled = environment_->compile(template_name, sink_);
    std::string bytes;
    if (!compiled || !environment_->render(*compiled, tmpl::to_value(view_), bytes, sink_)) return std::nullopt;
    return bytes;
  }

  bool wanted(const FormatRow& row) const { return !row.wanted || row.wanted(view_); }

 private:
  std::shared_ptr<const tmpl::Environment> environment_;
  ReportView& view_;
  bool names_good_;
  diag::Sink& sink_;
  std::map<std::string_view, std::optional<std::string>> done_;
};

bool selected(const Options& options, std::string_view word) {
  return options.only.empty() || std::find(options.only.begin(), options.only.end(), word) != options.only.end();
}

void check_words(const Options& options, diag::Sink& sink) {
  const std::vector<std::string_view> words(format_words().begin(), format_words().end());
  for (const std::string& word : options.only) {
    if (std::find(words.begin(), words.end(), word) != words.end()) continue;
    const std::string_view near = nearest_name(word, words);
    diag::Diagnostic d(diag::codes::render_unknown_format, Place{}, fmt::format("there is no output format \"{}\"", word));
    if (!near.empty()) d.help = fmt::format("did you mean \"{}\"?", near);
    sink.add(std::move(d));
  }
}

std::optional<Output> package(Job& job, const ReportView& view) {
  PackageParts parts;
  for (const FormatRow& row : format_rows()) {
    if ((row.only != "inline" && row.file.substr(0, 5) != "BASE_" && row.file != "BASE.xsd") || !job.wanted(row)) continue;
    const std::string* bytes = job.file(row);
    if (!bytes) return std::nullopt;
    parts.reports.push_back({file_name(row, view.base), *bytes});
  }
  auto manifest = job.text("package/reportPackage.json");
  auto taxonomy = job.text("package/taxonomyPackage.xml");
  auto catalog = job.text("package/catalog.xml");
  if (!manifest || !taxonomy || !catalog) return std::nullopt;
  parts.report_package = std::move(*manifest), parts.taxonomy_package = std::move(*taxonomy), parts.catalog = std::move(*catalog);
  return Output{std::string(view.base) + ".xbri", make_package(view.base, parts)};
}

}  // namespace

std::shared_ptr<const tmpl::Environment> make_environment(const std::vector<std::string>& template_folders) {
  if (!template_folders.empty()) return fresh_environment(template_folders);
  static const auto& shipped = *new std::shared_ptr<const tmpl::Environment>(fresh_environment({}));  // never freed: exit has better to do
  return shipped;
}

std::vector<Output> render_all(const model::Report& report, const Options& options, diag::Sink& sink) {
  check_words(options, sink);
  const auto made = make_view(report, sink);
  ReportView& view = made->root;
  Job job(options, view, check_names(report, view, sink), sink);
  std::vector<Output> out;
  std::deque<std::string> sums;
  bool is_last = false;  // no template sees the sum of the last file
  const auto add = [&](std::string name, std::string bytes) {
    if (selected(options, "html") && !is_last) view.outputs.push_back({sums.emplace_back(name), sums.emplace_back(sha256(bytes)), bytes.size()});
    out.push_back({std::move(name), std::move(bytes)});
  };
  for (const FormatRow& row : format_rows()) {
    if (row.only == "html" && selected(options, "package"))
      if (auto made_package = package(job, view)) add(std::move(made_package->name), std::move(made_package->bytes));
    if (!selected(options, row.only) || !job.wanted(row)) continue;
    is_last = &row == &format_rows().back();
    if (const std::string* bytes = job.file(row)) add(file_name(row, view.base), *bytes);
  }
  return out;
}

std::optional<std::string> render_one(const model::Report& report, const std::string& template_name, const Options& options,
                                      diag::Sink& sink) {
  const auto made = make_view(report, sink);
  const auto environment = environment_of(options);
  tmpl::TemplatePtr compiled;
  if (const auto file = real_file_system()->read(template_name); file && real_file_system()->is_file(template_name))
    compiled = environment->compile_text(template_name, *file, sink);
  else
    compiled = environment->compile(template_name, sink);
  std::string bytes;
  if (!compiled || !environment->render(*compiled, tmpl::to_value(made->root), bytes, sink)) return std::nullopt;
  return bytes;
}

std::vector<std::string_view> shipped_templates() {
  std::vector<std::string_view> out;
  for (const embedded::File& f : embedded::templates()) out.push_back(f.path);
  return out;
}

std::string_view shipped_template(std::string_view name) {
  for (const embedded::File& f : embedded::templates())
    if (f.path == name) return f.bytes;
  return {};
}

std::string describe_view_model() { return tmpl::describe_markdown(tmpl::type_of<ReportView>()); }

}  // namespace factpress::render
