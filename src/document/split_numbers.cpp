#include "document/split_numbers.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace factpress::document {

namespace {

/// ".7", ".0", ".6)", ".25%": what stands behind the whole part.
bool is_rest(std::string_view text) {
  text = trim(text);
  std::size_t at = 0;
  if (text.size() < 2 || text[at++] != '.') return false;
  while (at < text.size() && is_digit(text[at])) ++at;
  if (at < 2 || at > 4) return false;
  while (at < text.size() && (text[at] == ')' || text[at] == '%' || is_space(text[at]))) ++at;
  return at == text.size();
}

/// "98", "(0", "-15", "$1,204": a number without a point, which may go on.
bool is_whole(std::string_view text) {
  text = trim(text);
  std::size_t at = 0;
  while (at < text.size() && (text[at] == '(' || text[at] == '-' || text[at] == '$' || is_space(text[at]))) ++at;
  const std::size_t digits = at;
  while (at < text.size() && (is_digit(text[at]) || text[at] == ',')) ++at;
  return at > digits && at == text.size();
}

/// The column that a cell begins in, where no cell from above reaches into a row.
struct Placed {
  std::size_t row;
  std::size_t cell;
  std::uint32_t begin;
};

struct Seen {
  std::size_t rests = 0;
  bool others = false;  ///< a number that is no rest, or a rest behind no whole number
};

}  // namespace

void join_split_numbers(Table& table) {
  constexpr std::size_t fewest = 3;
  const auto holds_rest = [](const Row& row) { return std::any_of(row.cells.begin(), row.cells.end(), [](const Cell& c) { return is_rest(c.text.view()); }); };
  if (std::none_of(table.rows.begin(), table.rows.end(), holds_rest)) return;  // as nearly all tables
  std::map<std::uint32_t, Seen> columns;
  std::vector<Placed> rests;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const std::vector<Cell>& cells = table.rows[r].cells;
    std::uint32_t at = 0;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const std::uint32_t begin = at;
      at += cells[c].column_span;
      if (cells[c].to > 0 || cells[c].row_span > 1) return;
      const std::string_view text = cells[c].text.view();
      if (text.empty()) continue;
      if (is_rest(text)) {
        Seen& seen = columns[begin];
        ++seen.rests;
        if (c == 0 || !is_whole(cells[c - 1].text.view())) seen.others = true;
        rests.push_back({r, c, begin});
      } else if (c > 0 && std::any_of(text.begin(), text.end(), is_digit) && std::none_of(text.begin(), text.end(), is_alpha)) {
        columns[begin].others = true;
      }
    }
  }
  for (auto at = rests.rbegin(); at != rests.rend(); ++at) {  // from the last, so that the places before stay
    const Seen& seen = columns[at->begin];
    if (seen.others || seen.rests < fewest) continue;
    std::vector<Cell>& cells = table.rows[at->row].cells;
    Cell& whole = cells[at->cell - 1];
    Cell& rest = cells[at->cell];
    whole.text.trim();
    rest.text.trim();
    whole.text.append(rest.text);
    whole.column_span = static_cast<std::uint16_t>(whole.column_span + rest.column_span);
    cells.erase(cells.begin() + static_cast<std::ptrdiff_t>(at->cell));
  }
}

}  // namespace factpress::document
