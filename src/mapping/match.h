#pragma once
#include <array>
#include <cstdint>
#include <utility>
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
  double logit = 0;  ///< of the last judgement
  double share = 0;  ///< its probability; with those of the row's other candidates and of "none" it sums to 1
};

/// What a row of another table was, or seems to be, which an equal label here may repeat.
struct Remembered {
  std::uint64_t bag = 0;
  UnitClass unit = UnitClass::unknown;
  PeriodType period = PeriodType::unknown;
  ConceptId id = kNoConcept;
  double confidence = 0;
  int table = -1;  ///< its index among the tables worked on together; -1: an earlier one
  std::size_t row = 0;  ///< of that table
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

  /// The candidates of each row (none for headings) of all tables of a release, judged on their own.
  void gather(std::vector<TableWork>& tables);
  /// The first judgement alone, by these weights (empty: a plain formula); best first.
  static void judge_alone(std::vector<Match>& list, std::span<const float> weights);
  /// Keeps the best `kKept` of each row and adds what the neighbours and the other tables tell.
  void add_neighbours(std::vector<TableWork>& tables, const std::vector<Remembered>& earlier);
  /// Judges what was gathered with all neighbours, and once more with the neighbours as they were judged; best first.
  void judge(std::vector<TableWork>& tables, const std::vector<Remembered>& earlier);
  /// Probabilities from logits; best first.
  static void take_shares(std::vector<Match>& list);

  static constexpr std::size_t kMostCandidates = 48;  ///< a row is judged on at first
  static constexpr std::size_t kKept = 10;            ///< and again

 private:
  struct RowEvidence;
  void collect(const ReadRow& row, TableKind kind, RowEvidence& e);
  void search_labels(const ReadRow& row, RowEvidence& e);
  void read_words(const ReadRow& row, RowEvidence& e);
  void forget_words();
  float compare_label(const LabelRecord& label, float common, const RowEvidence& e);
  template <class Use>
  void visit_labels(float from, const RowEvidence& e, Use use);
  void vote(const LabelRecord& label, float likeness, Zone zone, RowEvidence& e);
  float likeness_of_concept(ConceptId id) const;
  float likeness_after(std::size_t n, float from);
  float log_of(std::uint32_t companies);
  void choose_similar(float least, RowEvidence& e);
  void complete_likeness(ConceptId id, const RowEvidence& e);
  static float likeness_of(float common, const LabelRecord& label, const RowEvidence& e);
  bool is_of_row(std::uint32_t token) const { return words_[token].squared != 0.0F; }
  void number_candidates(RowEvidence& e);
  void count_words(RowEvidence& e);
  double companies_behind(ConceptId id);
  void keep_likeliest(RowEvidence& e) const;
  void row_features(const ReadRow& row, TableKind kind, const RowEvidence& e, FeatureRow& f);
  void own_features(const ReadRow& row, TableKind kind, const RowEvidence& e, Match& m);
  std::int32_t flag_lift(ConceptId id, std::uint32_t kind_n);
  double words_bayes(const RowEvidence& e, ConceptId id) const;
  void lexical_features(const RowEvidence& e, Match& m) const;
  void add_candidates(const ReadRow& row, TableKind kind, const RowEvidence& e, std::vector<Match>& list);
  void weigh(const ReadRow& row, TableKind kind, RowEvidence& e, std::vector<Match>& list);
  /// `first`: what does not hang on how the neighbours were judged is looked up too.
  void see_neighbours(std::vector<TableWork>& tables, const std::vector<Remembered>& earlier, bool first);
  void heed_sign(const ReadRow& row, std::vector<Match>& list) const;
  struct Wanted;
  static std::vector<Wanted> wanted_of(const std::vector<std::vector<Match>>& all);
  class Memory;
  static void memory_features(const std::vector<const Remembered*>& equal, double used, Match& m);
  struct Surroundings;
  Surroundings look_around(const std::vector<ReadRow>& rows, const std::vector<std::vector<Match>>& all, std::size_t i) const;
  void neighbour_features(const std::vector<ReadRow>& rows, std::size_t i, const Surroundings& around, const std::vector<Wanted>& wanted, Match& m) const;
  void apply_trees(std::vector<TableWork>& tables, std::span<const TreeRoot> roots, bool first) const;
  double add_trees(double logit, std::span<const TreeRoot> roots, const FeatureRow& features) const;
  /// Sure enough not to be judged again.
  static bool is_settled(const std::vector<Match>& list) { return list.empty() || list[0].share >= 0.8; }
  void compare_filers(const std::vector<TableWork>& tables);
  void filer_features(const ReadRow& row, TableKind kind, std::vector<Match>& list);
  static void elsewhere_features(const std::vector<TableWork>& tables, const std::vector<const Remembered*>& equal, std::vector<Match>& list);
  void read_flags(TableKind kind, const std::vector<std::string_view>& present);
  void propose_totals(TableWork& table);

