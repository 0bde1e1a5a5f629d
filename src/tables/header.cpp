#include "tables/header.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "base/date.h"
#include "base/text.h"
#include "tables/header_pieces.h"
#include "tables/period_words.h"

namespace factpress::tables {

namespace {

std::vector<HeaderPiece> pieces_of(const RowParts& row, bool aligned) {
  std::vector<const GridCell*> cells = row.words;
  for (const ValueGroup& g : row.values) cells.push_back(g.cell);
  std::sort(cells.begin(), cells.end(), [](const GridCell* a, const GridCell* b) { return a->begin < b->begin; });
  std::vector<HeaderPiece> out;
  for (const GridCell* c : cells) {
    if (aligned) split_piece(c->text(), c->begin, [c](std::size_t begin, std::size_t end) { return c->cell->text.source_span(static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)); }, out);
    else out.push_back({c->begin, c->end, collapse(c->plain), c->cell->text.source_span(), c->cell->column_span > 1});
  }
  return out;
}

std::uint32_t overlap(const HeaderPiece& p, const Slots& c) {
  const std::uint32_t begin = std::max(p.begin, c.begin), end = std::min(p.end, c.end);
  return begin < end ? end - begin : 0;
}
double centre(std::uint32_t begin, std::uint32_t end) { return (begin + end) / 2.0; }

bool only_durations(const std::vector<HeaderPiece>& pieces) {
  return std::all_of(pieces.begin(), pieces.end(), [](const HeaderPiece& p) {
    const PeriodWords w = read_period_words(p.text);
    const bool bare_day = w.dates.size() == 1 && w.dates[0].month && !w.dates[0].year;
    return !w.change && (w.duration() || w.ended || bare_day);
  });
}

/// The column whose zone (half-way to its neighbours) holds the middle of the piece.
int nearest_column(const HeaderPiece& p, const std::vector<Slots>& columns) {
  int best = -1;
  double least = 1e9;
  for (std::size_t j = 0; j < columns.size(); ++j) {
    const double off = std::abs(centre(p.begin, p.end) - centre(columns[j].begin, columns[j].end));
    if (off < least) least = off, best = static_cast<int>(j);
  }
  return best;
}

/// "December 31," with its year below it, beside columns whose date stands in one line: it belongs to the column it stands
/// over, not to the middle of several. -1 for each where not every piece is such a day.
std::vector<int> days_over_single_columns(const std::vector<HeaderPiece>& pieces, const std::vector<Slots>& columns) {
  std::vector<int> out(columns.size(), -1);
  if (pieces.size() >= columns.size()) return out;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const PeriodWords w = read_period_words(pieces[i].text);
    const auto j = static_cast<std::size_t>(nearest_column(pieces[i], columns));
    const bool day = !w.duration() && !w.ended && w.dates.size() == 1 && w.dates[0].month && !w.dates[0].year;
    const double off = std::abs(centre(pieces[i].begin, pieces[i].end) - centre(columns[j].begin, columns[j].end));
    const int right = std::abs(static_cast<int>(pieces[i].end) - static_cast<int>(columns[j].end));
    if (!day || out[j] >= 0 || (off > 3 && right > 2)) return std::vector<int>(columns.size(), -1);
    out[j] = static_cast<int>(i);
  }
  return out;
}

/// Shares the columns out between fewer pieces so that each piece stands as near as can be over the middle of its share.
std::vector<int> share_out(const std::vector<HeaderPiece>& pieces, const std::vector<Slots>& columns) {
  const std::size_t n = pieces.size(), m = columns.size();
  constexpr double kNever = std::numeric_limits<double>::max() / 4;
  std::vector<std::vector<double>> best(n + 1, std::vector<double>(m + 1, kNever));
  std::vector<std::vector<std::size_t>> from(n + 1, std::vector<std::size_t>(m + 1, 0));
  best[0][0] = 0;
  for (std::size_t i = 1; i <= n; ++i)
    for (std::size_t j = i; j <= m; ++j)
      for (std::size_t k = i - 1; k < j; ++k) {
        if (best[i - 1][k] >= kNever) continue;
        const double off = std::abs(centre(pieces[i - 1].begin, pieces[i - 1].end) - centre(columns[k].begin, columns[j - 1].end));
        if (best[i - 1][k] + off < best[i][j]) best[i][j] = best[i - 1][k] + off, from[i][j] = k;
      }
  std::vector<int> out(m, -1);
  if (m % n == 0) {  // as many columns to each, unless another way stands clearly nearer
    const std::size_t each = m / n;
    double off = 0;
    for (std::size_t i = 0; i < n; ++i) off += std::abs(centre(pieces[i].begin, pieces[i].end) - centre(columns[i * each].begin, columns[(i + 1) * each - 1].end));
    if (off <= best[n][m] + 2.0 * static_cast<double>(n)) {
      for (std::size_t j = 0; j < m; ++j) out[j] = static_cast<int>(j / each);
      return out;
    }
  }
  for (std::size_t i = n, j = m; i > 0; j = from[i][j], --i)
    for (std::size_t k = from[i][j]; k < j; ++k) out[k] = static_cast<int>(i - 1);
  return out;
}

