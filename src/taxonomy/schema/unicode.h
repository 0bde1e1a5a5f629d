#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace factpress::schema {

struct CharRange {
  char32_t first, last;  // both included
};

/// Appends the characters of a Unicode general category ("L", "Lu", ...); false for an unknown one.
bool add_category(std::string_view name, std::vector<CharRange>& out);
/// Appends the characters of a Unicode block by its name without spaces ("BasicLatin"); false for an unknown one.
bool add_block(std::string_view name, std::vector<CharRange>& out);

}  // namespace factpress::schema
