#include "facts/prose_number.h"

#include <algorithm>

#include "base/text.h"

namespace factpress::facts::prose {
namespace {

constexpr std::size_t max_digits = 40;

/// The currency of a sign or code at token i; `size` tokens long.
struct Currency {
  std::string code;
  std::size_t size = 0;
};

std::string_view word_currency(std::string_view w) {
  if (w == "us" || w == "u.s") return "USD";
  if (w == "c" || w == "ca" || w == "can" || w == "cdn") return "CAD";
  if (w == "a" || w == "au") return "AUD";
  if (w == "hk") return "HKD";
  if (w == "s") return "SGD";
  if (w == "nz") return "NZD";
  if (w == "nt") return "TWD";
  if (w == "r") return "BRL";
  return {};
}

constexpr std::string_view codes[] = {"usd", "eur", "gbp", "jpy", "cad", "aud", "chf", "cny", "rmb", "inr", "hkd", "sgd", "nzd",
                                      "sek", "nok", "dkk", "brl", "mxn", "zar", "krw", "twd", "ils", "rub"};

Currency currency_at(const Text& t, std::size_t i, std::size_t end) {
  if (i >= end) return {};
  const Token& k = t.tokens[i];
  if (k.kind == Token::Kind::mark) {
    if (k.mark == '$') return {"USD", 1};
    if (k.mark == 'E') return {"EUR", 1};
    if (k.mark == 'P') return {"GBP", 1};
    if (k.mark == 'Y') return {"JPY", 1};
    return {};
  }
  if (k.kind != Token::Kind::word) return {};
  const std::string_view w = t.word(i);
  if (i + 1 < end && t.is_mark(i + 1, '$') && t.tokens[i + 1].glued)
    if (const auto code = word_currency(w); !code.empty()) return {std::string(code), 2};
  if (i + 2 < end && t.is_mark(i + 1, '.') && t.is_mark(i + 2, '$') && w == "u.s") return {"USD", 3};
  if (!k.capital) return {};
  for (const std::string_view code : codes)
    if (w == code) {
      std::string up;
      for (const char c : code) up += to_upper(c);
      return {up == "RMB" ? "CNY" : up, 1};
    }
  return {};
}

std::string_view name_currency(std::string_view w) {
  if (w == "dollars" || w == "dollar") return "USD";
  if (w == "euros" || w == "euro") return "EUR";
  if (w == "yen") return "JPY";
  if (w == "pounds") return "GBP";
  if (w == "yuan" || w == "renminbi") return "CNY";
  if (w == "rupees") return "INR";
  return {};
}

class Reader {
 public:
  Reader(const Text& text, Range sentence) : t_(text), s_(sentence) {}

  std::vector<Number> run() {
    for (std::size_t i = s_.begin; i < s_.end;) {
      const std::size_t next = read(i);
      i = next > i ? next : i + 1;
    }
    join_ranges();
    return std::move(out_);
  }

 private:
  /// Tries to read a number that begins at token i; the token behind it, or i.
  std::size_t read(std::size_t i) {
    Number n;
    std::size_t at = i;
    bool bracket = false;
    if (t_.is_mark(at, '(')) {
      bracket = true;
      ++at;
    }
    bool minus = false;
    const auto take_minus = [&] {
      if ((t_.is_mark(at, '-') || t_.is_mark(at, '_')) && at + 1 < s_.end && t_.tokens[at + 1].glued && (at == s_.begin || !t_.tokens[at].glued || bracket)) {
        minus = true;
        ++at;
      }
    };
    take_minus();
    if (t_.is_word(at, "negative") && at + 1 < s_.end && !bracket) {
      minus = true;
      ++at;
    }
    const Currency currency = currency_at(t_, at, s_.end);
    at += currency.size;
    bool inner = false;
    if (currency.size) {
      if (t_.is_mark(at, '(')) {
        inner = true;
        ++at;
      }
      if ((t_.is_mark(at, '-') || t_.is_mark(at, '_')) && at + 1 < s_.end && t_.is_number(at + 1)) {
        minus = true;
        ++at;
      }
    }
    if (at >= s_.end) return i;
    if (!t_.is_number(at)) return currency.size || bracket || minus ? i : read_word(i);
    if (t_.tokens[at].skip) return at + 1;
    n.currency = currency.code;
    if (currency.size) n.kind = Number::Kind::money;
    if (!set_digits(n, at)) return at + 1;
    const std::size_t number = at;
    ++at;
    at = scale_and_unit(n, at);
    bool closed = false;
    if (bracket || inner) {
      if (t_.is_mark(at, ')') && at < s_.end) {
        closed = true;
        ++at;
        at = scale_and_unit(n, at);
      } else if (inner) {
        closed = true;  // "$(0.01" with its bracket lost still is a loss
      }
    }
    std::size_t begin = i;
    if (bracket && !closed) begin = i + 1;
    if (bracket && closed && n.kind == Number::Kind::plain && !n.scaled && decimals_of(n) == 0) return at;  // "(1)": a mark
    if (closed && (inner || bracket) && brackets_negate(n, i, at, inner)) minus = true;
    else if (bracket && closed && !inner) {
      begin = i + 1;
      --at;
    }
    if (minus) {
      n.value = -n.value;
      n.negative = true;
    }
    n.tokens = {begin, at};
    return finish(n, number);
  }

