#include "catch.h"
#include "diag/codes/facts.h"
#include "facts/identity.h"
#include "prose_case.h"

using namespace factpress;

namespace {

facts::Identity read(const std::string& text, const std::vector<tables::DataTable>& tables = {}) {
  diag::Sink sink;
  return facts::read_identity(test::make_document(text), tables, sink);
}

tables::DataTable income(std::initializer_list<tables::Period> periods) {
  tables::DataTable t;
  t.kind = tables::StatementKind::income;
  for (const tables::Period& p : periods) {
    tables::Column c;
    c.period = p;
    t.columns.push_back(c);
  }
  return t;
}

tables::Period span(const char* start, const char* end) { return {*Date::parse_iso(start), *Date::parse_iso(end)}; }

}  // namespace

TEST_CASE("identity: name, ticker and exchange behind a wire dateline", "[identity]") {
  const facts::Identity id = read(
      "## Harbor Lane Announces First Quarter Results\nPORTLAND, ME -- (Wire) -- 05/14/13 -- Harbor Lane International, Inc. (OTCQB: HLNI), a maker of small boats, today announced financial results for the first quarter "
      "ended March 31, 2013.");
  CHECK(id.name.value == "Harbor Lane International, Inc.");
  CHECK(id.ticker.value == "HLNI");
  CHECK(id.exchange.value == "OTCQB");
  REQUIRE(id.release_date);
  CHECK(id.release_date->iso() == "2013-05-14");
  REQUIRE(id.fiscal_period);
  CHECK(id.fiscal_period->start->iso() == "2013-01-01");
  CHECK(id.fiscal_period->end.iso() == "2013-03-31");
  CHECK(id.fiscal_quarter == 1);
  CHECK(id.fiscal_year == 2013);
  CHECK(id.headline.value == "Harbor Lane Announces First Quarter Results");
  CHECK(id.short_name.value == "Harbor Lane");
}

TEST_CASE("identity: datelines of other wires", "[identity]") {
  CHECK(read("LOS ANGELES, May 5, 2020 /PRWire/ -- Elm Street Corp. (NASDAQ: ELMS) today reported results for the quarter ended March 31, 2020 and said that more was to come later on.").release_date->iso() == "2020-05-05");
  CHECK(read("DENVER\xE2\x80\x94July 14, 2004\xE2\x80\x94Quill Co. today announced its results for the quarter ended June 26, 2004, and described many things that had happened to it since then.").release_date->iso() ==
        "2004-07-14");
  CHECK(read("May 25, 2022\nOskar Chips (NASDAQ: OSKR) today reported revenue for the first quarter ended May 1, 2022, of some note, and said many other things about its business as well.").release_date->iso() == "2022-05-25");
}

TEST_CASE("identity: several listings, a short name in brackets, a bracket of another kind", "[identity]") {
  const facts::Identity id = read("HOUSTON (April 29, 2020) \xE2\x80\x93 Cold Creek Bancorporation, Inc. (NYSE: CCB; TSX: CCBX) (\xE2\x80\x9C""Cold Creek\xE2\x80\x9D or the \xE2\x80\x9C""Company\xE2\x80\x9D) today announced results.");
  CHECK(id.name.value == "Cold Creek Bancorporation, Inc.");
  CHECK(id.short_name.value == "Cold Creek");
  REQUIRE(id.listings.size() == 2);
  CHECK(id.listings[1].first.value == "CCBX");
  CHECK(id.listings[1].second.value == "TSX");
  const facts::Identity other = read("San Mateo, CA - November 7, 2005 - Fern Semiconductor Corporation [NASDAQ National Market: FERN] today announced results.");
  CHECK(other.name.value == "Fern Semiconductor Corporation");
  CHECK(other.ticker.value == "FERN");
}

TEST_CASE("identity: another company's ticker is not taken", "[identity]") {
  const facts::Identity id = read("Fern Corp. (NYSE: FRN) today reported results for the quarter.\nIt invested in Moss, Inc. (NASDAQ: MOSS) as well.");
  CHECK(id.ticker.value == "FRN");
  CHECK(id.listings.size() == 1);
}

