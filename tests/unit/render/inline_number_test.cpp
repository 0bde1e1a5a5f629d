#include "render/inline_number.h"

#include "catch.h"

using namespace factpress;
using namespace factpress::render;

namespace {

model::Fact fact(const char* value, std::optional<int> decimals) {
  model::Fact f;
  f.value = *Decimal::parse(value);
  f.decimals = decimals;
  return f;
}

struct Case {
  const char* printed;
  const char* value;
  std::optional<int> fact_decimals;
  int scale;
  std::optional<int> decimals;
  const char* digits;  // null: not taggable
  const char* format;
  bool negative;
};

}  // namespace

TEST_CASE("the digits of a printed number and how they become the value") {
  const Case cases[] = {
      {"$ 16,168,421", "16168421", 0, 0, 0, "16,168,421", "num-dot-decimal", false},
      {"$ (1,596,280)", "-1596280", 0, 0, 0, "1,596,280", "num-dot-decimal", true},
      {"(659,519)", "659519", 0, 0, 0, "659,519", "num-dot-decimal", false},  // a deduction printed in parentheses
      {"$16.2 million", "16168421", 0, 6, -5, "16.2", "num-dot-decimal", false},
      {"27.3%", "0.273", 3, -2, 3, "27.3", "num-dot-decimal", false},
      {"($.01)", "-0.01", 2, 0, 2, ".01", "num-dot-decimal", true},
      {"1.234,5", "1234.5", 1, 0, 1, "1.234,5", "num-comma-decimal", false},
      {"(0.00)", "-0.004", 3, 0, 2, "0.00", "num-dot-decimal", false},
      // No tag: words, two numbers, another value, a value that rounds elsewhere.
      {"three", "3", 0, 0, 0, nullptr, nullptr, false},
      {"", "3", 0, 0, 0, nullptr, nullptr, false},
      {"1 1/2", "1.5", 1, 0, 1, nullptr, nullptr, false},
      {"$16.4 million", "16168421", 0, 6, -5, nullptr, nullptr, false},
      {"16,168,422", "16168421", 0, 0, 0, nullptr, nullptr, false},
      {"2013-2014", "2013", 0, 0, 0, nullptr, nullptr, false},
  };
  for (const Case& c : cases) {
    INFO(c.printed);
    model::Occurrence o;
    o.scale = c.scale;
    o.decimals = c.decimals;
    const auto found = find_inline_number(c.printed, fact(c.value, c.fact_decimals), o);
    REQUIRE(found.has_value() == (c.digits != nullptr));
    if (!found) continue;
    CHECK(std::string_view(c.printed).substr(found->begin, found->end - found->begin) == c.digits);
    CHECK(found->format == c.format);
    CHECK(found->negative == c.negative);
  }
}

TEST_CASE("a dash is zero, and only zero") {
  model::Occurrence o;
  o.dash = true;
  o.decimals = 0;
  const auto found = find_inline_number("$ \xE2\x80\x94", fact("0", 0), o);
  REQUIRE(found);
  CHECK(found->format == "fixed-zero");
  CHECK(found->begin == 2);
  CHECK_FALSE(find_inline_number("-", fact("5", 0), o));
  CHECK_FALSE(find_inline_number(" ", fact("0", 0), o));
}

TEST_CASE("texts are tagged as they stand, or as a date") {
  CHECK(find_inline_text_format("Acme", "Acme") == std::string_view{});
  CHECK(find_inline_text_format("March 31, 2013", "2013-03-31") == "date-monthname-day-year-en");
  CHECK_FALSE(find_inline_text_format("April 1, 2013", "2013-03-31"));
  CHECK_FALSE(find_inline_text_format("ACME", "Acme"));
}
