#include "base/text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace factpress {

bool iequals(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return to_lower(x) == to_lower(y); });
}

bool istarts_with(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && iequals(text.substr(0, prefix.size()), prefix);
}

std::size_t ifind(std::string_view text, std::string_view what, std::size_t from) {
  if (what.empty()) return from <= text.size() ? from : std::string_view::npos;
  if (text.size() < what.size()) return std::string_view::npos;
  // The two cases of the first letter are sought apart, each as fast as memory is read.
  const std::size_t last = text.size() - what.size();
  const char first[] = {to_lower(what[0]), to_upper(what[0])};
  std::size_t best = std::string_view::npos;
  for (int k = 0; k < (first[0] == first[1] ? 1 : 2); ++k) {
    const std::size_t end = std::min(last, best == std::string_view::npos ? last : best);
    for (std::size_t i = from; i <= end; ++i) {
      const void* const at = std::memchr(text.data() + i, first[k], end - i + 1);
      if (at == nullptr) break;
      i = static_cast<std::size_t>(static_cast<const char*>(at) - text.data());
      if (iequals(text.substr(i, what.size()), what)) {
        best = i;
        break;
      }
    }
  }
  return best;
}

std::string lower(std::string_view text) {
  std::string out(text);
  // Eight bytes at once: of those without their upper bit, one that is at least 'A' but not beyond 'Z' gets that of small letters.
  constexpr std::uint64_t kEach = 0x0101010101010101ULL;
  std::size_t at = 0;
  for (; at + 8 <= out.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, out.data() + at, 8);
    const std::uint64_t low = word & (kEach * 0x7F);
    const std::uint64_t capital = ((low + kEach * (0x80 - 'A')) ^ (low + kEach * (0x7F - 'Z'))) & ~word & (kEach * 0x80);
    word |= capital >> 2;
    std::memcpy(out.data() + at, &word, 8);
  }
  for (; at < out.size(); ++at) out[at] = to_lower(out[at]);
  return out;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string collapse(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool nbsp = text[i] == '\xC2' && i + 1 < text.size() && text[i + 1] == '\xA0';
    if (nbsp || is_space(text[i])) {
      gap = true;
      i += nbsp;
      continue;
    }
    if (gap && !out.empty()) out += ' ';
    gap = false;
    out += text[i];
  }
  return out;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

namespace {

// Length of the well-formed sequence at `at`, or 0. Ranges of the second byte exclude overlong forms and surrogates.
std::size_t sequence_length(std::string_view s, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
  const unsigned char b = byte(at);
  if (b < 0x80) return 1;
  std::size_t n = 0;
  unsigned char low = 0x80, high = 0xBF;
  if (b >= 0xC2 && b <= 0xDF) n = 2;
  else if (b >= 0xE0 && b <= 0xEF) n = 3, low = b == 0xE0 ? 0xA0 : 0x80, high = b == 0xED ? 0x9F : 0xBF;
  else if (b >= 0xF0 && b <= 0xF4) n = 4, low = b == 0xF0 ? 0x90 : 0x80, high = b == 0xF4 ? 0x8F : 0xBF;
  if (n == 0 || at + n > s.size() || byte(at + 1) < low || byte(at + 1) > high) return 0;
  for (std::size_t i = 2; i < n; ++i)
    if ((byte(at + i) & 0xC0) != 0x80) return 0;
  return n;
}

}  // namespace

void append_grouped(std::string& out, std::string_view digits, std::string_view separator, std::string_view point) {
  const std::size_t whole = std::min(digits.find('.'), digits.size());
  for (std::size_t i = 0; i < whole; ++i) {
    if (i != 0 && (whole - i) % 3 == 0) out += separator;
    out += digits[i];
  }
  if (whole < digits.size()) (out += point) += digits.substr(whole + 1);
}

std::string with_capital(std::string_view text) {
  std::string out(text);
  if (out.size() > 1 && !is_upper(out[1]) && is_alpha(out[1])) out[0] = to_upper(out[0]);
  return out;
}

bool is_utf8(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    for (std::uint64_t eight; i + 8 <= bytes.size(); i += 8) {  // ASCII
      std::memcpy(&eight, bytes.data() + i, 8);
      if ((eight & 0x8080808080808080U) != 0) break;
    }
    if (i == bytes.size()) break;
    const std::size_t n = sequence_length(bytes, i);
    if (n == 0) return false;
    i += n;
  }
  return true;
}

void append_utf8(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = 0xFFFD;
  const auto put = [&](char32_t b) { out += static_cast<char>(b); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  }
}

char32_t next_code_point(std::string_view text, std::size_t& at) {
  const std::size_t n = sequence_length(text, at);
  const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
  if (n == 0) return ++at, 0xFFFD;
  char32_t c = n == 1 ? byte(at) : byte(at) & (0xFF >> (n + 1));
  for (std::size_t i = 1; i < n; ++i) c = c << 6 | (byte(at + i) & 0x3F);
  at += n;
  return c;
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit) return limit + 1;
  std::vector<std::size_t> before(a.size() + 1), last(a.size() + 1), row(a.size() + 1);
  for (std::size_t i = 0; i <= a.size(); ++i) last[i] = i;
  for (std::size_t j = 1; j <= b.size(); ++j) {
    row[0] = j;
    std::size_t best = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      const bool same = a[i - 1] == b[j - 1];
      row[i] = std::min({last[i] + 1, row[i - 1] + 1, last[i - 1] + !same});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[i] = std::min(row[i], before[i - 2] + 1);
      best = std::min(best, row[i]);
    }
    if (best > limit) return limit + 1;
    before.swap(last);
    last.swap(row);
  }
  return std::min(last[a.size()], limit + 1);
}

std::string_view nearest_name(std::string_view name, const std::vector<std::string_view>& candidates) {
  const std::size_t limit = std::max<std::size_t>(1, std::min<std::size_t>(3, name.size() / 3));
  const std::string wanted = lower(name);
  std::string_view best;
  std::size_t distance = limit + 1;
  for (const std::string_view c : candidates) {
    const std::size_t d = edit_distance(wanted, lower(c), limit);
    if (d < distance) distance = d, best = c;
  }
  return best;
}

}  // namespace factpress
