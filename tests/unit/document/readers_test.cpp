#include "catch.h"
#include "diag/codes/base.h"
#include "diag/codes/document.h"
#include "document/decode.h"
#include "document/document.h"

using namespace factpress;
using document::Block;
using document::BlockKind;

namespace {

document::Document read(std::string name, std::string bytes, diag::Sink& sink) {
  const SourcePtr source = document::decode(std::move(name), std::move(bytes), sink);
  REQUIRE(source);
  return document::read(source, document::detect_format(*source), sink);
}
document::Document read(std::string name, std::string bytes) {
  diag::Sink sink;
  return read(std::move(name), std::move(bytes), sink);
}

/// Every byte of a block's text that is verbatim must stand at its place in the source.
void check_spans(const document::Document& doc, const document::MappedText& text) {
  for (std::size_t i = 0; i < text.runs().size(); ++i) {
    const auto& run = text.runs()[i];
    REQUIRE(run.source_begin + run.source_length <= doc.source->bytes().size());
    if (run.verbatim) CHECK(doc.source->bytes().substr(run.source_begin, run.source_length) == text.view().substr(run.text_begin, run.source_length));
  }
}
void check_spans(const document::Document& doc) {
  for (const Block& b : doc.blocks) {
    check_spans(doc, b.text);
    if (b.table)
      for (const auto& row : b.table->rows)
        for (const auto& cell : row.cells) check_spans(doc, cell.text);
  }
}

}  // namespace

TEST_CASE("inputs that cannot be read are refused with their reason") {
  diag::Sink sink;
  CHECK(document::decode("a.txt", "", sink) == nullptr);
  CHECK(document::decode("a.txt", " \r\n\t ", sink) == nullptr);
  CHECK(sink.has(diag::codes::base_empty));
  CHECK(document::decode("a.htm", std::string("%PDF-1.4\n\0\0", 11), sink) == nullptr);
  CHECK(document::decode("a.htm", std::string("Net\0income", 10), sink) == nullptr);
  CHECK(sink.has(diag::codes::base_binary));
  const auto last = [&] { return sink.all().back(); };
  document::decode("a.pdf", "%PDF-1.4\n", sink);
  CHECK(last().message.find("a PDF document") != std::string::npos);
  CHECK(last().help.find("pdftotext -layout") != std::string::npos);
  document::decode("a.txt", std::string("\xFF\xFEN\0e\0t\0", 8), sink);
  CHECK(last().message.find("UTF-16") != std::string::npos);
  document::decode("a.htm", std::string("Net\0income", 10), sink);
  CHECK(last().message.find("is not text") != std::string::npos);
}

TEST_CASE("bytes that are not UTF-8 are read as Windows-1252") {
  diag::Sink sink;
  const SourcePtr source = document::decode("a.txt", "Company\x92s loss \x96 \x80" "5 million", sink);
  REQUIRE(source);
  CHECK(source->bytes() == "Company\u2019s loss \u2013 \u20AC5 million");
  CHECK(sink.has(diag::codes::base_encoding));
}

TEST_CASE("HTML text is read as it is seen, with its places") {
  const auto doc = read("a.htm", "<p>Net&nbsp;loss of <b>$1.2&#160;million</b>\n or&#151;<i>less</i><br>second</p><script>x</script><p style='display:none'>no</p>");
  REQUIRE(doc.blocks.size() == 1);
  CHECK(doc.blocks[0].text.view() == "Net loss of $1.2 million or\u2014less\nsecond");
  REQUIRE(doc.blocks[0].emphasis.size() == 2);
  CHECK(doc.blocks[0].text.view().substr(doc.blocks[0].emphasis[0].begin, 12) == "$1.2 million");
  check_spans(doc);
}

TEST_CASE("SGML headers, nested tables and unclosed markup keep all text in order") {
  const auto doc = read("a.htm",
                        "<DOCUMENT>\n<TYPE>EX-99.1\n<SEQUENCE>2\n<TEXT>\n<html><body><table><tr><td>Before<table><tr><td>Cash<td>5<tr><td>Debt<td>7</table>"
                        "After</td></tr></table><p>One<p>Two</body>");
  std::string order;
  for (const Block& b : doc.blocks) order += b.table ? "[table]" : std::string(b.text.view()) + ";";
  CHECK(order == "Before;[table]After;One;Two;");
  check_spans(doc);
}

