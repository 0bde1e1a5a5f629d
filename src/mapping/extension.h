#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mapping/dictionary.h"

namespace factpress::mapping {

/// An element name from a label by the EDGAR Filer Manual's rule for extensions (6.8.5: label in upper camel case, LC3): each
/// word begins with a capital, articles and signs are left out, figures stay, "%" is Percent, "&" is And; at most 200
/// characters; begins with a letter. Empty where the label has no letter or figure.
std::string camel_case_name(std::string_view label);

/// The years and rates of a label ("Fiscal 2016", "5.375% senior notes due 2021") as they stand, each behind a blank: items whose
/// labels differ in these alone are different items. Other numbers (counts, amounts, the year of a day: "Balance at June 30, 2018")
/// are those of a period, not of the item.
std::string telling_numbers(std::string_view label);

/// Names of a session's extension concepts: the same item always gets the same, different items never share one.
class ExtensionNames {
 public:
  /// `identity` tells items apart (label, headings, unit, period type). Never a name that the dictionary has.
  std::string name_for(const std::string& identity, std::string_view label, const std::vector<std::string_view>& sections, const Dictionary& dictionary);

 private:
  std::map<std::string, std::string> by_identity_;
  std::set<std::string> used_;
};

}  // namespace factpress::mapping
