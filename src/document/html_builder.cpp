#include "document/html_builder.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "diag/codes/document.h"
#include "document/html_entities.h"
#include "document/text_reader.h"

namespace factpress::document {

namespace {

constexpr std::size_t kDeepest = 256;       // open elements that are told apart; deeper ones lend their look no further
constexpr std::size_t kDeepestTable = 32;
constexpr std::uint16_t kWidestSpan = 1000;  // as browsers clamp colspan

bool is_heading(Tag tag) { return tag >= Tag::h1 && tag <= Tag::h6; }

bool is_block(Tag tag) {
  switch (tag) {
    case Tag::block: case Tag::body: case Tag::center: case Tag::p: case Tag::pre: case Tag::ul: case Tag::ol: case Tag::li:
    case Tag::hr: case Tag::caption: return true;
    default: return is_heading(tag);
  }
}

bool is_void(Tag tag) { return tag == Tag::br || tag == Tag::hr || tag == Tag::img; }

std::uint16_t span_of(std::string_view digits) {
  unsigned n = 0;
  for (char c : trim(digits)) {
    if (!is_digit(c)) break;
    n = std::min(n * 10 + static_cast<unsigned>(c - '0'), 65000U);
  }
  return static_cast<std::uint16_t>(std::clamp<unsigned>(n, 1, kWidestSpan));
}

/// ")", "%", "$": set in white beside a number so that columns line up; no reader sees it.
bool is_padding(std::string_view text) {
  text = trim(text);
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c == ')' || c == '(' || c == '%' || c == '$'; });
}

}  // namespace

HtmlBuilder::HtmlBuilder(Document& document, diag::Sink& sink) : document_(document), sink_(sink) {
  stack_.push_back({Tag::body, {}, 0, 0, false, false, false});
}

void HtmlBuilder::read(Span span) {
  HtmlTokenizer tokens(document_.source->bytes().substr(0, span.end), span.begin);
  for (HtmlToken token = tokens.next(); token.kind != HtmlToken::Kind::eof; token = tokens.next()) {
    if (token.kind == HtmlToken::Kind::text) text(token.span);
    else if (token.kind == HtmlToken::Kind::start) start(token);
    else if (token.kind == HtmlToken::Kind::end) end(token);
  }
  finish();
}

std::size_t HtmlBuilder::floor() const {
  if (tables_.empty()) return 1;
  const OpenTable& t = tables_.back();
  return t.in_cell || t.in_caption ? t.row_base : t.base;
}

void HtmlBuilder::text(Span span) {
  std::string_view text = document_.source->text(span);
  if (sgml_line_) {  // the rest of an SGML header line ("<TYPE>EX-99.1")
    const std::size_t line = text.find('\n');
    if (line == std::string_view::npos) return;
    text.remove_prefix(line);
    span.begin += static_cast<std::uint32_t>(line);
    sgml_line_ = false;
  }
  if (in_title_) {
    document_.title += collapse(text);
    return;
  }
  if (top().hidden || in_head_ || (!tables_.empty() && tables_.back().hidden)) return;
  if (top().white && in_cell() && is_padding(text)) return;
  if (pre_depth_ > 0 && !in_cell()) return append_pre(text, span.begin);
  const bool was_empty = text_.empty();
  append(text, span.begin);
  if (!was_empty || text_.empty()) return;
  align_ = top().align;  // a block or cell is aligned and indented where its text begins
  indent_ = top().indent + text_.indent();
}

void HtmlBuilder::append(std::string_view text, std::uint32_t source) {
  const Span span{source, source + static_cast<std::uint32_t>(text.size())};
  const Look& look = top().look;
  const bool keeps_lines = top().preformatted;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t stop = std::min(keeps_lines ? text.find_first_of("\n&", at) : text.find('&', at), text.size());
    append_plain(text_, text.substr(at, stop - at), span.begin + static_cast<std::uint32_t>(at), look);
    if (stop == text.size()) break;
    const std::uint32_t here = span.begin + static_cast<std::uint32_t>(stop);
    if (text[stop] == '\n') {
      text_.line_break({here, here + 1});
      at = stop + 1;
      continue;
    }
    const CharacterReference ref = character_reference(text.substr(stop, 40));
    if (!ref.length) {
      text_.verbatim("&", here, look);
      at = stop + 1;
      continue;
    }
    std::string utf8;
    append_utf8(utf8, ref.code_point);
    const Span whole{here, here + static_cast<std::uint32_t>(ref.length)};
    const Blank blank = typographic_blank(utf8);
    if (blank.visible) text_.leading_blank();
    if (blank.visible || (utf8.size() == 1 && is_space(utf8[0]))) text_.space(whole);
    else if (!blank.length && ref.code_point >= 32) text_.replaced(utf8, whole, look);
    at = stop + ref.length;
  }
}

