#include "validate/graph.h"

#include <numeric>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace factpress::validate {
using taxonomy::NodeId;
using taxonomy::Relationship;

std::optional<std::size_t> find_directed_cycle(std::span<const Relationship> relationships) {
  enum class Color : unsigned char { open, done };
  std::unordered_map<NodeId, std::size_t> first;  // a source's first relationship
  first.reserve(relationships.size());
  for (std::size_t i = 0; i < relationships.size(); ++i) first.try_emplace(relationships[i].from, i);
  std::unordered_map<NodeId, Color> colors;
  colors.reserve(first.size());
  std::vector<std::pair<NodeId, std::size_t>> path;  // a node on the way and its next relationship
  for (std::size_t start = 0; start < relationships.size(); ++start) {
    if (colors.contains(relationships[start].from)) continue;
    colors[relationships[start].from] = Color::open;
    path.push_back({relationships[start].from, start});
    while (!path.empty()) {
      auto& [node, next] = path.back();
      if (next >= relationships.size() || relationships[next].from != node) {
        colors[node] = Color::done;
        path.pop_back();
        continue;
      }
      const std::size_t edge = next++;
      const NodeId to = relationships[edge].to;
      const auto color = colors.find(to);
      if (color != colors.end()) {
        if (color->second == Color::open) return edge;
        continue;
      }
      const auto out = first.find(to);
      colors[to] = out == first.end() ? Color::done : Color::open;
      if (out != first.end()) path.push_back({to, out->second});
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
