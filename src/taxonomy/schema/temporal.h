#pragma once
#include <compare>
#include <optional>
#include <string_view>

#include "taxonomy/schema/value.h"

/// Dates, times and durations of XML Schema part 2 (clauses 3.2.6 to 3.2.14, appendix E).
namespace factpress::schema {

/// Reads any of the eight date and time types.
std::optional<Moment> read_moment(Primitive primitive, std::string_view text);
/// Sets `months` and `number` of a duration.
bool read_duration(std::string_view text, Value& out);

/// A time with a zone and one without are ordered only where 14 hours either way make no difference (3.2.7.4).
std::partial_ordering compare_moments(const Moment& a, const Moment& b);
/// Ordered where all four reference dates agree (3.2.6.2).
std::partial_ordering compare_durations(const Value& a, const Value& b);

}  // namespace factpress::schema
