#include "catch.h"
#include "render/view.h"
#include "sample_report.h"

using namespace factpress;
using namespace factpress::render;

namespace {

/// Pieces as brackets: <strong>..</strong>, {digits}, [mark].
std::string shown(const TextView& t) {
  std::string out;
  for (const PieceView& p : t.pieces) {
    if (p.tag) out += "{" + std::string(p.tag->text) + "}";
    else if (p.mark) out += "[";
    else if (p.end_mark) out += "]";
    else if (!p.open.empty()) out += "<" + std::string(p.open) + ">";
    else if (!p.close.empty()) out += "</" + std::string(p.close) + ">";
    else if (p.line_break) out += "|";
    else out += p.text;
  }
  return out;
}

std::string cut(model::TextRun run) {
  test::SampleReport sample;
  model::Report& r = sample.mutable_report();
  r.narrative.clear();
  model::NarrativeBlock b;
  b.text = std::move(run);
  r.narrative.push_back(b);
  diag::Sink sink;
  const auto view = make_view(r, sink);
  return shown(view->root.narrative.blocks.at(0).text);
}

using Kind = model::Emphasis::Kind;

}  // namespace

TEST_CASE("text is cut into pieces that nest") {
  const model::Mark mark{4, 17, 0, 0};  // "$12.3 million" of the first fact
  CHECK(cut({"was $12.3 million.", {}, {mark}}) == "was [${12.3} million].");
  CHECK(cut({"was $12.3 million.", {{Kind::strong, 0, 18, ""}}, {mark}}) == "<strong>was [${12.3} million].</strong>");
  // An emphasis that ends inside a number ends behind it.
  CHECK(cut({"was $12.3 million.", {{Kind::strong, 0, 6, ""}}, {mark}}) == "<strong>was [${12.3} million]</strong>.");
  CHECK(cut({"was $12.3 million.", {{Kind::italic, 6, 18, ""}}, {mark}}) == "was [${12.3} million]<em>.</em>");
  CHECK(cut({"one\ntwo", {}, {}}) == "one|two");
}

TEST_CASE("what does not nest is made to") {
  CHECK(cut({"abcdef", {{Kind::strong, 0, 4, ""}, {Kind::italic, 2, 6, ""}}, {}}) == "<strong>ab<em>cd</em></strong>ef");
  CHECK(cut({"abc", {{Kind::strong, 1, 1, ""}}, {}}) == "abc");
  CHECK(cut({"abc", {{Kind::strong, 1, 99, ""}}, {}}) == "a<strong>bc</strong>");
  // Marks out of range, empty or overlapping are no marks.
  CHECK(cut({"abc", {}, {{1, 9, 0, 0}}}) == "abc");
  CHECK(cut({"abc", {}, {{2, 1, 0, 0}}}) == "abc");
}

TEST_CASE("only addresses that run nothing are links") {
  CHECK(cut({"go", {{Kind::link, 0, 2, "https://example.com/"}}, {}}) == "<a>go</a>");
  CHECK(cut({"go", {{Kind::link, 0, 2, "mailto:a@example.com"}}, {}}) == "<a>go</a>");
  for (const char* bad : {"javascript:alert(1)", "JaVaScRiPt:alert(1)", " https://example.com", "data:text/html,x", "vbscript:x",
                          "https://example.com/\x01", "//example.com", "file:///etc/passwd", "https://exa mple.com"})
    CHECK(cut({"go", {{Kind::link, 0, 2, bad}}, {}}) == "go");
  CHECK(cut({"go on", {{Kind::link, 0, 5, "https://example.com/"}, {Kind::link, 3, 5, "https://example.org/"}}, {}}) == "<a>go on</a>");
}

TEST_CASE("characters that no format can carry are replaced visibly") {
  CHECK(cut({"a\x01" "b", {}, {}}) == "a\xEF\xBF\xBD" "b");
  CHECK(cut({"a\xED\xA0\x80z", {}, {}}).find("\xED\xA0") == std::string::npos);
  CHECK(cut({"a\xEF\xBF\xBEz", {}, {}}) == "a\xEF\xBF\xBDz");
  CHECK(cut({"a\xE2\x80\xAEz", {}, {}}) == "a\xEF\xBF\xBDz");  // right-to-left override
  CHECK(cut({"\xE2\x80\x9Cquoted\xE2\x80\x9D", {}, {}}) == "\xE2\x80\x9Cquoted\xE2\x80\x9D");
}

