#include <fmt/format.h>

#include <algorithm>

#include "assemble/claim_answers.h"
#include "assemble/claim_doubts.h"
#include "assemble/figures.h"
#include "assemble/passes.h"
#include "assemble/words.h"
#include "base/text.h"
#include "diag/codes/assemble.h"

namespace factpress::assemble {
namespace {

using facts::Claim;
using facts::RawFact;
using model::Verdict;

bool is_unit(const std::string& unit) { return unit != "pure"; }

class Judge {
 public:
  explicit Judge(Workbench& bench) : bench_(bench), lookup_(bench), answers_(bench, lookup_), doubts_(bench, lookup_) {}

  /// Claims of one sort: what the tables bear out first, so that the rest can be judged in its light.
  template <class Sort>
  void claims(Sort of_sort) {
    std::vector<std::pair<int, Question>> open;
    for (int i = 0; i < static_cast<int>(bench_.reading.claims.size()); ++i) {
      if (!of_sort(bench_.reading.claims[i])) continue;
      Question q = prove(i);
      if (!q.found.empty()) open.emplace_back(static_cast<int>(bench_.proofs.size()) - 1, std::move(q));
    }
    for (const auto& [proof, q] : open) weigh(bench_.proofs[proof], q);
  }

 private:
  static std::string title_of(const Claim& c, const RawFact& raw) {
    std::string title = with_capital(c.subject.empty() ? raw.label : c.subject);
    if (title.empty()) title = "Unnamed";
    if (c.period) title += ", " + period_words(*c.period);
    return fmt::format("{}: {}", title, raw.printed);
  }

  static std::string why_open(const Claim& c, const RawFact& raw) {
    if (c.guidance) return "an outlook, which no table of past periods can prove";
    if (c.constant_currency) return "measured at other exchange rates or on another basis than the tables";
    if (c.cumulative) return "a number since a date or over several periods, not over one";
    if (c.kind == Claim::Kind::range_low || c.kind == Claim::Kind::range_high) return "an end of a range";
    if (c.subject.empty() && raw.label.empty()) return "what it is about could not be told";
    if (!c.period && !raw.period) return "its period could not be told";
    return "";
  }

  std::vector<std::string> words_of(const Claim& c, const RawFact& raw) const {
    std::vector<std::string> words = lookup_.subject_words(c.subject.empty() ? raw.label : c.subject);
    for (const auto& [axis, member] : raw.dimensions) {
      for (const std::string& w : lookup_.subject_words(member)) words.push_back(w);
    }
    if (c.per_share || raw.unit.ends_with("/shares")) words.push_back("per"), words.push_back("share");
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
  }

  static tables::Period period_of(const Claim& c, const RawFact& raw) { return c.period ? *c.period : *raw.period; }

  /// Adds the claim's proof. The question comes back where the tables give another number.
  Question prove(int index) {
    const Claim& c = bench_.reading.claims[index];
    if (c.fact < 0 || static_cast<std::size_t>(c.fact) >= bench_.reading.facts.size()) return {};
    const RawFact& raw = bench_.reading.facts[c.fact];
    Proof p;
    p.kind = model::CheckKind::claim;
    p.span = raw.span;
    p.claim = index;
    p.title = title_of(c, raw);
    p.result = {c.fact, 1, raw.value, c.subject};
    p.reason = why_open(c, raw);
    Question q;
    if (p.reason.empty()) {
      q = ask(index, c, raw);
      if (decide(c, raw, p, q) || from_another_base(index, c, raw, p, q)) q.found.clear();
    }
    doubts_.judged(c, static_cast<int>(bench_.proofs.size()));
    bench_.proofs.push_back(std::move(p));
    return q;
  }

  Question ask(int index, const Claim& c, const RawFact& raw) {
    Question q;
    q.claim = index;
    q.wanted = {words_of(c, raw), is_unit(raw.unit) ? raw.unit : std::string(), period_of(c, raw), c.non_gaap || says_adjusted(c.subject)};
    q.found = answers_.find(c, raw, q.wanted, q.known);
    if (q.found.empty() && q.wanted.adjusted && !says_adjusted(c.subject)) {  // called adjusted by its surroundings alone
      q.wanted.adjusted = false;
      q.found = answers_.find(c, raw, q.wanted, q.known);
    }
    return q;
  }

  /// True where nothing is left to say. An item that the tables call just as the claim does decides alone: another of a
  /// longer or shorter name that happens to have the claim's number proves nothing.
  bool decide(const Claim& c, const RawFact& raw, Proof& p, const Question& q) {
    const bool named = std::any_of(q.found.begin(), q.found.end(), [](const Answer& a) { return a.exact_words; });
    for (const Answer& a : q.found) {
      if ((named && !a.exact_words) || !agrees(c, raw, a)) continue;
      p.verdict = Verdict::proved;
      p.parts = a.parts;
      p.arithmetic = a.words + ending(c, raw, a);
      return true;
    }
    if (!q.found.empty()) return false;
    if (named_otherwise(c, raw, q, p) || borne_out_beside(c, raw, p)) return true;
    if (!p.reason.empty()) return true;
    const bool has_period = lookup_.has_period(q.wanted.period) || lookup_.has_period({std::nullopt, q.wanted.period.end});
    p.reason = bench_.reading.tables.empty() ? "the release has no table to hold it against" : has_period ? "no table gives it" : "no table gives its period";
    return true;
  }

