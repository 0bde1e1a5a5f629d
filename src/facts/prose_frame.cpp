#include "facts/prose_frame.h"

#include <algorithm>

#include "base/text.h"
#include "facts/prose_governor.h"

namespace factpress::facts::prose {
namespace {

using Kind = Claim::Kind;

class Frames {
 public:
  Frames(const Sentence& s, Thread& thread) : s_(s), t_(s.text), thread_(thread) {}

  std::vector<Statement> run() {
    for (std::size_t k = 0; k < s_.numbers.size(); ++k) {
      Statement st;
      st.number = k;
      const Number& n = s_.numbers[k];
      if (n.range_high && n.range_with >= 0 && !out_.empty()) {
        high_end(st, n);
      } else if (n.tolerance && !out_.empty()) {
        st.kind = n.kind == Number::Kind::points ? Kind::change_points : n.kind == Number::Kind::money ? Kind::change_amount : Kind::ratio;
        st.subject = out_.back().subject;
        st.pair = static_cast<int>(out_.size()) - 1;
        st.frame = out_.back().frame;
        st.from = n.tokens.begin;
        st.guidance = out_.back().guidance;
      } else {
        st.aside = is_aside(n);
        aside_ = st.aside;
        one(st, n);
        if (st.aside) st.base = st.base || goes_with_base();
        if (n.range_with >= 0) st.kind = Kind::range_low;
      }
      flags(st, n);
      out_.push_back(std::move(st));
    }
    finish_statements(s_, thread_, out_);
    return std::move(out_);
  }

 private:
  void high_end(Statement& st, const Number& n) {
    const std::size_t number = st.number;
    st = out_.back();
    st.number = number;
    st.kind = Kind::range_high;
    st.pair = static_cast<int>(out_.size()) - 1;
    st.from = n.tokens.begin;
    out_.back().pair = static_cast<int>(out_.size());
  }

  static Kind natural_kind(const Number& n) {
    switch (n.kind) {
      case Number::Kind::percent: return Kind::ratio;
      case Number::Kind::points: return Kind::change_points;
      case Number::Kind::multiple: return n.word ? Kind::multiple : Kind::ratio;
      case Number::Kind::plain: return n.unit_word.empty() || n.per_share ? Kind::level : Kind::count;
      case Number::Kind::money: break;
    }
    return n.per.empty() || n.per_share ? Kind::level : Kind::per_unit;
  }
  static Kind change_kind(const Number& n) {
    switch (n.kind) {
      case Number::Kind::percent: return Kind::change_percent;
      case Number::Kind::points: return Kind::change_points;
      case Number::Kind::multiple: return Kind::multiple;
      default: return Kind::change_amount;
    }
  }

  void one(Statement& st, const Number& n) {
    st.kind = natural_kind(n);
    const Governor g = find_governor(s_, n.tokens.begin);
    st.from = g.at;
    st.frame = frame_;
    const bool count_range = n.range_with >= 0 && !n.unit_word.empty();
    const RightSide right = read_right(s_, count_range ? s_.numbers[static_cast<std::size_t>(n.range_with)] : n);  // "20 to 25 stores"
    if (n.kind == Number::Kind::multiple && n.word) return multiple(st, n);
    if (n.flat) return flat(st, n);
    if (right.change && (n.kind != Number::Kind::plain || right.near)) return right_change(st, n, g, right);
    switch (g.kind) {
      case Governor::Kind::of: return of(st, n, g, right);
      case Governor::Kind::be:
      case Governor::Kind::level: return be(st, n, g, right);
      case Governor::Kind::change: return changed(st, n, g.at, g);
      case Governor::Kind::by: return by(st, n, g, right);
      case Governor::Kind::to: return to(st, n, g, right);
      case Governor::Kind::from: return from(st, n, g, right);
      case Governor::Kind::compare: return compared(st, n, right);
      case Governor::Kind::joint: return joint(st, n, g, right);
      case Governor::Kind::at: return noun(st, n, g.at, right);
      case Governor::Kind::noun: return noun(st, n, g.at + 1, right);
      case Governor::Kind::colon: return colon(st, n, g, right);
      case Governor::Kind::transitive: return transitive(st, n, g, right);
      case Governor::Kind::open: return bracket(st, n, right);
      case Governor::Kind::cause: return named_behind(st, n, right.phrase);
      case Governor::Kind::part: return named_behind(st, n, t_.is(n.after, be_verb) ? phrase_after(s_, n.after + 1, s_.range.end) : right.phrase);
      case Governor::Kind::basis: return based_on(st, n, right);
      case Governor::Kind::with:
      case Governor::Kind::start: return by_right(st, n, right);
    }
  }

  // --- asides ---------------------------------------------------------------------------------------------------------

