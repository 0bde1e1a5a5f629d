#include "xml/scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <unordered_map>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/text.h"
#include "diag/codes/xml.h"
#include "xml/bindings.h"

namespace factpress::xml {
namespace {

namespace codes = diag::codes;

enum : std::uint8_t { name_start_bit = 1, name_bit = 2, space_bit = 4, text_stop_bit = 8, value_stop_bit = 16 };

// Which byte may do what. Bytes beyond ASCII stop the fast loops and are decoded.
constexpr std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> t{};
  for (int c = 0; c < 256; ++c) {
    std::uint8_t bits = 0;
    const bool alpha = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    if (alpha) bits |= name_start_bit | name_bit;
    if ((c >= '0' && c <= '9') || c == '-' || c == '.') bits |= name_bit;
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (space) bits |= space_bit;
    const bool odd = c >= 0x80 || (c < 0x20 && !space);
    if (odd || c == '<' || c == '&' || c == ']') bits |= text_stop_bit;
    if (odd || c == '<' || c == '&' || c == '"' || c == '\'') bits |= value_stop_bit;
    t[static_cast<std::size_t>(c)] = bits;
  }
  return t;
}
constexpr auto classes = make_classes();
bool has(char c, std::uint8_t bit) { return (classes[static_cast<unsigned char>(c)] & bit) != 0; }

// The first byte that plain character data or a plain attribute value may not hold (or that needs a closer look): the
// markup characters given, everything beyond ASCII, and control characters.
template <char... Stops>
const char* skip_plain(const char* p, const char* end, std::uint8_t stop_bit) {
#ifdef __SSE2__
  while (end - p >= 16) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    // Signed comparison: bytes from 0x80 up are negative and so count as below 0x20; tab and line ends are let pass.
    __m128i stop = _mm_cmplt_epi8(v, _mm_set1_epi8(0x20));
    const __m128i space =
        _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')),
                     _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\r')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\t'))));
    stop = _mm_andnot_si128(space, stop);
    ((stop = _mm_or_si128(stop, _mm_cmpeq_epi8(v, _mm_set1_epi8(Stops)))), ...);
    const int mask = _mm_movemask_epi8(stop);
    if (mask != 0) return p + __builtin_ctz(static_cast<unsigned>(mask));
    p += 16;
  }
#endif
  while (p < end && !has(*p, stop_bit)) ++p;
  return p;
}

struct AttributeSeen {
  std::uint32_t name = 0, colon = 0, name_end = 0, end = 0;  // colon == name: no prefix
  std::uint16_t binding = 0;
  bool declaration = false;
};

struct Open {
  std::uint32_t name, name_end;
  std::uint32_t mark;  // Bindings::mark before its declarations
};

class Scanner {
 public:
  Scanner(std::string_view bytes, const Limits& limits, NameIndex& names)
      : begin_(bytes.data()), p_(begin_), end_(begin_ + bytes.size()), limits_(limits), names_(names), bindings_(names) {
    names_.blocks.assign(bytes.size() / 64 + 1, {});
    names_.records.reserve(bytes.size() / 24);
  }
  std::optional<ScanError> run() {
    if (document()) return {};
    return std::move(error_);
  }

 private:
  bool document();
  bool content();
  bool markup();
  bool declaration();
  bool start_tag();
  bool end_tag();
  bool attribute();
  bool attribute_value(AttributeSeen& a);
  bool declare(const AttributeSeen& a);
  bool resolve_names(const char* name, const char* colon, const char* name_end, bool declares);
  bool duplicates();
  bool name(const char*& colon);
  bool reference();
  bool comment();
  bool cdata();
  bool instruction();
  bool character();
  bool text();
  bool outside();

  std::uint32_t at(const char* p) const { return static_cast<std::uint32_t>(p - begin_); }
  bool starts(std::string_view what) const {
    return static_cast<std::size_t>(end_ - p_) >= what.size() && std::memcmp(p_, what.data(), what.size()) == 0;
  }
  const char* skip_space() {
    while (p_ < end_ && has(*p_, space_bit)) ++p_;
    return p_;
  }
  std::string_view view(const char* b, const char* e) const { return {b, static_cast<std::size_t>(e - b)}; }
  std::string_view view(std::uint32_t b, std::uint32_t e) const { return {begin_ + b, e - b}; }

