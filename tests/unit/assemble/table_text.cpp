#include "table_text.h"

#include "base/text.h"

namespace factpress::test {
namespace {

std::optional<tables::Period> period_of(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) {
    const auto end = Date::parse_iso(text);
    return end ? std::optional<tables::Period>({std::nullopt, *end}) : std::nullopt;
  }
  return tables::Period{Date::parse_iso(text.substr(0, slash)), *Date::parse_iso(text.substr(slash + 1))};
}

struct CellText {
  Decimal value;
  bool dash = false, negative = false;
  int places = 0;
};

CellText read(std::string_view text) {
  CellText c;
  std::string digits;
  for (char ch : text) {
    if (is_digit(ch) || ch == '.') digits += ch;
    if (ch == '(') c.negative = true;
  }
  c.dash = digits.empty();
  if (c.dash) return c;
  const std::size_t point = digits.find('.');
  if (point != std::string::npos) c.places = static_cast<int>(digits.size() - point - 1);
  c.value = *Decimal::parse(digits[0] == '.' ? "0" + digits : digits);
  if (c.negative) c.value = -c.value;
  return c;
}

tables::UnitKind unit_of(std::string_view label, std::string_view section) {
  if (icontains(label, "per share") || icontains(section, "per share") || icontains(section, "per common share")) return tables::UnitKind::per_share;
  if (icontains(label, "shares outstanding") || icontains(section, "shares outstanding")) return tables::UnitKind::shares;
  return tables::UnitKind::money;
}

}  // namespace

ReadingText& ReadingText::table(tables::StatementKind kind, std::string title, const std::vector<std::string>& columns, std::string_view lines, int scale) {
  tables::DataTable t;
  t.kind = kind;
  t.title = std::move(title);
  t.scale = scale;
  for (const std::string& c : columns) {
    tables::Column column;
    column.period = period_of(c);
    column.header = {c};
    if (c == "change") column.kind = tables::Column::Kind::change;
    t.columns.push_back(std::move(column));
  }
  std::string section;
  bool ruled = false;
  for (const std::string_view line : split(lines, '\n')) {
    if (trim(line).empty()) continue;
    if (trim(line).starts_with("---")) {
      ruled = true;
      continue;
    }
    tables::TableRow row;
    row.depth = static_cast<int>(line.find_first_not_of(' ')) / 2;
    row.ruled_above = ruled;
    ruled = false;
    const auto parts = split(line, '|');
    row.label = std::string(trim(parts[0]));
    text_ += row.label;
    if (parts.size() == 1) {
      row.heading = true;
      section = row.label.substr(0, row.label.find(':'));
    } else if (!section.empty()) {
      row.section = {section};
    }
    for (std::size_t i = 1; i < parts.size(); ++i) {
      const std::string printed(trim(parts[i]));
      if (printed.empty()) continue;
      const CellText read_cell = read(printed);
      tables::TableCell cell;
      cell.column = static_cast<int>(i) - 1;
      cell.unit = unit_of(row.label, section);
      cell.unit_code = cell.unit == tables::UnitKind::per_share ? "USD/shares" : cell.unit == tables::UnitKind::shares ? "shares" : "USD";
      const int power = cell.unit == tables::UnitKind::money ? scale : 0;
      cell.value = read_cell.value.shifted(power);
      cell.decimals = read_cell.places - power;
      cell.period = t.columns[i - 1].period;
      cell.printed = {read_cell.value, static_cast<std::uint8_t>(read_cell.places), read_cell.negative, false, read_cell.dash, false, "", printed, {}};
      text_ += " ";
      cell.printed.span = {static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(text_.size() + printed.size())};
      text_ += printed;
      row.cells.push_back(std::move(cell));
    }
    text_ += "\n";
    t.rows.push_back(std::move(row));
  }
  tables_.push_back(std::move(t));
  return *this;
}

facts::Reading ReadingText::make() {
  facts::Reading r;
  r.document.source = std::make_shared<const Source>("release.txt", text_);
  r.tables = tables_;
  for (std::size_t t = 0; t < r.tables.size(); ++t) {
    for (std::size_t i = 0; i < r.tables[t].rows.size(); ++i) {
      const tables::TableRow& row = r.tables[t].rows[i];
      for (std::size_t c = 0; c < row.cells.size(); ++c) {
        facts::RawFact f;
        f.statement = r.tables[t].kind;
        f.section = row.section;
        f.label = row.label;
        f.period = row.cells[c].period;
        f.unit = row.cells[c].unit_code;
        f.value = row.cells[c].value;
        f.decimals = row.cells[c].decimals;
        f.printed = row.cells[c].printed.text;
        f.span = row.cells[c].printed.span;
        f.table = static_cast<int>(t), f.row = static_cast<int>(i), f.cell = static_cast<int>(c);
        r.facts.push_back(std::move(f));
      }
    }
  }
  return r;
}

}  // namespace factpress::test
