#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>

#include "mapping/counts.h"
#include "mapping/row_evidence.h"

/// The concepts whose known labels or names are most like a row's words. Labels are visited by the words they share with the
/// row, the heaviest word first, and of each word's labels the shortest first: a label that has none of the heavier words can
/// have no more in common with the row than what is left of it, so the rest of a list is of labels too long to be like it.
namespace factpress::mapping {
namespace {

constexpr double kUnknownWord = 6.0;  ///< weight of a word that no known label has
constexpr float kVoting = 0.3F;       ///< labels of more likeness vote
constexpr float kLeastSought = 0.1F;  ///< below it all labels are visited at once

/// The most similar concepts get a bonus where they were seen in this part of a statement. What even the bonus cannot lift among
/// them is not looked at.
constexpr std::size_t kSearched = 24;
constexpr float kZoneBonus = 0.15F, kKindBonus = 0.07F;

/// What a known label's likeness is one of: the concept's labels or its names.
template <class Alike>
void take_likeness(const LabelRecord& of, float likeness, Alike& alike) {
  if (of.is_name != 0) alike.name = std::max(alike.name, likeness);
  if (of.source != 1) alike.label = std::max(alike.label, likeness);
}

}  // namespace

/// Logarithm of a number of companies and 1; of the small ones each is taken once.
float Matcher::log_of(std::uint32_t companies) {
  if (companies >= logs_.size()) return std::log1p(static_cast<float>(companies));
  float& known = logs_[companies];
  if (known == 0.0F) known = std::log1p(static_cast<float>(companies));
  return known;
}

double Matcher::companies_behind(ConceptId id) {
  if (companies_[id] >= 0) return static_cast<double>(companies_[id]);
  const ConceptRecord& c = d_.concepts()[id];
  float sum = 0.5F;
  for (const LabelRecord& l : d_.labels().subspan(c.labels, c.label_count)) sum += l.source == 1 ? 0.5F : static_cast<float>(l.count);
  companies_[id] = sum;
  return static_cast<double>(sum);
}

/// For all candidates at once: one pass over the labels of each.
void Matcher::count_words(RowEvidence& e) {
  const std::size_t words = e.tokens.size();
  e.with.assign((candidates_.size() + 1) * words, 0.0F);
  for (const ConceptId id : candidates_) {
    const ConceptRecord& c = d_.concepts()[id];
    float* with = e.with.data() + slot_[id] * words;
    for (const LabelRecord& label : d_.labels().subspan(c.labels, c.label_count)) {
      const float weight = label.source == 1 ? 0.5F : static_cast<float>(label.count);
      for (const std::uint32_t t : d_.label_tokens(label))
        if (is_of_row(t)) with[words_[t].place] += weight;
    }
  }
}

void Matcher::read_words(const ReadRow& row, RowEvidence& e) {
  double sum = 0;
  for (const std::uint64_t t : row.words.tokens) {
    const TokenRecord* token = d_.token(t);
    const double w = token != nullptr ? token->weight : kUnknownWord;
    sum += w * w;
    e.weight += w;
    e.tokens.push_back(token);
  }
  e.norm = std::sqrt(sum);
  for (std::size_t i = 0; i < e.tokens.size(); ++i) {
    if (e.tokens[i] == nullptr) continue;
    const auto token = static_cast<std::uint32_t>(e.tokens[i] - d_.tokens().data());
    const float squared = e.tokens[i]->weight * e.tokens[i]->weight;
    words_[token] = {squared, static_cast<std::uint32_t>(i)};
    sought_.push_back({d_.postings(*e.tokens[i]), token, squared});
    __builtin_prefetch(sought_.back().labels.data());
  }
  constexpr std::size_t kAhead = 16;
  for (const Sought& s : sought_) {
    for (std::size_t i = 0; i < s.labels.size(); ++i) {
      if (i + kAhead < s.labels.size()) __builtin_prefetch(&common_[s.labels[i + kAhead].label], 1);
      common_[s.labels[i].label] += s.rest;
    }
  }
  std::stable_sort(sought_.begin(), sought_.end(), [](const Sought& a, const Sought& b) { return a.rest > b.rest; });
  for (std::size_t i = sought_.size(); i-- > 1;) sought_[i - 1].rest += sought_[i].rest;
}

void Matcher::forget_words() {
  for (const Sought& s : sought_) {
    words_[s.token] = {};
    for (const Posting& p : s.labels) common_[p.label] = 0;
  }
  sought_.clear();
  for (const ConceptId id : touched_concepts_) alike_[id] = {};
  touched_concepts_.clear();
}

inline float Matcher::likeness_of(float common, const LabelRecord& label, const RowEvidence& e) {
  return common / static_cast<float>(e.norm * static_cast<double>(label.norm) + 1e-9);
}

inline float Matcher::compare_label(const LabelRecord& label, float common, const RowEvidence& e) {
  const float likeness = likeness_of(common, label, e);
  Alike& alike = alike_[label.concept_id];
  if (!alike.known()) touched_concepts_.push_back(label.concept_id);
  take_likeness(label, likeness, alike);
  return likeness;
}

/// Compares the labels with a likeness from `from` on, and some of a little less, that were not compared before; `use` gets each.
template <class Use>
void Matcher::visit_labels(float from, const RowEvidence& e, Use use) {
  const float least = std::max(static_cast<float>(e.norm) * from * 0.999F, std::numeric_limits<float>::min());  // a little less, for rounding
  // Some at a time, each asked for before the first is read: they lie anywhere in the tables.
  std::array<std::uint32_t, 16> found;
  std::size_t n = 0;
  const auto use_found = [&] {
    for (std::size_t i = 0; i < n; ++i) __builtin_prefetch(&alike_[d_.labels()[found[i]].concept_id], 1);
    for (std::size_t i = 0; i < n; ++i) {
      const LabelRecord& label = d_.labels()[found[i]];
      use(label, compare_label(label, common_[found[i]], e));
      common_[found[i]] = 0;  // not again
    }
    n = 0;
  };
  for (const Sought& s : sought_) {
    const float longest = s.rest / least;
    for (const Posting& p : s.labels) {
      if (p.norm > longest) break;
      if (common_[p.label] < least * p.norm) continue;
      __builtin_prefetch(&d_.labels()[p.label]);
      found[n++] = p.label;
      if (n == found.size()) use_found();
    }
    use_found();  // the next list may have the same label
  }
}

/// What a label says for its concept, the more the more companies use it.
inline void Matcher::vote(const LabelRecord& label, float likeness, Zone zone, RowEvidence& e) {
  const float v = likeness * likeness * likeness * likeness * log_of(label.count);
  Alike& alike = alike_[label.concept_id];
  alike.vote += v;
  e.votes += static_cast<double>(v);
  if ((label.zones >> static_cast<unsigned>(zone) & 1U) == 0) return;
  alike.vote_zone += v;
  e.votes_zone += static_cast<double>(v);
}

float Matcher::likeness_of_concept(ConceptId id) const { return std::max(alike_[id].label, 0.9F * alike_[id].name); }

/// Of the concepts compared so far, the likeness of the one after `n` that are more like the row; less than 0 where there is none
/// of at least `from`.
float Matcher::likeness_after(std::size_t n, float from) {
  likenesses_.clear();
  for (const ConceptId id : touched_concepts_)
    if (const float like = likeness_of_concept(id); like >= from) likenesses_.push_back(like);
  if (likenesses_.size() <= n) return -1;
  const auto at = likenesses_.begin() + static_cast<std::ptrdiff_t>(n);
  std::nth_element(likenesses_.begin(), at, likenesses_.end(), std::greater<>());
  return *at;
}

void Matcher::search_labels(const ReadRow& row, RowEvidence& e) {
  read_words(row, e);
  // Labels of little likeness matter only where there are few better ones: with enough concepts at some likeness, those that
  // are less like by more than the bonus are not looked at.
  constexpr std::size_t kSure = 2 * kSearched;
  const auto no_vote = [](const LabelRecord&, float) {};
  visit_labels(kVoting, e, [&](const LabelRecord& label, float likeness) {
    if (label.source != 1 && likeness > kVoting) vote(label, likeness, row.zone, e);
  });
  float from = kVoting, next = likeness_after(kSure, from);
  while (next < 0 && from > 0) {
    from = from > kLeastSought ? from / 2 : 0;
    visit_labels(from, e, no_vote);
    next = likeness_after(kSure, from);
  }
  const float enough = std::max(0.0F, next - kZoneBonus - 0.001F);
  if (next >= 0 && enough < from) visit_labels(enough, e, no_vote);
  choose_similar(next < 0 ? 0 : -next + kZoneBonus, e);
}

void Matcher::choose_similar(float least, RowEvidence& e) {
  similar_.clear();
  constexpr std::size_t kAhead = 8;
  for (std::size_t i = 0; i < touched_concepts_.size(); ++i) {
    if (i + kAhead < touched_concepts_.size()) __builtin_prefetch(&d_.concepts()[touched_concepts_[i + kAhead]]);
    const ConceptId id = touched_concepts_[i];
    float s = likeness_of_concept(id);
    if (-s > least || !e.admits(d_.concepts()[id])) continue;
    if (zone_.counts[id] != 0) {
      s += kZoneBonus;
    } else if (kind_.counts[id] != 0) {
      s += kKindBonus;
    }
    similar_.emplace_back(-s, id);
  }
  const std::size_t n = std::min(similar_.size(), kSearched);
  std::partial_sort(similar_.begin(), similar_.begin() + static_cast<std::ptrdiff_t>(n), similar_.end());
  for (std::size_t i = 0; i < n; ++i) e.ids.push_back(similar_[i].second);
}

/// The likeness of a candidate by all its labels, whether they were visited or not.
void Matcher::complete_likeness(ConceptId id, const RowEvidence& e) {
  if (sought_.empty()) return;
  const ConceptRecord& c = d_.concepts()[id];
  Alike whole;
  for (const LabelRecord& l : d_.labels().subspan(c.labels, c.label_count)) {
    float common = 0;
    for (const std::uint32_t t : d_.label_tokens(l)) common += words_[t].squared;
    if (common != 0.0F) take_likeness(l, likeness_of(common, l, e), whole);
  }
  Alike& alike = alike_[id];
  if (!alike.known() && whole.known()) touched_concepts_.push_back(id);
  alike.label = whole.label;
  alike.name = whole.name;
}

}  // namespace factpress::mapping
