#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.h"
#include "tables/currency.h"

namespace factpress::tables {

/// What the text of a cell is in a table of numbers.
enum class ValueText {
  words,          ///< anything else
  number,         ///< digits with their signs, brackets, per-cent and footnote marks
  dash,           ///< a dash of any kind in a number's place: zero
  not_available,  ///< "na", "N/M", "*": no number
  prefix,         ///< "$", "(", "($": the beginning of a number that stands in the next cell
  suffix,         ///< ")", "%", ")%", "(a)": its end or a footnote mark
};

struct NumberText {
  ValueText kind = ValueText::words;
  Decimal value;                    ///< without the sign of an opening bracket that another cell closes
  std::uint8_t fraction_digits = 0;
  bool negative = false;
  bool percent = false;
  bool currency = false;
  std::string currency_code;        ///< where the sign alone tells ("€", "£", "US$", "C$")
  bool open = false;                ///< "(": an opening bracket without its closing one
  bool close = false;               ///< ")" without its opening one
  bool minus_behind = false;        ///< "1,234-": the minus sign stood behind the digits
  bool year_like = false;           ///< four digits from 1950 to 2049 and nothing else: may be a year
  bool grouped = false;             ///< had thousands separators, or five digits and more before the point
  int power = 0;                    ///< 6 of "$825 M", "12.5 million": a power of ten that the cell itself tells
  char unit = 0;                    ///< 'x' (times), 'b' (basis points), 'p' (points), 'c' (pence, cents) after the number; else 0
  std::uint32_t begin = 0, end = 0; ///< of the print within the text, footnote marks left out
};

/// Bytes of a dash or minus sign at the start of the text: -, hyphens and dashes of U+2010 to U+2015, U+2212, U+FE63, U+FF0D.
std::size_t dash_length(std::string_view text);

/// Reads a cell's text by itself. `limit`: characters at the end from there on are a superscript and no part of the number.
NumberText read_number(std::string_view text, std::size_t limit = std::string_view::npos);

/// "46-", "$ 46-": whole digits and a hyphen, which is a minus sign where the table sets those of its larger numbers so; none for others.
std::optional<NumberText> read_minus_behind(std::string_view text);

/// "$410 - $415", "17% to 18%", "2.5 – 3.5x": two numbers that bound a range; what one of them alone prints (sign of currency, per cent) holds for
/// both. Places are within `text`. None where either part is anything but a number, where they look like years or a hyphenated code, or
/// where the second is not the larger, unless both print a per-cent sign ("22% to 21%": `low` is the second then).
struct NumberRange {
  NumberText low, high;
};
std::optional<NumberRange> read_number_range(std::string_view text);

/// "~$20", "approximately 80": a number that is told roughly.
std::optional<NumberText> read_rough_number(std::string_view text);


}  // namespace factpress::tables