TEST_CASE("deep nesting is said and costs nothing") {
  diag::Sink sink;
  std::string html;
  for (int i = 0; i < 20000; ++i) html += "<div><b>";
  const auto doc = read("a.htm", html + "deep", sink);
  REQUIRE(doc.blocks.size() == 1);
  CHECK(doc.blocks[0].text.view() == "deep");
  CHECK(sink.has(diag::codes::document_too_deep));
}

TEST_CASE("a table that is never closed is said") {
  diag::Sink sink;
  read("a.htm", "<table><tr><td>Cash<td>5", sink);
  CHECK(sink.has(diag::codes::document_unclosed_table));
}

TEST_CASE("bullets in table cells are list items, single columns paragraphs") {
  const auto doc = read("a.htm", "<table><tr><td>&#149;</td><td>Record sales</td></tr></table><table><tr><td>(in thousands)</td></tr></table>");
  REQUIRE(doc.blocks.size() == 2);
  CHECK(doc.blocks[0].kind == BlockKind::list_item);
  CHECK(doc.blocks[1].kind == BlockKind::paragraph);
}

TEST_CASE("paragraphs that begin with a bullet are list items, what may be a sign or a note is not") {
  const auto doc = read("a.htm", "<p>&#8226;&nbsp; Sales <b>grew</b></p><p>\uF0B7Cash fell</p><p>* a note</p><p>- 5 of them</p><p>&#8226; 12</p><p align=\"center\">&#8226; A title &#8226;</p>");
  REQUIRE(doc.blocks.size() == 6);
  CHECK(doc.blocks[0].kind == BlockKind::list_item);
  CHECK(doc.blocks[0].text.view() == "Sales grew");
  REQUIRE(doc.blocks[0].emphasis.size() == 1);
  CHECK(doc.blocks[0].text.view().substr(doc.blocks[0].emphasis[0].begin, doc.blocks[0].emphasis[0].end - doc.blocks[0].emphasis[0].begin) == "grew");
  CHECK(doc.blocks[1].kind == BlockKind::list_item);
  CHECK(doc.blocks[1].text.view() == "Cash fell");
  for (std::size_t i = 2; i < 6; ++i) CHECK(doc.blocks[i].kind == BlockKind::paragraph);
  check_spans(doc);
}

TEST_CASE("numbers set in two cells are one where a whole column is set so") {
  const auto rows = [](std::string_view third) {
    return "<table><tr><td>Sales</td><td>98</td><td>.7</td><td>1</td></tr><tr><td>Costs</td><td>(0</td><td>.1)</td><td>2</td></tr><tr><td>Income</td>" + std::string(third) + "<td>3</td></tr></table>";
  };
  const auto doc = read("a.htm", rows("<td>$1,204</td><td>.25 %</td>"));
  const auto& table = *doc.blocks.at(0).table;
  REQUIRE(table.rows[0].cells.size() == 3);
  CHECK(table.rows[0].cells[1].text.view() == "98.7");
  CHECK(table.rows[0].cells[1].column_span == 2);
  CHECK(table.rows[1].cells[1].text.view() == "(0.1)");
  CHECK(table.rows[2].cells[1].text.view() == "$1,204.25 %");
  check_spans(doc);
  for (const std::string_view otherwise : {"<td>4</td><td>7</td>", "<td>1.5</td><td>.25</td>", "<td></td><td>.25</td>", "<td>4</td><td>.25678</td>"})
    CHECK(read("a.htm", rows(otherwise)).blocks.at(0).table->rows[0].cells.size() == 4);
}

TEST_CASE("Markdown escapes, emphasis, links and lists") {
  const auto doc = read("a.md", "# Result\n\nRevenue of \\$5.1 *million*, see [site](https://example.com/x).\n\n- one\n  - two\n\nTitle  \n(unaudited)\n");
  REQUIRE(doc.blocks.size() == 5);
  CHECK(doc.blocks[0].kind == BlockKind::heading);
  CHECK(doc.blocks[1].text.view() == "Revenue of $5.1 million, see site.");
  REQUIRE(doc.blocks[1].emphasis.size() == 2);
  CHECK(doc.blocks[1].emphasis[1].target == "https://example.com/x");
  CHECK(doc.blocks[3].level == 2);
  CHECK(doc.blocks[4].text.view() == "Title\n(unaudited)");
  check_spans(doc);
}

