#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "document/document.h"

namespace factpress::document {

/// How the text that is being gathered looks.
struct Look {
  bool strong = false, italic = false, superscript = false, subscript = false;
  int link = -1;  ///< index into the gatherer's link targets, -1 for none
  bool operator==(const Look&) const = default;
};

/// Gathers the text of one block or cell: white space folded as a reader sees it, nothing at its ends, every byte mapped to
/// its source, emphasis as runs. Text offsets stay valid because nothing is trimmed afterwards.
class TextSink {
 public:
  /// Visible bytes that stand at `source` just so; no white space in them but single blanks between other bytes.
  void verbatim(std::string_view text, std::uint32_t source, const Look& look);
  /// Visible text that stands for a span of the source.
  void replaced(std::string_view text, Span span, const Look& look);
  /// White space: becomes one blank if more text follows.
  void space(Span span);
  /// A line break within the block: becomes a line feed if more text follows.
  void line_break(Span span);
  /// Blanks that were written to be seen (no-break spaces) before any text: an indent.
  void leading_blank() { indent_ += text_.empty() ? 1 : 0; }

  bool empty() const { return text_.empty(); }
  int indent() const { return indent_; }
  /// All that is visible is bold (italic): false for no text.
  bool all_strong() const { return visible_ > 0 && strong_ == visible_; }
  bool all_italic() const { return visible_ > 0 && italic_ == visible_; }
  /// Takes the text and the emphasis out; the sink is empty afterwards.
  MappedText take(std::vector<Emphasis>& emphasis, const std::vector<std::string>& links);

 private:
  void before(const Look& look);
  void count(std::size_t n, const Look& look);
  void close_runs(const Look& next);

  MappedText text_;
  std::vector<Emphasis> runs_;  // target: none yet; `link_of_` has the index
  std::vector<int> link_of_;
  Look look_;
  std::uint32_t open_[5] = {};
  enum class Pending { none, space, line } pending_ = Pending::none;
  Span pending_span_{};
  int indent_ = 0;
  std::size_t visible_ = 0, strong_ = 0, italic_ = 0;
};

/// Appends source text as HTML and Markdown show it: runs of white space fold, typographic blanks are white space,
/// zero-width characters and soft hyphens vanish. `plain` text holds no references or escapes.
void append_plain(TextSink& sink, std::string_view text, std::uint32_t source, const Look& look);

/// Bytes of a typographic blank (U+00A0, U+2000 to U+200A, U+202F, U+3000) or of an invisible character (U+200B to U+200F,
/// U+00AD, U+FEFF, U+2060) at the start of `text`; 0 for none.
struct Blank {
  std::size_t length = 0;
  bool visible = false;
};
Blank typographic_blank(std::string_view text);

}  // namespace factpress::document