  /// "decreased $435 million, or 8%", from what the words do not say: from another column of the row, the quarter before most often, where both
  /// numbers are of the same one.
  bool from_another_base(int index, const Claim& c, const RawFact& raw, Proof& p, const Question& q) {
    if (!is_change(c) || c.base_told || q.found.empty() || c.bound != Claim::Bound::exact) return false;
    const int partner = partner_of(index);
    if (partner == nothing) return false;
    const Claim& other = bench_.reading.claims[static_cast<std::size_t>(partner)];
    for (const tables::Period& base : other_periods(q.found.front())) {
      const auto here = agreeing(c, raw, base);
      if (!here || !agreeing(other, bench_.reading.facts[static_cast<std::size_t>(other.fact)], base)) continue;
      p.verdict = Verdict::proved;
      p.parts = here->parts;
      p.arithmetic = fmt::format("{}{}, from {}, as its other number", here->words, ending(c, raw, *here), period_words(base));
      return true;
    }
    return false;
  }

  static bool is_change(const Claim& c) { return c.kind == Claim::Kind::change_amount || c.kind == Claim::Kind::change_percent; }

  /// The same change told once more, as an amount or in per cent.
  int partner_of(int index) const {
    constexpr int reach = 2;
    const auto& claims = bench_.reading.claims;
    const Claim& c = claims[static_cast<std::size_t>(index)];
    for (int k = std::max(0, index - reach); k <= index + reach && k < static_cast<int>(claims.size()); ++k) {
      const Claim& o = claims[static_cast<std::size_t>(k)];
      if (k != index && is_change(o) && o.kind != c.kind && !o.base_told && o.sentence == c.sentence && o.subject == c.subject && o.period == c.period && o.bound == Claim::Bound::exact && o.fact >= 0) return k;
    }
    return nothing;
  }

  /// The earlier periods that the row of the answer's first number has.
  std::vector<tables::Period> other_periods(const Answer& a) const {
    std::vector<tables::Period> out;
    const Number& now = bench_.numbers[static_cast<std::size_t>(a.parts.front().number)];
    if (now.table == nothing || !bench_.cell(now).period) return out;
    for (const tables::TableCell& c : bench_.table(now.table).rows[static_cast<std::size_t>(now.row)].cells)
      if (c.period && c.period->instant() == bench_.cell(now).period->instant() && c.period->end < bench_.cell(now).period->end) out.push_back(*c.period);
    return out;
  }

  std::optional<Answer> agreeing(Claim c, const RawFact& raw, const tables::Period& base) {
    c.base_period = base;
    std::vector<Quantity> known;
    for (Answer& a : answers_.find(c, raw, {words_of(c, raw), is_unit(raw.unit) ? raw.unit : std::string(), period_of(c, raw), c.non_gaap || says_adjusted(c.subject)}, known))
      if (a.exact_words && agrees(c, raw, a)) return std::move(a);
    return std::nullopt;
  }

  /// "Operating revenue" in the table is the "revenue" of the prose if it is the same number to three digits.
  bool named_otherwise(const Claim& c, const RawFact& raw, const Question& q, Proof& p) const {
    const bool direct = c.kind == Claim::Kind::level || c.kind == Claim::Kind::count || c.kind == Claim::Kind::per_unit;
    if (!direct || c.bound != Claim::Bound::exact || !raw.decimals || !is_unit(raw.unit)) return false;
    if (raw.value.abs() < Decimal::scaled(100, -*raw.decimals)) return false;
    const int number = lookup_.named_otherwise(q.wanted, range_of(raw));
    if (number == nothing) return false;
    const Number& n = bench_.numbers[number];
    p.verdict = Verdict::proved;
    p.parts = {{number, 1, n.value, bench_.label_of(number)}};
    const Answer answer{n.value, Interval::rounded(n.value, n.decimals), grouped(n.value), {}};
    p.arithmetic = fmt::format("{}{}, in the table as \"{}\"", answer.words, ending(c, raw, answer), bench_.label_of(number));
    return true;
  }

  /// A change that the tables do not know, but that the two levels beside it give, as closely as they are printed.
  bool borne_out_beside(const Claim& c, const RawFact& raw, Proof& p) const {
    const auto answer = answers_.in_sentence(c);
    if (!answer || c.bound != Claim::Bound::exact) return false;
    if (!agrees(c, raw, *answer)) {  // no contradiction: which numbers belong together is read from words alone
      const Decimal off = (answer->value.abs() - raw.value.abs()).abs();
      if (off > raw.value.abs() * Decimal::scaled(5, -1)) return false;
      p.reason = fmt::format("the numbers of the same sentence give another: {}", answer->words);
      diag::Diagnostic d{diag::codes::assemble_sentence, bench_.place(p.span), fmt::format("{}: {}", p.title, p.reason)};
      for (const Part& part : answer->parts) d.with(bench_.place(bench_.numbers[part.number].span), part.label);
      bench_.sink.add(std::move(d));
      return false;
    }
    if (answer->range.upper - answer->range.lower > raw.value.abs()) return false;  // levels so coarse prove anything
    p.verdict = Verdict::proved;
    p.parts = answer->parts;
    p.arithmetic = fmt::format("{}{}, by the numbers of the same sentence", answer->words, ending(c, raw, *answer));
    return true;
  }

