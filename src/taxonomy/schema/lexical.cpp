#include "base/text.h"
#include "taxonomy/schema/temporal.h"
#include "taxonomy/schema/value.h"

namespace factpress::schema {
namespace {

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  c = to_lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool read_hex(std::string_view text, std::string& out) {
  if (text.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int a = hex_digit(text[i]), b = hex_digit(text[i + 1]);
    if (a < 0 || b < 0) return false;
    out += static_cast<char>(a * 16 + b);
  }
  return true;
}

// Base64 with single spaces anywhere, as the errata of part 2 write it.
bool read_base64(std::string_view text, std::string& out) {
  static constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  unsigned bits = 0;
  int held = 0, pads = 0, count = 0;
  for (const char c : text) {
    if (c == ' ') continue;
    ++count;
    if (c == '=') {
      ++pads;
      continue;
    }
    const auto d = digits.find(c);
    if (d == std::string_view::npos || pads != 0) return false;
    bits = (bits << 6) | static_cast<unsigned>(d);
    held += 6;
    if (held >= 8) held -= 8, out += static_cast<char>((bits >> held) & 0xFF);
  }
  if (count % 4 != 0 || pads > 2 || (count == 0 && !text.empty())) return false;
  return held == pads * 2 && (bits & ((1u << held) - 1)) == 0;
}

bool read_float(std::string_view text, Value& v) {
  if (text == "INF") return v.special = Value::Special::positive_infinity, true;
  if (text == "-INF") return v.special = Value::Special::negative_infinity, true;
  if (text == "NaN") return v.special = Value::Special::nan, true;
  const auto e = text.find_first_of("eE");
  const auto mantissa = Decimal::parse(text.substr(0, e));
  if (!mantissa) return false;
  if (e == std::string_view::npos) return v.number = *mantissa, true;
  std::string_view exponent = text.substr(e + 1);
  const bool minus = !exponent.empty() && exponent[0] == '-';
  if (!exponent.empty() && (minus || exponent[0] == '+')) exponent.remove_prefix(1);
  if (exponent.empty() || exponent.find_first_not_of("0123456789") != std::string_view::npos) return false;
  while (exponent.size() > 1 && exponent[0] == '0') exponent.remove_prefix(1);
  // Beyond what a double holds the value is an infinity or zero.
  const int n = exponent.size() > 4 ? 10'000 : std::stoi(std::string(exponent));
  if (n > 5000) {
    if (!minus && !mantissa->is_zero())
      v.special = mantissa->is_negative() ? Value::Special::negative_infinity : Value::Special::positive_infinity;
    return true;
  }
  v.number = mantissa->shifted(minus ? -n : n);
  return true;
}

bool read_name(std::string_view text, const xml::Element* scope, Value& v) {
  const auto colon = text.find(':');
  const auto local = colon == std::string_view::npos ? text : text.substr(colon + 1);
  if (!xml::is_ncname(local) || (colon != std::string_view::npos && !xml::is_ncname(text.substr(0, colon)))) return false;
  v.text = local;
  if (!scope) return true;
  const auto ns = scope->resolve_prefix(colon == std::string_view::npos ? std::string_view{} : text.substr(0, colon));
  if (!ns) return false;
  v.ns = *ns;
  return true;
}

}  // namespace

// What RFC 2396 excludes even after the escaping that XML Schema prescribes: a lone '%', two fragments, an empty scheme.
bool is_uri(std::string_view text) {
  for (auto i = text.find('%'); i != std::string_view::npos; i = text.find('%', i + 1))
    if (i + 2 >= text.size() || hex_digit(text[i + 1]) < 0 || hex_digit(text[i + 2]) < 0) return false;
  const auto hash = text.find('#');
  if (hash != std::string_view::npos && text.find('#', hash + 1) != std::string_view::npos) return false;
  return text.empty() || text[0] != ':';
}

std::optional<Value> read_primitive(Primitive primitive, std::string_view text, const xml::Element* scope) {
  Value v;
  v.primitive = primitive;
  bool good = true;
  switch (primitive) {
    case Primitive::any:
    case Primitive::string: v.text = text; break;
    case Primitive::any_uri: v.text = text, good = is_uri(text); break;
    case Primitive::boolean:
      v.boolean = text == "true" || text == "1";
      good = v.boolean || text == "false" || text == "0";
      break;
    case Primitive::decimal:
      if (const auto d = Decimal::parse(text))
        v.number = *d;
      else
        good = false;
      break;
    case Primitive::float_:
    case Primitive::double_: good = read_float(text, v); break;
    case Primitive::duration: good = read_duration(text, v); break;
    case Primitive::hex_binary: good = read_hex(text, v.text); break;
    case Primitive::base64_binary: good = read_base64(text, v.text); break;
    case Primitive::qname:
    case Primitive::notation: good = read_name(text, scope, v); break;
    default:
      if (auto m = read_moment(primitive, text))
        v.moment = std::move(*m);
      else
        good = false;
  }
  if (!good) return {};
  return v;
}

}  // namespace factpress::schema
