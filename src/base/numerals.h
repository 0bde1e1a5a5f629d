#pragma once
#include <string_view>

namespace factpress {

/// 0 to 99 for "zero", "sixteen", "fifty-three", also written as one word ("fiftythree"), in lower case; -1 for none.
int number_of_word(std::string_view lower_word);

}  // namespace factpress
