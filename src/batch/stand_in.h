#pragma once
#include <map>
#include <optional>
#include <string>

#include "model/report.h"

namespace factpress::batch {

/// Schemas that stand in for official ones while a report is validated and no package supplies them: by the public URL that the
/// report's schema imports. Each declares the standard concepts that the report uses, by the built-in dictionary (name, type,
/// period type, balance), and the item types they need. They prove that the report is consistent with the dictionary; they say
/// nothing of the rest of the official taxonomy. Deterministic.
std::map<std::string, std::string> stand_in_schemas(const model::Report& report);

}  // namespace factpress::batch
