#pragma once
#include <optional>

#include "diag/diagnostic.h"
#include "instance/oim.h"

namespace factpress::instance {

/// Reads an xBRL-JSON 1.0 report. Every fault is a finding (instance.json-syntax, instance.oim-*) at its place; the report is
/// empty then. Facts with decimals or a unit are numeric; others hold text.
std::optional<OimReport> read_json_report(const SourcePtr& source, diag::Sink& sink);

}  // namespace factpress::instance
