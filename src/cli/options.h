#pragma once
#include "cli/arguments.h"
#include "validate/validate.h"

namespace factpress::cli {

/// --package, --utr, --calc, --snapshot as the validator has them.
validate::Options validation_options(const Arguments& arguments);

}  // namespace factpress::cli