  const Dictionary& d_;
  std::uint32_t year_bit_;
  bool early_;  ///< of the time of the earlier filings
  // scratch, all zero between searches
  /// A token as a word of the row.
  struct Word {
    float squared = 0;        ///< its weight, squared; 0 for a token that is none of the row's
    std::uint32_t place = 0;  ///< in the row's label
  };
  std::vector<Word> words_;
  /// A known word of the row, and the labels that have it.
  struct Sought {
    std::span<const Posting> labels;
    std::uint32_t token;
    float rest;  ///< squared weight of it and of all lighter words of the row
  };
  std::vector<Sought> sought_;  ///< the heaviest first
  std::vector<float> common_;   ///< per label: squared weight of the words it shares with the row; 0 for one that was compared
  /// What a row's words say for a concept.
  struct Alike {
    float label = 0, name = 0;      ///< likeness of its labels and of its name
    float vote = 0, vote_zone = 0;  ///< of labels like the row's; of those seen in its part of a statement
    bool known() const { return label != 0.0F || name != 0.0F; }
  };
  std::vector<Alike> alike_;
  std::vector<float> likenesses_;
  std::vector<std::pair<float, ConceptId>> similar_;
  std::array<float, 64> logs_{};
  std::vector<float> companies_;        ///< weight of a concept's labels; negative: not yet summed
  std::vector<std::span<const CallRecord>> calls_;  ///< of the words of the row
  std::vector<float> called_;           ///< per token: how much the row's words call for it in a name
  std::vector<std::uint32_t> slot_;     ///< of a concept among a row's candidates, from 1 on
  std::vector<ConceptId> touched_concepts_, candidates_;
  std::vector<std::int32_t> flag_lift_;  ///< of a concept in the table at work, as a feature
  std::vector<ConceptId> lifted_;
  /// The counts of one key by concept; the key of a table's kind or of a part of a statement stays for many rows.
  struct Spread {
    explicit Spread(std::size_t concepts) : counts(concepts, 0) {}
    void load(const Dictionary& d, std::uint64_t of);
    std::uint64_t key = 0;
    std::span<const CountRecord> list;
    std::vector<std::uint32_t> counts;
    std::uint32_t all = 0;
  };
  Spread kind_, zone_;
  /// How like each known filer's labels are to those of the tables: a filer of the same trade tags as its fellows do.
  struct Likeness {
    std::vector<float> cosine, weight;  ///< weights have mean 1
    std::vector<float> lift;            ///< of concepts; looked up once each
  };
  Likeness filers_;
  struct Flag {
    std::span<const CountRecord> seen;
    double base;
  };
  std::vector<Flag> flags_;
  bool noncontrolling_ = false, brackets_payments_ = false;
};

/// Whether a release has noncontrolling interests: what "net income" and "equity" mean hangs on it.
bool has_noncontrolling(const std::vector<std::string_view>& flags);
/// Words that tell a release's industry and structure, as far as they stand in its labels; the learner counts with the same.
std::vector<std::string_view> flags_of(const std::vector<const std::vector<ReadRow>*>& tables);

}  // namespace factpress::mapping
