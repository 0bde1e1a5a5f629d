#pragma once
#include <string>
#include <utility>
#include <vector>

#include "facts/prose_number.h"
#include "facts/prose_period.h"

namespace factpress::facts::prose {

/// What is known of the release beyond the sentence.
struct Names {
  std::vector<std::string> company;   ///< lower case: the company's names and their possessive forms, longest first
  std::vector<std::string> members;   ///< lower case: members of segment tables and labels that may be members, sorted
  bool is_member(const std::string& lower) const;
};

/// A sentence with what was found in it.
struct Sentence {
  const Text& text;
  Range range;
  const Names& names;
  std::vector<Number> numbers;
  std::vector<PeriodRef> periods;
  std::vector<int> number_at;  ///< by token - range.begin: the number it belongs to, or -1
  std::vector<int> period_at;
  bool title_case = false;     ///< a headline: capitals tell nothing

  int number(std::size_t i) const { return i < range.begin || i >= range.end ? -1 : number_at[i - range.begin]; }
  int period(std::size_t i) const { return i < range.begin || i >= range.end ? -1 : period_at[i - range.begin]; }
  /// Whether the period owns what follows: "last quarter's $179.6 million".
  bool owns(const PeriodRef& p) const { return text.tokens[p.tokens.end - 1].kind == Token::Kind::word && text.word(p.tokens.end - 1).ends_with("'s"); }
  bool inside(std::size_t i) const { return i >= range.begin && i < range.end; }
};

/// A noun phrase that names what a number is about.
struct Phrase {
  Range tokens;               ///< whole, with its article
  std::string words;          ///< as printed, without article, company, praise, period and segment; may be empty
  std::string full;           ///< with the segment
  std::vector<std::pair<std::string, std::string>> dimensions;
  bool measure = false;       ///< holds a noun that can have a value
  bool instant = false;       ///< a balance
  bool profit = false;        ///< may be negative
  bool loss = false;          ///< names a loss ("net loss", "stockholders' deficit")
  bool loss_of_profit = false;///< "adjusted EBITDA loss": the profit measure with a loss behind it
  bool bare_loss = false;     ///< "a loss"
  int change = 0;             ///< +1 "increase", -1 "decline": the phrase is a change of `words`
  bool non_gaap = false;
  bool pronoun = false;
  bool reference = false;     ///< "this", "these results": what was spoken of before
  bool guidance = false;      ///< "guidance of"
  bool empty() const { return words.empty() && dimensions.empty(); }
};

/// "income", "a profit": nothing but that it is none of a loss.
bool is_bare_income(const Phrase& p);
/// "a recapture", "a release": a provision taken back.
bool is_bare_release(const Phrase& p);

/// The phrase that ends before token `end` (exclusive).
/// As the subject of a verb it takes in every preposition ("commitments under the facility were").
Phrase phrase_before(const Sentence& s, std::size_t end, bool subject = false);
/// The phrase that begins at token `begin`, at most to `limit`.
Phrase phrase_after(const Sentence& s, std::size_t begin, std::size_t limit);
/// "As a percentage of sales, operating expenses were 24.5%": what the sentence's percentages are of, as it would stand behind the item ("as a
/// percentage of sales"); empty where the sentence does not begin so.
std::string opening_share(const Sentence& s);
/// Splits "A and B" or "A, B and C" into `count` phrases; empty where it has not as many parts. What the parts share is
/// given to each ("GAAP and non-GAAP gross margin").
std::vector<Phrase> split_phrase(const Sentence& s, const Phrase& phrase, std::size_t count);
/// Builds the phrase of a range of tokens.
Phrase make_phrase(const Sentence& s, Range tokens);

}  // namespace factpress::facts::prose
