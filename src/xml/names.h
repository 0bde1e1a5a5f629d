#pragma once
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>

namespace factpress::xml {

/// A namespace name, interned for the life of the program: equal ids are equal URIs. 0 is "no namespace".
/// Ids of namespaces that are not listed below depend on the order of first use: never order or write by them.
enum class NsId : std::uint32_t {};

/// The namespaces that the engine knows by heart, as constants. FP_NS(identifier, uri)
#define FP_KNOWN_NAMESPACES                                          \
  FP_NS(none, "")                                                    \
  FP_NS(xml, "http://www.w3.org/XML/1998/namespace")                 \
  FP_NS(xmlns, "http://www.w3.org/2000/xmlns/")                      \
  FP_NS(xsd, "http://www.w3.org/2001/XMLSchema")                     \
  FP_NS(xsi, "http://www.w3.org/2001/XMLSchema-instance")            \
  FP_NS(xlink, "http://www.w3.org/1999/xlink")                       \
  FP_NS(xhtml, "http://www.w3.org/1999/xhtml")                       \
  FP_NS(xbrli, "http://www.xbrl.org/2003/instance")                  \
  FP_NS(link, "http://www.xbrl.org/2003/linkbase")                   \
  FP_NS(xl, "http://www.xbrl.org/2003/XLink")                        \
  FP_NS(iso4217, "http://www.xbrl.org/2003/iso4217")                 \
  FP_NS(xbrldt, "http://xbrl.org/2005/xbrldt")                       \
  FP_NS(xbrldi, "http://xbrl.org/2006/xbrldi")                       \
  FP_NS(ix, "http://www.xbrl.org/2013/inlineXBRL")                   \
  FP_NS(ix10, "http://www.xbrl.org/2008/inlineXBRL")                 \
  FP_NS(gen, "http://xbrl.org/2008/generic")                         \
  FP_NS(label, "http://xbrl.org/2008/label")                         \
  FP_NS(reference, "http://xbrl.org/2008/reference")                 \
  FP_NS(dtr_types, "http://www.xbrl.org/dtr/type/2022-03-31")        \
  FP_NS(dtr_numeric, "http://www.xbrl.org/dtr/type/numeric")         \
  FP_NS(dtr_non_numeric, "http://www.xbrl.org/dtr/type/non-numeric") \
  FP_NS(catalog, "urn:oasis:names:tc:entity:xmlns:xml:catalog")      \
  FP_NS(package, "http://xbrl.org/2016/taxonomy-package")

namespace ns {
enum class Known : std::uint32_t {
#define FP_NS(id, uri) id,
  FP_KNOWN_NAMESPACES
#undef FP_NS
};
#define FP_NS(id, uri) inline constexpr NsId id{static_cast<std::uint32_t>(Known::id)};
FP_KNOWN_NAMESPACES
#undef FP_NS
}  // namespace ns

/// The id of a namespace name; safe to call from several threads.
NsId intern_namespace(std::string_view uri);
/// The URI of an id; lives as long as the program. Takes no lock.
std::string_view namespace_uri(NsId id);

/// An expanded name. `local` points into whatever it was read from.
struct QName {
  NsId ns = ns::none;
  std::string_view local;
  friend bool operator==(const QName&, const QName&) = default;
};

/// Over the local name, eight bytes at a time, mixed with the namespace: the hash of every table of names in the engine. It
/// differs between machines of different byte order: never order or write by it.
inline std::uint32_t hash_name(NsId ns, std::string_view local) {
  constexpr std::uint64_t prime = 0x9E3779B97F4A7C15u;
  const char* p = local.data();
  std::size_t n = local.size();
  std::uint64_t h = (n + (std::uint64_t{static_cast<std::uint32_t>(ns)} << 32)) * prime, word = 0;
  for (; n >= 8; p += 8, n -= 8) {
    std::memcpy(&word, p, 8);
    h = (h ^ word) * prime;
    h ^= h >> 29;
  }
  word = 0;
  if (n >= 4) {  // four bytes from the front and four up to the end, which may overlap
    std::uint32_t front = 0, back = 0;
    std::memcpy(&front, p, 4);
    std::memcpy(&back, p + n - 4, 4);
    word = std::uint64_t{front} << 32 | back;
  } else if (n != 0) {
    word = std::uint64_t{static_cast<unsigned char>(p[0])} << 16 | std::uint64_t{static_cast<unsigned char>(p[n / 2])} << 8 |
           static_cast<unsigned char>(p[n - 1]);
  }
  h = (h ^ word) * prime;
  return static_cast<std::uint32_t>(h >> 32);
}

/// "{uri}local", for messages.
std::string to_string(const QName& name);

/// Lexical checks of XML 1.0 (fifth edition) and Namespaces in XML, on UTF-8.
bool is_ncname(std::string_view text);
bool is_name(std::string_view text);  // may hold colons
bool is_nmtoken(std::string_view text);
/// XML 1.0 production Char.
inline bool is_xml_char(char32_t c) {
  return c >= 0x20 ? (c <= 0xD7FF || (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF))
                   : (c == 0x9 || c == 0xA || c == 0xD);
}
bool is_name_start(char32_t c);  // without the colon
bool is_name_char(char32_t c);   // without the colon
/// The same of a text that is no name, for a table of texts.
struct TextHash {
  std::size_t operator()(std::string_view text) const { return hash_name(ns::none, text); }
};

/// XML 1.0 white space only.
inline bool is_xml_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
inline std::string_view trim_xml_space(std::string_view text) {
  // Most texts have nothing to trim, which one comparison at each end tells.
  const auto may_be = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  while (!text.empty() && may_be(text.front()) && is_xml_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && may_be(text.back()) && is_xml_space(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace factpress::xml

template <>
struct std::hash<factpress::xml::QName> {
  std::size_t operator()(const factpress::xml::QName& q) const noexcept { return factpress::xml::hash_name(q.ns, q.local); }
};
