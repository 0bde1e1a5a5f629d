#pragma once
#include <string>
#include <string_view>

#include "facts/prose_frame.h"

namespace factpress::facts::prose {

/// What the headings above a paragraph say of it.
struct Section {
  std::optional<tables::Period> period;  ///< "Six Months Results"
  std::optional<tables::Period> base;    ///< "First Quarter 2020 Compared to First Quarter 2019"
  bool guidance = false;                 ///< "Outlook"
  bool boilerplate = false;              ///< "Forward-Looking Statements", "Contacts": bare numbers state nothing there
  std::optional<tables::Period> guidance_period;
  std::string scope;                     ///< words that are neither the field's nor a period's ("Data Center")
  std::vector<std::pair<std::string, std::string>> dimensions;  ///< the scope, where tables know it as a member
  int level = 0;                         ///< of the heading that set guidance or boilerplate
};

/// Takes a heading in; `level` 0 for one that only looks like a heading.
void read_heading(const Text& text, int level, const Names& names, const Calendar& calendar, Section& section);

/// The periods of a sentence that leads a list in ("For the first nine months of 2024, compared with 2023, the company reported:").
void read_lead_in(const Text& text, Range sentence, const Calendar& calendar, Section& section);

/// Capitals on nearly all words, or everywhere: they tell nothing.
bool is_title_case(const Text& text, Range range);

}  // namespace factpress::facts::prose
