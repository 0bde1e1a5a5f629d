// What each output format needs done to a value.
#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/text.h"
#include "template/code.h"
#include "template/json.h"
#include "template/machine.h"

namespace factpress::tmpl {

namespace {

// 0: as it is; else an index into the replacements, 255: XML forbids it.
constexpr std::array<std::uint8_t, 256> markup_table = [] {
  std::array<std::uint8_t, 256> t{};
  for (std::size_t c = 0; c < 0x20; ++c) t[c] = 255;
  t['\t'] = t['\n'] = 0;
  t['\r'] = 6;
  t['&'] = 1, t['<'] = 2, t['>'] = 3, t['"'] = 4, t['\''] = 5;
  return t;
}();
constexpr std::string_view markup_replacements[] = {"", "&amp;", "&lt;", "&gt;", "&#34;", "&#39;", "&#13;"};

void append_markup(std::string& out, std::string_view s) {
  const char *p = s.data(), *const end = p + s.size(), *run = p;
  for (; p != end; ++p) {
    const std::uint8_t k = markup_table[static_cast<unsigned char>(*p)];
    if (k == 0) [[likely]] continue;
    out.append(run, static_cast<std::size_t>(p - run));
    out += k == 255 ? std::string_view("\xEF\xBF\xBD") : markup_replacements[k];
    run = p + 1;
  }
  out.append(run, static_cast<std::size_t>(end - run));
}

// What a JSON string holds as it is; bytes beyond ASCII are looked at one by one.
constexpr std::array<bool, 256> json_table = [] {
  std::array<bool, 256> t{};
  for (std::size_t c = 0; c < 256; ++c) t[c] = c < 0x20 || c >= 0x7F || c == '"' || c == '\\';
  return t;
}();

#if defined(__SSE2__)
inline __m128i is(__m128i x, char c) { return _mm_cmpeq_epi8(x, _mm_set1_epi8(c)); }

// Which of 16 bytes, and which of one, are no plain text of a format.
struct Markup {  // & < > " ' or control characters
  static bool special(__m128i x) {
    const __m128i angle = is(_mm_or_si128(x, _mm_set1_epi8(2)), '>');  // < and >
    const __m128i amp = is(_mm_or_si128(x, _mm_set1_epi8(1)), '\'');   // & and '
    const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(x, _mm_set1_epi8(0x1F)), x);
    return _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(angle, amp), _mm_or_si128(is(x, '"'), control))) != 0;
  }
  static bool special(char c) { return markup_table[static_cast<unsigned char>(c)] != 0; }
};
struct Json {
  static bool special(__m128i x) {
    const __m128i low_or_high = _mm_cmpgt_epi8(_mm_set1_epi8(0x20), x);  // signed: beyond ASCII is below zero
    const __m128i marks = _mm_or_si128(_mm_or_si128(is(x, '"'), is(x, '\\')), is(x, 0x7F));
    return _mm_movemask_epi8(_mm_or_si128(low_or_high, marks)) != 0;
  }
  static bool special(char c) { return json_table[static_cast<unsigned char>(c)]; }
};

inline __m128i load(const char* p) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p)); }
inline void store(char* p, __m128i x) { _mm_storeu_si128(reinterpret_cast<__m128i*>(p), x); }

template <class Word>
inline Word word_at(const char* p) {
  Word w;
  std::memcpy(&w, p, sizeof w);
  return w;
}

// Copies while nothing needs a reference; the last load overlaps the one before, so that no byte beyond the end is read.
// False where something does: then nothing counts as copied.
template <class Of>
inline bool copy_plain(char* to, const char* p, std::size_t n) {
  if (n >= 16) {
    for (std::size_t i = 0; i + 16 <= n; i += 16) {
      const __m128i x = load(p + i);
      if (Of::special(x)) [[unlikely]] return false;
      store(to + i, x);
    }
    const __m128i x = load(p + n - 16);
    store(to + n - 16, x);
    return !Of::special(x);
  }
  if (n >= 8) {
    const auto a = word_at<long long>(p), b = word_at<long long>(p + n - 8);
    std::memcpy(to, &a, 8);
    std::memcpy(to + n - 8, &b, 8);
    return !Of::special(_mm_set_epi64x(a, b));
  }
  if (n >= 4) {
    const auto a = word_at<int>(p), b = word_at<int>(p + n - 4);
    std::memcpy(to, &a, 4);
    std::memcpy(to + n - 4, &b, 4);
    return !Of::special(_mm_set_epi32(a, b, a, b));
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (Of::special(p[i])) return false;
    to[i] = p[i];
  }
  return true;
}
#else
struct Markup {
  static bool special(char c) { return markup_table[static_cast<unsigned char>(c)] != 0; }
};
struct Json {
  static bool special(char c) { return json_table[static_cast<unsigned char>(c)]; }
};

