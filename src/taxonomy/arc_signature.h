#pragma once
#include <string>

#include "xml/document.h"

namespace factpress::schema {
class SchemaSet;
}

namespace factpress::taxonomy {

/// A text that two arcs share exactly where their non-exempt attributes are s-equal after schema validation, defaults
/// included (XBRL 2.1 §3.5.3.9.7.4): everything but use, priority and what is in the XLink and xmlns namespaces.
std::string arc_signature(const xml::Element& arc, const schema::SchemaSet& schemas);

}  // namespace factpress::taxonomy
