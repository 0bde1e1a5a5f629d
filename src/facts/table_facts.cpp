#include "facts/table_facts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "diag/codes/facts.h"
#include "tables/columns.h"
#include "tables/period_words.h"

namespace factpress::facts {

namespace {

using tables::Column;
using tables::DataTable;
using tables::TableCell;
using tables::TableRow;

/// What the numbers of a column are, beyond amounts of its period: "Percent of Sales", "Increase (Decrease) Pretax". Empty where they are those amounts.
std::string measure_of(const Column& column) {
  if (column.kind == Column::Kind::percent_of) {
    const bool told = icontains(column.measure, "percent") || column.measure.find('%') != std::string::npos;
    return column.measure.empty() ? "Percent of total" : told ? column.measure : column.measure + ", percent of total";
  }
  if (column.kind != Column::Kind::change && column.kind != Column::Kind::percent_change) return column.measure;
  if (column.measure.empty()) return column.header.empty() ? "Change" : tables::header_text(column);
  const auto changes = [&](const std::string& text) {
    const tables::PeriodWords words = tables::read_period_words(text);
    return words.change && !(words.percent && column.kind == Column::Kind::change);  // amounts are no "% Change"
  };
  if (changes(column.measure)) return column.measure;
  constexpr std::size_t longest = 40;  // what is longer speaks of the table
  const auto change = std::find_if(column.header.begin(), column.header.end(), [&](const std::string& h) { return h.size() <= longest && changes(h); });
  if (change == column.header.end()) return column.measure;
  const bool of_periods = tables::read_period_words(column.measure).any();  // "% Change" below "Three months ended September 30,"
  return of_periods ? *change : *change + " " + column.measure;              // "Increase (Decrease)" over "Pretax"
}

RawFact fact_of(const DataTable& table, const TableRow& row, const TableCell& cell, const std::string& measure) {
  const Column& column = table.columns[static_cast<std::size_t>(cell.column)];
  RawFact fact;
  fact.statement = table.kind;
  fact.section = row.section;
  fact.label = row.label;
  fact.period = cell.period;
  fact.unit = cell.unit_code;
  fact.dimensions = cell.dimensions;
  if (!measure.empty()) fact.dimensions.emplace_back("Measure", measure);
  fact.value = cell.value;
  fact.decimals = cell.decimals;
  fact.printed = cell.printed.text;
  fact.span = cell.printed.span;
  fact.block = cell.block;
  fact.confidence = table.confidence;
  if (!cell.doubt.empty()) {
    fact.filable = false;
    fact.confidence *= 0.5;
    fact.reasons.push_back(cell.doubt);
  }
  if (!cell.period) {
    fact.filable = false;
    fact.confidence *= 0.5;
    fact.reasons.push_back(column.doubt.empty() ? "no period is told" : column.doubt);
  }
  return fact;
}

}  // namespace

void read_table_facts(const document::Document& document, const std::vector<tables::DataTable>& tables, std::vector<RawFact>& facts,
                      diag::Sink& sink) {
  for (std::size_t t = 0; t < tables.size(); ++t) {
    std::vector<bool> said(tables[t].columns.size(), false);
    std::vector<std::string> measures;
    for (const Column& column : tables[t].columns) measures.push_back(measure_of(column));
    for (std::size_t r = 0; r < tables[t].rows.size(); ++r) {
      const TableRow& row = tables[t].rows[r];
      for (std::size_t c = 0; c < row.cells.size(); ++c) {
        const auto column = static_cast<std::size_t>(row.cells[c].column);
        RawFact fact = fact_of(tables[t], row, row.cells[c], measures[column]);
        fact.table = static_cast<int>(t);
        fact.row = static_cast<int>(r);
        fact.cell = static_cast<int>(c);
        if (!fact.period && !said[column]) {
          said[column] = true;
          sink.add({diag::codes::facts_no_period, Place{document.source, fact.span},
                    fmt::format("the period of this column of \"{}\" cannot be told: {}; its numbers are left out of filings", tables[t].title, fact.reasons.back())});
        }
        facts.push_back(std::move(fact));
      }
    }
  }
}

}  // namespace factpress::facts
