#include "xml/scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/text.h"
#include "diag/codes/xml.h"
#include "xml/bindings.h"
#include "xml/convert.h"
#include "xml/referring_text.h"
#include "xml/spellings.h"

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
    const bool odd = c >= 0x80 || c < 0x20;
    if ((odd && c != '\t' && c != '\n') || c == '<' || c == '&' || c == ']') bits |= text_stop_bit;
    if (odd || c == '<' || c == '&' || c == '"' || c == '\'') bits |= value_stop_bit;
    t[static_cast<std::size_t>(c)] = bits;
  }
  return t;
}
constexpr auto classes = make_classes();
bool has(char c, std::uint8_t bit) { return (classes[static_cast<unsigned char>(c)] & bit) != 0; }

// The first byte that plain character data or a plain attribute value may not hold (or that needs a closer look): the
// markup characters given, everything beyond ASCII, and control characters but those let pass.
template <bool TabsAndLines, char... Stops>
const char* skip_plain(const char* p, const char* end, std::uint8_t stop_bit) {
#ifdef __SSE2__
  while (end - p >= 16) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    // Signed comparison: bytes from 0x80 up are negative and so count as below 0x20.
    __m128i stop = _mm_cmplt_epi8(v, _mm_set1_epi8(0x20));
    if constexpr (TabsAndLines)
      stop = _mm_andnot_si128(_mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\t'))), stop);
    ((stop = _mm_or_si128(stop, _mm_cmpeq_epi8(v, _mm_set1_epi8(Stops)))), ...);
    const int mask = _mm_movemask_epi8(stop);
    if (mask != 0) return p + __builtin_ctz(static_cast<unsigned>(mask));
    p += 16;
  }
#endif
  while (p < end && !has(*p, stop_bit)) ++p;
  return p;
}

// The first byte that is no white space.
const char* skip_spaces(const char* p, const char* end) {
#ifdef __SSE2__
  // Lines are indented: several at once.
  for (; end - p >= 16; p += 16) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const auto is = [v](char c) { return _mm_cmpeq_epi8(v, _mm_set1_epi8(c)); };
    const int mask = _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(is(' '), is('\n')), _mm_or_si128(is('\t'), is('\r'))));
    if (mask != 0xFFFF) return p + __builtin_ctz(~static_cast<unsigned>(mask));
  }
#endif
  while (p < end && has(*p, space_bit)) ++p;
  return p;
}

// How many '<' and '=' there are: about as many nodes and attributes.
std::pair<std::size_t, std::size_t> count_all_markup(const char* p, const char* end) {
  std::size_t tags = 0, equals = 0;
#ifdef __SSE2__
  while (end - p >= 16) {
    // Equal bytes are -1 each; no byte of a sum overflows within 255 rounds.
    __m128i t = _mm_setzero_si128(), e = _mm_setzero_si128();
    for (int i = 0; i < 255 && end - p >= 16; ++i, p += 16) {
      const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
      t = _mm_sub_epi8(t, _mm_cmpeq_epi8(v, _mm_set1_epi8('<')));
      e = _mm_sub_epi8(e, _mm_cmpeq_epi8(v, _mm_set1_epi8('=')));
    }
    const auto sum = [](__m128i bytes) {
      const __m128i halves = _mm_sad_epu8(bytes, _mm_setzero_si128());
      return static_cast<std::size_t>(_mm_cvtsi128_si32(halves)) + static_cast<std::size_t>(_mm_extract_epi16(halves, 4));
    };
    tags += sum(t), equals += sum(e);
  }
#endif
  for (; p < end; ++p) tags += *p == '<', equals += *p == '=';
  return {tags, equals};
}