TEST_CASE("identity: fiscal years that end in other months", "[identity]") {
  const auto weeks = income({span("2022-01-31", "2022-05-01"), span("2021-02-01", "2021-05-02")});
  const facts::Identity id = read("## Oskar Announces Results for First Quarter Fiscal 2023\nOskar (NASDAQ: OSKR) today reported revenue for the first quarter ended May 1, 2022.", {weeks});
  CHECK(id.fiscal_quarter == 1);
  CHECK(id.fiscal_year == 2023);
  CHECK(id.fiscal_year_end.year() == 2023);
  REQUIRE(id.fiscal_period);
  CHECK(id.fiscal_period->start->iso() == "2022-01-31");
  const facts::Identity retail = read("## Third Quarter Results\nBell, Inc. (NYSE: BLL) said that net income for the third quarter of fiscal 2024 ended November 2, 2024 was $44.2 million.");
  CHECK(retail.fiscal_quarter == 3);
  CHECK(retail.fiscal_year == 2024);
}

TEST_CASE("identity: a year, and a quarter told by the columns alone", "[identity]") {
  const facts::Identity annual = read("## Moor Foods Reports Financial Results for Fiscal Year 2020\nMoor Foods (NYSE: MOOR) issued its results for the year ended February 29, 2020.");
  CHECK(annual.fiscal_quarter == 0);
  CHECK(annual.fiscal_year == 2020);
  REQUIRE(annual.fiscal_period);
  CHECK(annual.fiscal_period->start->iso() == "2019-03-01");
  const auto nine = income({span("2004-04-01", "2004-06-30"), span("2003-10-01", "2004-06-30")});
  const facts::Identity columns = read("Dale Funding reports good results.", {nine});
  CHECK(columns.fiscal_quarter == 3);
  CHECK(columns.fiscal_year_end.iso() == "2004-09-30");
  REQUIRE(columns.fiscal_period);
  CHECK(columns.fiscal_period->start->iso() == "2004-04-01");
}

TEST_CASE("identity: text and columns that contradict each other are said", "[identity]") {
  diag::Sink sink;
  const auto table = income({span("2013-04-01", "2013-06-30")});
  const facts::Identity id = facts::read_identity(test::make_document("Fern Corp. (NYSE: FRN) reported results for the quarter ended March 31, 2013."), {table}, sink);
  CHECK(sink.has(diag::codes::facts_identity_period));
  REQUIRE(id.fiscal_period);
  CHECK(id.fiscal_period->end.iso() == "2013-06-30");
}

TEST_CASE("identity: a period without a day is said", "[identity]") {
  diag::Sink sink;
  const facts::Identity id = facts::read_identity(test::make_document("## Fern Corp. Reports First Quarter Results\nIt was a good quarter."), {}, sink);
  CHECK(sink.has(diag::codes::facts_identity_no_period));
  CHECK_FALSE(id.fiscal_period);
  CHECK(id.fiscal_quarter == 0);
}

TEST_CASE("identity: central index key of an SGML header, empty input", "[identity]") {
  const facts::Identity id = read("COMPANY CONFORMED NAME: FERN CORP  CENTRAL INDEX KEY: 0000123456 STANDARD INDUSTRIAL CLASSIFICATION: 100");
  CHECK(id.cik.value == "0000123456");
  CHECK(id.name.value == "FERN CORP");
  const facts::Identity none = read("");
  CHECK(none.name.value.empty());
  CHECK_FALSE(none.fiscal_period);
}

