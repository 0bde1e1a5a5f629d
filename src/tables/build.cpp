#include "tables/build.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "diag/codes/tables.h"
#include "document/lines.h"
#include "tables/bracketed_columns.h"
#include "tables/counted.h"
#include "tables/nature.h"
#include "tables/percent_columns.h"
#include "tables/period_words.h"
#include "tables/row_periods.h"

namespace factpress::tables {

namespace {

bool heads_notes(const Column& column) { return std::any_of(column.header.begin(), column.header.end(), names_notes); }

/// Of a number as read or as a cell keeps it.
bool may_be_note(const auto& n) { return !n.currency && !n.percent && !n.negative && n.value < Decimal(60); }

/// Without column spans the numbers of notes beside the labels ("Note | 2020 | 2019") would take the place of a value below a header that
/// stands over several columns: they are no column.
void leave_notes_out(HeaderLines& headers, const std::vector<std::vector<ValueGroup>>& values, ColumnLayout& layout) {
  if (layout.columns.size() < 2) return;
  const Slots first = layout.columns.front();
  for (std::vector<HeaderPiece>& line : headers) {
    const auto note = std::find_if(line.begin(), line.end(), [&](const HeaderPiece& p) { return p.begin < first.end && first.begin < p.end && names_notes(p.text); });
    if (note == line.end()) continue;
    for (std::size_t r = 0; r < values.size(); ++r)
      for (std::size_t g = 0; g < values[r].size(); ++g)
        if (layout.column_of[r][g] == 0 && !may_be_note(values[r][g].number)) return;
    line.erase(note);
    layout.columns.erase(layout.columns.begin());
    for (std::vector<int>& row : layout.column_of)
      for (int& column : row) column = column > 0 ? column - 1 : -1;
    return;
  }
}

/// Whether a title says how long its periods are, or that its numbers hold on a day.
bool tells_length_or_day(std::string_view title) {
  const PeriodWords w = read_period_words(title);
  return w.duration() || w.ended || w.as_of || std::any_of(w.dates.begin(), w.dates.end(), [](const DateWords& d) { return d.month != 0; });
}

/// The lines of a title but `beside` and those that are sentences: "Total assets were $7.1 billion at December 31, 2006." above a table tells
/// nothing of it.
std::string titles_alone(std::string_view title, std::string_view beside) {
  std::string out;
  for (const std::string_view line : split(title, '\n'))
    if (!is_sentence(line) && !line.starts_with(beside)) out += std::string(line) + "\n";
  return out;
}

/// The sentence that ends a paragraph above a table: "The following table details ... for the three months ended March 31, 2020:"
std::string last_sentence(std::string_view intro) {
  intro = trim(intro);
  while (!intro.empty() && (intro.back() == '.' || intro.back() == ':')) intro.remove_suffix(1);
  std::size_t from = 0;
  for (std::size_t at = intro.find(". "); at != std::string_view::npos; at = intro.find(". ", at + 2))
    if (at + 2 < intro.size() && intro[at + 2] >= 'A' && intro[at + 2] <= 'Z') from = at + 2;
  return std::string(intro.substr(from));
}

/// A table of contents: one column of small whole numbers that never fall.
bool is_list_of_pages(const DataTable& table) {
  Decimal last;
  std::size_t rows = 0, rises = 0;
  for (const TableRow& row : table.rows) {
    if (row.cells.empty()) continue;
    const auto& p = row.cells[0].printed;
    if (row.cells.size() > 1 || p.dash || p.negative || p.currency || p.percent || p.fraction_digits > 0 || p.value < last || p.value > Decimal(300)) return false;
    rises += last < p.value ? 1 : 0;
    last = p.value;
    ++rows;
  }
  return rows >= 4 && rises >= 3;
}

bool any_period(const std::vector<Column>& columns) {
  return std::any_of(columns.begin(), columns.end(), [](const Column& c) { return c.period.has_value(); });
}

/// Days ("March 31, 2013") without a word of the time that ended on them: the header of balances.
bool heads_days(std::string_view header) {
  const PeriodWords words = read_period_words(header);
  return !words.ended && !words.duration() && std::any_of(words.dates.begin(), words.dates.end(), [](const DateWords& d) { return d.full(); });
}

/// A table without a title goes on under the last one only where its headers are of the same kind: balances do not stand under
/// "Statements of Operations".
bool same_headers(const Draft& draft, const std::vector<DataTable>& out) {
  std::string mine, theirs;
  for (const RowParts* row : draft.headers) mine += row_text(*row) + " ";
  if (mine.empty() || out.empty()) return true;
  for (const Column& c : out.back().columns)
    for (const std::string& h : c.header) theirs += h + " ";
  return heads_days(mine) == heads_days(theirs);
}

/// The first row and the last, a total, print currency signs: what stands between are amounts, whatever their labels count
/// ("New stores and facilities").
bool adds_up_amounts(const std::vector<LabelledRow>& rows, const std::vector<std::vector<ValueGroup>>& values) {
  const auto is_signed = [](const std::vector<ValueGroup>& row) { return std::any_of(row.begin(), row.end(), [](const ValueGroup& g) { return g.number.currency; }); };
  std::size_t first = rows.size(), last = rows.size();
  for (std::size_t r = 0; r < rows.size(); ++r)
    if (!values[r].empty()) first = std::min(first, r), last = r;
  return last < rows.size() && last > first + 1 && is_signed(values[first]) && is_signed(values[last]) && istarts_with(rows[last].label, "total ");
}

/// More signs of money in a column than of per cent.
bool prints_money_rather(const ColumnLayout& layout, const std::vector<std::vector<ValueGroup>>& values, int column) {
  std::size_t money = 0, percents = 0;
  for (std::size_t r = 0; r < values.size(); ++r)
    for (std::size_t g = 0; g < values[r].size(); ++g) {
      if (layout.column_of[r][g] != column) continue;
      percents += values[r][g].number.percent ? 1 : 0;
      money += values[r][g].number.currency ? 1 : 0;
    }
  return money > percents;
}

/// "Three months ended" beside a year to date that is the same three months: all numbers of the one column are those of the other.
bool repeats(const ColumnLayout& layout, const std::vector<std::vector<ValueGroup>>& values, int column, int other) {
  constexpr std::size_t fewest = 3;  // rows
  std::size_t same = 0;
  for (std::size_t r = 0; r < values.size(); ++r) {
    const ValueGroup *a = nullptr, *b = nullptr;
    for (std::size_t g = 0; g < values[r].size(); ++g) {
      if (layout.column_of[r][g] == column) a = &values[r][g];
      if (layout.column_of[r][g] == other) b = &values[r][g];
    }
    if (!a || !b) continue;
    if (a->number.kind != b->number.kind || a->number.value != b->number.value) return false;
    ++same;
  }
  return same >= fewest;
}

bool calls_a_dollar(std::string_view code) { return code == "CAD" || code == "AUD" || code == "NZD" || code == "SGD" || code == "HKD" || code == "TWD"; }

bool prints_dollars(const std::vector<std::vector<ValueGroup>>& values) {
  const auto is_dollar = [](const ValueGroup& g) { return g.number.currency && g.number.currency_code.empty() && g.number.unit != 'c'; };
  return std::any_of(values.begin(), values.end(), [&](const std::vector<ValueGroup>& row) { return std::any_of(row.begin(), row.end(), is_dollar); });
}

/// How many texts the fullest line of a header has.
std::size_t fullest_line(const HeaderLines& lines) {
  std::size_t most = 0;
  for (const auto& line : lines) most = std::max(most, line.size());
  return most;
}

/// The page of each row; a heading is on that of the row before it.
std::vector<std::uint32_t> pages_of(const std::vector<LabelledRow>& rows) {
  std::vector<std::uint32_t> out;
  for (const LabelledRow& row : rows) out.push_back(row.parts ? row.parts->row->page : out.empty() ? 0 : out.back());
  return out;
}

/// "(in 000s)" over subscribers says nothing of the amounts below that table.
bool tells_money(const DataTable& table, std::optional<UnitKind> told_unit) {
  if (told_unit) return false;
  std::size_t counts = 0, others = 0;
  for (const TableRow& row : table.rows)
    for (const TableCell& c : row.cells) {
      if (c.printed.currency) return true;
      if (c.unit != UnitKind::pure) ++(names_many(lower(row.label)) ? counts : others);
    }
  return others >= counts;
}

/// "The following table shows ... as a percentage of revenue:": words above a table whose numbers are all percentages.
bool tells_percentages(const Draft& draft, const DataTable& table) {
  const auto tells = [](std::string_view text) { return icontains(text, "as a percentage of") || icontains(text, "as a percent of") || icontains(text, "percentage change") || icontains(text, "percent change"); };
  if (tells(table.title) || tells(last_sentence(draft.intro))) return true;
  return std::any_of(draft.headers.begin(), draft.headers.end(), [&](const RowParts* row) { return tells(row_text(*row)); });
}

constexpr std::string_view kNoPeriod = "neither its headers, its title nor its rows tell a period";

/// Signs of money in two rows at least: what is left out are amounts.
bool prints_amounts(const DataTable& table) {
  const auto has_sign = [](const TableRow& row) { return std::any_of(row.cells.begin(), row.cells.end(), [](const TableCell& c) { return c.printed.currency; }); };
  return std::count_if(table.rows.begin(), table.rows.end(), has_sign) >= 2;
}

/// "82", "Table of Contents", "Example, Inc.": what the top of each page repeats.
bool is_running_head(const std::string& line) {
  if (document::is_folio_text(line) || istarts_with(line, "table of contents")) return true;
  if (line.size() < 5 && std::all_of(line.begin(), line.end(), [](char c) { return is_digit(c) || c == '.'; })) return true;
  if (line.size() > 40) return false;
  const std::string lowered = lower(line);
  for (std::string_view legal : {" inc.", " inc", " corp.", " corporation", " plc", " ltd.", " company", " llc", " and subsidiaries", " n.v.", " s.a."})
    if (lowered.ends_with(legal)) return true;
  return false;
}

/// "... Results for the quarters ended June 30, 2023 and 2022 are as follows:" at the end of a paragraph: the table's own periods, where its title
/// tells none; empty for a sentence that announces no table, or speaks of several lengths of time.
std::string announcement(const Draft& draft) {
  constexpr std::size_t longest = 300;
  if (draft.intro.empty() || trim(draft.intro).back() != ':') return {};
  const std::string sentence = last_sentence(draft.intro);
  const PeriodWords w = read_period_words(sentence);
  if (sentence.size() > longest || !w.ended || !w.duration() || w.change) return {};
  std::size_t lengths = 0;
  for (std::string_view length : {"three ", "quarter", "six ", "nine ", "twelve ", "year"}) lengths += icontains(sentence, length) ? 1 : 0;
  return lengths == 1 ? sentence : std::string();
}

/// "2022 | Consumer | Business", "Fiscal 2024 | Retail | Other": the year of all columns stands beside their names. No text where it does not.
HeaderText year_beside(const Draft& draft) {
  for (const RowParts* row : draft.headers) {
    if (row->label.size() != 1) continue;
    const std::string_view text = trim(row->label[0]->text());
    const PeriodWords w = read_period_words(text.substr(0, text.find('(')));
    const bool bare = w.dates.size() <= 1 && (w.dates.empty() ? w.fiscal_year != 0 : w.dates[0].year && !w.dates[0].month) && !w.quarter && !w.half && !w.change && !w.outlook && !w.as_of;
    if (bare && text.size() < 24) return {std::string(text.substr(0, text.find('('))), row->label[0]->cell->text.source_span(), false};
  }
  return {};
}

bool none_tells_a_period(const std::vector<std::vector<HeaderText>>& columns) {
  return std::none_of(columns.begin(), columns.end(), [](const std::vector<HeaderText>& texts) {
    return std::any_of(texts.begin(), texts.end(), [](const HeaderText& h) { return read_period_words(h.text).any(); });
  });
}

/// "1,450,901" below a table of "$456.1" in millions: numbers that a table would not hold beside those of the one above in the same scale.
bool outgrows(const std::vector<std::vector<ValueGroup>>& values, const DataTable& above) {
  const Decimal most_beside(1000);  // times the largest number
  Decimal largest, largest_above;
  bool fractions = false, fractions_above = false;
  for (const std::vector<ValueGroup>& row : values)
    for (const ValueGroup& g : row) {
      if (g.number.kind != ValueText::number || g.number.percent || g.number.year_like || g.number.unit) continue;
      largest = std::max(largest, g.number.value.abs());
      fractions = fractions || g.number.fraction_digits > 0;
    }
  for (const TableRow& row : above.rows)
    for (const TableCell& c : row.cells) {
      if (c.unit != UnitKind::money || c.printed.percent) continue;
      largest_above = std::max(largest_above, c.printed.value.abs());
      fractions_above = fractions_above || c.printed.fraction_digits > 0;
    }
  return fractions_above && !fractions && !largest_above.is_zero() && largest > largest_above * most_beside;
}

/// "First Quarter | Second Quarter | Total Year": quarters of a year that stands elsewhere.
bool names_quarters_alone(const std::vector<std::vector<HeaderText>>& columns) {
  bool quarters = false;
  for (const std::vector<HeaderText>& texts : columns) {
    for (const HeaderText& h : texts) {
      const PeriodWords w = read_period_words(h.text);
      if (w.fiscal_year || w.ended || !w.dates.empty()) return false;
      quarters = quarters || w.quarter;
    }
  }
  return quarters;
}

}  // namespace

/// "Note | 2020 | 2019": numbers of notes are no data.
void TableBuilder::drop_note_columns(DataTable& table) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (!heads_notes(table.columns[i])) continue;
    const auto in_column = [&](const TableCell& c) { return c.column == static_cast<int>(i); };
    const auto is_mark = [&](const TableCell& c) { return !in_column(c) || may_be_note(c.printed); };
    if (!std::all_of(table.rows.begin(), table.rows.end(), [&](const TableRow& r) { return std::all_of(r.cells.begin(), r.cells.end(), is_mark); })) continue;
    for (TableRow& row : table.rows) row.cells.erase(std::remove_if(row.cells.begin(), row.cells.end(), in_column), row.cells.end());
  }
}

