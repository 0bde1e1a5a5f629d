#include "cli/run.h"

#include <fmt/format.h>

#include <iostream>
#include <iterator>
#include <map>

#include "cli/exit_codes.h"
#include "cli/explain_facts.h"
#include "cli/options.h"
#include "batch/parallel.h"
#include "diag/codes/base.h"
#include "diag/codes/batch.h"
#include "diag/codes/cli.h"
#include "mapping/user_mapping.h"
#include "render/render.h"

namespace factpress::cli {
namespace {

model::Profile profile_of(const std::string& word) {
  return word == "standalone" ? model::Profile::standalone : word == "ifrs" ? model::Profile::ifrs : model::Profile::us_gaap;
}

mapping::Profile mapper_profile(model::Profile p) {
  switch (p) {
    case model::Profile::standalone: return mapping::Profile::standalone;
    case model::Profile::ifrs: return mapping::Profile::ifrs;
    case model::Profile::us_gaap: break;
  }
  return mapping::Profile::us_gaap;
}

// The user's mapping files and the earlier taxonomy.
bool read_mapping(const Arguments& arguments, batch::Options& options, diag::Sink& sink) {
  const auto files = real_file_system();
  std::vector<SourcePtr> maps;
  for (const std::string& path : arguments.maps) {
    const auto bytes = files->read(path);
    if (!bytes) {
      sink.add({diag::codes::base_unreadable, {}, bytes.error()});
      return false;
    }
    maps.push_back(std::make_shared<const Source>(path, *bytes));
  }
  if (!maps.empty()) {
    options.assemble.mapper.user = mapping::read_user_mappings(maps, sink);
    if (!options.assemble.mapper.user) return false;
  }
  if (!arguments.prior.empty()) {
    options.assemble.mapper.prior = mapping::read_prior_taxonomy(*files, arguments.prior, sink);
    if (!options.assemble.mapper.prior) return false;
  }
  return true;
}

void refuse_same_names(const std::vector<batch::Input>& inputs, std::vector<const batch::Input*>& earlier) {
  std::map<std::string, const batch::Input*> seen;
  earlier.assign(inputs.size(), nullptr);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const auto [it, fresh] = seen.emplace(inputs[i].name, &inputs[i]);
    if (!fresh) earlier[i] = it->second;
  }
}

batch::Job refused(const batch::Input& input, const batch::Input& earlier) {
  batch::Job job;
  job.input = input;
  job.unreadable = true;
  job.sink.add({diag::codes::batch_same_name, {},
                fmt::format("{} was not built: its outputs would overwrite those of {}", input.path, earlier.path)});
  return job;
}

void count(const batch::Job& job, Totals& totals) {
  ++totals.inputs;
  totals.unreadable += job.unreadable;
  totals.written += job.written.size();
  if (!job.report) return;
  totals.facts += job.report->facts.size();
  for (const model::Check& check : job.report->checks) {
    totals.proved += check.verdict == model::Verdict::proved;
    totals.contradicted += check.verdict == model::Verdict::contradicted;
    totals.unproved += check.verdict == model::Verdict::unproved;
  }
}

// --strict: what contradicts is an error, not a warning.
void make_strict(const batch::Job& job, diag::Sink& sink) {
  diag::Sink strict;
  for (diag::Diagnostic d : job.sink.all()) {
    if (d.severity == diag::Severity::warning && d.code->code.starts_with("check.")) d.severity = diag::Severity::error;
    strict.add(std::move(d));
  }
  sink = std::move(strict);
}

}  // namespace

std::optional<batch::Options> batch_options(const Arguments& arguments, Console& console) {
  batch::Options options;
  options.assemble.profile = profile_of(arguments.profile);
  options.assemble.mapper.profile = mapper_profile(options.assemble.profile);
  options.keep_facts = arguments.explain;
  options.render.only = arguments.only;
  options.render.template_folders = arguments.template_folders;
  if (!arguments.template_folders.empty()) options.render.environment = render::make_environment(arguments.template_folders);
  options.validate = validation_options(arguments);
  options.output_folder = arguments.output;
  diag::Sink sink;
  const bool usable = read_mapping(arguments, options, sink);
  console.findings(std::move(sink));
  if (!usable) return {};
  return options;
}

Totals run_inputs(const Arguments& arguments, const batch::Options& options, Console& console,
                  const std::function<void(batch::Job&)>& each) {
  Totals totals;
  const auto files = real_file_system();
  diag::Sink sink;
  const auto inputs = batch::expand_inputs(*files, arguments.inputs, batch::release_endings(), sink);
  totals.unreadable += sink.count(diag::Severity::error);
  console.findings(std::move(sink));
  if (const auto* user = options.assemble.mapper.user.get(); user && user->release.of_one_release() && inputs.size() > 1) {
    diag::Sink refusal;
    refusal.add({diag::codes::cli_one_release, {}, fmt::format("[release] of the mapping file tells the period or the day of one release, but {} inputs were given", inputs.size())});
    console.findings(std::move(refusal));
    totals.inputs = totals.unreadable = inputs.size();
    return totals;
  }
  std::vector<const batch::Input*> earlier(inputs.size(), nullptr);
  if (options.build) refuse_same_names(inputs, earlier);
  std::optional<std::string> standard_input;
  for (const batch::Input& input : inputs)
    if (input.path == "-" && !standard_input)
      standard_input.emplace(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>());
  std::optional<validate::Validator> validator;
  if (options.build) validator.emplace(files, options.validate);
  const batch::Context context{*files, options, validator ? &*validator : nullptr};
  batch::in_order<batch::Job>(
      inputs.size(), arguments.threads,
      [&](std::size_t i) {
        if (earlier[i]) return refused(inputs[i], *earlier[i]);
        return batch::run_job(inputs[i], context, inputs[i].path == "-" ? &*standard_input : nullptr);
      },
      [&](std::size_t i, batch::Job job) {
        count(job, totals);
        if (arguments.strict) make_strict(job, job.sink);
        each(job);
        if (arguments.explain) console.err(explain_facts(job));
        console.findings(std::move(job.sink));
        console.progress(i + 1, inputs.size());
        // The process is about to end: the model of the last release is not taken apart piece by piece.
        [[maybe_unused]] static batch::Job* volatile last = nullptr;
        if (i + 1 == inputs.size()) last = new batch::Job(std::move(job));
      });
  return totals;
}

int exit_for(const Totals& totals) { return totals.unreadable != 0 ? exit_usage : exit_clean; }

std::string summary(const Totals& t) {
  const std::size_t read = t.inputs - std::min(t.inputs, t.unreadable);
  std::string out = fmt::format("{} release{}, {} facts; checks: {} proved, {} contradicted, {} unproved", read, read == 1 ? "" : "s",
                                t.facts, t.proved, t.contradicted, t.unproved);
  if (t.unreadable != 0) out += fmt::format("; {} not readable", t.unreadable);
  return out;
}

}  // namespace factpress::cli
