#include "base/wording.h"

#include "catch.h"

using namespace factpress;

TEST_CASE("words in capitals all through become a sentence's or a title's, others stay") {
  CHECK(without_shouting("NET INCOME", Capitals::sentence) == "Net income");
  CHECK(without_shouting("CONSOLIDATED STATEMENTS OF INCOME", Capitals::title) == "Consolidated Statements of Income");
  CHECK(without_shouting("TOTAL LIABILITIES AND STOCKHOLDERS' DEFICIT", Capitals::sentence) == "Total liabilities and stockholders' deficit");
  CHECK(without_shouting("ADJUSTED EBITDA", Capitals::sentence) == "Adjusted EBITDA");
  CHECK(without_shouting("INCOME PER U.S. GAAP", Capitals::title) == "Income per U.S. GAAP");
  CHECK(without_shouting("NIM", Capitals::title) == "NIM");
  CHECK(without_shouting("NVIDIA Reports", Capitals::title) == "NVIDIA Reports");
  CHECK(without_shouting("", Capitals::title).empty());
  CHECK(without_shouting("R&D (2)", Capitals::sentence) == "R&D (2)");
}