  static int decimals_of(const Number& n) { return n.decimals.value_or(0); }

  /// A bracket that holds nothing but the number is a sign for money and percentages, and for plain decimals.
  bool brackets_negate(const Number& n, std::size_t i, std::size_t behind, bool inner) const {
    if (inner) return true;
    if (n.kind == Number::Kind::points) return false;
    // "grew to $5 million ($6 million in constant currency)" does not come here: its bracket closes later. A bracket that
    // restates the number before it ("40% (0.40)") is rare; a percentage alone in brackets behind a plain noun is a share.
    if (n.kind == Number::Kind::percent && i > s_.begin && t_.is_number(i - 1)) return false;
    if (says_change_again(n, i, behind)) return false;
    // "RMB1,402.7 million (US$199.9 million)": the same amount in another currency
    if (n.kind == Number::Kind::money && !out_.empty() && out_.back().tokens.end == i && out_.back().kind == Number::Kind::money && out_.back().currency != n.currency && !out_.back().negative) return false;
    return n.kind != Number::Kind::plain || decimals_of(n) > 0;
  }

  /// "increased $103 million (12.9 percent)", "rose to $803 million (12.9%)", "the $2.7 million (1.3%) increase", "rose 12% ($11 million)": what is in the
  /// bracket from `open` to the one before `behind` goes the way that the words tell of the number before it. "an operating loss of $12 million (3.2%)" tells none.
  bool says_change_again(const Number& n, std::size_t open, std::size_t behind) const {
    if (out_.empty() || out_.back().negative || out_.back().tokens.end != open || !t_.is_mark(behind - 1, ')')) return false;
    const Number& before = out_.back();
    const bool amount = before.kind == Number::Kind::money || (before.kind == Number::Kind::plain && !before.unit_word.empty());
    const bool other_measure = n.kind == Number::Kind::percent ? amount : n.kind == Number::Kind::money && n.scaled && before.kind == Number::Kind::percent;
    if (!other_measure) return false;
    constexpr std::size_t near = 14, behind_at_most = 3;  // tokens
    if (s_.end > behind && t_.is(behind, higher_word | lower_word)) return true;
    for (std::size_t k = behind; k < s_.end && k < behind + behind_at_most && t_.tokens[k].kind == Token::Kind::word && !t_.is(k, preposition | be_verb); ++k)
      if (t_.is(k, up_noun | down_noun)) return true;
    std::size_t begin = before.tokens.begin;
    if (begin > s_.begin && t_.is_word(begin - 1, "by")) return true;
    if (out_.size() > 1 && begin > s_.begin && t_.is_word(begin - 1, "to")) {  // "from $711 million to $803 million (12.9%)"
      const Number& base = out_[out_.size() - 2];
      if (base.tokens.end + 1 == begin && base.tokens.begin > s_.begin && t_.is_word(base.tokens.begin - 1, "from")) begin = base.tokens.begin - 1;
    }
    for (std::size_t k = begin; k > s_.begin && begin - k < near; --k) {
      if (t_.is(k - 1, up_verb | down_verb | up_noun | down_noun)) return true;
      if (t_.tokens[k - 1].kind == Token::Kind::mark || t_.is(k - 1, be_verb | level_verb | report_verb | clause_word)) return false;
    }
    return false;
  }

  bool set_digits(Number& n, std::size_t at) {
    const std::string_view print = t_.print(at);
    if (print.size() > max_digits) return false;
    std::string digits;
    int fraction = -1;
    for (const char c : print) {
      if (c == ',') continue;
      if (c == '.') {
        fraction = 0;
        if (digits.empty()) digits = "0";
      } else if (fraction >= 0) {
        ++fraction;
      }
      digits += c;
    }
    const auto value = Decimal::parse(digits);
    if (!value) return false;
    n.value = *value;
    n.decimals = std::max(fraction, 0);
    return true;
  }

  void scale(Number& n, int power) {
    n.value = n.value.shifted(power);
    n.decimals = decimals_of(n) - power;
  }

