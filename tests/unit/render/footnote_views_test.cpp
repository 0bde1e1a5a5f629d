#include "catch.h"
#include "render/arena.h"
#include "render/view_footnotes.h"

using namespace factpress;

namespace {

std::string words_of(const std::string& mark, const std::string& text) {
  model::Report report;
  report.facts.emplace_back().filable = true;
  model::Footnote f;
  f.id = "fn1", f.mark = mark, f.text = text;
  f.parts.push_back({});
  f.uses.push_back({0, 0});
  report.footnotes.push_back(f);
  render::Arena arena;
  const render::FootnoteViews views(report, arena);
  REQUIRE(views.notes.size() == 1);
  return std::string(views.notes[0].words);
}

}  // namespace

TEST_CASE("a note's words begin with its mark") {
  CHECK(words_of("1", "(1) Includes the sale of the northern mill.") == "(1) Includes the sale of the northern mill.");
  CHECK(words_of("1", "1 Includes the sale of the northern mill.") == "1 Includes the sale of the northern mill.");
  CHECK(words_of("1", "Includes the sale of the northern mill.") == "(1) Includes the sale of the northern mill.");
  CHECK(words_of("1", "12 mills were sold in the north of the country.") == "(1) 12 mills were sold in the north of the country.");
  CHECK(words_of("*", "") == "(*) ");
}

TEST_CASE("texts that are made for the views live as long as these") {
  render::Arena arena;
  const std::string lasting = "what stands in the report is borrowed";
  CHECK(arena.clean(lasting).data() == lasting.data());
  const std::string_view made = arena.clean("what is made on the way is kept by the arena, not " + lasting);
  CHECK(made == "what is made on the way is kept by the arena, not what stands in the report is borrowed");
  CHECK(arena.clean(std::string("a\x01")) == "a\xEF\xBF\xBD");
}
