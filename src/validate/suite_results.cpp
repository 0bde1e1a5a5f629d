#include "validate/suite_results.h"

#include <algorithm>
#include <map>

#include <fmt/core.h>

#include "base/text.h"
#include "validate/names.h"

namespace factpress::validate {
namespace ns = xml::ns;
using taxonomy::NodeKind;
using taxonomy::Relationship;

namespace {

const xml::NsId ptv = xml::intern_namespace("http://www.xbrl.org/2003/ptv");

// ---- infoset of facts

bool same_measures(const instance::Unit& a, const instance::Unit& b) { return a.numerators == b.numerators && a.denominators == b.denominators; }

bool same_context(const instance::Context& a, const instance::Context& b) {
  return a.scheme == b.scheme && a.identifier == b.identifier && a.period == b.period && a.start == b.start && a.end == b.end;
}

std::optional<Decimal> number_in(const xml::Element& e) { return Decimal::parse_scientific(trim(e.text())); }

std::string accuracy_text(const Accuracy& a) {
  switch (a.kind) {
    case Accuracy::Kind::exact: return "INF";
    case Accuracy::Kind::decimals: return std::to_string(a.decimals);
    default: return "none";
  }
}

class InfosetCompare {
 public:
  InfosetCompare(const CheckedInstance& actual, const instance::Instance& expected) : c_(actual.check), expected_(expected) {
    for (const instance::Fact& f : expected.facts()) by_name_[xml::to_string(f.element.qname())].push_back(&f);
  }

  std::string compare() const {
    for (std::size_t i = 0; i < c_.rows.size(); ++i) {
      if (!c_.is_item(i)) continue;
      std::string why = match(i);
      if (!why.empty()) return fmt::format("{}: {}", c_.name_of(i), why);
    }
    return {};
  }

 private:
  std::string match(std::size_t fact) const {
    const auto it = by_name_.find(xml::to_string(c_.instance.facts()[fact].element.qname()));
    if (it == by_name_.end()) return "the expected infoset has no such fact";
    std::string why = "the expected infoset has no fact that is v-equal to it";
    for (const instance::Fact* e : it->second) {
      if (!v_equal(fact, *e)) continue;
      why = properties(fact, *e);
      if (why.empty()) return {};
    }
    return why;
  }

  bool v_equal(std::size_t fact, const instance::Fact& e) const {
    const instance::Fact& f = c_.instance.facts()[fact];
    if (f.context == instance::no_id || e.context == instance::no_id) return false;
    if (!same_context(c_.instance.contexts()[f.context], expected_.contexts()[e.context])) return false;
    if (!c_.concept_of(fact)->is_numeric()) return collapse(c_.text(fact)) == collapse(e.element.text());
    if ((f.unit == instance::no_id) != (e.unit == instance::no_id)) return false;
    if (f.unit != instance::no_id && !same_measures(c_.instance.units()[f.unit], expected_.units()[e.unit])) return false;
    if (f.nil || e.nil) return f.nil == e.nil;
    const auto x = c_.number(fact), y = number_in(e.element);
    if (!x) return !y;
    // Without a schema of its own, an empty element there stands for the same default.
    if (!y) return trim(e.element.text()).empty();
    const auto places = c_.accuracy(fact).places();
    return places ? x->rounded(*places) == y->rounded(*places) : *x == *y;
  }

  std::string properties(std::size_t fact, const instance::Fact& e) const {
    const taxonomy::Concept& item = *c_.concept_of(fact);
    const auto period = e.element.attribute(ptv, "periodType");
    const std::string_view actual_period = item.period == taxonomy::Period::instant ? "instant" : "duration";
    if (period && trim(period.value()) != actual_period) return fmt::format("period type {} instead of {}", actual_period, period.value());
    const auto balance = e.element.attribute(ptv, "balance");
    const std::string_view actual_balance = item.balance == taxonomy::Balance::debit ? "debit" : item.balance == taxonomy::Balance::credit ? "credit" : "none";
    if (balance && trim(balance.value()) != actual_balance) return fmt::format("balance {} instead of {}", actual_balance, balance.value());
    for (const auto& decimals : {e.element.attribute("decimals"), e.element.attribute(ptv, "decimals")}) {
      if (!decimals) continue;
      const std::string actual = accuracy_text(c_.accuracy(fact));
      if (trim(decimals.value()) != actual) return fmt::format("decimals {} instead of {}", actual, decimals.value());
    }
    return {};
  }

