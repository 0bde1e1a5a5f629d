#include "tables/grid.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/text.h"

namespace factpress::tables {

namespace {

constexpr std::uint32_t kWidest = 400;  // slots; what lies beyond shares the last one

std::size_t superscript_begin(const document::Cell& cell) {
  // A superscript that ends the text is a footnote mark.
  for (const document::Emphasis& e : cell.emphasis)
    if (e.kind == document::Emphasis::Kind::superscript && e.end == cell.text.size() && e.begin > 0) return e.begin;
  return std::string_view::npos;
}

/// "1", "2,3", "(a)", "*": a superscript that points to a note, unlike that of "4th".
bool is_note_mark(std::string_view text) {
  while (!text.empty() && (text.front() == '(' || text.front() == '[' || is_space(text.front()))) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ')' || text.back() == ']' || is_space(text.back()))) text.remove_suffix(1);
  if (text.empty() || text.size() > 8) return false;
  const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == ',' || c == ' ' || c == '*'; });
  return digits || (text.size() == 1 && is_alpha(text[0]));
}

/// The text with blanks for such marks behind other text; the cell's own where it has none.
std::string_view without_marks(const document::Cell& cell, std::deque<std::string>& masked) {
  const std::string_view text = cell.text.view();
  std::string* copy = nullptr;
  for (const document::Emphasis& e : cell.emphasis) {
    if (e.kind != document::Emphasis::Kind::superscript || e.begin == 0 || e.end > text.size() || e.begin >= e.end) continue;
    if (!is_note_mark(text.substr(e.begin, e.end - e.begin))) continue;
    if (!copy) copy = &masked.emplace_back(text);
    std::fill(copy->begin() + e.begin, copy->begin() + e.end, ' ');
  }
  return copy ? std::string_view(*copy) : text;
}

/// "Revenues .........": without the dots that lead over to the numbers, which are at least three.
std::string_view without_leaders(std::string_view text) {
  std::size_t end = text.size(), dots = 0;
  while (end > 0 && (text[end - 1] == '.' || text[end - 1] == '_' || is_space(text[end - 1]))) dots += is_space(text[--end]) ? 0 : 1;
  return dots >= 3 ? text.substr(0, end) : text;
}

/// The lines of a cell's text, by their place in it.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = trim(text.substr(at, end - at));
    if (!line.empty()) out.push_back(line);
    at = end + 1;
  }
  return out;
}

/// Every line stands in a number's place; at least one is a number and no year.
bool all_numbers(const std::vector<std::string_view>& lines) {
  bool amount = false;
  for (std::string_view line : lines) {
    const NumberText n = read_number(line);
    if (n.kind != ValueText::number && n.kind != ValueText::dash && n.kind != ValueText::not_available) return false;
    amount = amount || (n.kind == ValueText::number && !n.year_like);
  }
  return amount;
}

/// "Revenues<br>Expenses | 1,500<br>900 | 1,400<br>800": rows glued into one, told by as many lines in the label as in each
/// cell of numbers. How many rows; 1 for an ordinary row.
std::size_t glued_rows(const document::Row& row) {
  std::size_t rows = 0, labels = 0;
  for (const document::Cell& cell : row.cells) {
    if (cell.to > 0) return 1;
    const std::vector<std::string_view> lines = lines_of(cell.text.view());
    if (lines.empty()) continue;
    const bool sign = lines.size() == 1 && (read_number(lines[0]).kind == ValueText::prefix || read_number(lines[0]).kind == ValueText::suffix);
    if (sign) continue;
    if (lines.size() < 2 || (rows && lines.size() != rows)) return 1;
    rows = lines.size();
    if (!all_numbers(lines)) ++labels;
  }
  const auto filled = std::count_if(row.cells.begin(), row.cells.end(), [](const document::Cell& c) { return lines_of(c.text.view()).size() > 1; });
  return labels == 1 && filled > 1 ? rows : 1;
}

/// The rows of such a row; signs in cells of their own belong to the first.
void split_glued(const GridRow& row, std::size_t rows, std::vector<GridRow>& out) {
  for (std::size_t i = 0; i < rows; ++i) {
    GridRow part;
    part.block_row = row.block_row;
    part.underlined = row.underlined && i + 1 == rows;
    for (const GridCell& cell : row.cells) {
      const std::vector<std::string_view> lines = lines_of(cell.cell->text.view());
      if (i >= lines.size()) continue;
      GridCell c = cell;
      c.line = c.plain = lines[i];
      c.line_begin = static_cast<std::uint32_t>(lines[i].data() - cell.cell->text.view().data());
      c.number = read_number(lines[i]);
      part.cells.push_back(c);
    }
    out.push_back(std::move(part));
  }
}

