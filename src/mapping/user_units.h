#pragma once
#include "facts/raw_fact.h"
#include "mapping/user_mapping.h"

namespace factpress::mapping {

/// Gives the numbers of rows that a user's rule speaks of the unit and the scale it tells, in the tables and in the facts read from them, before
/// anything is proved of them. A doubt that is settled by it is taken back; percentages stay as they are.
void apply_units(const UserMapping& user, facts::Reading& reading);

}  // namespace factpress::mapping
