#pragma once
#include <string_view>

namespace factpress::validate::rules {

/// True for an alphabetic code that ISO 4217 assigns or has assigned to a currency or fund.
bool is_iso4217(std::string_view code);

}  // namespace factpress::validate::rules
