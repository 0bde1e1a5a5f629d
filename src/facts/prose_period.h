#pragma once
#include <optional>
#include <vector>

#include "facts/prose_calendar.h"
#include "facts/prose_text.h"

namespace factpress::facts::prose {

/// Words of a sentence that tell a period.
struct PeriodRef {
  enum class Relation : std::uint8_t {
    absolute,   ///< `period` holds
    topic,      ///< "the period": the one already spoken of
    year_ago,   ///< of the one spoken of
    previous,   ///< the one just before it ("the linked quarter", "sequentially")
    next,
  };
  /// The preposition before it. Those that compare (from, over, to, with, than, versus) are not part of `tokens`.
  enum class Lead : std::uint8_t { none, in, at, event, from, over, to, with, than, of };
  Range tokens;              ///< with a preposition of place in time and its article
  std::size_t core = 0;      ///< first token of the period itself
  Relation relation = Relation::absolute;
  Lead lead = Lead::none;
  std::optional<tables::Period> period;
  bool adverb = false;       ///< "year-over-year", "sequentially": says what a change is measured from
  bool bare_year = false;    ///< "2012" alone: in a comparison it may mean the same period of that year
  bool year_alone = false;   ///< a bare year, or "the current year": after "for the quarter" it means that part of the year
  bool year_assumed = false; ///< "the fourth quarter", "at year end": which year's was not said
  bool listed = false;       ///< "2022" of "September 30, 2023 and 2022": a number that is told of both belongs to the first
  bool end_only = false;     ///< "at quarter-end": the last day
  int quarter = 0;           ///< where told as a fiscal quarter
  std::string unit;          ///< of previous: "quarter", "year", ...
};

/// Every period told in a sentence, in order, not overlapping.
std::vector<PeriodRef> read_periods(const Text& text, Range sentence, const Calendar& calendar);

/// A date in digits at token i ("05/14/13", "2024-03-31", "30/06/2024": the month first where both may be months); `next` becomes the token
/// behind it where there is one.
std::optional<Date> numeric_date(const Text& text, std::size_t i, std::size_t end, std::size_t& next);

/// A date at token i, in digits or written out ("March 31, 2013", "31 March 2013", "Dec. 31, 2019"); `next` becomes the token behind it.
/// A month and day without a year take the year that `near` lies in or the one before (never after it by over 45 days).
std::optional<Date> read_date(const Text& text, std::size_t i, std::size_t end, std::optional<Date> near, std::size_t& next);

}  // namespace factpress::facts::prose
