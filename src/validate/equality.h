#pragma once
#include <cstdint>
#include <vector>

#include "instance/xbrl_instance.h"
#include "taxonomy/schema/schema_set.h"

namespace factpress::validate {

/// Contexts numbered by s-equality (XBRL 2.1 §4.10): two have the same number exactly where entity, period, segment and
/// scenario are s-equal, values compared by their schema types and defaults put in. Dimension members are compared as the
/// names that they mean, and as a set where a segment or scenario holds nothing else (Dimensions 1.0 §3.1.4).
std::vector<std::uint32_t> context_classes(const instance::Instance& instance, const schema::SchemaSet& schemas,
                                           const schema::Outcome& outcome);

/// Units numbered by u-equality.
std::vector<std::uint32_t> unit_classes(const instance::Instance& instance);

}  // namespace factpress::validate