template <class Of>
inline bool copy_plain(char* to, const char* p, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    if (Of::special(p[i])) return false;
    to[i] = p[i];
  }
  return true;
}
#endif

constexpr std::array<bool, 256> csv_table = [] {
  std::array<bool, 256> t{};
  t[','] = t['"'] = t['\r'] = t['\n'] = true;
  return t;
}();

// Whether a field may stand without quotes.
bool plain_in_csv(std::string_view s) {
  if (s.empty()) return true;
  if (is_space(s.front()) || is_space(s.back())) return false;
  return std::none_of(s.begin(), s.end(), [](char c) { return csv_table[static_cast<unsigned char>(c)]; });
}

void append_csv(std::string& out, std::string_view s) {
  if (plain_in_csv(s)) {
    out += s;
    return;
  }
  out += '"';
  for (const char c : s) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

// At the start of a line these begin a heading, a list, a rule or a quotation.
bool opens_block(std::string_view s, std::size_t i) {
  const char c = s[i];
  if (c == '#' || c == '+' || c == '-' || c == '=' || c == '>') return true;
  if (c != '.' && c != ')') return false;
  if (i == 0 || i > 9) return false;
  for (std::size_t k = 0; k < i; ++k)
    if (!is_digit(s[k])) return false;
  return true;
}

bool active_in_markdown(std::string_view s, std::size_t i) {
  switch (s[i]) {
    case '\\': case '`': case '*': case '[': case ']': case '<': case '|': case '~': return true;
    case '_': return i == 0 || i + 1 == s.size() || !is_alnum(s[i - 1]) || !is_alnum(s[i + 1]);
    case '&': return i + 1 < s.size() && (is_alpha(s[i + 1]) || s[i + 1] == '#');
    case '!': return i + 1 == s.size();
    case ':': return s.substr(i).starts_with("://");  // no link that nobody wrote
    case '@': return true;
    case '.': return i >= 3 && iequals(s.substr(i - 3, 3), "www");
    default: return false;
  }
}

// Bytes that append_markdown looks at: those that may need a backslash, and what counts as blank.
constexpr std::array<bool, 256> markdown_table = [] {
  std::array<bool, 256> t{};
  for (std::size_t c = 0; c < 0x20; ++c) t[c] = true;
  for (const char c : std::string_view("\\`*[]<|~_&!:@.")) t[static_cast<unsigned char>(c)] = true;
  return t;
}();

// Whether append_markdown would write just these bytes. What opens a block is asked only of what could: at the start of a line.
bool plain_in_markdown(std::string_view s, bool line_start) {
  if (s.empty()) return true;
  const auto first = static_cast<unsigned char>(s[0]);
  if (is_space(s[0]) || (line_start && (first < 'A' || first > 'z'))) return false;
  for (const char c : s)
    if (markdown_table[static_cast<unsigned char>(c)]) return false;
  return true;
}

bool at_line_start(const std::string& out) {
  std::size_t i = out.size();
  while (i > 0 && out[i - 1] == ' ') --i;
  return i == 0 || out[i - 1] == '\n';
}

void append_markdown(std::string& out, std::string_view s, bool line_start) {
  std::size_t first = 0;
  while (first < s.size() && is_space(s[first])) ++first;
  const std::string_view body = s.substr(first);
  if (!line_start && first) out += ' ';
  bool blank = false, leading = true;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const char c = body[i];
    if (c == '\n' || c == '\r' || c == '\t') {
      blank = true;
      continue;
    }
    if (static_cast<unsigned char>(c) < 0x20) continue;
    if (blank) out += ' ', blank = false;
    if (active_in_markdown(body, i) || (line_start && leading && opens_block(body, i))) out += '\\';
    out += c;
    if (!is_digit(c)) leading = false;
  }
  if (blank) out += ' ';
}

}  // namespace

void append_escaped(std::string& out, std::string_view text, Format format) {
  switch (format) {
    case Format::text: out += text; return;
    case Format::html: case Format::xml: return append_markup(out, text);
    case Format::json: return append_json_text(out, text, false);
    case Format::csv: return append_csv(out, text);
    case Format::markdown: return append_markdown(out, text, at_line_start(out));
  }
}

