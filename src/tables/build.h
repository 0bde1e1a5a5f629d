#pragma once
#include <map>

#include "tables/columns.h"
#include "tables/draft.h"
#include "tables/reporting_currency.h"
#include "tables/scale.h"
#include "tables/units.h"

namespace factpress::tables {

/// Turns drafts into data tables, one after the other; remembers what later tables inherit (a scale, the columns of a table
/// that goes on). One per document.
class TableBuilder {
 public:
  TableBuilder(const document::Document& document, const Calendar& calendar, diag::Sink& sink)
      : document_(document), calendar_(calendar), sink_(sink), reporting_currency_(reporting_currency(document)) {}
  void add(const Draft& draft, std::vector<DataTable>& out);

 private:
  struct Notes {
    std::string period_words; ///< the title and the lines after it: what may tell periods
    std::string title_block;  ///< everything that may tell title, scale or period
    std::optional<int> scale;
    std::optional<int> shares;
    std::vector<std::string> prices;
    std::string words;
    std::string currency;     ///< that a note of scale tells by its sign: "HK$ million"
    Span span;
    bool conflict = false;    ///< two notes state two scales
    bool of_dollars = false;  ///< the note of scale speaks of dollars alone: "(dollars in thousands)"
    bool per_share = false;   ///< "(all items per common share)" stands beside the headers
    std::string above_title;  ///< a line near above the title that tells a period and nothing else
  };

  void title(const Draft& draft, DataTable& table, Notes& notes);
  void scale(const Draft& draft, const std::vector<GroupScale>& of_groups, DataTable& table, Notes& notes);
  void scale_below(const Draft& draft, Notes& notes);
  void see_scale(std::string_view text, Span span, Notes& notes, std::size_t block);
  std::vector<std::vector<ValueGroup>> values_of(const std::vector<LabelledRow>& rows) const;
  void fill(const std::vector<LabelledRow>& rows, const std::vector<std::vector<ValueGroup>>& values, const ColumnLayout& layout, DataTable& table);
  /// One warning for each row from `from` on whose unit is in doubt.
  void say_units_in_doubt(const DataTable& table, std::size_t from);
  std::optional<int> row_scale(const LabelledRow& row) const;
  TableCell cell(const ValueGroup& value, const RowWords& words, std::optional<int> note, DataTable& table, int column, UnitKind previous);
  bool settle_unit(const ValueGroup& value, const RowWords& words, std::optional<int> note, const DataTable& table, const Column& column, TableCell& out) const;
  static bool is_exact(const ValueGroup& value, const RowWords& words, const Column& column, const DataTable& table);
  TableCell lower_end(const ValueGroup& value, const RowWords& words, std::optional<int> note, DataTable& table, TableCell& c, UnitKind previous);
  void inherit_periods(const Draft& draft, const Notes& notes, const HeaderLines& headers, ColumnContext context, const ColumnLayout& layout, const std::vector<bool>& percent, const std::vector<bool>& beside, DataTable& table,
                       const std::vector<DataTable>& out) const;
  void take_currencies(const ColumnLayout& layout, const std::vector<std::vector<ValueGroup>>& values, DataTable& table) const;
  void inherit_members(const Draft& draft, DataTable& table, const std::vector<DataTable>& out) const;
  static int column_beyond_percentages(DataTable& table, int column);
  bool ends_percentages(const ValueGroup& value, const Column& column, char& over) const;
  void check_columns(DataTable& table, const std::vector<bool>& percent, const ColumnLayout& layout, const std::vector<std::vector<ValueGroup>>& values);
  void check_rows(DataTable& table);
  static void drop_note_columns(DataTable& table);
  bool is_data(const Draft& draft, const DataTable& table, std::string& reason) const;
  bool repeats_header(const Draft& draft) const;
  bool continues(const Draft& draft, const DataTable& table, bool untitled, std::size_t columns, const std::vector<DataTable>& out) const;
  Place place(Span span) const { return {document_.source, span}; }

  const document::Document& document_;
  const Calendar& calendar_;
  diag::Sink& sink_;
  /// What a table without any amount of money shows: shares or things counted, by its title, its sentence and its rows.
  static std::optional<UnitKind> told_unit(const Draft& draft, const DataTable& table, const std::vector<LabelledRow>& rows, const std::vector<std::vector<ValueGroup>>& values);

  /// A table of statistics, `titled` itself, without a scale of its own: whatever prints no sign of money is counted, but for rows that speak of money.
  static bool is_of_statistics(const DataTable& table, bool titled, const std::vector<LabelledRow>& rows, const std::vector<std::vector<ValueGroup>>& values);

  /// Three rows and more print the sign of money with each amount, and hardly one does not.
  static bool prints_all_signs(const std::vector<std::vector<ValueGroup>>& values);

  bool per_share_ = false;             ///< see Notes
  bool dollars_scaled_ = false;        ///< see Notes::of_dollars
  bool all_signs_ = false;             ///< of the table at hand
  bool signs_ = false;                 ///< amounts in it print signs of money at all
  bool statistics_ = false;            ///< the table at hand is one
  std::optional<UnitKind> told_unit_;  ///< of the table at hand
  bool repeated_ = false;              ///< it stands below the header of the table before, once more
  bool amounts_alone_ = false;         ///< its first row and its total, the last, print currency signs
  std::map<std::string, int> footnotes_;
  std::optional<int> last_scale_;
  std::optional<int> last_shares_;
  std::vector<std::string> last_prices_;
  std::string reporting_currency_;  ///< where it is not the U.S. dollar
  int wrap_indent_ = -1;  ///< see label_rows
  std::string last_title_;
  std::string last_heads_;              ///< head_texts and lead_lines of the table before
  std::vector<std::string> last_lead_;
  std::size_t last_block_ = static_cast<std::size_t>(-1);
};

/// "11,330,000 | 8,238,000": whole amounts, rounded to the thousand, which no scale of other tables is meant for.
bool prints_whole_amounts(const Draft& draft);
/// The cells of a row as one line.
std::string row_text(const RowParts& row);
/// The texts of its header rows; the lines that may be its title.
std::string head_texts(const Draft& draft);
std::vector<std::string> lead_lines(const Draft& draft);
/// True where a line above a table names a statement or what such tables show.
bool is_statement_title(std::string_view text);
/// Longer than titles are, and ends with a full stop.
bool is_sentence(std::string_view line);

}  // namespace factpress::tables
