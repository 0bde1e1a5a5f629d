#include "mapping/match.h"

#include <fmt/format.h>

#include "catch.h"
#include "mapping/compile.h"

using namespace factpress;
using namespace factpress::mapping;

namespace {

/// Words of two letters, none a plural or a known abbreviation: "aq0" and so on.
std::string made_up(int from, int to) {
  std::string out;
  for (int i = from; i < to; ++i) out += fmt::format("{}q{}x", i == from ? "" : " ", static_cast<char>('a' + i % 26) + std::string(static_cast<std::size_t>(i / 26), 'k'));
  return out;
}

struct Searched {
  std::shared_ptr<const Dictionary> dictionary;
  std::vector<Match> matches;
  double likeness(std::string_view name) const {
    for (const Match& m : matches)
      if (dictionary->name(m.id) == name) return get(m.features, Feature::label_likeness);
    return -1;
  }
};

Searched candidates(const std::string& concepts, const std::string& labels, const std::string& label) {
  Searched s;
  auto bytes = compile_dictionary({.concepts = concepts, .labels = labels});
  REQUIRE(bytes);
  s.dictionary = *Dictionary::from_bytes(std::move(*bytes));
  TableQuery query;
  Row row;
  row.label = label;
  query.rows.push_back(row);
  std::vector<TableWork> work{{query.kind, read_rows(query), {}}};
  Matcher(*s.dictionary, 0).gather(work);
  s.matches = work[0].matches[0];
  return s;
}

std::string concept_row(std::string_view name) { return fmt::format("{}\tmonetary\tinstant\tdebit\t2008-2026\tbalance\n", name); }

}  // namespace

TEST_CASE("all of a label's words count, however many there are", "[mapping][match]") {
  const std::string concepts = concept_row("Alpha") + concept_row("Beta") + concept_row("Gamma");
  const std::string labels = fmt::format("Alpha\tassets\t{}\t2\nBeta\tassets\t{}\t2\nGamma\tassets\t{}\t2\n", made_up(0, 38), made_up(0, 19), made_up(30, 38));
  const Searched s = candidates(concepts, labels, made_up(0, 38));
  CHECK(s.likeness("Alpha") == 1);
  CHECK((s.likeness("Beta") > 0.64 && s.likeness("Beta") < 0.76));    // half of the words: the root of 1/2
  CHECK((s.likeness("Gamma") > 0.4 && s.likeness("Gamma") < 0.52));  // 8 of 38
}

TEST_CASE("a concept of little likeness is found where there is no better one, and its likeness is exact", "[mapping][match]") {
  std::string concepts, labels;
  for (int i = 0; i < 60; ++i) {
    const std::string name = fmt::format("C{:02}", i);
    concepts += concept_row(name);
    // Each shares the word "qax" with the row; the first ten nothing else but words of their own, the others all.
    labels += i < 10 ? fmt::format("{}\tassets\tqax {}\t1\n", name, made_up(40 + 5 * i, 45 + 5 * i)) : fmt::format("{}\tassets\tqax qbx\t1\n", name);
  }
  labels += fmt::format("C05\tliabilities\t{}\t1\n", made_up(200, 203));
  const Searched alone = candidates(concepts, labels, made_up(200, 204));
  REQUIRE(alone.matches.size() == 1);
  CHECK(alone.likeness("C05") > 0.7);
  const Searched many = candidates(concepts, labels, "qax qbx zzx");
  CHECK(many.matches.size() == 24);
  CHECK((many.likeness("C10") > 0.2 && many.likeness("C10") < 1));
  CHECK(many.likeness("C05") == -1);  // others are more like it
}
