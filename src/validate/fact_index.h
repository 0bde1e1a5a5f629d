#pragma once
#include <span>
#include <vector>

#include "validate/instance_check.h"

namespace factpress::validate {

/// Where an item stands: concept, context (by s-equality) and unit (by u-equality).
struct Slot {
  taxonomy::ConceptId concept_id = taxonomy::no_id;
  std::uint32_t context = instance::no_id;
  std::uint32_t unit = instance::no_id;
  auto operator<=>(const Slot&) const = default;
};

/// The items of an instance sorted by slot, those of one slot in document order: four bytes a fact.
class FactIndex {
 public:
  explicit FactIndex(const InstanceCheck& check);

  Slot slot_of(std::uint32_t fact) const;
  /// The facts of a slot, in document order.
  std::span<const std::uint32_t> of(const Slot& slot) const;
  /// All items, grouped by slot.
  std::span<const std::uint32_t> all() const { return order_; }
  /// Calls f(slot, facts) for each slot in order.
  template <class F>
  void each_slot(F f) const {
    for (std::size_t i = 0; i < order_.size();) {
      const Slot slot = slot_of(order_[i]);
      std::size_t end = i + 1;
      while (end < order_.size() && slot_of(order_[end]) == slot) ++end;
      f(slot, std::span(order_).subspan(i, end - i));
      i = end;
    }
  }

 private:
  const InstanceCheck& check_;
  std::vector<std::uint32_t> order_;
};

}  // namespace factpress::validate
