#pragma once
#include <string>

#include "facts/raw_fact.h"

namespace factpress::test {

/// Holds a reading against its source: every fact's digits stand at its span, its value has those digits and no others, and
/// every index points at something. Empty where all is well, else the first thing that is wrong.
std::string wrong_fact(const facts::Reading& reading);

}  // namespace factpress::test