  /// "Operating income, excluding special charges of $12.0 million, was $88.4 million", "were $70.3 million, excluding $31.2 million for ...".
  bool is_aside(const Number& n) const {
    const std::size_t e = aside_before(s_, n.tokens.begin);
    if (!e) return false;
    std::size_t first = e + 1;
    while (t_.is(first, determiner | approximate)) ++first;
    if (s_.number(first) >= 0) return true;
    if (!t_.is_mark(e - 1, ',')) return false;
    if (!out_.empty()) return true;
    constexpr std::size_t near = 16;  // tokens
    for (std::size_t i = n.after; i < s_.range.end && i < n.after + near; ++i)
      if (t_.is_mark(i, ',')) return t_.is(i + 1, be_verb | level_verb | up_verb | down_verb);
    return false;
  }

  /// "A, excluding B, compared with C, excluding D": D is of C's period as B is of A's.
  bool goes_with_base() const {
    bool base = false, asides = false;
    for (const Statement& st : out_) {
      if (!st.aside) base = st.base;
      asides = asides || (st.aside && !base);
    }
    return base && asides;
  }

  // --- subjects -------------------------------------------------------------------------------------------------------

  /// The phrase, or what was spoken of where it is a pronoun, the company or nothing.
  void set_subject(Statement& st, Phrase p, bool topic_for_empty = true) {
    const bool weak = p.pronoun || p.reference || p.words.empty();
    if (weak && p.dimensions.empty() && topic_for_empty) {
      st.subject = thread_.topic;
      st.vague = thread_.topic.empty();
      return;
    }
    if (p.words.empty() && !p.dimensions.empty() && !thread_.topic.words.empty()) {  // "in Europe": of the same measure
      Phrase q = thread_.topic;
      q.dimensions = p.dimensions;
      st.subject = q;
      return;
    }
    if (turns_topic(st, p)) {
      st.subject = thread_.topic;
      st.negate = true;
      return;
    }
    if (p.loss_of_profit) st.negate = true;
    st.vague = weak;
    st.subject = std::move(p);
  }

  /// "a loss of $0.6 million" after a measure of profit is that measure, negative. So are, as the base of a comparison, an income after a loss
  /// ("Loss from discontinued operations was $0.6 million, versus income of $0.3 million") and a release after a provision.
  bool turns_topic(const Statement& st, const Phrase& p) const {
    const Phrase& topic = thread_.topic;
    if (p.bare_loss && topic.profit && !topic.loss) return true;
    const bool base = st.base || (!out_.empty() && out_.back().base);
    return base && ((topic.loss && is_bare_income(p)) || (icontains(topic.words, "provision") && is_bare_release(p)));
  }

  void becomes_topic(const Statement& st) {
    if (st.vague || st.subject.empty() || aside_) return;
    thread_.topic = st.subject;
    thread_.topics.clear();
  }

  int last_level() const {
    for (std::size_t k = out_.size(); k-- > 0;)
      if (!out_[k].base && !out_[k].aside && (out_[k].kind == Kind::level || out_[k].kind == Kind::ratio || out_[k].kind == Kind::count || out_[k].kind == Kind::per_unit)) return static_cast<int>(k);
    return -1;
  }

  // --- changes --------------------------------------------------------------------------------------------------------

  void make_change(Statement& st, const Number& n, int direction) {
    st.kind = change_kind(n);
    st.direction = direction;
    if (direction < 0 && !n.negative) st.negate = true;
    st.frame = ++frame_;
  }

  void right_change(Statement& st, const Number& n, const Governor& g, const RightSide& right) {
    make_change(st, n, right.change);
    st.base = !out_.empty() && (compare_marker_before(s_, n.tokens.begin) || tops(n));
    if (!right.subject.empty()) {
      st.subject = right.subject;
      if (g.kind == Governor::Kind::joint && !out_.empty()) st.from = n.tokens.begin;
      if (!right.comparative && !st.base) becomes_topic(st);
      return;
    }
    if (g.kind == Governor::Kind::be && right.comparative) return set_subject(st, subject_before(s_, g.at));
    if (g.kind == Governor::Kind::of && right.comparative) return set_subject(st, phrase_before(s_, g.at));
    set_subject(st, Phrase{});
  }

  /// "rose 3.0% on top of a 5.0% gain last year": the change of an earlier period, as in "compared to a 5.0% increase last year".
  bool tops(const Number& n) const {
    std::size_t i = n.tokens.begin;
    while (i > s_.range.begin && t_.is(i - 1, determiner | approximate)) --i;
    return i > s_.range.begin + 2 && t_.is_word(i - 1, "of") && t_.is_word(i - 2, "top") && t_.is_word(i - 3, "on");
  }

