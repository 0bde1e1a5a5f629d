#include <algorithm>

#include "base/text.h"
#include "facts/prose_frame.h"
#include "facts/prose_governor.h"

/// When: each number of a sentence gets its period, each change the period it is measured from.
namespace factpress::facts::prose {
namespace {

using Kind = Claim::Kind;
using Lead = PeriodRef::Lead;
using Relation = PeriodRef::Relation;
using tables::Period;

bool is_change(const Statement& st) { return st.kind == Kind::change_amount || st.kind == Kind::change_percent || st.kind == Kind::change_points || st.kind == Kind::multiple; }

bool same_item(const Statement& a, const Statement& b) { return iequals(a.subject.words, b.subject.words) && a.subject.dimensions == b.subject.dimensions && !a.subject.words.empty(); }

/// A quarter is no base of a half year.
bool other_length(const Period& a, const Period& b) {
  constexpr int longer_quarter = 28;  // days: one of 12 weeks and one of 16 are compared
  return a.start && b.start && std::abs((a.end.days() - a.start->days()) - (b.end.days() - b.start->days())) > longer_quarter;
}

class When {
 public:
  When(const Sentence& s, const Calendar& c, Thread& thread, std::vector<Statement>& out) : s_(s), t_(s.text), c_(c), thread_(thread), out_(out) {}

  void run() {
    if (out_.empty()) {
      remember_only();
      return;
    }
    own_.assign(out_.size(), -1);
    base_.assign(out_.size(), -1);
    raw_.assign(out_.size(), std::nullopt);
    group_.assign(out_.size(), 0);
    listed_.assign(out_.size(), -1);
    within_.assign(out_.size(), -1);
    for (std::size_t k = 1; k < out_.size(); ++k) group_[k] = in_group(k) ? group_[k - 1] : group_[k - 1] + 1;
    for (std::size_t p = 0; p < s_.periods.size(); ++p) attach(static_cast<int>(p));
    spread();
    distribute();
    settle();
  }

 private:
  const Number& number(std::size_t k) const { return s_.numbers[out_[k].number]; }

  /// Joined to the statement before it without a verb or preposition between.
  bool in_group(std::size_t k) const {
    if (out_[k].alternative || out_[k].pair == static_cast<int>(k) - 1) return true;
    if (out_[k].base != out_[k - 1].base) return false;
    if (restates(k)) return true;
    if (k > 1 && restates(k - 1)) return false;
    for (std::size_t i = number(k - 1).after; i < number(k).tokens.begin; ++i) {
      const bool light = t_.is_mark(i, ',') || t_.is_mark(i, '(') || t_.is_mark(i, ')') || t_.is(i, determiner | approximate | adverb) || t_.is_word(i, "and") || t_.is_word(i, "or") || t_.is_word(i, "than") || t_.is_word(i, "more");
      if (!light || s_.period(i) >= 0) return false;
    }
    return true;
  }

  /// "$268.0 million for the full year ($3.73 per diluted share)": the same by another measure, behind the period of both.
  bool restates(std::size_t k) const {
    const Number &amount = number(k - 1), &per_share = number(k);
    if (!per_share.per_share || amount.per_share || per_share.tokens.begin < 2 || !t_.is_mark(per_share.tokens.begin - 1, '(')) return false;
    const int p = s_.period(per_share.tokens.begin - 2);
    if (p < 0) return false;
    const std::size_t begin = s_.periods[static_cast<std::size_t>(p)].tokens.begin;
    for (std::size_t i = amount.after; i < begin; ++i)
      if (!t_.is(i, determiner | preposition)) return false;
    return begin >= amount.after;
  }

  bool breaks(std::size_t i) const {
    if (i > s_.range.begin && t_.is_mark(i - 1, ',') &&
        (t_.is_word(i, "with") || t_.is_word(i, "without") || t_.is_word(i, "mainly") || t_.is_word(i, "primarily") || t_.is_word(i, "largely") || t_.is_word(i, "despite") || t_.is_word(i, "partially")))
      return true;
    if (t_.is_word(i, "today")) return true;  // "operates 17 stores, today announced results for the thirteen weeks"
    if (t_.is_word(i, "due") || t_.is_word(i, "driven") || t_.is_word(i, "because") || t_.is_word(i, "resulting") || t_.is_word(i, "reflecting")) return true;
    return t_.is_mark(i, ';') || t_.is_word(i, "and") || t_.is_word(i, "but") || t_.is_word(i, "while") || t_.is_word(i, "whereas") || t_.is_word(i, "which") || t_.is_word(i, "where") || t_.is_mark(i, '(') ||
           t_.is_mark(i, '"') || t_.is_mark(i, ':');
  }

