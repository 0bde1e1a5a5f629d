#include "assemble/text_layout.h"

#include <fmt/format.h>

#include "catch.h"
#include "diag/diagnostic.h"
#include "document/document.h"

using namespace factpress;

namespace {

/// Each row as its cells with their places in the grid: "label@0 | $@1 31,846@2"; the first table of the text.
std::vector<std::string> grid_of(const std::string& text) {
  diag::Sink sink;
  const document::Document d = document::read(std::make_shared<const Source>("release.txt", text), document::Format::text, sink);
  std::vector<std::string> out;
  for (const document::Block& b : d.blocks) {
    if (!b.table) continue;
    model::NarrativeBlock block;
    for (const document::Row& row : b.table->rows) {
      model::NarrativeRow& to = block.rows.emplace_back();
      to.rule = row.rule;
      for (const document::Cell& c : row.cells) {
        model::NarrativeCell& cell = to.cells.emplace_back();
        cell.text.text = c.text.text();
        cell.numeric = cell.text.text.find_first_of("0123456789") != std::string::npos && cell.text.text.size() < 12;
      }
    }
    assemble::lay_out_text(*b.table, block);
    for (const model::NarrativeRow& row : block.rows) {
      std::string line;
      for (const model::NarrativeCell& c : row.cells) {
        if (!line.empty()) line += ' ';
        line += fmt::format("{}@{}", row.rule ? "-" : c.text.text, c.column);
        if (c.column_span > 1) line += fmt::format("+{}", c.column_span);
      }
      out.push_back(line);
    }
    return out;
  }
  return out;
}

using Grid = std::vector<std::string>;

}  // namespace

TEST_CASE("layout: a currency sign has a column of its own and moves no number") {
  const Grid grid = grid_of(
      "                               2011          2010\n"
      "                            ----------    ----------\n"
      "Subscription                $   31,846    $   25,190\n"
      "Professional services            6,120         6,984\n"
      "                            ----------    ----------\n"
      "    Total revenues          $   37,966    $   32,174\n");
  CHECK(grid == Grid{"2011@2 2010@4", "-@1+2 -@3+2", "Subscription@0 $@1 31,846@2 $@3 25,190@4", "Professional services@0 6,120@2 6,984@4", "-@1+2 -@3+2",
                     "Total revenues@0 $@1 37,966@2 $@3 32,174@4"});
}

TEST_CASE("layout: a missing number leaves its place empty") {
  const Grid grid = grid_of(
      "                               2011          2010\n"
      "Subscription                    31,846        25,190\n"
      "Discontinued lines                             6,984\n"
      "Professional services            6,120         1,200\n");
  REQUIRE(grid.size() == 4);
  CHECK(grid[2] == "Discontinued lines@0 6,984@4");
}

TEST_CASE("layout: titles stand over all columns, headings over theirs") {
  const Grid grid = grid_of(
      "                            Three Months Ended        Six Months Ended\n"
      "                             2011       2010          2011       2010\n"
      "                       CONTINUING LINES ONLY\n"
      "-------------------------------------------------------------------------\n"
      "Subscription                31,846     25,190        61,846     55,190\n"
      "Professional services        6,120      6,984        12,120     13,984\n");
  REQUIRE(grid.size() == 6);
  CHECK(grid[0] == "Three Months Ended@1+4 Six Months Ended@5+4");
  CHECK(grid[1] == "2011@2 2010@4 2011@6 2010@8");
  CHECK(grid[2] == "CONTINUING LINES ONLY@0+9");
  CHECK(grid[3] == "-@0+9");
}

TEST_CASE("layout: brackets behind numbers and another statement's stops make no further columns") {
  const Grid grid = grid_of(
      "                               2011          2010\n"
      "Revenues                        31,846        25,190\n"
      "Expense                        (31,846)      (25,190)\n"
      "Net loss                      $ (1,091)     $ (3,477)\n"
      "                                  2011        2010\n"
      "Cash                              34,004      22,140\n"
      "Receivables                       16,905      15,485\n");
  REQUIRE(grid.size() == 7);
  CHECK(grid[1] == "Revenues@0 31,846@2 25,190@4");
  CHECK(grid[2] == "Expense@0 (31,846)@2 (25,190)@4");
  CHECK(grid[5] == "Cash@0 34,004@2 22,140@4");
}

TEST_CASE("layout: what no characters place stays as it is") {
  CHECK(grid_of("no table here, only words\n").empty());
  model::NarrativeBlock block;
  block.rows.resize(1);
  block.rows[0].cells.resize(2);
  document::Table table;
  table.rows.resize(1);
  table.rows[0].cells.resize(2);
  assemble::lay_out_text(table, block);
  CHECK(block.rows[0].cells[1].column == -1);
}
