#pragma once
#include <string>

#include "facts/raw_fact.h"
#include "model/report.h"

namespace factpress::assemble {

/// What the statement made from a table is called on pages and in role definitions: the table's title without marks of footnotes
/// and without the sentence around it ("The following table reconciles net income to EBITDA:" is "Reconciliation of net income
/// to EBITDA"). Where the title is none ("(as of March 31, 2020)", "Assets" over a balance sheet) or missing, the sentence or the
/// heading that stands above the table; where there is none either, the usual name of its kind. Never empty.
std::string title_of(const facts::Reading& reading, const tables::DataTable& table, model::StatementKind kind);

/// The model's word for the kind that the reading found.
model::StatementKind statement_kind(tables::StatementKind kind);

}  // namespace factpress::assemble
