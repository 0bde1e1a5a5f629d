#pragma once
#include "diag/code.h"

namespace factpress::diag::codes {
#define FP_CODE(id, code, severity, title, why, remedy, clause) \
  inline constexpr CodeInfo id{code, Severity::severity, title, why, remedy, clause};
#include "diag/codes/template.def"
#undef FP_CODE
}  // namespace factpress::diag::codes
