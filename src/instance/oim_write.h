#pragma once
#include <string>

#include "instance/oim.h"

namespace factpress::instance {

/// xBRL-JSON 1.0. Deterministic: facts in the report's order, keys in a fixed one.
std::string write_json_report(const OimReport& report);

/// xBRL-CSV 1.0: one table of one fact a row, and the metadata that describes it.
struct CsvReport {
  std::string metadata;
  std::string table;
};
/// `table_name` is the table's file name as the metadata names it.
CsvReport write_csv_report(const OimReport& report, const std::string& table_name);

/// An XBRL 2.1 instance: a context for each entity, period and dimensions, a unit for each unit, dimensions in the segment.
std::string write_xbrl_report(const OimReport& report);

}  // namespace factpress::instance
