#pragma once
#include <array>
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "taxonomy/schema/unicode.h"

namespace factpress::schema {

/// A regular expression of XML Schema (part 2, appendix F), compiled to a program that runs in time linear in the text:
/// no backtracking. Immutable and safe to share.
class Pattern {
 public:
  /// Fails with the reason for an expression that is malformed or too large (repetitions count out to 20,000 steps).
  static Result<Pattern> compile(std::string_view expression);
  /// True where the whole text matches. The text is UTF-8.
  bool matches(std::string_view text) const;
  const std::string& source() const { return source_; }

 private:
  friend class PatternCompiler;
  struct CharSet {
    std::bitset<128> ascii;
    std::vector<CharRange> wide;  // sorted, beyond ASCII
    bool has(char32_t c) const;
  };
  enum class Op : std::uint8_t { set, jump, split, accept };
  struct Step {
    Op op;
    std::uint32_t a = 0, b = 0;  // set: index of the set; jump, split: targets
  };
  std::string source_;
  std::vector<CharSet> sets_;
  std::vector<Step> steps_;
};

}  // namespace factpress::schema
