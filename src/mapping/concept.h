#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace factpress::mapping {

/// us_gaap: official namespaces; standalone: the same choices, declared in the company's own; ifrs: names of IFRS.
enum class Profile : std::uint8_t { us_gaap, standalone, ifrs };
std::string_view to_string(Profile profile);

/// What kind of statement a table is. The spelling of to_string is that of `extract --format tsv`.
enum class TableKind : std::uint8_t { income, balance, cashflow, equity, reconciliation, segment, other };
/// What kind of unit the values of a row have; unknown where the reader could not tell.
enum class UnitClass : std::uint8_t { unknown, monetary, per_share, shares, pure, other };
enum class PeriodType : std::uint8_t { unknown, instant, duration };
/// XBRL 2.1 clause 5.1.1.2; none for items that are not monetary, and for monetary ones that have none.
enum class Balance : std::uint8_t { none, debit, credit };

std::string_view to_string(TableKind kind);
std::string_view to_string(UnitClass unit);
std::string_view to_string(PeriodType type);
std::string_view to_string(Balance balance);

/// The data types a mapped concept can have; data_type_name gives the QName in the taxonomy of a year.
enum class DataType : std::uint8_t { monetary, per_share, shares, pure, percent, integer, decimal, string, abstract };
std::string_view to_string(DataType type);
UnitClass unit_class_of(DataType type);

/// The official US-GAAP (and dei, srt) schemas of one taxonomy year. All strings live as long as the program.
struct TaxonomyRelease {
  int year = 0;                     ///< 2008, 2009, 2011 ... ; there was none in 2010
  std::string_view version;         ///< "2013-01-31", "2022"
  Date from;                        ///< first period end to which this release is applied
  std::string_view gaap_namespace;  ///< "http://fasb.org/us-gaap/2013-01-31"
  std::string_view gaap_schema;     ///< its public URL, for xsd:import
  std::string_view dei_namespace;   ///< the dei release used beside it
  std::string_view dei_schema;
  std::string_view srt_namespace;  ///< empty before 2018
  std::string_view srt_schema;
  std::string_view numeric_prefix;  ///< of perShareItemType and percentItemType: "us-types", "num" or "dtr-types"
  std::string_view numeric_namespace;
  std::string_view numeric_schema;
  std::string_view domain_prefix;  ///< of domainItemType and textBlockItemType: "us-types", "nonnum" or "dtr-types"
  std::string_view domain_namespace;
  std::string_view domain_schema;
};

/// The release that applied at a period's end: the latest whose version date is not after it; the earliest for older ones.
const TaxonomyRelease& release_for(Date period_end);
/// All, oldest first.
const std::vector<TaxonomyRelease>& taxonomy_releases();

/// One concept of the built-in dictionary. The strings point into the dictionary and live as long as it.
struct ConceptInfo {
  std::string_view name;   ///< local name: "AssetsCurrent"
  std::string_view prefix; ///< "us-gaap", "dei", "srt" or "ifrs-full"
  DataType type = DataType::monetary;
  PeriodType period = PeriodType::duration;
  Balance balance = Balance::none;
  std::string label;              ///< standard label in words, derived from the name
  std::uint32_t years = 0;        ///< bit n: exists in taxonomy year 2008 + n
  std::uint8_t statements = 0;    ///< bit n: used in statements of TableKind n
  bool abstract = false;
  bool in_year(int year) const { return year >= 2008 && year < 2040 && (years >> (year - 2008) & 1U) != 0; }
};

}  // namespace factpress::mapping
