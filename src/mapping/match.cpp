#include "mapping/row_evidence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "base/text.h"
#include "mapping/counts.h"

namespace factpress::mapping {
namespace {

constexpr int kLastEarlyYear = 2017;  ///< of taxonomies: the standards of today on revenue, leases and restricted cash came with later ones
constexpr double kBackOff = 1.5;  ///< companies' worth of weight that the wider evidence has
constexpr std::int32_t kNoLift = std::numeric_limits<std::int32_t>::min();
constexpr double kHopeless = 0.004, kHopelessAgain = 0.01;  ///< a candidate of less probability is not judged by trees
constexpr double kAgainst = 3.0;      ///< taken from the logit of receipts printed in brackets, and of payments without
const double kUncalled = std::log(0.05);

/// What a cash flow's concept says of its direction: 1 in, -1 out, 0 either or nothing.
int direction_of(std::string_view name) {
  if (name.starts_with("ProceedsFrom"))
    return name.find("Payments") == std::string_view::npos && name.find("Repayments") == std::string_view::npos ? 1 : 0;
  if (name.starts_with("Payments") || name.starts_with("Repayments")) return name.find("Proceeds") == std::string_view::npos ? -1 : 0;
  return 0;
}

bool is_flow(const ReadRow& row) { return row.zone == Zone::investing || row.zone == Zone::financing; }

/// Whether a table prints what is paid in brackets: then the sign of a row tells its direction.
bool brackets_payments(const std::vector<ReadRow>& rows) {
  return std::any_of(rows.begin(), rows.end(), [](const ReadRow& r) { return is_flow(r) && r.row->signs == Signs::negative; });
}

/// A subtotal without a label, in a table that is no primary statement: nothing tells what it is.
bool is_nameless(const TableWork& t, const ReadRow& row) {
  const bool primary = t.kind == TableKind::income || t.kind == TableKind::balance || t.kind == TableKind::cashflow || row.zone == Zone::comprehensive;
  return !primary && row.words.tokens.empty();
}

double total_of(const ReadRow& row) { return row.has_children || row.row->is_total ? 1 : row.words.says_total ? 0.75 : 0; }

/// Letters of a label, small: what is left where case, blanks, brackets and figures do not count.
std::string letters_of(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (is_alpha(c)) out += to_lower(c);
  return out;
}

/// Share of letters in which a label (its letters) and a name with that many begin and end alike; 1 where they are one.
double letters_alike(std::string_view label, std::string_view name, std::size_t letters) {
  const std::size_t less = std::min(label.size(), letters), most = std::max(label.size(), letters);
  std::size_t first = 0, last = 0;
  for (std::size_t at = 0; first < less; ++at) {
    if (!is_alpha(name[at])) continue;
    if (to_lower(name[at]) != label[first]) break;
    ++first;
  }
  for (std::size_t at = name.size(); first + last < less; --at) {
    if (!is_alpha(name[at - 1])) continue;
    if (to_lower(name[at - 1]) != label[label.size() - 1 - last]) break;
    ++last;
  }
  return less == 0 ? 0 : static_cast<double>(first + last) / static_cast<double>(most);
}

double share(std::uint32_t n, std::uint32_t of) { return of == 0 ? 0.0 : static_cast<double>(n) / of; }

}  // namespace

Matcher::Matcher(const Dictionary& dictionary, int year)
    : d_(dictionary),
      year_bit_(year == 0 ? 0 : 1U << (year - 2008)),
      early_(year != 0 && year <= kLastEarlyYear),
      words_(dictionary.tokens().size()),
      common_(dictionary.labels().size(), 0.0F),
      alike_(dictionary.concepts().size()),
      companies_(dictionary.concepts().size(), -1.0F),
      called_(dictionary.tokens().size(), 0.0F),
      slot_(dictionary.concepts().size(), 0),
      flag_lift_(dictionary.concepts().size(), kNoLift),
      kind_(dictionary.concepts().size()),
      zone_(dictionary.concepts().size()) {}

void Matcher::Spread::load(const Dictionary& d, std::uint64_t of) {
  if (of == key) return;
  for (const CountRecord& r : list) counts[r.concept_id] = 0;
  key = of;
  list = d.counts(of);
  all = total(list);
  for (const CountRecord& r : list) counts[r.concept_id] = r.count;
}

Admission::Admission(const Row& row, std::uint32_t year_bit) : years_(year_bit) {
  constexpr std::uint32_t kAll = 0xFFFFFFFFU;
  periods_ = row.period == PeriodType::unknown ? kAll : 1U << static_cast<unsigned>(row.period);
  for (unsigned type = 0; type <= static_cast<unsigned>(DataType::abstract); ++type)
    if (row.unit == UnitClass::unknown || unit_class_of(static_cast<DataType>(type)) == row.unit) types_ |= 1U << type;
}

void Matcher::collect(const ReadRow& row, TableKind kind, RowEvidence& e) {
  e.admits = Admission(*row.row, year_bit_);
  const std::uint64_t label = fnv(row.words.key), bag = row.words.bag;
  const auto zone = static_cast<std::uint64_t>(row.zone), k = static_cast<std::uint64_t>(kind);
  std::array<std::uint64_t, RowEvidence::levels> keys;
  std::array<RowEvidence::Level, RowEvidence::levels> levels;
  std::size_t wanted = 0;
  const auto look = [&](RowEvidence::Level level, Evidence kind_of_key, std::uint64_t a, std::uint64_t b) {
    keys[wanted] = evidence_key(kind_of_key, a, b);
    levels[wanted++] = level;
  };
  if (!row.words.key.empty()) {
    look(RowEvidence::label_zone, Evidence::label_zone, label, zone);
    look(RowEvidence::label_kind, Evidence::label_kind, label, k);
    look(RowEvidence::label_any, Evidence::label_any, label, 0);
    look(RowEvidence::bag_zone, Evidence::bag_zone, bag, zone);
    look(RowEvidence::bag_kind, Evidence::bag_kind, bag, k);
    look(RowEvidence::bag_any, Evidence::bag_any, bag, 0);
  }
  kind_.load(d_, evidence_key(Evidence::kind, k, 0));
  zone_.load(d_, evidence_key(Evidence::zone, zone, 0));
  if (row.previous_bag != 0) look(RowEvidence::previous, Evidence::previous_label, row.previous_bag, 0);
  if (row.next_bag != 0) look(RowEvidence::next, Evidence::next_label, row.next_bag, 0);
  if (row.parent_bag != 0) look(RowEvidence::parent, Evidence::parent_label, row.parent_bag, 0);
  look(RowEvidence::structure, Evidence::bag_structure, bag, noncontrolling_ ? 1 : 0);
  if (!row.section.tokens.empty()) look(RowEvidence::section, Evidence::section, row.section.bag, k);
  std::array<std::span<const CountRecord>, RowEvidence::levels> found;
  d_.counts({keys.data(), wanted}, found);
  for (std::size_t i = 0; i < wanted; ++i) {
    const RowEvidence::Level level = levels[i];
    e.lists[level] = found[i];
    for (const CountRecord& r : found[i]) e.totals[level] += r.count, e.near_totals[level] += r.near(early_);
  }
  e.lists[RowEvidence::official] = d_.counts(evidence_key(Evidence::zone_official, zone));
  for (const auto level : {RowEvidence::label_zone, RowEvidence::label_kind, RowEvidence::label_any, RowEvidence::bag_any})
    for (const CountRecord& r : e.lists[level]) e.ids.push_back(r.concept_id);
  e.letters = letters_of(row.row->label);
  search_labels(row, e);
  std::sort(e.ids.begin(), e.ids.end());
  e.ids.erase(std::unique(e.ids.begin(), e.ids.end()), e.ids.end());
  for (const ConceptId id : e.ids) {
    if (year_bit_ == 0 || (d_.concepts()[id].years & year_bit_) != 0) continue;
    for (const CountRecord& r : d_.counts(evidence_key(Evidence::succession, id)))
      if (e.admits(d_.concepts()[r.concept_id])) e.older.emplace_back(r.concept_id, id);
  }
  std::erase_if(e.ids, [&](ConceptId id) { return !e.admits(d_.concepts()[id]); });
  for (std::size_t i = 0; i < e.ids.size(); ++i) {
    d_.look_ahead(e.ids, i);
    complete_likeness(e.ids[i], e);
  }
  for (const auto& [id, newer] : e.older) complete_likeness(newer, e);
  keep_likeliest(e);
}

/// A label such as "other" was seen with a hundred concepts: only the likeliest are worth a closer look.
void Matcher::keep_likeliest(RowEvidence& e) const {
  if (e.ids.size() <= kMostCandidates) return;
  std::vector<std::pair<float, ConceptId>> order;
  for (const ConceptId id : e.ids) {
    const float seen = 8.0F * static_cast<float>(in(e.lists[RowEvidence::bag_zone], id)) + 2.0F * static_cast<float>(in(e.lists[RowEvidence::bag_kind], id)) + static_cast<float>(in(e.lists[RowEvidence::bag_any], id));
    order.emplace_back(-(seen + std::max(alike_[id].label, alike_[id].name)), id);
  }
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kMostCandidates), order.end());
  e.ids.clear();
  for (std::size_t i = 0; i < kMostCandidates; ++i) e.ids.push_back(order[i].second);
  std::sort(e.ids.begin(), e.ids.end());
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

