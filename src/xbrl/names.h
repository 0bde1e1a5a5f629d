#pragma once
#include <string_view>

/// Namespace names, roles and arcroles that the specifications fix. All live as long as the program.
namespace factpress::xbrl {

namespace ns {
inline constexpr std::string_view xbrli = "http://www.xbrl.org/2003/instance";
inline constexpr std::string_view link = "http://www.xbrl.org/2003/linkbase";
inline constexpr std::string_view xlink = "http://www.w3.org/1999/xlink";
inline constexpr std::string_view xbrldt = "http://xbrl.org/2005/xbrldt";
inline constexpr std::string_view xbrldi = "http://xbrl.org/2006/xbrldi";
inline constexpr std::string_view iso4217 = "http://www.xbrl.org/2003/iso4217";
inline constexpr std::string_view xs = "http://www.w3.org/2001/XMLSchema";
inline constexpr std::string_view xsi = "http://www.w3.org/2001/XMLSchema-instance";
inline constexpr std::string_view xml = "http://www.w3.org/XML/1998/namespace";
inline constexpr std::string_view xhtml = "http://www.w3.org/1999/xhtml";
inline constexpr std::string_view ix = "http://www.xbrl.org/2013/inlineXBRL";
inline constexpr std::string_view ixt1 = "http://www.xbrl.org/inlineXBRL/transformation/2010-04-20";
inline constexpr std::string_view ixt2 = "http://www.xbrl.org/inlineXBRL/transformation/2011-07-31";
inline constexpr std::string_view ixt3 = "http://www.xbrl.org/inlineXBRL/transformation/2015-02-26";
inline constexpr std::string_view ixt4 = "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12";
inline constexpr std::string_view ixt5 = "http://www.xbrl.org/inlineXBRL/transformation/2022-02-16";
/// Open Information Model 1.0: the prefix `xbrl` of xBRL-JSON and xBRL-CSV.
inline constexpr std::string_view oim = "https://xbrl.org/2021";
inline constexpr std::string_view utr = "http://www.xbrl.org/2009/utr";
inline constexpr std::string_view dtr_prefix = "http://www.xbrl.org/dtr/type/";  ///< every version of the data type registry
inline constexpr std::string_view cik_scheme = "http://www.sec.gov/CIK";
inline constexpr std::string_view lei_scheme = "http://standards.iso.org/iso/17442";
}  // namespace ns

/// Where the schemas of the specifications are published: schemaLocation of imports.
namespace location {
inline constexpr std::string_view xbrli = "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd";
inline constexpr std::string_view link = "http://www.xbrl.org/2003/xbrl-linkbase-2003-12-31.xsd";
inline constexpr std::string_view xbrldt = "http://www.xbrl.org/2005/xbrldt-2005.xsd";
inline constexpr std::string_view negated_roles = "http://www.xbrl.org/lrr/role/negated-2009-12-16.xsd";
}  // namespace location

/// Label roles (XBRL 2.1 §5.2.2.2.2; the negated ones stand in the link role registry and need a roleRef) and link roles.
namespace role {
inline constexpr std::string_view link = "http://www.xbrl.org/2003/role/link";
inline constexpr std::string_view label = "http://www.xbrl.org/2003/role/label";
inline constexpr std::string_view terse = "http://www.xbrl.org/2003/role/terseLabel";
inline constexpr std::string_view verbose = "http://www.xbrl.org/2003/role/verboseLabel";
inline constexpr std::string_view total = "http://www.xbrl.org/2003/role/totalLabel";
inline constexpr std::string_view period_start = "http://www.xbrl.org/2003/role/periodStartLabel";
inline constexpr std::string_view period_end = "http://www.xbrl.org/2003/role/periodEndLabel";
inline constexpr std::string_view documentation = "http://www.xbrl.org/2003/role/documentation";
inline constexpr std::string_view negated = "http://www.xbrl.org/2009/role/negatedLabel";
inline constexpr std::string_view negated_total = "http://www.xbrl.org/2009/role/negatedTotalLabel";
inline constexpr std::string_view label_linkbase = "http://www.xbrl.org/2003/role/labelLinkbaseRef";
inline constexpr std::string_view presentation_linkbase = "http://www.xbrl.org/2003/role/presentationLinkbaseRef";
inline constexpr std::string_view calculation_linkbase = "http://www.xbrl.org/2003/role/calculationLinkbaseRef";
inline constexpr std::string_view definition_linkbase = "http://www.xbrl.org/2003/role/definitionLinkbaseRef";
}  // namespace role

namespace arcrole {
inline constexpr std::string_view linkbase = "http://www.w3.org/1999/xlink/properties/linkbase";
inline constexpr std::string_view concept_label = "http://www.xbrl.org/2003/arcrole/concept-label";
inline constexpr std::string_view parent_child = "http://www.xbrl.org/2003/arcrole/parent-child";
inline constexpr std::string_view summation_item = "http://www.xbrl.org/2003/arcrole/summation-item";
inline constexpr std::string_view summation_item_11 = "https://xbrl.org/2023/arcrole/summation-item";  ///< Calculations 1.1
inline constexpr std::string_view concept_reference = "http://www.xbrl.org/2003/arcrole/concept-reference";
inline constexpr std::string_view fact_footnote = "http://www.xbrl.org/2003/arcrole/fact-footnote";
inline constexpr std::string_view general_special = "http://www.xbrl.org/2003/arcrole/general-special";
inline constexpr std::string_view essence_alias = "http://www.xbrl.org/2003/arcrole/essence-alias";
inline constexpr std::string_view similar_tuples = "http://www.xbrl.org/2003/arcrole/similar-tuples";
inline constexpr std::string_view requires_element = "http://www.xbrl.org/2003/arcrole/requires-element";
/// XBRL Dimensions 1.0; declared in xbrldt-2005.xsd under these fragment names, each needs an arcroleRef.
inline constexpr std::string_view all = "http://xbrl.org/int/dim/arcrole/all";
inline constexpr std::string_view not_all = "http://xbrl.org/int/dim/arcrole/notAll";
inline constexpr std::string_view hypercube_dimension = "http://xbrl.org/int/dim/arcrole/hypercube-dimension";
inline constexpr std::string_view dimension_domain = "http://xbrl.org/int/dim/arcrole/dimension-domain";
inline constexpr std::string_view domain_member = "http://xbrl.org/int/dim/arcrole/domain-member";
inline constexpr std::string_view dimension_default = "http://xbrl.org/int/dim/arcrole/dimension-default";
}  // namespace arcrole

/// Document types of the OIM serialisations (2021) and of report packages (2023).
namespace document_type {
inline constexpr std::string_view json = "https://xbrl.org/2021/xbrl-json";
inline constexpr std::string_view csv = "https://xbrl.org/2021/xbrl-csv";
inline constexpr std::string_view package_inline = "https://xbrl.org/report-package/2023/xbri";
inline constexpr std::string_view package_other = "https://xbrl.org/report-package/2023/xbr";
inline constexpr std::string_view package_any = "https://xbrl.org/report-package/2023";
}  // namespace document_type

}  // namespace factpress::xbrl
