#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tables/table.h"

namespace factpress::tables {

/// The amount that a lower-case label itself tells a share: 1.52 of "dividends ($1.52 per share)"; none where it tells none.
std::optional<Decimal> amount_told_per_share(std::string_view label);
/// What the words of a label say of the numbers beside it. Lower-case words are expected where `lowered` is named.
bool names_per_share(std::string_view lowered);
bool names_share_count(std::string_view lowered);
/// "Basic", "- Diluted", "Assuming dilution": a row whose unit stands in the heading or row above.
bool is_basic_or_diluted(std::string_view lowered);
/// Numbers of things rather than money: tonnage, stores, employees, days, ratios.
bool names_a_count(std::string_view lowered);
/// "Amount per tonne" and the like that keep money though counts are named: decided by the currency sign.

/// "Homes", "Units" beside "Dollars": a column's whole measure, whose numbers are counts.
bool heads_counts(std::string_view lowered);
/// Those who are counted by the thousand: subscribers, connections, customers; in a table without any amount of money.
bool names_many(std::string_view lowered);
/// Subscribers, members and users, whom a note of thousands means too unless it speaks of dollars.
bool names_subscribers(std::string_view lowered);
/// "Days sales outstanding", "Days payable outstanding".
bool names_days(std::string_view lowered);
/// Said outright: "Number of stores", "Employees".
bool names_a_number_of(std::string_view lowered);
/// "Openings", "Closed", "New restaurants", by its first word: what changes a number of something between its opening and its closing one.
bool names_a_movement(std::string_view lowered);
/// The heading right above, or else the title, tells that the rows are amounts of money ("Revenue by channel"), whatever
/// their labels count ("Licensed stores"). Sections in lower case.
bool is_about_money(std::string_view lowered_title, const std::vector<std::string>& sections);
/// A price or a cost of one of something: "per Mcf", "($/Bbl)", "average price". Seldom scaled,
bool names_unit_price(std::string_view lowered);
/// "per ton", "a barrel": of what is told per one of it the sign of money shows that it is exact.
bool is_told_per_one(std::string_view lowered);
/// and never to ten millions and more.
bool is_beyond_a_price(const Decimal& printed, int scale);

/// `phrase` stands in the text as whole words, in the singular or with an "s".
bool names_phrase(std::string_view text, std::string_view phrase);
/// Words that make an amount of money of a row, whatever is counted in it.
bool speaks_of_money(std::string_view lowered);
/// What is measured in a physical unit: "Gold equivalent ounces", "Sales volumes (MBbl)". Words of money tell otherwise.
bool names_a_quantity(std::string_view lowered);
/// "Wholesale vehicle sales", "Shipments": how many were sold, not for how much.
bool names_units_sold(std::string_view lowered);
/// Orders, trips, buyers and whatever else is counted, where every amount of money around prints its sign.
bool names_things(std::string_view lowered);
/// "Operating statistics", "Fleet data": tables of what is counted, with prices of one of it.
bool names_statistics(std::string_view lowered_title);
/// What is held in cash, or owed: "Cash, cash equivalents and investments", "Total debt".
bool names_holdings(std::string_view lowered);
/// "Operating cash flow, trailing twelve months", "Adjusted EBITDA (LTM)".
bool names_trailing_year(std::string_view lowered);

/// Returns, margins, yields, rates and ratios: percentages where one number of the row or the column says so.
bool names_rate(std::string_view lowered);

/// A balance rather than a flow, by the row's label and by the heading above it ("Period-End Balance Sheet Data").
bool names_balance(std::string_view lowered_label, std::string_view lowered_heading);

enum class Timing { unknown, opening, closing, instant, duration };
/// When the row's numbers hold, whatever the column says: cash at the beginning, book value, balances, yields.
Timing row_timing(std::string_view lowered_label, std::string_view lowered_context);

/// Some rows tell what happens over time (sales, expenses, income) and none a balance.
bool tell_flows(const std::vector<std::string>& labels);
/// Which statement a table is, by its title or else by its rows; `reason` says how it was told.
StatementKind classify(std::string_view title, const std::vector<std::string>& labels, std::string& reason);

}  // namespace factpress::tables