  bool fail(const diag::CodeInfo& code, const char* from, const char* to, std::string message) {
    error_ = {&code, {at(from), at(std::min(to, end_))}, std::move(message), {}, {}};
    return false;
  }
  bool fail(const diag::CodeInfo& code, const char* from, const char* to, std::string message, Span other, std::string text) {
    fail(code, from, to, std::move(message));
    error_.other = other;
    error_.other_text = std::move(text);
    return false;
  }

  const char* begin_;
  const char* p_;
  const char* end_;
  const Limits& limits_;
  NameIndex& names_;
  Bindings bindings_;
  std::vector<Open> open_;
  std::vector<AttributeSeen> attributes_;
  ScanError error_;
  bool root_seen_ = false;
};

bool Scanner::document() {
  if (starts("\xEF\xBB\xBF")) p_ += 3;
  if (starts("<?xml") && end_ - p_ > 5 && has(p_[5], space_bit) && !declaration()) return false;
  if (!content()) return false;
  if (!open_.empty()) {
    const Open& o = open_.back();
    return fail(codes::xml_tag, end_, end_,
                fmt::format("the document ends inside element <{}>, which is never closed", view(o.name, o.name_end)),
                {o.name - 1, o.name_end}, "opened here");
  }
  if (!root_seen_) return fail(codes::xml_root, begin_, begin_, "the document has no root element");
  names_.finish();
  return true;
}

// <?xml version encoding standalone ?>
bool Scanner::declaration() {
  const char* const from = p_;
  const auto close = std::string_view(p_, static_cast<std::size_t>(end_ - p_)).find("?>");
  if (close == std::string_view::npos)
    return fail(codes::xml_markup, from, from + 5, "the XML declaration is not closed by '?>'");
  std::string_view body(p_ + 5, close - 5);
  static constexpr std::string_view order[] = {"version", "encoding", "standalone"};
  std::size_t next = 0;
  while (true) {
    const std::string_view rest = trim_xml_space(body);
    if (rest.empty()) break;
    const char* const here = rest.data();
    const auto wrong = [&] {
      return fail(codes::xml_markup, here, here + rest.size(),
                  "the XML declaration takes version, encoding and standalone, in this order, as name=\"value\"");
    };
    if (here == body.data()) return wrong();  // no white space before it
    std::size_t k = next;
    while (k < 3 && rest.substr(0, order[k].size()) != order[k]) ++k;
    if (k == 3 || (next == 0 && k != 0)) return wrong();
    std::string_view v = trim_xml_space(rest.substr(order[k].size()));
    if (v.empty() || v.front() != '=') return wrong();
    v = trim_xml_space(v.substr(1));
    if (v.empty() || (v.front() != '"' && v.front() != '\'')) return wrong();
    const auto quote = v.find(v.front(), 1);
    if (quote == std::string_view::npos) return wrong();
    const std::string_view value = v.substr(1, quote - 1);
    const bool good =
        k == 0
            ? value.size() > 2 && value.substr(0, 2) == "1." && value.find_first_not_of("0123456789", 2) == std::string_view::npos
        : k == 1
            ? !value.empty() && is_alpha(value[0]) &&
                  std::all_of(value.begin(), value.end(), [](char c) { return is_alnum(c) || c == '.' || c == '_' || c == '-'; })
            : value == "yes" || value == "no";
    if (!good)
      return fail(codes::xml_markup, value.data(), value.data() + value.size(),
                  fmt::format("'{}' is no {} of an XML declaration", value, order[k]));
    body = v.substr(quote + 1);
    body = std::string_view(body.data(), static_cast<std::size_t>(from + close - body.data()));
    next = k + 1;
  }
  if (next == 0) return fail(codes::xml_markup, from, from + 5, "the XML declaration has no version");
  p_ = from + close + 2;
  return true;
}

bool Scanner::content() {
  while (p_ < end_) {
    if (open_.empty() ? !outside() : !text()) return false;
    if (p_ == end_) break;
    if (!markup()) return false;
  }
  return true;
}

// White space between markup outside the root.
bool Scanner::outside() {
  if (skip_space() < end_ && *p_ != '<')
    return fail(codes::xml_root, p_, p_ + 1,
                root_seen_ ? "text after the end of the root element" : "text before the root element");
  return true;
}

