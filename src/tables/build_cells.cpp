#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "diag/codes/tables.h"
#include "tables/build.h"
#include "tables/counted.h"
#include "tables/currency.h"
#include "tables/label_words.h"
#include "tables/nature.h"
#include "tables/per_share_runs.h"
#include "tables/percent_runs.h"
#include "tables/period_words.h"
#include "tables/rates.h"
#include "tables/share_columns.h"

namespace factpress::tables {

namespace {

constexpr std::size_t kLongestHeading = 90;  // characters; what is longer is a sentence that speaks of other things too

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

}  // namespace

std::vector<std::vector<ValueGroup>> TableBuilder::values_of(const std::vector<LabelledRow>& rows) const {
  std::vector<std::vector<ValueGroup>> out;
  for (const LabelledRow& row : rows) out.push_back(row.parts && !row.heading ? row.parts->values : std::vector<ValueGroup>{});
  return out;
}

/// A power of ten that the row's own label, its headings or its footnotes give.
std::optional<int> TableBuilder::row_scale(const LabelledRow& row) const {
  const auto own = [](std::string_view text) -> std::optional<int> {
    const bool letter = text.find("($") != std::string_view::npos || text.find("(\u20AC") != std::string_view::npos || text.find("(\u00A3") != std::string_view::npos;  // "($B)"
    if (!letter && text.find("00") == std::string_view::npos && !icontains(text, "thousand") && !icontains(text, "million") && !icontains(text, "billion")) return std::nullopt;
    const ScaleNote note = read_scale(text);
    return note.money ? note.money : note.shares;
  };
  std::optional<int> note = read_unit_of_label(row.label).scale;
  if (!note) note = own(row.label);
  const bool letter = row.label.size() > 3 && row.label[row.label.size() - 3] == '(';  // "(B)" points to a note
  if (!note && !letter && row.label.ends_with(')')) note = read_scale_of_counts(lower(row.label));  // "Users (MM)"
  for (std::size_t i = row.section.size(); !note && i-- > 0;) note = own(row.section[i]);
  if (footnotes_.empty()) return note;
  for (const std::string& mark : footnote_marks(row.label))
    if (const auto at = footnotes_.find(mark); at != footnotes_.end() && !note) note = at->second;
  return note;
}

/// An amount that is not scaled: what the note excepts, and "per Mcf 3.30". Whole numbers may be scaled prices ("Average sales price | 403" of
/// homes in thousands) unless that made one of something cost ten millions.
bool TableBuilder::is_exact(const ValueGroup& value, const RowWords& words, const Column& column, const DataTable& table) {
  const std::string measure = table.prices.empty() ? std::string() : lower(column.measure);
  const auto named = [&](std::string_view phrase) {
    const auto in = [&](const std::string& text) { return has_word(text, phrase, true); };
    return in(words.label) || in(measure) || std::any_of(words.sections.begin(), words.sections.end(), in);
  };
  if (std::any_of(table.prices.begin(), table.prices.end(), named)) return true;
  if (words.told_per_one) return true;
  if (!words.unit_price && !column.unit_price) return false;
  const auto of_a_day = [](const std::string& text) { return has(text, "daily") || has(text, "per day"); };  // "Average daily results", "except daily rates"
  if ((!words.sections.empty() && of_a_day(words.sections.back())) || std::any_of(table.prices.begin(), table.prices.end(), of_a_day)) return true;
  const NumberText& n = value.number;
  const bool per_one = words.currency && is_told_per_one(words.label);  // "$1,201" of "Average external sales price (per ton)"
  const bool may_be_scaled = !per_one && n.fraction_digits == 0 && (!words.currency || n.grouped);
  return !may_be_scaled || table.scale == 0 || table.scale_span.empty() || is_beyond_a_price(n.value, table.scale);
}

/// What the table says of a number beyond its row and its column: money becomes a count, or a count money after all. True where a count stands in
/// the table's scale.
bool TableBuilder::settle_unit(const ValueGroup& value, const RowWords& words, std::optional<int> note, const DataTable& table, const Column& column, TableCell& out) const {
  const NumberText& n = value.number;
  const bool titled = table.kind == StatementKind::other || table.kind == StatementKind::reconciliation;
  const std::string about = titled && out.unit == UnitKind::money ? lower(table.title) : std::string();
  const bool counts = table.kind == StatementKind::other && !about.empty() && !words.currency && (!words.fraction || note) && names_a_count(about);
  if (counts || (statistics_ && out.unit == UnitKind::money && !words.currency && !speaks_of_money(words.label))) out.unit = UnitKind::count;
  // "Total orders  512 | 620" in millions, between "$15,913" and "$2,035"
  const auto heads_many = [](const std::string& s) { return s.size() < 40 && names_many(s); };
  const bool things = (all_signs_ || (note && signs_)) && out.unit == UnitKind::money && !words.currency &&
                      (names_things(words.label) || (note && std::any_of(words.sections.begin(), words.sections.end(), heads_many)));
  if (things) {
    out.unit = UnitKind::count;
    if (!note && !table.scale_span.empty() && !words.fraction) out.doubt = "it may be counted in the table's scale or in ones: no sign of money stands with it, and no note says", out.doubt_of = DoubtOf::scale;
  }
  if (out.unit == UnitKind::money && !words.currency && !words.fraction && table.kind != StatementKind::balance && may_be_deposits(words.label))
    out.doubt = "it may be a number of accounts or what is on them: no sign of money stands with it", out.doubt_of = DoubtOf::unit;
  const bool earned = has(words.label, "equity") || has(words.label, "income") || has(words.label, "profit") || has(words.label, "expense");
  const bool many = told_unit_ == UnitKind::count && ((out.unit == UnitKind::money && !earned) || (out.unit == UnitKind::count && !names_a_number_of(words.label) && !names_days(words.label)));
  const bool of_dollars = icontains(table.scale_note, "dollar") || icontains(table.scale_note, "$") || icontains(table.scale_note, "usd");
  const bool subscribers = out.unit == UnitKind::count && table.scale >= 3 && (words.fraction || (!of_dollars && table.scale == 3)) && names_subscribers(words.label);
  if (many) out.unit = UnitKind::count;
  if (told_unit_ == UnitKind::shares && (out.unit == UnitKind::money || out.unit == UnitKind::count)) out.unit = UnitKind::shares;
  if (per_share_ && out.unit == UnitKind::money && n.fraction_digits > 0 && n.value.abs() < Decimal(1000)) out.unit = UnitKind::per_share;
  if (words.fraction && names_per_share(about) && about.find("income") == std::string::npos && about.find("except") == std::string::npos && n.value.abs() < Decimal(100))
    out.unit = UnitKind::per_share;  // "Significant factors impacting earnings per share"
  if (out.unit == UnitKind::count && !words.fraction && !names_a_number_of(words.label) && !words.things && !names_places(words.label)) {
    const std::string title = table.title.size() < kLongestHeading ? lower(table.title) : std::string();
    const bool of_money = !table.scale_note.empty() && names_a_count(words.label) && !names_a_count(lower(column.measure)) && is_about_money(title, words.sections);
    const bool between_amounts = amounts_alone_ && !names_days(words.label) && !names_a_quantity(words.label) && std::none_of(words.sections.begin(), words.sections.end(), names_a_quantity);
    if (of_money || between_amounts) out.unit = UnitKind::money;
  }
  return (counts || (many && !dollars_scaled_) || subscribers || (things && n.value.abs() < Decimal(100'000))) && !table.scale_span.empty();
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
  const bool scaled_count = settle_unit(value, words, note, table, col, out);
  int power = 0;
  const bool money = out.unit == UnitKind::money || out.unit == UnitKind::per_share;
  const std::string& currency = !n.currency_code.empty() ? n.currency_code : !words.currency_code.empty() && !(words.currency_alone && signs_) ? words.currency_code : col.currency.empty() ? table.currency : col.currency;
  const bool hundredths = money && (n.unit == 'c' || col.hundredths || words.hundredths);
  if (n.power) note = n.power;
  if (out.unit == UnitKind::money && !note) note = col.scale;
  out.own_scale = note.has_value() || hundredths || (out.unit == UnitKind::shares && col.share_scale);
  switch (out.unit) {
    case UnitKind::money:
      if (hundredths) power = -2;
      else if (!out.own_scale && is_exact(value, words, col, table)) out.own_scale = true;
      else power = note.value_or(table.scale);
      out.unit_code = currency;
      break;
    case UnitKind::shares: power = note ? *note : scale_of_shares(table, col); out.unit_code = "shares"; break;
    case UnitKind::per_share: power = hundredths ? -2 : 0; out.unit_code = currency + "/shares"; break;
    case UnitKind::count:
      if (!note) note = read_scale_of_counts(lower(col.measure));
      if (!note && names_a_number_of(lower(col.measure))) note = col.scale;  // "Number of accounts (thousands)"
      power = note.value_or(scaled_count ? table.scale : 0);
      out.unit_code = "pure";
      break;
    case UnitKind::pure: power = n.unit == 'b' ? -4 : n.unit == 'x' && !value.in_percents ? 0 : -2; out.unit_code = "pure"; break;
  }
  if (out.unit == UnitKind::pure && !n.percent && !n.unit && !value.in_percents && icontains(header_text(col), "basis point")) power = -4;
  out.value = n.kind == ValueText::dash ? Decimal(0) : n.value.shifted(power);
  out.decimals = n.fraction_digits - power;
  out.period = col.period;
  out.dimensions = col.dimensions;
  if (!col.doubt.empty()) out.doubt = col.doubt, out.doubt_of = DoubtOf::other;
  if (n.open || n.close) {
    out.doubt = "a bracket is not closed, so that the sign is in doubt", out.doubt_of = DoubtOf::other;
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
  plain.share_scale = scale_of_shares(plain);
  plain.own_period = true;
  table.columns.push_back(std::move(plain));
  return static_cast<int>(table.columns.size()) - 1;
}

/// The lower end of a range, made out of its whole `c`, which becomes the upper one.
TableCell TableBuilder::lower_end(const ValueGroup& value, const RowWords& words, std::optional<int> note, DataTable& table, TableCell& c, UnitKind previous) {
  TableCell low = std::move(c);
  ValueGroup upper = value;
  upper.number = *value.cell->upper;
  const std::uint32_t apart = value.cell->upper_cell;
  const document::Table& source = *document_.blocks[table.blocks.back()].table;
  const document::Cell& own = apart ? source.rows[value.cell->block_row].cells[apart] : *value.cell->cell;
  const std::uint32_t from = apart ? 0 : value.cell->line_begin;
  upper.text = own.text.view().substr(from + upper.number.begin, upper.number.end - upper.number.begin);
  c = cell(upper, words, note, table, low.column, previous);
  c.printed.span = own.text.source_span(from + upper.number.begin, from + upper.number.end);
  if (apart) c.block_cell = apart;
  const std::string axis = table.columns[static_cast<std::size_t>(low.column)].measure.empty() ? "Measure" : "Range";
  low.dimensions.emplace_back(axis, "Low");
  c.dimensions.emplace_back(axis, "High");
  low.range = c.range = true;
  return low;
}

void TableBuilder::fill(const std::vector<LabelledRow>& rows, const std::vector<std::vector<ValueGroup>>& values, const ColumnLayout& layout, DataTable& table) {
  for (Column& c : table.columns) {  // their headers are whole by now
    c.share_scale = scale_of_shares(c);
    c.unit_price = names_unit_price(lower(c.measure));
  }
  UnitKind previous = UnitKind::money;
  std::vector<bool> beside;
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
    beside.assign(values[r].size(), false);
    for (std::size_t g = 0; g < values[r].size(); ++g)
      if (const int c = layout.column_of[r][g]; c >= 0) beside[g] = table.columns[static_cast<std::size_t>(c)].kind == Column::Kind::percent_change;
    const RowWords words = row_words(row, values[r], beside);
    UnitKind unit = previous;
    const std::optional<int> note = row.heading ? std::nullopt : row_scale(row);
    if (row.parts && !row.heading)
      for (std::size_t g = 0; g < values[r].size(); ++g) {
        int column = layout.column_of[r][g];
        if (column < 0 || values[r][g].number.kind == ValueText::not_available) continue;
        int& below = beyond[static_cast<std::size_t>(column)];
        const NumberText& number = values[r][g].number;
        if (below < 0 && under_heading && !over[static_cast<std::size_t>(column)] && !number.percent && (number.currency || number.grouped) &&
            table.columns[static_cast<std::size_t>(column)].kind == Column::Kind::percent_of && !table.columns[static_cast<std::size_t>(column)].header.empty())
          below = column_beyond_percentages(table, column);
        if (below >= 0) column = below;
        else if (ends_percentages(values[r][g], table.columns[static_cast<std::size_t>(column)], over[static_cast<std::size_t>(column)])) continue;
        TableCell c = cell(values[r][g], words, note, table, column, previous);
        if (values[r][g].cell->upper) out.cells.push_back(lower_end(values[r][g], words, note, table, c, previous));
        if (table.columns[static_cast<std::size_t>(column)].kind == Column::Kind::value) unit = c.unit;
        out.cells.push_back(std::move(c));
      }
    settle_dashes(out);
    under_heading = row.heading || (under_heading && std::any_of(beyond.begin(), beyond.end(), [](int b) { return b >= 0; }));
    previous = out.cells.empty() && !row.heading ? previous : row.heading ? UnitKind::money : unit;
    table.rows.push_back(std::move(out));
  }
  settle_share_columns(table);
  settle_percent_runs(table);
  settle_changes(table);
  settle_named_rates(table);
  settle_per_share_runs(table);
  say_units_in_doubt(table, table.rows.size() - rows.size());
}

void TableBuilder::say_units_in_doubt(const DataTable& table, std::size_t from) {
  for (std::size_t r = from; r < table.rows.size(); ++r) {
    const TableRow& row = table.rows[r];
    const auto at = std::find_if(row.cells.begin(), row.cells.end(), [](const TableCell& c) { return c.doubt_of == DoubtOf::unit && !c.doubt.empty(); });
    if (at == row.cells.end()) continue;
    sink_.add(diag::Diagnostic(diag::codes::tables_no_unit, place(at->printed.span), fmt::format("what the numbers of \"{}\" are cannot be told: {}; they are left out of filings", row.label, at->doubt))
                  .helped("A rule with a unit in --map FILE settles it."));
  }
}

}  // namespace factpress::tables
