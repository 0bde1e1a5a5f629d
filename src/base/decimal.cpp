#include "base/decimal.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>
#include <vector>

#include "base/text.h"

namespace factpress {
namespace {

__extension__ using u128 = unsigned __int128;
constexpr int max_digits = 10'000;
constexpr u128 max_u128 = ~u128{0};

// Digit strings: most significant first, no leading zeros, "" is zero. Used only beyond 2^128.
using Digits = std::string;

// The digits of a number below 2^128, in place.
struct SmallDigits {
  explicit SmallDigits(u128 v) : begin(std::end(buffer)) {
    constexpr std::uint64_t chunk = 10'000'000'000'000'000'000U;  // one division of 128 bits for 19 digits: each costs as much as dozens of 64
    for (; v >> 64 != 0; v /= chunk) put(static_cast<std::uint64_t>(v % chunk), 19);
    put(static_cast<std::uint64_t>(v), 0);
  }
  std::string_view text() const { return {begin, static_cast<std::size_t>(std::end(buffer) - begin)}; }

 private:
  void put(std::uint64_t v, int at_least) {
    for (; v != 0 || at_least > 0; v /= 10, --at_least) *--begin = static_cast<char>('0' + v % 10);
  }
  char buffer[40];
  char* begin;
};

Digits to_digits(u128 v) { return Digits(SmallDigits(v).text()); }

std::optional<u128> to_u128(std::string_view d) {
  if (d.size() > 39) return {};
  u128 v = 0;
  for (const char c : d) {
    const auto n = static_cast<unsigned>(c - '0');
    if (v > (max_u128 - n) / 10) return {};
    v = v * 10 + n;
  }
  return v;
}

void strip_leading(Digits& d) { d.erase(0, std::min(d.find_first_not_of('0'), d.size())); }

int compare_digits(const Digits& a, const Digits& b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  return a.compare(b);
}

Digits add_digits(const Digits& a, const Digits& b) {
  Digits out(std::max(a.size(), b.size()) + 1, '0');
  int carry = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int x = i < a.size() ? a[a.size() - 1 - i] - '0' : 0;
    const int y = i < b.size() ? b[b.size() - 1 - i] - '0' : 0;
    const int sum = x + y + carry;
    out[out.size() - 1 - i] = static_cast<char>('0' + sum % 10);
    carry = sum / 10;
  }
  strip_leading(out);
  return out;
}

// a - b for a >= b
Digits subtract_digits(const Digits& a, const Digits& b) {
  Digits out = a;
  int borrow = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const int y = (i < b.size() ? b[b.size() - 1 - i] - '0' : 0) + borrow;
    int x = a[a.size() - 1 - i] - '0';
    borrow = x < y;
    if (borrow) x += 10;
    out[out.size() - 1 - i] = static_cast<char>('0' + x - y);
  }
  strip_leading(out);
  return out;
}

Digits multiply_digits(const Digits& a, const Digits& b) {
  if (a.empty() || b.empty()) return {};
  std::vector<std::uint32_t> cells(a.size() + b.size(), 0);
  for (std::size_t i = a.size(); i-- > 0;)
    for (std::size_t j = b.size(); j-- > 0;)
      cells[i + j + 1] += static_cast<std::uint32_t>(a[i] - '0') * static_cast<std::uint32_t>(b[j] - '0');
  Digits out(cells.size(), '0');
  std::uint32_t carry = 0;
  for (std::size_t i = cells.size(); i-- > 0;) {
    const std::uint32_t v = cells[i] + carry;
    out[i] = static_cast<char>('0' + v % 10);
    carry = v / 10;
  }
  strip_leading(out);
  return out;
}

struct Quotient {
  Digits value;
  bool exact;       // no remainder
  int half;         // twice the remainder against the divisor: -1, 0, 1
};

// Schoolbook long division; b is not zero.
Quotient divide_digits(const Digits& a, const Digits& b) {
  Digits quotient, rest;
  for (const char c : a) {
    if (!(rest.empty() && c == '0')) rest += c;
    char q = '0';
    while (compare_digits(rest, b) >= 0) rest = subtract_digits(rest, b), ++q;
    if (!(quotient.empty() && q == '0')) quotient += q;
  }
  const int half = compare_digits(add_digits(rest, rest), b);
  return {quotient, rest.empty(), half < 0 ? -1 : half > 0};
}

// Up to 10^38, the highest below 2^128.
constexpr auto powers_of_ten = [] {
  std::array<u128, 39> powers{};
  u128 p = 1;
  for (std::size_t i = 0; i < powers.size(); ++i, p *= 10) powers[i] = p;
  return powers;
}();

u128 power_of_ten(int n) { return powers_of_ten[static_cast<std::size_t>(n)]; }

