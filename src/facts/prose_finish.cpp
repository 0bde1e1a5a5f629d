#include <algorithm>

#include "base/text.h"
#include "facts/prose_frame.h"

/// What only shows when every number of a sentence has been read: which belongs to which of several items, and what is no value of its item.
namespace factpress::facts::prose {
namespace {

using Kind = Claim::Kind;

class Finish {
 public:
  Finish(const Sentence& s, Thread& thread, std::vector<Statement>& out) : s_(s), t_(s.text), thread_(thread), out_(out) {}

  void run() {
    respectively();
    leave_effects();
    tell_earlier_guidance();
  }

 private:
  /// "compared to $26.0 billion and $26.5 billion previously", "up from its previous estimate of $2.00 to $2.15": not of an earlier period, but what was
  /// expected of the same one before.
  void tell_earlier_guidance() {
    for (std::size_t k = 0; k < out_.size(); ++k) {
      Statement& st = out_[k];
      if (!st.base) continue;
      const std::size_t from = k > 0 ? s_.numbers[out_[k - 1].number].after : s_.range.begin;
      const bool second = k > 0 && out_[k - 1].earlier_guidance && (st.pair == static_cast<int>(k) - 1 || joined_flatly(k));
      const bool behind = st.guidance && says_previously(s_.numbers[st.number].after);
      const std::size_t named = names_earlier_guidance(from, s_.numbers[st.number].tokens.begin);
      if (!second && !behind && !named) continue;
      st.earlier_guidance = st.guidance = true;
      if (second) st.subject = out_[k - 1].subject;
      else if (!thread_.topic.empty() && (behind || !st.subject.measure || iequals(st.subject.words, thread_.topic.words))) tell_apart(st, named);
    }
    for (Statement& st : out_)
      if (st.earlier_guidance) st.base = false;
  }

  /// The item of the guidance that it was before, named apart from the new one.
  void tell_apart(Statement& st, std::size_t named) const {
    const std::string words = named ? make_phrase(s_, {named, s_.numbers[st.number].tokens.begin}).words : std::string();
    st.vague = false;
    st.subject = thread_.topic;
    for (std::string* name : {&st.subject.words, &st.subject.full}) *name += ", " + (!named || !icontains(words, t_.word(named)) ? std::string("previously") : words);
  }

  /// Behind the number and the other end of its range stands "previously".
  bool says_previously(std::size_t i) const {
    constexpr int ends = 2;
    for (int passed = 0; i < s_.range.end; ++i) {
      if (t_.is_word(i, "previously")) return true;
      if (const int n = s_.number(i); n >= 0 && ++passed < ends) i = s_.numbers[static_cast<std::size_t>(n)].after - 1;
      else if (!t_.is_word(i, "and") && !t_.is_word(i, "to") && !t_.is_mark(i, ',') && !t_.is_mark(i, '-') && !t_.is_mark(i, '_')) return false;
    }
    return false;
  }

  /// "its previous estimate of", "prior guidance of", "the previously announced range of": at "previous"; 0 for none.
  std::size_t names_earlier_guidance(std::size_t from, std::size_t to) const {
    constexpr std::size_t near = 4;  // tokens
    for (std::size_t i = from; i < to; ++i) {
      const bool before = t_.is_word(i, "prior") || t_.is_word(i, "previous") || t_.is_word(i, "previously") || t_.is_word(i, "earlier") || t_.is_word(i, "initial") || t_.is_word(i, "initially") ||
                          t_.is_word(i, "original") || t_.is_word(i, "originally");
      if (!before || s_.period(i) >= 0) continue;
      for (std::size_t k = i + 1; k < to && k <= i + near && t_.tokens[k].kind == Token::Kind::word && !t_.is(k, preposition); ++k)
        for (const std::string_view word : {"guidance", "outlook", "range", "estimate", "estimates", "forecast", "forecasts", "expectation", "expectations", "projection", "projections", "target"})
          if (t_.word(k) == word) return i;
    }
    return 0;
  }

  /// "a 1% decline from unfavorable exchange rates", "income was reduced by $96 million": what one cause did, and not how the item changed. "exceeded
  /// expenditures by $3.1 billion", "after reductions of $3.3 billion": neither is the item's.
  void leave_effects() {
    for (Statement& st : out_)
      if (is_effect(st) || is_of_another(st)) st.vague = true, st.subject = Phrase{};
  }

