#include "tables/period_words.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <string>

#include "base/date.h"
#include "base/numerals.h"
#include "base/text.h"
#include "tables/number.h"

namespace factpress::tables {

namespace {

/// "13", "thirteen"; 0 for none.
int numeral(std::string_view w) {
  if (const int n = w.empty() || !is_alpha(w[0]) ? 0 : number_of_word(w); n > 0) return n;
  if (w.empty() || w.size() > 2) return 0;
  int value = 0;
  for (char c : w) {
    if (!is_digit(c)) return 0;
    value = value * 10 + (c - '0');
  }
  return value;
}

int ordinal(std::string_view w) {
  if (w == "first" || w == "1st") return 1;
  if (w == "second" || w == "2nd") return 2;
  if (w == "third" || w == "3rd") return 3;
  return w == "fourth" || w == "4th" ? 4 : 0;
}

int year_of(std::string_view w) {
  if (w.size() == 5 && (w[4] == 'a' || w[4] == 'e')) w.remove_suffix(1);  // "2020A", "2021E": actual, expected
  const int y = plain_year(w);
  return y >= 1950 ? y : 0;
}

int two_digit_year(std::string_view w) {
  if (w.size() != 2 || !is_digit(w[0]) || !is_digit(w[1])) return 0;
  const int y = (w[0] - '0') * 10 + (w[1] - '0');
  return y >= 70 ? 1900 + y : 2000 + y;
}

/// "2024" or "24"; 0 for others.
int any_year(std::string_view w) { return w.size() == 4 ? year_of(w) : two_digit_year(w); }

/// Bytes of an apostrophe at `at`: "'", or a typographic one.
std::size_t apostrophe_length(std::string_view text, std::size_t at) {
  if (text[at] == '\'') return 1;
  return text.substr(at, 3) == "\u2019" || text.substr(at, 3) == "\u2018" ? 3 : 0;
}

/// "'20": two digits after an apostrophe, a year.
bool short_year_at(std::string_view text, std::size_t at) {
  return at + 2 <= text.size() && is_digit(text[at]) && is_digit(text[at + 1]) && (at + 2 == text.size() || !is_alnum(text[at + 2]));
}

/// Whether the letters from `at` on, behind blanks, are a month's name.
bool month_follows(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] == ' ') ++at;
  std::size_t end = at;
  while (end < text.size() && is_alpha(text[end])) ++end;
  return end > at && month_number(lower(text.substr(at, end - at))) != 0;
}

bool numeric_date_follows(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] == ' ') ++at;
  const std::string_view rest = text.substr(at);
  return is_numeric_date(rest.substr(0, std::min(rest.find(' '), rest.size())));
}

/// "april", "30": what stands before the dash of "April - June", "April 1 - June 30".
bool may_begin_a_range(std::string_view word) {
  return month_number(word) != 0 || (!word.empty() && word.size() <= 2 && is_digit(word[0]) && is_digit(word.back())) || (word.size() == 4 && is_digit(word[0]) && is_digit(word[3]));
}

/// "31.12.2023", "30.6.24": a day, its month and its year between dots, as year-month-day; `end` behind it. Empty for other numbers.
std::string dotted_date(std::string_view text, std::size_t at, std::size_t& end) {
  std::array<std::string_view, 3> parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::size_t stop = at;
    while (stop < text.size() && is_digit(text[stop])) ++stop;
    parts[i] = text.substr(at, stop - at);
    if (i < 2 && (parts[i].empty() || parts[i].size() > 2 || stop >= text.size() || text[stop] != '.')) return {};
    at = i < 2 ? stop + 1 : stop;
  }
  const bool whole = parts[2].size() == 4 || (parts[0].size() == 2 && parts[1].size() == 2);  // "1.2.34" may be anything
  const int y = any_year(parts[2]);
  if (!y || !whole || (at < text.size() && (is_alnum(text[at]) || text[at] == '%'))) return {};
  end = at;
  return std::to_string(y) + "-" + std::string(parts[1]) + "-" + std::string(parts[0]);
}

