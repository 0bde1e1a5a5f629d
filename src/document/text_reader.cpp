#include "document/text_reader.h"

#include <algorithm>

#include "base/text.h"
#include "document/boxed_table.h"
#include "document/layout.h"
#include "document/lines.h"

namespace factpress::document {

namespace {

constexpr std::size_t kLongestTitle = 100;  // characters
constexpr std::size_t kMostTitles = 20;     // lines one below the other

/// Reads the lines between tables as paragraphs and those of tables as rows of cells.
class TextReader {
 public:
  TextReader(const MappedText& whole, std::vector<Block>& blocks) : whole_(whole), blocks_(blocks), lines_(split_lines(whole.view())) {}

  void read() {
    std::size_t at = 0;
    for (const Region& region : table_regions(whole_.view(), lines_)) {
      prose(at, region.begin, true);
      if (region.boxed) emit(read_boxed_table(whole_, lines_, region.begin, region.end), region);
      else table(region);
      at = region.end;
    }
    prose(at, lines_.size(), false);
  }

 private:
  std::string_view bytes(std::uint32_t begin, std::uint32_t end) const { return whole_.view().substr(begin, end - begin); }
  std::uint32_t indent(const Line& l) const { return l.pieces.empty() ? 0 : l.pieces.front().from; }

  void table(Region region) {
    Table out;
    for (std::size_t i = region.begin; i < region.end; ++i) {
      const Line& line = lines_[i];
      if (line.blank || line.tag) continue;
      Row row;
      row.rule = line.rule;
      row.page = i > region.begin && (line.page || (lines_[i - 1].page && (lines_[i - 1].blank || lines_[i - 1].tag)));
      row.span = whole_.source_span(line.begin, line.end);
      for (const Piece& p : line.pieces) {
        Cell cell;
        cell.text = whole_.substr(p.begin, p.end);
        cell.from = p.from;
        cell.to = p.to;
        if (row.cells.empty()) cell.indent = static_cast<std::int16_t>(std::min<std::uint32_t>(p.from, 200));
        row.cells.push_back(std::move(cell));
      }
      out.rows.push_back(std::move(row));
    }
    emit(std::move(out), region);
  }

  void emit(Table table, Region region) {
    if (table.rows.empty()) return;
    Block block;
    block.kind = BlockKind::table;
    block.table = std::make_shared<Table>(std::move(table));
    block.span = whole_.source_span(lines_[region.begin].begin, lines_[region.end - 1].end);
    blocks_.push_back(std::move(block));
  }

  /// "o Text", "* Text", "- Text", a bullet: the offset of the text, or 0.
  std::uint32_t item_text(const Line& line) const {
    const std::string_view text = trim(bytes(line.begin, line.end));
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos || blank > 5 || !is_bullet(text.substr(0, blank))) return 0;
    std::size_t at = blank;
    while (at < text.size() && text[at] == ' ') ++at;
    if (at >= text.size() || text.substr(0, 2) == "- " || text.substr(0, 1) == "\u2014") {
      if (at >= text.size() || !is_alnum(text[at])) return 0;
    }
    return static_cast<std::uint32_t>(text.data() - whole_.view().data() + static_cast<std::ptrdiff_t>(at));
  }

  void prose(std::size_t begin, std::size_t end, bool above_table) {
    for (std::size_t i = begin; i < end;) {
      const Line& line = lines_[i];
      if (line.blank || line.tag) {
        ++i;
      } else if (line.rule) {
        blocks_.push_back({.kind = BlockKind::rule, .span = whole_.source_span(line.begin, line.end)});
        ++i;
      } else {
        i = paragraph(i, end, above_table);
      }
    }
  }

  bool joins(std::size_t i, const Line& previous) const {
    const Line& line = lines_[i];
    if (line.blank || line.tag || line.rule || item_text(line)) return false;
    if (line.page && (bytes(previous.end - 1, previous.end) == "." || bytes(previous.end - 1, previous.end) == ":")) return false;
    const bool was_centred = indent(previous) >= 12, is_centred = indent(line) >= 12;
    if (was_centred != is_centred) return false;
    return !was_centred || indent(previous) == indent(line);  // centred lines stand for themselves
  }

  /// "Acme, Inc. and Subsidiaries", "Consolidated Statements of Condition (unaudited)", "(In thousands)": titles set one below the
  /// other, not a sentence broken into lines.
  bool are_titles(std::size_t first, std::size_t stop) const {
    if (stop - first > kMostTitles) return false;
    for (std::size_t i = first; i < stop; ++i) {
      const std::string_view text = trim(bytes(lines_[i].begin, lines_[i].end));
      const bool begins = is_upper(text[0]) || text[0] == '(';
      const bool company = text.ends_with("Inc.") || text.ends_with("INC.") || text.ends_with("Corp.") || text.ends_with("CORP.");
      const bool goes_on = text.back() == '.' || text.back() == ',' || text.back() == ':' || text.back() == ';';
      if (!begins || (goes_on && !company) || text.size() > kLongestTitle) return false;
    }
    return true;
  }

  std::size_t paragraph(std::size_t first, std::size_t end, bool above_table) {
    const Line& head = lines_[first];
    const std::uint32_t item = item_text(head);
    std::size_t stop = first + 1;
    while (stop < end && joins(stop, lines_[stop - 1])) ++stop;
    const auto only_blanks_follow = [&] {
      return std::all_of(lines_.begin() + static_cast<std::ptrdiff_t>(stop), lines_.begin() + static_cast<std::ptrdiff_t>(end), [](const Line& l) { return l.blank; });
    };
    if (above_table && !item && are_titles(first, stop) && only_blanks_follow()) stop = first + 1;
    Block block;
    block.kind = item ? BlockKind::list_item : BlockKind::paragraph;
    block.level = item ? 1 : 0;
    block.centered = indent(head) >= 12;
    for (std::size_t i = first; i < stop; ++i) append_line(block.text, item && i == first ? item : lines_[i].begin, lines_[i].end);
    block.span = whole_.source_span(head.begin, lines_[stop - 1].end);
    if (!block.text.empty()) blocks_.push_back(std::move(block));
    return stop;
  }

  /// Words with single blanks between; the line break to the line before is one of them.
  void append_line(MappedText& out, std::uint32_t begin, std::uint32_t end) const {
    const std::string_view text = whole_.view();
    for (std::uint32_t at = begin; at < end;) {
      if (is_space(text[at])) {
        ++at;
        continue;
      }
      std::uint32_t stop = at;
      while (stop < end && (!is_space(text[stop]) || (text[stop] == ' ' && stop + 1 < end && !is_space(text[stop + 1])))) ++stop;
      out.append_apart(whole_.substr(at, stop));
      at = stop;
    }
  }

  const MappedText& whole_;
  std::vector<Block>& blocks_;
  std::vector<Line> lines_;
};

}  // namespace

void read_text(const MappedText& whole, std::vector<Block>& blocks) { TextReader(whole, blocks).read(); }

}  // namespace factpress::document