  /// Gives a period to the numbers it tells something of.
  void attach(int index) {
    const PeriodRef& p = s_.periods[static_cast<std::size_t>(index)];
    if (p.lead == Lead::event) return;
    int before = -1, after = -1;
    for (std::size_t k = 0; k < out_.size(); ++k) {
      if (number(k).tokens.end <= p.tokens.begin) before = static_cast<int>(k);
      else if (after < 0 && number(k).tokens.begin >= p.tokens.end) after = static_cast<int>(k);
    }
    if (after >= 0 && s_.owns(p) && only_praise(p.tokens.end, number(static_cast<std::size_t>(after)).tokens.begin)) {
      own_[static_cast<std::size_t>(after)] = index;
      return;
    }
    const bool names_next = after >= 0 && !p.adverb && s_.inside(p.tokens.end) && t_.is(p.tokens.end, measure | instant_measure | modifier | praise | unit_noun) && !t_.is_word(p.tokens.end, "per") &&
                            p.lead != Lead::in && p.lead != Lead::at;
    bool broken = before < 0;
    if (before >= 0)
      for (std::size_t i = number(static_cast<std::size_t>(before)).after; i < p.core; ++i) {
        if (t_.is_mark(i, '(') && closed_before(i, p.core)) continue;
        broken = broken || breaks(i);
      }
    bool crossed = false;  // "decreased 0.7 percent from comparable sales for the prior year period"
    if (before >= 0 && is_change(out_[static_cast<std::size_t>(before)]) && !p.adverb)
      for (std::size_t i = number(static_cast<std::size_t>(before)).after; i < p.tokens.begin; ++i)
        crossed = crossed || t_.is_word(i, "from") || t_.is_word(i, "over") || t_.is(i, compare) || t_.is_word(i, "than");
    const bool stray = before >= 0 && !broken && !names_next && p.lead == Lead::none && (p.relation == Relation::year_ago || p.relation == Relation::previous) &&
                       !out_[static_cast<std::size_t>(before)].base && out_[static_cast<std::size_t>(before)].direction != 0;
    const bool without_amount = before >= 0 && !broken && !crossed && !names_next && !out_[static_cast<std::size_t>(before)].base && compared_between(number(static_cast<std::size_t>(before)).after, p.tokens.begin);
    const bool compares = p.adverb || stray || without_amount || (crossed && !broken && !names_next) || ((p.lead == Lead::from || p.lead == Lead::over || p.lead == Lead::to || p.lead == Lead::with || p.lead == Lead::than) && !names_next);
    if (compares && !crossed && !p.adverb && (p.lead == Lead::to || p.lead == Lead::with) && !compare_marker_before(s_, p.core)) {
      // "Looking ahead to the fourth quarter, we expect ..."
      if (after >= 0 && before < 0 && p.relation == Relation::absolute && own_[static_cast<std::size_t>(after)] < 0) own_[static_cast<std::size_t>(after)] = index;
      return;
    }
    int target = broken || names_next ? after : before;
    if (p.adverb && target < 0) target = after >= 0 ? after : before;
    if (p.adverb && !broken && after >= 0 && inside_noun(p)) target = before >= 0 ? before : after;
    if (target < 0) {
      if (broken && after < 0 && compares && before >= 0 && is_change(out_[static_cast<std::size_t>(before)])) target = before;
      else return;
    }
    if (without_amount && after >= 0 && out_[static_cast<std::size_t>(after)].base && !breaks_between(p.tokens.end, number(static_cast<std::size_t>(after)).tokens.begin)) {  // "compared to net income for the third quarter of 2019 of $20.5 million"
      own_[static_cast<std::size_t>(after)] = index;
      return;
    }
    const auto k = static_cast<std::size_t>(target);
    auto& slot = compares ? base_[k] : own_[k];
    // Behind the number the first counts, before it the nearest.
    const bool behind = p.tokens.begin >= number(k).tokens.end;
    if (slot >= 0 && p.listed) return;
    if (slot >= 0 && behind && s_.periods[static_cast<std::size_t>(slot)].tokens.begin >= number(k).tokens.end) return;
    const bool within = slot >= 0 && behind && !compares && (p.relation == Relation::topic || p.relation == Relation::year_ago) && s_.periods[static_cast<std::size_t>(slot)].relation == Relation::absolute;
    if (within) within_[k] = slot;
    slot = index;
  }

  /// "$6.2 million, compared with a loss in the fourth quarter of 2009": the period is that of the result that no amount tells.
  bool compared_between(std::size_t from, std::size_t to) const {
    for (std::size_t i = from; i < to; ++i)
      if (t_.is_word(i, "versus") || t_.is_word(i, "vs") || t_.is_word(i, "against") || (t_.is_word(i, "compared") && (t_.is_word(i + 1, "with") || t_.is_word(i + 1, "to")))) return true;
    return false;
  }

  bool only_praise(std::size_t from, std::size_t to) const {
    for (std::size_t i = from; i < to; ++i)
      if (!t_.is(i, praise | approximate)) return false;
    return true;
  }

  bool breaks_between(std::size_t from, std::size_t to) const {
    for (std::size_t i = from; i < to; ++i)
      if (breaks(i)) return true;
    return false;
  }

  bool inside_noun(const PeriodRef& p) const { return s_.inside(p.tokens.end) && t_.is(p.tokens.end, measure | up_noun | down_noun); }

  bool closed_before(std::size_t open, std::size_t end) const {
    for (std::size_t i = open; i < end; ++i)
      if (t_.is_mark(i, ')')) return true;
    return false;
  }

