#include "instance/oim_names.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "diag/codes/instance.h"
#include "xbrl/names.h"

namespace factpress::instance {
namespace codes = diag::codes;

bool read_document_info(const Json& root, std::string_view document_type, OimReport& report, diag::Sink& sink) {
  const Json info = root["documentInfo"];
  if (!info.is(Json::Type::object)) {
    sink.add({codes::instance_oim_structure, root.place(), "the report has no object documentInfo"});
    return false;
  }
  const Json type = info["documentType"];
  if (type.string() != document_type) {
    sink.add({codes::instance_oim_document_type, type ? type.place() : info.place(),
              fmt::format("the document type is \"{}\"; \"{}\" is expected", type.string(), document_type)});
    return false;
  }
  for (Json n = info["namespaces"].first(); n; n = n.next()) report.namespaces[n.key()] = n.string();
  for (Json t = info["taxonomy"].first(); t; t = t.next()) report.taxonomy.push_back(t.string());
  return true;
}

LinkNames read_link_names(const Json& root) {
  LinkNames names;
  for (Json n = root["documentInfo"]["linkTypes"].first(); n; n = n.next()) names.types[n.key()] = n.string();
  for (Json n = root["documentInfo"]["linkGroups"].first(); n; n = n.next()) names.groups[n.key()] = n.string();
  return names;
}

namespace {

const std::string* alias(const std::map<std::string, std::string>& names, const Json& at, std::string_view what, diag::Sink& sink) {
  if (const auto it = names.find(at.key()); it != names.end()) return &it->second;
  sink.add({codes::instance_oim_structure, at.key_place(), fmt::format("documentInfo declares no link {} \"{}\"", what, at.key())});
  return nullptr;
}

}  // namespace

bool read_links(const Json& links, const std::string& from, const LinkNames& names, OimReport& report, diag::Sink& sink) {
  for (Json type = links.first(); type; type = type.next()) {
    const std::string* arcrole = alias(names.types, type, "type", sink);
    if (!arcrole) return false;
    for (Json group = type.first(); group; group = group.next()) {
      const std::string* role = alias(names.groups, group, "group", sink);
      if (!role) return false;
      const auto add = [&](const std::string& fact, const Json& targets) {
        for (Json to = targets.first(); to; to = to.next()) report.links.push_back({*arcrole, *role, fact, to.string(), to.place()});
      };
      if (!from.empty()) add(from, group);
      else
        for (Json fact = group.first(); fact; fact = fact.next()) add(fact.key(), fact);
    }
  }
  return true;
}

void take_notes(OimReport& report) {
  const QName note{std::string(xbrl::ns::oim), "note"};
  for (const OimFact& f : report.facts)
    if (f.name == note) report.notes.push_back({f.id, f.language, f.value, f.place});
  std::erase_if(report.facts, [&](const OimFact& f) { return f.name == note; });
}

std::optional<QName> read_oim_name(std::string_view text, const Prefixes& prefixes, const Place& place, diag::Sink& sink) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon + 1 == text.size()) {
    sink.add({codes::instance_oim_name, place, fmt::format("\"{}\" is no name with a prefix", text)});
    return {};
  }
  const auto it = prefixes.find(std::string(text.substr(0, colon)));
  if (it != prefixes.end()) return QName{it->second, std::string(text.substr(colon + 1))};
  std::vector<std::string_view> known;
  for (const auto& [prefix, uri] : prefixes) known.push_back(prefix);
  const std::string_view best = nearest_name(text.substr(0, colon), known);
  diag::Diagnostic d{codes::instance_oim_name, place, fmt::format("the prefix of \"{}\" is bound to no namespace", text)};
  if (!best.empty()) d.help = fmt::format("did you mean {}:{}?", best, text.substr(colon + 1));
  sink.add(std::move(d));
  return {};
}

std::optional<OimPeriod> read_oim_period(std::string_view text, const Place& place, diag::Sink& sink) {
  const std::size_t slash = text.find('/');
  OimPeriod period;
  const auto end = start_of_day(slash == std::string_view::npos ? text : text.substr(slash + 1));
  const auto start = slash == std::string_view::npos ? std::optional<std::string>("") : start_of_day(text.substr(0, slash));
  if (!end || !start || (!start->empty() && *start >= *end)) {
    sink.add({codes::instance_oim_period, place, fmt::format("\"{}\" is no period", text)});
    return {};
  }
  return OimPeriod{*start, *end};
}

