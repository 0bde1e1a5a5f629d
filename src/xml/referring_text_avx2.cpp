#include <cstddef>
#include <cstdint>
#include <cstring>
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#include "xml/referring_text.h"

#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx2,bmi"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi")
#endif
#include "xml/referring_blocks.h"

namespace factpress::xml {
namespace {

class Block {
 public:
  explicit Block(const char* p) : p_(p) {}
  std::uint64_t others() const { return joined(others_of(at(p_)), others_of(at(p_ + 32))); }
  std::uint64_t references() const { return joined(is(at(p_), '&'), is(at(p_ + 32), '&')); }
  std::uint64_t strange() const { return joined(strange_at(p_), strange_at(p_ + 32)); }

 private:
  static __m256i at(const char* p) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)); }
  static __m256i is(__m256i v, char c) { return _mm256_cmpeq_epi8(v, _mm256_set1_epi8(c)); }
  // As signed numbers, bytes beyond ASCII are below the control characters.
  static __m256i others_of(__m256i v) {
    const __m256i low = _mm256_andnot_si256(_mm256_or_si256(is(v, '\n'), is(v, '\t')), _mm256_cmpgt_epi8(_mm256_set1_epi8(0x20), v));
    return _mm256_or_si256(low, _mm256_or_si256(is(v, '<'), is(v, ']')));
  }
  static __m256i strange_at(const char* p) {
    const __m256i a = at(p + 1), b = at(p + 2), c = at(p + 3), d = at(p + 4);
    const __m256i angle = _mm256_and_si256(_mm256_or_si256(is(a, 'l'), is(a, 'g')), _mm256_and_si256(is(b, 't'), is(c, ';')));
    const __m256i amp = _mm256_and_si256(_mm256_and_si256(is(a, 'a'), is(b, 'm')), _mm256_and_si256(is(c, 'p'), is(d, ';')));
    return _mm256_andnot_si256(_mm256_or_si256(angle, amp), is(at(p), '&'));
  }
  static std::uint64_t joined(__m256i low, __m256i high) {
    return std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(low))} | std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(high))} << 32;
  }
  const char* p_;
};

}  // namespace

const char* skip_referring_text_avx2(const char* p, const char* end) { return skip_referring_blocks<Block>(p, end); }

}  // namespace factpress::xml
#ifdef __clang__
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