// At '<'.
bool Scanner::markup() {
  if (p_ + 1 == end_) return fail(codes::xml_markup, p_, end_, "the document ends after '<'");
  switch (p_[1]) {
    case '/': return end_tag();
    case '?': return instruction();
    case '!': break;
    default: return start_tag();
  }
  if (starts("<!--")) return comment();
  if (starts("<![CDATA[")) return cdata();
  if (starts("<!DOCTYPE"))
    return fail(codes::xml_doctype, p_, p_ + 9, "the document has a document type declaration (<!DOCTYPE), which is refused");
  return fail(codes::xml_markup, p_, p_ + 2,
              "'<!' begins a comment (<!--) or a CDATA section (<![CDATA[), and neither stands here");
}

// One character beyond ASCII or one that may not stand here.
bool Scanner::character() {
  const auto c = static_cast<unsigned char>(*p_);
  if (c < 0x80) {
    if (c >= 0x20 || has(*p_, space_bit)) return ++p_, true;
    return fail(codes::xml_character, p_, p_ + 1, fmt::format("the control character U+{:04X} may not stand in XML", c));
  }
  const auto tail = [&](int i) { return p_ + i < end_ && (static_cast<unsigned char>(p_[i]) & 0xC0) == 0x80; };
  const auto bits = [&](int i) { return static_cast<char32_t>(static_cast<unsigned char>(p_[i]) & 0x3F); };
  char32_t u = 0;
  int n = 0;
  if (c >= 0xC2 && c < 0xE0 && tail(1))
    u = (c & 0x1Fu) << 6 | bits(1), n = 2;
  else if (c >= 0xE0 && c < 0xF0 && tail(1) && tail(2))
    u = (c & 0x0Fu) << 12 | bits(1) << 6 | bits(2), n = u < 0x800 ? 0 : 3;
  else if (c >= 0xF0 && c < 0xF5 && tail(1) && tail(2) && tail(3))
    u = (c & 0x07u) << 18 | bits(1) << 12 | bits(2) << 6 | bits(3), n = u < 0x10000 ? 0 : 4;
  if (n == 0 || (u >= 0xD800 && u <= 0xDFFF) || u > 0x10FFFF)
    return fail(codes::xml_encoding, p_, p_ + 1, fmt::format("the byte 0x{:02X} is no UTF-8 here", c));
  if (!is_xml_char(u))
    return fail(codes::xml_character, p_, p_ + n,
                fmt::format("the character U+{:04X} may not stand in XML", static_cast<std::uint32_t>(u)));
  p_ += n;
  return true;
}

bool Scanner::text() {
  while (true) {
    p_ = skip_plain<'<', '&', ']'>(p_, end_, text_stop_bit);
    if (p_ == end_ || *p_ == '<') return true;
    if (*p_ == '&') {
      if (!reference()) return false;
    } else if (*p_ == ']') {
      if (starts("]]>")) return fail(codes::xml_markup, p_, p_ + 3, "']]>' may not stand in text; write ']]&gt;'");
      ++p_;
    } else if (!character()) {
      return false;
    }
  }
}

// A name at p_ with at most one colon; `colon` is where it stands, or the name's start.
bool Scanner::name(const char*& colon) {
  const char* const from = p_;
  colon = from;
  bool first = true;
  while (p_ < end_) {
    if (has(*p_, first ? name_start_bit : name_bit)) {
      ++p_;
    } else if (static_cast<unsigned char>(*p_) >= 0x80) {
      const char* const before = p_;
      if (!character()) return false;
      std::size_t i = 0;
      const char32_t c = next_code_point(view(before, p_), i);
      if (first ? !is_name_start(c) : !is_name_char(c))
        return fail(codes::xml_name, before, p_, fmt::format("'{}' may not stand in a name", view(before, p_)));
    } else if (*p_ == ':' && !first && colon == from) {
      colon = p_++;
      first = true;
      continue;
    } else {
      break;
    }
    first = false;
  }
  if (first) {
    if (p_ == end_) return fail(codes::xml_markup, from, p_, "the document ends inside a name");
    return fail(codes::xml_name, p_, p_ + 1, colon == from ? "a name is expected here" : "a name is expected after the colon");
  }
  if (p_ < end_ && *p_ == ':')
    return fail(codes::xml_name, from, p_ + 1, "a name may hold only one colon, between prefix and local part");
  if (p_ - from > 0xFFFF) return fail(codes::xml_limit, from, from + 40, "a name is longer than 65,535 bytes");
  return true;
}

