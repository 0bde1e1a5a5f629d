#pragma once
#include <string>

#include "taxonomy/schema/value.h"

namespace factpress::taxonomy {

/// Appends a text that is the same for two values exactly where XBRL 2.1 §4.10 calls them x-equal: numbers by value, booleans
/// by truth, everything else as text. `nan_serial` is counted up and put in for a NaN, which equals nothing, itself included.
void append_value_key(std::string& key, const schema::Value& value, std::uint32_t& nan_serial);

}  // namespace factpress::taxonomy
