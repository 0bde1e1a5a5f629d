#include "instance/oim_from_instance.h"

#include <algorithm>

#include "base/date.h"
#include "base/text.h"
#include "xbrl/names.h"

namespace factpress::instance {
namespace {

using OuterName = factpress::QName;

OuterName outer(xml::NsId ns, std::string_view local) { return {std::string(xml::namespace_uri(ns)), std::string(local)}; }

OimPeriod period_of(const Context& c) {
  OimPeriod p;
  const xml::Element period = c.element.child(xml::ns::xbrli, "period");
  if (!period) return p;
  const auto text = [&](std::string_view name) -> std::string {
    const xml::Element e = period.child(xml::ns::xbrli, name);
    return e ? std::string(trim(e.text())) : std::string();
  };
  if (c.period == PeriodKind::instant) p.end = end_of_day(text("instant")).value_or(text("instant"));
  if (c.period == PeriodKind::duration) {
    p.start = start_of_day(text("startDate")).value_or(text("startDate"));
    p.end = end_of_day(text("endDate")).value_or(text("endDate"));
  }
  return p;
}

void add_dimensions(const xml::Element& container, std::vector<OimDimension>& out) {
  if (!container) return;
  for (const xml::Element e : container.elements()) {
    if (e.ns() != xml::ns::xbrldi) continue;
    const auto axis = e.resolve_qname(e.value_of("dimension"));
    if (!axis) continue;
    OimDimension d{outer(axis->ns, axis->local), {}, {}, false};
    if (e.local_name() == "explicitMember") {
      const std::string text = e.text();  // the name points into it
      const auto member = e.resolve_qname(text);
      if (member) d.member = outer(member->ns, member->local);
    } else if (const xml::Element value = e.first_element()) {
      const auto nil = value.attribute(xml::ns::xsi, "nil");
      d.nil = nil && (nil.value() == "true" || nil.value() == "1");
      d.typed_value = std::string(trim(value.text()));
    }
    out.push_back(std::move(d));
  }
}

struct Shared {  // what the facts of a context have in common
  std::string scheme, entity;
  OimPeriod period;
  std::vector<OimDimension> dimensions;
};

Shared shared_of(const Context& c) {
  Shared s{std::string(c.scheme), c.identifier, period_of(c), {}};
  add_dimensions(c.segment, s.dimensions);
  add_dimensions(c.scenario, s.dimensions);
  std::sort(s.dimensions.begin(), s.dimensions.end());
  return s;
}

OimUnit unit_of(const Unit& u) {
  OimUnit out;
  for (const Measure& m : u.numerators) out.numerators.push_back(outer(m.ns, m.local));
  for (const Measure& m : u.denominators) out.denominators.push_back(outer(m.ns, m.local));
  std::sort(out.numerators.begin(), out.numerators.end());
  std::sort(out.denominators.begin(), out.denominators.end());
  if (out.denominators.empty() && out.numerators == std::vector<OuterName>{{std::string(xbrl::ns::xbrli), "pure"}}) out.numerators.clear();
  return out;
}

void read_number(const xml::Element& e, OimFact& fact) {
  fact.numeric = true;
  const auto number = Decimal::parse_scientific(trim(e.text()));
  fact.value = number ? number->to_string() : std::string(trim(e.text()));
  const auto whole = [](std::string_view text) -> std::optional<int> {
    const auto n = Decimal::parse(trim(text));
    const auto i = n ? n->to_int64() : std::nullopt;
    if (!i || *i < -10'000 || *i > 10'000) return {};
    return static_cast<int>(*i);
  };
  if (const auto d = e.attribute("decimals")) fact.decimals = whole(d.value());
  else if (const auto p = e.attribute("precision"); p && number)
    if (const auto digits = whole(p.value()); digits && !number->is_zero()) fact.decimals = *digits - number->magnitude() - 1;
}

/// Locators, footnotes and arcs of one link by their labels (XBRL 2.1 §4.11.1).
class FootnoteLink {
 public:
  FootnoteLink(const xml::Element& link, OimReport& report) : link_(link), report_(report) {
    for (const xml::Element e : link.elements()) {
      const std::string_view type = e.attribute(xml::ns::xlink, "type").value(), label = e.attribute(xml::ns::xlink, "label").value();
      if (type == "locator") {
        const std::string_view href = e.attribute(xml::ns::xlink, "href").value();
        if (href.starts_with("#")) ends_.emplace(label, href.substr(1));
      } else if (type == "resource" && e.is(xml::ns::link, "footnote")) {
        add_note(e, label);
      }
    }
    for (const xml::Element e : link.elements())
      if (e.attribute(xml::ns::xlink, "type").value() == "arc") add_arc(e);
  }

 private:
  void add_note(const xml::Element& e, std::string_view label) {
    OimNote note{std::string(e.value_of("id")), lower(e.lang()), {}, e.place()};
    if (note.id.empty()) note.id = "note" + std::to_string(report_.notes.size() + 1);
    note.text = collapse(e.text());  // which may hold XHTML
    ends_.emplace(label, note.id);
    report_.notes.push_back(std::move(note));
  }

  void add_arc(const xml::Element& e) {
    const auto ends = [&](std::string_view which) { return ends_.equal_range(std::string(e.attribute(xml::ns::xlink, which).value())); };
    for (auto [from, from_end] = ends("from"); from != from_end; ++from)
      for (auto [to, to_end] = ends("to"); to != to_end; ++to)
        report_.links.push_back({std::string(e.attribute(xml::ns::xlink, "arcrole").value()), std::string(link_.attribute(xml::ns::xlink, "role").value()),
                                 from->second, to->second, e.place()});
  }

  const xml::Element& link_;
  OimReport& report_;
  std::multimap<std::string, std::string> ends_;
};

}  // namespace

OimReport oim_from_instance(const Instance& instance, const std::vector<Place>* places) {
  OimReport report;
  const xml::Element root = instance.document().root();
  root.for_each_declaration([&](std::string_view p, std::string_view u) { report.namespaces.emplace(p, u); });
  for (const xml::Element e : root.elements())
    if (e.is(xml::ns::link, "schemaRef")) report.taxonomy.emplace_back(e.attribute(xml::ns::xlink, "href").value());
  std::vector<Shared> contexts;
  for (const Context& c : instance.contexts()) contexts.push_back(shared_of(c));
  std::vector<OimUnit> units;
  for (const Unit& u : instance.units()) units.push_back(unit_of(u));
  report.facts.reserve(instance.facts().size());
  for (std::size_t i = 0; i < instance.facts().size(); ++i) {
    const Fact& f = instance.facts()[i];
    if (f.context == no_id) continue;
    const Shared& s = contexts[f.context];
    OimFact fact;
    fact.id = std::string(f.element.value_of("id"));
    fact.name = outer(f.element.ns(), f.element.local_name());
    fact.entity_scheme = s.scheme, fact.entity = s.entity, fact.period = s.period, fact.dimensions = s.dimensions;
    fact.nil = f.nil;
    fact.place = places && i < places->size() ? (*places)[i] : f.element.place();
    if (f.unit != no_id) {
      fact.unit = units[f.unit];
      read_number(f.element, fact);
      if (f.nil) fact.value.clear();
    } else {
      fact.value = f.element.text();
      fact.language = lower(f.element.lang());
    }
    report.facts.push_back(std::move(fact));
  }
  for (const xml::Element& link : instance.footnote_links()) FootnoteLink(link, report);
  return report;
}

}  // namespace factpress::instance
