#include "validate/fact_index.h"

#include <algorithm>

namespace factpress::validate {

FactIndex::FactIndex(const InstanceCheck& check) : check_(check) {
  // The slot and the fact as two numbers, which are compared at once.
  const auto joined = [](std::uint32_t high, std::uint32_t low) { return std::uint64_t{high} << 32 | low; };
  std::vector<std::pair<std::uint64_t, std::uint64_t>> keys;
  keys.reserve(check.rows.size());
  for (std::uint32_t i = 0; i < check.rows.size(); ++i) {
    if (!check.is_item(i) || check.rows[i].context_class == instance::no_id) continue;
    const Slot slot = slot_of(i);
    keys.emplace_back(joined(slot.concept_id, slot.context), joined(slot.unit, i));
  }
  std::sort(keys.begin(), keys.end());
  order_.reserve(keys.size());
  for (const auto& key : keys) order_.push_back(static_cast<std::uint32_t>(key.second));
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
