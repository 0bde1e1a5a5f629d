#include "mapping/match.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace factpress::mapping {
namespace {

constexpr double kBackOff = 1.5;  ///< companies' worth of weight that the wider evidence has
constexpr double kHopeless = 0.002;   ///< a candidate of less probability is not judged again
constexpr double kUnknownWord = 6.0;  ///< weight of a word that no known label has

std::uint32_t total(std::span<const CountRecord> list) {
  std::uint32_t n = 0;
  for (const CountRecord& r : list) n += r.count;
  return n;
}

std::uint32_t in(std::span<const CountRecord> list, ConceptId id) {
  const auto at = std::lower_bound(list.begin(), list.end(), id, [](const CountRecord& r, ConceptId i) { return r.concept_id < i; });
  return at != list.end() && at->concept_id == id ? at->count : 0;
}

double share(std::uint32_t n, std::uint32_t of) { return of == 0 ? 0.0 : static_cast<double>(n) / of; }

}  // namespace

/// The counts of one row's keys, looked up once.
struct Matcher::RowEvidence {
  struct Level {
    std::span<const CountRecord> list;
    std::uint32_t total = 0;
  };
  Level label_zone, label_kind, label_any, bag_zone, bag_kind, bag_any, zone, kind, section, previous, next, parent, structure;
  std::span<const CountRecord> official;
  std::vector<ConceptId> ids;
  std::vector<std::pair<ConceptId, ConceptId>> older;  ///< a concept of the year, and the newer one whose counts speak for it
  std::vector<const TokenRecord*> tokens;  ///< of the label, null for unknown words
  std::vector<float> with;  ///< per candidate slot and word of the label: weight of the concept's labels that have the word
  double norm = 0;
  double votes = 0, votes_zone = 0;
};

Matcher::Matcher(const Dictionary& dictionary, int year)
    : d_(dictionary),
      year_bit_(year == 0 ? 0 : 1U << (year - 2008)),
      label_score_(dictionary.labels().size(), 0.0F),
      best_label_(dictionary.concepts().size(), 0.0F),
      best_name_(dictionary.concepts().size(), 0.0F),
      vote_(dictionary.concepts().size(), 0.0F),
      vote_zone_(dictionary.concepts().size(), 0.0F),
      companies_(dictionary.concepts().size(), -1.0F),
      slot_(dictionary.concepts().size(), 0) {}

bool Matcher::allowed(ConceptId id, const ReadRow& row) const {
  const ConceptRecord& c = d_.concepts()[id];
  if (year_bit_ != 0 && (c.years & year_bit_) == 0) return false;
  if (c.abstract != 0) return false;
  const PeriodType p = row.row->period;
  if (p != PeriodType::unknown && static_cast<PeriodType>(c.period) != p) return false;
  if (row.row->unit != UnitClass::unknown && unit_class_of(static_cast<DataType>(c.type)) != row.row->unit) return false;
  return true;
}

