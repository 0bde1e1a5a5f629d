#pragma once
#include <vector>

#include "tables/groups.h"
#include "tables/header_pieces.h"

namespace factpress::tables {

// Which text of one header line stands over which column: for each column the index of its text, -1 for none.

/// By the places of texts and columns and by what the texts say: a duration reaches over the columns beside it, a column of
/// percentages alone may have no text. `aligned`: slots are characters, and texts drift off their columns. `pieces` is not empty.
/// `named`: columns that a text of another line names each by itself with a whole period.
std::vector<int> place_line(const std::vector<HeaderPiece>& pieces, const std::vector<Slots>& columns, const std::vector<bool>& percent_only, const std::vector<bool>& named, bool aligned);

/// "Amount | Constant" over "2007 | 2006 | Reported | Currency", the last two of percentages: each text over a column of percentages, side by side.
/// Empty where that is not so.
std::vector<int> over_percentages_alone(const std::vector<HeaderPiece>& pieces, const std::vector<Slots>& columns, const std::vector<bool>& percent_only);

/// The columns over which alone a text stands that tells a whole period: a quarter and its year, or a day.
std::vector<bool> columns_named(const std::vector<HeaderPiece>& pieces, const std::vector<Slots>& columns);

/// Shares all columns out between fewer texts so that each text stands as near as can be over the middle of its share.
std::vector<int> share_out(const std::vector<HeaderPiece>& pieces, const std::vector<Slots>& columns);

/// Each text stands over the columns up to the next text.
std::vector<int> up_to_the_next(const std::vector<HeaderPiece>& pieces, const std::vector<Slots>& columns);

/// Whether each column has the text of its own number.
bool in_order(const std::vector<int>& placed);

}  // namespace factpress::tables
