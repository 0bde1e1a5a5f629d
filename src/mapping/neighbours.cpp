#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "mapping/counts.h"
#include "mapping/match.h"

/// What the neighbours and the other tables tell of a row's candidates.
namespace factpress::mapping {
namespace {

/// Rows further off than this are no neighbours: tables have dozens of rows, and one of a hundred thousand must not cost the square of them.
constexpr std::size_t kFarthest = 200;

/// Share of the rows that have a concept's name for label.
double names_as_labels(const std::vector<TableWork>& tables) {
  std::size_t values = 0, named = 0;
  for (const TableWork& t : tables)
    for (const std::vector<Match>& list : t.matches) {
      values += !list.empty();
      named += std::any_of(list.begin(), list.end(), [](const Match& m) { return get(m.features, Feature::letters) == 1; });
    }
  return values == 0 ? 0 : static_cast<double>(named) / static_cast<double>(values);
}

}  // namespace

/// A row that wants a concept: it is among its best two.
struct Matcher::Wanted {
  ConceptId id;
  std::size_t row;
  double share;
};

/// By concept, the rows of each in their order.
std::vector<Matcher::Wanted> Matcher::wanted_of(const std::vector<std::vector<Match>>& all) {
  std::vector<Wanted> out;
  for (std::size_t j = 0; j < all.size(); ++j)
    for (std::size_t k = 0; k < all[j].size() && k < 2; ++k) out.push_back({all[j][k].id, j, all[j][k].share});
  std::stable_sort(out.begin(), out.end(), [](const Wanted& a, const Wanted& b) { return a.id < b.id; });
  return out;
}

/// What stands around a row, looked up once for all its candidates.
struct Matcher::Surroundings {
  static constexpr std::size_t kLikeliest = 3;
  /// One thing a neighbour may be, how likely, and what is counted beside it.
  struct Likely {
    double share = 0;
    std::span<const CountRecord> list;
    double total = 1;
    ConceptId id = kNoConcept;
  };
  /// The likeliest of them.
  class Neighbour {
   public:
    void push_back(const Likely& l) { items_[n_++] = l; }
    std::size_t size() const { return n_; }
    const Likely& operator[](std::size_t i) const { return items_[i]; }
    const Likely* begin() const { return items_.data(); }
    const Likely* end() const { return items_.data() + n_; }

   private:
    std::array<Likely, kLikeliest> items_;
    std::size_t n_ = 0;
  };
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
    std::array<std::uint64_t, Surroundings::kLikeliest> keys;
    std::array<std::span<const CountRecord>, Surroundings::kLikeliest> lists;
    std::size_t likely = 0;
    for (; likely < all[j].size() && likely < keys.size() && all[j][likely].share >= 0.02; ++likely) keys[likely] = evidence_key(kind, all[j][likely].id);
    d_.counts({keys.data(), likely}, lists);
    Surroundings::Neighbour n;
    for (std::size_t k = 0; k < likely; ++k) n.push_back({all[j][k].share, lists[k], total(lists[k]) + 1.0, all[j][k].id});
    return n;
  };
  for (std::size_t j = i; j-- > 0 && j + kFarthest >= i;)
    if (rows[j].row->has_values) {
      s.previous = read(j, Evidence::previous);
      break;
    }
  for (std::size_t j = i + 1; j < rows.size() && j <= i + kFarthest; ++j)
    if (rows[j].row->has_values) {
      s.next = read(j, Evidence::next);
      break;
    }
  const int p = rows[i].row->parent;
  if (p >= 0 && static_cast<std::size_t>(p) < all.size()) {
    const auto parent = static_cast<std::size_t>(p);
    s.parent = read(parent, Evidence::parent);
    for (std::size_t k = 0; k < all[parent].size() && k < Surroundings::kLikeliest; ++k) {
      const ConceptId id = all[parent][k].id;
      s.official.push_back({all[parent][k].share, {d_.counts(evidence_key(Evidence::calculation, signed_concept(id, 1))),
                                                   d_.counts(evidence_key(Evidence::calculation, signed_concept(id, -1)))}});
    }
  }
  const std::size_t last = std::min(rows.size(), i + kFarthest + 1);
  for (std::size_t j = i > kFarthest ? i - kFarthest : 0; j < last && rows[i].has_children; ++j)
    if (rows[j].row->parent == static_cast<int>(i) && j != i) s.children.push_back(read(j, Evidence::child));
  return s;
}

