#pragma once
#include "taxonomy/schema/components.h"

namespace factpress::schema {

/// The built-in types of XML Schema part 2, and anyType; made once, shared by all sets.
const Type* builtin_type(std::string_view local_name);
const Type& any_type();
const Type& any_simple_type();

/// The attributes of the xml namespace, for schemas that refer to them without importing their declarations.
const AttributeDecl* builtin_xml_attribute(std::string_view local_name);

}  // namespace factpress::schema
