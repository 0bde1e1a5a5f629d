#pragma once
#include "validate/rules.h"

namespace factpress::validate::rules {

/// The constraints on one linkbaseRef, of a schema or an instance (XBRL 2.1 §4.3, §5.1.2).
void check_linkbase_reference(DtsCheck& check, const taxonomy::Follow& follow, const xml::Element& reference);

}  // namespace factpress::validate::rules
