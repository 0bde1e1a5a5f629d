#include "batch/pipeline.h"

#include <fmt/format.h>

#include <algorithm>

#include "batch/check_outputs.h"
#include "diag/codes/base.h"
#include "diag/codes/batch.h"
#include "document/decode.h"
#include "facts/raw_fact.h"
#include "mapping/user_mapping.h"
#include "mapping/user_units.h"

namespace factpress::batch {
namespace {

void read_and_assemble(Job& job, const Context& context) {
  const mapping::UserMapping* user = context.options.assemble.mapper.user.get();
  facts::Reading reading = facts::read_release(job.source, document::detect_format(*job.source), job.sink, user ? user->release : facts::GivenIdentity{});
  if (user) mapping::apply_units(*user, reading);
  if (context.options.keep_facts) job.facts = reading.facts;
  job.report = assemble::assemble(std::move(reading), context.options.assemble, job.sink);
}

void render_outputs(Job& job, const Context& context) {
  job.outputs = render::render_all(*job.report, context.options.render, job.sink);
}

void validate_outputs(Job& job, const Context& context) { check_outputs(job, context); }

// Every file of a job is complete in memory and proved before the first is written; each then appears whole or not at all.
void write_outputs(Job& job, const Context& context) {
  const std::string folder = context.options.output_folder + "/" + job.input.name;
  for (const render::Output& output : job.outputs) {
    const std::string path = folder + "/" + output.name;
    // What stands there already stays as it is: replacing a file waits for the disk, and a new date would say that something changed.
    if (const auto there = context.files.read_bytes(path); there && there->view() == output.bytes) {
      job.written.push_back(path);
      continue;
    }
    Status status = context.files.write(path, output.bytes);
    if (status) {
      const auto back = context.files.read_bytes(path);
      if (!back) status = Failure{back.error()};
      else if (back->view() != output.bytes) status = Failure{fmt::format("{} does not hold what was written to it", path)};
    }
    if (!status) {
      job.sink.add({diag::codes::batch_not_written, {}, status.error()});
      return;
    }
    job.written.push_back(path);
  }
}

bool always(const Options&) { return true; }
bool when_building(const Options& o) { return o.build; }

}  // namespace

const std::vector<Pass>& passes() {
  static const std::vector<Pass> list = {
      {"read and assemble", read_and_assemble, always},
      {"render", render_outputs, when_building},
      {"validate", validate_outputs, when_building},
      {"write", write_outputs, when_building},
  };
  return list;
}

Job run_job(Input input, const Context& context, const std::string* bytes) {
  Job job;
  job.input = std::move(input);
  Result<Bytes> content = bytes ? Result<Bytes>(*bytes) : context.files.read_bytes(job.input.path);
  if (!content) {
    job.sink.add({diag::codes::base_unreadable, {}, content.error()});
    job.unreadable = true;
    return job;
  }
  job.source = document::decode(job.input.path == "-" ? "<stdin>" : job.input.path, *std::move(content), job.sink);
  if (!job.source) {
    job.unreadable = true;
    return job;
  }
  for (const Pass& pass : passes())
    if (pass.wanted(context.options)) pass.run(job, context);
  return job;
}

}  // namespace factpress::batch
