#include "boost.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace factpress::learn {
namespace {

using mapping::FeatureRow;
using mapping::kFeatures;
using mapping::kOwnFeatures;

/// Probabilities of a group's candidates; "none" has logit 0.
void softmax(const Group& g, const std::vector<double>& logit, std::vector<double>& p) {
  double most = 0, sum = 0;
  for (std::size_t i = g.begin; i < g.end; ++i) most = std::max(most, logit[i]);
  sum = std::exp(-most);
  for (std::size_t i = g.begin; i < g.end; ++i) sum += p[i] = std::exp(logit[i] - most);
  for (std::size_t i = g.begin; i < g.end; ++i) p[i] /= sum;
}

constexpr int kBins = 48;

struct Binned {
  std::vector<std::vector<std::int32_t>> limits;  ///< per feature: upper limits of the bins but the last
  std::vector<std::uint8_t> bins;                 ///< row by row
};

Binned bin_rows(const std::vector<FeatureRow>& rows) {
  Binned b;
  b.limits.resize(kFeatures);
  b.bins.resize(rows.size() * kFeatures);
  for (std::size_t f = 0; f < kFeatures; ++f) {
    std::vector<std::int32_t> values;
    for (const FeatureRow& r : rows) values.push_back(r[f]);
    std::sort(values.begin(), values.end());
    std::vector<std::int32_t>& limits = b.limits[f];
    for (int k = 1; k < kBins && !values.empty(); ++k) limits.push_back(values[values.size() * static_cast<std::size_t>(k) / kBins]);
    limits.erase(std::unique(limits.begin(), limits.end()), limits.end());
    if (!limits.empty() && limits.back() == values.back()) limits.pop_back();
    for (std::size_t i = 0; i < rows.size(); ++i)
      b.bins[i * kFeatures + f] = static_cast<std::uint8_t>(std::lower_bound(limits.begin(), limits.end(), rows[i][f]) - limits.begin());
  }
  return b;
}

struct Split {
  double gain = 0;
  int feature = -1;
  int bin = 0;
};

struct Leaf {
  std::vector<std::uint32_t> rows;
  std::vector<double> by_bin;  ///< sums of gradient and curvature, feature by feature and bin by bin
  double g = 0, h = 0;
  Split split;
  int node = 0;
};

struct Node {
  int feature = -1;
  std::int32_t threshold = 0;
  int left = 0, right = 0;
  double value = 0;
};

class TreeGrower {
 public:
  TreeGrower(const Binned& b, const std::vector<double>& g, const std::vector<double>& h, const BoostOptions& o) : b_(b), g_(g), h_(h), o_(o) {}

  std::vector<Node> grow(std::vector<double>& logit) {
    std::vector<Leaf> leaves(1);
    leaves[0].rows.resize(g_.size());
    for (std::size_t i = 0; i < g_.size(); ++i) leaves[0].rows[i] = static_cast<std::uint32_t>(i);
    std::vector<Node> nodes(1);
    count(leaves[0]);
    find_split(leaves[0]);
    while (static_cast<int>(leaves.size()) < o_.leaves) {
      const auto best = std::max_element(leaves.begin(), leaves.end(), [](const Leaf& a, const Leaf& c) { return a.split.gain < c.split.gain; });
      if (best->split.gain <= 1e-6) break;
      divide(leaves, static_cast<std::size_t>(best - leaves.begin()), nodes);
    }
    for (const Leaf& leaf : leaves) {
      const double value = -o_.rate * leaf.g / (leaf.h + o_.penalty);
      nodes[static_cast<std::size_t>(leaf.node)].value = value;
      for (const std::uint32_t i : leaf.rows) logit[i] += value;
    }
    return nodes;
  }

 private:
  void count(Leaf& leaf) {
    leaf.by_bin.assign(2 * kFeatures * kBins, 0);
    for (const std::uint32_t i : leaf.rows) {
      leaf.g += g_[i];
      leaf.h += h_[i];
      const std::uint8_t* bins = &b_.bins[i * kFeatures];
      for (std::size_t f = 0; f < kFeatures; ++f) {
        double* sums = &leaf.by_bin[2 * (f * kBins + bins[f])];
        sums[0] += g_[i];
        sums[1] += h_[i];
      }
    }
  }

  void find_split(Leaf& leaf) {
    const auto worth = [&](double gs, double hs) { return gs * gs / (hs + o_.penalty); };
    for (std::size_t f = 0; f < kFeatures; ++f) {
      double lg = 0, lh = 0;
      for (std::size_t k = 0; k < b_.limits[f].size(); ++k) {
        lg += leaf.by_bin[2 * (f * kBins + k)];
        lh += leaf.by_bin[2 * (f * kBins + k) + 1];
        if (lh < o_.least_weight || leaf.h - lh < o_.least_weight) continue;
        const double gain = worth(lg, lh) + worth(leaf.g - lg, leaf.h - lh) - worth(leaf.g, leaf.h);
        if (gain > leaf.split.gain + 1e-9) leaf.split = {gain, static_cast<int>(f), static_cast<int>(k)};
      }
    }
  }

