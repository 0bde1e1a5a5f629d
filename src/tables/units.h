#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tables/labels.h"
#include "tables/table.h"

namespace factpress::tables {

/// What decides the unit of a row's numbers besides each number itself.
struct RowWords {
  std::string label;                  ///< lower case
  std::vector<std::string> sections;  ///< lower case, outermost first
  bool fraction = false;              ///< a number of the row has digits after the point and no per-cent mark
  bool cents = false;                 ///< a number of the row below a thousand has two digits after the point
  bool currency = false;              ///< a number of the row has a currency sign
  bool hundredths = false;            ///< label or heading say "(pence)", "(cents)"
  std::string currency_code;          ///< that label or heading tell in brackets: "(£m)"
  bool currency_alone = false;        ///< and nothing with it: "Senior notes (EUR)", which may be told in the table's own
  bool exchange_rate = false;         ///< the label names one: "(¥/US$)"
  bool told_per_share = false;        ///< the label itself tells the amount a share ("Dividends ($1.52 per share)"): the numbers are others
  bool only_dashes = true;
  bool told_per_one = false;          ///< the label's brackets tell it as an amount of one of something: "(US$/t)"
  bool unit_price = false;            ///< label or heading name the price of one of something ("per Mcf")
  bool things = false;                ///< the label names what nobody pays ("Community count"),
  bool below_things = false;          ///< or a heading does, or a number of something,
  bool kept = false;                  ///< or it says how many of the heading's places were kept, opened or closed
  bool share_count = false;           ///< the label names a number of shares,
  bool per_share = false;             ///< or an amount a share
  std::optional<UnitKind> of_sections;  ///< the unit that the heading above gives: the innermost that names one
};
/// `beside[g]`: the number stands in a column of changes or percentages and tells nothing of the row's unit.
RowWords row_words(const LabelledRow& row, const std::vector<ValueGroup>& values, const std::vector<bool>& beside);

/// The unit of one number. `previous` is the unit of the row above, for "Diluted" rows without a heading.
UnitKind unit_of(const ValueGroup& value, const RowWords& row, const Column& column, StatementKind statement, UnitKind previous);

/// The powers of ten that footnotes give ("(1) In thousands."), by their marks.
std::map<std::string, int> footnote_scales(const std::vector<const RowParts*>& body);
/// The footnote marks that end a label ("Tonnage (1)(2)").
std::vector<std::string> footnote_marks(std::string_view label);

}  // namespace factpress::tables
