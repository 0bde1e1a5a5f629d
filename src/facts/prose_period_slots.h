#pragma once
#include <optional>

#include "facts/prose_calendar.h"
#include "facts/prose_period.h"
#include "facts/prose_text.h"

namespace factpress::facts::prose {

/// What the words of one period say, each by itself: "first", "nine months", "ended", "2023".
struct PeriodSlots {
  int ordinal = 0;
  bool same = false, prior = false, current = false, next = false, ago = false;
  bool linked = false;
  bool quarter = false, year = false, period = false, half = false;
  int months = 0, weeks = 0, quarters = 0;
  int fiscal_year = 0;
  std::optional<Date> date;
  bool ended = false;
  bool to_date = false, trailing = false, full = false, fiscal = false;
  bool end_of = false;
  bool prior_year = false;  // "of the prior year", "last year"
  bool listed = false;      // "three" of "three and nine months ended June 30, 2023"
  bool beside = false;      // "(2023: ...": what was reported a year ago, in brackets behind the number
  bool empty = true;
  /// Nothing says how long it is, or which part of a year.
  bool of_no_length() const { return !ordinal && !months && !weeks && !quarter && !half && !year && !full && !end_of; }
};

/// Turns them into a period, or into what it is relative to. Words that tell none in the end give false.
class SlotResolver {
 public:
  SlotResolver(const Text& text, Range sentence, const Calendar& calendar) : t_(text), s_(sentence), c_(calendar) {}

  /// `ref.core` and `ref.tokens` are the words' place.
  bool resolve(const PeriodSlots& slots, PeriodRef& ref) const;
  /// With a day: "three months ended June 30, 2023", "June 30, 2023".
  bool dated(const PeriodSlots& slots, PeriodRef& ref) const;
  /// "the second quarter of 2023", "the first nine months".
  bool counted_by_ordinal(const PeriodSlots& slots, PeriodRef& ref) const;

 private:
  /// "the nine months", "thirteen weeks" without a day.
  bool counted_alone(const PeriodSlots& slots, PeriodRef& ref) const;
  bool half(PeriodRef& ref) const;
  /// "the same period last year".
  bool related(const PeriodSlots& slots, PeriodRef& ref) const;
  bool is(std::size_t i, std::uint64_t classes) const { return i < s_.end && t_.is(i, classes); }

  const Text& t_;
  Range s_;
  const Calendar& c_;
};

}  // namespace factpress::facts::prose
