#include "assemble/claim_doubts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "assemble/figures.h"
#include "assemble/slips.h"
#include "base/date.h"
#include "base/text.h"

namespace factpress::assemble {

using facts::Claim;
using facts::RawFact;
using model::Verdict;

std::string Doubts::of(const Question& q) const {
  const Claim& c = bench_.reading.claims[q.claim];
  const RawFact& raw = bench_.reading.facts[c.fact];
  if (c.bound != Claim::Bound::exact) return "the words leave the number open";
  if (!raw.filable || raw.confidence < 0.5) return "the claim itself could not be read for sure";
  if (!c.period) return "its period is not said for sure";
  if (!raw.dimensions.empty()) return "a part of the company, which the tables may draw otherwise";
  if (c.kind == Claim::Kind::multiple) return "a multiple in words";
  if (icontains(c.subject, "repurchase")) return "shares bought back are counted by trade or by payment, with taxes or without";
  if (istarts_with(trim(c.sentence_text), "core ") && !icontains(c.subject, "core")) return "the sentence begins with a core measure";
  if (icontains(c.sentence_text, "would have been")) return "the sentence tells what would have been";
  if (c.kind == Claim::Kind::change_percent && (icontains(c.subject, "margin") || icontains(c.subject, " rate") || icontains(c.subject, " ratio"))) return "a margin's change may be told in points";
  if (c.kind == Claim::Kind::change_percent && !c.period_told && !c.base_told) return "neither of its periods is told";
  if (const std::string other = base_doubt(q); !other.empty()) return other;
  if (const std::string other = sibling_doubt(c); !other.empty()) return other;
  if (const std::string about = opening_doubt(c); !about.empty()) return about;
  if (lengths_differ(q.claim)) return "the same period may be one of another length";
  if (const std::string word = narrowing_word(raw, c); !word.empty()) return fmt::format("the sentence narrows it (\"{}\")", word);
  const Answer& best = q.found.front();
  for (const Answer& a : q.found) {
    if (!a.exact_words && best.exact_words) continue;
    if (!a.exact_words) return "the tables call it otherwise";
    if (!(a.range.overlaps(best.range) || (-a.range).overlaps(best.range))) return "the tables give more than one number for it";
  }
  if (!q.wanted.adjusted && adjusted_behind(c, raw)) return "the sentence calls it adjusted, which the tables' item of that name is not";
  if (const std::string rounded = rounded_doubt(q); !rounded.empty()) return rounded;
  if (icontains(c.subject, "adjusted") || icontains(c.subject, "non-gaap")) {
    const std::string label = lower(bench_.label_of(best.parts.front().number));
    const bool another = !icontains(label, "adjust") && !icontains(label, "non-gaap") && !icontains(label, "core") && !icontains(label, "normal") && !icontains(label, "ebitda") && !icontains(label, "excluding");
    if (another) return "the tables' item of that name is not called adjusted";
  }
  // An item of a longer or shorter name has just the claim's number: it is meant, unless the sentence shows that it is not.
  for (const Answer& a : q.found) {
    const Interval said = Interval::rounded(raw.value, raw.decimals);
    if (a.exact_words || !(said.agrees(a.range) || said.agrees(-a.range))) continue;
    if (!is_refuted({a.parts.front().number, true}, q)) return fmt::format("it may mean {}", bench_.name_of(a.parts.front().number));
  }
  const bool direct = c.kind == Claim::Kind::level || c.kind == Claim::Kind::count || c.kind == Claim::Kind::per_unit;
  if (direct) {
    for (const OtherReading& other : lookup_.other_readings(q.wanted, Interval::rounded(raw.value, raw.decimals), q.known)) {
      if (!is_refuted(other, q)) return fmt::format("it may mean {}", bench_.name_of(other.number));
    }
  }
  return close_enough(raw, best) ? "" : "the numbers are so far apart that another item is likely meant";
}

/// The average of the item, or the item of a part of the company, changed by just as much ("Loan growth of 2%", of average loans). Where no words tell what a change is from, it may
/// be from another column of the row, most often from the quarter before.
std::string Doubts::base_doubt(const Question& q) const {
  const Claim& c = bench_.reading.claims[q.claim];
  const bool percent = c.kind == Claim::Kind::change_percent;
  if (!percent && c.kind != Claim::Kind::change_amount) return "";
  const RawFact& raw = bench_.reading.facts[c.fact];
  const Interval said = Interval::rounded(raw.value, raw.decimals);
  if (const int other = lookup_.changed_otherwise(q.wanted, said, percent, q.known); other != nothing) return fmt::format("it may mean the change of {}", bench_.name_of(other));
  if (c.base_told) return "";
  for (const Answer& a : q.found) {
    const Number& now = bench_.numbers[a.parts.front().number];
    if (now.table == nothing || !bench_.cell(now).period) continue;
    const tables::Period& period = *bench_.cell(now).period;
    for (int column = 0; column < static_cast<int>(bench_.table(now.table).columns.size()); ++column) {
      const int other = bench_.at(now.table, now.row, column);
      if (other == nothing || other == a.parts.front().number) continue;
      const auto& before = bench_.cell(bench_.numbers[other]).period;
      if (!before || before->instant() != period.instant() || !(before->end < period.end)) continue;
      if (changed_by(now, bench_.numbers[other], said, percent)) return fmt::format("it may be the change from {}", bench_.name_of(other));
    }
  }
  return "";
}

/// "$3.23 diluted EPS or $3.29 as adjusted", "$0.29 (non-GAAP)".
bool Doubts::adjusted_behind(const Claim& c, const RawFact& raw) {
  constexpr std::size_t reach = 26;  // characters
  for (std::size_t at = c.sentence_text.find(raw.printed); at != std::string::npos; at = c.sentence_text.find(raw.printed, at + 1)) {
    const std::string_view behind = std::string_view(c.sentence_text).substr(at + raw.printed.size(), reach);
    if (icontains(behind.substr(0, behind.find_first_of(";$")), "as adjusted") || icontains(behind.substr(0, 12), "non-gaap") || icontains(behind, "adjusted basis")) return true;
  }
  return false;
}

/// "increased $10.2 billion" from 355,079 to 365,345 million, which another table prints as 355.1 and 365.3 billion: the change of the amounts as
/// they are printed there.
std::string Doubts::rounded_doubt(const Question& q) const {
  const Claim& c = bench_.reading.claims[q.claim];
  const RawFact& raw = bench_.reading.facts[c.fact];
  const Answer& best = q.found.front();
  if (c.kind != Claim::Kind::change_amount || best.parts.size() != 2 || !raw.decimals) return "";
  const Number& now = bench_.numbers[best.parts[0].number];
  const Number& then = bench_.numbers[best.parts[1].number];
  if (now.table == nothing || then.table == nothing) return "";
  const auto prints = [&](const Number& n, const Number& exact) {  // the same amount, in the claim's digits
    return n.table != nothing && n.decimals == raw.decimals && bench_.cell(n).period && bench_.cell(exact).period && bench_.cell(n).period->end == bench_.cell(exact).period->end &&
           n.value == exact.value.rounded(*raw.decimals, Rounding::half_away);
  };
  for (const Number& n : bench_.numbers) {
    if (!prints(n, now)) continue;
    for (int column = 0; column < static_cast<int>(bench_.table(n.table).columns.size()); ++column) {
      const int other = bench_.at(n.table, n.row, column);
      if (other == nothing || !prints(bench_.numbers[other], then)) continue;
      if ((n.value - bench_.numbers[other].value).abs() == raw.value.abs()) return fmt::format("it is the change of the rounded amounts of another table, {} - {}", grouped(n.value), grouped(bench_.numbers[other].value));
    }
  }
  return "";
}

std::vector<const Proof*> Doubts::beside(const Claim& c) const {
  std::vector<const Proof*> out;
  const auto found = sentences_.find(c.sentence.begin);
  if (found == sentences_.end()) return out;
  for (int i : found->second) {
    const Proof& p = bench_.proofs[i];
    if (bench_.reading.claims[p.claim].fact != c.fact) out.push_back(&p);
  }
  return out;
}

bool Doubts::same_rows(const std::vector<Part>& a, const std::vector<Part>& b) const {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [this](const Part& x, const Part& y) {
    const Number &m = bench_.numbers[x.number], &n = bench_.numbers[y.number];
    return m.table == n.table && m.row == n.row;
  });
}

