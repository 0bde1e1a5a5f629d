#include "tables/header_pieces.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/date.h"
#include "base/text.h"
#include "tables/period_words.h"

namespace factpress::tables {

namespace {

constexpr std::size_t kFarthest = 2;     // lines between the parts of one text
constexpr std::size_t kMostPieces = 64;  // of a line that is a header's

using Pieces = std::vector<HeaderPiece>;

/// The words of a text, each with its place.
std::vector<std::pair<std::size_t, std::string_view>> words_of(std::string_view text) {
  std::vector<std::pair<std::size_t, std::string_view>> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    while (at < text.size() && text[at] != ' ') ++at;
    std::string_view word = text.substr(begin, at - begin);
    if (!word.empty() && word.back() == ',') word.remove_suffix(1);
    out.emplace_back(begin, word);
    while (at < text.size() && text[at] == ' ') ++at;
  }
  return out;
}

/// Where each date or year begins in "June 26, 2004 June 28, 2003", "2003 2002 Change".
std::vector<std::size_t> dates_in(std::string_view text) {
  std::vector<std::size_t> starts;
  std::size_t months = 0, years = 0;
  bool changes = false;  // "2003 Change": a column of changes stands close to the year
  const bool compares = text.find(" vs") != std::string_view::npos || text.find(" over ") != std::string_view::npos || text.find(" to ") != std::string_view::npos;
  for (const auto& [begin, word] : words_of(text)) {
    if (months + years > 0 && !changes && !compares && (iequals(word, "change") || word == "%" || iequals(word, "variance"))) starts.push_back(begin), changes = true;
    else if (month_number(word)) starts.push_back(begin), ++months, changes = false;
    else if (word.size() == 4 && (word.substr(0, 2) == "19" || word.substr(0, 2) == "20") && months == 0) starts.push_back(begin), ++years, changes = false;
  }
  return starts;
}

/// Where each quarter begins in "Q2 FY23 Q1 FY23 Q2 FY22 Q/Q Y/Y".
std::vector<std::size_t> quarters_in(std::string_view text) {
  std::vector<std::size_t> starts;
  for (const auto& [begin, word] : words_of(text)) {
    const bool quarter = word.size() == 2 && (word[0] == 'Q' || word[0] == 'q') && word[1] >= '1' && word[1] <= '4';
    const bool change = iequals(word, "q/q") || iequals(word, "y/y") || iequals(word, "change");
    if (quarter || (change && !starts.empty())) starts.push_back(begin);
  }
  return starts;
}

/// Where each begins in "Three Months Ended Six Months Ended".
std::vector<std::size_t> durations_in(std::string_view text) {
  std::vector<std::size_t> starts;
  const auto words = words_of(text);
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const bool counted = iequals(words[i + 1].second, "months") || iequals(words[i + 1].second, "weeks");
    if (counted && read_period_words(text.substr(words[i].first, words[i + 1].first + words[i + 1].second.size() - words[i].first)).duration()) starts.push_back(words[i].first);
  }
  return starts;
}

/// Where each begins in "Change Change".
std::vector<std::size_t> changes_in(std::string_view text) {
  std::vector<std::size_t> starts;
  for (const auto& [begin, word] : words_of(text)) {
    if (!iequals(word, "change")) return {};
    starts.push_back(begin);
  }
  return starts;
}

/// Where each of several texts begins; {0} where it is one.
std::vector<std::size_t> texts_in(std::string_view piece) {
  for (const auto& places : {durations_in, quarters_in, dates_in, changes_in})
    if (std::vector<std::size_t> starts = places(piece); starts.size() >= 2 && starts.front() == 0) return starts;
  return {0};
}

std::string_view last_word(std::string_view text) {
  text = trim(text);
  const std::size_t blank = text.rfind(' ');
  return blank == std::string_view::npos ? text : text.substr(blank + 1);
}
std::string_view first_word(std::string_view text) {
  text = trim(text);
  return text.substr(0, text.find(' '));
}

