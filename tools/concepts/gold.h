#pragma once
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "mapping/zone.h"

/// The statements of real filings with what their filers chose: what the mapper learns from and is measured on.
namespace factpress::learn {

struct GoldTable {
  std::string company;  ///< filings of one company belong together: the filing's name without its period and source
  std::string filing;
  int year = 0;         ///< of the taxonomy, as far as the filing's name tells; 0: not known
  mapping::TableQuery query;
  std::vector<std::string> truth;  ///< per row: local name of the us-gaap concept; "?" for the filer's own; "" for headings
};

struct Gold {
  std::deque<std::string> strings;  ///< what the queries point into
  std::vector<GoldTable> tables;    ///< those of one filing follow each other
  std::vector<std::string> companies() const;  ///< sorted, each once
};

/// Reads gold/concepts.tsv. Takes only what a release would offer: label, statement and its title, order, depth, headings,
/// instant or duration, and, with `relations`, which row adds to which with which sign. Labels lose the hints that a
/// filer's software adds ("(in shares)" stays: a release's headings tell the same). Never the role of a label.
Gold read_gold(const std::string& path, bool relations);

}  // namespace factpress::learn