TEST_CASE("identity: the header of a submission tells the key, and what the release itself does not", "[identity]") {
  const auto of = [](const std::string& release, const std::string& year_end) {
    diag::Sink sink;
    const auto source = std::make_shared<const Source>(
        "a.txt", "<SEC-DOCUMENT>a\nCOMPANY CONFORMED NAME:\tEXAMPLE CORP\nCENTRAL INDEX KEY:\t12345\nFILED AS OF DATE:\t20130510\nFISCAL YEAR END:\t" + year_end +
                     "\n<DOCUMENT>\n<TYPE>EX-99\n<TEXT>\n" + release + "\n</TEXT>\n</DOCUMENT>\n");
    return facts::read_identity(document::read(source, document::detect_format(*source), sink), {}, sink);
  };
  const facts::Identity bare = of("Results of the three months ended March 31, 2013 follow.", "0630");
  CHECK(bare.cik.value == "0000012345");
  CHECK(bare.name.value == "EXAMPLE CORP");
  REQUIRE(bare.release_date);
  CHECK(bare.release_date->iso() == "2013-05-10");
  CHECK(bare.fiscal_quarter == 3);
  CHECK(of("Results of the three months ended March 31, 2013 follow.", "1231").fiscal_quarter == 1);
  CHECK(of("Results of the three months ended March 30, 2013 follow.", "0928").fiscal_quarter == 2);
  CHECK(of("Results of the three months ended March 31, 2013 follow.", "9999").fiscal_quarter == 1);  // no month: the calendar's
  const facts::Identity told = of("PORTLAND, ME -- 05/14/13 -- Harbor Lane, Inc. (OTCQB: HLNI) today announced results for the first quarter ended March 31, 2013.", "1231");
  CHECK(told.name.value == "Harbor Lane, Inc.");
  CHECK(told.cik.value == "0000012345");
  REQUIRE(told.release_date);
  CHECK(told.release_date->iso() == "2013-05-14");
}

TEST_CASE("identity: words alone tell the quarter that had ended when the release was issued", "[identity]") {
  const char* text =
      "Jan. 25, 2005\nATLANTA - Pine Ridge Power today reported fourth quarter earnings of $204.5 million, compared with $125.0 million in the "
      "fourth quarter of 2003, and said many other things about its customers.\nFor the full year, Pine Ridge Power earned $1.53 billion.\nFactors "
      "are discussed in the Annual Report on Form 10-K for the year ended Dec. 31, 2003, and in other filings that were made before this one.";
  const facts::Identity id = read(text);
  REQUIRE(id.fiscal_period);
  CHECK(id.fiscal_period->start->iso() == "2004-10-01");
  CHECK(id.fiscal_period->end.iso() == "2004-12-31");
  CHECK(id.fiscal_year == 2004);
  CHECK(id.fiscal_quarter == 4);
}

TEST_CASE("identity: a year that the release date belies is said", "[identity]") {
  diag::Sink sink;
  const char* text = "## Pine Ridge Announces Second Quarter 2003 Results\nDENVER, July 20, 2004 -- Pine Ridge Corp. (NYSE: PRC) said that sales rose.";
  const facts::Identity id = facts::read_identity(test::make_document(text), {}, sink);
  CHECK(sink.has(diag::codes::facts_identity_period));
  REQUIRE(id.fiscal_period);
  CHECK(id.fiscal_period->end.iso() == "2004-06-30");
}

TEST_CASE("identity: a fiscal year's quarter without a day is not taken for the calendar's", "[identity]") {
  diag::Sink sink;
  const char* text = "## Pine Ridge Announces Third Quarter Fiscal 2024 Results\nDENVER, March 20, 2024 -- Pine Ridge Corp. (NYSE: PRC) said that sales rose.";
  const facts::Identity id = facts::read_identity(test::make_document(text), {}, sink);
  CHECK_FALSE(id.fiscal_period);
  CHECK(sink.has(diag::codes::facts_identity_no_period));
  CHECK_FALSE(read("## Pine Ridge Announces Third Quarter Fiscal 2024 Results\nSales rose.").fiscal_period);
  CHECK(read("## Pine Ridge Announces Third Quarter 2024 Results\nSales rose.").fiscal_period->end.iso() == "2024-09-30");
}

TEST_CASE("identity: the period's last day is not the day of release", "[identity]") {
  CHECK_FALSE(read("PINE RIDGE CORP. REPORTS RESULTS FOR THE YEAR ENDED JUNE 30, 1995\nJune 30, 1995").release_date);
}

TEST_CASE("identity: what stands before a name is not part of it", "[identity]") {
  CHECK(read("With many customers, Atlanta-based Pine Ridge Power (NYSE: PRP) is a leading producer of electricity in its region today.").name.value == "Pine Ridge Power");
  CHECK(read("HOFFMAN ESTATES, July 22, 2004 -- Pines, Ridgeback and Co. (NYSE: PR) today reported its results.").name.value == "Pines, Ridgeback and Co.");
  CHECK(read("ABOUT PINE RIDGE, INC.\nPine Ridge, Inc. sells trees.\nPine Ridge, Inc. (\"Pine Ridge,\" the \"Company\") (Nasdaq: PINE) today announced results.").name.value == "Pine Ridge, Inc.");
}

