#pragma once
#include <string>
#include <string_view>

/// The release's words as a page shows them.
namespace factpress {

enum class Capitals { sentence, title };

/// Words printed in capitals all through, in the letters of a sentence or a title: "NET INCOME" is Net income, "STATEMENTS OF
/// INCOME" is Statements of Income, "ADJUSTED EBITDA" is Adjusted EBITDA. Words with a small letter come back as they are.
std::string without_shouting(std::string_view words, Capitals capitals);

}  // namespace factpress
