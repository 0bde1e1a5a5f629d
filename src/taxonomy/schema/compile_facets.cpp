#include <fmt/format.h>

#include <algorithm>

#include "diag/codes/schema.h"
#include "taxonomy/schema/compiler.h"

namespace factpress::schema {

namespace codes = diag::codes;

namespace {

struct Named {
  std::string_view name;
  Facets::Kind kind;
};
constexpr Named kinds[] = {{"length", Facets::length},
                           {"minLength", Facets::min_length},
                           {"maxLength", Facets::max_length},
                           {"pattern", Facets::pattern},
                           {"enumeration", Facets::enumeration},
                           {"whiteSpace", Facets::white_space},
                           {"maxInclusive", Facets::max_inclusive},
                           {"maxExclusive", Facets::max_exclusive},
                           {"minExclusive", Facets::min_exclusive},
                           {"minInclusive", Facets::min_inclusive},
                           {"totalDigits", Facets::total_digits},
                           {"fractionDigits", Facets::fraction_digits}};

std::uint16_t kind_of(std::string_view name) {
  for (const auto& k : kinds)
    if (k.name == name) return k.kind;
  return 0;
}

constexpr std::uint16_t lower_kinds = Facets::min_inclusive | Facets::min_exclusive;
constexpr std::uint16_t upper_kinds = Facets::max_inclusive | Facets::max_exclusive;

}  // namespace

// Facets on top of a base: the same type where there are none. Patterns of one step are alternatives, those of different
// steps must all match; an enumeration replaces the base's.
const SimpleType* Compiler::restricted(SchemaDoc& doc, const SimpleType& base, const std::vector<xml::Element>& elements) {
  if (elements.empty()) return &base;
  SimpleType t = base;
  Facets f = base.facets ? *base.facets : Facets{};
  std::uint16_t own = 0;
  for (const auto& e : elements) apply_facet(doc, e, base, t, f, own);
  check_facets(elements.front(), f);
  t.facets = &data_->facet_store.emplace_back(std::move(f));
  return &data_->simple_store.emplace_back(std::move(t));
}

void Compiler::apply_facet(SchemaDoc& doc, const xml::Element& e, const SimpleType& base, SimpleType& t, Facets& f,
                           std::uint16_t& own) {
  const std::uint16_t kind = kind_of(e.local_name());
  if (kind == 0) return unexpected(e.parent(), e);
  const bool many = kind == Facets::pattern || kind == Facets::enumeration;
  const Attrs a = attrs(doc, e, many ? bits(A::value) : bits(A::value, A::fixed), bit(A::value));
  children(doc, e, [&](const xml::Element& c, std::string_view) { unexpected(e, c); });
  const auto wrong = [&](std::string why) { report(codes::schema_facet, e, std::move(why)); };
  if ((applicable_facets(base) & kind) == 0)
    return wrong(fmt::format("cos-applicable-facets: the facet {} cannot be set on this type", e.local_name()));
  if (!many && (own & kind)) return wrong(fmt::format("src-single-facet-value: the facet {} stands twice", e.local_name()));
  const std::string_view text =
      kind == Facets::pattern || kind == Facets::enumeration ? a[A::value] : xml::trim_xml_space(a[A::value]);
  const bool first = (own & kind) == 0;
  own |= kind;
  if (kind == Facets::pattern) {
    auto p = Pattern::compile(text);
    if (!p) return report(codes::schema_pattern, e, fmt::format("the pattern '{}' cannot be read: {}", text, p.error()));
    data_->pattern_store.push_back(std::move(*p));
    if (first) f.patterns.emplace_back();
    f.patterns.back().push_back(&data_->pattern_store.back());
  } else if (kind == Facets::enumeration) {
    if (first) f.values.clear();
    std::string why;
    auto v = read_value(base, text, &e, &why);
    if (!v) return wrong(fmt::format("enumeration-valid-restriction: '{}' is no value of the base type ({})", text, why));
    f.values.push_back(std::move(*v));
  } else if (kind == Facets::white_space) {
    const auto mode = text == "preserve" ? WhiteSpace::preserve : text == "replace" ? WhiteSpace::replace : WhiteSpace::collapse;
    if (mode == WhiteSpace::collapse && text != "collapse")
      return wrong(fmt::format("s4s-att-invalid-value: '{}' is no white space mode", text));
    if (mode < base.white_space)
      return wrong(fmt::format("whiteSpace-valid-restriction: '{}' is weaker than the base type's mode", text));
    t.white_space = mode;
  } else if (kind & (lower_kinds | upper_kinds)) {
    apply_bound(e, kind, text, base, f, own);
  } else if (kind & (Facets::total_digits | Facets::fraction_digits)) {
    apply_digits(e, kind, text, f);
  } else {
    apply_length(e, kind, text, base, f);
  }
  f.present |= kind;
  if (!many && flag(e, a, A::fixed)) f.fixed |= kind;
}

void Compiler::apply_length(const xml::Element& e, std::uint16_t kind, std::string_view text, const SimpleType& base, Facets& f) {
  const auto d = Decimal::parse(text);
  const auto n = d && text.find_first_of(".-") == std::string_view::npos ? d->to_int64() : std::optional<std::int64_t>{};
  if (!n) return report(codes::schema_facet, e, fmt::format("s4s-att-invalid-value: '{}' is no length", text));
  const auto v = static_cast<std::uint64_t>(*n);
  const bool had = base.facets && base.facets->has(kind);
  std::uint64_t& slot = kind == Facets::length       ? f.length_value
                        : kind == Facets::min_length ? f.min_length_value
                                                     : f.max_length_value;
  const bool widens = had && (kind == Facets::length ? v != slot : kind == Facets::min_length ? v < slot : v > slot);
  if (widens)
    report(codes::schema_facet, e,
           fmt::format("{}-valid-restriction: {} does not narrow the base type's {}", e.local_name(), v, slot));
  if (had && (base.facets->fixed & kind) && v != slot)
    report(codes::schema_facet, e, fmt::format("FacetFixed: the base type fixes {} to {}", e.local_name(), slot));
  slot = v;
}

void Compiler::apply_digits(const xml::Element& e, std::uint16_t kind, std::string_view text, Facets& f) {
  const auto d = Decimal::parse(text);
  const auto n = d && text.find_first_of(".-") == std::string_view::npos ? d->to_int64() : std::optional<std::int64_t>{};
  if (!n || *n > 1'000'000 || (kind == Facets::total_digits && *n == 0))
    return report(codes::schema_facet, e, fmt::format("s4s-att-invalid-value: '{}' is no number of digits", text));
  const auto v = static_cast<std::uint32_t>(*n);
  std::uint32_t& slot = kind == Facets::total_digits ? f.total_digits_value : f.fraction_digits_value;
  if (f.has(kind) && v > slot)
    report(codes::schema_facet, e, fmt::format("{}-valid-restriction: {} is above the base type's {}", e.local_name(), v, slot));
  if ((f.fixed & kind) && v != slot)
    report(codes::schema_facet, e, fmt::format("FacetFixed: the base type fixes {} to {}", e.local_name(), slot));
  slot = v;
}

void Compiler::apply_bound(const xml::Element& e, std::uint16_t kind, std::string_view text, const SimpleType& base, Facets& f,
                           std::uint16_t own) {
  const bool lower = (kind & lower_kinds) != 0;
  const std::uint16_t pair = lower ? lower_kinds : upper_kinds;
  const auto name = e.local_name();
  if ((own & pair) == pair)
    return report(codes::schema_facet, e,
                  fmt::format("{0}Inclusive-{0}Exclusive: the inclusive and the exclusive bound exclude each other",
                              lower ? "min" : "max"));
  // The bound itself must be a value of the base, but an exclusive one may repeat the base's own exclusive bound.
  SimpleType plain = base;
  plain.facets = nullptr;
  std::string why;
  auto v = read_value(plain, text, &e, &why);
  if (!v)
    return report(codes::schema_facet, e,
                  fmt::format("{}-valid-restriction: '{}' is no value of the base type ({})", name, text, why));
  if (base.facets) {
    const Facets& b = *base.facets;
    const bool inclusive = (kind & (Facets::min_inclusive | Facets::max_inclusive)) != 0;
    const auto beyond = [&](std::uint16_t kinds, std::uint16_t open, const Value& limit, bool above) {
      if (!b.has(kinds)) return false;
      const auto order = compare(*v, limit);
      const bool past = above ? order > 0 : order < 0;
      return past || (order == 0 && inclusive && b.has(open));
    };
    if (beyond(lower_kinds, Facets::min_exclusive, b.lower, false) || beyond(upper_kinds, Facets::max_exclusive, b.upper, true))
      report(codes::schema_facet, e, fmt::format("{}-valid-restriction: '{}' is outside the base type's bounds", name, text));
    if ((b.fixed & kind) && !(*v == (lower ? b.lower : b.upper)))
      report(codes::schema_facet, e, fmt::format("FacetFixed: the base type fixes {}", name));
  }
  f.present &= static_cast<std::uint16_t>(~pair);
  (lower ? f.lower : f.upper) = std::move(*v);
}

void Compiler::check_facets(const xml::Element& at, const Facets& f) {
  const auto wrong = [&](std::string why) { report(codes::schema_facet, at, std::move(why)); };
  if (f.has(Facets::min_length) && f.has(Facets::max_length) && f.min_length_value > f.max_length_value)
    wrong(fmt::format("minLength-less-than-equal-to-maxLength: minLength {} is above maxLength {}", f.min_length_value,
                      f.max_length_value));
  if (f.has(Facets::length) && ((f.has(Facets::min_length) && f.min_length_value > f.length_value) ||
                                (f.has(Facets::max_length) && f.max_length_value < f.length_value)))
    wrong(fmt::format("length-minLength-maxLength: length {} does not fit minLength or maxLength", f.length_value));
  if (f.has(Facets::total_digits) && f.has(Facets::fraction_digits) && f.fraction_digits_value > f.total_digits_value)
    wrong(fmt::format("fractionDigits-totalDigits: fractionDigits {} is above totalDigits {}", f.fraction_digits_value,
                      f.total_digits_value));
  if (!f.has(lower_kinds) || !f.has(upper_kinds)) return;
  const auto order = compare(f.lower, f.upper);
  const bool open = f.has(Facets::min_exclusive) != f.has(Facets::max_exclusive);
  if (order > 0 || (order == 0 && open))
    wrong("minInclusive-less-than-equal-to-maxInclusive: the lower bound is above the upper one");
}

}  // namespace factpress::schema
