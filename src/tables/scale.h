#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace factpress::tables {

/// What a note says of the scale of amounts: "(in thousands, except per share data)".
struct ScaleNote {
  std::optional<int> money;          ///< power of ten; none: nothing said
  std::optional<int> shares;         ///< where shares are excepted from it: 0, or their own power
  std::uint32_t begin = 0, end = 0;  ///< the words within the text
};
ScaleNote read_scale(std::string_view text);

/// 3, 6, 9, 12 for thousand, million, billion, trillion and their abbreviations behind a number, 2 for hundred; 0 for other words.
int scale_of_word(std::string_view lower_word);

}  // namespace factpress::tables
