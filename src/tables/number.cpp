#include "tables/number.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "tables/scale.h"

namespace factpress::tables {

std::size_t dash_length(std::string_view t) {
  if (t.empty()) return 0;
  if (t[0] == '-') return 1;
  if (t.size() < 3) return t[0] == '\xAD' ? 1 : 0;
  if (t[0] == '\xE2' && t[1] == '\x80' && t[2] >= '\x90' && t[2] <= '\x95') return 3;
  if (t[0] == '\xE2' && t[1] == '\x88' && t[2] == '\x92') return 3;
  if (t[0] == '\xE2' && t[1] == '\x80' && t[2] == '\xBE') return 3;
  if (t[0] == '\xEF' && ((t[1] == '\xB9' && t[2] == '\xA3') || (t[1] == '\xBC' && t[2] == '\x8D'))) return 3;
  return 0;
}

namespace {

bool is_not_available(std::string_view t) {
  static constexpr std::array<std::string_view, 18> kWords = {"na", "n/a", "n.a.", "nm", "n/m", "n.m.", "nmf", "*", "**", "n.m", "n.a", "(nm)",
                                                              "na%", "nm%", "n/c", "tbd", "#", "not meaningful"};
  return std::any_of(kWords.begin(), kWords.end(), [t](std::string_view w) { return t.size() == w.size() && iequals(t, w); });
}

/// "(1)", "(a)", "(iv)", "[2]", "*", "†": a mark that points to a note; its length at the start of `t`, or 0.
std::size_t note_mark(std::string_view t) {
  if (t.empty()) return 0;
  if (t[0] == '*') return t.size() > 1 && t[1] == '*' ? 2 : 1;
  if (t.substr(0, 3) == "\u2020" || t.substr(0, 3) == "\u2021") return 3;
  if (t[0] != '(' && t[0] != '[') return 0;
  const std::size_t close = t.find(t[0] == '(' ? ')' : ']');
  if (close == std::string_view::npos || close < 2 || close > 6) return 0;
  for (char c : t.substr(1, close - 1))
    if (!is_alnum(c) && c != ',' && c != ' ') return 0;
  return close + 1;
}

/// "-0-", "- 0 -", "nil": nothing, printed as a dash would be.
bool is_nil(std::string_view t) {
  if (!t.empty() && t[0] == '$') t = trim(t.substr(1));
  if (iequals(t, "nil")) return true;
  if (t.size() < 3 || t.size() > 5 || t.front() != '-' || t.back() != '-') return false;
  return trim(t.substr(1, t.size() - 2)) == "0";
}

/// "$000", "000s" over a column: its scale.
bool is_scale(std::string_view t) {
  const CurrencySign sign = currency_sign(t);
  t = trim(t.substr(sign.length));
  if (!t.empty() && (t.back() == 's' || t.back() == 'S')) t.remove_suffix(1);
  return t == "000" || t == "'000" || t == "000'";
}

/// "bps", "basis points", "pts.", "pp" behind a number.
struct PointsWord {
  std::size_t length = 0;
  char unit = 0;  ///< as NumberText::unit
};

PointsWord points_word(std::string_view t) {
  static constexpr std::array<std::pair<std::string_view, char>, 12> kWords = {{{"basis points", 'b'}, {"basis point", 'b'}, {"basis pts", 'b'}, {"bps", 'b'}, {"bp", 'b'}, {"percentage points", 'p'}, {"ppts", 'p'},
      {"ppt", 'p'}, {"pps", 'p'}, {"pts", 'p'}, {"pt", 'p'}, {"pp", 'p'}}};
  for (const auto& [word, unit] : kWords) {
    if (!istarts_with(t, word) || (t.size() > word.size() && is_alnum(t[word.size()]))) continue;
    return {word.size() + (t.size() > word.size() && t[word.size()] == '.' ? 1 : 0), unit};
  }
  return {};
}

/// "million", or "M" and "bn." behind an amount with a currency sign.
ScaleWord scale_behind(std::string_view t, bool currency) {
  ScaleWord word = scale_word(t);
  if (!currency && word.length <= 3) return {};
  if (word.length > 0 && word.length < t.size() && t[word.length] == '.') ++word.length;
  return word;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  NumberText read() {
    blanks();
    out_.begin = static_cast<std::uint32_t>(at_);
    bool any_sign = false;
    while (at_ < text_.size()) {
      const CurrencySign sign = currency_sign(rest());
      if (sign.length) {
        out_.currency = true;
        if (!sign.code.empty()) out_.currency_code = sign.code;
        at_ += sign.length;
      } else if (text_[at_] == '(') {
        if (out_.open) return {};
        out_.open = true;
        ++at_;
      } else if (const std::size_t dash = dash_length(rest()); dash && !digits_follow(dash)) {
        return dashes();
      } else if (dash) {
        out_.negative = !out_.negative;
        at_ += dash;
      } else if (text_[at_] == '+' && at_ + 1 < text_.size()) {
        ++at_;
      } else {
        break;
      }
      any_sign = true;
      blanks();
    }
    if (at_ == text_.size()) {
      if (!any_sign) return {};
      out_.kind = ValueText::prefix;
      out_.end = static_cast<std::uint32_t>(at_);
      return out_;
    }
    return digits() ? tail() : NumberText{};
  }

 private:
  std::string_view rest() const { return text_.substr(at_); }
  void blanks() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }
  bool digits_follow(std::size_t from) const {
    std::size_t i = at_ + from;
    while (i < text_.size() && (is_space(text_[i]) || text_[i] == '$' || text_[i] == '(')) ++i;
    return i < text_.size() && (is_digit(text_[i]) || (text_[i] == '.' && i + 1 < text_.size() && is_digit(text_[i + 1])));
  }

