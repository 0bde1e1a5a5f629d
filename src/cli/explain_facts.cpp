#include "cli/explain_facts.h"

#include <fmt/format.h>

#include <unordered_map>

#include "base/text.h"

namespace factpress::cli {
namespace {

std::string period_words(const std::optional<tables::Period>& p) {
  if (!p) return "no period could be told";
  return p->start ? p->start->iso() + " to " + p->end.iso() : "at " + p->end.iso();
}

std::string concept_line(const model::Report& report, const model::Fact& fact) {
  if (fact.concept_index == model::none) return "no concept";
  const model::Concept& c = report.concepts[fact.concept_index];
  std::string line = fmt::format("{}:{}, {:.0f}% sure", c.prefix, c.name.local, c.confidence * 100);
  if (!c.reason.empty()) line += ": " + c.reason;
  return line;
}

}  // namespace

std::string explain_facts(const batch::Job& job) {
  std::string out;
  if (!job.report || !job.source) return out;
  std::unordered_map<std::uint32_t, const model::Fact*> by_place;
  for (const model::Fact& fact : job.report->facts)
    for (const model::Occurrence& o : fact.occurrences) by_place.emplace(o.span.begin, &fact);
  for (const facts::RawFact& raw : job.facts) {
    const LineColumn at = job.source->locate(raw.span.begin);
    out += fmt::format("{}:{}:{}: {} = {} {}, {}\n", job.source->name(), at.line, at.column, collapse(raw.printed), raw.value.to_string(), raw.unit,
                       period_words(raw.period));
    std::string label = raw.label.empty() ? "(no label)" : raw.label;
    for (auto s = raw.section.rbegin(); s != raw.section.rend(); ++s) label += ", under " + *s;
    out += "  label:   " + label + "\n";
    for (const std::string& reason : raw.reasons) out += "  because: " + reason + "\n";
    const auto it = by_place.find(raw.span.begin);
    if (it == by_place.end()) continue;
    out += "  concept: " + concept_line(*job.report, *it->second) + "\n";
    if (!it->second->note.empty()) out += "  doubt:   " + it->second->note + "\n";
  }
  return out;
}

}  // namespace factpress::cli
