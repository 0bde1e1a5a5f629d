#include "instance/inline_attributes.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/text.h"
#include "diag/codes/inline.h"

namespace factpress::instance {
namespace {

namespace codes = diag::codes;

struct Rule {
  std::string_view element;
  std::vector<std::string_view> required;
  std::vector<std::string_view> allowed;  // besides; names with a prefix are always allowed
};

// Inline XBRL 1.1, the attribute table of each element's clause.
const std::vector<Rule>& rules() {
  static const std::vector<Rule> table = {
      {"continuation", {"id"}, {"continuedAt"}},
      {"denominator", {}, {"format", "scale", "sign"}},
      {"exclude", {}, {}},
      {"footnote", {"id"}, {"continuedAt", "footnoteRole", "title"}},
      {"fraction", {}, {"contextRef", "id", "name", "order", "target", "tupleRef", "unitRef"}},
      {"header", {}, {}},
      {"hidden", {}, {}},
      {"nonFraction", {"name", "contextRef", "unitRef"}, {"decimals", "precision", "format", "scale", "sign", "id", "order", "target", "tupleRef"}},
      {"nonNumeric", {"name", "contextRef"}, {"format", "escape", "continuedAt", "id", "order", "target", "tupleRef"}},
      {"numerator", {}, {"format", "scale", "sign"}},
      {"references", {}, {"id", "target"}},
      {"relationship", {"fromRefs", "toRefs"}, {"arcrole", "linkRole", "order"}},
      {"resources", {}, {}},
      {"tuple", {"name"}, {"id", "order", "target", "tupleID", "tupleRef"}},
  };
  return table;
}

void check_names(const xml::Element& e, const Rule& rule, diag::Sink& sink) {
  for (const std::string_view name : rule.required)
    if (!e.attribute(name))
      sink.add({codes::inline_attribute, e.place(), fmt::format("<{}> has no {}", e.raw_name(), name)});
  for (const xml::Attribute a : e.attributes()) {
    if (a.ns() != xml::ns::none) continue;
    const std::string_view name = a.local_name();
    const auto in = [&](const std::vector<std::string_view>& list) { return std::find(list.begin(), list.end(), name) != list.end(); };
    if (in(rule.required) || in(rule.allowed)) continue;
    std::vector<std::string_view> known = rule.required;
    known.insert(known.end(), rule.allowed.begin(), rule.allowed.end());
    diag::Diagnostic d{codes::inline_attribute, a.place(), fmt::format("<{}> has no attribute {}", e.raw_name(), name)};
    const std::string_view best = nearest_name(name, known);
    if (!best.empty()) d.help = fmt::format("did you mean {}?", best);
    sink.add(std::move(d));
  }
}

void check_values(const xml::Element& e, diag::Sink& sink) {
  const auto bad = [&](const xml::Attribute& a, std::string_view what) {
    sink.add({codes::inline_attribute, a.place(), fmt::format("{}=\"{}\" is not {}", a.raw_name(), a.value(), what)});
  };
  if (const auto a = e.attribute("scale"); a && !is_integer_text(trim(a.value()))) bad(a, "a whole number");
  if (const auto a = e.attribute("sign"); a && a.value() != "-") bad(a, "\"-\", the only sign there is");
  if (const auto a = e.attribute("order"); a && !Decimal::parse(trim(a.value()))) bad(a, "a decimal number");
  if (const auto a = e.attribute("escape"); a && !(a.value() == "true" || a.value() == "false" || a.value() == "1" || a.value() == "0"))
    bad(a, "true or false");
  for (const std::string_view name : {std::string_view("decimals"), std::string_view("precision")})
    if (const auto a = e.attribute(name); a && trim(a.value()) != "INF" && !is_integer_text(trim(a.value()))) bad(a, "a whole number or INF");
  for (const std::string_view name : {std::string_view("name"), std::string_view("format")})
    if (const auto a = e.attribute(name); a && !e.resolve_qname(a.value())) bad(a, "a name whose prefix is declared");
}

void check_precision(const xml::Element& e, diag::Sink& sink) {
  if (e.local_name() != "nonFraction") return;
  const bool nil = e.attribute(xml::ns::xsi, "nil") && (e.attribute(xml::ns::xsi, "nil").value() == "true" || e.attribute(xml::ns::xsi, "nil").value() == "1");
  const auto decimals = e.attribute("decimals"), precision = e.attribute("precision");
  if (decimals && precision)
    sink.add({codes::inline_attribute, precision.place(), "a number has decimals or precision, not both"});
  if (!decimals && !precision && !nil)
    sink.add({codes::inline_attribute, e.place(), fmt::format("<{}> has neither decimals nor precision", e.raw_name())});
}

}  // namespace

bool is_integer_text(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  return !text.empty() && text.size() <= 9 && std::all_of(text.begin(), text.end(), is_digit);
}

void check_inline_attributes(const xml::Element& e, diag::Sink& sink) {
  for (const Rule& rule : rules())
    if (rule.element == e.local_name()) check_names(e, rule, sink);
  check_values(e, sink);
  check_precision(e, sink);
}

}  // namespace factpress::instance
