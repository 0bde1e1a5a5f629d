#include "tables/header.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "tables/header_pieces.h"
#include "tables/header_place.h"
#include "tables/period_words.h"
#include "tables/scale.h"

namespace factpress::tables {

namespace {

/// Fixed-width text: the strokes below a line show how far its texts reach, where each has one of its own.
void reach_strokes(const GridRow& rule, std::vector<HeaderPiece>& pieces) {
  if (rule.strokes.size() != pieces.size()) return;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const std::uint32_t middle = (pieces[i].begin + pieces[i].end) / 2;
    if (middle < rule.strokes[i].first || middle >= rule.strokes[i].second) return;
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    pieces[i].begin = std::min(pieces[i].begin, rule.strokes[i].first);
    pieces[i].end = std::max(pieces[i].end, rule.strokes[i].second);
    pieces[i].spanned = true;
  }
}

std::vector<HeaderPiece> pieces_of(const RowParts& row, bool aligned) {
  std::vector<const GridCell*> cells = row.words;
  for (const ValueGroup& g : row.values) cells.push_back(g.cell);
  std::sort(cells.begin(), cells.end(), [](const GridCell* a, const GridCell* b) { return a->begin < b->begin; });
  std::vector<HeaderPiece> out;
  for (const GridCell* c : cells) {
    if (is_stroke(c->text())) continue;  // beside a label ("(See Notes)"), below the texts above
    if (aligned) split_piece(c->text(), c->begin, [c](std::size_t begin, std::size_t end) { return c->cell->text.source_span(static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)); }, out);
    else out.push_back({c->begin, c->end, collapse(c->plain), c->cell->text.source_span(), c->cell->column_span > 1});
  }
  if (aligned && row.rule) reach_strokes(*row.rule, out);
  return out;
}

/// The texts of the fullest line of quarters that name no year ("Q1 | Q4 | Q3 | Q2 | Q1").
std::size_t quarters_without_year(const HeaderLines& lines) {
  const auto is_quarter = [](const HeaderPiece& p) {
    const PeriodWords w = read_period_words(p.text);
    return w.quarter && !w.fiscal_year && w.dates.empty();
  };
  std::size_t most = 0;
  for (const std::vector<HeaderPiece>& line : lines)
    if (line.size() > most && std::all_of(line.begin(), line.end(), is_quarter)) most = line.size();
  return most;
}

/// "2020 | 2019" in a line of their own.
bool all_years(const std::vector<HeaderPiece>& pieces) {
  return pieces.size() >= 2 && std::all_of(pieces.begin(), pieces.end(), [](const HeaderPiece& p) {
           const PeriodWords w = read_period_words(p.text);
           return w.dates.size() == 1 && w.dates[0].year && !w.dates[0].month && !w.duration() && !w.change;
         });
}

/// Without column spans the only duration of a header is that of every column headed by a year alone, though it stands over some
/// of them: "Three months ended March 31, | | Change" over "2020 | 2019 | $".
void reach_bare_years(const HeaderLines& lines, std::vector<std::vector<HeaderText>>& columns) {
  const HeaderPiece* duration = nullptr;
  for (const std::vector<HeaderPiece>& line : lines)
    for (const HeaderPiece& p : line) {
      if (p.spanned) return;
      if (!read_period_words(p.text).spans_time()) continue;
      if (duration) return;
      duration = &p;
    }
  if (!duration) return;
  const PeriodWords told = read_period_words(duration->text);
  if (std::any_of(told.dates.begin(), told.dates.end(), [](const DateWords& d) { return !d.month && d.year; })) return;  // "2013 Quarter Ended" beside "2013"
  for (std::vector<HeaderText>& texts : columns) {
    const bool year = std::any_of(texts.begin(), texts.end(), [](const HeaderText& h) {
      const PeriodWords w = read_period_words(h.text);  // "2014", "2014 GAAP"
      return w.dates.size() == 1 && w.dates[0].year && !w.dates[0].month && !w.as_of;
    });
    const bool told = std::any_of(texts.begin(), texts.end(), [](const HeaderText& h) {
      const PeriodWords w = read_period_words(h.text);
      return w.duration() || w.ended || w.change || w.range || std::any_of(w.dates.begin(), w.dates.end(), [](const DateWords& d) { return d.month != 0; });
    });
    if (year && !told) texts.insert(texts.begin(), {duration->text, duration->span, false});
  }
}

