#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "facts/prose_words.h"

namespace factpress::facts::prose {

/// A piece of a block's text. Typographic quotes and dashes are reduced to `mark`.
struct Token {
  enum class Kind : std::uint8_t { word, number, mark };
  Kind kind = Kind::mark;
  char mark = 0;             ///< of a mark: one of . , ; : ( ) [ ] " ' - (hyphen) _ (long dash) $ % / & * # + ~ = @ ? ! < > | or 0
  bool glued = false;        ///< no white space before it
  bool capital = false;      ///< a word that begins with a capital letter
  bool skip = false;         ///< part of an address, a date in digits, a telephone number, a time of day: states nothing
  std::uint32_t begin = 0, end = 0;  ///< bytes of the text
  std::uint32_t shorter = 0;  ///< bytes by which the plain spelling of a word is shorter than its print
  std::uint64_t classes = 0; ///< of a word
};

/// A block's text cut into tokens; `lower` has ASCII letters in lower case at the same offsets, and typographic hyphens and apostrophes
/// within words as plain ones (what is left of the word's bytes then is `shorter`). Owns both.
struct Text {
  std::string raw;
  std::string lower;
  std::vector<Token> tokens;

  std::string_view word(std::size_t i) const { return std::string_view(lower).substr(tokens[i].begin, tokens[i].end - tokens[i].begin - tokens[i].shorter); }
  std::string_view print(std::size_t i) const { return std::string_view(raw).substr(tokens[i].begin, tokens[i].end - tokens[i].begin); }
  bool is(std::size_t i, std::uint64_t classes) const { return i < tokens.size() && (tokens[i].classes & classes) != 0; }
  bool is_word(std::size_t i, std::string_view w) const { return i < tokens.size() && tokens[i].kind == Token::Kind::word && word(i) == w; }
  bool is_mark(std::size_t i, char c) const { return i < tokens.size() && tokens[i].kind == Token::Kind::mark && tokens[i].mark == c; }
  bool is_number(std::size_t i) const { return i < tokens.size() && tokens[i].kind == Token::Kind::number; }
};

/// Cuts text. Time linear in its size.
Text cut(std::string_view text);

/// Half-open range of tokens.
struct Range {
  std::size_t begin = 0, end = 0;
};
/// Sentences of a text, in order; every token is in one at most. A bullet sign inside a paragraph ends a sentence too.
std::vector<Range> sentences(const Text& text);

}  // namespace factpress::facts::prose
