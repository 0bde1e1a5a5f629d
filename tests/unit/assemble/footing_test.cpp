#include <algorithm>
#include <map>

#include "assemble/passes.h"
#include "catch.h"
#include "diag/codes/assemble.h"
#include "table_text.h"

using namespace factpress;
using assemble::Proof;
using assemble::Workbench;
using model::Verdict;
using tables::StatementKind;

namespace {

const std::vector<std::string> quarters = {"2013-01-01/2013-03-31", "2012-01-01/2012-03-31"};
const std::vector<std::string> dates = {"2013-03-31", "2012-12-31"};

const char* const income = R"(
Revenues | $ 16,168,421 | $ 11,534,705
Cost of revenues | 11,751,596 | 10,044,760
Gross profit | 4,416,825 | 1,489,945
Operating expenses:
Depreciation and amortization | 849,915 | 98,223
Selling general and administrative expenses | 4,267,597 | 2,051,142
Total operating expenses | 5,117,512 | 2,149,365
Operating loss | (700,687) | (659,420)
Other (expenses) income:
Interest expense, net of interest income | (659,519) | (57,086)
Other | (236,074) | (69,445)
Total other (expenses) income | (895,593) | (126,531)
Net loss | (1,596,280) | (785,951)
Preferred stock dividends in arrears | (99,246) | (100,349)
Net loss applicable to common stockholders: | (1,695,526) | (886,300)
)";

const char* const balance = R"(
ASSETS:
Current assets:
Cash and cash equivalents | 419,390 | 543,214
Accounts receivable, net | 4,225,142 | 2,924,302
Inventory | 507,949 | 341,118
Prepaid expenses and other current assets | 655,559 | 1,001,449
---
Total current assets | 5,808,040 | 4,810,083
---
Property and equipment, net | 2,349,326 | 2,406,944
---
Other assets:
Security deposits | 576,768 | 439,741
Restricted cash | 1,026,326 | 1,026,326
Goodwill | 2,406,269 | 2,406,269
Intangible assets, net | 14,842,792 | 15,396,117
Other assets | 530,071 | 582,947
---
Total other assets | 19,382,226 | 19,851,400
---
TOTAL ASSETS | 27,539,592 | 27,068,427
Current liabilities:
Notes payable - non-related parties | 405,137 | 208,333
Notes payable - related parties | 696,429 | 639,286
Equipment financing obligations | 136,281 | 136,392
Accounts payable and accrued expenses | 11,671,386 | 10,579,496
Related party payable | 1,127,550 | 1,159,573
Current liabilities from discontinued operations | 55,000 | 55,000
---
Total current liabilities | 14,091,783 | 12,778,080
---
Long-term liabilities:
Notes payable - non-related parties, net of discount | 14,396,108 | 14,475,747
Notes payable - related parties | 4,281,422 | 4,492,136
Equipment financing obligations | 72,247 | 102,071
Derivative liability | 1,199,250 | 1,066,000
Other long-term liabilities | 232,310 | 266,132
---
Total liabilities | 34,273,120 | 33,180,166
---
Stockholders' deficit:
Preferred stock | 119 | 119
Common stock | 1,908,491 | 1,782,504
Capital in excess of par value | 147,608,509 | 146,760,005
Accumulated deficit | (156,250,647) | (154,654,367)
---
Total stockholders' deficit | (6,733,528) | (6,111,739)
---
TOTAL LIABILITIES AND STOCKHOLDERS' DEFICIT | 27,539,592 | 27,068,427
)";

const char* const reconciliation = R"(
Net loss | (1,596,280) | (785,951)
Interest expense and other financing costs | 743,003 | 132,238
Depreciation and amortization | 849,915 | 98,223
---
EBITDA | (3,362) | (555,490)
Acquisition transaction expenses | - | 16,306
Loss on forgiveness of debt | 58,203 | -
Change in fair value of derivative liability | 133,250 | -
Non-cash adjustment to tax accruals | - | (98,141)
Stock-based compensation expense | 47,831 | 6,996
---
Adjusted EBITDA | 235,922 | (630,329)
)";

