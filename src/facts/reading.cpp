#include <fmt/format.h>

#include "diag/codes/facts.h"
#include "facts/identity.h"
#include "facts/prose.h"
#include "facts/raw_fact.h"
#include "facts/table_facts.h"
#include "tables/read_tables.h"

namespace factpress::facts {

Reading read_release(SourcePtr source, document::Format format, diag::Sink& sink, const GivenIdentity& given) {
  Reading reading;
  reading.document = document::read(std::move(source), format, sink);
  const tables::Calendar calendar = tables::Calendar::of(reading.document);
  if (calendar.assumed() && !given.period_end)
    sink.add({diag::codes::facts_identity_assumed_period, Place{reading.document.source, {}},
              fmt::format("no day is printed that {} ends on; it is taken to end with the calendar's, on {}",
                          calendar.current_months() == 12 ? fmt::format("the year {}", calendar.fiscal_year()) : fmt::format("quarter {} of {}", calendar.quarter(), calendar.fiscal_year()),
                          calendar.current_end()->iso())});
  reading.tables = tables::read_tables(reading.document, calendar, given.scale, sink);
  reading.identity = read_identity(reading.document, reading.tables, sink, given);
  read_table_facts(reading.document, reading.tables, reading.facts, sink);
  read_prose(reading.document, reading.identity, reading.tables, reading.facts, reading.claims, sink);
  order_by_place(reading.facts, reading.claims);
  return reading;
}

}  // namespace factpress::facts