TEST_CASE("long paragraphs with strokes cost no more than others") {  // each of their lines may begin a table; looking at all lines from each takes hours
  std::string text;
  for (int i = 0; i < 400'000; ++i) text += "alpha | beta\n";
  const auto doc = read("a.md", text);
  REQUIRE(doc.blocks.size() == 1);
  CHECK(doc.blocks[0].kind == BlockKind::paragraph);
}

TEST_CASE("Markdown tables by tabs and by pipes") {
  const auto tabs = read("a.md", "\t2013\t2012\n\t----\t----\nCash\t\\$ 5\t\\$ 4\n\nDebt\t7\t8\n\nText.\n");
  REQUIRE(tabs.blocks.size() == 2);
  REQUIRE(tabs.blocks[0].table);
  CHECK(tabs.blocks[0].table->rows.size() == 4);
  CHECK(tabs.blocks[0].table->rows[1].rule);
  const auto pipes = read("b.md", "| | 2013 |\n|---|---:|\n| Cash | 5 |\n");
  REQUIRE(pipes.blocks.size() == 1);
  CHECK(pipes.blocks[0].table->rows.size() == 2);
}

TEST_CASE("fixed-width text: paragraphs, running heads and aligned tables") {
  const auto doc = read("a.txt",
                        "Sales rose again this year, and the company opened two more\nstores in the north.\n\n"
                        "                          2004        2003\n                        ------      ------\n"
                        "Net sales              $  1,20      $ 1,100\nCosts                      900          800\n\n<PAGE>\n\n                 -2-\n");
  REQUIRE(doc.blocks.size() >= 2);
  CHECK(doc.blocks[0].kind == BlockKind::paragraph);
  REQUIRE(doc.blocks[1].table);
  CHECK(doc.blocks[1].table->rows.size() == 4);
  check_spans(doc);
}

TEST_CASE("plain text with cells between tabs is read by its cells, not by tab stops", "[document][text]") {
  const std::string text =
      "Consolidated Statements of Income\n\n\tThree Months Ended March 31,\n\t2019\t2018\nRevenue\t48,210\t41,377\n"
      "Cost of revenue\t27,904\t24,618\nGross profit\t20,306\t16,759\nProvision for income taxes of the period\t1,105\t649\nNet income\t3,500\t2,055\n";
  CHECK(document::detect_format(Source("release.txt", text)) == document::Format::markdown);
  CHECK(document::detect_format(Source("release", text)) == document::Format::markdown);
}

TEST_CASE("plain text that reaches its columns by tab stops stays fixed-width text", "[document][text]") {
  const std::string text =
      "Revenue\t\t\t\t\t48,210\t41,377\nCost of revenue\t\t\t\t27,904\t24,618\nGross profit\t\t\t\t20,306\t16,759\n"
      "Provision for income taxes of the period\t1,105\t  649\nNet income\t\t\t\t 3,500\t2,055\n";
  CHECK(document::detect_format(Source("release.txt", text)) == document::Format::text);
  CHECK(document::detect_format(Source("release.txt", "Revenue was 48.2.\n\n\tIndented prose of 2019.\n\tMore of 2018.\n")) == document::Format::text);
}

namespace {

std::string submission(const std::string& documents) {
  return "<SEC-DOCUMENT>0000000000-20-000001.txt : 20200429\n<SEC-HEADER>0000000000-20-000001.hdr.sgml : 20200429\nFILED AS OF DATE:\t\t20200429\n"
         "\tCOMPANY DATA:\n\t\tCOMPANY CONFORMED NAME:\t\t\tEXAMPLE CORP\n\t\tCENTRAL INDEX KEY:\t\t\t0000012345\n\t\tFISCAL YEAR END:\t\t\t0630\n</SEC-HEADER>\n" +
         documents + "</SEC-DOCUMENT>\n";
}
std::string part(const std::string& type, const std::string& file, const std::string& text) {
  return "<DOCUMENT>\n<TYPE>" + type + "\n<SEQUENCE>1\n" + (file.empty() ? "" : "<FILENAME>" + file + "\n") + "<TEXT>\n" + text + "\n</TEXT>\n</DOCUMENT>\n";
}

}  // namespace

TEST_CASE("of a submission the exhibit with the release is read") {
  diag::Sink sink;
  const std::string html = "<html><body><p>Example reports results of the quarter.</p><p>Sales rose.</p></body></html>";
  const std::string bytes = submission(part("8-K", "form8k.htm", "<p>FORM 8-K</p>") + part("EX-10.1", "lease.htm", "<p>A lease.</p>") +
                                       part("EX-99.1", "ex991.htm", html) + part("EX-99.2", "slides.htm", "<p>Slides of the quarter.</p>") + part("GRAPHIC", "logo.jpg", "begin 644 logo.jpg\nend"));
  const document::Document doc = read("0000000000-20-000001.txt", bytes, sink);
  CHECK(doc.format == document::Format::html);
  REQUIRE(doc.blocks.size() == 2);
  CHECK(doc.blocks[0].text.view() == "Example reports results of the quarter.");
  check_spans(doc);
  CHECK(doc.source->text(doc.filing.company) == "EXAMPLE CORP");
  CHECK(doc.source->text(doc.filing.cik) == "0000012345");
  CHECK(doc.source->text(doc.filing.filed) == "20200429");
  CHECK(doc.source->text(doc.filing.fiscal_year_end) == "0630");
  REQUIRE(sink.all().size() == 2);
  CHECK(sink.all()[0].code == &diag::codes::document_submission);
  CHECK(sink.all()[0].message == "of the 5 documents of this submission, EX-99.1 (ex991.htm) was read");
  CHECK(doc.source->text(sink.all()[0].place.span) == "<DOCUMENT>");
  CHECK(sink.all()[1].code == &diag::codes::document_exhibit_left);
  CHECK(sink.all()[1].message == "EX-99.2 (slides.htm) was not read; the facts are those of EX-99.1 (ex991.htm)");
}

TEST_CASE("a submission of text is read as text") {
  const std::string bytes = submission(part("8-K", "", "FORM 8-K\n\n<PAGE>\n") + part("EX-99", "", "EXAMPLE CORP REPORTS RESULTS\n\nSales   1,200   1,100\n"));
  const document::Document doc = read("a.txt", bytes);
  CHECK(doc.format == document::Format::text);
  REQUIRE_FALSE(doc.blocks.empty());
  CHECK(doc.blocks[0].text.view() == "EXAMPLE CORP REPORTS RESULTS");
  check_spans(doc);
}

TEST_CASE("which document of a submission is the release") {
  const auto chosen = [](const std::string& bytes) -> std::string {
    const auto s = document::find_submission(bytes);
    return s ? std::string(s->parts[s->release].type) + " of " + std::to_string(s->parts.size()) : "no submission";
  };
  CHECK(chosen(submission(part("8-K", "", "x") + part("EX-99.1", "", "A director retires.") + part("EX-99.2", "", "First quarter results"))) == "EX-99.2 of 3");
  CHECK(chosen(submission(part("8-K", "", "x") + part("EX-99.1", "", "A director retires."))) == "EX-99.1 of 2");
  CHECK(chosen(submission(part("10-K", "", "x") + part("EX-13", "", "Annual report"))) == "EX-13 of 2");
  CHECK(chosen(submission(part("8-K", "", "First quarter results"))) == "8-K of 1");
  CHECK(chosen(submission("")) == "no submission");
  CHECK(chosen(submission("<DOCUMENT>\n<TYPE>EX-99.1\n")) == "EX-99.1 of 1");  // no text, no end
  CHECK(chosen(part("EX-99.1", "", "First quarter results")) == "no submission");  // an exhibit of its own
  CHECK(chosen(part("8-K", "", "x") + part("EX-99.1", "", "First quarter results")) == "EX-99.1 of 2");
  CHECK(chosen("The words <DOCUMENT> and <TYPE>EX-99.1 in a text") == "no submission");
  CHECK(chosen("") == "no submission");
}
