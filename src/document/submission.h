#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "base/source.h"

/// A whole submission as EDGAR keeps it: a header of the filer, then documents between <DOCUMENT> and </DOCUMENT> (EDGAR, Public
/// Dissemination Service, technical specification). An earnings release is one of its exhibits.
namespace factpress::document {

/// What the header tells; spans of the values, empty where it does not.
struct Filing {
  Span company;          ///< COMPANY CONFORMED NAME
  Span cik;              ///< CENTRAL INDEX KEY
  Span filed;            ///< FILED AS OF DATE, as YYYYMMDD
  Span fiscal_year_end;  ///< FISCAL YEAR END, as MMDD
};

struct SubmissionPart {
  std::string_view type, file_name;  ///< "EX-99.1", "ex991.htm"; either may be empty
  Span span;                         ///< from <DOCUMENT> on
  Span text;                         ///< between <TEXT> and </TEXT>
};

struct Submission {
  Filing filing;
  std::vector<SubmissionPart> parts;
  std::size_t release = 0;  ///< the part to read: the first EX-99 that speaks of results, else the first EX-99 or EX-13, else the first part
};

/// Nothing where the bytes are no submission: a single document, with or without its SGML lines, is none. Linear in the size.
std::optional<Submission> find_submission(std::string_view bytes);

}  // namespace factpress::document