/// Preformatted text keeps its lines and blanks; only references are resolved.
void HtmlBuilder::append_pre(std::string_view text, std::uint32_t source) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t stop = std::min(text.find('&', at), text.size());
    pre_.append_verbatim(text.substr(at, stop - at), source + static_cast<std::uint32_t>(at));
    if (stop == text.size()) break;
    const std::uint32_t here = source + static_cast<std::uint32_t>(stop);
    const CharacterReference ref = character_reference(text.substr(stop, 40));
    std::string utf8;
    if (ref.length) append_utf8(utf8, ref.code_point == 0xA0 ? U' ' : ref.code_point);
    if (ref.length) pre_.append_replaced(utf8, {here, here + static_cast<std::uint32_t>(ref.length)});
    else pre_.append_verbatim("&", here);
    at = stop + std::max<std::size_t>(ref.length, 1);
  }
}

void HtmlBuilder::flush_pre() {
  if (pre_.empty()) return;
  const MappedText whole = std::move(pre_);
  pre_ = MappedText{};
  read_text(whole, document_.blocks);
}

void HtmlBuilder::flush(std::uint32_t at) {
  flush_pre();
  if (!text_.empty()) {
    Block block;
    block.kind = kind_;
    block.level = level_;
    block.strong = text_.all_strong();
    block.italic = text_.all_italic();
    block.centered = align_ == 2;
    block.text = text_.take(block.emphasis, links_);
    block.span = cover({block_begin_, at}, block.text.source_span());
    document_.blocks.push_back(std::move(block));
  }
  text_ = TextSink{};
  kind_ = BlockKind::paragraph;
  level_ = 0;
  block_begin_ = at;
}

void HtmlBuilder::block_boundary(std::uint32_t at) {
  if (in_cell() || (!tables_.empty() && tables_.back().in_caption)) text_.line_break({at, at});
  else flush(at);
}

void HtmlBuilder::push(const HtmlToken& token, const HtmlStyle& style) {
  if (stack_.size() >= kDeepest) {
    ++beyond_;
    if (!said_deep_)
      sink_.add({diag::codes::document_too_deep, Place{document_.source, token.span},
                 fmt::format("more than {} elements are open at once; deeper ones are read as plain text", kDeepest)});
    said_deep_ = true;
    return;
  }
  Open open = top();
  open.tag = token.tag;
  const auto toggle = [](bool& flag, HtmlStyle::Toggle t) { flag = t == HtmlStyle::Toggle::unset ? flag : t == HtmlStyle::Toggle::on; };
  toggle(open.look.strong, style.bold);
  toggle(open.look.italic, style.italic);
  const bool cell = token.tag == Tag::td || token.tag == Tag::th;
  if (style.superscript && !cell && !is_block(token.tag)) open.look.superscript = true;
  if (style.subscript && !cell && !is_block(token.tag)) open.look.subscript = true;
  if (style.align) open.align = style.align;
  open.indent = static_cast<std::int16_t>(std::clamp(open.indent + (cell || in_cell() ? style.indent : 0), -200, 200));
  toggle(open.white, style.white);
  open.hidden = open.hidden || style.hidden || token.tag == Tag::noscript;
  open.preformatted = open.preformatted || style.preformatted || token.tag == Tag::pre;
  if (token.tag == Tag::a) add_link(open.look, token.attributes);
  stack_.push_back(open);
}

void HtmlBuilder::add_link(Look& look, std::string_view attributes) {
  const std::string_view target = trim(html_attribute(attributes, "href"));
  if (!istarts_with(target, "http://") && !istarts_with(target, "https://") && !istarts_with(target, "mailto:")) return;
  std::string decoded;
  for (std::size_t at = 0; at < target.size();) {
    const CharacterReference ref = target[at] == '&' ? character_reference(target.substr(at, 40)) : CharacterReference{};
    if (ref.length) append_utf8(decoded, ref.code_point), at += ref.length;
    else decoded += target[at++];
  }
  look.link = static_cast<int>(links_.size());
  links_.push_back(std::move(decoded));
}

void HtmlBuilder::pop_to(std::size_t size) {
  if (stack_.size() <= size) return;
  stack_.resize(std::max<std::size_t>(size, 1), stack_.front());
  beyond_ = 0;
}

