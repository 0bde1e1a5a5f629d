#include <algorithm>

#include "assemble/concepts.h"
#include "base/text.h"
#include "mapping/companions.h"

namespace factpress::assemble {
namespace {

std::optional<mapping::AxisKind> axis_kind(std::string_view words) {
  if (icontains(words, "segment") || icontains(words, "business")) return mapping::AxisKind::business_segment;
  if (icontains(words, "geograph") || icontains(words, "country") || icontains(words, "region")) return mapping::AxisKind::geography;
  if (icontains(words, "product") || icontains(words, "service")) return mapping::AxisKind::product;
  if (icontains(words, "scenario")) return mapping::AxisKind::scenario;
  return std::nullopt;
}

bool is_whole(std::string_view member) {
  const std::string word = lower(trim(member));
  static const std::vector<std::string_view> wholes = {"", "total", "consolidated", "consolidated total", "total consolidated", "total company", "gaap", "as reported", "gaap results", "total segments", "company total"};
  return std::find(wholes.begin(), wholes.end(), word) != wholes.end();
}

std::string with_ending(std::string name, std::string_view ending) {
  if (!name.ends_with(ending)) name += ending;
  return name;
}

/// An axis of the official taxonomy where the year has one for the words, else the company's own.
Index axis_of(Draft& d, const std::string& words) {
  const auto kind = axis_kind(words);
  if (d.session && kind && d.options.profile != model::Profile::standalone) {
    const mapping::Axis axis = mapping::standard_axis(*kind, d.session->release());
    if (!axis.axis.local.empty()) {
      model::Concept c;
      c.kind = model::ConceptKind::dimension;
      c.name = standard_name(d, axis.axis.prefix, axis.axis.local);
      c.prefix = axis.axis.prefix;
      c.standard = true;
      c.type = {"http://www.xbrl.org/2003/instance", "stringItemType"};
      const Index index = d.add_concept(std::move(c));
      d.add_label(index, model::LabelRole::standard, words + " [Axis]");
      return index;
    }
  }
  return d.abstract_concept(with_ending(camel_case(words.empty() ? "Member" : words), "Axis"), words + " [Axis]", model::ConceptKind::dimension);
}

}  // namespace

std::vector<model::DimensionValue> dimensions_of(Draft& d, const std::vector<std::pair<std::string, std::string>>& words, const std::string& measure) {
  std::vector<model::DimensionValue> out;
  const auto add = [&](const std::string& axis_words, const std::string& member_words) {
    if (is_whole(member_words)) return;
    const Index axis = axis_of(d, axis_words);
    if (std::any_of(out.begin(), out.end(), [axis](const auto& v) { return v.dimension == axis; })) return;
    const Index member = d.abstract_concept(with_ending(camel_case(member_words), "Member"), member_words + " [Member]", model::ConceptKind::member);
    out.push_back({axis, member, ""});
  };
  for (const auto& [axis, member] : words) add(axis, member);
  if (!measure.empty()) add("Measure", measure);
  return out;
}

}  // namespace factpress::assemble
