#include "validate/suite.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

#include <fmt/core.h>

#include "base/text.h"
#include "validate/suite_index.h"
#include "validate/suite_results.h"

namespace factpress::validate {
namespace ns = xml::ns;
namespace {

/// What the suites call errors that XML Schema validation finds; every one of ours that stands for such has this prefix.
bool code_fits(std::string_view wanted, std::string_view found) {
  if (wanted == found) return true;
  return wanted.ends_with(":XmlSchemaError") && (found.starts_with("schema.") || found.starts_with("xml."));
}

/// Errors, and calculation inconsistencies, which the suites count as invalid whatever their severity here.
bool counts(const diag::Diagnostic& d) { return d.severity == diag::Severity::error || d.code->code == "calculation.inconsistent"; }

class SuiteRun {
 public:
  SuiteRun(std::shared_ptr<FileSystem> files, const Options& options) : files_(files), engine_(std::move(files), options) {}

  void keep_snapshot() const { engine_.keep_snapshot(); }
  /// Empty where the variation comes out as it should, else why not.
  std::string run(const Variation& v) const {
    if (v.read_first.empty()) return v.name.empty() ? "nothing to read" : v.name;
    std::vector<diag::Diagnostic> found;
    std::string difference;
    std::shared_ptr<const xml::Document> expected;
    if (!v.result_file.empty()) {
      const auto stored = engine_.store().open(v.result_file);
      expected = stored->xml;
      if (!expected) return fmt::format("the result file {} cannot be read", v.result_file);
    }
    Observer observer;
    if (expected) watch(observer, expected, difference);
    for (const std::string& file : v.read_first) {
      const FileFindings findings = engine_.check(file, observer);
      for (const diag::Diagnostic& d : findings.sink.all()) {
        if (counts(d)) found.push_back(d);
      }
    }
    std::string why = judge(v, found);
    return why.empty() ? difference : why;
  }

 private:
  static void watch(Observer& observer, const std::shared_ptr<const xml::Document>& expected, std::string& difference) {
    const xml::Element root = expected->root();
    if (root.is(ns::xbrli, "xbrl")) {
      observer.instance = [&, expected](const CheckedInstance& i) { difference = compare_infoset(i, expected); };
    } else if (root.local_name() == "ptvl") {
      observer.taxonomy = [&, expected](const taxonomy::LoadedDts& d) { difference = compare_relationships(*d.taxonomy, *expected); };
    } else if (root.local_name() == "facts") {
      observer.instance = [&, expected](const CheckedInstance& i) { difference = compare_fact_list(i, *expected); };
    } else {
      difference = fmt::format("the result file has an unknown root {}", root.raw_name());
    }
  }

  static std::string judge(const Variation& v, const std::vector<diag::Diagnostic>& found) {
    const auto first = [&] { return fmt::format("{}: {} ({})", found[0].code->code, found[0].message, found.size()); };
    switch (v.expected) {
      case Variation::Expected::valid: return found.empty() ? std::string() : fmt::format("expected valid, found {}", first());
      case Variation::Expected::invalid: return found.empty() ? "expected invalid, found nothing wrong" : std::string();
      case Variation::Expected::codes: break;
    }
    for (const std::string& code : v.codes) {
      const bool there = std::any_of(found.begin(), found.end(), [&](const diag::Diagnostic& d) { return code_fits(code, d.code->code); });
      if (!there) return fmt::format("expected {}, found {}", code, found.empty() ? std::string("nothing wrong") : first());
    }
    for (const diag::Diagnostic& d : found) {
      const bool wanted = std::any_of(v.codes.begin(), v.codes.end(), [&](const std::string& code) { return code_fits(code, d.code->code); });
      if (!wanted) return fmt::format("beside {} found {}: {}", v.codes[0], d.code->code, d.message);
    }
    return {};
  }

  std::shared_ptr<FileSystem> files_;
  Engine engine_;
};

struct Deviation {
  std::string clause, reason;
};

Result<std::map<std::string, Deviation>> read_deviations(const FileSystem& files, const std::string& path) {
  std::map<std::string, Deviation> all;
  if (path.empty()) return all;
  auto bytes = files.read(path);
  if (!bytes) return Failure{fmt::format("{}: {}", path, bytes.error())};
  for (const std::string_view row : split(*bytes, '\n')) {
    if (trim(row).empty() || row[0] == '#') continue;
    const auto cells = split(row, '\t');
    if (cells.size() != 4 || trim(cells[2]).empty() || trim(cells[3]).empty()) {
      return Failure{fmt::format("{}: a deviation needs a testcase, a variation, a clause and a reason: {}", path, row)};
    }
    all[fmt::format("{}\t{}", cells[0], cells[1])] = {std::string(cells[2]), std::string(trim(cells[3]))};
  }
  return all;
}

}  // namespace

Result<SuiteResult> run_suite(const std::shared_ptr<FileSystem>& files, const std::string& index, const SuiteOptions& options) {
  auto variations = read_suite(*files, index);
  if (!variations) return Failure{variations.error()};
  auto deviations = read_deviations(*files, options.deviations);
  if (!deviations) return Failure{deviations.error()};
  const SuiteRun run(files, options.validation);
  std::vector<std::string> why(variations->size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < why.size(); i = next++) why[i] = run.run((*variations)[i]);
  };
  std::vector<std::jthread> pool;
  for (std::size_t i = 1; i < options.threads; ++i) pool.emplace_back(work);
  work();
  pool.clear();
  run.keep_snapshot();
  SuiteResult result;
  for (std::size_t i = 0; i < why.size(); ++i) {
    const Variation& v = (*variations)[i];
    const auto deviation = deviations->find(fmt::format("{}\t{}", v.testcase, v.id));
    const bool known = deviation != deviations->end();
    if (why[i].empty() != known) {
      ++result.passed;
      continue;
    }
    ++result.failed;
    result.lines.push_back(fmt::format("{} {} ({}): {}", v.testcase, v.id, v.name,
                                       known ? fmt::format("passes, though listed as a deviation ({})", deviation->second.clause) : why[i]));
  }
  return result;
}

}  // namespace factpress::validate
