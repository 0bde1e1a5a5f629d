#pragma once
#include <cstdint>
#include <string_view>

#include "base/source.h"

namespace factpress::document {

/// The elements that decide how a release reads; all others are `other` (inline) or `block` (paragraph-like).
enum class Tag : std::uint8_t {
  other, block, a, b, br, body, center, em, head, h1, h2, h3, h4, h5, h6, hr, i, iframe, li, noscript, ol, p, pre, script,
  sgml_line, strong, style, sub, sup, svg, table, tbody, td, textarea, th, title, tr, ul, caption, template_, select, button, img,
};

/// One piece of markup or text.
struct HtmlToken {
  enum class Kind : std::uint8_t { text, start, end, skipped, eof } kind = Kind::eof;
  Tag tag = Tag::other;
  Span span;
  std::string_view attributes;  ///< of a start tag: what stands between its name and its '>'
};

/// Splits HTML into tags and text as browsers do, without ever failing: a '<' that begins nothing is text; comments,
/// declarations and the contents of script and style are skipped; a tag that is never closed ends the document.
class HtmlTokenizer {
 public:
  /// Begins at `begin`; spans are places in `html`.
  explicit HtmlTokenizer(std::string_view html, std::size_t begin = 0) : html_(html), at_(begin) {}
  HtmlToken next();

 private:
  HtmlToken markup();
  HtmlToken tag(bool closing);
  void skip_raw_text(Tag tag);

  std::string_view html_;
  std::size_t at_ = 0;
  Tag raw_ = Tag::other;
};

/// An attribute as it stands in a tag: quotes removed, entities left; the value is empty where there is none.
struct HtmlAttribute {
  std::string_view name, value;
};

/// Walks the attributes of a tag in one pass. Of attributes of one name the first counts (HTML 13.2.5.33).
class HtmlAttributes {
 public:
  explicit HtmlAttributes(std::string_view attributes) : attributes_(attributes) {}
  bool next(HtmlAttribute& out);

 private:
  std::string_view attributes_;
  std::size_t at_ = 0;
};

/// The value of the first attribute of the name; empty where the tag has none.
std::string_view html_attribute(std::string_view attributes, std::string_view name);

}  // namespace factpress::document
