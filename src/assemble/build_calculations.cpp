#include <algorithm>
#include <map>
#include <set>

#include "assemble/draft.h"
#include "base/interval.h"

namespace factpress::assemble {
namespace {

using model::none;

struct Sum {
  Index parent;
  std::vector<std::pair<Index, int>> children;  // concept, weight between facts
};

using FactsOf = std::map<Index, std::map<std::pair<Index, Index>, const model::Fact*>>;  // [concept][context, unit]

class Builder {
 public:
  explicit Builder(Draft& d) : d_(d) {
    for (const model::Fact& f : d.report.facts) {
      if (f.filable && f.concept_index != none && f.context != none) facts_[f.concept_index][{f.context, f.unit}] = &f;
    }
  }

  void table(int t, model::Statement& s) {
    std::set<Index> parents;
    for (const RowSum& sum : d_.bench.sums[t]) {
      if (sum.restates || !sum.whole) continue;
      const std::optional<Sum> between = between_facts(t, sum);
      if (!between || !parents.insert(between->parent).second) continue;
      if (leads_to(s, *between) || !settle_balances(*between) || !consistent(*between)) {
        parents.erase(between->parent);
        continue;
      }
      int order = 0;
      for (const auto& [child, weight] : between->children) s.calculations.push_back({between->parent, child, weight, ++order});
    }
  }

 private:
  /// From the printed weights to those between facts: a row whose print has the opposite sign of its fact turns its weight.
  std::optional<Sum> between_facts(int t, const RowSum& sum) const {
    Sum out{d_.row_concepts[t][sum.total], {}};
    if (out.parent == none) return std::nullopt;
    const model::Concept& parent = d_.report.concepts[out.parent];
    const int parent_sign = d_.row_negated[t][sum.total] ? -1 : 1;
    for (const RowSum::Item& item : sum.items) {
      const Index child = d_.row_concepts[t][item.row];
      if (child == none || child == out.parent) return std::nullopt;
      const model::Concept& c = d_.report.concepts[child];
      if (c.period_type != parent.period_type || c.type != parent.type) return std::nullopt;
      if (std::any_of(out.children.begin(), out.children.end(), [child](const auto& x) { return x.first == child; })) return std::nullopt;
      out.children.emplace_back(child, item.weight * parent_sign * (d_.row_negated[t][item.row] ? -1 : 1));
    }
    return out;
  }

  /// XBRL 2.1 §5.2.5.2: no directed cycle in a network.
  static bool leads_to(const model::Statement& s, const Sum& sum) {
    std::set<Index> seen;
    std::vector<Index> open;
    for (const auto& [child, weight] : sum.children) open.push_back(child);
    while (!open.empty()) {
      const Index at = open.back();
      open.pop_back();
      if (at == sum.parent) return true;
      if (!seen.insert(at).second) continue;
      for (const model::CalculationArc& a : s.calculations) {
        if (a.parent == at) open.push_back(a.child);
      }
    }
    return false;
  }

  static model::Balance turned(model::Balance b) { return b == model::Balance::debit ? model::Balance::credit : model::Balance::debit; }

  /// XBRL 2.1 §5.1.1.2: weight +1 joins equal balances, -1 opposite ones. A concept of the company's own takes the balance that
  /// the arithmetic demands; where an official one stands against it, the sum is not written.
  bool settle_balances(const Sum& sum) {
    model::Concept& parent = d_.report.concepts[sum.parent];
    if (parent.balance == model::Balance::none && !parent.standard) adopt_from_children(sum, parent);
    for (const auto& [child, weight] : sum.children) {
      const model::Concept& c = d_.report.concepts[child];
      if (parent.balance == model::Balance::none || c.balance == model::Balance::none) continue;
      if ((c.balance == parent.balance) == (weight > 0)) continue;
      if (c.standard || used_.count(child) != 0) return false;
    }
    for (const auto& [child, weight] : sum.children) {
      model::Concept& c = d_.report.concepts[child];
      if (!c.standard && parent.balance != model::Balance::none && used_.count(child) == 0) c.balance = weight > 0 ? parent.balance : turned(parent.balance);
      used_.insert(child);
    }
    used_.insert(sum.parent);
    return true;
  }

  void adopt_from_children(const Sum& sum, model::Concept& parent) {
    if (used_.count(sum.parent) != 0 || parent.type.local != "monetaryItemType") return;
    for (const auto& [child, weight] : sum.children) {
      const model::Concept& c = d_.report.concepts[child];
      if (!c.standard || c.balance == model::Balance::none) continue;
      parent.balance = weight > 0 ? c.balance : turned(c.balance);
      return;
    }
  }

  /// In every context in which the parent and an item have facts, they add up within rounding (Calculations 1.1).
  bool consistent(const Sum& sum) const {
    const auto parents = facts_.find(sum.parent);
    if (parents == facts_.end()) return false;
    for (const auto& [where, parent] : parents->second) {
      Interval added = Interval::point(Decimal{});
      bool any = false;
      for (const auto& [child, weight] : sum.children) {
        const auto known = facts_.find(child);
        if (known == facts_.end()) continue;
        const auto f = known->second.find(where);
        if (f == known->second.end()) continue;
        added = added + Interval::rounded(f->second->value, f->second->decimals) * Decimal(weight);
        any = true;
      }
      if (any && !added.overlaps(Interval::rounded(parent->value, parent->decimals))) return false;
    }
    return true;
  }

  Draft& d_;
  FactsOf facts_;
  std::set<Index> used_;  // concepts whose balance an arc relies on
};

}  // namespace

void build_calculations(Draft& d) {
  if (!d.session) return;
  Builder builder(d);
  const std::size_t first = !d.report.statements.empty() && d.report.statements[0].kind == model::StatementKind::document_information ? 1 : 0;
  for (std::size_t t = 0; t < d.bench.reading.tables.size(); ++t) builder.table(static_cast<int>(t), d.report.statements[first + t]);
}

}  // namespace factpress::assemble
