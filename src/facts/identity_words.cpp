#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "facts/identity_words.h"
#include "facts/prose_period.h"

namespace factpress::facts::identity {

using prose::Text;
using prose::Token;

namespace {

int number_at(const Text& t, std::size_t i) {
  if (i >= t.tokens.size() || !t.is_number(i)) return 0;
  const std::string_view p = t.print(i);
  if (p.size() != 4) return 0;
  int v = 0;
  for (const char c : p) {
    if (!is_digit(c)) return 0;
    v = v * 10 + (c - '0');
  }
  return v >= 1980 && v <= 2100 ? v : 0;
}

/// "Q1", "1Q20", "Q3 FY23": the quarter, and the year where the word holds it.
int quarter_code(std::string_view w, int& year) {
  if (w.size() < 2) return 0;
  int q = 0;
  if (w[0] == 'q' && w[1] >= '1' && w[1] <= '4') q = w[1] - '0';
  else if (w[1] == 'q' && w[0] >= '1' && w[0] <= '4') q = w[0] - '0';
  if (!q) return 0;
  std::string digits;
  for (const char c : w.substr(2))
    if (is_digit(c)) digits += c;
  if (digits.size() == 2) year = 2000 + std::atoi(digits.c_str());
  else if (digits.size() == 4) year = std::atoi(digits.c_str());
  else if (w.size() > 2 && digits.empty()) return 0;
  return q;
}

/// "half-year" (1: which one is not said), "interim results", "first half", "H2", "1H25": the half, and the words it takes; the year where the word holds it.
int half_at(const Text& t, std::size_t i, std::size_t& next, int& year) {
  const auto word = [&](std::size_t k) { return k < t.tokens.size() && t.tokens[k].kind == Token::Kind::word ? t.word(k) : std::string_view{}; };
  const std::string_view w = word(i);
  const int ordinal = prose::ordinal_of_word(w.substr(0, w.find('-')));
  if ((w == "first-half" || w == "second-half") && ordinal) return next = i + 1, ordinal;
  if ((w == "first" || w == "second" || w == "1st" || w == "2nd") && (word(i + 1) == "half" || word(i + 1) == "half-year")) return next = i + (word(i + 2) == "year" ? 3 : 2), ordinal;
  if (w == "half-year" || w == "half-yearly") return next = i + 1, 1;
  if (w == "half" && (word(i + 1) == "year" || word(i + 1) == "yearly")) return next = i + 2, 1;
  if (w == "interim" && (word(i + 1) == "period" || (word(i + 1) == "results" && word(i + 2) != "of" && word(i + 2) != "from"))) return next = i + 2, 1;
  if (w.size() < 2 || w.size() > 6 || !((w[0] == 'h' && (w[1] == '1' || w[1] == '2')) || (w[1] == 'h' && (w[0] == '1' || w[0] == '2')))) return 0;
  const std::string digits(w.substr(2));
  if (!digits.empty() && !((digits.size() == 2 || digits.size() == 4) && std::all_of(digits.begin(), digits.end(), is_digit))) return 0;
  if (!digits.empty()) year = std::atoi(digits.c_str()) + (digits.size() == 2 ? 2000 : 0);
  return next = i + 1, (w[0] == 'h' ? w[1] : w[0]) - '0';
}

struct Find {
  int quarter = 0, half = 0, year = 0;
  bool annual = false, fiscal = false;
  std::size_t begin = 0, end = 0;
};

/// A fiscal quarter or year told at token i.
bool told_at(const Text& t, std::size_t i, Find& f) {
  const auto word = [&](std::size_t k) { return k < t.tokens.size() && t.tokens[k].kind == Token::Kind::word ? t.word(k) : std::string_view{}; };
  f = Find{};
  f.begin = i;
  std::size_t k = i;
  const std::string_view w = word(i);
  if (const int half = half_at(t, i, k, f.year); half) {
    f.half = half;
  } else if (const int q = quarter_code(w, f.year); q) {
    f.quarter = q;
    k = i + 1;
  } else if (prose::ordinal_of_word(w) && (word(i + 1) == "quarter" || word(i + 1) == "quarter's")) {
    f.quarter = prose::ordinal_of_word(w);
    k = i + 2;
  } else if (prose::ordinal_of_word(w) && word(i + 1) == "fiscal" && word(i + 2) == "quarter") {
    f.quarter = prose::ordinal_of_word(w);
    f.fiscal = true;
    k = i + 3;
  } else if (w.ends_with("-quarter") && prose::ordinal_of_word(w.substr(0, w.find('-')))) {
    f.quarter = prose::ordinal_of_word(w.substr(0, w.find('-')));
    k = i + 1;
  } else if ((w == "full" && word(i + 1) == "year") || (w == "full-year") || (w == "fiscal" && word(i + 1) == "year") || (w == "year-end") || (w == "full" && word(i + 1) == "fiscal" && word(i + 2) == "year")) {
    f.annual = true;
    f.fiscal = w == "fiscal" || word(i + 1) == "fiscal";
    k = i + (w == "full-year" || w == "year-end" ? 1 : word(i + 1) == "fiscal" ? 3 : 2);
  } else if (w == "annual" && word(i + 1) == "results") {
    f.annual = true;
    k = i + 1;
  } else if (w == "fiscal" && number_at(t, i + 1) && !prose::ordinal_of_word(word(i + 2)) && word(i + 2) != "guidance") {
    f.annual = true;
    f.fiscal = true;
    f.year = number_at(t, i + 1);
    k = i + 2;
  } else {
    return false;
  }
  // The year: "of fiscal year 2023", "2020", or before it: "fiscal 2006 first quarter", "2020 first quarter".
  std::size_t y = k;
  if (word(y) == "fy" || word(y) == "results") ++y;
  if (word(y) == "of" || word(y) == "in" || word(y) == "for") ++y;
  if (word(y) == "the" || word(y) == "its") ++y;
  if (word(y) == "fiscal" || word(y) == "fy") f.fiscal = true, ++y;
  if (word(y) == "year") ++y;
  if (f.year == 0) f.year = number_at(t, y);
  const std::string_view fy = word(y);
  if (f.year == 0 && fy.size() >= 4 && fy.starts_with("fy")) {
    const std::string digits(fy.substr(2));
    f.year = std::atoi(digits.c_str());
    if (f.year > 0 && f.year < 100) f.year += 2000;
    f.fiscal = true;
  }
  if (f.year && y >= k && number_at(t, y)) k = y + 1;
  if (f.year == 0 && i > 0) {
    f.year = number_at(t, i - 1);
    if (f.year && i > 1 && t.is_word(i - 2, "fiscal")) f.fiscal = true;
    if (f.year) f.begin = i - 1;
  }
  f.end = k;
  return true;
}

/// The words of the sentence before token i, from the last to the first, until one of them answers true.
template <class Answers>
bool earlier_in_sentence(const Text& t, std::size_t i, Answers answers) {
  for (std::size_t k = i; k > 0 && i - k < 40; --k) {
    if (t.is_mark(k - 1, '.') && k < t.tokens.size() && t.tokens[k].capital && !t.tokens[k].glued) return false;
    if (answers(k - 1)) return true;
  }
  return false;
}

/// "compared with ... the fourth quarter of 2003".
bool compared_with(const Text& t, std::size_t i) {
  return earlier_in_sentence(t, i, [&](std::size_t k) {
    if (t.tokens[k].kind != Token::Kind::word) return false;
    const std::string_view w = t.word(k);
    return w == "compared" || w == "versus" || w == "vs" || w == "than" || w == "against" || w == "from" || w == "over" || w == "equal";
  });
}

/// "Forecasts up to 80% Revenue Growth in Q1 2025".
bool foretold(const Text& t, std::size_t i) {
  return earlier_in_sentence(t, i, [&](std::size_t k) {
    if (t.tokens[k].kind != Token::Kind::word) return false;
    const std::string_view w = t.word(k);
    return w.starts_with("forecast") || w.starts_with("expect") || w.starts_with("project") || w.starts_with("anticipat") || w.starts_with("estimate") || w == "guidance" || w == "outlook" || w == "guides";
  });
}

/// "Income for the third quarter of 2014 is expected to be ..."
bool expected_behind(const Text& t, std::size_t i) {
  constexpr std::size_t near = 8;  // tokens
  for (std::size_t k = i; k < t.tokens.size() && k < i + near && !t.is_mark(k, '.'); ++k)
    for (std::string_view w : {"expected", "expects", "expect", "estimated", "anticipated", "anticipates", "anticipate", "projected", "forecast"})
      if (t.is_word(k, w)) return true;
  return false;
}

/// What the company must call the reported year, by how it calls that of another period: a quarter that is compared with is of the year before, one
/// that is expected of the same year. Quarters before the reported one may be compared with in either year. 0 where it does not tell.
int year_by_other(const Text& t, const Find& f, int quarter) {
  if (!f.year || !quarter) return 0;
  if (f.quarter >= quarter && compared_with(t, f.begin)) return f.year + 1;
  const bool ahead = f.quarter > quarter || (f.annual && f.fiscal && quarter < 4);
  return ahead && (foretold(t, f.begin) || expected_behind(t, f.end)) ? f.year : 0;
}

/// "its Annual Report on Form 10-K for the year ended Dec. 31, 2003".
bool of_a_filing(const Text& t, std::size_t i) {
  return earlier_in_sentence(t, i, [&](std::size_t k) { return t.is_word(k, "form") || (t.is_word(k, "report") && k > 0 && (t.is_word(k - 1, "annual") || t.is_word(k - 1, "quarterly"))); });
}

/// "6", "six": 0 for other tokens.
int count_at(const Text& t, std::size_t i) {
  if (t.is_number(i)) return std::atoi(std::string(t.print(i)).c_str());
  return t.tokens[i].kind == Token::Kind::word ? std::max(0, prose::number_of_word(t.word(i))) : 0;
}

/// "for its quarter and fiscal year ended", "three and twelve months ended": a quarter and the year both end then.
bool ends_quarter_and_year(const Text& t, std::size_t ended) {
  std::size_t k = ended;
  const auto back_over = [&](std::string_view w) { return k > 0 && t.is_word(k - 1, w) ? (--k, true) : false; };
  const bool months = back_over("months") && k > 0 && count_at(t, k - 1) == 12;
  if (months) --k;
  else if (!back_over("year")) return false;
  while (back_over("full") || back_over("fiscal") || back_over("the") || back_over("its") || back_over("for")) {
  }
  if (!back_over("and")) return false;
  if (back_over("months")) return k > 0 && count_at(t, k - 1) == 3;
  return back_over("quarter") || (months && k > 0 && count_at(t, k - 1) == 3);
}

/// The date that ends the period: "ended March 31, 2013", "ended December 31".
void read_end(const document::Document& document, const Opening& o, Words& w) {
  const Text& t = o.text;
  for (std::size_t i = 0; i + 1 < t.tokens.size() && !w.end; ++i) {
    const auto length = [&](std::size_t k) {
      for (std::string_view noun : {"months", "mths", "weeks", "year", "half", "half-year", "hy"})
        if (t.is_word(k, noun)) return true;
      return false;
    };
    const bool six_months_to = i > 0 && t.is_word(i, "to") && length(i - 1);
    if (!(t.is_word(i, "ended") || t.is_word(i, "ending") || six_months_to)) continue;
    std::size_t next = i + 1;
    if (t.is_word(next, "on")) ++next;
    const std::size_t at = next;
    const auto d = prose::read_date(t, at, t.tokens.size(), std::nullopt, next);
    if (!d || of_a_filing(t, i)) continue;
    w.end = d;
    bool after_quarter = false, after_year = false;
    for (std::size_t k = i; k > 0 && i - k < 14; --k) {
      const std::string_view word = t.tokens[k - 1].kind == Token::Kind::word ? t.word(k - 1) : std::string_view{};
      if (word == "quarter" || word == "quarters" || word == "quarter's") after_quarter = true;
      const bool half = word == "half" || word == "half-year" || word == "hy";
      if (half && w.end_months == 0) w.end_months = 6;
      if (word == "year" && !after_quarter && !(k >= 2 && (t.is_word(k, "first") || t.is_word(k - 2, "half")))) after_year = true;
      if (word == "months" || word == "month" || word == "mths") {
        const int n = k >= 2 ? count_at(t, k - 2) : 0;
        const int other = k >= 4 && t.is_word(k - 3, "and") ? count_at(t, k - 4) : 0;  // "three and six months"
        for (const int told : {n, other})
          if (told > 0 && (w.end_months == 0 || told < w.end_months)) w.end_months = told;
      }
      if (word.ends_with("-month")) {
        const int n = prose::number_of_word(word.substr(0, word.size() - 6));
        if (n > 0 && w.end_months == 0) w.end_months = n;
      }
      if ((word == "weeks" || word == "week") && k >= 2) {
        std::size_t nk = k - 2;
        if (t.is_mark(nk, '-') && nk > 0) --nk;
        const int weeks = count_at(t, nk);
        if (weeks == 13 || weeks == 14) w.end_months = 3;
      }
      if (t.is_mark(k - 1, '.')) break;
    }
    w.end_quarter = after_quarter || w.end_months == 3;
    w.end_year = (after_year && !after_quarter) || w.end_months == 12;
    if (w.quarter == 0 && ends_quarter_and_year(t, i)) w.quarter = 4;
    const bool to_date = w.end_months == 6 || w.end_months == 9;
    if (to_date && !w.end_quarter && w.quarter && w.end_months != 3 * w.quarter) {  // "circulation for the six months ended September 30", told with a fourth quarter
      w.end.reset();
      w.end_months = 0;
      w.end_year = false;
      continue;
    }
    if (w.text.empty()) {
      std::size_t from = i;
      while (from > 0 && i - from < 6 && (t.is(from - 1, prose::period_noun | prose::ordinal | prose::number_word) || t.is_word(from - 1, "fiscal") || t.is_word(from - 1, "full") || t.is_number(from - 1) || t.is_mark(from - 1, '-'))) --from;
      w.text = t.raw.substr(t.tokens[from].begin, t.tokens[i].begin - t.tokens[from].begin);
      w.text = std::string(trim(w.text));
      w.span = document.blocks[o.block].text.source_span(t.tokens[from].begin, t.tokens[next - 1].end);
    }
  }
}

}  // namespace

Words read_words(const document::Document& document, const std::vector<Opening>& opening) {
  Words w;
  Find half;
  int quarter_below = 0;  // of a paragraph below a heading of the year
  std::size_t paragraphs = 0;
  for (const Opening& o : opening) {
    const bool paragraph = o.text.tokens.size() > 25;
    for (std::size_t i = 0; i < o.text.tokens.size() && i < 120; ++i) {
      Find f;
      if (!told_at(o.text, i, f)) continue;
      w.likely_year = std::max(w.likely_year, year_by_other(o.text, f, w.quarter));
      if (foretold(o.text, f.begin)) continue;
      if (f.half && !half.half && !w.annual && !w.end && !compared_with(o.text, f.begin)) half = f;
      if (f.quarter && w.annual && paragraph && !quarter_below && !compared_with(o.text, f.begin)) quarter_below = f.quarter;
      if (f.quarter && w.quarter == 0 && !(w.annual && paragraph)) {
        w.quarter = f.quarter;
        w.annual = false;
        w.text = o.text.raw.substr(o.text.tokens[f.begin].begin, o.text.tokens[f.end - 1].end - o.text.tokens[f.begin].begin);
        w.span = document.blocks[o.block].text.source_span(o.text.tokens[f.begin].begin, o.text.tokens[f.end - 1].end);
        if (f.year) w.year = f.year, w.fiscal = f.fiscal;
      } else if (f.year && w.quarter && compared_with(o.text, f.begin)) {
        // the year compared with
      } else if (f.quarter && f.quarter == w.quarter && w.year < f.year) {
        w.year = f.year;
        w.fiscal = f.fiscal;
      } else if (f.annual && w.quarter == 0 && !w.annual && !half.half && w.end_months != 6 && !paragraph) {
        w.annual = true;
        w.text = o.text.raw.substr(o.text.tokens[f.begin].begin, o.text.tokens[f.end - 1].end - o.text.tokens[f.begin].begin);
        w.span = document.blocks[o.block].text.source_span(o.text.tokens[f.begin].begin, o.text.tokens[f.end - 1].end);
        if (f.year) w.year = f.year, w.fiscal = f.fiscal;
      } else if (f.annual && w.year == 0 && f.year && w.quarter) {
        w.year = f.year;
        w.fiscal = f.fiscal;
      }
      i = std::max(i, f.end - 1);
    }
    read_end(document, o, w);
    if (paragraph && ++paragraphs >= 4 && w.year && (w.quarter || w.annual || w.end)) break;
    if (paragraphs >= 12) break;
  }
  if (!w.quarter && w.end_quarter) w.quarter = quarter_below;  // "Fiscal Year 2019 Net Income" above "its fourth fiscal quarter ended September 30, 2019"
  const bool six_months = w.end_months == 6 || (w.end_months == 0 && half.half);
  if (six_months && !w.quarter && !w.annual && !w.end_quarter && !w.end_year) {
    w.half = half.half ? half.half : 1;  // "six months ended": told of by itself when it is the first half
    w.quarter = 2 * w.half;
    if (!w.year) w.year = half.year, w.fiscal = half.fiscal;
  }
  return w;
}

}  // namespace factpress::facts::identity
