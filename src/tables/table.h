#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "document/document.h"

namespace factpress::tables {

enum class StatementKind { income, balance, cashflow, equity, reconciliation, segment, other };
std::string_view to_string(StatementKind kind);  // "income", ... as in `extract`'s column

/// What a number was printed as, before anything is known of its meaning. Signs: as printed.
struct Printed {
  Decimal value;              ///< digits as printed: "(1,234.5)" is -1234.5, "27.3%" is 27.3; a dash is 0
  std::uint8_t fraction_digits = 0;
  bool negative = false;      ///< a minus or parentheses (also for "(0)" and "(—)")
  bool percent = false;
  bool dash = false;
  bool currency = false;      ///< a currency sign stood with it
  std::string currency_code;  ///< ISO 4217 where the sign told, else empty
  std::string text;           ///< the whole print with its sign, brackets and per-cent mark, as it stands
  Span span;                  ///< of the same in the source
};

/// What a doubt about a number is about: what a mapping file can settle, or anything else.
enum class DoubtOf : std::uint8_t { other, unit, scale };
enum class UnitKind { money, per_share, shares, pure, count };

/// A reporting period as readers say it: both days inclusive; an instant has no start.
struct Period {
  std::optional<Date> start;
  Date end;
  bool operator==(const Period&) const = default;
  bool instant() const { return !start; }
};

/// What a column holds.
struct Column {
  enum class Kind { value, change, percent_change, percent_of, other };
  Kind kind = Kind::value;
  std::optional<Period> period;     ///< none: could not be told (then `doubt` says why)
  std::vector<std::string> header;  ///< the header texts above it, outermost first
  std::vector<Span> header_spans;
  std::vector<std::pair<std::string, std::string>> dimensions;  ///< axis and member words where columns are members
  std::string measure;              ///< where columns are measures (reconciliations, outlook)
  bool own_period = false;          ///< the period was told by its own header, not by title or neighbours
  bool balances_too = false;        ///< "As of and for the three months ended": some rows are balances at the period's end
  std::string currency;             ///< ISO 4217, where its header tells it ("RMB | US$"); empty: the table's
  std::string currency_words;       ///< the text of that header as printed ("US$", "£m"), which is not among `header`
  std::optional<int> scale;         ///< power of ten of its money, where its header tells it ("£'000"); none: the table's
  bool hundredths = false;          ///< its money is in pence or cents
  std::optional<int> share_scale;   ///< power of ten of its shares, where its header tells it ("Shares (000's)")
  bool in_percents = false;         ///< "2024 (%)": its numbers without a sign of money are percentages
  bool unit_price = false;          ///< its measure is the price of one of something
  bool beside_per_share = false;    ///< "$" or nothing beside "EPS" of the same period: its numbers are amounts, whatever the rows name
  int quarter = 0;                  ///< named by its number without a year: a heading between the rows may tell the year
  bool year_told = true;            ///< its header or the title names a year
  std::string doubt;
};

struct TableCell {
  int column = 0;  ///< index into columns
  Printed printed;
  // What it means, after scale, unit and sign are settled:
  Decimal value;                ///< exact and unscaled, signed as printed; a percentage divided by 100
  std::optional<int> decimals;  ///< as in XBRL; none: exact (INF)
  UnitKind unit = UnitKind::money;
  std::string unit_code;        ///< "USD", "shares", "USD/shares", "pure", "customers"
  bool own_scale = false;       ///< a note of its own row or column scales it, not the table's
  bool range = false;           ///< one end of a range ("$410 - $415"); the other is the next or the one before, in the same column
  std::optional<Period> period; ///< the column's, unless the row changes it (opening and closing cash)
  std::vector<std::pair<std::string, std::string>> dimensions;
  std::uint32_t block = 0;      ///< the block it stands in (index into Document::blocks)
  std::uint32_t block_row = 0, block_cell = 0;  ///< and the cell of it (document::Table::rows[r].cells[c])
  DoubtOf doubt_of = DoubtOf::other;
  std::string doubt;            ///< why sign, unit or period cannot be told; empty: no doubt
};

struct TableRow {
  std::string label;                 ///< whole, wrapped lines joined; empty for an unlabelled subtotal
  Span label_span;
  std::vector<std::string> section;  ///< heading rows above it, outermost first
  std::string measure;               ///< what its numbers are, where the label only names a member or a whole ("Revenue"); else empty
  int depth = 0;
  bool heading = false;              ///< a label alone, over the rows below it
  bool ruled_above = false;          ///< a rule stood above its numbers: a total by its looks
  bool double_ruled_below = false;
  std::vector<TableCell> cells;      ///< in column order; not every column has one
};

/// A data table whose rows and columns are understood. Several may come from one document table and one from several.
struct DataTable {
  StatementKind kind = StatementKind::other;
  std::string title;                 ///< "Consolidated Statements of Operations"; may be empty
  std::string stub;                  ///< what stands beside the headers, over the labels: "SELECTED BALANCE SHEET DATA (period-end)"
  std::string company;               ///< where the title block names one
  bool unaudited = false;
  int scale = 0;                     ///< power of ten for money
  std::optional<int> share_scale;    ///< where shares are scaled otherwise (0 for "except share data")
  std::string scale_note;            ///< the words that told
  std::vector<std::string> prices;   ///< what the note excepts and is no amount a share, in lower case: "average sales price"
  Span scale_span;
  std::string currency = "USD";
  std::vector<Column> columns;
  std::vector<TableRow> rows;
  std::vector<std::size_t> blocks;   ///< indexes of the document's blocks it was read from
  double confidence = 1;
  std::vector<std::string> reasons;  ///< how kind, scale and periods were told, for --explain
};

}  // namespace factpress::tables
