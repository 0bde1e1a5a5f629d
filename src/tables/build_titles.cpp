#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "diag/codes/tables.h"
#include "tables/build.h"
#include "tables/currency.h"
#include "tables/nature.h"
#include "tables/period_words.h"
#include "tables/share_columns.h"

namespace factpress::tables {

namespace {

bool is_scale_only(std::string_view text) {
  const std::string t = lower(trim(text));
  return t.empty() || (t[0] == '(' && (read_scale(t).money || t.find("unaudited") != std::string::npos || t.find("continued") != std::string::npos)) ||
         t == "unaudited" || t == "(audited)" || t.substr(0, 3) == "in " || t.substr(0, 7) == "dollars";
}

/// "HAMILTON, August 10, 2023 - Seaborne Ltd.": a dateline, no name.
bool names_a_day(std::string_view line) {
  const PeriodWords w = read_period_words(line);
  return !w.ended && std::any_of(w.dates.begin(), w.dates.end(), [](const DateWords& d) { return d.full(); });
}

/// "EXAMPLE CORPORATION AND SUBSIDIARIES", "Example & Co."; not "Corporate and Other", "Table 1: Consolidated Income Statement".
bool names_a_company(std::string_view line) {
  if (istarts_with(trim(line), "table ") || icontains(line, "unaudited") || icontains(line, "statement")) return false;
  if (icontains(line, "& co.")) return true;
  std::string word;
  for (const char c : lower(line) + " ") {
    if (is_alpha(c)) word += c;
    else {
      for (const std::string_view form : {"inc", "incorporated", "corp", "corporation", "company", "companies", "subsidiary", "subsidiaries", "llc", "ltd", "limited", "plc", "bancorp", "bancorporation", "bancshares"})
        if (word == form) return true;
      word.clear();
    }
  }
  return false;
}

/// "For the Three Months Ended March 31, 2022", "At March 31, 2022": a line of a period's words.
bool is_period_alone(std::string_view line) {
  if (line.size() > 80) return false;
  const PeriodWords w = read_period_words(line);
  if (w.dates.empty() || w.change || w.outlook) return false;
  for (std::string_view lead : {"for the ", "as of ", "as at ", "at ", "three months", "six months", "nine months", "twelve months", "quarter", "year", "fiscal", "thirteen", "twenty", "thirty", "fifty"})
    if (istarts_with(line, lead)) return true;
  return false;
}

/// "Condensed Balance Sheets (in thousands) (unaudited)": the notes at its end are no part of a title.
void strip_notes(std::string& title) {
  while (!title.empty() && title.back() == ')') {
    const std::size_t open = title.rfind('(');
    if (open == std::string::npos || open < 4) return;
    const std::string note = lower(std::string_view(title).substr(open));
    if (!read_scale(note).money && note.find("audited") == std::string::npos && note.find("continued") == std::string::npos) return;
    title.resize(open);
    while (!title.empty() && is_space(title.back())) title.pop_back();
  }
}

}  // namespace

bool is_statement_title(std::string_view text) {
  const std::string t = lower(text);
  static constexpr std::array<std::string_view, 22> kWords = {"statement", "balance sheet", "reconcil", "cash flow", "financial condition", "segment", "operations",
      "income", "highlights", "summary", "selected", "ratios", "non-gaap", "data", "loans", "deposits", "assets", "average", "results", "information", "revenue", "outlook"};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view w) { return t.find(w) != std::string::npos; });
}

std::string row_text(const RowParts& row) {
  std::string out;
  for (const GridCell& c : row.row->cells) out += (out.empty() ? "" : " ") + collapse(c.text());
  return out;
}

std::string head_texts(const Draft& draft) {
  std::string out;
  for (const RowParts* row : draft.headers) out += row_text(*row) + "\n";
  return out;
}

std::vector<std::string> lead_lines(const Draft& draft) {
  std::vector<std::string> out(draft.lead.begin(), draft.lead.end());
  for (const RowParts* row : draft.titles) out.push_back(row_text(*row));
  return out;
}