void HtmlBuilder::close(Tag tag, std::size_t floor) {
  if (beyond_ > 0) {
    --beyond_;
    return;
  }
  for (std::size_t i = stack_.size(); i > floor; --i) {
    if (stack_[i - 1].tag == tag) return pop_to(i - 1);
    if (!is_block(tag) && is_block(stack_[i - 1].tag)) return;  // an inline end tag does not close the paragraph around it
  }
}

int HtmlBuilder::list_depth() const {
  return static_cast<int>(std::count_if(stack_.begin(), stack_.end(), [](const Open& o) { return o.tag == Tag::ul || o.tag == Tag::ol; }));
}

void HtmlBuilder::start(const HtmlToken& token) {
  const std::uint32_t at = token.span.begin;
  sgml_line_ = false;
  switch (token.tag) {
    case Tag::sgml_line: sgml_line_ = true; return;
    case Tag::title: in_title_ = document_.title.empty() && tables_.empty(); push(token, {}); top().hidden = true; return;
    case Tag::head: in_head_ = true; return;
    case Tag::body: in_head_ = false; break;
    case Tag::br:
      if (pre_depth_ > 0 && !in_cell()) pre_.append_replaced("\n", token.span);
      else text_.line_break(token.span);
      return;
    case Tag::table: case Tag::caption:
      if (pre_depth_ > 0 && !holds_cells(token.span.end)) return;  // SGML marks of fixed-width tables
      if (token.tag == Tag::caption) {
        if (!tables_.empty()) tables_.back().in_caption = true, tables_.back().row_base = stack_.size();
        return;
      }
      in_head_ = false; return start_table(token);
    case Tag::tbody: return;
    case Tag::tr: return start_row(token);
    case Tag::td: case Tag::th: return start_cell(token);
    case Tag::hr:
      block_boundary(at);
      if (!in_cell()) document_.blocks.push_back({.kind = BlockKind::rule, .span = token.span});
      return;
    case Tag::img: case Tag::script: case Tag::style: case Tag::svg: case Tag::template_: case Tag::iframe: case Tag::textarea:
    case Tag::select: return;
    default: break;
  }
  if (token.tag == Tag::pre) ++pre_depth_;
  if (token.tag == Tag::p) close(Tag::p, floor());  // a paragraph ends where the next one begins
  if (token.tag == Tag::li) close(Tag::li, floor());
  if (is_block(token.tag)) block_boundary(at);
  const bool closed = !is_block(token.tag) && !token.attributes.empty() && token.attributes.back() == '/';
  if (!closed) push(token, styles_.of(token.tag, token.attributes));
  if (in_cell()) return;
  if (is_heading(token.tag)) kind_ = BlockKind::heading, level_ = static_cast<std::uint8_t>(1 + int(token.tag) - int(Tag::h1));
  if (token.tag == Tag::li) kind_ = BlockKind::list_item, level_ = static_cast<std::uint8_t>(std::clamp(list_depth(), 1, 9));
}

void HtmlBuilder::end(const HtmlToken& token) {
  const std::uint32_t at = token.span.begin;
  switch (token.tag) {
    case Tag::head: in_head_ = false; return;
    case Tag::title: in_title_ = false; close(Tag::title, 1); return;
    case Tag::table: return end_table(token.span.end);
    case Tag::tr: if (!tables_.empty()) end_row(token.span.end); return;
    case Tag::td: case Tag::th: if (!tables_.empty()) end_cell(token.span.end); return;
    case Tag::caption:
      if (!tables_.empty() && tables_.back().in_caption) {
        tables_.back().in_caption = false;
        flush(at);  // read as the paragraph before the table
      }
      return;
    case Tag::tbody: case Tag::sgml_line: return;
    case Tag::br: text_.line_break(token.span); return;
    default: break;
  }
  if (is_void(token.tag)) return;
  if (is_block(token.tag)) block_boundary(at);
  if (token.tag == Tag::pre && pre_depth_ > 0) --pre_depth_;
  close(token.tag, floor());
}

/// Whether a table that begins here is made of rows and cells.
bool HtmlBuilder::holds_cells(std::uint32_t from) const {
  const std::string_view next = document_.source->bytes().substr(from, 600);
  return icontains(next, "<tr") || icontains(next, "<td");
}

void HtmlBuilder::finish() {
  const std::uint32_t end = document_.body.end;
  if (!tables_.empty())
    sink_.add({diag::codes::document_unclosed_table, Place{document_.source, {tables_.back().begin, tables_.back().begin}},
               "a table is still open at the end of the document; it was closed there"});
  while (!tables_.empty()) end_table(end);
  flush(end);
}

