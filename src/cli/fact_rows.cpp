#include "cli/fact_rows.h"

#include <fmt/format.h>

#include <unordered_map>

namespace factpress::cli {
namespace {

// The concept that the report gave to the number printed at a place; a place has one number, so its first byte is the key.
std::unordered_map<std::uint32_t, model::Index> concepts_by_place(const model::Report& report) {
  std::unordered_map<std::uint32_t, model::Index> out;
  for (const model::Fact& fact : report.facts)
    for (const model::Occurrence& occurrence : fact.occurrences) out.emplace(occurrence.span.begin, fact.concept_index);
  return out;
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) (out += out.empty() ? "" : separator) += part;
  return out;
}

std::string dimensions_of(const facts::RawFact& fact) {
  std::string out;
  for (const auto& [axis, member] : fact.dimensions) out += (out.empty() ? "" : ";") + axis + "=" + member;
  return out;
}

}  // namespace

const std::vector<std::string_view>& fact_columns() {
  static const std::vector<std::string_view> columns = {"kind", "statement", "section",  "label",   "concept", "period_start", "period_end",
                                                        "unit", "dimensions", "value", "decimals", "printed", "line",    "column"};
  return columns;
}

std::vector<std::vector<std::string>> fact_rows(const batch::Job& job) {
  std::vector<std::vector<std::string>> rows;
  if (!job.source || !job.report) return rows;
  const auto concepts = concepts_by_place(*job.report);
  rows.reserve(job.facts.size());
  for (const facts::RawFact& fact : job.facts) {
    std::string concept_name;
    if (const auto it = concepts.find(fact.span.begin); it != concepts.end() && it->second != model::none) {
      const model::Concept& c = job.report->concepts[it->second];
      concept_name = c.prefix + ":" + c.name.local;
    }
    const LineColumn at = job.source->locate(fact.span.begin);
    rows.push_back({fact.kind == facts::FactKind::table ? "table" : "prose", std::string(tables::to_string(fact.statement)),
                    joined(fact.section, " > "), fact.label, concept_name,
                    fact.period && fact.period->start ? fact.period->start->iso() : "", fact.period ? fact.period->end.iso() : "",
                    fact.unit, dimensions_of(fact), fact.value.to_string(), fact.decimals ? std::to_string(*fact.decimals) : "INF",
                    fact.printed, std::to_string(at.line), std::to_string(at.column)});
  }
  return rows;
}

}  // namespace factpress::cli
