#include <algorithm>
#include <array>

#include "diag/codes/assemble.h"
#include "diag/codes/base.h"
#include "diag/codes/batch.h"
#include "diag/codes/calculation.h"
#include "diag/codes/cli.h"
#include "diag/codes/dimensions.h"
#include "diag/codes/document.h"
#include "diag/codes/facts.h"
#include "diag/codes/inline.h"
#include "diag/codes/instance.h"
#include "diag/codes/mapping.h"
#include "diag/codes/model.h"
#include "diag/codes/render.h"
#include "diag/codes/schema.h"
#include "diag/codes/tables.h"
#include "diag/codes/taxonomy.h"
#include "diag/codes/template.h"
#include "diag/codes/validate.h"
#include "diag/codes/xbrl.h"
#include "diag/codes/xml.h"

namespace factpress::diag {
namespace {

// The rows' own identifiers, so that a code found here and one used by an emitter are the same object.
const CodeInfo* const rows[] = {
#define FP_CODE(id, code, severity, title, why, remedy, clause) &codes::id,
#include "diag/codes/base.def"
#include "diag/codes/xml.def"
#include "diag/codes/document.def"
#include "diag/codes/tables.def"
#include "diag/codes/facts.def"
#include "diag/codes/xbrl.def"
#include "diag/codes/taxonomy.def"
#include "diag/codes/schema.def"
#include "diag/codes/mapping.def"
#include "diag/codes/model.def"
#include "diag/codes/assemble.def"
#include "diag/codes/template.def"
#include "diag/codes/render.def"
#include "diag/codes/instance.def"
#include "diag/codes/validate.def"
#include "diag/codes/dimensions.def"
#include "diag/codes/calculation.def"
#include "diag/codes/inline.def"
#include "diag/codes/batch.def"
#include "diag/codes/cli.def"
#undef FP_CODE
};

}  // namespace

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::info: return "info";
    case Severity::warning: return "warning";
    case Severity::error: return "error";
  }
  return "";
}

std::span<const CodeInfo* const> catalog() {
  static const auto sorted = [] {
    auto copy = std::to_array(rows);
    std::sort(copy.begin(), copy.end(), [](const CodeInfo* a, const CodeInfo* b) { return a->code < b->code; });
    return copy;
  }();
  return sorted;
}

const CodeInfo* find_code(std::string_view code) {
  const auto all = catalog();
  const auto it = std::lower_bound(all.begin(), all.end(), code, [](const CodeInfo* c, std::string_view s) { return c->code < s; });
  return it != all.end() && (*it)->code == code ? *it : nullptr;
}

}  // namespace factpress::diag