  void changed(Statement& st, const Number& n, std::size_t verb, const Governor& g) {
    make_change(st, n, t_.is(verb, up_verb) ? 1 : -1);
    set_subject(st, change_subject(s_, verb, g.at), true);
    // "..., up 5%" belongs to the level before it.
    const bool aside = verb > s_.range.begin && (t_.is_mark(verb - 1, ',') || t_.is_mark(verb - 1, '(') || s_.number(verb - 1) >= 0 || t_.is_word(verb - 1, "and"));
    if (!aside) becomes_topic(st);
  }

  void multiple(Statement& st, const Number& n) {
    st.kind = Kind::multiple;
    st.direction = 1;
    st.frame = ++frame_;
    st.from = n.tokens.begin;
    std::size_t verb = n.tokens.begin;
    while (verb > s_.range.begin && (t_.is_word(verb - 1, "than") || t_.is_word(verb - 1, "more") || t_.is(verb - 1, approximate))) --verb;
    Phrase p = subject_before(s_, verb);
    if (t_.is_word(n.tokens.begin, "doubling") || t_.is_word(n.tokens.begin, "tripling")) p = phrase_after(s_, n.tokens.begin + 1, s_.range.end);
    st.vague = !p.measure;
    set_subject(st, p);
    if (!p.measure && !p.pronoun) st.vague = true;
    becomes_topic(st);
  }

  void flat(Statement& st, const Number& n) {
    st.kind = Kind::change_percent;
    st.frame = ++frame_;
    std::size_t verb = n.tokens.begin;
    while (verb > s_.range.begin && (t_.is(verb - 1, be_verb | level_verb | adverb | approximate) || t_.is_word(verb - 1, "essentially") || t_.is_word(verb - 1, "relatively") || t_.is_word(verb - 1, "held"))) --verb;
    const Phrase p = subject_before(s_, verb);
    set_subject(st, p);
    if (!p.measure && !p.pronoun) st.vague = true;
    becomes_topic(st);
  }

  void by(Statement& st, const Number& n, const Governor& g, const RightSide& right) {
    const Change c = find_change(s_, g.at);
    if (c.direction) {
      make_change(st, n, c.direction);
      const Phrase own = !out_.empty() && s_.numbers[out_.back().number].tokens.begin > c.at ? phrase_before(s_, g.at) : Phrase{};
      const std::size_t b = own.tokens.begin;
      const bool joined = !own.empty() && b > s_.range.begin + 1 && t_.is_word(b - 1, "and") && (s_.number(b - 2) >= 0 || t_.is_mark(b - 2, ')'));
      set_subject(st, own.measure || joined ? own : c.noun ? c.subject : change_subject(s_, c.at, g.at));  // "sales increased $5 million and fees by $2 million"
      becomes_topic(st);
      return;
    }
    by_right(st, n, right);
  }

  // --- levels ---------------------------------------------------------------------------------------------------------

  void of(Statement& st, const Number& n, const Governor& g, const RightSide& right) {
    Phrase p = phrase_before(s_, g.at);
    if (const std::size_t e = aside_ ? aside_before(s_, g.at) : 0; e && p.tokens.begin <= e) p = phrase_after(s_, e + 1, g.at);
    if (!n.unit_word.empty() && !p.measure && p.dimensions.empty() && right.direct) return by_right(st, n, right);
    st.from = p.tokens.begin;
    if (p.change) {
      make_change(st, n, p.change);
      set_subject(st, p);
      return;
    }
    const bool compared = compare_marker_before(s_, p.tokens.begin);
    if (n.kind == Number::Kind::percent && p.words.empty() && right.of) p = Phrase{};
    const bool returns = closes_comparison(p.tokens.begin);
    const bool goes_on = !out_.empty() && out_.back().base && !returns && same_clause(p.tokens.begin);
    st.base = compared || goes_on;
    if (p.empty() || p.reference) {
      if (!right.phrase.empty() && !compared) p = right.phrase;
    }
    // "Adjusted EBITDA was a loss of $6.1 million": the verb's subject, a loss.
    const bool kind_word = p.bare_loss || iequals(p.words, "income") || iequals(p.words, "profit") || iequals(p.words, "expense") || iequals(p.words, "benefit") || iequals(p.words, "gain");
    std::size_t verb = p.tokens.begin;
    while (verb > s_.range.begin && (s_.period(verb - 1) >= 0 || t_.is(verb - 1, determiner))) --verb;
    if (kind_word && verb > s_.range.begin && t_.is(verb - 1, be_verb)) {
      const Phrase subject = subject_before(s_, verb - 1);
      if (!subject.words.empty()) {
        if (p.bare_loss && subject.profit && !subject.loss) st.negate = true;
        p = subject;
      }
    }
    if (p.guidance) st.guidance = true;
    set_subject(st, p);
    if (compared) st.frame = frame_;
    if (!st.base) becomes_topic(st);
    else if (!p.empty() && thread_.topic.empty()) becomes_topic(st);
  }

