#pragma once
#include "assemble/workbench.h"

/// The proofs, one function each, and what has to be settled before them. Every proof appends to Workbench::proofs; those that find contradictions say them to the sink.
namespace factpress::assemble {

/// "An operating ratio of 91.3" is 91.3% where a table prints the operating ratio in per cent: the value becomes 0.913.
void settle_bare_ratios(facts::Reading& reading);
/// Rows of segment tables that are members ("Marine Instruments" under "Revenue", summed to "Total revenue"): their cells get the
/// member as a dimension, the rows the heading as TableRow::measure. After footing, which tells that they make up the whole.
void name_members(facts::Reading& reading, const std::vector<std::vector<RowSum>>& sums);
/// Rows that add up, and columns that are sums or differences of others. Fills Workbench::sums.
/// Diagnostics: check.footing.
void prove_footing(Workbench& bench);
/// Assets = liabilities + equity, in every column of a balance sheet. Diagnostics: check.balance.
void prove_balance(Workbench& bench);
/// The same item in two tables. Diagnostics: check.tie.
void prove_ties(Workbench& bench);
/// Amount over shares, rounded. Diagnostics: check.per-share.
void prove_per_share(Workbench& bench);
/// Numbers of the prose against the tables. Diagnostics: check.claim.
void prove_claims(Workbench& bench);
/// All of these, in the order that each needs the one before.
void prove_all(Workbench& bench);

}  // namespace factpress::assemble
