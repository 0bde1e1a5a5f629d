#pragma once
#include "taxonomy/links.h"
#include "validate/rules.h"
#include "validate/rules/role_references.h"

namespace factpress::validate::rules {

/// The constraints that every extended link must meet, whether it stands in a linkbase or is a footnote link of an instance:
/// roles declared and meant for their elements, locators that lead somewhere, arcs between labels that exist, none twice.
void check_link(DtsCheck& check, const RoleScope& scope, const taxonomy::ExtendedLink& link);

}  // namespace factpress::validate::rules
