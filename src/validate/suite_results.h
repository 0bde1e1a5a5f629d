#pragma once
#include <string>

#include "validate/engine.h"

namespace factpress::validate {

/// Compares what was found with the result that a conformance variation states. Empty where they agree, else what differs.
/// `expected` is the parsed result file:
///  - an XBRL instance: every reported item has a v-equal one there, with the same decimals, period type and balance;
std::string compare_infoset(const CheckedInstance& actual, std::shared_ptr<const xml::Document> expected);
///  - a list of relationships (ptv:ptvl): the networks of the link types that it names hold just those;
std::string compare_relationships(const taxonomy::Taxonomy& taxonomy, const xml::Document& expected);
///  - a list of facts with their dimensions (facts): each of them stands where it says, with those dimension values.
std::string compare_fact_list(const CheckedInstance& actual, const xml::Document& expected);

}  // namespace factpress::validate