/// Another number of the tables that equals the claim's is no excuse where the sentence itself rules it out: where it gives that
/// number already, for what the number is; where its other claims, proved, show that the item was read rightly, and the other
/// number is of another item; or that the period was, and the other number is of another period.
bool Doubts::is_refuted(const OtherReading& other, const Question& q) const {
  const Claim& c = bench_.reading.claims[q.claim];
  const Number& n = bench_.numbers[other.number];
  const Number& best = bench_.numbers[q.found.front().parts[0].number];
  const bool same_row = q.found.front().parts.size() == 1 && n.table == best.table && n.row == best.row;
  const auto& its_period = bench_.cell(n).period;
  const bool same_period = its_period && its_period->end == q.wanted.period.end && (its_period->instant() || *its_period == q.wanted.period);
  int item = 0, period = 0;
  for (const Proof* p : beside(c)) {
    if (p->verdict != Verdict::proved) continue;
    const Claim& sibling = bench_.reading.claims[p->claim];
    if (p->parts.size() == 1 && p->parts[0].number == other.number) return true;
    item += static_cast<int>(same_rows(p->parts, q.found.front().parts));
    period += static_cast<int>(sibling.period == c.period);
  }
  if (same_period) return item >= 1;
  if (same_row || other.called_so) return period >= 2;
  return item + period >= 1;
}

