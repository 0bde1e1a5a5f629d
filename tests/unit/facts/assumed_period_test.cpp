#include "catch.h"
#include "diag/codes/facts.h"
#include "facts/raw_fact.h"

using namespace factpress;

namespace {

/// The last day of the reported quarter where the headline names it and the columns are headed by `columns`; "?" where none was found.
std::string end_of(const std::string& headline, const std::string& dateline, const std::string& columns, bool& assumed) {
  const std::string html = "<p>" + headline + "</p><p>" + dateline + " -- Corvane Financial Group (NYSE: CVG) today reported its results, as follows, in millions of dollars.</p>" +
                           "<p>Consolidated statements of income (in millions)</p><table><tr><td></td>" + columns +
                           "</tr><tr><td>Revenue</td><td>$1,959</td><td>$2,128</td></tr><tr><td>Net income</td><td>334</td><td>511</td></tr></table>";
  diag::Sink sink;
  const facts::Reading reading = facts::read_release(std::make_shared<Source>("r.htm", html), document::Format::html, sink);
  assumed = sink.has(diag::codes::facts_identity_assumed_period);
  if (reading.tables.empty() || !reading.tables[0].columns[0].period) return "?";
  return reading.tables[0].columns[0].period->end.iso();
}

}  // namespace

TEST_CASE("reading: a quarter told without its last day") {
  bool assumed = false;
  const std::string columns = "<td>1Q24</td><td>1Q23</td>";
  CHECK(end_of("Corvane Reports First Quarter 2024 Results", "PROVIDENCE, R.I., April 18, 2024", columns, assumed) == "2024-03-31");
  CHECK(assumed);
  CHECK(end_of("Corvane Reports First Quarter 2024 Results", "April 18, 2024", columns, assumed) == "2024-03-31");
  CHECK(assumed);
  SECTION("a year called fiscal, a quarter that had not ended or had long ended: no day is assumed") {
    CHECK(end_of("Corvane Reports First Quarter Fiscal 2024 Results", "PROVIDENCE, April 18, 2024", columns, assumed) != "2024-03-31");
    CHECK_FALSE(assumed);
    CHECK(end_of("Corvane Reports First Quarter 2024 Results", "PROVIDENCE, January 18, 2024", columns, assumed) != "2024-03-31");
    CHECK_FALSE(assumed);
    CHECK(end_of("Corvane Reports First Quarter 2024 Results", "PROVIDENCE, August 18, 2024", columns, assumed) != "2024-03-31");
    CHECK_FALSE(assumed);
  }
  SECTION("the day of issue ends no period") {
    CHECK(end_of("Corvane Reports First Quarter 2024 Results", "January 18, 2024", columns, assumed) == "?");
    CHECK(end_of("Corvane Reports First Quarter Fiscal 2024 Results. December 18, 2023", "PROVIDENCE", columns, assumed) == "?");
    CHECK_FALSE(assumed);
  }
  SECTION("a day that is told, however") {
    CHECK(end_of("Corvane Reports First Quarter 2024 Results", "PROVIDENCE, May 2, 2024", "<td>March 30, 2024</td><td>April 1, 2023</td>", assumed) == "2024-03-30");
    CHECK_FALSE(assumed);
  }
}
