#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "base/fs.h"
#include "base/result.h"
#include "validate/validate.h"

namespace factpress::validate {

struct SuiteOptions {
  Options validation;      ///< its calculation is what the suite's inconsistencies are judged by; set v10 for XBRL 2.1
  std::string deviations;  ///< a file of expected deviations, or empty: testcase URI, variation id, clause, reason; tab-separated
  std::size_t threads = 1;
};

struct SuiteResult {
  std::vector<std::string> lines;  ///< one a variation that failed (or passed though listed as a deviation), in the suite's order
  std::size_t passed = 0;          ///< expected deviations count as passed
  std::size_t failed = 0;
};

/// Runs a conformance suite in XBRL International's format: an index of testcases, variations with their data files (those to
/// be read first), and the expected result: valid, invalid, error codes, a post-validation infoset (facts or relationships)
/// or a list of dimensional facts. Fails where the index cannot be read.
Result<SuiteResult> run_suite(const std::shared_ptr<FileSystem>& files, const std::string& index, const SuiteOptions& options);

}  // namespace factpress::validate