  bool is_effect(const Statement& st) const {
    if (st.kind != Claim::Kind::change_percent && st.kind != Claim::Kind::change_amount) return false;
    const Number& n = s_.numbers[st.number];
    const std::size_t b = n.tokens.begin;
    const bool passive = b >= s_.range.begin + 3 && t_.is_word(b - 1, "by") && (t_.is_word(b - 2, "reduced") || t_.is_word(b - 2, "impacted") || t_.is_word(b - 2, "affected")) && t_.is(b - 3, be_verb);
    if (passive && !st.subject.instant) return true;
    std::size_t i = n.after;
    while (i < s_.range.end && t_.is(i, up_noun | down_noun)) ++i;
    if (i >= s_.range.end || !t_.is_word(i, "from")) return false;
    for (std::size_t k = i + 1; k < s_.range.end && k < i + 6; ++k)
      if (s_.period(k) >= 0 || s_.number(k) >= 0 || t_.is(k, relation | period_noun)) return false;
    return true;
  }

  bool is_of_another(const Statement& st) const {
    const std::size_t b = s_.numbers[st.number].tokens.begin;
    constexpr std::size_t near = 8;  // tokens
    if (b < s_.range.begin + 3) return false;
    if (t_.is_word(b - 1, "of") && (t_.is_word(b - 2, "reductions") || t_.is_word(b - 2, "deductions")) && t_.is_word(b - 3, "after")) return true;
    if (!t_.is_word(b - 1, "by")) return false;
    for (std::size_t k = b - 1; k-- > s_.range.begin && b - k < near;)
      if (t_.is_word(k, "exceeded") || t_.is_word(k, "exceeding")) return s_.number(k + 1) < 0;
    return false;
  }

  /// "A and B of 1 and 2, respectively": gives each number its own subject.
  void respectively() {
    for (std::size_t k = 0; k < out_.size();) {
      std::size_t m = k + 1;
      while (m < out_.size() && joined_flatly(m)) ++m;
      const std::size_t count = m - k;
      if (count >= 2 && says_respectively(out_[m - 1]) && listed_periods(s_, s_.numbers[out_[k].number], s_.numbers[out_[m - 1].number], count).empty()) distribute(k, count);
      k = m;
    }
  }

  bool joined_flatly(std::size_t m) const {
    const Number& a = s_.numbers[out_[m - 1].number];
    const Number& b = s_.numbers[out_[m].number];
    if (a.kind != b.kind) return false;
    for (std::size_t i = a.after; i < b.tokens.begin; ++i)
      if (!t_.is_mark(i, ',') && !t_.is_word(i, "and") && !t_.is(i, approximate)) return false;
    return b.tokens.begin <= a.after + 4;
  }

  bool says_respectively(const Statement& st) const {
    for (std::size_t i = s_.numbers[st.number].after; i < s_.range.end && i < s_.numbers[st.number].after + 40; ++i) {
      if (t_.is_word(i, "respectively")) return true;
      if (s_.number(i) >= 0 || t_.is_mark(i, ';')) return false;
    }
    return false;
  }

  void distribute(std::size_t first, std::size_t count) {
    std::vector<Phrase> parts = split_phrase(s_, out_[first].subject, count);
    if (parts.empty() && out_[first].base && thread_.topics.size() == count) parts = thread_.topics;
    if (parts.empty()) return;
    for (std::size_t k = 0; k < count; ++k) {
      Statement& st = out_[first + k];
      const auto dims = st.subject.dimensions;
      st.subject = parts[k];
      if (st.subject.dimensions.empty()) st.subject.dimensions = dims;
      st.alternative = false;
      st.non_gaap = st.subject.non_gaap;
    }
    if (!out_[first].base) thread_.topics = parts;
  }

  const Sentence& s_;
  const Text& t_;
  Thread& thread_;
  std::vector<Statement>& out_;
};

}  // namespace

void finish_statements(const Sentence& sentence, Thread& thread, std::vector<Statement>& statements) { Finish(sentence, thread, statements).run(); }

}  // namespace factpress::facts::prose
