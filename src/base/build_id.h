#pragma once
#include <string_view>

namespace factpress {

/// A number of the program that runs, which the linker makes of its code and data: another one wherever these differ. The bytes
/// live as long as the program. Empty where the linker wrote none.
std::string_view build_id();

}  // namespace factpress