void Matcher::lexical_features(const RowEvidence& e, Match& m) const {
  const Alike& alike = alike_[m.seen_as];
  put(m.features, Feature::label_likeness, static_cast<double>(alike.label));
  put(m.features, Feature::name_likeness, static_cast<double>(alike.name));
  put(m.features, Feature::vote, e.votes > 0 ? static_cast<double>(alike.vote) / e.votes : 0);
  put(m.features, Feature::vote_zone, e.votes_zone > 0 ? static_cast<double>(alike.vote_zone) / e.votes_zone : 0);
  put(m.features, Feature::words_bayes, words_bayes(e, m.seen_as));
  // The same words in another order are as like as can be without being the same.
  const double least_alike = alike_[m.id].name > 0.999F ? 0.95 : 0;
  put(m.features, Feature::letters, std::max(least_alike, letters_alike(e.letters, d_.name(m.id), d_.concepts()[m.id].name_size - std::size_t{d_.concepts()[m.id].figures})));
  const ConceptRecord& c = d_.concepts()[m.seen_as];
  std::span<const std::uint32_t> name;
  for (const LabelRecord& l : d_.labels().subspan(c.labels, c.label_count))
    if (l.is_name != 0) name = d_.label_tokens(l);
  double found = 0, all_name = 0;
  for (const std::uint32_t t : name) {
    const auto weight = static_cast<double>(d_.tokens()[t].weight);
    all_name += weight;
    if (is_of_row(t)) found += weight;
  }
  double called = 0, least = 0;
  for (const std::uint32_t t : name) {
    const double at_large = 0.002 + 0.3 * static_cast<double>(d_.tokens()[t].posting_count) / static_cast<double>(d_.labels().size());
    const double l = called_[t] == 0.0F ? kUncalled : std::log(static_cast<double>(called_[t]) / at_large + 0.05);
    called += l;
    least = std::min(least, l);
  }
  put(m.features, Feature::name_called, name.empty() ? -3 : called / std::sqrt(static_cast<double>(name.size())));
  put(m.features, Feature::name_called_least, name.empty() ? -3 : least);
  put(m.features, Feature::label_in_name, e.weight > 0 ? found / e.weight : 0);
  put(m.features, Feature::name_in_label, all_name > 0 ? found / all_name : 0);
  put(m.features, Feature::name_words, static_cast<double>(name.size()));
}

