#pragma once
#include <string>
#include <vector>

#include "base/fs.h"
#include "base/result.h"
#include "xml/document.h"

namespace factpress::validate {

/// One variation of a testcase, with paths made whole.
struct Variation {
  std::string testcase;  ///< the URI as the index has it
  std::string id, name;
  std::vector<std::string> read_first;  ///< what is to be checked
  enum class Expected : std::uint8_t { valid, invalid, codes } expected = Expected::valid;
  std::vector<std::string> codes;  ///< one of which must be found, as "prefix:local" with the specification's usual prefix
  std::string result_file;         ///< expected infoset, relationships or fact list; empty for none
};

/// The variations of a suite in the order of its index. The namespaces of the index and the testcases do not matter.
/// Fails where the index cannot be read; a testcase that cannot is a variation without files, which then fails.
Result<std::vector<Variation>> read_suite(const FileSystem& files, const std::string& index);

}  // namespace factpress::validate
