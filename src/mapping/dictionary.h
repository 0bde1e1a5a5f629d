#pragma once
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mapping/concept.h"
#include "base/result.h"
#include "mapping/mapper.h"
#include "mapping/zone.h"

/// The concepts a mapper can choose from and everything learned about them, in one block of bytes that is searched in place:
/// the built-in one costs nothing to be ready. compile.h makes such a block from schemas/concepts/*.tsv.
namespace factpress::mapping {

using ConceptId = std::uint32_t;
constexpr ConceptId kNoConcept = 0xFFFFFFFFU;

/// Fixed-size records of the block; all little-endian, as the machine that compiled it.
struct ConceptRecord {
  std::uint32_t name;  ///< offset into the text section
  std::uint16_t name_size;
  std::uint8_t prefix;  ///< 0 us-gaap, 1 dei, 2 srt, 3 ifrs-full
  std::uint8_t type, period, balance, statements;
  std::uint8_t abstract : 1, figures : 7;  ///< figures: how many characters of the name are no letters
  std::uint32_t years;
  std::uint32_t uses;    ///< companies that use it (0: known from the taxonomy alone)
  std::uint32_t totals;  ///< of those, how many as a total of other rows
  std::uint32_t labels, label_count;  ///< its labels: first and number
};

/// How often (in companies) a concept was seen with a key. Filers tag otherwise than they did when tagging began, so those of
/// filings of 2009 and 2010 are counted apart too.
struct CountRecord {
  std::uint64_t key;
  ConceptId concept_id;
  std::uint16_t count;    ///< of all
  std::uint16_t earlier;  ///< of the earlier filings
  std::uint32_t near(bool early) const { return early ? earlier : static_cast<std::uint32_t>(count - earlier); }
};

/// A label known for a concept, or the concept's own name (source 1).
struct LabelRecord {
  ConceptId concept_id;
  std::uint32_t tokens;  ///< first in the token section
  std::uint16_t token_count;
  std::uint8_t source;  ///< 0 seen in filings, 1 the name, 2 written synonym
  std::uint8_t is_name;  ///< its words are those of the concept's own name
  std::uint32_t count;
  std::uint32_t zones;  ///< bit n: seen in Zone n
  float norm;  ///< length of the vector of its tokens' weights
};

struct TokenRecord {
  std::uint64_t hash;
  std::uint32_t postings;  ///< first in the posting section; those of a token by the norm of their labels
  std::uint32_t posting_count;
  float weight;  ///< inverse document frequency
  std::uint32_t unused;
};

/// That a label has a token.
struct Posting {
  std::uint32_t label;
  float norm;  ///< the label's
};

/// A node of a decision tree. A leaf branches to itself, so that trees can be walked for more steps than they are deep.
struct TreeNode {
  std::int32_t threshold;  ///< goes left where value <= threshold; of a leaf the greatest number
  std::uint32_t feature;
  std::uint32_t left;  ///< the node of the left branch; the right one stands behind it
  float value;
};

struct TreeRoot {
  std::uint32_t node;
  std::uint32_t depth;  ///< steps to the farthest leaf
};

/// One filer's use of label words: what it called so, and in which part of a statement.
struct FilerUse {
  std::uint64_t bag;
  ConceptId concept_id;
  std::uint16_t filer;
  std::uint8_t zone;
  std::uint8_t unused;
};

/// How likely a word of a label (or a part of a statement, or a heading's word) calls for a word of a concept's name.
struct CallRecord {
  std::uint64_t source;
  std::uint32_t token;
  float probability;
};

/// That a filer uses a concept, under whatever label.
struct UserRecord {
  ConceptId concept_id;
  std::uint32_t filer;
};

/// Weight of label words that `filers` of `all` filers use: likeness of two filers is that of their rare labels.
inline float label_rarity(std::size_t filers, std::size_t all) {
  return static_cast<float>(std::log((static_cast<double>(all) + 1) / (static_cast<double>(filers) + 0.5)));
}

struct CalibrationRecord {
  float score;       ///< from this score on
  float confidence;  ///< share of right choices
};

/// What a count was taken over; part of a count's key.
enum class Evidence : std::uint8_t {
  label_zone = 1, label_kind, label_any,  // exact words in order
  bag_zone, bag_kind, bag_any,            // words without order
  zone, kind, section, section_path, parent, previous, next, flag, calculation, succession, child, zone_official,
  previous_label, next_label, parent_label, bag_structure
};

constexpr std::uint64_t evidence_key(Evidence e, std::uint64_t a, std::uint64_t b = 0) {
  std::uint64_t h = (a ^ (static_cast<std::uint64_t>(e) << 56)) * 0x9E3779B97F4A7C15ULL;
  h ^= h >> 29;
  h = (h ^ b) * 0xBF58476D1CE4E5B9ULL;
  return h ^ (h >> 32);
}
/// The first part of a key for an official total: the concept and the sign of the weight.
constexpr std::uint64_t signed_concept(ConceptId id, int weight) { return (std::uint64_t{id} << 1) | (weight < 0 ? 1U : 0U); }

/// Counts are found by the upper bits of their keys, which are hashes: a few counts a bucket.
constexpr unsigned kCountBucketBits = 14;
constexpr std::size_t kCountBuckets = std::size_t{1} << kCountBucketBits;
constexpr std::size_t count_bucket(std::uint64_t key) { return key >> (64 - kCountBucketBits); }

class Dictionary {
 public:
  /// The built-in one of a profile; made once, shared by all threads.
  static std::shared_ptr<const Dictionary> built_in(Profile profile);
  /// Over bytes of compile(); fails where they are not such a block. Takes them over.
  static Result<std::shared_ptr<const Dictionary>> from_bytes(std::vector<std::uint64_t> words);
  /// The same over bytes (8-byte aligned) that outlive it.
  static Result<std::shared_ptr<const Dictionary>> over(std::string_view bytes);

