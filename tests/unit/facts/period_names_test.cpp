#include "catch.h"
#include "facts/raw_fact.h"

using namespace factpress;

namespace {

/// The periods of two columns headed so, in a statement of a release of the second quarter of 2024; "?" for none.
std::string periods(const std::string& first, const std::string& second) {
  const std::string html = "<p>Acme Corp reports results for the second quarter ended June 30, 2024</p><p>Statement of Income (in thousands)</p><table><tr><td></td><td>" + first + "</td><td>" + second +
                           "</td></tr><tr><td>Revenue</td><td>$1,500</td><td>$1,400</td></tr><tr><td>Expenses</td><td>900</td><td>850</td></tr><tr><td>Net income</td><td>$600</td><td>$550</td></tr></table>";
  diag::Sink sink;
  const facts::Reading reading = facts::read_release(std::make_shared<Source>("r.htm", html), document::Format::html, sink);
  if (reading.tables.empty()) return "?";
  std::string out;
  for (const tables::Column& c : reading.tables[0].columns) out += (out.empty() ? "" : " ") + (c.period && c.period->start ? c.period->start->iso() + ".." + c.period->end.iso() : std::string("?"));
  return out;
}

}  // namespace

TEST_CASE("reading: what columns call a quarter") {
  const std::string quarters = "2024-04-01..2024-06-30 2023-04-01..2023-06-30";
  const std::pair<const char*, const char*> names[] = {
      {"Q2'24", "Q2'23"}, {"2Q'24", "2Q'23"}, {"Q2-24", "Q2-23"}, {"Q2 24", "Q2 23"}, {"2Q 2024", "2Q 2023"}, {"Jun-24", "Jun-23"}, {"6/30/24", "6/30/23"}, {"30-Jun-24", "30-Jun-23"},
      {"Q2 FY2024", "Q2 FY2023"}, {"2Q FY 24", "2Q FY 23"}, {"Q2 CY24", "Q2 CY23"}, {"2024 Q2", "2023 Q2"}, {"2Q24A", "2Q23A"}, {"F2Q24", "F2Q23"}, {"Q2F24", "Q2F23"}, {"Q2/2024", "Q2/2023"},
      {"Apr-Jun 2024", "Apr-Jun 2023"}, {"April \u2013 June 2024", "April \u2013 June 2023"}, {"April to June 2024", "April to June 2023"},
      {"For the Period April 1 - June 30, 2024", "For the Period April 1 - June 30, 2023"}, {"2nd Qtr 2024", "2nd Qtr 2023"}, {"3 mo. ended 6/30/24", "3 mo. ended 6/30/23"},
      {"Quarter ended 30.06.2024", "Quarter ended 30.06.2023"}, {"Three-months ended June 30th, 2024", "Three-months ended June 30th, 2023"}};
  for (const auto& [first, second] : names) {
    INFO(first);
    CHECK(periods(first, second) == quarters);
  }
}

TEST_CASE("reading: what columns call other periods") {
  CHECK(periods("1H24", "1H23") == "2024-01-01..2024-06-30 2023-01-01..2023-06-30");
  CHECK(periods("January - June 2024", "January - June 2023") == "2024-01-01..2024-06-30 2023-01-01..2023-06-30");
  CHECK(periods("July 2023 - June 2024", "July 2022 - June 2023") == "2023-07-01..2024-06-30 2022-07-01..2023-06-30");
  CHECK(periods("TTM Q2 2024", "TTM Q2 2023") == "2023-07-01..2024-06-30 2022-07-01..2023-06-30");
  CHECK(periods("12 months to 30 June 2024", "12 months to 30 June 2023") == "2023-07-01..2024-06-30 2022-07-01..2023-06-30");
}

TEST_CASE("reading: what columns call days") {
  const auto days = [](const std::string& first, const std::string& second) {
    const std::string html = "<p>Acme plc reports results for the second quarter ended June 30, 2024</p><p>Consolidated balance sheet (in thousands)</p><table><tr><td></td><td>" + first + "</td><td>" + second +
                             "</td></tr><tr><td>Cash</td><td>$1,500</td><td>$1,400</td></tr><tr><td>Receivables</td><td>900</td><td>850</td></tr><tr><td>Total assets</td><td>$2,400</td><td>$2,250</td></tr></table>";
    diag::Sink sink;
    const facts::Reading reading = facts::read_release(std::make_shared<Source>("r.htm", html), document::Format::html, sink);
    std::string out;
    for (const tables::Column& c : reading.tables.at(0).columns) out += (out.empty() ? "" : " ") + (c.period && c.period->instant() ? c.period->end.iso() : std::string("?"));
    return out;
  };
  const std::pair<const char*, const char*> names[] = {{"30/06/2024", "31/12/2023"}, {"30-06-2024", "31-12-2023"}, {"30.06.2024", "31.12.2023"}, {"30.6.2024", "31.12.2023"}, {"30.06.24", "31.12.23"},
                                                       {"6/30/2024", "12/31/2023"}, {"2024/06/30", "2023/12/31"}, {"30 Jun 24", "31 Dec 23"}, {"Jun.30.2024", "Dec.31.2023"},
                                                       {"As at 30 June 2024", "As at 31 December 2023"}, {"June 2024", "December 2023"}, {"2Q24", "4Q23"}};
  for (const auto& [first, second] : names) {
    INFO(first);
    CHECK(days(first, second) == "2024-06-30 2023-12-31");
  }
  CHECK(days("1.07.2024", "31.13.2023") != "2024-07-01 2023-12-31");
}

TEST_CASE("reading: names that tell no period of their own are not guessed at") {
  for (const auto& [first, second] : {std::pair("Q5 24", "Q5 23"), std::pair("Q2 2450", "Q2 2350"), std::pair("31-Jun-24", "31-Jun-23"), std::pair("Budget", "Actual")}) {
    INFO(first);
    CHECK(periods(first, second) != "2024-04-01..2024-06-30 2023-04-01..2023-06-30");
  }
}