bool Scanner::start_tag() {
  const char* const from = p_++;
  if (open_.empty() && root_seen_) return fail(codes::xml_root, from, from + 1, "a second root element begins here");
  const char* colon = nullptr;
  const char* const name_from = p_;
  if (!name(colon)) return false;
  const char* const name_to = p_;
  if (open_.size() >= limits_.max_depth)
    return fail(codes::xml_limit, from, p_, fmt::format("elements are nested more than {} deep", limits_.max_depth));
  attributes_.clear();
  bool declares = false;
  bool closed = false;
  while (true) {
    const char* const before = p_;
    skip_space();
    if (p_ == end_)
      return fail(codes::xml_tag, from, name_to,
                  fmt::format("the document ends inside the start tag of <{}>", view(name_from, name_to)));
    if (*p_ == '>') break;
    if (*p_ == '/') {
      if (p_ + 1 == end_ || p_[1] != '>') return fail(codes::xml_tag, p_, p_ + 1, "'/' in a start tag must be followed by '>'");
      closed = true;
      break;
    }
    if (p_ == before) return fail(codes::xml_attribute, p_, p_ + 1, "white space is missing before an attribute");
    if (!attribute()) return false;
    declares |= attributes_.back().declaration;
  }
  const auto mark = static_cast<std::uint32_t>(bindings_.mark());
  if (!resolve_names(name_from, colon, name_to, declares)) return false;
  root_seen_ = true;
  p_ += closed ? 2 : 1;
  if (closed)
    bindings_.undo_to(mark);
  else
    open_.push_back({at(name_from), at(name_to), mark});
  return true;
}

bool Scanner::attribute() {
  AttributeSeen a;
  const char* const from = p_;
  const char* colon = nullptr;
  if (!name(colon)) return false;
  a.name = at(from), a.colon = at(colon), a.name_end = at(p_);
  const std::string_view prefix = view(from, colon == from ? p_ : colon);
  a.declaration = prefix == "xmlns";
  skip_space();
  if (p_ == end_ || *p_ != '=')
    return fail(codes::xml_attribute, from, p_, fmt::format("attribute '{}' has no value", view(a.name, a.name_end)));
  ++p_;
  skip_space();
  if (p_ == end_ || (*p_ != '"' && *p_ != '\''))
    return fail(codes::xml_attribute, from, p_,
                fmt::format("the value of attribute '{}' is not quoted", view(a.name, a.name_end)));
  if (!attribute_value(a)) return false;
  attributes_.push_back(a);
  if (attributes_.size() > limits_.max_attributes)
    return fail(codes::xml_limit, from, p_, fmt::format("an element has more than {} attributes", limits_.max_attributes));
  return true;
}

bool Scanner::attribute_value(AttributeSeen& a) {
  const char* const open = p_;
  const char quote = *p_++;
  while (true) {
    p_ = skip_plain<'<', '&', '"', '\''>(p_, end_, value_stop_bit);
    if (p_ == end_)
      return fail(codes::xml_attribute, open, open + 1,
                  fmt::format("the value of attribute '{}' is not closed", view(a.name, a.name_end)));
    if (*p_ == quote) break;
    if (*p_ == '<')
      return fail(codes::xml_attribute, p_, p_ + 1,
                  fmt::format("'<' may not stand in the value of attribute '{}'; write &lt;", view(a.name, a.name_end)));
    if (*p_ == '&') {
      if (!reference()) return false;
    } else if (!character()) {
      return false;
    }
  }
  ++p_;
  a.end = at(p_);
  return true;
}

// The value of a namespace declaration with its references resolved.
std::string declared_uri(std::string_view raw) {
  std::string out;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '&') {
      out += is_xml_space(raw[i]) ? ' ' : raw[i];
      continue;
    }
    const auto semicolon = raw.find(';', i);
    const std::string_view name = raw.substr(i + 1, semicolon - i - 1);
    if (name[0] == '#') {
      const bool hex = name[1] == 'x';
      append_utf8(out, static_cast<char32_t>(std::stoul(std::string(name.substr(hex ? 2 : 1)), nullptr, hex ? 16 : 10)));
    } else {
      out += name == "lt" ? '<' : name == "gt" ? '>' : name == "amp" ? '&' : name == "apos" ? '\'' : '"';
    }
    i = semicolon;
  }
  return out;
}

