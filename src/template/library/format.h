#pragma once
#include "template/object.h"

namespace factpress::tmpl {

/// "%s of %.2f" with the arguments of the call: %s %r %d %i %f %x %X %o %c %%, flags - 0 + blank, width, precision, %(name)s.
Value format_percent(Call& c);
/// "{} {0} {name}": str.format with positions and names, "{:,.2f}" for numbers is not offered.
Value format_braces(Call& c);

}  // namespace factpress::tmpl