void TableBuilder::see_scale(std::string_view text, Span span, Notes& notes, std::size_t) {
  ScaleNote note = read_scale(text);
  if (const auto head = read_currency_note(text)) {  // "HK$ million", "SEKm"
    if (!note.money) note.money = head->scale, note.end = static_cast<std::uint32_t>(text.size());
    if (notes.currency.empty()) notes.currency = head->code;
  }
  if (note.shares && !notes.shares) notes.shares = note.shares;
  notes.prices.insert(notes.prices.end(), note.prices.begin(), note.prices.end());
  if (!note.money) return;
  if (notes.scale && *notes.scale != *note.money) {
    notes.conflict = true;
    sink_.add({diag::codes::tables_two_scales, place(span),
               fmt::format("one note says 10^{} (\"{}\") and another 10^{} (\"{}\"); the nearer one, 10^{}, is used", *notes.scale, notes.words, *note.money,
                           collapse(text.substr(0, 80)), *notes.scale)});
    return;
  }
  notes.scale = note.money;
  constexpr std::size_t near = 16;  // characters
  const std::string_view about = text.substr(note.begin > near ? note.begin - near : 0, note.end - (note.begin > near ? note.begin - near : 0));
  notes.of_dollars = icontains(about, "dollar") || icontains(about, "usd") || about.find('$') != std::string_view::npos;
  notes.words = collapse(text.substr(note.begin, std::max(note.end, note.begin) - note.begin));
  notes.span = span;
}

bool is_sentence(std::string_view line) {
  constexpr std::size_t longest_title = 60;
  return line.size() > longest_title && trim(line).ends_with('.');
}

/// "Loans grew 4% over the trailing twelve months.": a sentence, however short, and no title of columns of quarters.
static bool speaks_of_trailing_year(std::string_view line) { return trim(line).ends_with('.') && names_trailing_year(lower(line)); }

/// "PEORIA, ILLINOIS, January 24, 2006 - Example Corp. reported 2005 net earnings of $107.1 million.": a sentence whose days and years are
/// not those of the table below it.
static bool is_passing_sentence(std::string_view line) {
  if (speaks_of_trailing_year(line)) return true;
  if (!is_sentence(line)) return false;
  const PeriodWords w = read_period_words(line);
  return !w.dates.empty() && !w.duration() && !w.ended && !w.as_of;
}

/// "Diluted Earnings Per Share", "(Per share in U.S. $)" right above a table of nothing but small broken amounts.
static bool titles_per_share(const std::vector<std::string>& lines, const Draft& draft) {
  constexpr std::size_t near = 2, longest = 60;
  bool any = false;
  for (const RowParts* row : draft.body)
    for (const ValueGroup& g : row->values) {
      if (g.number.kind != ValueText::number || g.number.percent) continue;
      if (g.number.fraction_digits < 2 || g.number.value.abs() >= Decimal(100)) return false;
      any = true;
    }
  const auto names = [](const std::string& line) {
    const std::string t = lower(line);
    if (t.size() >= longest || !names_per_share(t)) return false;
    if (t.starts_with("(per share") || t.starts_with("per share")) return true;
    static constexpr std::array<std::string_view, 9> kFirst = {"diluted", "basic", "earnings", "adjusted", "operating", "ongoing", "core", "net income", "dividends"};  // no headline
    return std::any_of(kFirst.begin(), kFirst.end(), [&](std::string_view w) { return t.starts_with(w); }) && (t.ends_with("per share") || t.ends_with("per diluted share") || t.ends_with("(eps)"));
  };
  return any && std::any_of(lines.end() - static_cast<std::ptrdiff_t>(std::min(near, lines.size())), lines.end(), names);
}

