#include <algorithm>

#include "assemble/passes.h"
#include "catch.h"
#include "facts/raw_fact.h"
#include "golden_cases.h"

using namespace factpress;

namespace {

/// As `check --format tsv` prints it, without its header line. A release is Markdown, or HTML where it begins with a tag.
std::string checks_of(const std::string& release) {
  diag::Sink sink;
  const auto source = std::make_shared<const Source>("case", release);
  auto reading = facts::read_release(source, release.starts_with('<') ? document::Format::html : document::Format::markdown, sink);
  assemble::settle_bare_ratios(reading);
  assemble::Workbench bench(reading, sink);
  prove_all(bench);
  std::stable_sort(bench.proofs.begin(), bench.proofs.end(), [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
  std::string out;
  for (const assemble::Proof& p : bench.proofs) {
    const LineColumn at = source->locate(p.span.begin);
    std::string detail = p.title;
    for (const std::string* part : {&p.arithmetic, &p.reason}) {
      if (!part->empty()) (detail += detail.empty() ? "" : ": ") += *part;
    }
    out += std::string(to_string(p.kind)) + "\t" + std::string(to_string(p.verdict)) + "\t" + std::to_string(at.line) + "\t" + std::to_string(at.column) + "\t" + detail + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("golden cases of the proofs") { test::check_golden_cases("proofs", 60, checks_of); }