/// The same for all rows of a table.
std::int32_t Matcher::flag_lift(ConceptId id, std::uint32_t kind_n) {
  std::int32_t& known = flag_lift_[id];
  if (known == kNoLift) {
    double lift = 0;
    for (const Flag& flag : flags_) lift += std::log((in(flag.seen, id) + 2 * flag.base) / ((kind_n + 2.0) * flag.base));
    known = fixed(lift);
    lifted_.push_back(id);
  }
  return known;
}

/// What is the same for all candidates of a row.
void Matcher::row_features(const ReadRow& row, TableKind kind, const RowEvidence& e, FeatureRow& f) {
  put(f, Feature::one, 1);
  put(f, Feature::seen_label_zone, std::log1p(e.totals[RowEvidence::label_zone]));
  put(f, Feature::seen_bag_kind, std::log1p(e.totals[RowEvidence::bag_kind]));
  put(f, Feature::seen_bag_any, std::log1p(e.totals[RowEvidence::bag_any]));
  put(f, Feature::seen_bag_near, std::log1p(e.near_totals[RowEvidence::bag_any]));
  put(f, Feature::period_fits, row.row->period == PeriodType::unknown ? 0 : 1);
  put(f, Feature::row_total, total_of(row));
  put(f, Feature::kind, static_cast<double>(kind));
  put(f, Feature::zone, static_cast<double>(row.zone));
  put(f, Feature::label_words, static_cast<double>(row.words.tokens.size()));
}

