#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "mapping/mapper.h"
#include "mapping/words.h"

/// Where in a statement a row stands, told from the totals and headings around it: "Other" among current assets is another
/// item than "Other" among financing activities.
namespace factpress::mapping {

enum class Zone : std::uint8_t {
  none,
  current_assets, other_assets, assets,                        // assets: of a balance sheet without a current part
  current_liabilities, other_liabilities, liabilities, equity, after_balance,
  operating, operating_changes, investing, financing, net_cash, supplemental,
  revenue, expense, nonoperating, tax, net_income, per_share, share_count, before_totals,
  comprehensive, equity_statement, reconciliation, segment, other,
  count_
};
std::string_view to_string(Zone zone);
/// The kind of table that has such a zone.
TableKind kind_of(Zone zone);

/// A row with its words made ready.
struct ReadRow {
  const Row* row = nullptr;
  Words words;
  Words section;                 ///< of the innermost heading
  std::uint64_t section_bag = 0; ///< of all headings together
  Zone zone = Zone::none;
  UnitClass unit = UnitClass::unknown;  ///< the row's, or what its words and headings tell
  bool has_children = false;            ///< another row adds to it
  bool own_measure = false;             ///< called a measure of the company's own (own_measure.h)
  std::uint64_t previous_bag = 0, next_bag = 0, parent_bag = 0;  ///< words of the rows with values around it; 0 for none
};

/// What of a row calls for words of a concept's name: its words, its place, its heading's words.
std::vector<std::uint64_t> name_sources(const ReadRow& row);

/// Words, zones and unit classes of a whole table.
std::vector<ReadRow> read_rows(const TableQuery& table);

}  // namespace factpress::mapping