/// "1Q24 | 4Q23 | 1Q23 | Change from |" over "| | | 4Q23 | 1Q23" without column spans: the change stands over each column to its right that
/// names once more a period which another column names already.
void reach_compared_periods(const HeaderLines& lines, const std::vector<std::vector<int>>& placed, std::vector<std::vector<HeaderText>>& columns) {
  for (std::size_t l = 0; l < lines.size(); ++l) {
    if (placed[l].empty() || std::any_of(lines[l].begin(), lines[l].end(), [](const HeaderPiece& p) { return p.spanned; })) continue;
    int change = -1;  // the text of the column to the left
    for (std::size_t j = 0; j < columns.size(); ++j) {
      if (const int own = placed[l][j]; own >= 0) {
        change = read_period_words(lines[l][static_cast<std::size_t>(own)].text).change ? own : -1;
        continue;
      }
      const auto named = [&](const std::vector<HeaderText>& other) { return !other.empty() && other.back().text == columns[j].back().text; };
      const bool again = change >= 0 && !columns[j].empty() && read_period_words(columns[j].back().text).any() && std::any_of(columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(j), named);
      if (!again) {
        change = -1;
        continue;
      }
      const HeaderPiece& piece = lines[l][static_cast<std::size_t>(change)];
      columns[j].insert(columns[j].begin(), {piece.text, piece.span, false});
    }
  }
}

/// "Change |" over "$ | %" without column spans: the percentages are those of the change, too.
void reach_percentages_of_change(std::vector<std::vector<HeaderText>>& columns) {
  for (std::size_t j = 1; j < columns.size(); ++j) {
    const std::vector<HeaderText>& amounts = columns[j - 1];
    std::vector<HeaderText>& percentages = columns[j];
    const bool beside = amounts.size() == percentages.size() + 1 && !percentages.empty() && trim(percentages.back().text) == "%" && trim(amounts.back().text) == "$";
    const auto same = [](const HeaderText& a, const HeaderText& b) { return a.text == b.text; };
    if (!beside || !std::equal(percentages.begin(), percentages.end() - 1, amounts.begin(), same)) continue;
    if (const HeaderText& change = amounts[amounts.size() - 2]; read_period_words(change.text).change) percentages.insert(percentages.end() - 1, change);
  }
}

/// "2008 | 2007 | 2008 | 2008 | 2007" below a text over three columns and one over two: where a text ends, a block of the line below does, or may,
/// since the same text follows.
bool end_with_blocks(const std::vector<int>& placed, const std::vector<int>& blocks, const std::vector<HeaderPiece>& of_blocks) {
  for (std::size_t j = 1; j < placed.size(); ++j)
    if (placed[j] != placed[j - 1] && blocks[j] == blocks[j - 1] && of_blocks[j].text != of_blocks[j - 1].text) return false;
  return true;
}

/// Column spans that cannot be meant: a column of amounts stands under no text, or the texts have not as many columns each and end amid a block.
bool falls_short(const std::vector<int>& placed, const std::vector<bool>& percent_only, const std::vector<int>& blocks, const std::vector<HeaderPiece>& of_blocks) {
  for (std::size_t j = 0; j < placed.size(); ++j)
    if (placed[j] < 0 && !percent_only[j]) return true;
  const bool equally = std::all_of(placed.begin(), placed.end(), [&](int text) { return std::count(placed.begin(), placed.end(), text) == std::count(placed.begin(), placed.end(), placed.front()); });
  return !equally && !end_with_blocks(placed, blocks, of_blocks);
}

bool all_periods(const std::vector<HeaderPiece>& pieces) {
  return std::all_of(pieces.begin(), pieces.end(), [](const HeaderPiece& p) {
    const PeriodWords w = read_period_words(p.text);
    return w.any() && !w.change;
  });
}

}  // namespace

HeaderLines header_lines(const std::vector<const RowParts*>& headers, bool aligned) {
  HeaderLines lines;
  for (const RowParts* row : headers) lines.push_back(pieces_of(*row, aligned));
  if (aligned) join_wrapped(lines);
  return lines;
}

