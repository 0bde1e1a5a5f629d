#include "tables/grid.h"

#include <algorithm>

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
    if (text.size() < 3 || !std::all_of(text.begin(), text.end(), [](char c) { return c == '-' || c == '=' || c == '_' || c == ' '; })) return false;
    any = true;
  }
  return any;
}

}  // namespace

Grid make_grid(const document::Table& table, std::size_t block) {
  Grid grid;
  grid.block = block;
  Occupied occupied;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const document::Row& row = table.rows[r];
    GridRow out;
    out.rule = row.rule || drawn_rule(row);
    out.underlined = row.underlined;
    out.block_row = static_cast<std::uint32_t>(r);
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
      if (cell.text.empty() || out.rule) continue;
      const std::string_view plain = without_marks(cell, grid.masked);
      out.cells.push_back({begin, end, &cell, static_cast<std::uint32_t>(r), static_cast<std::uint32_t>(c), read_number(plain, superscript_begin(cell)), plain});
    }
    grid.rows.push_back(std::move(out));
  }
  return grid;
}

}  // namespace factpress::tables
