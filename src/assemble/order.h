#pragma once
#include "assemble/draft.h"

namespace factpress::assemble {

/// Facts in the order of their first print, prints in the order of their places, ids by that order. Before anything but the
/// document information refers to facts.
void order_facts(Draft& d);

}  // namespace factpress::assemble
