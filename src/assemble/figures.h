#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "tables/table.h"

/// Numbers and dates as an arithmetic is shown to a reader.
namespace factpress::assemble {

/// "16,168,421", "-0.01", grouped by thousands; exactly as many digits after the point as the value has, or `places`.
std::string grouped(const Decimal& value, int places = 0);
/// "16.2 million" for 16200000 to decimals -5; as grouped() where no scale word fits. With the scale word of `printed` where it has one:
/// "1,223.5 million" beside "$1,223.4 million".
std::string rounded_words(const Decimal& value, std::optional<int> decimals, std::string_view printed = {});
/// "40.2%" for 0.402 to decimals 3.
std::string percent_words(const Decimal& value, std::optional<int> decimals);

struct Summand {
  Decimal value;
  int weight = 1;
};
/// "419,390 + 4,225,142 - 1,001" without the result; the sign of a negative number is drawn into the operator.
std::string sum_words(const std::vector<Summand>& summands, int places = 0);

/// "March 31, 2013"; "quarter ended March 31, 2013"; "year ended ..."; "9 months ended ..."; "39 weeks ended ...".
std::string period_words(const tables::Period& period);
/// "in thousands" for 3; empty for 0.
std::string scale_words(int scale);

}  // namespace factpress::assemble
