#include "tables/bracketed_columns.h"

#include <algorithm>
#include <set>

namespace factpress::tables {

namespace {

bool meet(std::uint32_t begin, std::uint32_t end, const Slots& s) { return begin < s.end && s.begin < end; }

/// Weak numbers of several rows one below the other.
struct Place {
  Slots slots;
  std::vector<ValueGroup*> numbers;
};

/// Those that fit no column of the layout.
std::vector<Place> places_of_marks(const ColumnLayout& layout, std::vector<std::vector<ValueGroup>>& rows) {
  std::vector<Place> out;
  for (std::size_t r = 0; r < rows.size(); ++r)
    for (std::size_t i = 0; i < rows[r].size(); ++i) {
      ValueGroup& g = rows[r][i];
      if (!g.weak || layout.column_of[r][i] >= 0) continue;
      auto place = std::find_if(out.begin(), out.end(), [&](const Place& p) { return meet(g.begin, g.end, p.slots); });
      if (place == out.end()) place = out.insert(out.end(), {{g.begin, g.end}, {}});
      place->slots = {std::min(place->slots.begin, g.begin), std::max(place->slots.end, g.end)};
      place->numbers.push_back(&g);
    }
  return out;
}

/// Marks go up from one, few left out: "(1)", "(2)", "(2)", "(4)".
bool run_up_as_marks(const Place& place) {
  std::set<Decimal> values;
  for (const ValueGroup* g : place.numbers) values.insert(g->number.value.abs());
  constexpr int left_out = 6;
  return *values.rbegin() <= Decimal(static_cast<std::int64_t>(2 * values.size()) + left_out);
}

/// A text of the header over this place and over no column, but "Note".
bool is_headed(const Place& place, const std::vector<std::vector<HeaderPiece>>& headers, const std::vector<Slots>& columns) {
  const auto over_it_alone = [&](const HeaderPiece& p) {
    return meet(p.begin, p.end, place.slots) && !names_notes(p.text) && std::none_of(columns.begin(), columns.end(), [&](const Slots& c) { return meet(p.begin, p.end, c); });
  };
  return std::any_of(headers.begin(), headers.end(), [&](const auto& line) { return std::any_of(line.begin(), line.end(), over_it_alone); });
}

}  // namespace

void strengthen_columns(const std::vector<std::vector<HeaderPiece>>& headers, bool aligned, std::vector<std::vector<ValueGroup>>& rows) {
  const auto is_weak = [](const ValueGroup& g) { return g.weak; };
  if (std::none_of(rows.begin(), rows.end(), [&](const auto& row) { return std::any_of(row.begin(), row.end(), is_weak); })) return;
  const ColumnLayout layout = lay_out_columns(rows, aligned);
  constexpr std::size_t fewest = 2;
  for (const Place& place : places_of_marks(layout, rows)) {
    const bool numbers = is_headed(place, headers, layout.columns) || (place.numbers.size() >= fewest && !run_up_as_marks(place));
    if (!numbers) continue;
    for (ValueGroup* g : place.numbers) g->weak = false;
  }
}

}  // namespace factpress::tables