/// A change whose level the same sentence prints, and which is not the level of the tables, is about something else.
std::string Doubts::sibling_doubt(const Claim& c) const {
  for (const Proof* at : beside(c)) {
    const Proof& p = *at;
    const Claim& other = bench_.reading.claims[p.claim];
    const bool linked = (c.of_fact >= 0 && other.fact == c.of_fact) || (other.of_fact >= 0 && other.of_fact == c.fact);
    const bool together = other.sentence == c.sentence && other.subject == c.subject && other.fact != c.fact;
    if (p.verdict != Verdict::proved && (linked || amount_of(c, other) || (together && !p.arithmetic.empty()))) return fmt::format("{} beside it is not that of the tables either", bench_.reading.facts[other.fact].printed);
  }
  return "";
}

/// "a loss of $2,463 million in other items, or $4.49 per share": the per-share amount is of whatever the amount before it is.
bool Doubts::amount_of(const Claim& c, const Claim& other) const {
  const RawFact& mine = bench_.reading.facts[c.fact];
  const RawFact& theirs = bench_.reading.facts[other.fact];
  const bool money = theirs.unit.size() == 3 && theirs.unit != "pure";
  return mine.unit.find("/shares") != std::string::npos && money && other.sentence == c.sentence && theirs.span.end <= mine.span.begin &&
         mine.span.begin - theirs.span.end < 400 && other.period == c.period;
}

/// A slip changes a digit or swaps two; whoever means another item is usually far away.
bool Doubts::close_enough(const RawFact& raw, const Answer& a) {
  if (!raw.decimals) return false;
  const Decimal fitting = a.value.rounded(*raw.decimals, Rounding::half_away).abs();
  const Decimal even = a.value.rounded(*raw.decimals, Rounding::half_even).abs();
  const Decimal printed = raw.value.abs();
  if (one_digit_apart(printed, fitting) || one_digit_apart(printed, even) || neighbours_swapped(printed, fitting)) return true;
  return (printed - fitting).abs() * Decimal(10) <= fitting;
}