  /// Members of a group share what one of them was told; so do a change and the level it leads to.
  void spread() {
    for (std::size_t k = 0; k < out_.size(); ++k) {
      for (std::size_t m = 0; m < out_.size(); ++m) {
        if (m == k || group_[m] != group_[k]) continue;
        if (own_[k] < 0 && own_[m] >= 0) own_[k] = own_[m];
        if (base_[k] < 0 && base_[m] >= 0 && is_change(out_[m]) == is_change(out_[k])) base_[k] = base_[m];
      }
    }
    for (std::size_t k = 0; k < out_.size(); ++k) {
      if (own_[k] >= 0 || out_[k].base) continue;
      if (shares_closing_period(k)) own_[k] = own_[k + 1];
      for (std::size_t m = k + 1; own_[k] < 0 && m < out_.size() && !out_[m].base; ++m) {
        if (!same_frame(k, m)) break;
        if (own_[m] >= 0) {
          own_[k] = own_[m];
          break;
        }
      }
    }
  }

  /// "Net income was $30.7 million and earnings per share were $0.65 for the quarter ended June 30, 2020": the same by another measure, and the period closes both clauses.
  bool shares_closing_period(std::size_t k) const {
    if (own_[k] >= 0 || out_[k].base || k + 1 >= out_.size() || own_[k + 1] < 0 || out_[k + 1].base || is_change(out_[k])) return false;
    const Number &amount = number(k), &per_share = number(k + 1);
    const bool one_result = per_share.per_share && !amount.per_share && out_[k].subject.profit && out_[k + 1].subject.profit && out_[k].subject.dimensions == out_[k + 1].subject.dimensions;
    const PeriodRef& p = s_.periods[static_cast<std::size_t>(own_[k + 1])];
    if (!one_result || p.tokens.begin < per_share.after || p.adverb || (p.period && p.period->instant())) return false;
    for (std::size_t i = amount.after; i < per_share.tokens.begin; ++i)
      if (s_.period(i) >= 0 || (t_.tokens[i].kind == Token::Kind::mark && !t_.is_mark(i, ','))) return false;
    return t_.is_word(amount.after, "and") || (t_.is_mark(amount.after, ',') && t_.is_word(amount.after + 1, "and"));
  }

  bool same_frame(std::size_t k, std::size_t m) const {
    if (out_[k].frame != out_[m].frame) return false;
    for (std::size_t i = number(k).after; i < number(m).tokens.begin; ++i)
      if (t_.is_mark(i, ';') || t_.is_word(i, "while") || t_.is_word(i, "which") || t_.is(i, be_verb)) return false;
    return true;
  }

  /// "1, 2 and 3 for A, B and C, respectively"; "1 or 10% and 2 or 20% for A and B, respectively", where each has its other measure behind it.
  void distribute() {
    std::size_t next = 0;
    for (std::size_t k = 0; k < out_.size(); k = next) {
      std::vector<std::size_t> heads{k};
      for (next = k + 1; next < out_.size() && group_[next] == group_[k]; ++next) {
        const bool alike = number(next).kind == number(k).kind && number(next).per_share == number(k).per_share;
        if (alike) heads.push_back(next);
        else if (!out_[next].alternative || heads.back() + 1 != next) break;
      }
      if (heads.size() < 2) continue;
      const std::vector<int> list = listed_periods(s_, number(k), number(next - 1), heads.size());
      if (!list.empty() && is_change(out_[k]) && leads_bases(list.front())) {  // "up 1 and 2 from A and B, respectively"
        for (std::size_t i = 0; i < list.size(); ++i)
          for (std::size_t j = heads[i]; j < (i + 1 < heads.size() ? heads[i + 1] : next); ++j) base_[j] = list[i];
        continue;
      }
      for (std::size_t i = 0; i < list.size(); ++i)
        for (std::size_t j = heads[i]; j < (i + 1 < heads.size() ? heads[i + 1] : next); ++j) own_[j] = list[i], listed_[j] = static_cast<int>(k);
      if (!list.empty()) give_back(next, list);
    }
  }

  bool leads_bases(int period) const {
    const Lead lead = s_.periods[static_cast<std::size_t>(period)].lead;
    return lead == Lead::from || lead == Lead::over || lead == Lead::to || lead == Lead::with || lead == Lead::than;
  }

  /// "A and B for the three and six months ended June 30, 2021, respectively, compared to C": the last of the listed periods is not that of C.
  void give_back(std::size_t k, const std::vector<int>& list) {
    if (k >= out_.size() || !out_[k].base || std::find(list.begin(), list.end(), own_[k]) == list.end()) return;
    own_[k] = -1;
    for (std::size_t m = k + 1; m < out_.size() && group_[m] == group_[k] && own_[k] < 0; ++m) own_[k] = own_[m];
  }