void Matcher::own_features(const ReadRow& row, TableKind kind, const RowEvidence& e, Match& m) {
  using E = RowEvidence;
  const ConceptRecord& c = d_.concepts()[m.seen_as];
  const std::uint32_t slot = slot_[m.seen_as];
  FeatureRow& f = m.features;
  const auto level = [&](Feature feature, E::Level l) {
    const std::uint32_t n = e.count(l, slot);
    f[static_cast<std::size_t>(feature)] = n == 0 ? 0 : fixed(share(n, e.totals[l]));
    return n;
  };
  const std::uint32_t kind_n = kind_.counts[m.seen_as];
  double p = (kind_n + 0.02) / (kind_.all + 200.0);
  const auto back_off = [&p](std::uint32_t n, std::uint32_t of) { p = (n + kBackOff * p) / (of + kBackOff); };
  constexpr std::array kLevels{E::bag_any, E::label_any, E::bag_kind, E::label_kind, E::bag_zone, E::label_zone};
  for (const E::Level l : kLevels) back_off(e.count(l, slot), e.totals[l]);
  put(f, Feature::mixed, std::log(p));
  for (const E::Level l : kLevels) back_off(e.count_near(l, slot), e.near_totals[l]);
  put(f, Feature::mixed_near, std::log(p));
  put(f, Feature::label_zone_near, share(e.count_near(E::label_zone, slot), e.near_totals[E::label_zone]));
  put(f, Feature::bag_any_near, share(e.count_near(E::bag_any, slot), e.near_totals[E::bag_any]));
  level(Feature::label_zone, E::label_zone);
  level(Feature::label_kind, E::label_kind);
  level(Feature::label_any, E::label_any);
  level(Feature::bag_zone, E::bag_zone);
  level(Feature::bag_kind, E::bag_kind);
  level(Feature::bag_any, E::bag_any);
  put(f, Feature::zone_prior, std::log((zone_.counts[m.seen_as] + 0.05) / (zone_.all + 20.0)));
  put(f, Feature::kind_prior, std::log((kind_n + 0.05) / (kind_.all + 20.0)));
  put(f, Feature::uses, std::log1p(c.uses));
  const std::uint32_t in_section = level(Feature::section_share, E::section), sections = e.totals[E::section];
  put(f, Feature::section_lift,
      sections == 0 ? 0 : std::log((in_section + 0.5 * (kind_n + 0.1) / (kind_.all + 1.0)) * (kind_.all + 1.0) / ((sections + 0.5) * (kind_n + 0.1))));
  const UnitClass type = unit_class_of(static_cast<DataType>(c.type));
  put(f, Feature::unit_fits, row.unit == UnitClass::unknown ? (type == UnitClass::monetary ? 0.25 : -0.5) : row.unit == type ? 1 : -1);
  const double totals = c.uses == 0 ? 0.2 : share(c.totals, c.uses);
  put(f, Feature::concept_total, totals);
  put(f, Feature::total_fits, total_of(row) > 0 ? totals : -totals);
  f[static_cast<std::size_t>(Feature::flags)] = flag_lift(m.seen_as, kind_n);
  put(f, Feature::in_statement, (c.statements >> static_cast<unsigned>(kind) & 1U) != 0 ? 1 : 0);
  level(Feature::previous_label, E::previous);
  level(Feature::next_label, E::next);
  level(Feature::parent_label, E::parent);
  level(Feature::bag_structure, E::structure);
  put(f, Feature::succession, m.seen_as == m.id ? 0 : 1);
  put(f, Feature::zone_official, e.count(E::official, slot) != 0 ? 1 : 0);
  lexical_features(e, m);
}

