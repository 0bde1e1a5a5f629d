#include "tables/outlook.h"

#include <algorithm>
#include <string_view>

#include "base/date.h"
#include "base/text.h"

namespace factpress::tables {

/// "2019E", "FY 2019E": a year as it is expected.
static bool names_expected_year(std::string_view text) {
  constexpr std::size_t year = 4;
  text = trim(text);
  if (text.size() <= year || text.back() != 'E') return false;
  return plain_year(text.substr(text.size() - year - 1, year)) != 0 && (text.size() == year + 1 || !is_alnum(text[text.size() - year - 2]));
}

bool tells_outlook(const document::Document& document, std::size_t table) {
  constexpr std::size_t texts_above = 4, first_rows = 3, longest = 400;
  const auto speaks = [](std::string_view text) {
    for (const std::string_view word : {"guidance", "outlook", "forecast", "expects", "we expect", "anticipates", "projected"})
      if (icontains(text, word)) return true;
    return false;
  };
  for (std::size_t i = table, seen = 0; i-- > 0 && seen < texts_above && document.blocks[i].kind != document::BlockKind::table; ++seen)
    if (const std::string_view text = document.blocks[i].text.view(); text.size() <= longest && speaks(text)) return true;
  const auto& rows = document.blocks[table].table->rows;
  for (std::size_t r = 0; r < std::min(rows.size(), first_rows); ++r)
    for (const document::Cell& cell : rows[r].cells)
      if (cell.text.size() <= longest && (speaks(cell.text.view()) || names_expected_year(cell.text.view()))) return true;
  return false;
}

}  // namespace factpress::tables
