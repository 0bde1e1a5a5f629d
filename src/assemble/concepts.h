#pragma once
#include <string>

#include "assemble/draft.h"

/// From the mapper's choices to the report's concepts.
namespace factpress::assemble {

mapping::UnitClass unit_class(tables::UnitKind unit);
mapping::UnitClass unit_class(std::string_view unit);  ///< of a unit's text: "USD", "shares", "USD/shares", "pure", "customers"
mapping::DataType data_type(mapping::UnitClass unit);

/// The QName of a data type in the report's taxonomy year; notes the namespace as used. With the standalone profile only
/// types of XBRL 2.1 itself.
QName type_of(Draft& d, mapping::DataType type);
QName domain_type(Draft& d);
QName text_block_type(Draft& d);
/// A name of the official taxonomies; notes the namespace as used. Needs a session.
QName standard_name(Draft& d, std::string_view prefix, std::string_view local);

/// The chosen concept, added to the report where it is new. The choice must be mapped.
Index concept_of(Draft& d, const mapping::Choice& choice);
/// A concept of the company's own that no choice gave: where the chosen one does not fit the row's unit, period or values.
Index extension(Draft& d, const std::string& label, mapping::UnitClass unit, model::PeriodType period, Index wider, const std::string& reason);

/// Members that the words name, as dimension values; words for the whole ("Total", "Consolidated") give none.
std::vector<model::DimensionValue> dimensions_of(Draft& d, const std::vector<std::pair<std::string, std::string>>& words, const std::string& measure);

}  // namespace factpress::assemble