  std::optional<Period> resolve(const PeriodRef& p, const std::optional<Period>& topic, bool base, Statement& st) const {
    const std::optional<Period> now = topic ? topic : c_.known() ? std::optional<Period>(c_.current()) : std::nullopt;
    const auto cut = [&](Period q) {
      if (p.end_only) q.start.reset();
      return q;
    };
    switch (p.relation) {
      case Relation::topic: return now;
      case Relation::year_ago: return now ? std::optional<Period>(cut(c_.year_ago(*now))) : std::nullopt;
      case Relation::previous: {
        if (!now) return std::nullopt;
        if (p.unit == "half" && c_.known() && c_.half_year()) return cut(c_.previous(c_.current()));
        if (now->instant() || months_of(*now) <= 4) return cut(c_.previous(*now));
        return c_.known() ? std::optional<Period>(cut(c_.previous(c_.current_quarter()))) : std::nullopt;
      }
      case Relation::next:
        if (p.unit == "half" && c_.known() && c_.half_year()) return cut(c_.next(c_.current()));
        return c_.known() ? std::optional<Period>(cut(p.unit == "year" ? *c_.year(c_.fiscal_year() + 1) : c_.next(c_.current_quarter()))) : std::nullopt;
      case Relation::absolute: break;
    }
    std::optional<Period> q = p.period;
    if (!q) return q;
    if (p.year_assumed && p.quarter && c_.known() && !st.guidance && q->end > c_.current().end && !icontains(st.subject.words, "dividend"))
      if (const auto earlier = c_.quarter(c_.fiscal_year() - 1, p.quarter)) q = earlier;
    if (p.year_assumed && p.quarter == 1 && c_.known() && c_.quarter_number() == 4 && st.guidance && !base)  // "Income for the first quarter is expected to be", told with the fourth
      if (const auto next = c_.quarter(c_.fiscal_year() + 1, 1)) q = next;
    if (base && p.year_assumed && p.end_only && !p.quarter && now && q->end >= now->end)  // "compared with $4 million at year end", told with the fourth quarter
      if (const auto before = c_.last_year_end()) q = Period{std::nullopt, *before};
    if (p.bare_year && c_.known() && now && !now->instant() && months_of(*now) < 11) {
      const auto ago = c_.year_ago(*now);
      const bool last_year = q->end.days() - ago.end.days() < 366 && q->end >= ago.end && q->end < now->end;
      if (base && last_year) return ago;
      const bool this_year = q->end >= now->end && q->start && *q->start <= now->end;
      const bool of_the_year_ended = !topic && c_.quarter_number() == 4;  // "reports 2003 earnings of $10.3 million", with the fourth quarter
      if (this_year && !st.guidance && !base && !of_the_year_ended) st.doubt = c_.quarter_number() == 4 ? "year" : "period";
    }
    return q;
  }

  /// "Net income for the quarter was $5 million in 2008 and $4 million in 2007", "Year-to-date net income was $76 million ($1.57 per share) in 2008": the part of the
  /// year that was told before the numbers, in the year told behind number `k`.
  std::optional<Period> part_of_year(std::size_t k, int ref) const {
    const PeriodRef& year = s_.periods[static_cast<std::size_t>(ref)];
    if (!year.year_alone || !year.period || !year.period->start || !c_.known()) return std::nullopt;
    int told = ref - 1;
    while (told >= 0 && (s_.periods[static_cast<std::size_t>(told)].year_alone || s_.periods[static_cast<std::size_t>(told)].adverb)) --told;
    if (told < 0) return std::nullopt;
    const PeriodRef& part = s_.periods[static_cast<std::size_t>(told)];
    if (part.relation != Relation::absolute || !part.period || part.period->instant() || months_of(*part.period) > 10 || part.lead == Lead::event || number(k).tokens.begin < part.tokens.end) return std::nullopt;
    for (std::size_t i = part.tokens.end; i < year.core; ++i)
      if (breaks(i) && !t_.is_mark(i, '(') && !t_.is_word(i, "and")) return std::nullopt;
    for (std::size_t m = 0; m < out_.size(); ++m)
      if (number(m).tokens.begin >= part.tokens.end && number(m).tokens.begin < year.core && out_[m].frame != out_[k].frame) return std::nullopt;
    constexpr int a_week = 7, years = 5;
    Period q = *part.period;
    for (int back = 0; back < years; ++back, q = c_.year_ago(q))
      if (q.end > *year.period->start && q.end <= year.period->end.plus_days(a_week)) return q;
    return std::nullopt;
  }

