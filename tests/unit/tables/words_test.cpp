#include "catch.h"
#include "tables/nature.h"
#include "tables/number.h"
#include "tables/period_words.h"
#include "tables/scale.h"

using namespace factpress;
using namespace factpress::tables;

TEST_CASE("numbers as releases print them") {
  struct Row {
    const char* text;
    ValueText kind;
    const char* value;
  };
  const Row rows[] = {{"1,234.5", ValueText::number, "1234.5"}, {"(1,234)", ValueText::number, "-1234"}, {"$ (0.01)", ValueText::number, "-0.01"},
                      {"( 0.38)", ValueText::number, "-0.38"},  {"-1.7%", ValueText::number, "-1.7"},    {"(8.8)%", ValueText::number, "-8.8"},
                      {"\u221212", ValueText::number, "-12"},   {".44", ValueText::number, "0.44"},      {"\u20AC 5", ValueText::number, "5"},
                      {"5 (1)", ValueText::number, "5"},        {"\u2014", ValueText::dash, "0"},        {"$ --", ValueText::dash, "0"},
                      {"(\u2014)", ValueText::dash, "0"},       {"nm", ValueText::not_available, "0"},   {"$", ValueText::prefix, "0"},
                      {"($", ValueText::prefix, "0"},           {")%", ValueText::suffix, "0"},          {"(a)", ValueText::suffix, "0"},
                      {"435-0800", ValueText::words, "0"},      {"1,23,4", ValueText::words, "0"},       {"March 31", ValueText::words, "0"},
                      {"Up 8%", ValueText::words, "0"},         {"12,34", ValueText::words, "0"},
                      {"1 234 567", ValueText::number, "1234567"}, {"(1\u2009234)", ValueText::number, "-1234"}, {"1'234.5", ValueText::number, "1234.5"},
                      {"12 34", ValueText::words, "0"},         {"410,584 446", ValueText::words, "0"},  {"1 234\u2009567", ValueText::words, "0"},
                      {"123 456,789", ValueText::words, "0"},   {"0 123", ValueText::words, "0"},
                      {"56.2%(90) bps", ValueText::words, "0"}, {"5 (1) (2)", ValueText::number, "5"}};
  for (const Row& row : rows) {
    INFO(row.text);
    const NumberText n = read_number(row.text);
    CHECK(n.kind == row.kind);
    if (row.kind == ValueText::number) CHECK(n.value.to_string() == row.value);
  }
  CHECK(read_number("2013").year_like);
  CHECK_FALSE(read_number("2,013").year_like);
  CHECK(read_number("(103").open);
  CHECK(read_number("\u20AC 5").currency_code == "EUR");
}

TEST_CASE("scale notes with their exceptions") {
  CHECK(read_scale("(in thousands, except per share data)").money == 3);
  CHECK_FALSE(read_scale("(in thousands, except per share data)").shares);
  CHECK(read_scale("(In millions, except share and per share amounts)").shares == 0);
  CHECK(read_scale("Dollars in 000's").money == 3);
  CHECK(read_scale("(in millions, except number of shares, which are reflected in thousands, and per share amounts)").shares == 3);
  CHECK(read_scale("($ in millions)").money == 6);
  CHECK_FALSE(read_scale("sold 7.5 million shares").money);
  CHECK_FALSE(read_scale("Under $100,000").money);
  CHECK(read_currency("in thousands of Canadian dollars") == "CAD");
}

TEST_CASE("period words") {
  const PeriodWords weeks = read_period_words("Thirty-Nine Weeks Ended November 2, 2024 (1)");
  CHECK(weeks.weeks == 39);
  REQUIRE(weeks.dates.size() == 1);
  CHECK(weeks.dates[0].month == 11);
  CHECK(weeks.dates[0].day == 2);
  const PeriodWords two = read_period_words("Three Months Ended March 31, 2013 and 2012");
  CHECK(two.months == 3);
  REQUIRE(two.dates.size() == 2);
  CHECK(two.dates[1].year == 2012);
  CHECK(two.dates[1].month == 3);
  const PeriodWords quarter = read_period_words("Q4 FY22");
  CHECK(quarter.quarter == 4);
  CHECK(quarter.fiscal_year == 2022);
  CHECK(read_period_words("First Quarter Fiscal 2023").fiscal_year == 2023);
  CHECK(read_period_words("February 29/28, 2019").dates[0].other_day == 28);
  CHECK(read_period_words("3/31/05").dates[0].year == 2005);
  CHECK(read_period_words("Three Month Change").change);
  CHECK_FALSE(read_period_words("Accounts receivable").any());
}

TEST_CASE("what labels say of their numbers") {
  CHECK(names_per_share("diluted earnings per common share"));
  CHECK_FALSE(names_per_share("shares used in computing basic earnings (loss) per share"));
  CHECK(names_share_count("shares used in computing basic earnings (loss) per share"));
  CHECK_FALSE(names_share_count("common stock, no par value; 900,000,000 shares authorized; 385,192,286 shares issued and outstanding"));
  CHECK(is_basic_or_diluted("- diluted"));
  CHECK(row_timing("cash and cash equivalents at beginning of period", "") == Timing::opening);
  CHECK(row_timing("balance at end of period", "") == Timing::closing);
  CHECK(row_timing("book value per share", "") == Timing::instant);
}