/// Lower-case words: letters, digits, and '/', '-' or '\'' between them; "%" and "$" alone; "'20" as "2020".
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  out.reserve(2 + text.size() / 6);
  std::string word;
  const auto flush = [&] {
    while (!word.empty() && (word.back() == '-' || word.back() == '/' || word.back() == '\'')) word.pop_back();
    if (!word.empty()) out.push_back(std::move(word));
    word.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = to_lower(text[i]);
    if (const std::size_t mark = apostrophe_length(text, i); mark && short_year_at(text, i + mark)) {
      flush();
      out.push_back(std::to_string(two_digit_year(text.substr(i + mark, 2))));
      i += mark + 1;
      continue;
    }
    const std::size_t dash = is_alnum(c) ? 0 : dash_length(text.substr(i));
    if (dash && word.empty() && !out.empty() && is_numeric_date(out.back()) && numeric_date_follows(text, i + dash)) {  // "01/01/2020 - 03/31/2020"
      out.emplace_back("to");
      i += dash - 1;
      continue;
    }
    if (dash && month_follows(text, i + dash)) {
      std::string_view before = !word.empty() ? std::string_view(word) : out.empty() ? std::string_view{} : std::string_view(out.back());
      if (before.ends_with(',')) before.remove_suffix(1);
      const bool day = word.size() <= 2 && !word.empty() && is_digit(word[0]);  // "30-Jun-24" is one day
      if (may_begin_a_range(before) && !(day && (out.empty() || !month_number(out.back())))) {
        flush();
        out.emplace_back("to");
        i += dash - 1;
        continue;
      }
    }
    if (is_digit(c) && word.empty() && i + 2 < text.size() && (text[i + 1] == '.' || text[i + 2] == '.')) {
      std::size_t end = i;
      if (std::string date = dotted_date(text, i, end); !date.empty()) {
        out.push_back(std::move(date));
        i = end - 1;
        continue;
      }
    }
    if (is_alnum(c)) word += c;
    else if (text.substr(i, 3) == "\u2206" || text.substr(i, 2) == "\u0394") {  // a difference
      flush();
      out.emplace_back("change");
      i += text.substr(i, 3) == "\u2206" ? 2 : 1;
    }
    else if (text.substr(i, 3) == "\u2011" || text.substr(i, 3) == "\u2010") word += '-', i += 2;
    else if (text.substr(i, 3) == "\u2019") i += 2;
    else if (c == '/' && word.size() >= 2 && i + 1 < text.size() && is_alpha(text[i + 1]) && std::all_of(word.begin(), word.end(), is_alpha)) flush();  // "As of/Year ended"
    else if ((c == '/' || c == '-' || c == '\'') && !word.empty()) word += c;
    else {
      flush();
      if (c == '%' || c == '+') out.emplace_back(1, c);
      if (c == ',' && !out.empty()) out.back() += ',';
      if (c == '(' || c == ')') continue;
    }
  }
  flush();
  return out;
}

/// The first two letters of every word that any rule below begins with, as bits.
class Openings {
 public:
  constexpr Openings() {
    for (std::string_view list = kWords; !list.empty();) {
      const std::size_t end = std::min(list.find(' '), list.size());
      bits_[index(list[0])] |= 1U << index(list[1]);
      list.remove_prefix(std::min(end + 1, list.size()));
    }
  }
  constexpr bool has(char a, char b) const { return (bits_[index(a)] >> index(b) & 1U) != 0; }

 private:
  static constexpr std::string_view kWords =
      "january february march april may june july august september october november december "
      "one two three four five six seven eight nine ten eleven twelve thirteen forty fifty fifteen "
      "first second third fourth full-year fq quarter qtr qtd year yr annual fy ltm ttm ytd fiscal "
      "half hy interim ended as at change chg variance increase dec favorable unfav growth difference yoy qoq better higher "
      "vs versus from period through to percent pct outlook guidance forecast estimate projected";
  static constexpr std::size_t index(char c) { return static_cast<std::size_t>(c - 'a') & 31U; }
  std::array<std::uint32_t, 32> bits_{};
};

/// Two letters and no rule that begins with them. What begins with a letter and another sign ("q1", "y/y") or with none tells more.
bool tells_nothing(std::string_view w) {
  static constexpr Openings kOpenings;
  return w.size() >= 2 && is_alpha(w[0]) && is_alpha(w[1]) && !kOpenings.has(w[0], w[1]);
}