/// Numbers in a column that no header names: footnote marks where they are small and whole, else a row with a number too
/// many. A total without a number is said too.
void TableBuilder::check_rows(DataTable& table) {
  const bool some_headers = std::any_of(table.columns.begin(), table.columns.end(), [](const Column& c) { return !c.header.empty(); });
  for (std::size_t i = 0; i < table.columns.size() && some_headers; ++i) {
    if (!table.columns[i].header.empty() || table.columns[i].kind != Column::Kind::value) continue;
    const auto in_column = [&](const TableCell& c) { return c.column == static_cast<int>(i); };
    std::size_t filled = 0;
    bool marks = true;
    for (const TableRow& row : table.rows)
      for (const TableCell& c : row.cells) {
        if (!in_column(c)) continue;
        ++filled;
        marks = marks && !c.printed.dash && !c.printed.negative && !c.printed.currency && !c.printed.percent && c.printed.fraction_digits == 0 && c.printed.value < Decimal(30);
      }
    for (TableRow& row : table.rows) {
      if (marks) row.cells.erase(std::remove_if(row.cells.begin(), row.cells.end(), in_column), row.cells.end());
      for (TableCell& c : row.cells)
        if (in_column(c) && filled < 3) {
          c.doubt = "the row has more numbers than the header has columns";
          sink_.add({diag::codes::tables_ragged_row, place(c.printed.span),
                     fmt::format("\"{}\" in the row \"{}\" stands under no header; the row has more numbers than the table has columns", c.printed.text, row.label)});
        }
    }
  }
  for (const TableRow& row : table.rows) {
    const bool total = istarts_with(row.label, "total ") || istarts_with(row.label, "net income") || istarts_with(row.label, "net loss") || istarts_with(row.label, "gross profit");
    if (!row.heading || !total || row.label.back() == ':' || names_per_share(lower(row.label))) continue;
    sink_.add({diag::codes::tables_label_without_numbers, place(row.label_span),
               fmt::format("the row \"{}\"{} has no numbers; it is read as a heading", row.label, table.title.empty() ? "" : fmt::format(" of \"{}\"", table.title))});
  }
}

