// Duplicate facts by the definitions of the Open Information Model: complete, consistent, inconsistent.
#include <algorithm>

#include <fmt/core.h>

#include "base/interval.h"
#include "diag/codes/calculation.h"
#include "validate/calculation.h"
#include "validate/fact_index.h"

namespace factpress::validate {
namespace codes = diag::codes;

namespace {

enum class Likeness : std::uint8_t { complete, consistent, inconsistent };

Likeness compare(const InstanceCheck& c, std::uint32_t a, std::uint32_t b) {
  const bool nil_a = c.instance.facts()[a].nil, nil_b = c.instance.facts()[b].nil;
  if (nil_a || nil_b) return nil_a == nil_b ? Likeness::complete : Likeness::inconsistent;
  const auto x = c.number(a), y = c.number(b);
  if (!x || !y) return c.values_equal(a, b) ? Likeness::complete : Likeness::inconsistent;
  const Accuracy ax = c.accuracy(a), ay = c.accuracy(b);
  if (*x == *y && ax.kind == ay.kind && ax.decimals == ay.decimals) return Likeness::complete;
  if (ax.kind == Accuracy::Kind::unknown || ay.kind == Accuracy::Kind::unknown) return Likeness::inconsistent;
  return Interval::rounded(*x, ax.places()).overlaps(Interval::rounded(*y, ay.places())) ? Likeness::consistent : Likeness::inconsistent;
}

const diag::CodeInfo& code_of(Likeness likeness) {
  switch (likeness) {
    case Likeness::complete: return codes::calculation_duplicates_complete;
    case Likeness::consistent: return codes::calculation_duplicates_consistent;
    case Likeness::inconsistent: break;
  }
  return codes::calculation_duplicates_inconsistent;
}

void tell(InstanceCheck& c, std::uint32_t first, std::uint32_t other, Likeness likeness) {
  const std::string shown = likeness == Likeness::complete ? fmt::format("{} is reported again with the same value", c.name_of(other))
                                                           : fmt::format("{} is reported as '{}' and as '{}'", c.name_of(other), c.text(first).substr(0, 60), c.text(other).substr(0, 60));
  c.sink.add(diag::Diagnostic(code_of(likeness), c.place(other), shown).with(c.place(first), "the other fact"));
}

}  // namespace

void check_duplicates(InstanceCheck& c) {
  const FactIndex index(c);
  index.each_slot([&](const Slot&, std::span<const std::uint32_t> facts) {
    if (facts.size() < 2) return;
    // Duplicates stand in one tuple, and texts in one language.
    const bool numeric = c.concept_of(facts[0])->is_numeric();
    const auto group = [&](std::uint32_t fact) {
      const instance::Fact& f = c.instance.facts()[fact];
      return std::pair(f.parent, numeric ? std::string_view() : f.element.lang());
    };
    std::vector<std::uint32_t> sorted(facts.begin(), facts.end());
    std::stable_sort(sorted.begin(), sorted.end(), [&](std::uint32_t a, std::uint32_t b) { return group(a) < group(b); });
    for (std::size_t first = 0, i = 1; i < sorted.size(); ++i) {
      if (group(sorted[i]) == group(sorted[first])) {
        tell(c, sorted[first], sorted[i], compare(c, sorted[first], sorted[i]));
      } else {
        first = i;
      }
    }
  });
}

}  // namespace factpress::validate
