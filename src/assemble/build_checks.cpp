#include <algorithm>

#include "assemble/draft.h"

namespace factpress::assemble {
namespace {

const char* kind_words(facts::Claim::Kind kind) {
  using Kind = facts::Claim::Kind;
  switch (kind) {
    case Kind::level: return "level";
    case Kind::change_amount: return "change";
    case Kind::change_percent: return "percent change";
    case Kind::change_points: return "change in points";
    case Kind::ratio: return "ratio";
    case Kind::per_unit: return "per unit";
    case Kind::range_low: return "low end of a range";
    case Kind::range_high: return "high end of a range";
    case Kind::multiple: return "multiple";
    case Kind::count: return "count";
  }
  return "";
}

model::Term term_of(const Draft& d, const Part& p) {
  model::Term t;
  if (p.number != nothing) t.fact = d.places[p.number].fact, t.occurrence = d.places[p.number].occurrence;
  t.weight = p.weight;
  t.value = p.value;
  t.label = p.label;
  return t;
}

void build_claims(Draft& d) {
  for (const facts::Claim& from : d.bench.reading.claims) {
    model::Claim c;
    c.subject = from.subject;
    c.kind = kind_words(from.kind);
    c.sentence = from.sentence_text;
    c.sentence_span = from.sentence;
    if (from.fact >= 0 && static_cast<std::size_t>(from.fact) < d.bench.reading.facts.size()) {
      const facts::RawFact& raw = d.bench.reading.facts[from.fact];
      c.span = raw.span;
      c.printed = raw.printed;
      c.fact = d.places[from.fact].fact;
    }
    d.report.claims.push_back(std::move(c));
  }
}

}  // namespace

void build_checks(Draft& d) {
  build_claims(d);
  std::vector<const Proof*> order;
  for (const Proof& p : d.bench.proofs) order.push_back(&p);
  std::stable_sort(order.begin(), order.end(), [](const Proof* a, const Proof* b) { return a->span.begin < b->span.begin; });
  const Index first = d.report.statements.size() > d.bench.reading.tables.size() ? 1 : 0;
  for (const Proof* p : order) {
    model::Check c;
    c.kind = p->kind;
    c.verdict = p->verdict;
    c.span = p->span;
    c.title = p->title;
    c.arithmetic = p->arithmetic;
    c.reason = p->reason;
    if (p->table != nothing && d.session) c.statement = first + static_cast<Index>(p->table);
    for (const Part& part : p->parts) c.terms.push_back(term_of(d, part));
    c.result = term_of(d, p->result);
    if (p->claim != nothing) {
      c.claim = static_cast<Index>(p->claim);
      d.report.claims[p->claim].check = static_cast<Index>(d.report.checks.size());
    }
    d.report.checks.push_back(std::move(c));
  }
}

}  // namespace factpress::assemble
