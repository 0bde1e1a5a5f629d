#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace factpress::taxonomy {

/// The bytes of a schema that is built into the program, by its canonical URL ("http://www.xbrl.org/2003/...", https as
/// well): the vocabulary of XBRL 2.1 and Dimensions 1.0, XLink, the data type and link role registries, generic links.
/// The bytes live as long as the program.
std::optional<std::string_view> core_schema(std::string_view url);

/// The URLs of all of them, sorted.
std::vector<std::string> core_schema_urls();

}  // namespace factpress::taxonomy
