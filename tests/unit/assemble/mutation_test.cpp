#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "assemble/passes.h"
#include "base/text.h"
#include "catch.h"
#include "shared.h"

using namespace factpress;
using model::Verdict;

namespace {

struct Checked {
  std::vector<assemble::Proof> proofs;
  std::vector<Span> spans;  // of every number
};

Checked check(std::string bytes, document::Format format) {
  diag::Sink sink;
  auto reading = facts::read_release(std::make_shared<const Source>("release", std::move(bytes)), format, sink);
  assemble::settle_bare_ratios(reading);
  assemble::Workbench bench(reading, sink);
  prove_all(bench);
  Checked c;
  c.proofs = std::move(bench.proofs);
  for (const auto& n : bench.numbers) c.spans.push_back(n.span);
  return c;
}

/// What a number is held by: the places at which a change of it may be said.
using Cover = std::map<std::uint32_t, std::set<std::uint32_t>>;

Cover cover_of(const Checked& c, std::map<std::uint32_t, Span>& spans) {
  Cover cover;
  for (const assemble::Proof& p : c.proofs) {
    const bool exact = p.kind == model::CheckKind::footing || p.kind == model::CheckKind::reconciliation || p.kind == model::CheckKind::balance || p.kind == model::CheckKind::tie;
    if (p.verdict != Verdict::proved || (!exact && p.kind != model::CheckKind::claim)) continue;
    std::set<std::uint32_t> places = {p.span.begin};
    if (exact) {
      for (const auto& part : p.parts) places.insert(c.spans[part.number].begin);
      for (const auto& part : p.parts) cover[c.spans[part.number].begin].insert(places.begin(), places.end());
      for (const auto& part : p.parts) spans[c.spans[part.number].begin] = c.spans[part.number];
    }
    cover[p.span.begin].insert(places.begin(), places.end());
    spans[p.span.begin] = p.span;
    if (p.result.number >= 0) {
      const Span at = c.spans[p.result.number];
      cover[at.begin].insert(places.begin(), places.end());
      spans[at.begin] = at;
    }
  }
  return cover;
}

}  // namespace

TEST_CASE("one changed digit of a covered number in a real release is contradicted there or at the total it feeds") {
  SKIP_WITHOUT_SHARED();
  std::ifstream in(test::shared_folder() / "seed" / "fusion-2013-q1.md", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const Checked clean = check(text, document::Format::markdown);
  CHECK(std::none_of(clean.proofs.begin(), clean.proofs.end(), [](const auto& p) { return p.verdict == Verdict::contradicted; }));
  std::map<std::uint32_t, Span> spans;
  const Cover cover = cover_of(clean, spans);
  CHECK(cover.size() > 120);
  int tried = 0, missed = 0;
  std::string report;
  for (const auto& entry : cover) {
    const auto& places = entry.second;  // no structured binding: clang 14 takes none into a lambda
    const Span span = spans[entry.first];
    for (std::uint32_t i = span.begin; i < span.end; ++i) {
      if (!is_digit(text[i])) continue;
      std::string changed = text;
      changed[i] = static_cast<char>('0' + (text[i] - '0' + 1 + (i % 8)) % 10);
      ++tried;
      const Checked c = check(std::move(changed), document::Format::markdown);
      const bool found = std::any_of(c.proofs.begin(), c.proofs.end(), [&](const assemble::Proof& p) { return p.verdict == Verdict::contradicted && places.count(p.span.begin) != 0; });
      if (found) continue;
      ++missed;
      report += "line " + std::to_string(std::count(text.begin(), text.begin() + span.begin, '\n') + 1) + ": " + text.substr(span.begin, span.size()) + ", digit at " + std::to_string(i - span.begin) + "\n";
    }
  }
  INFO(tried << " tried\n" << report);
  CHECK(missed == 0);
}
