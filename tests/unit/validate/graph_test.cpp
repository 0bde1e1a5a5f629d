#include "validate/graph.h"

#include <algorithm>
#include <functional>
#include <random>
#include <set>
#include <vector>

#include "catch.h"

using namespace factpress;
using taxonomy::Relationship;

namespace {

std::vector<Relationship> random_graph(std::mt19937& random) {
  const std::uint32_t nodes = 1 + random() % 9;
  std::vector<Relationship> out;
  for (std::size_t n = random() % 14; n > 0; --n)
    out.push_back(
        {.from = static_cast<std::uint32_t>(random() % nodes) * 3, .to = static_cast<std::uint32_t>(random() % nodes) * 3});
  std::stable_sort(out.begin(), out.end(), [](const Relationship& a, const Relationship& b) { return a.from < b.from; });
  return out;
}

// Whether a node is reached from itself.
bool has_cycle(const std::vector<Relationship>& graph) {
  for (const Relationship& start : graph) {
    std::set<std::uint32_t> reached;
    const std::function<void(std::uint32_t)> go = [&](std::uint32_t node) {
      for (const Relationship& r : graph)
        if (r.from == node && reached.insert(r.to).second) go(r.to);
    };
    go(start.from);
    if (reached.contains(start.from)) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a directed cycle is found where there is one, by a relationship of it", "[graph]") {
  std::mt19937 random(11);
  std::size_t cycles = 0;
  for (int round = 0; round < 3000; ++round) {
    std::vector<Relationship> graph = random_graph(random);
    const auto closing = validate::find_directed_cycle(graph);
    REQUIRE(closing.has_value() == has_cycle(graph));
    if (!closing) continue;
    ++cycles;
    // From its target its source is reached.
    const Relationship edge = graph[*closing];
    std::set<std::uint32_t> reached{edge.to};
    for (std::size_t i = 0; i < graph.size(); ++i)
      for (const Relationship& r : graph)
        if (reached.contains(r.from)) reached.insert(r.to);
    CHECK(reached.contains(edge.from));
  }
  CHECK(cycles > 300);
}

TEST_CASE("a long chain is no cycle, and takes no recursion", "[graph]") {
  std::vector<Relationship> chain;
  for (std::uint32_t i = 0; i < 200'000; ++i) chain.push_back({.from = i, .to = i + 1});
  CHECK_FALSE(validate::find_directed_cycle(chain));
  chain.push_back({.from = 200'000, .to = 0});
  CHECK(validate::find_directed_cycle(chain) == std::size_t{200'000});
}