  void settle() {
    std::optional<Period> current = thread_.period;
    bool told = thread_.period_told;
    if (!current) current = thread_.heading_period, told = current.has_value();
    std::optional<Period> last_base;
    std::string last_words;
    bool first = true;
    for (std::size_t k = 0; k < out_.size(); ++k) {
      Statement& st = out_[k];
      if (st.base) {
        base_level(k, current, last_base, last_words);
        continue;
      }
      const bool again = k > 0 && st.alternative && is_change(st) && changes_a_pair(k - 1);  // "a decrease of $1.7 billion, or 7%"
      if (again || changes_a_pair(k)) {
        const auto f = static_cast<std::size_t>(listed_[again ? k - 2 : k - 1]);
        st.period = out_[f].period, st.base_period = out_[f + 1].period;
        st.period_told = st.base_told = true;
        raw_[k] = st.period;
        finish(st);
        continue;
      }
      if (st.earlier_guidance && own_[k] < 0 && k > 0) {
        st.period = out_[k - 1].period, st.period_told = out_[k - 1].period_told;
        raw_[k] = raw_[k - 1];
        finish(st);
        continue;
      }
      if (own_[k] >= 0) {
        const PeriodRef& p = s_.periods[static_cast<std::size_t>(own_[k])];
        std::optional<Period> topic = p.relation == Relation::absolute ? current : (first && thread_.period ? thread_.period : current);
        if (within_[k] >= 0) topic = resolve(s_.periods[static_cast<std::size_t>(within_[k])], topic, false, st);
        const auto part = part_of_year(k, own_[k]);
        st.period = part ? part : resolve(p, topic, false, st);
        st.period_told = st.period.has_value();
        const bool back = p.relation == Relation::year_ago || p.relation == Relation::previous;
        if (st.period && !back && !st.period->instant()) current = st.period, told = true;
        else if (st.period && !back && !current) current = st.period;
      } else if (st.guidance && !(current && told && c_.known() && current->end > c_.current().end) && !guided(k)) {
        st.period = thread_.guidance_period;
        st.period_told = st.period.has_value();
      } else if (in_sentence_lead(k, current, told)) {
        st.period = current;
        st.period_told = told;
      } else {
        st.period = current ? current : c_.known() && !st.guidance ? std::optional<Period>(c_.current()) : std::nullopt;
        st.period_told = current.has_value() && told;
      }
      first = false;
      if (own_[k] < 0 && st.period && st.period->instant() && !st.subject.instant && st.kind != Kind::ratio && c_.known() && !lead_instant()) st.period = thread_.heading_period ? *thread_.heading_period : c_.current();
      raw_[k] = st.period;
      finish(st);
      if (is_change(st)) change_base(k, current);
      if (st.base_period && st.base_told) last_base = st.base_period, last_words = st.base_words;
    }
    if (last_base) thread_.base = last_base, thread_.base_words = last_words;
    if (current && told) thread_.period = current, thread_.period_told = true;
  }

  /// "$340 million and $2.0 billion in fiscal 2024 and 2023, a decrease of $1.7 billion": from the second to the first.
  bool changes_a_pair(std::size_t k) const {
    if (k < 2 || (own_[k] >= 0 && own_[k] != own_[k - 1]) || base_[k] >= 0 || !is_change(out_[k]) || listed_[k - 1] != static_cast<int>(k) - 2) return false;
    const Statement &a = out_[k - 2], &b = out_[k - 1];
    return a.period && b.period && a.period->end > b.period->end && !is_change(a) && !is_change(b) && same_item(a, out_[k]);
  }

  /// "At March 31, 2013, the Company had ...": a day that holds for the whole sentence.
  bool lead_instant() const {
    return !s_.periods.empty() && s_.periods[0].period && s_.periods[0].period->instant() && s_.periods[0].lead == Lead::at && s_.periods[0].tokens.end <= number(0).tokens.begin;
  }

  /// An earlier number of the sentence is about the future and has its period.
  bool guided(std::size_t k) const {
    for (std::size_t m = 0; m < k; ++m)
      if (out_[m].guidance && out_[m].period && own_[m] >= 0) return true;
    return false;
  }

  /// A period before the first number of the sentence holds for all that tell none of their own.
  bool in_sentence_lead(std::size_t k, std::optional<Period>& current, bool& told) {
    if (returns_to_opening(k)) {
      current = raw_[0];
      told = true;
      return true;
    }
    for (std::size_t m = k; m-- > 0;)
      if (!out_[m].base && out_[m].period && out_[m].period_told) {
        if (own_[m] >= 0 && s_.periods[static_cast<std::size_t>(own_[m])].relation != Relation::absolute && s_.periods[static_cast<std::size_t>(own_[m])].relation != Relation::topic) continue;
        current = raw_[m];
        told = true;
        return true;
      }
    return false;
  }

  /// "For the third quarter of fiscal 2010, ...; Net sales of ...": the period that the sentence opens with, and its first statement has, holds again,
  /// since a semicolon ended the clauses before this one and with them the periods that they went on to.
  bool returns_to_opening(std::size_t k) const {
    if (k == 0) return false;
    bool ended = false;
    for (std::size_t i = number(k - 1).after; i < number(k).tokens.begin; ++i) ended = ended || t_.is_mark(i, ';');
    constexpr std::size_t near_the_beginning = 3;  // tokens
    if (!ended || own_[0] < 0 || out_[0].base || !out_[0].period_told) return false;
    const PeriodRef& p = s_.periods[static_cast<std::size_t>(own_[0])];
    return p.relation == Relation::absolute && p.tokens.begin <= s_.range.begin + near_the_beginning && p.tokens.end <= number(0).tokens.begin;
  }

