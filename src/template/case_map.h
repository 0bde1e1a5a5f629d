#pragma once
#include <string>
#include <string_view>

namespace factpress::tmpl {

/// Simple case mapping of one code point: ASCII, Latin-1, Latin Extended-A, Greek, Cyrillic; others as they are.
char32_t upper_of(char32_t c);
char32_t lower_of(char32_t c);
bool is_letter(char32_t c);  ///< has a case, or lies beyond Latin-1's signs
std::string upper_text(std::string_view s);
std::string lower_text(std::string_view s);
/// The first letter in upper case, the others in lower case.
std::string capitalized(std::string_view s);

}  // namespace factpress::tmpl
