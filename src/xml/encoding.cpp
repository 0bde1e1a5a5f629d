#include "xml/encoding.h"

#include <fmt/format.h>

#include <cstdint>

#include "base/text.h"

namespace factpress::xml {
namespace {

// Windows-1252 from 0x80 to 0x9F; 0 where no character is assigned.
constexpr char32_t windows_1252[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                       0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                       0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

enum class Encoding { utf8, utf16_le, utf16_be, latin1, cp1252, ascii };

// The value of encoding="..." in an ASCII-compatible XML declaration, or empty.
std::string_view declared_encoding(std::string_view bytes) {
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
  if (bytes.substr(0, 5) != "<?xml") return {};
  const std::string_view head = bytes.substr(0, bytes.find("?>"));
  auto at = head.find("encoding");
  if (at == std::string_view::npos) return {};
  at = head.find_first_of("\"'", at);
  if (at == std::string_view::npos) return {};
  const auto to = head.find(head[at], at + 1);
  return to == std::string_view::npos ? std::string_view{} : head.substr(at + 1, to - at - 1);
}

Result<std::string> from_utf16(std::string_view bytes, bool big) {
  if (bytes.size() % 2 != 0) return Failure{"a UTF-16 document has an odd number of bytes"};
  std::string out;
  out.reserve(bytes.size() / 2 + bytes.size() / 8);
  const auto unit = [&](std::size_t i) {
    const auto a = static_cast<unsigned char>(bytes[i]), b = static_cast<unsigned char>(bytes[i + 1]);
    return static_cast<char32_t>(big ? a << 8 | b : b << 8 | a);
  };
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    char32_t u = unit(i);
    if (i == 0 && u == 0xFEFF) continue;
    if (u >= 0xD800 && u <= 0xDFFF) {
      const char32_t low = u < 0xDC00 && i + 3 < bytes.size() ? unit(i + 2) : 0;
      if (low < 0xDC00 || low > 0xDFFF) return Failure{fmt::format("a lone surrogate stands at byte {} of a UTF-16 document", i)};
      u = 0x10000 + ((u - 0xD800) << 10) + (low - 0xDC00);
      i += 2;
    }
    append_utf8(out, u);
  }
  return out;
}

Result<std::string> from_single_byte(std::string_view bytes, Encoding encoding) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 16);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    if (c < 0x80) {
      out += bytes[i];
      continue;
    }
    if (encoding == Encoding::ascii) return Failure{fmt::format("the byte 0x{:02X} at offset {} is no US-ASCII", c, i)};
    char32_t u = c;
    if (encoding == Encoding::cp1252 && c < 0xA0) u = windows_1252[c - 0x80];
    if (u == 0) return Failure{fmt::format("the byte 0x{:02X} at offset {} is unassigned in windows-1252", c, i)};
    append_utf8(out, u);
  }
  return out;
}

Result<Encoding> encoding_of(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 4);
  if (head.substr(0, 2) == "\xFF\xFE" || head == std::string_view("<\0?\0", 4)) return Encoding::utf16_le;
  if (head.substr(0, 2) == "\xFE\xFF" || head == std::string_view("\0<\0?", 4)) return Encoding::utf16_be;
  const std::string name = lower(declared_encoding(bytes));
  if (name.empty() || name == "utf-8" || name == "utf8") return Encoding::utf8;
  if (name == "us-ascii" || name == "ascii") return Encoding::ascii;
  if (name == "iso-8859-1" || name == "latin1" || name == "iso_8859-1") return Encoding::latin1;
  if (name == "windows-1252" || name == "cp1252") return Encoding::cp1252;
  if (name.substr(0, 6) == "utf-16") return Failure{"the document declares UTF-16, but its bytes are not"};
  return Failure{fmt::format("the encoding '{}' is not read", name)};
}

}  // namespace

bool declares_one_byte(std::string_view bytes) {
  const auto encoding = encoding_of(bytes);
  return encoding && (*encoding == Encoding::ascii || *encoding == Encoding::latin1 || *encoding == Encoding::cp1252);
}

Result<SourcePtr> to_utf8(SourcePtr source) {
  const std::string_view bytes = source->bytes();
  const auto encoding = encoding_of(bytes);
  if (!encoding) return Failure{encoding.error()};
  if (*encoding == Encoding::utf8) return source;
  const bool wide = *encoding == Encoding::utf16_le || *encoding == Encoding::utf16_be;
  auto text = wide ? from_utf16(bytes, *encoding == Encoding::utf16_be) : from_single_byte(bytes, *encoding);
  if (!text) return Failure{text.error()};
  return SourcePtr(std::make_shared<Source>(source->name(), std::move(*text)));
}

}  // namespace factpress::xml
