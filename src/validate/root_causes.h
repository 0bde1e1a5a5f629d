#pragma once
#include "diag/diagnostic.h"

namespace factpress::validate {

/// Where documents of the taxonomy are missing, everything that cannot be known because of it would be told fact by fact.
/// Such consequences are taken out and counted in one note on the first missing document. Emits validate.consequences.
void group_root_causes(diag::Sink& sink);

}  // namespace factpress::validate