void TableBuilder::title(const Draft& draft, DataTable& table, Notes& notes) {
  std::vector<std::string> lines = lead_lines(draft);
  std::string beside;
  for (const RowParts* row : draft.headers)
    if (!row->label.empty()) beside += (beside.empty() ? "" : " ") + joined_text(row->label);
  if (!beside.empty()) lines.push_back(beside);
  table.stub = collapse(beside);
  notes.per_share = beside.size() < 80 && names_per_share(lower(beside)) && !icontains(beside, "except") && !icontains(beside, "thousand") && !icontains(beside, "million");
  notes.per_share = notes.per_share || titles_per_share(lines, draft);
  // The last line that names a statement; else the last that is more than a note. "Assets" beside the headers is the first heading of the rows.
  const auto tells_news = [&](std::string_view line) { return calendar_.behind_dateline(line).size() != line.size(); };
  const auto names_one = [&](const std::string& line) { return !is_scale_only(line) && is_statement_title(line) && line.size() < 200 && !tells_news(line) && !speaks_of_trailing_year(line); };
  const bool heads_rows = !beside.empty() && beside.size() < 24 && std::count(beside.begin(), beside.end(), ' ') < 2 && std::any_of(lines.begin(), lines.end() - 1, names_one);
  for (auto it = lines.rbegin() + (heads_rows ? 1 : 0); it != lines.rend(); ++it)
    if (names_one(*it)) {
      table.title = *it;
      break;
    }
  // What stands beside the headers ("Region", "ARM type") names the rows: a title only for want of another.
  if (!beside.empty() && lines.size() > 1) std::rotate(lines.begin(), lines.end() - 1, lines.end());
  for (auto it = lines.rbegin(); table.title.empty() && it != lines.rend(); ++it)
    if (!is_scale_only(*it) && it->size() < 160 && !is_passing_sentence(*it) && !tells_news(*it) && std::count_if(it->begin(), it->end(), is_alpha) > 2) table.title = *it;
  if (!beside.empty() && lines.size() > 1) std::rotate(lines.begin(), lines.begin() + 1, lines.end());
  // Running heads and datelines above the title tell nothing of the table's periods.
  std::size_t from = 0;
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (!table.title.empty() && lines[i] == table.title) from = i;
  if (table.title.empty() && lines.size() > 3) from = lines.size() - 3;
  constexpr std::size_t near = 4;  // lines
  for (std::size_t i = from; i-- > 0 && from - i <= near && notes.above_title.empty();)
    if (is_period_alone(lines[i])) notes.above_title = lines[i];
  for (std::size_t i = from; i < lines.size(); ++i)
    if (!is_passing_sentence(lines[i])) notes.period_words += std::string(calendar_.behind_dateline(lines[i])) + "\n";
  strip_notes(table.title);
  for (const std::string& line : lines) {
    notes.title_block += line + "\n";
    table.unaudited = table.unaudited || icontains(line, "unaudited");
    if (table.company.empty() && line != table.title && line.size() < 90 && !names_a_day(line) && names_a_company(line)) table.company = line;
  }
}

bool prints_whole_amounts(const Draft& draft) {
  std::size_t large = 0, round = 0;
  for (const RowParts* row : draft.body)
    for (const ValueGroup& g : row->values)
      if (g.number.kind == ValueText::number && g.number.value.abs() >= Decimal(1000)) ++large, round += g.text.find(",000") != std::string::npos ? 1 : 0;
  return large >= 4 && 4 * round >= 3 * large;
}

/// "Amounts in thousands." below a table that no note above it scales: in its last rows, or in the line after it unless that
/// line stands over another table.
void TableBuilder::scale_below(const Draft& draft, Notes& notes) {
  const auto is_note = [](std::string_view text) {
    text = trim(text);
    while (!text.empty() && (text.front() == '(' || text.front() == '*' || text.front() == '[')) text.remove_prefix(1);
    if (text.size() > 90 || !read_scale(text).money) return false;
    for (std::string_view lead : {"in ", "dollars", "amounts", "all amounts", "all figures", "figures", "all dollar", "dollar amounts", "note: amounts", "note: all"})
      if (istarts_with(text, lead)) return true;
    return false;
  };
  if (prints_whole_amounts(draft)) return;
  std::size_t last = draft.body.size();
  for (std::size_t i = 0; i < draft.body.size(); ++i)
    if (draft.body[i]->kind == RowKind::data) last = i;
  for (std::size_t i = last + 1; i < draft.body.size() && !notes.scale; ++i)
    if (!draft.body[i]->row->cells.empty() && is_note(row_text(*draft.body[i])))
      see_scale(row_text(*draft.body[i]), draft.body[i]->row->cells.front().cell->text.source_span(), notes, draft.block);
  const std::size_t next = draft.block + 1;
  if (notes.scale || !draft.last_of_block || next >= document_.blocks.size() || document_.blocks[next].table) return;
  const bool heads_another = next + 1 < document_.blocks.size() && document_.blocks[next + 1].table;
  const document::Block& line = document_.blocks[next];
  if (!heads_another && is_note(line.text.view())) see_scale(line.text.view(), line.span, notes, next);
}

