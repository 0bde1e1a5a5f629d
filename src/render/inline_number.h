#pragma once
#include <optional>
#include <string_view>

#include "model/report.h"

namespace factpress::render {

/// The part of a printed number that ix:nonFraction can hold, and how it becomes the value.
struct InlineNumber {
  std::size_t begin = 0, end = 0;  ///< of the digits, in the printed text
  std::string_view format;         ///< local name in the transformation registry 4
  Decimal value;
  int scale = 0;
  bool negative = false;
};

/// Finds the digits in `printed` ("$ (1,596,280)", "$16.2 million", "27.3%", a dash) that state `fact` at the precision of
/// `occurrence`. The sign is the fact's own: what is printed as a deduction may be a positive value of its concept. Empty
/// where there are no digits, more than one run of them, or digits that do not agree with the fact within its rounding.
std::optional<InlineNumber> find_inline_number(std::string_view printed, const model::Fact& fact,
                                               const model::Occurrence& occurrence);

/// The format that reads `printed` as `value`: an ISO date from "March 31, 2013"; the empty name where both are the same text.
/// No value where nothing does.
std::optional<std::string_view> find_inline_text_format(std::string_view printed, std::string_view value);

}  // namespace factpress::render
