#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/text.h"

namespace factpress {

/// The pairs of neighbouring bytes of a text as bits, without regard to ASCII case; different pairs may share a bit. What stands
/// in a text has no pair that the text has not: most phrases are excluded by one comparison.
class LetterPairs {
 public:
  constexpr explicit LetterPairs(std::string_view text) {
    for (std::size_t i = 1; i < text.size(); ++i) bits_ |= std::uint64_t{1} << (hash(text[i - 1], text[i]) & 63U);
  }
  constexpr bool may_have(const LetterPairs& part) const { return (part.bits_ & ~bits_) == 0; }

 private:
  static constexpr unsigned hash(char a, char b) { return (static_cast<unsigned char>(a) | 0x20U) * 23U + (static_cast<unsigned char>(b) | 0x20U) * 5U; }
  std::uint64_t bits_ = 0;
};

/// Phrases that are sought in many texts, none of them empty. Views of texts that outlive it: literals.
template <std::size_t N>
class Phrases {
 public:
  template <class... Text>
  constexpr explicit Phrases(Text... text) : text_{std::string_view(text)...}, pairs_{LetterPairs(text)...} {}

  /// Whether one of them stands in `text`, byte by byte.
  bool in(std::string_view text) const {
    return any_in(text, [text](std::string_view phrase) { return text.find(phrase) != std::string_view::npos; });
  }
  /// The same without regard to ASCII case.
  bool in_any_case(std::string_view text) const {
    return any_in(text, [text](std::string_view phrase) { return icontains(text, phrase); });
  }
  /// Whether `found` says so of one of them; it is not asked of those that cannot stand in `text` in any case.
  template <class Found>
  bool any_in(std::string_view text, Found found) const {
    const LetterPairs pairs(text);
    for (std::size_t i = 0; i < N; ++i)
      if (pairs.may_have(pairs_[i]) && found(text_[i])) return true;
    return false;
  }

 private:
  std::array<std::string_view, N> text_;
  std::array<LetterPairs, N> pairs_;
};
template <class... Text>
Phrases(Text...) -> Phrases<sizeof...(Text)>;

}  // namespace factpress
