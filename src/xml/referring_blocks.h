#pragma once
#include <cstddef>
#include <cstdint>

/// What referring_text.cpp and its variant for AVX2 share. No code of the standard library may stand here: compiled for one processor
/// it could be what the linker keeps for all.
namespace factpress::xml {
namespace {

/// Block: 64 bytes and the four behind them, which tells, a bit a byte, where each '&' is, where one begins none of the three
/// references, and where whatever else plain text may not hold stands.
template <class Block>
const char* skip_referring_blocks(const char* p, const char* end) {
  constexpr std::ptrdiff_t size = 64, longest = 5;
  while (end - p >= size + longest) {
    const Block block(p);
    const std::uint64_t others = block.others(), before = others == 0 ? ~std::uint64_t{0} : (others & -others) - 1;
    if ((block.strange() & before) != 0) return p;
    const char* next = others == 0 ? p + size : p + __builtin_ctzll(others);
    if (const std::uint64_t references = block.references() & before) {  // the last one may reach beyond the block
      const char* const last = p + 63 - __builtin_clzll(references);
      const char* const behind = last + (last[1] == 'a' ? 5 : 4);
      if (behind > next) next = behind;
    }
    p = next;
    if (others != 0) break;
  }
  return p;
}

}  // namespace
}  // namespace factpress::xml
