#include "mapping/match.h"

#include <fmt/format.h>

#include <array>

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
  double feature(Feature f, std::string_view name) const {
    for (const Match& m : matches)
      if (dictionary->name(m.id) == name) return get(m.features, f);
    return -1;
  }
  double likeness(std::string_view name) const { return feature(Feature::label_likeness, name); }
};

Searched candidates(const std::string& concepts, const std::string& labels, const std::string& label, const std::string& calls = {}) {
  Searched s;
  auto bytes = compile_dictionary({.concepts = concepts, .filers = {labels, {}}, .calls = calls});
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

TEST_CASE("a label that is a concept's name letter by letter is told from one that is only like it", "[mapping][match]") {
  const std::string concepts = concept_row("AmortizationOfDeferredCharges") + concept_row("OtherAmortizationOfDeferredCharges");
  const Searched s = candidates(concepts, "OtherAmortizationOfDeferredCharges\tassets\tamortization deferred charge\t1\n", "Amortization of Deferred Charges (1)");
  CHECK(s.feature(Feature::letters, "AmortizationOfDeferredCharges") == 1);
  CHECK(s.feature(Feature::letters_gap, "AmortizationOfDeferredCharges") == 0);
  CHECK(s.feature(Feature::letters, "OtherAmortizationOfDeferredCharges") < 1);
  CHECK(s.feature(Feature::letters_gap, "OtherAmortizationOfDeferredCharges") < 0);
}

TEST_CASE("a name counts as such where filers use its words for a label too", "[mapping][match]") {
  const Searched s = candidates(concept_row("Goodwill"), "Goodwill\tassets\tgoodwill\t1 2\n", "Goodwill");
  CHECK(s.feature(Feature::name_likeness, "Goodwill") == 1);
  CHECK(s.likeness("Goodwill") == 1);
}

TEST_CASE("words call for the words of names that they do not share", "[mapping][match]") {
  const std::string concepts = concept_row("PaymentsForPlants") + concept_row("ProceedsFromPlants");
  const std::string calls = fmt::format("{:016x}\t{:016x}\t0.8\n", token_of("additions"), token_of("payment")) + fmt::format("{:016x}\t{:016x}\t0.8\n", token_of("addition"), token_of("payment"));
  const Searched s = candidates(concepts, "", "Additions to plants", calls);
  CHECK(s.feature(Feature::name_called, "PaymentsForPlants") > s.feature(Feature::name_called, "ProceedsFromPlants"));
  CHECK(s.feature(Feature::called_gap, "ProceedsFromPlants") < 0);
}

TEST_CASE("what filers of a row's own time call by its words is told apart", "[mapping][match]") {
  const auto bytes = compile_dictionary({.concepts = concept_row("NewRevenue") + concept_row("OldRevenue"),
                                         .filers = {"NewRevenue\tassets\trevenue\t0 1 2\n", {}},
                                         .earlier = {"NewRevenue\tassets\trevenue\t1\nOldRevenue\tassets\trevenue\t99\n", {}}});
  REQUIRE(bytes);
  const auto d = *Dictionary::from_bytes(*bytes);
  const auto shares = [&](int year) {
    TableQuery query;
    Row row;
    row.label = "Revenue";
    query.rows.push_back(row);
    std::vector<TableWork> work{{query.kind, read_rows(query), {}}};
    Matcher(*d, year).gather(work);
    std::array<double, 3> of{};  // of the new concept: in all years, in those of the row; and how many filers those are, as a logarithm
    for (const Match& m : work[0].matches[0])
      if (d->name(m.id) == "NewRevenue") of = {get(m.features, Feature::bag_any), get(m.features, Feature::bag_any_near), get(m.features, Feature::seen_bag_near)};
    return of;
  };
  const auto now = shares(2024), then = shares(2010), unknown = shares(0);
  CHECK(now[0] == then[0]);
  CHECK((now[0] > 0.03 && now[0] < 0.05));  // 4 of 103
  CHECK(now[1] == 1);
  CHECK(then[1] < 0.02);
  CHECK(unknown == now);
  CHECK((now[2] > 1.3 && now[2] < 1.5));  // log(1 + 3)
  CHECK(then[2] > 4.5);
}

namespace {

/// The likelier of receipts and payments for a row of financing activities with these signs, beside a payment in brackets.
std::string flow(Signs signs) {
  const std::string row = "\tmonetary\tduration\t\t2008-2026\tcashflow\n";
  const auto bytes = compile_dictionary({.concepts = "PaymentsOfLoans" + row + "ProceedsFromLoans" + row + "ProceedsFromPaymentsForLoans" + row,
                                         .filers = {"PaymentsOfLoans\tfinancing\tloan\t0\nProceedsFromLoans\tfinancing\tloan\t1\n", {}}});
  REQUIRE(bytes);
  const auto d = *Dictionary::from_bytes(*bytes);
  TableQuery query;
  query.kind = TableKind::cashflow;
  Row first, second, total;
  first.label = "Loans", first.signs = signs;
  second.label = "Dividends", second.signs = Signs::negative;
  total.label = "Net cash provided by financing activities";
  query.rows = {first, second, total};
  std::vector<TableWork> work{{query.kind, read_rows(query), {}}};
  Matcher(*d, 0).gather(work);
  return std::string(d->name(work[0].matches[0][0].id));
}

}  // namespace

TEST_CASE("where payments are printed in brackets, a row's sign tells receipts from payments", "[mapping][match]") {
  CHECK(flow(Signs::positive) == "ProceedsFromLoans");
  CHECK(flow(Signs::negative) == "PaymentsOfLoans");
  CHECK(flow(Signs::mixed) == flow(Signs::unknown));
}

TEST_CASE("a name with the label's words in another order is more like it than one with some of them in order", "[mapping][match]") {
  const Searched s = candidates(concept_row("DepreciationAndAmortization") + concept_row("DepreciationDepletionAndAmortization"), "", "Depletion, depreciation and amortization");
  CHECK(s.feature(Feature::letters, "DepreciationDepletionAndAmortization") > s.feature(Feature::letters, "DepreciationAndAmortization"));
  CHECK(s.feature(Feature::letters, "DepreciationDepletionAndAmortization") < 1);
}
