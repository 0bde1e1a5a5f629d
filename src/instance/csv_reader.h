#pragma once
#include <functional>
#include <optional>

#include "diag/diagnostic.h"
#include "instance/oim.h"

namespace factpress::instance {

/// Gives the source of a table by the URL that the metadata names (relative to the metadata file); null where there is none.
using TableLoader = std::function<SourcePtr(const std::string& url)>;

/// Reads an xBRL-CSV 1.0 report by its metadata file: table templates with fact columns, dimension columns ("$column"),
/// parameters, property groups, `decimals` of columns, tables and rows, and the special values #none, #empty, #nil.
/// Every fault is a finding (instance.json-syntax, instance.csv-syntax, instance.oim-*); the result is empty then.
std::optional<OimReport> read_csv_report(const SourcePtr& metadata, const TableLoader& load, diag::Sink& sink);

}  // namespace factpress::instance
