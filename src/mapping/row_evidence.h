#pragma once
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "mapping/match.h"

namespace factpress::mapping {

/// Which concepts a row may be by their year, period and unit.
class Admission {
 public:
  Admission() = default;
  Admission(const Row& row, std::uint32_t year_bit);
  bool operator()(const ConceptRecord& c) const {
    return (years_ == 0 || (years_ & c.years) != 0) && c.abstract == 0 && (periods_ >> c.period & 1U) != 0 && (types_ >> c.type & 1U) != 0;
  }

 private:
  std::uint32_t years_ = 0;  ///< bits; 0: of all years
  std::uint32_t periods_ = 0, types_ = 0;
};

/// The counts of one row's keys, looked up once.
struct Matcher::RowEvidence {
  enum Level : std::size_t { label_zone, label_kind, label_any, bag_zone, bag_kind, bag_any, section, previous, next, parent, structure, official, levels };
  std::array<std::span<const CountRecord>, levels> lists;
  std::array<std::uint32_t, levels> totals{};
  std::array<std::uint32_t, levels> near_totals{};  ///< of filings of the row's own time
  Admission admits;
  std::vector<ConceptId> ids;
  std::vector<std::pair<ConceptId, ConceptId>> older;  ///< a concept of the year, and the newer one whose counts speak for it
  std::vector<const TokenRecord*> tokens;  ///< of the label, null for unknown words
  std::vector<std::uint32_t> seen;  ///< per candidate slot and level: the count
  std::vector<std::uint32_t> near;  ///< the same of filings of the row's own time
  std::vector<float> with;  ///< per candidate slot and word of the label: weight of the concept's labels that have the word
  std::string letters;                     ///< of the label
  double norm = 0;    ///< of the label's words
  double weight = 0;  ///< their sum
  double votes = 0, votes_zone = 0;

  std::uint32_t count(Level level, std::uint32_t slot) const { return seen[slot * levels + level]; }
  std::uint32_t count_near(Level level, std::uint32_t slot) const { return near[slot * levels + level]; }
};

}  // namespace factpress::mapping
