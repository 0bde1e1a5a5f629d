#include "document/markdown_reader.h"

#include <algorithm>

#include "base/date.h"
#include "base/text.h"
#include "document/html_builder.h"
#include "document/inline_text.h"
#include "document/layout.h"
#include "document/lines.h"
#include "document/text_reader.h"

namespace factpress::document {

namespace {

struct MdLine {
  std::uint32_t begin, end;  // without the line break
};

class MarkdownReader {
 public:
  MarkdownReader(Document& document, diag::Sink& sink) : document_(document), sink_(sink), text_(document.source->bytes().substr(0, document.body.end)), inline_(text_) { split(); }

  void read() {
    for (std::size_t i = 0; i < lines_.size();) {
      if (blank(i)) ++i;
      else if (fence(i)) i = fenced(i);
      else if (html_table(i)) i = read_html_table(i);
      else if (heading_level(i)) i = heading(i);
      else if (boxed(i)) i = boxed_table(i);
      else if (tabbed(i)) i = tab_table(i);
      else if (piped(i)) i = pipe_table(i);
      else if (std::size_t rows = loosely_piped(i)) i = loose_table(i, rows);
      else if (rule(i)) i = rule_block(i);
      else if (std::size_t stop = aligned(i)) i = stop;
      else i = paragraph(i);
    }
    if (any_html_) unfold_layout_tables(document_);
  }

 private:
  void split() {
    for (std::size_t at = ifind(text_, "</table"); at != std::string_view::npos; at = ifind(text_, "</table", at + 7)) last_closing_ = at;
    std::size_t at = document_.body.begin;
    if (istarts_with(text_.substr(at), "\xEF\xBB\xBF")) at += 3;
    while (at < text_.size()) {
      std::size_t end = text_.find('\n', at);
      if (end == std::string_view::npos) end = text_.size();
      const std::size_t stop = end > at && text_[end - 1] == '\r' ? end - 1 : end;
      lines_.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(stop)});
      at = end + 1;
    }
  }

  /// "+------+-----+": the upper edge of a table drawn with strokes, read as plain text is.
  bool boxed(std::size_t i) const {
    const std::string_view text = trim(line(i));
    return text.size() > 4 && text[0] == '+' && (text[1] == '-' || text[1] == '=') && i + 1 < lines_.size() && trim(line(i + 1)).starts_with('|');
  }
  std::size_t boxed_table(std::size_t first) {
    std::size_t stop = first;
    while (stop < lines_.size() && (trim(line(stop)).starts_with('+') || trim(line(stop)).starts_with('|'))) ++stop;
    plain(first, stop);
    return stop;
  }

  std::string_view line(std::size_t i) const { return text_.substr(lines_[i].begin, lines_[i].end - lines_[i].begin); }
  bool blank(std::size_t i) const { return trim(line(i)).empty(); }
  bool rule(std::size_t i) const { return is_rule_text(line(i)) || trim(line(i)) == "***"; }
  bool fence(std::size_t i) const { return istarts_with(trim(line(i)), "```") || istarts_with(trim(line(i)), "~~~"); }

  bool html_table(std::size_t i) const { return lines_[i].begin < last_closing_ && istarts_with(trim(line(i)), "<table"); }

  /// A table in HTML, which Markdown takes over as it stands, up to the end of the line that closes it.
  std::size_t read_html_table(std::size_t first) {
    std::size_t depth = 0, end = text_.size();
    for (std::size_t at = lines_[first].begin; at < text_.size(); ++at) {
      if (text_[at] != '<') continue;
      const std::string_view tag = text_.substr(at, 8);
      if (istarts_with(tag, "<table")) ++depth;
      else if (istarts_with(tag, "</table") && --depth == 0) {
        end = std::min(text_.find('>', at), text_.size() - 1) + 1;
        break;
      }
    }
    HtmlBuilder(document_, sink_).read({lines_[first].begin, static_cast<std::uint32_t>(end)});
    any_html_ = true;
    std::size_t i = first;
    while (i < lines_.size() && lines_[i].begin < end) ++i;
    return i;
  }

