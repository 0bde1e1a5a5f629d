#include "tables/header_place.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <limits>

#include "tables/period_words.h"

namespace factpress::tables {

namespace {

constexpr double kNear = 3;        // characters that a text may stand off the middle of its column
constexpr int kNearEdge = 2;       // or off its right edge

std::uint32_t overlap(const HeaderPiece& p, const Slots& c) {
  const std::uint32_t begin = std::max(p.begin, c.begin), end = std::min(p.end, c.end);
  return begin < end ? end - begin : 0;
}
double centre(std::uint32_t begin, std::uint32_t end) { return (begin + end) / 2.0; }
double off(const HeaderPiece& p, const Slots& c) { return std::abs(centre(p.begin, p.end) - centre(c.begin, c.end)); }

bool is_whole_period(const PeriodWords& w) {
  return (w.quarter && w.fiscal_year) || std::any_of(w.dates.begin(), w.dates.end(), [](const DateWords& d) { return d.full(); });
}

class LinePlacer {
 public:
  LinePlacer(const std::vector<HeaderPiece>& pieces, const std::vector<Slots>& columns, const std::vector<bool>& percent_only, const std::vector<bool>& named, bool aligned)
      : pieces_(pieces), columns_(columns), percent_only_(percent_only), named_(named), aligned_(aligned), n_(pieces.size()), m_(columns.size()), covered_(n_, 0) {
    for (const HeaderPiece& p : pieces_) {
      words_.push_back(read_period_words(p.text));
      spanned_ = spanned_ || p.spanned;
    }
    lay_over();
    whole_ = std::all_of(words_.begin(), words_.end(), is_whole_period);
  }

  std::vector<int> place() {
    if (!aligned_ && n_ > 1 && n_ < m_)
      if (std::vector<int> told = changes_over_percentages(); !told.empty()) return told;
    if (n_ == m_ && (!several_ || (aligned_ && tell_years()))) return numbered();  // one each, in order, however they stand
    if (std::vector<int> beside = beside_percentages(); !beside.empty()) return beside;
    const bool uncovered = leaves_uncovered(), lost = std::count(covered_.begin(), covered_.end(), 0) > 0;
    if (n_ >= m_) return durations() && uncovered ? alone_or_equally() : with_strays();
    // Without column spans (tab-separated tables) a text stands over the columns up to the next text.
    if (!aligned_ && !spanned_ && uncovered && pieces_.front().begin <= columns_.front().begin && (durations_or_days() || (n_ > 1 && one_duration_and_changes()))) return dense() ? equally() : up_to_the_next(pieces_, columns_);
    if (aligned_)
      if (std::vector<int> single = days_over_single_columns(); !single.empty()) return single;
    if (!aligned_ && !spanned_ && uncovered && n_ > 1 && one_duration_and_changes()) return duration_reaches_out();
    if ((uncovered || lost) && !(spanned_ && !lost) && durations_or_days()) return share_out(pieces_, columns_);
    if (uncovered && !spanned_ && n_ > 1 && durations_and_years()) return aligned_ ? share_out(pieces_, columns_) : up_to_the_next(pieces_, columns_);
    if (aligned_ && uncovered && n_ > 1 && (one_duration_and_changes() || (m_ % n_ == 0 && tell_years()))) return share_out(pieces_, columns_);
    return durations() && uncovered ? alone_or_equally() : with_strays();
  }

 private:
  /// Each column takes the text that reaches furthest over it.
  void lay_over() {
    over_.assign(m_, -1);
    for (std::size_t j = 0; j < m_; ++j) {
      std::uint32_t most = 0;
      for (std::size_t i = 0; i < n_; ++i)
        if (const std::uint32_t o = overlap(pieces_[i], columns_[j]); o > most) most = o, over_[j] = static_cast<int>(i);
      if (over_[j] >= 0) several_ = ++covered_[static_cast<std::size_t>(over_[j])] > 1 || several_;
    }
  }

  bool leaves_uncovered() const {
    for (std::size_t j = 0; j < m_; ++j)
      if (over_[j] < 0 && !percent_only_[j] && !(whole_ && named_[j])) return true;
    return false;
  }

