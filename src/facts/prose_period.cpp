#include "facts/prose_period.h"

#include <algorithm>

#include "base/text.h"
#include "facts/prose_period_slots.h"
#include "tables/period_words.h"

namespace factpress::facts::prose {

using tables::Period;

namespace {

int small_number(std::string_view digits, std::size_t longest) {
  if (digits.empty() || digits.size() > longest) return -1;
  int v = 0;
  for (const char c : digits) {
    if (!is_digit(c)) return -1;
    v = v * 10 + (c - '0');
  }
  return v;
}

bool plausible_year(int y) { return y >= 1980 && y <= 2100; }

}  // namespace

std::optional<Date> numeric_date(const Text& t, std::size_t i, std::size_t end, std::size_t& next) {
  constexpr std::size_t parts = 5;  // three numbers, two marks
  if (i + parts > end || !t.is_number(i) || !t.is_number(i + 2) || !t.is_number(i + 4)) return std::nullopt;
  for (std::size_t k = i + 1; k < i + parts; ++k)
    if (!t.tokens[k].glued) return std::nullopt;
  const std::string_view print = std::string_view(t.raw).substr(t.tokens[i].begin, t.tokens[i + 4].end - t.tokens[i].begin);
  if (!tables::is_numeric_date(print)) return std::nullopt;
  const tables::PeriodWords words = tables::read_period_words(print);
  if (words.dates.size() != 1 || !plausible_year(words.dates[0].year)) return std::nullopt;
  next = i + parts;
  return Date::of(words.dates[0].year, words.dates[0].month, words.dates[0].day);
}

std::optional<Date> read_date(const Text& t, std::size_t i, std::size_t end, std::optional<Date> near, std::size_t& next) {
  if (i >= end) return std::nullopt;
  if (const auto date = numeric_date(t, i, end, next)) return date;
  int day = -1, mon = 0;
  std::size_t at = i;
  if (t.is_number(at) && !t.tokens[at].skip && at + 1 < end && t.is(at + 1, month) && t.tokens[at + 1].capital) {
    day = small_number(t.print(at), 2);
    ++at;
  }
  if (!t.is(at, month) || !t.tokens[at].capital) return std::nullopt;
  mon = month_number(t.word(at));
  if (!mon) return std::nullopt;
  ++at;
  if (t.is_mark(at, '.') && at + 1 < end) ++at;
  if (day < 0) {
    if (at >= end) return std::nullopt;
    std::string_view w = t.print(at);
    if (t.tokens[at].kind == Token::Kind::word && w.size() >= 3 && is_digit(w[0])) w = w.substr(0, is_digit(w[1]) ? 2 : 1);  // 31st
    else if (!t.is_number(at)) return std::nullopt;
    day = small_number(w, 2);
    const int year = small_number(t.print(at), 4);
    if (day < 0 && plausible_year(year)) {  // "March 2020": its last day
      next = at + 1;
      return Date::of(year, mon, Date::days_in_month(year, mon));
    }
    if (day < 1 || day > 31) return std::nullopt;
    ++at;
  }
  std::size_t y = at;
  if (t.is_mark(y, ',') && y + 1 < end) ++y;
  if (y < end && t.is_number(y) && !t.tokens[y].skip) {
    const int year = small_number(t.print(y), 4);
    if (plausible_year(year)) {
      next = y + 1;
      return Date::of(year, mon, day);
    }
  }
  if (!near) return std::nullopt;
  next = at;
  auto date = Date::of(near->year(), mon, day);
  if (date && date->days() > near->days() + 45) date = Date::of(near->year() - 1, mon, day);
  return date;
}

namespace {

using Slots = PeriodSlots;

class Reader {
 public:
  Reader(const Text& t, Range s, const Calendar& c) : t_(t), s_(s), c_(c), resolver_(t, s, c) {
    if (c.known()) near_ = c.current().end;
  }

  std::vector<PeriodRef> run() {
    for (std::size_t i = s_.begin; i < s_.end;) {
      const std::size_t next = read(i);
      i = next > i ? next : i + 1;
    }
    share_dates();
    share_years();
    return std::move(out_);
  }

 private:
  bool word(std::size_t i, std::string_view w) const { return i < s_.end && t_.is_word(i, w); }
  bool is(std::size_t i, std::uint64_t c) const { return i < s_.end && t_.is(i, c); }

  std::size_t read(std::size_t i) {
    if (const std::size_t n = adverb(i); n > i) return n;
    Slots slots;
    std::size_t at = i;
    if ((word(i, "end") || word(i, "close")) && word(i + 1, "of")) {
      slots.end_of = true;
      at = i + 2;
      while (is(at, determiner)) ++at;
    }
    const std::size_t core = at;
    at = elements(at, slots);
    if (at == core) return i;
    return interpret(i, at, slots);
  }