  /// ", and total assets of ..." after a comparison that has told its period: back to what the sentence began with.
  bool closes_comparison(std::size_t begin) const {
    if (out_.empty() || !out_.back().base || begin < s_.range.begin + 2) return false;
    std::size_t i = begin;
    while (i > s_.range.begin && t_.is(i - 1, determiner)) --i;
    return i >= s_.range.begin + 2 && t_.is_word(i - 1, "and") && t_.is_mark(i - 2, ',');
  }

  /// No clause begins between the last number and `begin`.
  bool same_clause(std::size_t begin) const {
    for (std::size_t i = s_.numbers[out_.back().number].after; i < begin; ++i)
      if (t_.is_mark(i, ';') || t_.is_mark(i, ':') || t_.is(i, be_verb | level_verb | report_verb) || (t_.is(i, clause_word) && !t_.is_word(i, "as"))) return false;
    return true;
  }

  void be(Statement& st, const Number& n, const Governor& g, const RightSide& right) {
    const std::string_view verb = t_.word(g.at);
    const bool share = verb.starts_with("represent") || verb.starts_with("account") || verb == "comprised" || verb == "constituted" || verb.starts_with("contribut") || verb.starts_with("compris");
    Phrase p = subject_before(s_, g.at);
    st.from = p.empty() ? g.at : p.tokens.begin;
    if (p.change && !p.words.empty() && n.kind != Number::Kind::plain && !share) {  // "Revenue growth was 5%"
      make_change(st, n, p.change);
      set_subject(st, p);
      becomes_topic(st);
      return;
    }
    if (n.kind == Number::Kind::percent && (share || right.of)) {
      st.kind = Kind::ratio;
      if (right.of) st.by_subject = right.phrase.full;
      set_subject(st, p);
      if (!p.pronoun && !p.empty()) becomes_topic(st);
      return;
    }
    if ((p.empty() || p.reference) && !right.phrase.empty() && (thread_.topic.empty() || !n.unit_word.empty())) p = right.phrase;
    if (p.guidance) st.guidance = true;
    set_subject(st, p);
    becomes_topic(st);
  }

  void to(Statement& st, const Number& n, const Governor& g, const RightSide& right) {
    if (compare_marker_before(s_, n.tokens.begin)) return compared(st, n, right);
    const Change c = find_change(s_, g.at);
    if (c.direction) {
      set_subject(st, c.noun ? c.subject : change_subject(s_, c.at, g.at));
      st.direction = c.direction;
      st.frame = frame_;
      becomes_topic(st);
      return;
    }
    if (!out_.empty() && same_clause(g.at) && !(right.direct && right.phrase.measure)) {
      st.subject = out_.back().subject;
      st.vague = out_.back().vague;
      return;
    }
    by_right(st, n, right);
  }

  void from(Statement& st, const Number& n, const Governor& g, const RightSide& right) {
    const Change c = find_change(s_, g.at);
    if (c.direction) {
      set_subject(st, c.noun ? c.subject : change_subject(s_, c.at, g.at));
      st.base = true;
      st.frame = frame_;
      return;
    }
    if (!out_.empty() && same_clause(g.at)) return compared(st, n, right);
    by_right(st, n, right);
  }

  /// "Gross profit was $510 million and gross margin was 64.6%, compared to $500 million and 62.6%": of two levels of one sentence the one that is
  /// told in the same way; -1 where all are, or none.
  int level_like(const Number& n) const {
    int like = -1, levels = 0;
    for (std::size_t k = 0; k < out_.size(); ++k) {
      if (out_[k].base || out_[k].alternative || out_[k].aside || (out_[k].kind != Kind::level && out_[k].kind != Kind::ratio)) continue;
      const Number& other = s_.numbers[out_[k].number];
      ++levels;
      if (other.kind == n.kind && other.per_share == n.per_share) {
        if (like >= 0) return -1;
        like = static_cast<int>(k);
      }
    }
    return levels == 2 ? like : -1;
  }

  void take_level(Statement& st, int like) const {
    const Statement& level = out_[static_cast<std::size_t>(like)];
    st.kind = level.kind;
    st.subject = level.subject;
    st.by_subject = level.by_subject;
    st.vague = level.vague;
  }

  /// "$12.4 million on sales of $210.5 million, versus $10.1 million on sales of $190.2 million": the first of the base is the first's.
  int level_with_like(const Number& n) const {
    if (!t_.is_word(n.after, "on")) return -1;
    for (std::size_t k = out_.size(); k-- > 0;) {
      const Number& other = s_.numbers[out_[k].number];
      if (out_[k].kind == Kind::level && !out_[k].base && other.kind == n.kind && other.per_share == n.per_share && t_.is_word(other.after, "on")) return static_cast<int>(k);
    }
    return -1;
  }

