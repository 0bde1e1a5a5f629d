#include "taxonomy/value_key.h"

#include <fmt/core.h>

namespace factpress::taxonomy {
namespace {

void append_number(std::string& key, const schema::Value& value, std::uint32_t& nan_serial) {
  using Special = schema::Value::Special;
  switch (value.special) {
    case Special::none: key += value.number.to_string(); return;
    case Special::nan: key += fmt::format("NaN{}", nan_serial++); return;
    case Special::positive_infinity: key += "INF"; return;
    case Special::negative_infinity: key += "-INF"; return;
  }
}

}  // namespace

void append_value_key(std::string& key, const schema::Value& value, std::uint32_t& nan_serial) {
  if (value.is_list) {
    key += "L[";
    for (const schema::Value& item : value.items) {
      append_value_key(key, item, nan_serial);
      key += ' ';
    }
    key += ']';
  } else if (schema::is_numeric(value.primitive)) {
    key += 'n';
    append_number(key, value, nan_serial);
  } else if (value.primitive == schema::Primitive::boolean) {
    key += value.boolean ? "b1" : "b0";
  } else if (value.primitive == schema::Primitive::qname || value.primitive == schema::Primitive::notation) {
    key += fmt::format("q{}:{}", static_cast<std::uint32_t>(value.ns), value.text);
  } else {
    key += 's';
    key += value.text;
  }
}

}  // namespace factpress::taxonomy
