#pragma once
#include "facts/prose_phrase.h"

namespace factpress::facts::prose {

/// The word that a number hangs on: "of", a verb, a preposition.
struct Governor {
  enum class Kind : std::uint8_t { of, be, level, change, by, to, from, compare, joint, at, noun, colon, transitive, open, with, cause, part, basis, start };
  Kind kind = Kind::start;
  std::size_t at = 0;  ///< its token
};
Governor find_governor(const Sentence& s, std::size_t begin);

/// What stands behind a number.
struct RightSide {
  int change = 0;            ///< "14% increase", "5% higher": its direction
  bool comparative = false;  ///< "higher", not a noun
  bool near = false;         ///< the noun stands at once behind the number
  Phrase subject;            ///< of the change: "in revenue", "revenue growth"
  bool of = false;           ///< "of" follows
  bool direct = false;       ///< `phrase` follows at once ("a $43 million benefit")
  Phrase phrase;             ///< what follows: after "of", after "in", or at once
  Phrase rest;               ///< of "47% of total loans tied to prime": nothing yet
};
RightSide read_right(const Sentence& s, const Number& n);

/// A verb or noun of change to the left of token `at`, in the same clause.
struct Change {
  int direction = 0;
  std::size_t at = 0;
  bool noun = false;
  Phrase subject;  ///< of a noun
};
Change find_change(const Sentence& s, std::size_t at);
/// What rose or fell: the object between the verb and `until`, else the subject before it.
Phrase change_subject(const Sentence& s, std::size_t verb, std::size_t until);
/// The subject of a verb: before its auxiliaries.
Phrase subject_before(const Sentence& s, std::size_t verb);
/// At the "excluding" or "including" that token `at` stands behind, with no verb or comma between; 0 for none.
std::size_t aside_before(const Sentence& s, std::size_t at);
/// "compared to", "versus", "from" stand before token `begin` (articles and words like "about" may stand between).
bool compare_marker_before(const Sentence& s, std::size_t begin);

/// Words near a number that say which flavour it is of.
struct Adjectives {
  bool constant_currency = false;
  bool non_gaap = false;
  bool cumulative = false;
};
Adjectives read_adjectives(const Sentence& s, const Number& n);
/// "In North America, ..." at the beginning.
std::vector<std::pair<std::string, std::string>> read_lead_dimensions(const Sentence& s);

}  // namespace factpress::facts::prose
