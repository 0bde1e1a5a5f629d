#pragma once
#include <string>

#include "assemble/workbench.h"

namespace factpress::assemble {

/// Which one slip would make total = sum: a digit changed, two neighbours swapped, a lost parenthesis, a scale misread.
/// Empty where none does, and where more than three would (then naming one would be guessing).
std::string explain_slip(const Workbench& bench, const std::vector<Part>& parts, const Part& total, const Decimal& sum);

/// The two numbers differ in exactly one digit, at the same number of digits.
bool one_digit_apart(const Decimal& a, const Decimal& b);
/// Two neighbouring digits are swapped.
bool neighbours_swapped(const Decimal& a, const Decimal& b);

}  // namespace factpress::assemble
