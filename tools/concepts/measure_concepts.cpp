// Measures the mapper by cross-validation over companies: tables learned on the other folds, compiled as the program compiles
// them, and the mapper's own code run over whole filings.
//
//   measure_concepts SHARED SCHEMAS [--folds N] [--only-fold K] [--no-relations] [--errors]
//
// Used of each row: label, kind and title of its statement, order, depth, headings above, instant or duration, and (unless
// --no-relations) which row adds to which with which sign. Not used: signs of values, roles of labels, balances, units.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <thread>

#include "learn.h"

using namespace factpress;
using namespace factpress::learn;

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

void print(const char* name, const std::vector<Outcome>& outcomes) {
  const Figures f = figures(outcomes);
  if (f.rows == 0) return;
  const double n = static_cast<double>(f.rows);
  fmt::print("{:<14} rows {:6}  first {:5.1f}%  five {:5.1f}%  candidates {:5.1f}%  surest 60% right {:5.1f}% (from {:.3f})\n", name, f.rows,
             100 * static_cast<double>(f.first) / n, 100 * static_cast<double>(f.five) / n, 100 * static_cast<double>(f.any) / n, 100 * f.at_60, f.threshold);
}

}  // namespace

int main(int argc, char** argv) {
  int folds = 5, only = -1;
  bool relations = true, errors = false;
  for (int i = 3; i < argc; ++i) {
    if (std::strcmp(argv[i], "--folds") == 0) folds = std::stoi(argv[++i]);
    else if (std::strcmp(argv[i], "--only-fold") == 0) only = std::stoi(argv[++i]);
    else if (std::strcmp(argv[i], "--no-relations") == 0) relations = false;
    else if (std::strcmp(argv[i], "--errors") == 0) errors = true;
  }
  if (argc < 3) return fmt::print(stderr, "usage: measure_concepts SHARED SCHEMAS [--folds N] [--only-fold K] [--no-relations] [--errors]\n"), 2;
  const Gold gold = read_gold(std::string(argv[1]) + "/gold/concepts.tsv", relations);
  const TextTables written = read_written_tables(argv[2]);
  const std::vector<int> fold = fold_of_tables(gold, folds);
  std::vector<std::vector<Outcome>> parts(static_cast<std::size_t>(folds));
  const auto work = [&](int k) {
    TableList inside, outside;
    for (std::size_t i = 0; i < gold.tables.size(); ++i) (fold[i] == k ? inside : outside).push_back(&gold.tables[i]);
    parts[static_cast<std::size_t>(k)] = run(*train(written, outside, {}).compile(), inside);
  };
  for (int k = 0; k < folds; k += 2) {
    std::vector<std::thread> threads;
    for (int j = k; j < std::min(folds, k + 2); ++j)
      if (only < 0 || only == j) threads.emplace_back(work, j);
    for (std::thread& t : threads) t.join();
  }
  std::vector<Outcome> all;
  std::map<std::string, std::vector<Outcome>> by_kind;
  for (const auto& part : parts)
    for (const Outcome& o : part) all.push_back(o), by_kind[std::string(to_string(o.table->query.kind))].push_back(o);
  fmt::print("{} companies, {} folds over companies, {}\n", gold.companies().size(), folds, relations ? "with row relations" : "without row relations");
  print("all", all);
  for (const auto& [kind, outcomes] : by_kind) print(kind.c_str(), outcomes);
  if (errors)
    for (const Outcome& o : all)
      if (o.rank != 0)
        fmt::print("{}\t{}\t{}\t{}\t{:.2f}\t{}\t{}\n", o.table->filing, to_string(o.table->query.kind), o.table->query.rows[o.row].label, o.rank, o.score,
                   o.table->truth[o.row], o.chosen);
}
