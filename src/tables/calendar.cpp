#include "tables/calendar.h"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "base/text.h"
#include "tables/header_pieces.h"
#include "tables/outlook.h"

namespace factpress::tables {

namespace {

constexpr std::size_t kHeaderLines = 12;    // of a table
constexpr int kNearYearEnd = 8;             // days between a quarter's whole weeks and the year's end
constexpr std::size_t kLongestWords = 160;  // characters after "ended" or before it that can belong to one date

/// "Acme Corp. April 29, 2020 Page 2" on every page but for its last number.
std::string_view without_page_number(std::string_view text) {
  while (!text.empty() && (is_digit(text.back()) || is_space(text.back()))) text.remove_suffix(1);
  return text;
}

std::optional<Date> full_date(const DateWords& d) {
  if (!d.full()) return std::nullopt;
  if (auto date = Date::of(d.year, d.month, d.day)) {
    // "February 29/28": the last of the month of either year
    if (d.other_day && Date::is_leap(d.year) && std::max(d.day, d.other_day) == 29) return Date::of(d.year, d.month, 29);
    return date;
  }
  return d.other_day ? Date::of(d.year, d.month, d.other_day) : std::nullopt;
}

/// The first dash behind a date: what follows may name the period's end. Where none does, the end of the line.
std::size_t end_of_dateline(std::string_view line) {
  std::size_t end = 0;
  for (; end < line.size(); ++end) {
    end = std::min({line.find("--", end), line.find("\u2014", end), line.find("\u2013", end), line.find(" - ", end), line.size()});
    if (!read_period_words(line.substr(0, end)).dates.empty()) break;
  }
  return end;
}

/// "London, 20 August 2025 - Alba plc today announces its results for the six months ended 30 June 2025.": a sentence behind a date and a dash.
bool has_dateline(std::string_view line) {
  constexpr std::size_t shortest_sentence = 30;
  return (line.ends_with('.') || line.ends_with(':')) && line.size() > end_of_dateline(line) + shortest_sentence;
}

/// "in our Annual Report on Form 10-K for the year ended December 31, 2019": the period of a filing, in the words before its end.
bool of_a_filing(std::string_view before) {
  for (std::string_view name : {"10-k", "10-q", "20-f", "40-f", "annual report", "quarterly report"})
    if (icontains(before, name)) return true;
  return false;
}

/// "results for its quarter and fiscal year": a quarter and the year end on the day behind them.
bool ends_quarter_and_year(std::string_view before) {
  before = trim(before);
  const auto drop = [&](std::string_view word) {
    if (!before.ends_with(word)) return false;
    before = trim(before.substr(0, before.size() - word.size()));
    return true;
  };
  if (!drop("twelve months") && !drop("year")) return false;
  while (drop("fiscal") || drop("full") || drop("the")) {
  }
  return drop("and") && (before.ends_with("quarter") || before.ends_with("three months") || before.ends_with("three"));
}

}  // namespace

Calendar Calendar::of(const document::Document& document) {
  Calendar out;
  std::size_t prose_seen = 0;
  std::set<std::string_view> running_heads;
  std::vector<PeriodWords> otherwise;  // "the quarter ending March 31", "six months to 30 June": what was, or what is to come
  bool any_ended = false;
  for (const document::Block& block : document.blocks) {
    if (block.table) {
      const int quarter = out.quarter_, year = out.fiscal_year_;
      out.see_table(*block.table);
      const auto number = static_cast<std::size_t>(&block - document.blocks.data());
      if ((out.quarter_ != quarter || out.fiscal_year_ != year) && tells_outlook(document, number)) out.quarter_ = quarter, out.fiscal_year_ = year;  // a quarter to come
      continue;
    }
    const std::string_view text = block.text.view();
    if (text.size() < 120 && !running_heads.insert(without_page_number(text)).second) continue;  // tells nothing anew on each page
    if (!out.first_day_ && prose_seen < 20 && (text.size() >= 120 || has_dateline(text))) out.see_dateline(text);
    if (text.size() < 120) out.see_text(read_period_words(out.behind_dateline(text)), block.kind == document::BlockKind::heading || block.strong ? 3 : 1, true);
    if (++prose_seen > 400) continue;
    for (std::size_t at = ifind(text, "fiscal 20"); at != std::string_view::npos; at = ifind(text, "fiscal 20", at + 11))
      if (at + 11 <= text.size() && is_digit(text[at + 9]) && is_digit(text[at + 10])) ++out.fiscal_years_named_[2000 + 10 * (text[at + 9] - '0') + text[at + 10] - '0'];
    std::size_t hits = 0;
    for (std::size_t at = ifind(text, " ended "); at != std::string_view::npos && hits < 20; at = ifind(text, " ended ", at + 7), ++hits) {
      const std::size_t begin = at > 60 ? at - 60 : 0;
      if (of_a_filing(text.substr(begin, at - begin))) continue;
      PeriodWords words = read_period_words(text.substr(begin, std::min(kLongestWords, at - begin + 30)));
      if (!words.quarter && ends_quarter_and_year(text.substr(begin, at - begin))) words.quarter = 4;
      any_ended = any_ended || std::any_of(words.dates.begin(), words.dates.end(), [](const DateWords& d) { return full_date(d).has_value(); });
      out.see_text(words, 3);
    }
    constexpr std::size_t first_blocks = 60;
    for (std::string_view link : {" ending ", " months to ", " mths to ", " weeks to ", " year to ", "-year to ", " half to "})
      if (const std::size_t at = !any_ended && prose_seen < first_blocks ? ifind(text, link) : std::string_view::npos; at != std::string_view::npos) {
        const std::size_t begin = at > 60 ? at - 60 : 0;
        if (of_a_filing(text.substr(begin, at - begin))) continue;
        otherwise.push_back(read_period_words(text.substr(begin, std::min(kLongestWords, at - begin + link.size() + 22))));
      }
    if (prose_seen < 40)
      for (std::size_t at = ifind(text, " quarter"); at != std::string_view::npos && hits < 40; at = ifind(text, " quarter", at + 7), ++hits) {
        const std::size_t begin = at > 10 ? at - 10 : 0;
        PeriodWords words = read_period_words(text.substr(begin, 60));
        words.dates.clear();
        out.see_text(words, 1);
      }
  }
  for (PeriodWords& words : otherwise) {  // what ends after the day of issue is to come
    std::erase_if(words.dates, [&](const DateWords& d) {
      const std::optional<Date> date = full_date(d);
      return !date || (out.first_day_ ? *date > *out.first_day_ : any_ended);
    });
    words.ended = true;
    out.see_text(words, 3);
  }
  out.settle(document);
  return out;
}

/// "PROVIDENCE, R.I., April 18, 2024 -- ..." at the beginning of a paragraph.
void Calendar::see_dateline(std::string_view paragraph) {
  constexpr std::size_t longest = 120;
  const PeriodWords words = read_period_words(paragraph.substr(0, end_of_dateline(paragraph.substr(0, longest))));
  if (words.ended || words.as_of || words.dates.empty()) return;
  first_day_ = full_date(words.dates.front());
}

std::string_view Calendar::behind_dateline(std::string_view line) const {
  if (!first_day_ || !has_digit(line)) return line;
  const std::size_t end = end_of_dateline(line);
  const PeriodWords words = read_period_words(line.substr(0, end));
  const bool issued = !words.ended && !words.as_of && words.dates.size() == 1 && full_date(words.dates.front()) == first_day_ && first_day_ != current_;
  return issued ? line.substr(end) : line;
}

/// Which quarter is reported: the one that the text names first. Headers name those of earlier years too, the earliest perhaps first: of
/// them the latest is reported.
void Calendar::see_quarter(const PeriodWords& words, bool of_table) {
  if (!words.quarter) return;
  any_quarter_ = true;
  if (!quarter_ && !words.outlook) quarter_ = words.quarter, quarter_by_text_ = !of_table;
  const int year = words.fiscal_year;
  if (!year || year_by_text_) return;
  if (!of_table) {
    if (words.quarter == quarter_) fiscal_year_ = year, year_by_text_ = true;
  } else if (quarter_by_text_) {
    if (words.quarter == quarter_) fiscal_year_ = std::max(fiscal_year_, year);
  } else if (!words.outlook && !words.change && 4 * year + words.quarter > 4 * fiscal_year_ + quarter_) {
    fiscal_year_ = year, quarter_ = words.quarter;
  }
}

void Calendar::see(const PeriodWords& words, int weight, bool in_passing) {
  fiscal_ = fiscal_ || (words.quarter && words.fiscal);
  if (in_passing && !words.ended && !words.as_of && !first_day_ && !words.dates.empty()) first_day_ = full_date(words.dates.front());
  if (words.months > 0 && words.months <= 12 && words.ended) months_seen_[static_cast<std::size_t>(words.months)] += weight;
  for (const DateWords& d : words.dates) {
    const std::optional<Date> date = full_date(d);
    if (!date || (weight > 1 && !words.ended)) continue;
    const auto at = std::lower_bound(seen_.begin(), seen_.end(), *date, [](const Seen& s, Date wanted) { return s.date < wanted; });
    const int add = words.ended ? weight + 1 : weight;
    const bool told = !in_passing || words.ended || words.as_of;
    const bool firm = !in_passing || words.ended;
    if (at != seen_.end() && at->date == *date) at->count += add, at->told = at->told || told, at->firm = at->firm || firm;
    else seen_.insert(at, {*date, add, told, firm});
  }
}

/// "SEP 30, 2009 | DEC 31, 2008": a row of days deep in a block of fixed-width text.
bool table_below(const document::Row& row) {
  std::size_t days = 0;
  for (const document::Cell& cell : row.cells) {
    const std::string_view text = cell.text.view();
    constexpr std::size_t shortest = 8, longest = 40, month_before_the_end = 12;  // characters; "SEP 30, 2009" has 12
    if (cell.to == 0 || text.size() < shortest || text.size() > longest || !is_digit(text.back()) || !is_alpha(text[text.size() - std::min(text.size(), month_before_the_end)])) continue;
    if (plain_year(text.substr(text.size() - 4))) ++days;
  }
  return days >= 2;
}

/// The header lines of a table, and the balances named below them. Lines of fixed-width text are read as headers are: texts that
/// share a piece come apart, "July 30, | July 31," over "2023 | 2022" come together.
void Calendar::see_table(const document::Table& table) {
  const auto see_header = [&](std::string_view text) {
    const PeriodWords words = read_period_words(text);
    see_quarter(words, true);
    see(words, 1);
    if (words.dates.size() != 1) return;
    const DateWords& d = words.dates[0];
    if (d.month && d.day && !d.year) days_over_years_.push_back(d);
    if (!d.month && d.year && !words.duration() && !words.outlook) latest_year_ = std::max(latest_year_, d.year);
  };
  std::vector<std::vector<HeaderPiece>> lines;
  std::size_t rows = 0;
  for (const document::Row& row : table.rows) {
    if (!balance_before_ && !row.cells.empty() && row.cells.front().text.size() < 24 && istarts_with(trim(row.cells.front().text.view()), "total assets")) see_balance_sheet(table);
    if (++rows > kHeaderLines) {
      if (!row.cells.empty()) see_balance(row.cells.front().text.view());
      if (table_below(row))  // a further table of the same block of text
        for (const document::Cell& cell : row.cells) see_header(cell.text.view());
      continue;
    }
    const bool aligned = !row.cells.empty() && row.cells.front().to > 0;
    if (aligned) lines.emplace_back();
    for (const document::Cell& cell : row.cells) {
      const std::string_view text = cell.text.view();
      if (text.size() >= 90) continue;
      if (aligned) split_piece(text, cell.from, {}, lines.back());
      else if (text.size() >= 4) see_header(text);
    }
  }
  join_wrapped(lines);
  for (const auto& line : lines)
    for (const HeaderPiece& p : line) see_header(p.text);
}

/// "Balance at December 31, 2021" down in a statement of equity: a day on which a period ended, though it tells nothing of
/// which period is reported.
void Calendar::see_balance(std::string_view label) {
  if (label.size() < 12 || label.size() > 60 || !istarts_with(label, "balance")) return;
  for (const DateWords& d : read_period_words(label).dates)
    if (const std::optional<Date> date = full_date(d); date && date->day() != 1) {
      const auto at = std::lower_bound(seen_.begin(), seen_.end(), *date, [](const Seen& s, Date wanted) { return s.date < wanted; });
      if (at == seen_.end() || at->date != *date) seen_.insert(at, {*date, 0, true, true});
    }
}

/// "September 30, 2023 | December 31, 2022" above "Total assets".
void Calendar::see_balance_sheet(const document::Table& table) {
  std::vector<Date> days;
  std::size_t rows = 0;
  for (const document::Row& row : table.rows) {
    if (++rows > kHeaderLines) break;
    for (const document::Cell& cell : row.cells) {
      if (cell.text.size() < 8 || cell.text.size() > 40) continue;
      const PeriodWords w = read_period_words(cell.text.view());
      if (w.dates.size() != 1 || w.duration() || w.ended) continue;
      if (const std::optional<Date> day = full_date(w.dates[0])) days.push_back(*day);
    }
    if (days.size() >= 2) break;
  }
  if (days.size() == 2 && days[1] < days[0]) balance_before_ = days[1];
}

Date last_day_of_quarter(int quarter, int fiscal_year, int year_end) {
  const int month = (year_end + 3 * quarter + 11) % 12 + 1, year = month > year_end ? fiscal_year - 1 : fiscal_year;
  return *Date::of(year, month, Date::days_in_month(year, month));
}

int year_end_by_header(const document::Document& document) {
  const std::string_view told = document.source->text(document.filing.fiscal_year_end);
  if (told.size() != 4 || !std::all_of(told.begin(), told.end(), is_digit)) return 0;
  const int month = (told[0] - '0') * 10 + told[1] - '0';
  return month <= 12 ? month : 0;
}

/// No date was told as a period's end. A quarter and its year tell one by the calendar where the release was issued soon after; a day
/// named in passing that is near it is its true one.
void Calendar::settle_by_words(const document::Document& document) {
  constexpr int near_by = 10, longest_wait = 55, longest_wait_for_a_year = 100;  // days
  const int header = year_end_by_header(document);
  if (quarter_ && !fiscal_year_ && first_day_ && !fiscal_)  // "First Quarter", told in April 2024: the last one that had ended
    for (int year = first_day_->year() + 1; !fiscal_year_ && year > first_day_->year() - 2; --year)
      if (last_day_of_quarter(quarter_, year, header ? header : 12) < *first_day_) fiscal_year_ = year;
  if (!quarter_ || !fiscal_year_ || (fiscal_ && !header)) return;
  const Date end = last_day_of_quarter(quarter_, fiscal_year_, header ? header : 12);
  const auto is_near = [&](const Seen& s) { return std::abs(s.date.days() - end.days()) <= near_by && !(s.date == first_day_ && s.date > end); };
  if (const auto at = std::find_if(seen_.begin(), seen_.end(), is_near); at != seen_.end()) {
    current_ = at->date;
    return;
  }
  if (!first_day_) return;
  const int waits = quarter_ == 4 ? longest_wait_for_a_year : longest_wait;
  const auto just_ended = [&](Date day) { return day < *first_day_ && first_day_->days() - day.days() <= waits; };
  for (const DateWords& d : days_over_years_)  // "September 27," over "2008"
    for (const int year : {end.year(), end.year() + 1, end.year() - 1})
      if (const auto day = Date::of(year, d.month, d.day); day && std::abs(day->days() - end.days()) <= near_by && just_ended(*day)) {
        current_ = *day;
        return;
      }
  if (just_ended(end)) current_ = end, assumed_ = true;
}

/// "January 24, 2006 -- ... reported 2005 net earnings" above columns of 2005 and 2004, and no quarter anywhere: the year that had just ended.
void Calendar::settle_by_year() {
  constexpr int longest_wait = 100;  // days
  if (quarter_ || fiscal_ || !first_day_ || latest_year_ != first_day_->year() - 1) return;
  const Date end = *Date::of(latest_year_, 12, 31);
  if (first_day_->days() - end.days() > longest_wait) return;
  current_ = end;
  assumed_ = true;
  months_ = 12;
}

/// The day most often named, `best` times, may be the one of a year ago that comparisons are drawn with: where the same day a year later is
/// told as a period's end too, and had come by the day of issue, that is the reported one.
void Calendar::leave_year_ago(int best) {
  constexpr int year = 364, a_week_or_so = 8;  // days
  if (!current_) return;
  for (const Seen& s : seen_) {
    const int later = s.date.days() - current_->days();
    if (!s.told || later < year || later > year + a_week_or_so) continue;
    if (first_day_ ? s.date <= *first_day_ && s.count > 0 : s.count >= 2 && 4 * s.count >= best) {
      current_ = s.date;
      return;
    }
  }
}

/// "First Quarter 2020 Results", told in April 2020, where the tables name the day of an earlier quarter alone: a quarter that had ended
/// shortly before is the reported one.
void Calendar::settle_by_day_of_issue() {
  constexpr int near_by = 10, longest_wait = 55, half_a_quarter = 45;  // days
  if (!quarter_ || !fiscal_year_ || !first_day_ || !current_ || fiscal_) return;
  const Date end = last_day_of_quarter(quarter_, fiscal_year_, 12);
  const int waited = first_day_->days() - end.days();
  if (waited <= 0 || waited > longest_wait || current_->days() > end.days() - half_a_quarter) return;
  const auto near_end = std::find_if(seen_.begin(), seen_.end(), [&](const Seen& s) { return std::abs(s.date.days() - end.days()) <= near_by; });
  current_ = near_end == seen_.end() ? end : near_end->date;
  assumed_ = near_end == seen_.end();
}

/// "Reports Fourth Quarter 2021 Net Income" above columns of "4Q21 | 3Q21 | 4Q20": the days that sentences tell of balances may be those
/// that they compare with; the end of the quarter that is named is the reported one where a text names that day, too.
void Calendar::settle_by_quarter_named(const document::Document& document) {
  constexpr int half_a_quarter = 45;  // days
  if (!quarter_ || !fiscal_year_ || !quarter_by_text_ || fiscal_ || assumed_) return;
  if (std::any_of(seen_.begin(), seen_.end(), [](const Seen& s) { return s.firm && s.told && s.count > 0; })) return;
  const Date end = last_day_of_quarter(quarter_, fiscal_year_, 12);
  if (current_ && std::abs(current_->days() - end.days()) < half_a_quarter) return;
  const std::string words = date_words(end), month_and_day = std::to_string(end.month()) + "/" + std::to_string(end.day()) + "/";
  const std::string digits = month_and_day + std::to_string(end.year()), short_digits = month_and_day + std::to_string(end.year() % 100);
  if (std::any_of(document.blocks.begin(), document.blocks.end(), [&](const document::Block& b) {
        const std::string_view text = b.text.view();
        return icontains(text, words) || text.find(digits) != std::string_view::npos || text.ends_with(short_digits) || text.find(short_digits + " ") != std::string_view::npos;
      }))
    current_ = end;
}

void Calendar::settle(const document::Document& document) {
  int best = 0;
  const bool any_told = std::any_of(seen_.begin(), seen_.end(), [](const Seen& s) { return s.told && s.count > 0; });
  for (const Seen& s : seen_) {
    if (any_told && !s.told && s.count == 1 && s.date == first_day_ && !s.date.is_month_end()) continue;  // the day of issue
    if (s.count > 0 && s.count >= best) best = s.count, current_ = s.date;  // the later of equals
  }
  if (!any_told) {
    settle_by_words(document);
    if (current_ && current_ == first_day_ && !current_->is_month_end()) current_.reset();  // the day of issue
    if (!current_) settle_by_year();
  }
  else leave_year_ago(best), settle_by_day_of_issue();
  settle_by_quarter_named(document);
  for (std::size_t m : {3, 12, 6, 9})
    if (months_seen_[m] > (months_ ? months_seen_[static_cast<std::size_t>(months_)] : 0)) months_ = static_cast<int>(m);
  if (!current_) return;
  const Date year_ago = current_->plus_days(-364);
  // "January 1, 2023" is 52 weeks before December 31, 2023, and as a rule the first day of that year: unless its last one is named less often.
  const int same_day = current_->is_month_end() ? times_seen(current_->plus_months_keeping_end(-12)) : 0;
  weekly_ = std::any_of(seen_.begin(), seen_.end(), [&](const Seen& s) {
    if (s.date.day() == 1 && same_day > 0 && s.count <= same_day) return false;
    return !(s.date.is_month_end() && current_->is_month_end()) && s.date.month() != 2 && (s.date == year_ago || s.date == year_ago.plus_days(-7));
  });
  // A year is reported: it ends with its fourth quarter, whichever quarter of the next is spoken of first.
  if (months_ == 12 && quarter_ != 4) quarter_ = 4, fiscal_year_ = 0;
  year_end_told_ = months_ == 12 || current_->month() == 12 || any_quarter_ || year_end_by_header(document) != 0;
  const bool first_half = !quarter_ && months_ == 6;  // a half year is told of by itself when it is the first one
  if (first_half) quarter_ = 2;
  if (!quarter_) quarter_ = (current_->month() + 2) / 3;
  if (!fiscal_year_ && fiscal_years_named_.count(current_->year() - 1) && fiscal_years_named_[current_->year() - 1] > fiscal_years_named_[current_->year()] && current_->month() < 7) fiscal_year_ = current_->year() - 1;
  if (!fiscal_year_) fiscal_year_ = first_half ? current_->plus_months_keeping_end(6).year() : quarter_ == 4 ? year_called_by_end(*current_) : current_->year();
  // A fiscal year is called by the year it begins in or the one it ends in: what names neither names the same quarter of another year.
  const int before = current_->year() * 12 + current_->month() - 3 * quarter_, begins = before / 12, ends = (before + 11) / 12;
  if (fiscal_year_ != begins && fiscal_year_ != ends) fiscal_year_ = ends;
  settle_year_end();
}

Date Calendar::closing_day(Date day) const {
  if (day.day() != 1) return day;
  const Date before = day.plus_days(-1);
  if ((current_ && current_->is_month_end() && !weekly_) || year_end_month_ == before.month()) return before;
  if (current_ && (current_->days() - day.days()) % 91 == 0) return day;
  return names(before) ? before : day;
}

int Calendar::times_seen(Date day) const {
  const auto at = std::find_if(seen_.begin(), seen_.end(), [&](const Seen& s) { return s.date == day; });
  return at == seen_.end() ? 0 : at->count;
}

bool Calendar::names(Date day) const {
  return std::any_of(seen_.begin(), seen_.end(), [&](const Seen& s) { return s.date == day; });
}

/// Quarters of weeks in years that end with a month all the same ("six months ended July 2, 2023" beside "December 31, 2022"): the day that
/// ends the year falls on another weekday than those of the quarters.
void Calendar::settle_year_end() {
  if (!current_ || !balance_before_ || !balance_before_->is_month_end() || (current_->is_month_end() && !weekly_)) return;
  for (const int quarters : {1, 2, 3}) {
    const int off = current_->days() - balance_before_->days() - 91 * quarters;
    if (std::abs(off) <= kNearYearEnd && off % 7 != 0) year_end_month_ = balance_before_->month();
  }
}

Date Calendar::snap(Date day, int within) const {
  Date best = day;
  int nearest = within + 1;
  for (const Seen& s : seen_) {
    const int off = std::abs(s.date.days() - day.days());
    if (off < nearest) nearest = off, best = s.date;
  }
  return best;
}

Date Calendar::start_of(Date end, int months, int weeks) const {
  if (weeks) return end.plus_days(1 - 7 * weeks);
  const bool by_weeks = weekly_ && (current_->days() - end.days()) % 7 == 0;  // a year of weeks may end on a month's last day
  if ((end.is_month_end() && !by_weeks) || months % 3 != 0) return end.plus_months_keeping_end(-months).plus_days(1);
  // Years of weeks end on the same weekday, near a month's end; other days end a period only by exception.
  const Date computed = end.plus_days(-91 * (months / 3));
  if (year_end_month_)
    for (int off = -kNearYearEnd; off <= kNearYearEnd; ++off)
      if (const Date day = computed.plus_days(off); day.is_month_end() && day.month() == year_end_month_) return day.plus_days(1);
  return end_before(computed).plus_days(1);
}

/// The end of the period before, near the day that whole weeks lead to: that very day, a week off where a year has 53 of them, a month's last
/// day, or whichever else the release names as a period's end. What follows that day is a first day: "April 2 to May 6".
Date Calendar::end_before(Date computed) const {
  constexpr int week = 7, within = 8;
  const Seen* best = nullptr;
  int rank = 0, nearest = 0;
  for (const Seen& s : seen_) {
    const int off = std::abs(s.date.days() - computed.days());
    if (off > within) continue;
    const int own = off == 0 ? 4 : !s.told ? 0 : off == week ? 3 : s.date.is_month_end() ? 2 : s.date == computed.plus_days(1) ? 0 : 1;
    if (own > rank || (own == rank && rank > 0 && off < nearest)) best = &s, rank = own, nearest = off;
  }
  return best ? best->date : computed;
}

Period Calendar::ending_on(Date end, const Period& like, int months) const {
  return like.instant() ? Period{std::nullopt, end} : Period{start_of(end, months, 0), end};
}

Period Calendar::years_later(const Period& period, int years) const {
  const int days = period.instant() ? 0 : period.end.days() - period.start->days() + 1;
  return ending_on(years_on(period.end, years), period, (days + 15) / 30);
}

std::optional<Date> Calendar::quarter_end(int quarter, int fiscal_year) const {
  if (!current_ || !quarter_) return std::nullopt;
  const int steps = (fiscal_year - fiscal_year_) * 4 + quarter - quarter_;
  if (std::abs(steps) > 60) return std::nullopt;
  if (steps == 0) return *current_;
  if (current_->is_month_end()) return current_->plus_months_keeping_end(3 * steps);
  const Date year = years_on(*current_, steps / 4);
  return steps % 4 ? snap(year.plus_days(91 * (steps % 4)), 10) : year;
}

Date Calendar::years_on(Date end, int years) const {
  if (end.is_month_end() && !weekly_) return end.plus_months_keeping_end(12 * years);
  const int step = years < 0 ? -364 : 364;
  for (int i = std::min(std::abs(years), 100); i > 0; --i) end = snap(end.plus_days(step), 10);
  return end;
}

std::optional<Date> Calendar::date(const DateWords& words) const {
  if (auto full = full_date(words)) return full;
  if (!words.month) return std::nullopt;
  DateWords w = words;
  if (!w.year && current_) {  // the year of the nearest such day not after the reported period's end
    w.year = current_->year();
    const int day = w.day ? w.day : 28;
    if (const auto d = Date::of(w.year, w.month, std::min(day, Date::days_in_month(w.year, w.month))); d && *d > current_->plus_days(7)) --w.year;
  }
  if (!w.year) return std::nullopt;
  if (!w.day) {
    const auto last = Date::of(w.year, w.month, Date::days_in_month(w.year, w.month));
    return last ? std::optional<Date>(snap(*last, 7)) : std::nullopt;
  }
  return full_date(w);
}

}  // namespace factpress::tables
