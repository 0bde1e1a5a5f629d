#include "instance/inline_values.h"

#include <fmt/format.h>

#include <vector>

#include "base/decimal.h"
#include "base/text.h"
#include "diag/codes/inline.h"
#include "xbrl/transform.h"
#include "xml/writer.h"

namespace factpress::instance {
namespace {

namespace codes = diag::codes;

// The format of an element, as a name; unset where it has none. False after a finding.
bool find_format(const xml::Element& e, std::optional<factpress::QName>& format, diag::Sink& sink) {
  const auto a = e.attribute("format");
  if (!a) return true;
  const auto q = e.resolve_qname(a.value());
  if (!q) return false;  // said by the attribute check
  format = factpress::QName{std::string(xml::namespace_uri(q->ns)), std::string(q->local)};
  if (xbrl::is_known_format(*format)) return true;
  diag::Diagnostic d{codes::inline_unknown_format, a.place(), fmt::format("there is no format {} in {}", q->local, format->uri)};
  const std::string_view best = nearest_name(q->local, xbrl::format_names(format->uri));
  if (!best.empty()) d.help = fmt::format("did you mean {}?", best);
  sink.add(std::move(d));
  return false;
}

// The one ix:nonFraction inside, where the number's text stands there; checks that nothing else does.
std::optional<xml::Element> innermost(const xml::Element& e, diag::Sink& sink) {
  xml::Element inner;
  bool text = false;
  for (const xml::Node n : e.children()) {
    if (n.is_text()) text = text || !trim(n.text()).empty();
    if (!n.is_element()) continue;
    const xml::Element child = n.as_element();
    if (inner || !is_ix(child, "nonFraction")) {
      sink.add({codes::inline_nesting, child.place(), fmt::format("<{}> may not stand inside a number", child.raw_name())});
      return {};
    }
    inner = child;
  }
  if (!inner) return e;
  if (text) {
    sink.add({codes::inline_nesting, e.place(), "a number holds both text and another number"});
    return {};
  }
  for (const std::string_view name : {std::string_view("unitRef"), std::string_view("scale"), std::string_view("format")})
    if (e.value_of(name) != inner.value_of(name)) {
      sink.add({codes::inline_nesting, inner.place(), fmt::format("nested numbers differ in {}: \"{}\" and \"{}\"", name, e.value_of(name), inner.value_of(name))});
      return {};
    }
  return innermost(inner, sink);
}

// Text of an element without ix:exclude; with markup where `escape` is set. Inline elements inside give their content alone.
void append_content(std::string& out, const xml::Element& e, bool escape) {
  for (const xml::Node n : e.children()) {
    if (n.is_text()) {
      if (escape) xml::append_escaped(out, n.text(), false);
      else out += n.text();
      continue;
    }
    const xml::Element child = n.as_element();
    if (is_ix(child, "exclude")) continue;
    const bool markup = escape && child.ns() != xml::ns::ix;
    if (markup) {
      out.append("<").append(child.local_name());
      for (const xml::Attribute a : child.attributes()) {
        out.append(" ").append(a.raw_name()).append("=\"");
        xml::append_escaped(out, a.value(), true);
        out += '"';
      }
      if (child.is_empty()) {
        out += "/>";
        continue;
      }
      out += '>';
    }
    append_content(out, child, escape);
    if (markup) out.append("</").append(child.local_name()).append(">");
  }
}

}  // namespace

bool is_nil(const xml::Element& e) {
  const auto nil = e.attribute(xml::ns::xsi, "nil");
  return nil && (trim(nil.value()) == "true" || trim(nil.value()) == "1");
}

std::optional<std::string> inline_number(const xml::Element& e, diag::Sink& sink) {
  const auto inner = innermost(e, sink);
  std::optional<factpress::QName> format;
  if (!inner || !find_format(e, format, sink)) return {};
  const std::string text = inner->text();
  std::string digits(trim(text));
  if (format) {
    const auto value = xbrl::transform(*format, text);
    if (!value) {
      sink.add({codes::inline_value, e.place(), fmt::format("\"{}\": {}", collapse(text), value.error())});
      return {};
    }
    digits = *value;
  }
  auto number = Decimal::parse(digits);
  if (!number || number->is_negative()) {
    sink.add({codes::inline_value, e.place(),
              fmt::format("\"{}\" is no number without a sign; a sign belongs into the attribute sign, separators need a format", collapse(text))});
    return {};
  }
  const auto scale = Decimal::parse(trim(e.value_of("scale", "0")));
  const auto power = scale ? scale->to_int64() : std::nullopt;
  if (!power || *power < -1000 || *power > 1000) return {};  // malformed ones were said
  number = number->shifted(static_cast<int>(*power));
  return (e.value_of("sign") == "-" ? -*number : *number).to_string();
}

std::optional<std::string> inline_text(const xml::Element& e, const InlineDocument& document, diag::Sink& sink) {
  const bool escape = e.value_of("escape") == "true" || e.value_of("escape") == "1";
  std::string text;
  std::size_t parts = 0;
  for (xml::Element at = e; at && parts < 100'000; ++parts) {  // circles were said; the bound ends them
    append_content(text, at, escape);
    const auto next = at.attribute("continuedAt");
    at = next ? document.by_id(next.value()) : xml::Element();
    if (at == e) break;
  }
  std::optional<factpress::QName> format;
  if (!find_format(e, format, sink)) return {};
  if (!format) return text;
  const auto value = xbrl::transform(*format, text);
  if (value) return *value;
  sink.add({codes::inline_value, e.place(), fmt::format("\"{}\": {}", collapse(text), value.error())});
  return {};
}

}  // namespace factpress::instance