struct Proved {
  facts::Reading reading;
  diag::Sink sink;
  std::vector<Proof> proofs;
  std::string listing;

  explicit Proved(facts::Reading r) : reading(std::move(r)) {
    Workbench bench(reading, sink);
    prove_footing(bench);
    prove_balance(bench);
    prove_ties(bench);
    proofs = bench.proofs;
    for (const Proof& p : proofs) {
      listing += std::string(model::to_string(p.kind)) + " " + std::string(model::to_string(p.verdict)) + " " + p.title + ": " + p.arithmetic + " " + p.reason + "\n";
    }
  }
  long count(Verdict v) const {
    return std::count_if(proofs.begin(), proofs.end(), [v](const Proof& p) { return p.verdict == v; });
  }
  const Proof* of(const std::string& title) const {
    for (const Proof& p : proofs) {
      if (p.title == title) return &p;
    }
    return nullptr;
  }
};

facts::Reading whole() {
  test::ReadingText r;
  r.table(StatementKind::income, "Statements of Operations", quarters, income);
  r.table(StatementKind::balance, "Balance Sheets", dates, balance);
  r.table(StatementKind::reconciliation, "Reconciliation", quarters, reconciliation);
  return r.make();
}

facts::Reading one(std::string_view lines, const std::vector<std::string>& columns = quarters, int scale = 0, StatementKind kind = StatementKind::other) {
  return test::ReadingText().table(kind, "Table", columns, lines, scale).make();
}