void TableBuilder::scale(const Draft& draft, const std::vector<GroupScale>& of_groups, DataTable& table, Notes& notes) {
  std::string beside;
  Span beside_span{};
  std::set<int> of_columns;  // "Yen in millions | U.S. dollars in thousands": each of its own columns, none of the table
  for (const RowParts* row : draft.headers)
    for (const GridCell* c : row->words)
      if (const auto head = read_currency_head(c->text()); head && head->scale) of_columns.insert(*head->scale);
  const auto names_its_column = [](const GridCell* c) {  // "Maximum value remaining (in thousands)"
    const std::string_view named = named_before_scale(c->text());
    return !named.empty() && !read_period_words(named).any();
  };
  for (const RowParts* row : draft.headers) {
    const bool others = std::any_of(row->words.begin(), row->words.end(), [](const GridCell* c) { return !read_scale(c->text()).money && !read_period_words(c->text()).any(); });
    const auto of_a_group = [&](const GridCell* c) { return std::any_of(of_groups.begin(), of_groups.end(), [&](const GroupScale& g) { return g.reach.begin == c->begin && g.reach.end == c->end; }); };
    const auto of_its_column = [&](const GridCell* c) { return (of_columns.size() > 1 && read_currency_head(c->text())) || (others && names_its_column(c)) || of_a_group(c); };
    for (const GridCell* c : row->label) beside += " " + collapse(c->text()), beside_span = c->cell->text.source_span();
    for (const GridCell* c : row->words)
      if (read_scale(c->text()).money && !scale_of_shares(c->text()) && !of_its_column(c)) see_scale(c->text(), c->cell->text.source_span(), notes, draft.block);
  }
  see_scale(beside, beside_span, notes, draft.block);
  std::string titles;
  Span titles_span{};
  for (const RowParts* row : draft.titles) {
    titles += row_text(*row) + "\n";
    titles_span = row->row->cells.front().cell->text.source_span();
  }
  see_scale(titles, titles_span, notes, draft.block);
  for (std::size_t i = draft.lead.size(); i-- > 0;)
    if (!notes.scale || !notes.shares) see_scale(draft.lead[i], draft.lead_spans[i], notes, draft.block);
  if (!notes.scale && !draft.intro.empty()) see_scale(draft.intro, draft.intro_span, notes, draft.block);
  for (const RowParts* row : draft.body) {  // "(in thousands)" as the first line of the body
    if (row->kind == RowKind::data) break;
    if (row->kind == RowKind::heading || row->kind == RowKind::title) {
      const std::string text = row_text(*row);
      if (is_scale_only(text)) see_scale(text, row->row->cells.front().cell->text.source_span(), notes, draft.block);
      const std::string label = joined_text(row->label);  // "Income Statement ($s in millions)" over the first rows
      if (const std::size_t open = label.find('('); !notes.scale && open != std::string::npos && open > 0 && label.back() == ')' && read_scale(std::string_view(label).substr(open)).money)
        see_scale(std::string_view(label).substr(open), row->label.front()->cell->text.source_span(), notes, draft.block);
    }
  }
  if (!notes.scale) scale_below(draft, notes);
  table.scale_note = notes.words;
  table.scale_span = notes.span;
  table.prices = notes.prices;
  if (notes.shares) table.share_scale = notes.shares;
  if (notes.scale) table.scale = *notes.scale;
}

}  // namespace factpress::tables
