#include "check_facts.h"

#include <fmt/format.h>

#include <cctype>
#include <charconv>

#include "base/text.h"

namespace factpress::test {

namespace {

/// The digit that a numeric character reference at `i` stands for, if it stands for one; `i` is left on the last character of
/// the reference, which HTML reads with or without a semicolon.
char digit_of_reference(std::string_view text, std::size_t& i) {
  std::size_t at = i + 2;
  const bool hex = at < text.size() && (text[at] == 'x' || text[at] == 'X');
  if (hex) ++at;
  const std::size_t begin = at;
  while (at < text.size() && (hex ? std::isxdigit(static_cast<unsigned char>(text[at])) != 0 : is_digit(text[at]))) ++at;
  unsigned code = 0;
  const auto [end, error] = std::from_chars(text.data() + begin, text.data() + at, code, hex ? 16 : 10);
  i = at < text.size() && text[at] == ';' ? at : at - 1;
  return error == std::errc{} && code >= '0' && code <= '9' ? static_cast<char>(code) : '\0';
}

/// Digits of a stretch of source, without tags and the names of character references.
std::string digits_of_source(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '<') {
      const std::size_t close = text.find('>', i);
      if (close == std::string_view::npos) break;
      i = close;
    } else if (text.substr(i, 2) == "&#") {
      if (const char digit = digit_of_reference(text, i); digit != '\0') out += digit;
    } else if (text[i] == '&') {
      const std::size_t close = text.find(';', i);
      if (close != std::string_view::npos && close - i < 12) i = close;
    } else if (is_digit(text[i])) {
      out += text[i];
    }
  }
  return out;
}

std::string significant(std::string_view digits) {
  std::string out;
  for (char c : digits)
    if (is_digit(c)) out += c;
  const std::size_t first = out.find_first_not_of('0');
  if (first == std::string::npos) return "0";
  return out.substr(first, out.find_last_not_of('0') - first + 1);
}

}  // namespace

std::string wrong_fact(const facts::Reading& reading) {
  const std::string_view source = reading.document.source->bytes();
  for (const facts::RawFact& f : reading.facts) {
    const auto say = [&](std::string_view what) {
      return fmt::format("{}: label \"{}\", printed \"{}\", value {}, span {}..{}", what, f.label, f.printed, f.value.to_string(), f.span.begin, f.span.end);
    };
    if (f.span.end > source.size() || f.span.begin > f.span.end) return say("the span is outside the source");
    if (f.kind != facts::FactKind::table) continue;
    if (f.table < 0 || static_cast<std::size_t>(f.table) >= reading.tables.size()) return say("no such table");
    const tables::DataTable& table = reading.tables[static_cast<std::size_t>(f.table)];
    if (f.row < 0 || static_cast<std::size_t>(f.row) >= table.rows.size()) return say("no such row");
    const tables::TableRow& row = table.rows[static_cast<std::size_t>(f.row)];
    if (f.cell < 0 || static_cast<std::size_t>(f.cell) >= row.cells.size()) return say("no such cell");
    const tables::TableCell& cell = row.cells[static_cast<std::size_t>(f.cell)];
    if (f.block >= reading.document.blocks.size() || !reading.document.blocks[f.block].table) return say("no such block");
    const document::Table& grid = *reading.document.blocks[f.block].table;
    if (cell.block_row >= grid.rows.size() || cell.block_cell >= grid.rows[cell.block_row].cells.size()) return say("no such cell of the document");
    if (cell.printed.dash) {
      if (!f.value.is_zero()) return say("a dash is not zero");
      continue;
    }
    const std::string at_span = digits_of_source(reading.document.source->text(f.span));
    if (significant(at_span) != significant(cell.printed.value.to_string()) && significant(at_span) != "0") return say("the digits do not stand at the span (" + at_span + ")");
    if (significant(f.value.to_string()) != significant(at_span)) return say("the value was not printed");
  }
  return {};
}

}  // namespace factpress::test
