#include "base/decimal.h"

#include "base/interval.h"
#include "catch.h"

using namespace factpress;

namespace {
Decimal d(const char* text) { return *Decimal::parse(text); }
}  // namespace

TEST_CASE("decimal: lexical space") {
  CHECK(d("-1596280").to_string() == "-1596280");
  CHECK(d("+0.2730").to_string() == "0.273");
  CHECK(d(".5").to_string() == "0.5");
  CHECK(d("5.").to_string() == "5");
  CHECK(d("-0").to_string() == "0");
  CHECK_FALSE(d("-0").is_negative());
  for (const char* bad : {"", "+", ".", "1e3", " 1", "1 ", "1,000", "--1", "1.2.3", "NaN", "INF"}) CHECK_FALSE(Decimal::parse(bad));
  CHECK(Decimal::parse_scientific("1.5E-3")->to_string() == "0.0015");
  CHECK_FALSE(Decimal::parse_scientific("1E99999"));
}

TEST_CASE("decimal: exact where binary floating point is not") {
  CHECK(d("0.1") + d("0.2") == d("0.3"));
  CHECK(d("1.0") == d("1"));
  CHECK(d("1.0").hash() == d("1").hash());
  CHECK(d("-2") < d("-1.5"));
  CHECK(d("1.10").fraction_digits() == 1);
  CHECK(d("123.4").magnitude() == 2);
  CHECK(d("0.0012").magnitude() == -3);
}

TEST_CASE("decimal: every number of digits is read and written alike") {
  std::string digits;
  for (int n = 1; n <= 60; ++n) {
    digits += static_cast<char>('0' + (n * 7) % 9 + 1);
    CHECK(d(digits.c_str()).to_string() == digits);
    CHECK(d(("-0." + digits).c_str()).to_string() == "-0." + digits);
    CHECK(d((std::string(30, '0') + digits).c_str()).to_string() == digits);
    CHECK(d(std::string(static_cast<std::size_t>(n), '9').c_str()) + d("1") == d(("1" + std::string(static_cast<std::size_t>(n), '0')).c_str()));
  }
}

TEST_CASE("decimal: beyond 128 bits nothing is lost") {
  const Decimal big = d("340282366920938463463374607431768211455");  // 2^128 - 1
  CHECK((big + d("1")).to_string() == "340282366920938463463374607431768211456");
  CHECK((big + d("1") - big) == d("1"));
  CHECK((big * big).to_string() == "115792089237316195423570985008687907852589419931798687112530834793049593217025");
  CHECK(Decimal::divide(big * big, big, 0) == big);
  CHECK((big * big).rounded(-77).to_string() == "100000000000000000000000000000000000000000000000000000000000000000000000000000");
}

TEST_CASE("decimal: rounding") {
  CHECK(d("2.5").rounded(0) == d("2"));
  CHECK(d("3.5").rounded(0) == d("4"));
  CHECK(d("2.5").rounded(0, Rounding::half_away) == d("3"));
  CHECK(d("-2.5").rounded(0, Rounding::floor) == d("-3"));
  CHECK(d("-2.5").rounded(0, Rounding::ceiling) == d("-2"));
  CHECK(d("-2.9").rounded(0, Rounding::toward_zero) == d("-2"));
  CHECK(d("16168421").rounded(-5) == d("16200000"));
  CHECK(d("49").rounded(-2) == d("0"));
  CHECK(d("0.001").rounded(0, Rounding::ceiling) == d("1"));
  CHECK(Decimal::divide(d("4416825"), d("16168421"), 3) == d("0.273"));
  CHECK(Decimal::divide(d("1"), d("8"), 2) == d("0.12"));
  CHECK_FALSE(Decimal::divide(d("1"), d("0"), 2));
  CHECK(Decimal::divide_exactly(d("1"), d("8")) == d("0.125"));
  CHECK_FALSE(Decimal::divide_exactly(d("1"), d("3")));
  CHECK(d("4.4").to_fixed(2) == "4.40");
  CHECK(d("-0.005").to_fixed(2) == "-0.01");
}

TEST_CASE("interval: what a rounded number may stand for") {
  const Interval i = Interval::rounded(d("16200000"), -5);
  CHECK(i.contains(d("16168421")));
  CHECK(i.contains(d("16150000")));
  CHECK_FALSE(i.contains(d("16149999.99")));
  CHECK(Interval::truncated(d("1"), 0).contains(d("1.99")));
  CHECK_FALSE(Interval::truncated(d("1"), 0).contains(d("2")));
  CHECK_FALSE(Interval::truncated(d("1"), 0).overlaps(Interval::point(d("2"))));
  CHECK((Interval::rounded(d("1"), 0) * d("-1")).contains(d("-1.5")));
}
