#include "facts/prose_emit.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "diag/codes/facts.h"

namespace factpress::facts::prose {
namespace {

using Kind = Claim::Kind;

/// "net loss" with "per diluted share" becomes "net loss per diluted share".
std::string with_share(std::string label, const Number& n) {
  if (!n.per_share) return n.per.empty() || icontains(label, " per ") ? label : label + " per " + n.per;
  const bool flavoured = n.per.starts_with("basic") || n.per.starts_with("diluted");
  if (flavoured && label.ends_with(" per share") && !icontains(label, "basic") && !icontains(label, "diluted")) return label.substr(0, label.size() - std::string_view("share").size()) + n.per;
  if (icontains(label, "per share") || icontains(label, "per diluted") || icontains(label, "per common") || icontains(label, "per basic") || icontains(label, "eps") || icontains(label, "a share"))
    return label;
  return label + (label.empty() ? "per " : " per ") + (n.per.empty() ? std::string("share") : n.per);
}

std::string subject_label(const Statement& st) {
  if (!st.subject.words.empty()) return st.subject.words;
  if (!st.subject.dimensions.empty()) return st.subject.dimensions.back().second;
  return {};
}

}  // namespace

bool Emitter::states(const Sentence& s, const Statement& st, const Section& section) const {
  const Number& n = s.numbers[st.number];
  if (n.tolerance && st.pair >= 0) return false;  // "plus or minus 2%": how wide a range is, no value of its item
  const bool said = !st.vague && !subject_label(st).empty();
  if (n.kind == Number::Kind::multiple && n.word) return said && st.subject.measure;
  if (n.flat) return said && st.subject.measure;
  if (n.kind == Number::Kind::multiple) return said && (st.subject.measure || st.subject.non_gaap);
  if (n.kind != Number::Kind::plain) return true;
  if (section.boilerplate) return false;
  if (n.scaled || n.per_share) return true;
  if (!n.unit_word.empty()) return true;
  return said && (st.subject.measure || icontains(st.subject.words, "number of"));
}

std::string Emitter::unit_of(const Sentence& s, const Statement& st, const Number& n) const {
  (void)s;
  switch (n.kind) {
    case Number::Kind::percent:
    case Number::Kind::points:
    case Number::Kind::multiple: return "pure";
    case Number::Kind::money: {
      const std::string currency = n.currency.empty() || n.currency == "USD" ? dollar_ : n.currency;
      const bool share_label = icontains(st.subject.words, "per share") || icontains(st.subject.words, "per diluted") || icontains(st.subject.words, "per common share") || icontains(st.subject.words, "per basic") ||
                               icontains(st.subject.words, "eps");
      if (n.per_share || (share_label && !n.scaled) || st.share_like) return currency + "/shares";
      return currency;
    }
    case Number::Kind::plain: break;
  }
  if (n.per_share) return dollar_ + "/shares";
  if (n.unit_word == "shares" || n.unit_word == "share") return "shares";
  if (!n.unit_word.empty()) return n.unit_word;
  const std::string l = lower(st.subject.words);
  if ((l.find("shares") != std::string::npos || l.find("share count") != std::string::npos) && (n.scaled || n.value > Decimal(1000))) return "shares";
  const std::size_t of = l.find("number of ");
  if (of != std::string::npos) {
    std::string rest = l.substr(of + 10);
    const std::size_t stop = rest.find_first_of(",(");
    if (stop != std::string::npos) rest.resize(stop);
    for (const std::string_view cut : {" in ", " at ", " for ", " of ", " on "})
      if (const std::size_t p = rest.find(cut); p != std::string::npos) rest.resize(p);
    const std::size_t blank = rest.rfind(' ');
    return blank == std::string::npos ? rest : rest.substr(blank + 1);
  }
  return "pure";
}

RawFact Emitter::make_fact(std::size_t index, const document::Block& block, const Sentence& s, const Statement& st) const {
  const Number& n = s.numbers[st.number];
  RawFact f;
  f.kind = FactKind::prose;
  f.label = with_share(subject_label(st), n);
  f.dimensions = st.subject.dimensions;
  f.period = st.period;
  f.unit = unit_of(s, st, n);
  f.value = st.negate && !n.negative ? -n.value : n.value;
  f.decimals = n.decimals;
  f.block = index;
  f.text_begin = s.text.tokens[n.tokens.begin].begin;
  f.text_end = s.text.tokens[n.tokens.end - 1].end;
  f.printed = s.text.raw.substr(f.text_begin, f.text_end - f.text_begin);
  f.span = block.text.source_span(f.text_begin, f.text_end);
  if (f.unit == "shares" || (n.kind == Number::Kind::plain && !n.scaled && n.decimals == 0)) {
    if (!n.scaled && n.decimals == 0) f.decimals.reset();  // counted: exact
  }
  return f;
}

void Emitter::doubt(RawFact& fact, const diag::CodeInfo& code, std::string reason) {
  fact.filable = false;
  fact.confidence = std::min(fact.confidence, 0.4);
  sink_.add({code, Place{document_.source, fact.span}, reason});
  fact.reasons.push_back(std::move(reason));
}

void Emitter::leave(const document::Block& block, const Text& text, Range range) {
  const Span span = block.text.source_span(text.tokens[range.begin].begin, text.tokens[range.end - 1].end);
  const auto numbers = std::count_if(text.tokens.begin() + static_cast<std::ptrdiff_t>(range.begin), text.tokens.begin() + static_cast<std::ptrdiff_t>(range.end),
                                     [](const Token& t) { return t.kind == Token::Kind::number; });
  sink_.add({diag::codes::facts_prose_figures, Place{document_.source, span},
             fmt::format("{} numbers follow one another here without the words of a sentence; they were left unread", numbers)});
}

namespace {

/// "The segment posted an operating loss of ...": of a part that no dimension names. Empty where the number's own words name it, or none is named.
std::string part_spoken_of(const Sentence& s, const Number& n, std::string_view subject) {
  for (std::size_t i = s.range.begin + 1; i < n.tokens.begin; ++i)
    for (std::string_view part : {"segment", "division", "subsidiary"})
      if (s.text.is_word(i, part) && !icontains(subject, part) && s.text.is(i - 1, determiner | pronoun)) return std::string(part);
  return {};
}

}  // namespace

void Emitter::add(std::size_t index, const document::Block& block, const Sentence& s, const std::vector<Statement>& statements, const Section& section, const Calendar& calendar) {
  (void)calendar;
  std::vector<int> at(statements.size(), -1);
  const std::size_t first_claim = claims_.size();
  std::string text;
  Span span;
  for (std::size_t k = 0; k < statements.size(); ++k) {
    const Statement& st = statements[k];
    if (!states(s, st, section)) continue;
    const Number& n = s.numbers[st.number];
    if (text.empty()) {
      const std::uint32_t from = s.text.tokens[s.range.begin].begin, to = s.text.tokens[s.range.end - 1].end;
      text = s.text.raw.substr(from, std::min<std::size_t>(to - from, 2000));
      span = block.text.source_span(from, to);
    }
    RawFact f = make_fact(index, block, s, st);
    Claim c;
    c.kind = st.kind;
    if (c.kind == Kind::level && icontains(f.label, "number of")) c.kind = Kind::count;
    if (c.kind == Kind::level && n.kind == Number::Kind::money && !f.unit.ends_with("/shares") && icontains(f.label, " per ")) c.kind = Kind::per_unit;
    const bool tolerated = k + 1 < statements.size() && s.numbers[statements[k + 1].number].tolerance && statements[k + 1].pair == static_cast<int>(k);
    c.bound = tolerated ? Claim::Bound::about : n.bound;
    c.subject = with_share(st.subject.full.empty() ? f.label : st.subject.full, n);
    c.period = st.period;
    c.base_period = st.base_period;
    c.direction = st.base ? 0 : st.direction;
    c.guidance = st.guidance;
    c.constant_currency = st.constant_currency;
    c.non_gaap = st.non_gaap;
    c.per_share = n.per_share || f.unit.ends_with("/shares");
    c.cumulative = st.cumulative;
    c.by_subject = st.by_subject;
    c.base_words = st.base_words;
    c.period_told = st.period_told;
    c.base_told = st.base_told;
    if (st.subject.dimensions.empty()) c.scope = !st.carried.empty() ? st.carried : section.scope;
    // A heading that names the item itself narrows nothing.
    if (!c.scope.empty() && st.carried.empty() && (icontains(c.subject, c.scope) || (c.subject.size() > 8 && icontains(c.scope, st.subject.words) && st.subject.words.size() > 8))) c.scope.clear();
    const std::string part = c.scope.empty() && st.subject.dimensions.empty() ? part_spoken_of(s, n, c.subject) : std::string();
    if (!part.empty()) c.scope = part;
    c.sentence = span;
    c.sentence_text = text;
    if (!st.period_told) f.confidence = 0.8;
    if (!c.scope.empty()) {
      f.filable = false;
      f.confidence = 0.5;
      f.reasons.push_back(part.empty() ? fmt::format("stands under \"{}\": it may be of that part alone", c.scope) : fmt::format("its sentence speaks of a {}, and does not say of which", part));
    }
    if (st.vague || f.label.empty())
      doubt(f, diag::codes::facts_prose_subject, fmt::format("what \"{}\" is about could not be told", f.printed));
    else if (!st.period && !st.guidance)
      doubt(f, diag::codes::facts_prose_period, fmt::format("the period of \"{}\" ({}) could not be told", f.printed, f.label));
    else if (st.doubt == "period")
      doubt(f, diag::codes::facts_prose_period, fmt::format("\"{}\" ({}) is said of a year that has not ended: the quarter, the year to date or the whole year", f.printed, f.label));
    else if (st.doubt == "year")
      doubt(f, diag::codes::facts_prose_period, fmt::format("\"{}\" ({}) is said of a year where a quarter was spoken of: that quarter of it, or the whole year", f.printed, f.label));
    if (n.kind == Number::Kind::plain && n.scaled && n.unit_word.empty() && f.unit == "pure" && !n.per_share)
      doubt(f, diag::codes::facts_prose_unit, fmt::format("the unit of \"{}\" ({}) could not be told", f.printed, f.label));
    if (!st.subject.measure && f.filable) f.confidence = std::min(f.confidence, 0.7);
    at[k] = static_cast<int>(facts_.size());
    c.fact = at[k];
    facts_.push_back(std::move(f));
    claims_.push_back(std::move(c));
  }
  const auto link = [&](int statement) { return statement < 0 ? -1 : at[static_cast<std::size_t>(statement)]; };
  std::size_t claim = first_claim;
  for (std::size_t k = 0; k < statements.size(); ++k) {
    if (at[k] < 0) continue;
    Claim& c = claims_[claim++];
    c.of_fact = link(statements[k].of);
    c.base_fact = link(statements[k].base_of);
    c.pair = link(statements[k].pair);
    if (c.of_fact == c.fact) c.of_fact = -1;
  }
}

}  // namespace factpress::facts::prose
