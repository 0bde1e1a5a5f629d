#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace factpress::tables {

/// What a header says that is nothing but a currency, a scale or both: "RMB", "US$", "\u00a3'000", "\u20acm", "(HK$ in millions)", "pence".
struct CurrencyHead {
  std::string code;          ///< ISO 4217; empty: "$m" tells none
  std::optional<int> scale;  ///< power of ten; none where only the currency is named
  bool hundredths = false;   ///< "pence", "cents": of the currency
};

/// None where the text says anything else, or only "$" or a scale in words ("(in thousands)"), which are notes of the table.
std::optional<CurrencyHead> read_currency_head(std::string_view text);

/// "Basic earnings per share (pence)", "Yield per mile (cents)", "EPS, in cents": the row's numbers are hundredths. Lower case.
bool names_hundredths(std::string_view label);

}  // namespace factpress::tables
