#include "template/case_map.h"

#include "base/text.h"

namespace factpress::tmpl {

char32_t upper_of(char32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z' ? c - 32 : c;
  if ((c >= 0xE0 && c <= 0xFE && c != 0xF7)) return c - 32;
  if (c == 0xFF) return 0x178;
  if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177)) return c == 0x131 ? U'I' : c & ~char32_t{1};
  if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return c % 2 == 0 ? c - 1 : c;
  if (c >= 0x3B1 && c <= 0x3C9 && c != 0x3C2) return c - 32;
  if (c >= 0x430 && c <= 0x44F) return c - 32;
  if (c >= 0x450 && c <= 0x45F) return c - 80;
  return c;
}

char32_t lower_of(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;
  if (c == 0x178) return 0xFF;
  if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177)) return c == 0x130 ? U'i' : c | 1;
  if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return c % 2 == 1 ? c + 1 : c;
  if (c >= 0x391 && c <= 0x3A9) return c + 32;
  if (c >= 0x410 && c <= 0x42F) return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  return c;
}

bool is_letter(char32_t c) {
  if (c < 0x80) return (c | 32) >= 'a' && (c | 32) <= 'z';
  return upper_of(c) != c || lower_of(c) != c || c == 0xDF || c == 0xAA || c == 0xB5 || c == 0xBA || (c > 0xFF && !(c >= 0x2000 && c <= 0x2BFF) && c != 0x3000);
}

namespace {
template <class F>
std::string mapped(std::string_view s, F f) {
  std::string out(s.size(), '\0');
  std::size_t plain = 0;  // how much of the text is ASCII, and mapped byte by byte
  for (; plain < s.size() && static_cast<unsigned char>(s[plain]) < 0x80; ++plain)
    out[plain] = static_cast<char>(f(static_cast<unsigned char>(s[plain]), plain == 0));
  out.resize(plain);
  for (std::size_t i = plain; i < s.size();) {
    const std::size_t begin = i;
    append_utf8(out, f(next_code_point(s, i), begin == 0));
  }
  return out;
}
}  // namespace

std::string upper_text(std::string_view s) { return mapped(s, [](char32_t c, bool) { return upper_of(c); }); }
std::string lower_text(std::string_view s) { return mapped(s, [](char32_t c, bool) { return lower_of(c); }); }
std::string capitalized(std::string_view s) {
  return mapped(s, [](char32_t c, bool first) { return first ? upper_of(c) : lower_of(c); });
}

}  // namespace factpress::tmpl
