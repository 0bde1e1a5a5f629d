#include "base/source.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace factpress {

namespace {
constexpr std::uint32_t kMarkEvery = 512;  // bytes
}

// Each part is built when it is first asked for.
struct Source::Index {
  std::once_flag lines_made, marks_made;
  std::vector<std::uint32_t> line_begins;
  std::vector<std::uint32_t> marks;  // the characters before every kMarkEvery-th byte
};

Source::Source(std::string name, Bytes bytes)
    : name_(std::move(name)), owned_(std::move(bytes)), bytes_(owned_.view()), index_(std::make_unique<Index>()) {}
Source::~Source() = default;

namespace {

/// Bytes that are not 10xxxxxx: each begins a character.
std::uint32_t begun_characters(std::string_view bytes) {
  std::uint32_t going_on = 0;
  std::size_t i = 0;
#ifdef __SSE2__
  while (i + 16 <= bytes.size()) {
    // Those are the lowest as signed numbers. Equal bytes are -1 each; no byte of a sum overflows within 255 rounds.
    __m128i sum = _mm_setzero_si128();
    for (int round = 0; round < 255 && i + 16 <= bytes.size(); ++round, i += 16) {
      const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes.data() + i));
      sum = _mm_sub_epi8(sum, _mm_cmplt_epi8(v, _mm_set1_epi8(static_cast<char>(0xC0))));
    }
    const __m128i halves = _mm_sad_epu8(sum, _mm_setzero_si128());
    going_on += static_cast<std::uint32_t>(_mm_cvtsi128_si32(halves) + _mm_extract_epi16(halves, 4));
  }
#endif
  for (std::uint64_t eight; i + 8 <= bytes.size(); i += 8) {
    std::memcpy(&eight, bytes.data() + i, 8);
    // One bit for each byte that goes on; the product adds them up in its highest byte.
    going_on += static_cast<std::uint32_t>(((eight & ~(eight << 1)) >> 7 & 0x0101010101010101U) * 0x0101010101010101U >> 56);
  }
  for (; i < bytes.size(); ++i) going_on += (static_cast<unsigned char>(bytes[i]) & 0xC0) == 0x80;
  return static_cast<std::uint32_t>(bytes.size()) - going_on;
}

}  // namespace

const std::vector<std::uint32_t>& Source::lines() const {
  std::call_once(index_->lines_made, [this] {
    std::vector<std::uint32_t>& begins = index_->line_begins;
    begins.reserve(bytes_.size() / 64 + 16);
    begins.push_back(0);
    const char* const base = bytes_.data();
    const char* const end = base + bytes_.size();
    const char* p = base;
#ifdef __SSE2__
    const auto line_ends = [](const char* at) {
      return _mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at)), _mm_set1_epi8('\n'));
    };
    for (; end - p >= 64; p += 64) {
      const __m128i a = line_ends(p), b = line_ends(p + 16), c = line_ends(p + 32), d = line_ends(p + 48);
      const __m128i any = _mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d));
      if (_mm_movemask_epi8(any) == 0) continue;  // many lines are longer
      const auto bits = [](__m128i v, int shift) { return std::uint64_t{static_cast<unsigned>(_mm_movemask_epi8(v))} << shift; };
      std::uint64_t mask = bits(a, 0) | bits(b, 16) | bits(c, 32) | bits(d, 48);
      for (; mask != 0; mask &= mask - 1) begins.push_back(static_cast<std::uint32_t>(p - base + __builtin_ctzll(mask) + 1));
    }
#endif
    while (p != end) {
      const auto* nl = static_cast<const char*>(std::memchr(p, '\n', static_cast<std::size_t>(end - p)));
      if (nl == nullptr) break;
      p = nl + 1;
      begins.push_back(static_cast<std::uint32_t>(p - base));
    }
  });
  return index_->line_begins;
}

// Counted where it is short; else from marks, so that columns of a line of many megabytes are found as fast as those of a short one.
std::uint32_t Source::characters_between(std::uint32_t from, std::uint32_t to) const {
  if (to - from <= 8 * kMarkEvery) return begun_characters(bytes_.substr(from, to - from));
  std::call_once(index_->marks_made, [this] {
    std::uint32_t characters = 0;
    index_->marks.reserve(bytes_.size() / kMarkEvery + 1);
    for (std::size_t at = 0; at <= bytes_.size(); at += kMarkEvery) {
      index_->marks.push_back(characters);
      characters += begun_characters(bytes_.substr(at, kMarkEvery));
    }
  });
  const auto before = [this](std::uint32_t offset) {
    const std::uint32_t mark = offset / kMarkEvery * kMarkEvery;
    return index_->marks[offset / kMarkEvery] + begun_characters(bytes_.substr(mark, offset - mark));
  };
  return before(to) - before(from);
}

std::uint32_t Source::line_begin(std::uint32_t offset) const {
  const auto& begins = lines();
  return *(std::upper_bound(begins.begin(), begins.end(), offset) - 1);
}

LineColumn Source::locate(std::uint32_t offset) const {
  const auto& begins = lines();
  offset = std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(bytes_.size()));
  const auto it = std::upper_bound(begins.begin(), begins.end(), offset) - 1;
  return {static_cast<std::uint32_t>(it - begins.begin()) + 1, characters_between(*it, offset) + 1};
}

std::string_view Source::line_at(std::uint32_t offset) const {
  const std::uint32_t begin = line_begin(std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(bytes_.size())));
  std::size_t end = bytes_.find('\n', begin);
  if (end == std::string_view::npos) end = bytes_.size();
  if (end > begin && bytes_[end - 1] == '\r') --end;
  return bytes_.substr(begin, end - begin);
}

}  // namespace factpress
