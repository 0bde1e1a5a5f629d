#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/qname.h"
#include "base/result.h"

/// The Inline XBRL transformation registries: what the text inside ix:nonFraction and ix:nonNumeric means.
namespace factpress::xbrl {

/// True where the registry of the format's namespace (versions 1 to 5) has a format of that name that this program reads.
bool is_known_format(const QName& format);

/// True for a namespace that is one of the registry's versions.
bool is_transformation_registry(std::string_view uri);

/// The value that `content` stands for: plain decimal notation without separators for numbers (never a sign: the sign is an
/// attribute's matter, Inline XBRL 1.1 §10.2), ISO 8601 for dates, "true"/"false", or the empty string.
/// Fails with the reason where the format is unknown or the content does not match it (ixte:invalidValue).
Result<std::string> transform(const QName& format, std::string_view content);

/// Names of the formats of a registry's namespace, sorted: for "did you mean".
std::vector<std::string_view> format_names(std::string_view uri);

}  // namespace factpress::xbrl
