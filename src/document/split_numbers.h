#pragma once
#include "document/document.h"

namespace factpress::document {

/// Numbers that a table sets in two cells, so that their points stand below each other ("98" | ".7" for 98.7, "(0" | ".1)" for (0.1)), become
/// one cell each, which spans the columns of both. Only where every number of the second column is such a rest and stands behind a whole
/// number: amounts below one (".73") stay what they are. Order, text and places in the source are kept.
void join_split_numbers(Table& table);

}  // namespace factpress::document
