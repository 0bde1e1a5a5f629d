#include "xml/referring_text.h"

#ifdef __SSE2__
#include <emmintrin.h>

#include "xml/referring_blocks.h"

namespace factpress::xml {
namespace {

class Block {
 public:
  explicit Block(const char* p) : p_(p) {}
  // As signed numbers, bytes beyond ASCII are below the control characters.
  std::uint64_t others() const {
    return bits([](const char* p) {
      const __m128i v = at(p);
      const __m128i low = _mm_andnot_si128(_mm_or_si128(is(v, '\n'), is(v, '\t')), _mm_cmplt_epi8(v, _mm_set1_epi8(0x20)));
      return _mm_or_si128(low, _mm_or_si128(is(v, '<'), is(v, ']')));
    });
  }
  std::uint64_t references() const {
    return bits([](const char* p) { return is(at(p), '&'); });
  }
  std::uint64_t strange() const {
    return bits([](const char* p) {
      const __m128i a = at(p + 1), b = at(p + 2), c = at(p + 3), d = at(p + 4);
      const __m128i angle = _mm_and_si128(_mm_or_si128(is(a, 'l'), is(a, 'g')), _mm_and_si128(is(b, 't'), is(c, ';')));
      const __m128i amp = _mm_and_si128(_mm_and_si128(is(a, 'a'), is(b, 'm')), _mm_and_si128(is(c, 'p'), is(d, ';')));
      return _mm_andnot_si128(_mm_or_si128(angle, amp), is(at(p), '&'));
    });
  }

 private:
  static __m128i at(const char* p) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p)); }
  static __m128i is(__m128i v, char c) { return _mm_cmpeq_epi8(v, _mm_set1_epi8(c)); }
  template <class Test>
  std::uint64_t bits(Test test) const {
    const auto of = [&](int i) { return std::uint64_t{static_cast<unsigned>(_mm_movemask_epi8(test(p_ + 16 * i)))} << (16 * i); };
    return of(0) | of(1) | of(2) | of(3);
  }
  const char* p_;
};

}  // namespace

const char* skip_referring_text_sse2(const char* p, const char* end) { return skip_referring_blocks<Block>(p, end); }

const char* skip_referring_text(const char* p, const char* end) {
#if defined(__x86_64__) && defined(__GNUC__)
  static const bool wide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi");
  if (wide) return skip_referring_text_avx2(p, end);
#endif
  return skip_referring_text_sse2(p, end);
}

}  // namespace factpress::xml
#else
namespace factpress::xml {
const char* skip_referring_text(const char* p, const char*) { return p; }
}  // namespace factpress::xml
#endif
