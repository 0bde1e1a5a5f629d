#include "assemble/assemble.h"
#include "catch.h"
#include "facts/raw_fact.h"
#include "golden_cases.h"

using namespace factpress;

namespace {

std::shared_ptr<const model::Report> report_of(const std::string& release, const assemble::Options& options = {}) {
  diag::Sink sink;
  const auto source = std::make_shared<const Source>("case.htm", release);
  return assemble::assemble(facts::read_release(source, document::Format::html, sink), options, sink);
}

/// A text block: its concept, in how many stretches it stands, its words.
std::string text_blocks_of(const std::string& release) {
  const auto report = report_of(release);
  std::string out;
  for (const model::TextBlock& t : report->text_blocks) {
    const model::Fact& f = report->facts[t.fact];
    out += report->concepts[f.concept_index].name.local + "\t" + std::to_string(t.runs.size()) + "\n" + f.text + "\n";
  }
  return out.empty() ? "none\n" : out;
}

}  // namespace

TEST_CASE("golden cases of text blocks") { test::check_golden_cases("text_blocks", 8, text_blocks_of); }

TEST_CASE("a text block is a fact of the fiscal period, presented in a role of its own") {
  const std::string release =
      "<p>Example Corp. (NYSE: EXC) reported results for the first quarter of 2019, ended March 31, 2019.</p><h2>About Example Corp.</h2>"
      "<p>Example Corp. makes nails, screws and hooks in three mills and sells them in shops of its own and of others in nine countries.</p>";
  const auto report = report_of(release);
  REQUIRE(report->text_blocks.size() == 1);
  const model::Fact& f = report->facts[report->text_blocks[0].fact];
  const model::Concept& c = report->concepts[f.concept_index];
  CHECK(f.unit == model::none);
  CHECK(report->contexts[f.context].period.end.iso() == "2019-03-31");
  CHECK_FALSE(report->contexts[f.context].period.instant());
  CHECK(c.type.local == "textBlockItemType");
  CHECK_FALSE(c.standard);
  REQUIRE(f.occurrences.size() == 1);
  CHECK(f.occurrences[0].printed == "About Example Corp.");
  CHECK(report->statements.back().kind == model::StatementKind::text_blocks);
  REQUIRE(report->statements.back().rows.size() == 1);
  CHECK(report->statements.back().rows[0].concept_index == f.concept_index);

  assemble::Options standalone;
  standalone.profile = model::Profile::standalone;
  const auto plain = report_of(release, standalone);
  REQUIRE(plain->text_blocks.size() == 1);
  CHECK(plain->concepts[plain->facts[plain->text_blocks[0].fact].concept_index].type.local == "stringItemType");
}
