#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace factpress::taxonomy {

/// A raw deflate stream (RFC 1951) as the `size` bytes that it is said to hold; nothing where it is damaged or holds another number.
/// The caller has held `size` against a bound: so much memory is taken. Safe from several threads.
std::optional<std::string> inflate(std::string_view packed, std::size_t size);

}  // namespace factpress::taxonomy