void Matcher::collect(const ReadRow& row, TableKind kind, RowEvidence& e) {
  const std::uint64_t label = fnv(row.words.key), bag = row.words.bag;
  const auto zone = static_cast<std::uint64_t>(row.zone), k = static_cast<std::uint64_t>(kind);
  const auto look = [&](RowEvidence::Level& level, Evidence kind_of_key, std::uint64_t a, std::uint64_t b) {
    level.list = d_.counts(evidence_key(kind_of_key, a, b));
    level.total = total(level.list);
  };
  if (!row.words.key.empty()) {
    look(e.label_zone, Evidence::label_zone, label, zone);
    look(e.label_kind, Evidence::label_kind, label, k);
    look(e.label_any, Evidence::label_any, label, 0);
    look(e.bag_zone, Evidence::bag_zone, bag, zone);
    look(e.bag_kind, Evidence::bag_kind, bag, k);
    look(e.bag_any, Evidence::bag_any, bag, 0);
  }
  look(e.zone, Evidence::zone, zone, 0);
  e.official = d_.counts(evidence_key(Evidence::zone_official, zone));
  look(e.kind, Evidence::kind, k, 0);
  if (row.previous_bag != 0) look(e.previous, Evidence::previous_label, row.previous_bag, 0);
  if (row.next_bag != 0) look(e.next, Evidence::next_label, row.next_bag, 0);
  if (row.parent_bag != 0) look(e.parent, Evidence::parent_label, row.parent_bag, 0);
  look(e.structure, Evidence::bag_structure, bag, noncontrolling_ ? 1 : 0);
  if (!row.section.tokens.empty()) look(e.section, Evidence::section, row.section.bag, k);
  for (const RowEvidence::Level* level : {&e.label_zone, &e.label_kind, &e.label_any, &e.bag_any})
    for (const CountRecord& r : level->list) e.ids.push_back(r.concept_id);
  search_labels(row, e);
  std::sort(e.ids.begin(), e.ids.end());
  e.ids.erase(std::unique(e.ids.begin(), e.ids.end()), e.ids.end());
  for (const ConceptId id : e.ids) {
    if (year_bit_ == 0 || (d_.concepts()[id].years & year_bit_) != 0) continue;
    for (const CountRecord& r : d_.counts(evidence_key(Evidence::succession, id)))
      if (allowed(r.concept_id, row)) e.older.emplace_back(r.concept_id, id);
  }
  std::erase_if(e.ids, [&](ConceptId id) { return !allowed(id, row); });
  keep_likeliest(e);
  count_words(e);
}

/// A label such as "other" was seen with a hundred concepts: only the likeliest are worth a closer look.
void Matcher::keep_likeliest(RowEvidence& e) const {
  if (e.ids.size() <= kMostCandidates) return;
  std::vector<std::pair<float, ConceptId>> order;
  for (const ConceptId id : e.ids) {
    const float seen = 8.0F * static_cast<float>(in(e.bag_zone.list, id)) + 2.0F * static_cast<float>(in(e.bag_kind.list, id)) + static_cast<float>(in(e.bag_any.list, id));
    order.emplace_back(-(seen + std::max(best_label_[id], best_name_[id])), id);
  }
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kMostCandidates), order.end());
  e.ids.clear();
  for (std::size_t i = 0; i < kMostCandidates; ++i) e.ids.push_back(order[i].second);
  std::sort(e.ids.begin(), e.ids.end());
}

double Matcher::companies_behind(ConceptId id) {
  if (companies_[id] >= 0) return static_cast<double>(companies_[id]);
  const ConceptRecord& c = d_.concepts()[id];
  float sum = 0.5F;
  for (const LabelRecord& l : d_.labels().subspan(c.labels, c.label_count)) sum += l.source == 1 ? 0.5F : static_cast<float>(l.count);
  companies_[id] = sum;
  return static_cast<double>(sum);
}

/// For all candidates at once: one pass over the words' postings.
void Matcher::count_words(RowEvidence& e) {
  const std::size_t words = e.tokens.size();
  std::uint32_t n = 0;
  for (const ConceptId id : e.ids) slot_[id] = ++n, companies_behind(id);
  for (const auto& [id, newer] : e.older)
    if (slot_[newer] == 0) slot_[newer] = ++n, companies_behind(newer);
  e.with.assign((n + 1) * words, 0.0F);
  for (std::size_t i = 0; i < words; ++i) {
    if (e.tokens[i] == nullptr) continue;
    for (const std::uint32_t l : d_.postings(*e.tokens[i])) {
      const LabelRecord& label = d_.labels()[l];
      if (const std::uint32_t at = slot_[label.concept_id]; at != 0) e.with[at * words + i] += label.source == 1 ? 0.5F : static_cast<float>(label.count);
    }
  }
}

