#include <algorithm>
#include <cmath>

#include "mapping/match.h"

/// What filers with like statements call by a row's words.
namespace factpress::mapping {
namespace {

constexpr float kLikeFilers = 10;        ///< how fast a filer's weight grows with the likeness of its labels
constexpr float kNotKnown = -1000;
constexpr std::size_t kFewLabels = 8;

bool is_primary(Zone zone) { return zone != Zone::none && zone <= Zone::comprehensive; }

}  // namespace

/// Of the primary statements, which are what the known filers' labels are of; a few rows tell nothing of a filer.
void Matcher::compare_filers(const std::vector<TableWork>& tables) {
  const auto norms = d_.filer_norms();
  std::vector<std::uint64_t> bags;
  for (const TableWork& t : tables)
    for (const ReadRow& r : t.rows)
      if (r.row->has_values && !r.words.tokens.empty() && is_primary(r.zone)) bags.push_back(r.words.bag);
  std::sort(bags.begin(), bags.end());
  bags.erase(std::unique(bags.begin(), bags.end()), bags.end());
  const bool few = bags.size() < kFewLabels;
  if (few && !filers_.weight.empty()) return;
  filers_.cosine.assign(norms.size(), 0);
  filers_.weight.assign(norms.size(), 1);
  filers_.lift.assign(d_.concepts().size(), kNotKnown);
  if (few) return;
  float own = 0;
  std::vector<std::uint16_t> with;
  for (const std::uint64_t bag : bags) {
    with.clear();
    for (const FilerUse& u : d_.filer_uses(bag))
      if (with.empty() || with.back() != u.filer) with.push_back(u.filer);
    const float rarity = label_rarity(with.size(), norms.size());
    own += rarity * rarity;
    for (const std::uint16_t f : with) filers_.cosine[f] += rarity * rarity;
  }
  float sum = 0;
  for (std::size_t f = 0; f < norms.size(); ++f) {
    filers_.cosine[f] /= std::sqrt(own) * norms[f] + 1e-6F;
    sum += filers_.weight[f] = std::exp(kLikeFilers * filers_.cosine[f]);
  }
  for (float& w : filers_.weight) w *= static_cast<float>(norms.size()) / sum;
}

void Matcher::filer_features(const ReadRow& row, TableKind kind, std::vector<Match>& list) {
  struct Called {
    ConceptId id;
    float weight, nearest;
  };
  std::vector<Called> called;
  float all = 0;
  for (const FilerUse& u : d_.filer_uses(row.words.bag)) {
    const auto zone = static_cast<Zone>(u.zone);
    const float part = zone == row.zone ? 1.0F : kind_of(zone) == kind ? 0.5F : 0.1F;
    const float w = part * filers_.weight[u.filer];
    all += w;
    auto at = std::find_if(called.begin(), called.end(), [&](const Called& c) { return c.id == u.concept_id; });
    if (at == called.end()) at = called.insert(at, {u.concept_id, 0, 0});
    at->weight += w;
    if (part >= 0.5F) at->nearest = std::max(at->nearest, filers_.cosine[u.filer]);
  }
  const double seen = std::log1p(static_cast<double>(all));
  for (Match& m : list) {
    float with = 0, nearest = 0, other = 0;
    for (const Called& c : called) {
      if (c.id == m.seen_as) with = c.weight;
      float& best = c.id == m.seen_as ? nearest : other;
      best = std::max(best, c.nearest);
    }
    float& lift = filers_.lift[m.seen_as];
    if (lift == kNotKnown) {
      float users = 0, count = 0;
      for (const UserRecord& u : d_.users(m.seen_as)) users += filers_.weight[u.filer], ++count;
      lift = std::log((users + 0.5F) / (count + 0.5F));
    }
    put(m.features, Feature::filers_share, static_cast<double>(with / (all + 0.3F)));
    put(m.features, Feature::filers_gap, static_cast<double>(8 * (nearest - other)));
    put(m.features, Feature::filers_seen, seen);
    put(m.features, Feature::filers_lift, static_cast<double>(lift));
  }
}

}  // namespace factpress::mapping
