#include "learn.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <tuple>

#include "base/text.h"
#include "translate.h"

namespace factpress::learn {

using namespace mapping;

std::string read_whole(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

TextTables read_written_tables(const std::string& folder) {
  TextTables t;
  t.concepts = read_whole(folder + "/us-gaap.tsv");
  if (t.concepts.empty()) throw std::runtime_error("no us-gaap.tsv in " + folder);
  t.calculations = read_whole(folder + "/us-gaap-calculations.tsv");
  t.synonyms = read_whole(folder + "/us-gaap-synonyms.tsv");
  t.succession = read_whole(folder + "/us-gaap-succession.tsv");
  return t;
}

std::shared_ptr<const Dictionary> TextTables::compile() const {
  auto bytes = compile_dictionary({concepts, labels, pairs, calls, calculations, synonyms, succession, model, "us-gaap"});
  if (!bytes) throw std::runtime_error(bytes.error());
  auto dictionary = Dictionary::from_bytes(std::move(*bytes));
  if (!dictionary) throw std::runtime_error(dictionary.error());
  return *dictionary;
}

namespace {

/// Rows of a learned table with the companies that showed each.
class Companies {
 public:
  void add(std::string row, const std::string& company) { seen_[std::move(row)].insert(company); }
  std::string text() const {
    std::map<std::string, std::size_t> number;
    for (const auto& [row, companies] : seen_)
      for (const std::string& c : companies) number.emplace(c, 0);
    std::size_t n = 0;
    for (auto& [company, i] : number) i = n++;
    std::string out;
    for (const auto& [row, companies] : seen_) {
      out += row;
      for (char gap = '\t'; const std::string& c : companies) out += gap + std::to_string(number.at(c)), gap = ' ';
      out += '\n';
    }
    return out;
  }

 private:
  std::map<std::string, std::set<std::string>> seen_;
};

/// Evidence on concepts by kind, left side and weight, with the concepts as numbers: the names stand first.
class Pairs {
 public:
  void add(std::string_view kind, std::string_view left, int weight, const std::string& right, const std::string& company) {
    names_.emplace(right, 0);
    seen_[{std::string(kind), std::string(left), weight}][right].insert(company);
  }
  void add_between(std::string_view kind, const std::string& left, int weight, const std::string& right, const std::string& company) {
    names_.emplace(left, 0);
    add(kind, left, weight, right, company);
  }
  std::string text() {
    std::string out;
    int n = 0;
    for (auto& [name, number] : names_) out += fmt::format("name\t{}\n", name), number = n++;
    for (const auto& [key, rights] : seen_) {
      const auto& [kind, left, weight] = key;
      const bool between = kind == "parent" || kind == "previous";
      out += fmt::format("{}\t{}\t{}\t", kind, between ? std::to_string(names_.at(left)) : left, weight);
      const char* gap = "";
      for (const auto& [right, companies] : rights) out += fmt::format("{}{} {}", gap, names_.at(right), companies.size()), gap = " ";
      out += '\n';
    }
    return out;
  }

 private:
  std::map<std::string, int> names_;
  std::map<std::tuple<std::string, std::string, int>, std::map<std::string, std::set<std::string>>> seen_;
};

bool standard(const std::string& truth) { return !truth.empty() && truth != "?"; }

const std::string* value_label(const std::vector<ReadRow>& rows, std::size_t i, int step) {
  for (auto j = static_cast<std::ptrdiff_t>(i) + step; j >= 0 && j < static_cast<std::ptrdiff_t>(rows.size()); j += step)
    if (rows[static_cast<std::size_t>(j)].row->has_values) return &rows[static_cast<std::size_t>(j)].words.key;
  return nullptr;
}

void count_labels_around(const GoldTable& t, const std::vector<ReadRow>& rows, std::size_t i, bool noncontrolling, Pairs& pairs) {
  const std::string& c = t.truth[i];
  if (const std::string* l = value_label(rows, i, -1)) pairs.add("previous-label", *l, 0, c, t.company);
  if (const std::string* l = value_label(rows, i, 1)) pairs.add("next-label", *l, 0, c, t.company);
  const int p = rows[i].row->parent;
  if (p >= 0) pairs.add("parent-label", rows[static_cast<std::size_t>(p)].words.key, 0, c, t.company);
  pairs.add("structure", rows[i].words.key, noncontrolling ? 1 : 0, c, t.company);
}

void count_pairs(const GoldTable& t, const std::vector<ReadRow>& rows, const std::vector<std::string_view>& flags, Pairs& pairs) {
  const auto kind = std::string(to_string(t.query.kind));
  std::string previous;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string& c = t.truth[i];
    if (c.empty()) continue;
    if (standard(c)) {
      count_labels_around(t, rows, i, has_noncontrolling(flags), pairs);
      if (rows[i].has_children) pairs.add("total", "", 0, c, t.company + rows[i].words.key);
      if (!rows[i].section.key.empty()) pairs.add("section", rows[i].section.key, static_cast<int>(t.query.kind), c, t.company);
      if (standard(previous)) pairs.add_between("previous", previous, 0, c, t.company);
      const int p = rows[i].row->parent;
      if (p >= 0 && standard(t.truth[static_cast<std::size_t>(p)]))
        pairs.add_between("parent", t.truth[static_cast<std::size_t>(p)], 0, c, t.company);
      for (const std::string_view flag : flags) pairs.add("flag", fmt::format("{}:{}", kind, flag), 0, c, t.company);
    }
    previous = c;
  }
}

/// A filing's tables as the mapper works on them, all together.
struct Filing {
  std::vector<const GoldTable*> tables;
  std::shared_ptr<const Dictionary> dictionary;
  std::vector<TableWork> work;
};

std::vector<Filing> filings_of(const TableList& tables) {
  std::vector<Filing> out;
  for (const GoldTable* t : tables) {
    if (out.empty() || out.back().tables.back()->filing != t->filing) out.emplace_back();
    out.back().tables.push_back(t);
    out.back().work.push_back({t->query.kind, read_rows(t->query), {}});
  }
  return out;
}

/// A release has tables of which nobody can say what kind they are, and whose rows no footing relates: the ranker has to know
/// what its evidence is worth there. So that it learns that, the tables are shown a second time as such.
GoldTable disguised(const GoldTable& t) {
  GoldTable out = t;
  out.query.kind = TableKind::other;
  out.query.title = {};
  for (Row& row : out.query.rows) row.parent = -1;
  return out;
}

/// Each filing of `shown` with candidates from evidence counted in `tables` on the companies of the other inner folds.
std::vector<Filing> prepare(const TextTables& written, const TableList& tables, const TableList& shown, int folds) {
  std::set<std::string> names;
  for (const GoldTable* t : tables) names.insert(t->company);
  std::map<std::string, int> fold;
  for (const std::string& n : names) fold.emplace(n, static_cast<int>(fold.size()));
  std::vector<Filing> out;
  for (int k = 0; k < folds; ++k) {
    TableList inside, outside;
    for (const GoldTable* t : tables)
      if (fold[t->company] % folds != k) outside.push_back(t);
    for (const GoldTable* t : shown)
      if (fold[t->company] % folds == k) inside.push_back(t);
    TextTables text = written;
    count_evidence(outside, text);
    const auto dictionary = text.compile();
    for (Filing& f : filings_of(inside)) {
      f.dictionary = dictionary;
      Matcher(*dictionary, f.tables[0]->year).gather(f.work);
      out.push_back(std::move(f));
    }
  }
  return out;
}

/// A company with very many rows (a parent that files for its subsidiaries too) must not decide for all.
constexpr double kFullRows = 150;

Sample sample_of(const std::vector<Filing>& filings) {
  std::map<std::string, double> rows;
  for (const Filing& f : filings)
    for (const GoldTable* t : f.tables) rows[t->company] += static_cast<double>(t->truth.size());
  Sample s;
  for (const Filing& f : filings)
    for (std::size_t t = 0; t < f.tables.size(); ++t)
      for (std::size_t i = 0; i < f.work[t].rows.size(); ++i) {
        if (f.work[t].matches[i].empty()) continue;
        Group g{s.rows.size(), 0, -1, std::min(1.0, kFullRows / rows[f.tables[t]->company])};
        for (const Match& m : f.work[t].matches[i]) {
          if (f.dictionary->name(m.id) == f.tables[t]->truth[i]) g.right = static_cast<int>(s.rows.size() - g.begin);
          s.rows.push_back(m.features);
          s.base.push_back(m.logit);
        }
        g.end = s.rows.size();
        s.groups.push_back(g);
      }
  return s;
}

}  // namespace

void count_evidence(const TableList& tables, TextTables& out) {
  Companies labels;
  Pairs pairs;
  Translator translator;
  for (const Filing& f : filings_of(tables)) {
    std::vector<const std::vector<ReadRow>*> all;
    for (const TableWork& w : f.work) all.push_back(&w.rows);
    const auto flags = flags_of(all);
    for (std::size_t t = 0; t < f.tables.size(); ++t) {
      const std::vector<ReadRow>& rows = f.work[t].rows;
      const GoldTable& table = *f.tables[t];
      for (std::size_t i = 0; i < rows.size(); ++i)
        if (standard(table.truth[i]) && !rows[i].words.key.empty())
          labels.add(fmt::format("{}\t{}\t{}", table.truth[i], to_string(rows[i].zone), rows[i].words.key), table.company);
      for (std::size_t i = 0; i < rows.size(); ++i)
        if (standard(table.truth[i]) && !rows[i].words.key.empty()) translator.add(table.company, name_sources(rows[i]), table.truth[i]);
      count_pairs(table, rows, flags, pairs);
    }
  }
  out.labels = labels.text();
  out.pairs = pairs.text();
  out.calls = translator.text();
}

namespace {

/// Takes over the logits of a sample of these filings, and looks at the neighbours again.
void rethink(std::vector<Filing>& filings, const std::vector<double>& logits) {
  std::size_t at = 0;
  for (Filing& f : filings) {
    for (TableWork& w : f.work)
      for (auto& list : w.matches) {
        for (Match& m : list) m.logit = logits[at++];
        Matcher::take_shares(list);
      }
    Matcher(*f.dictionary, f.tables[0]->year).add_neighbours(f.work, {});
  }
}

/// The trees that judge again. They see the neighbours as trees judge them that other companies taught.
std::string train_again(std::vector<Filing>& filings, const BoostOptions& options) {
  std::map<std::string, int> half;
  for (const Filing& f : filings) half.emplace(f.tables[0]->company, 0);
  int n = 0;
  for (auto& [company, h] : half) h = n++ % 2;
  std::array<std::vector<Filing>, 2> halves;
  for (Filing& f : filings) halves[static_cast<std::size_t>(half.at(f.tables[0]->company))].push_back(std::move(f));
  std::array<Sample, 2> parts{sample_of(halves[0]), sample_of(halves[1])};
  const std::array<Sample, 2> before = parts;
  for (std::size_t h = 0; h < 2; ++h) train_trees(before[h], options, "tree", &parts[1 - h]);
  filings.clear();
  for (std::size_t h = 0; h < 2; ++h) {
    rethink(halves[h], parts[h].base);
    for (Filing& f : halves[h]) filings.push_back(std::move(f));
  }
  return train_trees(sample_of(filings), options, "tree-again");
}

}  // namespace

TextTables train(const TextTables& written, const TableList& tables, const BoostOptions& options) {
  std::deque<GoldTable> second;
  TableList as_second;
  for (const GoldTable* t : tables) as_second.push_back(&second.emplace_back(disguised(*t)));
  std::vector<Filing> filings = prepare(written, tables, tables, 8);
  for (Filing& f : prepare(written, tables, as_second, 7)) filings.push_back(std::move(f));
  const std::vector<float> weights = train_linear(sample_of(filings));
  for (Filing& f : filings) {
    for (TableWork& w : f.work)
      for (auto& list : w.matches) Matcher::judge_alone(list, weights);
    Matcher(*f.dictionary, f.tables[0]->year).add_neighbours(f.work, {});
  }
  TextTables out = written;
  for (std::size_t f = 0; f < weights.size(); ++f)
    out.model += fmt::format("linear\t{}\t{:.5f}\n", to_string(static_cast<Feature>(f)), weights[f]);
  out.model += train_trees(sample_of(filings), options, "tree");
  out.model += train_again(filings, options);
  count_evidence(tables, out);
  return out;
}

namespace {

Outcome outcome_of(const Dictionary& dictionary, const GoldTable& t, std::size_t i, std::vector<Match> list, const Decision& d) {
  Outcome o{&t, i, -1, 0, ""};
  if (!d.found()) return o;
  std::rotate(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(d.pick), list.begin() + static_cast<std::ptrdiff_t>(d.pick) + 1);
  o.score = d.confidence;
  o.chosen = dictionary.name(list[0].id);
  for (std::size_t k = 0; k < list.size() && o.rank < 0; ++k)
    if (dictionary.name(list[k].id) == t.truth[i]) o.rank = static_cast<int>(k);
  return o;
}

}  // namespace

std::vector<Outcome> run(const Dictionary& dictionary, const TableList& tables) {
  std::vector<Outcome> out;
  for (Filing& f : filings_of(tables)) {
    Matcher matcher(dictionary, f.tables[0]->year);
    matcher.gather(f.work);
    matcher.judge(f.work, {});
    for (std::size_t t = 0; t < f.tables.size(); ++t) {
      const std::vector<Decision> decisions = decide(dictionary, f.work[t].rows, f.work[t].matches);
      for (std::size_t i = 0; i < decisions.size(); ++i)
        if (!f.tables[t]->truth[i].empty()) out.push_back(outcome_of(dictionary, *f.tables[t], i, f.work[t].matches[i], decisions[i]));
    }
  }
  return out;
}

namespace {

/// The rows of a table of calculations, with the concepts that the other table has.
std::string calculations_among(const std::string& calculations, const std::string& concepts) {
  std::set<std::string_view> known;
  for (const std::string_view line : split(concepts, '\n')) known.insert(line.substr(0, line.find('\t')));
  std::string out;
  for (const std::string_view line : split(calculations, '\n')) {
    const auto f = split(line, '\t');
    if (line.empty() || line[0] == '#' || f.size() != 3 || !known.contains(f[0])) continue;
    std::string items;
    for (const std::string_view item : split(f[2], ' '))
      if (known.contains(item)) items += fmt::format("{}{}", items.empty() ? "" : " ", item);
    if (!items.empty()) out += fmt::format("{}\t{}\t{}\n", f[0], f[1], items);
  }
  return out;
}

}  // namespace

std::vector<TextTables> read_fold_tables(const TextTables& written, const std::string& folder, const Gold& gold, int folds) {
  std::vector<TextTables> out;
  const std::vector<std::string> companies = gold.companies();
  for (int k = 0; k < folds; ++k) {
    const std::string path = fmt::format("{}/us-gaap-{}.tsv", folder, k);
    TextTables& t = out.emplace_back(written);
    t.concepts = read_whole(path);
    t.calculations = calculations_among(written.calculations, t.concepts);
    const std::size_t begin = t.concepts.find("# without: ");
    if (begin == std::string::npos) throw std::runtime_error(path + " is missing or does not say which filers it leaves out");
    const std::string left_out = t.concepts.substr(begin + 10, t.concepts.find('\n', begin) - begin - 10);
    for (std::size_t n = 0; n < companies.size(); ++n)
      if ((static_cast<int>(n) % folds == k) != (left_out.find(' ' + companies[n] + ' ') != std::string::npos))
        throw std::runtime_error(fmt::format("{} is not without the filers of fold {} of {} (see {})", path, k, folds, companies[n]));
  }
  return out;
}

std::vector<Outcome> cross_validate(const std::vector<TextTables>& written, const Gold& gold, int only) {
  const auto folds = static_cast<int>(written.size());
  const std::vector<int> fold = fold_of_tables(gold, folds);
  std::vector<std::vector<Outcome>> parts(static_cast<std::size_t>(folds));
  const auto work = [&](int k) {
    TableList inside, outside;
    for (std::size_t i = 0; i < gold.tables.size(); ++i) (fold[i] == k ? inside : outside).push_back(&gold.tables[i]);
    parts[static_cast<std::size_t>(k)] = run(*train(written[static_cast<std::size_t>(k)], outside, {}).compile(), inside);
  };
  for (int k = 0; k < folds; k += 2) {
    std::vector<std::thread> threads;
    for (int j = k; j < std::min(folds, k + 2); ++j)
      if (only < 0 || only == j) threads.emplace_back(work, j);
    for (std::thread& t : threads) t.join();
  }
  std::vector<Outcome> all;
  for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

namespace {

struct Figures {
  std::size_t rows = 0, first = 0, five = 0, any = 0;
  double at_60 = 0, threshold = 0;
};

Figures figures(std::vector<Outcome> outcomes) {
  std::erase_if(outcomes, [](const Outcome& o) { return o.table->truth[o.row] == "?"; });
  Figures f;
  f.rows = outcomes.size();
  for (const Outcome& o : outcomes) f.first += o.rank == 0, f.five += o.rank >= 0 && o.rank < 5, f.any += o.rank >= 0;
  std::stable_sort(outcomes.begin(), outcomes.end(), [](const Outcome& a, const Outcome& b) { return a.score > b.score; });
  const std::size_t kept = outcomes.size() * 6 / 10;
  std::size_t right = 0;
  for (std::size_t i = 0; i < kept; ++i) right += outcomes[i].rank == 0;
  if (kept != 0) f.at_60 = static_cast<double>(right) / static_cast<double>(kept), f.threshold = outcomes[kept - 1].score;
  return f;
}

std::string line(std::string_view name, const std::vector<Outcome>& outcomes) {
  const Figures f = figures(outcomes);
  if (f.rows == 0) return {};
  const double n = static_cast<double>(f.rows);
  return fmt::format("{:<14} rows {:6}  first {:5.1f}%  five {:5.1f}%  candidates {:5.1f}%  surest 60% right {:5.1f}% (from {:.3f})\n", name, f.rows,
             100 * static_cast<double>(f.first) / n, 100 * static_cast<double>(f.five) / n, 100 * static_cast<double>(f.any) / n, 100 * f.at_60, f.threshold);
}

}  // namespace

std::string report(const std::vector<Outcome>& outcomes, const Gold& gold, int folds) {
  std::map<std::string, std::vector<Outcome>> by_kind;
  for (const Outcome& o : outcomes) by_kind[std::string(to_string(o.table->query.kind))].push_back(o);
  std::string out = fmt::format("{} companies, {} folds over companies\n", gold.companies().size(), folds) + line("all", outcomes);
  for (const auto& [kind, list] : by_kind) out += line(kind, list);
  return out;
}

std::string calibration(const std::vector<Outcome>& outcomes) {
  struct Bin {
    double score, right;
    std::size_t n;
  };
  std::vector<const Outcome*> sorted;
  for (const Outcome& o : outcomes) sorted.push_back(&o);
  std::stable_sort(sorted.begin(), sorted.end(), [](const Outcome* a, const Outcome* b) { return a->score < b->score; });
  std::vector<Bin> bins;
  const std::size_t size = std::max<std::size_t>(1, sorted.size() / 40);
  for (std::size_t i = 0; i < sorted.size(); i += size) {
    Bin b{0, 0, 0};
    for (std::size_t k = i; k < std::min(sorted.size(), i + size); ++k) b.score += sorted[k]->score, b.right += sorted[k]->rank == 0, ++b.n;
    bins.push_back(b);
    while (bins.size() > 1) {
      Bin& last = bins.back();
      Bin& before = bins[bins.size() - 2];
      if (before.right * static_cast<double>(last.n) < last.right * static_cast<double>(before.n)) break;
      before.score += last.score, before.right += last.right, before.n += last.n;
      bins.pop_back();
    }
  }
  std::string out;
  for (const Bin& b : bins) out += fmt::format("calibration\t{:.5f}\t{:.4f}\n", b.score / static_cast<double>(b.n), b.right / static_cast<double>(b.n));
  return out;
}

std::vector<int> fold_of_tables(const Gold& gold, int folds) {
  const std::vector<std::string> companies = gold.companies();
  std::vector<int> out;
  for (const GoldTable& t : gold.tables)
    out.push_back(static_cast<int>(std::lower_bound(companies.begin(), companies.end(), t.company) - companies.begin()) % folds);
  return out;
}

}  // namespace factpress::learn
