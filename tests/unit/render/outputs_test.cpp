#include <expat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "catch.h"
#include "render/formats.h"
#include "render/render.h"
#include "sample_report.h"

using namespace factpress;
using namespace factpress::render;

namespace {

std::map<std::string, std::string> outputs_of(const model::Report& report, Options options = {}) {
  diag::Sink sink;
  std::map<std::string, std::string> out;
  for (Output& o : render_all(report, options, sink)) out[o.name] = std::move(o.bytes);
  for (const auto& d : sink.all()) UNSCOPED_INFO(d.message);
  CHECK_FALSE(sink.has_errors());
  return out;
}

/// Empty, or what expat says. Counts elements by name (with namespace URI).
std::string well_formed(const std::string& bytes, std::map<std::string, int>* elements = nullptr) {
  XML_Parser p = XML_ParserCreateNS(nullptr, '#');
  XML_SetUserData(p, elements);
  XML_SetStartElementHandler(p, [](void* user, const XML_Char* name, const XML_Char**) {
    if (user) ++(*static_cast<std::map<std::string, int>*>(user))[name];
  });
  const bool good = XML_Parse(p, bytes.data(), static_cast<int>(bytes.size()), 1) == XML_STATUS_OK;
  std::string out = good ? "" : std::string(XML_ErrorString(XML_GetErrorCode(p))) + " at line " + std::to_string(XML_GetCurrentLineNumber(p));
  XML_ParserFree(p);
  return out;
}

/// Whether `what` stands somewhere without a backslash before it.
bool has_unescaped(const std::string& bytes, const std::string& what) {
  for (std::size_t at = bytes.find(what); at != std::string::npos; at = bytes.find(what, at + 1))
    if (at == 0 || bytes[at - 1] != '\\') return true;
  return false;
}

std::size_t occurrences(const std::string& bytes, const std::string& what) {
  std::size_t n = 0;
  for (std::size_t at = bytes.find(what); at != std::string::npos; at = bytes.find(what, at + what.size())) ++n;
  return n;
}

bool is_xml(const std::string& name) {
  for (const char* ending : {".xml", ".xsd", ".htm"})
    if (name.ends_with(ending)) return true;
  return false;
}

const std::filesystem::path golden_folder = std::filesystem::path(FACTPRESS_SOURCE) / "tests/golden";

std::string format_of_file(const std::string& name, const std::string& base) {
  for (const FormatRow& row : format_rows())
    if (file_name(row, base) == name) return std::string(row.only);
  return "package";
}

}  // namespace

TEST_CASE("every output of the sample report is as it was (FACTPRESS_UPDATE_GOLDEN=1 writes it anew)") {
  test::SampleReport sample;
  const auto files = outputs_of(sample.report());
  CHECK(files.size() == 14);
  for (const auto& [name, bytes] : files) {
    if (name.ends_with(".xbri") || name == "index.html") continue;  // the archive has its own test; the page lists the archive's sum
    const auto path = golden_folder / format_of_file(name, "qmrk-20130331") / name;
    if (std::getenv("FACTPRESS_UPDATE_GOLDEN")) {
      std::filesystem::create_directories(path.parent_path());
      std::ofstream(path, std::ios::binary) << bytes;
    }
    std::ifstream in(path, std::ios::binary);
    std::stringstream expected;
    expected << in.rdbuf();
    INFO(path.string());
    CHECK(bytes == expected.str());
  }
}

TEST_CASE("the page without downloads is as it was") {
  test::SampleReport sample;
  const auto files = outputs_of(sample.report(), {{"html"}, {}});
  REQUIRE(files.size() == 1);
  const auto path = golden_folder / "html/index.html";
  if (std::getenv("FACTPRESS_UPDATE_GOLDEN")) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << files.at("index.html");
  }
  std::ifstream in(path, std::ios::binary);
  std::stringstream expected;
  expected << in.rdbuf();
  CHECK(files.at("index.html") == expected.str());
}

TEST_CASE("two renderings give the same bytes") {
  test::SampleReport a, b;
  CHECK(outputs_of(a.report()) == outputs_of(b.report()));
}

TEST_CASE("XML outputs are well-formed, JSON outputs parse") {
  test::SampleReport sample;
  for (const auto& [name, bytes] : outputs_of(sample.report())) {
    INFO(name);
    if (is_xml(name)) CHECK(well_formed(bytes).empty());
    if (name.ends_with(".json")) CHECK(nlohmann::json::accept(bytes));
    if (!name.ends_with(".xbri")) {
      CHECK(bytes.back() == '\n');
      CHECK(bytes.find("\n\n\n") == std::string::npos);
    }
  }
}

