#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace factpress::document {

/// Text as a reader sees it (UTF-8; entities, escapes and markup resolved) together with where each byte of it came from.
/// Piecewise linear: inside a verbatim run offsets differ by a constant; a replaced run (an entity, an escape, white space
/// that was folded) maps as a whole. Text that stands nowhere in the source (a generated space) maps to an empty span.
class MappedText {
 public:
  struct Run {
    std::uint32_t text_begin;
    std::uint32_t source_begin;
    std::uint32_t source_length;  ///< equals the run's length in text when verbatim
    bool verbatim;
  };

  const std::string& text() const { return text_; }
  std::string_view view() const { return text_; }
  bool empty() const { return text_.empty(); }
  std::uint32_t size() const { return static_cast<std::uint32_t>(text_.size()); }

  /// Appends bytes that stand at `source_begin` just so.
  void append_verbatim(std::string_view text, std::uint32_t source_begin);
  /// Appends text that stands for the source bytes of `span`.
  void append_replaced(std::string_view text, Span span);
  void append(const MappedText& other);
  /// The same behind a blank, where there is text already; the blank stands for what lies between the two in the source.
  void append_apart(const MappedText& other);
  /// Removes white space at both ends.
  void trim();
  MappedText substr(std::uint32_t begin, std::uint32_t end) const;

  /// The source bytes that text[begin, end) came from.
  Span source_span(std::uint32_t begin, std::uint32_t end) const;
  Span source_span() const { return source_span(0, size()); }
  /// The text offset of the first byte that came from `source_offset` or later; size() for none.
  std::uint32_t text_offset(std::uint32_t source_offset) const;
  const std::vector<Run>& runs() const { return runs_; }

 private:
  std::string text_;
  std::vector<Run> runs_;  // by text_begin
};

}  // namespace factpress::document
