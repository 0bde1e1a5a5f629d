#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "instance/inline_document.h"

namespace factpress::instance {

/// One target document of an inline report: the XBRL 2.1 instance that it states (Inline XBRL 1.1 §2.5, part 2).
struct InlineTarget {
  std::string name;                ///< "" is the default target
  std::string bytes;               ///< the instance, UTF-8
  std::vector<Place> fact_places;  ///< in the inline document, of each fact in the order of the instance
};

/// Extracts every target. Facts whose value cannot be told are left out after a finding (inline.*), so that the rest can still
/// be looked at; the report is then not valid.
std::vector<InlineTarget> extract_targets(const InlineDocument& document, diag::Sink& sink);

}  // namespace factpress::instance
