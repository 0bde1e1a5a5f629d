#pragma once
#include <vector>

#include "diag/diagnostic.h"
#include "document/document.h"
#include "facts/raw_fact.h"
#include "tables/table.h"

namespace factpress::facts {

/// Who reports, when and on which fiscal period, from headings, dateline, first paragraphs, SGML headers and the tables'
/// columns. Every field is empty where the release does not tell. The fiscal period is a quarter, a year, or the half year of a
/// release that tells of no quarter; words ("first quarter of fiscal 2023"), dates ("ended May 1, 2022") and table columns are held
/// against each other, and a contradiction gives facts_identity_period. Where neither columns nor a date tell the fiscal period,
/// words alone do ("fourth quarter results"), held against the release date: the last such quarter that had ended by then. Never
/// fails; time linear in the size of the text.
Identity read_identity(const document::Document& document, const std::vector<tables::DataTable>& tables, diag::Sink& sink,
                       const GivenIdentity& given = {});

}  // namespace factpress::facts
