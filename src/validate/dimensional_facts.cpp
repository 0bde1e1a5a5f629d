#include <fmt/core.h>

#include "diag/codes/dimensions.h"
#include "validate/dimensional_context.h"

namespace factpress::validate {
using taxonomy::ConceptId;
using taxonomy::Cube;
using taxonomy::no_id;

namespace {

/// Judges contexts against hypercubes.
class CubeCheck {
 public:
  CubeCheck(const taxonomy::Taxonomy& t, const taxonomy::DimensionModel& model) : t_(t), model_(model) {}

  /// Why a primary item does not fit the context, or empty where it does.
  std::string judge(ConceptId primary, const DimensionalContext& context) const {
    const auto cubes = model_.cubes_of(primary);
    std::string why;
    std::size_t i = 0;
    while (i < cubes.size()) {  // the hypercubes of one role must all be satisfied, those of another role are an alternative
      const taxonomy::UriId role = model_.cubes()[cubes[i]].role;
      std::string failure;
      for (; i < cubes.size() && model_.cubes()[cubes[i]].role == role; ++i) {
        if (!failure.empty()) continue;
        const Cube& cube = model_.cubes()[cubes[i]];
        std::string reason = mismatch(cube, context);
        if (cube.is_all) {
          failure = std::move(reason);
        } else if (reason.empty()) {
          failure = fmt::format("{} forbids this combination", t_.display_name(cube.hypercube));
        }
      }
      if (failure.empty()) return {};
      if (why.empty()) why = fmt::format("{} (role {})", failure, t_.uri(role));
    }
    return why;
  }

 private:
  /// Why the context lies outside the hypercube, or empty where it lies within (§3.1.3.1).
  std::string mismatch(const Cube& cube, const DimensionalContext& context) const {
    const bool segment = cube.context_element != taxonomy::ContextElement::scenario;
    std::size_t found = 0;
    for (const taxonomy::CubeDimension& d : cube.dimensions) {
      const DimensionValue* value = context.find(d.dimension, segment);
      if (value) ++found;
      if (std::string reason = mismatch(d, value); !reason.empty()) return reason;
    }
    if (!cube.closed) return {};
    if (segment ? context.segment_other : context.scenario_other) {
      return fmt::format("{} is closed but its {} holds more than dimensions", t_.display_name(cube.hypercube), segment ? "segment" : "scenario");
    }
    for (const DimensionValue& v : context.values) {
      if (v.in_segment != segment || in_cube(cube, v.dimension)) continue;
      return fmt::format("{} is closed and has no dimension {}", t_.display_name(cube.hypercube),
                         v.dimension == no_id ? std::string("of that name") : t_.display_name(v.dimension));
    }
    return {};
  }

  static bool in_cube(const Cube& cube, ConceptId dimension) {
    for (const taxonomy::CubeDimension& d : cube.dimensions) {
      if (d.dimension == dimension) return true;
    }
    return false;
  }

  std::string mismatch(const taxonomy::CubeDimension& d, const DimensionValue* value) const {
    const taxonomy::Dimension& dimension = *model_.find_dimension(d.dimension);
    if (dimension.typed) {
      if (!value) return fmt::format("the context gives no value for {}", t_.display_name(d.dimension));
      return {};  // a value that is not valid was told where it stands (§3.1.4.4)
    }
    const ConceptId member = value ? value->member : dimension.default_member;
    if (!value && member == no_id) return fmt::format("the context gives no value for {}, which has no default", t_.display_name(d.dimension));
    if (member != no_id && model_.domains()[d.domain].contains(member)) return {};
    return fmt::format("{} is no usable member of {}", member == no_id ? std::string("the value") : t_.display_name(member), t_.display_name(d.dimension));
  }

  const taxonomy::Taxonomy& t_;
  const taxonomy::DimensionModel& model_;
};

}  // namespace

void check_dimensions(InstanceCheck& c, const taxonomy::DimensionModel& model, const std::vector<DimensionalContext>& contexts) {
  if (model.cubes().empty()) return;
  const CubeCheck cubes(c.taxonomy, model);
  for (std::size_t i = 0; i < c.rows.size(); ++i) {
    const ConceptId id = c.rows[i].concept_id;
    const std::uint32_t context = c.instance.facts()[i].context;
    if (id == no_id || context == instance::no_id || model.cubes_of(id).empty()) continue;
    const std::string why = cubes.judge(id, contexts[context]);
    if (why.empty()) continue;
    c.sink.add({diag::codes::dimensions_primary_item_invalid, c.place(i),
                fmt::format("{} in context '{}': {}", c.name_of(i), c.instance.contexts()[context].id, why)});
  }
}

}  // namespace factpress::validate