  NumberText dashes() {
    std::size_t n = 0;
    while (at_ < text_.size()) {
      const std::size_t dash = dash_length(rest());
      if (!dash) break;
      at_ += dash;
      ++n;
    }
    out_.end = static_cast<std::uint32_t>(at_);
    blanks();
    while (at_ < text_.size() && (text_[at_] == ')' || text_[at_] == '%')) {
      if (text_[at_] == ')') {
        if (!out_.open) out_.close = true;
        else out_.negative = true;
        out_.open = false;
      } else {
        out_.percent = true;
      }
      ++at_;
      out_.end = static_cast<std::uint32_t>(at_);
      blanks();
    }
    const std::size_t mark = note_mark(rest());
    if (at_ + mark != text_.size() || n > 5) return {};
    out_.kind = ValueText::dash;
    return out_;
  }

  /// Digits with separators in groups of three, and a fraction. False for anything that is no such number.
  bool digits() {
    std::string plain;
    std::size_t whole = 0, since = 0;
    bool fraction = false, grouped = false;
    std::string_view gap;  // what parts the groups, where it is no comma
    const std::size_t begin = at_;
    for (; at_ < text_.size() && plain.size() < 40; ++at_) {
      const char c = text_[at_];
      if (is_digit(c)) {
        plain += c;
        if (fraction) ++out_.fraction_digits;
        else ++whole;
        ++since;
      } else if (c == ',' && !fraction && gap.empty() && since > 0 && (grouped ? since == 3 : since <= 3) && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])) {
        grouped = true;
        since = 0;
      } else if (c == ',' && !fraction && gap.empty() && since > 0 && since <= 3 && three_digits_after_blank()) {  // "1, 400"
        grouped = true;
        since = 0;
        ++at_;
      } else if (const std::string_view next = gap_before_three_digits(); !next.empty() && !fraction && since > 0 && (grouped ? since == 3 && next == gap : since <= 3) && plain[0] != '0') {  // "1 400"
        gap = next;
        grouped = true;
        since = 0;
        at_ += gap.size() - 1;
      } else if (c == '.' && !fraction) {
        fraction = true;
        if (grouped && since != 3) return false;
        plain += c;
      } else {
        break;
      }
    }
    if (whole + out_.fraction_digits == 0 || plain.size() >= 40 || (grouped && !fraction && since != 3)) return false;
    if (!plain.empty() && plain.back() == '.') plain.pop_back();
    const std::optional<Decimal> value = Decimal::parse(plain);
    if (!value) return false;
    out_.value = *value;
    out_.grouped = grouped || whole >= 5;
    digits_end_ = at_;
    const std::size_t length = at_ - begin;
    out_.year_like = length == 4 && !fraction && plain >= "1950" && plain <= "2049";
    return true;
  }

  static bool begins_with_three_digits(std::string_view t) {
    return t.size() >= 3 && is_digit(t[0]) && is_digit(t[1]) && is_digit(t[2]) && (t.size() == 3 || !is_digit(t[3]));
  }

  /// After the comma here: one blank, then three digits and no more.
  bool three_digits_after_blank() const {
    const std::string_view t = text_.substr(at_ + 1);
    return t.starts_with(' ') && begins_with_three_digits(t.substr(1));
  }

  /// The blank of any width, or the apostrophe, that parts groups of three digits here; empty where none does.
  std::string_view gap_before_three_digits() const {
    const std::string_view t = text_.substr(at_);
    for (std::string_view gap : {" ", "\u00A0", "\u2007", "\u2009", "\u202F", "'", "\u2019"})
      if (t.starts_with(gap)) {
        const std::string_view after = t.substr(gap.size());
        return begins_with_three_digits(after) && after.substr(3, 1) != "," ? gap : std::string_view{};
      }
    return {};
  }

  /// "80,300-": some ledgers print the sign behind the number; behind a year or a few digits it is a hyphen.
  bool minus_may_follow() const { return !out_.negative && !out_.open && (out_.grouped || out_.fraction_digits > 0) && !out_.year_like; }

  NumberText tail() {
    const bool bare = out_.begin + (digits_end_ - out_.begin) == digits_end_ && !out_.currency && !out_.open && !out_.negative;
    out_.end = static_cast<std::uint32_t>(at_);
    bool marked = false;
    while (at_ < text_.size()) {
      blanks();
      if (at_ == text_.size()) break;
      const char c = text_[at_];
      if (marked && !note_mark(rest())) return {};  // "56.2%(90) bps" are two numbers
      if (c == ')') {
        if (out_.open) out_.negative = true, out_.open = false;
        else out_.close = true;
        ++at_;
      } else if (c == '%') {
        out_.percent = true;
        ++at_;
      } else if (const std::size_t dash = dash_length(rest()); dash && at_ + dash == text_.size() && at_ == digits_end_ && minus_may_follow()) {
        out_.negative = out_.minus_behind = true;
        at_ += dash;
      } else if (to_lower(c) == 'x' && at_ + 1 == text_.size()) {
        out_.unit = 'x';
        ++at_;
      } else if (const PointsWord points = points_word(rest()); points.length) {
        out_.unit = points.unit;
        at_ += points.length;
      } else if (const ScaleWord scale = out_.power || out_.percent || out_.close ? ScaleWord{} : scale_behind(rest(), out_.currency || (out_.negative && at_ == digits_end_)); scale.length) {  // "-189m" beside "-3.9%"
        out_.power = scale.power;
        out_.year_like = false;
        at_ += scale.length;
        continue;  // no part of the print
      } else if (rest() == "p" || rest() == "p)" || rest().substr(0, 2) == "\u00a2") {  // pence, cents
        out_.unit = 'c';
        out_.currency = true;
        if (text_[at_] == 'p') out_.currency_code = "GBP";
        at_ += text_[at_] == 'p' ? 1 : 2;
      } else if (const std::size_t mark = note_mark(rest())) {
        at_ += mark;
        marked = true;
        out_.year_like = out_.year_like && bare;
        continue;  // no part of the print
      } else {
        return {};
      }
      out_.end = static_cast<std::uint32_t>(at_);
    }
    out_.year_like = out_.year_like && bare && !out_.percent && !out_.negative && !out_.close && !out_.unit;
    out_.kind = ValueText::number;
    return out_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t digits_end_ = 0;
  NumberText out_;
};

