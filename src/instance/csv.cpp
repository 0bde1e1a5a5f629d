#include "instance/csv.h"

#include "base/text.h"
#include "diag/codes/instance.h"

namespace factpress::instance {

bool parse_csv(const SourcePtr& source, std::vector<CsvRow>& rows, diag::Sink& sink) {
  const std::string_view text = source->bytes();
  const auto fail = [&](std::size_t at, const char* message) {
    const auto o = static_cast<std::uint32_t>(at);
    sink.add({diag::codes::instance_csv_syntax, Place{source, {o, o + 1}}, message});
    return false;
  };
  if (!is_utf8(text)) return fail(0, "the table is not UTF-8");
  std::size_t i = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (i < text.size()) {
    CsvRow row;
    for (;;) {
      CsvCell cell{{static_cast<std::uint32_t>(i), 0}, i < text.size() && text[i] == '"'};
      if (cell.quoted) {
        const std::size_t open = i++;
        for (;; ++i) {
          if (i >= text.size()) return fail(open, "this quote is not closed");
          if (text[i] != '"') continue;
          if (i + 1 < text.size() && text[i + 1] == '"') ++i;
          else break;
        }
        ++i;
        if (i < text.size() && text[i] != ',' && text[i] != '\r' && text[i] != '\n') return fail(i, "text stands after the closing quote of a cell");
      } else {
        while (i < text.size() && text[i] != ',' && text[i] != '\r' && text[i] != '\n') {
          if (text[i] == '"') return fail(i, "a quote stands inside a cell that is not quoted");
          ++i;
        }
      }
      cell.span.end = static_cast<std::uint32_t>(i);
      row.cells.push_back(cell);
      if (i >= text.size() || text[i] != ',') break;
      ++i;
    }
    if (i < text.size() && text[i] == '\r') ++i;
    if (i < text.size() && text[i] == '\n') ++i;
    rows.push_back(std::move(row));
  }
  return true;
}

std::string csv_text(const Source& source, const CsvCell& cell) {
  std::string_view raw = source.text(cell.span);
  if (!cell.quoted) return std::string(raw);
  raw = raw.substr(1, raw.size() - 2);
  std::string out;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    out += raw[i];
    if (raw[i] == '"') ++i;
  }
  return out;
}

}  // namespace factpress::instance
