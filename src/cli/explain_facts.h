#pragma once
#include <string>

#include "batch/pipeline.h"

namespace factpress::cli {

/// --explain: for every number that was read, where it stands, what it was taken for, and why (row, section, title, scale note,
/// period header, concept and how sure). One paragraph a number, in document order; needs Job::facts.
std::string explain_facts(const batch::Job& job);

}  // namespace factpress::cli
