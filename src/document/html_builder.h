#pragma once
#include <string>
#include <vector>

#include "document/html_style.h"
#include "document/text_sink.h"

namespace factpress::document {

/// Turns the stream of tags into blocks: the part of the HTML reader that keeps state. One per document.
class HtmlBuilder {
 public:
  HtmlBuilder(Document& document, diag::Sink& sink);
  /// All of a span of the source, and whatever is open at its end is closed.
  void read(Span span);

 private:
  void text(Span span);
  void start(const HtmlToken& token);
  void end(const HtmlToken& token);
  void finish();

  struct Open {
    Tag tag;
    Look look;
    std::uint8_t align;
    std::int16_t indent;
    bool hidden, preformatted, white;
  };
  /// A table that is open: its rows so far, and where its current cell began in the stack of open elements.
  struct OpenTable {
    std::shared_ptr<Table> table;
    Row row;
    Cell cell;
    std::size_t base = 0;  // elements open when the table began
    std::size_t row_base = 0;
    std::uint32_t begin = 0;
    bool in_row = false, in_cell = false, in_caption = false;
    bool layout = false;   // holds another table: its cells are read as blocks
    bool hidden = false;
  };

  Open& top() { return stack_.back(); }
  bool in_cell() const { return !tables_.empty() && tables_.back().in_cell && !tables_.back().layout; }
  std::size_t floor() const;
  void append_pre(std::string_view text, std::uint32_t source);
  void flush_pre();
  void append(std::string_view text, std::uint32_t source);
  void push(const HtmlToken& token, const HtmlStyle& style);
  void pop_to(std::size_t size);
  void close(Tag tag, std::size_t floor);
  void block_boundary(std::uint32_t at);
  void flush(std::uint32_t at);
  void start_table(const HtmlToken& token);
  void end_table(std::uint32_t at);
  void start_row(const HtmlToken& token);
  void end_row(std::uint32_t at);
  void start_cell(const HtmlToken& token);
  void end_cell(std::uint32_t at);
  void emit_table(OpenTable& open, std::uint32_t end);
  void add_link(Look& look, std::string_view attributes);
  int list_depth() const;
  bool holds_cells(std::uint32_t from) const;

  Document& document_;
  diag::Sink& sink_;
  HtmlStyles styles_;
  std::vector<Open> stack_;
  std::vector<OpenTable> tables_;
  std::vector<std::string> links_;
  TextSink text_;
  BlockKind kind_ = BlockKind::paragraph;
  std::uint8_t level_ = 0;
  std::uint32_t block_begin_ = 0;
  bool sgml_line_ = false, in_title_ = false, in_head_ = false, said_deep_ = false;
  std::size_t beyond_ = 0;  // open elements past the deepest that is kept
  MappedText pre_;          // text shown line by line, gathered until it ends
  int pre_depth_ = 0;
  std::uint8_t align_ = 0;
  int indent_ = 0;
};

}  // namespace factpress::document