  /// "year-over-year", "sequentially", "quarter over quarter".
  std::size_t adverb(std::size_t i) {
    if (i >= s_.end || t_.tokens[i].kind != Token::Kind::word) return i;
    const std::string_view w = t_.word(i);
    PeriodRef::Relation relation = PeriodRef::Relation::absolute;
    std::size_t size = 0;
    const bool led = i > s_.begin && (word(i - 1, "a") || word(i - 1, "on"));
    const std::size_t linked = w == "linked-quarter" ? 1 : w == "linked" && word(i + 1, "quarter") ? 2 : 0;  // its words
    const auto triple = [&](std::string_view a) {
      return w == a && i + 2 < s_.end && (word(i + 1, "over") || word(i + 1, "on") || word(i + 1, "to")) && word(i + 2, a);
    };
    if (w == "year-over-year" || w == "year-on-year" || w == "yoy" || w == "y-o-y" || w == "y/y" || w == "year-to-year" || w == "year-over-over") {
      relation = PeriodRef::Relation::year_ago, size = 1;
    } else if (triple("year") && !word(i + 1, "to")) {
      relation = PeriodRef::Relation::year_ago, size = 3;
    } else if (w == "sequentially" || w == "sequential" || w == "quarter-over-quarter" || w == "quarter-on-quarter" || w == "qoq" || w == "q-o-q" || w == "q/q") {
      relation = PeriodRef::Relation::previous, size = 1;
    } else if (led && linked != 0 && word(i + linked, "basis")) {  // "on a linked-quarter basis"
      relation = PeriodRef::Relation::previous, size = linked;
    } else if (triple("quarter") && !word(i + 1, "to")) {
      relation = PeriodRef::Relation::previous, size = 3;
    } else {
      return i;
    }
    PeriodRef ref;
    ref.adverb = true;
    ref.relation = relation;
    ref.core = i;
    ref.tokens = {i, i + size};
    if (led && word(i + size, "basis")) ref.tokens.end = i + size + 1;
    slots_.emplace_back();
    out_.push_back(std::move(ref));
    return i + size;
  }

  /// Consumes elements and the connectors between them; the token behind the last.
  std::size_t elements(std::size_t at, Slots& s) {
    std::size_t end = at;
    for (int guard = 0; guard < 16; ++guard) {
      if (!s.empty) end = behind_abbreviation(end);
      std::size_t i = end;
      if (!s.empty) i = connectors(end, s);
      const std::size_t next = element(i, s);
      if (next == i) break;
      end = next;
      s.empty = false;
    }
    return end;
  }

  /// "third quarter (3Q)", "nine months (the \"9M\")": the token behind the bracket that says how the period will be called, or i.
  std::size_t behind_abbreviation(std::size_t i) const {
    if (!t_.is_mark(i, '(')) return i;
    std::size_t k = i + 1;
    const auto dress = [&] { return t_.is_mark(k, '"') || t_.is_mark(k, '\'') || is(k, determiner); };
    while (k < s_.end && dress()) ++k;
    if (const int months = short_months(k); months) k += 2;
    else if (k < s_.end && t_.tokens[k].kind == Token::Kind::word && t_.word(k).size() == 2 && (t_.word(k)[0] == 'q' || t_.word(k)[1] == 'q') && ordinal_of_code(t_.word(k))) ++k;
    else return i;
    while (k < s_.end && dress()) ++k;
    return k < s_.end && t_.is_mark(k, ')') ? k + 1 : i;
  }

  /// "3q", "q3": the quarter's number; 0 for other words.
  static int ordinal_of_code(std::string_view w) {
    const char digit = w[0] == 'q' ? w[1] : w[0];
    return digit >= '1' && digit <= '4' ? digit - '0' : 0;
  }

  /// "9M", "6M09": whole quarters by their months; 0 for other tokens. No amount is a number of months between a capital and a year.
  int short_months(std::size_t i) const {
    if (i + 1 >= s_.end || !t_.is_number(i) || t_.tokens[i + 1].kind != Token::Kind::word || !t_.tokens[i + 1].glued || !t_.tokens[i + 1].capital) return 0;
    const int n = small_number(t_.print(i), 2);
    const std::string_view w = t_.word(i + 1);
    return w[0] == 'm' && (w.size() == 1 || is_digit(w[1])) && (n == 3 || n == 6 || n == 9 || n == 12) ? n : 0;
  }

  /// "FY24", "FY 2024"
  bool names_fiscal_year(std::size_t k) const {
    if (k >= s_.end || t_.tokens[k].kind != Token::Kind::word || !t_.word(k).starts_with("fy")) return false;
    return t_.word(k).size() > 2 ? is_digit(t_.word(k).back()) : t_.is_number(k + 1) || t_.is_mark(k + 1, '\'');
  }

