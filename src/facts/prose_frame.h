#pragma once
#include <string>
#include <vector>

#include "facts/prose_phrase.h"

namespace factpress::facts::prose {

/// What a number of a sentence states, before it becomes a fact and a claim.
struct Statement {
  std::size_t number = 0;       ///< index into Sentence::numbers
  Claim::Kind kind = Claim::Kind::level;
  Phrase subject;
  std::string by_subject;
  int direction = 0;
  bool negate = false;          ///< the value's sign must be turned
  bool base = false;            ///< of the earlier period of a comparison
  bool aside = false;           ///< what the number before or behind it leaves out or takes in: "excluding special charges of $12.0 million"
  bool vague = false;           ///< the subject could not be told
  bool alternative = false;     ///< says the same as the number before it in another unit
  bool guidance = false;
  bool earlier_guidance = false;///< what the company expected before, of the period of its new guidance
  bool constant_currency = false;
  bool non_gaap = false;
  bool cumulative = false;
  bool share_like = false;      ///< a few cents said among amounts per share: one of them
  int frame = 0;                ///< numbers of one frame share their comparison
  int of = -1, base_of = -1, pair = -1;  ///< indexes of statements
  std::size_t from = 0;         ///< first token of its wording
  std::optional<tables::Period> period;
  bool period_told = false;
  std::optional<tables::Period> base_period;
  bool base_told = false;
  std::string base_words;
  std::string doubt;
  std::string carried;          ///< the part that the sentences before it were about; this one may be about it too
};

/// What goes on from sentence to sentence.
struct Thread {
  Phrase topic;
  std::vector<Phrase> topics;            ///< of a coordination ("A and B of 1 and 2, respectively")
  std::optional<tables::Period> period;  ///< of the last level that told one, or of the heading
  bool period_told = false;
  std::optional<tables::Period> base;
  std::string base_words;
  std::optional<tables::Period> heading_period, heading_base;
  std::optional<tables::Period> guidance_period;  ///< "The outlook for the second quarter is as follows:"
  std::vector<std::pair<std::string, std::string>> scope;  ///< dimensions that a heading told
  bool guidance = false;                 ///< a section about the future
  std::string segment;                   ///< an earlier sentence of the paragraph was about this part of the company
};

/// Reads what the numbers of a sentence state, in order. `thread` is read and moved on.
std::vector<Statement> read_statements(const Sentence& sentence, const Calendar& calendar, Thread& thread);

/// Gives numbers that are told of several items "respectively" each its own, and leaves those that state no value of an item (prose_finish.cpp).
void finish_statements(const Sentence& sentence, Thread& thread, std::vector<Statement>& statements);

/// Gives every statement its period and base period (prose_when.cpp).
void settle_periods(const Sentence& sentence, const Calendar& calendar, Thread& thread, std::vector<Statement>& statements);
/// Finds which level a change belongs to, and the earlier level of a comparison.
void link_statements(const Sentence& sentence, std::vector<Statement>& statements);

/// The periods that the `count` numbers from `first` to `last` are distributed over, in their order: those listed behind them, or before them where
/// "respectively" follows; as many as the numbers, or none.
std::vector<int> listed_periods(const Sentence& sentence, const Number& first, const Number& last, std::size_t count);

/// Whether a word about the future governs token `at`: "expects", "will", "guidance".
bool about_future(const Sentence& sentence, std::size_t at);

}  // namespace factpress::facts::prose
