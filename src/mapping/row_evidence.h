#pragma once
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "mapping/match.h"

namespace factpress::mapping {

/// The counts of one row's keys, looked up once.
struct Matcher::RowEvidence {
  enum Level : std::size_t { label_zone, label_kind, label_any, bag_zone, bag_kind, bag_any, section, previous, next, parent, structure, official, levels };
  std::array<std::span<const CountRecord>, levels> lists;
  std::array<std::uint32_t, levels> totals{};
  std::vector<ConceptId> ids;
  std::vector<std::pair<ConceptId, ConceptId>> older;  ///< a concept of the year, and the newer one whose counts speak for it
  std::vector<const TokenRecord*> tokens;  ///< of the label, null for unknown words
  std::vector<std::uint32_t> seen;  ///< per candidate slot and level: the count
  std::vector<float> with;  ///< per candidate slot and word of the label: weight of the concept's labels that have the word
  std::string letters;                     ///< of the label
  double norm = 0;
  double votes = 0, votes_zone = 0;

  std::uint32_t count(Level level, std::uint32_t slot) const { return seen[slot * levels + level]; }
};

}  // namespace factpress::mapping
