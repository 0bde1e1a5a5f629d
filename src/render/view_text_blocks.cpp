#include "render/view_text_blocks.h"

#include <fmt/format.h>

#include <string>

#include "base/text.h"
#include "render/view_text.h"
#include "xml/writer.h"

namespace factpress::render {
namespace {

/// Writes elements; one without content closes itself, as XML's readers write it again.
class Markup {
 public:
  void open(std::string_view element, std::string_view href = {}) {
    out_.append("<").append(element);
    if (!href.empty()) {
      out_ += " href=\"";
      xml::append_escaped(out_, href, true);
      out_ += '"';
    }
    out_ += '>';
    content_ = out_.size();
  }
  void close(std::string_view element) {
    if (out_.size() == content_) out_.replace(content_ - 1, 1, "/>");
    else out_.append("</").append(element).append(">");
    content_ = 0;
  }
  void text(std::string_view words) { xml::append_escaped(out_, words, false); }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  std::size_t content_ = 0;  ///< where the content of the element opened last begins
};

void write_pieces(const std::vector<PieceView>& pieces, Markup& out) {
  for (const PieceView& p : pieces) {
    if (p.tag) out.text(p.tag->text);
    else if (!p.open.empty()) out.open(p.open, p.href);
    else if (!p.close.empty()) out.close(p.close);
    else if (p.line_break) out.open("br"), out.close("br");
    else out.text(p.text);
  }
}

void write_block(const BlockView& b, Markup& out) {
  if (b.first_item) out.open("ul");
  const std::string_view element = b.kind == "item" ? "li" : "p";
  out.open(element);
  if (b.strong) out.open("strong");
  if (b.italic) out.open("em");
  write_pieces(b.text.pieces, out);
  if (b.italic) out.close("em");
  if (b.strong) out.close("strong");
  out.close(element);
  if (b.last_item) out.close("ul");
}

}  // namespace

TextBlockViews::TextBlockViews(const model::Report& report, const std::vector<FactView>& facts, Arena& arena) {
  at_.resize(report.text_blocks.empty() ? 0 : report.narrative.size(), nullptr);
  for (const model::TextBlock& t : report.text_blocks) {
    const FactView& f = facts[t.fact];
    const auto id_of = [&](std::size_t n) { return n == 0 ? f.id : arena.keep(fmt::format("{}_{}", f.id, n + 1)); };
    for (std::size_t i = 0; i < t.runs.size(); ++i) {
      TextBlockPartView part;
      part.id = id_of(i);
      part.name = f.concept_view->qname, part.context_ref = f.context->id;
      if (i + 1 < t.runs.size()) part.continued_at = id_of(i + 1);
      part.first = i == 0;
      part.begin = static_cast<int>(t.runs[i].first), part.end = static_cast<int>(t.runs[i].last);
      part.fact = &f;
      parts_.push_back(part);
      for (std::size_t b = t.runs[i].first; b <= t.runs[i].last && b < at_.size(); ++b) at_[b] = &parts_.back();
    }
  }
}

void TextBlockViews::write(const model::Report& report, const std::vector<BlockView>& blocks, std::vector<FactView>& facts, Arena& arena) const {
  for (const model::TextBlock& t : report.text_blocks) {
    FactView& f = facts[t.fact];
    Markup out;
    for (const model::TextBlock::Run& run : t.runs)
      for (std::size_t b = run.first; b <= run.last; ++b) write_block(blocks[b], out);
    f.text = arena.keep(out.take());
    f.words = arena.keep(fmt::format("text of {} characters", count_code_points(f.source->text)));
    PrintView& print = f.prints.front();
    print.value_text = print.csv_value = f.text;
    print.hidden = false;
    if (!f.occurrences.empty()) f.occurrences.front().tag_id = print.id, f.occurrences.front().print_id = print.id;
  }
}

}  // namespace factpress::render