void Matcher::search_labels(const ReadRow& row, RowEvidence& e) {
  double sum = 0;
  for (const std::uint64_t t : row.words.tokens) {
    const TokenRecord* token = d_.token(t);
    e.tokens.push_back(token);
    const double w = token != nullptr ? token->weight : kUnknownWord;
    sum += w * w;
  }
  e.norm = std::sqrt(sum);
  for (const TokenRecord* token : e.tokens) {
    if (token == nullptr) continue;
    for (const std::uint32_t l : d_.postings(*token)) {
      if (label_score_[l] == 0.0F) touched_labels_.push_back(l);
      label_score_[l] += token->weight * token->weight;
    }
  }
  for (const std::uint32_t l : touched_labels_) {
    const LabelRecord& label = d_.labels()[l];
    const float likeness = label_score_[l] / static_cast<float>(e.norm * static_cast<double>(label.norm) + 1e-9);
    label_score_[l] = 0;
    const ConceptId id = label.concept_id;
    if (best_label_[id] == 0.0F && best_name_[id] == 0.0F) touched_concepts_.push_back(id);
    if (label.source == 1) best_name_[id] = std::max(best_name_[id], likeness);
    if (label.source != 1) best_label_[id] = std::max(best_label_[id], likeness);
    if (label.source != 1 && likeness > 0.3F) {
      const float v = likeness * likeness * likeness * likeness * std::log1p(static_cast<float>(label.count));
      vote_[id] += v;
      e.votes += static_cast<double>(v);
      if ((label.zones >> static_cast<unsigned>(row.zone) & 1U) != 0) {
        vote_zone_[id] += v;
        e.votes_zone += static_cast<double>(v);
      }
    }
  }
  touched_labels_.clear();
  // The most similar ones, with a bonus for concepts that were seen in this part of a statement. What even the bonus cannot
  // lift among them is not looked at.
  constexpr std::size_t kSearched = 24;
  constexpr float kZoneBonus = 0.15F, kKindBonus = 0.07F;
  std::vector<std::pair<float, ConceptId>> plain, best;
  for (const ConceptId id : touched_concepts_) plain.emplace_back(-std::max(best_label_[id], 0.9F * best_name_[id]), id);
  const std::size_t sure = std::min(plain.size(), 2 * kSearched);
  if (sure < plain.size()) std::nth_element(plain.begin(), plain.begin() + static_cast<std::ptrdiff_t>(sure), plain.end());
  const float least = sure < plain.size() ? plain[sure].first + kZoneBonus : 0.0F;
  for (const auto& [minus, id] : plain) {
    if (minus > least || !allowed(id, row)) continue;
    float s = -minus;
    if (in(e.zone.list, id) != 0) {
      s += kZoneBonus;
    } else if (in(e.kind.list, id) != 0) {
      s += kKindBonus;
    }
    best.emplace_back(-s, id);
  }
  const std::size_t n = std::min(best.size(), kSearched);
  std::partial_sort(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(n), best.end());
  for (std::size_t i = 0; i < n; ++i) e.ids.push_back(best[i].second);
}

double Matcher::words_bayes(const RowEvidence& e, ConceptId id) const {
  const std::size_t words = e.tokens.size();
  if (words == 0) return 0;
  double sum = 0;
  for (std::size_t i = 0; i < words; ++i) {
    if (e.tokens[i] == nullptr) continue;
    const double base = static_cast<double>(e.tokens[i]->posting_count) / static_cast<double>(d_.labels().size());
    sum += std::log((static_cast<double>(e.with[slot_[id] * words + i]) + base) / ((static_cast<double>(companies_[id]) + 1) * base));
  }
  return sum / std::sqrt(static_cast<double>(words));
}

