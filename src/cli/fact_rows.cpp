#include "cli/fact_rows.h"

#include <fmt/format.h>

#include <unordered_map>

namespace factpress::cli {
namespace {

// The fact that the report made of the number printed at a place; a place has one number, so its first byte is the key.
std::unordered_map<std::uint32_t, const model::Fact*> facts_by_place(const model::Report& report) {
  std::unordered_map<std::uint32_t, const model::Fact*> out;
  for (const model::Fact& fact : report.facts)
    for (const model::Occurrence& occurrence : fact.occurrences) out.emplace(occurrence.span.begin, &fact);
  return out;
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) (out += out.empty() ? "" : separator) += part;
  return out;
}

std::string without(std::string text, std::string_view ending) {
  if (text.ends_with(ending)) text.resize(text.size() - ending.size());
  return text;
}

// As read; where a row names the member, as the report has it.
std::string dimensions_of(const facts::RawFact& raw, const model::Fact* fact, const model::Report& report) {
  std::string out;
  for (const auto& [axis, member] : raw.dimensions) out += (out.empty() ? "" : ";") + axis + "=" + member;
  if (!out.empty() || raw.kind != facts::FactKind::table || !fact || fact->context == model::none) return out;
  for (const model::DimensionValue& d : report.contexts[fact->context].dimensions) {
    const auto label = [&](model::Index c) { return report.concepts[c].label(model::LabelRole::standard); };
    const std::string member = d.member == model::none ? d.typed_value : without(label(d.member), " [Member]");
    out += (out.empty() ? "" : ";") + without(label(d.dimension), " [Axis]") + "=" + member;
  }
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
  const auto facts = facts_by_place(*job.report);
  rows.reserve(job.facts.size());
  for (const facts::RawFact& fact : job.facts) {
    std::string concept_name;
    const auto it = facts.find(fact.span.begin);
    const model::Fact* reported = it == facts.end() ? nullptr : it->second;
    if (reported && reported->concept_index != model::none) {
      const model::Concept& c = job.report->concepts[reported->concept_index];
      concept_name = c.prefix + ":" + c.name.local;
    }
    const LineColumn at = job.source->locate(fact.span.begin);
    rows.push_back({fact.kind == facts::FactKind::table ? "table" : "prose", std::string(tables::to_string(fact.statement)),
                    joined(fact.section, " > "), fact.label, concept_name,
                    fact.period && fact.period->start ? fact.period->start->iso() : "", fact.period ? fact.period->end.iso() : "",
                    fact.unit, dimensions_of(fact, reported, *job.report), fact.value.to_string(), fact.decimals ? std::to_string(*fact.decimals) : "INF",
                    fact.printed, std::to_string(at.line), std::to_string(at.column)});
  }
  return rows;
}

}  // namespace factpress::cli
