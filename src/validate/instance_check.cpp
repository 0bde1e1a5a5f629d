#include "validate/instance_check.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "validate/equality.h"

namespace factpress::validate {
namespace ns = xml::ns;
using taxonomy::ValueKind;

namespace {

/// A whole number as xs:integer writes it, held within what rounding can use.
std::optional<int> read_integer(std::string_view text) {
  if (!text.empty() && text[0] == '+') text.remove_prefix(1);
  long long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size() || text.empty()) return {};
  constexpr long long limit = 100'000;
  if (error == std::errc::result_out_of_range) value = text[0] == '-' ? -limit : limit;
  return static_cast<int>(std::clamp(value, -limit, limit));
}

std::optional<std::pair<Decimal, Decimal>> read_fraction(const xml::Element& e) {
  const xml::Element n = e.child(ns::xbrli, "numerator"), d = e.child(ns::xbrli, "denominator");
  if (!n || !d) return {};
  const auto numerator = Decimal::parse_scientific(trim(n.text()));
  const auto denominator = Decimal::parse_scientific(trim(d.text()));
  if (!numerator || !denominator) return {};
  return std::pair(*numerator, *denominator);
}

}  // namespace

InstanceCheck::InstanceCheck(const taxonomy::Taxonomy& t, const instance::Instance& i, diag::Sink& s)
    : taxonomy(t), instance(i), schemas(t.schemas()), sink(s), outcome(schema::validate(t.schemas(), i.document().root(), s, {})) {
  context_classes = validate::context_classes(i, schemas, outcome);
  unit_classes = validate::unit_classes(i);
  for (const std::uint32_t c : context_classes) context_class_count = std::max<std::size_t>(context_class_count, c + 1);
  make_rows();
}

void InstanceCheck::make_rows() {
  rows.resize(instance.facts().size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const instance::Fact& f = instance.facts()[i];
    rows[i].concept_id = taxonomy.find_concept(f.element.qname());
    if (f.context != instance::no_id) rows[i].context_class = context_classes[f.context];
    if (f.unit != instance::no_id) rows[i].unit_class = unit_classes[f.unit];
  }
}

std::optional<std::string_view> InstanceCheck::attribute(std::size_t fact, std::string_view local) const {
  const xml::Element& e = instance.facts()[fact].element;
  if (const auto a = e.attribute(local)) return xml::trim_xml_space(a.value());
  const schema::Assessment a = outcome.of(e);
  if (!a.type || !a.type->attributes) return {};
  const schema::AttributeUse* use = a.type->attributes->find(xml::QName{ns::none, local});
  if (!use || !(use->has_default || use->has_fixed)) return {};
  return xml::trim_xml_space(use->value);
}

std::string InstanceCheck::text(std::size_t fact) const { return outcome.value(instance.facts()[fact].element); }

std::optional<Decimal> InstanceCheck::number(std::size_t fact) const {
  const instance::Fact& f = instance.facts()[fact];
  const taxonomy::Concept* c = concept_of(fact);
  if (!c || !c->is_numeric() || f.nil || c->value == ValueKind::fraction) return {};
  std::string scratch;
  const std::string_view own = xml::trim_xml_space(f.element.text(scratch));
  if (own.empty()) return Decimal::parse_scientific(trim(outcome.value(f.element)));
  if (const auto plain = Decimal::parse(own)) return plain;
  return Decimal::parse_scientific(own);
}

Accuracy InstanceCheck::accuracy(std::size_t fact) const {
  Accuracy a;
  if (const auto decimals = attribute(fact, "decimals")) {
    if (*decimals == "INF") return a.kind = Accuracy::Kind::exact, a;
    if (const auto n = read_integer(*decimals)) a.kind = Accuracy::Kind::decimals, a.decimals = *n;
    return a;
  }
  const auto precision = attribute(fact, "precision");
  if (!precision) return a;
  if (*precision == "INF") return a.kind = Accuracy::Kind::exact, a;
  const auto digits = read_integer(*precision);
  if (!digits) return a;
  if (*digits == 0) return a.kind = Accuracy::Kind::unknown, a;
  const auto value = number(fact);
  if (!value || value->is_zero()) return a.kind = Accuracy::Kind::exact, a;  // §4.6.6: zero is exact at any precision
  a.kind = Accuracy::Kind::decimals;
  a.decimals = *digits - value->magnitude() - 1;
  return a;
}

Decimal InstanceCheck::rounded(std::size_t fact, const Decimal& value) const {
  const auto places = accuracy(fact).places();
  return places ? value.rounded(*places) : value;
}

bool InstanceCheck::values_equal(std::size_t a, std::size_t b) const {
  const taxonomy::Concept* ca = concept_of(a);
  const taxonomy::Concept* cb = concept_of(b);
  if (!ca || !cb || ca->is_numeric() != cb->is_numeric()) return false;
  if (!ca->is_numeric()) return collapse(text(a)) == collapse(text(b));
  const bool fractions = ca->value == ValueKind::fraction;
  if (fractions != (cb->value == ValueKind::fraction)) return false;
  if (fractions) {
    const auto x = read_fraction(instance.facts()[a].element), y = read_fraction(instance.facts()[b].element);
    if (!x || !y) return false;
    // The normal forms are equal exactly where the cross products are; no sign of a denominator is lost by that.
    return x->first * y->second == y->first * x->second;
  }
  const auto x = number(a), y = number(b);
  const Accuracy ax = accuracy(a), ay = accuracy(b);
  if (!x || !y || ax.kind == Accuracy::Kind::unknown || ay.kind == Accuracy::Kind::unknown) return false;
  const auto px = ax.places(), py = ay.places();
  if (!px && !py) return *x == *y;
  const int places = !px ? *py : !py ? *px : std::min(*px, *py);
  return x->rounded(places) == y->rounded(places);
}

}  // namespace factpress::validate
