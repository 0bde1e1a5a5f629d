#pragma once
#include <vector>

#include "tables/groups.h"
#include "tables/header_pieces.h"

namespace factpress::tables {

/// "% Change" over "(19)" and "(33)", "Closed" over "(9)" and "(3)": whole numbers in brackets that stand where no other number of the table does
/// look like footnote marks. Those of a place are numbers, and no longer weak, where a text of the header stands over them alone, or where they
/// leave out too many on their way up from one.
void strengthen_columns(const std::vector<std::vector<HeaderPiece>>& headers, bool aligned, std::vector<std::vector<ValueGroup>>& rows);

}  // namespace factpress::tables