bool TableBuilder::is_data(const Draft& draft, const DataTable& table, std::string& reason) const {
  std::size_t numbers = 0, money = 0, rows = 0;
  for (const TableRow& row : table.rows) {
    numbers += row.cells.size();
    rows += row.cells.empty() ? 0 : 1;
    for (const TableCell& c : row.cells) money += c.printed.currency || c.printed.percent ? 1 : 0;
  }
  bool period = false;
  for (const TableRow& row : table.rows)
    for (const TableCell& c : row.cells) period = period || c.period.has_value();
  if (numbers > 0 && is_list_of_pages(table)) {
    reason = "its numbers are those of pages";
    return false;
  }
  if (numbers == 0) reason = "it holds no numbers";
  else if (!period) reason = kNoPeriod;
  else if (draft.headers.empty() && rows < 3 && money == 0) reason = "a few numbers without headers are no statement";
  return reason.empty();
}

/// Behind a page's end the header stands once more, word for word, with nothing above it but what a page or the table before has too.
bool TableBuilder::repeats_header(const Draft& draft) const {
  if (!draft.first_of_block || draft.headers.empty() || draft.block > last_block_ + 4 || head_texts(draft) != last_heads_) return false;
  bool page = false;
  const auto is_old = [&](const std::string& line) {
    if (document::is_folio_text(line) || icontains(line, "continued")) return page = true;
    return std::find(last_lead_.begin(), last_lead_.end(), line) != last_lead_.end();
  };
  const std::vector<std::string> lines = lead_lines(draft);
  return !lines.empty() && std::all_of(lines.begin(), lines.end(), is_old) && (page || lines == last_lead_);
}

