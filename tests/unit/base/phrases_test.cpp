#include "base/phrases.h"

#include "catch.h"

using namespace factpress;

TEST_CASE("phrases are found wherever they stand, and nothing else is", "[base][phrases]") {
  static constexpr Phrases kPhrases{"net income", "end of", "%"};
  CHECK(kPhrases.in("the end of"));
  CHECK(kPhrases.in("net income"));
  CHECK(kPhrases.in("5%"));
  CHECK_FALSE(kPhrases.in("net incom"));
  CHECK_FALSE(kPhrases.in("incomenet of end"));  // the same pairs of letters and more
  CHECK_FALSE(kPhrases.in(""));
  CHECK_FALSE(kPhrases.in("Net Income"));
  CHECK(kPhrases.in_any_case("Net INCOME (loss)"));
  CHECK_FALSE(kPhrases.in_any_case("Net-income"));
}

TEST_CASE("a text's pairs of letters exclude no part of it", "[base][phrases]") {
  const std::string_view text = "Loss before (benefit) [provision] @ `taxes` \xE2\x80\x94 2013";
  const LetterPairs pairs(text);
  for (std::size_t from = 0; from < text.size(); ++from)
    for (std::size_t size = 0; from + size <= text.size(); ++size) {
      std::string other = lower(text.substr(from, size));
      CHECK(pairs.may_have(LetterPairs(other)));
      for (char& c : other) c = to_upper(c);
      CHECK(pairs.may_have(LetterPairs(other)));
    }
  CHECK_FALSE(pairs.may_have(LetterPairs("qqzzx")));
}
