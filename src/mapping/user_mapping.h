#pragma once
#include <optional>
#include <string>
#include <vector>

#include "facts/raw_fact.h"
#include "mapping/mapper.h"

namespace factpress::mapping {

/// A word pattern of a user's rule: no regular expressions, so that every rule can be read aloud.
struct Pattern {
  enum class Kind : std::uint8_t { any, exact, prefix, contains } kind = Kind::any;
  std::string text;  ///< white space collapsed; compared without regard to case
  bool matches(std::string_view candidate) const;
};

struct UserRule {
  Pattern label, section;  ///< section: against any heading above the row
  std::optional<TableKind> statement;
  std::string prefix, concept_name;  ///< prefix empty: standard where the dictionary has the name, else an extension
  std::optional<bool> negated;
  std::optional<DataType> type;
  std::optional<PeriodType> period;
  std::optional<Balance> balance;
  std::string unit;          ///< "EUR", "shares", "USD/shares", "pure", or what is counted
  std::optional<int> scale;  ///< power of ten of the row's numbers
  bool skip = false;
  std::string file;  ///< the mapping file that the rule stands in
  std::uint32_t line = 0;
};

class UserMapping {
 public:
  std::vector<UserRule> rules;
  facts::GivenIdentity release;  ///< [release]: who reports, and on what period
  /// The first rule that fits, or null. Rules stand in the order of their file, those of a later file before those of an
  /// earlier one: a file for one release can so overrule the company's own.
  const UserRule* find(std::string_view label, const std::vector<std::string_view>& sections, std::optional<TableKind> kind) const;
};

}  // namespace factpress::mapping