void Matcher::lexical_features(const ReadRow& row, const RowEvidence& e, Match& m) const {
  put(m.features, Feature::label_likeness, static_cast<double>(best_label_[m.seen_as]));
  put(m.features, Feature::name_likeness, static_cast<double>(best_name_[m.seen_as]));
  put(m.features, Feature::vote, e.votes > 0 ? static_cast<double>(vote_[m.seen_as]) / e.votes : 0);
  put(m.features, Feature::vote_zone, e.votes_zone > 0 ? static_cast<double>(vote_zone_[m.seen_as]) / e.votes_zone : 0);
  put(m.features, Feature::words_bayes, words_bayes(e, m.seen_as));
  const ConceptRecord& c = d_.concepts()[m.seen_as];
  std::span<const std::uint32_t> name;
  for (const LabelRecord& l : d_.labels().subspan(c.labels, c.label_count))
    if (l.is_name != 0) name = d_.label_tokens(l);
  double found = 0, all = 0, found_name = 0, all_name = 0;
  for (const TokenRecord* token : e.tokens) {
    const double w = token != nullptr ? static_cast<double>(token->weight) : kUnknownWord;
    all += w;
    if (token != nullptr && std::find(name.begin(), name.end(), static_cast<std::uint32_t>(token - d_.tokens().data())) != name.end()) found += w;
  }
  for (const std::uint32_t t : name) {
    const TokenRecord& token = d_.tokens()[t];
    all_name += static_cast<double>(token.weight);
    if (std::find(e.tokens.begin(), e.tokens.end(), &token) != e.tokens.end()) found_name += static_cast<double>(token.weight);
  }
  put(m.features, Feature::label_in_name, all > 0 ? found / all : 0);
  put(m.features, Feature::name_in_label, all_name > 0 ? found_name / all_name : 0);
  put(m.features, Feature::label_words, static_cast<double>(row.words.tokens.size()));
  put(m.features, Feature::name_words, static_cast<double>(name.size()));
}

void Matcher::own_features(const ReadRow& row, TableKind kind, const RowEvidence& e, Match& m) const {
  const ConceptRecord& c = d_.concepts()[m.seen_as];
  FeatureRow& f = m.features;
  const auto level = [&](Feature feature, const RowEvidence::Level& l) {
    const std::uint32_t n = in(l.list, m.seen_as);
    put(f, feature, share(n, l.total));
    return n;
  };
  const std::uint32_t kind_n = in(e.kind.list, m.seen_as);
  double p = (kind_n + 0.02) / (e.kind.total + 200.0);
  const auto mix = [&](const RowEvidence::Level& l) { p = (in(l.list, m.seen_as) + kBackOff * p) / (l.total + kBackOff); };
  for (const RowEvidence::Level* l : {&e.bag_any, &e.label_any, &e.bag_kind, &e.label_kind, &e.bag_zone, &e.label_zone}) mix(*l);
  put(f, Feature::one, 1);
  put(f, Feature::mixed, std::log(p));
  level(Feature::label_zone, e.label_zone);
  level(Feature::label_kind, e.label_kind);
  level(Feature::label_any, e.label_any);
  level(Feature::bag_zone, e.bag_zone);
  level(Feature::bag_kind, e.bag_kind);
  level(Feature::bag_any, e.bag_any);
  put(f, Feature::seen_label_zone, std::log1p(e.label_zone.total));
  put(f, Feature::seen_bag_kind, std::log1p(e.bag_kind.total));
  put(f, Feature::seen_bag_any, std::log1p(e.bag_any.total));
  put(f, Feature::zone_prior, std::log((in(e.zone.list, m.seen_as) + 0.05) / (e.zone.total + 20.0)));
  put(f, Feature::kind_prior, std::log((kind_n + 0.05) / (e.kind.total + 20.0)));
  put(f, Feature::uses, std::log1p(c.uses));
  const std::uint32_t in_section = level(Feature::section_share, e.section);
  put(f, Feature::section_lift,
      e.section.total == 0 ? 0 : std::log((in_section + 0.5 * (kind_n + 0.1) / (e.kind.total + 1.0)) * (e.kind.total + 1.0) / ((e.section.total + 0.5) * (kind_n + 0.1))));
  const UnitClass type = unit_class_of(static_cast<DataType>(c.type));
  put(f, Feature::unit_fits, row.unit == UnitClass::unknown ? (type == UnitClass::monetary ? 0.25 : -0.5) : row.unit == type ? 1 : -1);
  put(f, Feature::period_fits, row.row->period == PeriodType::unknown ? 0 : 1);
  const double is_total = row.has_children || row.row->is_total ? 1 : row.words.says_total ? 0.75 : 0;
  const double totals = c.uses == 0 ? 0.2 : share(c.totals, c.uses);
  put(f, Feature::row_total, is_total);
  put(f, Feature::concept_total, totals);
  put(f, Feature::total_fits, is_total > 0 ? totals : -totals);
  double lift = 0;
  for (const Flag& flag : flags_) lift += std::log((in(flag.seen, m.seen_as) + 2 * flag.base) / ((kind_n + 2.0) * flag.base));
  put(f, Feature::flags, lift);
  put(f, Feature::kind, static_cast<double>(kind));
  put(f, Feature::zone, static_cast<double>(row.zone));
  put(f, Feature::in_statement, (c.statements >> static_cast<unsigned>(kind) & 1U) != 0 ? 1 : 0);
  level(Feature::previous_label, e.previous);
  level(Feature::next_label, e.next);
  level(Feature::parent_label, e.parent);
  level(Feature::bag_structure, e.structure);
  put(f, Feature::succession, m.seen_as == m.id ? 0 : 1);
  put(f, Feature::zone_official, in(e.official, m.seen_as) != 0 ? 1 : 0);
  lexical_features(row, e, m);
}

