#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "xml/document.h"

/// XML Schema 1.0 (second edition) as far as XBRL uses it: see schema_set.h.
namespace factpress::schema {

enum class Primitive : std::uint8_t {
  any,  ///< anySimpleType: compared as text
  string,
  boolean,
  decimal,
  float_,
  double_,
  duration,
  date_time,
  time,
  date,
  g_year_month,
  g_year,
  g_month_day,
  g_day,
  g_month,
  hex_binary,
  base64_binary,
  any_uri,
  qname,
  notation,
};

/// A point of a date or time type: seconds on the proleptic Gregorian time line (moved to UTC where a zone was given; a
/// time of day counts from 1972-12-31, a gMonthDay and so on likewise takes its missing parts from there).
struct Moment {
  std::int64_t seconds = 0;
  std::string fraction;  ///< digits after the second's point, without zeros at the end
  bool zoned = false;
  friend bool operator==(const Moment&, const Moment&) = default;
};

/// A value of a simple type, in value space: "01" and "1" of a numeric type are equal.
struct Value {
  Primitive primitive = Primitive::any;
  bool is_list = false;
  enum class Special : std::uint8_t { none, nan, positive_infinity, negative_infinity } special = Special::none;
  bool boolean = false;
  /// decimal, float and double (exact, as written); the seconds of a duration.
  Decimal number;
  std::int64_t months = 0;  ///< of a duration
  Moment moment;
  xml::NsId ns = xml::ns::none;  ///< of a QName or NOTATION
  /// string and anyURI after white space normalisation; local part of a QName; decoded bytes of a binary type.
  std::string text;
  std::vector<Value> items;  ///< of a list

  friend bool operator==(const Value& a, const Value& b);
};

/// Order in the value space; unordered where the specification leaves it open (durations, times with and without a zone)
/// and between different primitives.
std::partial_ordering compare(const Value& a, const Value& b);

/// Numeric in the sense of XBRL's equality predicates: decimal and what derives from it, float, double.
inline bool is_numeric(Primitive p) { return p == Primitive::decimal || p == Primitive::float_ || p == Primitive::double_; }

/// Reads the lexical form of a primitive type, white space already normalised. QName and NOTATION need the element in
/// whose scope the prefix stands. Empty where the text is not in the lexical space.
std::optional<Value> read_primitive(Primitive primitive, std::string_view text, const xml::Element* scope);

/// Whether a text, white space already normalised, is in the lexical space of anyURI.
bool is_uri(std::string_view text);

enum class WhiteSpace : std::uint8_t { preserve, replace, collapse };
/// The text normalised; `scratch` is used only where something changes.
std::string_view normalise(std::string_view text, WhiteSpace mode, std::string& scratch);

}  // namespace factpress::schema