void Matcher::judge_alone(std::vector<Match>& list, std::span<const float> weights) {
  static constexpr std::array<std::pair<Feature, Feature>, 8> kGaps{{{Feature::mixed_near, Feature::mixed_near_gap}, {Feature::name_called, Feature::called_gap}, {Feature::mixed, Feature::mixed_gap}, {Feature::label_likeness, Feature::likeness_gap}, {Feature::letters, Feature::letters_gap}, {Feature::name_likeness, Feature::name_gap}, {Feature::words_bayes, Feature::bayes_gap}, {Feature::vote, Feature::vote_gap}}};
  std::array<std::int32_t, kGaps.size()> best;
  best.fill(std::numeric_limits<std::int32_t>::min());
  for (const Match& m : list)
    for (std::size_t g = 0; g < kGaps.size(); ++g) best[g] = std::max(best[g], m.features[static_cast<std::size_t>(kGaps[g].first)]);
  for (Match& m : list) {
    for (std::size_t g = 0; g < kGaps.size(); ++g)
      m.features[static_cast<std::size_t>(kGaps[g].second)] = m.features[static_cast<std::size_t>(kGaps[g].first)] - best[g];
    if (weights.size() >= kOwnFeatures) {
      double sum = 0;
      for (std::size_t i = 0; i < kOwnFeatures; ++i) sum += static_cast<double>(weights[i]) * m.features[i];
      m.logit = sum / 256.0;
    } else {
      m.logit = get(m.features, Feature::mixed) + 4 * get(m.features, Feature::label_likeness);
    }
  }
  take_shares(list);
  if (list.size() > kMostCandidates) list.resize(kMostCandidates);
}

void Matcher::read_flags(TableKind kind, const std::vector<std::string_view>& present) {
  flags_.clear();
  for (const ConceptId id : lifted_) flag_lift_[id] = kNoLift;
  lifted_.clear();
  const auto k = d_.counts(evidence_key(Evidence::kind, static_cast<std::uint64_t>(kind)));
  const double all = total(k) + 1.0;
  for (const std::string_view flag : present) {
    const std::uint64_t key = evidence_key(Evidence::flag, fnv(std::string(to_string(kind)) + ':' + std::string(flag)));
    const auto seen = d_.counts(key);
    const double base = (total(seen) + 0.5) / all;
    if (base < 1) flags_.push_back({seen, base});
  }
}

void Matcher::add_candidates(const ReadRow& row, TableKind kind, const RowEvidence& e, std::vector<Match>& list) {
  Match m;
  row_features(row, kind, e, m.features);
  const auto add = [&](ConceptId id, ConceptId seen_as, std::size_t known) {
    m.id = id;
    m.seen_as = seen_as;
    own_features(row, kind, e, m);
    const auto end = list.begin() + static_cast<std::ptrdiff_t>(known);
    const auto same = std::find_if(list.begin(), end, [&](const Match& k) { return k.id == id; });
    if (same == end) {
      list.push_back(m);
    } else if (get(same->features, Feature::mixed) < get(m.features, Feature::mixed)) {
      *same = m;
    }
  };
  const std::size_t before = list.size();
  list.reserve(before + e.ids.size() + e.older.size());
  for (const ConceptId id : e.ids) add(id, id, before);  // no two of them are the same
  for (const auto& [id, newer] : e.older) add(id, newer, list.size());
}

/// Gives the concepts whose counts speak for a row their slots, and looks up the counts.
void Matcher::number_candidates(RowEvidence& e) {
  candidates_ = e.ids;
  std::uint32_t n = 0;
  for (const ConceptId id : e.ids) slot_[id] = ++n;
  for (const auto& [id, newer] : e.older)
    if (slot_[newer] == 0) slot_[newer] = ++n, candidates_.push_back(newer);
  for (const ConceptId id : candidates_) companies_behind(id);
  e.seen.assign((n + std::size_t{1}) * RowEvidence::levels, 0);
  e.near.assign(e.seen.size(), 0);
  for (std::size_t level = 0; level < RowEvidence::levels; ++level) {
    const auto list = e.lists[level];
    const auto take = [&](const CountRecord& r) {
      const std::size_t at = slot_[r.concept_id] * RowEvidence::levels + level;  // slot 0: of no candidate
      e.seen[at] = r.count, e.near[at] = r.near(early_);
    };
    if (list.size() <= 16 * candidates_.size()) {
      for (const CountRecord& r : list) take(r);
    } else {
      for (const ConceptId id : candidates_)
        if (const CountRecord* r = record(list, id)) take(*r);
    }
  }
}

