#include "tables/units.h"

#include <algorithm>

#include "base/text.h"
#include "tables/counted.h"
#include "tables/currency.h"
#include "tables/nature.h"
#include "tables/scale.h"

namespace factpress::tables {

namespace {

/// The unit that the heading above gives: the innermost that names one.
std::optional<UnitKind> unit_of_sections(const RowWords& row) {
  for (std::size_t i = row.sections.size(); i-- > 0;) {
    if (row.sections[i].front() == '(' && read_scale(row.sections[i]).money) continue;  // "(in millions, except per share data)" above the first row
    if (names_share_count(row.sections[i]) || row.sections[i].find("denominator") != std::string::npos) return UnitKind::shares;
    if (istarts_with(row.sections[i], "numerator")) return UnitKind::money;
    if (names_per_share(row.sections[i])) return UnitKind::per_share;
    if (row.cents && is_basic_or_diluted(row.sections[i])) return UnitKind::per_share;  // "Assuming dilution:" over "Continuing operations  2.31"
    const auto says = [&](std::string_view w) { return row.sections[i].find(w) != std::string::npos; };
    if (says("dilutive securities")) return UnitKind::shares;  // of an amount a share
    if (!row.fraction && (says("net sales") || says("revenue"))) return std::nullopt;  // amounts, whatever the part above counts
  }
  return std::nullopt;
}

/// "Net earnings for basic earnings per share", or what stands under "Numerator": an amount that is divided, whatever it is divided for.
bool is_numerator(std::string_view label, std::optional<UnitKind> of_sections) {
  const bool income = label.starts_with("net income") || label.starts_with("net loss") || label.starts_with("net earnings") || label.starts_with("net (loss)") || label.starts_with("income") || label.starts_with("earnings");
  if (!income) return false;
  for (std::string_view use : {" for basic", " for diluted", " for computing", " for purposes", " used in", " used to", " used for"})
    if (const std::size_t at = label.find(use); at != std::string_view::npos && at < label.rfind("per ")) return true;
  return of_sections == UnitKind::money && label.find("per ") > 20 && !label.ends_with("share");
}

}  // namespace

RowWords row_words(const LabelledRow& row, const std::vector<ValueGroup>& values, const std::vector<bool>& beside) {
  RowWords out;
  out.label = lower(row.label);
  for (const std::string& s : row.section) out.sections.push_back(lower(s));
  if (!row.parts) return out;
  const std::optional<Decimal> told = amount_told_per_share(out.label);
  out.told_per_share = told.has_value();
  for (std::size_t i = 0; i < values.size(); ++i) {
    const ValueGroup& g = values[i];
    if (g.weak || g.in_percents || beside[i]) continue;
    if (told && g.number.value.abs() == told->abs()) out.told_per_share = false;  // "Dividends declared, $.10 per share   .10"
    out.cents = out.cents || (g.number.fraction_digits == 2 && !g.number.percent && g.number.value.abs() < Decimal(1000));
    out.fraction = out.fraction || (g.number.fraction_digits > 0 && !g.number.percent);
    out.currency = out.currency || g.number.currency;
    out.only_dashes = out.only_dashes && g.number.kind != ValueText::number;
  }
  out.hundredths = names_hundredths(out.label) || (!out.sections.empty() && names_hundredths(out.sections.back()));
  LabelUnit told_unit = read_unit_of_label(row.label);
  if (told_unit.code.empty() && !row.section.empty()) told_unit = read_unit_of_label(row.section.back());
  out.currency_code = told_unit.code;
  out.currency_alone = !told_unit.scale && !told_unit.hundredths && !told_unit.per_one;
  out.exchange_rate = told_unit.exchange_rate;
  out.told_per_one = told_unit.per_one;
  out.things = names_things_outright(out.label);
  out.below_things = std::any_of(out.sections.begin(), out.sections.end(), [&](const std::string& s) { return s.size() < 40 && (names_a_number_of(s) || (names_things_outright(s) && !speaks_of_money(out.label))); });
  out.kept = !out.sections.empty() && heads_places(out.sections.back()) && names_a_number_kept(out.label);
  out.share_count = names_share_count(out.label);
  out.of_sections = unit_of_sections(out);
  out.per_share = names_per_share(out.label) && !is_numerator(out.label, out.of_sections);
  out.unit_price = out.told_per_one || names_unit_price(out.label) || (!out.sections.empty() && names_unit_price(out.sections.back()));
  return out;
}

namespace {

bool is_ratio(std::string_view label) {
  const std::size_t at = label.find("ratio");  // but not "operations", "integration"
  const bool ratio = at != std::string_view::npos && (at == 0 || !is_alpha(label[at - 1])) && (at + 5 >= label.size() || !is_alpha(label[at + 5]) || label[at + 5] == 's');
  const std::size_t slash = label.find('/');  // "Net debt/Adjusted EBITDA"
  if (slash != std::string_view::npos && label.find("ebitda", slash) != std::string_view::npos) return true;
  return ratio || label.find("leverage") != std::string_view::npos || label.find("times") != std::string_view::npos;
}

/// The line of a class of stock on a balance sheet, whose numbers are money: "Common stock, $0.01 par value; ...".
bool names_stock(std::string_view label) {
  return label.find("par value") != std::string_view::npos || label.find("stated value") != std::string_view::npos || label.find("liquidation") != std::string_view::npos;
}

/// "Shares" beside "Amount" under "Common stock".
bool heads_shares(const Column& column) {
  std::string last;
  for (std::size_t i = column.header.size(); i-- > 0 && last.empty();)
    if (column.header[i].find('(') == std::string::npos) last = lower(trim(column.header[i]));  // not "(in millions)"
  return last == "shares" || last == "number of shares" || last == "common shares outstanding" || last == "shares outstanding";
}

/// "Common shares" on a balance sheet, or "Class B - 1,226 shares outstanding": a class of stock, with its amount.
bool names_a_class(std::string_view label) {
  for (std::size_t at = label.find(" shares"); at != std::string_view::npos; at = label.find(" shares", at + 1))
    if (at > 0 && is_digit(label[at - 1])) return true;
  return label == "common shares" || label == "ordinary shares" || label == "preferred shares" || label == "shares";
}

/// "Gross margin %", "% of sales", "Growth (%)"
bool names_percentage(std::string_view label) {
  return !label.empty() && (label.back() == '%' || label.substr(0, 2) == "% " || label.find("(%)") != std::string_view::npos);
}

/// "Net income per common share", "Diluted earnings per share"; what stands after the share makes it another amount.
bool ends_in_per_share(std::string_view label) {
  const std::size_t at = label.rfind("per ");
  if (at == std::string_view::npos || at == 0) return false;
  for (std::string_view end : {"share", "unit"})
    if (label.size() > end.size() && label.substr(label.size() - end.size()) == end) return label.size() - at < 32;
  return false;
}

/// "Stock awards and equity units", "Less: participating securities", "Shares issuable on exercise": what lies between two numbers of shares.
bool names_dilution(std::string_view label) {
  for (std::string_view w : {"stock option", "stock award", "stock-based award", "share-based award", "equity award", "restricted stock", "stock unit", "share unit", "equity unit", "warrant", "participating securities",
                             "dilutive", "equivalents", "shares issuable", "share-based compensation plan", "convertible", "employee compensation-related shares"})
    if (label.find(w) != std::string_view::npos) return label.find("per share") == std::string_view::npos || label.find("excluded") != std::string_view::npos;
  return label.starts_with("total");
}

/// "Continuing operations - diluted"
bool ends_in_basic_or_diluted(std::string_view label) {
  const std::size_t at = label.find_last_of("-\u2013\u2014,:");
  return at != std::string_view::npos && is_basic_or_diluted(label.substr(at + 1));
}

}  // namespace

UnitKind unit_of(const ValueGroup& value, const RowWords& row, const Column& column, StatementKind statement, UnitKind previous) {
  const NumberText& n = value.number;
  if (n.power && n.currency) return UnitKind::money;
  if (n.percent || (n.unit && n.unit != 'c') || value.in_percents) return UnitKind::pure;
  if (column.in_percents && !n.currency) return UnitKind::pure;
  if (column.kind == Column::Kind::percent_change || column.kind == Column::Kind::percent_of) return UnitKind::pure;
  const std::string measure = lower(column.measure);
  // "Amount | Per share" beside each other; but in "Amount | % Sales" of an income statement an amount is what the row says
  if (statement == StatementKind::equity && !n.currency && n.fraction_digits == 0 && heads_shares(column)) return UnitKind::shares;
  // "Class A common stock | 20,000 | 2,045" under "Shares authorized | Shares outstanding"
  if (statement == StatementKind::other && !row.currency && n.fraction_digits == 0 && measure.starts_with("shares ") && measure.find("price") == std::string::npos && measure.find("amount") == std::string::npos) return UnitKind::shares;
  const bool amount_column = column.beside_per_share || (statement != StatementKind::income && measure.find("amount") != std::string::npos && measure.find("per") == std::string::npos);
  if (!measure.empty() && names_per_share(measure) && !(row.share_count && !n.currency) && (n.fraction_digits > 0 || n.kind == ValueText::dash)) return UnitKind::per_share;
  if (!measure.empty() && names_share_count(measure) && !n.currency && n.fraction_digits == 0 && measure.find("number of shares") != std::string::npos) return UnitKind::shares;
  for (std::string_view awards : {"number of rsus", "number of restricted stock", "number of stock options", "number of options"})
    if (measure.starts_with(awards) && !n.currency) return UnitKind::shares;
  const bool rate_column = (measure.find("yield") != std::string::npos || measure.find("rate") != std::string::npos || measure.find("wac") != std::string::npos) &&
                           measure.find("corporate") == std::string::npos && measure.find("operat") == std::string::npos;
  if (rate_column && n.fraction_digits > 0 && !n.currency && n.value.abs() < Decimal(100)) return UnitKind::pure;
  // "Shares purchased  (288)" under "Treasury stock": the amount paid for them
  const bool component = statement == StatementKind::equity && !column.dimensions.empty() && row.label.substr(0, 7) == "shares " && row.label.find("outstanding") == std::string::npos;
  if (row.share_count && !n.currency && !component && !(statement == StatementKind::balance && names_a_class(row.label))) return UnitKind::shares;
  if (row.per_share && !row.told_per_share && row.label.find("par value") == std::string::npos && !amount_column && (row.fraction || (row.only_dashes && !names_stock(row.label)))) return UnitKind::per_share;
  if (row.per_share && row.hundredths) return UnitKind::per_share;
  const bool of_earnings = statement == StatementKind::income || statement == StatementKind::reconciliation || statement == StatementKind::other;
  if (of_earnings && previous == UnitKind::shares && !row.currency && !n.currency && names_dilution(row.label) && !names_percentage(row.label)) return UnitKind::shares;
  if (of_earnings && !row.currency && row.label.starts_with("denominator")) return UnitKind::shares;
  if (names_percentage(row.label) && !row.currency && (n.fraction_digits > 0 || n.value.abs() <= Decimal(100)) && n.value.abs() < Decimal(1000)) return UnitKind::pure;
  // "Earnings per common share $15": a label that names nothing else, beside money that is scaled
  const bool only_per_share = of_earnings && row.currency && !row.fraction &&
                              n.value.abs() < Decimal(1000) && row.label.find_first_of("0123456789$") == std::string::npos && row.label.find(" for ") == std::string::npos && ends_in_per_share(row.label);
  if (only_per_share && !amount_column) return UnitKind::per_share;
  if (row.fraction && previous == UnitKind::per_share && n.value.abs() < Decimal(1000) && ends_in_basic_or_diluted(row.label)) return UnitKind::per_share;
  if (previous == UnitKind::shares && !row.currency && row.label.find("dilut") != std::string::npos && !row.label.empty() && row.label.find("per ") == std::string::npos &&
      row.label.find("income") == std::string::npos && row.label.find("earnings") == std::string::npos && !is_basic_or_diluted(row.label))
    return UnitKind::shares;
  const std::optional<UnitKind> section = row.of_sections;
  if (is_basic_or_diluted(row.label)) {
    if (section == UnitKind::per_share && !row.fraction && !row.only_dashes && !row.currency) return UnitKind::shares;
    if (section == UnitKind::per_share && previous == UnitKind::shares && !row.currency && n.fraction_digits <= 1 && n.value.abs() >= Decimal(100)) return UnitKind::shares;  // "Average shares: Basic  3,036.6" above it
    if (section) return *section == UnitKind::shares && n.currency ? UnitKind::money : *section;
    if (previous == UnitKind::per_share && row.fraction) return UnitKind::per_share;
    if (previous == UnitKind::shares && !row.currency) return UnitKind::shares;
    return row.fraction ? UnitKind::per_share : UnitKind::shares;
  }
  const bool small = n.fraction_digits > 0 || n.kind == ValueText::dash || n.value.abs() < Decimal(20);  // "Income | Shares | EPS" under "Basic EPS:"
  if (section == UnitKind::per_share && ((row.fraction && small) || (row.only_dashes && previous == UnitKind::per_share))) return UnitKind::per_share;
  if (section == UnitKind::shares && !row.currency && statement != StatementKind::cashflow && statement != StatementKind::balance && row.label.find("income") == std::string::npos &&
      row.label.find("dividend") == std::string::npos && row.label.find("ebitda") == std::string::npos)
    return UnitKind::shares;
  if (row.exchange_rate) return UnitKind::count;
  const auto says = [&](std::string_view w) { return row.label.find(w) != std::string::npos; };
  if (says("exchange rate") && row.fraction && !row.currency && n.value.abs() < Decimal(1000) && !says("effect") && !says("cash") && !says(" change") && !says("gain") &&
      !says("loss") && !says("impact"))
    return UnitKind::count;
  // "Americas" under "Headcount"
  const bool bare = !n.currency && !row.currency && !row.fraction;
  if (row.below_things && bare) return UnitKind::count;
  // "Open at end of period" under "Restaurants:"
  if (row.kept && statement != StatementKind::cashflow && bare && n.fraction_digits == 0) return UnitKind::count;
  const bool primary = statement == StatementKind::income || statement == StatementKind::balance || statement == StatementKind::cashflow ||
                       statement == StatementKind::equity;
  if (primary && bare && statement != StatementKind::cashflow && (names_a_number_of(row.label) || row.things || (n.fraction_digits == 0 && names_places(row.label)))) return UnitKind::count;
  if (!primary && !n.currency && ((!row.currency && names_a_count(row.label) && !column.unit_price) || names_a_count(measure) || (heads_counts(measure) && n.fraction_digits == 0))) return UnitKind::count;
  if (!primary && bare && previous == UnitKind::count && ((names_a_movement(row.label) && !speaks_of_money(row.label)) || row.label.empty() || (istarts_with(row.label, "total ") && !speaks_of_money(row.label)))) return UnitKind::count;
  // "Net additions" below "Paid members", also in millions; elsewhere they may be of assets or reserves
  if (!primary && !n.currency && !row.currency && previous == UnitKind::count && row.label.starts_with("net add")) return UnitKind::count;
  // "Produced" under "Gold equivalent ounces"
  if (!primary && bare && std::any_of(row.sections.begin(), row.sections.end(), [](const std::string& s) { return s.size() < 60 && (names_a_quantity(s) || names_units_sold(s)); }) && !speaks_of_money(row.label)) return UnitKind::count;
  if (!primary && !row.currency && (row.fraction || (!n.grouped && n.value.abs() < Decimal(1000))) && is_ratio(row.label)) return UnitKind::count;
  if (!primary && !row.currency && names_days(row.label) && n.value.abs() < Decimal(1000)) return UnitKind::count;
  return UnitKind::money;
}

std::vector<std::string> footnote_marks(std::string_view label) {
  std::vector<std::string> out;
  std::string_view rest = trim(label);
  while (!rest.empty() && rest.back() == ')') {
    const std::size_t open = rest.rfind('(');
    if (open == std::string_view::npos || rest.size() - open > 5 || rest.size() - open < 3) break;
    out.emplace_back(rest.substr(open));
    rest = trim(rest.substr(0, open));
  }
  return out;
}

std::map<std::string, int> footnote_scales(const std::vector<const RowParts*>& body) {
  std::map<std::string, int> out;
  for (const RowParts* row : body) {
    if (row->kind == RowKind::data || row->kind == RowKind::header || row->row->cells.empty()) continue;
    std::string text;
    for (const GridCell& c : row->row->cells) text += (text.empty() ? "" : " ") + std::string(c.text());
    if (text.size() > 60 || text[0] != '(') continue;
    const std::size_t close = text.find(')');
    if (close == std::string::npos || close > 4) continue;
    const ScaleNote note = read_scale(std::string_view(text).substr(close + 1));
    const auto power = note.money ? note.money : note.shares;
    if (power) out[text.substr(0, close + 1)] = *power;
  }
  return out;
}

}  // namespace factpress::tables
