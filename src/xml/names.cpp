#include "xml/names.h"

#include <array>
#include <atomic>
#include <bit>
#include <memory>
#include <mutex>
#include <unordered_map>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/text.h"

namespace factpress::xml {
namespace {

constexpr std::string_view known[] = {
#define FP_NS(id, uri) uri,
    FP_KNOWN_NAMESPACES
#undef FP_NS
};

// Grows by chunks that never move, each twice as large as the one before, so that readers need no lock: an id is only ever seen after its
// row was written.
class NamespaceTable {
 public:
  NamespaceTable() {
    for (const auto uri : known) intern(uri);
  }
  NsId intern(std::string_view uri) {
    const std::lock_guard lock(mutex_);
    if (const auto it = ids_.find(uri); it != ids_.end()) return NsId{it->second};
    const Position at = position(count_);
    if (at.chunk == max_chunks) return ns::none;  // 16 million: beyond any input that the limits let in
    auto& chunk = chunks_[at.chunk];
    if (at.row == 0) chunk.store(new std::string[first_chunk << at.chunk], std::memory_order_release);
    std::string& row = chunk.load(std::memory_order_relaxed)[at.row];
    row = uri;
    ids_.emplace(row, count_);
    return NsId{count_++};
  }
  std::string_view uri(NsId id) const {
    const Position at = position(static_cast<std::uint32_t>(id));
    return chunks_[at.chunk].load(std::memory_order_acquire)[at.row];
  }

 private:
  static constexpr std::uint32_t first_chunk = 64;
  static constexpr std::uint32_t max_chunks = 18;
  struct Position {
    std::uint32_t chunk, row;
  };
  static Position position(std::uint32_t id) {
    const auto chunk = static_cast<std::uint32_t>(std::bit_width(id / first_chunk + 1)) - 1;
    return {chunk, id - first_chunk * ((1U << chunk) - 1)};
  }
  std::mutex mutex_;
  std::unordered_map<std::string_view, std::uint32_t, TextHash> ids_;
  std::uint32_t count_ = 0;
  std::array<std::atomic<std::string*>, max_chunks> chunks_{};
};

NamespaceTable& table() {
  static NamespaceTable* const t = new NamespaceTable;  // outlives every static that may hold ids
  return *t;
}

struct Range {
  char32_t first, last;
};
constexpr Range start_ranges[] = {{0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},
                                  {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
                                  {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};

template <class First>
bool all_name_chars(std::string_view text, bool colons, First first_ok) {
  if (text.empty()) return false;
  std::size_t at = 0;
  bool first = true;
  while (at < text.size()) {
    const std::size_t before = at;
    const char32_t c = next_code_point(text, at);
    if (c == 0xFFFD && at - before != 3) return false;  // malformed bytes
    const bool colon = colons && c == ':';
    if (first ? !(colon || first_ok(c)) : !(colon || is_name_char(c))) return false;
    first = false;
  }
  return true;
}

constexpr auto ascii_name_chars = [] {
  std::array<bool, 256> table{};
  for (int c = 0; c < 128; ++c) table[static_cast<std::size_t>(c)] = is_alnum(static_cast<char>(c)) || c == '_' || c == '-' || c == '.';
  return table;
}();

// The common case without decoding: letters, digits, '_', '-' and '.' alone.
bool all_ascii_name_chars(std::string_view text) {
#ifdef __SSE2__
  const auto good = [](const char* p) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p)), lower = _mm_or_si128(v, _mm_set1_epi8(0x20));
    const auto between = [](__m128i x, char low, char high) {  // exclusive
      return _mm_and_si128(_mm_cmpgt_epi8(x, _mm_set1_epi8(low)), _mm_cmplt_epi8(x, _mm_set1_epi8(high)));
    };
    // From '-' to '9' stand the two signs, a slash and the digits. The bit that makes small letters of capitals makes no other
    // ASCII character one: 'A' to 'Z' alone are 0x20 below 'a' to 'z'.
    const __m128i letters = between(lower, 'a' - 1, 'z' + 1);
    const __m128i others = _mm_andnot_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('/')), between(v, '-' - 1, '9' + 1));
    return _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(letters, others), _mm_cmpeq_epi8(v, _mm_set1_epi8('_')))) == 0xFFFF;
  };
  if (text.size() >= 16) {
    const char *p = text.data(), *const last = p + text.size() - 16;
    for (; p < last; p += 16)
      if (!good(p)) return false;
    return good(last);
  }
#endif
  for (const char c : text)
    if (!ascii_name_chars[static_cast<unsigned char>(c)]) return false;
  return true;
}

}  // namespace

NsId intern_namespace(std::string_view uri) { return table().intern(uri); }
std::string_view namespace_uri(NsId id) { return table().uri(id); }

std::string to_string(const QName& name) {
  if (name.ns == ns::none) return std::string(name.local);
  std::string out = "{";
  out += namespace_uri(name.ns);
  out += '}';
  out += name.local;
  return out;
}

bool is_name_start(char32_t c) {
  if (c < 0x80) return is_alpha(static_cast<char>(c)) || c == '_';
  for (const auto& r : start_ranges)
    if (c <= r.last) return c >= r.first;
  return false;
}

bool is_name_char(char32_t c) {
  if (c < 0x80) return is_alnum(static_cast<char>(c)) || c == '_' || c == '-' || c == '.';
  return c == 0xB7 || (c >= 0x300 && c <= 0x36F) || c == 0x203F || c == 0x2040 || is_name_start(c);
}

bool is_ncname(std::string_view text) {
  if (text.empty() || !(is_alpha(text[0]) || text[0] == '_' || static_cast<signed char>(text[0]) < 0)) return false;
  return all_ascii_name_chars(text) || all_name_chars(text, false, is_name_start);
}
bool is_name(std::string_view text) { return all_name_chars(text, true, is_name_start); }
bool is_nmtoken(std::string_view text) { return all_name_chars(text, true, is_name_char); }

}  // namespace factpress::xml