void Matcher::judge_alone(std::vector<Match>& list, std::span<const float> weights) {
  double best_mixed = -100, best_like = 0;
  for (const Match& m : list) {
    best_mixed = std::max(best_mixed, get(m.features, Feature::mixed));
    best_like = std::max(best_like, get(m.features, Feature::label_likeness));
  }
  double sum = 1;  // "none of them" has logit 0
  for (Match& m : list) {
    put(m.features, Feature::mixed_gap, get(m.features, Feature::mixed) - best_mixed);
    put(m.features, Feature::likeness_gap, get(m.features, Feature::label_likeness) - best_like);
    m.linear = 0;
    if (weights.size() >= kOwnFeatures) {
      for (std::size_t i = 0; i < kOwnFeatures; ++i) m.linear += static_cast<double>(weights[i]) * m.features[i] / 256.0;
    } else {
      m.linear = get(m.features, Feature::mixed) + 4 * get(m.features, Feature::label_likeness);
    }
    m.linear = std::min(m.linear, 40.0);
    sum += std::exp(m.linear);
  }
  for (Match& m : list) m.first = std::exp(m.linear) / sum;
  std::sort(list.begin(), list.end(), [](const Match& a, const Match& b) { return a.linear != b.linear ? a.linear > b.linear : a.id < b.id; });
  if (list.size() > kMostCandidates) list.resize(kMostCandidates);
}

void Matcher::read_flags(TableKind kind, const std::vector<std::string_view>& present) {
  flags_.clear();
  const auto k = d_.counts(evidence_key(Evidence::kind, static_cast<std::uint64_t>(kind)));
  const double all = total(k) + 1.0;
  for (const std::string_view flag : present) {
    const std::uint64_t key = evidence_key(Evidence::flag, fnv(std::string(to_string(kind)) + ':' + std::string(flag)));
    const auto seen = d_.counts(key);
    const double base = (total(seen) + 0.5) / all;
    if (base < 1) flags_.push_back({seen, base});
  }
}

void Matcher::add_candidates(const ReadRow& row, TableKind kind, const RowEvidence& e, std::vector<Match>& list) const {
  const auto add = [&](ConceptId id, ConceptId seen_as) {
    Match m;
    m.id = id;
    m.seen_as = seen_as;
    own_features(row, kind, e, m);
    for (Match& known : list)
      if (known.id == id) {
        if (get(known.features, Feature::mixed) < get(m.features, Feature::mixed)) known = m;
        return;
      }
    list.push_back(m);
  };
  for (const ConceptId id : e.ids) add(id, id);
  for (const auto& [id, newer] : e.older) add(id, newer);
}

