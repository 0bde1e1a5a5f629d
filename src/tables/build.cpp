#include "tables/build.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "diag/codes/tables.h"
#include "tables/nature.h"
#include "tables/per_share_runs.h"
#include "tables/percent_runs.h"
#include "tables/period_words.h"
#include "tables/row_periods.h"

namespace factpress::tables {

namespace {

bool is_scale_only(std::string_view text) {
  const std::string t = lower(trim(text));
  return t.empty() || (t[0] == '(' && (read_scale(t).money || t.find("unaudited") != std::string::npos || t.find("continued") != std::string::npos)) ||
         t == "unaudited" || t == "(audited)" || t.substr(0, 3) == "in " || t.substr(0, 7) == "dollars";
}

bool is_statement_title(std::string_view text) {
  const std::string t = lower(text);
  static constexpr std::array<std::string_view, 22> kWords = {"statement", "balance sheet", "reconcil", "cash flow", "financial condition", "segment", "operations",
      "income", "highlights", "summary", "selected", "ratios", "non-gaap", "data", "loans", "deposits", "assets", "average", "results", "information", "revenue", "outlook"};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view w) { return t.find(w) != std::string::npos; });
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

/// A column headed "Note" or "Notes".
bool heads_notes(const Column& column) {
  return std::any_of(column.header.begin(), column.header.end(), [](const std::string& h) {
    std::string t = lower(trim(h));
    std::erase_if(t, [](char c) { return c == '(' || c == ')' || c == '.'; });
    return t == "note" || t == "notes" || t == "note no" || t == "notes no" || t == "ref" || t == "note ref" || t == "reference" || t == "footnote";
  });
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

/// A dash is as precise as the numbers of its row; an amount a share is told to the cent.
void settle_dashes(TableRow& row) {
  for (TableCell& c : row.cells) {
    if (!c.printed.dash) continue;
    std::optional<int> told;
    for (const TableCell& o : row.cells)
      if (!o.printed.dash && o.unit == c.unit) told = std::max(told.value_or(o.decimals.value_or(0)), o.decimals.value_or(0));
    if (told) c.decimals = *told;
    else if (c.unit == UnitKind::per_share) c.decimals = std::max(c.decimals.value_or(2), 2);
  }
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

std::string row_text(const RowParts& row) {
  std::string out;
  for (const GridCell& c : row.row->cells) out += (out.empty() ? "" : " ") + collapse(c.text());
  return out;
}

/// Days ("March 31, 2013") without a word of the time that ended on them: the header of balances.
bool heads_days(std::string_view header) {
  const PeriodWords words = read_period_words(header);
  return !words.ended && !words.duration() && std::any_of(words.dates.begin(), words.dates.end(), [](const DateWords& d) { return d.month && d.day && d.year; });
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

}  // namespace

void TableBuilder::see_scale(std::string_view text, Span span, Notes& notes, std::size_t) {
  const ScaleNote note = read_scale(text);
  if (note.shares && !notes.shares) notes.shares = note.shares;
  if (!note.money) return;
  if (notes.scale && *notes.scale != *note.money) {
    notes.conflict = true;
    sink_.add({diag::codes::tables_two_scales, place(span),
               fmt::format("one note says 10^{} (\"{}\") and another 10^{} (\"{}\"); the nearer one, 10^{}, is used", *notes.scale, notes.words, *note.money,
                           collapse(text.substr(0, 80)), *notes.scale)});
    return;
  }
  notes.scale = note.money;
  notes.words = collapse(text.substr(note.begin, std::max(note.end, note.begin) - note.begin));
  notes.span = span;
}

void TableBuilder::title(const Draft& draft, DataTable& table, Notes& notes) {
  std::vector<std::string> lines(draft.lead.begin(), draft.lead.end());
  for (const RowParts* row : draft.titles) lines.push_back(row_text(*row));
  std::string beside;
  for (const RowParts* row : draft.headers)
    if (!row->label.empty()) beside += (beside.empty() ? "" : " ") + joined_text(row->label);
  if (!beside.empty()) lines.push_back(beside);
  // The last line that names a statement; else the last that is more than a note.
  for (auto it = lines.rbegin(); it != lines.rend(); ++it)
    if (!is_scale_only(*it) && is_statement_title(*it) && it->size() < 200) {
      table.title = *it;
      break;
    }
  // What stands beside the headers ("Region", "ARM type") names the rows: a title only for want of another.
  if (!beside.empty() && lines.size() > 1) std::rotate(lines.begin(), lines.end() - 1, lines.end());
  for (auto it = lines.rbegin(); table.title.empty() && it != lines.rend(); ++it)
    if (!is_scale_only(*it) && it->size() < 160 && std::count_if(it->begin(), it->end(), is_alpha) > 2) table.title = *it;
  if (!beside.empty() && lines.size() > 1) std::rotate(lines.begin(), lines.begin() + 1, lines.end());
  // Running heads and datelines above the title tell nothing of the table's periods.
  std::size_t from = 0;
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (!table.title.empty() && lines[i] == table.title) from = i;
  if (table.title.empty() && lines.size() > 3) from = lines.size() - 3;
  for (std::size_t i = from; i < lines.size(); ++i) notes.period_words += lines[i] + "\n";
  strip_notes(table.title);
  for (const std::string& line : lines) {
    notes.title_block += line + "\n";
    table.unaudited = table.unaudited || icontains(line, "unaudited");
    if (table.company.empty() && line != table.title && line.size() < 90 &&
        (icontains(line, " inc") || icontains(line, "corp") || icontains(line, "company") || icontains(line, "subsidiar") || icontains(line, " llc") || icontains(line, " ltd")))
      table.company = line;
  }
}

void TableBuilder::scale(const Draft& draft, DataTable& table, Notes& notes) {
  std::string beside;
  Span beside_span{};
  for (const RowParts* row : draft.headers) {
    for (const GridCell* c : row->label) beside += " " + collapse(c->text()), beside_span = c->cell->text.source_span();
    for (const GridCell* c : row->words)
      if (read_scale(c->text()).money) see_scale(c->text(), c->cell->text.source_span(), notes, draft.block);
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
    }
  }
  table.scale_note = notes.words;
  table.scale_span = notes.span;
  if (notes.shares) table.share_scale = notes.shares;
  if (notes.scale) table.scale = *notes.scale;
}

std::vector<std::vector<ValueGroup>> TableBuilder::values_of(const std::vector<LabelledRow>& rows) const {
  std::vector<std::vector<ValueGroup>> out;
  for (const LabelledRow& row : rows) out.push_back(row.parts && !row.heading ? row.parts->values : std::vector<ValueGroup>{});
  return out;
}

/// A power of ten that the row's own label, its headings or its footnotes give.
std::optional<int> TableBuilder::row_scale(const LabelledRow& row) const {
  const auto own = [](std::string_view text) -> std::optional<int> {
    if (text.find("00") == std::string_view::npos && !icontains(text, "thousand") && !icontains(text, "million") && !icontains(text, "billion")) return std::nullopt;
    const ScaleNote note = read_scale(text);
    return note.money ? note.money : note.shares;
  };
  std::optional<int> note = own(row.label);
  for (std::size_t i = row.section.size(); !note && i-- > 0;) note = own(row.section[i]);
  if (footnotes_.empty()) return note;
  for (const std::string& mark : footnote_marks(row.label))
    if (const auto at = footnotes_.find(mark); at != footnotes_.end() && !note) note = at->second;
  return note;
}

TableCell TableBuilder::cell(const ValueGroup& value, const RowWords& words, std::optional<int> note, DataTable& table, int column, UnitKind previous) {
  const Column& col = table.columns[static_cast<std::size_t>(column)];
  const NumberText& n = value.number;
  TableCell out;
  out.column = column;
  out.block = static_cast<std::uint32_t>(table.blocks.back());
  out.block_row = value.cell->block_row;
  out.block_cell = value.cell->block_cell;
  out.printed = {n.value, n.fraction_digits, n.negative, n.percent, n.kind == ValueText::dash, n.currency, n.currency_code, value.text,
                 value.cell->number_span()};
  out.unit = unit_of(value, words, col, table.kind, previous);
  const bool titled = table.kind == StatementKind::other || table.kind == StatementKind::reconciliation;
  const std::string about = titled && out.unit == UnitKind::money ? lower(table.title) : std::string();
  const bool counts = table.kind == StatementKind::other && !about.empty() && !words.currency && !words.fraction && names_a_count(about);
  if (counts) out.unit = UnitKind::count;
  if (words.fraction && names_per_share(about) && about.find("income") == std::string::npos && about.find("except") == std::string::npos && n.value.abs() < Decimal(100))
    out.unit = UnitKind::per_share;  // "Significant factors impacting earnings per share"
  if (out.unit == UnitKind::count && !table.scale_note.empty() && !words.fraction && names_a_count(words.label) && !names_a_number_of(words.label) && !names_a_count(lower(col.measure)) &&
      is_about_money(lower(table.title), words.sections))
    out.unit = UnitKind::money;
  int power = 0;
  out.own_scale = note.has_value() || col.scale.has_value();
  switch (out.unit) {
    case UnitKind::money:
      if (out.own_scale || (n.fraction_digits == 0 && (!words.currency || n.grouped)) || !(words.unit_price || names_unit_price(lower(col.measure)))) power = note ? *note : col.scale.value_or(table.scale);
      else out.own_scale = true;  // "per Mcf 3.30" is never scaled
      out.unit_code = table.currency;
      break;
    case UnitKind::shares: power = note ? *note : table.share_scale.value_or(table.scale); out.unit_code = "shares"; break;
    case UnitKind::per_share: out.unit_code = table.currency + "/shares"; break;
    case UnitKind::count: power = note.value_or(counts && !table.scale_span.empty() ? table.scale : 0); out.unit_code = "pure"; break;
    case UnitKind::pure: power = n.unit == 'x' ? 0 : n.unit == 'b' ? -4 : -2; out.unit_code = "pure"; break;
  }
  // A table of money per something ("$18.16" revenue per shipment) without a scale note of its own is exact.
  out.value = n.kind == ValueText::dash ? Decimal(0) : n.value.shifted(power);
  out.decimals = n.fraction_digits - power;
  out.period = col.period;
  out.dimensions = col.dimensions;
  if (!col.doubt.empty()) out.doubt = col.doubt;
  if (n.open || n.close) {
    out.doubt = "a bracket is not closed, so that the sign is in doubt";
    sink_.add({diag::codes::tables_unclosed_bracket, place(out.printed.span),
               fmt::format("\"{}\" has a bracket without its partner; it is read as {}", value.text, out.value.to_string())});
  }
  return out;
}

/// "26,101" under "% of net sales": from there on the header no longer tells what the column's numbers are.
bool TableBuilder::ends_percentages(const ValueGroup& value, const Column& column, char& over) const {
  if (column.kind != Column::Kind::percent_of || column.header.empty()) return false;
  if (over) return true;
  over = !value.number.percent && (value.number.currency || value.number.grouped);
  if (over)
    sink_.add({diag::codes::tables_ragged_row, place(value.cell->number_span()),
               fmt::format("\"{}\" stands under \"{}\" but is no percentage; it and the numbers below it are left out", value.text, column.header.back())});
  return over;
}

/// Below a heading of their own ("Stock performance:") amounts go back to what the headers above the percentages tell:
/// the index of a column for them, made where it is missing; -1 where none tells a period.
int TableBuilder::column_beyond_percentages(DataTable& table, int column) {
  Column plain = table.columns[static_cast<std::size_t>(column)];
  if (!plain.period) return -1;
  plain.kind = Column::Kind::value;
  plain.measure.clear();
  std::vector<std::string> header;
  std::vector<Span> spans;
  for (std::size_t i = 0; i < plain.header.size() && i < plain.header_spans.size(); ++i)
    if (read_period_words(plain.header[i]).any()) header.push_back(plain.header[i]), spans.push_back(plain.header_spans[i]);
  if (header.empty()) header.push_back(plain.period->end.iso()), spans.assign(1, plain.header_spans.empty() ? Span{} : plain.header_spans.back());
  plain.header = std::move(header);
  plain.header_spans = std::move(spans);
  plain.own_period = true;
  table.columns.push_back(std::move(plain));
  return static_cast<int>(table.columns.size()) - 1;
}

void TableBuilder::fill(const Draft& draft, const std::vector<LabelledRow>& rows, const ColumnLayout& layout, DataTable& table) {
  UnitKind previous = UnitKind::money;
  std::vector<char> over(table.columns.size(), 0);    // percentages whose part of the table an amount has ended
  std::vector<int> beyond(table.columns.size(), -1);  // the columns of the amounts below them
  bool under_heading = false;                         // a heading stands between the percentages and this row
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const LabelledRow& row = rows[r];
    TableRow out;
    out.label = row.label;
    out.label_span = row.span;
    out.section = row.section;
    out.depth = row.depth;
    out.heading = row.heading;
    out.ruled_above = row.ruled_above;
    out.double_ruled_below = row.parts && row.parts->double_underlined;
    const RowWords words = row_words(row);
    UnitKind unit = previous;
    const std::optional<int> note = row.heading ? std::nullopt : row_scale(row);
    if (row.parts && !row.heading)
      for (std::size_t g = 0; g < row.parts->values.size(); ++g) {
        int column = layout.column_of[r][g];
        if (column < 0 || row.parts->values[g].number.kind == ValueText::not_available) continue;
        int& below = beyond[static_cast<std::size_t>(column)];
        const NumberText& number = row.parts->values[g].number;
        if (below < 0 && under_heading && !over[static_cast<std::size_t>(column)] && !number.percent && (number.currency || number.grouped) &&
            table.columns[static_cast<std::size_t>(column)].kind == Column::Kind::percent_of && !table.columns[static_cast<std::size_t>(column)].header.empty())
          below = column_beyond_percentages(table, column);
        if (below >= 0) column = below;
        else if (ends_percentages(row.parts->values[g], table.columns[static_cast<std::size_t>(column)], over[static_cast<std::size_t>(column)])) continue;
        TableCell c = cell(row.parts->values[g], words, note, table, column, previous);
        if (table.columns[static_cast<std::size_t>(column)].kind == Column::Kind::value) unit = c.unit;
        out.cells.push_back(std::move(c));
      }
    settle_dashes(out);
    under_heading = row.heading || (under_heading && std::any_of(beyond.begin(), beyond.end(), [](int b) { return b >= 0; }));
    previous = out.cells.empty() && !row.heading ? previous : row.heading ? UnitKind::money : unit;
    table.rows.push_back(std::move(out));
  }
  (void)draft;
  settle_percent_runs(table);
  settle_per_share_runs(table);
}

/// "Note | 2020 | 2019": numbers of notes are no data.
void TableBuilder::drop_note_columns(DataTable& table) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (!heads_notes(table.columns[i])) continue;
    const auto in_column = [&](const TableCell& c) { return c.column == static_cast<int>(i); };
    const auto is_mark = [&](const TableCell& c) { return !in_column(c) || (!c.printed.currency && !c.printed.percent && !c.printed.negative && c.printed.value < Decimal(60)); };
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
               fmt::format("the row \"{}\" of \"{}\" has no numbers; it is read as a heading", row.label, table.title)});
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
  else if (!period) reason = "neither its headers, its title nor its rows tell a period";
  else if (draft.headers.empty() && rows < 3 && money == 0) reason = "a few numbers without headers are no statement";
  return reason.empty();
}