  const InstanceCheck& c_;
  const instance::Instance& expected_;
  std::map<std::string, std::vector<const instance::Fact*>> by_name_;
};

// ---- relationships

std::string path_of(const taxonomy::Taxonomy& t, taxonomy::NodeId id) {
  const taxonomy::ConceptId concept_id = t.concept_of(id);
  if (concept_id == taxonomy::no_id) return {};
  // The lists name elements by their ids.
  const taxonomy::Concept& c = t.concept_at(concept_id);
  const std::string_view element_id = t.schemas().elements()[c.declaration]->id;
  return fmt::format("{}#{}", xml::namespace_uri(c.ns), element_id.empty() ? t.local_name(c) : element_id);
}

std::string number_text(std::string_view text) {
  const auto value = Decimal::parse(trim(text));
  return value ? value->to_string() : std::string(text);
}

/// One relationship as a line of text; both sides are written in the same way.
std::string line(std::string_view type, std::string_view arcrole, std::string_view role, std::string_view from, std::string_view to,
                 std::string_view rest) {
  return fmt::format("{} {} {} {} -> {} {}", type, arcrole, role, from, to, rest);
}

std::string reference_text(const taxonomy::Taxonomy& t, const taxonomy::Resource& r) {
  std::string text;
  for (std::uint32_t i = r.parts_begin; i < r.parts_end; ++i) {
    const taxonomy::ReferencePart& p = t.reference_parts()[i];
    text += fmt::format("[{}={}]", t.strings().get(p.local), collapse(t.strings().get(p.text)));
  }
  return text;
}

std::string actual_line(const taxonomy::Taxonomy& t, const taxonomy::Network& n, const Relationship& r, std::string_view type) {
  std::string rest = fmt::format("order={}", t.number(r.order).to_string());
  if (r.weight != taxonomy::no_id) rest += fmt::format(" weight={}", t.number(r.weight).to_string());
  if (r.preferred_label != taxonomy::no_id) rest += fmt::format(" preferred={}", t.uri(r.preferred_label));
  std::string to = path_of(t, r.to);
  const taxonomy::Node& node = t.node(r.to);
  if (node.kind == NodeKind::resource) {
    const taxonomy::Resource& resource = t.resources()[node.index];
    rest += fmt::format(" lang={} role={}", type == "label" ? t.strings().get(resource.lang) : std::string_view(), t.uri(resource.role));
    to = type == "label" ? collapse(t.strings().get(resource.text)) : reference_text(t, resource);
  }
  return line(type, t.uri(n.arcrole), t.uri(n.role), path_of(t, r.from), to, rest);
}

std::string expected_line(const xml::Element& e, std::string_view type) {
  const auto order = e.attribute("order");
  std::string rest = fmt::format("order={}", order ? number_text(order.value()) : "1");
  if (const auto weight = e.attribute("weight")) rest += fmt::format(" weight={}", number_text(weight.value()));
  if (const auto preferred = e.attribute("preferredLabel")) rest += fmt::format(" preferred={}", preferred.value());
  std::string to(e.value_of("toPath"));
  if (type == "label" || type == "reference") {
    rest += fmt::format(" lang={} role={}", type == "label" ? lower(e.value_of("labelLang")) : std::string(), e.value_of("resRole"));
    to = collapse(e.text());
    if (type == "reference") {
      to.clear();
      for (const xml::Element part : e.elements()) to += fmt::format("[{}={}]", part.local_name(), collapse(part.text()));
    }
  }
  return line(type, e.value_of("arcRole"), e.value_of("extRole"), e.value_of("fromPath"), to, rest);
}

}  // namespace

std::string compare_infoset(const CheckedInstance& actual, std::shared_ptr<const xml::Document> expected) {
  const instance::Instance instance = instance::Instance::read(std::move(expected));
  return InfosetCompare(actual, instance).compare();
}

std::string compare_relationships(const taxonomy::Taxonomy& t, const xml::Document& expected) {
  std::map<std::string, int> lines;
  std::vector<std::string> types;
  for (const xml::Element e : expected.root().elements()) {
    if (e.local_name() != "arc") continue;
    const std::string type(e.value_of("linkType"));
    if (std::find(types.begin(), types.end(), type) == types.end()) types.push_back(type);
    lines[expected_line(e, type)]++;
  }
  for (const taxonomy::Network& n : t.networks()) {
    if (n.arc_ns != ns::link) continue;
    const std::string_view arc = t.strings().get(n.arc_local);
    const std::string type(arc.substr(0, arc.size() - std::min<std::size_t>(3, arc.size())));  // "labelArc"
    if (std::find(types.begin(), types.end(), type) == types.end()) continue;
    for (const Relationship& r : t.relationships(n)) lines[actual_line(t, n, r, type)]--;
  }
  for (const auto& [text, count] : lines) {
    if (count > 0) return fmt::format("expected but not there: {}", text);
    if (count < 0) return fmt::format("there but not expected: {}", text);
  }
  return {};
}

std::string compare_fact_list(const CheckedInstance& actual, const xml::Document& expected) {
  const InstanceCheck& c = actual.check;
  const auto fact_at = [&](std::string_view pointer) -> std::size_t {
    xml::Element at = c.instance.document().root();
    for (const std::string_view step : split(pointer, '/')) {
      int n = std::atoi(std::string(step).c_str());
      at = at.first_element();
      while (at && --n > 0) at = at.next_element();
      if (!at) break;
    }
    for (std::size_t i = 0; at && i < c.rows.size(); ++i) {
      if (c.instance.facts()[i].element == at) return i;
    }
    return c.rows.size();
  };
  const auto text_of = [](const xml::Element& e, std::string_view name) {
    for (const xml::Element child : e.elements()) {
      if (child.local_name() == name) return std::string(trim(child.text()));
    }
    return std::string();
  };
  for (const xml::Element item : expected.root().elements()) {
    if (item.local_name() != "item") continue;
    const std::string pointer = text_of(item, "sPointer");
    const std::size_t fact = fact_at(pointer);
    if (fact == c.rows.size()) return fmt::format("there is no fact at {}", pointer);
    std::map<std::string, std::string> wanted, found;
    for (const xml::Element member : item.elements()) {
      if (member.local_name() == "qnElement") {
        const std::string text = member.text();
        const auto name = member.resolve_qname(text);
        if (!name || *name != c.instance.facts()[fact].element.qname()) return fmt::format("the fact at {} is {}", pointer, c.name_of(fact));
      }
      if (member.local_name() != "member") continue;
      std::string dimension, value = text_of(member, "bDefaulted") == "true" || text_of(member, "bDefaulted") == "1" ? "default" : "stated";
      for (const xml::Element e : member.elements()) {
        const std::string text = e.text();
        const auto name = e.resolve_qname(text);
        if (e.local_name() == "qnDimension" && name) dimension = xml::to_string(*name);
        if (e.local_name() == "qnMember" && name) value += " " + xml::to_string(*name);
      }
      wanted[dimension] = value;
    }
    const std::uint32_t context = c.instance.facts()[fact].context;
    const auto name_of = [&](taxonomy::ConceptId id) {
      const taxonomy::Concept& x = c.taxonomy.concept_at(id);
      return xml::to_string(xml::QName{x.ns, c.taxonomy.local_name(x)});
    };
    const auto with_member = [&](const std::string& dimension) {
      const auto it = wanted.find(dimension);
      return it != wanted.end() && it->second.find(' ') != std::string::npos;
    };
    if (context != instance::no_id) {
      for (const DimensionValue& v : actual.contexts[context].values) {
        if (v.dimension == taxonomy::no_id) continue;
        const std::string dimension = name_of(v.dimension);
        found[dimension] = with_member(dimension) && v.member != taxonomy::no_id ? "stated " + name_of(v.member) : "stated";
      }
    }
    for (const taxonomy::Dimension& d : actual.dts.dimensions->dimensions()) {
      if (d.default_member == taxonomy::no_id) continue;
      const std::string dimension = name_of(d.concept_id);
      found.try_emplace(dimension, with_member(dimension) ? "default " + name_of(d.default_member) : "default");
    }
    if (wanted != found) {
      std::string a, b;
      for (const auto& [k, v] : wanted) a += fmt::format(" {}={}", k, v);
      for (const auto& [k, v] : found) b += fmt::format(" {}={}", k, v);
      return fmt::format("the fact at {} has the dimensions{} instead of{}", pointer, b, a);
    }
  }
  return {};
}

}  // namespace factpress::validate
