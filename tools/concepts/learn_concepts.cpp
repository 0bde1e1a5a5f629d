// Learns what stands in schemas/concepts beside the written tables: us-gaap-labels.tsv, us-gaap-pairs.tsv, us-gaap-calls.tsv and ranker.tsv. Run by
// hand against shared data; docs/CONCEPTS.md tells when. The same input gives the same files.
//   learn_concepts SHARED SCHEMAS FOLDS|--quick
// Prints the figures of the cross-validation that calibrates the confidence, over the tables of build_dictionary.py SHARED FOLDS
// --folds 5; --quick leaves that out (and the calibration).
#include <fmt/format.h>

#include <string>

#include "learn.h"

using namespace factpress;
using namespace factpress::learn;

int main(int argc, char** argv) {
  if (argc != 4) return fmt::print(stderr, "usage: learn_concepts SHARED SCHEMAS FOLDS|--quick\n"), 2;
  const bool quick = std::string(argv[3]) == "--quick";
  const std::string schemas = argv[2];
  const TextTables written = read_written_tables(schemas);
  const Gold gold = read_gold(std::string(argv[1]) + "/gold/concepts.tsv", written.concepts, {});
  const TextTables learned = train(written, tables_of(gold), {});
  const auto write = [&](const char* name, std::string_view columns, const std::string& rows) { write_table(schemas + name, "learn_concepts", columns, rows); };
  write("/us-gaap-labels.tsv", "concept\tpart of the statement\tlabel words\tnumbers of the filers", learned.filers.labels);
  write("/us-gaap-pairs.tsv", kPairColumns, learned.filers.pairs);
  write("/us-gaap-calls.tsv", "word of a label, word of a name that it calls for (both hashed), probability", learned.calls);
  const auto write_model = [&](const std::string& steps) {
    write("/ranker.tsv", "linear: feature, weight; tree, node: feature, limit, left, right; leaf: value; calibration: score, confidence", learned.model + steps);
  };
  write_model("");
  if (!quick) {
    const std::vector<Outcome> unseen = cross_validate(read_fold_tables(written, argv[3], gold, 5), gold, -1);
    fmt::print("{}", report(unseen));
    write_model(calibration(unseen));
  }
  fmt::print("{} tables of {} companies\n", gold.tables.size(), gold.companies().size());
}
