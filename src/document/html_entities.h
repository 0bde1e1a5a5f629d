#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace factpress::document {

/// A resolved character reference; `length` 0: the text at hand is none.
struct CharacterReference {
  char32_t code_point = 0;
  std::size_t length = 0;  ///< bytes of the reference in the source, with its semicolon where it has one
};

/// Reads a reference at the start of `text` (which begins with '&') as browsers do: the semicolon may be missing, and 128 to
/// 159 mean what they mean in Windows-1252.
CharacterReference character_reference(std::string_view text);

}  // namespace factpress::document