/// Slots taken by row spans from above: for each slot the first row in which it is free again.
class Occupied {
 public:
  std::uint32_t next_free(std::uint32_t slot, std::size_t row) const {
    while (slot < free_from_.size() && free_from_[slot] > row) ++slot;
    return slot;
  }
  void take(std::uint32_t begin, std::uint32_t end, std::size_t row, std::uint16_t rows) {
    if (rows <= 1) return;
    if (free_from_.size() < end) free_from_.resize(end, 0);
    for (std::uint32_t s = begin; s < end; ++s) free_from_[s] = std::max(free_from_[s], row + rows);
  }

 private:
  std::vector<std::size_t> free_from_;
};

/// Dashes or equal signs under each column and nothing else: cells drawn as a rule, whatever the format.
bool drawn_rule(const document::Row& row) {
  bool any = false;
  for (const document::Cell& cell : row.cells) {
    const std::string_view text = trim(cell.text.view());
    if (text.empty()) continue;
    if (!is_stroke(text)) return false;
    any = true;
  }
  return any;
}

/// The unbroken runs of a rule: "-------  -----" has two.
void add_strokes(const document::Cell& cell, GridRow& row) {
  const std::string_view text = cell.text.view();
  for (std::size_t at = 0; at < text.size();) {
    if (is_space(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && !is_space(text[end])) ++end;
    row.strokes.emplace_back(cell.from + static_cast<std::uint32_t>(at), cell.from + static_cast<std::uint32_t>(end));
    at = end;
  }
}

/// A cell of words that is a range or a rough number.
void read_outlook(GridCell& cell, std::deque<NumberText>& uppers) {
  if (auto range = read_number_range(cell.plain)) {
    cell.number = std::move(range->low);
    cell.upper = &uppers.emplace_back(std::move(range->high));
  } else if (auto rough = read_rough_number(cell.plain)) {
    cell.number = std::move(*rough);
  }
}

/// "$410 - $415" in fixed-width text: three cells a blank apart.
void join_ranges(GridRow& row, std::deque<NumberText>& uppers) {
  for (std::size_t i = 0; i + 2 < row.cells.size(); ++i) {
    GridCell& low = row.cells[i];
    const GridCell &dash = row.cells[i + 1], &high = row.cells[i + 2];
    const bool adjoin = dash.begin == low.end + 1 && high.begin == dash.end + 1;
    if (!adjoin || low.number.kind != ValueText::number || dash.number.kind != ValueText::dash || high.number.kind != ValueText::number) continue;
    const auto range = read_number_range(std::string(low.text()) + " - " + std::string(high.text()));
    if (!range) continue;
    NumberText upper = range->high;  // its place is that in its own cell
    upper.begin = high.number.begin, upper.end = high.number.end;
    low.number = range->low;
    low.upper = &uppers.emplace_back(std::move(upper));
    low.upper_cell = high.block_cell;
    low.end = high.end;
    row.cells.erase(row.cells.begin() + static_cast<std::ptrdiff_t>(i) + 1, row.cells.begin() + static_cast<std::ptrdiff_t>(i) + 3);
  }
}

/// Empty columns before that of the labels ("" | "Revenue" | "412") tell nothing: labels begin at the first slot.
void drop_empty_margin(Grid& grid) {
  std::uint32_t margin = kWidest;
  for (const GridRow& row : grid.rows)
    if (!row.cells.empty()) margin = std::min(margin, row.cells.front().begin);
  const auto labels_numbers = [&](const GridRow& row) {  // what stands over numbers alone is a header in a table of its own, which keeps its place
    return row.cells.size() > 1 && row.cells.front().begin == margin && row.cells.front().number.kind == ValueText::words && row.cells.back().number.kind == ValueText::number &&
           !row.cells.back().number.year_like;
  };
  if (margin == 0 || margin == kWidest || std::none_of(grid.rows.begin(), grid.rows.end(), labels_numbers)) return;
  for (GridRow& row : grid.rows)
    for (GridCell& cell : row.cells) cell.begin -= margin, cell.end -= margin;
  grid.width -= margin;
}

/// "1Q24 | 4Q23 | (Dollars in millions) | 1Q24 | 1Q23": labels between the numbers change places with what stands left of them.
void move_labels_first(Grid& grid) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> places;  // of the one text that stands between numbers
  std::size_t rows = 0;
  const auto is_number = [](const GridCell& c) { return c.number.kind == ValueText::number || c.number.kind == ValueText::dash; };
  for (const GridRow& row : grid.rows) {
    const GridCell* words = nullptr;
    std::size_t texts = 0, before = 0, after = 0;
    for (const GridCell& c : row.cells) {
      if (c.number.kind == ValueText::words) words = &c, ++texts;
      else if (is_number(c)) ++(words ? after : before);
    }
    if (before + after < 2) continue;
    ++rows;
    if (texts == 1 && before > 0 && after > 0) ++places[{words->begin, words->end}];
  }
  const auto most = std::max_element(places.begin(), places.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most == places.end() || most->second < 3 || 10 * most->second < 7 * rows) return;
  const auto [begin, end] = most->first;
  for (GridRow& row : grid.rows) {
    for (GridCell& c : row.cells) {
      if (c.end <= begin) c.begin += end - begin, c.end += end - begin;
      else if (c.begin >= begin && c.end <= end) c.begin -= begin, c.end -= begin;
    }
    std::stable_sort(row.cells.begin(), row.cells.end(), [](const GridCell& a, const GridCell& b) { return a.begin < b.begin; });
  }
}

