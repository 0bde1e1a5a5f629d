#pragma once
#include <memory>
#include <string>

#include "diag/diagnostic.h"
#include "facts/raw_fact.h"
#include "mapping/mapper.h"
#include "model/report.h"

namespace factpress::assemble {

struct Options {
  model::Profile profile = model::Profile::us_gaap;
  mapping::MapperOptions mapper;  ///< its profile and company_prefix are set here, from `profile` and the reading
  bool proofs_only = false;       ///< `check`: no concepts are chosen
};

/// Raw facts and concepts become the frozen Report: periods, units, contexts, duplicates merged, canonical order, footing,
/// balance, ties, reconciliations, per-share checks and claims judged by rounding intervals. Never fails; doubts and
/// contradictions go to `sink` (codes check.* for contradictions, assemble.* for the rest), and each stands in the report as a
/// check or a note. Deterministic: the same reading gives the same report. Takes the reading apart.
/// With `proofs_only` the report has checks, claims and one fact for every number, without concepts or statements.
std::shared_ptr<const model::Report> assemble(facts::Reading reading, const Options& options, diag::Sink& sink);

}  // namespace factpress::assemble
