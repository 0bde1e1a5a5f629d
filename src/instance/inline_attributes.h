#pragma once
#include "diag/diagnostic.h"
#include "xml/document.h"

namespace factpress::instance {

/// Checks the attributes of one element of the Inline XBRL 1.1 namespace by a table of what each may and must have: findings
/// inline.attribute with the attribute's place and the nearest known name.
void check_inline_attributes(const xml::Element& e, diag::Sink& sink);

/// An optional sign and digits, as scale and decimals have it (xs:integer); "INF" is for the caller.
bool is_integer_text(std::string_view text);

}  // namespace factpress::instance
