#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace factpress::mapping {

/// What the ranker knows of one candidate concept for one row. The first part comes from the row and the learned counts, the
/// second (from own_share on) from what its neighbours seem to be. The order is part of the model's format.
enum class Feature : std::uint8_t {
  one,                // constant
  mixed,              // log of the share of this concept among companies with that label, backed off from zone to kind to all
  label_zone, label_kind, label_any,  // the shares themselves
  bag_zone, bag_kind, bag_any,
  seen_label_zone, seen_bag_kind, seen_bag_any,  // log(1 + companies) behind them
  label_likeness,     // cosine to the most similar label known for the concept
  name_likeness,      // cosine to the concept's own name
  label_in_name, name_in_label,  // share of the words' weight that is found again
  vote,               // share of the votes of similar labels
  zone_prior, kind_prior, uses,
  section_share, section_lift, path_share,
  unit_fits, period_fits,
  row_total, concept_total, total_fits,
  flags,              // what else the table has (noncontrolling interests, premiums, ...)
  mixed_gap, likeness_gap,  // to the best candidate of the row
  zone_official,      // an official item of the total that closes this part of the statement
  words_bayes,        // how much likelier the label's words are under this concept than at large
  vote_zone,          // as vote, of labels seen in this part of a statement
  label_words, name_words, kind, zone, in_statement, succession,
  previous_label, next_label, parent_label,  // share of this concept beside rows with those labels
  bag_structure,      // share among releases that have, or have not, noncontrolling interests too
  letters,            // share of the letters in which label and name begin and end alike; 1: they are one
  name_called, name_called_least,  // how far the row's words call for the words of the name; the word least called for
  called_gap, letters_gap, name_gap, bayes_gap, vote_gap,  // to the best candidate of the row
  // of filings of the row's own time (2009 and 2010, or later):
  mixed_near, mixed_near_gap, label_zone_near, bag_any_near, seen_bag_near,
  // of the neighbours:
  own_share, own_rank, own_gap,
  parent_share, parent_official, children_share, children_official,
  previous_share, next_share,
  rival, rival_same_label,  // another row of the table that wants the concept
  has_parent, table_rows, position,
  chosen_elsewhere,   // an equal label of another table of the release wants the concept (less than 0: another one)
  used_elsewhere,     // any row of another table wants it
  elsewhere_share, elsewhere_gap, elsewhere_rows,  // what equal labels of other tables are, on the whole; against their likeliest
  filers_share, filers_gap,    // of filers with like statements: weight of those that call it by these words; nearest with it and without
  filers_seen, filers_lift,    // weight of all that have these words; how much more the concept is used among like filers
  names_as_labels,    // share of the release's rows that have a concept's name for label
  count_
};
constexpr std::size_t kFeatures = static_cast<std::size_t>(Feature::count_);
constexpr std::size_t kOwnFeatures = static_cast<std::size_t>(Feature::own_share);
std::string_view to_string(Feature feature);

/// Values are kept as fixed-point numbers (1/256), so that a model decides alike on every machine.
using FeatureRow = std::array<std::int32_t, kFeatures>;
constexpr std::int32_t fixed(double value) {
  const double limited = value < -100 ? -100 : value > 100 ? 100 : value;
  return static_cast<std::int32_t>(limited * 256 + (limited < 0 ? -0.5 : 0.5));
}
inline void put(FeatureRow& row, Feature f, double value) { row[static_cast<std::size_t>(f)] = fixed(value); }
inline double get(const FeatureRow& row, Feature f) { return row[static_cast<std::size_t>(f)] / 256.0; }

}  // namespace factpress::mapping