std::string_view bare(const std::string& w) {
  return !w.empty() && w.back() == ',' ? std::string_view(w).substr(0, w.size() - 1) : std::string_view(w);
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : words_(words_of(text)) {}

  PeriodWords read() {
    while (at_ < words_.size()) {
      if (!step()) ++at_;
    }
    complete_years();
    complete_range();
    out_.fiscal = out_.quarter && std::any_of(words_.begin(), words_.end(), [](std::string_view w) {
                    return w.substr(0, 6) == "fiscal" || w.substr(0, 2) == "fy" || w.substr(0, 2) == "fq" || (w.size() > 2 && w[0] == 'f' && w[2] == 'q') || (w.size() > 3 && w[2] == 'f' && w[0] == 'q') || w.substr(std::min<std::size_t>(w.size(), 2), 2) == "fy";
                  });
    return std::move(out_);
  }

 private:
  std::string_view word(std::size_t i) const { return i < words_.size() ? bare(words_[i]) : std::string_view{}; }

  bool step() {
    const std::string_view w = word(at_);
    if (tells_nothing(w)) return false;
    return month(w) || span(w) || quarter(w) || numeric_date(w) || year(w) || flag(w);
  }

  bool month(std::string_view w) {
    std::string_view name = w;
    if (const std::size_t dash = w.find('-'); dash != std::string_view::npos && dash >= 3) {  // "Mar-20", "Dec-31-2019"
      name = w.substr(0, dash);
      const std::string_view tail = w.substr(dash + 1);
      const int m = month_number(name);
      if (!m) return false;
      if (year_of(tail)) return out_.dates.push_back({m, 0, year_of(tail), 0}), ++at_, true;
      if (two_digit_year(tail)) return out_.dates.push_back({m, 0, two_digit_year(tail), 0}), ++at_, true;
      return false;
    }
    const int m = month_number(name);
    if (w == "dec" && at_ > 0 && (word(at_ - 1) == "inc" || word(at_ - 1) == "incr" || word(at_ - 1) == "increase")) return false;  // "Inc/(Dec)"
    if (!m || (w == "may" && !numeral(word(at_ + 1)) && !year_of(word(at_ + 1)) && !year_of(word(at_ + 2)) && at_ + 1 < words_.size())) return false;
    DateWords date{m, 0, 0, 0};
    std::size_t next = at_ + 1;
    if (const int before = at_ > 0 && day_before_ == at_ ? pending_day_ : 0; before) date.day = before;
    const std::string_view d = word(next);
    if (date.day && day_of(d) && year_of(word(next + 1))) date.day = 0;  // "Level 2" over "June 30, 2023": the day stands behind the month
    const std::size_t slash = d.find('/');
    if (slash != std::string_view::npos && day_of(d.substr(0, slash)) && day_of(d.substr(slash + 1))) {
      date.day = day_of(d.substr(0, slash));
      date.other_day = day_of(d.substr(slash + 1));
      ++next;
    } else if (!date.day && day_of(d)) {
      date.day = day_of(d);
      ++next;
      if (m == 2 && (word(next) == "and" || word(next) == "or" || word(next) == "&") && date.day + day_of(word(next + 1)) == 57) {  // "February 29 and 28,"
        date.other_day = day_of(word(next + 1));
        next += 2;
      }
    }
    if (year_of(word(next))) date.year = year_of(word(next++));
    out_.dates.push_back(date);
    at_ = next;
    return true;
  }

  static int day_of(std::string_view w) {
    if (w.size() > 2 && (w.substr(w.size() - 2) == "st" || w.substr(w.size() - 2) == "nd" || w.substr(w.size() - 2) == "rd" || w.substr(w.size() - 2) == "th"))
      w.remove_suffix(2);
    if (w.empty() || w.size() > 2 || !is_digit(w[0])) return 0;
    const int n = numeral(w);
    return n >= 1 && n <= 31 ? n : 0;
  }

  /// "three months", "13 weeks", "thirteen-week", "13-week", "year".
  bool span(std::string_view w) {
    int n = numeral(w);
    std::size_t next = at_ + 1;
    std::string_view unit = word(next);
    const std::size_t dash = w.rfind('-');
    if (!n && dash != std::string_view::npos) n = numeral(w.substr(0, dash)), unit = w.substr(dash + 1), next = at_;
    if (n >= 20 && n % 10 == 0 && is_alpha(w[0]) && number_of_word(unit) > 0 && number_of_word(unit) < 10) n += number_of_word(unit), unit = word(++next);  // "Fifty Three Weeks"
    if (n && (unit == "fiscal" || unit == "calendar")) unit = word(++next);
    const bool and_before = at_ > 1 && (word(at_ - 1) == "and" || word(at_ - 1) == "&") && numeral(word(at_ - 2)) && !is_digit(word(at_ - 2)[0]);
    if (n && and_before && (unit == "months" || unit == "month")) return at_ = next + 1, true;  // "three and nine months": neither by itself
    if (n && (unit == "months" || unit == "month" || unit == "mos" || unit == "mo" || unit == "mths" || unit == "mth")) {
      const bool a_limit = (at_ > 0 && (word(at_ - 1) == "than" || word(at_ - 1) == "within")) || word(next + 1) == "or";  // "Less than 12 months | 12 months or longer"
      const auto quarter_below = [&] { return std::find(words_.begin() + static_cast<std::ptrdiff_t>(next), words_.end(), "quarter") != words_.end(); };
      if (a_limit || (word(next + 1) == "transition" && quarter_below())) return at_ = next + 1, true;  // "Six Month Transition Period" over "Quarter Ended"
      if (!out_.months) out_.months = n;
      else also_months_ = n;
      return at_ = next + 1, true;
    }
    if (n && (unit == "weeks" || unit == "week" || unit == "wks")) {
      if (!out_.weeks) out_.weeks = n;
      return at_ = next + 1, true;
    }
    if (const int days = unit == "days" && w.size() <= 3 && is_digit(w[0]) ? n ? n : count_of(w) : 0; days >= 84 && days <= 371 && days % 7 == 0 && word(next + 1) != "past") {  // "(112 days)"
      out_.weeks = days / 7;
      return at_ = next + 1, true;
    }
    if (n && n <= 31 && month_number(unit) && dash == std::string_view::npos && !year_of(w)) {  // "31 March 2020"
      pending_day_ = n;
      day_before_ = ++at_;
      return true;
    }
    if (!n) return false;
    if ((unit == "quarters" || unit == "qtrs") && n <= 4) return out_.months = n * 3, at_ = next + 1, true;
    return false;
  }

  /// "112": digits alone.
  static int count_of(std::string_view w) {
    int value = 0;
    for (const char c : w) {
      if (!is_digit(c)) return 0;
      value = value * 10 + (c - '0');
    }
    return value;
  }

  bool quarter(std::string_view w) {
    if (const std::size_t dash = w.find('-'); dash != std::string_view::npos && ordinal(w.substr(0, dash)) && w.substr(dash + 1) == "quarter") {  // "first-quarter 2024"
      out_.quarter = ordinal(w.substr(0, dash));
      if (!out_.months) out_.months = 3;
      return ++at_, named_year(), true;
    }
    if (const int q = ordinal(w); q && (word(at_ + 1) == "quarter" || word(at_ + 1) == "qtr" || word(at_ + 1) == "fiscal")) {
      out_.quarter = q;
      const bool of_a_year = out_.months == 12 && out_.fiscal_year && !out_.ended && out_.dates.empty();  // "Fiscal Year 2016" over "First Quarter"
      if (!out_.months || of_a_year) out_.months = 3;
      at_ += 2;
      if (word(at_) == "quarter") ++at_;
      return named_year(), true;
    }
    if (const int n = ordinal(w) == 1 ? numeral(word(at_ + 1)) : 0; n && n % 3 == 0 && n < 12 && word(at_ + 2) == "months") {  // "First nine months of 2020"
      at_ += 3;
      out_.months = n;
      const int told = out_.fiscal_year;
      named_year();
      if (out_.fiscal_year != told) out_.quarter = n / 3;
      return true;
    }
    if (const int h = ordinal(w); h && h <= 2 && (word(at_ + 1) == "half" || word(at_ + 1) == "half-year")) {
      out_.half = h;
      out_.months = 6;
      at_ += 2;
      const int told = out_.fiscal_year;
      named_year();
      if (out_.fiscal_year != told) out_.quarter = 2 * h;
      return true;
    }
    if (half_year(w)) return true;
    if (w.size() >= 2 && w[0] == 'q' && w[1] >= '1' && w[1] <= '4') return short_quarter(w[1] - '0', w.substr(2));
    if (const std::string_view n = word(at_ + 1); w == "q" && n.size() == 1 && n[0] >= '1' && n[0] <= '4') return ++at_, short_quarter(n[0] - '0', {});  // "Q 2 2010"
    if (w.size() >= 2 && w[1] == 'q' && w[0] >= '1' && w[0] <= '4') return short_quarter(w[0] - '0', w.substr(2));
    if (w.size() >= 5 && w[0] == 'f' && w[2] == 'q' && w[1] >= '1' && w[1] <= '4') return short_quarter(w[1] - '0', w.substr(3));  // "F2Q24"
    if (w.size() >= 5 && w.substr(0, 2) == "fq" && w[2] >= '1' && w[2] <= '4') return short_quarter(w[2] - '0', w.substr(3));  // "FQ2-24"
    if (short_months(w) || short_half(w)) return true;
    if (((w == "quarter" || w == "period") && word(at_ + 1) == "end") || w == "quarter-end" || w == "period-end") {
      out_.at_end = true;
      return at_ += w.ends_with("end") ? 1 : 2, true;
    }
    if (w == "quarter" || w == "quarters" || w == "quarterly" || w == "qtr" || w == "qtrs") {
      if (!out_.months && !out_.weeks) out_.months = 3;
      return ++at_, true;
    }
    if (w == "year" || w == "years" || w == "annual" || w == "fy" || w == "yr") {
      if (w == "fy") out_.months = out_.months ? out_.months : 12;
      const bool to_date = (word(at_ + 1) == "to" && word(at_ + 2) == "date") || word(at_ + 1) == "to-date";
      if (to_date) return out_.year_to_date = true, at_ += 2, true;
      if (word(at_ + 1) == "over") return at_ += 2, true;
      if (!out_.months && !out_.weeks && (w == "annual" || w == "fy" || word(at_ + 1).substr(0, 3) == "end" || (word(at_ + 1) == "to" && day_at(at_ + 2)) || (at_ > 0 && (word(at_ - 1) == "full" || word(at_ - 1) == "fiscal")) || (at_ == 0 && words_.size() == 2 && year_of(word(1))) ||
                                           (at_ == 2 && word(0) == "for" && word(1) == "the" && (words_.size() == 3 || (words_.size() == 4 && year_of(word(3)))))))  // "For the year" over "2020 | 2019"
        out_.months = 12;
      ++at_;
      return named_year(), true;
    }
    if (w == "full-year" && !out_.months) return out_.months = 12, ++at_, named_year(), true;
    if (w == "ltm" || w == "ttm") return out_.months = 12, ++at_, true;
    if (w == "qtd" || w == "quarter-to-date") return out_.months = 3, ++at_, true;
    if (w == "ytd" || w == "year-to-date") return out_.year_to_date = true, ++at_, true;
    if (w == "fiscal" && year_of(word(at_ + 1))) return ++at_, named_year(), true;
    if (w.size() >= 4 && w.substr(0, 2) == "fy") {
      out_.fiscal_year = w.size() == 6 ? year_of(w.substr(2)) : two_digit_year(w.substr(2));
      if (!out_.months && !out_.quarter) out_.months = 12;
      return ++at_, true;
    }
    return false;
  }

  /// "Half year ended", "half-year to", "HY ended", "Interim period ended": six months that no number names.
  bool half_year(std::string_view w) {
    const std::string_view next = word(at_ + 1);
    std::size_t length = 0;
    if (w == "half-year" || w == "half-yearly") length = 1;
    else if (w == "half" && (next == "year" || next == "years" || next == "yearly")) length = 2;
    else if (w == "hy" && ends_behind(at_ + 1)) length = 1;
    else if (w == "interim" && next == "period" && ends_behind(at_ + 2)) length = 2;
    else if (w == "half" && ends_behind(at_ + 1)) length = 1;
    if (!length) return hy_of_year(w);
    if (!out_.months && !out_.weeks) out_.months = 6;
    at_ += length;
    if (year_of(word(at_)) && out_.months == 6) first_half(), named_year();  // "Half year 2025"
    return true;
  }

  /// "HY25", "HY 2025": a company's half year of that name is its first.
  bool hy_of_year(std::string_view w) {
    if (!w.starts_with("hy") || !short_year(w.substr(2))) return false;
    return first_half(), true;
  }

  void first_half() {
    out_.half = 1;
    out_.months = 6;
    out_.quarter = 2;
  }

  /// "ended", "to 30 June"
  bool ends_behind(std::size_t i) const { return word(i) == "ended" || word(i) == "ending" || (word(i) == "to" && day_at(i + 1)); }

  /// The year that ends a short name ("20", "2020", "fy20"), or the one that follows.
  bool short_year(std::string_view rest) {
    if (!rest.empty() && (rest[0] == '-' || rest[0] == '/')) rest.remove_prefix(1);
    if (rest.substr(0, 2) == "fy") rest.remove_prefix(2);
    const int y = any_year(rest);
    if (!rest.empty() && !y) return false;
    const std::size_t before = at_++;
    const int told = out_.fiscal_year;
    if (y) out_.fiscal_year = y;
    else named_year();
    if (!y && out_.fiscal_year == told) return at_ = before, false;  // "3M" may be a name
    return true;
  }

  /// "6M20", "9M 2020": the months of the year to date.
  bool short_months(std::string_view w) {
    const std::size_t m = w.find('m');
    if (m == std::string_view::npos || (w.substr(0, m) != "3" && w.substr(0, m) != "6" && w.substr(0, m) != "9" && w.substr(0, m) != "12")) return false;
    const std::string_view link = word(at_ + 1);
    if (m + 1 == w.size() && (link == "to" || link == "ended" || link == "ending")) return out_.months = numeral(w.substr(0, m)), ++at_, true;  // "3M to 31-Mar-20"
    if (!short_year(w.substr(m + 1))) return false;
    out_.months = numeral(w.substr(0, m));
    if (!out_.quarter) out_.quarter = out_.months / 3;
    return true;
  }

  /// "1H20", "H1 2020", "H1 ended 30 June".
  bool short_half(std::string_view w) {
    if (w.size() < 2 || !((w[0] == 'h' && (w[1] == '1' || w[1] == '2')) || (w[1] == 'h' && (w[0] == '1' || w[0] == '2')))) return false;
    const int half = w[0] == 'h' ? w[1] - '0' : w[0] - '0';
    if (w.size() == 2 && ends_behind(at_ + 1)) return out_.half = half, out_.months = 6, ++at_, true;
    if (!short_year(w.substr(2))) return false;
    out_.half = half;
    out_.months = 6;
    out_.quarter = 2 * half;
    return true;
  }

  bool short_quarter(int q, std::string_view rest) {
    if (!rest.empty() && (rest[0] == '-' || rest[0] == '\'' || rest[0] == '/')) rest.remove_prefix(1);
    if (rest.substr(0, 2) == "fy" || rest.substr(0, 2) == "cy") rest.remove_prefix(2);
    else if (rest.size() > 2 && rest[0] == 'f') rest.remove_prefix(1);  // "Q2F24"
    if (rest.size() > 2 && (rest.back() == 'a' || rest.back() == 'e')) rest.remove_suffix(1);  // "2Q24A": actual, expected
    const int y = any_year(rest);
    if (!rest.empty() && !y) return false;
    out_.quarter = q;
    if (!out_.months) out_.months = 3;
    if (y) out_.fiscal_year = y;
    ++at_;
    const bool told = out_.fiscal_year != 0;
    if (!y) named_year();
    if (!y && !told && !out_.fiscal_year && word(at_).size() == 2 && at_ + 1 == words_.size() && two_digit_year(word(at_))) out_.fiscal_year = two_digit_year(word(at_++));  // "4Q 21"
    return true;
  }

  /// After a named quarter: "of fiscal year 2023", "fiscal 2023", "2023", "FY23".
  void named_year() {
    std::size_t i = at_;
    while (word(i) == "of" || word(i) == "fiscal" || word(i) == "fy" || word(i) == "cy" || word(i) == "year" || word(i) == "the" || word(i) == "in") ++i;
    const std::string_view w = word(i);
    int y = year_of(w);
    const std::string_view after = word(i + 1);
    if (!y && w.size() == 2 && out_.quarter && (i > at_ || i + 1 == words_.size()) && after.substr(0, 4) != "week" && after.substr(0, 5) != "month") y = two_digit_year(w);  // "Q2 24", "2Q FY 24"
    if (!y && (w.substr(0, 2) == "fy" || w.substr(0, 2) == "cy")) y = w.size() == 4 ? two_digit_year(w.substr(2)) : year_of(w.substr(2));
    if (!y || out_.fiscal_year) return;
    out_.fiscal_year = y;
    at_ = i + 1;
  }

  /// "30 June", "March 31", "31/03/2024", "2024-03-31".
  bool day_at(std::size_t i) const {
    const std::string_view w = word(i);
    return month_number(w) || (day_of(w) && month_number(word(i + 1))) ||
           (w.size() >= 6 && is_digit(w[0]) && is_digit(w.back()) && w.find_first_of("/-.") != std::string_view::npos);
  }

  /// "3/31/2020", "03/31/20", "12-31-2019", "2020-03-31".
  bool numeric_date(std::string_view w) {
    const char mark = w.find('/') != std::string_view::npos ? '/' : '-';
    if (w.find(mark) == std::string_view::npos) return false;
    const auto parts = split(w, mark);
    if (parts.size() == 2 && mark == '/') return numeric_day(parts[0], parts[1]);
    if (parts.size() != 3) return false;
    if (const int named = month_number(parts[1]); named && day_of(parts[0])) {  // "30-Jun-24"
      const int year = any_year(parts[2]);
      if (!year) return false;
      out_.dates.push_back({named, day_of(parts[0]), year, 0});
      return ++at_, true;
    }
    int y = any_year(parts[2]);
    int m = numeral(parts[0]), d = numeral(parts[1]);
    if (year_of(parts[0])) y = year_of(parts[0]), m = numeral(parts[1]), d = numeral(parts[2]);
    if (m > 12 && d <= 12 && !year_of(parts[0])) std::swap(m, d);  // "30/06/2024"
    if (!y || m < 1 || m > 12 || d < 1 || d > 31) return false;
    out_.dates.push_back({m, d, y, 0});
    return ++at_, true;
  }

  /// "12/31" over its year: a month and a day that no fraction and no ratio would be.
  bool numeric_day(std::string_view month, std::string_view day) {
    const int m = numeral(month), d = numeral(day);
    if (day.size() != 2 || !is_digit(month[0]) || m < 1 || m > 12 || d < 20 || d > 31) return false;
    out_.dates.push_back({m, d, 0, 0});
    return ++at_, true;
  }

  bool year(std::string_view w) {
    const int y = year_of(w);
    if (!y) return false;
    out_.dates.push_back({0, 0, y, 0});
    if (w.size() == 5 && !out_.duration()) out_.months = 12;  // "2020A", "2021E"
    return ++at_, true;
  }

  /// "Acme Inc.": a company, and no increase.
  bool ends_a_name() const {
    if (at_ == 0) return false;
    const std::string_view before = word(at_ - 1);
    return before != "%" && before != "$" && before != "percent" && before != "pct" && before != "or";
  }

  /// "Better/(worse)", "B/(W)", "H/(L)", "O/(U)", "F/(U)": a change that is told as a gain or as a loss.
  bool better_or_worse(std::string_view w) const {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kPairs = {{{"better", "worse"}, {"b", "w"}, {"h", "l"}, {"o", "u"}, {"f", "u"}, {"higher", "lower"}}};
    return std::any_of(kPairs.begin(), kPairs.end(), [&](const auto& p) { return w == p.first && word(at_ + 1) == p.second; });
  }

  /// "q1", "q1-21", "4q06", "first".
  static bool names_quarter(std::string_view w) {
    const auto is_one = [](char digit) { return digit >= '1' && digit <= '4'; };
    return ordinal(w) != 0 || (w.size() >= 2 && ((w[0] == 'q' && is_one(w[1])) || (w[1] == 'q' && is_one(w[0]))));
  }

  bool flag(std::string_view w) {
    if (w == "ended" || w == "ending" || w == "end" || w == "ends") out_.ended = true;
    else if ((w == "as" && (word(at_ + 1) == "of" || word(at_ + 1) == "at")) || w == "asof") out_.as_of = true;
    else if (w == "at" && (month_number(word(at_ + 1)) || at_ == 0)) out_.as_of = true;
    else if (w == "change" || w == "changes" || w == "variance" || w == "var" || w == "increase" || w == "decrease" || (w == "inc" && !ends_a_name()) || w == "dec" ||
             w == "fav" || w == "unfav" || w == "growth" || w == "difference" || w == "q/q" || w == "y/y" ||
             w == "yoy" || w == "qoq" || w == "y-o-y" || w == "+/-" || w == "chg" || w == "favorable" || w == "incr" || better_or_worse(w))
      out_.change = true;
    else if ((w == "vs" || w == "versus" || w == "v") && out_.quarter && names_quarter(word(at_ + 1))) return out_.change = true, at_ = words_.size(), true;  // "Q2 '21 v. Q1 '21"
    else if (w == "from" || w == "period") from_ = true;
    else if (w == "to" && out_.duration() && out_.dates.empty() && !out_.change && at_ > 0 && (day_at(at_ + 1) || at_ + 1 == words_.size())) out_.ended = true;  // "Six months to 30 June 2024"
    else if (w == "through" || w == "thru" || (w == "to" && (from_ || told_day()))) through_ = out_.dates.size();
    else if (w == "%" || w == "percent" || w == "percentage" || w == "pct") out_.percent = true;
    else if (w == "outlook" || w == "guidance" || w == "forecast" || w == "estimate" || w == "projected") out_.outlook = true;
    else return false;
    return ++at_, true;
  }

  /// "March 31, 2020 and 2019", "March 31," ... "2020": a bare year goes to the dates before it that have none.
  void complete_years() {
    std::vector<DateWords> out;
    for (const DateWords& d : out_.dates) {
      if (d.month == 0 && d.year && !out.empty() && out.back().month && !out.back().year) {
        for (std::size_t i = out.size(); i-- > 0 && out[i].month && !out[i].year;) out[i].year = d.year;
      } else if (d.month == 0 && d.year && !out.empty() && out.back().month && out.back().year && out.back().day) {
        // "July 3, 2004 and June 28, 2003" over "2004": the one of that year
        const auto same = std::find_if(out.begin(), out.end(), [&](const DateWords& o) { return o.year == d.year && o.month && o.day; });
        out.push_back(same != out.end() ? *same : DateWords{out.back().month, out.back().day, d.year, out.back().other_day});
      } else {
        out.push_back(d);
      }
    }
    out_.dates = std::move(out);
  }

  /// "July 22 to September 30", "April to June": a month stands right before, perhaps with its day, and one follows.
  bool told_day() const { return out_.dates.size() == 1 && out_.dates[0].month && (month_number(word(at_ + 1)) || is_numeric_date(word(at_ + 1))); }

  /// "from October 1 through December 31, 2004": the first day and the last.
  void complete_range() {
    if (through_ != 1 || out_.dates.size() != 2 || out_.change) return;
    if (out_.duration() || !out_.dates[1].year) return name_months();
    DateWords& first = out_.dates[0];
    DateWords& last = out_.dates[1];
    if (!first.year) first.year = last.year;
    if (first.month && !first.day && last.month && !last.day && first.year) {  // "April to June 2024"
      if (first.month > last.month && first.year == last.year) --first.year;
      first.day = 1;
      last.day = Date::days_in_month(last.year, last.month);
    }
    if (!first.month || !first.day || !last.month || !last.day || !last.year) return;
    const auto order = [](const DateWords& d) { return d.year * 400 + d.month * 32 + d.day; };
    out_.range = order(first) < order(last);
  }

  /// "3Q 2009 (July - September)", "9M (January - September)": a quarter or more by its months, which ends with the last of them.
  void name_months() {
    const DateWords& first = out_.dates[0];
    DateWords last = out_.dates[1];
    if (!first.month || first.day || first.year || !last.month || last.day) return;
    const int months = (last.month - first.month + 12) % 12 + 1;
    if (months % 3 != 0 || (out_.months && out_.months != months)) return;
    out_.months = months;
    out_.ended = true;
    if (last.year) last.day = Date::days_in_month(last.year, last.month);
    out_.dates = {last};
  }

  std::vector<std::string> words_;
  std::size_t at_ = 0;
  bool from_ = false;         ///< "from" or "period" was read
  std::size_t through_ = 0;   ///< dates read before "through"
  std::size_t day_before_ = static_cast<std::size_t>(-1);
  int pending_day_ = 0;
  int also_months_ = 0;
  PeriodWords out_;
};

}  // namespace

