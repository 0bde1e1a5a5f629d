#pragma once
#include <string>

#include "document/document.h"

namespace factpress::tables {

/// The one currency, other than the U.S. dollar, in which the release says that its amounts are ("All amounts are in Canadian dollars", "NOK in
/// millions"): an ISO 4217 code. Empty where it says nothing of the kind, or names several.
std::string reporting_currency(const document::Document& document);

}  // namespace factpress::tables