// The same for a long document by samples: what is reserved in vain costs nothing before it is used, and vectors grow.
std::pair<std::size_t, std::size_t> count_markup(const char* p, const char* end) {
  constexpr std::size_t piece = 4096, samples = 16;
  const auto size = static_cast<std::size_t>(end - p);
  if (size <= piece * samples * 2) return count_all_markup(p, end);
  std::size_t tags = 0, equals = 0;
  for (std::size_t i = 0; i < samples; ++i) {
    const char* const from = p + size / samples * i;
    const auto [t, e] = count_all_markup(from, from + piece);
    tags += t, equals += std::min(e, t * 8);  // more stand in texts, such as escaped HTML
  }
  const auto scaled = [&](std::size_t n) { return n * (size / (piece * samples) + 1) * 5 / 4 + 64; };
  return {scaled(tags), scaled(equals)};
}

bool has_return(const char* from, const char* to) { return from != to && std::memchr(from, '\r', static_cast<std::size_t>(to - from)) != nullptr; }

constexpr std::uint32_t long_text = 512;  // bytes; conversion of shorter ones is not worth being put off

struct Open {
  std::uint32_t node;        // in Tree::nodes
  std::uint32_t last_child;  // 0 for none
  std::uint32_t spelling;
  std::uint32_t mark;  // Bindings::mark before its declarations
};

class Scanner {
 public:
  Scanner(std::string_view bytes, const Limits& limits, Tree& tree)
      : begin_(bytes.data()), p_(begin_), end_(begin_ + bytes.size()), limits_(limits), tree_(tree), spellings_(tree) {
    const auto [tags, equals] = count_markup(begin_, end_);
    const std::size_t most = bytes.size() / 8 + 64;  // far more than documents have, and no harm where it was a trap
    tree_.nodes.reserve(std::min(tags, most));
    tree_.attributes.reserve(std::min(equals, most));
  }
  std::optional<ScanError> run() {
    if (document()) return {};
    return std::move(error_);
  }
  bool beyond_ascii() const { return beyond_ascii_; }

 private:
  bool document();
  bool content();
  bool markup();
  bool declaration();
  bool start_tag();
  bool end_tag();
  bool attribute(bool& declares);
  bool plain_value(AttributeRecord& a);
  bool attribute_value(AttributeRecord& a);
  bool declare(const AttributeRecord& a);
  bool resolve_names(NodeRecord& element, bool declares);
  bool undeclared(std::uint32_t spelling, std::uint32_t offset);
  bool twice(const AttributeRecord& a, const AttributeRecord& b);
  bool name(const char*& colon);
  bool read_spelling(std::uint32_t& id);
  // A name at p_, as one of the spellings.
  bool spelling(std::uint32_t& id) {
    const char* p = p_;
    id = spellings_.guess(p, end_);
    if (id == 0) return read_spelling(id);
    p_ = p;
    return true;
  }
  void add_node(const NodeRecord& node);
  void add_text(const char* from, const char* to, bool convert, bool references);
  std::uint32_t value_end(const AttributeRecord& a) const;
  // At '&'.
  bool reference() {
    const char* const p = p_;
    if (end_ - p >= 5) {  // the most by far
      if (p[2] == 't' && p[3] == ';' && (p[1] == 'l' || p[1] == 'g')) return p_ += 4, true;
      if (p[1] == 'a' && p[2] == 'm' && p[3] == 'p' && p[4] == ';') return p_ += 5, true;
    }
    return other_reference();
  }
  bool other_reference();
  bool comment();
  bool cdata();
  bool instruction();
  bool character();
  bool text();
  void white_space(const char* from);
  bool outside();

  std::uint32_t at(const char* p) const { return static_cast<std::uint32_t>(p - begin_); }
  bool starts(std::string_view what) const {
    return static_cast<std::size_t>(end_ - p_) >= what.size() && std::memcmp(p_, what.data(), what.size()) == 0;
  }
  const char* skip_space() {
    if (p_ == end_ || !has(*p_, space_bit)) return p_;
    return p_ = skip_spaces(p_ + 1, end_);
  }
  std::string_view view(const char* b, const char* e) const { return {b, static_cast<std::size_t>(e - b)}; }
  Span opening(const Open& o) const {
    const std::uint32_t from = tree_.nodes[o.node].offset;
    return {from, from + 1 + static_cast<std::uint32_t>(spellings_.view(o.spelling).size())};
  }

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
  Tree& tree_;
  Bindings bindings_;
  Spellings spellings_;
  std::vector<Open> open_;
  std::vector<std::uint32_t> stamps_;  // by name: the last element that had an attribute of it
  ScanError error_;
  bool root_seen_ = false, beyond_ascii_ = false;
};

