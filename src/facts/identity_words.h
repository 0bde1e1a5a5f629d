#pragma once
#include <optional>
#include <string>
#include <vector>

#include "facts/identity_parts.h"

namespace factpress::facts::identity {

/// What the words of the opening say of the fiscal period.
struct Words {
  int quarter = 0;            ///< 1 to 4
  int half = 0;               ///< 1 or 2: the release tells of a half year, which ends with `quarter`, and names no quarter
  bool annual = false;        ///< "full year", "fiscal year results" without a quarter
  int year = 0;
  int likely_year = 0;        ///< as the years of other periods are called ("compared with the second quarter of fiscal 2013")
  bool fiscal = false;        ///< the year was called fiscal
  std::optional<Date> end;
  bool end_quarter = false, end_year = false;
  int end_months = 0;
  std::string text;
  Span span;
};

/// Reads them from the first paragraphs. A filing that is cited ("Form 10-K for the year ended ...") and what results are compared with
/// ("compared with the fourth quarter of 2003") do not tell the release's own period. Never fails.
Words read_words(const document::Document& document, const std::vector<Opening>& opening);

}  // namespace factpress::facts::identity