/// "Three Months Ended | Change | Six Months Ended | Change" whose spans fall short, so that a change stands over amounts: as
/// many changes as columns of percentages, as many other texts as blocks of columns between them. Empty where that is not so.
std::vector<int> changes_over_percentages(const std::vector<HeaderPiece>& pieces, const std::vector<bool>& percent_only, const std::vector<int>& by_overlap) {
  std::vector<bool> change(pieces.size());
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const PeriodWords w = read_period_words(pieces[i].text);
    change[i] = w.change && w.dates.empty();
  }
  const bool astray = [&] {
    for (std::size_t j = 0; j < percent_only.size(); ++j) {
      const int i = by_overlap[j];
      // "Change" over "$ | %" stands where it should
      const bool both = j + 1 < percent_only.size() && by_overlap[j + 1] == i && percent_only[j + 1];
      if (i >= 0 && change[static_cast<std::size_t>(i)] && !percent_only[j] && !both) return true;
    }
    return false;
  }();
  if (!astray) return {};
  std::vector<int> out(percent_only.size(), -1);
  std::size_t piece = 0;
  for (std::size_t j = 0; j < percent_only.size(); ++j) {
    const bool begins = j == 0 || percent_only[j] || percent_only[j - 1];  // each percentage by itself, amounts in blocks
    if (begins && j > 0) ++piece;
    if (piece >= pieces.size() || change[piece] != percent_only[j]) return {};
    out[j] = static_cast<int>(piece);
  }
  return piece + 1 == pieces.size() ? out : std::vector<int>{};
}

/// Some column of percentages has a text that says so, and none another: the texts stand where they should.
bool names_percentages(const std::vector<HeaderPiece>& pieces, const std::vector<bool>& percent_only, const std::vector<int>& placed) {
  bool any = false;
  for (std::size_t j = 0; j < percent_only.size(); ++j) {
    if (!percent_only[j] || placed[j] < 0) continue;
    const PeriodWords w = read_period_words(pieces[static_cast<std::size_t>(placed[j])].text);
    if (!w.percent && !w.change) return false;
    any = true;
  }
  return any;
}

/// "Three Months Ended May 31, | % Increase | (Decrease)": the duration is that of all other columns.
bool one_duration_and_changes(const std::vector<HeaderPiece>& pieces) {
  std::size_t durations = 0;
  for (const HeaderPiece& p : pieces) {
    const PeriodWords w = read_period_words(p.text);
    const bool duration = !w.change && (w.duration() || w.ended);
    if (!duration && (!w.change || !w.dates.empty())) return false;
    durations += duration ? 1 : 0;
  }
  return durations == 1;
}

/// Years in a line of their own over quarters that name none ("2020 | 2019" over "Q1 | Q4 | Q3 | Q2 | Q1").
bool years_over_quarters(const std::vector<HeaderPiece>& pieces, const std::vector<std::vector<HeaderPiece>>& lines, std::size_t columns) {
  const auto is_year = [](const HeaderPiece& p) {
    const PeriodWords w = read_period_words(p.text);
    return w.dates.size() == 1 && w.dates[0].year && !w.dates[0].month && !w.duration() && !w.change;
  };
  const auto is_quarter = [](const HeaderPiece& p) {
    const PeriodWords w = read_period_words(p.text);
    return w.quarter && !w.fiscal_year && w.dates.empty();
  };
  if (pieces.size() < 2 || pieces.size() >= columns || !std::all_of(pieces.begin(), pieces.end(), is_year)) return false;
  return std::any_of(lines.begin(), lines.end(), [&](const std::vector<HeaderPiece>& line) { return line.size() > pieces.size() && std::all_of(line.begin(), line.end(), is_quarter); });
}

