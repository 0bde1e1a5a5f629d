#include "mapping/words.h"

#include "catch.h"

using namespace factpress::mapping;

TEST_CASE("labels of one meaning have the same words", "[mapping][words]") {
  CHECK(words_of_label("Total stockholders\xE2\x80\x99 equity").bag == words_of_label("Total shareholders' equity").bag);
  CHECK(words_of_label("Net loss").bag == words_of_label("Net income (loss)").bag);
  CHECK(words_of_label("Net cash used in operating activities").bag == words_of_label("Net cash provided by operating activities").bag);
  CHECK(words_of_label("Cost of revenues (1)").key == words_of_label("Cost of revenues").key);
  CHECK(words_of_label("Accounts payable").bag != words_of_label("Accounts receivable").bag);
}

TEST_CASE("what only tells the unit is taken out of a label and noted", "[mapping][words]") {
  const Words w = words_of_label("Basic (in dollars per share)");
  CHECK(w.key == "basic");
  CHECK(w.says_per_share);
  CHECK(words_of_label("Diluted (in shares)").says_shares);
  CHECK(words_of_label("Net loss per share").says_per_share);
  CHECK_FALSE(words_of_label("Net loss").says_per_share);
}

TEST_CASE("a par value and what follows it does not name a stock", "[mapping][words]") {
  CHECK(words_of_label("Common stock, $0.01 par value, 50,000 shares authorized").key == "common stock");
}

TEST_CASE("a label that says only loss is told apart", "[mapping][words]") {
  CHECK(words_of_label("Net loss").says_loss_only);
  CHECK_FALSE(words_of_label("Net income (loss)").says_loss_only);
}

TEST_CASE("names are split where their words begin", "[mapping][words]") {
  CHECK(spaced_name("IncomeTaxesPaidNet") == "Income Taxes Paid Net");
  CHECK(words_of_name("IncreaseDecreaseInAccountsReceivable").bag == words_of_label("Change in accounts receivable").bag);
}

TEST_CASE("labels of any bytes and length are read in bounds", "[mapping][words]") {
  CHECK(words_of_label("").tokens.empty());
  CHECK(words_of_label("((((").tokens.empty());
  CHECK(words_of_label(std::string(100000, '\xFF')).tokens.empty());
  std::string many;
  for (int i = 0; i < 10000; ++i) many += "word" + std::string(1, static_cast<char>('a' + i % 26)) + " ";
  CHECK(words_of_label(many).tokens.size() <= 40);
}
