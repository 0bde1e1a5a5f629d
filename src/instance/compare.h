#pragma once
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "instance/oim.h"

namespace factpress::instance {

/// Proves that two renderings of a report state the same facts: every fact of one stands in the other with the same concept,
/// entity, period, dimensions, unit, decimals and value. Facts said several times count once. Each difference is one
/// instance.facts-differ at the fact's place, with the nearest fact of the other side. Returns whether they agree.
bool same_facts(const OimReport& a, const std::string& a_name, const OimReport& b, const std::string& b_name, diag::Sink& sink);

}  // namespace factpress::instance
