#pragma once
#include "document/document.h"

namespace factpress::tables {

/// The heads of the table in block `table`, or the few texts above it, speak of what is expected: guidance, outlook, forecast.
bool tells_outlook(const document::Document& document, std::size_t table);

}  // namespace factpress::tables