namespace {

std::optional<std::vector<QName>> read_measures(std::string_view text, const Prefixes& prefixes, const Place& place, diag::Sink& sink) {
  if (text.starts_with("(") && text.ends_with(")")) text = text.substr(1, text.size() - 2);
  std::vector<QName> out;
  for (const std::string_view part : split(text, '*')) {
    auto name = read_oim_name(part, prefixes, place, sink);
    if (!name) return {};
    out.push_back(*std::move(name));
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

std::optional<OimUnit> read_oim_unit(std::string_view text, const Prefixes& prefixes, const Place& place, diag::Sink& sink) {
  const std::size_t slash = text.find('/');
  const bool more = slash != std::string_view::npos && text.find('/', slash + 1) != std::string_view::npos;
  if (text.empty() || more || std::count(text.begin(), text.end(), '(') != std::count(text.begin(), text.end(), ')')) {
    sink.add({codes::instance_oim_unit, place, fmt::format("\"{}\" is no unit", text)});
    return {};
  }
  OimUnit unit;
  auto above = read_measures(text.substr(0, slash), prefixes, place, sink);
  if (!above) return {};
  unit.numerators = *std::move(above);
  if (slash != std::string_view::npos) {
    auto below = read_measures(text.substr(slash + 1), prefixes, place, sink);
    if (!below) return {};
    unit.denominators = *std::move(below);
  }
  if (unit == OimUnit{{{std::string(xbrl::ns::xbrli), "pure"}}, {}}) {
    sink.add({codes::instance_oim_unit, place, "the unit xbrli:pure must be left out"});
    return {};
  }
  return unit;
}

bool read_oim_dimension(std::string_view name, std::optional<std::string> value, const Prefixes& prefixes, const Place& place,
                        OimFact& fact, diag::Sink& sink) {
  const std::string text = value.value_or("");
  if (name == "concept") {
    const auto q = read_oim_name(text, prefixes, place, sink);
    if (q) fact.name = *q;
    return q.has_value();
  }
  if (name == "entity") {
    const std::size_t colon = text.find(':');
    const auto it = colon == std::string::npos ? prefixes.end() : prefixes.find(text.substr(0, colon));
    if (it == prefixes.end()) {
      sink.add({codes::instance_oim_name, place, fmt::format("the scheme of the entity \"{}\" is bound to no namespace", text)});
      return false;
    }
    fact.entity_scheme = it->second, fact.entity = text.substr(colon + 1);
    return true;
  }
  if (name == "period") {
    const auto p = read_oim_period(text, place, sink);
    if (p) fact.period = *p;
    return p.has_value();
  }
  if (name == "unit") {
    const auto u = read_oim_unit(text, prefixes, place, sink);
    if (u) fact.unit = *u, fact.numeric = true;
    return u.has_value();
  }
  if (name == "language") return fact.language = lower(text), true;
  if (name == "noteId") return true;
  const auto axis = read_oim_name(name, prefixes, place, sink);
  if (!axis) return false;
  OimDimension d{*axis, {}, {}, !value};
  // A member is a bound name; anything else is a typed value. The taxonomy would tell for sure; a typed value that looks
  // like a bound name is read the same way from every syntax, so comparisons hold.
  const std::size_t colon = text.find(':');
  const auto bound = colon == std::string::npos ? prefixes.end() : prefixes.find(text.substr(0, colon));
  if (value && bound != prefixes.end()) d.member = {bound->second, text.substr(colon + 1)};
  else d.typed_value = text;
  fact.dimensions.push_back(std::move(d));
  return true;
}

bool complete_fact(OimFact& fact, diag::Sink& sink) {
  if (fact.name.empty()) {
    sink.add({codes::instance_oim_structure, fact.place, "the fact has no dimension concept"});
    return false;
  }
  std::sort(fact.dimensions.begin(), fact.dimensions.end());
  if (!fact.numeric || fact.nil) return true;
  const auto number = Decimal::parse_scientific(fact.value);
  if (!number) {
    sink.add({codes::instance_oim_value, fact.place, fmt::format("\"{}\" is no number, but the fact of {} has a unit or decimals", fact.value, fact.name.local)});
    return false;
  }
  fact.value = number->to_string();
  return true;
}

}  // namespace factpress::instance