/// ")", "%", ")%", "(a)", "%(1)": what closes a number of the cell before.
NumberText read_suffix(std::string_view text) {
  NumberText out;
  std::size_t at = 0;
  bool any = false;
  while (at < text.size()) {
    if (is_space(text[at])) {
      ++at;
    } else if (text[at] == ')') {
      out.close = true;
      out.end = static_cast<std::uint32_t>(++at);
    } else if (text[at] == '%') {
      out.percent = true;
      out.end = static_cast<std::uint32_t>(++at);
    } else if (text.substr(at, 2) == "\u00a2") {
      out.unit = 'c';
      out.end = static_cast<std::uint32_t>(at += 2);
    } else if (const std::size_t mark = note_mark(text.substr(at))) {
      at += mark;
    } else if (const PointsWord points = iequals(text.substr(at), "x") ? PointsWord{1, 'x'} : points_word(text.substr(at)); points.length) {
      out.unit = points.unit;
      out.end = static_cast<std::uint32_t>(at += points.length);
    } else {
      return {};
    }
    any = true;
  }
  if (any) out.kind = ValueText::suffix;
  return out;
}

}  // namespace

NumberText read_number(std::string_view text, std::size_t limit) {
  const std::string_view shown = trim(text.substr(0, limit));
  if (shown.empty() || shown.size() > 60) return {};
  const auto offset = static_cast<std::uint32_t>(shown.data() - text.data());
  NumberText out;
  if (is_scale(shown)) return out;
  if (is_not_available(shown)) {
    out.kind = ValueText::not_available;
    out.end = static_cast<std::uint32_t>(shown.size());
  } else if (is_nil(shown)) {
    out.kind = ValueText::dash;
    out.currency = shown[0] == '$';
    out.end = static_cast<std::uint32_t>(shown.size());
  } else {
    out = Reader(shown).read();
    if (out.kind == ValueText::words) out = read_suffix(shown);
  }
  out.begin += offset;
  out.end += offset;
  if (out.kind == ValueText::number && out.negative) out.value = -out.value;
  return out;
}