bool Scanner::declare(const AttributeSeen& a) {
  const std::string_view local = a.colon == a.name ? std::string_view{} : view(a.colon + 1, a.name_end);
  const char* const open = begin_ + a.name_end + view(a.name_end, a.end).find_first_of("\"'");
  const std::string_view raw = view(open + 1, begin_ + a.end - 1);
  const NsId id = intern_namespace(raw.find_first_of("&\t\n\r") == std::string_view::npos ? raw : declared_uri(raw));
  const char* const from = begin_ + a.name;
  const char* const to = begin_ + a.end;
  if (local == "xmlns") return fail(codes::xml_prefix, from, to, "the prefix 'xmlns' may not be declared");
  if ((local == "xml") != (id == ns::xml))
    return fail(codes::xml_prefix, from, to, "the prefix 'xml' and its namespace belong to each other alone");
  if (id == ns::xmlns) return fail(codes::xml_prefix, from, to, "the namespace of 'xmlns' may not be declared");
  if (id == ns::none && !local.empty())
    return fail(codes::xml_prefix, from, to, fmt::format("the prefix '{}' may not be bound to the empty namespace", local));
  if (!bindings_.declare(local, id))
    return fail(codes::xml_limit, from, to, "the document has more than 65,535 different namespace declarations");
  return true;
}

bool Scanner::resolve_names(const char* name, const char* colon, const char* name_end, bool declares) {
  if (declares) {
    if (root_seen_) names_.only_root_declares = false;
    // Twice the same declaration must be found before the second overrides the first: duplicates() compares them as names.
    for (const auto& a : attributes_)
      if (a.declaration && !declare(a)) return false;
  }
  const auto lookup = [&](std::uint32_t from, std::uint32_t c, std::uint32_t to, bool element) -> std::optional<std::uint16_t> {
    const std::string_view prefix = c == from ? std::string_view{} : view(from, c);
    const auto id = bindings_.find(prefix);
    if (id && !(element && prefix == "xmlns")) return id;
    fail(codes::xml_prefix, begin_ + from, begin_ + to,
         fmt::format("the prefix '{}' of '{}' is not declared", prefix, view(from, to)));
    return {};
  };
  const auto add = [&](std::uint32_t from, std::uint32_t c, std::uint32_t to, std::uint16_t binding) {
    const auto prefix_len = static_cast<std::uint16_t>(c == from ? 0 : c + 1 - from);
    names_.add(from, {binding, prefix_len, static_cast<std::uint16_t>(to - from - prefix_len)});
  };
  const auto id = lookup(at(name), at(colon), at(name_end), true);
  if (!id) return false;
  add(at(name), at(colon), at(name_end), *id);
  for (auto& a : attributes_) {
    if (a.colon != a.name) {
      const auto b = lookup(a.name, a.colon, a.name_end, false);
      if (!b) return false;
      a.binding = *b;
    }
    add(a.name, a.colon, a.name_end, a.binding);
  }
  return attributes_.size() < 2 || duplicates();
}

bool Scanner::duplicates() {
  const auto ns_of = [&](const AttributeSeen& a) { return names_.bindings[a.binding].ns; };
  const auto local = [&](const AttributeSeen& a) {
    return a.colon == a.name ? view(a.name, a.name_end) : view(a.colon + 1, a.name_end);
  };
  const auto twice = [&](const AttributeSeen& a, const AttributeSeen& b) {
    return fail(codes::xml_duplicate_attribute, begin_ + b.name, begin_ + b.end,
                fmt::format("attribute '{}' stands twice on one element", view(b.name, b.name_end)), {a.name, a.end},
                "first here");
  };
  if (attributes_.size() <= 12) {
    for (std::size_t i = 1; i < attributes_.size(); ++i)
      for (std::size_t j = 0; j < i; ++j) {
        const auto &a = attributes_[j], &b = attributes_[i];
        if (a.name_end - a.colon == b.name_end - b.colon && (a.colon == a.name) == (b.colon == b.name) && local(a) == local(b) &&
            ns_of(a) == ns_of(b))
          return twice(a, b);
      }
    return true;
  }
  std::unordered_map<QName, std::size_t> seen;
  for (std::size_t i = 0; i < attributes_.size(); ++i) {
    const auto [it, fresh] = seen.emplace(QName{ns_of(attributes_[i]), local(attributes_[i])}, i);
    if (!fresh) return twice(attributes_[it->second], attributes_[i]);
  }
  return true;
}