TEST_CASE("identity: what the user gives overrides what was read", "[identity]") {
  diag::Sink sink;
  facts::GivenIdentity given;
  given.name = "Pine Ridge Power Company";
  given.cik = "92122";
  given.release_date = Date::of(2005, 1, 25);
  given.period_end = Date::of(2004, 6, 30);
  given.fiscal_quarter = 2;
  const char* text = "## Pine Ridge Power Announces Third Quarter Results\nDENVER, March 20, 2004 -- Pine Ridge Corp. (NYSE: PRC) reported for the quarter ended March 31, 2004.";
  const facts::Identity id = facts::read_identity(test::make_document(text), {income({span("2004-01-01", "2004-03-31")})}, sink, given);
  CHECK(id.name.value == "Pine Ridge Power Company");
  CHECK(id.ticker.value == "PRC");
  CHECK(id.cik.value == "0000092122");
  CHECK(id.release_date->iso() == "2005-01-25");
  CHECK(id.fiscal_period->start->iso() == "2004-04-01");
  CHECK(id.fiscal_period->end.iso() == "2004-06-30");
  CHECK(id.fiscal_quarter == 2);
  given = {};
  given.annual = true;
  const facts::Identity year = facts::read_identity(test::make_document("Pine Ridge Corp. (NYSE: PRC) reported for the period ended March 31, 2004."), {}, sink, given);
  CHECK(year.fiscal_period->start->iso() == "2003-04-01");
  CHECK(year.fiscal_quarter == 0);
}

TEST_CASE("identity: a headline set in two lines", "[identity]") {
  const char* body = "\n\nATLANTA, Jan. 25, 2005 -- Pine Ridge Power today reported fourth quarter earnings of $204.5 million and said that it was pleased with them and with many other things.";
  CHECK(read(std::string("## Economic strength in the region drives\n\n## Pine Ridge Power earnings above expectations") + body).headline.value ==
        "Economic strength in the region drives Pine Ridge Power earnings above expectations");
  CHECK(read(std::string("## Pine Ridge Power reports\n\n## Fourth quarter earnings above expectations") + body).headline.value == "Pine Ridge Power reports Fourth quarter earnings above expectations");
}

TEST_CASE("identity: a quarter that is forecast is not the release's", "[identity]") {
  const facts::Identity id = read(
      "## Pine Ridge Reports Record 2024 Revenues and Forecasts up to 80% Growth in Q1 2025\n\nFourth Quarter Revenue Up 81% to $46 Million\n\nDENVER, March 24, 2025 -- Pine Ridge Corp. (NYSE: PRC) "
      "today reported results for the fourth quarter and full year ended December 31, 2024, and said a good many other things about them.");
  CHECK(id.fiscal_quarter == 4);
  CHECK(id.fiscal_year == 2024);
  REQUIRE(id.fiscal_period);
  CHECK(id.fiscal_period->end.iso() == "2024-12-31");
}

TEST_CASE("identity: the day behind the words for it", "[identity]") {
  const char* body = "\n\nThe Pine, Inc. (NYSE: PIN) announced today that net income for the fiscal quarter ended November 2, 2024 was $44.2 million, or $0.89 per share, and that it was pleased with it.";
  CHECK(read(std::string("For Immediate Release: November 22, 2024") + body).release_date->iso() == "2024-11-22");
  CHECK(read(std::string("FOR IMMEDIATE RELEASE November 22, 2024 web: www.pine.example") + body).release_date->iso() == "2024-11-22");
  CHECK(read(std::string("Release Date: November 22, 2024 Contact: A. Pine") + body).release_date->iso() == "2024-11-22");
  const std::string letterhead = "<table><tr><td><b>For Immediate Release</b>: November 22, 2024</td><td>web: www.pine.example</td></tr></table><p>The Pine, Inc. (NYSE: PIN) announced results.</p>";
  diag::Sink sink;
  const auto source = std::make_shared<const Source>("a.htm", letterhead);
  const facts::Identity id = facts::read_identity(document::read(source, document::Format::html, sink), {}, sink);
  REQUIRE(id.release_date);
  CHECK(id.release_date->iso() == "2024-11-22");
  CHECK(source->text(id.release_date_span) == "November 22, 2024");
  CHECK_FALSE(read(std::string("Its results as of that date November 2, 2024 were good.") + body).release_date == Date::of(2024, 11, 22));
}

