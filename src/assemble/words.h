#pragma once
#include <string>
#include <string_view>
#include <vector>

/// What the words of a label tell: enough to compare items of tables and prose, and to expect a total. No concept is picked here.
namespace factpress::assemble {

/// The words of a label in a comparable form: lower case, without footnote marks, articles and endings, one word for each
/// family of synonyms (sales, revenues: revenue; net loss, net earnings: net income), in order.
std::vector<std::string> key_words(std::string_view label);

/// The set of key_words, sorted and joined by spaces: equal for "Net (loss) income" and "Net loss", "Total revenues" and "Revenue".
std::string key_of(std::string_view label);

/// Every word of `part` is among those of `whole`.
bool has_all(const std::vector<std::string>& whole, const std::vector<std::string>& part);
bool has_word(const std::vector<std::string>& words, std::string_view word);

/// A label or heading without blanks around it and stops behind it: "Revenue:" is "Revenue".
std::string without_colon(std::string_view label);

bool says_total(std::string_view label);     ///< "Total ..."
bool says_result(std::string_view label);    ///< gross profit, operating loss, net income, income before ..., EBITDA, net cash ...
bool says_cost(std::string_view label);      ///< cost, expense, tax, provision, dividends, less: usually taken away
bool says_loss(std::string_view label);      ///< loss or deficit without income or equity beside it
bool says_adjusted(std::string_view label);  ///< adjusted, non-GAAP, pro forma, core, excluding, constant currency, organic

}  // namespace factpress::assemble
