// From bytes to tokens: tags, comments, raw blocks, white-space control.
#include <fmt/core.h>

#include <array>

#include "base/text.h"
#include "template/token.h"

namespace factpress::tmpl {

namespace {

constexpr std::size_t most_tokens = 2'000'000;

/// What a byte within a tag begins.
enum class Start : std::uint8_t { nothing, blank, name, digit, quote, sign };

constexpr std::array<Start, 256> starts = [] {
  std::array<Start, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const char c = static_cast<char>(i);
    if (is_alpha(c) || c == '_' || i >= 0x80) table[i] = Start::name;
    else if (is_digit(c)) table[i] = Start::digit;
  }
  for (const unsigned char c : {' ', '\t', '\n', '\r', '\f', '\v'}) table[c] = Start::blank;
  for (const unsigned char c : {'"', '\''}) table[c] = Start::quote;
  for (const unsigned char c : std::string_view("+-*/%~()[]{}<>=.:|,;!")) table[c] = Start::sign;
  return table;
}();

constexpr Start start_of(char c) { return starts[static_cast<unsigned char>(c)]; }

class Lexer {
 public:
  Lexer(std::string_view bytes, const Options& options, Arena& arena) : s_(bytes), options_(options), arena_(arena) {}

  std::vector<Token> run() {
    out_.reserve(std::min(s_.size() / 6 + 16, most_tokens));
    if (!options_.keep_trailing_newline) {
      if (s_.ends_with("\r\n")) end_ = s_.size() - 2;
      else if (s_.ends_with('\n') || s_.ends_with('\r')) end_ = s_.size() - 1;
      else end_ = s_.size();
    } else {
      end_ = s_.size();
    }
    s_ = s_.substr(0, end_);
    while (at_ < s_.size()) data();
    add(Tok::end, at_, at_);
    return std::move(out_);
  }

 private:
  [[noreturn]] void fail(std::size_t begin, std::size_t end, std::string message, std::string help = {}) const {
    throw SyntaxError{{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(std::min(end, s_.size()))}, std::move(message), std::move(help)};
  }

  [[noreturn]] void too_many(std::size_t begin, std::size_t end) const {
    fail(begin, end, fmt::format("the template has more than {} tokens", most_tokens));
  }

  void add(Tok kind, std::size_t begin, std::size_t end, std::string_view text = {}, std::uint16_t code = 0) {
    if (out_.size() >= most_tokens) too_many(begin, end);
    out_.push_back({kind, code, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, text});
  }

  // The next "{{", "{%" or "{#" from `from`, or the end.
  std::size_t next_tag(std::size_t from) const {
    for (std::size_t i = s_.find('{', from); i != s_.npos && i + 1 < s_.size(); i = s_.find('{', i + 1))
      if (s_[i + 1] == '{' || s_[i + 1] == '%' || s_[i + 1] == '#') return i;
    return s_.size();
  }

  // Text up to a tag, after what the tags at both its ends ask for.
  void emit_data(std::size_t begin, std::size_t end) {
    const std::string_view whole = s_.substr(begin, end - begin);
    if (whole.empty()) return;
    if (whole.find('\r') == whole.npos) return add(Tok::data, begin, end, whole);
    std::string text;
    for (std::size_t i = begin; i < end; ++i) {
      if (s_[i] != '\r') text += s_[i];
      else if (i + 1 >= s_.size() || s_[i + 1] != '\n') text += '\n';
    }
    if (!text.empty()) add(Tok::data, begin, end, arena_.keep(text));
  }

  // Where the text before a tag at `tag` ends, given the sign in the tag and lstrip_blocks.
  std::size_t strip_before(std::size_t begin, std::size_t tag, char sign, bool block) const {
    std::size_t end = tag;
    if (sign == '-') {
      while (end > begin && is_space(s_[end - 1])) --end;
    } else if (sign != '+' && block && options_.lstrip_blocks) {
      while (end > begin && (s_[end - 1] == ' ' || s_[end - 1] == '\t')) --end;
      const bool line_start = end == 0 || s_[end - 1] == '\n' || s_[end - 1] == '\r';
      if (!line_start) end = tag;
    }
    return end;
  }

  void strip_after(char sign, bool block) {
    if (sign == '-') {
      while (at_ < s_.size() && is_space(s_[at_])) ++at_;
    } else if (sign != '+' && block && options_.trim_blocks) {
      if (s_.substr(at_).starts_with("\r\n")) at_ += 2;
      else if (at_ < s_.size() && (s_[at_] == '\n' || s_[at_] == '\r')) ++at_;
    }
  }

  char sign_at(std::size_t i) const { return i < s_.size() && (s_[i] == '-' || s_[i] == '+') ? s_[i] : '\0'; }

  void data() {
    const std::size_t begin = at_, tag = next_tag(at_);
    if (tag == s_.size()) {
      emit_data(begin, tag);
      at_ = tag;
      return;
    }
    const char kind = s_[tag + 1];
    const char sign = sign_at(tag + 2);
    emit_data(begin, strip_before(begin, tag, sign, kind != '{'));
    at_ = tag + 2 + (sign ? 1 : 0);
    if (kind == '#') comment(tag);
    else if (kind == '{') inside(tag, Tok::print_begin, Tok::print_end);
    else if (const std::size_t after = raw_tag(at_, "raw"); after != s_.npos) raw(tag, after);
    else inside(tag, Tok::block_begin, Tok::block_end);
  }