  static bool is_bare_day(const PeriodWords& w) { return w.dates.size() == 1 && w.dates[0].month && !w.dates[0].year; }
  /// "(53 weeks)" below one of three dates: a week more than others, of its own column alone.
  bool one_longer_year() const { return n_ == 1 && words_[0].weeks % 13 == 1 && !words_[0].ended && words_[0].dates.empty() && covered_[0] == 1; }
  bool durations() const { return !one_longer_year() && std::all_of(words_.begin(), words_.end(), std::mem_fn(&PeriodWords::spans_time)); }
  bool durations_or_days() const {
    return !one_longer_year() && std::all_of(words_.begin(), words_.end(), [](const PeriodWords& w) { return w.spans_time() || (!w.change && is_bare_day(w)); });
  }
  /// "2013 Quarter Ended | 2013" over "March 31, | June 30, | Sept. 30, | Dec. 31, | Total".
  bool durations_and_years() const {
    const auto is_year = [](const PeriodWords& w) { return w.dates.size() == 1 && !w.dates[0].month && w.dates[0].year && !w.duration() && !w.ended && !w.change; };
    return std::any_of(words_.begin(), words_.end(), std::mem_fn(&PeriodWords::spans_time)) && std::all_of(words_.begin(), words_.end(), [&](const PeriodWords& w) { return w.spans_time() || is_year(w); });
  }
  /// Long headers over narrow columns of fixed-width text ("Three Months Ended March 31, 2019") drift off their numbers.
  bool tell_years() const {
    return std::all_of(words_.begin(), words_.end(), [](const PeriodWords& w) {
      return !w.change && std::any_of(w.dates.begin(), w.dates.end(), [](const DateWords& d) { return d.year != 0; });
    });
  }
  /// "Three Months Ended May 31, | % Increase | (Decrease)": the duration is that of all other columns.
  bool one_duration_and_changes() const {
    return std::count_if(words_.begin(), words_.end(), std::mem_fn(&PeriodWords::spans_time)) == 1 &&
           std::all_of(words_.begin(), words_.end(), [](const PeriodWords& w) { return w.spans_time() || (w.change && w.dates.empty()); });
  }
  /// Side by side without a gap: texts that lost the empty cells between them.
  bool dense() const {
    for (std::size_t i = 1; i < n_; ++i)
      if (pieces_[i].begin != pieces_[i - 1].end) return false;
    return n_ > 1 && m_ % n_ == 0;
  }

  std::vector<int> numbered() const {
    std::vector<int> out(m_);
    for (std::size_t j = 0; j < m_; ++j) out[j] = static_cast<int>(j);
    return out;
  }
  /// As many columns to each.
  std::vector<int> equally() const {
    std::vector<int> out(m_);
    for (std::size_t j = 0; j < m_; ++j) out[j] = static_cast<int>(j / (m_ / n_));
    return out;
  }
  /// A duration reaches over the columns beside it that nothing else names, even where its column span falls short.
  std::vector<int> alone_or_equally() const {
    if (m_ % n_ == 0) return equally();  // one alone: all
    if (n_ < m_) return share_out(pieces_, columns_);
    return over_;
  }

  /// Without column spans the only duration, set over the middle of its columns or their last, is that of all amounts beside it which no
  /// text stands over.
  std::vector<int> duration_reaches_out() const {
    std::vector<int> out = with_strays();
    const auto at = std::find_if(words_.begin(), words_.end(), std::mem_fn(&PeriodWords::spans_time)) - words_.begin();
    const auto over = std::find(out.begin(), out.end(), static_cast<int>(at)) - out.begin();
    if (over == static_cast<std::ptrdiff_t>(m_)) return out;
    const auto free = [&](std::ptrdiff_t j) { return out[static_cast<std::size_t>(j)] < 0; };
    for (std::ptrdiff_t j = over; j-- > 0 && free(j);) out[static_cast<std::size_t>(j)] = static_cast<int>(at);
    std::ptrdiff_t last = over;
    for (std::ptrdiff_t j = over + 1; j < static_cast<std::ptrdiff_t>(m_) && free(j); ++j)
      if (!percent_only_[static_cast<std::size_t>(j)]) last = j;
    for (std::ptrdiff_t j = over + 1; j <= last; ++j) out[static_cast<std::size_t>(j)] = static_cast<int>(at);
    return out;
  }

