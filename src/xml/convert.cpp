#include "xml/convert.h"

#include <algorithm>

#include "base/text.h"

namespace factpress::xml {
namespace {

// At an '&': appends what the reference stands for and returns its length.
std::size_t append_reference(std::string& out, std::string_view rest) {
  const std::size_t semicolon = rest.find(';');
  const std::string_view name = rest.substr(1, semicolon - 1);
  if (name[0] == '#') {
    const bool hex = name[1] == 'x';
    char32_t c = 0;
    for (const char d : name.substr(hex ? 2 : 1)) c = c * (hex ? 16 : 10) + static_cast<char32_t>(is_digit(d) ? d - '0' : (d | 0x20) - 'a' + 10);
    append_utf8(out, c);
  } else {
    out += name == "lt" ? '<' : name == "gt" ? '>' : name == "amp" ? '&' : name == "apos" ? '\'' : '"';
  }
  return semicolon + 1;
}

}  // namespace

Piece append_converted(std::string& out, std::string_view raw, Conversion conversion) {
  const auto begin = static_cast<std::uint32_t>(out.size());
  const bool attribute = conversion == Conversion::attribute;
  for (std::size_t i = 0; i < raw.size();) {
    const char c = raw[i];
    if (c == '&' && conversion != Conversion::lines) {
      i += append_reference(out, raw.substr(i));
    } else if (c == '\r') {
      out += attribute ? ' ' : '\n';
      i += raw.substr(i, 2) == "\r\n" ? 2 : 1;
    } else if (attribute && is_xml_space(c)) {
      out += ' ';
      ++i;
    } else {
      const std::size_t end = std::min(raw.size(), raw.find_first_of(attribute ? "&\r\n\t" : "&\r", i + 1));
      out += raw.substr(i, end - i);
      i = end;
    }
  }
  return {begin | Piece::elsewhere, static_cast<std::uint32_t>(out.size()) - begin};
}

}  // namespace factpress::xml