/// The candidates of a row whose evidence is collected, judged alone; leaves the scratch space clean.
void Matcher::weigh(const ReadRow& row, TableKind kind, RowEvidence& e, std::vector<Match>& list) {
  number_candidates(e);
  count_words(e);
  calls_.clear();
  for (const std::uint64_t source : name_sources(row)) calls_.push_back(d_.calls(source));
  for (const std::span<const CallRecord> calls : calls_)
    for (const CallRecord& c : calls) called_[c.token] += c.probability / static_cast<float>(calls_.size());
  add_candidates(row, kind, e, list);
  for (const std::span<const CallRecord> calls : calls_)
    for (const CallRecord& c : calls) called_[c.token] = 0;
  for (const ConceptId id : e.ids) slot_[id] = 0;
  for (const auto& [id, newer] : e.older) slot_[newer] = 0;
  forget_words();
  judge_alone(list, d_.linear());
  heed_sign(row, list);
}

/// Not learned: the statements learned from show no figures.
void Matcher::heed_sign(const ReadRow& row, std::vector<Match>& list) const {
  const int printed = row.row->signs == Signs::negative ? -1 : row.row->signs == Signs::positive ? 1 : 0;
  if (!brackets_payments_ || printed == 0 || !is_flow(row)) return;
  for (Match& m : list)
    if (direction_of(d_.name(m.id)) == -printed) m.logit -= kAgainst;
  take_shares(list);
}

void Matcher::gather(std::vector<TableWork>& tables) {
  std::vector<const std::vector<ReadRow>*> all_rows;
  for (const TableWork& t : tables) all_rows.push_back(&t.rows);
  const std::vector<std::string_view> present = flags_of(all_rows);
  noncontrolling_ = has_noncontrolling(present);
  for (TableWork& t : tables) {
    read_flags(t.kind, present);
    brackets_payments_ = brackets_payments(t.rows);
    t.matches.assign(t.rows.size(), {});
    for (std::size_t i = 0; i < t.rows.size(); ++i) {
      if (!t.rows[i].row->has_values || is_nameless(t, t.rows[i])) continue;
      RowEvidence e;
      collect(t.rows[i], t.kind, e);
      weigh(t.rows[i], t.kind, e, t.matches[i]);
    }
    propose_totals(t);
  }
}

/// A subtotal without a label may be any total that the rows adding to it are known to add to.
void Matcher::propose_totals(TableWork& t) {
  for (std::size_t i = 0; i < t.rows.size(); ++i) {
    if (!t.rows[i].has_children || !t.rows[i].row->has_values || !t.rows[i].words.tokens.empty() || is_nameless(t, t.rows[i])) continue;
    RowEvidence e;
    collect(t.rows[i], t.kind, e);
    for (std::size_t j = 0; j < t.rows.size(); ++j) {
      if (t.rows[j].row->parent != static_cast<int>(i) || t.matches[j].empty() || e.ids.size() > kMostCandidates) continue;
      for (const CountRecord& r : d_.counts(evidence_key(Evidence::child, t.matches[j][0].id)))
        if (e.admits(d_.concepts()[r.concept_id])) e.ids.push_back(r.concept_id);
    }
    std::sort(e.ids.begin(), e.ids.end());
    e.ids.erase(std::unique(e.ids.begin(), e.ids.end()), e.ids.end());
    weigh(t.rows[i], t.kind, e, t.matches[i]);
  }
}

namespace {

/// Best first. A match is large: its place is found before it is moved, once.
void sort_matches(std::vector<Match>& list) {
  struct Place {
    double logit;
    ConceptId id;
    std::uint32_t from;
  };
  const auto better = [](const auto& a, const auto& b) { return a.logit != b.logit ? a.logit > b.logit : a.id < b.id; };
  if (std::is_sorted(list.begin(), list.end(), better)) return;
  std::vector<Place> order;
  order.reserve(list.size());
  for (const Match& m : list) order.push_back({m.logit, m.id, static_cast<std::uint32_t>(order.size())});
  std::sort(order.begin(), order.end(), better);
  for (std::uint32_t first = 0; first < order.size(); ++first) {
    if (order[first].from == first) continue;
    const Match kept = list[first];
    std::uint32_t to = first;
    for (std::uint32_t from = order[to].from; from != first; from = order[to].from) {
      list[to] = list[from];
      order[to].from = to;
      to = from;
    }
    list[to] = kept;
    order[to].from = to;
  }
}

}  // namespace