bool TableBuilder::continues(const Draft& draft, const DataTable& table, std::size_t columns, const std::vector<DataTable>& out) const {
  if (out.empty() || !draft.headers.empty() || columns != out.back().columns.size()) return false;
  if (draft.first_of_block && draft.block > last_block_ + 4) return false;
  const bool another = table.kind != out.back().kind && table.kind != StatementKind::other && is_statement_title(table.title);  // a statement of its own, its header lost
  if (another && !icontains(table.title, "continued")) return false;
  const bool said = icontains(table.title, "continued") || std::any_of(draft.lead.begin(), draft.lead.end(), [](const std::string& l) { return icontains(l, "continued"); });
  return said || table.title.empty() || !is_statement_title(table.title) || !draft.first_of_block;
}

/// Two columns of one measure for one period, or a header with two dates: one of them was misprinted or misread.
void TableBuilder::check_columns(DataTable& table) {
  const auto say = [&](Column& c, const std::string& what) {
    c.doubt = what;
    const Span at = c.header_spans.empty() ? document_.blocks[table.blocks.back()].span : c.header_spans.back();
    sink_.add({diag::codes::tables_contradicting_dates, place(at), fmt::format("in \"{}\" {}; the column is left out of filings", table.title, what)});
  };
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    Column& c = table.columns[i];
    if (c.kind != Column::Kind::value || !c.period) continue;
    std::string joined;
    for (const std::string& h : c.header) joined += h + " ";
    const PeriodWords w = read_period_words(joined);
    std::vector<DateWords> full;
    for (const DateWords& d : w.dates)
      if (d.month && d.day && d.year) full.push_back(d);
    // "July 3, 2004 and June 28, 2003" over "2003" is settled by the year
    const PeriodWords own = c.header.empty() ? PeriodWords{} : read_period_words(c.header.back());
    if (own.dates.size() == 1 && !own.dates[0].month && std::count_if(full.begin(), full.end(), [&](const DateWords& d) { return d.year != own.dates[0].year; })) full.clear();
    if (full.size() > 1 && (full[0].month != full[1].month || full[0].day != full[1].day) && !w.change && !w.range) {
      say(c, fmt::format("the header \"{}\" tells two dates", collapse(joined)));
      continue;
    }
    for (std::size_t j = 0; j < i; ++j) {
      const Column& other = table.columns[j];
      if (other.kind == c.kind && other.period == c.period && other.measure == c.measure && other.dimensions == c.dimensions && other.own_period && c.own_period) {
        say(c, fmt::format("two columns tell the same period, ended {}", c.period->end.iso()));
        break;
      }
    }
  }
}

