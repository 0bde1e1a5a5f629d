#pragma once
#include <string_view>

#include "base/qname.h"

namespace factpress::xbrl {

/// What kind of values a data type holds, as far as units and writing depend on it.
enum class TypeClass { monetary, shares, pure, per_share, percent, other_numeric, text, date, boolean, enumeration, other };

/// By the name of a type of xbrl-instance-2003-12-31.xsd, of any version of the data type registry, or of the official
/// taxonomies' own type schemas (us-types, num, nonnum, dei): those keep the same local names.
TypeClass type_class(std::string_view local_name);
inline TypeClass type_class(const QName& type) { return type_class(std::string_view(type.local)); }

/// Items of this type carry a unit and decimals (XBRL 2.1 §4.6, §5.1.1.3).
bool is_numeric(TypeClass c);

}  // namespace factpress::xbrl
