#include "tables/reporting_currency.h"

#include <algorithm>
#include <array>

#include "base/phrases.h"
#include "base/text.h"
#include "tables/currency.h"

namespace factpress::tables {

namespace {

constexpr std::size_t kLongestNote = 300;  // characters
constexpr std::size_t kFirstRows = 3;      // of a table, which may hold its note

/// The code that a note of amounts names; empty for other texts, and for a currency that is only spoken of.
std::string_view told_by(std::string_view text) {
  static constexpr Phrases kCurrencies{"dollars", "euro", "sterling", "yen", "renminbi", "franc", " in thousands", " in millions", " million", " thousand"};
  if (text.size() < 8 || text.size() > kLongestNote || !kCurrencies.in_any_case(text)) return {};
  static constexpr Phrases kNotes{"amounts", "expressed in", "stated in", "presented in", "reported in", "figures", "millions of", "thousands of", "unless otherwise", "except", "(canadian dollars", "in canadian dollars"};
  const auto head = read_currency_head(text);
  const bool of_columns = head && head->scale && !head->code.empty();  // "(EUR million)" counts by its code alone
  return kNotes.in_any_case(text) && !of_columns ? read_currency(text) : read_currency_code(text);
}

}  // namespace

std::string reporting_currency(const document::Document& document) {
  std::string told;
  bool several = false;
  const auto see = [&](std::string_view text) {
    const std::string_view code = told_by(text);
    if (code.empty()) return;
    if (told.empty()) told = code;
    else several = several || told != code;
  };
  for (const document::Block& block : document.blocks) {
    if (!block.table) {
      see(block.text.view());
      continue;
    }
    const std::size_t rows = std::min(block.table->rows.size(), kFirstRows);
    for (std::size_t r = 0; r < rows; ++r)
      for (const document::Cell& cell : block.table->rows[r].cells) see(cell.text.view());
  }
  return several || told == "USD" ? std::string() : told;
}

}  // namespace factpress::tables