  /// Reads the scale word, the per-cent sign and the like behind the digits.
  std::size_t scale_and_unit(Number& n, std::size_t at) {
    const auto skip_hyphen = [&](std::size_t k) { return t_.is_mark(k, '-') && t_.tokens[k].glued ? k + 1 : k; };
    const std::size_t w = skip_hyphen(at);
    if (w < s_.end && t_.tokens[w].kind == Token::Kind::word && !n.scaled) {
      const std::string_view word = t_.word(w);
      const bool glued_suffix = t_.tokens[w].glued && w == at;
      const int power = scale_of_word(word);
      if (power && (word.size() > 1 || glued_suffix || (n.kind == Number::Kind::money && t_.tokens[w].capital))) {
        scale(n, power);
        n.scaled = true;
        at = w + 1;
      } else if (power == 0) {
        // "million-dollar" and hyphened adjectives: "$35-million"
        const std::size_t dash = word.find('-');
        if (dash != std::string_view::npos && scale_of_word(word.substr(0, dash)) >= 3 && word.substr(dash + 1) == "dollar") {
          scale(n, scale_of_word(word.substr(0, dash)));
          n.scaled = true;
          if (n.currency.empty()) n.currency = "USD";
          n.kind = Number::Kind::money;
          return w + 1;
        }
      }
    }
    return unit(n, at);
  }

  std::size_t unit(Number& n, std::size_t at) {
    if (at >= s_.end || n.kind == Number::Kind::percent || n.kind == Number::Kind::points) return at;
    if (n.kind == Number::Kind::money && !n.scaled && t_.is_word(at, "cents") && decimals_of(n) >= 2) return at + 1;  // "$0.05 cents"
    const std::size_t w = t_.is_mark(at, '-') && t_.tokens[at].glued ? at + 1 : at;
    if (t_.is_mark(at, '%') || t_.is_word(w, "percent") || t_.is_word(w, "pct") ||
        (t_.is_word(at, "per") && (t_.is_word(at + 1, "cent") || t_.is_word(at + 1, "centum")))) {
      if (n.kind == Number::Kind::money || n.scaled) return at;
      std::size_t end = t_.is_mark(at, '%') ? at + 1 : t_.is_word(at, "per") ? at + 2 : w + 1;
      if ((t_.is_word(end, "points") || t_.is_word(end, "point")) && end < s_.end) {
        n.kind = Number::Kind::points;
        ++end;
      } else {
        n.kind = Number::Kind::percent;
      }
      scale(n, -2);
      return end;
    }
    if (t_.is_word(w, "percentage") && (t_.is_word(w + 1, "points") || t_.is_word(w + 1, "point"))) return points(n, w + 2, -2);
    if (t_.is_word(w, "basis") && (t_.is_word(w + 1, "points") || t_.is_word(w + 1, "point"))) return points(n, w + 2, -4);
    if (t_.is_word(w, "basis-point")) return points(n, w + 1, -4);
    if (t_.is_word(w, "bps") || t_.is_word(w, "bp")) return points(n, w + 1, -4);
    if ((t_.is_word(w, "points") || t_.is_word(w, "pts") || t_.is_word(w, "point")) && n.kind == Number::Kind::plain && !n.scaled) return points(n, w + 1, -2);
    if ((t_.is_word(w, "cents") || t_.is_word(w, "cent") || t_.is_mark(w, 'c')) && n.kind == Number::Kind::plain) {
      n.kind = Number::Kind::money;
      n.currency = "USD";
      scale(n, -2);
      return w + 1;
    }
    if (n.kind == Number::Kind::plain && (t_.is_word(w, "pence") || (t_.is_word(at, "p") && t_.tokens[at].glued && decimals_of(n) > 0))) {
      n.kind = Number::Kind::money;
      n.currency = "GBP";
      scale(n, -2);
      return w + 1;
    }
    if (n.kind == Number::Kind::plain && t_.is_word(at, "x") && t_.tokens[at].glued) {
      n.kind = Number::Kind::multiple;
      return at + 1;
    }
    if (n.kind == Number::Kind::plain && t_.is_word(at, "times") && at + 1 < s_.end) {
      n.kind = Number::Kind::multiple;
      return at + 1;
    }
    if (n.kind != Number::Kind::multiple && at < s_.end && t_.tokens[at].kind == Token::Kind::word) {
      std::size_t c = at;
      if (t_.is(c, place_name) && c + 1 < s_.end) ++c;
      if (t_.is_word(at, "u.s") || t_.is_word(at, "us")) c = t_.is_mark(at + 1, '.') ? at + 2 : at + 1;
      if (c < s_.end && t_.tokens[c].kind == Token::Kind::word)
        if (const auto code = name_currency(t_.word(c)); !code.empty() && n.kind == Number::Kind::plain && !weighs(c)) {
          n.kind = Number::Kind::money;
          n.currency = std::string(code);
          return c + 1;
        }
      if (n.kind == Number::Kind::plain && t_.tokens[at].capital)
        if (const Currency code = currency_at(t_, at, s_.end); code.size == 1) {
          n.kind = Number::Kind::money;
          n.currency = code.code;
          return at + 1;
        }
    }
    return at;
  }

