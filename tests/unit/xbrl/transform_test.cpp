#include "xbrl/transform.h"

#include "catch.h"
#include "xbrl/names.h"
#include "xbrl/types.h"

using namespace factpress;
using namespace factpress::xbrl;

namespace {
std::string t(std::string_view uri, const char* name, std::string_view content) {
  auto r = transform({std::string(uri), name}, content);
  return r ? *r : "fails";
}
}  // namespace

TEST_CASE("numbers of the transformation registry") {
  CHECK(t(ns::ixt4, "num-dot-decimal", "1,596,280") == "1596280");
  CHECK(t(ns::ixt4, "num-dot-decimal", ".01") == "0.01");
  CHECK(t(ns::ixt4, "num-dot-decimal", "16.20") == "16.20");
  CHECK(t(ns::ixt5, "num-dot-decimal", "1\xC2\xA0" "234") == "1234");
  CHECK(t(ns::ixt4, "num-comma-decimal", "1.234,5") == "1234.5");
  CHECK(t(ns::ixt3, "numdotdecimal", "1,234.5") == "1234.5");
  CHECK(t(ns::ixt4, "num-unit-decimal", "15 dollars 2 cents") == "15.02");
  CHECK(t(ns::ixt4, "fixed-zero", "\xE2\x80\x94") == "0");
  CHECK(t(ns::ixt3, "zerodash", "-") == "0");
}

TEST_CASE("what a format does not read fails") {
  CHECK(t(ns::ixt4, "num-dot-decimal", "") == "fails");
  CHECK(t(ns::ixt4, "num-dot-decimal", "-5") == "fails");
  CHECK(t(ns::ixt4, "num-dot-decimal", "(5)") == "fails");
  CHECK(t(ns::ixt4, "num-dot-decimal", "1.2.3") == "fails");
  CHECK(t(ns::ixt4, "num-dot-decimal", "5.") == "fails");
  CHECK(t(ns::ixt3, "numdotdecimal", "12,34") == "fails");
  CHECK(t(ns::ixt3, "zerodash", "nil") == "fails");
  CHECK(t(ns::ixt4, "numdotdecimal", "5") == "fails");      // a name of registry 3
  CHECK(t(ns::ixt3, "num-dot-decimal", "5") == "fails");    // a name of registry 4
  CHECK(t("http://example.com/", "num-dot-decimal", "5") == "fails");
  CHECK(t(ns::ixt4, "date-month-day-year", "13/40/2013") == "fails");
  CHECK_FALSE(is_known_format({std::string(ns::ixt4), "num-word-zz"}));
}

TEST_CASE("dates and booleans") {
  CHECK(t(ns::ixt4, "date-monthname-day-year-en", "March 31, 2013") == "2013-03-31");
  CHECK(t(ns::ixt4, "date-day-monthname-year-en", "31st March 2013") == "2013-03-31");
  CHECK(t(ns::ixt4, "date-month-day-year", "3/31/13") == "2013-03-31");
  CHECK(t(ns::ixt4, "date-monthname-year-en", "Feb. 2013") == "2013-02");
  CHECK(t(ns::ixt4, "date-monthname-day-en", "February 29") == "--02-29");
  CHECK(t(ns::ixt3, "booleantrue", "yes") == "true");
}

TEST_CASE("every format of a registry is found, and they are sorted") {
  for (auto uri : {ns::ixt1, ns::ixt2, ns::ixt3, ns::ixt4, ns::ixt5}) {
    const auto names = format_names(uri);
    REQUIRE_FALSE(names.empty());
    CHECK(std::is_sorted(names.begin(), names.end()));
    for (auto name : names) CHECK(is_known_format({std::string(uri), std::string(name)}));
  }
}

TEST_CASE("data types") {
  CHECK(type_class("monetaryItemType") == TypeClass::monetary);
  CHECK(type_class("perShareItemType") == TypeClass::per_share);
  CHECK(type_class("yesNoItemType") == TypeClass::enumeration);
  CHECK(type_class("noSuchType") == TypeClass::other);
  CHECK(is_numeric(TypeClass::pure));
  CHECK_FALSE(is_numeric(TypeClass::text));
}