std::vector<int> place(const std::vector<HeaderPiece>& pieces, const std::vector<Slots>& columns, const std::vector<bool>& percent_only, bool aligned) {
  const std::size_t m = columns.size();
  std::vector<int> out(m, -1);
  bool several = false, spanned = false;
  std::vector<int> covered(pieces.size(), 0);
  for (std::size_t j = 0; j < m; ++j) {
    std::uint32_t most = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const std::uint32_t o = overlap(pieces[i], columns[j]);
      if (o > most) most = o, out[j] = static_cast<int>(i);
    }
    if (out[j] >= 0) several = ++covered[static_cast<std::size_t>(out[j])] > 1 || several;
  }
  for (const HeaderPiece& p : pieces) spanned = spanned || p.spanned;
  const std::vector<int> by_overlap = out;
  if (!aligned && pieces.size() > 1 && pieces.size() < m)
    if (std::vector<int> told = changes_over_percentages(pieces, percent_only, by_overlap); !told.empty()) return told;
  // Long headers over narrow columns of fixed-width text ("Three Months Ended March 31, 2019") drift off their numbers.
  const bool complete = aligned && std::all_of(pieces.begin(), pieces.end(), [](const HeaderPiece& p) {
    const PeriodWords w = read_period_words(p.text);
    return !w.change && std::any_of(w.dates.begin(), w.dates.end(), [](const DateWords& d) { return d.year != 0; });
  });
  if (pieces.size() == m && (!several || complete)) {  // one each, in order, however they stand
    for (std::size_t j = 0; j < m; ++j) out[j] = static_cast<int>(j);
    return out;
  }
  // As many texts as columns that are not of percentages alone: one each, and the percentages stand beside them.
  const bool settled = !aligned && std::count(covered.begin(), covered.end(), 1) == static_cast<std::ptrdiff_t>(pieces.size()) && names_percentages(pieces, percent_only, by_overlap);
  if (pieces.size() + static_cast<std::size_t>(std::count(percent_only.begin(), percent_only.end(), true)) == m && pieces.size() < m && !spanned && !settled) {
    std::fill(out.begin(), out.end(), -1);
    for (std::size_t i = 0, j = 0; j < m; ++j)
      if (!percent_only[j]) out[j] = static_cast<int>(i++);
    if (std::none_of(pieces.begin(), pieces.end(), [](const HeaderPiece& p) { return read_period_words(p.text).change; })) return out;
    out = by_overlap;
  }
  bool uncovered = false;
  for (std::size_t j = 0; j < m; ++j) uncovered = uncovered || (out[j] < 0 && !percent_only[j]);
  const bool lost = std::count(covered.begin(), covered.end(), 0) > 0;
  // Without column spans (tab-separated tables) a text stands over the columns up to the next text.
  if (!aligned && !spanned && uncovered && pieces.size() < m && pieces.front().begin <= columns.front().begin && only_durations(pieces)) {
    // Side by side without a gap, they lost the empty cells between them: as many columns to each.
    bool dense = m % pieces.size() == 0 && pieces.size() > 1;
    for (std::size_t i = 1; i < pieces.size(); ++i) dense = dense && pieces[i].begin == pieces[i - 1].end;
    for (std::size_t j = 0; j < m; ++j) {
      if (dense) out[j] = static_cast<int>(j / (m / pieces.size()));
      for (std::size_t i = 0; i < pieces.size() && !dense; ++i)
        if (pieces[i].begin <= columns[j].begin) out[j] = static_cast<int>(i);
    }
    return out;
  }
  if (aligned) {
    const std::vector<int> single = days_over_single_columns(pieces, columns);
    if (std::any_of(single.begin(), single.end(), [](int i) { return i >= 0; })) return single;
  }
  if (pieces.size() < m && (uncovered || lost) && !(spanned && !lost) && only_durations(pieces)) return share_out(pieces, columns);
  if (aligned && uncovered && pieces.size() > 1 && pieces.size() < m && one_duration_and_changes(pieces)) return share_out(pieces, columns);
  if (aligned && uncovered && pieces.size() > 1 && pieces.size() < m && m % pieces.size() == 0 && complete) return share_out(pieces, columns);  // a day over each block
  // A duration reaches over the columns beside it that nothing else names, even where its column span falls short.
  const bool durations = std::all_of(pieces.begin(), pieces.end(), [](const HeaderPiece& p) {
    const PeriodWords w = read_period_words(p.text);
    return !w.change && (w.duration() || w.ended);
  });
  if (durations && uncovered) {
    if (pieces.size() == 1) return std::vector<int>(m, 0);
    if (m % pieces.size() == 0) {  // as many columns to each
      for (std::size_t j = 0; j < m; ++j) out[j] = static_cast<int>(j / (m / pieces.size()));
      return out;
    }
    return pieces.size() < m ? share_out(pieces, columns) : out;
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (covered[i]) continue;
    const int j = nearest_column(pieces[i], columns);
    if (j >= 0 && out[static_cast<std::size_t>(j)] < 0) out[static_cast<std::size_t>(j)] = static_cast<int>(i);
  }
  return out;
}

}  // namespace

