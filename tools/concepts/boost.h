#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "mapping/match.h"

/// The ranker's two judgements, trained. Deterministic: no random numbers, one thread.
namespace factpress::learn {

/// The candidates of one row and which of them is right (-1: none of them).
struct Group {
  std::size_t begin = 0, end = 0;
  int right = -1;
  double weight = 1;
};

struct Sample {
  std::vector<mapping::FeatureRow> rows;
  std::vector<double> base;  ///< logit that trees add to
  std::vector<Group> groups;
};

/// Weights of the first judgement: softmax over a row's candidates and "none", by gradient steps with an L2 penalty.
std::vector<float> train_linear(const Sample& sample);

struct BoostOptions {
  int trees = 70;
  int leaves = 16;
  double rate = 0.2;
  double penalty = 8;
  double least_weight = 6;
};
/// Trees on top of `base`, same loss. As the model table's text: "tree", "node", "leaf" rows; `kind` names the first of each tree.
/// `unseen`: the trees are added to its base too, without learning from it.
std::string train_trees(const Sample& sample, const BoostOptions& options, std::string_view kind, Sample* unseen = nullptr);

}  // namespace factpress::learn
