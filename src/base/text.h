#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace factpress {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_alnum(char c) { return is_digit(c) || is_alpha(c); }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool has_digit(std::string_view text) {
  for (char c : text)
    if (is_digit(c)) return true;
  return false;
}
inline bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }
inline char to_lower(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }
inline char to_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

/// ASCII case only.
bool iequals(std::string_view a, std::string_view b);
bool istarts_with(std::string_view text, std::string_view prefix);
/// Offset of the first occurrence without regard to ASCII case, or npos.
std::size_t ifind(std::string_view text, std::string_view what, std::size_t from = 0);
inline bool icontains(std::string_view text, std::string_view what) { return ifind(text, what) != std::string_view::npos; }
std::string lower(std::string_view text);

/// Without ASCII white space at both ends.
std::string_view trim(std::string_view text);
/// Runs of white space (ASCII and U+00A0) become one space; none at the ends.
std::string collapse(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);

/// Appends plain digits ("1234567.5") with the part before the point in groups of three: "1,234,567.5".
void append_grouped(std::string& out, std::string_view digits, std::string_view separator = ",", std::string_view point = ".");
/// The first letter as a capital where it begins a word in small letters: "Gross margin"; "eBay" stays.
std::string with_capital(std::string_view text);

/// True for well-formed UTF-8 (no overlong forms, no surrogates).
bool is_utf8(std::string_view bytes);
/// Appends the UTF-8 form of a code point; U+FFFD for one that is no scalar value.
void append_utf8(std::string& out, char32_t code_point);
/// Reads one code point at `at` and moves `at` past it; malformed bytes give U+FFFD and move one byte.
char32_t next_code_point(std::string_view text, std::size_t& at);
std::size_t count_code_points(std::string_view text);

/// Least number of insertions, deletions, replacements and swaps of neighbours; `limit + 1` where it is more than `limit`.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);
/// The candidate that a writer of `name` most likely meant, or empty: for "did you mean".
std::string_view nearest_name(std::string_view name, const std::vector<std::string_view>& candidates);

}  // namespace factpress
