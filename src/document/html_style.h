#pragma once
#include <cstdint>
#include <string_view>

#include "document/html_tokens.h"

namespace factpress::document {

/// What of an element's tag, style and old presentational attributes decides how its text reads. Unset: as around it.
struct HtmlStyle {
  enum class Toggle : std::uint8_t { unset, on, off };
  Toggle bold = Toggle::unset;
  Toggle italic = Toggle::unset;
  bool superscript = false;
  bool subscript = false;
  bool hidden = false;
  bool preformatted = false;
  Toggle white = Toggle::unset;  ///< the colour: white on white as a rule, but table heads may be dark
  bool ruled_below = false;   ///< a border or double border under a cell
  std::uint8_t align = 0;     ///< as document::Cell::align
  std::int16_t indent = 0;    ///< in rough characters
};

/// Never fails; unknown properties are passed over.
HtmlStyle html_style(Tag tag, std::string_view attributes);

}  // namespace factpress::document