namespace {

std::vector<std::vector<HeaderPiece>> lines_of(const std::vector<const RowParts*>& headers, bool aligned) {
  std::vector<std::vector<HeaderPiece>> lines;
  for (const RowParts* row : headers) lines.push_back(pieces_of(*row, aligned));
  if (aligned) join_wrapped(lines);
  return lines;
}

bool is_duration(std::string_view text) {
  const PeriodWords w = read_period_words(text);
  return !w.change && (w.duration() || w.ended);
}

/// Without column spans the only duration of a header is that of every column headed by a year alone, though it stands over some
/// of them: "Three months ended March 31, | | Change" over "2020 | 2019 | $".
void reach_bare_years(const std::vector<std::vector<HeaderPiece>>& lines, std::vector<std::vector<HeaderText>>& columns) {
  const HeaderPiece* duration = nullptr;
  for (const std::vector<HeaderPiece>& line : lines)
    for (const HeaderPiece& p : line) {
      if (p.spanned) return;
      if (!is_duration(p.text)) continue;
      if (duration) return;
      duration = &p;
    }
  if (!duration) return;
  for (std::vector<HeaderText>& texts : columns) {
    const bool year = std::any_of(texts.begin(), texts.end(), [](const HeaderText& h) { return is_bare_year(h.text); });
    const bool told = std::any_of(texts.begin(), texts.end(), [](const HeaderText& h) {
      const PeriodWords w = read_period_words(h.text);
      return w.duration() || w.ended || w.change || w.range || std::any_of(w.dates.begin(), w.dates.end(), [](const DateWords& d) { return d.month != 0; });
    });
    if (year && !told) texts.insert(texts.begin(), {duration->text, duration->span, false});
  }
}

bool all_periods(const std::vector<HeaderPiece>& pieces) {
  return std::all_of(pieces.begin(), pieces.end(), [](const HeaderPiece& p) {
    const PeriodWords w = read_period_words(p.text);
    return w.any() && !w.change;
  });
}

/// Each text stands over the columns up to the next text.
std::vector<int> up_to_the_next(const std::vector<HeaderPiece>& pieces, const std::vector<Slots>& columns) {
  std::vector<int> out(columns.size(), -1);
  for (std::size_t j = 0; j < columns.size(); ++j)
    for (std::size_t i = 0; i < pieces.size(); ++i)
      if (pieces[i].begin <= columns[j].begin) out[j] = static_cast<int>(i);
  return out;
}

/// Each column has the text of its own number.
bool in_order(const std::vector<int>& placed) {
  for (std::size_t j = 0; j < placed.size(); ++j)
    if (placed[j] != static_cast<int>(j)) return false;
  return true;
}

}  // namespace

std::size_t fullest_line(const std::vector<const RowParts*>& headers, bool aligned) {
  std::size_t most = 0;
  for (const auto& line : lines_of(headers, aligned)) most = std::max(most, line.size());
  return most;
}

std::vector<std::vector<HeaderText>> spread_headers(const std::vector<const RowParts*>& headers, const std::vector<Slots>& columns, const std::vector<bool>& percent_only, bool aligned) {
  const std::vector<std::vector<HeaderPiece>> lines = lines_of(headers, aligned);
  std::vector<std::vector<int>> placed(lines.size());  // for each column the index of its text
  std::vector<Slots> below = columns;
  std::vector<int> blocks;  // of the nearest line below with a text for each column
  for (std::size_t l = lines.size(); l-- > 0;) {
    const std::vector<HeaderPiece>& pieces = lines[l];
    if (pieces.empty() || pieces.size() > 64) continue;
    const bool spanned = std::any_of(pieces.begin(), pieces.end(), [](const HeaderPiece& p) { return p.spanned; });
    const bool one_a_block = !spanned && !blocks.empty() && static_cast<std::size_t>(blocks.back()) + 1 == pieces.size() && all_periods(pieces);
    if (one_a_block) placed[l] = blocks;
    else if (!spanned && years_over_quarters(pieces, lines, columns.size())) placed[l] = aligned ? share_out(pieces, below) : up_to_the_next(pieces, below);
    else placed[l] = place(pieces, below, percent_only, aligned);
    if (pieces.size() != columns.size() || !in_order(placed[l])) continue;
    for (std::size_t j = 0; j < columns.size() && aligned; ++j) below[j] = {pieces[j].begin, pieces[j].end};  // what stands above is set over these texts
    blocks = repeated_blocks(pieces);
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
  return out;
}

}  // namespace factpress::tables
