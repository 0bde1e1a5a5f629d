#include "document/decode.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "diag/codes/base.h"

namespace factpress::document {

namespace {

// Windows-1252 differs from Latin-1 in 0x80 to 0x9F; zero where the code page has no character.
constexpr char16_t kWindows1252[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                       0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                       0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/// Files that are no text by their first bytes: what they are, and how to get a text out of them.
struct ForeignFile {
  std::string_view magic, name, help;
};
constexpr std::array<ForeignFile, 9> kForeign = {{
    {"%PDF-", "a PDF document", "Take its text with the layout kept (pdftotext -layout FILE.pdf FILE.txt) and give that, or better the release's HTML."},
    {"PK\x03\x04", "a ZIP archive or an office document", "Unpack it, or save the document as HTML, and give that."},
    {"\xD0\xCF\x11\xE0", "an office document", "Save it as HTML and give that."},
    {"\x89PNG", "a picture", {}},
    {"GIF8", "a picture", {}},
    {"\xFF\xD8\xFF", "a picture", {}},
    {"\x1F\x8B", "a gzip archive", "Unpack it and give what is in it."},
    {"\xFF\xFE", "text in UTF-16", "Save it as UTF-8 (iconv -f UTF-16 -t UTF-8 FILE > FILE.txt) and give that."},
    {"\xFE\xFF", "text in UTF-16", "Save it as UTF-8 (iconv -f UTF-16 -t UTF-8 FILE > FILE.txt) and give that."},
}};

const ForeignFile* foreign_file(std::string_view bytes) {
  const auto at = std::find_if(kForeign.begin(), kForeign.end(), [&](const ForeignFile& f) { return bytes.starts_with(f.magic); });
  return at == kForeign.end() ? nullptr : &*at;
}

bool looks_binary(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 65536);
  const auto controls = std::count_if(head.begin(), head.end(), [](char c) {
    const auto b = static_cast<unsigned char>(c);
    return b < 32 && !is_space(c) && b != 0x1A && b != 0x08 && b != 0x1B;
  });
  // A stray control character is a slip of an editor; many, or any zero byte near the start, are another kind of file.
  return head.find('\0') != std::string_view::npos || static_cast<std::size_t>(controls) * 50 > head.size();
}

std::string from_windows_1252(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 16);
  for (char c : bytes) {
    const auto b = static_cast<unsigned char>(c);
    if (b < 0x80) out += c;
    else append_utf8(out, windows_1252(b));
  }
  return out;
}

}  // namespace

char32_t windows_1252(unsigned char byte) {
  if (byte < 0x80 || byte > 0x9F) return byte;
  const char16_t mapped = kWindows1252[byte - 0x80];
  return mapped ? mapped : 0xFFFD;
}

SourcePtr decode(std::string name, Bytes given, diag::Sink& sink) {
  const std::string_view bytes = given.view();
  auto make = [&](Bytes text) { return std::make_shared<const Source>(std::move(name), std::move(text)); };
  if (std::all_of(bytes.begin(), bytes.end(), is_space)) {
    sink.add({diag::codes::base_empty, Place{make(""), {}},
              bytes.empty() ? std::string("the input is empty") : fmt::format("the input holds {} bytes of white space only", bytes.size())});
    return nullptr;
  }
  const ForeignFile* foreign = foreign_file(bytes);
  if (foreign || looks_binary(bytes)) {
    diag::Diagnostic finding(diag::codes::base_binary, Place{make(""), {}}, fmt::format("the input of {} bytes is {}", bytes.size(), foreign ? foreign->name : "not text"));
    sink.add(foreign && !foreign->help.empty() ? std::move(finding).helped(std::string(foreign->help)) : std::move(finding));
    return nullptr;
  }
  if (is_utf8(bytes)) return make(std::move(given));
  const auto bad = std::find_if(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  const auto at = bad - bytes.begin();
  SourcePtr source = make(from_windows_1252(bytes));
  sink.add({diag::codes::base_encoding, Place{source, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at)}},
            fmt::format("byte {} (0x{:02X}) and others are not UTF-8; the whole input was read as Windows-1252", at,
                        static_cast<unsigned char>(*bad))});
  return source;
}

}  // namespace factpress::document
