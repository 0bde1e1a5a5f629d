#pragma once
#include <optional>
#include <string_view>

#include "tables/table.h"

namespace factpress::tables {

/// Columns that count shares beside columns of amounts: "Shares | Amount", "Common Stock Shares", "Number | Par Value". Their
/// numbers become shares, scaled as the table's shares are. A column with a currency sign is one of amounts.
void settle_share_columns(DataTable& table);

/// The power of ten that the header of such a column gives its own numbers ("Shares (000's)"): it tells nothing of the table's amounts.
std::optional<int> scale_of_shares(std::string_view header);
/// The same of a column's headers.
std::optional<int> scale_of_shares(const Column& column);
/// The power of ten of shares in a column: its own, else the table's.
int scale_of_shares(const DataTable& table, const Column& column);

}  // namespace factpress::tables
