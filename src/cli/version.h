#pragma once

namespace factpress::cli {

constexpr const char* version = "0.1.0";

}  // namespace factpress::cli