TEST_CASE("instance, inline document, JSON and CSV hold the same number of prints") {
  test::SampleReport sample;
  const auto files = outputs_of(sample.report());
  diag::Sink sink;
  const auto view = make_view(sample.report(), sink);
  const std::size_t prints = view->root.prints.size();
  std::map<std::string, int> elements, inline_elements;
  CHECK(well_formed(files.at("qmrk-20130331.xml"), &elements).empty());
  std::size_t facts = 0;
  for (const auto& [name, n] : elements)
    if (name.find("us-gaap") != std::string::npos || name.find("dei") != std::string::npos ||
        (name.find("quillmark") != std::string::npos))
      facts += static_cast<std::size_t>(n);
  CHECK(facts == prints);
  CHECK(well_formed(files.at("qmrk-20130331.htm"), &inline_elements).empty());
  CHECK(inline_elements["http://www.xbrl.org/2013/inlineXBRL#nonFraction"] == static_cast<int>(view->root.narrative.tags.size()));
  CHECK(inline_elements["http://www.xbrl.org/2013/inlineXBRL#nonNumeric"] == 2);
  CHECK(inline_elements["http://www.xbrl.org/2013/inlineXBRL#hidden"] == 1);
  const auto json = nlohmann::json::parse(files.at("facts.json"));
  CHECK(json["facts"].size() == prints);
  CHECK(json["documentInfo"]["documentType"] == "https://xbrl.org/2021/xbrl-json");
  CHECK(json["facts"]["f1"]["dimensions"]["period"] == "2013-01-01T00:00:00/2013-04-01T00:00:00");
  const std::string& csv = files.at("facts.csv");
  CHECK(static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')) == prints + 1);
}

TEST_CASE("--only selects") {
  test::SampleReport sample;
  CHECK(outputs_of(sample.report(), {{"md"}, {}}).size() == 1);
  CHECK(outputs_of(sample.report(), {{"csv", "json"}, {}}).size() == 3);
  CHECK(outputs_of(sample.report(), {{"xbrl"}, {}}).size() == 6);
  const auto package = outputs_of(sample.report(), {{"package"}, {}});
  REQUIRE(package.size() == 1);
  CHECK(package.begin()->first == "qmrk-20130331.xbri");
  diag::Sink sink;
  CHECK(render_all(sample.report(), {{"jsn"}, {}}, sink).empty());
  REQUIRE(sink.has_errors());
  CHECK(sink.all()[0].help.find("json") != std::string::npos);
}

TEST_CASE("a report whose names cannot stand in XML still has its page, Markdown and audit") {
  test::SampleReport sample;
  sample.mutable_report().contexts[0].id = "not a name";
  diag::Sink sink;
  std::set<std::string> names;
  for (const Output& o : render_all(sample.report(), {}, sink)) names.insert(o.name);
  CHECK(sink.has_errors());
  CHECK(names == std::set<std::string>{"report.md", "audit.json", "index.html"});
}

TEST_CASE("doubtful facts stand in the audit and in no filing output") {
  test::SampleReport sample;
  model::Fact& f = sample.mutable_report().facts[sample.fact_of("InterestExpense", test::SampleReport::now)];
  f.filable = false;
  f.note = "two readings";
  const auto files = outputs_of(sample.report());
  CHECK(files.at("qmrk-20130331.xml").find(">512000<") == std::string::npos);
  CHECK(files.at("qmrk-20130331.htm").find("num-dot-decimal\">512<") == std::string::npos);
  CHECK(files.at("facts.json").find("512000") == std::string::npos);
  CHECK(files.at("facts.csv").find("512000") == std::string::npos);
  CHECK(files.at("audit.json").find("two readings") != std::string::npos);
}

TEST_CASE("a number of which neither concept nor period could be told stands in the audit alone") {
  test::SampleReport sample;
  model::Fact& f = sample.mutable_report().facts[sample.fact_of("NumberOfCustomers", test::SampleReport::at_end)];
  f.filable = false;
  f.concept_index = f.context = model::none;
  f.note = "what it is about could not be told";
  for (model::Statement& s : sample.mutable_report().statements) std::erase_if(s.rows, [](const auto& r) { return r.label == "Number of customers"; });
  const auto files = outputs_of(sample.report());
  CHECK(files.at("audit.json").find("could not be told") != std::string::npos);
  CHECK(files.at("facts.csv").find(",1250") == std::string::npos);
}

TEST_CASE("typed dimensions, extension types and standalone equivalents reach the outputs") {
  test::SampleReport sample;
  model::Report& r = sample.mutable_report();
  model::Concept& axis = r.concepts[sample.concept_named("StatementBusinessSegmentsAxis")];
  axis.typed_domain = {r.own_namespace, "segmentName"};
  axis.standard = false, axis.name.uri = r.own_namespace, axis.prefix = "qmrk";
  r.contexts[4].dimensions[0].member = model::none;
  r.contexts[4].dimensions[0].typed_value = "Sensors & <Co>";
  model::Concept& own = r.concepts[sample.concept_named("AdjustedOperatingEarnings")];
  own.standard_equivalent = {"http://fasb.org/us-gaap/2013-01-31", "OperatingIncomeLoss"};
  r.concepts[sample.concept_named("GrossMargin")].type = {r.own_namespace, "percentItemType"};
  const auto files = outputs_of(r);
  CHECK(files.at("qmrk-20130331.xml").find("<qmrk:segmentName>Sensors &amp; &lt;Co&gt;</qmrk:segmentName>") != std::string::npos);
  CHECK(files.at("qmrk-20130331.xsd").find("xbrldt:typedDomainRef=\"#qmrk_segmentName\"") != std::string::npos);
  CHECK(files.at("qmrk-20130331.xsd").find("<xs:complexType name=\"percentItemType\">") != std::string::npos);
  CHECK(files.at("qmrk-20130331.xsd").find(">OperatingIncomeLoss</xs:appinfo>") != std::string::npos);
  CHECK(nlohmann::json::parse(files.at("facts.json")).dump().find("Sensors & <Co>") != std::string::npos);
  for (const auto& [name, bytes] : files)
    if (is_xml(name)) CHECK(well_formed(bytes).empty());
}

TEST_CASE("a hostile release is inert in every output") {
  const std::string evil = "Evil <script>alert(1)</script> \"'& {{ 7*7 }} {% raw %} ]]> <!-- | `x` [a](javascript:alert(1)) \x01\x0B"
                           "\xE2\x80\xAE" "gnp\xEF\xBF\xBE \xED\xA0\x80 =cmd() # *b* _i_ \xF0\x9F\x92\xA9 Inc.";
  test::SampleReport sample;
  model::Report& r = sample.mutable_report();
  r.title = r.entity.name = r.subtitle = r.fiscal_period_words = r.entity.short_name = r.entity.exchange = evil;
  r.entity.identifier = "1\"'<>&";
  r.source_name = "<img src=x onerror=alert(1)>.md";
  for (model::Statement& s : r.statements) s.title = s.unit_note = s.role_definition = evil;
  for (model::Concept& c : r.concepts)
    for (model::Label& l : c.labels) l.text += evil;
  for (model::NarrativeBlock& b : r.narrative) b.text.text += evil;
  for (model::NarrativeBlock& b : r.narrative)
    for (model::NarrativeRow& row : b.rows) row.cells[0].text.text += evil;
  for (model::Check& c : r.checks) c.title = c.arithmetic = c.reason = evil;
  for (model::Claim& c : r.claims) c.sentence = c.subject = c.printed = evil;
  r.findings.push_back({"x.y", "warning", evil, evil, {}});
  r.narrative.back().text.emphasis.back().target = "javascript:alert(1)";
  for (const auto& [name, bytes] : outputs_of(r)) {
    INFO(name);
    if (name.ends_with(".xbri")) continue;
    CHECK(bytes.find('\x01') == std::string::npos);
    CHECK(bytes.find("\xE2\x80\xAE") == std::string::npos);
    CHECK(bytes.find("\xEF\xBF\xBE") == std::string::npos);
    CHECK(bytes.find("\xED\xA0\x80") == std::string::npos);
    CHECK(bytes.find("'& 49") == std::string::npos);  // template syntax in the release is words
    CHECK(bytes.find("href=\"javascript") == std::string::npos);
    if (is_xml(name) || name == "index.html") {
      // The page has two of its own: its data for search engines, which closes where it should, and its script.
      CHECK(occurrences(bytes, "<script") == (name == "index.html" ? 2 : 0));
      CHECK(occurrences(bytes, "</script") == (name == "index.html" ? 2 : 0));
      CHECK(bytes.find("<img") == std::string::npos);
      CHECK(bytes.find("<!-- |") == std::string::npos);
    }
    if (is_xml(name)) CHECK(well_formed(bytes).empty());
    if (name.ends_with(".json")) CHECK(nlohmann::json::accept(bytes));
    if (name == "report.md") {
      CHECK_FALSE(has_unescaped(bytes, "<script"));
      CHECK_FALSE(has_unescaped(bytes, "](javascript"));
      CHECK_FALSE(has_unescaped(bytes, "`x`"));
    }
  }
}

TEST_CASE("the Markdown report is lint-clean") {
  test::SampleReport sample;
  const auto files = outputs_of(sample.report(), {{"md"}, {}});
  std::istringstream in(files.at("report.md"));
  std::set<std::string> headings;
  int h1 = 0;
  std::size_t columns = 0;
  std::string line, before;
  for (bool first = true; std::getline(in, line); before = line, first = false) {
    INFO(line);
    CHECK((line.empty() || line.back() != ' '));
    if (line.starts_with("#")) {
      CHECK((first || before.empty()));
      CHECK(headings.insert(line).second);
      h1 += line.starts_with("# ");
      CHECK(std::string(".,;:!").find(line.back()) == std::string::npos);
    }
    if (!before.empty() && before.starts_with("#")) CHECK(line.empty());
    if (line.starts_with("|")) {
      std::size_t n = 0;
      for (std::size_t i = 0; i < line.size(); ++i) n += line[i] == '|' && (i == 0 || line[i - 1] != '\\');
      CHECK((before.starts_with("|") || before.empty()));
      if (before.starts_with("|")) CHECK(n == columns);
      columns = n;
      CHECK(line.back() == '|');
    }
    CHECK(line.find('<') == std::string::npos);
  }
  CHECK(h1 == 1);
}

TEST_CASE("a template of one's own over a report, and overriding a shipped one") {
  test::SampleReport sample;
  const auto folder = std::filesystem::temp_directory_path() / "factpress-render-test";
  std::filesystem::create_directories(folder / "markdown");
  std::ofstream(folder / "board.txt") << "{{ company.ticker }}: {{ facts | length }}\n";
  std::ofstream(folder / "markdown/report.md") << "# {{ company.short_name }}\n";
  diag::Sink sink;
  CHECK(render_one(sample.report(), "board.txt", {{}, {folder.string()}}, sink) == "QMRK: " + std::to_string(sample.report().facts.size()) + "\n");
  CHECK(render_one(sample.report(), (folder / "board.txt").string(), {}, sink).has_value());
  CHECK(outputs_of(sample.report(), {{"md"}, {folder.string()}}).at("report.md") == "# Quillmark\n");
  CHECK_FALSE(render_one(sample.report(), "nothing.txt", {}, sink).has_value());
  CHECK(sink.has_errors());
  std::filesystem::remove_all(folder);
}

TEST_CASE("the board report of docs/TEMPLATES.md renders") {
  test::SampleReport sample;
  diag::Sink sink;
  const auto page = render_one(sample.report(), FACTPRESS_SOURCE "/docs/examples/board.html", {}, sink);
  REQUIRE(page.has_value());
  CHECK_FALSE(sink.has_errors());
  CHECK(page->find("<h1>Quillmark Instruments, Inc.</h1>") != std::string::npos);
  CHECK(page->find(" million USD</li>") != std::string::npos);
  CHECK(page->find("checks are proved") != std::string::npos);
}

TEST_CASE("a total leads to its proof, a contradicted one first") {
  test::SampleReport sample;
  const auto page = outputs_of(sample.report(), {{"html"}, {}}).at("index.html");
  CHECK(page.find("class=\"p proved\" href=\"#k") != std::string::npos);
  model::Report& r = sample.mutable_report();
  for (model::Check& c : r.checks)
    if (c.kind == model::CheckKind::footing) c.verdict = model::Verdict::contradicted;
  CHECK(outputs_of(r, {{"html"}, {}}).at("index.html").find("class=\"p contradicted\" href=\"#k") != std::string::npos);
}

TEST_CASE("a template that fails leaves its format out whole") {
  test::SampleReport sample;
  const auto folder = std::filesystem::temp_directory_path() / "factpress-render-test-2";
  std::filesystem::create_directories(folder / "markdown");
  std::ofstream(folder / "markdown/report.md") << "# {{ compny.name }}\n";
  diag::Sink sink;
  CHECK(render_all(sample.report(), {{"md"}, {folder.string()}}, sink).empty());
  REQUIRE(sink.has_errors());
  std::filesystem::remove_all(folder);
}

TEST_CASE("the view model is documented from the code") {
  const std::string text = describe_view_model();
  for (const char* wanted : {"Report", "StatementRow", "percent_text", "list of Fact", "Piece"}) CHECK(text.find(wanted) != std::string::npos);
  CHECK(shipped_templates().size() >= 15);
  CHECK_FALSE(shipped_template("markdown/report.md").empty());
  CHECK(shipped_template("no/such").empty());
}
