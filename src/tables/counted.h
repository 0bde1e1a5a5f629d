#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"

/// What the words of a table say is counted rather than paid, and what one of it costs. Words are expected in lower case.
namespace factpress::tables {

// Rows that are counted.

/// Numbers of things rather than money: tonnage, stores, employees, days, ratios.
bool names_a_count(std::string_view label);
/// What nobody pays, by the whole label: "Community count", "Lots controlled at end of year", "Policies in force", "Backlog (units)".
bool names_things_outright(std::string_view label);
/// Said outright: "Number of stores", "Employees".
bool names_a_number_of(std::string_view label);
/// "Days sales outstanding", "Ownership days".
bool names_days(std::string_view label);
/// What is measured in a physical unit: "Gold equivalent ounces", "Sales volumes (MBbl)". Words of money tell otherwise.
bool names_a_quantity(std::string_view text);
/// "Wholesale vehicle sales", "Shipments": how many were sold, not for how much.
bool names_units_sold(std::string_view text);
/// "Openings", "Closed", "New restaurants", by its first word: what changes a number of something between its opening and its closing one.
bool names_a_movement(std::string_view label);
/// "stores opened", "total restaurants at end of period", in lower case: places that are counted, below a statement of income too.
bool names_places(std::string_view label);
/// "Restaurants:", "Store data", "Company-owned units": a heading above rows that say how many were kept, opened and closed,
bool heads_places(std::string_view section);
/// such as "Open at beginning of period", "Closed".
bool names_a_number_kept(std::string_view label);

/// "Customer accounts": those who have them, or what is on them.
bool may_be_deposits(std::string_view label);

// Rows that are counted where the table says no more of them.

/// Those who are counted by the thousand: subscribers, connections, customers; in a table without any amount of money.
bool names_many(std::string_view text);
/// Subscribers, members and users, whom a note of thousands means too unless it speaks of dollars.
bool names_subscribers(std::string_view label);
/// Orders, trips, buyers and whatever else is counted, where every amount of money around prints its sign.
bool names_things(std::string_view label);

// Columns and tables.

/// "Homes", "Units" beside "Dollars": a column's whole measure, whose numbers are counts.
bool heads_counts(std::string_view measure);
/// "Operating statistics", "Fleet data": tables of what is counted, with prices of one of it.
bool names_statistics(std::string_view title);

// Money after all.

/// Words that make an amount of money of a row, whatever is counted in it.
bool speaks_of_money(std::string_view label);
/// The heading right above, or else the title, tells that the rows are amounts of money ("Revenue by channel"), whatever
/// their labels count ("Licensed stores").
bool is_about_money(std::string_view title, const std::vector<std::string>& sections);

// What one of something costs.

/// "per Mcf", "($/Bbl)", "average price": seldom scaled,
bool names_unit_price(std::string_view text);
/// exact where it is told per one ("per ton", "per carload") and the sign of money stands with it,
bool is_told_per_one(std::string_view text);
/// and never scaled to ten millions and more.
bool is_beyond_a_price(const Decimal& printed, int scale);

}  // namespace factpress::tables
