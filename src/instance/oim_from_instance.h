#pragma once
#include "instance/oim.h"
#include "instance/xbrl_instance.h"

namespace factpress::instance {

/// The facts of an XBRL 2.1 instance in the neutral form: items of every tuple, dimensions of segment and scenario alike. Decimals
/// are inferred from precision (XBRL 2.1 §4.6.6). Facts whose context is missing are left out: validation says so. `places`, where
/// given, replaces the facts' places one by one (facts of an inline document).
OimReport oim_from_instance(const Instance& instance, const std::vector<Place>* places = nullptr);

}  // namespace factpress::instance
