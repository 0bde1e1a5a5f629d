#include "document/html_style.h"

#include <algorithm>

#include "base/text.h"

namespace factpress::document {

namespace {

using Toggle = HtmlStyle::Toggle;

std::uint8_t alignment(std::string_view word) {
  if (iequals(word, "left") || iequals(word, "justify")) return 1;
  if (iequals(word, "center") || iequals(word, "middle")) return 2;
  return iequals(word, "right") ? 3 : 0;
}

/// A CSS length in rough characters of body text: 6 points or 8 pixels each, or one per cent of a page's hundred columns.
int characters(std::string_view length) {
  length = trim(length);
  bool negative = false;
  std::size_t at = 0;
  if (!length.empty() && length[0] == '-') negative = true, ++at;
  int whole = 0;
  for (; at < length.size() && is_digit(length[at]); ++at) whole = std::min(whole * 10 + (length[at] - '0'), 10000);
  int tenth = 0;
  if (at < length.size() && length[at] == '.') {
    if (++at < length.size() && is_digit(length[at])) tenth = length[at] - '0';
    while (at < length.size() && is_digit(length[at])) ++at;
  }
  const std::string_view unit = length.substr(at);
  const int tenths = whole * 10 + tenth;
  int out = tenths / 60;
  if (istarts_with(unit, "px")) out = tenths / 80;
  else if (istarts_with(unit, "in")) out = tenths * 12 / 10;
  else if (istarts_with(unit, "em")) out = tenths * 2 / 10;
  else if (istarts_with(unit, "%")) out = tenths / 10;
  return negative ? -std::min(out, 200) : std::min(out, 200);
}

/// The last of one to four lengths of a shorthand: the left side.
std::string_view left_of(std::string_view shorthand) {
  std::string_view parts[4];
  std::size_t n = 0, at = 0;
  while (at < shorthand.size() && n < 4) {
    while (at < shorthand.size() && is_space(shorthand[at])) ++at;
    const std::size_t begin = at;
    while (at < shorthand.size() && !is_space(shorthand[at])) ++at;
    if (at > begin) parts[n++] = shorthand.substr(begin, at - begin);
  }
  return n == 4 ? parts[3] : n >= 2 ? parts[1] : parts[0];
}

bool is_white(std::string_view colour) { return iequals(colour, "white") || iequals(colour, "#fff") || iequals(colour, "#ffffff"); }

void apply_weight(HtmlStyle& style, std::string_view value) {
  if (istarts_with(value, "bold") || (value.size() >= 3 && value[0] >= '6' && value[0] <= '9')) style.bold = Toggle::on;
  else if (istarts_with(value, "normal") || istarts_with(value, "light") || (value.size() >= 3 && is_digit(value[0]))) style.bold = Toggle::off;
}

void apply(HtmlStyle& style, std::string_view name, std::string_view value, int& padding) {
  if (name.empty() || value.empty()) return;
  switch (to_lower(name[0])) {
    case 'c':
      if (iequals(name, "color")) style.white = is_white(value) ? Toggle::on : Toggle::off;
      break;
    case 'd':
      if (iequals(name, "display") && istarts_with(value, "none")) style.hidden = true;
      break;
    case 'v':
      if (iequals(name, "visibility") && istarts_with(value, "hidden")) style.hidden = true;
      if (iequals(name, "vertical-align")) {
        if (istarts_with(value, "super") || istarts_with(value, "text-top")) style.superscript = true;
        if (iequals(value, "sub")) style.subscript = true;
      }
      break;
    case 'f':
      if (iequals(name, "font-weight")) apply_weight(style, value);
      else if (iequals(name, "font-style")) style.italic = istarts_with(value, "normal") ? Toggle::off : Toggle::on;
      else if (iequals(name, "font")) {
        if (icontains(value, "bold")) style.bold = Toggle::on;
        if (icontains(value, "italic")) style.italic = Toggle::on;
      }
      break;
    case 't':
      if (iequals(name, "text-align")) style.align = alignment(value);
      else if (iequals(name, "text-indent")) padding += characters(value);
      break;
    case 'p':
      if (iequals(name, "padding-left")) padding += characters(value);
      else if (iequals(name, "padding")) padding += characters(left_of(value));
      break;
    case 'm':
      if (iequals(name, "margin-left")) padding += characters(value);
      else if (iequals(name, "margin")) padding += characters(left_of(value));
      break;
    case 'b':
      if (iequals(name, "border-bottom") && !icontains(value, "none") && !istarts_with(value, "0")) style.ruled_below = true;
      break;
    case 'w':
      if (iequals(name, "white-space") && istarts_with(value, "pre") && !istarts_with(value, "pre-line")) style.preformatted = true;
      break;
    default: break;
  }
}

}  // namespace

HtmlStyle html_style(Tag tag, std::string_view attributes) {
  HtmlStyle style;
  if (tag == Tag::b || tag == Tag::strong || tag == Tag::th || (tag >= Tag::h1 && tag <= Tag::h6)) style.bold = Toggle::on;
  if (tag == Tag::i || tag == Tag::em) style.italic = Toggle::on;
  style.superscript = tag == Tag::sup;
  style.subscript = tag == Tag::sub;
  if (tag == Tag::center) style.align = 2;
  if (attributes.size() < 5) return style;
  bool hidden = false, aligned = false, styled = false;
  std::string_view css;
  HtmlAttributes all(attributes);
  for (HtmlAttribute a; all.next(a);) {
    if (!styled && iequals(a.name, "style")) css = a.value, styled = true;
    else if (!aligned && iequals(a.name, "align")) style.align = std::max(style.align, alignment(a.value)), aligned = true;
    else if (iequals(a.name, "hidden")) hidden = true;
    else if (iequals(a.name, "color")) style.white = is_white(trim(a.value)) ? Toggle::on : Toggle::off;
  }
  int padding = 0;
  while (!css.empty()) {
    const std::size_t semicolon = css.find(';');
    const std::string_view declaration = css.substr(0, semicolon);
    const std::size_t colon = declaration.find(':');
    if (colon != std::string_view::npos)
      apply(style, trim(declaration.substr(0, colon)), trim(declaration.substr(colon + 1)), padding);
    if (semicolon == std::string_view::npos) break;
    css.remove_prefix(semicolon + 1);
  }
  style.hidden = style.hidden || hidden;
  style.indent = static_cast<std::int16_t>(std::clamp(padding, -200, 200));
  return style;
}

HtmlStyle HtmlStyles::of(Tag tag, std::string_view attributes) {
  if (attributes.empty()) return html_style(tag, attributes);
  if (const auto known = known_.find({tag, attributes}); known != known_.end()) return known->second;
  const HtmlStyle style = html_style(tag, attributes);
  if (known_.size() < kMost) known_.emplace(Written{tag, attributes}, style);
  return style;
}

}  // namespace factpress::document
