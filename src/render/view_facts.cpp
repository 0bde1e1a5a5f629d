#include "render/view_facts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "xbrl/names.h"

namespace factpress::render {
namespace {

constexpr std::string_view numbers[] = {"Zero", "One", "Two", "Three", "Four", "Five", "Six",
                                        "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"};

std::string duration_words(Date start, Date end, int months) {
  if (months == 12) return "Year ended " + date_words(end);
  if (months == 1) return "Month ended " + date_words(end);
  if (months > 0 && months < 12) return fmt::format("{} months ended {}", numbers[months], date_words(end));
  const int days = end.days() - start.days() + 1;
  if (days > 0 && days % 7 == 0 && days / 7 <= 53) return fmt::format("{} weeks ended {}", days / 7, date_words(end));
  return fmt::format("{} to {}", date_words(start), date_words(end));
}

std::string duration_brief(Date start, Date end, int months) {
  if (months == 12) return "Year to " + short_date_words(end);
  if (months > 0) return fmt::format("{} month{} to {}", months, months == 1 ? "" : "s", short_date_words(end));
  const int days = end.days() - start.days() + 1;
  if (days > 0 && days % 7 == 0 && days / 7 <= 53) return fmt::format("{} weeks to {}", days / 7, short_date_words(end));
  return fmt::format("{} to {}", short_date_words(start), short_date_words(end));
}

DimensionView view_dimension(const model::DimensionValue& d, const std::vector<ConceptView>& concepts, Arena& arena) {
  DimensionView v;
  v.axis = &concepts[d.dimension];
  if (d.member != model::none) {
    v.member = &concepts[d.member];
    v.label = v.member->label;
    v.oim = v.member->qname;
  } else {
    v.value = v.label = v.oim = arena.clean(d.typed_value);
  }
  return v;
}

std::string entity_text(const EntityKey& e) {
  const std::string_view prefix = e.scheme == xbrl::ns::cik_scheme ? "cik" : e.scheme == xbrl::ns::lei_scheme ? "lei" : "scheme";
  return fmt::format("{}:{}", prefix, e.identifier);
}

std::string_view currency_symbol(std::string_view code) {
  constexpr std::pair<std::string_view, std::string_view> known[] = {
      {"USD", "$"}, {"EUR", "\xE2\x82\xAC"}, {"GBP", "\xC2\xA3"}, {"JPY", "\xC2\xA5"}, {"INR", "\xE2\x82\xB9"},
      {"CAD", "C$"}, {"AUD", "A$"}, {"CHF", "CHF "}, {"CNY", "CN\xC2\xA5"}, {"KRW", "\xE2\x82\xA9"}};
  for (const auto& [name, symbol] : known)
    if (name == code) return symbol;
  return {};
}

bool is_measure(const model::Measure& m, std::string_view local) { return m.name.uri == xbrl::ns::xbrli && m.name.local == local; }

void classify(UnitView& v, const model::Unit& u) {
  const bool monetary = !u.numerators.empty() && u.numerators[0].name.uri == xbrl::ns::iso4217;
  if (monetary) v.symbol = currency_symbol(u.numerators[0].name.local);
  v.kind = "other";
  if (u.numerators.size() != 1) return;
  if (u.denominators.empty()) {
    if (monetary) v.kind = "monetary";
    else if (is_measure(u.numerators[0], "shares")) v.kind = "shares";
    else if (is_measure(u.numerators[0], "pure")) v.kind = "pure";
  } else if (monetary && u.denominators.size() == 1 && is_measure(u.denominators[0], "shares")) {
    v.kind = "perShare";
  }
}

/// One side of a unit as xBRL-JSON writes it (OIM 1.0, unit string representation): sorted, joined by '*'.
std::string side_text(std::vector<std::string_view> measures, bool bracket) {
  std::sort(measures.begin(), measures.end());
  std::string out;
  for (const std::string_view m : measures) (out.empty() ? out : out += '*') += m;
  return bracket && measures.size() > 1 ? "(" + out + ")" : out;
}

}  // namespace

PeriodView view_period(const model::Period& period, Arena& arena) {
  PeriodView v;
  v.instant = period.instant();
  v.start = period.start;
  v.end = period.end;
  v.end_iso = arena.keep(period.end.iso());
  const std::string midnight = period.end.plus_days(1).iso() + "T00:00:00";
  if (v.instant) {
    v.words = arena.keep(date_words(v.end));
    v.brief = arena.keep(short_date_words(v.end));
    v.oim = arena.keep(midnight);
    return v;
  }
  v.start_iso = arena.keep(period.start->iso());
  v.months = whole_months(*v.start, v.end);
  v.words = arena.keep(duration_words(*v.start, v.end, v.months));
  v.brief = arena.keep(duration_brief(*v.start, v.end, v.months));
  v.oim = arena.keep(std::string(v.start_iso) + "T00:00:00/" + midnight);
  return v;
}

std::string_view decimals_text(const std::optional<int>& decimals, Arena& arena) {
  constexpr std::string_view usual[] = {"-9", "-8", "-7", "-6", "-5", "-4", "-3", "-2", "-1", "0", "1", "2", "3", "4", "5", "6"};
  if (!decimals) return "INF";
  if (*decimals >= -9 && *decimals <= 6) return usual[*decimals + 9];
  return arena.keep(std::to_string(*decimals));
}

std::string grouped(const Decimal& value, int places) {
  std::string out = value.is_negative() ? "(" : "";
  append_grouped(out, value.abs().to_fixed(places));
  if (value.is_negative()) out += ')';
  return out;
}

std::string value_words(const Decimal& value, const std::optional<int>& decimals, const UnitView& unit) {
  const int places = std::clamp(decimals.value_or(value.fraction_digits()), 0, 12);
  if (unit.kind == "pure" && decimals.value_or(0) >= 2) return grouped(value.shifted(2), std::max(0, places - 2)) + "%";
  std::string digits = grouped(value, places);
  if (unit.kind == "monetary" || unit.kind == "perShare") {
    if (unit.symbol.empty()) return std::string(unit.text.substr(0, unit.text.find('/'))) + " " + digits;
    return std::string(unit.symbol) + digits;
  }
  if (unit.kind == "pure") return digits;
  return digits + " " + std::string(unit.text);
}

EntityKey entity_key(const model::Report& report, Arena& arena) {
  const std::string_view scheme = trim(report.entity.scheme), identifier = trim(report.entity.identifier);
  if (scheme.empty() || identifier.empty()) return {report.own_namespace, report.own_prefix};
  return {arena.clean(scheme), arena.clean(identifier)};
}

std::vector<ContextView> view_contexts(const model::Report& report, const std::vector<ConceptView>& concepts, Arena& arena) {
  std::vector<ContextView> out;
  out.reserve(report.contexts.size());
  const EntityKey key = entity_key(report, arena);
  const std::string_view entity = arena.keep(entity_text(key));
  for (const model::Context& c : report.contexts) {
    ContextView v;
    v.id = c.id;
    v.scheme = key.scheme;
    v.identifier = key.identifier;
    v.entity = entity;
    v.period = view_period(c.period, arena);
    std::string members;
    for (const model::DimensionValue& d : c.dimensions) {
      v.dimensions.push_back(view_dimension(d, concepts, arena));
      std::string_view member = v.dimensions.back().label;
      if (member.ends_with(" [Member]")) member.remove_suffix(9);
      (members.empty() ? members : members += ", ") += member;
    }
    if (!members.empty()) v.members = arena.keep(std::move(members));
    out.push_back(std::move(v));
  }
  return out;
}

std::vector<UnitView> view_units(const model::Report& report, const Prefixes& prefixes, Arena& arena) {
  std::vector<UnitView> out;
  for (const model::Unit& u : report.units) {
    UnitView v;
    v.id = u.id;
    v.text = arena.clean(u.text);
    classify(v, u);
    for (const model::Measure& m : u.numerators) v.numerators.push_back(prefixed(m.name, prefixes, arena));
    for (const model::Measure& m : u.denominators) v.denominators.push_back(prefixed(m.name, prefixes, arena));
    const bool fraction = !v.denominators.empty();
    std::string oim = side_text(v.numerators, fraction);
    if (fraction) oim += "/" + side_text(v.denominators, true);
    if (v.kind != "pure") v.oim = arena.keep(std::move(oim));  // no unit dimension at all: OIM 1.0, "pure" is the default
    out.push_back(std::move(v));
  }
  return out;
}

namespace {

OccurrenceView view_occurrence(const model::Occurrence& o, const Source* source, Arena& arena) {
  OccurrenceView v;
  v.printed = arena.clean(o.printed);
  v.begin = o.span.begin, v.end = o.span.end;
  if (source) {
    const LineColumn at = source->locate(o.span.begin);
    v.line = at.line, v.column = at.column;
  }
  v.block = o.block;
  v.in_table = o.in_table, v.dash = o.dash, v.negated = o.negated;
  v.scale = o.scale;
  v.decimals = decimals_text(o.decimals, arena);
  return v;
}

}  // namespace

std::vector<FactView> view_facts(const model::Report& report, const std::vector<ConceptView>& concepts,
                                 const std::vector<ContextView>& contexts, const std::vector<UnitView>& units, Arena& arena) {
  // A doubtful fact may lack either: templates find empty ones, so that they need not ask.
  static const ConceptView no_concept;
  static const ContextView no_context;
  std::vector<FactView> out;
  out.reserve(report.facts.size());
  for (const model::Fact& f : report.facts) {
    FactView v;
    v.source = &f;
    v.id = f.id;
    v.concept_view = f.concept_index == model::none ? &no_concept : &concepts[f.concept_index];
    v.context = f.context == model::none ? &no_context : &contexts[f.context];
    v.unit = f.unit == model::none ? nullptr : &units[f.unit];
    v.numeric = v.unit != nullptr;
    v.filable = f.filable && f.concept_index != model::none && f.context != model::none;
    v.hidden = f.hidden;
    v.value = f.value;
    v.text = v.numeric ? arena.keep(f.value.to_string()) : arena.clean(f.text);
    if (v.numeric) v.decimals = decimals_text(f.decimals, arena);
    v.words = v.numeric ? arena.keep(value_words(f.value, f.decimals, *v.unit)) : v.text;
    v.label = v.concept_view->label;
    v.note = arena.clean(f.note);
    v.confidence = share(f.confidence);
    v.occurrences.reserve(f.occurrences.size());
    for (const model::Occurrence& o : f.occurrences) v.occurrences.push_back(view_occurrence(o, report.source.get(), arena));
    out.push_back(std::move(v));
  }
  return out;
}

}  // namespace factpress::render