/// Changes one digit of a table's number, in the cell and in the fact that was read from it.
bool change_digit(facts::Reading& r, std::size_t fact, std::size_t digit, int by) {
  facts::RawFact& f = r.facts[fact];
  tables::TableCell& cell = r.tables[f.table].rows[f.row].cells[f.cell];
  std::string digits = cell.value.abs().to_string();
  std::size_t seen = 0;
  for (char& c : digits) {
    if (c == '.') continue;
    if (seen++ != digit) continue;
    c = static_cast<char>('0' + (c - '0' + by) % 10);
    Decimal v = *Decimal::parse(digits);
    if (cell.value.is_negative()) v = -v;
    cell.value = f.value = v;
    return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a whole release foots and nothing is contradicted") {
  const Proved p(whole());
  INFO(p.listing);
  CHECK(p.count(Verdict::contradicted) == 0);
  for (const char* title : {"Gross profit, quarter ended March 31, 2013", "Total operating expenses, quarter ended March 31, 2013",
                            "Operating loss, quarter ended March 31, 2013", "Total other (expenses) income, quarter ended March 31, 2012",
                            "Net loss, quarter ended March 31, 2013", "Net loss applicable to common stockholders, quarter ended March 31, 2013",
                            "Total current assets, March 31, 2013", "Total other assets, March 31, 2013", "TOTAL ASSETS, December 31, 2012",
                            "Total current liabilities, March 31, 2013", "Total liabilities, March 31, 2013", "Total stockholders' deficit, March 31, 2013",
                            "TOTAL LIABILITIES AND STOCKHOLDERS' DEFICIT, March 31, 2013", "EBITDA, quarter ended March 31, 2013",
                            "Adjusted EBITDA, quarter ended March 31, 2013"}) {
    INFO(title);
    REQUIRE(p.of(title) != nullptr);
    CHECK(p.of(title)->verdict == Verdict::proved);
  }
  CHECK(p.of("Total current assets, March 31, 2013")->arithmetic == "419,390 + 4,225,142 + 507,949 + 655,559 = 5,808,040");
  CHECK(p.of("Operating loss, quarter ended March 31, 2013")->arithmetic == "4,416,825 - 5,117,512 = -700,687");
}

TEST_CASE("any changed digit of a number that footing or a tie covers is found, at that place or at the total it feeds") {
  const facts::Reading clean = whole();
  std::map<std::uint32_t, std::vector<std::uint32_t>> places;  // number -> where a contradiction may stand
  {
    const Proved p(clean);
    for (const Proof& proof : p.proofs) {
      if (proof.verdict != Verdict::proved) continue;
      std::vector<std::uint32_t> all = {p.reading.facts[proof.result.number].span.begin};
      for (const auto& part : proof.parts) all.push_back(p.reading.facts[part.number].span.begin);
      for (std::uint32_t at : all) places[at].insert(places[at].end(), all.begin(), all.end());
    }
  }
  int missed = 0, tried = 0;
  std::string report;
  for (std::size_t f = 0; f < clean.facts.size(); ++f) {
    const auto covered = places.find(clean.facts[f].span.begin);
    if (covered == places.end()) continue;
    for (std::size_t digit = 0; digit < 9; ++digit) {
      for (int by : {1, 3, 9}) {
        facts::Reading changed = clean;
        if (!change_digit(changed, f, digit, by)) continue;
        ++tried;
        const Proved p(std::move(changed));
        const bool found = std::any_of(p.proofs.begin(), p.proofs.end(), [&](const Proof& proof) {
          return proof.verdict == Verdict::contradicted && std::find(covered->second.begin(), covered->second.end(), proof.span.begin) != covered->second.end();
        });
        if (!found) {
          ++missed;
          report += clean.facts[f].label + " " + clean.facts[f].printed + " digit " + std::to_string(digit) + " by " + std::to_string(by) + "\n";
        }
      }
    }
  }
  INFO(report);
  CHECK(tried > 1000);
  CHECK(missed == 0);
}

TEST_CASE("totals above their items") {
  const Proved p(one(R"(
Net revenue | 1,500,112 | 1,400,221
  Products | 900,050 | 800,120
  Services | 600,062 | 600,101
Cost of revenue | 500,010 | 450,007
Gross profit | 1,000,102 | 950,214
)"));
  INFO(p.listing);
  REQUIRE(p.of("Net revenue, quarter ended March 31, 2013") != nullptr);
  CHECK(p.of("Net revenue, quarter ended March 31, 2013")->arithmetic == "900,050 + 600,062 = 1,500,112");
  REQUIRE(p.of("Gross profit, quarter ended March 31, 2013") != nullptr);
  CHECK(p.of("Gross profit, quarter ended March 31, 2013")->arithmetic == "1,500,112 - 500,010 = 1,000,102");
}

TEST_CASE("cash flows: three activities, change, opening and closing cash") {
  const Proved p(one(R"(
Net income | 4,105 | 3,902
Depreciation | 1,250 | 1,118
Accounts receivable | (832) | 411
Accounts payable | 219 | (377)
Net cash provided by operating activities | 4,742 | 5,054
Purchases of property | (2,318) | (1,907)
Acquisition | - | (4,450)
Net cash used in investing activities | (2,318) | (6,357)
Dividends paid | (650) | (620)
Borrowings | 1,000 | 2,500
Net cash provided by financing activities | 350 | 1,880
Effect of exchange rates | (17) | 23
Net increase in cash | 2,757 | 600
Cash, beginning of period | 8,104 | 7,504
Cash, end of period | 10,861 | 8,104
)", quarters, 3, StatementKind::cashflow));
  INFO(p.listing);
  CHECK(p.count(Verdict::contradicted) == 0);
  for (const char* label : {"Net cash provided by operating activities", "Net cash used in investing activities", "Net cash provided by financing activities", "Net increase in cash", "Cash, end of period"}) {
    INFO(label);
    CHECK(p.of(std::string(label) + ", quarter ended March 31, 2013") != nullptr);
  }
}

TEST_CASE("rounding of each term is allowed for, and no more") {
  const char* const lines = R"(
North | 10,334 | 9,221
South | 20,333 | 18,444
West | 30,331 | 27,115
Total revenue | 60,999 | 54,780
)";
  const Proved p(one(lines, quarters, 3));
  INFO(p.listing);
  REQUIRE(p.of("Total revenue, quarter ended March 31, 2013") != nullptr);
  CHECK(p.of("Total revenue, quarter ended March 31, 2013")->verdict == Verdict::proved);
  CHECK(p.of("Total revenue, quarter ended March 31, 2013")->arithmetic == "10,334 + 20,333 + 30,331 = 60,998; 60,999 is printed, which rounding explains (in thousands)");
  const Proved q(one(R"(
North | 10,334 | 9,221
South | 20,333 | 18,444
West | 30,331 | 27,115
Total revenue | 61,998 | 54,780
)", quarters, 3));
  INFO(q.listing);
  REQUIRE(q.count(Verdict::contradicted) == 1);
  CHECK(q.sink.has(diag::codes::assemble_footing));
  CHECK(q.of("Total revenue, quarter ended March 31, 2013")->arithmetic == "10,334 + 20,333 + 30,331 = 60,998, but 61,998 is printed: 1,000 apart (in thousands)");
  CHECK(q.of("Total revenue, quarter ended March 31, 2013")->reason.empty());  // any of the four numbers may be the wrong one
}

TEST_CASE("a single column: the layout alone carries the relation") {
  const Proved p(one(R"(
Current assets:
Cash | 118,204
Receivables | 406,118
Inventory | 92,377
---
Total current assets | 616,599
)", {"2013-03-31"}));
  INFO(p.listing);
  CHECK(p.count(Verdict::contradicted) == 1);  // 616,699
}

TEST_CASE("a change column is the difference of its neighbours") {
  const Proved p(one(R"(
Salaries | 5,120 | 4,830 | 290
Rent | 1,204 | 1,190 | 14
Travel | 377 | 412 | (35)
Advertising | 903 | 871 | 42
Other | 288 | 279 | 9
)", {"2013-01-01/2013-03-31", "2012-01-01/2012-03-31", "change"}, 3));
  INFO(p.listing);
  CHECK(p.count(Verdict::proved) == 4);
  REQUIRE(p.count(Verdict::contradicted) == 1);
  CHECK(p.listing.find("903 - 871 = 32, but 42 is printed: 10 apart") != std::string::npos);
}

TEST_CASE("numbers that have nothing to do with each other give no relation") {
  const Proved p(one(R"(
Stores open | 812,117 | 791,334
Employees | 24,311 | 23,902
Square feet | 6,127,554 | 6,008,120
Customers | 388,214 | 377,001
Visits | 9,114,207 | 8,774,100
)"));
  INFO(p.listing);
  CHECK(p.proofs.empty());
}

TEST_CASE("an item that another takes away again proves nothing") {
  const Proved p(one(R"(
Average common equity | 2,460,846 | 2,455,101 | 2,311,007
Average tangible equity | 1,862,297 | 1,875,959 | 1,848,587
Net income as reported | 17,868 | 55,903 | 48,606
Average tangible equity | 1,862,297 | 1,875,959 | 1,848,587
Total tangible net income | 17,868 | 55,903 | 48,606
)", {"2020-01-01/2020-03-31", "2019-10-01/2019-12-31", "2019-07-01/2019-09-30"}));
  INFO(p.listing);
  CHECK(p.listing.find("1,862,297 +") == std::string::npos);
  CHECK(p.listing.find("- 1,862,297") == std::string::npos);
}

TEST_CASE("assets that are not liabilities and equity") {
  const Proved p(one(R"(
Total assets | 900,112 | 870,455
Total liabilities | 500,110 | 480,400
Total stockholders' equity | 400,002 | 390,055
Total liabilities and stockholders' equity | 900,112 | 870,855
)", dates, 3, StatementKind::balance));
  INFO(p.listing);
  CHECK(p.sink.has(diag::codes::assemble_balance));
}

TEST_CASE("the same item with two values in two tables") {
  test::ReadingText r;
  r.table(StatementKind::income, "Statements of Income", quarters, "Revenue | 91,204 | 88,117\nNet income | 12,345 | 11,204\n", 3);
  r.table(StatementKind::reconciliation, "Reconciliation", quarters, "Net income | 12,845 | 11,204\nInterest | 400 | 380\n", 3);
  const Proved p(r.make());
  INFO(p.listing);
  REQUIRE(p.count(Verdict::contradicted) == 1);
  CHECK(p.sink.has(diag::codes::assemble_tie));
  CHECK(p.listing.find("12,845,000 is not 12,345,000 in Statements of Income") != std::string::npos);
}