void Matcher::take_shares(std::vector<Match>& list) {
  double sum = 1;  // "none of them" has logit 0
  for (Match& m : list) sum += m.share = std::exp(std::min(m.logit, 40.0));
  for (Match& m : list) m.share /= sum;
  sort_matches(list);
}

namespace {

/// The branch that the features choose; found without a jump.
inline const TreeNode* next(const TreeNode* trees, const TreeNode* node, const FeatureRow& features) {
  return trees + node->left + (features[node->feature] > node->threshold ? 1 : 0);
}

}  // namespace

/// Four trees are walked side by side and each to its full depth, without a jump: which way a question is answered cannot be
/// foreseen, and a wrong guess of the processor costs more than steps that stay in a leaf.
double Matcher::add_trees(double logit, std::span<const TreeRoot> roots, const FeatureRow& features) const {
  const TreeNode* const trees = d_.trees().data();
  const auto leaf_value = [](const TreeNode* leaf) { return static_cast<double>(leaf->value); };
  std::size_t i = 0;
  for (; i + 4 <= roots.size(); i += 4) {
    const TreeRoot* const r = &roots[i];
    const TreeNode *a = trees + r[0].node, *b = trees + r[1].node, *c = trees + r[2].node, *d = trees + r[3].node;
    for (std::uint32_t depth = std::max({r[0].depth, r[1].depth, r[2].depth, r[3].depth}); depth != 0; --depth)
      a = next(trees, a, features), b = next(trees, b, features), c = next(trees, c, features), d = next(trees, d, features);
    logit = logit + leaf_value(a) + leaf_value(b) + leaf_value(c) + leaf_value(d);
  }
  for (; i < roots.size(); ++i) {
    const TreeNode* at = trees + roots[i].node;
    for (std::uint32_t depth = roots[i].depth; depth != 0; --depth) at = next(trees, at, features);
    logit += leaf_value(at);
  }
  return logit;
}

void Matcher::apply_trees(std::vector<TableWork>& tables, std::span<const TreeRoot> roots, bool first) const {
  for (TableWork& t : tables)
    for (std::vector<Match>& list : t.matches) {
      if (!first && is_settled(list)) continue;
      for (Match& m : list) {
        if (m.share > (first ? kHopeless : kHopelessAgain)) m.logit = add_trees(m.logit, roots, m.features);
      }
      take_shares(list);
    }
}

void Matcher::judge(std::vector<TableWork>& tables, const std::vector<Remembered>& earlier) {
  add_neighbours(tables, earlier);
  apply_trees(tables, d_.tree_roots(), true);
  if (!d_.tree_roots_again().empty()) {
    see_neighbours(tables, earlier, false);
    apply_trees(tables, d_.tree_roots_again(), false);
  }
}

std::vector<std::string_view> flags_of(const std::vector<const std::vector<ReadRow>*>& tables) {
  static constexpr std::string_view kWords[] = {"noncontrolling", "gross",     "premium", "deposit", "loan",    "discontinued", "preferred", "member",
                                                "partner",        "restricted", "exchange", "rental",  "current", "redeemable",   "unit",      "policy"};
  std::vector<std::string_view> flags;
  for (const std::string_view w : kWords) {
    const std::uint64_t token = token_of(w);
    const bool present = std::any_of(tables.begin(), tables.end(), [&](const auto* rows) {
      return std::any_of(rows->begin(), rows->end(), [&](const ReadRow& r) { return r.words.has_token(token); });
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
      "label-words", "name-words", "kind", "zone", "in-statement", "succession", "previous-label", "next-label", "parent-label", "bag-structure",
      "letters", "name-called", "name-called-least", "called-gap", "letters-gap", "name-gap", "bayes-gap", "vote-gap",
      "mixed-near", "mixed-near-gap", "label-zone-near", "bag-any-near", "seen-bag-near", "own-share", "own-rank", "own-gap", "parent-share", "parent-official",
      "children-share", "children-official", "previous-share", "next-share", "rival", "rival-same-label", "has-parent", "table-rows",
      "position", "chosen-elsewhere", "used-elsewhere", "elsewhere-share", "elsewhere-gap", "elsewhere-rows", "filers-share", "filers-gap", "filers-seen", "filers-lift", "names-as-labels"};
  return kNames[static_cast<std::size_t>(feature)];
}

}  // namespace factpress::mapping