bool Scanner::document() {
  if (starts("\xEF\xBB\xBF")) p_ += 3;
  if (starts("<?xml") && end_ - p_ > 5 && has(p_[5], space_bit) && !declaration()) return false;
  if (!content()) return false;
  if (!open_.empty()) {
    const Open& o = open_.back();
    return fail(codes::xml_tag, end_, end_,
                fmt::format("the document ends inside element <{}>, which is never closed", spellings_.view(o.spelling)),
                opening(o), "opened here");
  }
  if (!root_seen_) return fail(codes::xml_root, begin_, begin_, "the document has no root element");
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
  beyond_ascii_ = true;
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
  const char* const from = p_;
  if (skip_space() < end_ && *p_ == '<') {
    if (p_ != from) white_space(from);
    return true;
  }
  const char* const plain = p_;  // what was skipped as white space so far may hold line ends to be normalised
  bool convert = false, references = false;
  while (true) {
    p_ = skip_plain<true, '<', '&', ']'>(p_, end_, text_stop_bit);
    if (p_ == end_ || *p_ == '<') break;
    if (*p_ == '&') {
      convert = references = true;
      if (!reference()) return false;
      p_ = skip_referring_text(p_, end_);  // where one stands there are many
    } else if (*p_ == ']') {
      if (starts("]]>")) return fail(codes::xml_markup, p_, p_ + 3, "']]>' may not stand in text; write ']]&gt;'");
      ++p_;
    } else {
      convert |= *p_ == '\r';
      if (!character()) return false;
    }
  }
  if (p_ != from) add_text(from, p_, convert || has_return(from, plain), references);
  return true;
}

// White space alone, before markup: kept where all is, or where it is the whole content of its element.
void Scanner::white_space(const char* from) {
  if (limits_.keep_space || (end_ - p_ > 1 && p_[1] == '/' && open_.back().last_child == 0))
    add_text(from, p_, has_return(from, p_), false);
}

void Scanner::add_node(const NodeRecord& node) {
  const auto index = static_cast<std::uint32_t>(tree_.nodes.size());
  tree_.nodes.push_back(node);
  if (open_.empty()) return;
  Open& parent = open_.back();
  if (parent.last_child == 0)
    tree_.nodes[parent.node].b = 1;
  else
    tree_.nodes[parent.last_child].next = index;
  parent.last_child = index;
}

void Scanner::add_text(const char* from, const char* to, bool convert, bool references) {
  Piece piece{at(from), static_cast<std::uint32_t>(to - from)};
  if (references && piece.length >= long_text) {
    add_node({piece.begin, no_index, open_.back().node, 0, static_cast<std::uint32_t>(tree_.late.size()), NodeRecord::late_bit});
    tree_.late.push_back(piece);
    return;
  }
  constexpr std::size_t most = 128 << 10;  // short texts do not come to much in most documents
  if (convert && tree_.converted.capacity() < 64) tree_.converted.reserve(std::min(most, static_cast<std::size_t>(end_ - from)));
  if (convert) piece = append_converted(tree_.converted, view(from, to), references ? Conversion::text : Conversion::lines);
  add_node({at(from), no_index, open_.back().node, 0, piece.begin, piece.length});
}

