#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "boost.h"
#include "gold.h"
#include "mapping/compile.h"
#include "mapping/decide.h"
#include "mapping/dictionary.h"

namespace factpress::learn {

using TableList = std::vector<const GoldTable*>;
TableList tables_of(const Gold& gold);

/// What filers call their lines and how they tag them, as tables of schemas/concepts.
struct FilerTables {
  std::string labels, pairs;
};

/// The text tables a dictionary is compiled from; `filers`, `calls` and `model` are what is learned.
struct TextTables {
  std::string concepts;
  FilerTables filers, later, earlier;
  std::string calls, calculations, synonyms, succession, model;
  std::shared_ptr<const mapping::Dictionary> compile() const;
};

/// Writes a table with a line that names the tool it is of, and one of its columns.
void write_table(const std::string& path, std::string_view tool, std::string_view columns, const std::string& rows);
constexpr std::string_view kPairColumns =
    "name rows, numbered from 0; then: kind of evidence\tleft side\tweight, kind of table or state\tnumber of a concept and companies, repeated";

/// What stands in schemas/concepts without learning.
TextTables read_written_tables(const std::string& folder);
std::string read_whole(const std::string& path);

/// Counts companies: label, zone and concept; neighbours, parents, sections, flags; what words call for in names.
void count_evidence(const TableList& tables, TextTables& out);

/// Further companies' lines: those of filings of 2009 and 2010 in numbers of companies, where at least two show a thing; those of later
/// ones company by company.
FilerTables count_earlier(const TableList& tables);
FilerTables count_later(const TableList& tables);

/// Learns counts and ranker from these tables. The ranker sees only evidence counted on other companies.
TextTables train(const TextTables& written, const TableList& tables, const BoostOptions& options);

/// One row's outcome.
struct Outcome {
  const GoldTable* table = nullptr;
  std::size_t row = 0;
  int rank = -1;            ///< of the right concept among the candidates after deciding, 0 is first; -1: not there
  double score = 0;         ///< of the decision, before calibration where the dictionary has none
  std::string chosen;
};
/// Runs the mapper over whole filings (tables of one filing in their order, with the session's memory).
std::vector<Outcome> run(const mapping::Dictionary& dictionary, const TableList& tables);

/// For each fold the written tables as they were without its filers: the concepts are those of FOLDER/us-gaap-K.tsv, which
/// build_dictionary.py --folds makes. Throws where such a table is missing or is not of this fold.
std::vector<TextTables> read_fold_tables(const TextTables& written, const std::string& folder, const Gold& gold, int folds);

/// Every table run with what was written and learned without its fold of companies; `only` >= 0 runs that fold alone. Two threads.
std::vector<Outcome> cross_validate(const std::vector<TextTables>& written, const Gold& gold, int only);

/// The calibration rows of the model table: share of right choices by score, made monotone (pool adjacent violators). Rows
/// whose filer has a concept of its own count as wrong: for them no standard concept is right.
std::string calibration(const std::vector<Outcome>& outcomes);

/// Figures of a measurement in words: all rows with a standard concept, and by kind of statement.
std::string report(const std::vector<Outcome>& outcomes);

/// Groups companies into folds: the n-th company in alphabetical order goes to fold n modulo `folds`.
std::vector<int> fold_of_tables(const Gold& gold, int folds);

}  // namespace factpress::learn