// Tables -----------------------------------------------------------------------------------------------------------

void HtmlBuilder::start_table(const HtmlToken& token) {
  if (tables_.size() >= kDeepestTable) return;
  if (!tables_.empty()) {  // the outer table is layout: what it held so far becomes blocks, in order
    OpenTable& outer = tables_.back();
    if (!outer.layout && (outer.in_cell || !outer.table->rows.empty() || !outer.row.cells.empty())) {
      const bool in_cell = outer.in_cell;
      TextSink pending = std::move(text_);
      text_ = TextSink{};
      if (!outer.row.cells.empty()) outer.table->rows.push_back(std::move(outer.row)), outer.row = Row{};
      emit_table(outer, token.span.begin);
      text_ = std::move(pending);
      outer.in_cell = in_cell;
    }
    outer.layout = true;
    flush(token.span.begin);
  } else {
    flush(token.span.begin);
  }
  OpenTable open;
  open.table = std::make_shared<Table>();
  open.base = open.row_base = stack_.size();
  open.begin = token.span.begin;
  const HtmlStyle style = styles_.of(token.tag, token.attributes);
  open.hidden = style.hidden || top().hidden || (!tables_.empty() && tables_.back().hidden);
  tables_.push_back(std::move(open));
}

void HtmlBuilder::end_table(std::uint32_t at) {
  if (tables_.empty()) return;
  end_row(at);
  OpenTable& open = tables_.back();
  flush(at);  // text that stood in the table but in no cell
  if (!open.layout) emit_table(open, at);
  pop_to(open.base);
  tables_.pop_back();
  block_begin_ = at;
}

void HtmlBuilder::emit_table(OpenTable& open, std::uint32_t end) {
  const bool any = std::any_of(open.table->rows.begin(), open.table->rows.end(), [](const Row& row) {
    return std::any_of(row.cells.begin(), row.cells.end(), [](const Cell& cell) { return !cell.text.empty(); });
  });
  if (!any) return;
  Block block;
  block.kind = BlockKind::table;
  block.span = {open.begin, end};
  block.table = std::move(open.table);
  open.table = std::make_shared<Table>();
  document_.blocks.push_back(std::move(block));
}

void HtmlBuilder::start_row(const HtmlToken& token) {
  if (tables_.empty()) return;
  end_row(token.span.begin);
  OpenTable& t = tables_.back();
  t.in_row = true;
  t.in_caption = false;
  t.row = Row{};
  t.row.span.begin = token.span.begin;
  push(token, styles_.of(token.tag, token.attributes));
  t.row_base = stack_.size();
}

void HtmlBuilder::end_row(std::uint32_t at) {
  OpenTable& t = tables_.back();
  if (!t.in_row) return;
  end_cell(at);
  t.in_row = false;
  t.row.span.end = at;
  pop_to(t.base);
  if (t.layout || t.row.cells.empty()) return;
  t.row.rule = t.row.underlined && std::all_of(t.row.cells.begin(), t.row.cells.end(), [](const Cell& c) { return c.text.empty(); });
  t.table->rows.push_back(std::move(t.row));
  t.row = Row{};
}

void HtmlBuilder::start_cell(const HtmlToken& token) {
  if (tables_.empty()) return block_boundary(token.span.begin);
  if (!tables_.back().in_row) start_row(token);
  end_cell(token.span.begin);
  OpenTable& t = tables_.back();
  flush(token.span.begin);  // text between cells is shown before the table
  t.in_cell = true;
  t.row_base = stack_.size();
  t.cell = Cell{};
  t.cell.header = token.tag == Tag::th;
  t.cell.column_span = span_of(html_attribute(token.attributes, "colspan"));
  t.cell.row_span = span_of(html_attribute(token.attributes, "rowspan"));
  const HtmlStyle style = styles_.of(token.tag, token.attributes);
  push(token, style);
  top().align = style.align ? style.align : top().align;
  t.row.underlined = t.row.underlined || style.ruled_below;
}

void HtmlBuilder::end_cell(std::uint32_t at) {
  OpenTable& t = tables_.back();
  if (!t.in_cell) return;
  t.in_cell = false;
  if (t.layout) {
    flush(at);
  } else {
    t.cell.strong = text_.all_strong();
    if (!text_.empty()) t.cell.align = align_, t.cell.indent = static_cast<std::int16_t>(indent_);
    t.cell.text = text_.take(t.cell.emphasis, links_);
    t.row.cells.push_back(std::move(t.cell));
  }
  text_ = TextSink{};
  pop_to(t.row_base);
}

}  // namespace factpress::document
