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
    std::vector<std::uint32_t> left(facts.begin(), facts.end());
    while (left.size() > 1) {
      const std::uint32_t first = left.front();
      const std::string_view lang = c.concept_of(first)->is_numeric() ? std::string_view() : c.instance.facts()[first].element.lang();
      std::vector<std::uint32_t> rest;
      for (std::size_t i = 1; i < left.size(); ++i) {
        const std::uint32_t fact = left[i];
        const bool same_parent = c.instance.facts()[fact].parent == c.instance.facts()[first].parent;
        const bool same_lang = c.concept_of(first)->is_numeric() || c.instance.facts()[fact].element.lang() == lang;
        if (same_parent && same_lang) {
          tell(c, first, fact, compare(c, first, fact));
        } else {
          rest.push_back(fact);
        }
      }
      left = std::move(rest);
    }
  });
}

}  // namespace factpress::validate
