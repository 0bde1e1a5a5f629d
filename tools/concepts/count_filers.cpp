// Counts what further companies call their lines and how they tag them: us-gaap-earlier-*.tsv or us-gaap-later-*.tsv of schemas/concepts.
// Run by hand over what read_data_sets.py or read_tagged_pages.py makes; docs/CONCEPTS.md tells when. The same input gives the same files.
//   count_filers LINES SCHEMAS earlier|later
#include <fmt/format.h>

#include <string>

#include "learn.h"

using namespace factpress::learn;

int main(int argc, char** argv) {
  const std::string when = argc == 4 ? argv[3] : "";
  if (when != "earlier" && when != "later") return fmt::print(stderr, "usage: count_filers LINES SCHEMAS earlier|later\n"), 2;
  const std::string schemas = argv[2];
  const Gold lines = read_gold(argv[1], read_written_tables(schemas).concepts, {});
  const FilerTables counted = when == "earlier" ? count_earlier(tables_of(lines)) : count_later(tables_of(lines));
  const char* const numbers = when == "earlier" ? "companies" : "numbers of the filers";
  write_table(schemas + "/us-gaap-" + when + "-labels.tsv", "count_filers", fmt::format("concept\tpart of the statement\tlabel words\t{}", numbers), counted.labels);
  write_table(schemas + "/us-gaap-" + when + "-pairs.tsv", "count_filers", kPairColumns, counted.pairs);
  fmt::print("{} tables of {} companies\n", lines.tables.size(), lines.companies().size());
}