  /// "19.1 million pounds of lead", "copper production was 45.2 million pounds": a weight, no sterling.
  bool weighs(std::size_t i) const {
    if (!t_.is_word(i, "pounds") || t_.is_word(i + 1, "sterling")) return false;
    if (t_.is_word(i + 1, "of") || t_.is_word(i + 1, "per")) return true;
    for (std::size_t k = s_.begin; k < i; ++k)
      for (std::string_view w : {"production", "produced", "output", "shipments", "shipped", "volume", "volumes", "harvested", "mined"})
        if (t_.is_word(k, w)) return true;
    return false;
  }

  std::size_t points(Number& n, std::size_t end, int power) {
    if (n.kind == Number::Kind::money) return end - 1;
    n.kind = Number::Kind::points;
    scale(n, power);
    return end;
  }

  /// "a nickel", "two cents", "one million", "doubled", "three customers".
  std::size_t read_word(std::size_t i) {
    if (t_.tokens[i].kind != Token::Kind::word || t_.tokens[i].skip) return i;
    const std::string_view w = t_.word(i);
    Number n;
    n.word = true;
    if ((w == "a" || w == "one") && (t_.is_word(i + 1, "nickel") || t_.is_word(i + 1, "penny") || t_.is_word(i + 1, "dime") ||
                                     (t_.is_word(i + 1, "quarter") && t_.is_word(i + 2, "dollar")))) {
      const std::string_view coin = t_.word(i + 1);
      n.kind = Number::Kind::money;
      n.currency = "USD";
      n.value = Decimal::scaled(coin == "nickel" ? 5 : coin == "penny" ? 1 : coin == "dime" ? 10 : 25, -2);
      n.decimals = 2;
      n.tokens = {i, i + 2};
      return finish(n, i);
    }
    const int multiple = w == "doubled" || w == "doubles" || w == "doubling" || w == "twofold" || w == "two-fold" || w == "twice" ? 2
                         : w == "tripled" || w == "triples" || w == "tripling" || w == "threefold" || w == "three-fold"            ? 3
                         : w == "quadrupled" || w == "quadruples" || w == "fourfold" || w == "four-fold"                           ? 4
                                                                                                                                    : 0;
    if (multiple) {
      n.kind = Number::Kind::multiple;
      n.value = Decimal(multiple);
      n.decimals = 0;
      n.tokens = {i, i + 1};
      return finish(n, i);
    }
    if (w == "flat" || w == "unchanged") return read_flat(i, n);
    int value = number_of_word(w);
    if (value < 0 && w == "a" && i + 1 < s_.end && scale_of_word(t_.word(i + 1)) >= 3 && t_.tokens[i + 1].kind == Token::Kind::word) value = 1;
    if (value < 0) return i;
    n.value = Decimal(value);
    n.decimals = 0;
    std::size_t at = i + 1;
    at = scale_and_unit(n, at);
    if (at == i + 1 && (i + 1 >= s_.end || !t_.is(i + 1, unit_noun | modifier | instant_measure | praise) || t_.is(i + 1, period_noun | duration_unit))) return i;
    n.tokens = {i, at};
    return finish(n, i);
  }

  /// "was flat", "remained unchanged": a change of nothing, about.
  std::size_t read_flat(std::size_t i, Number& n) {
    if (i == s_.begin) return i;
    std::size_t b = i - 1;
    while (b > s_.begin && t_.is(b, adverb | approximate) ) --b;
    const bool said = t_.is(b, be_verb) || t_.is_word(b, "remained") || t_.is_word(b, "remain") || t_.is_word(b, "remaining") || t_.is_word(b, "essentially") || t_.is_word(b, "relatively") || t_.is_word(b, "held");
    const bool noun = i + 1 < s_.end && t_.tokens[i + 1].kind == Token::Kind::word && (t_.is_word(i + 1, "panel") || t_.is_word(i + 1, "rate") || t_.is_word(i + 1, "fee") || t_.is_word(i + 1, "rolled"));
    if (!said || noun) return i;
    n.kind = Number::Kind::percent;
    n.flat = true;
    n.bound = Claim::Bound::about;
    n.value = Decimal(0);
    n.decimals = 2;
    n.tokens = {i, i + 1};
    n.after = i + 1;
    out_.push_back(n);
    return i + 1;
  }

  /// Bounds before it, "per ..." and counted nouns behind it; drops it where it states nothing.
  std::size_t finish(Number& n, std::size_t digits) {
    n.after = n.tokens.end;
    read_per(n);
    read_bound(n);
    if (n.kind == Number::Kind::plain && !plain_states(n, digits)) return n.tokens.end;
    out_.push_back(n);
    return n.tokens.end;
  }

