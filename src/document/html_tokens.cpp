#include "document/html_tokens.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>

#include "base/text.h"

namespace factpress::document {

namespace {

struct Name {
  std::string_view name;
  Tag tag;
};

constexpr Name kNames[] = {
    {"a", Tag::a},           {"address", Tag::block}, {"article", Tag::block}, {"aside", Tag::block},     {"b", Tag::b},
    {"blockquote", Tag::block}, {"body", Tag::body},  {"br", Tag::br},         {"button", Tag::button},   {"caption", Tag::caption},
    {"center", Tag::center}, {"dd", Tag::block},      {"description", Tag::sgml_line}, {"dir", Tag::ul},   {"div", Tag::block},
    {"dl", Tag::block},      {"document", Tag::block}, {"dt", Tag::block},     {"em", Tag::em},
    {"fieldset", Tag::block}, {"figcaption", Tag::block}, {"figure", Tag::block}, {"filename", Tag::sgml_line}, {"footer", Tag::block},
    {"form", Tag::block},    {"h1", Tag::h1},         {"h2", Tag::h2},         {"h3", Tag::h3},           {"h4", Tag::h4},
    {"h5", Tag::h5},         {"h6", Tag::h6},         {"head", Tag::head},     {"header", Tag::block},    {"hr", Tag::hr},
    {"html", Tag::block},    {"i", Tag::i},           {"iframe", Tag::iframe}, {"img", Tag::img},         {"kbd", Tag::other},
    {"li", Tag::li},         {"main", Tag::block},    {"nav", Tag::block},     {"noscript", Tag::noscript}, {"ol", Tag::ol},
    {"option", Tag::block},  {"p", Tag::p},           {"page", Tag::block},    {"pre", Tag::pre},         {"script", Tag::script},
    {"section", Tag::block}, {"select", Tag::select}, {"sequence", Tag::sgml_line}, {"strong", Tag::strong}, {"style", Tag::style},
    {"sub", Tag::sub},       {"sup", Tag::sup},       {"svg", Tag::svg},       {"table", Tag::table},     {"tbody", Tag::tbody},
    {"td", Tag::td},         {"template", Tag::template_}, {"text", Tag::block}, {"textarea", Tag::textarea}, {"tfoot", Tag::tbody},
    {"th", Tag::th},         {"thead", Tag::tbody},   {"title", Tag::title},   {"tr", Tag::tr},           {"type", Tag::sgml_line},
    {"ul", Tag::ul},         {"xmp", Tag::pre},
};

/// Where the names with each first letter begin, which is found faster than a name among all.
constexpr std::array<std::uint8_t, 27> kFirst = [] {
  std::array<std::uint8_t, 27> first{};
  for (std::size_t letter = 0, at = 0; letter < first.size(); ++letter) {
    while (at < std::size(kNames) && kNames[at].name[0] < static_cast<char>('a' + letter)) ++at;
    first[letter] = static_cast<std::uint8_t>(at);
  }
  return first;
}();

Tag tag_of(std::string_view name) {
  char lowered[16];
  if (name.empty() || name.size() >= sizeof lowered || !is_alpha(name[0])) return Tag::other;
  std::transform(name.begin(), name.end(), lowered, to_lower);
  const std::string_view wanted(lowered, name.size());
  const auto letter = static_cast<std::size_t>(wanted[0] - 'a');
  for (std::size_t at = kFirst[letter]; at < kFirst[letter + 1]; ++at)
    if (kNames[at].name == wanted) return kNames[at].tag;
  return Tag::other;
}

std::string_view raw_name(Tag tag) {
  switch (tag) {
    case Tag::script: return "script";
    case Tag::style: return "style";
    case Tag::iframe: return "iframe";
    case Tag::textarea: return "textarea";
    case Tag::svg: return "svg";
    case Tag::template_: return "template";
    case Tag::select: return "select";
    default: return {};
  }
}

}  // namespace

HtmlToken HtmlTokenizer::next() {
  if (raw_ != Tag::other) {
    const auto begin = static_cast<std::uint32_t>(at_);
    skip_raw_text(raw_);
    raw_ = Tag::other;
    return {HtmlToken::Kind::skipped, Tag::other, {begin, static_cast<std::uint32_t>(at_)}, {}};
  }
  if (at_ >= html_.size()) return {};
  if (html_[at_] == '<') {
    const HtmlToken token = markup();
    if (token.kind != HtmlToken::Kind::text) return token;
  }
  const auto begin = static_cast<std::uint32_t>(at_);
  const void* open = std::memchr(html_.data() + at_ + 1, '<', html_.size() - at_ - 1);
  at_ = open ? static_cast<std::size_t>(static_cast<const char*>(open) - html_.data()) : html_.size();
  return {HtmlToken::Kind::text, Tag::other, {begin, static_cast<std::uint32_t>(at_)}, {}};
}

HtmlToken HtmlTokenizer::markup() {
  const std::size_t begin = at_;
  const char c = begin + 1 < html_.size() ? html_[begin + 1] : '\0';
  if (is_alpha(c)) return tag(false);
  if (c == '/' && begin + 2 < html_.size() && is_alpha(html_[begin + 2])) return tag(true);
  if (c != '!' && c != '?' && c != '/') return {HtmlToken::Kind::text, Tag::other, {}, {}};
  const bool comment = html_.compare(begin, 4, "<!--") == 0;
  const std::string_view close = comment ? "-->" : ">";
  const std::size_t end = html_.find(close, begin + (comment ? 2 : 1));  // "<!-->" is a whole comment
  at_ = end == std::string_view::npos ? html_.size() : end + close.size();
  return {HtmlToken::Kind::skipped, Tag::other, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)}, {}};
}