/// "1,204-" in a table: "46-" is minus 46 there.
void read_minus_signs_behind(Grid& grid) {
  const auto any = [](const GridRow& row) { return std::any_of(row.cells.begin(), row.cells.end(), [](const GridCell& c) { return c.number.minus_behind; }); };
  if (std::none_of(grid.rows.begin(), grid.rows.end(), any)) return;
  for (GridRow& row : grid.rows)
    for (GridCell& c : row.cells)
      if (c.number.kind == ValueText::words)
        if (auto n = read_minus_behind(c.plain)) c.number = std::move(*n);
}

}  // namespace

bool is_stroke(std::string_view text) {
  text = trim(text);
  return text.size() >= 3 && text.find_first_not_of("-=_ ") == std::string_view::npos;
}

Grid make_grid(const document::Table& table, std::size_t block, bool outlook) {
  Grid grid;
  grid.block = block;
  Occupied occupied;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const document::Row& row = table.rows[r];
    GridRow out;
    out.rule = row.rule || drawn_rule(row);
    out.underlined = row.underlined;
    out.block_row = static_cast<std::uint32_t>(r);
    out.page = (grid.rows.empty() ? 0 : grid.rows.back().page) + (row.page ? 1 : 0);
    std::uint32_t slot = 0;
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      const document::Cell& cell = row.cells[c];
      std::uint32_t begin, end;
      if (cell.to > 0) {
        grid.aligned = true;
        begin = cell.from;
        end = cell.to;
      } else {
        begin = std::min(occupied.next_free(slot, r), kWidest);
        end = std::min(begin + cell.column_span, kWidest + 1);
        occupied.take(begin, end, r, cell.row_span);
        slot = end;
      }
      grid.width = std::max(grid.width, end);
      if (out.rule && cell.text.view().find('=') != std::string_view::npos) out.double_rule = true;
      if (out.rule && cell.to > 0) add_strokes(cell, out);
      if (cell.text.empty() || out.rule) continue;
      const std::string_view plain = without_marks(cell, grid.masked);
      out.cells.push_back({begin, end, &cell, static_cast<std::uint32_t>(r), static_cast<std::uint32_t>(c), read_number(plain, superscript_begin(cell)), plain});
      if (GridCell& pushed = out.cells.back(); pushed.number.kind == ValueText::words && without_leaders(plain).size() < plain.size()) {
        if (without_leaders(plain).empty()) {
          out.cells.pop_back();
          continue;
        }
        pushed.plain = without_leaders(plain);
        pushed.line = cell.text.view().substr(0, pushed.plain.size());
      }
      if (outlook && out.cells.back().number.kind == ValueText::words) read_outlook(out.cells.back(), grid.uppers);
    }
    if (outlook && grid.aligned) join_ranges(out, grid.uppers);
    if (const std::size_t rows = out.rule ? 1 : glued_rows(row); rows > 1) split_glued(out, rows, grid.rows);
    else grid.rows.push_back(std::move(out));
  }
  read_minus_signs_behind(grid);
  if (!grid.aligned) drop_empty_margin(grid), move_labels_first(grid);
  return grid;
}

}  // namespace factpress::tables
