#pragma once
#include <string_view>

#include "base/phrases.h"
#include "base/text.h"

/// How the words of labels are asked for; lower case on both sides.
namespace factpress::tables {

inline bool has(std::string_view text, std::string_view what) { return text.find(what) != std::string_view::npos; }

template <std::size_t N>
bool has_any(std::string_view text, const Phrases<N>& phrases) {
  return phrases.in(text);
}

/// `word`, or several, as whole words; with `plural` also with an "s" behind.
inline bool has_word(std::string_view text, std::string_view word, bool plural = false) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    std::size_t end = at + word.size();
    if (plural && end < text.size() && text[end] == 's') ++end;
    if ((at == 0 || !is_alnum(text[at - 1])) && (end == text.size() || !is_alnum(text[end]))) return true;
  }
  return false;
}

}  // namespace factpress::tables