  void compared(Statement& st, const Number& n, const RightSide& right) {
    st.base = true;
    const bool counted = n.kind == Number::Kind::plain && !n.unit_word.empty();
    if (!right.phrase.empty() && right.direct && !counted && (right.phrase.measure || thread_.topic.empty())) {
      set_subject(st, right.phrase);
      return;
    }
    if (const int like = level_with_like(n); like >= 0) return take_level(st, like);
    if (const int like = level_like(n); like >= 0) return take_level(st, like);
    if (!thread_.topics.empty()) {
      st.subject = thread_.topics.front();
      return;
    }
    set_subject(st, right.phrase.measure && thread_.topic.empty() ? right.phrase : Phrase{});
    const int level = last_level();
    if (level >= 0 && st.vague) st.subject = out_[static_cast<std::size_t>(level)].subject, st.vague = st.subject.empty();
  }

  /// "$2.3 billion for the year, a decrease of 11% from 2005, and $538.9 million for the quarter": behind a change whose base was told, an amount
  /// goes on with the level before it.
  bool goes_back(Statement& st, const Number& n, std::size_t joint) {
    const int last = last_level();
    if (last < 0 || out_.back().kind != Kind::change_percent || n.kind != Number::Kind::money || joint < s_.range.begin + 2) return false;
    const Statement& level = out_[static_cast<std::size_t>(last)];
    const Number& first = s_.numbers[level.number];
    const bool anew = t_.is_word(joint, "and") && t_.is_mark(joint - 1, ',') && s_.period(joint - 2) >= 0 && first.kind == n.kind && first.per_share == n.per_share && s_.inside(n.after) && s_.period(n.after) >= 0;
    if (!anew) return false;
    st.subject = level.subject;
    st.vague = level.vague;
    st.guidance = level.guidance;
    st.frame = ++frame_;
    return true;
  }

  /// "a decrease of 6% in net income and 7% in diluted earnings per share": the second change goes the way of the first.
  bool continues_change(Statement& st, const Number& n, std::size_t joint) {
    const Statement& prev = out_.back();
    const Number& before = s_.numbers[prev.number];
    const bool like = prev.kind == Kind::change_percent && n.kind == Number::Kind::percent && t_.is_word(joint, "and") && t_.is_word(before.after, "in") && t_.is_word(n.after, "in");
    if (!like) return false;
    for (std::size_t i = before.after; i < joint; ++i)
      if (t_.tokens[i].kind != Token::Kind::word || t_.is(i, be_verb | level_verb | up_verb | down_verb | clause_word)) return false;
    const Phrase p = phrase_after(s_, n.after + 1, s_.range.end);
    if (!p.measure) return false;
    const int direction = prev.direction;
    make_change(st, n, direction);
    set_subject(st, p);
    return true;
  }

  /// "rose 6.3 percent to A for the second quarter and 5.8 percent to B for the first six months": the second change of the same item.
  bool changes_again(Statement& st, const Number& n, std::size_t joint) {
    if (out_.size() < 2 || n.kind != Number::Kind::percent || !t_.is_word(joint, "and") || !t_.is_word(n.after, "to")) return false;
    const Statement &level = out_.back(), &first = out_[out_.size() - 2];
    if (first.kind != Kind::change_percent || first.frame != level.frame || level.kind != Kind::level || level.base || s_.period(joint - 1) < 0) return false;
    const int direction = first.direction;
    make_change(st, n, direction);
    st.subject = level.subject;
    st.vague = level.vague;
    st.frame = ++frame_;
    return true;
  }

