#pragma once
#include <cstdint>
#include <functional>
#include <string_view>
#include <unordered_map>

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

/// The same, worked out once for a tag with these attributes: exports write the same ones on thousands of cells. The attributes' bytes
/// must outlive it.
class HtmlStyles {
 public:
  HtmlStyle of(Tag tag, std::string_view attributes);

 private:
  static constexpr std::size_t kMost = 512;  ///< kept; a page that has more is read without help
  struct Written {
    Tag tag;
    std::string_view attributes;
    bool operator==(const Written&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Written& w) const { return std::hash<std::string_view>()(w.attributes) * 31 + static_cast<std::size_t>(w.tag); }
  };
  std::unordered_map<Written, HtmlStyle, Hash> known_;
};

}  // namespace factpress::document
