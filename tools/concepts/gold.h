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

/// What of the filings is used. A release's reader offers all of it; measuring without tells what each is worth.
struct Offered {
  bool relations = true;  ///< which row adds to which, without its sign (a release: by footing)
  bool units = true;      ///< amount, amount per share, number of shares (a release: by its columns' notes and headings)
};

/// Reads gold/concepts.tsv. Takes only what a release would offer: label, statement and its title, order, depth, headings,
/// instant or duration, and what `offered` says. Never the role of a label, a balance or a sign.
/// `concepts`: the text of us-gaap.tsv, which tells the unit of a concept.
Gold read_gold(const std::string& path, const std::string& concepts, const Offered& offered);

}  // namespace factpress::learn
