#pragma once
#include <optional>
#include <string>

#include "diag/diagnostic.h"
#include "instance/inline_document.h"

namespace factpress::instance {

/// The exact value of an ix:nonFraction, ix:numerator or ix:denominator in plain notation: its text through its format, times ten
/// to its scale, with its sign (Inline XBRL 1.1 §10.2). Empty after a finding inline.value, inline.unknown-format or
/// inline.nesting.
std::optional<std::string> inline_number(const xml::Element& e, diag::Sink& sink);

/// The text of an ix:nonNumeric with everything that it continues at, ix:exclude left out, through its format; with escape="true"
/// the markup is kept as text. Empty after a finding.
std::optional<std::string> inline_text(const xml::Element& e, const InlineDocument& document, diag::Sink& sink);

bool is_nil(const xml::Element& e);

}  // namespace factpress::instance
