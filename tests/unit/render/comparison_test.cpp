#include "catch.h"
#include "render/arena.h"
#include "render/view_statements.h"

using namespace factpress;

namespace {

/// "current prior" of a statement whose columns have these periods, by their numbers; months of each before its end.
std::string compared(std::initializer_list<std::pair<const char*, const char*>> periods) {
  model::Report report;
  model::Statement& s = report.statements.emplace_back();
  s.kind = model::StatementKind::income;
  for (const auto& [start, end] : periods) {
    model::StatementColumn& c = s.columns.emplace_back();
    c.period = model::Period{*start ? Date::parse_iso(start) : std::nullopt, *Date::parse_iso(end)};
  }
  render::Arena arena;
  const auto views = render::view_statements(report, {}, {}, arena);
  return std::to_string(views.at(0).current) + " " + std::to_string(views.at(0).prior);
}

}  // namespace

TEST_CASE("which columns of a statement are compared") {
  CHECK(compared({{"2024-04-01", "2024-06-30"}, {"2023-04-01", "2023-06-30"}}) == "0 1");
  CHECK(compared({{"2023-04-01", "2023-06-30"}, {"2024-04-01", "2024-06-30"}}) == "1 0");
  CHECK(compared({{"", "2024-06-30"}, {"", "2023-12-31"}}) == "0 1");
  SECTION("quarters that go on to the latest, which one printed twice") {
    CHECK(compared({{"2023-07-01", "2023-09-30"}, {"2024-04-01", "2024-06-30"}, {"2024-07-01", "2024-09-30"}, {"2024-07-01", "2024-09-30"}}) == "2 0");
    CHECK(compared({{"2023-10-01", "2023-12-31"}, {"2024-01-01", "2024-03-31"}, {"2024-04-01", "2024-06-30"}}) == "2 1");
  }
  SECTION("quarters back from the latest, against the year before") {
    CHECK(compared({{"2024-01-01", "2024-03-31"}, {"2023-10-01", "2023-12-31"}, {"2023-01-01", "2023-03-31"}}) == "0 2");
  }
  SECTION("a year to date beside a quarter") {
    CHECK(compared({{"2024-04-01", "2024-06-30"}, {"2023-04-01", "2023-06-30"}, {"2024-01-01", "2024-06-30"}, {"2023-01-01", "2023-06-30"}}) == "0 1");
  }
  SECTION("nothing to compare") {
    CHECK(compared({{"2024-04-01", "2024-06-30"}}) == "-1 -1");
    CHECK(compared({{"2024-04-01", "2024-06-30"}, {"2024-01-01", "2024-06-30"}}) == "-1 -1");
  }
}