bool is_numeric_date(std::string_view word) {
  if (word.size() < 6 || word.size() > 10 || !is_digit(word.front()) || !is_digit(word.back())) return false;
  const auto marks = std::count_if(word.begin(), word.end(), [](char c) { return c == '/' || c == '-' || c == '.'; });
  return marks == 2 && std::all_of(word.begin(), word.end(), [](char c) { return is_digit(c) || c == '/' || c == '-' || c == '.'; });
}

/// The texts of headers are few, and everyone who asks something of a table reads them: the last ones read are remembered.
PeriodWords read_period_words(std::string_view text) {
  constexpr std::size_t kLongest = 64;
  if (text.size() > kLongest || text.empty()) return Lexer(text.substr(0, 600)).read();
  struct Read {
    std::string text;
    PeriodWords words;
  };
  static thread_local std::array<Read, 256> last;
  Read& read = last[std::hash<std::string_view>()(text) % last.size()];
  if (read.text != text) read = {std::string(text), Lexer(text).read()};
  return read.words;
}

bool is_bare_year(const PeriodWords& w) {
  const bool year_long = w.months == 12 && !w.quarter && !w.half && !w.weeks && !w.year_to_date;  // "Fiscal Year | 2024"
  if ((w.duration() && !year_long) || w.ended || w.as_of || w.change) return false;
  return w.fiscal_year ? w.dates.empty() : w.dates.size() == 1 && !w.dates[0].month && w.dates[0].year;
}

int bare_year(const PeriodWords& w) { return w.fiscal_year ? w.fiscal_year : w.dates[0].year; }

}  // namespace factpress::tables