/// "for the three months ... increased from 78% for the same period in 2022 to 80%" below a heading of six months: the words of
/// the sentence tell one length of time, and the claim's period has another; or its numbers were given periods of two.
bool Doubts::lengths_differ(int claim) const {
  const std::vector<Claim>& claims = bench_.reading.claims;
  const Claim& c = claims[claim];
  if (!c.period || c.period->instant() || !icontains(c.sentence_text, "same period")) return false;
  const auto length = [](const tables::Period& p) { return p.end.days() - p.start->days(); };
  int told = 0;
  for (const auto& [words, days] : {std::pair{"three months", 91}, std::pair{"six months", 182}, std::pair{"nine months", 273}, std::pair{"twelve months", 365}})
    if (icontains(c.sentence_text, words)) told = told ? -1 : days;
  if (told > 0 && std::abs(length(*c.period) - told) > 40) return true;
  const int from = std::max(claim - 4, 0), to = std::min(claim + 5, static_cast<int>(claims.size()));
  return std::any_of(claims.begin() + from, claims.begin() + to, [&](const Claim& o) {
    return o.sentence == c.sentence && o.period && !o.period->instant() && std::abs(length(*o.period) - length(*c.period)) > 20;
  });
}

/// What the words that a sentence opens with, or its subject, say against taking the item of that name for the company's own.
std::string Doubts::opening_doubt(const Claim& c) const {
  std::string_view text = trim(c.sentence_text);
  if (text.size() > 3 && text[0] == '(' && is_digit(text[1]) && (text[2] == ')' || text[3] == ')')) return "a note to a table may tell of a part of the item";
  for (const char* word : {"excluding ", "adjusted for ", "on an organic basis", "on a constant", "on a comparable", "on an adjusted", "on a pro forma"})
    if (istarts_with(text, word)) return fmt::format("the sentence narrows it (\"{}\")", trim(word));
  if (istarts_with(text, "in ") && text.size() > 4 && is_upper(text[3])) {  // "In Personal Insurance, earned premiums increased by 13%"
    const std::string_view name = text.substr(3, text.find(',') == std::string_view::npos ? 0 : text.find(',') - 3);
    const bool period = has_digit(name) || month_number(name) != 0;
    if (!name.empty() && name.size() < 60 && !period && !icontains(c.subject, name)) return fmt::format("the sentence speaks of {}", name);
  }
  const std::string subject = lower(trim(c.subject));
  for (const char* word : {"other", "others", "total", "items", "adjustments"})
    if (subject == word) return "its name is too general";
  if (c.kind == Claim::Kind::change_amount)
    for (const char* word : {"payable", "receivable", "inventor", "prepaid", "accrued", "deferred revenue", "other assets", "other liabilities"})
      if (subject.find(word) != std::string::npos) return "the change may be that of the cash flows";
  return "";
}

/// A word near the number that makes it another measure than the one that the subject names.
std::string Doubts::narrowing_word(const RawFact& raw, const Claim& c) const {
  if (!bench_.reading.document.source) return "";
  const std::uint32_t from = std::max(c.sentence.begin, raw.span.begin > 80 ? raw.span.begin - 80 : 0);
  if (from >= raw.span.begin) return "";
  std::string_view near = bench_.reading.document.source->text({from, raw.span.begin});
  if (const std::size_t clause = near.rfind(" and "); clause != std::string_view::npos) near.remove_prefix(clause);
  for (const char* word : {"segment", "division", "excluding", "adjusted", "non-gaap", "pro forma", "organic", "constant currency", "comparable", "same-store",
                           "subsidiary", "u.s.", "united states", "international", "domestic", "americas", "north america", "emea", "europe", "asia", "apac", "dealer", "customer", "exchange rate", "fluctuations in", "pre-tax", "after-tax", "impact of", "contribution", "of which", "including", "related to", "due to"}) {
    if (icontains(near, word) && !icontains(c.subject, word)) return word;
  }
  const std::string lowered = lower(near);
  for (const char* cause : {"driven by", "resulting from", "result of", "attributable to", "offset by", "consisted of", "consisting of", "impacts of"}) {  // what follows is another item's
    const std::size_t at = lowered.rfind(cause);
    if (at != std::string::npos && near.substr(at).find(',') == std::string_view::npos && !icontains(c.subject, cause)) return cause;
  }
  const std::uint32_t to = std::min(c.sentence.end, raw.span.end + 60);
  const std::string_view after = to > raw.span.end ? bench_.reading.document.source->text({raw.span.end, to}) : std::string_view();
  for (const char* word : {"excluding", "constant currency", "local currency", "organic", "on an adjusted basis", "adjusted for"}) {
    if (icontains(after, word)) return word;
  }
  return "";
}

}  // namespace factpress::assemble
