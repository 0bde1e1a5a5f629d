#pragma once
#include <vector>

#include "diag/diagnostic.h"
#include "document/document.h"
#include "facts/raw_fact.h"
#include "tables/table.h"

namespace factpress::facts {

/// Reads every number of the document's headings, paragraphs and list items that states something about the company, and
/// appends one RawFact (kind prose) and one Claim a number; `Claim::fact` and the other links are indexes into `facts` as it
/// stands after the call. What is no statement (dates, years, quarter numbers, telephone numbers, section and footnote
/// numbers, model names, list numbers, durations, addresses) gives nothing.
///
/// RawFact::value is signed as meant for the label given:
///  - "net loss was $1.6 million" has label "Net loss" and value 1600000: the label itself says that it is a loss;
///  - "net income was a loss of $1.6 million", "adjusted EBITDA loss of $0.6 million", "($0.01) per share" after a measure of
///    profit have the profit's label and a negative value;
///  - "net loss of ($0.01) per share" keeps the printed sign: label "Net loss per share", value -0.01, as tables print it;
///  - a change is signed by its direction: "decreased by $2.3 million" is -2300000, "down 16%" is -0.16.
/// A percentage is divided by 100 (40.2% is 0.402, decimals 3); basis points by 10,000; `decimals` come from the digits
/// printed and the scale word. `printed` is the number with its sign, brackets, currency and scale word, as it stands.
///
/// By kind: level, count, per_unit: `period` is the number's own, also where it is the earlier one of a comparison (then
/// direction is 0). change_*: `period` is the later period, `base_period` the earlier one, `of_fact` and `base_fact` the
/// two levels where the sentence prints them. ratio: a margin ("gross margin of 27.3%", subject "gross margin") or a share
/// ("45% of revenue": subject what is measured, by_subject "revenue"). range_low and range_high are linked by `pair`;
/// "plus or minus 2%" gives the middle as a level with bound about; the tolerance is no fact. multiple: the value is the factor
/// (2 for "doubled"), bound at_least for "more than doubled". "flat" is a change_percent of 0 with bound about, whose span is
/// the word.
///
/// `filable` is false only for doubt: period, unit or subject could not be told (codes facts_prose_subject, facts_prose_period,
/// facts_prose_unit), or Claim::scope says that a heading or the sentences before may narrow the subject. A reason says which.
/// What a kind is good for in a filing is the assembler's choice. Never fails; time linear in the size of the text.
void read_prose(const document::Document& document, const Identity& identity, const std::vector<tables::DataTable>& tables,
                std::vector<RawFact>& facts, std::vector<Claim>& claims, diag::Sink& sink);

/// Puts the facts into document order (by span, stable) and turns the claims' links; claims follow the order of their facts.
void order_by_place(std::vector<RawFact>& facts, std::vector<Claim>& claims);

}  // namespace factpress::facts