/// "31,", "2", "29/28,": the day that a month asks for.
bool is_day(std::string_view word) {
  if (!word.empty() && word.back() == ',') word.remove_suffix(1);
  if (word.empty() || word.size() > 5 || !is_digit(word[0])) return false;
  if (const std::size_t slash = word.find('/'); slash != std::string_view::npos) return is_day(word.substr(0, slash)) && is_day(word.substr(slash + 1));
  return word.size() <= 2 && std::all_of(word.begin(), word.end(), factpress::is_digit);
}

bool any_of_words(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return iequals(word, w); });
}

enum class Opening { none, month, span, end, day };

bool is_bare_day(const PeriodWords& w) { return w.dates.size() == 1 && w.dates[0].month && w.dates[0].day && !w.dates[0].year && !w.change; }

/// What a text that is not finished waits for: "Twelve Months Ended February" for a day, "Thirty-Nine Weeks" for "Ended", "Three
/// Months Ended" for a day with its month, "December 31," for a year.
Opening opening_of(std::string_view text) {
  const std::string_view last = last_word(text);
  if (month_number(last)) return Opening::month;
  const PeriodWords w = read_period_words(text);
  if (w.duration() && w.dates.empty() && any_of_words(last, {"ended", "ending", "to"})) return Opening::end;
  const bool span = w.duration() && !w.ended && w.dates.empty() && any_of_words(last, {"months", "weeks", "quarter", "quarters", "year", "years", "month"});
  return span ? Opening::span : is_bare_day(w) ? Opening::day : Opening::none;
}

bool closes(Opening opening, const HeaderPiece& piece) {
  const std::string_view first = first_word(piece.text);
  switch (opening) {
    case Opening::none: return false;
    case Opening::month: return is_day(first);
    case Opening::span: return any_of_words(first, {"ended", "ended,", "ended:", "ending", "to"});
    case Opening::end: return month_number(first) != 0 && is_bare_day(read_period_words(piece.text));
    case Opening::day: return is_bare_year(piece.text);
  }
  return false;
}

/// A day or "Three Months Ended" commonly stands over several columns, each with a text below: it belongs to one of them only
/// where the neighbours show it, as many days as years, or a neighbour below with both its duration and its day.
bool neighbours_agree(Opening opening, const Pieces& upper, const Pieces& lower) {
  if (opening == Opening::day) {
    const auto days = std::count_if(upper.begin(), upper.end(), [](const HeaderPiece& p) { return opening_of(p.text) == Opening::day; });
    return days == std::count_if(lower.begin(), lower.end(), [](const HeaderPiece& p) { return is_bare_year(p.text); });
  }
  return opening != Opening::end || std::any_of(lower.begin(), lower.end(), [](const HeaderPiece& p) {
           const PeriodWords w = read_period_words(p.text);
           return w.duration() && w.ended && is_bare_day(w);
         });
}

bool overlap(const HeaderPiece& a, const HeaderPiece& b) { return a.begin < b.end && b.begin < a.end; }

struct Place {
  std::size_t line, piece;
};

/// The nearest text below; none where several stand there.
std::optional<Place> below(const std::vector<Pieces>& lines, std::size_t line, const HeaderPiece& piece) {
  for (std::size_t r = line + 1; r < lines.size() && r <= line + kFarthest && lines[r].size() <= kMostPieces; ++r) {
    std::optional<Place> found;
    for (std::size_t i = 0; i < lines[r].size(); ++i) {
      if (!overlap(piece, lines[r][i])) continue;
      if (found) return std::nullopt;
      found = Place{r, i};
    }
    if (found) return found;
  }
  return std::nullopt;
}

/// Whether the lower part stands below this text alone.
bool only_one_above(const Pieces& line, const HeaderPiece& lower) {
  return std::count_if(line.begin(), line.end(), [&](const HeaderPiece& p) { return overlap(p, lower); }) == 1;
}

