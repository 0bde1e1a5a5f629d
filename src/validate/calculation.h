#pragma once
#include "validate/instance_check.h"
#include "validate/validate.h"

namespace factpress::validate {

/// Calculation consistency by XBRL 2.1 §5.2.5.2: every binding of a summation with its contributing items, tuple scope, duplicates
/// not bound. Linear in the facts and the relationships between reported concepts. Emits calculation.inconsistent.
void check_calculations_10(InstanceCheck& check);

/// Calculations 1.1: interval arithmetic over the facts of a report; both its own arcrole and that of XBRL 2.1. Emits the
/// calc11e codes.
void check_calculations_11(InstanceCheck& check, bool truncated);

/// Duplicate facts classified as complete, consistent or inconsistent duplicates. Emits calculation.duplicates-inconsistent as a
/// warning and calculation.duplicates-consistent, calculation.duplicates-complete as information.
void check_duplicates(InstanceCheck& check);

}  // namespace factpress::validate
