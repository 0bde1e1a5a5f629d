#pragma once
#include <algorithm>
#include <span>

#include "mapping/dictionary.h"

/// Reading of counts, for the parts of the matcher.
namespace factpress::mapping {

inline std::uint32_t total(std::span<const CountRecord> list) {
  std::uint32_t n = 0;
  for (const CountRecord& r : list) n += r.count;
  return n;
}

/// The count of a concept; null where it was not seen.
inline const CountRecord* record(std::span<const CountRecord> list, ConceptId id) {
  const auto at = std::lower_bound(list.begin(), list.end(), id, [](const CountRecord& r, ConceptId i) { return r.concept_id < i; });
  return at != list.end() && at->concept_id == id ? &*at : nullptr;
}

inline std::uint32_t in(std::span<const CountRecord> list, ConceptId id) {
  const CountRecord* r = record(list, id);
  return r == nullptr ? 0 : r->count;
}

}  // namespace factpress::mapping
