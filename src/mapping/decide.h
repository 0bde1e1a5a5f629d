#pragma once
#include <vector>

#include "mapping/match.h"

namespace factpress::mapping {

/// What was decided for a row: an index into its matches, and how sure.
struct Decision {
  std::size_t pick = static_cast<std::size_t>(-1);  ///< none where no candidate is left
  double confidence = 0;                            ///< calibrated
  bool second_best = false;                         ///< the best one was taken by another row
  std::size_t rival = static_cast<std::size_t>(-1); ///< that row
  bool found() const { return pick != static_cast<std::size_t>(-1); }
};

/// Gives each row its best concept so that no concept stands twice in one context of the table, surest rows first. Rows whose
/// values are equal may share one; opening and closing balances do.
/// `fixed`: concepts that were given to rows from elsewhere (kNoConcept: not), which others must not take; may be empty.
std::vector<Decision> decide(const Dictionary& dictionary, const std::vector<ReadRow>& rows, const std::vector<std::vector<Match>>& matches,
                             const std::vector<ConceptId>& fixed = {});

/// Share of right choices among those that scored like this one in cross-validation.
double calibrated(const Dictionary& dictionary, double score);

}  // namespace factpress::mapping