int count_digits(u128 v) {
  int n = 0;
  while (n < 39 && v >= powers_of_ten[static_cast<std::size_t>(n)]) ++n;
  return n;
}

bool multiply_fits(u128 a, u128 b, u128& out) {
  if ((a >> 64) == 0 && (b >> 64) == 0) return out = a * b, true;
  return !__builtin_mul_overflow(a, b, &out);
}

// Whether a quotient that fell short of the exact value must be moved one away from zero.
bool moves_away(Rounding mode, bool negative, bool exact, int half, bool odd) {
  if (exact) return false;
  switch (mode) {
    case Rounding::half_even: return half > 0 || (half == 0 && odd);
    case Rounding::half_away: return half >= 0;
    case Rounding::toward_zero: return false;
    case Rounding::floor: return negative;
    case Rounding::ceiling: return !negative;
  }
  return false;
}

}  // namespace

struct Decimal::Access {
  static u128 small(const Decimal& d) { return u128{d.hi_} << 64 | d.lo_; }
  static Digits digits(const Decimal& d) { return d.big_ ? *d.big_ : to_digits(small(d)); }

  static Decimal make(bool negative, u128 v, int exponent) {
    Decimal d;
    d.lo_ = static_cast<std::uint64_t>(v);
    d.hi_ = static_cast<std::uint64_t>(v >> 64);
    d.exponent_ = v == 0 ? 0 : exponent;
    d.negative_ = negative && v != 0;
    return d;
  }

  static Decimal make(bool negative, Digits v, int exponent) {
    strip_leading(v);
    if (v.size() > 38) {  // keep in place whatever fits there
      const std::size_t zeros = v.size() - 1 - v.find_last_not_of('0');
      v.resize(v.size() - zeros);
      exponent += static_cast<int>(zeros);
    }
    if (const auto small = to_u128(v)) return make(negative, *small, exponent);
    Decimal d;
    d.big_ = std::make_shared<const std::string>(std::move(v));
    d.exponent_ = exponent;
    d.negative_ = negative;
    return d;
  }

  // Both coefficients at the lower of the two exponents, where they fit in place.
  static bool align(const Decimal& a, const Decimal& b, u128& x, u128& y, int& exponent) {
    if (a.big_ || b.big_) return false;
    x = small(a), y = small(b);
    exponent = std::min(a.exponent_, b.exponent_);
    if (x == 0) return exponent = b.exponent_, true;
    if (y == 0) return exponent = a.exponent_, true;
    const int up_a = a.exponent_ - exponent, up_b = b.exponent_ - exponent;
    if (up_a > 38 || up_b > 38) return false;
    return multiply_fits(x, power_of_ten(up_a), x) && multiply_fits(y, power_of_ten(up_b), y);
  }

  static Digits widened(const Decimal& d, int exponent) {
    Digits v = digits(d);
    if (!v.empty()) v.append(static_cast<std::size_t>(d.exponent_ - exponent), '0');
    return v;
  }

  static Decimal divide_rounded(bool negative, Digits a, Digits b, int exponent, Rounding mode) {
    auto [q, exact, half] = divide_digits(a, b);
    const bool odd = !q.empty() && (q.back() - '0') % 2 == 1;
    if (moves_away(mode, negative, exact, half, odd)) q = add_digits(q, "1");
    return make(negative, std::move(q), exponent);
  }
};

Decimal::Decimal(std::int64_t value) {
  negative_ = value < 0;
  lo_ = negative_ ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
}

Decimal Decimal::scaled(std::int64_t coefficient, int exponent) { return Decimal(coefficient).shifted(exponent); }

std::optional<Decimal> Decimal::parse(std::string_view text) {
  bool negative = false;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) negative = text[0] == '-', text.remove_prefix(1);
  constexpr std::size_t kPlain = 19;  // so many digits fit 64 bits
  u128 v = 0;
  std::uint64_t plain = 0;
  int exponent = 0;
  std::size_t digits = 0;
  bool point = false, fits = true;
  for (const char c : text) {
    if (c == '.') {
      if (point) return {};
      point = true;
      continue;
    }
    if (!is_digit(c)) return {};
    exponent -= point;
    const auto n = static_cast<unsigned>(c - '0');
    if (++digits <= kPlain) {
      plain = plain * 10 + n;
      continue;
    }
    if (digits == kPlain + 1) v = plain;
    if (!fits || v > (max_u128 - n) / 10) fits = false;
    else v = v * 10 + n;
  }
  if (digits == 0 || digits > max_digits) return {};
  if (fits) return Access::make(negative, digits <= kPlain ? plain : v, exponent);
  Digits all;
  std::copy_if(text.begin(), text.end(), std::back_inserter(all), [](char c) { return c != '.'; });
  return Access::make(negative, std::move(all), exponent);
}

