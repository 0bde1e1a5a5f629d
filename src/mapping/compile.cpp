#include "mapping/compile.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "base/text.h"
#include "mapping/dictionary.h"
#include "mapping/features.h"

namespace factpress::mapping {
namespace {

using Fields = std::vector<std::string_view>;

constexpr std::uint16_t kMostFilers = 10000;

/// Calls `use` with the fields of each row that is neither empty nor a comment; false from it ends with the line's number.
template <class Use>
Status each_row(std::string_view table, std::string_view name, std::size_t columns, Use use) {
  std::size_t line = 0;
  for (std::string_view row : split(table, '\n')) {
    ++line;
    if (row.empty() || row.front() == '#') continue;
    const Fields f = split(row, '\t');
    if (f.size() < columns || !use(f)) return Failure{std::string(name) + ", line " + std::to_string(line) + ": cannot be read"};
  }
  return ok();
}

template <class Number, class... Base>
bool read_number(std::string_view text, Number& out, Base... base) {
  const auto r = std::from_chars(text.data(), text.data() + text.size(), out, base...);
  return r.ec == std::errc{} && r.ptr == text.data() + text.size();
}

template <class Enum>
bool read_enum(std::string_view text, std::uint8_t& out, int count) {
  for (int i = 0; i < count; ++i)
    if (to_string(static_cast<Enum>(i)) == text) return out = static_cast<std::uint8_t>(i), true;
  return false;
}

/// "2008-2017,2025" as bits from 2008 on.
bool read_years(std::string_view text, std::uint32_t& bits) {
  for (const std::string_view part : split(text, ',')) {
    if (part.empty()) continue;
    int from = 0, to = 0;
    const std::size_t dash = part.find('-');
    if (!read_number(part.substr(0, dash), from)) return false;
    to = from;
    if (dash != std::string_view::npos && !read_number(part.substr(dash + 1), to)) return false;
    if (from < 2008 || to > 2039 || from > to) return false;
    for (int y = from; y <= to; ++y) bits |= 1U << (y - 2008);
  }
  return true;
}

std::uint16_t limited(std::uint32_t n) { return static_cast<std::uint16_t>(std::min(n, 0xFFFFU)); }

struct KnownLabel {
  ConceptId concept_id;
  std::vector<std::uint64_t> tokens;
  std::uint8_t source;
  std::uint32_t count;
  std::uint32_t zones;
  bool is_name;
};

class Compiler {
 public:
  explicit Compiler(const DictionarySources& s) : s_(s) {}
  Status read();
  std::vector<std::uint64_t> bytes();

 private:
  Status read_concepts();
  Status read_labels();
  Status read_relations();
  Status read_model();
  bool add_concept(const Fields& f);
  bool add_label(const Fields& f);
  bool add_counted_label(const Fields& f);
  Status read_filers(const FilerSources& filers, std::string_view name);
  void count_label(ConceptId id, std::uint8_t zone, const Words& words, std::uint32_t n);
  bool add_pairs(const Fields& f);
  bool add_pair(std::string_view kind, std::string_view left, int weight, ConceptId id, std::uint32_t n);
  bool add_calculation(const Fields& f);
  bool add_model_row(const Fields& f);
  bool lay_out(std::uint32_t begin, std::uint32_t end);
  Status lay_out_trees();
  void mark_zone(Zone zone, std::string_view total);
  void mark_zones();
  void know_label(ConceptId id, const Words& words, std::uint8_t source, std::uint32_t count, std::uint32_t zones = 0);
  void count(Evidence e, std::uint64_t a, std::uint64_t b, ConceptId id, std::uint32_t n) {
    Counted& counted = counts_[{evidence_key(e, a, b), id}];
    counted.all += n;
    if (earlier_) counted.earlier += n;
  }
  std::optional<ConceptId> find(std::string_view name) const;
  void index_tokens();
  void sort_postings();
  static std::vector<std::uint32_t> index_of(const std::vector<CountRecord>& counts);
  void weigh_filers();
  bool add_call(const Fields& f);
  template <class T>
  void section(Section s, const std::vector<T>& items);
  void section_bytes(Section s, const void* data, std::size_t size, std::size_t count);

