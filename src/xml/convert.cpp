#include "xml/convert.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/text.h"

namespace factpress::xml {
namespace {

// The first byte of those that `attribute` or other text may not take over as they stand.
const char* skip_unchanged(const char* p, const char* end, bool attribute) {
#ifdef __SSE2__
  const __m128i reference = _mm_set1_epi8('&'), line = _mm_set1_epi8('\r');
  const __m128i highest = _mm_set1_epi8(attribute ? '\r' : 0);  // of tab and line ends, with other bytes that may stop it in vain
  for (; end - p >= 16; p += 16) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(v, highest), v);
    const int mask = _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, reference), _mm_cmpeq_epi8(v, line)), low));
    if (mask != 0) return p + __builtin_ctz(static_cast<unsigned>(mask));
  }
#endif
  while (p < end && *p != '&' && *p != '\r' && !(attribute && is_xml_space(*p))) ++p;
  return p;
}

// At an '&': appends what the reference stands for and returns its length.
std::size_t append_reference(std::string& out, std::string_view rest) {
  const std::size_t semicolon = rest.find(';');
  const std::string_view name = rest.substr(1, semicolon - 1);
  if (name[0] == '#') {
    const bool hex = name[1] == 'x';
    char32_t c = 0;
    for (const char d : name.substr(hex ? 2 : 1)) c = c * (hex ? 16 : 10) + static_cast<char32_t>(is_digit(d) ? d - '0' : (d | 0x20) - 'a' + 10);
    append_utf8(out, c);
  } else {
    out += name == "lt" ? '<' : name == "gt" ? '>' : name == "amp" ? '&' : name == "apos" ? '\'' : '"';
  }
  return semicolon + 1;
}

}  // namespace

Piece append_converted(std::string& out, std::string_view raw, Conversion conversion) {
  const auto begin = static_cast<std::uint32_t>(out.size());
  const bool attribute = conversion == Conversion::attribute;
  for (std::size_t i = 0; i < raw.size();) {
    const char c = raw[i];
    if (c == '&' && conversion != Conversion::lines) {
      i += append_reference(out, raw.substr(i));
    } else if (c == '\r') {
      out += attribute ? ' ' : '\n';
      i += raw.substr(i, 2) == "\r\n" ? 2 : 1;
    } else if (attribute && is_xml_space(c)) {
      out += ' ';
      ++i;
    } else {
      const char* const end = skip_unchanged(raw.data() + i + 1, raw.data() + raw.size(), attribute);
      const auto length = static_cast<std::size_t>(end - raw.data()) - i;
      out += raw.substr(i, length);
      i += length;
    }
  }
  return {begin | Piece::elsewhere, static_cast<std::uint32_t>(out.size()) - begin};
}

}  // namespace factpress::xml