  void comment(std::size_t tag) {
    const std::size_t close = s_.find("#}", tag + 2);
    if (close == s_.npos) fail(tag, tag + 2, "the comment is not closed", "write #} where it ends");
    const char sign = close > tag + 2 ? sign_at(close - 1) : '\0';
    at_ = close + 2;
    strip_after(sign, true);
  }

  // At "  raw -%}" of a tag: the offset of its sign or "%}"; else npos.
  std::size_t raw_tag(std::size_t i, std::string_view word) const {
    while (i < s_.size() && is_space(s_[i])) ++i;
    if (!s_.substr(i).starts_with(word)) return s_.npos;
    i += word.size();
    while (i < s_.size() && is_space(s_[i])) ++i;
    const std::size_t close = i + (sign_at(i) ? 1 : 0);
    return s_.substr(close).starts_with("%}") ? i : s_.npos;
  }

  void raw(std::size_t tag, std::size_t sign_place) {
    const char open_sign = sign_at(sign_place);
    at_ = sign_place + (open_sign ? 1 : 0) + 2;
    strip_after(open_sign, false);  // trim_blocks leaves what is raw alone
    const std::size_t begin = at_;
    for (std::size_t i = s_.find("{%", at_); i != s_.npos; i = s_.find("{%", i + 2)) {
      const char sign = sign_at(i + 2);
      const std::size_t close = raw_tag(i + 2 + (sign ? 1 : 0), "endraw");
      if (close == s_.npos) continue;
      emit_data(begin, strip_before(begin, i, sign, true));
      const char end_sign = sign_at(close);
      at_ = close + (end_sign ? 1 : 0) + 2;
      strip_after(end_sign, true);
      return;
    }
    fail(tag, at_, "the raw block is not closed", "write {% endraw %} where it ends");
  }

  // The tokens of one tag, up to and with its end.
  void inside(std::size_t tag, Tok open, Tok close) {
    const bool print = open == Tok::print_begin;
    const std::string_view ender = print ? "}}" : "%}";
    add(open, tag, at_);
    std::string brackets;
    for (;;) {
      skip(at_, [](Start start) { return start == Start::blank; });
      if (at_ >= s_.size()) fail(tag, tag + 2, fmt::format("the tag is not closed: no {} follows", ender));
      switch (start_of(s_[at_])) {
        case Start::name: name(); continue;
        case Start::digit: number(); continue;
        case Start::quote: string(s_[at_]); continue;
        default: break;
      }
      const char sign = print && s_[at_] == '+' ? '\0' : sign_at(at_);
      if (brackets.empty() && stands_at(at_ + (sign ? 1 : 0), ender)) {
        const std::size_t begin = at_;
        at_ += (sign ? 1 : 0) + 2;
        add(close, begin, at_);
        strip_after(sign, !print);
        return;
      }
      operation(brackets);
    }
  }

  bool stands_at(std::size_t at, std::string_view two) const { return at + 1 < s_.size() && s_[at] == two[0] && s_[at + 1] == two[1]; }

  // On from `at` over bytes of these kinds.
  template <class Wanted>
  void skip(std::size_t at, Wanted wanted) {
    while (at < s_.size() && wanted(start_of(s_[at]))) ++at;
    at_ = at;
  }

  void operation(std::string& brackets) {
    const char c = s_[at_];
    const char d = at_ + 1 < s_.size() ? s_[at_ + 1] : '\0';
    const bool two = (d == '=' && (c == '=' || c == '!' || c == '<' || c == '>')) || (c == d && (c == '/' || c == '*'));
    if (!two && (c == '!' || start_of(c) != Start::sign))
      fail(at_, at_ + 1, fmt::format("the character {} means nothing here", preview(Value::string(std::string(1, c)))));
    if (!two) bracket(c, brackets);
    const std::string_view text = s_.substr(at_, two ? 2 : 1);
    add(Tok::op, at_, at_ + text.size(), text, op_code(text));
    at_ += text.size();
  }

  void bracket(char c, std::string& brackets) const {
    if (c == '(') brackets += ')';
    else if (c == '[') brackets += ']';
    else if (c == '{') brackets += '}';
    else if (c == ')' || c == ']' || c == '}') {
      if (brackets.empty()) fail(at_, at_ + 1, fmt::format("'{}' closes nothing", c));
      if (brackets.back() != c) fail(at_, at_ + 1, fmt::format("'{}' stands where '{}' is expected", c, brackets.back()));
      brackets.pop_back();
    }
  }

  void name() {
    const std::size_t begin = at_;
    skip(at_ + 1, [](Start start) { return start == Start::name || start == Start::digit; });
    add(Tok::name, begin, at_, s_.substr(begin, at_ - begin));
  }