bool TableBuilder::continues(const Draft& draft, const DataTable& table, bool untitled, std::size_t columns, const std::vector<DataTable>& out) const {
  if (out.empty() || columns != out.back().columns.size()) return false;
  if (!draft.headers.empty()) return repeated_ && (table.kind == out.back().kind || table.kind == StatementKind::other);
  if (draft.first_of_block && draft.block > last_block_ + 4) return false;
  const bool another = table.kind != out.back().kind && table.kind != StatementKind::other && is_statement_title(table.title);  // a statement of its own, its header lost
  if (another && !icontains(table.title, "continued")) return false;
  const bool said = icontains(table.title, "continued") || std::any_of(draft.lead.begin(), draft.lead.end(), [](const std::string& l) { return icontains(l, "continued"); });
  return said || untitled || !is_statement_title(table.title) || !draft.first_of_block;
}

/// Two columns of one measure for one period, or a header with two dates: one of them was misprinted or misread.
void TableBuilder::check_columns(DataTable& table, const std::vector<bool>& percent, const ColumnLayout& layout, const std::vector<std::vector<ValueGroup>>& values) {
  const auto say = [&](Column& c, const std::string& what) {
    c.doubt = what;
    const Span at = c.header_spans.empty() ? document_.blocks[table.blocks.back()].span : c.header_spans.back();
    sink_.add({diag::codes::tables_contradicting_dates, place(at), fmt::format("in \"{}\" {}; the column is left out of filings", table.title, what)});
  };
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    Column& c = table.columns[i];
    if (c.kind != Column::Kind::value || !c.period) continue;
    const std::string joined = header_text(c);
    const PeriodWords w = read_period_words(joined);
    std::vector<DateWords> full;
    for (const DateWords& d : w.dates)
      if (d.full()) full.push_back(d);
    // "July 3, 2004 and June 28, 2003" over "2003" is settled by the year
    const PeriodWords own = c.header.empty() ? PeriodWords{} : read_period_words(c.header.back());
    if (own.dates.size() == 1 && !own.dates[0].month && std::count_if(full.begin(), full.end(), [&](const DateWords& d) { return d.year != own.dates[0].year; })) full.clear();
    if (full.size() > 1 && (full[0].month != full[1].month || full[0].day != full[1].day) && !w.change && !w.range) {
      say(c, fmt::format("the header \"{}\" tells two dates", collapse(joined)));
      continue;
    }
    for (std::size_t j = 0; j < i; ++j) {
      const Column& other = table.columns[j];
      if (percent[i] == percent[j] && other.kind == c.kind && other.period == c.period && other.currency == c.currency && other.measure == c.measure && other.dimensions == c.dimensions && other.own_period && c.own_period && !repeats(layout, values, static_cast<int>(j), static_cast<int>(i))) {
        say(c, fmt::format("two columns tell the same period, ended {}", c.period->end.iso()));
        break;
      }
    }
  }
}

