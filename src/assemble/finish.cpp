#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "assemble/draft.h"
#include "assemble/order.h"
#include "base/text.h"
#include "xbrl/names.h"

namespace factpress::assemble {
namespace {

using model::none;

std::string compact(Date d) { return fmt::format("{:04}{:02}{:02}", d.year(), d.month(), d.day()); }

std::string context_id(const model::Report& r, const model::Context& c) {
  std::string id = c.period.instant() ? "I" + compact(c.period.end) : "D" + compact(*c.period.start) + "-" + compact(c.period.end);
  for (const model::DimensionValue& v : c.dimensions) {
    id += "_" + r.concepts[v.dimension].name.local;
    if (v.member != none) id += "_" + r.concepts[v.member].name.local;
  }
  return id;
}

template <class Less>
std::vector<Index> sorted_order(std::size_t n, Less less) {
  std::vector<Index> order(n);
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(), less);
  return order;
}

std::vector<Index> inverse(const std::vector<Index>& order) {
  std::vector<Index> to(order.size());
  for (Index i = 0; i < order.size(); ++i) to[order[i]] = i;
  return to;
}

void order_contexts(model::Report& r) {
  for (model::Context& c : r.contexts) c.id = context_id(r, c);
  const auto order = sorted_order(r.contexts.size(), [&](Index a, Index b) {
    const model::Context& x = r.contexts[a];
    const model::Context& y = r.contexts[b];
    const auto key = [](const model::Context& c) { return std::make_tuple(c.dimensions.size(), c.period.instant()); };
    if (key(x) != key(y)) return key(x) < key(y);
    if (x.period.end != y.period.end) return x.period.end > y.period.end;
    if (x.period.start != y.period.start) return x.period.start > y.period.start;
    return x.id < y.id;
  });
  const auto to = inverse(order);
  std::vector<model::Context> contexts;
  std::set<std::string> ids;
  for (Index i : order) {
    contexts.push_back(std::move(r.contexts[i]));
    std::string& id = contexts.back().id;
    if (id.size() > 200) id.resize(200);
    while (!ids.insert(id).second) id += "x";
  }
  r.contexts = std::move(contexts);
  for (model::Fact& f : r.facts) {
    if (f.context != none) f.context = to[f.context];
  }
}

void order_units(model::Report& r) {
  const auto order = sorted_order(r.units.size(), [&](Index a, Index b) { return r.units[a].id < r.units[b].id; });
  const auto to = inverse(order);
  std::vector<model::Unit> units;
  for (Index i : order) units.push_back(std::move(r.units[i]));
  r.units = std::move(units);
  for (model::Fact& f : r.facts) {
    if (f.unit != none) f.unit = to[f.unit];
  }
}

std::string_view kind_words(model::StatementKind kind) {
  switch (kind) {
    case model::StatementKind::income: return "income statement";
    case model::StatementKind::balance: return "balance sheet";
    case model::StatementKind::cashflow: return "cash flows";
    case model::StatementKind::equity: return "equity";
    case model::StatementKind::reconciliation: return "reconciliation";
    case model::StatementKind::segment: return "segments";
    case model::StatementKind::prose: return "text";
    default: return "other";
  }
}

/// [concept]: the kind of the first statement with a row of it.
std::vector<std::string_view> first_statements(const model::Report& r) {
  std::vector<std::string_view> out(r.concepts.size());
  for (const model::Statement& s : r.statements) {
    for (const model::StatementRow& row : s.rows)
      if (row.concept_index != none && out[row.concept_index].empty()) out[row.concept_index] = kind_words(s.kind);
  }
  return out;
}

/// Every concept has a standard label, and no two of them the same (EDGAR Filer Manual 6.10.1). Of two that a release calls alike
/// ("Deferred revenue", a liability and its change), the second says where it stands.
void complete_labels(Draft& d) {
  std::set<std::string> seen;
  const std::vector<std::string_view> where = first_statements(d.report);
  for (model::Concept& c : d.report.concepts) {
    auto standard = std::find_if(c.labels.begin(), c.labels.end(), [](const auto& l) { return l.role == model::LabelRole::standard; });
    if (standard == c.labels.end()) {
      const std::string text = c.labels.empty() ? c.name.local : c.labels.front().text;
      standard = c.labels.insert(c.labels.begin(), {model::LabelRole::standard, text});
    }
    if (seen.insert(standard->text).second) continue;
    const std::string base = standard->text;
    const std::string_view kind = where[static_cast<std::size_t>(&c - d.report.concepts.data())];
    if (!kind.empty() && seen.insert(standard->text = fmt::format("{} ({})", base, kind)).second) continue;
    for (int n = 2; !seen.insert(standard->text).second; ++n) standard->text = fmt::format("{} ({})", base, n);
  }
}

void note_namespaces(Draft& d) {
  d.use_namespace("xbrli", xbrl::ns::xbrli, xbrl::location::xbrli);
  d.use_namespace("iso4217", xbrl::ns::iso4217, "");
  auto& list = d.report.namespaces;
  std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.prefix < b.prefix; });
}

void copy_findings(Draft& d) {
  for (const diag::Diagnostic& f : d.sink.all()) {
    d.report.findings.push_back({std::string(f.code->code), std::string(diag::to_string(f.severity)), f.message,
                                 f.help.empty() ? std::string(f.code->remedy) : f.help, f.place.span});
  }
}

}  // namespace

void order_facts(Draft& d) {
  auto& facts = d.report.facts;
  const auto at = [](const model::Fact& f) { return f.occurrences.empty() ? 0 : f.occurrences.front().span.begin; };
  // Occurrences were gathered tables first: each fact's are put in order of place too.
  std::vector<std::vector<Index>> occurrence_to(facts.size());
  for (Index i = 0; i < facts.size(); ++i) {
    auto& list = facts[i].occurrences;
    const auto order = sorted_order(list.size(), [&](Index a, Index b) { return list[a].span.begin < list[b].span.begin; });
    std::vector<model::Occurrence> sorted;
    for (Index o : order) sorted.push_back(std::move(list[o]));
    list = std::move(sorted);
    occurrence_to[i] = inverse(order);
  }
  const auto order = sorted_order(facts.size(), [&](Index a, Index b) { return at(facts[a]) < at(facts[b]); });
  const auto to = inverse(order);
  std::vector<model::Fact> sorted;
  for (Index i : order) sorted.push_back(std::move(facts[i]));
  facts = std::move(sorted);
  for (FactPlace& p : d.places) {
    if (p.fact == none) continue;
    p.occurrence = occurrence_to[p.fact][p.occurrence];
    p.fact = to[p.fact];
  }
  for (model::Statement& s : d.report.statements) {
    for (model::StatementRow& row : s.rows) {
      for (model::StatementCell& c : row.cells) {
        if (c.fact != none) c.fact = to[c.fact];
      }
    }
  }
  for (std::size_t i = 0; i < facts.size(); ++i) facts[i].id = fmt::format("f{}", i + 1);
}

void finish(Draft& d) {
  complete_labels(d);
  order_contexts(d.report);
  order_units(d.report);
  note_namespaces(d);
  copy_findings(d);
}

}  // namespace factpress::assemble