// A name at p_ with at most one colon; `colon` is where it stands, or the name's start.
bool Scanner::name(const char*& colon) {
  const char* const from = p_;
  colon = from;
  bool first = true;
  while (p_ < end_) {
    if (has(*p_, first ? name_start_bit : name_bit)) {
      const char* p = p_ + 1;
      while (p < end_ && has(*p, name_bit)) ++p;
      p_ = p;
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

// A name at p_ that was not guessed, as one of the spellings.
bool Scanner::read_spelling(std::uint32_t& id) {
  const char* const from = p_;
  const char* colon = nullptr;
  if (!name(colon)) return false;
  id = spellings_.of(view(from, p_), colon == from ? 0 : static_cast<std::uint32_t>(colon + 1 - from));
  return true;
}

bool Scanner::start_tag() {
  const char* const from = p_++;
  if (open_.empty() && root_seen_) return fail(codes::xml_root, from, from + 1, "a second root element begins here");
  std::uint32_t id = 0;
  if (!spelling(id)) return false;
  const char* const name_to = p_;
  if (open_.size() >= limits_.max_depth)
    return fail(codes::xml_limit, from, p_, fmt::format("elements are nested more than {} deep", limits_.max_depth));
  const auto first = static_cast<std::uint32_t>(tree_.attributes.size());
  NodeRecord element{at(from), id, open_.empty() ? no_index : open_.back().node, 0, first, 0};
  bool declares = false;
  bool closed = false;
  while (true) {
    const char* const before = p_;
    if (p_ < end_ && *p_ == ' ') ++p_;  // the most common white space by far
    if (p_ < end_ && has(*p_, space_bit)) skip_space();
    if (p_ == end_)
      return fail(codes::xml_tag, from, name_to,
                  fmt::format("the document ends inside the start tag of <{}>", view(from + 1, name_to)));
    if (*p_ == '>') break;
    if (*p_ == '/') {
      if (p_ + 1 == end_ || p_[1] != '>') return fail(codes::xml_tag, p_, p_ + 1, "'/' in a start tag must be followed by '>'");
      closed = true;
      break;
    }
    if (p_ == before) return fail(codes::xml_attribute, p_, p_ + 1, "white space is missing before an attribute");
    if (!attribute(declares)) return false;
    if (tree_.attributes.size() - first > limits_.max_attributes)
      return fail(codes::xml_limit, begin_ + tree_.attributes.back().offset, p_,
                  fmt::format("an element has more than {} attributes", limits_.max_attributes));
  }
  if (tree_.attributes.size() == first)
    element.a = no_index;
  else
    tree_.attributes.back().length |= AttributeRecord::last_bit;
  const auto mark = static_cast<std::uint32_t>(bindings_.mark());
  if (!resolve_names(element, declares)) return false;
  root_seen_ = true;
  p_ += closed ? 2 : 1;
  const auto node = static_cast<std::uint32_t>(tree_.nodes.size());
  add_node(element);
  if (closed)
    bindings_.undo_to(mark);
  else
    open_.push_back({node, 0, id, mark});
  return true;
}

bool Scanner::attribute(bool& declares) {
  AttributeRecord a{0, at(p_), 0, 0};
  const char* const from = p_;
  if (!spelling(a.name)) return false;
  if (spellings_.declares(a.name)) {
    declares = true;
    a.length = AttributeRecord::declaration_bit;
  }
  if (plain_value(a)) return tree_.attributes.push_back(a), true;
  const auto written = [&] { return spellings_.view(a.name); };
  if (p_ == end_ || *p_ != '=') skip_space();
  if (p_ == end_ || *p_ != '=') return fail(codes::xml_attribute, from, p_, fmt::format("attribute '{}' has no value", written()));
  ++p_;
  const auto quoted = [&] { return p_ != end_ && (*p_ == '"' || *p_ == '\''); };
  if (!quoted() && (skip_space(), !quoted()))
    return fail(codes::xml_attribute, from, p_, fmt::format("the value of attribute '{}' is not quoted", written()));
  if (!attribute_value(a)) return false;
  tree_.attributes.push_back(a);
  return true;
}

// The value as most are written: right behind the '=', and nothing in it that needs a closer look. False where it is not so; then
// nothing has moved.
bool Scanner::plain_value(AttributeRecord& a) {
  const char* const from = p_ + 2;
  if (end_ - p_ < 3 || p_[0] != '=' || (p_[1] != '"' && p_[1] != '\'')) return false;
  const char* const to = p_[1] == '"' ? skip_plain<false, '<', '&', '"'>(from, end_, value_stop_bit)
                                      : skip_plain<false, '<', '&', '\''>(from, end_, value_stop_bit);
  if (to == end_ || *to != p_[1]) return false;
  a.value = at(from);
  a.length |= static_cast<std::uint32_t>(to - from);
  p_ = to + 1;
  return true;
}

bool Scanner::attribute_value(AttributeRecord& a) {
  const char* const open = p_;
  const char quote = *p_++;
  bool convert = false;
  while (true) {
    p_ = skip_plain<false, '<', '&', '"', '\''>(p_, end_, value_stop_bit);
    if (p_ == end_)
      return fail(codes::xml_attribute, open, open + 1,
                  fmt::format("the value of attribute '{}' is not closed", spellings_.view(a.name)));
    if (*p_ == quote) break;
    if (*p_ == '<')
      return fail(codes::xml_attribute, p_, p_ + 1,
                  fmt::format("'<' may not stand in the value of attribute '{}'; write &lt;", spellings_.view(a.name)));
    convert |= *p_ == '&' || has(*p_, space_bit);
    if (*p_ == '&') {
      if (!reference()) return false;
    } else if (!character()) {
      return false;
    }
  }
  Piece piece{at(open + 1), static_cast<std::uint32_t>(p_ - open - 1)};
  if (convert) piece = append_converted(tree_.converted, view(open + 1, p_), Conversion::attribute);
  a.value = piece.begin;
  a.length |= piece.length;
  ++p_;
  return true;
}

// The offset behind the closing quote.
std::uint32_t Scanner::value_end(const AttributeRecord& a) const {
  const std::string_view bytes(begin_, static_cast<std::size_t>(end_ - begin_));
  const auto open = bytes.find_first_of("\"'", a.offset);
  return static_cast<std::uint32_t>(bytes.find(bytes[open], open + 1) + 1);
}

bool Scanner::declare(const AttributeRecord& a) {
  const std::string_view local = spellings_.has_prefix(a.name) ? spellings_.view(a.name).substr(6) : std::string_view{};
  const char* const base = (a.value & Piece::elsewhere) != 0 ? tree_.converted.data() : begin_;
  const NsId id = intern_namespace({base + (a.value & ~Piece::elsewhere), a.length & AttributeRecord::length_bits});
  const char* const from = begin_ + a.offset;
  const auto wrong = [&](std::string message) { return fail(codes::xml_prefix, from, begin_ + value_end(a), std::move(message)); };
  if (local == "xmlns") return wrong("the prefix 'xmlns' may not be declared");
  if ((local == "xml") != (id == ns::xml)) return wrong("the prefix 'xml' and its namespace belong to each other alone");
  if (id == ns::xmlns) return wrong("the namespace of 'xmlns' may not be declared");
  if (id == ns::none && !local.empty()) return wrong(fmt::format("the prefix '{}' may not be bound to the empty namespace", local));
  bindings_.declare(local, id);
  if (!root_seen_) tree_.root_bindings.push_back({local, id});
  return true;
}

bool Scanner::undeclared(std::uint32_t spelling, std::uint32_t offset) {
  const std::string_view written = spellings_.view(spelling);
  return fail(codes::xml_prefix, begin_ + offset, begin_ + offset + written.size(),
              fmt::format("the prefix '{}' of '{}' is not declared", spellings_.prefix(spelling), written));
}

bool Scanner::twice(const AttributeRecord& a, const AttributeRecord& b) {
  return fail(codes::xml_duplicate_attribute, begin_ + b.offset, begin_ + value_end(b),
              fmt::format("attribute '{}' stands twice on one element", tree_.names[b.name].as_written()), {a.offset, value_end(a)},
              "first here");
}

// From spellings to names, now that all declarations of the start tag are known.
bool Scanner::resolve_names(NodeRecord& element, bool declares) {
  AttributeRecord* const first = tree_.attributes.data() + (element.a == no_index ? tree_.attributes.size() : element.a);
  AttributeRecord* const end = tree_.attributes.data() + tree_.attributes.size();
  if (declares) {
    if (root_seen_) tree_.only_root_declares = false;
    // Twice the same declaration is found below, where they are compared as names.
    for (const auto* a = first; a != end; ++a)
      if (a->is_declaration() && !declare(*a)) return false;
  }
  const std::uint32_t written = element.name;
  element.name = spellings_.element_name(written, bindings_);
  if (element.name == no_index) return undeclared(written, element.offset + 1);
  const auto stamp = static_cast<std::uint32_t>(tree_.nodes.size() + 1);
  const AttributeRecord* repeated = nullptr;
  for (auto* a = first; a != end; ++a) {
    const std::uint32_t name = spellings_.attribute_name(a->name, bindings_);
    if (name == no_index) return undeclared(a->name, a->offset);
    a->name = name;
    if (name >= stamps_.size()) stamps_.resize(tree_.names.size() * 2);
    std::uint32_t& last = stamps_[tree_.names[name].same];
    if (last == stamp && !repeated) repeated = a;
    last = stamp;
  }
  if (!repeated) return true;
  const AttributeRecord* before = first;
  while (tree_.names[before->name].same != tree_.names[repeated->name].same) ++before;
  return twice(*before, *repeated);
}

bool Scanner::end_tag() {
  const char* const from = p_;
  p_ += 2;
  if (open_.empty()) return fail(codes::xml_tag, from, p_, "an end tag without a start tag");
  const Open o = open_.back();
  const std::string_view expected = spellings_.view(o.spelling);
  if (!spellings_.stands(o.spelling, p_, end_) || !(has(p_[expected.size()], space_bit) || p_[expected.size()] == '>')) {
    const char* to = from + 2;
    while (to < end_ && *to != '>' && *to != '<' && !has(*to, space_bit)) ++to;
    return fail(codes::xml_tag, from, to, fmt::format("the end tag '</{}>' does not match <{}>", view(from + 2, to), expected),
                opening(o), "opened here");
  }
  p_ += expected.size();
  skip_space();
  if (p_ == end_ || *p_ != '>')
    return fail(codes::xml_tag, from, p_, fmt::format("the end tag of <{}> is not closed by '>'", expected));
  ++p_;
  bindings_.undo_to(o.mark);
  open_.pop_back();
  return true;
}

bool Scanner::other_reference() {
  const char* const from = p_++;
  if (p_ < end_ && *p_ == '#') {
    const bool hex = ++p_ < end_ && *p_ == 'x';
    if (hex) ++p_;
    char32_t value = 0;
    const char* const digits = p_;
    for (; p_ < end_; ++p_) {
      const auto decimal = static_cast<char32_t>(*p_ - '0');
      char32_t d = decimal;
      if (decimal > 9) {
        const char c = to_lower(*p_);
        if (!hex || c < 'a' || c > 'f') break;
        d = static_cast<char32_t>(c - 'a' + 10);
      }
      value = std::min<char32_t>(0x110000, value * (hex ? 16 : 10) + d);
    }
    if (p_ == digits || p_ == end_ || *p_ != ';')
      return fail(codes::xml_entity, from, p_, "a character reference is &#digits; or &#xhexdigits;");
    ++p_;
    if (is_xml_char(value)) return true;
    return fail(codes::xml_character, from, p_,
                fmt::format("the reference {} names a character that may not stand in XML", view(from, p_)));
  }
  static constexpr std::string_view names[] = {"quot;", "apos;", "lt;", "gt;", "amp;"};
  for (const std::string_view known : names)
    if (starts(known)) return p_ += known.size(), true;
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
    if (*p_ == ']' && starts("]]>")) {
      add_text(from + 9, p_, has_return(from + 9, p_), false);
      return p_ += 3, true;
    }
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

std::optional<ScanError> scan(std::string_view bytes, const Limits& limits, Tree& tree, bool& beyond_ascii) {
  Scanner scanner(bytes, limits, tree);
  auto error = scanner.run();
  beyond_ascii = scanner.beyond_ascii();
  return error;
}

}  // namespace factpress::xml