std::vector<GroupScale> scales_of_groups(const HeaderLines& lines) {
  std::vector<GroupScale> out;
  for (std::size_t l = 1; l < lines.size(); ++l)
    for (const HeaderPiece& note : lines[l]) {
      const std::optional<int> power = note.spanned && note.text.front() == '(' ? read_scale(note.text).money : std::nullopt;
      if (!power) continue;
      const auto heads_group = [&](const std::vector<HeaderPiece>& line) {
        const auto is_group = [&](const HeaderPiece& p) { return p.begin == note.begin && p.end == note.end; };
        const auto is_beside = [&](const HeaderPiece& p) { return (p.end <= note.begin || p.begin >= note.end) && read_period_words(p.text).any(); };
        return std::any_of(line.begin(), line.end(), is_group) && std::any_of(line.begin(), line.end(), is_beside);
      };
      if (std::any_of(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(l), heads_group)) out.push_back({{note.begin, note.end}, *power});
    }
  return out;
}

std::vector<std::vector<HeaderText>> spread_headers(const HeaderLines& lines, const std::vector<Slots>& columns, const std::vector<bool>& percent_only, bool aligned) {
  constexpr std::size_t most_pieces = 64;
  std::vector<std::vector<int>> placed(lines.size());  // for each column the index of its text
  std::vector<Slots> below = columns;
  std::vector<int> blocks;  // of the nearest line below with a text for each column
  const std::vector<HeaderPiece>* of_blocks = nullptr;  // that line
  auto quarters = [&lines, known = std::optional<std::size_t>()]() mutable { return known ? *known : *(known = quarters_without_year(lines)); };
  std::vector<std::vector<bool>> named(lines.size());  // by each line; a line alone needs none
  for (std::size_t l = 0; l < lines.size() && lines.size() > 1; ++l)
    if (lines[l].size() <= most_pieces) named[l] = columns_named(lines[l], columns);
  const auto named_elsewhere = [&](std::size_t line) {
    std::vector<bool> out(columns.size());
    for (std::size_t l = 0; l < named.size(); ++l)
      for (std::size_t j = 0; j < named[l].size() && l != line; ++j) out[j] = out[j] || named[l][j];
    return out;
  };
  for (std::size_t l = lines.size(); l-- > 0;) {
    const std::vector<HeaderPiece>& pieces = lines[l];
    if (pieces.empty() || pieces.size() > most_pieces) continue;
    const bool headed_below = !aligned && of_blocks;  // each column by a text of its own
    if (headed_below && !(placed[l] = over_percentages_alone(pieces, columns, percent_only)).empty()) continue;
    const bool spanned = std::any_of(pieces.begin(), pieces.end(), [](const HeaderPiece& p) { return p.spanned; });
    bool one_a_block = !blocks.empty() && static_cast<std::size_t>(blocks.back()) + 1 == pieces.size() && all_periods(pieces);
    if (spanned || !one_a_block) placed[l] = place_line(pieces, below, percent_only, named_elsewhere(l), aligned);
    one_a_block = one_a_block && (!spanned || falls_short(placed[l], percent_only, blocks, *of_blocks));  // spans that leave a column out or end amid a block cannot be meant
    if (one_a_block) placed[l] = blocks;
    else if (!spanned && pieces.size() < columns.size() && all_years(pieces) && pieces.size() < quarters()) placed[l] = aligned ? share_out(pieces, below) : up_to_the_next(pieces, below);
    if (pieces.size() == columns.size() && in_order(placed[l])) {
      for (std::size_t j = 0; j < columns.size() && aligned; ++j) below[j] = {pieces[j].begin, pieces[j].end};  // what stands above is set over these texts
      blocks = repeated_blocks(pieces);
      of_blocks = &pieces;
    } else if (one_a_block) {
      if (const std::vector<int> wider = repeated_blocks(pieces); !wider.empty())
        for (int& block : blocks) block = wider[static_cast<std::size_t>(block)];
    }
  }
  std::vector<std::vector<HeaderText>> out(columns.size());
  for (std::size_t l = 0; l < lines.size(); ++l)
    for (std::size_t j = 0; j < placed[l].size(); ++j) {
      const int i = placed[l][j];
      if (i < 0) continue;
      const HeaderPiece& piece = lines[l][static_cast<std::size_t>(i)];
      out[j].push_back({piece.text, piece.span, std::count(placed[l].begin(), placed[l].end(), i) == 1});
    }
  reach_bare_years(lines, out);
  if (!aligned) reach_compared_periods(lines, placed, out);
  reach_percentages_of_change(out);
  return out;
}

}  // namespace factpress::tables
