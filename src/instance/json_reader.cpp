#include "instance/json_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "diag/codes/instance.h"
#include "instance/json.h"
#include "instance/oim_names.h"
#include "xbrl/names.h"

namespace factpress::instance {
namespace {

namespace codes = diag::codes;

bool refuse_unknown(const Json& object, std::initializer_list<std::string_view> known, diag::Sink& sink) {
  for (Json member = object.first(); member; member = member.next()) {
    const std::string key = member.key();
    if (std::find(known.begin(), known.end(), key) != known.end() || key.find(':') != std::string::npos) continue;
    const std::string_view best = nearest_name(key, std::vector<std::string_view>(known));
    diag::Diagnostic d{codes::instance_oim_structure, member.key_place(), fmt::format("\"{}\" is no property here", key)};
    if (!best.empty()) d.help = fmt::format("did you mean {}?", best);
    sink.add(std::move(d));
    return false;
  }
  return true;
}

bool read_decimals(const Json& decimals, OimFact& fact, diag::Sink& sink) {
  if (!decimals) return true;
  const auto number = decimals.is(Json::Type::number) ? Decimal::parse(decimals.raw()) : std::nullopt;
  const auto whole = number ? number->to_int64() : std::nullopt;
  if (!whole || *whole < -1000 || *whole > 1000) {
    sink.add({codes::instance_oim_value, decimals.place(), fmt::format("decimals must be a whole number, not {}", decimals.raw())});
    return false;
  }
  fact.numeric = true;
  fact.decimals = static_cast<int>(*whole);
  return true;
}

bool read_fact(const Json& object, const Prefixes& prefixes, const LinkNames& names, OimReport& report, diag::Sink& sink) {
  if (!object.is(Json::Type::object) || !refuse_unknown(object, {"value", "decimals", "dimensions", "links"}, sink)) {
    if (!object.is(Json::Type::object)) sink.add({codes::instance_oim_structure, object.place(), "a fact must be an object"});
    return false;
  }
  OimFact fact;
  fact.id = object.key();
  fact.place = object.place();
  const Json value = object["value"];
  if (!value || !(value.is(Json::Type::string) || value.is(Json::Type::null))) {
    sink.add({codes::instance_oim_value, value ? value.place() : object.place(), "a fact needs a value that is a string or null"});
    return false;
  }
  fact.nil = value.is(Json::Type::null);
  fact.value = value.string();
  const Json dimensions = object["dimensions"];
  if (!dimensions.is(Json::Type::object)) {
    sink.add({codes::instance_oim_structure, object.place(), "the fact has no object dimensions"});
    return false;
  }
  for (Json d = dimensions.first(); d; d = d.next()) {
    std::optional<std::string> text;
    if (!d.is(Json::Type::null)) text = d.string();
    if (!read_oim_dimension(d.key(), std::move(text), prefixes, d.place(), fact, sink)) return false;
  }
  if (!read_decimals(object["decimals"], fact, sink) || !complete_fact(fact, sink)) return false;
  if (const Json links = object["links"]; links && !read_links(links, fact.id, names, report, sink)) return false;
  report.facts.push_back(std::move(fact));
  return true;
}

}  // namespace

std::optional<OimReport> read_json_report(const SourcePtr& source, diag::Sink& sink) {
  JsonDocument document;
  if (!document.parse(source, sink)) return {};
  const Json root = document.root();
  if (!root.is(Json::Type::object)) {
    sink.add({codes::instance_oim_structure, root.place(), "the report must be an object"});
    return {};
  }
  OimReport report;
  if (!refuse_unknown(root, {"documentInfo", "facts"}, sink)) return {};
  if (!read_document_info(root, xbrl::document_type::json, report, sink)) return {};
  const Json facts = root["facts"];
  report.facts.reserve(facts.size());
  const LinkNames names = read_link_names(root);
  bool good = true;
  for (Json f = facts.first(); f; f = f.next()) good = read_fact(f, report.namespaces, names, report, sink) && good;
  if (!good) return {};
  take_notes(report);
  return report;
}

}  // namespace factpress::instance