std::optional<NumberText> read_minus_behind(std::string_view text) {
  const std::string_view t = trim(text);
  constexpr std::size_t longest = 12;
  std::size_t dash = 0;
  if (t.size() < 2 || t.size() > longest) return std::nullopt;
  for (std::size_t at = t.size(); at-- > 0 && !dash;)
    if (const std::size_t n = dash_length(t.substr(at)); n && at + n == t.size()) dash = n;
    else if (is_digit(t[at])) break;
  if (!dash || !is_digit(t[t.size() - dash - 1])) return std::nullopt;
  NumberText n = read_number(text.substr(0, text.rfind(t.substr(t.size() - dash))));
  if (n.kind != ValueText::number || n.negative || n.open || n.percent || n.unit) return std::nullopt;
  n.negative = n.minus_behind = true;
  n.value = -n.value;
  n.end += static_cast<std::uint32_t>(dash);
  n.year_like = false;
  return n;
}

namespace {

NumberText moved(NumberText n, std::size_t by) {
  n.begin += static_cast<std::uint32_t>(by);
  n.end += static_cast<std::uint32_t>(by);
  return n;
}

std::optional<NumberRange> range_of(std::string_view text, std::size_t left, std::size_t right) {
  NumberText low = read_number(text.substr(0, left)), high = moved(read_number(text.substr(right)), right);
  if (low.kind != ValueText::number || high.kind != ValueText::number || low.open || low.close || high.open || high.close) return std::nullopt;
  if (low.year_like && high.year_like) return std::nullopt;
  const bool marked = low.currency || high.currency || low.percent || high.percent || low.unit || high.unit || low.fraction_digits > 0 || high.fraction_digits > 0 || low.grouped || high.grouped;
  const bool spaced = left > 0 && is_space(text[left - 1]);
  if (!marked && !spaced) return std::nullopt;  // "10-15"
  const bool signs_of_both = low.percent && high.percent;
  low.percent = high.percent = low.percent || high.percent;
  low.unit = high.unit = low.unit ? low.unit : high.unit;
  if (!low.power) low.power = high.power;  // "$1.2 to $1.3 billion"
  low.currency = high.currency = low.currency || high.currency;
  if (low.currency_code.empty()) low.currency_code = high.currency_code;
  if (high.currency_code.empty()) high.currency_code = low.currency_code;
  if (signs_of_both && high.value < low.value) std::swap(low, high);  // "(3)% to (4)%": told from the better end
  return low.value < high.value ? std::optional(NumberRange{std::move(low), std::move(high)}) : std::nullopt;
}

}  // namespace

std::optional<NumberRange> read_number_range(std::string_view text) {
  constexpr std::size_t longest = 48;
  if (text.size() < 3 || text.size() > longest || std::count_if(text.begin(), text.end(), is_digit) < 2) return std::nullopt;
  const std::size_t begin = istarts_with(text, "up ") ? 3 : text.starts_with('~') ? 1 : 0;  // "up 24% to 25%", "~2% - 3%"
  for (std::size_t at = begin + 1; at + 1 < text.size(); ++at) {
    const bool word = at + 3 < text.size() && is_space(text[at - 1]) && to_lower(text[at]) == 't' && to_lower(text[at + 1]) == 'o' && is_space(text[at + 2]);
    const std::size_t length = word ? 2 : dash_length(text.substr(at));
    if (length == 0) continue;
    auto range = range_of(text.substr(begin), at - begin, at - begin + length);
    if (!range) continue;
    for (NumberText* end : {&range->low, &range->high}) *end = moved(std::move(*end), begin);
    return range;
  }
  return std::nullopt;
}

std::optional<NumberText> read_rough_number(std::string_view text) {
  std::size_t at = 0;
  for (const std::string_view lead : {"~", "\u2248", "approximately ", "approx. ", "about ", "around "})
    if (istarts_with(text, lead)) at = lead.size();
  if (at == 0) return std::nullopt;
  NumberText n = moved(read_number(text.substr(at)), at);
  return n.kind == ValueText::number ? std::optional(std::move(n)) : std::nullopt;
}

}  // namespace factpress::tables