bool Scanner::end_tag() {
  const char* const from = p_;
  p_ += 2;
  if (open_.empty()) return fail(codes::xml_tag, from, p_, "an end tag without a start tag");
  const Open o = open_.back();
  const std::string_view expected = view(o.name, o.name_end);
  const bool match = starts(expected);
  if (match) p_ += expected.size();
  if (!match || p_ == end_ || !(has(*p_, space_bit) || *p_ == '>')) {
    const char* to = from + 2;
    while (to < end_ && *to != '>' && *to != '<' && !has(*to, space_bit)) ++to;
    return fail(codes::xml_tag, from, to, fmt::format("the end tag '</{}>' does not match <{}>", view(from + 2, to), expected),
                {o.name - 1, o.name_end}, "opened here");
  }
  skip_space();
  if (p_ == end_ || *p_ != '>')
    return fail(codes::xml_tag, from, p_, fmt::format("the end tag of <{}> is not closed by '>'", expected));
  ++p_;
  bindings_.undo_to(o.mark);
  open_.pop_back();
  return true;
}

// At '&'.
bool Scanner::reference() {
  const char* const from = p_++;
  if (p_ < end_ && *p_ == '#') {
    const bool hex = ++p_ < end_ && *p_ == 'x';
    if (hex) ++p_;
    char32_t value = 0;
    const char* const digits = p_;
    for (; p_ < end_; ++p_) {
      const char c = to_lower(*p_);
      const int d = is_digit(c) ? c - '0' : hex && c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
      if (d < 0) break;
      value = std::min<char32_t>(0x110000, value * (hex ? 16 : 10) + static_cast<char32_t>(d));
    }
    if (p_ == digits || p_ == end_ || *p_ != ';')
      return fail(codes::xml_entity, from, p_, "a character reference is &#digits; or &#xhexdigits;");
    ++p_;
    if (is_xml_char(value)) return true;
    return fail(codes::xml_character, from, p_,
                fmt::format("the reference {} names a character that may not stand in XML", view(from, p_)));
  }
  for (const std::string_view e : {"amp;", "lt;", "gt;", "quot;", "apos;"})
    if (starts(e)) return p_ += e.size(), true;
  const char* to = p_;
  while (to < end_ && has(*to, name_bit)) ++to;
  if (to == p_ || to == end_ || *to != ';')
    return fail(codes::xml_entity, from, from + 1, "'&' begins no reference here; write &amp;");
  return fail(codes::xml_entity, from, to + 1, fmt::format("the entity '&{};' is not defined", view(p_, to)));
}

bool Scanner::comment() {
  const char* const from = p_;
  p_ += 4;
  while (p_ < end_) {
    if (*p_ != '-') {
      if (!character()) return false;
      continue;
    }
    if (starts("-->")) return p_ += 3, true;
    if (starts("--")) return fail(codes::xml_markup, p_, p_ + 2, "'--' may not stand inside a comment");
    ++p_;
  }
  return fail(codes::xml_markup, from, from + 4, "the comment is not closed by '-->'");
}

bool Scanner::cdata() {
  const char* const from = p_;
  if (open_.empty()) return fail(codes::xml_root, from, from + 9, "a CDATA section outside the root element");
  p_ += 9;
  while (p_ < end_) {
    if (*p_ == ']' && starts("]]>")) return p_ += 3, true;
    if (!character()) return false;
  }
  return fail(codes::xml_markup, from, from + 9, "the CDATA section is not closed by ']]>'");
}

bool Scanner::instruction() {
  const char* const from = p_;
  p_ += 2;
  const char* colon = nullptr;
  const char* const target = p_;
  if (!name(colon)) return false;
  const std::string_view name = view(target, p_);
  if (colon != target) return fail(codes::xml_name, target, p_, "the name of a processing instruction may hold no colon");
  if (iequals(name, "xml"))
    return fail(codes::xml_markup, from, p_, "the XML declaration may stand only at the very beginning of the document");
  if (p_ < end_ && !has(*p_, space_bit) && !starts("?>"))
    return fail(codes::xml_markup, p_, p_ + 1, "white space is missing after the name of a processing instruction");
  while (p_ < end_) {
    if (*p_ == '?' && starts("?>")) return p_ += 2, true;
    if (!character()) return false;
  }
  return fail(codes::xml_markup, from, from + 2, "the processing instruction is not closed by '?>'");
}

}  // namespace

std::optional<ScanError> scan(std::string_view bytes, const Limits& limits, NameIndex& names) {
  return Scanner(bytes, limits, names).run();
}

}  // namespace factpress::xml