  void weigh(Proof& p, const Question& q) {
    const Claim& c = bench_.reading.claims[q.claim];
    const RawFact& raw = bench_.reading.facts[c.fact];
    const Answer& a = q.found.front();
    p.parts = a.parts;
    p.arithmetic = fmt::format("{}{}, but {} is said", a.words, shown(c, raw, a), raw.printed);
    p.reason = range_of(raw).agrees(-a.range) ? "the number is the same; only which way it goes is told otherwise" : doubts_.of(q);
    if (!p.reason.empty()) return;
    p.verdict = Verdict::contradicted;
    diag::Diagnostic d{diag::codes::assemble_claim, bench_.place(p.span), fmt::format("{}: {}", p.title, p.arithmetic)};
    for (const Part& part : a.parts) d.with(bench_.place(bench_.numbers[part.number].span), part.label);
    bench_.sink.add(std::move(d));
  }

  // ---- what agrees

  static Interval range_of(const RawFact& raw) { return Interval::rounded(raw.value, raw.decimals); }

  /// Losses and deficits are printed with either sign: sizes are compared where the signs differ by words alone.
  static bool agrees(const Claim& c, const RawFact& raw, const Answer& a) {
    const bool level = c.kind == Claim::Kind::level || c.kind == Claim::Kind::count || c.kind == Claim::Kind::per_unit || c.kind == Claim::Kind::ratio;
    const auto matches = [&](const Interval& x) {
      switch (c.bound) {
        case Claim::Bound::exact: return range_of(raw).agrees(x);
        case Claim::Bound::at_least: return x.upper >= raw.value && (raw.value.is_zero() || c.kind == Claim::Kind::multiple || x.lower <= raw.value.abs() * Decimal::scaled(15, -1));
        case Claim::Bound::at_most: return x.lower <= raw.value && x.upper.sign() >= 0 && x.upper >= raw.value * Decimal::scaled(5, -1);
        case Claim::Bound::about: {
          const Decimal slack = raw.value.is_zero() ? Decimal::scaled(15, -3) : raw.value.abs() * Decimal::scaled(3, -2);
          return Interval{raw.value - slack, raw.value + slack}.overlaps(x);
        }
      }
      return false;
    };
    if (matches(a.range)) return true;
    return level && a.value.sign() != raw.value.sign() && matches(-a.range);
  }

  /// ", which rounds to 4.6 million"
  static std::string ending(const Claim& c, const RawFact& raw, const Answer& a) {
    if (c.bound == Claim::Bound::at_least) return fmt::format(", which is at least {}", said(c, raw));
    if (c.bound == Claim::Bound::at_most) return fmt::format(", which is at most {}", said(c, raw));
    if (c.bound == Claim::Bound::about) return fmt::format(", about {}", said(c, raw));
    if (a.value.abs() == raw.value.abs()) return "";
    const bool rounds = raw.decimals && (a.value.rounded(*raw.decimals, Rounding::half_away).abs() == raw.value.abs() || a.value.rounded(*raw.decimals, Rounding::half_even).abs() == raw.value.abs());
    if (!rounds && c.kind != Claim::Kind::multiple) return fmt::format("; the numbers behind it, rounded as they are printed, allow {}", said(c, raw));
    return fmt::format(", which rounds to {}", said(c, raw));
  }

  static std::string said(const Claim& c, const RawFact& raw) {
    if (c.kind == Claim::Kind::multiple) return raw.value.to_string() + " times";
    return raw.unit == "pure" ? percent_words(raw.value, raw.decimals) : rounded_words(raw.value, raw.decimals, raw.printed);
  }

  static std::string shown(const Claim& c, const RawFact& raw, const Answer& a) {
    if (!raw.decimals || c.kind == Claim::Kind::multiple) return "";
    const Decimal rounded = a.value.rounded(*raw.decimals, Rounding::half_away);
    if (rounded == a.value) return "";
    return fmt::format(", which rounds to {}", raw.unit == "pure" ? percent_words(rounded, raw.decimals) : rounded_words(rounded, raw.decimals, raw.printed));
  }

  Workbench& bench_;
  Lookup lookup_;
  Answers answers_;
  Doubts doubts_;
};

}  // namespace

void prove_claims(Workbench& bench) {
  if (bench.reading.claims.empty()) return;
  Judge judge(bench);
  const auto is_level = [](const Claim& c) {
    return c.kind == Claim::Kind::level || c.kind == Claim::Kind::count || c.kind == Claim::Kind::per_unit || c.kind == Claim::Kind::ratio;
  };
  judge.claims(is_level);  // levels first: a change is judged in their light
  judge.claims([&](const Claim& c) { return !is_level(c); });
}

}  // namespace factpress::assemble