TEST_CASE("identity: brackets between the name and its verb, a ticker behind a hyphen", "[identity]") {
  const facts::Identity hyphen = read("BOCA RATON, FL - August 8, 2025 (WIRE) - Pine Medical, Inc. (\"Pine\" or the \"Company\") (OTCQB-PINM), today announced financial results.");
  CHECK(hyphen.name.value == "Pine Medical, Inc.");
  CHECK(hyphen.ticker.value == "PINM");
  CHECK(hyphen.exchange.value == "OTCQB");
  CHECK(hyphen.short_name.value == "Pine");
  CHECK(read("On August 29, 2024, Pinelogis Inc. (\"Pinelogis\") released its interim results, which were good, and said many other things about them and its business.").name.value == "Pinelogis Inc.");
}

TEST_CASE("identity: a headline goes on where it breaks off", "[identity]") {
  const char* body = "\n\nDENVER, May 9, 2005 -- Pine Funding, Inc. (NASDAQ: PIN) today reported results for the three months ended March 31, 2005, and said that more was to come later on.";
  CHECK(read(std::string("## PINE FUNDING REPORTS RECORD SECOND QUARTER AND\n\n## SIX MONTHS RESULTS") + body).headline.value == "PINE FUNDING REPORTS RECORD SECOND QUARTER AND SIX MONTHS RESULTS");
  CHECK(read(std::string("## Pine Announces First Quarter Results,\n\n## Reports Net Earnings of $566 Million") + body).headline.value == "Pine Announces First Quarter Results, Reports Net Earnings of $566 Million");
  CHECK(read(std::string("## Pine Announces First Quarter Results\n\n## Net earnings rose and all was well") + body).headline.value == "Pine Announces First Quarter Results");
}

TEST_CASE("identity: notes, bullets and names of tables are no headline", "[identity]") {
  const char* body = "\n\nPine Funding, Inc. (NASDAQ: PIN) keeps its books in order and reported net income of a certain amount for the three months ended March 31, 2005, as it had hoped to.";
  for (const char* line : {"(1) In 4Q21, the company reclassified income of the quarter", "\u2022 Net income of $8.0 billion for the quarter", "Table 1: Consolidated Income of the quarter", "* Earnings of the quarter may not foot"})
    CHECK(read(std::string(line) + body).headline.value.find(line) == std::string::npos);
}

TEST_CASE("identity: the headline in a table, the company of most tables, a line with a company's name", "[identity]") {
  diag::Sink sink;
  const auto of_html = [&](const char* html, const std::vector<tables::DataTable>& tables = {}) {
    return facts::read_identity(document::read(std::make_shared<const Source>("a.htm", html), document::Format::html, sink), tables, sink);
  };
  CHECK(of_html("<table><tr><td><img></td><td><p>&nbsp;</p><p>Pine Bancorp Reports Fourth Quarter and Full Year 2021 Results</p><p>\u2022 Net income of $8.0 billion</p></td></tr></table><p>Words.</p>").headline.value ==
        "Pine Bancorp Reports Fourth Quarter and Full Year 2021 Results");
  std::vector<tables::DataTable> tables(3);
  for (std::size_t i = 0; i < tables.size(); ++i) tables[i].company = i == 0 ? "INVESTMENT COMPANY BUSINESS" : "PINE CORPORATION " + std::to_string(i + 1), tables[i].blocks = {0};
  CHECK(of_html("<p>Words that say nothing.</p>", tables).name.value == "PINE CORPORATION");
  CHECK(of_html("<p>THE PINE SERVICES GROUP, INC.</p><p>FINANCIAL SUPPLEMENT</p><p>FOURTH QUARTER 2021</p>").name.value == "THE PINE SERVICES GROUP, INC.");
}