/// The line, from the upper part's to the lower's, in which other texts of the joined one's kind stand.
std::size_t line_of_its_kind(const std::vector<Pieces>& lines, std::size_t upper, std::size_t lower, Opening opening) {
  for (std::size_t r = upper; r <= lower; ++r)
    for (const HeaderPiece& p : lines[r]) {
      const PeriodWords w = read_period_words(p.text);
      const bool day = w.dates.size() == 1 && w.dates[0].month && w.dates[0].day;
      if ((opening == Opening::month && day) || (opening == Opening::day && day && w.dates[0].year) || (opening == Opening::span && w.duration() && w.ended)) return r;
    }
  return lower;
}

HeaderPiece joined(const HeaderPiece& upper, const HeaderPiece& lower) {
  return {std::min(upper.begin, lower.begin), std::max(upper.end, lower.end), upper.text + " " + lower.text, upper.span, lower.spanned};
}

/// Joins the texts of one line that wait for the same.
void join_line(std::vector<Pieces>& lines, std::size_t r, Opening opening) {
  std::vector<std::pair<std::size_t, HeaderPiece>> whole;  // and the line it goes to
  std::vector<std::pair<std::size_t, std::size_t>> taken;  // line and index of lower parts
  std::vector<std::size_t> used;
  if (lines[r].size() > kMostPieces) return;
  for (std::size_t i = 0; i < lines[r].size(); ++i) {
    const HeaderPiece& piece = lines[r][i];
    if (opening_of(piece.text) != opening) continue;
    const auto under = below(lines, r, piece);
    if (!under) continue;
    const HeaderPiece& lower = lines[under->line][under->piece];
    if (!closes(opening, lower) || !only_one_above(lines[r], lower) || !neighbours_agree(opening, lines[r], lines[under->line])) continue;
    whole.emplace_back(line_of_its_kind(lines, r, under->line, opening), joined(piece, lower));
    taken.emplace_back(under->line, under->piece);
    used.push_back(i);
  }
  std::sort(taken.begin(), taken.end());
  for (auto it = taken.rbegin(); it != taken.rend(); ++it) lines[it->first].erase(lines[it->first].begin() + static_cast<std::ptrdiff_t>(it->second));
  for (auto it = used.rbegin(); it != used.rend(); ++it) lines[r].erase(lines[r].begin() + static_cast<std::ptrdiff_t>(*it));
  for (auto& [line, piece] : whole) {
    Pieces& target = lines[line];
    target.insert(std::upper_bound(target.begin(), target.end(), piece, [](const HeaderPiece& a, const HeaderPiece& b) { return a.begin < b.begin; }), std::move(piece));
  }
}

/// Blocks that end where the years turn back; empty where a text tells no year or they never do.
std::vector<int> blocks_by_years(const Pieces& line) {
  std::vector<int> years, out;
  for (const HeaderPiece& p : line) {
    const PeriodWords w = read_period_words(p.text);
    const int year = w.dates.size() == 1 ? w.dates[0].year : w.fiscal_year;
    if (!year || w.change) return {};
    years.push_back(year);
  }
  const auto other = std::find_if(years.begin(), years.end(), [&](int y) { return y != years.front(); });
  if (other == years.end()) return {};
  const int step = *other < years.front() ? -1 : 1;
  int block = 0;
  for (std::size_t j = 0; j < years.size(); ++j) {
    if (j > 0 && (years[j] - years[j - 1]) * step < 0) ++block;
    out.push_back(block);
  }
  return block > 0 ? out : std::vector<int>{};
}

/// Quarters of years that stand above ("Q1 | Q4 | Q3 | Q2 | Q1", "Q1 | Q2 | Q3 | Q4 | Total | Q1"): blocks that end where a year does; empty
/// where a text tells a year or a change, or no year ends.
std::vector<int> blocks_by_quarters(const Pieces& line) {
  std::vector<int> quarters, out;
  for (const HeaderPiece& p : line) {
    const PeriodWords w = read_period_words(p.text);
    if (w.fiscal_year || !w.dates.empty() || w.change || (w.quarter && w.year_to_date)) return {};
    quarters.push_back(w.quarter);
  }
  if (quarters.empty() || !quarters.front()) return {};
  int step = 0, block = 0, last = 0;
  for (const int q : quarters) {
    if (q && last && step == 0) step = q == last % 4 + 1 ? 1 : last == q % 4 + 1 ? -1 : 0;
    if (q && last && step == 0) return {};
    if (q && last && (q - last) * step <= 0) ++block;
    if (q) last = q;
    out.push_back(block);
  }
  return block > 0 ? out : std::vector<int>{};
}

