#pragma once
#include <string>

#include "taxonomy/load.h"
#include "validate/instance_check.h"

namespace factpress::validate::rules {

/// What an instance says in XLink: its linkbaseRef, roleRef and arcroleRef elements, and its footnote links
/// (XBRL 2.1 §4.3 to §4.5, §4.11). `name` is the normal name of the instance.
void instance_links(InstanceCheck& check, const taxonomy::LoadedDts& dts, const std::string& name);

}  // namespace factpress::validate::rules
