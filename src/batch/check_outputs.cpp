#include "batch/check_outputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>

#include "batch/pipeline.h"
#include "batch/stand_in.h"
#include "diag/codes/batch.h"
#include "instance/compare.h"
#include "instance/csv_reader.h"
#include "instance/json_reader.h"
#include "instance/load_report.h"
#include "instance/oim_from_instance.h"
#include "taxonomy/uri.h"

namespace factpress::batch {
namespace {

/// The outputs of one job by name, as a reader would find them.
class Shelf {
 public:
  explicit Shelf(const std::vector<render::Output>& outputs) : outputs_(outputs) {}

  SourcePtr source(const std::string& name) const {
    for (const render::Output& o : outputs_)
      if (o.name == name) return std::make_shared<const Source>(name, o.bytes);
    return nullptr;
  }

 private:
  const std::vector<render::Output>& outputs_;
};

using Facts = std::optional<instance::OimReport>;
using FactsByName = std::map<std::string, instance::OimReport>;

// Every rendering that is there must state the facts of the first one. What validation has read already is not read again.
void compare_all(const Shelf& shelf, const std::string& base, FactsByName& known, diag::Sink& sink) {
  std::vector<std::pair<std::string, Facts>> read;
  const auto add = [&](const std::string& name, auto reader) {
    if (const auto it = known.find(name); it != known.end()) read.emplace_back(name, std::move(it->second));
    else if (const SourcePtr source = shelf.source(name)) read.emplace_back(name, reader(source));
  };
  add(base + ".xml", [&](const SourcePtr& s) { return instance::read_xbrl_report(s, sink); });
  add(base + ".htm", [&](const SourcePtr& s) { return instance::read_inline_report(s, sink); });
  add("facts.json", [&](const SourcePtr& s) { return instance::read_json_report(s, sink); });
  add("facts-metadata.json", [&](const SourcePtr& s) {
    return instance::read_csv_report(s, [&](const std::string& url) { return shelf.source(url); }, sink);
  });
  for (std::size_t i = 1; i < read.size(); ++i)
    if (read[0].second && read[i].second) same_facts(*read[0].second, read[0].first, *read[i].second, read[i].first, sink);
}

// The instance and the inline document with their taxonomy, by the rules that any filing is held to.
void validate_reports(const Job& job, const Context& context, FactsByName& facts, diag::Sink& sink) {
  const auto shelf = std::make_shared<MemoryFileSystem>();
  // Documents are looked up by their normal names: "./out", "out/" and "a/../out" are one folder.
  const std::string folder = taxonomy::normal_name(context.options.output_folder + "/" + job.input.name) + "/";
  std::vector<std::string> reports;
  for (const render::Output& o : job.outputs) {
    if (o.name.starts_with(job.report->base) && !o.name.ends_with(".xbri")) (void)shelf->write(folder + o.name, o.bytes);  // a report refers to nothing else
    if (o.name == job.report->base + ".xml" || o.name == job.report->base + ".htm") reports.push_back(folder + o.name);
  }
  if (reports.empty()) return;
  const auto stand_ins = stand_in_schemas(*job.report);
  const auto stand_in = [&](const std::string& url) -> std::optional<std::string> {
    const auto it = stand_ins.find(url);
    if (it == stand_ins.end()) return {};
    return it->second;
  };
  std::mutex one_at_a_time;
  const auto keep = [&](const validate::ReadInstance& read) {
    instance::OimReport report = instance::oim_from_instance(read.instance, read.fact_places);
    const std::lock_guard lock(one_at_a_time);
    facts.try_emplace(read.file.substr(folder.size()), std::move(report));  // of an inline document the default target comes first
  };
  validate::Findings found = context.validator->validate(reports, shelf, stand_in, keep);
  for (validate::FileFindings& f : found.files) sink.merge(std::move(f.sink));
}

}  // namespace

void check_outputs(Job& job, const Context& context) {
  diag::Sink sink;
  FactsByName facts;
  validate_reports(job, context, facts, sink);
  compare_all(Shelf(job.outputs), job.report->base, facts, sink);
  const bool invalid = sink.has_errors();
  const std::size_t errors = sink.count(diag::Severity::error);
  job.sink.merge(std::move(sink));
  if (!invalid) return;
  job.sink.add({diag::codes::batch_output_invalid, {},
                fmt::format("the outputs of {} have {} error{} and were not written", job.input.path, errors, errors == 1 ? "" : "s")});
  std::erase_if(job.outputs, [](const render::Output& o) { return o.name != "audit.json"; });
}

}  // namespace factpress::batch