void Matcher::gather(std::vector<TableWork>& tables) {
  std::vector<const std::vector<ReadRow>*> all_rows;
  for (const TableWork& t : tables) all_rows.push_back(&t.rows);
  const std::vector<std::string_view> present = flags_of(all_rows);
  noncontrolling_ = has_noncontrolling(present);
  for (TableWork& t : tables) {
    read_flags(t.kind, present);
    t.matches.assign(t.rows.size(), {});
    for (std::size_t i = 0; i < t.rows.size(); ++i) {
      if (!t.rows[i].row->has_values) continue;
      RowEvidence e;
      collect(t.rows[i], t.kind, e);
      add_candidates(t.rows[i], t.kind, e, t.matches[i]);
      for (const ConceptId id : touched_concepts_) best_label_[id] = best_name_[id] = vote_[id] = vote_zone_[id] = 0;
      touched_concepts_.clear();
      for (const ConceptId id : e.ids) slot_[id] = 0;
      for (const auto& [id, newer] : e.older) slot_[newer] = 0;
      judge_alone(t.matches[i], d_.linear());
    }
    propose_totals(t);
  }
}

/// A subtotal without a label may be any total that the rows adding to it are known to add to.
void Matcher::propose_totals(TableWork& t) {
  for (std::size_t i = 0; i < t.rows.size(); ++i) {
    if (!t.rows[i].has_children || !t.rows[i].row->has_values || !t.rows[i].words.tokens.empty()) continue;
    RowEvidence e;
    collect(t.rows[i], t.kind, e);
    for (std::size_t j = 0; j < t.rows.size(); ++j) {
      if (t.rows[j].row->parent != static_cast<int>(i) || t.matches[j].empty() || e.ids.size() > kMostCandidates) continue;
      for (const CountRecord& r : d_.counts(evidence_key(Evidence::child, t.matches[j][0].id)))
        if (allowed(r.concept_id, t.rows[i])) e.ids.push_back(r.concept_id);
    }
    std::sort(e.ids.begin(), e.ids.end());
    e.ids.erase(std::unique(e.ids.begin(), e.ids.end()), e.ids.end());
    for (const ConceptId id : touched_concepts_) best_label_[id] = best_name_[id] = vote_[id] = vote_zone_[id] = 0;
    touched_concepts_.clear();
    for (const ConceptId id : e.ids) companies_behind(id);
    add_candidates(t.rows[i], t.kind, e, t.matches[i]);
    for (const ConceptId id : e.ids) slot_[id] = 0;
    for (const auto& [id, newer] : e.older) slot_[newer] = 0;
    judge_alone(t.matches[i], d_.linear());
  }
}

/// What stands around a row, looked up once for all its candidates.
struct Matcher::Surroundings {
  /// One thing a neighbour may be, how likely, and what is counted beside it.
  struct Likely {
    double share = 0;
    std::span<const CountRecord> list;
    double total = 1;
    ConceptId id = kNoConcept;
  };
  using Neighbour = std::vector<Likely>;
  Neighbour previous, next, parent;
  std::vector<Neighbour> children;
  std::vector<std::pair<double, std::array<std::span<const CountRecord>, 2>>> official;  ///< items of what the parent may be

  static double expected(const Neighbour& n, ConceptId id) {
    double sum = 0;
    for (const Likely& l : n) sum += l.share * in(l.list, id) / l.total;
    return sum;
  }
};

Matcher::Surroundings Matcher::look_around(const std::vector<ReadRow>& rows, const std::vector<std::vector<Match>>& all, std::size_t i) const {
  Surroundings s;
  const auto read = [&](std::size_t j, Evidence kind) {
    Surroundings::Neighbour n;
    for (std::size_t k = 0; k < all[j].size() && k < 3 && all[j][k].first >= 0.02; ++k) {
      const auto list = d_.counts(evidence_key(kind, all[j][k].id));
      n.push_back({all[j][k].first, list, total(list) + 1.0, all[j][k].id});
    }
    return n;
  };
  for (std::size_t j = i; j-- > 0;)
    if (rows[j].row->has_values) {
      s.previous = read(j, Evidence::previous);
      break;
    }
  for (std::size_t j = i + 1; j < rows.size(); ++j)
    if (rows[j].row->has_values) {
      s.next = read(j, Evidence::next);
      break;
    }
  const int p = rows[i].row->parent;
  if (p >= 0 && static_cast<std::size_t>(p) < all.size()) {
    const auto parent = static_cast<std::size_t>(p);
    s.parent = read(parent, Evidence::parent);
    for (std::size_t k = 0; k < all[parent].size() && k < 3; ++k) {
      const ConceptId id = all[parent][k].id;
      s.official.push_back({all[parent][k].first, {d_.counts(evidence_key(Evidence::calculation, signed_concept(id, 1))),
                                                   d_.counts(evidence_key(Evidence::calculation, signed_concept(id, -1)))}});
    }
  }
  for (std::size_t j = 0; j < rows.size() && rows[i].has_children; ++j)
    if (rows[j].row->parent == static_cast<int>(i) && j != i) s.children.push_back(read(j, Evidence::child));
  return s;
}