std::optional<UnitKind> TableBuilder::told_unit(const Draft& draft, const DataTable& table, const std::vector<LabelledRow>& rows, const std::vector<std::vector<ValueGroup>>& values) {
  const bool fits = table.kind == StatementKind::other || table.kind == StatementKind::segment;
  const bool perhaps = fits || table.kind == StatementKind::income || table.kind == StatementKind::balance;  // where a running head gave the title
  std::size_t numbers = 0;
  for (const auto& row : values)
    for (const ValueGroup& g : row) {
      if (g.number.currency) return std::nullopt;
      numbers += g.number.kind == ValueText::number ? 1 : 0;
    }
  if (!perhaps || numbers == 0) return std::nullopt;
  const std::string title = lower(table.title), sentence = lower(last_sentence(draft.intro));
  for (const std::string& text : {title, sentence})
    if (fits && names_share_count(text) && !names_per_share(text) && (text.find("outstanding") != std::string::npos || text.find("number of") != std::string::npos || text.find("share count") != std::string::npos) && !is_about_money(text, {})) return UnitKind::shares;
  if (fits && table.share_scale.value_or(0) > 0 && table.scale_span.empty()) return UnitKind::shares;  // "(millions of shares)"
  for (const RowParts* row : draft.headers) {  // "Restaurants at June 30, | 2023 | 2022"
    const std::string own = lower(joined_text(row->label));
    if (fits && own.size() < 60 && own != "units" && (names_a_count(own) || names_a_number_of(own)) && !read_scale(own).money && !is_about_money(title, {})) return UnitKind::count;
  }
  if (table.scale_span.empty()) return std::nullopt;  // only its own note scales counts
  std::size_t counts = 0, labels = 0;
  for (const LabelledRow& row : rows) {
    if (row.heading || row.label.empty()) continue;
    const std::string label = lower(row.label);
    ++labels;
    const bool below = std::any_of(row.section.begin(), row.section.end(), [](const std::string& s) { return s.size() < 40 && names_many(lower(s)); });  // "Policies in force"
    counts += names_many(label) || (names_a_count(label) && !names_things_outright(label)) || (below && !speaks_of_money(label)) ? 1 : 0;
  }
  if (fits && (names_units_sold(title) || names_a_quantity(title))) return UnitKind::count;
  bool titled = fits && (names_many(title) || names_many(sentence)) && !is_about_money(title, {}) && !is_about_money(sentence, {});
  for (const RowParts* row : draft.headers) {  // "(In thousands of customers)" beside the years
    const std::string own = lower(joined_text(row->label));
    titled = titled || (fits && own.size() < 60 && names_many(own) && read_scale(own).money);
  }
  for (const RowParts* row : draft.titles) {  // "Subscribers and Connections" as a row of its own
    const std::string own = lower(row_text(*row));
    titled = titled || (names_many(own) && own.size() < 60 && !is_about_money(own, {}));
  }
  if (titled || (labels > 0 && (fits ? 2 : 3) * counts > (fits ? labels : 2 * labels))) return UnitKind::count;
  return std::nullopt;
}

bool TableBuilder::prints_all_signs(const std::vector<std::vector<ValueGroup>>& values) {
  std::size_t with = 0, without = 0;
  for (const auto& row : values) {
    std::size_t amounts = 0, is_signed = 0;
    for (const ValueGroup& g : row) {
      if (g.number.kind != ValueText::number || g.number.percent || g.in_percents || g.number.unit) continue;
      ++amounts;
      is_signed += g.number.currency ? 1 : 0;
    }
    if (amounts > 0) ++(is_signed == amounts ? with : without);
  }
  return with >= 3 && 2 * without <= with;
}

bool TableBuilder::is_of_statistics(const DataTable& table, bool titled, const std::vector<LabelledRow>& rows, const std::vector<std::vector<ValueGroup>>& values) {
  const bool scaled = titled ? !table.scale_span.empty() : !table.scale_note.empty();  // what goes on below another table goes on in its scale
  if (table.kind != StatementKind::other || scaled || !names_statistics(lower(table.title))) return false;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const bool is_signed = std::any_of(values[r].begin(), values[r].end(), [](const ValueGroup& g) { return g.number.currency; });
    if (is_signed && !names_unit_price(lower(rows[r].label))) return false;
  }
  return true;
}

