#pragma once
#include <cstdint>
#include <string_view>

#include "base/numerals.h"
#include "tables/scale.h"

/// The English that earnings releases are written in: closed classes of words and the field's own nouns. General language
/// only; no company, product or file is known here.
namespace factpress::facts::prose {

/// Classes of a word; one word may be of several.
enum Class : std::uint64_t {
  determiner = 1ull << 0,    ///< the, a, our, its
  be_verb = 1ull << 1,       ///< was, were, is
  level_verb = 1ull << 2,    ///< totaled, reached: what follows is the subject's value
  report_verb = 1ull << 3,   ///< reported, had, paid: what follows is the object with its value
  up_verb = 1ull << 4,
  down_verb = 1ull << 5,
  up_noun = 1ull << 6,
  down_noun = 1ull << 7,
  compare = 1ull << 8,       ///< compared, versus
  preposition = 1ull << 9,
  conjunction = 1ull << 10,  ///< and, or, but, while
  clause_word = 1ull << 11,  ///< which, while, as, where: a new clause begins
  approximate = 1ull << 12,  ///< about, approximately, nearly
  scale_word = 1ull << 13,
  ordinal = 1ull << 14,      ///< first to fourth
  period_noun = 1ull << 15,  ///< quarter, year, months
  relation = 1ull << 16,     ///< same, prior, last: a period told by another
  month = 1ull << 17,
  measure = 1ull << 18,      ///< revenue, income, margin: a noun that has a value
  instant_measure = 1ull << 19,  ///< assets, debt, deposits: a balance
  profit_measure = 1ull << 20,   ///< may be a loss
  loss_noun = 1ull << 21,
  praise = 1ull << 22,       ///< record, strong: says nothing of which item it is
  future = 1ull << 23,       ///< expects, anticipates, guidance
  modifier = 1ull << 24,     ///< adjectives of the field that are not names: total, net, adjusted
  pronoun = 1ull << 25,
  higher_word = 1ull << 26,  ///< higher, more, above
  lower_word = 1ull << 27,
  number_word = 1ull << 28,  ///< one to twelve, ...
  reference = 1ull << 29,    ///< Section, Note, Form: the number after it is a name
  duration_unit = 1ull << 30,
  adverb = 1ull << 31,
  other_verb = 1ull << 32,   ///< any further finite verb or participle that ends a noun phrase
  half_noun = 1ull << 33,
  place_name = 1ull << 34,   ///< country, continent, trade region
  abbreviation = 1ull << 35, ///< a full stop after it ends no sentence
  segment_noun = 1ull << 36, ///< segment, division: what stands before it is a part of the company
  unit_noun = 1ull << 37,    ///< counted things that are common: shares, customers
};

/// The classes of a word in lower case; 0 for one not known.
std::uint64_t classify(std::string_view lower_word);
using factpress::number_of_word;
/// 1 to 4 for "first", "1st", ...; also "second"; 0 for none.
int ordinal_of_word(std::string_view lower_word);
using tables::scale_of_word;

}  // namespace factpress::facts::prose