  /// "or 40.2%", "and $0.8 million", "(or $0.01 per share": joined to the number before it.
  void joint(Statement& st, const Number& n, const Governor& g, const RightSide& right) {
    if (out_.empty()) return by_right(st, n, right);
    const Statement& prev = out_.back();
    const Number& before = s_.numbers[prev.number];
    const bool touching = adjacent(before.after, g.at, prev.kind == Kind::change_amount || prev.kind == Kind::change_percent, begins_comparison(n.after));
    if (!touching && !continues_change(st, n, g.at)) by_right(st, n, right);
    if (!touching || goes_back(st, n, g.at) || changes_again(st, n, g.at)) return;
    const bool own = right.direct && right.phrase.measure && !n.per_share && n.kind == before.kind && !t_.is_word(g.at, "or");
    st.base = prev.base;
    st.frame = prev.frame;
    st.guidance = prev.guidance;
    st.subject = prev.subject;
    st.vague = prev.vague;
    st.direction = prev.direction;
    if (const int like = prev.base && n.kind != before.kind ? level_like(n) : -1; like >= 0) {  // "compared to $500 million and 62.6%"
      take_level(st, like);
      return;
    }
    const bool change = prev.kind == Kind::change_amount || prev.kind == Kind::change_percent || prev.kind == Kind::change_points;
    st.alternative = t_.is_word(g.at, "or") || t_.is_mark(g.at, ')') || (n.per_share && !before.per_share);
    if (change && n.kind == Number::Kind::percent && before.kind == Number::Kind::percent && right.of && !t_.is_word(g.at, "or")) {
      st.kind = Kind::ratio;
      st.by_subject = right.phrase.full;
      return;
    }
    if (change) {
      st.kind = change_kind(n);
      if (prev.direction < 0 && !n.negative) st.negate = true;
      return;
    }
    if (n.kind == Number::Kind::percent && before.kind == Number::Kind::money) {
      st.kind = Kind::ratio;
      if (right.of) st.by_subject = right.phrase.full;
      return;
    }
    if (n.kind == Number::Kind::money && before.kind == Number::Kind::money && prev.negate && !n.negative) st.negate = true;
    if (own) {
      set_subject(st, right.phrase);
      st.alternative = false;
    }
  }

  bool begins_comparison(std::size_t i) const { return t_.is_word(i, "compared") || t_.is_word(i, "versus") || t_.is_word(i, "vs"); }

  /// Only commas, brackets, "respectively" and words like "also" stand between.
  /// Behind a change its noun may stand too ("9 percent year-over-year growth or 13 percent ...").
  /// So may, where the number is compared as well, the comparison of the one before ("3% compared with 4Q23 and 12% compared with 1Q23").
  bool adjacent(std::size_t from, std::size_t to, bool after_change, bool compared_too) const {
    for (std::size_t i = from; i < to; ++i) {
      const bool compares = begins_comparison(i) || ((t_.is_word(i, "with") || t_.is_word(i, "to")) && i > from && t_.is_word(i - 1, "compared"));
      if (after_change && compared_too && to - from < 14 && (compares || t_.is(i, determiner))) continue;
      if (after_change && to - from < 12 && (t_.is_word(i, "from") || t_.is_word(i, "over")) && (s_.period(i + 1) >= 0 || t_.is(i + 1, determiner))) continue;
      if (after_change && to - from < 8 && t_.is(i, up_noun | down_noun | measure | modifier)) continue;
      if (s_.period(i) >= 0 || t_.is_mark(i, ',') || t_.is_mark(i, '(') || t_.is_mark(i, ')') || t_.is(i, adverb | conjunction)) continue;
      return false;
    }
    return true;
  }

  void noun(Statement& st, const Number& n, std::size_t end, const RightSide& right) {
    Phrase p = phrase_before(s_, end);
    if (p.empty() && !out_.empty() && s_.numbers[out_.back().number].flat) {  // "unchanged at 1.47%"
      st.subject = out_.back().subject;
      st.vague = out_.back().vague;
      return;
    }
    if (p.empty() || (!p.measure && right.phrase.measure) || (!p.measure && !n.unit_word.empty())) return by_right(st, n, right);
    st.from = p.tokens.begin;
    st.base = compare_marker_before(s_, p.tokens.begin);
    // "increases revenue 40%": the noun is the verb's object.
    if (n.kind == Number::Kind::percent && p.tokens.begin > s_.range.begin) {
      std::size_t v = p.tokens.begin;
      while (v > s_.range.begin && (s_.period(v - 1) >= 0 || t_.is(v - 1, determiner | praise))) --v;
      if (v > s_.range.begin && t_.is(v - 1, up_verb | down_verb) && !t_.is(v - 1, be_verb)) {
        make_change(st, n, t_.is(v - 1, up_verb) ? 1 : -1);
        set_subject(st, p);
        becomes_topic(st);
        return;
      }
    }
    if (p.change && n.kind != Number::Kind::plain) {
      make_change(st, n, p.change);
      set_subject(st, p);
      return;
    }
    if (n.kind == Number::Kind::percent && right.of) st.by_subject = right.phrase.full;
    set_subject(st, p);
    if (!st.base) becomes_topic(st);
  }

  void colon(Statement& st, const Number& n, const Governor& g, const RightSide& right) {
    Phrase p = phrase_before(s_, g.at);
    // "(Q1 2019: $558 million)": the same for another period.
    const bool only_period = g.at > s_.range.begin && s_.period(g.at - 1) >= 0 && p.empty();
    if (only_period && !thread_.topic.empty() && !out_.empty()) {
      st.base = true;
      st.subject = thread_.topic;
      return;
    }
    if (p.empty()) return by_right(st, n, right);
    if (right.direct && right.phrase.measure && !p.measure) {  // "Europe: $3 million revenue"
      Phrase q = right.phrase;
      if (p.dimensions.empty()) q.dimensions.emplace_back("Segment", p.full);
      set_subject(st, q);
    } else {
      set_subject(st, p);
    }
    becomes_topic(st);
  }

