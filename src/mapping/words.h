#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Labels and concept names as comparable words. The same rules serve the learner and the program, so that what was learned
/// is found again.
namespace factpress::mapping {

/// FNV-1a; the only hash in the knowledge tables, so its value is part of their format.
constexpr std::uint64_t fnv(std::string_view text, std::uint64_t seed = 14695981039346656037ULL) {
  for (const char c : text) seed = (seed ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return seed;
}

/// A label reduced to what names the item.
struct Words {
  /// Lower-case words in order, plurals made singular, without articles, figures, footnote marks, par values and notes in
  /// brackets that only tell the unit: the key of exact memory.
  std::string key;
  /// Sorted and unique; words of one meaning made one ("shareholder" is "stockholder", "earnings" and "loss" are one):
  /// hashes of the tokens. The key of memory without order.
  std::vector<std::uint64_t> tokens;
  std::uint64_t bag = 0;  ///< hash over `tokens`
  bool says_total = false;
  bool says_per_share = false;  ///< a bracket or the words say so
  bool says_shares = false;
  bool says_loss_only = false;  ///< "loss", "deficit" or "expense" stands without its opposite beside it
  bool has(std::string_view word) const;
  bool has_token(std::uint64_t token) const;  ///< of token_of
};

/// The hash that stands for a word in Words::tokens.
std::uint64_t token_of(std::string_view word);
/// Of a printed label. Bounded: at most 40 words of a label count.
Words words_of_label(std::string_view label);
/// Of an UpperCamelCase concept name.
Words words_of_name(std::string_view name);
/// "Assets Current" for "AssetsCurrent": a standard label from a name.
std::string spaced_name(std::string_view name);

}  // namespace factpress::mapping
