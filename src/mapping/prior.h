#pragma once
#include <map>
#include <string>
#include <vector>

#include "mapping/mapper.h"

namespace factpress::mapping {

/// A concept as the filer's earlier taxonomy has it.
struct PriorConcept {
  std::string name;
  std::string prefix;  ///< "us-gaap" ... for a standard one; empty for the filer's own
  DataType type = DataType::monetary;
  PeriodType period = PeriodType::unknown;  ///< unknown for standard ones: the dictionary tells
  Balance balance = Balance::none;
};

class PriorTaxonomy {
 public:
  std::string file;
  std::vector<PriorConcept> concepts;
  std::multimap<std::string, std::size_t> by_label;  ///< Words::key of each label it gave (not documentation) -> concepts
};

}  // namespace factpress::mapping