std::optional<Decimal> Decimal::parse_scientific(std::string_view text) {
  const std::size_t e = text.find_first_of("eE");
  const auto base = parse(text.substr(0, e));
  if (e == std::string_view::npos || !base) return base;
  std::string_view power = text.substr(e + 1);
  bool negative = false;
  if (!power.empty() && (power[0] == '+' || power[0] == '-')) negative = power[0] == '-', power.remove_prefix(1);
  if (power.empty() || power.size() > 6) return {};
  int n = 0;
  for (const char c : power) {
    if (!is_digit(c)) return {};
    n = n * 10 + (c - '0');
  }
  if (n > max_digits) return {};
  return base->shifted(negative ? -n : n);
}

std::string Decimal::to_string() const {
  if (is_zero()) return "0";
  const SmallDigits small(Access::small(*this));
  std::string_view d = big_ ? std::string_view(*big_) : small.text();
  std::string out;
  if (negative_) out += '-';
  if (exponent_ >= 0) {
    out += d;
    return out.append(static_cast<std::size_t>(exponent_), '0');
  }
  const auto places = static_cast<std::size_t>(-exponent_);
  const std::size_t whole = d.size() > places ? d.size() - places : 0, gap = d.size() < places ? places - d.size() : 0;
  d = d.substr(0, std::max(d.find_last_not_of('0') + 1, whole));
  if (whole == 0) out += '0';
  out += d.substr(0, whole);
  if (d.size() == whole) return out;
  return (out += '.').append(gap, '0').append(d.substr(whole));
}

std::string Decimal::to_fixed(int places) const {
  std::string out = rounded(places, Rounding::half_away).to_string();
  if (places <= 0) return out;
  std::size_t point = out.find('.');
  if (point == std::string::npos) point = out.size(), out += '.';
  out.append(static_cast<std::size_t>(places) - (out.size() - point - 1), '0');
  return out;
}

int Decimal::fraction_digits() const {
  if (is_zero() || exponent_ >= 0) return 0;
  int places = -exponent_;
  if (!big_ && (lo_ & 1) != 0) return places;  // an odd number ends in no zero
  if (!big_ && hi_ == 0) {
    for (std::uint64_t v = lo_; places > 0 && v % 10 == 0; v /= 10) --places;
    return places;
  }
  if (!big_) {
    for (u128 v = Access::small(*this); places > 0 && v % 10 == 0; v /= 10) --places;
    return places;
  }
  const Digits d = Access::digits(*this);
  const int zeros = static_cast<int>(d.size() - 1 - d.find_last_not_of('0'));
  return std::max(0, places - zeros);
}

bool Decimal::is_integer() const { return fraction_digits() == 0; }

int Decimal::magnitude() const {
  if (is_zero()) return 0;
  return (big_ ? static_cast<int>(big_->size()) : count_digits(Access::small(*this))) - 1 + exponent_;
}

std::optional<std::int64_t> Decimal::to_int64() const {
  if (!is_integer() || magnitude() > 18) return {};
  if (!big_ && exponent_ == 0 && hi_ == 0 && lo_ >> 63 == 0) return negative_ ? -static_cast<std::int64_t>(lo_) : static_cast<std::int64_t>(lo_);
  std::int64_t v = 0;
  for (const char c : to_string()) {
    if (c == '-') continue;
    if (__builtin_mul_overflow(v, std::int64_t{10}, &v) || __builtin_sub_overflow(v, std::int64_t{c - '0'}, &v)) return {};
  }
  if (negative_) return v;
  if (v == INT64_MIN) return {};
  return -v;
}

double Decimal::approximate() const { return std::strtod(to_string().c_str(), nullptr); }

Decimal Decimal::operator-() const {
  Decimal d = *this;
  d.negative_ = !negative_ && !is_zero();
  return d;
}

Decimal Decimal::abs() const {
  Decimal d = *this;
  d.negative_ = false;
  return d;
}

Decimal operator+(const Decimal& a, const Decimal& b) {
  using Access = Decimal::Access;
  u128 x, y, sum;
  int exponent;
  if (Access::align(a, b, x, y, exponent)) {
    if (a.negative_ == b.negative_) {
      if (!__builtin_add_overflow(x, y, &sum)) return Access::make(a.negative_, sum, exponent);
    } else {
      return x >= y ? Access::make(a.negative_, x - y, exponent) : Access::make(b.negative_, y - x, exponent);
    }
  }
  if (a.is_zero()) return b;
  if (b.is_zero()) return a;
  exponent = std::min(a.exponent_, b.exponent_);
  const Digits p = Access::widened(a, exponent), q = Access::widened(b, exponent);
  if (a.negative_ == b.negative_) return Access::make(a.negative_, add_digits(p, q), exponent);
  return compare_digits(p, q) >= 0 ? Access::make(a.negative_, subtract_digits(p, q), exponent)
                                   : Access::make(b.negative_, subtract_digits(q, p), exponent);
}

