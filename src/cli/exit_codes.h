#pragma once

namespace factpress::cli {

constexpr int exit_clean = 0;
constexpr int exit_findings = 1;  ///< findings of severity error
constexpr int exit_usage = 2;     ///< wrong usage, or an input that cannot be read
constexpr int exit_internal = 3;  ///< a fault of the program: always a bug

}  // namespace factpress::cli