/// Currencies that headers or signs tell. Where signs of several stand in a table, each column has that of its own.
void TableBuilder::take_currencies(const ColumnLayout& layout, const std::vector<std::vector<ValueGroup>>& values, DataTable& table) const {
  std::vector<std::set<std::string>> signs(table.columns.size());
  std::set<std::string> all;
  for (std::size_t r = 0; r < values.size(); ++r)
    for (std::size_t g = 0; g < values[r].size(); ++g)
      if (const int c = layout.column_of[r][g]; c >= 0 && !values[r][g].number.currency_code.empty()) {
        signs[static_cast<std::size_t>(c)].insert(values[r][g].number.currency_code);
        all.insert(values[r][g].number.currency_code);
      }
  for (std::size_t c = 0; c < signs.size() && all.size() > 1; ++c)
    if (signs[c].size() == 1 && table.columns[c].currency.empty()) table.columns[c].currency = *signs[c].begin();
  // "Yen in millions | | U.S. dollars in thousands": without column spans a head stands over the columns up to the next.
  for (std::size_t c = 1; c < signs.size(); ++c) {
    Column& column = table.columns[c];
    const Column& left = table.columns[c - 1];
    if (column.scale || !left.scale || left.currency_words.empty() || column.kind != Column::Kind::value || left.kind != Column::Kind::value || left.hundredths) continue;
    if (!column.currency.empty() && column.currency != left.currency) continue;
    if (std::any_of(signs[c].begin(), signs[c].end(), [&](const std::string& s) { return s != left.currency; })) continue;
    column.scale = left.scale;
    column.currency = left.currency;
    column.currency_words = left.currency_words;
  }
  // Heads that all tell what the table's note tells, as a rule out of the same heads, are no scales of their own.
  const bool noted = !table.scale_span.empty() && std::all_of(table.columns.begin(), table.columns.end(), [&](const Column& c) { return !c.scale || *c.scale == table.scale; });
  if (noted)
    for (Column& c : table.columns) c.scale.reset();
  const Column* first = nullptr;
  bool same = true;
  for (const Column& c : table.columns) {
    if (c.kind != Column::Kind::value) continue;
    same = same && !c.currency.empty() && (!first || first->currency == c.currency);
    if (!first) first = &c;
  }
  if (first && same) table.currency = first->currency;
}

/// "Three months ended July 2, 2022" between the rows of a table begins a part of its own, whose columns are those above.
void TableBuilder::inherit_members(const Draft& draft, DataTable& table, const std::vector<DataTable>& out) const {
  if (draft.first_of_block || out.empty() || out.back().blocks.back() != draft.block || out.back().columns.size() != table.columns.size()) return;
  const auto names = [](const std::vector<Column>& columns) {
    std::vector<std::pair<std::string, std::string>> distinct;
    for (const Column& c : columns) {
      const auto name = c.dimensions.empty() ? std::pair<std::string, std::string>("", c.measure) : c.dimensions.back();
      if (!name.second.empty() && std::find(distinct.begin(), distinct.end(), name) == distinct.end()) distinct.push_back(name);
    }
    return distinct.size();
  };
  const std::vector<Column>& above = out.back().columns;
  if (names(table.columns) > 1 || names(above) < 3 || !std::all_of(table.columns.begin(), table.columns.end(), [&](const Column& c) { return c.period == table.columns[0].period; })) return;
  for (std::size_t i = 0; i < above.size(); ++i) {
    Column& c = table.columns[i];
    c.kind = above[i].kind;
    c.measure = above[i].measure;
    c.dimensions = above[i].dimensions;
    for (std::size_t h = 0; h < above[i].header.size(); ++h) {
      if (read_period_words(above[i].header[h]).any()) continue;  // its dates are those of the part above
      c.header.push_back(above[i].header[h]);
      c.header_spans.push_back(above[i].header_spans[h]);
    }
  }
  table.reasons.push_back("members: those of the columns above");
}

/// Headers and title that tell no period: the table glued above with as many columns tells them, else a line above the title, else the sentence above.
void TableBuilder::inherit_periods(const Draft& draft, const Notes& notes, const HeaderLines& headers, ColumnContext context, const ColumnLayout& layout, const std::vector<bool>& percent, const std::vector<bool>& beside,
                                   DataTable& table, const std::vector<DataTable>& out) const {
  if (any_period(table.columns)) return;
  const bool glued = !draft.first_of_block || repeated_ || (draft.lead.empty() && draft.titles.empty() && last_block_ + 2 > draft.block);
  const auto says_nothing = [](const Column& c) { return c.header.empty(); };
  const bool units_alone = !draft.first_of_block && !out.empty() && out.back().columns.size() == table.columns.size() && std::all_of(table.columns.begin(), table.columns.end(), says_nothing);
  if (units_alone) {  // "HK$ | HK$ |" between the rows below "2025 HK$M | 2024 HK$M | Change"
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const Column own = std::move(table.columns[i]);
      table.columns[i] = out.back().columns[i];
      table.columns[i].currency = own.currency, table.columns[i].currency_words = own.currency_words, table.columns[i].scale = own.scale, table.columns[i].hundredths = own.hundredths;
    }
    table.reasons.push_back("columns: those above, in other units");
    return;
  }
  if (glued && !out.empty() && (repeated_ || last_block_ + 2 > draft.block)) {
    std::vector<const Column*> above;
    for (const Column& c : out.back().columns)
      if (c.kind == Column::Kind::value) above.push_back(&c);
    const bool one = !above.empty() && std::all_of(above.begin(), above.end(), [&](const Column* c) { return c->period == above[0]->period; });
    if (!one && above.size() != table.columns.size()) return;
    for (std::size_t i = 1; i < table.columns.size() && !one; ++i)  // "Volume | Price" below "2020 | 2019" are no years
      if (table.columns[i].measure != table.columns[0].measure && table.columns[i].measure != above[i]->measure) return;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      Column& c = table.columns[i];
      c.period = one ? above[0]->period : above[i]->period;
      if (c.period) c.doubt.clear();
    }
    table.reasons.push_back("periods: those of the table above");
    return;
  }
  const std::string sentence = notes.above_title.empty() ? last_sentence(draft.intro) : notes.above_title;
  if (!read_period_words(sentence).any()) return;
  context.title = sentence;
  table.columns = read_columns(spread_headers(headers, layout.columns, beside, draft.aligned), percent, context);
  table.reasons.push_back(notes.above_title.empty() ? "periods: the sentence above tells them" : "periods: a line above the title tells them");
}