  /// As many texts as columns that are not of percentages alone: one each, and the percentages stand beside them. Empty where that
  /// is not so, or where a text speaks of changes.
  std::vector<int> beside_percentages() const {
    const auto percentages = static_cast<std::size_t>(std::count(percent_only_.begin(), percent_only_.end(), true));
    if (n_ + percentages != m_ || n_ == m_ || spanned_ || stand_over_percentages()) return {};
    if (std::any_of(words_.begin(), words_.end(), [](const PeriodWords& w) { return w.change; })) return {};
    std::vector<int> out;
    int next = 0;
    for (const bool percent : percent_only_) out.push_back(percent ? -1 : next++);
    return out;
  }
  /// Each text has a column of its own, some column of percentages one that says so, and none another.
  bool stand_over_percentages() const {
    if (aligned_ || std::count(covered_.begin(), covered_.end(), 1) != static_cast<std::ptrdiff_t>(n_)) return false;
    bool any = false;
    for (std::size_t j = 0; j < m_; ++j) {
      if (!percent_only_[j] || over_[j] < 0) continue;
      const PeriodWords& w = words_[static_cast<std::size_t>(over_[j])];
      if (!w.percent && !w.change) return false;
      any = true;
    }
    return any;
  }

  /// "Three Months Ended | Change | Six Months Ended | Change" whose spans fall short, so that a change stands over amounts: as
  /// many changes as columns of percentages, as many other texts as blocks of columns between them. Empty where that is not so.
  std::vector<int> changes_over_percentages() const {
    const auto is_change = [&](std::size_t i) { return words_[i].change && words_[i].dates.empty(); };
    bool astray = false;
    for (std::size_t j = 0; j < m_ && !astray; ++j) {
      const bool both = j + 1 < m_ && over_[j + 1] == over_[j] && percent_only_[j + 1];  // "Change" over "$ | %" stands where it should
      astray = over_[j] >= 0 && is_change(static_cast<std::size_t>(over_[j])) && !percent_only_[j] && !both;
    }
    if (!astray) return {};
    std::vector<int> out(m_, -1);
    std::size_t piece = 0;
    for (std::size_t j = 0; j < m_; ++j) {
      const bool begins = j > 0 && (percent_only_[j] || percent_only_[j - 1]);  // each percentage by itself, amounts in blocks
      if (begins) ++piece;
      if (piece >= n_ || is_change(piece) != percent_only_[j]) return {};
      out[j] = static_cast<int>(piece);
    }
    return piece + 1 == n_ ? out : std::vector<int>{};
  }

  /// "December 31," with its year below it, beside columns whose date stands in one line: it belongs to the column it stands
  /// over, not to the middle of several. Empty where not every text is such a day.
  std::vector<int> days_over_single_columns() const {
    std::vector<int> out(m_, -1);
    for (std::size_t i = 0; i < n_; ++i) {
      const std::size_t j = nearest_column(pieces_[i]);
      const int right = std::abs(static_cast<int>(pieces_[i].end) - static_cast<int>(columns_[j].end));
      const bool day = !words_[i].duration() && !words_[i].ended && is_bare_day(words_[i]);
      if (!day || out[j] >= 0 || (off(pieces_[i], columns_[j]) > kNear && right > kNearEdge)) return {};
      out[j] = static_cast<int>(i);
    }
    return out;
  }

  /// What reaches over no column stands over the nearest one that has no text.
  std::vector<int> with_strays() const {
    std::vector<int> out = over_;
    for (std::size_t i = 0; i < n_; ++i)
      if (const std::size_t j = nearest_column(pieces_[i]); covered_[i] == 0 && out[j] < 0) out[j] = static_cast<int>(i);
    return out;
  }
  std::size_t nearest_column(const HeaderPiece& p) const {
    const auto nearer = [&](const Slots& a, const Slots& b) { return off(p, a) < off(p, b); };
    return static_cast<std::size_t>(std::min_element(columns_.begin(), columns_.end(), nearer) - columns_.begin());
  }

