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
    Mismatch why;  // told only where no role fits
    taxonomy::UriId where = no_id;
    std::size_t i = 0;
    while (i < cubes.size()) {  // the hypercubes of one role must all be satisfied, those of another role are an alternative
      const taxonomy::UriId role = model_.cubes()[cubes[i]].role;
      Mismatch failure;
      for (; i < cubes.size() && model_.cubes()[cubes[i]].role == role; ++i) {
        if (failure) continue;
        const Cube& cube = model_.cubes()[cubes[i]];
        const Mismatch found = mismatch(cube, context);
        if (cube.is_all) {
          failure = found;
        } else if (!found) {
          failure = {.what = Mismatch::What::forbidden, .cube = cube.hypercube};
        }
      }
      if (!failure) return {};
      if (!why) why = failure, where = role;
    }
    return why ? fmt::format("{} (role {})", describe(why), t_.uri(where)) : std::string();
  }

 private:
  /// What keeps a context out of a hypercube.
  struct Mismatch {
    enum class What : std::uint8_t { none, forbidden, closed_segment, closed_scenario, closed_dimension, no_value, no_default, no_member } what = What::none;
    ConceptId cube = no_id, dimension = no_id, member = no_id;
    explicit operator bool() const { return what != What::none; }
  };

  std::string describe(const Mismatch& m) const {
    const auto name = [&](ConceptId id, std::string_view otherwise) { return id == no_id ? std::string(otherwise) : t_.display_name(id); };
    switch (m.what) {
      case Mismatch::What::none: break;
      case Mismatch::What::forbidden: return fmt::format("{} forbids this combination", t_.display_name(m.cube));
      case Mismatch::What::closed_segment: return fmt::format("{} is closed but its segment holds more than dimensions", t_.display_name(m.cube));
      case Mismatch::What::closed_scenario: return fmt::format("{} is closed but its scenario holds more than dimensions", t_.display_name(m.cube));
      case Mismatch::What::closed_dimension: return fmt::format("{} is closed and has no dimension {}", t_.display_name(m.cube), name(m.dimension, "of that name"));
      case Mismatch::What::no_value: return fmt::format("the context gives no value for {}", t_.display_name(m.dimension));
      case Mismatch::What::no_default: return fmt::format("the context gives no value for {}, which has no default", t_.display_name(m.dimension));
      case Mismatch::What::no_member: return fmt::format("{} is no usable member of {}", name(m.member, "the value"), t_.display_name(m.dimension));
    }
    return {};
  }

  /// Why the context lies outside the hypercube, or empty where it lies within (§3.1.3.1).
  Mismatch mismatch(const Cube& cube, const DimensionalContext& context) const {
    const bool segment = cube.context_element != taxonomy::ContextElement::scenario;
    std::size_t found = 0;
    for (const taxonomy::CubeDimension& d : cube.dimensions) {
      const DimensionValue* value = context.find(d.dimension, segment);
      if (value) ++found;
      if (const Mismatch wrong = mismatch(d, value)) return wrong;
    }
    if (!cube.closed) return {};
    if (segment ? context.segment_other : context.scenario_other) {
      return {.what = segment ? Mismatch::What::closed_segment : Mismatch::What::closed_scenario, .cube = cube.hypercube};
    }
    for (const DimensionValue& v : context.values) {
      if (v.in_segment != segment || in_cube(cube, v.dimension)) continue;
      return {.what = Mismatch::What::closed_dimension, .cube = cube.hypercube, .dimension = v.dimension};
    }
    return {};
  }

  static bool in_cube(const Cube& cube, ConceptId dimension) {
    for (const taxonomy::CubeDimension& d : cube.dimensions) {
      if (d.dimension == dimension) return true;
    }
    return false;
  }

  Mismatch mismatch(const taxonomy::CubeDimension& d, const DimensionValue* value) const {
    const taxonomy::Dimension& dimension = *model_.find_dimension(d.dimension);
    if (dimension.typed) {
      if (!value) return {.what = Mismatch::What::no_value, .dimension = d.dimension};
      return {};  // a value that is not valid was told where it stands (§3.1.4.4)
    }
    const ConceptId member = value ? value->member : dimension.default_member;
    if (!value && member == no_id) return {.what = Mismatch::What::no_default, .dimension = d.dimension};
    if (member != no_id && model_.domains()[d.domain].contains(member)) return {};
    return {.what = Mismatch::What::no_member, .dimension = d.dimension, .member = member};
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
