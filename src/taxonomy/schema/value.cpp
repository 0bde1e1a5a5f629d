#include "taxonomy/schema/value.h"

#include "base/text.h"
#include "taxonomy/schema/temporal.h"

namespace factpress::schema {
namespace {

std::partial_ordering order_special(Value::Special a, Value::Special b) {
  using S = Value::Special;
  if (a == S::nan || b == S::nan) return a == b ? std::partial_ordering::equivalent : std::partial_ordering::unordered;
  const auto rank = [](S s) { return s == S::negative_infinity ? -1 : s == S::positive_infinity ? 1 : 0; };
  return rank(a) <=> rank(b);
}

std::partial_ordering compare_numbers(const Value& a, const Value& b) {
  if (a.special != Value::Special::none || b.special != Value::Special::none) return order_special(a.special, b.special);
  return a.number <=> b.number;
}

bool same_items(const Value& a, const Value& b) {
  if (a.items.size() != b.items.size()) return false;
  for (std::size_t i = 0; i < a.items.size(); ++i)
    if (!(a.items[i] == b.items[i])) return false;
  return true;
}

}  // namespace

bool operator==(const Value& a, const Value& b) {
  if (a.is_list != b.is_list) return false;
  if (a.is_list) return same_items(a, b);
  if (a.primitive != b.primitive) return false;
  switch (a.primitive) {
    case Primitive::boolean: return a.boolean == b.boolean;
    case Primitive::decimal:
    case Primitive::float_:
    case Primitive::double_: return compare_numbers(a, b) == 0;
    case Primitive::duration: return a.months == b.months && a.number == b.number;
    case Primitive::qname:
    case Primitive::notation: return a.ns == b.ns && a.text == b.text;
    case Primitive::any:
    case Primitive::string:
    case Primitive::any_uri:
    case Primitive::hex_binary:
    case Primitive::base64_binary: return a.text == b.text;
    default: return a.moment == b.moment;
  }
}

std::partial_ordering compare(const Value& a, const Value& b) {
  if (a == b) return std::partial_ordering::equivalent;
  if (a.is_list || b.is_list || a.primitive != b.primitive) return std::partial_ordering::unordered;
  switch (a.primitive) {
    case Primitive::decimal:
    case Primitive::float_:
    case Primitive::double_: return compare_numbers(a, b);
    case Primitive::duration: return compare_durations(a, b);
    case Primitive::date_time:
    case Primitive::time:
    case Primitive::date:
    case Primitive::g_year_month:
    case Primitive::g_year:
    case Primitive::g_month_day:
    case Primitive::g_day:
    case Primitive::g_month: return compare_moments(a.moment, b.moment);
    default: return std::partial_ordering::unordered;
  }
}

std::string_view normalise(std::string_view text, WhiteSpace mode, std::string& scratch) {
  if (mode == WhiteSpace::preserve) return text;
  if (mode == WhiteSpace::replace) {
    if (text.find_first_of("\t\n\r") == std::string_view::npos) return text;
    scratch.assign(text);
    for (char& c : scratch)
      if (xml::is_xml_space(c)) c = ' ';
    return scratch;
  }
  text = xml::trim_xml_space(text);
  bool clean = true;
  for (std::size_t i = 0; clean && i < text.size(); ++i)
    if (static_cast<unsigned char>(text[i]) <= ' ') clean = text[i] == ' ' && text[i - 1] != ' ';
  if (clean) return text;
  std::string out;
  for (const char c : text) {
    if (!xml::is_xml_space(c))
      out += c;
    else if (out.back() != ' ')
      out += ' ';
  }
  scratch = std::move(out);
  return scratch;
}

}  // namespace factpress::schema
