#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "diag/codes/facts.h"
#include "facts/identity_parts.h"
#include "facts/prose_period.h"

namespace factpress::facts::identity {

using prose::Text;
using prose::Token;
using tables::Period;

namespace {

/// What the words of the opening say.
struct Words {
  int quarter = 0;            ///< 1 to 4
  bool annual = false;        ///< "full year", "fiscal year results" without a quarter
  int year = 0;
  bool fiscal = false;        ///< the year was called fiscal
  std::optional<Date> end;
  bool end_quarter = false, end_year = false;
  int end_months = 0;
  std::string text;
  Span span;
};

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

struct Find {
  int quarter = 0, year = 0;
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
  if (const int q = quarter_code(w, f.year); q) {
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

/// The date that ends the period: "ended March 31, 2013", "ended December 31".
void read_end(const document::Document& document, const Opening& o, Words& w) {
  const Text& t = o.text;
  for (std::size_t i = 0; i + 1 < t.tokens.size() && !w.end; ++i) {
    if (!(t.is_word(i, "ended") || t.is_word(i, "ending"))) continue;
    std::size_t next = i + 1;
    if (t.is_word(next, "on")) ++next;
    const std::size_t at = next;
    const auto d = prose::read_date(t, at, t.tokens.size(), std::nullopt, next);
    if (!d) continue;
    w.end = d;
    bool after_quarter = false, after_year = false;
    for (std::size_t k = i; k > 0 && i - k < 14; --k) {
      const std::string_view word = t.tokens[k - 1].kind == Token::Kind::word ? t.word(k - 1) : std::string_view{};
      if (word == "quarter" || word == "quarters" || word == "quarter's") after_quarter = true;
      if (word == "year" && !after_quarter && !(k >= 2 && t.is_word(k, "first"))) after_year = true;
      if (word == "months" || word == "month") {
        const int n = k >= 2 && t.tokens[k - 2].kind == Token::Kind::word ? prose::number_of_word(t.word(k - 2)) : 0;
        if (n > 0 && (w.end_months == 0 || n < w.end_months)) w.end_months = n;
      }
      if (word.ends_with("-month")) {
        const int n = prose::number_of_word(word.substr(0, word.size() - 6));
        if (n > 0 && w.end_months == 0) w.end_months = n;
      }
      if ((word == "weeks" || word == "week") && k >= 2) {
        std::size_t nk = k - 2;
        if (t.is_mark(nk, '-') && nk > 0) --nk;
        const int weeks = t.is_number(nk) ? std::atoi(std::string(t.print(nk)).c_str()) : t.tokens[nk].kind == Token::Kind::word ? prose::number_of_word(t.word(nk)) : 0;
        if (weeks == 13 || weeks == 14) w.end_months = 3;
      }
      if (t.is_mark(k - 1, '.')) break;
    }
    w.end_quarter = after_quarter || w.end_months == 3;
    w.end_year = (after_year && !after_quarter) || w.end_months == 12;
    if (w.text.empty()) {
      std::size_t from = i;
      while (from > 0 && i - from < 6 && (t.is(from - 1, prose::period_noun | prose::ordinal | prose::number_word) || t.is_word(from - 1, "fiscal") || t.is_word(from - 1, "full") || t.is_number(from - 1) || t.is_mark(from - 1, '-'))) --from;
      w.text = t.raw.substr(t.tokens[from].begin, t.tokens[i].begin - t.tokens[from].begin);
      w.text = std::string(trim(w.text));
      w.span = document.blocks[o.block].text.source_span(t.tokens[from].begin, t.tokens[next - 1].end);
    }
  }
}

Words read_words(const document::Document& document, const std::vector<Opening>& opening, const Identity& id) {
  Words w;
  std::size_t paragraphs = 0;
  for (const Opening& o : opening) {
    const bool paragraph = o.text.tokens.size() > 25;
    bool quarter_here = false;
    for (std::size_t i = 0; i < o.text.tokens.size() && i < 120; ++i) {
      Find f;
      if (!told_at(o.text, i, f)) continue;
      if (f.quarter && w.quarter == 0 && !(w.annual && paragraph)) {
        w.quarter = f.quarter;
        w.annual = false;
        quarter_here = true;
        w.text = o.text.raw.substr(o.text.tokens[f.begin].begin, o.text.tokens[f.end - 1].end - o.text.tokens[f.begin].begin);
        w.span = document.blocks[o.block].text.source_span(o.text.tokens[f.begin].begin, o.text.tokens[f.end - 1].end);
        if (f.year) w.year = f.year, w.fiscal = f.fiscal;
      } else if (f.quarter && f.quarter == w.quarter && w.year < f.year) {
        w.year = f.year;
        w.fiscal = f.fiscal;
      } else if (f.annual && w.quarter == 0 && !w.annual && !paragraph) {
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
    (void)quarter_here;
    read_end(document, o, w);
    if (paragraph && ++paragraphs >= 4 && w.year && (w.quarter || w.annual || w.end)) break;
    if (paragraphs >= 12) break;
  }
  (void)id;
  return w;
}

/// What the tables' columns say: the latest durations of income statements, and the balance dates.
struct Columns {
  std::optional<Date> end;
  std::optional<Period> shortest, longest;  ///< that end there
  std::optional<Date> prior_balance;        ///< the latest balance date before `end`
  bool has(const Period& p) const { return std::find(all.begin(), all.end(), p) != all.end(); }
  std::vector<Period> all;
};

Columns read_columns(const std::vector<tables::DataTable>& tables) {
  Columns c;
  for (const bool strict : {true, false}) {
    for (const tables::DataTable& table : tables) {
      const bool income = table.kind == tables::StatementKind::income;
      if (strict ? !income : (table.kind != tables::StatementKind::cashflow && table.kind != tables::StatementKind::reconciliation && table.kind != tables::StatementKind::segment)) continue;
      for (const tables::Column& column : table.columns) {
        if (column.kind != tables::Column::Kind::value || !column.period || column.period->instant()) continue;
        c.all.push_back(*column.period);
        if (!c.end || *c.end < column.period->end) c.end = column.period->end;
      }
      if (c.end && strict) break;  // the first income statement decides
    }
    if (c.end) break;
  }
  for (const tables::DataTable& table : tables)
    for (const tables::Column& column : table.columns) {
      if (!column.period) continue;
      if (column.period->instant()) {
        if (table.kind == tables::StatementKind::balance && c.end && column.period->end < *c.end && (!c.prior_balance || *c.prior_balance < column.period->end)) c.prior_balance = column.period->end;
        continue;
      }
      if (!c.end || column.period->end != *c.end) continue;
      const int months = prose::months_of(*column.period);
      if (months < 1) continue;
      if (!c.shortest || prose::months_of(*c.shortest) > months) c.shortest = column.period;
      if (!c.longest || prose::months_of(*c.longest) < months) c.longest = column.period;
    }
  return c;
}

int quarter_by_columns(const Columns& c, Date end) {
  if (c.longest && c.longest->end == end) {
    const int months = prose::months_of(*c.longest);
    if (months == 6 || months == 9) return months / 3;
    if (months == 12 && c.shortest && prose::months_of(*c.shortest) <= 4) return 4;
  }
  if (c.prior_balance) {
    const int days = end.days() - c.prior_balance->days();
    const int quarters = (days + 45) / 91;
    if (quarters >= 1 && quarters <= 3) return quarters;  // from the fiscal year's end
  }
  return 0;
}

/// By the month that a submission's header says the fiscal year ends in ("0630"); 0 where it does not. Years of weeks end some days off.
int quarter_by_header(const document::Document& document, Date end) {
  const std::string_view told = document.source->text(document.filing.fiscal_year_end);
  if (told.size() != 4 || !std::all_of(told.begin(), told.end(), is_digit)) return 0;
  const auto year_end = Date::of(end.year(), (told[0] - '0') * 10 + told[1] - '0', 1);
  if (!year_end) return 0;
  const int month = end.plus_days(-10).month();
  const int behind = (month - year_end->plus_months(1).plus_days(-11).month() + 12) % 12;
  return behind == 0 ? 4 : (behind + 1) / 3;
}

}  // namespace

void read_fiscal(const document::Document& document, const std::vector<Opening>& opening, const std::vector<tables::DataTable>& tables, Identity& id, diag::Sink& sink) {
  const Words w = read_words(document, opening, id);
  const Columns c = read_columns(tables);
  const prose::Calendar bare{Identity{}, tables};
  std::optional<Date> end = w.end ? w.end : c.end;
  const Place place{document.source, w.span};
  if (w.end && c.end && *w.end != *c.end) {
    const bool known = std::any_of(c.all.begin(), c.all.end(), [&](const Period& p) { return p.end == *w.end; });
    sink.add({diag::codes::facts_identity_period, place,
              fmt::format("the text says that the period ended {}, the statements' columns end {}; the {} are followed", w.end->iso(), c.end->iso(), known ? "words" : "columns")});
    if (!known) end = c.end;
  }
  if (!end && w.year) {  // words alone: a calendar year, for want of anything else
    const int month = w.quarter ? w.quarter * 3 : 12;
    end = Date::of(w.year, month, Date::days_in_month(w.year, month));
  }
  if (!end) {
    if (w.quarter || w.annual || !c.all.empty())
      sink.add({diag::codes::facts_identity_no_period, place, "no day was found that the fiscal period ends on"});
    return;
  }
  bool annual = w.quarter == 0 && (w.annual || w.end_year) && !w.end_quarter;
  if (w.quarter == 0 && !annual && !w.end_quarter && c.shortest && c.shortest->end == *end && prose::months_of(*c.shortest) >= 11) annual = true;
  int quarter = annual ? 0 : w.quarter ? w.quarter : quarter_by_columns(c, *end);
  if (!annual && quarter == 0) quarter = quarter_by_header(document, *end);
  if (!annual && quarter == 0) quarter = (end->month() + 2) / 3;
  const int seen = quarter_by_columns(c, *end);
  if (!annual && w.quarter && seen && seen != w.quarter && c.longest && (prose::months_of(*c.longest) == 6 || prose::months_of(*c.longest) == 9))
    sink.add({diag::codes::facts_identity_period, place,
              fmt::format("the text says quarter {}, but the statements count {} months to {}", w.quarter, prose::months_of(*c.longest), end->iso())});
  id.fiscal_quarter = quarter;
  Period period = bare.months_ending(*end, annual ? 12 : 3);
  for (const Period& p : c.all)
    if (p.end == *end && (annual ? prose::months_of(p) >= 11 : prose::months_of(p) >= 2 && prose::months_of(p) <= 4)) period = p;
  id.fiscal_period = period;
  id.fiscal_period_words = w.text;
  id.fiscal_period_span = w.span;
  const int left = annual ? 0 : (4 - quarter) * 3;
  id.fiscal_year_end = end->is_month_end() ? end->plus_months_keeping_end(left) : end->plus_days(left / 3 * 91);
  id.fiscal_year = w.year;
  const int by_end = id.fiscal_year_end.day() <= 7 && id.fiscal_year_end.month() == 1 ? id.fiscal_year_end.year() - 1 : id.fiscal_year_end.year();
  // A year that ends in the first months may be called by the year before it, never another one.
  const bool by_start = id.fiscal_year == by_end - 1 && id.fiscal_year_end.month() <= 6;
  if (id.fiscal_year != by_end && !by_start) id.fiscal_year = by_end;
}

}  // namespace factpress::facts::identity