  const std::vector<HeaderPiece>& pieces_;
  const std::vector<Slots>& columns_;
  const std::vector<bool>& percent_only_;
  const std::vector<bool>& named_;
  bool aligned_;
  std::size_t n_, m_;              ///< texts, columns
  std::vector<PeriodWords> words_; ///< of each text
  std::vector<int> over_;          ///< by overlap alone
  std::vector<int> covered_;       ///< columns that each text has by overlap
  bool several_ = false;           ///< a text has more than one
  bool whole_ = false;             ///< each text tells a whole period
  bool spanned_ = false;           ///< column spans tell how far texts reach
};

}  // namespace

std::vector<int> place_line(const std::vector<HeaderPiece>& pieces, const std::vector<Slots>& columns, const std::vector<bool>& percent_only, const std::vector<bool>& named, bool aligned) {
  return LinePlacer(pieces, columns, percent_only, named, aligned).place();
}

std::vector<int> over_percentages_alone(const std::vector<HeaderPiece>& pieces, const std::vector<Slots>& columns, const std::vector<bool>& percent_only) {
  std::vector<int> out(columns.size(), -1);
  std::size_t last = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const auto under = [&](const Slots& c) { return overlap(pieces[i], c) > 0; };
    const auto at = std::find_if(columns.begin(), columns.end(), under);
    const auto j = static_cast<std::size_t>(at - columns.begin());
    if (at == columns.end() || std::count_if(at, columns.end(), under) > 1 || !percent_only[j] || (i > 0 && j != last + 1)) return {};
    out[last = j] = static_cast<int>(i);
  }
  return out;
}

std::vector<bool> columns_named(const std::vector<HeaderPiece>& pieces, const std::vector<Slots>& columns) {
  std::vector<bool> out(columns.size());
  for (const HeaderPiece& p : pieces) {
    const auto under = [&](const Slots& c) { return overlap(p, c) > 0; };
    const auto at = std::find_if(columns.begin(), columns.end(), under);
    if (at == columns.end() || std::count_if(at, columns.end(), under) > 1 || !is_whole_period(read_period_words(p.text))) continue;
    out[static_cast<std::size_t>(at - columns.begin())] = true;
  }
  return out;
}

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
        const double away = off(pieces[i - 1], {columns[k].begin, columns[j - 1].end});
        if (best[i - 1][k] + away < best[i][j]) best[i][j] = best[i - 1][k] + away, from[i][j] = k;
      }
  std::vector<int> out(m, -1);
  if (m % n == 0) {  // as many columns to each, unless another way stands clearly nearer
    const std::size_t each = m / n;
    double in_all = 0;
    for (std::size_t i = 0; i < n; ++i) in_all += off(pieces[i], {columns[i * each].begin, columns[(i + 1) * each - 1].end});
    if (in_all <= best[n][m] + 2.0 * static_cast<double>(n)) {
      for (std::size_t j = 0; j < m; ++j) out[j] = static_cast<int>(j / each);
      return out;
    }
  }
  for (std::size_t i = n, j = m; i > 0; j = from[i][j], --i)
    for (std::size_t k = from[i][j]; k < j; ++k) out[k] = static_cast<int>(i - 1);
  return out;
}

std::vector<int> up_to_the_next(const std::vector<HeaderPiece>& pieces, const std::vector<Slots>& columns) {
  std::vector<int> out(columns.size(), -1);
  for (std::size_t j = 0; j < columns.size(); ++j)
    for (std::size_t i = 0; i < pieces.size(); ++i)
      if (pieces[i].begin <= columns[j].begin) out[j] = static_cast<int>(i);
  return out;
}

bool in_order(const std::vector<int>& placed) {
  for (std::size_t j = 0; j < placed.size(); ++j)
    if (placed[j] != static_cast<int>(j)) return false;
  return true;
}

}  // namespace factpress::tables