  std::span<const ConceptRecord> concepts() const { return concepts_; }
  std::optional<ConceptId> find(std::string_view name) const;
  std::string_view name(ConceptId id) const { return text_.substr(concepts_[id].name, concepts_[id].name_size); }
  ConceptInfo info(ConceptId id) const;
  /// Concepts seen with a key, by id; empty for an unknown key.
  std::span<const CountRecord> counts(std::uint64_t key) const;
  /// The same for several keys, in their order. Memory is waited for once instead of key by key: the tables are larger than what
  /// a processor keeps near.
  template <std::size_t N>
  void counts(std::span<const std::uint64_t> keys, std::array<std::span<const CountRecord>, N>& out) const {
    for (const std::uint64_t key : keys) __builtin_prefetch(&count_index_[count_bucket(key)]);
    for (const std::uint64_t key : keys) __builtin_prefetch(counts_.data() + count_index_[count_bucket(key)]);
    for (std::size_t i = 0; i < keys.size(); ++i) out[i] = counts(keys[i]);
  }
  /// To be called for each `at` of a walk over `ids` that reads the labels of each: asks for what the next steps will read.
  void look_ahead(std::span<const ConceptId> ids, std::size_t at) const {
    constexpr std::size_t kConcept = 12, kLabels = 8, kTokens = 4;
    if (at + kConcept < ids.size()) __builtin_prefetch(&concepts_[ids[at + kConcept]]);
    if (at + kLabels < ids.size()) __builtin_prefetch(labels_.data() + concepts_[ids[at + kLabels]].labels);
    if (at + kTokens >= ids.size()) return;
    if (const ConceptRecord& c = concepts_[ids[at + kTokens]]; c.label_count != 0) __builtin_prefetch(label_tokens_.data() + labels_[c.labels].tokens);
  }
  const TokenRecord* token(std::uint64_t hash) const;
  /// The labels that have it, those of the smallest norm first.
  std::span<const Posting> postings(const TokenRecord& token) const { return postings_.subspan(token.postings, token.posting_count); }
  std::span<const LabelRecord> labels() const { return labels_; }
  std::span<const std::uint32_t> label_tokens(const LabelRecord& label) const { return label_tokens_.subspan(label.tokens, label.token_count); }
  std::span<const TokenRecord> tokens() const { return tokens_; }
  std::span<const float> linear() const { return linear_; }
  std::span<const TreeNode> trees() const { return trees_; }
  std::span<const TreeRoot> tree_roots() const { return roots_; }
  /// The trees that judge again, with the neighbours as the first ones saw them.
  std::span<const TreeRoot> tree_roots_again() const { return roots_again_; }
  std::span<const CalibrationRecord> calibration() const { return calibration_; }
  /// The words of names that a word of a label calls for (name_sources).
  std::span<const CallRecord> calls(std::uint64_t source) const;
  /// What filers called by these words, filer by filer.
  std::span<const FilerUse> filer_uses(std::uint64_t bag) const;
  /// Length of each filer's vector of label words, each weighted by label_rarity.
  std::span<const float> filer_norms() const { return filer_norms_; }
  /// The filers that use a concept.
  std::span<const UserRecord> users(ConceptId id) const;
  /// The nearest known concept name, for "did you mean"; empty for none.
  std::string_view nearest(std::string_view name) const;

 private:
  Dictionary() = default;
  bool open(std::string_view bytes);

  std::vector<std::uint64_t> owned_;
  std::string_view text_;
  std::span<const ConceptRecord> concepts_;
  std::span<const CountRecord> counts_;
  std::span<const std::uint32_t> count_index_;  ///< by the upper bits of a key: the first count that is not before them
  std::span<const LabelRecord> labels_;
  std::span<const std::uint32_t> label_tokens_;
  std::span<const TokenRecord> tokens_;
  std::span<const Posting> postings_;
  std::span<const float> linear_;
  std::span<const TreeNode> trees_;
  std::span<const TreeRoot> roots_, roots_again_;
  std::span<const FilerUse> filer_uses_;
  std::span<const float> filer_norms_;
  std::span<const UserRecord> users_;
  std::span<const CallRecord> calls_;
  std::span<const CalibrationRecord> calibration_;
};

}  // namespace factpress::mapping