  void base_level(std::size_t k, const std::optional<Period>& current, std::optional<Period>& last_base, std::string& last_words) {
    Statement& st = out_[k];
    int ref = own_[k] >= 0 ? own_[k] : base_[k];
    if (ref < 0)  // "compared to the first quarter of 2012 revenue"; or told behind a later one of the same comparison
      for (std::size_t m = k + 1; m < out_.size() && out_[m].base && ref < 0; ++m)
        if (own_[m] >= 0) ref = own_[m];
    for (std::size_t m = k + 1; ref < 0 && m < out_.size() && !out_[m].base && out_[m].frame == st.frame; ++m)  // "from 14 to 15 year over year"
      if (base_[m] >= 0) ref = base_[m];
    if (ref >= 0) {
      const PeriodRef& p = s_.periods[static_cast<std::size_t>(ref)];
      const int level = p.relation == Relation::year_ago ? level_of_base(k) : -1;
      const auto part = part_of_year(k, ref);
      st.period = part ? part : resolve(p, level >= 0 ? out_[static_cast<std::size_t>(level)].period : current, true, st);
      st.period_told = st.period.has_value();
      st.base_words = words(p);
    }
    if (const int years = ref < 0 ? years_back(k) : 0; years && current && !current->instant()) {
      st.period = *current;
      for (int year = 0; year < years; ++year) st.period = c_.year_ago(*st.period);
      st.period_told = true;
    }
    if (!st.period && last_base && ref < 0) st.period = last_base, st.period_told = true, st.base_words = last_words;
    if (!st.period && fits_as_base(current)) st.period = thread_.base;
    if (!st.period && thread_.heading_base) st.period = thread_.heading_base, st.period_told = true;
    if (!st.period) {
      const std::optional<Period> now = current ? current : c_.known() ? std::optional<Period>(c_.current()) : std::nullopt;
      if (now && !st.subject.instant) st.period = c_.year_ago(*now);
    }
    if (st.period_told) last_base = st.period, last_words = st.base_words;
    finish(st);
    if (is_change(st) && st.period && !st.period->instant()) st.base_period = c_.year_ago(*st.period);
  }

  /// Of "a 2.0% decrease two years ago": 2; 0 where it does not say so.
  int years_back(std::size_t k) const {
    constexpr std::size_t near = 4;  // tokens
    constexpr int most = 5;
    for (std::size_t i = number(k).after; i < s_.range.end && i < number(k).after + near && t_.tokens[i].kind == Token::Kind::word && s_.number(i) < 0; ++i) {
      const int years = t_.is(i, number_word) ? number_of_word(t_.word(i)) : 0;
      if (years > 1 && years <= most && t_.is_word(i + 1, "years") && (t_.is_word(i + 2, "ago") || t_.is_word(i + 2, "earlier"))) return years;
    }
    return 0;
  }

  /// What the sentences before compared with is the base of a period of the same length alone: not a quarter that of nine months.
  bool fits_as_base(const std::optional<Period>& period) const { return thread_.base && !(period && other_length(*period, *thread_.base)); }

  /// "to A for the second quarter and B for the first six months from C and D for the same periods in 2010": the level that this base belongs to;
  /// -1 where the sentence does not give as many bases as levels, or the levels have one period.
  int level_of_base(std::size_t k) const {
    const auto alike = [&](std::size_t m) { return number(m).kind == number(k).kind && number(m).per_share == number(k).per_share && !is_change(out_[m]); };
    std::size_t first = k, last = k;
    while (first > 0 && out_[first - 1].base && alike(first - 1)) --first;
    while (last + 1 < out_.size() && out_[last + 1].base && alike(last + 1)) ++last;
    const std::size_t count = last - first + 1;
    if (count < 2) return -1;
    std::vector<std::size_t> levels;
    for (std::size_t m = first; m-- > 0 && levels.size() < count;)
      if (!out_[m].base && alike(m)) levels.push_back(m);
    if (levels.size() != count) return -1;
    for (std::size_t m = 1; m < count; ++m)
      if (!out_[levels[m]].period || out_[levels[m]].period == out_[levels[m - 1]].period) return -1;
    return static_cast<int>(levels[last - k]);
  }

  void change_base(std::size_t k, const std::optional<Period>& current) {
    Statement& st = out_[k];
    const std::optional<Period> topic = st.period ? st.period : current;
    const auto take = [&](int ref) {
      const PeriodRef& p = s_.periods[static_cast<std::size_t>(ref)];
      st.base_period = resolve(p, topic, true, st);
      st.base_told = st.base_period.has_value();
      st.base_words = words(p);
    };
    if (base_[k] >= 0) take(base_[k]);
    if (!st.base_period && listed_[k] >= 0 && st.period && c_.known()) {  // "increased $1.0 billion and $0.1 billion for fiscal 2025 and 2024": each from the year before
      st.base_period = c_.year_ago(*st.period);
      return;
    }
    if (!st.base_period && st.subject.instant && own_[k] >= 0) {  // "rose by $1.3 billion during the quarter": since it began
      const PeriodRef& p = s_.periods[static_cast<std::size_t>(own_[k])];
      std::optional<Period> q = resolve(p, current, false, st);
      if (q && q->start && p.lead == Lead::in) {
        st.base_period = Period{std::nullopt, q->start->plus_days(-1)};
        st.base_told = true;
        st.base_words = words(p);
      }
    }
    // The comparison may stand behind the level that follows: "increased 5% to $7 million compared to ..."
    for (std::size_t m = k + 1; m < out_.size() && !st.base_period; ++m) {
      if (out_[m].base) {
        const int ref = own_[m] >= 0 ? own_[m] : base_[m];
        if (ref >= 0) take(ref);
        else if (same_clause(k, m)) break;
        break;
      }
      if (is_change(out_[m]) && out_[m].frame != st.frame) {
        if (group_[m] != group_[k] && !list_of_changes(k, m)) break;
      }
      if (base_[m] >= 0 && same_clause(k, m)) take(base_[m]);
      if (!same_clause(k, m)) break;
    }
    for (std::size_t m = k; m-- > 0 && !st.base_period;)  // "up 46% year-over-year to ..., or 40% organically"
      if (base_[m] >= 0 && out_[m].frame == st.frame) take(base_[m]);
    if (!st.base_period && thread_.heading_base) st.base_period = thread_.heading_base, st.base_told = true;
    if (!st.base_period && fits_as_base(topic) && !st.subject.instant) st.base_period = thread_.base;
    if (!st.base_period && topic && !topic->instant()) st.base_period = c_.year_ago(*topic);
    if (st.base_period && st.period && st.period->instant()) st.base_period->start.reset();
    if (st.base_period && st.period && !(st.base_period->end < st.period->end) && st.base_told) {
      st.base_period.reset();
      st.base_told = false;
    }
  }

