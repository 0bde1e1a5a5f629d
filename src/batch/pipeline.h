#pragma once
#include <memory>
#include <string>
#include <vector>

#include "assemble/assemble.h"
#include "base/fs.h"
#include "batch/inputs.h"
#include "diag/diagnostic.h"
#include "model/report.h"
#include "render/render.h"
#include "validate/validate.h"

namespace factpress::batch {

/// What a run does with each release.
struct Options {
  assemble::Options assemble;
  render::Options render;
  validate::Options validate;
  std::string output_folder = "out";
  bool build = false;       ///< render, validate and write; else stop at the report
  bool keep_facts = false;  ///< Job::facts is filled
};

/// Everything that came of one input. Findings are in the order of the passes.
struct Job {
  Input input;
  SourcePtr source;
  std::shared_ptr<const model::Report> report;  ///< null where the input could not be read
  std::vector<facts::RawFact> facts;            ///< as read, before concepts and merging; for `extract`
  std::vector<render::Output> outputs;          ///< as rendered; those that failed their validation are not written
  std::vector<std::string> written;             ///< paths
  diag::Sink sink;
  bool unreadable = false;
};

/// One step over a job. The passes stand in pipeline.cpp as a list that is read from top to bottom.
struct Context {
  FileSystem& files;
  const Options& options;
  const validate::Validator* validator = nullptr;  ///< shared by all jobs of a run
};
struct Pass {
  const char* name;
  void (*run)(Job&, const Context&);
  bool (*wanted)(const Options&);
};
const std::vector<Pass>& passes();

/// Takes one input through every pass that is wanted, stopping where nothing is left to work on. `bytes`: the input's, where
/// they were read already (standard input).
Job run_job(Input input, const Context& context, const std::string* bytes = nullptr);

}  // namespace factpress::batch
