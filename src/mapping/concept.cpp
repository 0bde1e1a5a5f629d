#include "mapping/concept.h"

#include <array>

namespace factpress::mapping {
namespace {

template <class Enum, std::size_t N>
std::string_view pick(Enum value, const std::array<std::string_view, N>& names) {
  const auto i = static_cast<std::size_t>(value);
  return i < N ? names[i] : std::string_view{};
}

// Taxonomies before 2011 were published by XBRL US, later ones by the FASB; dei stays at one version where the SEC made no
// new one (2014 to 2017). srt begins in 2018. The data types came with the taxonomy itself until 2009, then from the Data
// Type Registry.
#define FP_FASB(Y)                                                                                                                  \
  "http://fasb.org/us-gaap/" #Y "-01-31", "http://xbrl.fasb.org/us-gaap/" #Y "/elts/us-gaap-" #Y "-01-31.xsd"
#define FP_FASB_NOW(Y) "http://fasb.org/us-gaap/" #Y, "https://xbrl.fasb.org/us-gaap/" #Y "/elts/us-gaap-" #Y ".xsd"
#define FP_DEI(Y) "http://xbrl.sec.gov/dei/" #Y "-01-31", "https://xbrl.sec.gov/dei/" #Y "/dei-" #Y "-01-31.xsd"
#define FP_DEI_NOW(Y) "http://xbrl.sec.gov/dei/" #Y, "https://xbrl.sec.gov/dei/" #Y "/dei-" #Y ".xsd"
#define FP_SRT(Y) "http://fasb.org/srt/" #Y "-01-31", "http://xbrl.fasb.org/srt/" #Y "/elts/srt-" #Y "-01-31.xsd"
#define FP_SRT_NOW(Y) "http://fasb.org/srt/" #Y, "https://xbrl.fasb.org/srt/" #Y "/elts/srt-" #Y ".xsd"
#define FP_XBRL_US_TYPES(Y, BASE)                                                                                                   \
  "us-types", "http://xbrl.us/us-types/" Y, BASE "us-types-" Y ".xsd", "us-types", "http://xbrl.us/us-types/" Y, BASE "us-types-" Y ".xsd"
#define FP_DTR_2009                                                                                                                 \
  "num", "http://www.xbrl.org/dtr/type/numeric", "http://www.xbrl.org/dtr/type/numeric-2009-12-16.xsd", "nonnum",                   \
      "http://www.xbrl.org/dtr/type/non-numeric", "http://www.xbrl.org/dtr/type/nonNumeric-2009-12-16.xsd"
#define FP_DTR_2020                                                                                                                 \
  "dtr-types", "http://www.xbrl.org/dtr/type/2020-01-21", "https://www.xbrl.org/dtr/type/2020-01-21/types.xsd", "dtr-types",        \
      "http://www.xbrl.org/dtr/type/2020-01-21", "https://www.xbrl.org/dtr/type/2020-01-21/types.xsd"

Date day(int year, int month, int d) { return *Date::of(year, month, d); }

std::vector<TaxonomyRelease> make_releases() {
  return {
      {2008, "2008-03-31", day(2008, 3, 31), "http://xbrl.us/us-gaap/2008-03-31", "http://xbrl.us/us-gaap/1.0/elts/us-gaap-2008-03-31.xsd",
       "http://xbrl.us/dei/2008-03-31", "http://xbrl.us/us-gaap/1.0/non-gaap/dei-2008-03-31.xsd", "", "",
       FP_XBRL_US_TYPES("2008-03-31", "http://xbrl.us/us-gaap/1.0/elts/")},
      {2009, "2009-01-31", day(2009, 1, 31), "http://xbrl.us/us-gaap/2009-01-31",
       "http://taxonomies.xbrl.us/us-gaap/2009/elts/us-gaap-2009-01-31.xsd", "http://xbrl.us/dei/2009-01-31",
       "http://taxonomies.xbrl.us/us-gaap/2009/non-gaap/dei-2009-01-31.xsd", "", "",
       FP_XBRL_US_TYPES("2009-01-31", "http://taxonomies.xbrl.us/us-gaap/2009/elts/")},
      {2011, "2011-01-31", day(2011, 1, 31), FP_FASB(2011), FP_DEI(2011), "", "", FP_DTR_2009},
      {2012, "2012-01-31", day(2012, 1, 31), FP_FASB(2012), FP_DEI(2012), "", "", FP_DTR_2009},
      {2013, "2013-01-31", day(2013, 1, 31), FP_FASB(2013), FP_DEI(2013), "", "", FP_DTR_2009},
      {2014, "2014-01-31", day(2014, 1, 31), FP_FASB(2014), FP_DEI(2014), "", "", FP_DTR_2009},
      {2015, "2015-01-31", day(2015, 1, 31), FP_FASB(2015), FP_DEI(2014), "", "", FP_DTR_2009},
      {2016, "2016-01-31", day(2016, 1, 31), FP_FASB(2016), FP_DEI(2014), "", "", FP_DTR_2009},
      {2017, "2017-01-31", day(2017, 1, 31), FP_FASB(2017), FP_DEI(2014), "", "", FP_DTR_2009},
      {2018, "2018-01-31", day(2018, 1, 31), FP_FASB(2018), FP_DEI(2018), FP_SRT(2018), FP_DTR_2009},
      {2019, "2019-01-31", day(2019, 1, 31), FP_FASB(2019), FP_DEI(2019), FP_SRT(2019), FP_DTR_2009},
      {2020, "2020-01-31", day(2020, 1, 31), FP_FASB(2020), FP_DEI(2020), FP_SRT(2020), FP_DTR_2009},
      {2021, "2021-01-31", day(2021, 1, 31), FP_FASB(2021), FP_DEI_NOW(2021), FP_SRT(2021), FP_DTR_2009},
      {2022, "2022", day(2022, 1, 31), FP_FASB_NOW(2022), FP_DEI_NOW(2022), FP_SRT_NOW(2022), FP_DTR_2020},
      {2023, "2023", day(2023, 1, 31), FP_FASB_NOW(2023), FP_DEI_NOW(2023), FP_SRT_NOW(2023), FP_DTR_2020},
      {2024, "2024", day(2024, 1, 31), FP_FASB_NOW(2024), FP_DEI_NOW(2024), FP_SRT_NOW(2024), FP_DTR_2020},
      {2025, "2025", day(2025, 1, 31), FP_FASB_NOW(2025), FP_DEI_NOW(2025), FP_SRT_NOW(2025), FP_DTR_2020},
      {2026, "2026", day(2026, 1, 31), FP_FASB_NOW(2026), FP_DEI_NOW(2026), FP_SRT_NOW(2026), FP_DTR_2020},
  };
}

}  // namespace

std::string_view to_string(TableKind kind) {
  return pick(kind, std::array<std::string_view, 7>{"income", "balance", "cashflow", "equity", "reconciliation", "segment", "other"});
}
std::string_view to_string(Profile profile) { return pick(profile, std::array<std::string_view, 3>{"us-gaap", "standalone", "ifrs"}); }
std::string_view to_string(UnitClass unit) {
  return pick(unit, std::array<std::string_view, 6>{"unknown", "monetary", "per-share", "shares", "pure", "other"});
}
std::string_view to_string(PeriodType type) { return pick(type, std::array<std::string_view, 3>{"unknown", "instant", "duration"}); }
std::string_view to_string(Balance balance) { return pick(balance, std::array<std::string_view, 3>{"none", "debit", "credit"}); }
std::string_view to_string(DataType type) {
  return pick(type, std::array<std::string_view, 9>{"monetary", "per-share", "shares", "pure", "percent", "integer", "decimal", "string", "abstract"});
}

UnitClass unit_class_of(DataType type) {
  switch (type) {
    case DataType::monetary: return UnitClass::monetary;
    case DataType::per_share: return UnitClass::per_share;
    case DataType::shares: return UnitClass::shares;
    case DataType::pure:
    case DataType::percent: return UnitClass::pure;
    case DataType::integer:
    case DataType::decimal: return UnitClass::other;
    default: return UnitClass::unknown;
  }
}

const std::vector<TaxonomyRelease>& taxonomy_releases() {
  static const std::vector<TaxonomyRelease> releases = make_releases();
  return releases;
}

const TaxonomyRelease& release_for(Date period_end) {
  const std::vector<TaxonomyRelease>& all = taxonomy_releases();
  for (std::size_t i = all.size(); i-- > 1;)
    if (all[i].from <= period_end) return all[i];
  return all.front();
}

}  // namespace factpress::mapping
