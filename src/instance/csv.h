#pragma once
#include <string>
#include <vector>

#include "base/source.h"
#include "diag/diagnostic.h"

namespace factpress::instance {

/// A cell as it stands in the file; quotes are resolved on demand, because most cells have none.
struct CsvCell {
  Span span;            ///< quotes included
  bool quoted = false;
};
struct CsvRow {
  std::vector<CsvCell> cells;
};

/// The rows of a CSV file by RFC 4180 (commas; CR, LF or CRLF). False after one finding instance.csv-syntax: a quote that is
/// not closed or stands where none may, or text that is not UTF-8.
bool parse_csv(const SourcePtr& source, std::vector<CsvRow>& rows, diag::Sink& sink);
/// The cell's text.
std::string csv_text(const Source& source, const CsvCell& cell);

}  // namespace factpress::instance
