#pragma once
#include <string>
#include <string_view>

namespace factpress::render {

/// SHA-256 (FIPS 180-4) of the bytes, in lower-case hexadecimal: what a reader checks a download against.
std::string sha256(std::string_view bytes);

}  // namespace factpress::render
