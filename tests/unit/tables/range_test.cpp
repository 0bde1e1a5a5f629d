#include "catch.h"
#include "tables/number.h"

using namespace factpress;

namespace {

std::string range(std::string_view text) {
  const auto r = tables::read_number_range(text);
  if (!r) return "-";
  const auto show = [&](const tables::NumberText& n) { return n.value.to_string() + (n.percent ? "%" : n.currency ? "$" : "") + "[" + std::string(text.substr(n.begin, n.end - n.begin)) + "]"; };
  return show(r->low) + " " + show(r->high);
}

}  // namespace

TEST_CASE("numbers: ranges") {
  CHECK(range("$410 - $415") == "410$[$410] 415$[$415]");
  CHECK(range("$1,630-$1,645") == "1630$[$1,630] 1645$[$1,645]");
  CHECK(range("17% to 18%") == "17%[17%] 18%[18%]");
  CHECK(range("17 \u2013 18%") == "17%[17] 18%[18%]");
  CHECK(range("$410 to 415") == "410$[$410] 415$[415]");
  CHECK(range("120 - 122") == "120[120] 122[122]");
  CHECK(range("0.61\u20140.65") == "0.61[0.61] 0.65[0.65]");
  CHECK(range("$(0.10) to $(0.05)") == "-0.1$[$(0.10)] -0.05$[$(0.05)]");
  CHECK(range("22% to 21%") == "21%[21%] 22%[22%]");
  CHECK(range("(3)% to (4)%") == "-4%[(4)%] -3%[(3)%]");
  CHECK(range("up 24% to 25%") == "24%[24%] 25%[25%]");
  CHECK(range("~2% - 3%") == "2%[2%] 3%[3%]");
  CHECK(range("-2% - 1%") == "-2%[-2%] 1%[1%]");
}

TEST_CASE("numbers: what is no range") {
  for (const char* text : {"", "410", "$410", "2023 - 2024", "2023-2024", "10-15", "555-1234", "3 - 5 years", "$415 - $410", "Q3 - Q4", "to", "5 to", "- 5", "17% - ", "(5) - (3", "1 of 2", "12/31 - 1/31",
                           "A 1 - 2", "$410 - about $415", "22 to 21%", "down 4% to 5%", "low to high"})
    CHECK(range(text) == "-");
}

TEST_CASE("numbers: points") {
  const auto unit = [](std::string_view text) {
    const tables::NumberText n = tables::read_number(text);
    return n.kind == tables::ValueText::number ? n.value.to_string() + (n.unit ? std::string(1, n.unit) : "") : "words";
  };
  CHECK(unit("3 bps") == "3b");
  CHECK(unit("(19) bps") == "-19b");
  CHECK(unit("25 basis points (1)") == "25b");
  CHECK(unit("(1.7) pts.") == "-1.7p");
  CHECK(unit("0.4pp") == "0.4p");
  CHECK(unit("12.4p") == "12.4c");
  CHECK(unit("0.4 pts>(1.2) pts") == "words");  // two numbers in one cell are none
  CHECK(unit("3 bps 4") == "words");
  CHECK(unit("3 bpsx") == "words");
  CHECK(tables::read_number("bps").kind == tables::ValueText::suffix);  // in a cell of its own
  CHECK(tables::read_number("pts. (a)").kind == tables::ValueText::suffix);
  CHECK(tables::read_number("bps 4").kind == tables::ValueText::words);
  CHECK(unit("5 ptsd cases") == "words");
}

TEST_CASE("numbers: told roughly") {
  CHECK(tables::read_rough_number("~$20")->value.to_string() == "20");
  CHECK(tables::read_rough_number("approximately 1,250")->value.to_string() == "1250");
  CHECK(tables::read_rough_number("About 5%")->percent);
  for (const char* text : {"20", "~", "about", "about us", "approximately a third", "around the 5"}) CHECK_FALSE(tables::read_rough_number(text));
}
