// Measures the mapper by cross-validation over companies: tables learned on the other folds, compiled as the program compiles
// them, and the mapper's own code run over whole filings. FOLDS holds the tables of concepts that know nothing from the filers
// of a fold (build_dictionary.py SHARED FOLDS --folds N).
//
//   measure_concepts SHARED SCHEMAS FOLDS [--folds N] [--only-fold K] [--no-relations] [--no-units] [--errors] [--rows] [--on LINES YEAR]
//
// --on runs what all of SHARED teaches over the lines of other companies instead (read_data_sets.py, read_tagged_pages.py), as filings of
// that taxonomy year; SCHEMAS must not have counted these companies.
//
// Used of each row: label, kind and title of its statement, order, depth, headings above, instant or duration, and, unless
// switched off, which row adds to which (--no-relations), and whether it is an amount, an amount per share or a
// number of shares (--no-units). Not used: signs of values, roles of labels, balances.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>

#include "learn.h"

using namespace factpress;
using namespace factpress::learn;

int main(int argc, char** argv) {
  int folds = 5, only = -1;
  Offered offered;
  bool errors = false, rows = false;
  std::string on;
  int year = 0;
  for (int i = 4; i < argc; ++i) {
    if (std::strcmp(argv[i], "--folds") == 0) folds = std::stoi(argv[++i]);
    else if (std::strcmp(argv[i], "--only-fold") == 0) only = std::stoi(argv[++i]);
    else if (std::strcmp(argv[i], "--no-relations") == 0) offered.relations = false;
    else if (std::strcmp(argv[i], "--no-units") == 0) offered.units = false;
    else if (std::strcmp(argv[i], "--errors") == 0) errors = true;
    else if (std::strcmp(argv[i], "--rows") == 0) rows = true;
    else if (std::strcmp(argv[i], "--on") == 0 && i + 2 < argc) on = argv[++i], year = std::stoi(argv[++i]);
  }
  if (argc < 4) return fmt::print(stderr, "usage: measure_concepts SHARED SCHEMAS FOLDS [--folds N] [--only-fold K] [--no-relations] [--no-units] [--errors] [--rows] [--on LINES YEAR]\n"), 2;
  const TextTables written = read_written_tables(argv[2]);
  const Gold gold = read_gold(std::string(argv[1]) + "/gold/concepts.tsv", written.concepts, offered);
  Gold others;
  if (!on.empty()) others = read_gold(on, written.concepts, offered);
  for (GoldTable& t : others.tables) t.year = year;
  const std::vector<Outcome> all = on.empty() ? cross_validate(read_fold_tables(written, argv[3], gold, folds), gold, only)
                                              : run(*train(written, tables_of(gold), {}).compile(), tables_of(others));
  const std::string filers = on.empty() ? fmt::format("{} companies, {} folds over companies", gold.companies().size(), folds)
                                        : fmt::format("{} other companies", others.companies().size());
  fmt::print("{} row relations, {} units\n{}\n{}", offered.relations ? "with" : "without", offered.units ? "with" : "without", filers, report(all));
  if (rows)
    for (const Outcome& o : all)
      fmt::print("ROW\t{}\t{}\t{}\t{}\t{:.4f}\t{}\t{}\t{}\n", o.table->filing, to_string(o.table->query.kind), o.table->query.rows[o.row].label, o.rank, o.score,
                 o.table->truth[o.row], o.chosen, o.row);
  if (errors)
    for (const Outcome& o : all)
      if (o.rank != 0)
        fmt::print("{}\t{}\t{}\t{}\t{:.2f}\t{}\t{}\n", o.table->filing, to_string(o.table->query.kind), o.table->query.rows[o.row].label, o.rank, o.score,
                   o.table->truth[o.row], o.chosen);
}