Decimal operator*(const Decimal& a, const Decimal& b) {
  using Access = Decimal::Access;
  const bool negative = a.negative_ != b.negative_;
  const int exponent = a.exponent_ + b.exponent_;
  u128 product;
  if (!a.big_ && !b.big_ && multiply_fits(Access::small(a), Access::small(b), product))
    return Access::make(negative, product, exponent);
  return Access::make(negative, multiply_digits(Access::digits(a), Access::digits(b)), exponent);
}

Decimal Decimal::shifted(int places) const {
  Decimal d = *this;
  if (!is_zero()) d.exponent_ += places;
  return d;
}

Decimal Decimal::rounded(int decimals, Rounding mode) const {
  if (is_zero() || exponent_ >= -decimals) return *this;
  const int drop = -decimals - exponent_;  // digits to lose
  if (!big_ && drop <= 38) {
    const u128 p = power_of_ten(drop), v = Access::small(*this);
    u128 q = v >> 64 == 0 && p >> 64 == 0 ? static_cast<std::uint64_t>(v) / static_cast<std::uint64_t>(p) : v / p;
    const u128 rest = v - q * p;
    const int half = rest > p / 2 ? 1 : rest < p / 2 || p == 1 ? -1 : 0;
    if (moves_away(mode, negative_, rest == 0, half, (q & 1) != 0)) ++q;
    return Access::make(negative_, q, -decimals);
  }
  const Digits d = Access::digits(*this);
  if (static_cast<std::size_t>(drop) > d.size() + 1) {  // far below the last kept digit
    const bool away = moves_away(mode, negative_, false, -1, false);
    return Access::make(negative_, u128{away ? 1U : 0U}, -decimals);
  }
  return Access::divide_rounded(negative_, d, Digits("1") + Digits(static_cast<std::size_t>(drop), '0'), -decimals, mode);
}

std::optional<Decimal> Decimal::divide(const Decimal& a, const Decimal& b, int decimals, Rounding mode) {
  if (b.is_zero()) return {};
  if (a.is_zero()) return Decimal{};
  const bool negative = a.negative_ != b.negative_;
  const int shift = decimals + a.exponent_ - b.exponent_;  // quotient at 10^-decimals is a*10^shift / b
  if (std::abs(shift) > 4 * max_digits) return {};
  u128 x = Access::small(a), y = Access::small(b);
  u128& raised = shift >= 0 ? x : y;
  if (!a.big_ && !b.big_ && std::abs(shift) <= 38 && multiply_fits(raised, power_of_ten(std::abs(shift)), raised)) {  // the usual case
    u128 quotient = x / y;
    const u128 rest = x - quotient * y;
    const int half = rest > y - rest ? 1 : rest == y - rest ? 0 : -1;
    if (moves_away(mode, negative, rest == 0, half, (quotient & 1) != 0)) ++quotient;
    return Access::make(negative, quotient, -decimals);
  }
  Digits p = Access::digits(a), q = Access::digits(b);
  (shift >= 0 ? p : q).append(static_cast<std::size_t>(std::abs(shift)), '0');
  return Access::divide_rounded(negative, std::move(p), std::move(q), -decimals, mode);
}

std::optional<Decimal> Decimal::divide_exactly(const Decimal& a, const Decimal& b) {
  if (b.is_zero()) return {};
  // A quotient is finite where the divisor, reduced, has no prime factor but 2 and 5: then its digits number fewer than
  // the divisor's bits. 3.33 bits a digit bounds the search.
  const int digits = static_cast<int>(Access::digits(b).size()) * 4 + static_cast<int>(Access::digits(a).size()) + 8;
  if (digits > max_digits) return {};
  const auto q = divide(a, b, digits + std::max(0, b.exponent_ - a.exponent_), Rounding::toward_zero);
  if (!q || *q * b != a) return {};
  return q;
}

int Decimal::compare(const Decimal& a, const Decimal& b) {
  const int sa = a.sign(), sb = b.sign();
  if (sa != sb) return sa < sb ? -1 : 1;
  if (sa == 0) return 0;
  u128 x, y;
  int exponent;
  if (Access::align(a, b, x, y, exponent)) return x == y ? 0 : (x < y) == (sa > 0) ? -1 : 1;
  const int ma = a.magnitude(), mb = b.magnitude();
  if (ma != mb) return (ma < mb) == (sa > 0) ? -1 : 1;
  exponent = std::min(a.exponent_, b.exponent_);
  const int c = compare_digits(Access::widened(a, exponent), Access::widened(b, exponent));
  return c == 0 ? 0 : (c < 0) == (sa > 0) ? -1 : 1;
}

std::size_t Decimal::hash() const { return std::hash<std::string>{}(to_string()); }

}  // namespace factpress
