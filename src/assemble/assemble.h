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
  mapping::MapperOptions mapper;            ///< user's mapping, earlier taxonomy, dictionary; profile and prefix are set here
  bool proofs_only = false;                 ///< `check`: no concepts are chosen
};

/// Raw facts and concepts become the frozen Report: periods, units, contexts, duplicates merged, canonical order, footing,
/// balance, ties, reconciliations, per-share checks and claims judged by rounding intervals. Never fails; doubts and
/// contradictions go to `sink` (codes assemble.*), and each stands in the report as a check or a note.
/// Deterministic: the same reading gives the same report. Takes the reading apart.
std::shared_ptr<const model::Report> assemble(facts::Reading reading, const Options& options, diag::Sink& sink);

}  // namespace factpress::assemble