  bool list_of_changes(std::size_t k, std::size_t m) const {
    for (std::size_t i = number(k).after; i < number(m).tokens.begin; ++i)
      if (s_.period(i) >= 0) return false;
    return true;
  }

  bool same_clause(std::size_t k, std::size_t m) const {
    for (std::size_t i = number(k).after; i < number(m).tokens.begin; ++i)
      if (t_.is_mark(i, ';') || t_.is_word(i, "while") || t_.is_word(i, "which") || t_.is_word(i, "whereas") || t_.is_mark(i, ':')) return false;
    return true;
  }

  std::string words(const PeriodRef& p) const {
    const std::size_t from = t_.tokens[p.core].begin, to = t_.tokens[p.tokens.end - 1].end;
    return t_.raw.substr(from, to - from);
  }

  /// Well after the reported period. What is so on the day of the release is not: the release says how it is.
  bool lies_ahead(const Period& p) const {
    if (!c_.known() || p.end <= c_.current().end.plus_days(20)) return false;
    if (p.instant()) return !c_.released() || p.end > *c_.released();
    return !(*p.start <= c_.current().end.plus_days(1) && months_of(p) > 6 && c_.annual());
  }

  void finish(Statement& st) {
    if (st.period && st.subject.instant && !is_change(st) && st.kind != Kind::ratio && !st.period->instant()) st.period->start.reset();
    if (st.period && st.subject.instant && is_change(st) && !st.period->instant()) st.period->start.reset();
    if (st.doubt.empty() && st.period && lies_ahead(*st.period)) st.guidance = true;
  }

  /// A sentence without numbers may tell the period of those to come ("For the quarter ended ..., results were as follows").
  void remember_only() {
    for (const PeriodRef& p : s_.periods) {
      if (p.adverb || p.lead == Lead::event || p.relation != Relation::absolute || !p.period || p.period->instant() || p.bare_year) continue;
      if (s_.range.end - s_.range.begin > 24) return;
      if (!about_future(s_, p.core)) thread_.period = p.period, thread_.period_told = true;
      return;
    }
  }