  void transitive(Statement& st, const Number& n, const Governor& g, const RightSide& right) {
    if (right.phrase.empty()) {
      Phrase p = subject_before(s_, g.at);
      if (p.measure) set_subject(st, p);
      else st.vague = true;
      return;
    }
    Phrase p = right.phrase;
    const std::string_view verb = t_.word(g.at);
    static constexpr std::string_view flows[] = {"repurchased", "paid", "issued", "sold", "acquired", "invested", "borrowed", "repaid", "redeemed", "purchased", "retired", "raised", "drew", "spent", "returned"};
    if (std::find(std::begin(flows), std::end(flows), verb) != std::end(flows) && n.kind == Number::Kind::money) {
      p.words += " " + std::string(verb);
      p.full += " " + std::string(verb);
      p.instant = false;
    }
    static constexpr std::string_view holds[] = {"operated", "operates", "operate", "had", "has", "have", "employed", "employs", "employ", "owned", "owns", "served", "serves", "serve", "held", "maintained"};
    if (!n.unit_word.empty() && std::find(std::begin(holds), std::end(holds), verb) == std::end(holds)) p.instant = false;  // opened, signed: over the period
    set_subject(st, p);
    becomes_topic(st);
  }

  void bracket(Statement& st, const Number& n, const RightSide& right) {
    if (out_.empty()) return by_right(st, n, right);
    const Statement& prev = out_.back();
    const Number& before = s_.numbers[prev.number];
    const bool touching = n.tokens.begin <= before.after + 2;
    if (touching && goes_the_same_way(st, n)) return;
    if (touching && (n.kind == before.kind || n.per_share)) {
      st.subject = prev.subject;
      st.vague = prev.vague;
      st.base = prev.base || tells_another_year(n, before);
      st.frame = prev.frame;
      st.alternative = st.base == prev.base;
      if (n.kind == Number::Kind::percent && right.of) st.by_subject = right.phrase.full;
      return;
    }
    by_right(st, n, right);
  }

  /// "increased $103 million (12.9 percent)", "rose to $803 million (12.9%)", "rose 12% ($11 million)": alone in its bracket behind a number that
  /// changed, or that the change led to.
  bool goes_the_same_way(Statement& st, const Number& n) {
    const Statement& prev = out_.back();
    const bool alone = !n.negative && !n.per_share && t_.is_mark(n.tokens.begin - 1, '(') && t_.is_mark(n.tokens.end, ')');
    if (!alone || prev.base || prev.direction == 0) return false;
    const bool percent = n.kind == Number::Kind::percent && (prev.kind == Kind::change_amount || prev.kind == Kind::level);
    const bool amount = n.kind == Number::Kind::money && prev.kind == Kind::change_percent;
    if (!percent && !amount) return false;
    st.kind = change_kind(n);
    st.direction = prev.direction;
    st.negate = prev.direction < 0;
    st.subject = prev.subject;
    // "gross profit rose to $12 million (45.3%)": by so much, or so much of sales
    st.vague = prev.vague || (prev.kind == Kind::level && prev.subject.profit);
    st.frame = prev.frame;
    st.alternative = true;
    return true;
  }

  /// "a combined ratio of 81.7% (90.0% in 2007)": the same of an earlier year.
  bool tells_another_year(const Number& n, const Number& before) const {
    if (n.kind != before.kind || n.per_share != before.per_share || !t_.is_mark(n.tokens.begin - 1, '(') || !s_.inside(n.after)) return false;
    const int p = s_.period(n.after);
    return p >= 0 && s_.periods[static_cast<std::size_t>(p)].bare_year && t_.is_mark(s_.periods[static_cast<std::size_t>(p)].tokens.end, ')');
  }

  /// Nothing before it says what it is: the words behind it do.
  void by_right(Statement& st, const Number& n, const RightSide& right) {
    if (n.kind == Number::Kind::percent && right.of) {  // "47% of total loans"
      st.by_subject = right.phrase.full;
      st.vague = true;
      st.subject = right.rest;
      if (!st.subject.empty()) st.vague = false;
      return;
    }
    if (!right.phrase.empty()) {
      Phrase p = right.phrase;
      st.from = n.tokens.begin;
      set_subject(st, p, false);
      st.vague = st.subject.words.empty();
      if (right.phrase.measure) becomes_topic(st);
      return;
    }
    set_subject(st, Phrase{});
    if (out_.empty() || aside_) st.vague = true;
  }