  /// "ended Saturday, March 28, 2009": the date's own token.
  std::size_t behind_weekday(std::size_t i) const {
    static constexpr std::string_view days[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
    const bool weekday = i < s_.end && t_.tokens[i].kind == Token::Kind::word && std::find(std::begin(days), std::end(days), t_.word(i)) != std::end(days);
    if (!weekday) return i;
    return t_.is_mark(i + 1, ',') ? i + 2 : i + 1;
  }

  std::size_t connectors(std::size_t i, Slots& s) const {
    const bool year_near = [&] {
      for (std::size_t k = i + 1; k < s_.end && k < i + 4; ++k)
        if (t_.is_number(k) && plausible_year(small_number(t_.print(k), 4))) return true;
      return false;
    }();
    if (t_.is_mark(i, ',') && i + 1 < s_.end) {
      const bool ended_after = word(i + 1, "ended") || word(i + 1, "ending") || word(i + 1, "which");
      if (ended_after && !s.date) return word(i + 1, "which") ? (word(i + 2, "ended") ? behind_weekday(i + 3) : i) : behind_weekday(i + 2);
      return i;
    }
    if ((word(i, "ended") || word(i, "ending")) && !s.date) {
      std::size_t k = i + 1;
      if (word(k, "on")) ++k;
      return behind_weekday(k);
    }
    if (word(i, "to") && !s.date && (s.months || s.weeks || s.half || s.quarter || s.year) && !s.ago) {  // "the six months to 30 June 2024"
      std::size_t next = i + 1;
      return prose::read_date(t_, i + 1, s_.end, near_, next) ? i + 1 : i;
    }
    if (word(i, "that") && word(i + 1, "ended")) return i + 2;
    if (word(i, "of") || word(i, "in")) {
      std::size_t k = i + 1;
      while (is(k, determiner) && !word(k, "that")) ++k;
      const bool relation_after = is(k, relation) || word(k, "fiscal") || word(k, "year") || word(k, "year-ago") || names_fiscal_year(k) || s.end_of;
      if (year_near || relation_after || is(k, ordinal) || word(k, "quarter")) return k;
      return i;
    }
    if (t_.is_mark(i, '-') && i + 1 < s_.end && t_.tokens[i].glued) return i + 1;
    return i;
  }

  std::size_t element(std::size_t i, Slots& s) {
    if (i >= s_.end) return i;
    if (std::size_t n = date_element(i, s); n > i) return n;
    if (t_.tokens[i].skip) return i;
    if (std::size_t n = number_element(i, s); n > i) return n;
    if (t_.tokens[i].kind != Token::Kind::word) return i;
    if (std::size_t n = code_element(i, s); n > i) return n;
    return word_element(i, s);
  }

  std::size_t date_element(std::size_t i, Slots& s) {
    if (s.date) return i;
    std::size_t next = i;
    const auto d = read_date(t_, i, s_.end, near_, next);
    if (!d) return i;
    s.date = d;
    return next;
  }

  std::size_t number_element(std::size_t i, Slots& s) {
    int n = -1;
    if (t_.is_number(i)) n = small_number(t_.print(i), 4);
    else if (t_.tokens[i].kind == Token::Kind::word && (t_.tokens[i].classes & number_word)) n = number_of_word(t_.word(i));
    if (n < 0) return i;
    if (const int months = s.months || s.ordinal ? 0 : short_months(i); months) {
      const std::string_view year = t_.word(i + 1).substr(1);  // "9M 2009", "9M09"
      const bool when = s.empty && i > s_.begin && (word(i - 1, "in") || word(i - 1, "for") || word(i - 1, "during")) && (i + 2 >= s_.end || t_.tokens[i + 2].kind == Token::Kind::mark);  // "in 9M, ..."
      const bool told = year.empty() ? next_is_year(i + 2) || when : set_year(year, s);
      if (told) return s.months = months, s.ordinal = months < 12 ? 1 : 0, i + 2;
    }
    std::size_t u = i + 1;
    if (t_.is_mark(u, '-') && u + 1 < s_.end && t_.tokens[u].glued) ++u;
    if (n > 0 && n <= 60 && !s.months && !s.weeks && !s.date && s.empty && (word(u, "and") || word(u, "or"))) {  // "three and nine months ended"
      const bool counts = u + 1 < s_.end && (t_.is_number(u + 1) || is(u + 1, number_word));
      std::size_t unit = u + 2;
      if (t_.is_mark(unit, '-')) ++unit;
      if (counts && (word(unit, "months") || word(unit, "month"))) return s.months = n, s.listed = true, i + 1;
      if (counts && (word(unit, "weeks") || word(unit, "week"))) return s.weeks = n, s.listed = true, i + 1;
    }
    if (n > 0 && n <= 60 && !s.months && !s.weeks && !s.date) {
      if (word(u, "month") || word(u, "months") || word(u, "mths")) return s.months = n, u + 1;
      if (word(u, "week") || word(u, "weeks")) return s.weeks = n, u + 1;
      if (n <= 4 && (word(u, "quarters")) && s.ordinal == 1) return s.quarters = n, u + 1;
    }
    if ((word(u, "days") || word(u, "day")) && !s.months && !s.weeks && !s.date && days_of_period(n, u + 1, s)) return u + 1;
    if (!t_.is_number(i) || !plausible_year(n) || s.fiscal_year || (s.date && !s.quarter)) return i;
    s.beside = s.empty && i > s_.begin && t_.is_mark(i - 1, '(') && i + 1 < s_.end && t_.is_mark(i + 1, ':');
    if (s.empty && !s.beside && !year_stands_alone(i)) return i;
    if (i + 1 < s_.end && (t_.is_mark(i + 1, '%') || (t_.is_mark(i + 1, '-') && t_.tokens[i + 1].glued && i + 2 < s_.end && t_.is_number(i + 2)))) return i;
    s.fiscal_year = n;
    return behind_year(i);
  }

  /// "the 91 days ended", "the 89-day period ended": a length of whole weeks or months, told in days.
  bool days_of_period(int days, std::size_t next, Slots& s) const {
    constexpr int days_of_weeks = 7, shortest = 77, longest = 378;
    if (days < shortest || days > longest) return false;
    if (word(next, "period")) ++next;
    if (!word(next, "ended") && !word(next, "ending")) return false;
    if (days % days_of_weeks == 0) return s.weeks = days / days_of_weeks, true;
    constexpr int days_of_quarter = 91, a_little = 2, quarters = 4;
    for (int q = 1; q <= quarters; ++q)
      if (std::abs(days - q * days_of_quarter) <= q + a_little) return s.months = 3 * q, true;
    return false;
  }

  /// The token behind a year: that behind "'s" where it owns a period ("2020's first quarter").
  std::size_t behind_year(std::size_t i) const {
    const bool owns = t_.is_mark(i + 1, '\'') && word(i + 2, "s") && i + 3 < s_.end && is(i + 3, ordinal);
    return owns ? i + 3 : i + 1;
  }

  /// "(2022) Financial Guidance", "(2022) outlook".
  bool heads_guidance(std::size_t i) const {
    constexpr std::size_t words_between = 2;
    for (std::size_t k = i; k < s_.end && k <= i + words_between && t_.tokens[k].kind == Token::Kind::word; ++k) {
      if (word(k, "guidance") || word(k, "outlook") || word(k, "forecast") || word(k, "expectations")) return true;
      if (is(k, be_verb | preposition | conjunction)) return false;
    }
    return false;
  }

  /// Whether a year with nothing before it tells a period: after a preposition, or before "first quarter".
  bool year_stands_alone(std::size_t i) const {
    if (behind_year(i) > i + 1) return true;
    if (i + 1 < s_.end && (is(i + 1, ordinal) || word(i + 1, "full") || word(i + 1, "fiscal") || word(i + 1, "quarter"))) return true;
    if (heads_guidance(i + 1)) return true;
    if (i == s_.begin) return false;
    std::size_t b = i - 1;
    if (is(b, future) && !is(b, measure) && is(i + 1, measure | modifier) && !t_.tokens[i + 1].capital) return true;  // "expects 2022 capital expenditures of"
    if (t_.is_mark(b, ',') && b > s_.begin && t_.is_number(b - 1) && plausible_year(small_number(t_.print(b - 1), 4))) return true;  // "2024, 2023 and 2022"
    const bool owned = (word(b, "our") || word(b, "its") || word(b, "the") || is(b, report_verb)) && c_.known() && (c_.quarter_number() == 4 || small_number(t_.print(i), 4) < c_.fiscal_year());
    if (owned && i + 1 < s_.end && is(i + 1, measure | modifier) && (!t_.tokens[i + 1].capital || is(b, report_verb))) return true;  // "our 2024 effective tax rate", "reported 2024 net earnings", "REPORTS 2003 EARNINGS OF"
    if (is(b, determiner) && b > s_.begin) --b;
    if (word(b, "of") && i + 1 < s_.end && t_.tokens[i + 1].kind == Token::Kind::word && !t_.tokens[i + 1].capital && !t_.tokens[i + 1].classes && t_.word(i + 1).ends_with("s") &&
        !t_.word(i + 1).ends_with("ss") && t_.word(i + 1) != "as" && t_.word(i + 1) != "was" && t_.word(i + 1) != "is" && t_.word(i + 1) != "results" && t_.word(i + 1) != "versus")
      return false;  // "favorable development of 2004 hurricanes"
    return word(b, "in") || word(b, "for") || word(b, "during") || word(b, "from") || word(b, "over") || word(b, "to") || word(b, "than") ||
           word(b, "versus") || word(b, "vs") || word(b, "with") || word(b, "throughout") || word(b, "and") || word(b, "full-year") || word(b, "against") ||
           (word(b, "of") && b > s_.begin && !is(b - 1, month));
  }

  /// "2024", "24": the fiscal year of a name, where these digits are one.
  static bool set_year(std::string_view digits, Slots& s) {
    const int y = small_number(digits, 4);
    if (digits.size() == 4 && plausible_year(y)) s.fiscal_year = y;
    else if (digits.size() == 2 && y >= 0) s.fiscal_year = 2000 + y;
    else return false;
    return true;
  }

  /// "Q1", "1Q22", "Q1'20", "FY23", "Q3-2020", "first-quarter", "nine-month", "full-year".
  std::size_t code_element(std::size_t i, Slots& s) {
    const std::string_view w = t_.word(i);
    if (!s.quarter && !s.ordinal && w.size() >= 2) {
      int q = 0;
      std::string_view rest;
      if (w[0] == 'q' && w[1] >= '1' && w[1] <= '4') q = w[1] - '0', rest = w.substr(2);
      else if (w[1] == 'q' && w[0] >= '1' && w[0] <= '4') q = w[0] - '0', rest = w.substr(2);
      int half = 0;
      if (w[0] == 'h' && (w[1] == '1' || w[1] == '2')) half = w[1] - '0', rest = w.substr(2);
      else if (w[1] == 'h' && (w[0] == '1' || w[0] == '2')) half = w[0] - '0', rest = w.substr(2);
      if (half && !s.half && (rest.empty() || s.fiscal_year || set_year(rest, s))) return s.ordinal = half, s.half = true, i + 1;
      if (q) {
        while (!rest.empty() && (rest[0] == '-' || rest[0] == '\'' || static_cast<unsigned char>(rest[0]) >= 0x80)) rest.remove_prefix(1);
        if (rest.starts_with("fy")) rest.remove_prefix(2);
        std::string_view digits = rest;
        if (digits.ends_with("s") && digits.size() > 1) digits.remove_suffix(digits.size() > 2 && digits[digits.size() - 2] == '\'' ? 2 : 1);
        if (!rest.empty() && !s.fiscal_year && !set_year(digits, s)) return i;
        s.ordinal = q;
        s.quarter = true;
        std::size_t at = i + 1;
        if (rest.empty() && t_.is_mark(at, '\'') && at + 1 < s_.end && t_.is_number(at + 1) && set_year(t_.print(at + 1), s)) at += 2;
        return at;
      }
    }
    if (w.starts_with("fy") && !s.fiscal_year) {
      if (w.size() > 2 && set_year(w.substr(w[2] == '-' ? 3 : 2), s)) return s.fiscal = true, i + 1;
      if (w == "fy" && i + 1 < s_.end) {
        const std::size_t k = t_.is_mark(i + 1, '\'') ? i + 2 : i + 1;
        if (k < s_.end && t_.is_number(k) && set_year(t_.print(k), s)) return s.fiscal = true, k + 1;
      }
      return i;
    }
    if (const std::size_t n = half_year(i, s); n > i) return n;
    const std::size_t dash = w.find('-');
    if (dash == std::string_view::npos) return i;
    const std::string_view a = w.substr(0, dash), b = w.substr(dash + 1);
    const bool quarterly = b == "quarter" || b == "quarter's";
    if (quarterly && ordinal_of_word(a) && !s.ordinal) return s.ordinal = ordinal_of_word(a), s.quarter = true, i + 1;
    if (b == "half" && ordinal_of_word(a) && !s.half) return s.ordinal = ordinal_of_word(a), s.half = true, i + 1;
    if ((b == "month" || b == "months") && number_of_word(a) > 0 && !s.months) return s.months = number_of_word(a), i + 1;
    if ((b == "week" || b == "weeks") && number_of_word(a) > 0 && !s.weeks) return s.weeks = number_of_word(a), i + 1;
    if (w == "full-year") return s.full = s.year = true, i + 1;
    if (w == "year-to-date") return s.to_date = true, i + 1;
    if (w == "quarter-end" || w == "quarter's-end") return s.end_of = s.quarter = true, i + 1;
    if (w == "year-end") return s.end_of = s.year = true, i + 1;
    if (w == "period-end") return s.end_of = s.period = true, i + 1;
    if (w == "year-ago" || w == "year-earlier") return s.ago = true, i + 1;
    if (w == "prior-year" || w == "previous-year" || w == "last-year" || w == "prior-year's") return s.prior_year = true, i + 1;
    if (w == "prior-quarter" || w == "linked-quarter") return s.linked = s.quarter = true, i + 1;
    if (w == "mid-year") return i;
    return i;
  }

  /// "half year", "half-year", "HY to 30 June", "HY25": six months that no number names; the token behind them, or i.
  std::size_t half_year(std::size_t i, Slots& s) {
    const std::string_view w = t_.word(i);
    if (!w.starts_with('h') || s.half || s.quarter) return i;
    const std::size_t next = i + (w == "half" ? 2 : 1);
    const bool ends = word(next, "ended") || word(next, "ending") || word(next, "to");
    const bool led = !s.empty || ends || (i > s_.begin && (is(i - 1, determiner) || word(i - 1, "for") || word(i - 1, "in") || word(i - 1, "during")));
    if ((w == "half-year" || (w == "half" && word(i + 1, "year"))) && led) return s.half = true, next;
    if (!w.starts_with("hy")) return i;
    if (w == "hy" && ends) return s.half = true, next;
    if (w.size() > 2 && set_year(w.substr(2), s)) return s.half = true, s.ordinal = 1, next;
    return i;
  }

  std::size_t word_element(std::size_t i, Slots& s) {
    const std::string_view w = t_.word(i);
    if ((w == "a" || w == "one" || w == "the") && word(i + 1, "year") && (word(i + 2, "ago") || word(i + 2, "earlier") || word(i + 2, "before") || word(i + 2, "prior"))) return s.ago = true, i + 3;
    if (w == "year" && (word(i + 1, "ago") || word(i + 1, "earlier"))) return s.ago = true, i + 2;
    if (w == "year" && word(i + 1, "to") && word(i + 2, "date")) return s.to_date = true, i + 3;
    if (w == "ytd") return s.to_date = true, i + 1;
    if (w == "fiscal") {
      if (s.fiscal || !(is(i + 1, period_noun | ordinal | relation) || next_is_year(i + 1) || word(i + 1, "full"))) return i;
      s.fiscal = true;
      if ((word(i + 1, "year") || word(i + 1, "years")) && !s.year) {
        s.year = true;
        return i + 2;
      }
      return i + 1;
    }
    if (w == "full" && (word(i + 1, "year") || word(i + 1, "fiscal")) && !s.full) return s.full = true, i + 1;
    if ((w == "entire" || w == "whole") && word(i + 1, "year")) return s.full = true, i + 1;
    if (w == "trailing" || w == "past") return i + 1 < s_.end && (is(i + 1, number_word) || t_.is_number(i + 1) || word(i + 1, "twelve-month")) ? (s.trailing = true, i + 1) : i;
    if (const int o = ordinal_of_word(w); o && !s.ordinal) {
      if (o <= 4 && shares_quarter(i + 1)) return s.ordinal = o, s.quarter = true, i + 1;
      return ordinal_ahead(i + 1) ? (s.ordinal = o, i + 1) : i;
    }
    if (w == "interim" && word(i + 1, "period")) return i + 1;
    if (is(i, relation)) return relation_element(i, s);
    if ((w == "most" && word(i + 1, "recent") && is(i + 2, period_noun)) || (w == "recent" && is(i + 1, period_noun)) ||
        (w == "just" && word(i + 1, "completed")) || (w == "recently" && word(i + 1, "completed")))
      return s.current = true, i + (w == "recent" ? 1 : 2);
    return noun_element(i, s);
  }

  std::size_t noun_element(std::size_t i, Slots& s) {
    const std::string_view w = t_.word(i);
    const bool alone = s.empty;
    if (alone && !(i > s_.begin && (is(i - 1, determiner) || word(i - 1, "for") || word(i - 1, "in") || word(i - 1, "during") || word(i - 1, "end")))) {
      const bool ends = (w == "quarter" || w == "year" || w == "period" || w == "quarters" || w == "years" || w == "periods") && (word(i + 1, "ended") || word(i + 1, "ending") || word(i + 1, "end"));
      if (!ends) return i;
    }
    if (alone && i > s_.begin && (word(i - 1, "each") || word(i - 1, "every") || word(i - 1, "per") || word(i - 1, "any") || word(i - 1, "both"))) return i;
    const bool several = word(i + 1, "ended") || word(i + 1, "ending");  // "the years ended December 31, 2024 and 2023"
    if ((w == "quarter" || w == "quarter's" || (w == "quarters" && (several || s.ordinal))) && !s.quarter) {
      s.quarter = true;
      if (word(i + 1, "end") && !word(i + 2, "of")) return s.end_of = true, i + 2;
      return i + 1;
    }
    if ((w == "year" || w == "year's" || (w == "years" && several)) && !s.year) {
      s.year = true;
      if (word(i + 1, "end") && !word(i + 2, "of")) return s.end_of = true, i + 2;
      return i + 1;
    }
    if ((w == "period" || w == "period's" || (w == "periods" && (several || s.same || s.prior_year))) && !s.period) return s.period = true, i + 1;
    if (w == "half" && !s.half && (s.ordinal || s.same || s.prior || s.current || s.next || s.prior_year || (s.empty && c_.half_year() && !word(i + 1, "of")))) return s.half = true, i + 1;
    if ((w == "months" || w == "month") && !alone && !s.months && s.trailing) return i + 1;
    return i;
  }

  bool next_is_year(std::size_t i) const { return i < s_.end && t_.is_number(i) && plausible_year(small_number(t_.print(i), 4)); }

  /// "(the fourth) and first quarter of 2021", "(the third), second and first quarters": other ordinals, then the noun.
  bool shares_quarter(std::size_t i) const {
    std::size_t others = 0;
    for (; i + 1 < s_.end && others < 3; ++i) {
      const bool joined = word(i, "and") || word(i, "or") || t_.is_mark(i, ',') || word(i, "the");
      if (joined) continue;
      if (t_.tokens[i].kind != Token::Kind::word || !ordinal_of_word(t_.word(i)) || ordinal_of_word(t_.word(i)) > 4) break;
      ++others;
    }
    return others > 0 && (word(i, "quarter") || word(i, "quarters"));
  }

  bool ordinal_ahead(std::size_t i) const {
    if (word(i, "fiscal")) ++i;
    if (is(i, period_noun) || word(i, "half") || word(i, "full")) return !word(i, "time");
    const bool count = is(i, number_word) || (t_.is_number(i) && t_.print(i).size() <= 2);
    if (count) {
      std::size_t u = i + 1;
      if (t_.is_mark(u, '-')) ++u;
      return word(u, "months") || word(u, "weeks") || word(u, "quarters") || word(u, "month") || word(u, "week");
    }
    if (i < s_.end && t_.tokens[i].kind == Token::Kind::word) {
      const std::string_view w = t_.word(i);
      return w.ends_with("-month") || w.ends_with("-months") || w.ends_with("-week");
    }
    return false;
  }

  std::size_t relation_element(std::size_t i, Slots& s) {
    const std::string_view w = t_.word(i);
    // It must lead to a period's noun within a few words.
    bool leads = false;
    for (std::size_t k = i + 1; k < s_.end && k < i + 5; ++k) {
      if (is(k, period_noun) || (word(k, "half")) ) {
        leads = true;
        break;
      }
      if (t_.tokens[k].kind == Token::Kind::word) {
        const std::string_view n = t_.word(k);
        if ((n.ends_with("-month") || n.ends_with("-week")) && is(k + 1, measure) && !is(k + 1, period_noun)) break;  // "comparable three-month sales": sales
        if ((n.size() == 2 && (n[0] == 'q' || n[1] == 'q')) || n.ends_with("-month") || n.ends_with("-week") || n.ends_with("-quarter") || n == "year-ago" || n == "prior-year" || n == "fiscal" || n.ends_with("year's")) {
          leads = true;
          break;
        }
      }
      if (!is(k, relation | ordinal | number_word) && !t_.is_number(k) && !t_.is_mark(k, '-')) break;
    }
    const bool hyphenated = w.find('-') != std::string_view::npos;
    if (!leads && !hyphenated) return i;
    const bool year_next = word(i + 1, "year") || word(i + 1, "year's") || (word(i + 1, "fiscal") && word(i + 2, "year"));
    if (w == "same" || w == "comparable" || w == "corresponding" || w == "equivalent" || w == "similar") return s.same = true, i + 1;
    if (w == "linked") return s.linked = true, i + 1;
    if (w == "current") return s.current = true, i + 1;
    if (w == "next") return s.next = true, i + 1;
    if (w == "last" && (is(i + 1, number_word) || t_.is_number(i + 1) || word(i + 1, "twelve-month"))) return s.trailing = true, i + 1;
    if (w == "last" || w == "prior" || w == "previous" || w == "preceding") {
      if (year_next) {
        s.prior_year = true;
        return i + (word(i + 1, "fiscal") ? 3 : 2);
      }
      s.prior = true;
      return i + 1;
    }
    return i;
  }

  std::size_t interpret(std::size_t i, std::size_t end, Slots& s) {
    PeriodRef ref;
    ref.core = i;
    ref.tokens = {i, end};
    ref.end_only = s.end_of;
    ref.quarter = s.quarter ? s.ordinal : 0;
    if (!resolver_.resolve(s, ref)) return i;
    lead(ref);
    if (word(end, "basis")) {  // "on a trailing twelve-month basis"
      ref.tokens.end = ++end;
      if (ref.lead == PeriodRef::Lead::event) ref.lead = PeriodRef::Lead::in;
    }
    if (s.end_of && ref.period) ref.period->start.reset();
    slots_.push_back(s);
    out_.push_back(std::move(ref));
    return end;
  }

  void lead(PeriodRef& ref) {
    using L = PeriodRef::Lead;
    std::size_t b = ref.tokens.begin;
    while (b > s_.begin && (is(b - 1, determiner) || word(b - 1, "its"))) --b;
    if (b > s_.begin) {
      const std::size_t p = b - 1;
      const std::string_view w = t_.tokens[p].kind == Token::Kind::word ? t_.word(p) : std::string_view{};
      if (w == "in" || w == "for" || w == "during" || w == "throughout" || w == "through" || w == "within") ref.lead = L::in, --b;
      else if (w == "at") ref.lead = L::at, --b;
      else if (w == "of" && p > s_.begin && word(p - 1, "as")) ref.lead = L::at, b -= 2;
      else if (w == "on" || w == "since" || w == "until" || w == "before" || w == "after" || w == "dated" || w == "by") ref.lead = L::event, --b;
      else if (w == "from") ref.lead = L::from;
      else if (w == "over" || w == "above" || w == "below" || w == "against" || w == "versus" || w == "vs") ref.lead = L::over;
      else if (w == "to") ref.lead = L::to;
      else if (w == "with") ref.lead = L::with;
      else if (w == "than") ref.lead = L::than;
      else if (w == "of") ref.lead = L::of;
    }
    ref.tokens.begin = b;
    const bool issued = ref.lead == L::none && ref.period && ref.period->instant() && c_.released() && ref.period->end == *c_.released();  // "PEORIA, January 24, 2006 -- ..."
    if (issued) ref.lead = L::event;
    if (ref.lead == L::event && c_.known() && ref.period && ref.period->instant() && ref.period->end == c_.current().end) ref.lead = L::at;
  }

  /// "three months and nine months ended June 30, 2004": the first takes the date of the second.
  void share_dates() {
    for (std::size_t k = std::min(slots_.size(), out_.size()); k-- > 0;) {  // from the last: its date or year passes on
      if (k + 1 >= slots_.size() || k + 1 >= out_.size()) continue;
      Slots& a = slots_[k];
      const Slots& b = slots_[k + 1];
      if (!follows_at_once(k + 1) || a.date || !(a.months || a.weeks || a.quarter)) continue;
      if (b.date) {
        a.date = b.date;
        resolver_.dated(a, out_[k]);
        out_[k].relation = PeriodRef::Relation::absolute;
      } else if (b.fiscal_year && !a.fiscal_year && a.ordinal && b.ordinal && c_.known()) {  // "the third quarter and first nine months of 2022"
        a.fiscal_year = b.fiscal_year;
        out_[k].year_assumed = false;
        resolver_.counted_by_ordinal(a, out_[k]);
      }
    }
  }

  /// Only "and", commas and articles stand between a period and the one before it.
  bool follows_at_once(std::size_t k) const {
    if (out_[k].core < out_[k - 1].tokens.end) return false;
    for (std::size_t i = out_[k - 1].tokens.end; i < out_[k].core; ++i)
      if (!t_.is_mark(i, ',') && !word(i, "and") && !is(i, determiner) && !(word(i, "of") || word(i, "in") || word(i, "for"))) return false;
    return out_[k].core - out_[k - 1].tokens.end <= 3;
  }

  /// "the three months ended September 30, 2023 and 2022", or "and September 30, 2022", "the third quarter of 2023, 2022 and 2021": a year alone behind a period names the same
  /// part of that year.
  void share_years() {
    for (std::size_t k = 1; k < out_.size(); ++k) {
      Slots& b = slots_[k];
      const Slots& a = slots_[k - 1];
      const bool day_alone = b.date && b.of_no_length() && !b.period && !b.fiscal_year;
      if (day_alone && follows_at_once(k) && a.date && (a.months || a.weeks || a.quarter || a.half || a.year) && out_[k].lead == PeriodRef::Lead::none) {  // "the quarters ended March 31, 2020, December 31, 2019 and March 31, 2019"
        Slots merged = a;
        merged.date = b.date;
        resolver_.dated(merged, out_[k]);
        out_[k].listed = true;
        b = merged;
        continue;
      }
      const bool year_alone = b.fiscal_year && !b.date && b.of_no_length() && !b.fiscal && !b.to_date && !b.beside && !b.same && !b.prior;
      if (!year_alone || !follows_at_once(k) || !out_[k - 1].period || out_[k - 1].relation != PeriodRef::Relation::absolute) continue;
      const Period& before = *out_[k - 1].period;
      if (a.fiscal_year && !a.date && !a.ordinal && !a.months && !a.weeks && (a.fiscal || a.year || a.full)) {  // "fiscal 2024, 2023 and 2022"
        out_[k].bare_year = false;
        out_[k].listed = true;
        b.fiscal = true;
        continue;
      }
      const int years = b.fiscal_year - (a.date ? a.date->year() : a.fiscal_year);
      if (years == 0 || years < -5 || years > 5 || !(a.date || (a.fiscal_year && (a.ordinal || a.months || a.weeks)))) continue;
      const int year = b.fiscal_year;
      Slots merged = a;
      if (a.date) {
        std::optional<Period> moved = before;
        for (int i = years; i < 0; ++i) moved = c_.known() ? c_.year_ago(*moved) : year_before(*moved);
        if (years > 0) {
          const Date end = before.end.plus_months_keeping_end(12 * years);
          if (!c_.known() || !before.end.is_month_end()) continue;
          moved = before.instant() ? Period{std::nullopt, end} : c_.months_ending(end, months_of(before));
        }
        out_[k].period = moved;
        merged.date = moved->end;
      } else {
        merged.fiscal_year = year;
        if (!resolver_.counted_by_ordinal(merged, out_[k])) continue;
      }
      out_[k].relation = PeriodRef::Relation::absolute;
      out_[k].bare_year = false;
      out_[k].listed = true;
      out_[k].lead = out_[k - 1].lead;
      b = merged;
      b.fiscal_year = year;
    }
  }

  static Period year_before(const Period& p) {
    const auto back = [](Date d) { return d.is_month_end() ? d.plus_months_keeping_end(-12) : d.plus_months(-12); };
    return {p.start ? std::optional(back(p.start->plus_days(-1)).plus_days(1)) : std::nullopt, back(p.end)};
  }

  const Text& t_;
  Range s_;
  const Calendar& c_;
  SlotResolver resolver_;
  std::optional<Date> near_;
  std::vector<PeriodRef> out_;
  std::vector<Slots> slots_;
};

}  // namespace

std::vector<PeriodRef> read_periods(const Text& text, Range sentence, const Calendar& calendar) {
  return Reader(text, sentence, calendar).run();
}

}  // namespace factpress::facts::prose
