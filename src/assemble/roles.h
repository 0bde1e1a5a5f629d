#pragma once
#include <set>
#include <string_view>

#include "assemble/draft.h"

/// Names of statements and the concepts around their rows, by the EDGAR Filer Manual's rules (6.7.12, 6.8).
namespace factpress::assemble {

std::string_view default_title(model::StatementKind kind);
/// Gives the statement its role's URI, id and definition: "0002 - Statement - Consolidated Balance Sheets". Statements are
/// numbered in the order in which they ask.
void assign_role(Draft& d, model::Statement& s);
/// The abstract concept at the top of the presentation tree.
Index root_of(Draft& d, const model::Statement& s);
/// Hypercube, line items and axes for the dimensions that the contexts use; nothing where they use none.
void add_hypercube(Draft& d, model::Statement& s, const std::set<Index>& contexts);

}  // namespace factpress::assemble
