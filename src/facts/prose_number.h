#pragma once
#include <optional>
#include <vector>

#include "base/decimal.h"
#include "facts/prose_text.h"
#include "facts/raw_fact.h"

namespace factpress::facts::prose {

/// A number as it stands in a sentence, before it is known what it is about.
struct Number {
  enum class Kind : std::uint8_t {
    money,
    percent,
    points,    ///< basis or percentage points
    plain,     ///< a bare number: a count, a ratio, or nothing at all
    multiple,  ///< "doubled", "3x", "twice"
  };
  Kind kind = Kind::plain;
  Range tokens;                 ///< with sign, brackets, currency, scale word
  Decimal value;                ///< exact, unscaled, signed as printed
  std::optional<int> decimals;  ///< none: exact
  std::string currency;         ///< ISO 4217; empty: not said
  Claim::Bound bound = Claim::Bound::exact;
  bool negative = false;        ///< printed so
  bool scaled = false;          ///< a scale word stood with it
  bool word = false;            ///< written in letters
  bool per_share = false;       ///< "per share" or "per diluted share" follows
  bool flat = false;            ///< "flat", "unchanged": a change of nothing
  bool tolerance = false;       ///< after "plus or minus"
  std::size_t after = 0;        ///< first token behind it and its "per ..." words
  std::string per;              ///< "Mcfe" of "$2.99 per Mcfe"; the words "per diluted share" for shares
  std::string unit_word;        ///< of a plain number: "customers", "shares", "MMcfe/d"
  int range_with = -1;          ///< index of the other end
  bool range_high = false;
};

/// Every number of a sentence that may state something, in order: without dates, years, references, telephone numbers,
/// list numbers, durations and model names.
std::vector<Number> read_numbers(const Text& text, Range sentence);

}  // namespace factpress::facts::prose