  const DictionarySources& s_;
  std::string text_;
  std::vector<ConceptRecord> concepts_;
  std::vector<std::string_view> names_;
  std::vector<std::optional<ConceptId>> pair_names_;
  struct Counted {
    std::uint32_t all = 0, earlier = 0;
  };
  std::map<std::pair<std::uint64_t, ConceptId>, Counted> counts_;
  std::uint16_t first_filer_ = 0, filers_ = 0;  ///< the first number of a table's filers; the number of all so far
  bool earlier_ = false;  ///< the rows being read are of earlier filings
  std::map<std::pair<ConceptId, std::uint64_t>, KnownLabel> known_;
  std::map<ConceptId, std::vector<ConceptId>> items_;  ///< of official totals
  std::vector<LabelRecord> labels_;
  std::vector<std::uint32_t> label_tokens_;
  std::vector<TokenRecord> tokens_;
  std::vector<Posting> postings_;
  std::vector<float> linear_;
  /// As read: branches by their places.
  struct ReadNode {
    std::int32_t feature = -1, threshold = 0;
    std::uint32_t left = 0, right = 0;
    float value = 0;
  };
  std::vector<ReadNode> read_nodes_;
  std::size_t again_ = 0;  ///< how many of the last trees judge again
  std::vector<TreeNode> trees_;
  std::vector<std::uint32_t> read_roots_;
  std::vector<TreeRoot> roots_, roots_again_;
  std::vector<FilerUse> filer_uses_;
  std::vector<float> filer_norms_;
  std::vector<UserRecord> users_;
  std::vector<std::tuple<std::uint64_t, std::uint64_t, float>> read_calls_;
  std::vector<CallRecord> calls_;
  std::vector<CalibrationRecord> calibration_;
  std::vector<std::uint64_t> out_;
};

bool Compiler::add_concept(const Fields& f) {
  ConceptRecord c{};
  if (!read_enum<DataType>(f[1], c.type, 9)) return false;
  if (!read_enum<PeriodType>(f[2], c.period, 3)) return false;
  if (!f[3].empty() && !read_enum<Balance>(f[3], c.balance, 3)) return false;
  if (!read_years(f[4], c.years)) return false;
  for (const std::string_view kind : split(f[5], ',')) {
    std::uint8_t k = 0;
    if (!kind.empty() && !read_enum<TableKind>(kind, k, 7)) return false;
    if (!kind.empty()) c.statements |= static_cast<std::uint8_t>(1U << k);
  }
  std::string_view name = f[0];
  const std::size_t colon = name.find(':');
  const std::string_view prefix = colon == std::string_view::npos ? s_.prefix : name.substr(0, colon);
  if (colon != std::string_view::npos) name.remove_prefix(colon + 1);
  c.prefix = prefix == "dei" ? 1 : prefix == "srt" ? 2 : prefix == "ifrs-full" ? 3 : 0;
  c.abstract = static_cast<DataType>(c.type) == DataType::abstract;
  c.figures = static_cast<std::uint8_t>(std::count_if(name.begin(), name.end(), [](char x) { return !is_alpha(x); })) & 0x7FU;
  c.name_size = static_cast<std::uint16_t>(name.size());
  names_.push_back(name);
  concepts_.push_back(c);
  return names_.size() < 2 || names_[names_.size() - 2] < name;  // sorted and unique
}

Status Compiler::read_concepts() {
  const Status s = each_row(s_.concepts, "concepts", 6, [&](const Fields& f) { return add_concept(f); });
  for (std::size_t i = 0; i < names_.size(); ++i) {
    concepts_[i].name = static_cast<std::uint32_t>(text_.size());
    text_ += names_[i];
    know_label(static_cast<ConceptId>(i), words_of_name(names_[i]), 1, 0);
  }
  return s;
}

std::optional<ConceptId> Compiler::find(std::string_view name) const {
  const auto at = std::lower_bound(names_.begin(), names_.end(), name);
  if (at == names_.end() || *at != name) return std::nullopt;
  return static_cast<ConceptId>(at - names_.begin());
}

void Compiler::know_label(ConceptId id, const Words& words, std::uint8_t source, std::uint32_t count, std::uint32_t zones) {
  if (words.tokens.empty()) return;
  KnownLabel& k = known_.try_emplace({id, words.bag}, KnownLabel{id, words.tokens, source, 0, 0, false}).first->second;
  k.count += count;
  k.zones |= zones;
  k.is_name = k.is_name || source == 1;
  k.source = std::min(k.source, source);
}

bool Compiler::add_label(const Fields& f) {
  std::uint8_t zone = 0;
  if (!read_enum<Zone>(f[1], zone, static_cast<int>(Zone::count_))) return false;
  std::vector<std::uint16_t> filers;
  for (const std::string_view number : split(f[3], ' '))
    if (!read_number(number, filers.emplace_back()) || filers.back() >= kMostFilers) return false;
  const auto n = static_cast<std::uint32_t>(filers.size());
  const auto id = find(f[0]);
  if (!id) return true;  // a concept that the dictionary leaves out
  const Words words = words_of_label(f[2]);
  for (const std::uint16_t filer : filers) {
    const auto number = static_cast<std::uint16_t>(first_filer_ + filer);
    filers_ = std::max<std::uint16_t>(filers_, number + 1);
    filer_uses_.push_back({words.bag, *id, number, zone, 0});
  }
  return count_label(*id, zone, words, n), true;
}

bool Compiler::add_counted_label(const Fields& f) {
  std::uint8_t zone = 0;
  std::uint32_t n = 0;
  if (!read_enum<Zone>(f[1], zone, static_cast<int>(Zone::count_)) || !read_number(f[3], n)) return false;
  if (const auto id = find(f[0])) count_label(*id, zone, words_of_label(f[2]), n);
  return true;
}

void Compiler::count_label(ConceptId id, std::uint8_t zone, const Words& words, std::uint32_t n) {
  const std::uint64_t label = fnv(words.key), kind = static_cast<std::uint64_t>(kind_of(static_cast<Zone>(zone)));
  count(Evidence::label_zone, label, zone, id, n);
  count(Evidence::label_kind, label, kind, id, n);
  count(Evidence::label_any, label, 0, id, n);
  count(Evidence::bag_zone, words.bag, zone, id, n);
  count(Evidence::bag_kind, words.bag, kind, id, n);
  count(Evidence::bag_any, words.bag, 0, id, n);
  count(Evidence::zone, zone, 0, id, n);
  count(Evidence::kind, kind, 0, id, n);
  concepts_[id].uses += n;
  know_label(id, words, 0, n, 1U << zone);
}

Status Compiler::read_labels() {
  if (Status s = read_filers(s_.filers, ""); !s) return s;
  if (Status s = read_filers(s_.later, "later "); !s) return s;
  earlier_ = true;
  Status s = read_filers(s_.earlier, "earlier ");
  earlier_ = false;
  if (!s) return s;
  return each_row(s_.synonyms, "synonyms", 2, [&](const Fields& f) {
    const auto id = find(f[0]);
    if (!id) return false;
    const Words words = words_of_label(f[1]);
    count(Evidence::label_any, fnv(words.key), 0, *id, 1);
    count(Evidence::bag_any, words.bag, 0, *id, 1);
    know_label(*id, words, 2, 1);
    return true;
  });
}

/// "index count index count ..." after the kind of evidence, its left side and its weight; indexes are those of the "name" rows.
bool Compiler::add_pairs(const Fields& f) {
  if (f[0] == "name") return pair_names_.push_back(find(f[1])), true;
  int weight = 0;
  if (f.size() < 4 || !read_number(f[2], weight)) return false;
  const std::vector<std::string_view> numbers = split(f[3], ' ');
  for (std::size_t i = 0; i + 1 < numbers.size(); i += 2) {
    std::size_t which = 0;
    std::uint32_t n = 0;
    if (!read_number(numbers[i], which) || !read_number(numbers[i + 1], n) || which >= pair_names_.size()) return false;
    if (pair_names_[which] && !add_pair(f[0], f[1], weight, *pair_names_[which], n)) return false;
  }
  return true;
}

bool Compiler::add_pair(std::string_view kind, std::string_view left, int weight, ConceptId id, std::uint32_t n) {
  if (kind == "total") return concepts_[id].totals += n, true;
  if (kind == "flag") return count(Evidence::flag, fnv(left), 0, id, n), true;
  if (kind == "parent" || kind == "previous") {
    std::size_t which = 0;
    if (!read_number(left, which) || which >= pair_names_.size()) return false;
    if (!pair_names_[which]) return true;
    const ConceptId other = *pair_names_[which];
    if (kind == "parent") {
      count(Evidence::parent, other, 0, id, n);
      count(Evidence::child, id, 0, other, n);
    } else {
      count(Evidence::previous, other, 0, id, n);
      count(Evidence::next, id, 0, other, n);
    }
    return true;
  }
  const std::uint64_t bag = words_of_label(left).bag;
  if (kind == "section") return count(Evidence::section, bag, static_cast<std::uint64_t>(weight), id, n), true;
  if (kind == "previous-label") return count(Evidence::previous_label, bag, 0, id, n), true;
  if (kind == "next-label") return count(Evidence::next_label, bag, 0, id, n), true;
  if (kind == "parent-label") return count(Evidence::parent_label, bag, 0, id, n), true;
  if (kind == "structure") return count(Evidence::bag_structure, bag, static_cast<std::uint64_t>(weight), id, n), true;
  return false;
}

Status Compiler::read_filers(const FilerSources& filers, std::string_view name) {
  first_filer_ = filers_;
  pair_names_.clear();
  const Status s = each_row(filers.labels, std::string(name) + "labels", 4, [&](const Fields& f) { return earlier_ ? add_counted_label(f) : add_label(f); });
  if (!s) return s;
  return each_row(filers.pairs, std::string(name) + "pairs", 2, [&](const Fields& f) { return add_pairs(f); });
}

bool Compiler::add_calculation(const Fields& f) {
  int weight = 0;
  const auto total = find(f[0]);
  if (!read_number(f[1], weight) || !total) return false;
  for (const std::string_view item : split(f[2], ' ')) {
    const auto id = find(item);
    if (!id) return false;
    count(Evidence::calculation, signed_concept(*total, weight), 0, *id, 1);
    items_[*total].push_back(*id);
  }
  return true;
}

Status Compiler::read_relations() {
  Status s = each_row(s_.calculations, "calculations", 3, [&](const Fields& f) { return add_calculation(f); });
  if (!s) return s;
  mark_zones();
  return each_row(s_.succession, "succession", 2, [&](const Fields& f) {
    const auto now = find(f[0]), then = find(f[1]);
    if (now && then) count(Evidence::succession, *now, 0, *then, 1);
    return now && then;
  });
}

/// Marks everything that officially adds, through any number of totals, to the total of a zone.
void Compiler::mark_zone(Zone zone, std::string_view total) {
  const auto top = find(total);
  std::vector<ConceptId> open;
  std::set<ConceptId> seen;
  if (top) open.push_back(*top);
  while (!open.empty()) {
    const ConceptId id = open.back();
    open.pop_back();
    if (!seen.insert(id).second) continue;
    count(Evidence::zone_official, static_cast<std::uint64_t>(zone), 0, id, 1);
    const auto items = items_.find(id);
    if (items != items_.end()) open.insert(open.end(), items->second.begin(), items->second.end());
  }
}

void Compiler::mark_zones() {
  mark_zone(Zone::current_assets, "AssetsCurrent");
  mark_zone(Zone::other_assets, "AssetsNoncurrent");
  mark_zone(Zone::assets, "Assets");
  mark_zone(Zone::current_liabilities, "LiabilitiesCurrent");
  mark_zone(Zone::other_liabilities, "LiabilitiesNoncurrent");
  mark_zone(Zone::liabilities, "Liabilities");
  mark_zone(Zone::equity, "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest");
  mark_zone(Zone::operating, "NetCashProvidedByUsedInOperatingActivities");
  mark_zone(Zone::operating_changes, "IncreaseDecreaseInOperatingCapital");
  mark_zone(Zone::investing, "NetCashProvidedByUsedInInvestingActivities");
  mark_zone(Zone::financing, "NetCashProvidedByUsedInFinancingActivities");
  mark_zone(Zone::revenue, "Revenues");
  mark_zone(Zone::expense, "CostsAndExpenses");
  mark_zone(Zone::nonoperating, "NonoperatingIncomeExpense");
}

bool Compiler::add_model_row(const Fields& f) {
  const auto number = [&](std::size_t i, auto& out) { return i < f.size() && read_number(f[i], out); };
  if (f[0] == "linear") {
    float w = 0;
    return number(2, w) && (linear_.push_back(w), true);
  }
  if (f[0] == "tree" || f[0] == "tree-again") {
    if (f[0] == "tree-again") {
      ++again_;
    } else if (again_ != 0) {
      return false;
    }
    return read_roots_.push_back(static_cast<std::uint32_t>(read_nodes_.size())), true;
  }
  if (f[0] == "calibration") {
    CalibrationRecord c{};
    return number(1, c.score) && number(2, c.confidence) && (calibration_.push_back(c), true);
  }
  ReadNode n;
  const std::uint32_t base = read_roots_.empty() ? 0 : read_roots_.back();
  if (f[0] == "leaf") {
    n.feature = -1;
    return number(1, n.value) && !read_roots_.empty() && (read_nodes_.push_back(n), true);
  }
  if (f[0] != "node" || read_roots_.empty()) return false;
  if (!number(1, n.feature) || !number(2, n.threshold) || !number(3, n.left) || !number(4, n.right)) return false;
  n.left += base;
  n.right += base;
  read_nodes_.push_back(n);
  return n.feature >= 0 && n.feature < static_cast<std::int32_t>(kFeatures);
}

bool Compiler::add_call(const Fields& f) {
  std::uint64_t source = 0, word = 0;
  float probability = 0;
  if (!read_number(f[0], source, 16) || !read_number(f[1], word, 16) || !read_number(f[2], probability)) return false;
  read_calls_.emplace_back(source, word, probability);
  return true;
}

Status Compiler::read_model() {
  const Status s = each_row(s_.calls, "calls", 3, [&](const Fields& f) { return add_call(f); });
  if (!s) return s;
  return each_row(s_.model, "model", 1, [&](const Fields& f) { return add_model_row(f); });
}

/// One tree, level by level. False where a branch leads out of it or to a node again.
bool Compiler::lay_out(std::uint32_t begin, std::uint32_t end) {
  struct Open {
    std::uint32_t node;
    std::uint32_t depth;
  };
  const std::size_t root = trees_.size();
  std::vector<Open> open{{begin, 0}};  // in the order of their places
  for (std::size_t i = 0; i < open.size(); ++i) {
    const Open o = open[i];
    if (o.node < begin || o.node >= end || i >= end - begin) return false;
    const ReadNode& n = read_nodes_[o.node];
    if (n.feature < 0) {
      trees_.push_back({std::numeric_limits<std::int32_t>::max(), 0, static_cast<std::uint32_t>(root + i), n.value});
    } else {
      trees_.push_back({n.threshold, static_cast<std::uint32_t>(n.feature), static_cast<std::uint32_t>(root + open.size()), n.value});
      open.insert(open.end(), {{n.left, o.depth + 1}, {n.right, o.depth + 1}});
    }
  }
  roots_.push_back({static_cast<std::uint32_t>(root), open.back().depth});
  return true;
}

Status Compiler::lay_out_trees() {
  for (std::size_t t = 0; t < read_roots_.size(); ++t) {
    const std::uint32_t begin = read_roots_[t], end = t + 1 < read_roots_.size() ? read_roots_[t + 1] : static_cast<std::uint32_t>(read_nodes_.size());
    if (!lay_out(begin, end)) return Failure{"model: a tree's branch leads nowhere"};
  }
  roots_again_.assign(roots_.end() - static_cast<std::ptrdiff_t>(again_), roots_.end());
  roots_.resize(roots_.size() - again_);
  return ok();
}

Status Compiler::read() {
  for (const auto step : {&Compiler::read_concepts, &Compiler::read_labels, &Compiler::read_relations, &Compiler::read_model}) {
    Status s = (this->*step)();
    if (!s) return s;
  }
  return lay_out_trees();
}

void Compiler::index_tokens() {
  std::map<std::uint64_t, std::vector<std::uint32_t>> index;
  for (const auto& [key, known] : known_) {
    const auto id = static_cast<std::uint32_t>(labels_.size());
    for (const std::uint64_t t : known.tokens) index[t].push_back(id);
    labels_.push_back({known.concept_id, 0, static_cast<std::uint16_t>(known.tokens.size()), known.source, static_cast<std::uint8_t>(known.is_name), known.count, known.zones, 0});
    ConceptRecord& c = concepts_[known.concept_id];
    if (c.label_count++ == 0) c.labels = id;
  }
  std::unordered_map<std::uint64_t, std::uint32_t> number;
  for (const auto& [hash, list] : index) {
    number[hash] = static_cast<std::uint32_t>(tokens_.size());
    const float weight = static_cast<float>(std::log(1.0 + static_cast<double>(labels_.size()) / static_cast<double>(list.size() + 1)));
    tokens_.push_back({hash, static_cast<std::uint32_t>(postings_.size()), static_cast<std::uint32_t>(list.size()), weight, 0});
    for (const std::uint32_t label : list) postings_.push_back({label, 0});
  }
  std::size_t i = 0;
  for (const auto& [key, known] : known_) {
    LabelRecord& l = labels_[i++];
    l.tokens = static_cast<std::uint32_t>(label_tokens_.size());
    float sum = 0;
    for (const std::uint64_t t : known.tokens) {
      const std::uint32_t token = number.at(t);
      label_tokens_.push_back(token);
      sum += tokens_[token].weight * tokens_[token].weight;
    }
    l.norm = std::sqrt(sum);
  }
  sort_postings();
  std::sort(read_calls_.begin(), read_calls_.end());
  for (const auto& [source, word, probability] : read_calls_)
    if (const auto at = number.find(word); at != number.end()) calls_.push_back({source, at->second, probability});
}

void Compiler::sort_postings() {
  for (Posting& p : postings_) p.norm = labels_[p.label].norm;
  for (const TokenRecord& t : tokens_) {
    const auto first = postings_.begin() + t.postings;
    std::stable_sort(first, first + t.posting_count, [](const Posting& a, const Posting& b) { return a.norm < b.norm; });
  }
}

std::vector<std::uint32_t> Compiler::index_of(const std::vector<CountRecord>& counts) {
  std::vector<std::uint32_t> index(kCountBuckets + 1, 0);
  for (const CountRecord& r : counts) ++index[count_bucket(r.key) + 1];
  for (std::size_t i = 0; i < kCountBuckets; ++i) index[i + 1] += index[i];
  return index;
}

void Compiler::weigh_filers() {
  const auto order = [](const FilerUse& u) { return std::tuple(u.bag, u.filer, u.concept_id, u.zone); };
  std::sort(filer_uses_.begin(), filer_uses_.end(), [&](const FilerUse& a, const FilerUse& b) { return order(a) < order(b); });
  std::size_t filers = 0;
  for (const FilerUse& u : filer_uses_) filers = std::max<std::size_t>(filers, u.filer + std::size_t{1});
  std::vector<float> squares(filers, 0);
  for (std::size_t i = 0; i < filer_uses_.size();) {
    std::set<std::uint16_t> with;
    const std::uint64_t bag = filer_uses_[i].bag;
    for (; i < filer_uses_.size() && filer_uses_[i].bag == bag; ++i) with.insert(filer_uses_[i].filer);
    const float rarity = label_rarity(with.size(), filers);
    for (const std::uint16_t f : with) squares[f] += rarity * rarity;
  }
  for (const float s : squares) filer_norms_.push_back(std::sqrt(s));
  std::set<std::pair<ConceptId, std::uint32_t>> users;
  for (const FilerUse& u : filer_uses_) users.emplace(u.concept_id, u.filer);
  for (const auto& [id, filer] : users) users_.push_back({id, filer});
}

void Compiler::section_bytes(Section s, const void* data, std::size_t size, std::size_t count) {
  const auto at = static_cast<std::size_t>(s);
  out_[1 + 2 * at] = out_.size() * 8;
  out_[2 + 2 * at] = count;
  const std::size_t begin = out_.size();
  out_.resize(begin + (size + 7) / 8, 0);
  if (size != 0) std::memcpy(out_.data() + begin, data, size);
}

template <class T>
void Compiler::section(Section s, const std::vector<T>& items) {
  section_bytes(s, items.data(), items.size() * sizeof(T), items.size());
}

std::vector<std::uint64_t> Compiler::bytes() {
  index_tokens();
  weigh_filers();
  std::vector<CountRecord> counts;
  counts.reserve(counts_.size());
  for (const auto& [key, n] : counts_) counts.push_back({key.first, key.second, limited(n.all), limited(n.earlier)});
  out_.assign(1 + 2 * static_cast<std::size_t>(Section::count_), 0);
  out_[0] = kDictionaryMagic;
  section_bytes(Section::text, text_.data(), text_.size(), text_.size());
  section(Section::concepts, concepts_);
  section(Section::counts, counts);
  section(Section::labels, labels_);
  section(Section::label_tokens, label_tokens_);
  section(Section::tokens, tokens_);
  section(Section::postings, postings_);
  section(Section::linear, linear_);
  section(Section::trees, trees_);
  section(Section::roots, roots_);
  section(Section::calibration, calibration_);
  section(Section::roots_again, roots_again_);
  section(Section::filer_uses, filer_uses_);
  section(Section::filer_norms, filer_norms_);
  section(Section::users, users_);
  section(Section::calls, calls_);
  section(Section::count_index, index_of(counts));
  return std::move(out_);
}

}  // namespace

Result<std::vector<std::uint64_t>> compile_dictionary(const DictionarySources& sources) {
  Compiler compiler(sources);
  const Status s = compiler.read();
  if (!s) return Failure{s.error()};
  return compiler.bytes();
}

}  // namespace factpress::mapping
