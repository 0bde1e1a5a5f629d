#include "xbrl/types.h"

#include <algorithm>
#include <iterator>

namespace factpress::xbrl {
namespace {

struct Row {
  std::string_view name;
  TypeClass kind;
};
constexpr Row rows[] = {
    {"anyURIItemType", TypeClass::text}, {"areaItemType", TypeClass::other_numeric}, {"booleanItemType", TypeClass::boolean},
    {"byteItemType", TypeClass::other_numeric}, {"centralIndexKeyItemType", TypeClass::text}, {"dateItemType", TypeClass::date},
    {"dateTimeItemType", TypeClass::date}, {"decimalItemType", TypeClass::other_numeric},
    {"domainItemType", TypeClass::other}, {"doubleItemType", TypeClass::other_numeric}, {"durationItemType", TypeClass::other},
    {"energyItemType", TypeClass::other_numeric}, {"filerCategoryItemType", TypeClass::enumeration},
    {"fiscalPeriodItemType", TypeClass::enumeration}, {"floatItemType", TypeClass::other_numeric},
    {"flowItemType", TypeClass::other_numeric}, {"fractionItemType", TypeClass::other_numeric},
    {"gDayItemType", TypeClass::date}, {"gMonthDayItemType", TypeClass::date}, {"gMonthItemType", TypeClass::date},
    {"gYearItemType", TypeClass::date}, {"gYearMonthItemType", TypeClass::date}, {"intItemType", TypeClass::other_numeric},
    {"integerItemType", TypeClass::other_numeric}, {"lengthItemType", TypeClass::other_numeric},
    {"longItemType", TypeClass::other_numeric}, {"massItemType", TypeClass::other_numeric},
    {"memoryItemType", TypeClass::other_numeric}, {"monetaryItemType", TypeClass::monetary},
    {"negativeIntegerItemType", TypeClass::other_numeric}, {"nonNegativeIntegerItemType", TypeClass::other_numeric},
    {"nonPositiveIntegerItemType", TypeClass::other_numeric}, {"normalizedStringItemType", TypeClass::text},
    {"perShareItemType", TypeClass::per_share}, {"perUnitItemType", TypeClass::other_numeric},
    {"percentItemType", TypeClass::percent}, {"positiveIntegerItemType", TypeClass::other_numeric},
    {"powerItemType", TypeClass::other_numeric}, {"pureItemType", TypeClass::pure}, {"sharesItemType", TypeClass::shares},
    {"shortItemType", TypeClass::other_numeric}, {"stringItemType", TypeClass::text},
    {"textBlockItemType", TypeClass::text}, {"tokenItemType", TypeClass::text}, {"tradingSymbolItemType", TypeClass::text},
    {"unsignedByteItemType", TypeClass::other_numeric}, {"unsignedIntItemType", TypeClass::other_numeric},
    {"unsignedLongItemType", TypeClass::other_numeric}, {"unsignedShortItemType", TypeClass::other_numeric},
    {"volumeItemType", TypeClass::other_numeric}, {"yesNoItemType", TypeClass::enumeration},
};

}  // namespace

TypeClass type_class(std::string_view local_name) {
  const auto it = std::lower_bound(std::begin(rows), std::end(rows), local_name,
                                   [](const Row& r, std::string_view name) { return r.name < name; });
  return it != std::end(rows) && it->name == local_name ? it->kind : TypeClass::other;
}

bool is_numeric(TypeClass c) {
  switch (c) {
    case TypeClass::monetary:
    case TypeClass::shares:
    case TypeClass::pure:
    case TypeClass::per_share:
    case TypeClass::percent:
    case TypeClass::other_numeric: return true;
    default: return false;
  }
}

}  // namespace factpress::xbrl