  int heading_level(std::size_t i) const {
    const std::string_view text = line(i);
    std::size_t n = 0;
    while (n < text.size() && text[n] == '#') ++n;
    return n >= 1 && n <= 6 && n < text.size() && is_space(text[n]) ? static_cast<int>(n) : 0;
  }

  /// A tab between two texts, or before one: the row of a table. Tabs that indent a list item or code are not.
  bool tabbed(std::size_t i) const {
    const std::string_view text = line(i);
    const std::size_t tab = text.find('\t');
    return tab != std::string_view::npos && !item_begin(i);
  }
  bool piped(std::size_t i) const {
    const std::string_view text = trim(line(i));
    if (text.empty() || text.find('|') == std::string_view::npos || i + 1 >= lines_.size()) return false;
    const std::string_view next = trim(line(i + 1));
    return delimiter(next) || (text.front() == '|' && text.back() == '|' && text.size() > 2);
  }
  bool is_loose_row(std::size_t i) const { return loose_stroke(line(i)) != std::string_view::npos; }
  /// Lines that rows without strokes at their edges, and cells alone among them ("Three Months Ended June 30,"), follow one another in. It ends where
  /// it ends whichever of its lines is looked at first: so each line is looked at once, though every line of a paragraph asks.
  struct LooseRun {
    std::size_t begin = 1, end = 0;
    std::vector<std::uint32_t> rows, numbers;  ///< before each line: rows so far, and those with a number
  };
  bool is_lone_cell(std::size_t i) const {
    constexpr std::size_t longest_cell = 120;
    return line(i).size() < longest_cell && trim(line(i)).back() != '.';
  }
  void find_loose_run(std::size_t first) {
    run_ = {first, first, {0}, {0}};
    for (std::size_t i = first; i < lines_.size() && !blank(i) && !fence(i) && !heading_level(i); run_.end = ++i) {
      const std::size_t stroke = loose_stroke(line(i));
      const bool row = stroke != std::string_view::npos;
      if (!row && !is_lone_cell(i)) break;
      run_.rows.push_back(run_.rows.back() + (row ? 1 : 0));
      run_.numbers.push_back(run_.numbers.back() + (row && has_digit(line(i).substr(stroke)) ? 1 : 0));
    }
  }
  /// The line behind a run of such rows that begins at i; 0 where too few of them have numbers to be a table.
  std::size_t loosely_piped(std::size_t i) {
    constexpr std::size_t fewest = 2;
    if (blank(i) || (!is_loose_row(i) && !(is_lone_cell(i) && i + 1 < lines_.size() && !blank(i + 1) && is_loose_row(i + 1)))) return 0;
    if (i < run_.begin || i >= run_.end) find_loose_run(i);
    const std::size_t at = i - run_.begin;
    const std::size_t rows = run_.rows.back() - run_.rows[at], numbers = run_.numbers.back() - run_.numbers[at];
    return numbers >= fewest && 2 * rows >= run_.end - i ? run_.end : 0;
  }
  /// "2025 | 2024 | Increase" over rows of a label and three numbers, "245 | 202" of a subtotal: the empty cell before them was lost on the way.
  static void restore_first_cells(Table& table) {
    const auto heads_a_column = [](std::string_view text) {
      text = trim(text);
      if (plain_year(text)) return true;
      if (text.size() >= 4 && ((to_lower(text[0]) == 'q' && is_digit(text[1])) || (is_digit(text[0]) && to_lower(text[1]) == 'q'))) return true;
      for (int month = 1; month <= 12; ++month)
        if (istarts_with(text, month_name(month)) && has_digit(text)) return true;
      return false;
    };
    const auto is_number = [](std::string_view text) {  // of a subtotal without a label
      text = trim(text);
      return has_digit(text) && std::none_of(text.begin(), text.end(), [](char c) { return is_alpha(c); });
    };
    const auto all_numbers = [&](const Row& row) { return std::all_of(row.cells.begin(), row.cells.end(), [&](const Cell& c) { return is_number(c.text.view()) || c.text.size() <= 3; }); };
    const auto names_periods = [&](const Row& row) {
      return std::all_of(row.cells.begin(), row.cells.end(), [&](const Cell& c) {
        const std::string_view text = c.text.view();
        if (heads_a_column(text)) return true;
        for (const std::string_view word : {"ended", "months", "weeks", "quarter", "year"})
          if (icontains(text, word)) return true;
        return false;
      });
    };
    std::size_t columns = 0, first_data = table.rows.size();
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      const Row& row = table.rows[i];
      if (row.cells.size() < 2 || heads_a_column(row.cells.front().text.view()) || is_number(row.cells.front().text.view())) continue;
      columns = std::max(columns, row.cells.size());
      if (first_data == table.rows.size() && std::any_of(row.cells.begin() + 1, row.cells.end(), [&](const Cell& c) { return is_number(c.text.view()) && !heads_a_column(c.text.view()); })) first_data = i;
    }
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      Row& row = table.rows[i];
      const std::size_t cells = row.cells.size();
      if (cells < 2 || cells >= columns) continue;
      const bool names = i < first_data && cells + 1 == columns && !row.cells.front().text.view().starts_with("(");
      const bool groups = i < first_data && (columns - 1) % cells == 0 && names_periods(row);  // "Three Months Ended | Nine Months Ended" over four columns
      if (!heads_a_column(row.cells.front().text.view()) && !all_numbers(row) && !names && !groups) continue;
      if (groups)
        for (Cell& c : row.cells) c.column_span = static_cast<std::uint16_t>((columns - 1) / cells);
      row.cells.insert(row.cells.begin(), Cell{});
    }
  }
  std::size_t loose_table(std::size_t first, std::size_t stop) {
    auto table = std::make_shared<Table>();
    for (std::size_t i = first; i < stop; ++i)
      if (!delimiter(trim(line(i)))) table->rows.push_back(row_of(i, '|', false));
    if (table->rows.empty()) return paragraph(first);
    restore_first_cells(*table);
    emit_table(std::move(table), {lines_[first].begin, lines_[stop - 1].end});
    return stop;
  }
  static bool delimiter(std::string_view text) {
    return text.find('|') != std::string_view::npos && text.find('-') != std::string_view::npos &&
           std::all_of(text.begin(), text.end(), [](char c) { return c == '|' || c == '-' || c == ':' || is_space(c); });
  }

  /// The offset of a list item's text, or 0.
  std::uint32_t item_begin(std::size_t i) const {
    const std::string_view text = line(i);
    std::size_t at = 0;
    while (at < text.size() && is_space(text[at])) ++at;
    std::size_t mark = at;
    if (at < text.size() && std::string_view("-*+").find(text[at]) != std::string_view::npos) ++mark;
    else if (text.substr(at, 3) == "\u2022") mark = at + 3;
    else {
      while (mark < text.size() && is_digit(text[mark]) && mark - at < 3) ++mark;
      if (mark == at || mark >= text.size() || (text[mark] != '.' && text[mark] != ')')) return 0;
      ++mark;
    }
    if (mark >= text.size() || !is_space(text[mark])) return 0;
    while (mark < text.size() && is_space(text[mark])) ++mark;
    if (mark == text.size() || is_rule_text(text)) return 0;
    return lines_[i].begin + static_cast<std::uint32_t>(mark);
  }

  std::size_t heading(std::size_t i) {
    const int level = heading_level(i);
    std::uint32_t end = lines_[i].end;
    while (end > lines_[i].begin && (text_[end - 1] == '#' || is_space(text_[end - 1]))) --end;
    inline_.append({lines_[i].begin + static_cast<std::uint32_t>(level), end});
    emit(BlockKind::heading, level, {lines_[i].begin, lines_[i].end});
    return i + 1;
  }

  std::size_t rule_block(std::size_t i) {
    document_.blocks.push_back({.kind = BlockKind::rule, .span = {lines_[i].begin, lines_[i].end}});
    return i + 1;
  }

  void emit(BlockKind kind, int level, Span span) {
    Block block;
    block.kind = kind;
    block.level = static_cast<std::uint8_t>(level);
    block.strong = inline_.sink().all_strong();
    block.italic = inline_.sink().all_italic();
    block.text = inline_.take(block.emphasis);
    block.span = span;
    if (!block.text.empty()) document_.blocks.push_back(std::move(block));
  }

  bool interrupts(std::size_t i) {
    return blank(i) || fence(i) || html_table(i) || heading_level(i) || item_begin(i) || piped(i) || tabbed(i) || rule(i) || loosely_piped(i);
  }

  std::size_t paragraph(std::size_t first) {
    const std::uint32_t item = item_begin(first);
    const auto indent = static_cast<int>(line(first).find_first_not_of(" \t"));
    std::size_t stop = first + 1;
    while (stop < lines_.size() && !interrupts(stop)) ++stop;
    for (std::size_t i = first; i < stop; ++i) {
      std::uint32_t begin = i == first && item ? item : lines_[i].begin;
      while (!item && begin < lines_[i].end && (text_[begin] == '>' || text_[begin] == ' ')) ++begin;
      inline_.append({begin, lines_[i].end});
      if (i + 1 == stop) break;
      const std::string_view text = line(i);
      const Span gap{lines_[i].end, lines_[i + 1].begin};
      if (text.size() > 2 && (text.back() == '\\' || text.substr(text.size() - 2) == "  ")) inline_.sink().line_break(gap);
      else inline_.sink().space(gap);
    }
    emit(item ? BlockKind::list_item : BlockKind::paragraph, item ? 1 + std::min(indent / 2, 8) : 0, {lines_[first].begin, lines_[stop - 1].end});
    return stop;
  }

  /// Text that is shown as it stands; tables in it are aligned by characters.
  std::size_t fenced(std::size_t first) {
    std::size_t stop = first + 1;
    while (stop < lines_.size() && !fence(stop)) ++stop;
    if (stop > first + 1) plain(first + 1, stop);
    return std::min(stop + 1, lines_.size());
  }
  void plain(std::size_t begin, std::size_t end) {
    MappedText whole;
    whole.append_verbatim(text_.substr(lines_[begin].begin, lines_[end - 1].end - lines_[begin].begin), lines_[begin].begin);
    read_text(whole, document_.blocks);
  }

  /// A run of lines that holds a table aligned by characters: read as fixed-width text. The line after it, or 0.
  std::size_t aligned(std::size_t first) {
    std::size_t stop = first, blanks = 0, gaps = 0;
    for (; stop < lines_.size() && blanks < 2; ++stop) {
      if (fence(stop) || heading_level(stop) || tabbed(stop) || piped(stop) || item_begin(stop)) break;
      blanks = blank(stop) ? blanks + 1 : 0;
      const std::string_view text = trim(line(stop));
      const std::size_t gap = text.find("   ");
      if (gap != std::string_view::npos && std::any_of(text.begin() + static_cast<std::ptrdiff_t>(gap), text.end(), is_digit)) ++gaps;
      if (stop == first && gap == std::string_view::npos) return 0;
    }
    if (gaps < 2) return 0;
    plain(first, stop);
    return stop;
  }

  void cell(Row& row, std::uint32_t begin, std::uint32_t end) {
    Cell out;
    inline_.append({begin, end});
    out.strong = inline_.sink().all_strong();
    out.indent = static_cast<std::int16_t>(inline_.sink().indent());
    out.text = inline_.take(out.emphasis);
    row.cells.push_back(std::move(out));
  }

  Row row_of(std::size_t i, char separator, bool edges) {
    Row row;
    row.span = {lines_[i].begin, lines_[i].end};
    std::uint32_t begin = lines_[i].begin, end = lines_[i].end;
    if (edges) {
      while (begin < end && is_space(text_[begin])) ++begin;
      while (end > begin && is_space(text_[end - 1])) --end;
      if (begin < end && text_[begin] == separator) ++begin;
      if (begin < end && text_[end - 1] == separator) --end;
    }
    for (std::uint32_t at = begin;; ++at) {
      if (at < end && text_[at] == '\\') {
        ++at;
        continue;
      }
      if (at < end && text_[at] != separator) continue;
      cell(row, begin, std::min(at, end));
      if (at >= end) break;
      begin = at + 1;
    }
    row.rule = is_rule_row(row);
    return row;
  }

  static bool is_rule_row(const Row& row) {
    bool any = false;
    for (const Cell& cell : row.cells) {
      if (cell.text.empty()) continue;
      if (!std::all_of(cell.text.view().begin(), cell.text.view().end(), [](char c) { return c == '-' || c == '=' || c == '_' || c == ' '; }) ||
          cell.text.size() < 2)
        return false;
      any = true;
    }
    return any;
  }

  void emit_table(std::shared_ptr<Table> table, Span span) {
    Block block;
    block.kind = BlockKind::table;
    block.table = std::move(table);
    block.span = span;
    document_.blocks.push_back(std::move(block));
  }

  std::size_t tab_table(std::size_t first) {
    auto table = std::make_shared<Table>();
    std::size_t i = first, last = first;
    for (; i < lines_.size(); ++i) {
      if (blank(i)) {  // one blank line may stand inside a table
        if (i + 1 < lines_.size() && tabbed(i + 1) && has_label(i + 1)) continue;
        break;
      }
      const bool bare = !tabbed(i) && i + 1 < lines_.size() && tabbed(i + 1) && line(i).size() < 80 && !interrupts(i);
      if (!tabbed(i) && !bare) break;
      table->rows.push_back(row_of(i, '\t', false));
      last = i;
    }
    emit_table(std::move(table), {lines_[first].begin, lines_[last].end});
    return i;
  }
  /// After a blank line only a row that begins with a label goes on with the same table; one that begins with a tab is the
  /// header of the next.
  bool has_label(std::size_t i) const { return line(i)[0] != '\t'; }

  std::size_t pipe_table(std::size_t first) {
    auto table = std::make_shared<Table>();
    std::size_t i = first;
    // "---|---" without strokes at its edges: a stroke that begins a row parts an empty first cell from the second.
    const std::string_view under = first + 1 < lines_.size() ? trim(line(first + 1)) : std::string_view{};
    const bool open = delimiter(under) && under.front() != '|' && under.back() != '|';
    for (; i < lines_.size() && !blank(i) && line(i).find('|') != std::string_view::npos; ++i) {
      if (delimiter(trim(line(i)))) continue;
      const bool framed = trim(line(i)).front() == '|' && trim(line(i)).back() == '|';
      table->rows.push_back(row_of(i, '|', !open || framed));
    }
    if (table->rows.empty()) return paragraph(first);
    emit_table(std::move(table), {lines_[first].begin, lines_[i - 1].end});
    return i;
  }

  Document& document_;
  diag::Sink& sink_;
  bool any_html_ = false;
  std::size_t last_closing_ = 0;  ///< where the last "</table" stands
  std::string_view text_;
  InlineText inline_;
  std::vector<MdLine> lines_;
  LooseRun run_;  ///< the last one that was found
};

}  // namespace

void read_markdown(Document& document, diag::Sink& sink) { MarkdownReader(document, sink).read(); }

}  // namespace factpress::document
