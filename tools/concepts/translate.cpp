#include "translate.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "mapping/words.h"

namespace factpress::learn {

void Translator::add(const std::string& company, const std::vector<std::uint64_t>& sources, const std::string& concept_name) {
  seen_.emplace(company, sources, concept_name);
}

std::string Translator::text() const {
  struct Line {
    std::vector<std::uint32_t> sources, targets;
  };
  std::unordered_map<std::uint64_t, std::uint32_t> number;
  std::vector<std::uint64_t> hashes;
  const auto index = [&](std::uint64_t h) {
    const auto [at, fresh] = number.emplace(h, static_cast<std::uint32_t>(hashes.size()));
    if (fresh) hashes.push_back(h);
    return at->second;
  };
  std::map<std::string, std::vector<std::uint32_t>> names;
  std::vector<Line> lines;
  for (const auto& [company, sources, name] : seen_) {
    auto& targets = names[name];
    if (targets.empty())
      for (const std::uint64_t t : mapping::words_of_name(name).tokens) targets.push_back(index(t));
    Line l;
    for (const std::uint64_t s : sources) l.sources.push_back(index(s));
    l.targets = targets;
    lines.push_back(std::move(l));
  }
  using Table = std::vector<std::unordered_map<std::uint32_t, double>>;
  Table p(hashes.size());
  for (const Line& l : lines)
    for (const std::uint32_t s : l.sources)
      for (const std::uint32_t t : l.targets) p[s][t] = 1;
  for (int round = 0; round < 6; ++round) {
    Table n(hashes.size());
    for (const Line& l : lines)
      for (const std::uint32_t t : l.targets) {
        double sum = 1e-12;
        for (const std::uint32_t s : l.sources) sum += p[s][t];
        for (const std::uint32_t s : l.sources) n[s][t] += p[s][t] / sum;
      }
    for (std::size_t s = 0; s < n.size(); ++s) {
      double all = 0.5;
      for (const auto& [t, v] : n[s]) all += v;
      for (auto& [t, v] : n[s]) v /= all;
    }
    p = std::move(n);
  }
  std::string out;
  std::vector<std::tuple<std::uint64_t, std::uint64_t, double>> rows;
  for (std::size_t s = 0; s < p.size(); ++s)
    for (const auto& [t, v] : p[s])
      if (v >= 0.01) rows.emplace_back(hashes[s], hashes[t], v);
  std::sort(rows.begin(), rows.end());
  for (const auto& [s, t, v] : rows) out += fmt::format("{:016x}\t{:016x}\t{:.3f}\n", s, t, v);
  return out;
}

}  // namespace factpress::learn
