#include "assemble/assemble.h"
#include "assemble/footnote_marks.h"
#include "catch.h"
#include "facts/raw_fact.h"
#include "golden_cases.h"

using namespace factpress;

namespace {

/// One line a note: its mark, the prints that carry it, its words, in how many parts they stand.
std::string footnotes_of(const std::string& release) {
  diag::Sink sink;
  const auto source = std::make_shared<const Source>("case.htm", release);
  const auto report = assemble::assemble(facts::read_release(source, document::Format::html, sink), {}, sink);
  std::string out;
  for (const model::Footnote& f : report->footnotes) {
    out += f.mark + "\t";
    for (const auto& use : f.uses) out += (use.fact == f.uses.front().fact ? "" : " ") + report->facts[use.fact].occurrences[use.occurrence].printed;
    out += "\t" + f.text + "\t" + std::to_string(f.parts.size()) + "\n";
  }
  return out.empty() ? "none\n" : out;
}

}  // namespace

TEST_CASE("golden cases of footnotes") { test::check_golden_cases("footnotes", 8, footnotes_of); }

TEST_CASE("marks at the end of a text") {
  const auto marks = [](std::string text, std::vector<model::Emphasis> emphasis = {}) {
    model::TextRun run;
    run.text = std::move(text), run.emphasis = std::move(emphasis);
    return assemble::marks_at_end(run);
  };
  using Marks = std::vector<std::string>;
  CHECK(marks("Adjusted EBITDA (1)") == Marks{"1"});
  CHECK(marks("Tonnage (1), (2)") == Marks{"1", "2"});
  CHECK(marks("Profit**") == Marks{"**"});
  CHECK(marks("Profit\xC2\xB9\xC2\xB2") == Marks{"12"});
  CHECK(marks("Profit \xE2\x80\xA0") == Marks{"\xE2\x80\xA0"});
  CHECK(marks("Gain on sale (Note 5)") == Marks{"5"});
  CHECK(marks("Sales2", {{model::Emphasis::Kind::superscript, 5, 6, ""}}) == Marks{"2"});
  CHECK(marks("Level 3").empty());
  CHECK(marks("Income (loss)").empty());
  CHECK(marks("Other (net)").empty());
  CHECK(marks("Change (2019)").empty());
  CHECK(marks("Discount (100)").empty());
  CHECK(marks("Unclosed 1)").empty());
  CHECK(marks("").empty());
}

TEST_CASE("marks at the start of a note") {
  const auto mark = [](std::string text, std::vector<model::Emphasis> emphasis = {}) {
    model::TextRun run;
    run.text = std::move(text), run.emphasis = std::move(emphasis);
    return assemble::mark_at_start(run).mark;
  };
  CHECK(mark("(1) Includes more.") == "1");
  CHECK(mark("[a]Includes more.") == "a");
  CHECK(mark("** Pledged.") == "**");
  CHECK(mark("1 Raised.", {{model::Emphasis::Kind::superscript, 0, 1, ""}}) == "1");
  CHECK(mark("1 Not raised.").empty());
  CHECK(mark("(2019) was a year.").empty());
  CHECK(mark("(unaudited)").empty());
  CHECK(mark("*****").empty());
  CHECK(mark("").empty());
}
