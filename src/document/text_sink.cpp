#include "document/text_sink.h"

#include "base/text.h"

namespace factpress::document {

void TextSink::close_runs(const Look& next) {
  const bool was[5] = {look_.strong, look_.italic, look_.superscript, look_.subscript, look_.link >= 0};
  const bool now[5] = {next.strong, next.italic, next.superscript, next.subscript, next.link >= 0};
  for (int kind = 0; kind < 5; ++kind) {
    const bool changed = was[kind] != now[kind] || (kind == 4 && look_.link != next.link);
    if (!changed) continue;
    if (was[kind] && text_.size() > open_[kind]) {
      runs_.push_back({static_cast<Emphasis::Kind>(kind), open_[kind], text_.size(), {}});
      link_of_.push_back(kind == 4 ? look_.link : -1);
    }
  }
}

void TextSink::before(const Look& look) {
  const bool changes = !(look == look_);
  if (changes) close_runs(look);
  if (pending_ != Pending::none && !text_.empty()) {
    text_.append_replaced(pending_ == Pending::line ? "\n" : " ", pending_span_);
  }
  pending_ = Pending::none;
  if (!changes) return;
  const bool was[5] = {look_.strong, look_.italic, look_.superscript, look_.subscript, look_.link >= 0};
  const bool now[5] = {look.strong, look.italic, look.superscript, look.subscript, look.link >= 0};
  for (int kind = 0; kind < 5; ++kind)
    if (now[kind] && (!was[kind] || (kind == 4 && look.link != look_.link))) open_[kind] = text_.size();
  look_ = look;
}

void TextSink::count(std::size_t n, const Look& look) {
  visible_ += n;
  strong_ += look.strong ? n : 0;
  italic_ += look.italic ? n : 0;
}

void TextSink::verbatim(std::string_view text, std::uint32_t source, const Look& look) {
  if (text.empty()) return;
  before(look);
  text_.append_verbatim(text, source);
  count(text.size(), look);
}

void TextSink::replaced(std::string_view text, Span span, const Look& look) {
  if (text.empty()) return;
  before(look);
  text_.append_replaced(text, span);
  count(text.size(), look);
}

void TextSink::space(Span span) {
  if (pending_ == Pending::none) pending_ = Pending::space, pending_span_ = span;
  else if (pending_span_.end == span.begin) pending_span_.end = span.end;
}

void TextSink::line_break(Span span) {
  if (pending_ == Pending::none) pending_span_ = span;
  pending_ = Pending::line;
}

MappedText TextSink::take(std::vector<Emphasis>& emphasis, const std::vector<std::string>& links) {
  close_runs(Look{});
  emphasis = std::move(runs_);
  for (std::size_t i = 0; i < emphasis.size(); ++i)
    if (link_of_[i] >= 0) emphasis[i].target = links[static_cast<std::size_t>(link_of_[i])];
  MappedText out = std::move(text_);
  *this = TextSink{};
  return out;
}

Blank typographic_blank(std::string_view t) {
  const auto byte = [&](std::size_t i) { return i < t.size() ? static_cast<unsigned char>(t[i]) : 0U; };
  if (byte(0) == 0xC2) return byte(1) == 0xA0 ? Blank{2, true} : byte(1) == 0xAD ? Blank{2, false} : Blank{};
  if (byte(0) == 0xE2 && byte(1) == 0x80) {
    if (byte(2) >= 0x80 && byte(2) <= 0x8A) return {3, true};
    if (byte(2) >= 0x8B && byte(2) <= 0x8F) return {3, false};
    return byte(2) == 0xAF ? Blank{3, true} : Blank{};
  }
  if (byte(0) == 0xE2 && byte(1) == 0x81 && byte(2) == 0xA0) return {3, false};
  if (byte(0) == 0xE3 && byte(1) == 0x80 && byte(2) == 0x80) return {3, true};
  if (byte(0) == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF) return {3, false};
  return {};
}

void append_plain(TextSink& sink, std::string_view text, std::uint32_t source, const Look& look) {
  std::size_t at = 0;
  const auto place = [&](std::size_t i) { return source + static_cast<std::uint32_t>(i); };
  while (at < text.size()) {
    const char c = text[at];
    if (is_space(c)) {
      const std::size_t begin = at;
      while (at < text.size() && is_space(text[at])) ++at;
      sink.space({place(begin), place(at)});
      continue;
    }
    if (const Blank blank = typographic_blank(text.substr(at, 3)); blank.length) {
      if (blank.visible) sink.leading_blank(), sink.space({place(at), place(at + blank.length)});
      at += blank.length;
      continue;
    }
    const std::size_t begin = at;
    for (; at < text.size(); ++at) {
      const auto b = static_cast<unsigned char>(text[at]);
      if (b == ' ' && at + 1 < text.size() && !is_space(text[at + 1]) && !typographic_blank(text.substr(at + 1, 3)).length) continue;
      if (is_space(text[at]) || b < 32) break;
      if ((b == 0xC2 || b == 0xE2 || b == 0xE3 || b == 0xEF) && typographic_blank(text.substr(at, 3)).length) break;
    }
    if (at == begin) ++at;  // a control character: no reader sees it
    else sink.verbatim(text.substr(begin, at - begin), place(begin), look);
  }
}

}  // namespace factpress::document