void TableBuilder::add(const Draft& draft, std::vector<DataTable>& out) {
  if (draft.data_rows() == 0) {
    if (!draft.headers.empty() || draft.body.size() > 1)
      sink_.add({diag::codes::tables_not_data, place(document_.blocks[draft.block].span), "this table is not read as data: it holds no numbers"});
    return;
  }
  DataTable table;
  table.blocks = {draft.block};
  Notes notes;
  title(draft, table, notes);
  const bool bare = draft.lead.empty() && draft.titles.empty() && last_block_ + 3 > draft.block;
  if (table.title.empty() && !draft.first_of_block && same_headers(draft, out)) table.title = last_title_;
  repeated_ = repeats_header(draft);
  if (repeated_ && (table.title.empty() || document::is_folio_text(table.title))) table.title = last_title_;
  HeaderLines headers = header_lines(draft.headers, draft.aligned);
  const std::vector<GroupScale> of_groups = draft.aligned ? std::vector<GroupScale>{} : scales_of_groups(headers);
  scale(draft, of_groups, table, notes);
  const std::vector<LabelledRow> rows = label_rows(draft.body, wrap_indent_);
  std::vector<std::string> labels;
  for (const LabelledRow& row : rows) labels.push_back(row.label);
  std::string reason;
  table.kind = classify(table.title.empty() ? draft.intro.substr(0, draft.intro.find('.')) : table.title, labels, reason);
  const bool untitled = table.title.empty();
  if (bare && table.kind == StatementKind::other && table.title.empty() && !last_title_.empty() && same_headers(draft, out)) {
    table.title = last_title_;  // a further table under the same title
    table.kind = classify(table.title, labels, reason);
  }
  table.reasons.push_back("statement: " + reason);
  std::vector<std::vector<ValueGroup>> values = values_of(rows);
  strengthen_columns(headers, draft.aligned, values);
  ColumnLayout layout = draft.aligned ? straighten(lay_out_pages(values, pages_of(rows)), values, fullest_line(headers)) : lay_out_columns(values, false);
  leave_notes_out(headers, values, layout);
  if (layout.columns.empty()) return;
  if (!notes.scale) {
    const bool next_page = !draft.lead.empty() && last_block_ + 3 + draft.lead.size() > draft.block && std::all_of(draft.lead.begin(), draft.lead.end(), is_running_head);
    const bool same = last_scale_ && (!draft.first_of_block || repeated_ || ((draft.lead.empty() || next_page) && draft.titles.empty() && draft.intro.empty() && (next_page || last_block_ + 3 > draft.block)));
    if (same && !prints_whole_amounts(draft) && (out.empty() || !outgrows(values, out.back())))
      table.scale = *last_scale_, table.share_scale = table.share_scale ? table.share_scale : last_shares_, table.prices = last_prices_, table.scale_note = "as the table above";
  }
  footnotes_ = footnote_scales(draft.body);
  told_unit_ = told_unit(draft, table, rows, values);
  per_share_ = notes.per_share;
  dollars_scaled_ = notes.of_dollars;
  statistics_ = is_of_statistics(table, !untitled && !repeated_, rows, values);
  signs_ = prints_dollars(values);
  all_signs_ = table.kind == StatementKind::other || table.kind == StatementKind::reconciliation ? prints_all_signs(values) : false;
  amounts_alone_ = adds_up_amounts(rows, values);
  const std::string_view told_currency = notes.currency.empty() ? read_currency(notes.title_block) : std::string_view(notes.currency);
  if (!told_currency.empty() && (calls_a_dollar(told_currency) || !signs_)) table.currency = told_currency;
  else if (!reporting_currency_.empty() && (calls_a_dollar(reporting_currency_) || !signs_)) table.currency = reporting_currency_;
  for (const auto& row : values)
    for (const ValueGroup& g : row)
      if (!g.number.currency_code.empty()) table.currency = g.number.currency_code;

  mark_percentages(rows, layout, tells_percentages(draft, table), notes.scale.value_or(0) > 0, values);
  std::vector<bool> percent(layout.columns.size(), true);
  std::vector<std::size_t> filled(layout.columns.size(), 0), printed = filled;  // dashes are printed, too: a column of nothing else is one
  for (std::size_t r = 0; r < values.size(); ++r)
    for (std::size_t g = 0; g < values[r].size(); ++g)
      if (const int c = layout.column_of[r][g]; c >= 0) {
        const ValueText kind = values[r][g].number.kind;
        if (kind == ValueText::number || kind == ValueText::dash) ++printed[static_cast<std::size_t>(c)];
        if (kind != ValueText::number) continue;
        ++filled[static_cast<std::size_t>(c)];
        if (!values[r][g].number.percent && !values[r][g].in_percents) percent[static_cast<std::size_t>(c)] = false;
      }
  for (std::size_t c = 0; c < percent.size(); ++c) percent[c] = percent[c] && filled[c] > 0;
  if (std::count(percent.begin(), percent.end(), false) == 0)  // nothing but percentages: their headers are those of values, unless each number says otherwise
    for (std::size_t r = 0; r < values.size(); ++r)
      for (std::size_t g = 0; g < values[r].size(); ++g)
        if (const int c = layout.column_of[r][g]; c >= 0 && values[r][g].in_percents) percent[static_cast<std::size_t>(c)] = false;
  std::vector<bool> beside = percent;  // columns that headers need not reach: percentages beside other numbers, and a single stray number
  const bool amounts = std::any_of(values.begin(), values.end(), [](const std::vector<ValueGroup>& row) {
    return std::any_of(row.begin(), row.end(), [](const ValueGroup& g) { return g.number.kind == ValueText::number && !g.number.percent && !g.in_percents && g.number.unit != 'b' && g.number.unit != 'p'; });
  });
  if (!amounts) beside.assign(beside.size(), false);
  const auto strays = std::count_if(printed.begin(), printed.end(), [](std::size_t n) { return n <= 1; });
  for (std::size_t c = 0; c < percent.size(); ++c) beside[c] = beside[c] || (printed[c] <= 1 && strays == 1 && draft.data_rows() >= 3);
  if (continues(draft, table, untitled, layout.columns.size(), out)) {
    DataTable& before = out.back();
    before.blocks.push_back(draft.block);
    fill(rows, values, layout, before);
    settle_periods(before, calendar_);
    before.reasons.push_back(repeated_ ? "goes on on the next page, below the same header" : "goes on in a further table without a header");
    last_block_ = draft.block;
    return;
  }
  ColumnContext context;
  context.calendar = &calendar_;
  context.kind = table.kind;
  context.title = notes.period_words;
  if (const std::string sentence = announcement(draft); !sentence.empty() && !tells_length_or_day(context.title)) context.title += sentence;
  context.flows = tell_flows(labels);
  context.balances_alone = tell_balances_alone(labels);
  std::vector<std::vector<HeaderText>> over = spread_headers(headers, layout.columns, beside, draft.aligned);
  if (const HeaderText year = year_beside(draft); !year.text.empty()) {
    const std::string titles = titles_alone(context.title, year.text);
    const bool alone = none_tells_a_period(over) && !tells_length_or_day(titles);
    if (alone) context.title = titles, context.flows = !tell_balances(labels);
    if (alone || names_quarters_alone(over))
      for (std::vector<HeaderText>& texts : over) texts.insert(texts.begin(), year);
  }
  table.columns = read_columns(over, percent, context);
  take_currencies(layout, values, table);
  for (const GroupScale& g : of_groups)
    for (std::size_t c = 0; c < table.columns.size(); ++c)
      if (!table.columns[c].scale && layout.columns[c].begin < g.reach.end && g.reach.begin < layout.columns[c].end) table.columns[c].scale = g.power;
  inherit_members(draft, table, out);
  inherit_periods(draft, notes, headers, context, layout, percent, beside, table, out);
  for (std::size_t c = 0; c < table.columns.size(); ++c)
    if (table.columns[c].kind == Column::Kind::percent_change && prints_money_rather(layout, values, static_cast<int>(c))) table.columns[c].kind = Column::Kind::change;  // "$ and % change" over both
  for (Column& c : table.columns)
    if (heads_notes(c)) c.kind = Column::Kind::other, c.own_period = false;
  check_columns(table, percent, layout, values);
  mark_percent_columns(layout, values, table.columns);
  fill(rows, values, layout, table);
  settle_periods(table, calendar_);
  drop_note_columns(table);
  check_rows(table);
  for (TableRow& row : table.rows)
    for (TableCell& c : row.cells)
      if (notes.conflict && c.unit == UnitKind::money && c.doubt.empty()) c.doubt = "two notes state two scales for the table";
  std::string why;
  if (!is_data(draft, table, why)) {
    const bool of_amounts = why == kNoPeriod && prints_amounts(table);
    sink_.add({of_amounts ? diag::codes::tables_no_period : diag::codes::tables_not_data, place(document_.blocks[draft.block].span), "this table is not read as data: " + why});
    return;
  }
  last_title_ = table.title;
  last_block_ = draft.block;
  last_heads_ = head_texts(draft);
  last_lead_ = lead_lines(draft);
  if (tells_money(table, told_unit_)) {
    last_scale_ = table.scale_note.empty() ? std::nullopt : std::optional<int>(table.scale);
    last_shares_ = table.share_scale;
    last_prices_ = table.prices;
  }
  out.push_back(std::move(table));
}

}  // namespace factpress::tables
