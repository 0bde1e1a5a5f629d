#include "mapping/dictionary.h"

#include "catch.h"
#include "mapping/compile.h"

using namespace factpress;
using namespace factpress::mapping;

TEST_CASE("the built-in dictionary has what a release needs", "[mapping][dictionary]") {
  const auto d = Dictionary::built_in(Profile::us_gaap);
  REQUIRE(d != nullptr);
  CHECK(d->concepts().size() >= 3000);
  const auto assets = d->find("Assets");
  REQUIRE(assets);
  const ConceptInfo info = d->info(*assets);
  CHECK(info.period == PeriodType::instant);
  CHECK(info.balance == Balance::debit);
  CHECK(info.type == DataType::monetary);
  CHECK(info.in_year(2009));
  CHECK(info.in_year(2025));
  CHECK_FALSE(d->find("AssetsX"));
  // Of no official statement and of no type in the sources: its name says enough.
  const auto claim = d->find("LossContingencyReceivableNoncurrent");
  REQUIRE(claim);
  CHECK(d->info(*claim).type == DataType::monetary);
  CHECK(d->info(*claim).period == PeriodType::instant);
  CHECK(d->nearest("Asets") == "Assets");
}

TEST_CASE("every concept of the dictionary is whole", "[mapping][dictionary]") {
  for (const Profile p : {Profile::us_gaap, Profile::ifrs}) {
    const auto d = Dictionary::built_in(p);
    REQUIRE(d != nullptr);
    for (ConceptId id = 0; id < d->concepts().size(); ++id) {
      const ConceptInfo c = d->info(id);
      INFO(c.name);
      REQUIRE(c.period != PeriodType::unknown);
      REQUIRE(c.years != 0);
      REQUIRE((c.balance == Balance::none || c.type == DataType::monetary));
      REQUIRE(d->find(c.name) == id);
    }
  }
}

TEST_CASE("a concept exists only in its years", "[mapping][dictionary]") {
  const auto d = Dictionary::built_in(Profile::us_gaap);
  CHECK_FALSE(d->info(*d->find("OperatingLeaseRightOfUseAsset")).in_year(2013));
  CHECK(d->info(*d->find("OperatingLeaseRightOfUseAsset")).in_year(2020));
  CHECK(d->info(*d->find("SalesRevenueNet")).in_year(2013));
  CHECK_FALSE(d->info(*d->find("SalesRevenueNet")).in_year(2022));
}

TEST_CASE("a table that cannot be read is refused with its line", "[mapping][dictionary]") {
  const auto bad = compile_dictionary({.concepts = "# comment\nAssets\tmonetary\tinstant\tdebit\t2008-2026\tbalance\nBroken\tmoney\tinstant\t\t2008\tbalance\n"});
  REQUIRE_FALSE(bad);
  CHECK(bad.error() == "concepts, line 3: cannot be read");
  CHECK_FALSE(compile_dictionary({.concepts = "B\tmonetary\tinstant\t\t2008\t\nA\tmonetary\tinstant\t\t2008\t\n"}));  // not sorted
  CHECK_FALSE(compile_dictionary({.concepts = "A\tmonetary\tinstant\t\t1999\t\n"}));
  CHECK_FALSE(compile_dictionary({.concepts = "A\tmonetary\tinstant\t\t2008\t\n", .model = "node\t1\t2\t3\t4\n"}));
  CHECK(compile_dictionary({.concepts = "A\tmonetary\tinstant\t\t2008\t\n", .model = "tree\nnode\t1\t2\t1\t2\nleaf\t0.5\nleaf\t0.25\n"}));
  CHECK(compile_dictionary({.concepts = "A\tmonetary\tinstant\t\t2008\t\n", .model = "tree\nleaf\t0.5\ntree-again\nleaf\t0.5\n"}));
  CHECK_FALSE(compile_dictionary({.concepts = "A\tmonetary\tinstant\t\t2008\t\n", .model = "tree-again\nleaf\t0.5\ntree\nleaf\t0.5\n"}));
  CHECK_FALSE(compile_dictionary({.concepts = "A\tmonetary\tinstant\t\t2008\t\n", .filers = {.labels = "A\tassets\ta\t1 x\n", .pairs = {}}}));      // filers are numbers,
  CHECK_FALSE(compile_dictionary({.concepts = "A\tmonetary\tinstant\t\t2008\t\n", .filers = {.labels = "A\tassets\ta\t65535\n", .pairs = {}}}));    // and not that many
  CHECK_FALSE(compile_dictionary({.concepts = "A\tmonetary\tinstant\t\t2008\t\n", .calls = "00ff\tword\t0.5\n"}));
  for (const char* tree : {"tree\n", "tree\nnode\t1\t2\t1\t3\nleaf\t0.5\nleaf\t0.25\n", "tree\nnode\t1\t2\t0\t1\nleaf\t0.5\n"}) {
    const auto wrong = compile_dictionary({.concepts = "A\tmonetary\tinstant\t\t2008\t\n", .model = tree});
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error() == "model: a tree's branch leads nowhere");
  }
}

TEST_CASE("bytes that are no dictionary are refused", "[mapping][dictionary]") {
  CHECK_FALSE(Dictionary::from_bytes({}));
  CHECK_FALSE(Dictionary::from_bytes(std::vector<std::uint64_t>(40, 0)));
  std::vector<std::uint64_t> lies(40, 0xFFFFFFFFFFFFULL);
  lies[0] = kDictionaryMagic;
  CHECK_FALSE(Dictionary::from_bytes(lies));
}