  const Sentence& s_;
  const Text& t_;
  const Calendar& c_;
  Thread& thread_;
  std::vector<Statement>& out_;
  std::vector<int> own_, base_, group_;
  std::vector<int> within_;  ///< the period that the own one is a year's part of: "nine month revenue of $22.0 million in the 2005 period"; -1 for none
  std::vector<int> listed_;  ///< the first of the statements whose periods are listed with it; -1 for others
  std::vector<std::optional<Period>> raw_;  ///< as told, before a balance takes its last day
};

}  // namespace

std::vector<int> listed_periods(const Sentence& s, const Number& first, const Number& last, std::size_t count) {
  const Text& t = s.text;
  std::vector<int> list;
  std::size_t i = last.after;
  const std::size_t behind = t.is_mark(i, ',') && t.is_word(i + 1, "respectively") ? i + (t.is_mark(i + 2, ',') ? 3 : 2) : i;
  const bool said_before = s.period(behind) >= 0 && behind > i;  // "1 and 2, respectively, for A and B"
  if (said_before) i = behind;
  for (std::size_t skip = i; skip < s.range.end && skip < i + 6; ++skip)  // "... of assets for the first quarter, ..."
    if (s.period(skip) >= 0) {
      i = skip;
      break;
    } else if (t.tokens[skip].kind != Token::Kind::word || t.is(skip, be_verb | conjunction)) {
      break;
    }
  while (i < s.range.end) {
    if (const int p = s.period(i); p >= 0) {
      list.push_back(p);
      i = s.periods[static_cast<std::size_t>(p)].tokens.end;
    } else if (t.is_mark(i, ',') || t.is_word(i, "and") || t.is(i, determiner)) {
      ++i;
    } else {
      break;
    }
  }
  const auto said_after = [&](std::size_t from) {
    for (std::size_t k = from; k < s.range.end; ++k)
      if (t.is_word(k, "respectively")) return true;
    return false;
  };
  const bool at_once = s.period(last.after) >= 0;
  if (list.size() == count && (at_once || said_before || said_after(i))) return list;
  // Told before: "for the three months ended June 30, 2023 and 2022 were $1.4 billion and $2.0 billion, respectively".
  list.clear();
  std::size_t next = first.tokens.begin;
  for (std::size_t p = s.periods.size(); p-- > 0;) {
    const PeriodRef& ref = s.periods[p];
    if (ref.tokens.begin >= first.tokens.begin || ref.tokens.end > next) continue;
    bool joined = true;
    for (std::size_t k = ref.tokens.end; k < next && joined; ++k)
      joined = list.empty() ? s.number(k) < 0 && !t.is_mark(k, ';') && !t.is(k, compare) : t.is_mark(k, ',') || t.is_word(k, "and") || t.is(k, determiner);
    if (!joined) break;
    list.insert(list.begin(), static_cast<int>(p));
    next = ref.tokens.begin;
  }
  if (list.size() != count) return {};
  constexpr std::size_t near = 16;  // tokens
  for (std::size_t k = last.after; k < s.range.end && k < last.after + near && s.number(k) < 0; ++k)
    if (t.is_word(k, "respectively")) return list;
  const PeriodRef& opening = s.periods[static_cast<std::size_t>(list.front())];
  if (opening.tokens.begin > s.range.begin + 1 || (last.after < s.range.end && s.period(last.after) >= 0)) return {};
  for (std::size_t k = next; k < first.tokens.begin; ++k)
    if (t.is(k, be_verb)) return list;  // "For the three and six months ended June 30, our tax rate was 18.2% and 18.0%."
  return {};
}

void settle_periods(const Sentence& sentence, const Calendar& calendar, Thread& thread, std::vector<Statement>& statements) {
  When(sentence, calendar, thread, statements).run();
}

namespace {

bool is_bare_result(std::string_view words) {
  for (std::string_view w : {"profit", "loss", "a profit", "a loss", "income", "earnings", "gain"})
    if (iequals(words, w)) return true;
  return false;
}

bool speaks_of_results(std::string_view words) {
  return words.empty() || icontains(words, "profit") || icontains(words, "loss") || icontains(words, "income") || icontains(words, "earnings") || icontains(words, "gain") || icontains(words, "result");
}

}  // namespace

void link_statements(const Sentence& s, std::vector<Statement>& out) {
  const auto unit_like = [&](const Statement& a, const Statement& b) {
    const Number& x = s.numbers[a.number];
    const Number& y = s.numbers[b.number];
    return x.kind == y.kind && x.per_share == y.per_share;
  };
  const auto levelish = [](const Statement& st) { return st.kind == Kind::level || st.kind == Kind::count || st.kind == Kind::per_unit || (st.kind == Kind::ratio && st.by_subject.empty()); };
  const std::size_t reach = 24;  // statements; sentences are not longer unless they are hostile
  for (std::size_t k = 0; k < out.size(); ++k) {
    Statement& st = out[k];
    const std::size_t low = k > reach ? k - reach : 0, high = std::min(out.size(), k + reach);
    if (is_change(st) || st.alternative || (st.kind == Kind::ratio && !st.by_subject.empty())) {
      for (std::size_t m = k + 1; m < high && st.of < 0; ++m)
        if (!out[m].base && levelish(out[m]) && same_item(out[m], st) && is_change(st) && out[m].period == st.period) st.of = static_cast<int>(m);
      for (std::size_t m = k; m-- > low;)
        if (!out[m].alternative && levelish(out[m]) && same_item(out[m], st) && out[m].base == st.base && out[m].period == st.period) {
          if (st.of < 0 || out[m].frame == st.frame) st.of = static_cast<int>(m);
          break;
        }
    }
    if (is_change(st) || (levelish(st) && !st.base)) {
      for (std::size_t m = k + 1; m < high; ++m) {
        if (!out[m].base && levelish(st) && levelish(out[m]) && same_item(out[m], st) && unit_like(st, out[m])) break;
        if (!out[m].base || !levelish(out[m]) || !same_item(out[m], st)) continue;
        if (levelish(st) && (!unit_like(st, out[m]) || (st.period && out[m].period && other_length(*st.period, *out[m].period)))) continue;
        if (is_change(st) && st.base_period && out[m].period != st.base_period) continue;
        st.base_of = static_cast<int>(m);
        break;
      }
    }
    if (levelish(st) && !st.base && st.base_of >= 0 && !st.base_period) {
      st.base_period = out[static_cast<std::size_t>(st.base_of)].period;
      st.base_told = out[static_cast<std::size_t>(st.base_of)].period_told;
    }
  }
  for (std::size_t k = 1; k < out.size(); ++k)  // "Consumer lost A compared with a profit of B": whose profit, the words do not say
    if (out[k].base && levelish(out[k]) && is_bare_result(out[k].subject.words) && !speaks_of_results(out[k - 1].subject.words)) out[k].vague = true;
  for (Statement& st : out) {  // "... were A, compared with B, an increase of C"
    if (!is_change(st) || st.base_of >= 0 || st.of < 0) continue;
    const int base = out[static_cast<std::size_t>(st.of)].base_of;
    if (base >= 0 && (!st.base_period || out[static_cast<std::size_t>(base)].period == st.base_period)) st.base_of = base;
  }
}

}  // namespace factpress::facts::prose
