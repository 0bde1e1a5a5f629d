#include "mapping/decide.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "mapping/own_measure.h"

namespace factpress::mapping {
namespace {

using Slot = std::tuple<ConceptId, std::uint32_t, int>;  // concept, context, boundary

Slot slot_of(ConceptId id, const Row& row) { return {id, row.context, static_cast<int>(row.boundary)}; }

bool may_share(const Row& a, const Row& b) { return a.values != 0 && a.values == b.values; }

}  // namespace

double calibrated(const Dictionary& dictionary, double score) {
  const auto steps = dictionary.calibration();
  if (steps.empty()) return score;
  const auto after = std::upper_bound(steps.begin(), steps.end(), score, [](double s, const CalibrationRecord& c) { return s < static_cast<double>(c.score); });
  if (after == steps.begin()) return static_cast<double>(steps.front().confidence);
  const CalibrationRecord& low = *(after - 1);
  if (after == steps.end()) return static_cast<double>(low.confidence);
  const double part = (score - static_cast<double>(low.score)) / (static_cast<double>(after->score) - static_cast<double>(low.score));
  return static_cast<double>(low.confidence) + part * (static_cast<double>(after->confidence) - static_cast<double>(low.confidence));
}

std::vector<Decision> decide(const Dictionary& dictionary, const std::vector<ReadRow>& rows, const std::vector<std::vector<Match>>& matches,
                             const std::vector<ConceptId>& fixed) {
  std::vector<Decision> decisions(rows.size());
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (!matches[i].empty() && (fixed.empty() || fixed[i] == kNoConcept) && !rows[i].own_measure) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return matches[a][0].share > matches[b][0].share; });
  std::map<Slot, std::size_t> taken;
  for (std::size_t i = 0; i < fixed.size(); ++i)
    if (fixed[i] != kNoConcept) taken.emplace(slot_of(fixed[i], *rows[i].row), i);
  for (const std::size_t i : order) {
    Decision& d = decisions[i];
    double lost = 0;
    for (std::size_t k = 0; k < matches[i].size(); ++k) {
      const Match& m = matches[i][k];
      if (is_of_other_kind(*rows[i].row, dictionary.name(m.id))) continue;
      const auto at = taken.find(slot_of(m.id, *rows[i].row));
      if (at != taken.end() && !may_share(*rows[i].row, *rows[at->second].row)) {
        if (k == 0) d.second_best = true, d.rival = at->second;
        lost += m.share;
        continue;
      }
      d.pick = k;
      d.confidence = calibrated(dictionary, std::min(1.0, m.share / std::max(1.0 - lost, 0.05)));
      if (d.second_best) d.confidence *= 0.8;  // the row that lost its best is itself in doubt
      taken.emplace(slot_of(m.id, *rows[i].row), i);
      break;
    }
  }
  return decisions;
}

}  // namespace factpress::mapping