TEST_CASE("the same sources compile to the same bytes", "[mapping][dictionary]") {
  const DictionarySources s{.concepts = "Assets\tmonetary\tinstant\tdebit\t2008-2026\tbalance\nCash\tmonetary\tinstant\tdebit\t2008-2026\tbalance\n",
                            .filers = {.labels = "Cash\tcurrent-assets\tcash\t4\n", .pairs = {}}};
  const auto a = compile_dictionary(s), b = compile_dictionary(s);
  REQUIRE(a);
  REQUIRE(b);
  CHECK(*a == *b);
}

TEST_CASE("the taxonomy release is the one that applied at the period's end", "[mapping][concept]") {
  const auto at = [](int y, int m, int d) { return release_for(*Date::of(y, m, d)); };
  CHECK(at(2013, 3, 31).gaap_namespace == "http://fasb.org/us-gaap/2013-01-31");
  CHECK(at(2010, 9, 25).gaap_namespace == "http://xbrl.us/us-gaap/2009-01-31");
  CHECK(at(2004, 6, 26).gaap_namespace == "http://xbrl.us/us-gaap/2008-03-31");
  CHECK(at(2022, 5, 1).gaap_namespace == "http://fasb.org/us-gaap/2022");
  CHECK(at(2016, 6, 30).dei_namespace == "http://xbrl.sec.gov/dei/2014-01-31");
  CHECK(at(2017, 12, 31).srt_namespace.empty());
  CHECK(at(2020, 3, 31).srt_namespace == "http://fasb.org/srt/2020-01-31");
}

TEST_CASE("who uses label words and concepts is kept filer by filer", "[mapping][dictionary]") {
  const std::string row = "\tmonetary\tinstant\tdebit\t2008-2026\tbalance\n";
  const auto bytes = compile_dictionary({.concepts = "Assets" + row + "Cash" + row, .filers = {.labels = "Assets\tassets\tcash\t1\nCash\tcurrent-assets\tcash\t0 2\n", .pairs = {}}});
  REQUIRE(bytes);
  const auto d = *Dictionary::from_bytes(*bytes);
  const auto uses = d->filer_uses(words_of_label("Cash").bag);
  REQUIRE(uses.size() == 3);
  CHECK((uses[0].filer == 0 && uses[1].filer == 1 && uses[2].filer == 2));
  CHECK(d->name(uses[1].concept_id) == "Assets");
  CHECK(d->users(*d->find("Cash")).size() == 2);
  CHECK(d->filer_norms().size() == 3);
  CHECK(d->filer_uses(words_of_label("inventory").bag).empty());
}

TEST_CASE("filers of other times and places are counted together and the earlier ones apart", "[mapping][dictionary]") {
  const std::string row = "\tmonetary\tinstant\tdebit\t2008-2026\tbalance\n";
  const auto bytes = compile_dictionary({.concepts = "Assets" + row + "Cash" + row,
                                         .filers = {"Cash\tcurrent-assets\tcash\t0 2\n", "name\tAssets\nname\tCash\nparent\t0\t0\t1 2\n"},
                                         .later = {"Cash\tcurrent-assets\tcash\t0\n", {}},
                                         .earlier = {"Cash\tcurrent-assets\tcash\t70000\nAssets\tcurrent-assets\tcash\t5\nLand\tassets\tland\t9\n",
                                                     "name\tCash\nname\tLand\nname\tAssets\nparent\t2\t0\t0 3 1 4\n"}});
  REQUIRE(bytes);
  const auto d = *Dictionary::from_bytes(*bytes);
  const ConceptId cash = *d->find("Cash"), assets = *d->find("Assets");
  const auto called = d->counts(evidence_key(Evidence::bag_any, words_of_label("Cash").bag));
  REQUIRE(called.size() == 2);
  CHECK((called[0].concept_id == assets && called[0].count == 5 && called[0].earlier == 5 && called[0].near(false) == 0));
  CHECK((called[1].concept_id == cash && called[1].count == 65535 && called[1].earlier == 65535));  // no more fit
  const auto items = d->counts(evidence_key(Evidence::parent, assets));
  REQUIRE(items.size() == 1);  // Land is not in the table of concepts
  CHECK((items[0].count == 5 && items[0].earlier == 3 && items[0].near(false) == 2 && items[0].near(true) == 3));
  CHECK(d->filer_norms().size() == 4);  // the later one has a number of its own, behind 0 to 2; the earlier ones have none
  CHECK(d->filer_uses(words_of_label("Cash").bag).back().filer == 3);
}

TEST_CASE("a mistake in a table of further filers is told with its line", "[mapping][dictionary]") {
  const std::string concepts = "A\tmonetary\tinstant\t\t2008\t\n";
  const auto error = [&](const FilerSources& later, const FilerSources& earlier) {
    const auto bytes = compile_dictionary({.concepts = concepts, .later = later, .earlier = earlier});
    return bytes ? std::string() : bytes.error();
  };
  CHECK(error({"A\tassets\ta\t3\nA\tassets\n", {}}, {}) == "later labels, line 2: cannot be read");
  CHECK(error({{}, "parent\t0\t0\t0 1\n"}, {}) == "later pairs, line 1: cannot be read");  // no name is numbered yet
  CHECK(error({}, {"A\tassets\ta\t1 2\n", {}}) == "earlier labels, line 1: cannot be read");  // how many, not which
  CHECK(error({}, {{}, "name\tA\nelder\t0\t0\t0 1\n"}) == "earlier pairs, line 2: cannot be read");
  CHECK(error({}, {"A\tassets\ta\t7\n", "name\tA\nparent\t0\t0\t0 1\n"}).empty());
}