  /// "$0.71 per share, based on 26.3 million diluted shares, compared with": what goes on is the share's, not the shares'.
  void based_on(Statement& st, const Number& n, const RightSide& right) {
    st.base = !out_.empty() && out_.back().base;
    named_behind(st, n, right.phrase);
  }

  /// "due to $20.6 billion of net outflows", "of which $12.1 million was paid": not of what was spoken of, so of nothing where nothing follows.
  void named_behind(Statement& st, const Number& n, const Phrase& p) {
    st.from = n.tokens.begin;
    if (!p.empty() && !p.pronoun) set_subject(st, p, false);
    st.vague = st.subject.words.empty();
  }

  // --- after the pass -------------------------------------------------------------------------------------------------

  void flags(Statement& st, const Number& n) {
    if (n.kind == Number::Kind::money && !n.scaled && !n.per_share && n.decimals == 2 && n.value.abs() < Decimal(100) && !out_.empty()) {
      const Number& before = s_.numbers[out_.back().number];
      st.share_like = before.per_share || out_.back().share_like || icontains(out_.back().subject.words, "per share") || icontains(out_.back().subject.words, "per diluted") || icontains(out_.back().subject.words, "eps");
      if (n.per.size()) st.share_like = false;
    }
    if (n.kind == Number::Kind::money && !n.scaled && n.per.empty() && n.value.abs() < Decimal(100) && icontains(st.subject.words, "dividend")) st.share_like = true;
    if (about_future(s_, n.tokens.begin)) st.guidance = true;
    if (thread_.guidance) st.guidance = true;
    if ((n.kind == Number::Kind::percent && st.kind == Kind::ratio && st.by_subject.empty()) || n.kind == Number::Kind::points) {
      const std::string share = st.subject.words.empty() || icontains(st.subject.words, " as a ") ? std::string() : opening_share(s_);
      if (!share.empty()) st.subject.words += " " + share, st.subject.full += " " + share;
    }
    const Adjectives a = read_adjectives(s_, n);
    st.constant_currency = st.constant_currency || a.constant_currency;
    st.non_gaap = st.non_gaap || a.non_gaap || st.subject.non_gaap;
    st.cumulative = a.cumulative;
    if (st.subject.dimensions.empty()) {
      st.subject.dimensions = antecedent_dimensions(st, n);
    }
    if (st.subject.dimensions.empty()) {
      if (!lead_dimensions_read_) lead_dimensions_ = read_lead_dimensions(s_), lead_dimensions_read_ = true;
      st.subject.dimensions = !lead_dimensions_.empty() ? lead_dimensions_ : thread_.scope;
    }
  }

  /// "... the Services segment, which generated a margin of 49.6%, compared with 37.7%": the segment's.
  std::vector<std::pair<std::string, std::string>> antecedent_dimensions(const Statement& st, const Number& n) const {
    const std::size_t from = out_.empty() ? s_.range.begin : s_.numbers[out_.back().number].after;
    for (std::size_t i = n.tokens.begin; i > from; --i) {
      if (!t_.is_word(i - 1, "which") && !t_.is_word(i - 1, "where")) continue;
      std::size_t end = i - 1;
      while (end > s_.range.begin && (t_.is_mark(end - 1, ',') || t_.is_word(end - 1, "of") || t_.is_word(end - 1, "in"))) --end;
      const Phrase p = phrase_before(s_, end);
      which_ = p.dimensions;
      return p.dimensions;
    }
    if (!which_.empty() && !out_.empty() && out_.back().subject.dimensions == which_ && iequals(out_.back().subject.words, st.subject.words)) return which_;
    return {};
  }

  const Sentence& s_;
  const Text& t_;
  Thread& thread_;
  std::vector<Statement> out_;
  std::vector<std::pair<std::string, std::string>> lead_dimensions_;
  bool lead_dimensions_read_ = false;
  mutable std::vector<std::pair<std::string, std::string>> which_;
  int frame_ = 0;
  bool aside_ = false;  ///< the number being read is one
};

}  // namespace

std::vector<Statement> read_statements(const Sentence& sentence, const Calendar& calendar, Thread& thread) {
  std::vector<Statement> out = Frames(sentence, thread).run();
  for (Statement& st : out) {
    const std::string& w = st.subject.full;
    const bool whole = icontains(w, "consolidated") || icontains(w, "company") || icontains(w, "per share") || icontains(w, "net income") || icontains(w, "net loss") || icontains(w, "eps");
    if (st.subject.dimensions.empty() && !whole) st.carried = thread.segment;
  }
  for (const Statement& st : out)
    if (!st.subject.dimensions.empty() && st.subject.dimensions != thread.scope) thread.segment = st.subject.dimensions.back().second;
  settle_periods(sentence, calendar, thread, out);
  link_statements(sentence, out);
  return out;
}

}  // namespace factpress::facts::prose
