#include "validate/graph.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace factpress::validate {
using taxonomy::NodeId;
using taxonomy::Relationship;

namespace {

/// The sources of relationships that are sorted by them.
class Sources {
 public:
  explicit Sources(std::span<const Relationship> relationships) {
    for (std::size_t i = 0; i < relationships.size(); ++i)
      if (i == 0 || relationships[i].from != relationships[i - 1].from) rows_.push_back({relationships[i].from, i});
  }
  std::size_t size() const { return rows_.size(); }
  /// Where its relationships begin.
  std::size_t first(std::size_t source) const { return rows_[source].first; }
  /// The number of a node, or size() where nothing begins at it.
  std::size_t find(NodeId node) const {
    const auto it = std::lower_bound(rows_.begin(), rows_.end(), node, [](const Row& r, NodeId n) { return r.node < n; });
    return it == rows_.end() || it->node != node ? rows_.size() : static_cast<std::size_t>(it - rows_.begin());
  }

 private:
  struct Row {
    NodeId node;
    std::size_t first;
  };
  std::vector<Row> rows_;
};

}  // namespace

std::optional<std::size_t> find_directed_cycle(std::span<const Relationship> relationships) {
  enum class Color : unsigned char { unseen, open, done };
  const Sources sources(relationships);
  std::vector<Color> colors(sources.size(), Color::unseen);
  std::vector<std::pair<std::size_t, std::size_t>> path;  // a source on the way and its next relationship
  const auto enter = [&](std::size_t source) {
    colors[source] = Color::open;
    path.emplace_back(source, sources.first(source));
  };
  for (std::size_t start = 0; start < sources.size(); ++start) {
    if (colors[start] == Color::unseen) enter(start);
    while (!path.empty()) {
      auto& [source, next] = path.back();
      const std::size_t end = source + 1 < sources.size() ? sources.first(source + 1) : relationships.size();
      if (next == end) {
        colors[source] = Color::done;
        path.pop_back();
        continue;
      }
      const std::size_t edge = next++;
      const std::size_t to = sources.find(relationships[edge].to);
      if (to == sources.size() || colors[to] == Color::done) continue;
      if (colors[to] == Color::open) return edge;
      enter(to);
    }
  }
  return {};
}

std::optional<std::size_t> find_undirected_cycle(std::span<const Relationship> relationships) {
  std::unordered_map<NodeId, std::uint32_t> index;
  std::vector<std::uint32_t> parent;
  const auto id_of = [&](NodeId n) {
    const auto [it, fresh] = index.try_emplace(n, static_cast<std::uint32_t>(parent.size()));
    if (fresh) parent.push_back(it->second);
    return it->second;
  };
  const auto find = [&](std::uint32_t x) {
    while (parent[x] != x) x = parent[x] = parent[parent[x]];
    return x;
  };
  std::unordered_set<std::uint64_t> edges;
  for (std::size_t i = 0; i < relationships.size(); ++i) {
    const Relationship& r = relationships[i];
    if (!edges.insert((std::uint64_t{r.from} << 32) | r.to).second) continue;
    const std::uint32_t a = find(id_of(r.from));
    const std::uint32_t b = find(id_of(r.to));
    if (a == b) return i;
    parent[a] = b;
  }
  return {};
}

}  // namespace factpress::validate
