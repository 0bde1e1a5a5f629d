#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/qname.h"
#include "diag/diagnostic.h"
#include "instance/json.h"
#include "instance/oim.h"

/// What xBRL-JSON and the metadata of xBRL-CSV share: documentInfo, qualified names, periods, units (OIM Common Definitions).
namespace factpress::instance {

using Prefixes = std::map<std::string, std::string>;

/// Reads documentInfo: checks the document type, fills namespaces and taxonomy. False where it cannot be used.
bool read_document_info(const Json& root, std::string_view document_type, OimReport& report, diag::Sink& sink);
/// Aliases of link types and link groups in documentInfo, by what they stand for.
struct LinkNames {
  std::map<std::string, std::string> types, groups;
};
LinkNames read_link_names(const Json& root);
/// A `links` object: of one fact (`from` is its id, groups hold ids), or of a whole report (`from` is empty, groups hold an object
/// of ids by fact). An alias that documentInfo does not declare is instance.oim-structure; then false.
bool read_links(const Json& links, const std::string& from, const LinkNames& names, OimReport& report, diag::Sink& sink);
/// Moves what is a note among the facts to the notes. After all facts are read.
void take_notes(OimReport& report);
/// "prefix:local"; empty after instance.oim-name.
std::optional<QName> read_oim_name(std::string_view text, const Prefixes& prefixes, const Place& place, diag::Sink& sink);
/// "2013-04-01T00:00:00" or "start/end"; empty after instance.oim-period.
std::optional<OimPeriod> read_oim_period(std::string_view text, const Place& place, diag::Sink& sink);
/// "iso4217:USD", "a*b", "(a*b)/c"; empty after instance.oim-unit or instance.oim-name.
std::optional<OimUnit> read_oim_unit(std::string_view text, const Prefixes& prefixes, const Place& place, diag::Sink& sink);
/// Sets one dimension of a fact by its name in a `dimensions` object. False after a finding.
bool read_oim_dimension(std::string_view name, std::optional<std::string> value, const Prefixes& prefixes, const Place& place,
                        OimFact& fact, diag::Sink& sink);
/// Puts the dimensions into order and checks what must be there; settles a numeric fact's value. False after a finding.
bool complete_fact(OimFact& fact, diag::Sink& sink);

}  // namespace factpress::instance