namespace {

/// The markup of a text block over the given paragraphs, as the outputs write it.
std::string markup(std::vector<model::NarrativeBlock> blocks, std::vector<model::TextBlock::Run> runs) {
  test::SampleReport sample;
  model::Report& r = sample.mutable_report();
  r.narrative = std::move(blocks);
  model::Fact f = r.facts.at(0);
  f.id = "t1", f.unit = model::none, f.occurrences = {{}};
  r.text_blocks.push_back({static_cast<model::Index>(r.facts.size()), std::move(runs)});
  r.facts.push_back(f);
  diag::Sink sink;
  const auto view = make_view(r, sink);
  const FactView& fact = view->root.facts.back();
  CHECK(fact.prints.front().value_text == fact.text);
  CHECK(fact.prints.front().hidden == false);
  return std::string(fact.text);
}

model::NarrativeBlock paragraph(model::TextRun run, model::BlockKind kind = model::BlockKind::paragraph) {
  model::NarrativeBlock b;
  b.kind = kind, b.text = std::move(run);
  return b;
}

}  // namespace

TEST_CASE("a text block is written as markup, its numbers as words") {
  const model::Mark mark{4, 17, 0, 0};
  CHECK(markup({paragraph({"was $12.3 million.", {{Kind::strong, 0, 3, ""}}, {mark}})}, {{0, 0}}) == "<p><strong>was</strong> $12.3 million.</p>");
  CHECK(markup({paragraph({"a < b & c > \"d\"", {}, {}})}, {{0, 0}}) == "<p>a &lt; b &amp; c &gt; \"d\"</p>");
  CHECK(markup({paragraph({"see", {{Kind::link, 0, 3, "https://example.com/?a=1&b=\"2\""}}, {}})}, {{0, 0}}) ==
        "<p><a href=\"https://example.com/?a=1&amp;b=&quot;2&quot;\">see</a></p>");
  CHECK(markup({paragraph({"one\ntwo", {}, {}})}, {{0, 0}}) == "<p>one<br/>two</p>");
  CHECK(markup({paragraph({"see", {{Kind::link, 0, 3, "javascript:alert(1)"}}, {}})}, {{0, 0}}) == "<p>see</p>");
}

TEST_CASE("lists of a text block end with its stretches") {
  const auto item = [](const char* words) { return paragraph({words, {}, {}}, model::BlockKind::list_item); };
  CHECK(markup({item("before"), item("one"), item("two"), item("behind")}, {{1, 2}}) == "<ul><li>one</li><li>two</li></ul>");
  auto strong = paragraph({"loud", {}, {}});
  strong.strong = strong.italic = true;
  CHECK(markup({strong, paragraph({"table", {}, {}}), item("one")}, {{0, 0}, {2, 2}}) == "<p><strong><em>loud</em></strong></p><ul><li>one</li></ul>");
}

TEST_CASE("a number that its words do not state is not tagged there") {
  test::SampleReport sample;
  model::Report& r = sample.mutable_report();
  model::NarrativeBlock b;
  b.text.text = "a dozen million";
  b.text.marks = {{0, 15, 0, 0}};
  r.narrative = {b};
  diag::Sink sink;
  const auto view = make_view(r, sink);
  CHECK(shown(view->root.narrative.blocks[0].text) == "[a dozen million]");
  REQUIRE(sink.all().size() == 1);
  CHECK(sink.all()[0].code->code == "render.print-mismatch");
  CHECK_FALSE(view->root.narrative.hidden.empty());
}

TEST_CASE("a fact printed at two precisions has two prints, at one precision one") {
  test::SampleReport sample;
  diag::Sink sink;
  const auto view = make_view(sample.report(), sink);
  const FactView& revenue = view->root.facts[sample.fact_of("Revenues", test::SampleReport::now)];
  REQUIRE(revenue.prints.size() == 2);
  CHECK(revenue.prints[0].value_text == "12345000");
  CHECK(revenue.prints[0].decimals == "-3");
  CHECK(revenue.prints[1].value_text == "12300000");
  CHECK(revenue.prints[1].decimals == "-5");
  CHECK(revenue.prints[0].id != revenue.prints[1].id);
  REQUIRE(revenue.occurrences.size() == 3);  // prose, income statement, segments
  CHECK(revenue.occurrences[0].tag_id == revenue.prints[1].id);
  CHECK(revenue.occurrences[1].tag_id == revenue.prints[0].id);
  CHECK(revenue.occurrences[2].tag_id != revenue.occurrences[1].tag_id);
  for (const PrintView* p : view->root.narrative.hidden) CHECK(p->fact->hidden);
  CHECK(view->root.narrative.hidden.size() == 2);
  CHECK(sink.all().empty());
}
