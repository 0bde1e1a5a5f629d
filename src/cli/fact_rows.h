#pragma once
#include <string>
#include <vector>

#include "batch/pipeline.h"

namespace factpress::cli {

/// The columns of `extract --format tsv` (docs/COMMANDS.md), one element a column.
const std::vector<std::string_view>& fact_columns();
/// One row a fact that was read, in document order, its fields in the order of fact_columns().
std::vector<std::vector<std::string>> fact_rows(const batch::Job& job);

}  // namespace factpress::cli
