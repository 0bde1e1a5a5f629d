#include "validate/fact_index.h"

#include <algorithm>

namespace factpress::validate {

FactIndex::FactIndex(const InstanceCheck& check) : check_(check) {
  for (std::uint32_t i = 0; i < check.rows.size(); ++i) {
    if (check.is_item(i) && check.rows[i].context_class != instance::no_id) order_.push_back(i);
  }
  std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Slot x = slot_of(a), y = slot_of(b);
    return x != y ? x < y : a < b;
  });
}

Slot FactIndex::slot_of(std::uint32_t fact) const {
  const FactRow& row = check_.rows[fact];
  return {row.concept_id, row.context_class, row.unit_class};
}

std::span<const std::uint32_t> FactIndex::of(const Slot& slot) const {
  const auto first = std::partition_point(order_.begin(), order_.end(), [&](std::uint32_t f) { return slot_of(f) < slot; });
  auto last = first;
  while (last != order_.end() && slot_of(*last) == slot) ++last;
  return {first, last};
}

}  // namespace factpress::validate
