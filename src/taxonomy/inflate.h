#pragma once
#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace factpress::taxonomy {

/// A raw deflate stream (RFC 1951) as the `size` bytes that it is said to hold; nothing where it is damaged or holds another number.
/// The caller has held `size` against a bound: so much memory is taken. Safe from several threads.
std::optional<Bytes> inflate(std::string_view packed, std::size_t size);

}  // namespace factpress::taxonomy