HtmlToken HtmlTokenizer::tag(bool closing) {
  const std::size_t begin = at_;
  std::size_t at = begin + (closing ? 2 : 1);
  const std::size_t name = at;
  while (at < html_.size() && !is_space(html_[at]) && html_[at] != '>' && html_[at] != '/' && html_[at] != '<') ++at;
  const Tag tag = tag_of(html_.substr(name, at - name));
  const std::size_t attributes = at;
  char quote = '\0';
  const auto after_equals = [&](std::size_t i) {
    while (i > attributes && is_space(html_[i - 1])) --i;
    return i > attributes && html_[i - 1] == '=';
  };
  for (; at < html_.size() && html_[at] != '>'; ++at) {
    if ((html_[at] != '"' && html_[at] != '\'') || !after_equals(at)) continue;
    const std::size_t close = html_.find(html_[at], at + 1);
    if (close == std::string_view::npos) {
      quote = html_[at];
      at = html_.size();
      break;
    }
    at = close;
  }
  if (at >= html_.size() && quote) {  // a quote that is never closed: the tag ends at the first '>' after all
    const std::size_t close = html_.find('>', attributes);
    at = close == std::string_view::npos ? html_.size() : close;
  }
  at_ = std::min(at + 1, html_.size());
  if (!closing && !raw_name(tag).empty() && html_[at - 1] != '/') raw_ = tag;
  return {closing ? HtmlToken::Kind::end : HtmlToken::Kind::start, tag,
          {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)}, html_.substr(attributes, at - attributes)};
}

void HtmlTokenizer::skip_raw_text(Tag tag) {
  const std::string_view name = raw_name(tag);
  for (std::size_t at = at_;; ++at) {
    at = html_.find("</", at);
    if (at == std::string_view::npos) break;
    if (istarts_with(html_.substr(at + 2), name)) {
      at_ = at;
      return;
    }
  }
  at_ = html_.size();
}

bool HtmlAttributes::next(HtmlAttribute& out) {
  const std::string_view all = attributes_;
  std::size_t at = at_;
  while (at < all.size() && (is_space(all[at]) || all[at] == '/')) ++at;
  if (at >= all.size()) return at_ = at, false;
  const std::size_t key = at;
  while (at < all.size() && !is_space(all[at]) && all[at] != '=') ++at;
  out = {all.substr(key, at - key), {}};
  if (at == key) ++at;
  std::size_t next = at;
  while (next < all.size() && is_space(all[next])) ++next;
  if (next < all.size() && all[next] == '=') {
    ++next;
    while (next < all.size() && is_space(all[next])) ++next;
    const char quote = next < all.size() && (all[next] == '"' || all[next] == '\'') ? all[next] : '\0';
    const std::size_t begin = quote ? next + 1 : next;
    at = begin;
    if (quote) at = std::min(all.find(quote, begin), all.size());
    else
      while (at < all.size() && !is_space(all[at])) ++at;
    out.value = all.substr(begin, at - begin);
    if (quote && at < all.size()) ++at;
  }
  at_ = at;
  return true;
}

std::string_view html_attribute(std::string_view attributes, std::string_view name) {
  HtmlAttributes all(attributes);
  for (HtmlAttribute a; all.next(a);)
    if (iequals(a.name, name)) return a.value;
  return {};
}

}  // namespace factpress::document
