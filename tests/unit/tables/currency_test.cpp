#include "tables/currency.h"

#include "catch.h"

using namespace factpress;

namespace {

std::string head(std::string_view text) {
  const auto h = tables::read_currency_head(text);
  if (!h) return "-";
  return h->code + (h->scale ? " 10^" + std::to_string(*h->scale) : "") + (h->hundredths ? " /100" : "");
}

}  // namespace

TEST_CASE("currency: headers that are nothing but a currency and a scale") {
  CHECK(head("RMB") == "CNY");
  CHECK(head("US$") == "USD");
  CHECK(head("(HK$ in millions)") == "HKD 10^6");
  CHECK(head("\u00a3'000") == "GBP 10^3");
  CHECK(head("\u00a3\u2019000") == "GBP 10^3");
  CHECK(head("\u20acm") == "EUR 10^6");
  CHECK(head("in \u20ac million") == "EUR 10^6");
  CHECK(head("EURm") == "EUR 10^6");
  CHECK(head("SEK m") == "SEK 10^6");
  CHECK(head("NT$ (in thousands)") == "TWD 10^3");
  CHECK(head("millions of RMB") == "CNY 10^6");
  CHECK(head("\u20b9 crore") == "INR 10^7");
  CHECK(head("$m") == " 10^6");
  CHECK(head("$000") == " 10^3");
  CHECK(head("pence") == "GBP /100");
  CHECK(head("(cents)") == " /100");
}

TEST_CASE("currency: headers that say something else") {
  for (const char* text : {"", "$", "2024", "RMB revenue", "US$ equivalent of sales", "Eurobonds", "Euro Area", "USDA", "Cadmium", "Sterling Heights", "m", "thousands", "(in thousands)", "Amount", "CADence",
                           "Trying", "Won", "Try", "P", "won contracts", "per cent", "% change", "A$AP", "p/e", "cents per share"})
    CHECK(head(text) == "-");
}

TEST_CASE("currency: rows in hundredths") {
  for (const char* label : {"basic earnings per share (pence)", "yield per passenger mile (cents)", "dividend per share, in cents", "eps (us cents)", "dividend per share (p)", "casm (\u00a2)"})
    CHECK(tables::names_hundredths(label));
  for (const char* label : {"percents", "innocents", "dividend", "revenue from incense", "earnings per share", "cents", "two cents stores", "adolescents (in thousands)"})
    CHECK_FALSE(tables::names_hundredths(label));
}
