#include "instance/xbrl_instance.h"

#include <algorithm>

namespace factpress::instance {
namespace ns = xml::ns;

namespace {

void read_measures(const xml::Element& parent, std::vector<Measure>& into, bool& unresolved) {
  std::string scratch;
  for (const xml::Element e : parent.elements()) {
    if (!e.is(ns::xbrli, "measure")) continue;
    if (const auto name = e.resolve_qname(e.text(scratch))) {
      into.push_back({name->ns, std::string(name->local)});
    } else {
      unresolved = true;
    }
  }
  std::sort(into.begin(), into.end());
}

bool is_nil(const xml::Element& e) {
  const auto a = e.attribute(ns::xsi, "nil");
  if (!a) return false;
  const std::string_view value = xml::trim_xml_space(a.value());
  return value == "true" || value == "1";
}

}  // namespace

Instance Instance::read(std::shared_ptr<const xml::Document> document) {
  Instance i;
  i.document_ = std::move(document);
  const xml::Element root = i.document_->root();
  for (const xml::Element e : root.elements()) {
    if (e.is(ns::xbrli, "context")) i.read_context(e);
    if (e.is(ns::xbrli, "unit")) i.read_unit(e);
    if (e.is(ns::link, "footnoteLink")) i.footnote_links_.push_back(e);
  }
  i.read_facts(root);
  return i;
}

std::uint32_t Instance::find_context(std::string_view id) const {
  const auto it = context_ids_.find(id);
  return it == context_ids_.end() ? no_id : it->second;
}

std::uint32_t Instance::find_unit(std::string_view id) const {
  const auto it = unit_ids_.find(id);
  return it == unit_ids_.end() ? no_id : it->second;
}

void Instance::read_context(const xml::Element& e) {
  Context c;
  c.element = e;
  c.id = xml::trim_xml_space(e.value_of("id"));
  c.scenario = e.child(ns::xbrli, "scenario");
  if (const xml::Element entity = e.child(ns::xbrli, "entity")) {
    c.segment = entity.child(ns::xbrli, "segment");
    if (const xml::Element identifier = entity.child(ns::xbrli, "identifier")) {
      c.scheme = xml::trim_xml_space(identifier.value_of("scheme"));
      c.identifier = std::string(xml::trim_xml_space(identifier.text()));
    }
  }
  if (const xml::Element period = e.child(ns::xbrli, "period")) {
    std::string scratch;
    if (const xml::Element instant = period.child(ns::xbrli, "instant")) {
      if (const auto m = Moment::parse(instant.text(scratch), true)) c.period = PeriodKind::instant, c.end = *m;
    } else if (period.child(ns::xbrli, "forever")) {
      c.period = PeriodKind::forever;
    } else {
      const xml::Element start = period.child(ns::xbrli, "startDate");
      const xml::Element end = period.child(ns::xbrli, "endDate");
      const auto from = start ? Moment::parse(start.text(scratch), false) : std::nullopt;
      const auto to = end ? Moment::parse(end.text(scratch), true) : std::nullopt;
      if (from && to) c.period = PeriodKind::duration, c.start = *from, c.end = *to;
    }
  }
  context_ids_.try_emplace(c.id, static_cast<std::uint32_t>(contexts_.size()));
  contexts_.push_back(std::move(c));
}

void Instance::read_unit(const xml::Element& e) {
  Unit u;
  u.element = e;
  u.id = xml::trim_xml_space(e.value_of("id"));
  if (const xml::Element divide = e.child(ns::xbrli, "divide")) {
    if (const xml::Element n = divide.child(ns::xbrli, "unitNumerator")) read_measures(n, u.numerators, u.unresolved);
    if (const xml::Element d = divide.child(ns::xbrli, "unitDenominator")) read_measures(d, u.denominators, u.unresolved);
  } else {
    read_measures(e, u.numerators, u.unresolved);
  }
  unit_ids_.try_emplace(u.id, static_cast<std::uint32_t>(units_.size()));
  units_.push_back(std::move(u));
}

void Instance::read_facts(const xml::Element& root) {
  // Pre-order without recursion: `parent` is the fact that holds `at`, `around` its element.
  xml::Element at = root.first_element();
  std::uint32_t parent = no_id;
  while (at) {
    const xml::NsId space = at.ns();
    bool descend = false;
    if (space != ns::xbrli && space != ns::link) {
      Fact f;
      f.element = at;
      f.parent = parent;
      f.nil = is_nil(at);
      if (const auto c = at.attribute("contextRef")) {
        f.has_context = true;
        f.context = find_context(xml::trim_xml_space(c.value()));
      }
      if (const auto u = at.attribute("unitRef")) {
        f.has_unit = true;
        f.unit = find_unit(xml::trim_xml_space(u.value()));
      }
      descend = !f.has_context && at.has_elements();
      facts_.push_back(f);
    }
    if (descend) {
      parent = static_cast<std::uint32_t>(facts_.size() - 1);
      at = at.first_element();
      continue;
    }
    while (at && !at.next_element()) {
      at = parent == no_id ? xml::Element() : facts_[parent].element;
      parent = parent == no_id ? no_id : facts_[parent].parent;
    }
    if (at) at = at.next_element();
  }
  facts_.shrink_to_fit();
}

}  // namespace factpress::instance