  /// "$0.47 basic and $0.45 diluted", "$0.47 per basic and $0.45 per diluted share", "$0.46 (basic)": which amount a share it is.
  bool read_flavour(Number& n) const {
    if (n.kind != Number::Kind::money || n.scaled || decimals_of(n) < 2 || n.value.abs() > Decimal(1000)) return false;
    std::size_t i = n.tokens.end;
    const bool open = t_.is_mark(i, '(');
    if (open || t_.is_word(i, "per")) ++i;
    if (t_.is_word(i, "fully")) ++i;
    if (i >= s_.end || !(t_.is_word(i, "basic") || t_.is_word(i, "diluted"))) return false;
    std::size_t next = i + 1;
    if (open && !t_.is_mark(next++, ')')) return false;
    const bool amount_follows = t_.is_word(next, "and") && !(t_.is_word(next + 1, "diluted") || t_.is_word(next + 1, "basic") || t_.is_word(next + 1, "fully"));
    const bool per_share = t_.is_word(next, "per") && t_.is_word(next + 1, "share");
    if (next < s_.end && !amount_follows && !per_share && (t_.tokens[next].kind != Token::Kind::mark || t_.is_mark(next, '-'))) return false;
    n.per_share = true;
    n.per = std::string(t_.print(i)) + " share";
    n.after = per_share ? next + 2 : next;
    return true;
  }

  void read_per(Number& n) {
    if (read_flavour(n)) return;
    std::size_t i = n.tokens.end;
    std::size_t open = 0;
    if (t_.is_mark(i, '(') && (t_.is_word(i + 1, "per"))) {
      open = 1;
      ++i;
    }
    const bool article = (t_.is_word(i, "a") || t_.is_word(i, "an")) && n.kind == Number::Kind::money && i + 1 < s_.end &&
                         (t_.is_word(i + 1, "share") || t_.is_word(i + 1, "diluted") || t_.is_word(i + 1, "unit"));
    const bool each = t_.is_mark(i, '/') && t_.tokens[i].glued && i + 1 < s_.end && t_.tokens[i + 1].kind == Token::Kind::word;
    if (i >= s_.end || !(t_.is_word(i, "per") || article || each)) return read_per_behind(n);
    std::size_t j = i + 1;
    std::size_t last = j;
    bool share = false;
    for (; j < s_.end && j < i + 8 && t_.tokens[j].kind == Token::Kind::word; ++j) {
      const std::string_view w = t_.word(j);
      if (w == "share" || w == "shares" || w == "ads" || w == "unit" || w == "ads's") {
        share = w != "unit";
        last = j + 1;
        ++j;
        if (t_.is_mark(j, ')') && open) last = j + 1;
        if (t_.is_mark(j, '(') && t_.is_word(j + 1, "diluted") && t_.is_mark(j + 2, ')')) last = j + 3;
        break;
      }
      const bool flavour = w == "diluted" || w == "basic" || w == "common" || w == "ordinary" || w == "fully" || w == "and" || w == "american" ||
                           w == "depositary" || w == "class" || w == "limited" || w == "partner" || w == "adjusted" || w == "outstanding";
      if (!flavour) {
        last = j + 1;
        break;
      }
    }
    if (n.kind == Number::Kind::percent || n.kind == Number::Kind::points) return;
    n.per_share = share;
    const std::size_t from = i + 1 < last ? t_.tokens[i + 1].begin : t_.tokens[i].begin;
    if (last > i + 1) n.per = t_.raw.substr(from, t_.tokens[last - 1].end - from);
    if (share && !n.per.empty() && n.per.back() == ')' && open) n.per.pop_back();
    n.after = last;
  }

  /// "$0.48 dividends declared per common share".
  void read_per_behind(Number& n) const {
    if (n.kind != Number::Kind::money || n.scaled || decimals_of(n) < 2 || n.value.abs() > Decimal(1000)) return;
    for (std::size_t i = n.tokens.end; i < s_.end && i < n.tokens.end + 7 && t_.tokens[i].kind == Token::Kind::word; ++i)
      if (t_.is_word(i, "per")) {
        n.per_share = t_.is_word(i + 1, "share") || t_.is_word(i + 2, "share");
        if (!n.per_share) return;
        const bool flavoured = (t_.is_word(n.tokens.end, "diluted") || t_.is_word(n.tokens.end, "basic")) && !t_.is_word(n.tokens.end + 1, "and");
        n.per = flavoured ? std::string(t_.print(n.tokens.end)) + " share" : t_.is_word(i + 1, "share") ? "share" : std::string(t_.print(i + 1)) + " share";
        return;
      }
  }