  // A run of digits, single underscores between them.
  void digits() {
    while (at_ < s_.size() && (is_digit(s_[at_]) || (s_[at_] == '_' && at_ + 1 < s_.size() && is_digit(s_[at_ + 1])))) ++at_;
  }

  void number() {
    const std::size_t begin = at_;
    if (s_[at_] == '0' && at_ + 1 < s_.size() && std::string_view("xXoObB").find(s_[at_ + 1]) != std::string_view::npos) return radix();
    digits();
    bool fraction = false;
    if (at_ + 1 < s_.size() && s_[at_] == '.' && is_digit(s_[at_ + 1])) {
      fraction = true;
      ++at_;
      digits();
    }
    std::size_t e = at_;
    if (e < s_.size() && to_lower(s_[e]) == 'e') {
      ++e;
      if (e < s_.size() && (s_[e] == '+' || s_[e] == '-')) ++e;
      if (e < s_.size() && is_digit(s_[e])) {
        fraction = true;
        at_ = e;
        digits();
      }
    }
    if (at_ < s_.size() && (is_alpha(s_[at_]) || s_[at_] == '_')) fail(begin, at_ + 1, "a name cannot begin with a digit");
    const std::string_view text = without_underscores(s_.substr(begin, at_ - begin));
    if (!fraction && text.size() > 1 && text[0] == '0' && text.find_first_not_of('0') != text.npos)
      fail(begin, at_, "a whole number does not begin with 0");
    add(fraction ? Tok::decimal : Tok::integer, begin, at_, text);
  }

  std::string_view without_underscores(std::string_view text) {
    if (text.find('_') == text.npos) return text;
    std::string plain(text);
    std::erase(plain, '_');
    return arena_.keep(plain);
  }

  void radix() {
    const std::size_t begin = at_;
    const char kind = to_lower(s_[at_ + 1]);
    const int base = kind == 'x' ? 16 : kind == 'o' ? 8 : 2;
    at_ += 2;
    std::int64_t v = 0;
    bool any = false;
    for (; at_ < s_.size() && (is_alnum(s_[at_]) || s_[at_] == '_'); ++at_) {
      const char c = to_lower(s_[at_]);
      if (c == '_') continue;
      const int digit = is_digit(c) ? c - '0' : c - 'a' + 10;
      if (digit >= base || __builtin_mul_overflow(v, std::int64_t{base}, &v) || __builtin_add_overflow(v, std::int64_t{digit}, &v))
        fail(begin, at_ + 1, "this is no number, or too large a one");
      any = true;
    }
    if (!any) fail(begin, at_, "digits are missing");
    add(Tok::integer, begin, at_, arena_.keep(std::to_string(v)));
  }

  void string(char quote) {
    const std::size_t begin = at_++;
    while (at_ < s_.size() && s_[at_] != quote && s_[at_] != '\\') ++at_;
    if (at_ < s_.size() && s_[at_] == quote) {  // as it is written
      ++at_;
      return add(Tok::string, begin, at_, s_.substr(begin + 1, at_ - begin - 2));
    }
    std::string text(s_.substr(begin + 1, at_ - begin - 1));
    for (;;) {
      if (at_ >= s_.size()) fail(begin, begin + 1, "the string is not closed");
      const char c = s_[at_++];
      if (c == quote) break;
      if (c != '\\') text += c;
      else escape(begin, text);
    }
    add(Tok::string, begin, at_, arena_.keep(text));
  }

  void escape(std::size_t begin, std::string& text) {
    if (at_ >= s_.size()) fail(begin, begin + 1, "the string is not closed");
    const char c = s_[at_++];
    switch (c) {
      case 'n': text += '\n'; return;
      case 't': text += '\t'; return;
      case 'r': text += '\r'; return;
      case 'b': text += '\b'; return;
      case 'f': text += '\f'; return;
      case 'v': text += '\v'; return;
      case 'a': text += '\a'; return;
      case '\n': return;
      case '\\': case '\'': case '"': text += c; return;
      case 'x': return code_point(2, text);
      case 'u': return code_point(4, text);
      case 'U': return code_point(8, text);
      case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': {
        char32_t v = static_cast<char32_t>(c - '0');
        for (int i = 0; i < 2 && at_ < s_.size() && s_[at_] >= '0' && s_[at_] <= '7'; ++i) v = v * 8 + static_cast<char32_t>(s_[at_++] - '0');
        return append_utf8(text, v);
      }
      default: (text += '\\') += c;
    }
  }

  void code_point(int digits, std::string& text) {
    char32_t v = 0;
    for (int i = 0; i < digits; ++i, ++at_) {
      const char c = at_ < s_.size() ? to_lower(s_[at_]) : '\0';
      if (!is_digit(c) && !(c >= 'a' && c <= 'f')) fail(at_ - 1, at_ + 1, fmt::format("{} hexadecimal digits are expected here", digits));
      v = v * 16 + static_cast<char32_t>(is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    append_utf8(text, v);
  }

  std::string_view s_;
  const Options& options_;
  Arena& arena_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  std::vector<Token> out_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view bytes, const Options& options, Arena& arena) { return Lexer(bytes, options, arena).run(); }

}  // namespace factpress::tmpl
