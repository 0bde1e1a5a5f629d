// XBRL 2.1 §5.2.5.2: calculations over rounded values.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <fmt/core.h>

#include "diag/codes/calculation.h"
#include "validate/calculation.h"
#include "validate/fact_index.h"
#include "validate/names.h"

namespace factpress::validate {
using taxonomy::Network;
using taxonomy::Relationship;

namespace {

/// Which facts bind: their scope in tuples, and which are duplicates.
class Binding {
 public:
  explicit Binding(InstanceCheck& c) : index(c), c_(c) {
    last_.resize(c.rows.size());
    for (std::size_t i = c.rows.size(); i-- > 0;) {  // the last descendant of every fact: facts are in document order
      last_[i] = std::max(last_[i], static_cast<std::uint32_t>(i));
      const std::uint32_t parent = c.instance.facts()[i].parent;
      if (parent != instance::no_id) last_[parent] = std::max(last_[parent], last_[i]);
    }
    index.each_slot([&](const Slot&, std::span<const std::uint32_t> facts) { find_duplicates(facts); });
  }

  FactIndex index;
  bool is_duplicate(std::uint32_t fact) const { return duplicates_.contains(fact); }
  /// The facts below the parent of `fact` (§5.2.5.2.2): from the first to before the second.
  std::pair<std::size_t, std::size_t> scope_of(std::uint32_t fact) const {
    const std::uint32_t parent = c_.instance.facts()[fact].parent;
    if (parent == instance::no_id) return {0, c_.rows.size()};
    return {parent + std::size_t{1}, last_[parent] + std::size_t{1}};
  }

 private:
  void find_duplicates(std::span<const std::uint32_t> facts) {
    if (facts.size() < 2) return;
    std::unordered_map<std::uint32_t, std::uint32_t> by_parent;
    for (const std::uint32_t fact : facts) {
      const auto [it, fresh] = by_parent.try_emplace(c_.instance.facts()[fact].parent, fact);
      if (fresh) continue;
      duplicates_.insert(fact);
      duplicates_.insert(it->second);
    }
  }

  InstanceCheck& c_;
  std::vector<std::uint32_t> last_;
  std::unordered_set<std::uint32_t> duplicates_;
};

struct Contribution {
  std::uint32_t fact;
  const Relationship* relationship;
};

/// Checks one summation item against what binds to it.
void check_binding(InstanceCheck& c, const Network& network, std::size_t sum, const std::vector<Contribution>& contributions) {
  const auto stated = c.number(sum);
  if (!stated) return;
  bool unknown = c.accuracy(sum).kind == Accuracy::Kind::unknown;
  Decimal total;
  std::string terms;
  for (const Contribution& contribution : contributions) {
    const auto value = c.number(contribution.fact);
    if (!value) return;
    unknown = unknown || c.accuracy(contribution.fact).kind == Accuracy::Kind::unknown;
    const Decimal& weight = c.taxonomy.number(contribution.relationship->weight);
    const Decimal rounded = c.rounded(contribution.fact, *value);
    total += rounded * weight;
    if (terms.size() < 400) terms += fmt::format("{}{} * {}", terms.empty() ? "" : " + ", weight.to_string(), rounded.to_string());
  }
  const Decimal expected = c.rounded(sum, *stated);
  const Decimal found = c.rounded(sum, total);
  if (!unknown && expected == found) return;
  diag::Diagnostic d(diag::codes::calculation_inconsistent, c.place(sum),
                     unknown ? fmt::format("{} takes part in a calculation with a value of precision 0, of which nothing is known", c.name_of(sum))
                             : fmt::format("{} is {} but its items come to {} ({}; role {})", c.name_of(sum), expected.to_string(),
                                           found.to_string(), terms, c.taxonomy.uri(network.role)));
  for (const Contribution& contribution : contributions) d.with(c.place(contribution.fact), c.name_of(contribution.fact));
  c.sink.add(std::move(d));
}

}  // namespace

void check_calculations_10(InstanceCheck& c) {
  const auto networks = c.taxonomy.networks_of(names::summation_item);
  if (networks.empty()) return;
  const Binding binding(c);
  binding.index.each_slot([&](const Slot& slot, std::span<const std::uint32_t> sums) {
    const taxonomy::NodeId node = c.taxonomy.concept_at(slot.concept_id).node;
    if (node == taxonomy::no_id || slot.unit == instance::no_id) return;
    for (const Network* n : networks) {
      const auto items = c.taxonomy.outgoing(*n, node);
      if (items.empty()) continue;
      for (const std::uint32_t sum : sums) {
        if (c.instance.facts()[sum].nil || binding.is_duplicate(sum)) continue;
        const auto [begin, end] = binding.scope_of(sum);
        std::vector<Contribution> contributions;
        bool duplicates = false;
        for (const Relationship& r : items) {
          if (r.weight == taxonomy::no_id) continue;
          const auto facts = binding.index.of({c.taxonomy.concept_of(r.to), slot.context, slot.unit});
          for (auto it = std::lower_bound(facts.begin(), facts.end(), begin); it != facts.end() && *it < end; ++it) {
            if (c.instance.facts()[*it].nil) continue;
            duplicates = duplicates || binding.is_duplicate(*it);
            contributions.push_back({*it, &r});
          }
        }
        if (!contributions.empty() && !duplicates) check_binding(c, *n, sum, contributions);
      }
    }
  });
}

}  // namespace factpress::validate
