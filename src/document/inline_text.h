#pragma once
#include "document/text_sink.h"

namespace factpress::document {

/// Appends the text of a Markdown line as it reads when rendered: escapes and character references resolved, emphasis,
/// links and code marks removed and kept as runs. What is not well formed stays as it is.
class InlineText {
 public:
  explicit InlineText(std::string_view source) : source_(source) {}
  /// The bytes [begin, end) of the source, a line or a cell.
  void append(Span span);
  TextSink& sink() { return sink_; }
  MappedText take(std::vector<Emphasis>& emphasis);

 private:
  std::uint32_t marker(std::uint32_t at, std::uint32_t end);
  std::uint32_t link(std::uint32_t at, std::uint32_t end);
  std::uint32_t angle(std::uint32_t at, std::uint32_t end);

  std::string_view source_;
  TextSink sink_;
  std::vector<std::string> links_;
  Look look_;
};

}  // namespace factpress::document
