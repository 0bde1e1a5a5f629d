#include "facts/prose_text.h"

#include "base/text.h"
#include "tables/currency.h"

namespace factpress::facts::prose {
namespace {

struct Sign {
  char mark = 0;
  std::uint8_t size = 0;   // bytes; 0: not a sign
  bool space = false;
};

/// Reads a typographic sign beyond ASCII at `at`.
Sign read_sign(std::string_view s, std::size_t at) {
  const auto byte = [&](std::size_t i) { return at + i < s.size() ? static_cast<unsigned char>(s[at + i]) : 0u; };
  const unsigned a = byte(0), b = byte(1), c = byte(2);
  if (a == 0xC2) {
    if (b == 0xA0) return {0, 2, true};
    if (b == 0xA3) return {'P', 2};  // pound
    if (b == 0xA5) return {'Y', 2};  // yen
    if (b == 0xA2) return {'c', 2};  // cent
    if (b == 0xAE || b == 0xA9 || b == 0xB7 || b == 0xAB || b == 0xBB || b == 0xA7) return {b == 0xB7 ? 'o' : b == 0xA7 ? '#' : '\0', 2};
    if (b == 0xB1) return {'+', 2};
    if (b == 0x95) return {'o', 2};  // Windows-1252 that was taken for control characters
    if (b == 0x96 || b == 0x97) return {'_', 2};
    if (b == 0x91 || b == 0x92) return {'\'', 2};
    if (b == 0x93 || b == 0x94) return {'"', 2};
    if (b == 0xAD) return {0, 2};
    return {0, 2};
  }
  if (a == 0xE2 && b == 0x80) {
    if (c == 0x93 || c == 0x94 || c == 0x95) return {'_', 3};
    if (c == 0x90 || c == 0x91 || c == 0x92) return {'-', 3};
    if (c == 0x98 || c == 0x99 || c == 0xB2) return {'\'', 3};
    if (c == 0x9C || c == 0x9D || c == 0x9E || c == 0xB3) return {'"', 3};
    if (c == 0xA2) return {'o', 3};  // bullet
    if (c == 0xA6) return {'.', 3};
    if (c == 0x8B || c == 0x8C || c == 0x8D) return {0, 3};
    return {0, 3, c <= 0x8A || c == 0xAF || c == 0xA8 || c == 0xA9};
  }
  if (a == 0xE2 && b == 0x82 && c == 0xAC) return {'E', 3};  // euro
  if (a == 0xE2 && b == 0x88 && c == 0x92) return {'-', 3};  // minus
  if (a == 0xE2 && (b == 0x84 || b == 0x86 || b == 0x97 || b == 0x96 || b == 0x98 || b == 0x9C || b == 0x9E))
    return {b == 0x84 || b == 0x86 ? '\0' : 'o', 3};
  if (a == 0xEF && b == 0x82) return {'o', 3};  // bullets of symbol fonts
  return {};
}

bool letter(std::string_view s, std::size_t at) {
  const auto c = static_cast<unsigned char>(s[at]);
  if (is_alpha(s[at])) return true;
  return c >= 0x80 && read_sign(s, at).size == 0;
}

/// The end of a word that begins at `at`: letters, digits, and inside it apostrophes, hyphens, full stops between letters.
std::size_t word_end(std::string_view s, std::size_t at) {
  std::size_t i = at;
  while (i < s.size()) {
    if (is_alnum(s[i]) || letter(s, i)) {
      ++i;
      continue;
    }
    const Sign sign = static_cast<unsigned char>(s[i]) >= 0x80 ? read_sign(s, i) : Sign{s[i], 1};
    const std::size_t next = i + sign.size;
    const bool inner = next < s.size() && (is_alnum(s[next]) || letter(s, next));
    if ((sign.mark == '\'' || sign.mark == '-') && inner && sign.size) {
      i = next;
      continue;
    }
    if (s[i] == '/' && inner && is_alpha(s[next])) {
      i = next;
      continue;
    }
    if (s[i] == '&' && inner && is_alpha(s[next])) {
      i = next;
      continue;
    }
    if (s[i] == '.' && inner && is_alpha(s[next]) && (i - at == 1 || (i >= 2 && s[i - 2] == '.'))) {  // U.S, a.m
      i = next;
      continue;
    }
    break;
  }
  return i;
}

/// The end of a number: digits with well-formed grouping and one decimal point.
std::size_t number_end(std::string_view s, std::size_t at) {
  std::size_t i = at;
  while (i < s.size() && is_digit(s[i])) ++i;
  const auto digits_at = [&](std::size_t p, std::size_t n) {
    for (std::size_t k = 0; k < n; ++k)
      if (p + k >= s.size() || !is_digit(s[p + k])) return false;
    return p + n >= s.size() || !is_digit(s[p + n]);
  };
  if (i - at <= 3)
    while (i < s.size() && s[i] == ',' && digits_at(i + 1, 3)) i += 4;
  if (i + 1 < s.size() && s[i] == '.' && is_digit(s[i + 1])) {
    ++i;
    while (i < s.size() && is_digit(s[i])) ++i;
  }
  return i;
}

/// The end of an address that begins at `at` (a chunk without blanks that holds "://", "www." or "@"), or `at`.
std::size_t address_end(std::string_view s, std::size_t at) {
  std::size_t end = at;
  while (end < s.size() && !is_space(s[end]) && end - at < 2048) ++end;
  const std::string_view chunk = s.substr(at, end - at);
  const std::size_t sign = chunk.find('@');
  const bool mail = sign != std::string_view::npos && sign + 3 < chunk.size() && sign > 0 && is_alnum(chunk[sign + 1]) &&
                    chunk.find('.', sign) != std::string_view::npos;
  if (!mail && chunk.find("://") == std::string_view::npos && !istarts_with(chunk, "www.")) return at;
  while (end > at && (s[end - 1] == '.' || s[end - 1] == ',' || s[end - 1] == ')' || s[end - 1] == ';')) --end;
  return end;
}

void add(Text& t, Token::Kind kind, char mark, std::size_t begin, std::size_t end, bool glued) {
  Token k;
  k.kind = kind;
  k.mark = mark;
  k.begin = static_cast<std::uint32_t>(begin);
  k.end = static_cast<std::uint32_t>(end);
  k.glued = glued;
  t.tokens.push_back(k);
}

/// "year\u2011over\u2011year", "company\u2019s": spelled as words are looked up.
void spell_plainly(Text& t, Token& k) {
  std::size_t to = k.begin;
  for (std::size_t at = k.begin; at < k.end;) {
    const std::string_view sign = std::string_view(t.lower).substr(at, 3);
    const char plain = sign == "\u2010" || sign == "\u2011" ? '-' : sign == "\u2019" ? '\'' : '\0';
    t.lower[to++] = plain ? plain : t.lower[at];
    at += plain ? sign.size() : 1;
  }
  k.shorter = static_cast<std::uint32_t>(k.end - to);
}

void add_word(Text& t, std::size_t begin, std::size_t end, bool glued) {
  add(t, Token::Kind::word, 0, begin, end, glued);
  Token& k = t.tokens.back();
  if (std::string_view(t.lower).substr(begin, end - begin).find("\xE2\x80") != std::string_view::npos) spell_plainly(t, k);
  k.capital = is_upper(t.raw[begin]);
  k.classes = classify(t.word(t.tokens.size() - 1));
  const std::string_view w = t.word(t.tokens.size() - 1);
  if (k.classes == 0 && w.size() > 2 && w.ends_with("'s")) k.classes = classify(w.substr(0, w.size() - 2)) & (month | measure | period_noun);
}

/// The full stop of "vs.", and that of "$5.1 mil." where the sentence goes on at `next`: such words are read without it.
bool shortens(const Text& t, std::size_t next) {
  if (t.tokens.empty()) return false;
  const std::size_t last = t.tokens.size() - 1;
  if (t.is_word(last, "vs")) return true;
  if (!t.is_word(last, "mil") && !t.is_word(last, "bil")) return false;
  while (next < t.raw.size() && is_space(t.raw[next])) ++next;
  return next < t.raw.size() && ((t.raw[next] >= 'a' && t.raw[next] <= 'z') || t.raw[next] == ',' || t.raw[next] == ';' || t.raw[next] == ')' || t.raw[next] == '(');
}

/// Runs of digits joined by - . / : without blanks: telephone numbers, dates, times. Not ranges ("45-47") nor decimals.
void mark_codes(Text& t) {
  const auto joined = [&](std::size_t i, char c) {
    return i + 1 < t.tokens.size() && t.is_mark(i, c) && t.tokens[i].glued && t.is_number(i + 1) && t.tokens[i + 1].glued;
  };
  for (std::size_t i = 0; i < t.tokens.size(); ++i) {
    if (!t.is_number(i)) continue;
    std::size_t j = i;
    int links = 0;
    bool hard = false;
    while (joined(j + 1, '-') || joined(j + 1, '/') || joined(j + 1, ':') || joined(j + 1, '.')) {
      hard = hard || t.tokens[j + 1].mark == ':' || t.tokens[j + 1].mark == '/';
      j += 2;
      ++links;
    }
    const auto digits = [&](std::size_t k) { return t.tokens[k].end - t.tokens[k].begin; };
    const bool area = i >= 3 && t.is_mark(i - 1, ')') && t.is_number(i - 2) && t.is_mark(i - 3, '(') && digits(i - 2) == 3;
    const bool phone = links == 1 && t.tokens[i + 1].mark == '-' && digits(i) == 3 && digits(i + 2) == 4;
    if (links >= 2 || hard || phone)
      for (std::size_t k = i; k <= j; ++k) t.tokens[k].skip = true;
    if (area && (phone || links >= 1)) t.tokens[i - 2].skip = true;
    i = j;
  }
}

}  // namespace

namespace {

/// "RMB1,402.7": the letters of a currency's code right before digits; 0 for other words.
std::size_t currency_code_length(std::string_view s, std::size_t at) {
  constexpr std::size_t letters = 3;
  if (at + letters >= s.size() || !is_digit(s[at + letters])) return 0;
  for (std::size_t i = at; i < at + letters; ++i)
    if (!is_upper(s[i])) return 0;
  return tables::currency_sign(s.substr(at)).length == letters ? letters : 0;
}

}  // namespace

Text cut(std::string_view text) {
  Text t;
  t.raw = std::string(text);
  t.lower = lower(text);
  t.tokens.reserve(text.size() / 5 + 4);
  const std::string_view s = t.raw;
  bool glued = false;
  for (std::size_t i = 0; i < s.size();) {
    if (is_space(s[i])) {
      ++i;
      glued = false;
      continue;
    }
    const Sign sign = static_cast<unsigned char>(s[i]) >= 0x80 ? read_sign(s, i) : Sign{};
    if (sign.size) {
      const std::size_t end = std::min(s.size(), i + sign.size);
      if (sign.mark) add(t, Token::Kind::mark, sign.mark, i, end, glued);
      glued = !sign.space;
      i = end;
      continue;
    }
    if (!glued)
      if (const std::size_t end = address_end(s, i); end > i) {
        add(t, Token::Kind::word, 0, i, end, false);
        t.tokens.back().skip = true;
        i = end;
        glued = true;
        continue;
      }
    std::size_t end = i + 1;
    if (is_digit(s[i]) || (s[i] == '.' && i + 1 < s.size() && is_digit(s[i + 1]) && (i == 0 || !is_alnum(s[i - 1])))) {
      end = number_end(s, i);
      // Letters that follow at once make a name ("8K", "1Q22", "5th"), unless they are a scale or a multiple.
      std::size_t tail = end;
      while (tail < s.size() && is_alpha(s[tail])) ++tail;
      const std::string_view suffix = std::string_view(t.lower).substr(end, tail - end);
      const bool more = tail < s.size() && (is_digit(s[tail]));
      const bool known = suffix.empty() || (!more && (suffix == "x" || suffix == "bps" || suffix == "pts" || suffix == "bp" ||
                                                      (scale_of_word(suffix) > 2 && suffix != "mil" && suffix != "bil") ||
                                                      (suffix == "p" && s.substr(i, end - i).find('.') != std::string_view::npos)));  // "12.4p", but "1080p" is a name
      if (known) add(t, Token::Kind::number, 0, i, end, glued);
      else add_word(t, i, end = word_end(s, end), glued);
    } else if (letter(s, i)) {
      end = word_end(s, i);
      if (const std::size_t code = currency_code_length(s, i)) end = i + code;
      add_word(t, i, end, glued);
    } else {
      const char c = s[i] == '`' ? '\'' : s[i];
      std::size_t run = i + 1;
      while (c == '-' && run < s.size() && s[run] == '-') ++run;
      if (!(c == '.' && glued && shortens(t, run))) add(t, Token::Kind::mark, run - i >= 2 ? '_' : c, i, run, glued);
      end = run;
    }
    glued = true;
    i = end;
  }
  mark_codes(t);
  return t;
}

namespace {

/// Whether the full stop at `i` ends a sentence.
bool ends_sentence(const Text& t, std::size_t i) {
  if (i + 1 >= t.tokens.size()) return true;
  const Token& next = t.tokens[i + 1];
  if (next.glued && !(next.kind == Token::Kind::mark && (next.mark == '"' || next.mark == ')' || next.mark == '\'')) && !t.is_number(i + 1))
    return next.kind == Token::Kind::word && next.capital && i > 0 && !t.tokens[i - 1].capital;
  if (next.glued && t.is_number(i + 1)) return i > 0 && t.tokens[i - 1].kind == Token::Kind::word && t.tokens[i - 1].end - t.tokens[i - 1].begin > 3;
  if (i == 0 || t.tokens[i - 1].kind != Token::Kind::word) return true;
  if (t.is(i - 1, abbreviation)) {
    // "Inc." before a new sentence cannot be told from "Inc." inside one, save by a following article or pronoun.
    const bool starts = next.kind == Token::Kind::word && next.capital && t.is(i + 1, determiner | pronoun | preposition);
    return starts && !t.is(i - 1, month) && t.word(i - 1) != "mr";
  }
  if (t.tokens[i - 1].end - t.tokens[i - 1].begin == 1 && t.tokens[i - 1].capital) return false;  // an initial
  return !(next.kind == Token::Kind::word && !next.capital && is_alpha(t.raw[next.begin]));
}

}  // namespace

std::vector<Range> sentences(const Text& t) {
  std::vector<Range> out;
  std::size_t begin = 0;
  const auto close = [&](std::size_t end) {
    if (end > begin) out.push_back({begin, end});
    begin = end;
  };
  for (std::size_t i = 0; i < t.tokens.size(); ++i) {
    const Token& k = t.tokens[i];
    if (k.kind != Token::Kind::mark) continue;
    const bool bullet = k.mark == 'o' && i > begin;
    if (bullet) {
      close(i);
      continue;
    }
    if ((k.mark == '.' && ends_sentence(t, i)) || k.mark == '?' || k.mark == '!') {
      std::size_t end = i + 1;
      while (end < t.tokens.size() && t.tokens[end].glued && (t.is_mark(end, '"') || t.is_mark(end, ')') || t.is_mark(end, '\''))) ++end;
      close(end);
      i = end - 1;
    }
  }
  close(t.tokens.size());
  return out;
}

}  // namespace factpress::facts::prose
