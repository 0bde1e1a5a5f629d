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
/// What is owned or owed, by some label, and none of what is earned.
bool tell_balances(const std::vector<std::string>& labels);
/// Every label names a balance, notes in brackets left out.
bool tell_balances_alone(const std::vector<std::string>& labels);
/// Which statement a table is, by its title or else by its rows; `reason` says how it was told.
StatementKind classify(std::string_view title, const std::vector<std::string>& labels, std::string& reason);

}  // namespace factpress::tables