/// Headers and title that tell no period: the table glued above with as many columns tells them, else the sentence above.
void TableBuilder::inherit_periods(const Draft& draft, ColumnContext context, const ColumnLayout& layout, const std::vector<bool>& percent, const std::vector<bool>& beside,
                                   DataTable& table, const std::vector<DataTable>& out) const {
  if (any_period(table.columns)) return;
  const bool glued = !draft.first_of_block || (draft.lead.empty() && draft.titles.empty() && last_block_ + 2 > draft.block);
  if (glued && !out.empty() && last_block_ + 2 > draft.block) {
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
  if (draft.intro.empty()) return;
  const std::string sentence = last_sentence(draft.intro);
  if (!read_period_words(sentence).any()) return;
  context.title = sentence;
  table.columns = read_columns(spread_headers(draft.headers, layout.columns, beside, draft.aligned), percent, context);
  table.reasons.push_back("periods: the sentence above tells them");
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
  scale(draft, table, notes);
  const std::vector<LabelledRow> rows = label_rows(draft.body, wrap_indent_);
  std::vector<std::string> labels;
  for (const LabelledRow& row : rows) labels.push_back(row.label);
  std::string reason;
  table.kind = classify(table.title.empty() ? draft.intro.substr(0, draft.intro.find('.')) : table.title, labels, reason);
  if (bare && table.kind == StatementKind::other && table.title.empty() && !last_title_.empty() && same_headers(draft, out)) {
    table.title = last_title_;  // a further table under the same title
    table.kind = classify(table.title, labels, reason);
  }
  table.reasons.push_back("statement: " + reason);
  const std::vector<std::vector<ValueGroup>> values = values_of(rows);
  const ColumnLayout layout = lay_out_columns(values, draft.aligned);
  if (layout.columns.empty()) return;
  if (!notes.scale) {
    const bool same = last_scale_ && (!draft.first_of_block || (draft.lead.empty() && draft.titles.empty() && draft.intro.empty() && last_block_ + 3 > draft.block));
    if (same) table.scale = *last_scale_, table.share_scale = table.share_scale ? table.share_scale : last_shares_, table.scale_note = "as the table above";
  }
  footnotes_ = footnote_scales(draft.body);
  if (const std::string_view currency = read_currency(notes.title_block); !currency.empty()) table.currency = currency;
  for (const auto& row : values)
    for (const ValueGroup& g : row)
      if (!g.number.currency_code.empty()) table.currency = g.number.currency_code;

  std::vector<bool> percent(layout.columns.size(), true);
  std::vector<std::size_t> filled(layout.columns.size(), 0);
  for (std::size_t r = 0; r < values.size(); ++r)
    for (std::size_t g = 0; g < values[r].size(); ++g)
      if (const int c = layout.column_of[r][g]; c >= 0 && values[r][g].number.kind == ValueText::number) {
        ++filled[static_cast<std::size_t>(c)];
        if (!values[r][g].number.percent) percent[static_cast<std::size_t>(c)] = false;
      }
  for (std::size_t c = 0; c < percent.size(); ++c) percent[c] = percent[c] && filled[c] > 0;
  std::vector<bool> beside = percent;  // columns that headers need not reach: percentages, and a single stray number
  const auto strays = std::count_if(filled.begin(), filled.end(), [](std::size_t n) { return n <= 1; });
  for (std::size_t c = 0; c < percent.size(); ++c) beside[c] = beside[c] || (filled[c] <= 1 && strays == 1 && draft.data_rows() >= 3);
  if (continues(draft, table, layout.columns.size(), out)) {
    DataTable& before = out.back();
    before.blocks.push_back(draft.block);
    fill(draft, rows, layout, before);
    settle_periods(before, calendar_);
    before.reasons.push_back("goes on in a further table without a header");
    last_block_ = draft.block;
    return;
  }
  ColumnContext context;
  context.calendar = &calendar_;
  context.kind = table.kind;
  context.title = notes.period_words;
  context.flows = tell_flows(labels);
  table.columns = read_columns(spread_headers(draft.headers, layout.columns, beside, draft.aligned), percent, context);
  inherit_periods(draft, context, layout, percent, beside, table, out);
  for (Column& c : table.columns)
    if (heads_notes(c)) c.kind = Column::Kind::other, c.own_period = false;
  check_columns(table);
  fill(draft, rows, layout, table);
  settle_periods(table, calendar_);
  drop_note_columns(table);
  check_rows(table);
  for (TableRow& row : table.rows)
    for (TableCell& c : row.cells)
      if (notes.conflict && c.unit == UnitKind::money && c.doubt.empty()) c.doubt = "two notes state two scales for the table";
  std::string why;
  if (!is_data(draft, table, why)) {
    sink_.add({diag::codes::tables_not_data, place(document_.blocks[draft.block].span), "this table is not read as data: " + why});
    return;
  }
  last_title_ = table.title;
  last_block_ = draft.block;
  last_scale_ = table.scale_note.empty() ? std::nullopt : std::optional<int>(table.scale);
  last_shares_ = table.share_scale;
  out.push_back(std::move(table));
}

}  // namespace factpress::tables
