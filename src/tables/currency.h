#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace factpress::tables {

/// What a header says that is nothing but a currency, a scale or both: "RMB", "US$", "£'000", "€m", "(HK$ in millions)", "pence".
struct CurrencyHead {
  std::string code;          ///< ISO 4217; empty: "$m" tells none
  std::optional<int> scale;  ///< power of ten; none where only the currency is named
  bool hundredths = false;   ///< "pence", "cents": of the currency
};

/// None where the text says anything else, or only "$" or a scale in words ("(in thousands)"), which are notes of the table.
std::optional<CurrencyHead> read_currency_head(std::string_view text);

/// The currency and the scale that a line, or brackets in it, tell and nothing else: "HK$ million", "Income statement (SEKm)", "Rs. crore, except per share".
std::optional<CurrencyHead> read_currency_note(std::string_view text);

/// What brackets at the end of a row's label tell of its money: "(£m)", "(HK$'000)", "(HK cents)", "(US$/t)".
struct LabelUnit {
  std::string code;           ///< ISO 4217; empty: not told
  std::optional<int> scale;   ///< power of ten
  bool hundredths = false;
  bool per_one = false;       ///< of one of something: "(US$/t)"
  bool exchange_rate = false; ///< of another currency: "(¥/US$)"
};
LabelUnit read_unit_of_label(std::string_view label);

/// The code of a currency sign or abbreviation at the start of `text` ("€", "US$", "Cdn$", "GBP"); `length` of it, 0 for none.
/// A bare "$" has length 1 and no code: the document decides.
struct CurrencySign {
  std::size_t length = 0;
  std::string_view code;
};
CurrencySign currency_sign(std::string_view text);

/// Three capital letters: a currency among the units of facts ("USD", but not "pure", "USD/shares"). Whether ISO 4217 lists it is not asked.
bool is_currency_code(std::string_view unit);

/// The currency that words name ("in thousands of euros", "Canadian dollars"): an ISO 4217 code or empty.
std::string_view read_currency(std::string_view text);

/// The currency of a note by its code: "NOK in millions", "in thousands of SEK", "(EUR million)"; empty for others. Any case.
std::string_view read_currency_code(std::string_view text);

/// "Basic earnings per share (pence)", "Yield per mile (cents)", "EPS, in cents": the row's numbers are hundredths. Lower case.
bool names_hundredths(std::string_view label);

}  // namespace factpress::tables
