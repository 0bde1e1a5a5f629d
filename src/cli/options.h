#pragma once
#include "cli/arguments.h"
#include "validate/validate.h"

namespace factpress::cli {

/// --package, --utr, --calc, --snapshot, --no-cache as the validator has them. The cache folder is factpress in $XDG_CACHE_HOME, or
/// in ~/.cache where that is not set; none where neither is known.
validate::Options validation_options(const Arguments& arguments);

}  // namespace factpress::cli
