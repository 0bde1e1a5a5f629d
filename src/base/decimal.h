#pragma once
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace factpress {

enum class Rounding {
  half_even,  ///< to nearest, a tie to the even neighbour (XBRL 2.1 §4.6.7 and Calculations 1.1)
  half_away,  ///< to nearest, a tie away from zero: how people round in prose
  toward_zero,
  floor,
  ceiling,
};

/// An exact decimal number: sign, coefficient and power of ten. Coefficients below 2^128 are kept in place; longer ones
/// (to 10,000 digits) on the heap. No operation rounds unless its name says so, and none uses binary floating point.
/// Equality and order are by value: 1.0 == 1. Values are immutable in effect and safe to share.
class Decimal {
 public:
  Decimal() = default;
  Decimal(std::int64_t value);
  /// coefficient * 10^exponent
  static Decimal scaled(std::int64_t coefficient, int exponent);

  /// The lexical space of xsd:decimal: optional sign, digits, optional point. No blanks, no exponent, no grouping.
  /// Empty for anything else and for more than 10,000 digits.
  static std::optional<Decimal> parse(std::string_view text);
  /// As parse, with an optional exponent ("1.5E-3", |exponent| at most 10,000). Not INF, not NaN.
  static std::optional<Decimal> parse_scientific(std::string_view text);

  /// Plain notation without needless zeros: "-1596280", "0.273", "0".
  std::string to_string() const;
  /// Plain notation with exactly `places` digits after the point (at least 0); rounds half away from zero.
  std::string to_fixed(int places) const;

  bool is_zero() const { return !big_ && hi_ == 0 && lo_ == 0; }
  bool is_negative() const { return negative_ && !is_zero(); }
  int sign() const { return is_zero() ? 0 : negative_ ? -1 : 1; }
  bool is_integer() const;
  /// Digits after the point in to_string(); 0 for an integer.
  int fraction_digits() const;
  /// Exponent of the leading digit in scientific notation: 2 for 123.4, -3 for 0.0012. Undefined for zero (0).
  int magnitude() const;
  /// The value as an integer where it is one and fits.
  std::optional<std::int64_t> to_int64() const;
  /// For drawing (chart geometry) and ranking only. Never for a reported value.
  double approximate() const;

  Decimal operator-() const;
  Decimal abs() const;
  friend Decimal operator+(const Decimal& a, const Decimal& b);
  friend Decimal operator-(const Decimal& a, const Decimal& b) { return a + -b; }
  friend Decimal operator*(const Decimal& a, const Decimal& b);
  Decimal& operator+=(const Decimal& b) { return *this = *this + b; }
  Decimal& operator-=(const Decimal& b) { return *this = *this - b; }
  Decimal& operator*=(const Decimal& b) { return *this = *this * b; }
  /// value * 10^places, exactly.
  Decimal shifted(int places) const;
  /// Rounded to `decimals` digits after the point (negative: to tens, hundreds, ...), as XBRL's decimals attribute counts.
  Decimal rounded(int decimals, Rounding mode = Rounding::half_even) const;
  /// a / b rounded to `decimals`; empty where b is zero.
  static std::optional<Decimal> divide(const Decimal& a, const Decimal& b, int decimals, Rounding mode = Rounding::half_even);
  /// a / b where the quotient is a finite decimal (at most 10,000 digits), else empty.
  static std::optional<Decimal> divide_exactly(const Decimal& a, const Decimal& b);

  friend bool operator==(const Decimal& a, const Decimal& b) { return compare(a, b) == 0; }
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) { return compare(a, b) <=> 0; }
  /// Equal values hash alike.
  std::size_t hash() const;

 private:
  struct Access;
  static int compare(const Decimal& a, const Decimal& b);

  std::uint64_t lo_ = 0;
  std::uint64_t hi_ = 0;
  std::shared_ptr<const std::string> big_;  // digits, most significant first, no leading zero; set only beyond 2^128
  std::int32_t exponent_ = 0;
  bool negative_ = false;
};

}  // namespace factpress

template <>
struct std::hash<factpress::Decimal> {
  std::size_t operator()(const factpress::Decimal& d) const { return d.hash(); }
};
