#include "document/inline_text.h"

#include <algorithm>

#include "base/text.h"
#include "document/html_entities.h"

namespace factpress::document {

namespace {

constexpr std::uint32_t kLongestEmphasis = 4000;

bool is_punctuation(char c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

bool is_address(std::string_view text) {
  return istarts_with(text, "http://") || istarts_with(text, "https://") || istarts_with(text, "mailto:");
}

}  // namespace

void InlineText::append(Span span) {
  std::uint32_t at = span.begin;
  while (at < span.end) {
    const std::uint32_t begin = at;
    while (at < span.end && std::string_view("\\&*_[<`").find(source_[at]) == std::string_view::npos) ++at;
    if (at > begin) append_plain(sink_, source_.substr(begin, at - begin), begin, look_);
    if (at >= span.end) break;
    const char c = source_[at];
    if (c == '\\' && at + 1 < span.end && is_punctuation(source_[at + 1])) {
      sink_.replaced(source_.substr(at + 1, 1), {at, at + 2}, look_);
      at += 2;
      continue;
    }
    std::uint32_t next = at;
    if (c == '&') {
      const CharacterReference ref = character_reference(source_.substr(at, std::min<std::size_t>(40, span.end - at)));
      if (ref.length) {
        next = at + static_cast<std::uint32_t>(ref.length);
        std::string utf8;
        append_utf8(utf8, ref.code_point);
        if (typographic_blank(utf8).length) sink_.leading_blank(), sink_.space({at, next});
        else sink_.replaced(utf8, {at, next}, look_);
      }
    } else if (c == '*' || c == '_') {
      next = marker(at, span.end);
    } else if (c == '[') {
      next = link(at, span.end);
    } else if (c == '<') {
      next = angle(at, span.end);
    }
    if (next == at) {
      sink_.verbatim(source_.substr(at, 1), at, look_);
      ++at;
    } else {
      at = next;
    }
  }
}

/// A run of '*' or '_' that opens or closes emphasis; `at` again where it does neither.
std::uint32_t InlineText::marker(std::uint32_t at, std::uint32_t end) {
  const char c = source_[at];
  std::uint32_t stop = at;
  while (stop < end && source_[stop] == c) ++stop;
  const std::uint32_t n = stop - at;
  if (n > 3) {  // a rule or a redaction, not emphasis
    sink_.verbatim(source_.substr(at, n), at, look_);
    return stop;
  }
  const char before = at > 0 ? source_[at - 1] : ' ', after = stop < end ? source_[stop] : ' ';
  if (c == '_' && is_alnum(before) && is_alnum(after)) return at;
  const bool strong = n >= 2, italic = n != 2;
  const bool closes = !is_space(before) && (!strong || look_.strong) && (!italic || look_.italic);
  const bool opens = !closes && !is_space(after) && source_.substr(stop, std::min<std::uint32_t>(end - stop, kLongestEmphasis)).find(source_.substr(at, n)) != std::string_view::npos;
  if (!closes && !opens) return at;
  if (strong) look_.strong = opens;
  if (italic) look_.italic = opens;
  return stop;
}

/// "[words](address)": the words with a link run.
std::uint32_t InlineText::link(std::uint32_t at, std::uint32_t end) {
  const std::string_view rest = source_.substr(at, std::min<std::uint32_t>(end - at, 2000));
  const std::size_t middle = rest.find("](");
  if (middle == std::string_view::npos || look_.link >= 0) return at;
  const std::size_t close = rest.find(')', middle);
  if (close == std::string_view::npos) return at;
  std::string_view target = trim(rest.substr(middle + 2, close - middle - 2));
  target = target.substr(0, target.find(' '));
  const Look outside = look_;
  if (is_address(target)) {
    look_.link = static_cast<int>(links_.size());
    links_.emplace_back(target);
  }
  append_plain(sink_, rest.substr(1, middle - 1), at + 1, look_);
  look_ = outside;
  return at + static_cast<std::uint32_t>(close) + 1;
}

/// "<http://...>" reads as its address; a tag vanishes (its <br> breaks the line).
std::uint32_t InlineText::angle(std::uint32_t at, std::uint32_t end) {
  const std::string_view rest = source_.substr(at, std::min<std::uint32_t>(end - at, 2000));
  const std::size_t close = rest.find('>');
  if (close == std::string_view::npos || close < 2) return at;
  const std::string_view inside = rest.substr(1, close - 1);
  const std::uint32_t stop = at + static_cast<std::uint32_t>(close) + 1;
  if (is_address(inside)) {
    Look look = look_;
    look.link = static_cast<int>(links_.size());
    links_.emplace_back(inside);
    append_plain(sink_, inside, at + 1, look);
    return stop;
  }
  if (!is_alpha(inside[0]) && inside[0] != '/') return at;
  if (istarts_with(inside, "br")) sink_.line_break({at, stop});
  if (istarts_with(inside, "sup")) look_.superscript = true;
  if (istarts_with(inside, "/sup")) look_.superscript = false;
  return stop;
}

MappedText InlineText::take(std::vector<Emphasis>& emphasis) {
  look_ = Look{};
  MappedText out = sink_.take(emphasis, links_);
  links_.clear();
  return out;
}

}  // namespace factpress::document
