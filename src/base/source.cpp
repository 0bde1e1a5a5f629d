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
constexpr std::uint32_t kPiece = 1024;     // of the index of lines
}

// Each part is built when it is first asked for.
struct Source::Index {
  std::once_flag lines_made, marks_made;
  std::vector<std::uint32_t> pieces;  // the lines that end before each
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

std::uint32_t line_ends(std::string_view bytes) {
  std::uint32_t count = 0;
  std::size_t i = 0;
#ifdef __SSE2__
  while (i + 64 <= bytes.size()) {
    // Equal bytes are -1 each; no byte of the sum overflows within 63 rounds of four.
    __m128i sum = _mm_setzero_si128();
    const auto add = [&](const char* at) { sum = _mm_sub_epi8(sum, _mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at)), _mm_set1_epi8('\n'))); };
    for (const std::size_t end = i + std::min<std::size_t>((bytes.size() - i) / 64, 63) * 64; i < end; i += 64) {
      const char* const at = bytes.data() + i;
      add(at), add(at + 16), add(at + 32), add(at + 48);
    }
    const __m128i halves = _mm_sad_epu8(sum, _mm_setzero_si128());
    count += static_cast<std::uint32_t>(_mm_cvtsi128_si32(halves) + _mm_extract_epi16(halves, 4));
  }
#endif
  for (; i < bytes.size(); ++i) count += bytes[i] == '\n';
  return count;
}

}  // namespace

// Not every line: a document has many, and few are asked for.
const std::vector<std::uint32_t>& Source::lines() const {
  std::call_once(index_->lines_made, [this] {
    std::vector<std::uint32_t>& pieces = index_->pieces;
    pieces.reserve(bytes_.size() / kPiece + 1);
    std::uint32_t before = 0;
    for (std::size_t at = 0; at <= bytes_.size(); at += kPiece) {
      pieces.push_back(before);
      before += line_ends(bytes_.substr(at, kPiece));
    }
  });
  return index_->pieces;
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
  const auto& pieces = lines();
  offset = std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(bytes_.size()));
  std::uint32_t piece = offset / kPiece;
  std::size_t end = bytes_.substr(piece * kPiece, offset - piece * kPiece).rfind('\n');
  if (end == std::string_view::npos) {  // the line began in an earlier piece, behind which no other has ended
    if (pieces[piece] == 0) return 0;
    piece = static_cast<std::uint32_t>(std::lower_bound(pieces.begin(), pieces.begin() + piece, pieces[piece]) - pieces.begin()) - 1;
    end = bytes_.substr(piece * kPiece, kPiece).rfind('\n');
  }
  return piece * kPiece + static_cast<std::uint32_t>(end) + 1;
}

LineColumn Source::locate(std::uint32_t offset) const {
  const auto& pieces = lines();
  offset = std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(bytes_.size()));
  const std::uint32_t piece = offset / kPiece;
  const std::uint32_t line = pieces[piece] + line_ends(bytes_.substr(piece * kPiece, offset - piece * kPiece));
  return {line + 1, characters_between(line_begin(offset), offset) + 1};
}

std::string_view Source::line_at(std::uint32_t offset) const {
  const std::uint32_t begin = line_begin(std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(bytes_.size())));
  std::size_t end = bytes_.find('\n', begin);
  if (end == std::string_view::npos) end = bytes_.size();
  if (end > begin && bytes_[end - 1] == '\r') --end;
  return bytes_.substr(begin, end - begin);
}

}  // namespace factpress
