// Calculations 1.1: intervals of the values that could have been rounded or truncated to what is reported.
#include <optional>

#include <fmt/core.h>

#include "base/interval.h"
#include "diag/codes/calculation.h"
#include "validate/calculation.h"
#include "validate/fact_index.h"
#include "validate/names.h"

namespace factpress::validate {
namespace codes = diag::codes;
using taxonomy::Network;
using taxonomy::Relationship;

namespace {

std::string text_of(const Interval& i) {
  return fmt::format("{}{}, {}{}", i.lower_open ? "(" : "[", i.lower.to_string(), i.upper.to_string(), i.upper_open ? ")" : "]");
}

/// The common part of two intervals that overlap.
Interval common(const Interval& a, const Interval& b) {
  Interval r = a;
  if (b.lower > r.lower || (b.lower == r.lower && b.lower_open)) r.lower = b.lower, r.lower_open = b.lower_open;
  if (b.upper < r.upper || (b.upper == r.upper && b.upper_open)) r.upper = b.upper, r.upper_open = b.upper_open;
  return r;
}

class Calculation11 {
 public:
  Calculation11(InstanceCheck& c, bool truncated) : c_(c), truncated_(truncated), index_(c) {}

  void check() {
    auto networks = c_.taxonomy.networks_of(names::summation_item);
    const auto own = c_.taxonomy.networks_of(names::summation_item_11);
    networks.insert(networks.end(), own.begin(), own.end());
    if (networks.empty()) return;
    warn_of_tuples();
    check_nodes(networks);
    taxonomy::ConceptId last = taxonomy::no_id;  // slots of one concept follow each other
    std::vector<std::pair<const Network*, std::span<const Relationship>>> items;
    index_.each_slot([&](const Slot& slot, std::span<const std::uint32_t> sums) {
      if (slot.concept_id != last) {
        last = slot.concept_id;
        items.clear();
        const taxonomy::NodeId node = c_.taxonomy.concept_at(last).node;
        if (node == taxonomy::no_id) return;
        for (const Network* n : networks)
          if (const auto out = c_.taxonomy.outgoing(*n, node); !out.empty()) items.emplace_back(n, out);
      }
      if (slot.unit == instance::no_id) return;
      for (const auto& [network, out] : items) check_sum(*network, slot, sums, out);
    });
  }

 private:
  void warn_of_tuples() {
    for (std::size_t i = 0; i < c_.rows.size(); ++i) {
      const taxonomy::Concept* concept_of = c_.concept_of(i);
      if (!concept_of || concept_of->is_item()) continue;
      c_.sink.add({codes::calculation_tuples, c_.place(i), "facts within tuples take no part in these calculations"});
      return;
    }
  }

  void check_nodes(const std::vector<const Network*>& networks) {
    for (const Network* n : networks) {
      for (const Relationship& r : c_.taxonomy.relationships(*n)) {
        for (const taxonomy::NodeId node : {r.from, r.to}) {
          const taxonomy::ConceptId id = c_.taxonomy.concept_of(node);
          if (id == taxonomy::no_id || is_decimal(id)) continue;
          c_.sink.add({codes::calculation_node_type, c_.taxonomy.place(r.document, r.offset),
                       fmt::format("{} takes part in a calculation but is no decimal item", c_.taxonomy.display_name(id))});
        }
      }
    }
  }

  bool is_decimal(taxonomy::ConceptId id) const {
    const taxonomy::Concept& item = c_.taxonomy.concept_at(id);
    const schema::Type* type = c_.schemas.elements()[item.declaration]->type;
    return item.is_item() && type && type->simple && type->simple->variety == schema::Variety::atomic &&
           type->simple->primitive == schema::Primitive::decimal;
  }

  Interval interval_of(const Decimal& value, const Accuracy& accuracy) const {
    return truncated_ ? Interval::truncated(value, accuracy.places()) : Interval::rounded(value, accuracy.places());
  }

  struct Value {
    std::uint32_t fact;
    Decimal number;
    Interval interval;
  };
  struct Term {
    Value value;
    const Decimal* weight;
  };
  /// What the facts of one slot say together; nothing where none says anything or they contradict each other (§3.5).
  std::optional<Value> value_of(std::span<const std::uint32_t> facts, bool& contradiction) {
    std::optional<Value> value;
    for (const std::uint32_t fact : facts) {
      if (c_.instance.facts()[fact].nil || c_.instance.facts()[fact].parent != instance::no_id) continue;
      const auto number = c_.number(fact);
      const Accuracy accuracy = number ? c_.accuracy(fact) : Accuracy{};
      if (!number || accuracy.kind == Accuracy::Kind::unknown) continue;
      const Interval interval = interval_of(*number, accuracy);
      if (!value) {
        value = Value{fact, *number, interval};
      } else if (value->interval.overlaps(interval)) {
        value->interval = common(value->interval, interval);
      } else {
        contradiction = true;
        tell_contradiction(value->fact, fact);
        return {};
      }
    }
    return value;
  }

  void tell_contradiction(std::uint32_t first, std::uint32_t second) {
    const Slot slot = index_.slot_of(first);
    if (told_ == slot) return;
    told_ = slot;
    c_.sink.add(diag::Diagnostic(truncated_ ? codes::calculation_duplicates_truncation : codes::calculation_duplicates_rounding, c_.place(second),
                                 fmt::format("{} is reported as {} and as {} for the same context and unit", c_.name_of(first), c_.text(first), c_.text(second)))
                    .with(c_.place(first), "the other value"));
  }

  void check_sum(const Network& n, const Slot& slot, std::span<const std::uint32_t> sums, std::span<const Relationship> items) {
    bool contradiction = false;
    const auto sum = value_of(sums, contradiction);
    Interval total = Interval::point(0);
    terms_.clear();
    for (const Relationship& r : items) {
      if (r.weight == taxonomy::no_id) continue;
      const auto item = value_of(index_.of({c_.taxonomy.concept_of(r.to), slot.context, slot.unit}), contradiction);
      if (!item) continue;
      const Decimal& weight = c_.taxonomy.number(r.weight);
      total = total + item->interval * weight;
      terms_.push_back({*item, &weight});
    }
    if (sum && !contradiction && !terms_.empty() && !sum->interval.overlaps(total)) tell_inconsistency(n, *sum, total);
  }

  void tell_inconsistency(const Network& n, const Value& sum, const Interval& total) {
    Decimal number;
    std::string terms;
    for (const Term& t : terms_) {
      number += t.value.number * *t.weight;
      if (terms.size() < 400) terms += fmt::format("{}{} * {} in {}", terms.empty() ? "" : " + ", t.weight->to_string(), t.value.number.to_string(), text_of(t.value.interval));
    }
    diag::Diagnostic d(truncated_ ? codes::calculation_truncation : codes::calculation_rounding, c_.place(sum.fact),
                       fmt::format("{} is {} in {} but its items come to {} in {} ({}; role {})", c_.name_of(sum.fact), sum.number.to_string(),
                                   text_of(sum.interval), number.to_string(), text_of(total), terms, c_.taxonomy.uri(n.role)));
    for (const Term& t : terms_) d.with(c_.place(t.value.fact), c_.name_of(t.value.fact));
    c_.sink.add(std::move(d));
  }

  InstanceCheck& c_;
  bool truncated_;
  FactIndex index_;
  Slot told_;
  std::vector<Term> terms_;  // of the sum at hand
};

}  // namespace

void check_calculations_11(InstanceCheck& check, bool truncated) { Calculation11(check, truncated).check(); }

}  // namespace factpress::validate
