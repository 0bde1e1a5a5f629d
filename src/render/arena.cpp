#include "render/arena.h"

#include <cstdint>
#include <cstring>

#include "base/text.h"

namespace factpress::render {
namespace {

bool is_allowed(char32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  if (c >= 0x7F && c < 0xA0) return c == 0x85;
  if (c >= 0x202A && c <= 0x202E) return false;
  if (c >= 0x2066 && c <= 0x2069) return false;
  return (c & 0xFFFE) != 0xFFFE && !(c >= 0xFDD0 && c <= 0xFDEF) && !(c >= 0xD800 && c < 0xE000);
}


/// How much of the text from its beginning is surely printable ASCII, eight bytes at a time.
std::size_t plain_words(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101, high = ones * 0x80;
  std::size_t at = 0;
  for (std::uint64_t word; text.size() - at >= sizeof word; at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if (((word - ones * 0x20) | (word + ones) | word) & high) break;  // a byte below 0x20, or 0x7F, or beyond ASCII
  }
  return at;
}

bool is_clean(std::string_view text) {
  for (std::size_t at = plain_words(text); at < text.size();) {
    if (text[at] >= 0x20 && text[at] < 0x7F) {  // nearly every byte of a release
      ++at;
      continue;
    }
    const std::size_t before = at;
    const char32_t c = next_code_point(text, at);
    if (!is_allowed(c)) return false;
    if (c == 0xFFFD && text.substr(before, at - before) != "\xEF\xBF\xBD") return false;
  }
  return true;
}

}  // namespace

std::string_view Arena::clean(std::string_view text) {
  if (is_clean(text)) return text;
  std::string out;
  out.reserve(text.size() + 16);
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    append_utf8(out, is_allowed(c) ? c : 0xFFFD);
  }
  return keep(std::move(out));
}

}  // namespace factpress::render