void Matcher::neighbour_features(const std::vector<ReadRow>& rows, const std::vector<std::vector<Match>>& all, std::size_t i, const Surroundings& around,
                                 Match& m) const {
  FeatureRow& f = m.features;
  const Row& row = *rows[i].row;
  put(f, Feature::previous_share, 4 * Surroundings::expected(around.previous, m.id));
  put(f, Feature::next_share, 4 * Surroundings::expected(around.next, m.id));
  if (row.parent >= 0 && static_cast<std::size_t>(row.parent) < all.size()) {
    // With either official weight: how a row is printed (brackets or not) says nothing of it.
    double official = 0;
    for (const auto& [share, items] : around.official)
      if (in(items[0], m.id) != 0 || in(items[1], m.id) != 0) official += share;
    put(f, Feature::parent_share, 4 * Surroundings::expected(around.parent, m.id));
    put(f, Feature::parent_official, official);
    put(f, Feature::has_parent, 1);
  }
  if (!around.children.empty()) {
    const auto plus = d_.counts(evidence_key(Evidence::calculation, signed_concept(m.id, 1)));
    const auto minus = d_.counts(evidence_key(Evidence::calculation, signed_concept(m.id, -1)));
    double children = 0, official = 0;
    for (const Surroundings::Neighbour& child : around.children) {
      children += Surroundings::expected(child, m.id);
      for (std::size_t k = 0; k < child.size() && k < 2; ++k)
        if (in(plus, child[k].id) != 0 || in(minus, child[k].id) != 0) official += child[k].share;
    }
    put(f, Feature::children_share, 4 * children / static_cast<double>(around.children.size()));
    put(f, Feature::children_official, official / static_cast<double>(around.children.size()));
  }
  double rival = 0;
  bool same = false;
  for (std::size_t j = 0; j < rows.size(); ++j) {
    if (j == i || rows[j].row->context != row.context) continue;
    for (std::size_t k = 0; k < all[j].size() && k < 2; ++k)
      if (all[j][k].id == m.id && all[j][k].first > rival) rival = all[j][k].first, same = rows[j].words.bag == rows[i].words.bag;
  }
  put(f, Feature::rival, rival);
  put(f, Feature::rival_same_label, same ? 1 : 0);
  put(f, Feature::table_rows, static_cast<double>(rows.size()));
  put(f, Feature::position, 64.0 * static_cast<double>(i) / static_cast<double>(rows.size()));
}

void Matcher::memory_features(const ReadRow& row, int table, const std::vector<Remembered>& memory, Match& m) const {
  double same = 0, used = 0;
  for (const Remembered& r : memory) {
    if (r.table == table && table >= 0) continue;
    if (r.id == m.id) used = std::max(used, r.confidence);
    if (r.bag != row.words.bag || r.period != row.row->period) continue;
    const double vote = r.id == m.id ? r.confidence : -r.confidence;
    if (std::abs(vote) > std::abs(same)) same = vote;
  }
  put(m.features, Feature::chosen_elsewhere, same);
  put(m.features, Feature::used_elsewhere, used);
}