/// "Studios | Parks | Total | Studios | Parks | Licenses | Total": each block begins with the same text, and has all texts of the shortest, in
/// order; empty where that is not so.
std::vector<int> blocks_from_one_text(const Pieces& line) {
  std::vector<int> out;
  std::vector<std::vector<std::string>> blocks;
  for (const HeaderPiece& p : line) {
    const std::string text = lower(trim(p.text));
    if (blocks.empty() || text == blocks.front().front()) blocks.emplace_back();
    blocks.back().push_back(text);
    out.push_back(static_cast<int>(blocks.size()) - 1);
  }
  const auto shorter = [](const auto& a, const auto& b) { return a.size() < b.size(); };
  const std::vector<std::string>& shortest = *std::min_element(blocks.begin(), blocks.end(), shorter);
  if (blocks.size() < 2 || shortest.size() < 2) return {};
  for (const std::vector<std::string>& block : blocks) {
    auto at = block.begin();
    for (const std::string& text : shortest) {
      at = std::find(at, block.end(), text);
      if (at == block.end()) return {};
      ++at;
    }
  }
  return out;
}

std::vector<int> blocks_by_texts(const Pieces& line) {
  for (std::size_t period = 2; period <= line.size() / 2; ++period) {
    if (line.size() % period != 0) continue;
    bool repeats = true;
    for (std::size_t j = period; j < line.size() && repeats; ++j) repeats = iequals(trim(line[j].text), trim(line[j - period].text));
    if (!repeats) continue;
    std::vector<int> out;
    for (std::size_t j = 0; j < line.size(); ++j) out.push_back(static_cast<int>(j / period));
    return out;
  }
  return blocks_from_one_text(line);
}

}  // namespace

std::vector<int> repeated_blocks(const Pieces& line) {
  std::vector<int> blocks = blocks_by_years(line);
  if (blocks.empty()) blocks = blocks_by_quarters(line);
  return blocks.empty() ? blocks_by_texts(line) : blocks;
}

bool names_notes(std::string_view header) {
  std::string t = lower(trim(header));
  std::erase_if(t, [](char c) { return c == '(' || c == ')' || c == '.'; });
  return t == "note" || t == "notes" || t == "note no" || t == "notes no" || t == "ref" || t == "note ref" || t == "reference" || t == "footnote" || t == "page" || t == "pages" || t == "page no";
}

bool is_bare_year(std::string_view text) {
  return plain_year(text.substr(0, text.find(" ("))) != 0;
}

void split_piece(std::string_view text, std::uint32_t from, const std::function<Span(std::size_t begin, std::size_t end)>& span_of, std::vector<HeaderPiece>& out) {
  const std::vector<std::size_t> starts = texts_in(text);
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const std::size_t stop = i + 1 < starts.size() ? starts[i + 1] : text.size();
    const std::string_view piece = trim(text.substr(starts[i], stop - starts[i]));
    const auto begin = from + static_cast<std::uint32_t>(count_code_points(text.substr(0, starts[i])));
    const Span span = span_of ? span_of(starts[i], starts[i] + piece.size()) : Span{};
    out.push_back({begin, begin + static_cast<std::uint32_t>(count_code_points(piece)), std::string(piece), span, false});
  }
}

void join_wrapped(std::vector<Pieces>& lines) {
  for (const Opening opening : {Opening::month, Opening::span, Opening::end, Opening::day})
    for (std::size_t r = 0; r + 1 < lines.size(); ++r) join_line(lines, r, opening);
}

}  // namespace factpress::tables