void append_escaped(std::string& out, const Value& v, Format format) {
  if (v.is_string()) {
    if (v.is_safe()) out += v.as_string();
    else append_escaped(out, v.as_string(), format);
    return;
  }
  if (format == Format::json && !v.is(Kind::object)) return append_json(out, v, {});
  if (v.is_number() && format != Format::markdown) return append_text(out, v);
  if (format == Format::text) return append_text(out, v);
  append_escaped(out, to_text(v), format);
}

bool Output::append_json(std::string_view s) {
  if (capacity_ - at_ < s.size() + 2) [[unlikely]] grow(s.size() + 2);
  char* const to = data_ + at_;
  if (!copy_plain<Json>(to + 1, s.data(), s.size())) return false;
  to[0] = to[s.size() + 1] = '"';
  at_ += s.size() + 2;
  return true;
}

void append_value(Output& out, const Value& v, Format format, std::string& scratch) {
  if (v.is_string()) {
    const std::string_view s = v.as_string();
    if (format == Format::json && !v.is_safe() && out.append_json(s)) return;
    if (v.is_safe() || (format == Format::csv && plain_in_csv(s)) || (format == Format::markdown && plain_in_markdown(s, out.at_line_start())))
      return out.append(s);
  } else if (v.is(Kind::integer) && format != Format::markdown) {
    return out.append_integer(v.as_int());
  }
  scratch.clear();
  if (format == Format::markdown && v.is_string()) append_markdown(scratch, v.as_string(), out.at_line_start());
  else if (format == Format::markdown) append_markdown(scratch, to_text(v), out.at_line_start());
  else append_escaped(scratch, v, format);
  out.append(scratch);
}

void Output::append_markup(std::string_view s) {
  if (capacity_ - at_ < s.size()) [[unlikely]] return append_markup_slowly(s);
  if (!copy_plain<Markup>(data_ + at_, s.data(), s.size())) [[unlikely]] return append_markup_slowly(s);
  at_ += s.size();
}

void Output::append_integer(std::int64_t i) {
  constexpr std::size_t most = 20;  // digits and sign
  if (capacity_ - at_ < most) [[unlikely]] grow(most);
  at_ = static_cast<std::size_t>(std::to_chars(data_ + at_, data_ + at_ + most, i).ptr - data_);
}

[[gnu::noinline]] void Output::append_markup_slowly(std::string_view s) {
  for (std::size_t at = 0; at < s.size();) {
    const std::size_t n = std::min<std::size_t>(s.size() - at, 1024);
    if (capacity_ - at_ < n * 6) [[unlikely]] grow(n * 6);  // no reference is longer
    char* to = data_ + at_;
    for (const char c : s.substr(at, n)) {
      const std::uint8_t k = markup_table[static_cast<unsigned char>(c)];
      if (k == 0) [[likely]] {
        *to++ = c;
        continue;
      }
      const std::string_view r = k == 255 ? std::string_view("\xEF\xBF\xBD") : markup_replacements[k];
      std::memcpy(to, r.data(), r.size());
      to += r.size();
    }
    at_ = static_cast<std::size_t>(to - data_);
    at += n;
  }
}

// Within the capacity that the string has already where possible.
[[gnu::noinline]] void Output::grow(std::size_t more) {
  const std::size_t wanted = at_ + more, held = string_->capacity();
  if (wanted > limit_) machine_->output_overflow();
  const std::size_t size = wanted <= held ? std::min(held, std::max(wanted + 1024, at_ * 2)) : std::max(wanted + 256, at_ + at_ / 2);
  string_->resize(std::min(size, limit_));
  room();
}

std::string_view to_string(Format format) {
  switch (format) {
    case Format::text: return "text";
    case Format::html: return "html";
    case Format::xml: return "xml";
    case Format::json: return "json";
    case Format::csv: return "csv";
    case Format::markdown: return "markdown";
  }
  return "?";
}

bool format_of(std::string_view name, Format& format) {
  static constexpr std::pair<std::string_view, Format> endings[] = {
      {".html", Format::html}, {".htm", Format::html}, {".xml", Format::xml}, {".xsd", Format::xml}, {".svg", Format::xml},
      {".xhtml", Format::xml}, {".json", Format::json}, {".csv", Format::csv}, {".md", Format::markdown}, {".txt", Format::text}};
  for (const std::string_view extra : {".j2", ".jinja", ".jinja2"})
    if (name.ends_with(extra)) {
      name.remove_suffix(extra.size());
      break;
    }
  for (const auto& [ending, f] : endings)
    if (name.size() > ending.size() && iequals(name.substr(name.size() - ending.size()), ending)) return format = f, true;
  return false;
}

}  // namespace factpress::tmpl
