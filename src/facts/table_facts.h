#pragma once
#include <vector>

#include "diag/diagnostic.h"
#include "facts/raw_fact.h"

namespace factpress::facts {

/// One fact for every number of the tables, in document order. A number whose period, sign or scale cannot be told keeps its
/// value but is not filable; the reason stands in the fact. Emits facts.no-period.
void read_table_facts(const document::Document& document, const std::vector<tables::DataTable>& tables, std::vector<RawFact>& facts,
                      diag::Sink& sink);

}  // namespace factpress::facts
