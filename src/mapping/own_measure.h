#pragma once
#include "mapping/mapper.h"

namespace factpress::mapping {

/// True where a row's label calls it a measure of the company's own ("Non-GAAP net income", "Adjusted EBITDA", "Free cash flow"),
/// or where it only says which ("Diluted") below a heading that does. No standard concept is that number: to file it as net income
/// would be false (Regulation G, 17 CFR 244.101(a)(1), tells such measures by what they leave out or add).
bool names_own_measure(const Row& row);

/// True where the label or its heading tells a kind of the item that a concept would have in its name too: "Average total assets" are not
/// Assets, nor are "Nonperforming assets".
bool is_of_other_kind(const Row& row, std::string_view concept_name);

}  // namespace factpress::mapping
