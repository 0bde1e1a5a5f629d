#pragma once
#include <cstdint>
#include <vector>

#include "mapping/dictionary.h"
#include "mapping/features.h"
#include "mapping/zone.h"

/// From a row to the concepts it may be, with the evidence for each and the ranker's judgement.
namespace factpress::mapping {

struct Match {
  ConceptId id = kNoConcept;
  ConceptId seen_as = kNoConcept;  ///< whose counts speak for it: itself, or the newer concept that took its place
  FeatureRow features{};
  double linear = 0;  ///< logit of the first judgement (label, place, counts)
  double first = 0;   ///< its probability
  double score = 0;   ///< probability of the second judgement (with neighbours); of all rows' candidates and "none" it sums to 1
};

/// What a row of another table was, or seems to be, which an equal label here may repeat.
struct Remembered {
  std::uint64_t bag = 0;
  UnitClass unit = UnitClass::unknown;
  PeriodType period = PeriodType::unknown;
  ConceptId id = kNoConcept;
  double confidence = 0;
  int table = -1;  ///< its index among the tables worked on together; -1: an earlier one
};

/// A table in work.
struct TableWork {
  TableKind kind = TableKind::other;
  std::vector<ReadRow> rows;
  std::vector<std::vector<Match>> matches;  ///< per row, best first
};

/// Searches one dictionary for one taxonomy year. Holds scratch space: one a thread, cheap to make.
class Matcher {
 public:
  /// year 0: concepts of all years.
  Matcher(const Dictionary& dictionary, int year);

  /// The candidates of each row (none for headings) of all tables of a release, judged on their own: Match::linear, first.
  void gather(std::vector<TableWork>& tables);
  /// The first judgement alone, by these weights (empty: a plain formula); best first.
  static void judge_alone(std::vector<Match>& list, std::span<const float> weights);
  /// Keeps the best `kKept` of each row and adds what the neighbours and the other tables tell.
  void add_neighbours(std::vector<TableWork>& tables, const std::vector<Remembered>& earlier) const;
  /// Judges again: Match::score, best first.
  void judge(std::vector<TableWork>& tables) const;

  static constexpr std::size_t kMostCandidates = 48;  ///< a row is judged on at first
  static constexpr std::size_t kKept = 10;            ///< and again

 private:
  struct RowEvidence;
  void collect(const ReadRow& row, TableKind kind, RowEvidence& e);
  void search_labels(const ReadRow& row, RowEvidence& e);
  void own_features(const ReadRow& row, TableKind kind, const RowEvidence& e, Match& m) const;
  double words_bayes(const RowEvidence& e, ConceptId id) const;
  void count_words(RowEvidence& e);
  double companies_behind(ConceptId id);
  void keep_likeliest(RowEvidence& e) const;
  void add_candidates(const ReadRow& row, TableKind kind, const RowEvidence& e, std::vector<Match>& list) const;
  void memory_features(const ReadRow& row, int table, const std::vector<Remembered>& memory, Match& m) const;
  void lexical_features(const ReadRow& row, const RowEvidence& e, Match& m) const;
  struct Surroundings;
  Surroundings look_around(const std::vector<ReadRow>& rows, const std::vector<std::vector<Match>>& all, std::size_t i) const;
  void neighbour_features(const std::vector<ReadRow>& rows, const std::vector<std::vector<Match>>& all, std::size_t i, const Surroundings& around,
                          Match& m) const;
  void read_flags(TableKind kind, const std::vector<std::string_view>& present);
  void propose_totals(TableWork& table);
  bool allowed(ConceptId id, const ReadRow& row) const;

  const Dictionary& d_;
  std::uint32_t year_bit_;
  // scratch, all zero between searches
  std::vector<float> label_score_, best_label_, best_name_, vote_, vote_zone_;
  std::vector<float> companies_;        ///< weight of a concept's labels; negative: not yet summed
  std::vector<std::uint32_t> slot_;     ///< of a concept among a row's candidates, from 1 on
  std::vector<std::uint32_t> touched_labels_, touched_concepts_;
  struct Flag {
    std::span<const CountRecord> seen;
    double base;
  };
  std::vector<Flag> flags_;
  bool noncontrolling_ = false;
};

/// Whether a release has noncontrolling interests: what "net income" and "equity" mean hangs on it.
bool has_noncontrolling(const std::vector<std::string_view>& flags);
/// Words that tell a release's industry and structure, as far as they stand in its labels; the learner counts with the same.
std::vector<std::string_view> flags_of(const std::vector<const std::vector<ReadRow>*>& tables);

}  // namespace factpress::mapping
