#include "xml/referring_text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace factpress::xml {

#ifdef __SSE2__
namespace {

constexpr std::ptrdiff_t block = 64, longest = 5;

/// Of the bytes at `p`, a bit for each '&', and for each other byte that plain text may not hold.
struct Marks {
  std::uint64_t references, others;
};

inline Marks marks_of_quarter(const char* p) {
  const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
  const auto is = [v](char c) { return _mm_cmpeq_epi8(v, _mm_set1_epi8(c)); };
  // As signed numbers, bytes beyond ASCII are below the control characters.
  const __m128i low = _mm_andnot_si128(_mm_or_si128(is('\n'), is('\t')), _mm_cmplt_epi8(v, _mm_set1_epi8(0x20)));
  const __m128i other = _mm_or_si128(low, _mm_or_si128(is('<'), is(']')));
  return {static_cast<unsigned>(_mm_movemask_epi8(is('&'))), static_cast<unsigned>(_mm_movemask_epi8(other))};
}

inline Marks marks_of(const char* p) {
  const Marks a = marks_of_quarter(p), b = marks_of_quarter(p + 16), c = marks_of_quarter(p + 32), d = marks_of_quarter(p + 48);
  return {a.references | b.references << 16 | c.references << 32 | d.references << 48, a.others | b.others << 16 | c.others << 32 | d.others << 48};
}

/// What follows an '&', the first byte lowest.
inline std::uint32_t word_behind(const char* at) {
  std::uint32_t word = 0;
  std::memcpy(&word, at + 1, 4);
  return word;
}
constexpr std::uint32_t three = 0xFFFFFF, lt = 0x3B746C, gt = 0x3B7467, amp = 0x3B706D61;  // "lt;", "gt;", "amp;"

}  // namespace

const char* skip_referring_text(const char* p, const char* end) {
  while (end - p >= block + longest) {
    const Marks m = marks_of(p);
    std::uint64_t references = m.others == 0 ? m.references : m.references & ((m.others & -m.others) - 1);
    const char* next = m.others == 0 ? p + block : p + __builtin_ctzll(m.others);
    if (references != 0) {
      const char* const last = p + 63 - __builtin_clzll(references);
      // Without a branch on which of them each is: that cannot be foretold.
      unsigned strange = 0;
      do {
        const std::uint32_t word = word_behind(p + __builtin_ctzll(references));
        strange |= static_cast<unsigned>((word & three) != lt) & static_cast<unsigned>((word & three) != gt) & static_cast<unsigned>(word != amp);
        references &= references - 1;
      } while (references != 0);
      if (strange != 0) return p;
      next = std::max(next, last + (word_behind(last) == amp ? 5 : 4));  // it may reach beyond the block
    }
    p = next;
    if (m.others != 0) break;
  }
  return p;
}
#else
const char* skip_referring_text(const char* p, const char*) { return p; }
#endif

}  // namespace factpress::xml
