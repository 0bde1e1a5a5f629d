#include "facts/prose_governor.h"

#include <algorithm>

#include "base/text.h"
#include "facts/prose_frame.h"

namespace factpress::facts::prose {
namespace {

using GK = Governor::Kind;

bool vacuous(const Text& t, const Phrase& p) {
  static constexpr std::string_view words[] = {"total", "range", "amount", "record", "high", "low", "sum", "excess", "average", "approximately", "all-time high", "record high", "aggregate", "level", "rate"};
  (void)t;
  const std::string w = lower(p.words.empty() ? p.full : p.words);
  return std::find(std::begin(words), std::end(words), w) != std::end(words);
}

bool verb_of_change(const Sentence& s, std::size_t i) {
  const Text& t = s.text;
  if (!t.is(i, up_verb | down_verb)) return false;
  if (t.is_word(i, "up") && t.is_word(i + 1, "to") && s.inside(i + 2) && s.number(i + 2) >= 0 && !(i > s.range.begin && t.is(i - 1, be_verb))) return false;
  // "an increase", "the decline": a noun
  if (t.is(i, up_noun | down_noun) && i > s.range.begin &&
      (t.is(i - 1, determiner | praise | modifier) || s.number(i - 1) >= 0 || (t.is(i - 1, measure) && (t.is_word(i + 1, "of") || t.is_word(i + 1, "in")) && !t.word(i).ends_with("s"))))
    return false;
  if (t.is_word(i, "reduced") && t.is(i - 1, determiner)) return false;
  return true;
}

GK classify_word(const Sentence& s, std::size_t k, bool& known) {
  const Text& t = s.text;
  const std::string_view w = t.word(k);
  known = true;
  if (w == "of") return GK::of;
  if (w == "by") return GK::by;
  if (w == "to" || w == "into") return GK::to;
  if (w == "from") return GK::from;
  if (w == "at") return GK::at;
  if (w == "or" || w == "and" || w == "plus") return GK::joint;
  if (w == "versus" || w == "vs" || w == "against" || w == "than") return GK::compare;
  if (w == "with" || w == "including" || w == "excluding" || w == "for" || w == "in" || w == "on" || w == "over" || w == "through" || w == "under" || w == "per" || w == "between" || w == "within") return GK::with;
  if (t.is(k, compare)) return GK::compare;
  if (t.is(k, be_verb)) return GK::be;
  if (verb_of_change(s, k)) return GK::change;
  if (t.is(k, level_verb)) return GK::level;
  if (t.is(k, report_verb) && !t.is(k, measure | instant_measure)) return GK::transitive;
  if (t.is(k, future) && !t.is(k, measure)) return w == "guidance" || w == "outlook" || w == "target" || w == "targets" ? GK::noun : GK::transitive;
  if (t.is(k, clause_word | conjunction)) return GK::start;
  if (t.is(k, other_verb)) return GK::be;
  known = t.tokens[k].kind == Token::Kind::word;
  return GK::noun;
}

/// "(in the) 16.5% to 17.5% range": the number at `begin` opens it.
bool opens_a_range(const Sentence& s, std::size_t begin) {
  constexpr std::size_t longest = 12;  // tokens
  std::size_t i = begin;
  while (i < s.range.end && i < begin + longest && (s.number(i) >= 0 || s.text.is_word(i, "to") || s.text.is_word(i, "and") || s.text.is_mark(i, '-'))) ++i;
  return i > begin && i < s.range.end && s.text.is_word(i, "range");
}

/// "is estimated to be", "are now estimated to be": says what is to come, where a range follows.
bool is_estimated(const Sentence& s, std::size_t i) {
  const Text& t = s.text;
  if (!t.is_word(i, "estimated") || !t.is_word(i + 1, "to") || i <= s.range.begin) return false;
  const std::size_t before = t.is(i - 1, adverb) && i > s.range.begin + 1 ? i - 2 : i - 1;
  return t.is_word(before, "is") || t.is_word(before, "are");
}

}  // namespace

Governor find_governor(const Sentence& s, std::size_t begin) {
  const Text& t = s.text;
  std::size_t i = begin;
  for (int guard = 0; i > s.range.begin && guard < 24; ++guard) {
    const std::size_t k = i - 1;
    if (const int p = s.period(k); p >= 0) {
      i = s.periods[static_cast<std::size_t>(p)].tokens.begin;
      if (i > s.range.begin && t.is_mark(i - 1, ',') && i >= s.range.begin + 2 && t.is(i - 2, be_verb | level_verb | up_verb | down_verb)) --i;
      const PeriodRef& ref = s.periods[static_cast<std::size_t>(p)];
      if (!ref.adverb && (ref.lead == PeriodRef::Lead::from || ref.lead == PeriodRef::Lead::over) && i > s.range.begin && !s.owns(ref)) --i;
      continue;
    }
    if (s.number(k) >= 0) return {GK::noun, k};
    const Token& token = t.tokens[k];
    if (token.kind == Token::Kind::mark) {
      switch (token.mark) {
        case ',': {
          // "was, on a reported basis, $5 million"
          return {GK::joint, k};
        }
        case '(': case '[': return {GK::open, k};
        case ':': case '_': return {GK::colon, k};
        case '-': if (!token.glued) return {GK::colon, k}; return {GK::start, k};
        case '"': case '~': case '+': case '\'': case 'o': i = k; continue;
        case '=': return {GK::colon, k};
        case ')': {
          std::size_t open = k;
          while (open > s.range.begin && !t.is_mark(open, '(') && k - open < 14) --open;
          if (!t.is_mark(open, '(')) return {GK::start, k};
          bool holds = false;
          for (std::size_t m = open; m < k; ++m) holds = holds || s.number(m) >= 0;
          if (holds) return {GK::joint, k};
          i = open;
          continue;
        }
        default: return {GK::start, k};
      }
    }
    if (token.kind == Token::Kind::number) {
      i = k;
      continue;
    }
    const std::string_view w = t.word(k);
    const std::string_view before = k > s.range.begin && t.tokens[k - 1].kind == Token::Kind::word ? t.word(k - 1) : std::string_view{};
    if (w == "than" && (before == "more" || before == "less" || before == "greater" || before == "fewer" || before == "better")) { i = k - 1; continue; }
    if ((w == "least" || w == "most") && before == "at") { i = k - 1; continue; }
    if (w == "to" && before == "up" && !(k >= s.range.begin + 2 && t.is(k - 2, be_verb))) { i = k - 1; continue; }
    if (w == "in" && opens_a_range(s, begin)) { i = k; continue; }
    if (w == "minus" && before == "or") return {GK::with, k};
    if (w == "of" && (before == "excess")) { i = k >= s.range.begin + 2 && t.is_word(k - 2, "in") ? k - 2 : k - 1; continue; }
    if (w == "over" && k > s.range.begin && (t.is(k - 1, up_noun | down_noun) || s.number(k - 1) >= 0)) return {GK::compare, k};  // "a 33% increase over the $6.6 million in ...", "up 33% over"
    if (w == "over" && !(k > s.range.begin && (t.is(k - 1, up_noun | down_noun) || s.period(k - 1) >= 0))) { i = k; continue; }
    if (w == "under" && t.is(k + 1, determiner)) return {GK::with, k};  // "outstanding under its $150 million credit facility"
    if ((w == "above" || w == "below" || w == "under" || w == "near") && k > s.range.begin && !t.is_word(k - 1, "was")) { i = k; continue; }
    if ((w == "around" || w == "about" || t.is(k, approximate)) ) { i = k; continue; }
    if (t.is(k, determiner | praise | adverb) && !t.is(k, pronoun)) { i = k; continue; }
    if (w == "additional" || w == "another" || w == "further" || w == "combined" || w == "aggregate" || w == "estimated" || w == "between" || w == "negative" || w == "only" || w == "be") {
      if (w != "be") { i = k; continue; }
    }
    bool known = false;
    const GK kind = classify_word(s, k, known);
    if (w == "with" && compare_marker_before(s, k + 1)) return {GK::compare, k};
    if (w == "for" && before.starts_with("account")) return {GK::level, k - 1};
    if (w == "to" && (before == "came" || before.starts_with("amount") || before == "equal" || before == "equates" || before == "rounded")) return {GK::level, k - 1};
    if (w == "at" && before == "in" && k >= s.range.begin + 2 && (t.is_word(k - 2, "came") || t.is_word(k - 2, "comes") || t.is_word(k - 2, "coming"))) return {GK::level, k - 2};
    if (w == "to" && (before == "due" || before == "attributable" || before == "owing" || before == "thanks")) return {GK::cause, k - 1};
    if (w == "of" && before == "because") return {GK::cause, k - 1};
    if (w == "which" && before == "of") return {GK::part, k - 1};
    if (w == "on" && before == "based") return {GK::basis, k - 1};
    if (kind == GK::transitive && k > s.range.begin + 1 && t.is_word(k - 1, "previously") && t.is(k - 2, determiner)) { i = k - 1; continue; }  // "a previously announced range of"
    if (kind == GK::of) {
      const Phrase p = phrase_before(s, k);
      if (vacuous(t, p) && p.tokens.begin > s.range.begin && p.tokens.begin < k && p.dimensions.empty()) {
        i = p.tokens.begin;
        if (t.is(i - 1, preposition) && (t.is_word(i - 1, "in") || t.is_word(i - 1, "for")) && i - 1 > s.range.begin) --i;
        if (s.number(i - 1) >= 0) return {GK::joint, i};
        continue;
      }
    }
    if (kind == GK::at && k > s.range.begin && s.number(k - 1) < 0 && t.is(k - 1, be_verb | level_verb | other_verb | report_verb) && !t.is(k - 1, measure | instant_measure)) return {GK::level, k - 1};
    if (kind == GK::joint && k > s.range.begin && t.is_word(k, "and") && t.is_word(k - 1, "to")) { i = k; continue; }
    return {kind, k};
  }
  return {GK::start, s.range.begin};
}

std::size_t aside_before(const Sentence& s, std::size_t at) {
  const Text& t = s.text;
  constexpr std::size_t near = 30;  // tokens
  for (std::size_t k = at; k > s.range.begin + 1 && at - k < near; --k) {
    if (t.is_word(k - 1, "excluding") || t.is_word(k - 1, "including")) return k - 1;
    if (t.is_mark(k - 1, ',') || t.is_mark(k - 1, ';') || t.is_mark(k - 1, ':') || t.is_mark(k - 1, ')') || t.is(k - 1, be_verb | level_verb | up_verb | down_verb | compare | clause_word)) return 0;
  }
  return 0;
}

Phrase subject_before(const Sentence& s, std::size_t verb) {
  const Text& t = s.text;
  std::size_t j = verb;
  while (j > s.range.begin) {
    if (const int p = s.period(j - 1); p >= 0) {
      j = s.periods[static_cast<std::size_t>(p)].tokens.begin;
      continue;
    }
    const bool aux = t.is(j - 1, be_verb) || t.is_word(j - 1, "has") || t.is_word(j - 1, "have") || t.is_word(j - 1, "had") || t.is(j - 1, adverb) || t.is_word(j - 1, "to") || is_estimated(s, j - 1) ||
                     (t.is(j - 1, future) && !t.is(j - 1, measure) && !t.is_word(j - 1, "guidance") && !t.is_word(j - 1, "outlook") && !t.is_word(j - 1, "may"));
    if (!aux) break;
    --j;
  }
  bool excluding = false;  // "Operating income, excluding special charges of $12.0 million, was"
  if (const std::size_t aside = j > s.range.begin && t.is_mark(j - 1, ',') ? aside_before(s, j - 1) : 0; aside && t.is_mark(aside - 1, ',')) {
    excluding = t.is_word(aside, "excluding");
    j = aside - 1;
  }
  Phrase p = phrase_before(s, j, true);
  p.non_gaap = p.non_gaap || (excluding && !p.empty());
  if (!p.empty() || p.pronoun || j == s.range.begin || !(t.is_word(j - 1, "and") || t.is_word(j - 1, "but"))) return p;
  // "cash flow was solid and increased 3%": the verb before has the subject.
  for (std::size_t k = j - 1; k > s.range.begin && j - k < 24; --k) {
    if (s.number(k - 1) >= 0 || t.is_mark(k - 1, ';')) break;
    if (!t.is(k - 1, be_verb | level_verb) && !verb_of_change(s, k - 1)) continue;
    std::size_t v = k - 1;
    while (v > s.range.begin && t.is(v - 1, be_verb | adverb)) --v;
    return phrase_before(s, v);
  }
  return p;
}

Phrase change_subject(const Sentence& s, std::size_t verb, std::size_t until) {
  const Text& t = s.text;
  // An object between the verb and the amount: "reduced debt by", "increasing the allowance by".
  if (until > verb + 1 && !t.is_word(verb, "up") && !t.is_word(verb, "down")) {
    std::size_t i = verb + 1;
    while (i < until && (s.period(i) >= 0 || t.is(i, adverb))) ++i;
    if (i < until && t.tokens[i].kind == Token::Kind::word && !t.is(i, preposition | conjunction | higher_word) && s.number(i) < 0) {
      Phrase object = phrase_after(s, i, until);
      if (object.measure || !object.dimensions.empty()) return object;
    }
  }
  Phrase p = subject_before(s, verb);
  if (until > verb + 1 && p.dimensions.empty() && (t.is_word(verb + 1, "in") || t.is_word(verb + 1, "across")) && s.period(verb + 1) < 0) {
    const Phrase place = phrase_after(s, verb + 2, until);
    if (place.dimensions.empty() && !place.full.empty() && t.is(place.tokens.begin, place_name)) p.dimensions.emplace_back("Geography", place.full);
  }
  return p;
}

Change find_change(const Sentence& s, std::size_t at) {
  const Text& t = s.text;
  Change c;
  for (std::size_t i = at; i > s.range.begin && at - i < 48; --i) {
    const std::size_t k = i - 1;
    if (s.number(k) >= 0 || s.period(k) >= 0) continue;
    if (t.is_mark(k, ';')) return c;
    if (t.tokens[k].kind != Token::Kind::word) continue;
    if (t.is(k, up_noun | down_noun) && !verb_of_change(s, k)) {
      c.direction = t.is(k, up_noun) ? 1 : -1;
      c.at = k;
      c.noun = true;
      std::size_t end = k + 1;
      if (t.is_word(end, "in") || t.is_word(end, "of")) {
        const Phrase p = phrase_after(s, end + 1, at);
        if (p.measure && s.number(end + 1) < 0) c.subject = p;
      }
      if (c.subject.empty()) {
        c.subject = phrase_before(s, k + 1);
        if (c.subject.tokens.begin >= k) c.subject = Phrase{};
      }
      return c;
    }
    if (verb_of_change(s, k)) {
      c.direction = t.is(k, up_verb) ? 1 : -1;
      c.at = k;
      return c;
    }
    if (t.is(k, be_verb | level_verb) || (t.is(k, clause_word) && !t.is_word(k, "as") && !t.is_word(k, "since")) || t.is_word(k, "due") || t.is_word(k, "compared")) return c;
    if (t.is(k, report_verb) && !t.is(k, measure | instant_measure | up_verb | down_verb)) return c;
  }
  return c;
}

bool compare_marker_before(const Sentence& s, std::size_t begin) {
  const Text& t = s.text;
  std::size_t i = begin;
  for (int guard = 0; i > s.range.begin && guard < 12; ++guard) {
    const std::size_t k = i - 1;
    if (const int p = s.period(k); p >= 0) {
      i = s.periods[static_cast<std::size_t>(p)].tokens.begin;
      continue;
    }
    if (t.is(k, determiner | approximate | praise | adverb) || t.is_mark(k, ',')) {
      i = k;
      continue;
    }
    if (t.is_word(k, "versus") || t.is_word(k, "vs") || t.is_word(k, "against") || t.is(k, compare)) return true;
    if (t.is_word(k, "to") || t.is_word(k, "with") || t.is_word(k, "than")) {
      std::size_t j = k;
      while (j > s.range.begin && (s.period(j - 1) >= 0 || t.is(j - 1, adverb) || t.is_mark(j - 1, ','))) --j;
      if (j == s.range.begin) return false;
      return t.is(j - 1, compare) || t.is_word(j - 1, "relative") || (t.is_word(k, "than") && t.is(j - 1, higher_word | lower_word));
    }
    if (t.is_word(k, "from") || t.is_word(k, "over")) {
      const Change c = find_change(s, k);
      return c.direction != 0;
    }
    return false;
  }
  return false;
}

namespace {

/// "14% increase", "40% year-over-year revenue growth", "5% higher".
void read_change(const Sentence& s, std::size_t i, RightSide& r) {
  const Text& t = s.text;
  std::size_t first = i;
  for (std::size_t j = i; j < s.range.end && j < i + 8; ++j) {
    if (s.number(j) >= 0) return;
    if (const int p = s.period(j); p >= 0) {
      if (!s.periods[static_cast<std::size_t>(p)].adverb && s.periods[static_cast<std::size_t>(p)].lead != PeriodRef::Lead::none) return;
      j = s.periods[static_cast<std::size_t>(p)].tokens.end - 1;
      continue;
    }
    const Token& k = t.tokens[j];
    if (k.kind == Token::Kind::mark) {
      if ((k.mark == '-' && k.glued) || k.mark == '\'' || k.mark == '&' || k.mark == '/') continue;
      return;
    }
    if (k.kind != Token::Kind::word) return;
    if (t.is_word(j, "gain") && j == i && j > s.range.begin && (t.is_mark(j - 1, '%') || t.is_word(j - 1, "percent"))) {  // "a 5.0% gain"
      r.change = 1;
      r.near = true;
      return;
    }
    if ((k.classes & (up_noun | down_noun)) != 0) {
      if (t.is_word(j, "improvements") || t.is_word(j, "gains")) return;
      r.change = (k.classes & up_noun) ? 1 : -1;
      r.near = j <= i + 1;
      std::size_t after = j + 1;
      if (s.inside(after) && s.period(after) < 0 && (t.is_word(after, "in") || t.is_word(after, "of") || t.is_word(after, "to")) && !t.is_word(after, "to") && s.inside(after + 1) && s.number(after + 1) < 0)
        r.subject = phrase_after(s, after + 1, s.range.end);
      if (r.subject.empty() && j > first) r.subject = make_phrase(s, {first, j});
      if (!r.subject.measure && r.subject.dimensions.empty() && !(t.is_word(after, "in") && !r.subject.empty())) r.subject = Phrase{};
      return;
    }
    if ((k.classes & (higher_word | lower_word)) != 0 && j == i && !t.is_word(j, "more") ) {
      const bool than = t.is_word(j + 1, "than") || t.is_word(j + 1, "in") || t.is_word(j + 1, "year-over-year") || !s.inside(j + 1) || t.tokens[j + 1].kind == Token::Kind::mark ||
                        t.is_word(j + 1, "compared") || t.is_word(j + 1, "versus") || t.is(j + 1, adverb) || t.is_word(j + 1, "due") || t.is_word(j + 1, "because") || s.period(j + 1) >= 0 || t.is_word(j, "above") || t.is_word(j, "below");
      if (!than) return;
      r.change = (k.classes & higher_word) ? 1 : -1;
      r.comparative = true;
      r.near = true;
      return;
    }
    if (t.is_word(j, "more") && j == i && t.is_word(j + 1, "than")) {
      r.change = 1;
      r.comparative = r.near = true;
      return;
    }
    if ((k.classes & (preposition | conjunction | be_verb | level_verb | clause_word | compare | pronoun | determiner)) != 0) return;
    if ((k.classes & (report_verb | up_verb | down_verb)) != 0) return;
  }
}

/// Behind "the quarter's" of "39 percent of the quarter's revenue"; else where it was asked.
std::size_t behind_owner(const Sentence& s, std::size_t i) {
  const int p = i < s.range.end ? s.period(i) : -1;
  if (p < 0) return i;
  const PeriodRef& ref = s.periods[static_cast<std::size_t>(p)];
  return ref.tokens.end < s.range.end && s.owns(ref) ? ref.tokens.end : i;
}

/// Behind "(1.3%)" of "the $2.7 million (1.3%) increase in revenues"; else where it was asked.
std::size_t behind_percentage(const Sentence& s, std::size_t i) {
  const int k = s.text.is_mark(i, '(') && s.inside(i + 1) ? s.number(i + 1) : -1;
  if (k < 0) return i;
  const Number& n = s.numbers[static_cast<std::size_t>(k)];
  return n.kind == Number::Kind::percent && n.tokens.begin == i + 1 && s.text.is_mark(n.tokens.end, ')') ? n.tokens.end + 1 : i;
}

}  // namespace

RightSide read_right(const Sentence& s, const Number& n) {
  const Text& t = s.text;
  RightSide r;
  std::size_t i = n.after;
  if (t.is_mark(i, '-') && t.tokens[i].glued && s.inside(i + 1)) ++i;
  i = behind_percentage(s, i);
  if (i >= s.range.end) return r;
  read_change(s, i, r);
  if (const int p = s.period(i); p >= 0) return r;
  if (t.is_word(i, "of")) {
    r.of = true;
    r.phrase = phrase_after(s, behind_owner(s, i + 1), s.range.end);
    return r;
  }
  if (t.is_word(i, "in") || t.is_word(i, "for") || t.is_word(i, "as") || t.is_word(i, "from")) {
    if (t.is_word(i, "as") && !(t.is(i + 1, determiner) && false)) return r;
    if (s.period(i + 1) < 0 && !t.is_word(i, "from")) r.phrase = phrase_after(s, i + 1, s.range.end);
    if (!r.phrase.measure && (!t.is_word(i, "in") || t.is(i + 1, determiner))) r.phrase = Phrase{};
    return r;
  }
  if (t.tokens[i].kind == Token::Kind::word && s.number(i) < 0 && !t.is(i, preposition | conjunction | be_verb | level_verb | compare | clause_word | adverb)) {
    r.phrase = phrase_after(s, i, s.range.end);
    r.direct = true;
    const std::size_t blank = std::min(r.phrase.words.find(' '), r.phrase.words.size());
    if (r.phrase.pronoun || (!r.phrase.measure && std::string_view(r.phrase.words).substr(0, blank).ends_with("ed"))) r.phrase = Phrase{};
  }
  return r;
}

namespace {

/// "the last decade", "the past five years", "each of the last 12 quarters", "from 2006 to 2010": at their last word.
bool over_many_periods(const Text& t, std::size_t i) {
  const auto over = [&](std::size_t k) {  // "over the last"; "for the ninth time in the past four years, to $0.15" tells how often
    if (!t.is_word(k, "last") && !t.is_word(k, "past") && !t.is_word(k, "previous") && !t.is_word(k, "preceding")) return false;
    const std::size_t lead = k > 0 && t.is(k - 1, determiner) ? k - 1 : k;
    return lead > 0 && (t.is_word(lead - 1, "over") || t.is_word(lead - 1, "during") || t.is_word(lead - 1, "for") || t.is_word(lead - 1, "of") || (t.is_word(lead - 1, "in") && lead == 1));
  };
  if (i < 2) return false;
  if (t.is(i, duration_unit)) {
    if (t.is_word(i, "decade") || t.is_word(i, "decades")) return over(i - 1) || over(i - 2);
    const bool counted = t.is_number(i - 1) || t.is(i - 1, number_word) || t.is_word(i - 1, "several");
    return counted && (t.is_word(i, "years") || t.is_word(i, "quarters")) && over(i - 2);
  }
  const auto year = [&](std::size_t k) { return t.is_number(k) && plain_year(t.print(k)) != 0; };
  return year(i) && year(i - 2) && (t.is_word(i - 1, "to") || t.is_word(i - 1, "through")) && i > 2 && (t.is_word(i - 3, "from") || t.is_word(i - 3, "between"));
}

}  // namespace

Adjectives read_adjectives(const Sentence& s, const Number& n) {
  const Text& t = s.text;
  Adjectives a;
  const auto constant = [&](std::size_t i) {
    if (t.tokens[i].kind != Token::Kind::word) return false;
    const std::string_view w = t.word(i);
    return (w == "constant" && (t.is_word(i + 1, "currency") || t.is_word(i + 1, "currencies") || t.is_word(i + 1, "exchange") || t.is_word(i + 1, "dollar") || t.is_word(i + 1, "dollars") || t.is_word(i + 1, "rates"))) ||
           w == "constant-currency" || w == "currency-neutral" || (w == "currency" && t.is_word(i + 1, "neutral")) || w == "organic" || w == "organically" ||
           (w == "guidance" && t.is_word(i + 1, "rates")) || (w == "local" && (t.is_word(i + 1, "currency") || t.is_word(i + 1, "currencies"))) ||
           (w == "pro" && t.is_word(i + 1, "forma")) || (w == "seasonally" && t.is_word(i + 1, "adjusted")) || (w == "core" && t.is_word(i + 1, "growth"));
  };
  // Behind it, up to the next number or clause.
  for (std::size_t i = n.after; i < s.range.end && i < n.after + 10; ++i) {
    if (s.number(i) >= 0 || t.is_mark(i, ';')) break;
    if (t.is_mark(i, ',') && i > n.after + 1) break;
    if (t.is_word(i, "and") || t.is_word(i, "but") || t.is_word(i, "while")) break;
    a.constant_currency = a.constant_currency || constant(i);
    a.non_gaap = a.non_gaap || t.is_word(i, "non-gaap") || t.is_word(i, "excluding") || t.is_word(i, "adjusted");
    a.cumulative = a.cumulative || t.is_word(i, "since") || (t.is_word(i, "to") && t.is_word(i + 1, "date")) || over_many_periods(t, i);
  }
  // Before it, in its clause; what stands between commas belongs to the number before.
  bool aside = false;
  for (std::size_t i = n.tokens.begin; i > s.range.begin && n.tokens.begin - i < 24; --i) {
    const std::size_t k = i - 1;
    if (s.number(k) >= 0 || t.is_mark(k, ';')) break;
    aside = aside || t.is_mark(k, ',') || t.is_mark(k, ')');
    a.constant_currency = a.constant_currency || (!aside && constant(k));
    a.non_gaap = a.non_gaap || t.is_word(k, "non-gaap") || t.is_word(k, "excluding") || t.is_word(k, "adjusted") || t.is_word(k, "would");
    a.cumulative = a.cumulative || t.is_word(k, "since") || t.is_word(k, "cumulative") || t.is_word(k, "inception") || over_many_periods(t, k);
  }
  // "On a non-GAAP basis, ...", "Excluding this charge, ...", "Before special charges, ..." opens the sentence.
  a.non_gaap = a.non_gaap || (t.is_word(s.range.begin, "before") && !t.is(s.range.begin + 1, determiner));
  for (std::size_t i = s.range.begin; i < s.range.end && i < s.range.begin + 8; ++i) {
    if (s.number(i) >= 0) break;
    a.non_gaap = a.non_gaap || t.is_word(i, "non-gaap") || t.is_word(i, "excluding") || t.is_word(i, "adjusted");
    a.constant_currency = a.constant_currency || constant(i);
  }
  return a;
}

std::vector<std::pair<std::string, std::string>> read_lead_dimensions(const Sentence& s) {
  const Text& t = s.text;
  std::size_t i = s.range.begin;
  while (i < s.range.end && (t.is_mark(i, 'o') || t.is_mark(i, '"') || t.is_mark(i, '-') || t.is_mark(i, '*'))) ++i;
  if (!(t.is_word(i, "in") || t.is_word(i, "for") || t.is_word(i, "within")) || s.period(i) >= 0) return {};
  const std::size_t begin = i + 1;
  std::size_t end = begin;
  while (end < s.range.end && end < begin + 8 && !t.is_mark(end, ',')) ++end;
  if (!t.is_mark(end, ',')) return {};
  std::string words;
  bool place = true, capital = true;
  for (std::size_t k = begin; k < end; ++k) {
    if (s.period(k) >= 0 || s.number(k) >= 0) return {};
    if (t.is(k, determiner) || t.is_word(k, "segment")) continue;
    place = place && (t.is(k, place_name) || t.is_word(k, "united") || t.is_word(k, "states") || t.is_word(k, "u.s") || t.is_word(k, "and"));
    capital = capital && (t.tokens[k].capital || t.is_word(k, "and") || t.is_mark(k, '&'));
    if (!words.empty() && !t.tokens[k].glued) words += ' ';
    words += t.print(k);
  }
  if (words.empty() || t.is(begin, pronoun)) return {};
  if (place) return {{"Geography", words}};
  if (s.names.is_member(lower(words)) || (capital && t.is_word(end - 1, "segment"))) return {{"Segment", words}};
  return {};
}

/// "Current RPO, which we expect to recognize in the next 12 months, was $592.3 million": what is expected stands in a clause of its own, and the
/// sentence goes on behind it.
static bool in_closed_clause(const Sentence& s, std::size_t word, std::size_t at) {
  const Text& t = s.text;
  std::size_t begin = word;
  while (begin > s.range.begin && !t.is_mark(begin, ',')) --begin;
  std::size_t end = word;
  while (end < at && !t.is_mark(end, ',')) ++end;
  return t.is_mark(begin, ',') && (t.is_word(begin + 1, "which") || t.is_word(begin + 1, "defined") || t.is_word(begin + 1, "representing")) && end < at && t.is(end + 1, be_verb | level_verb | up_verb | down_verb);
}

bool about_future(const Sentence& s, std::size_t at) {
  const Text& t = s.text;
  for (std::size_t i = at; i > s.range.begin && at - i < 60; --i) {
    const std::size_t k = i - 1;
    if (t.is_mark(k, ';')) return false;
    if (is_estimated(s, k) && t.is_word(k + 2, "be") && (t.is_word(k + 3, "between") || (t.is_word(k + 3, "in") && s.inside(at)))) return true;
    if (!t.is(k, future)) continue;
    const std::string_view w = t.word(k);
    if (w == "may" && (t.tokens[k].capital || s.period(k) >= 0)) continue;
    if ((w == "expected") && t.is_word(k + 1, "credit")) continue;
    if ((w == "guidance" || w == "outlook" || w == "expectations") && k > s.range.begin && (t.is_word(k - 1, "exceeded") || t.is_word(k - 1, "our") ) && t.is(at > 0 ? at - 1 : 0, be_verb)) continue;
    if ((w == "guidance") && t.is_word(k + 1, "rates")) continue;
    if (w == "estimates" || w == "estimate" || w == "believes" || w == "plan" || w == "aims" || w == "goal" || w == "could" || w == "might" || w == "guided" || w == "target") {
      if (w == "believes") continue;
    }
    if (w == "would" && t.is_word(k + 1, "have")) continue;
    if (in_closed_clause(s, k, at)) continue;
    return true;
  }
  return false;
}

}  // namespace factpress::facts::prose