  void read_bound(Number& n) {
    using Bound = Claim::Bound;
    std::size_t i = n.tokens.begin;
    for (int steps = 0; i > s_.begin && steps < 3; --i, ++steps) {
      const std::string_view w = t_.tokens[i - 1].kind == Token::Kind::word ? t_.word(i - 1) : std::string_view{};
      const std::string_view before = i >= 2 + s_.begin && t_.tokens[i - 2].kind == Token::Kind::word ? t_.word(i - 2) : std::string_view{};
      if (w == "a" || w == "an" || w == "the" || w == "record") continue;
      if (w == "approximately" || w == "about" || w == "around" || w == "roughly" || w == "approx" || w == "some" || w == "circa" || w == "near" ||
          w == "estimated") {
        n.bound = Bound::about;
      } else if (w == "nearly" || w == "almost") {
        n.bound = Bound::about;
      } else if (w == "over" && n.kind != Number::Kind::points && !(i >= 2 + s_.begin && (t_.is(i - 2, up_noun | down_noun) || t_.is_number(i - 2) || t_.is_mark(i - 2, '%') || t_.is_word(i - 2, "percent")))) {
        n.bound = Bound::at_least;
      } else if ((w == "than" && (before == "more" || before == "greater" || before == "better")) || (w == "least" && before == "at") ||
                 (w == "of" && before == "excess") || w == "exceeding" || w == "exceeded" || w == "exceeds" || w == "surpassed" || w == "topped" ||
                 w == "above" || (w == "more" && n.word)) {
        n.bound = Bound::at_least;
      } else if ((w == "than" && (before == "less" || before == "fewer")) || (w == "to" && before == "up") || (w == "most" && before == "at") ||
                 w == "under" || w == "below") {
        n.bound = Bound::at_most;
      } else if (w == "minus" && before == "or") {
        n.tolerance = true;
      }
      break;
    }
    if (n.tokens.begin > s_.begin && t_.is_mark(n.tokens.begin - 1, '~')) n.bound = Bound::about;
    const std::size_t before = n.tokens.begin;
    if (before > s_.begin && t_.is_mark(before - 1, '+') && t_.tokens[before - 1].end - t_.tokens[before - 1].begin == 2) n.tolerance = true;
    if (before > s_.begin + 2 && t_.is_mark(before - 1, '-') && t_.is_mark(before - 2, '/') && t_.is_mark(before - 3, '+')) n.tolerance = true;
    if (n.after < s_.end && t_.is_mark(n.after, '+') && t_.tokens[n.after].glued) n.bound = Bound::at_least;
    if (n.after + 1 < s_.end && t_.is_word(n.after, "or") && (t_.is_word(n.after + 1, "more") || t_.is_word(n.after + 1, "greater"))) n.bound = Bound::at_least;
    if (n.after + 1 < s_.end && t_.is_word(n.after, "or") && (t_.is_word(n.after + 1, "less") || t_.is_word(n.after + 1, "fewer"))) n.bound = Bound::at_most;
  }

  bool is_duration(std::size_t i) const { return i < s_.end && (t_.is(i, duration_unit) || t_.is_word(i, "basis")); }

  /// Whether a bare number counts or measures something. Sets its counted noun.
  bool plain_states(Number& n, std::size_t digits) {
    const std::size_t after = n.tokens.end;
    if (n.per_share) return true;
    if (n.scaled) {
      n.unit_word = counted_noun(after);
      return true;
    }
    if (n.word && n.value <= Decimal(1)) return false;
    if (leads_range(after)) return true;
    if (after < s_.end && t_.is_mark(after, '-') && t_.tokens[after].glued) return false;  // "13-week", "2-for-1"
    if (after < s_.end && t_.is_mark(after, '/') && t_.tokens[after].glued) return false;
    if (is_duration(after)) return false;
    if (t_.is_mark(after, ')') && n.tokens.begin > s_.begin && t_.is_mark(n.tokens.begin - 1, '(')) return false;
    const std::string_view print = t_.print(digits);
    const bool grouped = print.find(',') != std::string_view::npos;
    const bool year = !grouped && !n.word && print.size() == 4 && n.value >= Decimal(1900) && n.value <= Decimal(2100);
    if (year) return false;
    if (n.tokens.begin > s_.begin) {
      const std::size_t b = n.tokens.begin - 1;
      if (t_.is_mark(b, '#') || t_.is_mark(b, '/') || t_.is_mark(b, '&') || t_.is_mark(b, '@')) return false;
      if (t_.is_mark(b, '-') && t_.tokens[b].glued && t_.tokens[n.tokens.begin].glued) return false;
      if (t_.is(b, reference | month) || (t_.is_mark(b, '.') && t_.is_word(b - 1, "no"))) return false;
      if (t_.tokens[b].kind == Token::Kind::word && t_.tokens[n.tokens.begin].glued) return false;
    }
    // A list number at the beginning: "1. Revenue", "2) ..."
    if (n.tokens.begin == s_.begin && after < s_.end && (t_.is_mark(after, '.') || t_.is_mark(after, ')'))) return false;
    if (n.tokens.begin == 0 && !n.word && !grouped && n.value < Decimal(40)) return false;  // a footnote or list number
    n.unit_word = counted_noun(after);
    if (n.unit_word.empty()) n.unit_word = counted_behind_range(n);
    if (!n.unit_word.empty()) return true;
    if (n.tokens.begin == s_.begin) return false;
    const std::size_t b = n.tokens.begin - 1;
    // "Windows 10", "Route 66": a name with its number.
    if (t_.tokens[b].kind == Token::Kind::word && t_.tokens[b].capital && !t_.is(b, measure | instant_measure | be_verb | level_verb) && b > s_.begin) return false;
    // Otherwise it must be said of something: "a ratio of 91.3", "totaled 3,495", "compared to 93.0".
    return t_.is(b, be_verb | level_verb | compare | approximate | up_verb | down_verb) || t_.is_word(b, "of") || t_.is_word(b, "to") ||
           t_.is_word(b, "from") || t_.is_word(b, "with") || t_.is_word(b, "by") || t_.is_word(b, "and") || t_.is_word(b, "at") || t_.is_word(b, "than") ||
           t_.is_word(b, "over") || t_.is_word(b, "record") || t_.is_word(b, "or");
  }