void Matcher::neighbour_features(const std::vector<ReadRow>& rows, std::size_t i, const Surroundings& around, const std::vector<Wanted>& wanted,
                                 Match& m) const {
  FeatureRow& f = m.features;
  const Row& row = *rows[i].row;
  put(f, Feature::previous_share, 4 * Surroundings::expected(around.previous, m.id));
  put(f, Feature::next_share, 4 * Surroundings::expected(around.next, m.id));
  if (row.parent >= 0 && static_cast<std::size_t>(row.parent) < rows.size()) {
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
  const auto earlier = [](const Wanted& w, const std::pair<ConceptId, std::size_t>& at) { return std::pair(w.id, w.row) < at; };
  const std::pair from(m.id, i > kFarthest ? i - kFarthest : 0);
  for (auto w = std::lower_bound(wanted.begin(), wanted.end(), from, earlier); w != wanted.end() && w->id == m.id && w->row <= i + kFarthest; ++w)
    if (w->row != i && rows[w->row].row->context == row.context && w->share > rival) rival = w->share, same = rows[w->row].words.bag == rows[i].words.bag;
  put(f, Feature::rival, rival);
  put(f, Feature::rival_same_label, same ? 1 : 0);
  put(f, Feature::table_rows, static_cast<double>(rows.size()));
  put(f, Feature::position, 64.0 * static_cast<double>(i) / static_cast<double>(rows.size()));
}

/// What other tables have or seem to have, by words and by concept.
class Matcher::Memory {
 public:
  Memory(const std::vector<Remembered>& all, std::size_t rows) : all_(all) {
    for (const Remembered& r : all) by_id_.push_back({r.id, r.table, r.confidence});
    // Of a concept and table the surest alone.
    std::sort(by_id_.begin(), by_id_.end(), [](const Used& a, const Used& b) { return std::tuple(a.id, a.table, b.confidence) < std::tuple(b.id, b.table, a.confidence); });
    by_id_.erase(std::unique(by_id_.begin(), by_id_.end(), [](const Used& a, const Used& b) { return a.id == b.id && a.table == b.table; }), by_id_.end());
    if (rows <= kFewRows) return;  // sorting is dearer than looking
    for (std::size_t i = 0; i < all.size(); ++i) by_bag_.emplace_back(all[i].bag, i);
    std::sort(by_bag_.begin(), by_bag_.end());
    sorted_ = true;
  }

  /// What equal words of the same period type stand for in other tables, in the order of `all`; the first `kMostEqual` of them.
  void find_equal(const ReadRow& row, int table, std::vector<const Remembered*>& out) const {
    out.clear();
    const auto take = [&](const Remembered& r) {
      if (r.bag == row.words.bag && r.period == row.row->period && !here(r.table, table)) out.push_back(&r);
    };
    if (!sorted_) {
      for (const Remembered& r : all_) take(r);
      return;
    }
    const auto from = [&](std::size_t index) { return std::lower_bound(by_bag_.begin(), by_bag_.end(), std::pair{row.words.bag, index}); };
    for (auto at = from(0); at != by_bag_.end() && at->first == row.words.bag && out.size() < kMostEqual;) {
      const Remembered& r = all_[at->second];
      if (here(r.table, table)) {  // the rows of a table stand together
        at = from(end_of(table));
      } else {
        take(r);
        ++at;
      }
    }
  }

  /// How surely another table uses the concept.
  double used(ConceptId id, int table) const {
    double most = 0;
    for (auto at = std::lower_bound(by_id_.begin(), by_id_.end(), id, [](const Used& u, ConceptId i) { return u.id < i; }); at != by_id_.end() && at->id == id; ++at)
      if (!here(at->table, table)) most = std::max(most, at->confidence);
    return most;
  }

 private:
  static constexpr std::size_t kFewRows = 8, kMostEqual = 512;
  struct Used {
    ConceptId id;
    int table;
    double confidence;
  };
  static bool here(int of, int table) { return of == table && table >= 0; }
  /// The index behind a table's last row; rows of no table at hand, which come first, have negative ones.
  std::size_t end_of(int table) const {
    return static_cast<std::size_t>(std::partition_point(all_.begin(), all_.end(), [&](const Remembered& r) { return r.table <= table; }) - all_.begin());
  }

  const std::vector<Remembered>& all_;
  std::vector<Used> by_id_;
  std::vector<std::pair<std::uint64_t, std::size_t>> by_bag_;
  bool sorted_ = false;
};

void Matcher::memory_features(const std::vector<const Remembered*>& equal, double used, Match& m) {
  double same = 0;
  for (const Remembered* r : equal) {
    const double vote = r->id == m.id ? r->confidence : -r->confidence;
    if (r->confidence > 0.2 && std::abs(vote) > std::abs(same)) same = vote;
  }
  put(m.features, Feature::chosen_elsewhere, same);
  put(m.features, Feature::used_elsewhere, used);
}

/// The mean of what the equal rows of other tables may be.
void Matcher::elsewhere_features(const std::vector<TableWork>& tables, const std::vector<const Remembered*>& equal, std::vector<Match>& list) {
  if (equal.empty()) return;  // all 0, as they were
  std::array<double, kKept> shares{};
  double most = 0;
  for (std::size_t k = 0; k < list.size(); ++k) {
    for (const Remembered* r : equal) {
      if (r->table < 0) {
        if (r->id == list[k].id) shares[k] += r->confidence;
        continue;
      }
      for (const Match& m : tables[static_cast<std::size_t>(r->table)].matches[r->row])
        if (m.id == list[k].id) shares[k] += m.share;
    }
    shares[k] /= static_cast<double>(equal.size());
    most = std::max(most, shares[k]);
  }
  for (std::size_t k = 0; k < list.size(); ++k) {
    put(list[k].features, Feature::elsewhere_share, shares[k]);
    put(list[k].features, Feature::elsewhere_gap, shares[k] - most);
    put(list[k].features, Feature::elsewhere_rows, static_cast<double>(std::min<std::size_t>(equal.size(), 9)));
  }
}

void Matcher::add_neighbours(std::vector<TableWork>& tables, const std::vector<Remembered>& earlier) {
  compare_filers(tables);
  see_neighbours(tables, earlier, true);
}

void Matcher::see_neighbours(std::vector<TableWork>& tables, const std::vector<Remembered>& earlier, bool first) {
  std::vector<Remembered> memory = earlier;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    TableWork& work = tables[t];
    for (std::size_t i = 0; i < work.rows.size(); ++i) {
      std::vector<Match>& list = work.matches[i];
      if (list.size() > kKept) list.resize(kKept);
      for (std::size_t k = 0; k < list.size(); ++k) {
        put(list[k].features, Feature::own_share, list[k].share);
        put(list[k].features, Feature::own_rank, static_cast<double>(k));
        put(list[k].features, Feature::own_gap, list[k].logit - list[0].logit);
      }
      if (!list.empty() && list[0].share > 0.05)
        memory.push_back({work.rows[i].words.bag, work.rows[i].unit, work.rows[i].row->period, list[0].id, list[0].share, static_cast<int>(t), i});
    }
  }
  std::size_t rows = 0;
  for (const TableWork& t : tables) rows += t.rows.size();
  const double names = names_as_labels(tables);
  const Memory known(memory, rows);
  std::vector<const Remembered*> equal;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    const auto table = static_cast<int>(t);
    const std::vector<Wanted> wanted = wanted_of(tables[t].matches);
    for (std::size_t i = 0; i < tables[t].rows.size(); ++i) {
      if (first ? tables[t].matches[i].empty() : is_settled(tables[t].matches[i])) continue;
      known.find_equal(tables[t].rows[i], table, equal);
      elsewhere_features(tables, equal, tables[t].matches[i]);
      if (first) filer_features(tables[t].rows[i], tables[t].kind, tables[t].matches[i]);
      const Surroundings around = look_around(tables[t].rows, tables[t].matches, i);
      for (Match& m : tables[t].matches[i]) {
        neighbour_features(tables[t].rows, i, around, wanted, m);
        memory_features(equal, known.used(m.id, table), m);
        put(m.features, Feature::names_as_labels, names);
      }
    }
  }
}

}  // namespace factpress::mapping
