#include "mapping/own_measure.h"

#include <algorithm>

#include "base/phrases.h"
#include "base/text.h"

namespace factpress::mapping {
namespace {

/// `word` in `text` with no letter on either side.
bool has_whole(std::string_view text, std::string_view word) {
  for (std::size_t at = ifind(text, word); at != std::string_view::npos; at = ifind(text, word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_alpha(text[at - 1])) && (end == text.size() || !is_alpha(text[end]))) return true;
  }
  return false;
}

bool is_own(std::string_view label) {
  static constexpr Phrases kCalls{"non-gaap", "non gaap", "nongaap", "pro forma", "constant currency", "normalized", "normalised", "free cash flow", "organic"};
  // What something costs or brings per barrel is not what it costs.
  static constexpr Phrases kPer{"per boe", "per bbl", "per mcf", "per mcfe", "per mboe", "per barrel", "per mmbtu", "per gallon", "per ton", "per tonne", "per ounce", "per pound", "per kwh", "per mwh", "per mile",
      "per asm", "per available seat mile", "per passenger", "per customer", "per subscriber", "per user", "per square foot", "per available room", "per occupied room", "per employee", "per store", "per vehicle"};
  if (kPer.any_in(label, [label](std::string_view w) { return has_whole(label, w); })) return true;
  if (kCalls.any_in(label, [label](std::string_view w) { return has_whole(label, w); })) return true;
  // "Adjusted for the stock split" tells how GAAP numbers were restated.
  const std::size_t at = ifind(label, "adjusted");
  return at != std::string_view::npos && has_whole(label, "adjusted") && !istarts_with(label.substr(at), "adjusted for");
}

/// A label that only says which of its heading's numbers the row has.
bool only_tells_which(const Row& row) {
  const bool shares = row.unit == UnitClass::per_share || row.unit == UnitClass::shares;
  return shares && row.label.size() < 20 && (has_whole(row.label, "basic") || has_whole(row.label, "diluted"));
}

}  // namespace

bool names_own_measure(const Row& row) {
  if (is_own(row.label)) return true;
  return only_tells_which(row) && !row.sections.empty() && is_own(row.sections.back()) && !has_whole(row.sections.back(), "reconciliation");
}

bool is_of_other_kind(const Row& row, std::string_view concept_name) {
  if (row.unit == UnitClass::per_share || row.unit == UnitClass::shares) return false;  // "earnings per average share"
  const auto told = [&](auto says) { return says(row.label) || (!row.sections.empty() && says(row.sections.back())); };
  // Not "Materials, at average cost"
  static constexpr Phrases kAverages{"average ", "avg ", "avg. ", "daily average ", "total average ", "quarterly average "};
  const auto average = [](std::string_view text) { return kAverages.any_in(text, [text](std::string_view w) { return istarts_with(text, w); }) && !istarts_with(text, "average cost"); };
  if (told(average) && !icontains(concept_name, "average")) return true;
  struct Kind {
    std::string_view word, other_spelling;
  };
  static constexpr Kind kKinds[] = {{"nonperforming", "non-performing"}, {"nonaccrual", "non-accrual"}, {"criticized", "criticised"}};
  return std::any_of(std::begin(kKinds), std::end(kKinds), [&](const Kind& kind) {
    return told([&](std::string_view text) { return has_whole(text, kind.word) || has_whole(text, kind.other_spelling); }) && !icontains(concept_name, kind.word);
  });
}

}  // namespace factpress::mapping