  /// "18-20%", "18 to 20 percent", "between 3 and 5 million": the other end prints the unit.
  bool leads_range(std::size_t after) const {
    if (after + 2 >= s_.end || !(t_.is_mark(after, '-') || t_.is_mark(after, '_') || t_.is_word(after, "to") || t_.is_word(after, "and")) || !t_.is_number(after + 1) || t_.tokens[after + 1].skip) return false;
    const std::size_t u = after + 2;
    return t_.is_mark(u, '%') || t_.is_word(u, "percent") || t_.is_word(u, "basis") || t_.is_word(u, "cents") || t_.is_word(u, "percentage") ||
           (t_.tokens[u].kind == Token::Kind::word && scale_of_word(t_.word(u)) >= 6);
  }

  /// "between 1,900 and 2,100 units", "20 to 25 stores": what the other end counts.
  std::string counted_behind_range(const Number& n) const {
    const std::size_t to = n.tokens.end;
    const bool joined = t_.is_word(to, "to") || t_.is_mark(to, '_') || (t_.is_word(to, "and") && preceded_by_between(n.tokens.begin));
    return joined && to + 2 < s_.end && t_.is_number(to + 1) && !t_.tokens[to + 1].skip ? counted_noun(to + 2) : std::string();
  }

  /// A plural, or a noun that counts without being one.
  bool countable(std::size_t i) const {
    const std::string_view w = t_.word(i);
    const bool plural = w.size() > 3 && w.back() == 's' && w[w.size() - 2] != 's' && !w.ends_with("'s");
    return plural || t_.is(i, unit_noun) || w == "people" || w == "headcount" || w == "aircraft" || w == "feet" || w == "men" || w == "women" || w == "staff";
  }

  /// The noun that a bare number counts: the head of the phrase behind it, a plural or a unit of measure.
  std::string counted_noun(std::size_t i) const {
    std::size_t head = 0;
    bool found = false;
    for (std::size_t j = i; j < s_.end && j < i + 7; ++j) {
      const Token& k = t_.tokens[j];
      if (k.kind != Token::Kind::word || k.skip) break;
      if ((k.classes & (be_verb | preposition | conjunction | determiner | pronoun | compare | future | clause_word)) != 0) break;
      if ((k.classes & (level_verb | report_verb | up_verb | down_verb | other_verb)) != 0 && (k.classes & (unit_noun | measure)) == 0 && j > i) break;
      if ((k.classes & (month | duration_unit | period_noun)) != 0) return {};
      if (!found || countable(j)) head = j;
      found = true;
    }
    if (!found) return {};
    const std::string_view w = t_.word(head);
    const bool measure_unit = w.ends_with("/d") || w.ends_with("/day") || w.ends_with("cfe") || w == "bbl" || w == "boe" || w == "mw" || w == "gw" || w == "tb";
    if (!measure_unit && !countable(head)) return {};
    if (t_.is(head, reference) && head == i) return {};
    return std::string(measure_unit ? t_.print(head) : w);
  }

