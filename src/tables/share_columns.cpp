#include "tables/share_columns.h"

#include <algorithm>
#include <array>

#include "base/phrases.h"
#include "base/text.h"
#include "tables/period_words.h"
#include "tables/scale.h"

namespace factpress::tables {

namespace {

enum class Heads { nothing, perhaps, shares };

/// The innermost text of a column's header that is neither a note nor a period.
std::string innermost(const Column& column) {
  for (std::size_t i = column.header.size(); i-- > 0;) {
    std::string text = lower(trim(column.header[i]));
    while (!text.empty() && text.back() == ')') {  // "shares (in thousands)"
      const std::size_t open = text.rfind('(');
      if (open == std::string::npos) break;
      text = std::string(trim(std::string_view(text).substr(0, open)));
    }
    if (!text.empty() && !read_period_words(text).any()) return text;
  }
  return {};
}

Heads heads(std::string_view text) {
  static constexpr std::array<std::string_view, 14> kShares = {"shares", "shares/units", "shares and units", "number of shares", "no. of shares", "# of shares", "shares issued", "shares outstanding", "common shares outstanding",
      "outstanding shares", "issued shares", "number of common shares", "shares of common stock", "common stock shares"};
  if (std::find(kShares.begin(), kShares.end(), text) != kShares.end() || text.ends_with(" stock shares") || text.ends_with(" shares outstanding") || text.starts_with("shares of ") ||
      text.starts_with("number of shares "))
    return Heads::shares;
  static constexpr std::array<std::string_view, 9> kPerhaps = {"number", "common shares", "ordinary shares", "preferred shares", "treasury shares", "units", "number of units",
      "common stock outstanding", "treasury stock outstanding"};
  return std::find(kPerhaps.begin(), kPerhaps.end(), text) != kPerhaps.end() ? Heads::perhaps : Heads::nothing;
}

struct Signs {
  std::size_t own = 0;     ///< numbers of the column with a sign of money or of per cent
  std::size_t beside = 0;  ///< numbers without one in rows where other columns print a currency sign
  std::size_t bare = 0;    ///< numbers without one
};

Signs signs_of(const DataTable& table, int column) {
  Signs out;
  for (const TableRow& row : table.rows) {
    const bool signed_row = std::any_of(row.cells.begin(), row.cells.end(), [&](const TableCell& c) { return c.column != column && c.printed.currency; });
    for (const TableCell& c : row.cells) {
      if (c.column != column || c.printed.dash) continue;
      if (c.printed.currency || c.printed.percent) ++out.own;
      else ++out.bare, out.beside += signed_row ? 1 : 0;
    }
  }
  return out;
}

void make_shares(TableCell& c, int power) {
  c.unit = UnitKind::shares;
  c.unit_code = "shares";
  c.value = c.printed.dash ? Decimal(0) : c.printed.value.shifted(power);
  if (!c.printed.dash) c.decimals = c.printed.fraction_digits - power;
}

/// "Units | Dollars (millions) | Average Sales Price": what is sold, counted one by one.
bool beside_prices(const DataTable& table, std::string_view text) {
  if (text != "units" && text != "number of units" && text != "number" && text != "homes") return false;
  return std::any_of(table.columns.begin(), table.columns.end(), [](const Column& c) {
    const std::string other = innermost(c);
    const bool signs = std::any_of(c.header.begin(), c.header.end(), [](const std::string& h) { return h.starts_with("$ ("); });  // "$ (Millions)"
    return signs || other.find("sales price") != std::string::npos || other.find("selling price") != std::string::npos || other.find("average price") != std::string::npos || other == "dollars" || other == "dollar value" || other == "$";
  });
}

/// "Limited partners", "Nonvested at January 1", "OP units": units that are held, as shares are.
bool tells_holders(const DataTable& table) {
  static constexpr Phrases kWords{"partner", "unitholder", "common unit", "op unit", "outstanding", "grant", "vest", "award", "forfeit", "issued", "issuance", "redeem", "redemption", "repurchase", "equity", "series", "class", "stock unit", "share unit", "rsu"};
  if (kWords.in_any_case(table.title)) return true;
  for (const Column& c : table.columns)
    if (std::any_of(c.header.begin(), c.header.end(), [](const std::string& h) { return kWords.in_any_case(h); })) return true;
  return std::any_of(table.rows.begin(), table.rows.end(), [](const TableRow& r) { return kWords.in_any_case(r.label); });
}

void make_count(TableCell& c) {
  c.unit = UnitKind::count;
  c.unit_code = "pure";
  c.value = c.printed.dash ? Decimal(0) : c.printed.value;
  if (!c.printed.dash) c.decimals = c.printed.fraction_digits;
}

/// "Shares/Units | Price | Value": what one share costs, beside how many there are.
void settle_price_of_shares(DataTable& table) {
  const auto heads_shares = [](const Column& c) { return heads(innermost(c)) == Heads::shares; };
  if (std::none_of(table.columns.begin(), table.columns.end(), heads_shares)) return;
  for (TableRow& row : table.rows)
    for (TableCell& c : row.cells) {
      const bool price = innermost(table.columns[static_cast<std::size_t>(c.column)]) == "price" && c.printed.fraction_digits > 0 && !c.own_scale;
      if (!price || (c.unit != UnitKind::money && c.unit != UnitKind::shares)) continue;
      c.unit_code = (c.unit == UnitKind::money ? c.unit_code : table.currency) + "/shares";
      c.unit = UnitKind::per_share;
      c.value = c.printed.value;
      c.decimals = c.printed.fraction_digits;
    }
}

}  // namespace

std::optional<int> scale_of_shares(std::string_view header) {
  const std::size_t open = header.find('(');
  if (open == std::string_view::npos || heads(lower(trim(header.substr(0, open)))) != Heads::shares) return std::nullopt;
  const ScaleNote note = read_scale(header);
  return note.money ? note.money : note.shares;
}

std::optional<int> scale_of_shares(const Column& column) {
  for (const std::string& text : column.header)
    if (const std::optional<int> power = scale_of_shares(text)) return power;
  return std::nullopt;
}

int scale_of_shares(const DataTable& table, const Column& column) { return column.share_scale.value_or(column.scale.value_or(table.share_scale.value_or(table.scale))); }  // "Units (in thousands)"

void settle_share_columns(DataTable& table) {
  if (table.kind == StatementKind::income || table.kind == StatementKind::balance || table.kind == StatementKind::cashflow) return;
  settle_price_of_shares(table);
  const bool equity = table.kind == StatementKind::equity;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    if (column.kind != Column::Kind::value) continue;
    const std::string text = innermost(column);
    const bool counts = (beside_prices(table, text) || (text == "units" && !equity)) && !tells_holders(table);
    const Heads told = heads(text);
    if (told == Heads::nothing && !counts) continue;
    const Signs signs = signs_of(table, static_cast<int>(i));
    if (counts && signs.own == 0) {
      for (TableRow& row : table.rows)
        for (TableCell& c : row.cells)
          if (c.column == static_cast<int>(i) && (c.unit == UnitKind::money || c.unit == UnitKind::shares)) make_count(c);
      continue;
    }
    if (signs.own > 0 || signs.bare == 0) continue;
    if ((told == Heads::perhaps || !equity) && signs.beside == 0) continue;
    for (TableRow& row : table.rows)
      for (TableCell& c : row.cells)
        if (c.column == static_cast<int>(i) && (column.share_scale || (!c.own_scale && c.unit != UnitKind::shares))) {
          make_shares(c, scale_of_shares(table, column));
          c.own_scale = c.own_scale || column.share_scale;
        }
  }
}

}  // namespace factpress::tables