void Matcher::add_neighbours(std::vector<TableWork>& tables, const std::vector<Remembered>& earlier) const {
  std::vector<Remembered> memory = earlier;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    TableWork& work = tables[t];
    for (std::size_t i = 0; i < work.rows.size(); ++i) {
      std::vector<Match>& list = work.matches[i];
      if (list.size() > kKept) list.resize(kKept);
      for (std::size_t k = 0; k < list.size(); ++k) {
        put(list[k].features, Feature::own_share, list[k].first);
        put(list[k].features, Feature::own_rank, static_cast<double>(k));
        put(list[k].features, Feature::own_gap, list[k].linear - list[0].linear);
      }
      if (!list.empty() && list[0].first > 0.2)
        memory.push_back({work.rows[i].words.bag, work.rows[i].unit, work.rows[i].row->period, list[0].id, list[0].first, static_cast<int>(t)});
    }
  }
  for (std::size_t t = 0; t < tables.size(); ++t)
    for (std::size_t i = 0; i < tables[t].rows.size(); ++i) {
      if (tables[t].matches[i].empty()) continue;
      const Surroundings around = look_around(tables[t].rows, tables[t].matches, i);
      for (Match& m : tables[t].matches[i]) {
        neighbour_features(tables[t].rows, tables[t].matches, i, around, m);
        memory_features(tables[t].rows[i], static_cast<int>(t), memory, m);
      }
    }
}

void Matcher::judge(std::vector<TableWork>& tables) const {
  const auto trees = d_.trees();
  const auto judge_list = [&](std::vector<Match>& list) {
    double sum = 1;
    for (Match& m : list) {
      double logit = m.linear;
      if (m.first > kHopeless) for (std::uint32_t at : d_.tree_roots()) {
        while (trees[at].feature >= 0) at = m.features[static_cast<std::size_t>(trees[at].feature)] <= trees[at].threshold ? trees[at].left : trees[at].right;
        logit += static_cast<double>(trees[at].value);
      }
      m.score = std::exp(std::min(logit, 40.0));
      sum += m.score;
    }
    for (Match& m : list) m.score /= sum;
    std::sort(list.begin(), list.end(), [](const Match& a, const Match& b) { return a.score != b.score ? a.score > b.score : a.id < b.id; });
  };
  for (TableWork& t : tables)
    for (std::vector<Match>& list : t.matches) judge_list(list);
}

std::vector<std::string_view> flags_of(const std::vector<const std::vector<ReadRow>*>& tables) {
  static constexpr std::string_view kWords[] = {"noncontrolling", "gross",     "premium", "deposit", "loan",    "discontinued", "preferred", "member",
                                                "partner",        "restricted", "exchange", "rental",  "current", "redeemable",   "unit",      "policy"};
  std::vector<std::string_view> flags;
  for (const std::string_view w : kWords) {
    const bool present = std::any_of(tables.begin(), tables.end(), [&](const auto* rows) {
      return std::any_of(rows->begin(), rows->end(), [&](const ReadRow& r) { return r.words.has(w); });
    });
    if (present) flags.push_back(w);
  }
  return flags;
}

bool has_noncontrolling(const std::vector<std::string_view>& flags) {
  return std::find(flags.begin(), flags.end(), "noncontrolling") != flags.end();
}

std::string_view to_string(Feature feature) {
  static constexpr std::string_view kNames[] = {
      "one", "mixed", "label-zone", "label-kind", "label-any", "bag-zone", "bag-kind", "bag-any", "seen-label-zone", "seen-bag-kind", "seen-bag-any",
      "label-likeness", "name-likeness", "label-in-name", "name-in-label", "vote", "zone-prior", "kind-prior", "uses", "section-share", "section-lift",
      "path-share", "unit-fits", "period-fits", "row-total", "concept-total", "total-fits", "flags", "mixed-gap", "likeness-gap", "zone-official", "words-bayes", "vote-zone",
      "label-words", "name-words", "kind", "zone", "in-statement", "succession", "previous-label", "next-label", "parent-label", "bag-structure", "own-share", "own-rank", "own-gap", "parent-share", "parent-official",
      "children-share", "children-official", "previous-share", "next-share", "rival", "rival-same-label", "has-parent", "table-rows",
      "position", "chosen-elsewhere", "used-elsewhere"};
  return kNames[static_cast<std::size_t>(feature)];
}

}  // namespace factpress::mapping