  /// "$1.0 to $1.2 billion", "between 45% and 47%", "45%-47%": two ends share scale, unit and bound.
  void join_ranges() {
    for (std::size_t k = 0; k + 1 < out_.size(); ++k) {
      Number& a = out_[k];
      Number& b = out_[k + 1];
      const std::size_t gap = a.tokens.end;
      if (b.tokens.begin < gap || b.tokens.begin - gap != 1 || a.range_with >= 0) {
        continue;
      }
      const bool to = t_.is_word(gap, "to") || t_.is_mark(gap, '-') || t_.is_mark(gap, '_');
      const bool between = t_.is_word(gap, "and") && a.tokens.begin > s_.begin && preceded_by_between(a.tokens.begin);
      if (!to && !between) continue;
      const bool from = a.tokens.begin > s_.begin && t_.is_word(a.tokens.begin - 1, "from");
      const bool ranging = from && a.tokens.begin >= s_.begin + 2 && (t_.is_word(a.tokens.begin - 2, "range") || t_.is_word(a.tokens.begin - 2, "ranging") || t_.is_word(a.tokens.begin - 2, "ranged") || t_.is_word(a.tokens.begin - 2, "ranges"));
      if (from && !ranging) continue;
      if (to && leads_to_level(a, b)) continue;
      if (!share_unit(a, b)) continue;
      a.range_with = static_cast<int>(k + 1);
      b.range_with = static_cast<int>(k);
      b.range_high = true;
      if (b.per_share && !a.per_share) a.per_share = true, a.per = b.per;
      if (a.per.empty()) a.per = b.per;
      if (a.unit_word.empty()) a.unit_word = b.unit_word;
    }
  }

  /// "increased by $6.9 million to $7.5 million": an amount of change and the level it leads to, not a range.
  bool leads_to_level(const Number& a, const Number& b) const {
    if (!t_.is_word(a.tokens.end, "to") || (a.kind == Number::Kind::plain && b.kind != Number::Kind::plain)) return false;
    std::size_t i = a.tokens.begin;
    while (i > s_.begin && t_.is(i - 1, approximate | determiner)) --i;
    if (i == s_.begin) return false;
    const bool changes = t_.is_word(i - 1, "by") || t_.is(i - 1, up_verb | down_verb) || of_a_change(i - 1, a, b);
    if (!changes) return false;
    bool ahead = false;
    for (std::size_t k = s_.begin; k < i; ++k) ahead = ahead || (t_.is(k, future) && !t_.is_word(k, "may"));
    if (ahead) return false;
    return !(a.kind == Number::Kind::percent && b.kind == Number::Kind::percent && t_.is(i - 1, up_verb | down_verb));
  }

  /// "a decrease in the average balance of $163.6 million to $5.35 billion": at "of". Amounts that lie near one another may be the ends of a range.
  bool of_a_change(std::size_t of, const Number& a, const Number& b) const {
    constexpr int far = 2;
    constexpr std::size_t near = 8;  // tokens
    if (!t_.is_word(of, "of") || a.kind == Number::Kind::percent || b.value.abs() < a.value.abs() * Decimal(far)) return false;
    for (std::size_t k = of; k > s_.begin && of - k < near && t_.tokens[k - 1].kind == Token::Kind::word; --k)
      if (t_.is(k - 1, up_noun | down_noun)) return true;
    return false;
  }

  bool preceded_by_between(std::size_t begin) const {
    for (std::size_t i = begin; i > s_.begin && i + 3 > begin; --i)
      if (t_.is_word(i - 1, "between")) return true;
    return false;
  }

  bool in_cents(const Number& n) const {
    for (std::size_t i = n.tokens.begin; i < n.tokens.end; ++i)
      if (t_.is_word(i, "cents") || t_.is_word(i, "cent") || t_.is_mark(i, 'c')) return true;
    return false;
  }

  /// Gives the first end of a range what only the second prints. False where the two cannot be one range.
  bool share_unit(Number& a, Number& b) {
    if (a.kind == Number::Kind::money && b.kind == Number::Kind::plain) {
      b.kind = Number::Kind::money;
      b.currency = a.currency;
    }
    if (b.kind == Number::Kind::money && a.kind == Number::Kind::plain) {
      a.kind = Number::Kind::money;
      a.currency = b.currency;
      if (in_cents(b)) scale(a, -2);  // "87 to 91 cents"
    }
    if (a.kind == Number::Kind::plain && (b.kind == Number::Kind::percent || b.kind == Number::Kind::points)) {
      scale(a, b.kind == Number::Kind::percent || decimals_of(b) - 2 >= 0 ? (b.kind == Number::Kind::points && decimals_of(b) >= 4 ? -4 : -2) : -2);
      a.kind = b.kind;
    }
    if (a.kind != b.kind) return false;
    if (b.scaled && !a.scaled && !a.per_share) {
      int power = 0;
      for (std::size_t i = b.tokens.begin; i < b.tokens.end; ++i)
        if (t_.tokens[i].kind == Token::Kind::word && scale_of_word(t_.word(i)) > 2) power = scale_of_word(t_.word(i));
      if (a.value.magnitude() < 4) {
        scale(a, power);
        a.scaled = true;
      }
    }
    return true;
  }

  const Text& t_;
  Range s_;
  std::vector<Number> out_;
};

}  // namespace

std::vector<Number> read_numbers(const Text& text, Range sentence) { return Reader(text, sentence).run(); }

}  // namespace factpress::facts::prose
