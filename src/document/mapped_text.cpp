#include "document/mapped_text.h"

#include <algorithm>

#include "base/text.h"

namespace factpress::document {

void MappedText::append_verbatim(std::string_view text, std::uint32_t source_begin) {
  if (text.empty()) return;
  const bool continues = !runs_.empty() && runs_.back().verbatim &&
                         runs_.back().source_begin + (size() - runs_.back().text_begin) == source_begin;
  if (continues) runs_.back().source_length += static_cast<std::uint32_t>(text.size());
  else runs_.push_back({size(), source_begin, static_cast<std::uint32_t>(text.size()), true});
  text_ += text;
}

void MappedText::append_replaced(std::string_view text, Span span) {
  if (text.empty()) return;
  runs_.push_back({size(), span.begin, span.size(), false});
  text_ += text;
}

void MappedText::append(const MappedText& other) {
  for (Run run : other.runs_) {
    run.text_begin += size();
    runs_.push_back(run);
  }
  text_ += other.text_;
}

void MappedText::append_apart(const MappedText& other) {
  if (!empty()) {
    const std::uint32_t from = runs_.back().source_begin + runs_.back().source_length;
    append_replaced(" ", {from, std::max(from, other.source_span().begin)});
  }
  append(other);
}

void MappedText::trim() {
  const std::string_view kept = factpress::trim(text_);
  if (kept.size() == text_.size()) return;
  const auto begin = kept.empty() ? 0U : static_cast<std::uint32_t>(kept.data() - text_.data());
  *this = substr(begin, begin + static_cast<std::uint32_t>(kept.size()));
}

namespace {

std::uint32_t run_end(const std::vector<MappedText::Run>& runs, std::size_t i, std::uint32_t size) {
  return i + 1 < runs.size() ? runs[i + 1].text_begin : size;
}

}  // namespace

MappedText MappedText::substr(std::uint32_t begin, std::uint32_t end) const {
  MappedText out;
  end = std::min(end, size());
  auto it = std::upper_bound(runs_.begin(), runs_.end(), begin, [](std::uint32_t o, const Run& r) { return o < r.text_begin; });
  for (std::size_t i = it == runs_.begin() ? 0 : static_cast<std::size_t>(it - runs_.begin()) - 1; i < runs_.size(); ++i) {
    const Run& r = runs_[i];
    const std::uint32_t from = std::max(begin, r.text_begin), to = std::min(end, run_end(runs_, i, size()));
    if (r.text_begin >= end) break;
    if (from >= to) continue;
    const std::string_view piece = view().substr(from, to - from);
    if (r.verbatim) out.append_verbatim(piece, r.source_begin + (from - r.text_begin));
    else out.append_replaced(piece, {r.source_begin, r.source_begin + r.source_length});
  }
  return out;
}

Span MappedText::source_span(std::uint32_t begin, std::uint32_t end) const {
  Span span{};
  bool any = false;
  auto it = std::upper_bound(runs_.begin(), runs_.end(), begin, [](std::uint32_t o, const Run& r) { return o < r.text_begin; });
  for (std::size_t i = it == runs_.begin() ? 0 : static_cast<std::size_t>(it - runs_.begin()) - 1; i < runs_.size(); ++i) {
    const Run& r = runs_[i];
    if (r.text_begin >= end && any) break;
    const std::uint32_t from = std::max(begin, r.text_begin), to = std::min(end, run_end(runs_, i, size()));
    if (from > to || (from == to && any)) continue;
    const Span s = r.verbatim ? Span{r.source_begin + (from - r.text_begin), r.source_begin + (to - r.text_begin)}
                              : Span{r.source_begin, r.source_begin + r.source_length};
    span = any ? cover(span, s) : s;
    any = true;
  }
  return span;
}

std::uint32_t MappedText::text_offset(std::uint32_t source_offset) const {
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const Run& r = runs_[i];
    if (source_offset >= r.source_begin + r.source_length) continue;
    if (!r.verbatim || source_offset <= r.source_begin) return r.text_begin;
    return r.text_begin + (source_offset - r.source_begin);
  }
  return size();
}

}  // namespace factpress::document