TEST_CASE("identity: the half year of a release that tells of no quarter", "[identity]") {
  const auto half = [](const std::string& text, const char* start, const char* end) {
    const facts::Identity id = read(text);
    INFO(text);
    REQUIRE(id.fiscal_period);
    CHECK(id.fiscal_period->start->iso() == start);
    CHECK(id.fiscal_period->end.iso() == end);
    CHECK(id.fiscal_quarter == 2);
    return id;
  };
  CHECK(half("London, 7 August 2025 - Pine plc today announces its results for the six months ended 30 June 2025.", "2025-01-01", "2025-06-30").fiscal_year == 2025);
  CHECK(half("Sydney, 20 February 2025 - Pine Limited today released its results for the half year ended 31 December 2024.", "2024-07-01", "2024-12-31").fiscal_year == 2025);
  half("## Interim results for the half-year to 30 June 2024\n\nRevenue was £3m.\n\nFor the full year 2023, it was £5m.", "2024-01-01", "2024-06-30");
  half("## Interim results\n\nLondon, 7 August 2025 - Pine plc announces its results for the period ended 30 June 2025.", "2025-01-01", "2025-06-30");
  half("## Half-year results\n\nLondon, 7 August 2025 - Pine plc announces its results for H1 2025.", "2025-01-01", "2025-06-30");
  const tables::Period quarter = span("2024-04-01", "2024-06-30"), months = span("2024-01-01", "2024-06-30");
  CHECK(read("Pine Corp. reports results for the quarter and six months ended June 30, 2024.").fiscal_period == quarter);
  CHECK(read("Pine Corp. reports results for the three and six months ended June 30, 2024.").fiscal_period == quarter);
  CHECK(read("Pine Corp. reports results for the six months ended June 30, 2024.", {income({quarter, months})}).fiscal_period == quarter);
  CHECK(read("Pine Corp. reports results for the six months ended June 30, 2024.", {income({months})}).fiscal_period == months);
}

TEST_CASE("identity: months to date that are not those of the quarter do not tell its end", "[identity]") {
  const facts::Identity id = read(
      "Pine Corp. (NYSE: PIN) Reports Results\n\nDALLAS - January 30, 2004 - Pine Corp. (NYSE: PIN) today reported net earnings per share for the fourth quarter and full-year 2003 of $0.36 and $1.11, respectively.\n\n"
      "Newspaper circulation for the six months ended September 30, 2003 was 526,430 daily.");
  CHECK(id.fiscal_quarter == 4);
  REQUIRE(id.fiscal_period);
  CHECK(id.fiscal_period->end.iso() == "2003-12-31");
  CHECK(read("Pine Corp. reports second quarter results, with sales for the six months ended June 30, 2004 of $5 million.").fiscal_period->end.iso() == "2004-06-30");
}

TEST_CASE("identity: the quarter that ends with the fiscal year is the fourth", "[identity]") {
  for (const char* text : {"MACON, Ga., October 31, 2019 - Pine Corp. (NASDAQ: PINE) today announced results for its quarter and fiscal year ended September 30, 2019.",
                           "MACON, Ga., October 31, 2019 - Pine Corp. (NASDAQ: PINE) today announced results for the three and twelve months ended September 30, 2019.",
                           "## Pine Corp. Fiscal Year 2019 Net Income Increases\n\nMACON, Ga., October 31, 2019 - Pine Corp. (NASDAQ: PINE), which sells trees in many states and has done so for a very long time, today reported "
                           "net income of $6.41 million for its fourth fiscal quarter ended September 30, 2019."}) {
    const facts::Identity id = read(text);
    INFO(text);
    CHECK(id.fiscal_quarter == 4);
    CHECK(id.fiscal_year == 2019);
    CHECK(id.fiscal_year_end.iso() == "2019-09-30");
  }
}

TEST_CASE("identity: a fiscal year is called as the release calls those of other quarters", "[identity]") {
  const std::string dateline = "CHICAGO, September 11, 2014 -- Pine Stores, Inc. today announced results for the second quarter ended August 2, 2014.\n\n";
  CHECK(read(dateline + "Net sales were $734.2 million, compared with $601.0 million in the second quarter of fiscal 2013.").fiscal_year == 2014);
  CHECK(read(dateline + "Net sales were $734.2 million, compared with $601.0 million in the second quarter of fiscal 2014.").fiscal_year == 2015);
  CHECK(read(dateline + "Income per share for the third quarter of 2014 is expected to be $0.87.").fiscal_year == 2014);
  CHECK(read(dateline + "Net sales were $734.2 million, compared with $601.0 million in the second quarter of fiscal 2012.").fiscal_year == 2015);
}
