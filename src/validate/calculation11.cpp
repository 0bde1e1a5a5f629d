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
    index_.each_slot([&](const Slot& slot, std::span<const std::uint32_t> sums) {
      const taxonomy::NodeId node = c_.taxonomy.concept_at(slot.concept_id).node;
      if (node == taxonomy::no_id || slot.unit == instance::no_id) return;
      for (const Network* n : networks) {
        const auto items = c_.taxonomy.outgoing(*n, node);
        if (!items.empty()) check_sum(*n, slot, sums, items);
      }
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

  Interval interval_of(std::uint32_t fact, const Decimal& value) const {
    const auto places = c_.accuracy(fact).places();
    return truncated_ ? Interval::truncated(value, places) : Interval::rounded(value, places);
  }

  struct Value {
    std::uint32_t fact;
    Decimal number;
    Interval interval;
  };
  /// What the facts of one slot say together; nothing where none says anything or they contradict each other (§3.5).
  std::optional<Value> value_of(std::span<const std::uint32_t> facts, bool& contradiction) {
    std::optional<Value> value;
    for (const std::uint32_t fact : facts) {
      if (c_.instance.facts()[fact].nil || c_.instance.facts()[fact].parent != instance::no_id) continue;
      const auto number = c_.number(fact);
      if (!number || c_.accuracy(fact).kind == Accuracy::Kind::unknown) continue;
      const Interval interval = interval_of(fact, *number);
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
    Decimal number;
    std::string terms;
    std::vector<std::uint32_t> facts;
    for (const Relationship& r : items) {
      if (r.weight == taxonomy::no_id) continue;
      const auto item = value_of(index_.of({c_.taxonomy.concept_of(r.to), slot.context, slot.unit}), contradiction);
      if (!item) continue;
      const Decimal& weight = c_.taxonomy.number(r.weight);
      total = total + item->interval * weight;
      number += item->number * weight;
      if (terms.size() < 400) terms += fmt::format("{}{} * {} in {}", terms.empty() ? "" : " + ", weight.to_string(), item->number.to_string(), text_of(item->interval));
      facts.push_back(item->fact);
    }
    if (!sum || contradiction || facts.empty() || sum->interval.overlaps(total)) return;
    diag::Diagnostic d(truncated_ ? codes::calculation_truncation : codes::calculation_rounding, c_.place(sum->fact),
                       fmt::format("{} is {} in {} but its items come to {} in {} ({}; role {})", c_.name_of(sum->fact), sum->number.to_string(),
                                   text_of(sum->interval), number.to_string(), text_of(total), terms, c_.taxonomy.uri(n.role)));
    for (const std::uint32_t fact : facts) d.with(c_.place(fact), c_.name_of(fact));
    c_.sink.add(std::move(d));
  }

  InstanceCheck& c_;
  bool truncated_;
  FactIndex index_;
  Slot told_;
};

}  // namespace

void check_calculations_11(InstanceCheck& check, bool truncated) { Calculation11(check, truncated).check(); }

}  // namespace factpress::validate
