#pragma once
#include <cstdint>
#include <vector>

#include "taxonomy/dimensions.h"
#include "validate/instance_check.h"

namespace factpress::validate {

/// A dimension's value in a context (Dimensions 1.0 §3.1).
struct DimensionValue {
  taxonomy::ConceptId dimension = taxonomy::no_id;  ///< no_id: not a dimension of the kind that the element needs
  taxonomy::ConceptId member = taxonomy::no_id;     ///< of an explicit dimension; no_id where it is no concept
  bool typed = false;
  bool valid = true;  ///< a typed value fits its domain's declaration
  bool in_segment = false;
  xml::Element element;
};

/// What a context says dimensionally.
struct DimensionalContext {
  std::vector<DimensionValue> values;
  bool segment_other = false;  ///< the segment holds something that is no dimension value
  bool scenario_other = false;
  const DimensionValue* find(taxonomy::ConceptId dimension) const;
  const DimensionValue* find(taxonomy::ConceptId dimension, bool in_segment) const;
};

/// Reads every context and reports what is wrong with its dimension values, used or not: xbrldie:RepeatedDimensionInInstanceError,
/// ExplicitMemberNotExplicitDimensionError, TypedMemberNotTypedDimensionError, ExplicitMemberUndefinedQNameError,
/// IllegalTypedDimensionContentError, DefaultValueUsedInInstanceError. One entry a context.
std::vector<DimensionalContext> read_dimensions(InstanceCheck& check, const taxonomy::DimensionModel& model);

/// Dimensions 1.0 §3.1.3: every fact of a primary item that hypercubes bind must fit all of them in some role. Emits
/// xbrldie:PrimaryItemDimensionallyInvalidError. Facts of one concept in one context are judged once.
void check_dimensions(InstanceCheck& check, const taxonomy::DimensionModel& model, const std::vector<DimensionalContext>& contexts);

}  // namespace factpress::validate