  void divide(std::vector<Leaf>& leaves, std::size_t which, std::vector<Node>& nodes) {
    const Split s = leaves[which].split;
    const auto f = static_cast<std::size_t>(s.feature);
    Leaf left, right;
    for (const std::uint32_t i : leaves[which].rows) (b_.bins[i * kFeatures + f] <= s.bin ? left : right).rows.push_back(i);
    Node& parent = nodes[static_cast<std::size_t>(leaves[which].node)];
    parent.feature = s.feature;
    parent.threshold = b_.limits[f][static_cast<std::size_t>(s.bin)];
    parent.left = left.node = static_cast<int>(nodes.size());
    parent.right = right.node = static_cast<int>(nodes.size()) + 1;
    nodes.resize(nodes.size() + 2);
    // Only the smaller part is counted; the other is the rest.
    Leaf &small = left.rows.size() < right.rows.size() ? left : right, &large = &small == &left ? right : left;
    count(small);
    large.by_bin = std::move(leaves[which].by_bin);
    for (std::size_t k = 0; k < large.by_bin.size(); ++k) large.by_bin[k] -= small.by_bin[k];
    large.g = leaves[which].g - small.g;
    large.h = leaves[which].h - small.h;
    find_split(left);
    find_split(right);
    leaves[which] = std::move(left);
    leaves.push_back(std::move(right));
  }

  const Binned& b_;
  const std::vector<double>& g_;
  const std::vector<double>& h_;
  const BoostOptions& o_;
};

double value_of(const std::vector<Node>& nodes, const FeatureRow& row) {
  std::size_t at = 0;
  while (nodes[at].feature >= 0)
    at = static_cast<std::size_t>(row[static_cast<std::size_t>(nodes[at].feature)] <= nodes[at].threshold ? nodes[at].left : nodes[at].right);
  return nodes[at].value;
}

void gradients(const Sample& s, const std::vector<double>& logit, std::vector<double>& g, std::vector<double>& h, std::vector<double>& p) {
  for (const Group& group : s.groups) {
    softmax(group, logit, p);
    for (std::size_t i = group.begin; i < group.end; ++i) {
      g[i] = group.weight * (p[i] - (static_cast<int>(i - group.begin) == group.right ? 1 : 0));
      h[i] = group.weight * std::max(p[i] * (1 - p[i]), 1e-4);
    }
  }
}

}  // namespace

std::vector<float> train_linear(const Sample& s) {
  std::vector<double> w(kOwnFeatures, 0), sum_squares(kOwnFeatures, 1e-6), logit(s.rows.size()), p(s.rows.size());
  w[static_cast<std::size_t>(mapping::Feature::mixed)] = 1;
  for (int round = 0; round < 160; ++round) {
    for (std::size_t i = 0; i < s.rows.size(); ++i) {
      logit[i] = 0;
      for (std::size_t f = 0; f < kOwnFeatures; ++f) logit[i] += w[f] * s.rows[i][f] / 256.0;
    }
    std::vector<double> slope(kOwnFeatures, 0);
    for (const Group& g : s.groups) {
      softmax(g, logit, p);
      for (std::size_t i = g.begin; i < g.end; ++i) {
        const double d = g.weight * (p[i] - (static_cast<int>(i - g.begin) == g.right ? 1 : 0));
        if (std::abs(d) < 1e-5) continue;
        for (std::size_t f = 0; f < kOwnFeatures; ++f) slope[f] += d * s.rows[i][f] / 256.0;
      }
    }
    for (std::size_t f = 0; f < kOwnFeatures; ++f) {
      const double d = slope[f] / static_cast<double>(s.groups.size()) + 1e-4 * w[f];
      sum_squares[f] = 0.95 * sum_squares[f] + 0.05 * d * d;
      w[f] -= (round < 110 ? 0.03 : 0.008) * d / std::sqrt(sum_squares[f] + 1e-10);
    }
  }
  return {w.begin(), w.end()};
}

std::string train_trees(const Sample& s, const BoostOptions& options, std::string_view kind, Sample* unseen) {
  const Binned binned = bin_rows(s.rows);
  std::vector<double> logit = s.base, g(s.rows.size()), h(s.rows.size()), p(s.rows.size());
  std::string out;
  for (int t = 0; t < options.trees; ++t) {
    gradients(s, logit, g, h, p);
    TreeGrower grower(binned, g, h, options);
    out += fmt::format("{}\n", kind);
    const std::vector<Node> nodes = grower.grow(logit);
    if (unseen != nullptr)
      for (std::size_t i = 0; i < unseen->rows.size(); ++i) unseen->base[i] += value_of(nodes, unseen->rows[i]);
    for (const Node& n : nodes) {
      if (n.feature < 0) {
        out += fmt::format("leaf\t{:.5f}\n", n.value);
      } else {
        out += fmt::format("node\t{}\t{}\t{}\t{}\n", n.feature, n.threshold, n.left, n.right);
      }
    }
  }
  return out;
}

}  // namespace factpress::learn
