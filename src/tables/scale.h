#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace factpress::tables {

/// What a note says of the scale of amounts: "(in thousands, except per share data)".
struct ScaleNote {
  std::optional<int> money;          ///< power of ten; none: nothing said
  std::optional<int> shares;         ///< where shares are excepted from it: 0, or their own power
  std::vector<std::string> prices;   ///< what else is excepted and costs something, in lower case: "average sales price", "revpar"
  std::uint32_t begin = 0, end = 0;  ///< the words within the text
};
ScaleNote read_scale(std::string_view text);

/// What a column's head names before a scale in brackets: "Payments volume" of "Payments volume ($B)"; empty for a note alone ("Dollars (in millions)").
std::string_view named_before_scale(std::string_view text);

/// 6 of "Accounts (M)", 3 of "Lines (000s)" and "Units K": what a letter or brackets at the end of a column's head say of its counts.
std::optional<int> read_scale_of_counts(std::string_view lowered_head);

/// The word of letters at the start of `text` and its power of ten (3 and more), in any case: "million", "Bn", "M"; `length` 0 for any other.
struct ScaleWord {
  std::size_t length = 0;
  int power = 0;
};
ScaleWord scale_word(std::string_view text);

/// 3, 6, 9, 12 for thousand, million, billion, trillion and their abbreviations behind a number, 2 for hundred; 0 for other words.
int scale_of_word(std::string_view lower_word);

}  // namespace factpress::tables
