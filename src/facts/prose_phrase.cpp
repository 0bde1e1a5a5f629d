#include "facts/prose_phrase.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace factpress::facts::prose {

bool Names::is_member(const std::string& lower) const { return std::binary_search(members.begin(), members.end(), lower); }

namespace {

constexpr std::uint64_t verbs = be_verb | level_verb | report_verb | up_verb | down_verb | other_verb;
constexpr std::uint64_t nouns = measure | instant_measure | up_noun | down_noun | unit_noun;

bool change_noun_here(const Sentence& s, std::size_t i) {
  const Text& t = s.text;
  if (!t.is(i, up_noun | down_noun)) return false;
  const bool verb_too = t.is(i, up_verb | down_verb);
  if (!verb_too) return true;
  const bool after = s.inside(i + 1) && (t.is_word(i + 1, "in") || t.is_word(i + 1, "of"));
  const bool before = i > s.range.begin && (t.is(i - 1, determiner | praise | modifier | measure) || s.number(i - 1) >= 0 || s.period(i - 1) >= 0 || t.is_word(i - 1, "percentage"));
  return before || (after && (i == s.range.begin || !t.is(i - 1, measure | instant_measure)));
}

/// A participle that belongs to the noun before it ("cash provided by", "intangibles acquired in").
bool inner_participle(const Sentence& s, std::size_t i, std::size_t begin) {
  const Text& t = s.text;
  const std::string_view w = t.word(i);
  if (w == "purchasing" && t.is(i + 1, measure)) return i == s.range.begin || t.is(i - 1, determiner | modifier);  // "purchasing costs"
  if (i == s.range.begin || t.tokens[i - 1].kind != Token::Kind::word) return false;
  if (w == "realized" || w == "realised") return t.is(i - 1, modifier) && !t.is_word(i - 1, "company");  // "net realized gains", "average realized price"
  if ((w == "provided" || w == "used" || w == "generated") && (t.is_word(i + 1, "by") || t.is_word(i + 1, "in") || t.is_word(i + 1, "from") || t.is_word(i + 1, "for")))
    return t.is(i - 1, measure | instant_measure) || t.is_word(i - 1, "activities") || t.is_word(i - 1, "and") || t.is_word(i - 1, "by");
  if (w == "attributable" || w == "related" || w == "relating" || w == "available" || w == "applicable" || w == "held" || w == "associated" || w == "net" || w == "based")
    return !t.is(i - 1, be_verb) && t.tokens[i - 1].kind == Token::Kind::word && !t.is(i - 1, pronoun | determiner);
  if (w == "recorded") return t.is(i - 1, measure | instant_measure | profit_measure | loss_noun | unit_noun);  // "the charge recorded", not "the Company recorded"
  // The words after it would begin with a preposition: it cannot be the main verb's object.
  if (w.ends_with("ed") && begin > i && s.inside(begin) && t.is(begin, preposition) && !t.is(i - 1, be_verb | pronoun | determiner | clause_word) && !t.is(i, up_verb | down_verb))
    return t.tokens[i - 1].kind == Token::Kind::word && s.number(i - 1) < 0 && s.period(i - 1) < 0 && t.is_word(begin, "in");
  return false;
}

bool crossable_preposition(const Text& t, std::size_t i) {
  const std::string_view w = t.word(i);
  if (w == "of" || w == "in" || w == "on" || w == "for" || w == "from" || w == "per" || w == "before" || w == "excluding" || w == "including" || w == "into") return true;
  if (w == "to") return i > 0 && (t.is_word(i - 1, "attributable") || t.is_word(i - 1, "available") || t.is_word(i - 1, "applicable") || t.is_word(i - 1, "related") || t.is_word(i - 1, "debt") || t.is_word(i - 1, "loans") || t.is_word(i - 1, "loan") || t.is_word(i - 1, "cost") || t.is(i - 1, instant_measure | measure));
  if (w == "by") return i > 0 && (t.is_word(i - 1, "provided") || t.is_word(i - 1, "used") || t.is_word(i - 1, "generated"));
  if (w == "than") return i > 0 && t.is_word(i - 1, "other");
  if (w == "with") return i > 0 && t.is_word(i - 1, "associated");
  if (w == "after") {  // "net interest income after provision for loan losses", "profit after tax"
    const std::size_t next = t.is(i + 1, determiner) ? i + 2 : i + 1;
    return i > 0 && t.is(i - 1, measure) && (t.is_word(next, "provision") || t.is_word(next, "provisions") || t.is_word(next, "tax") || t.is_word(next, "taxes") || t.is_word(next, "taxation"));
  }
  return false;
}

bool crossable_in_subject(const Sentence& s, std::size_t i) {
  const Text& t = s.text;
  if (crossable_preposition(t, i)) return true;
  if (!(t.is_word(i, "under") || t.is_word(i, "at") || t.is_word(i, "with") || t.is_word(i, "across") || t.is_word(i, "through") || t.is_word(i, "within"))) return false;
  return i > s.range.begin && t.tokens[i - 1].kind == Token::Kind::word && s.number(i - 1) < 0 && s.period(i - 1) < 0 && t.is(i - 1, measure | instant_measure | unit_noun | segment_noun);
}

/// The opening bracket that the closing one at i belongs to, or npos.
std::size_t opening(const Sentence& s, std::size_t i) {
  int depth = 1;
  for (std::size_t k = i; k-- > s.range.begin && i - k < 60;) {
    if (s.text.is_mark(k, ')')) ++depth;
    if (s.text.is_mark(k, '(') && --depth == 0) return k;
  }
  return std::string::npos;
}

}  // namespace

/// The "and" or comma at k stands between two stretches of time, the second of which begins at `next`.
static bool between_spans(const Sentence& s, std::size_t k, std::size_t next) {
  const auto is_span = [&](std::size_t at) {
    const int p = s.period(at);
    return p >= 0 && !(s.periods[static_cast<std::size_t>(p)].period && s.periods[static_cast<std::size_t>(p)].period->instant());
  };
  return (s.text.is_word(k, "and") || s.text.is_mark(k, ',')) && k > s.range.begin && is_span(k - 1) && s.inside(next) && is_span(next);
}

/// "Cash, | cash equivalents, | and short-term investments", "sales, | general and administrative": the comma at k, or the one before the "and"
/// behind it, parts the names of one item.
static bool within_an_item(const Text& t, std::size_t k, std::size_t next) {
  static constexpr std::array<std::string_view, 5> kCash = {"cash", "equivalents", "securities", "deposits", "investments"};
  static constexpr std::array<std::string_view, 10> kMoreCash = {"cash", "restricted", "unrestricted", "short-term", "long-term", "marketable", "investments", "available-for-sale", "time", "short"};
  static constexpr std::array<std::string_view, 4> kSelling = {"selling", "sales", "marketing", "general"};
  static constexpr std::array<std::string_view, 4> kMoreSelling = {"marketing", "general", "administrative", "distribution"};
  if (k == 0) return false;
  const auto is_any = [&](std::size_t i, const auto& words) { return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return t.is_word(i, w); }); };
  return (is_any(k - 1, kCash) && is_any(next, kMoreCash)) || (is_any(k - 1, kSelling) && is_any(next, kMoreSelling));
}

/// "Gross profit | as a percentage of net sales": what is measured stands before it.
static bool as_a_share(const Text& t, std::size_t i) {
  if (i == 0 || !t.is_word(i, "as") || !t.is_word(i + 1, "a") || t.tokens[i - 1].kind == Token::Kind::number) return false;
  const bool share = t.is_word(i + 2, "percentage") || t.is_word(i + 2, "percent") || t.is_word(i + 2, "share") || t.is_word(i + 2, "proportion") || t.is_mark(i + 2, '%');
  return share && t.is_word(i + 3, "of");
}

/// The end of a name that no letter closes: "U.S." and "Tier 1", before "and".
static bool name_ends_at(const Sentence& s, std::size_t k) {
  const Text& t = s.text;
  if (k <= s.range.begin) return false;
  if (t.is_mark(k, '.')) return t.tokens[k].glued && t.is(k - 1, abbreviation) && t.tokens[k - 1].capital;
  return t.is_number(k) && s.number(k) < 0 && s.period(k) < 0 && t.tokens[k - 1].kind == Token::Kind::word && t.tokens[k - 1].capital && !t.is(k - 1, measure | month | ordinal);
}

Phrase phrase_before(const Sentence& s, std::size_t end, bool subject) {
  const Text& t = s.text;
  std::size_t begin = end;
  std::size_t i = end;
  bool any = false;
  while (i > s.range.begin && end - i < 40) {
    const std::size_t k = i - 1;
    const Token& token = t.tokens[k];
    if (const int p = s.period(k); p >= 0) {  // periods inside are skipped
      i = s.periods[static_cast<std::size_t>(p)].tokens.begin;
      continue;
    }
    if (!any && between_spans(s, k, i)) {  // "Cash collections for the quarter and nine months ended June 30, 2011 were"
      i = k;
      continue;
    }
    if (s.number(k) >= 0) break;
    if (token.kind == Token::Kind::number) {  // a bare number that states nothing may belong to the name
      if (!any) break;
      --i;
      continue;
    }
    if (token.kind == Token::Kind::mark) {
      if (token.mark == ')') {
        const std::size_t open = opening(s, k);
        if (open == std::string::npos) break;
        bool holds = false;
        for (std::size_t m = open; m < k; ++m) holds = holds || s.number(m) >= 0;
        if (holds) break;
        i = open;
        continue;
      }
      if (token.mark == '\'' && k > s.range.begin && token.glued) {
        --i;
        continue;
      }
      if (token.mark == '.' && k > s.range.begin && token.glued && t.is(k - 1, abbreviation) && !(t.is_word(k - 1, "inc") || t.is_word(k - 1, "corp") || t.is_word(k - 1, "no"))) {
        --i;
        continue;
      }
      if (const int p = token.mark == ',' && !any && k > s.range.begin ? s.period(k - 1) : -1; p >= 0) {  // "net income, for the period ended June 30, 2004, was"
        const std::size_t told = s.periods[static_cast<std::size_t>(p)].tokens.begin;
        if (told > s.range.begin && t.is_mark(told - 1, ',')) {
          i = told - 1;
          continue;
        }
      }
      if (token.mark == ',' && !any) {  // "..., net of tax, was": jump over the aside
        constexpr std::size_t longest_clause = 30;
        std::size_t clause = k - 1;
        while (clause > s.range.begin && k - clause < longest_clause && !t.is_mark(clause, ',')) --clause;
        if (clause > s.range.begin && t.is_mark(clause, ',') && (t.is_word(clause + 1, "which") || t.is_word(clause + 1, "defined"))) {  // ", which we expect to recognize over the next 12 months, was"
          i = clause;
          continue;
        }
        std::size_t m = k;
        while (m > s.range.begin && !t.is_mark(m - 1, ',') && s.number(m - 1) < 0 && !(t.is(m - 1, be_verb | level_verb)) && k - m < 16) --m;
        if (m > s.range.begin + 1 && t.is_mark(m - 1, ',') && m < k) {
          i = m - 1;
          continue;
        }
      }
      if ((token.mark == '&' || token.mark == '/' || (token.mark == '-' && token.glued) || token.mark == '%') && any) {
        --i;
        continue;
      }
      if (token.mark == ',' && any && k > s.range.begin && t.tokens[k - 1].kind == Token::Kind::word && i < end && t.tokens[i].kind == Token::Kind::word) {
        // "selling, general and administrative": a list of adjectives
        const bool list = (t.is_word(k - 1, "selling") || t.is_word(k - 1, "taxes") || t.is_word(k - 1, "interest") || t.is_word(k - 1, "general") || t.is_word(k - 1, "depreciation") || t.is_word(k - 1, "property")) ||
                          (k + 4 < end && (t.is_word(k + 2, "and") || t.is_word(k + 3, "and")) && t.is(k + 1, measure | instant_measure | modifier)) || within_an_item(t, k, k + 1);
        const bool net_of = (t.is_word(k + 1, "net") && (k + 2 >= end || t.is_word(k + 2, "of"))) || t.is_word(k + 1, "excluding") || t.is_word(k + 1, "before");
        if (list || net_of) {
          --i;
          continue;
        }
      }
      break;
    }
    const std::uint64_t c = token.classes;
    if ((c & (clause_word | compare)) != 0 && !t.is_word(k, "as")) break;
    if ((c & pronoun) != 0 && !t.is_word(k, "that")) {
      begin = any ? begin : k;
      if (!any) i = k;
      break;
    }
    if (any && as_a_share(t, k)) {
      begin = k;
      --i;
      continue;
    }
    if (t.is_word(k, "as") || t.is_word(k, "but") || t.is_word(k, "nor")) break;
    if ((c & future) != 0 && (c & measure) == 0 && !t.is_word(k, "expected") && !t.is_word(k, "guidance") && !t.is_word(k, "outlook") && !t.is_word(k, "target") && !t.is_word(k, "projected") && !t.is_word(k, "targeted")) break;
    if (any && t.is_word(k, "and") && k > s.range.begin && t.is_mark(k - 1, ',') && within_an_item(t, k - 1, k + 1)) {  // "cash equivalents, and short-term investments"
      i = k - 1;
      continue;
    }
    if ((c & conjunction) != 0) {
      if (!any || k == s.range.begin || s.number(k - 1) >= 0 || (t.tokens[k - 1].kind != Token::Kind::word && !name_ends_at(s, k - 1)) || t.is(k - 1, adverb)) break;
      if (t.is(k - 1, verbs) && !t.is(k - 1, nouns | modifier)) break;
      if (t.is(k + 1, determiner) && t.is_word(k, "and") && !t.is_word(k + 1, "the")) break;
      --i;
      continue;
    }
    if (change_noun_here(s, k)) {
      begin = k;
      any = true;
      --i;
      continue;
    }
    const bool participle = t.is_word(k, "paid") || t.is_word(k, "received") || t.is_word(k, "recorded") || t.is_word(k, "incurred") || t.is_word(k, "declared") || t.is_word(k, "earned") || t.is_word(k, "issued");
    if (!any && participle && k > s.range.begin && t.is(k - 1, measure | instant_measure | unit_noun)) {
      --i;
      continue;
    }
    if (!any && (t.is_word(k, "valued") || t.is_word(k, "worth"))) {
      --i;
      end = i;
      begin = i;
      continue;
    }
    if ((c & verbs) != 0 && (c & (nouns | modifier | praise)) == 0) {
      if (!any && (c & adverb) == 0) {
        break;
      }
      if (!inner_participle(s, k, begin)) break;
    } else if ((c & (up_verb | down_verb | report_verb)) != 0 && (c & (modifier | measure | instant_measure)) == 0) {
      break;
    }
    if ((c & preposition) != 0) {
      if (!any || !(subject ? crossable_in_subject(s, k) : crossable_preposition(t, k))) break;
    }
    if ((c & adverb) != 0 && !any && !t.is_word(k, "only")) {
      --i;
      continue;
    }
    begin = k;
    any = true;
    --i;
    if ((c & determiner) != 0) {
      const bool inner = k > s.range.begin + 1 && (t.is_word(k - 1, "outside") || as_a_share(t, k - 1));  // "revenue outside the U.S."
      const bool goes_on = inner || (k > s.range.begin && t.is(k - 1, preposition) && (subject ? crossable_in_subject(s, k - 1) : crossable_preposition(t, k - 1)));
      if (!goes_on) break;
    }
  }
  // A phrase does not begin with a preposition or conjunction.
  while (begin < end && t.is(begin, preposition | conjunction) && !t.is(begin, measure | modifier) && !t.is_word(begin, "net")) ++begin;
  return make_phrase(s, {begin, end});
}

namespace {

template <std::size_t N>
bool says_only(const Phrase& p, const std::array<std::string_view, N>& words) {
  return p.dimensions.empty() && std::any_of(words.begin(), words.end(), [&](std::string_view w) { return iequals(p.words, w); });
}

}  // namespace

bool is_bare_income(const Phrase& p) { return says_only(p, std::array<std::string_view, 4>{"income", "profit", "gain", "earnings"}); }

bool is_bare_release(const Phrase& p) { return says_only(p, std::array<std::string_view, 6>{"recapture", "recovery", "reversal", "release", "benefit", "credit"}); }

Phrase phrase_after(const Sentence& s, std::size_t begin, std::size_t limit) {
  const Text& t = s.text;
  std::size_t i = begin;
  while (i < limit && t.is(i, determiner)) ++i;
  std::size_t end = i;
  const std::size_t first = i;
  while (i < limit && i < s.range.end && i - begin < 14) {
    const Token& token = t.tokens[i];
    if (s.number(i) >= 0 || s.period(i) >= 0) break;
    if (token.kind == Token::Kind::number) break;
    if (token.kind == Token::Kind::mark) {
      const bool inner = (token.mark == '.' && i > first && t.is(i - 1, abbreviation)) || (token.mark == '\'' && token.glued) || (token.mark == '-' && token.glued) || token.mark == '&' || (token.mark == '/' && token.glued);
      if (!inner) break;
      ++i;
      continue;
    }
    const std::uint64_t c = token.classes;
    if ((c & (clause_word | compare | pronoun)) != 0) break;
    if ((c & (be_verb | level_verb | other_verb)) != 0 && (c & (nouns | modifier)) == 0) break;
    if ((c & report_verb) != 0 && (c & nouns) == 0 && i > first) break;
    if ((c & conjunction) != 0) {
      // Goes on where the next words are nouns up to a boundary.
      if (i + 1 >= limit || t.tokens[i + 1].kind != Token::Kind::word || s.number(i + 1) >= 0 || s.period(i + 1) >= 0) break;
      if (!t.is_word(i, "and") || t.is(i + 1, verbs | determiner | preposition) || t.is_word(i + 1, "no")) break;  // "in cash and no borrowings"
      bool clean = true;
      for (std::size_t k = i + 1; k < limit && k < i + 7; ++k) {
        if (t.tokens[k].kind == Token::Kind::mark) break;
        if (s.number(k) >= 0) clean = false;
        if (t.is(k, be_verb | level_verb | up_verb | down_verb)) clean = false;
        if (t.is(k, preposition)) break;
      }
      if (!clean) break;
      ++i;
      continue;
    }
    if ((c & preposition) != 0) {
      const bool inner = t.is_word(i, "of") || t.is_word(i, "per") || (t.is_word(i, "on") && i > first) || (t.is_word(i, "from") && i > first && t.is_word(i + 1, "operations"));
      if (!inner || i == first) break;
      ++i;
      continue;
    }
    ++i;
    end = i;
  }
  return make_phrase(s, {begin, std::max(begin, end)});
}

namespace {

struct Builder {
  const Sentence& s;
  const Text& t;
  std::vector<std::size_t> kept;

  /// How many of the kept words are the given name of the company (its last word may be a possessive); 0 for none.
  std::size_t name_length(const std::string& name) const {
    std::size_t at = 0;
    for (const std::string_view part : split(name, ' ')) {
      if (at >= kept.size()) return 0;
      const std::string_view w = t.word(kept[at]);
      const bool possessive = w.size() > part.size() && w.size() <= part.size() + 4 && w.starts_with(part) && !is_alnum(w[part.size()]);
      if (w != part && !possessive) return 0;
      ++at;
    }
    return at;
  }

  /// Drops the company's own name at the front of the kept words.
  void drop_company() {
    if (kept.empty() || t.tokens[kept[0]].kind != Token::Kind::word) return;
    const char initial = t.word(kept[0])[0];
    for (const std::string& name : s.names.company) {
      if (name[0] != initial) continue;
      std::size_t drop = name_length(name);
      if (!drop) continue;
      while (drop < kept.size() && t.tokens[kept[drop]].kind == Token::Kind::mark) ++drop;  // of the possessive
      kept.erase(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(drop));
      return;
    }
  }

  void drop_front(std::uint64_t classes) {
    std::size_t n = 0;
    while (n < kept.size() && t.is(kept[n], classes) && !(t.is(kept[n], measure | instant_measure | modifier | pronoun))) ++n;
    kept.erase(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(n));
  }

  std::string join(const std::vector<std::size_t>& at) const {
    std::string out;
    for (std::size_t k = 0; k < at.size(); ++k) {
      const bool glue = k > 0 && ((t.tokens[at[k]].glued && at[k] == at[k - 1] + 1) || t.is_mark(at[k], ','));
      if (k > 0 && !glue) out += ' ';
      out += t.print(at[k]);
    }
    return out;
  }
};

bool name_like(const Text& t, std::size_t i) {
  return t.tokens[i].kind == Token::Kind::word && t.tokens[i].capital &&
         (t.tokens[i].classes & (measure | instant_measure | modifier | praise | determiner | ordinal | period_noun | up_noun | down_noun | profit_measure | preposition | conjunction | pronoun | loss_noun)) == 0;
}

bool possessive(const Text& t, std::size_t i) {
  const std::string_view w = t.word(i);
  return w.size() > 2 && w.back() == 's' && (w[w.size() - 2] == '\'' || w.ends_with("\xE2\x80\x99s"));
}

/// Adjectives of the field that are a part's name when written with a capital inside a sentence ("Carrier Services").
bool soft_name(const Sentence& s, std::size_t i) {
  static constexpr std::string_view words[] = {"service", "services", "product", "products", "subscription", "license", "licenses", "retail", "online", "wholesale", "direct", "international", "domestic", "worldwide", "research", "consumer", "other"};
  if (s.title_case || i == s.range.begin || !s.text.tokens[i].capital) return false;
  const std::string_view w = s.text.word(i);
  return std::find(std::begin(words), std::end(words), w) != std::end(words);
}

bool place_like(const Text& t, std::size_t i) { return t.is(i, place_name) && t.tokens[i].capital; }

std::string strip_possessive(std::string s) {
  for (const std::string_view tail : {std::string_view("'s"), std::string_view("\xE2\x80\x99s"), std::string_view("'"), std::string_view("\xE2\x80\x99")})
    if (s.size() > tail.size() && std::string_view(s).ends_with(tail)) return s.substr(0, s.size() - tail.size());
  return s;
}

/// Takes a segment or place out of the kept words: "... Business Services Segment", "Carrier Services revenue", "in Europe".
void take_dimensions(Builder& b, Phrase& p) {
  const Text& t = b.t;
  auto& kept = b.kept;
  // 1. "(from|of|for|in) [adjectives] NAME segment"
  for (std::size_t k = 0; k < kept.size(); ++k) {
    if (!t.is(kept[k], segment_noun) || k == 0) continue;
    if (t.is_word(kept[k], "business") || t.is_word(kept[k], "market") || t.is_word(kept[k], "region") || t.is_word(kept[k], "unit") || t.is_word(kept[k], "group")) continue;
    std::size_t first = k;
    while (first > 0 && !possessive(t, kept[first - 1]) && (name_like(t, kept[first - 1]) || (t.tokens[kept[first - 1]].capital && !t.is(kept[first - 1], preposition | determiner) && !b.s.title_case) || t.is_mark(kept[first - 1], '&') ||
                         (t.is_word(kept[first - 1], "and") && first > 1 && t.tokens[kept[first - 2]].capital && first < k)))
      --first;
    if (first == k) continue;
    std::vector<std::size_t> name(kept.begin() + static_cast<std::ptrdiff_t>(first), kept.begin() + static_cast<std::ptrdiff_t>(k));
    p.dimensions.emplace_back("Segment", strip_possessive(b.join(name)));
    std::size_t cut = first;
    for (std::size_t m = 1; m < first; ++m)  // "revenues from the higher margin NAME segment"
      if (t.is_word(kept[m], "from") || t.is_word(kept[m], "for") || t.is_word(kept[m], "of") || t.is_word(kept[m], "in")) {
        cut = m;
        break;
      }
    while (cut == first && cut > 0 && !t.is(kept[cut - 1], measure | instant_measure) && t.is(kept[cut - 1], preposition | determiner | higher_word | lower_word | modifier | praise)) --cut, --first;
    std::size_t stop = k + 1;
    while (stop < kept.size() && t.tokens[kept[stop]].kind == Token::Kind::mark) ++stop;
    kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(cut), kept.begin() + static_cast<std::ptrdiff_t>(stop));
    while (!kept.empty() && t.is(kept.back(), preposition | determiner)) kept.pop_back();
    return;
  }
  // 2. "in|from PLACE" at the end, or a member that tables know.
  for (std::size_t k = 1; k + 1 < kept.size() + 1 && k < kept.size(); ++k) {
    if (!(t.is_word(kept[k], "in") || t.is_word(kept[k], "from") || t.is_word(kept[k], "for") || t.is_word(kept[k], "of")) || k + 1 >= kept.size()) continue;
    std::size_t first = k + 1;
    while (first < kept.size() && t.is(kept[first], determiner)) ++first;
    if (first >= kept.size()) continue;
    std::vector<std::size_t> name(kept.begin() + static_cast<std::ptrdiff_t>(first), kept.end());
    const std::string words = strip_possessive(b.join(name));
    bool place = true;
    for (const std::size_t i : name) place = place && (place_like(t, i) || t.is_word(i, "and") || t.is_word(i, "the") || t.is_word(i, "united") || t.is_word(i, "u.s") || t.is_mark(i, '&'));
    if (t.is_word(kept[k], "of")) place = false;
    const bool member = b.s.names.is_member(lower(words));
    if (!place && !member) continue;
    p.dimensions.emplace_back(place ? "Geography" : "Segment", words);
    kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(k), kept.end());
    return;
  }
  // 3. Names before the measure.
  std::size_t n = 0;
  while (n < kept.size() && (name_like(t, kept[n]) || (t.is_mark(kept[n], '.') && n > 0) || soft_name(b.s, kept[n]) || (n > 0 && (t.is_mark(kept[n], '&') || t.is_mark(kept[n], '\'') || t.is_word(kept[n], "and")) && n + 1 < kept.size()))) ++n;
  // the longest front that tables know as a member
  for (std::size_t m = std::min<std::size_t>(kept.size(), 6); m > 0; --m) {
    std::vector<std::size_t> name(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(m));
    const std::string words = strip_possessive(b.join(name));
    if (m < kept.size() && b.s.names.is_member(lower(words))) {
      n = m;
      break;
    }
  }
  while (n > 0 && (t.is_word(kept[n - 1], "and") || t.is_mark(kept[n - 1], '&'))) --n;
  if (n == 0 || n >= kept.size() || b.s.title_case) {
    if (!(n > 0 && n < kept.size() && b.s.names.is_member(lower(strip_possessive(b.join({kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(n)})))))) return;
  }
  if (n < kept.size() && (t.is_word(kept[n], "and") || t.is_mark(kept[n], '&') || t.is(kept[n], preposition) || t.is_number(kept[n]))) return;  // "Tier 1 capital ratio"
  bool measure_after = false;
  for (std::size_t k = n; k < kept.size(); ++k) measure_after = measure_after || t.is(kept[k], measure | instant_measure);
  if (!measure_after) return;
  std::vector<std::size_t> name(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(n));
  std::size_t words = 0;
  for (const std::size_t i : name) words += t.tokens[i].kind == Token::Kind::word ? 1u : 0u;
  const std::string member = strip_possessive(b.join(name));
  const bool at_start = kept[0] == b.s.range.begin || (kept[0] > 0 && (t.is_mark(kept[0] - 1, 'o') || t.is_mark(kept[0] - 1, '"') || t.is_mark(kept[0] - 1, ':')));
  if (at_start && words < 2 && !b.s.names.is_member(lower(member)) && !place_like(t, kept[0])) return;
  bool place = true;
  for (const std::size_t i : name) place = place && (place_like(t, i) || t.is_mark(i, '.'));
  p.dimensions.emplace_back(place ? "Geography" : "Segment", member);
  kept.erase(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(n));
}

/// Takes "increase in X", "X growth" apart.
void take_change(Builder& b, Phrase& p) {
  const Text& t = b.t;
  auto& kept = b.kept;
  for (std::size_t k = 0; k < kept.size(); ++k) {
    if (!change_noun_here(b.s, kept[k])) continue;
    const bool last = k + 1 == kept.size();
    const bool in = !last && (t.is_word(kept[k + 1], "in") || t.is_word(kept[k + 1], "of"));
    const bool first = k == 0;
    if (!last && !in) continue;
    if (!first && !last && in) {
      // "revenue growth in Europe": the words before are the subject, those behind stay as they are
    }
    p.change = t.is(kept[k], up_noun) ? 1 : -1;
    if (first && in) kept.erase(kept.begin(), kept.begin() + 2);
    else if (!last && in && !(t.is(kept[0], measure | instant_measure))) kept.erase(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(k) + 2);
    else kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(k), kept.end());
    return;
  }
}

void describe(Builder& b, Phrase& p) {
  const Text& t = b.t;
  bool average = false;
  bool flow_like = false;
  for (const std::size_t i : b.kept) {
    const std::uint64_t c = t.tokens[i].classes;
    const std::string_view w = t.word(i);
    p.measure = p.measure || (c & (measure | instant_measure | loss_noun | profit_measure)) != 0;
    p.profit = p.profit || (c & profit_measure) != 0;
    p.loss = p.loss || (c & loss_noun) != 0;
    average = average || w == "average" || w == "weighted-average" || w == "averaged";
    flow_like = flow_like || w == "provision" || w == "charge-offs" || w == "flow" || w == "flows" || w == "expense" || w == "expenses" || w == "revenue" || w == "revenues" || w == "interest" ||
                w == "margin" || w == "income" || w == "impairment" || w == "expenditures" || w == "provided" || w == "used" || w == "payments" || w == "dividends" || w == "dividend" ||
                w == "return" || w == "returns" || w == "growth" || w == "originations" || w == "yield" || w == "sales" || w == "earnings" || w == "costs" || w == "cost" || w == "rate" ||
                w == "repurchased" || w == "sold" || w == "amortization" || w == "repurchases" || w == "proceeds" || w == "purchases" || w == "gain" || w == "gains" || w == "loss" || w == "losses" || w == "profit";
    p.non_gaap = p.non_gaap || w == "adjusted" || w == "non-gaap" || w == "core" || w == "organic" || w == "forma" || w == "excluding" || w == "normalized" || w == "ebitda" || w == "ebitdax" ||
                 w == "same-client" || w == "constant-currency" || w == "ffo" || w == "affo" || w == "free" || w == "underlying" || w == "ex-tac";
    p.guidance = p.guidance || w == "guidance" || w == "outlook" || w == "target" || w == "forecast";
    p.pronoun = p.pronoun || ((c & pronoun) != 0 && b.kept.size() == 1);
  }
  if (!b.kept.empty()) {
    // The head stands before the first preposition: "interest on debt" is no balance, "allowance for losses" is one.
    std::size_t head = b.kept.size() - 1;
    for (std::size_t k = 1; k < b.kept.size(); ++k)
      if (t.is(b.kept[k], preposition)) {
        head = k - 1;
        break;
      }
    while (head > 0 && !t.is(b.kept[head], measure | instant_measure) && t.word(b.kept[head]).ends_with("ed")) --head;
    bool book = false, flow = false;
    for (const std::size_t i : b.kept) {
      book = book || t.is_word(i, "book");
      flow = flow || t.is_word(i, "provided") || t.is_word(i, "used") || t.is_word(i, "flow") || t.is_word(i, "flows") || t.is_word(i, "repurchased") || t.is_word(i, "paid");
    }
    const bool balance = t.is(b.kept[head], instant_measure) || book;
    p.instant = balance && !average && !flow && !(t.is(b.kept[head], measure) && flow_like && !t.is(b.kept[head], instant_measure));
  }
  const std::string l = lower(p.words);
  if (l == "loss" || l == "deficit" || l == "losses") p.bare_loss = true;
  if (p.profit && p.loss) {
    const std::string_view v = l;
    const bool tail = v.ends_with(" loss") && (v.find("ebit") != std::string_view::npos || v.find("margin") != std::string_view::npos || v.find("profit") != std::string_view::npos ||
                                               v.find("earnings") != std::string_view::npos || v.find("eps") != std::string_view::npos || v.find("cash flow") != std::string_view::npos);
    if (tail) {
      p.loss_of_profit = true;
      p.words.resize(p.words.size() - 5);
      if (p.full.size() > 5) p.full.resize(p.full.size() - 5);
    }
  }
}

/// 'Earnings before ... and other charges ("Adjusted EBITDA")': the term that the brackets define names it better.
void use_defined_term(Builder& b, Range tokens) {
  const Text& t = b.t;
  for (std::size_t k = 2; k + 1 < b.kept.size(); ++k) {  // ", which we refer to as Non-GAAP Operating Expenses,"
    if (!t.is_word(b.kept[k], "as") || !t.is_word(b.kept[k - 1], "to") || !(t.is_word(b.kept[k - 2], "refer") || t.is_word(b.kept[k - 2], "referred"))) continue;
    if (b.kept.size() - k - 1 <= 6) b.kept.erase(b.kept.begin(), b.kept.begin() + static_cast<std::ptrdiff_t>(k) + 1);
    return;
  }
  bool described = false;  // "earnings before ..., adjusted for ..." describes; "net new recurring revenue" is a name itself
  for (const std::size_t k : b.kept) described = described || t.is_word(k, "before") || t.is_mark(k, ',');
  if (!described || tokens.end < tokens.begin + 4 || !t.is_mark(tokens.end - 1, ')') || !t.is_mark(tokens.end - 2, '"')) return;
  std::vector<std::size_t> term;
  std::size_t i = tokens.end - 2;
  while (i > tokens.begin && !t.is_mark(i - 1, '"')) term.insert(term.begin(), --i);
  if (!term.empty() && term.size() <= 6 && i >= tokens.begin + 2 && t.is_mark(i - 1, '"') && t.is_mark(i - 2, '(')) b.kept = term;
}

}  // namespace

Phrase make_phrase(const Sentence& s, Range tokens) {
  Phrase p;
  p.tokens = tokens;
  Builder b{s, s.text, {}};
  int depth = 0;
  for (std::size_t i = tokens.begin; i < tokens.end; ++i) {
    const Token& k = s.text.tokens[i];
    if (s.period(i) >= 0) continue;
    if (k.kind == Token::Kind::mark) {
      if (k.mark == '(') ++depth;
      else if (k.mark == ')') depth = std::max(0, depth - 1);
      const bool keep = (k.mark == '.' && k.glued && !b.kept.empty() && s.text.is(i - 1, abbreviation)) || k.mark == '&' || (k.mark == '\'' && k.glued && !b.kept.empty()) || (k.mark == '-' && k.glued) || (k.mark == '/' && k.glued) || (k.mark == ',' && !b.kept.empty()) || (k.mark == '%' && i >= 2 && as_a_share(s.text, i - 2));
      if (!keep || depth) continue;
    } else if (depth) {
      continue;
    }
    b.kept.push_back(i);
  }
  while (!b.kept.empty() && s.text.is_mark(b.kept.back(), ',')) b.kept.pop_back();
  if (b.kept.size() > 6) use_defined_term(b, tokens);
  if (b.kept.size() == 1 && s.text.is(b.kept[0], pronoun | determiner)) {
    p.pronoun = true;
    p.reference = true;
    return p;
  }
  b.drop_front(determiner | adverb | conjunction | approximate);
  b.drop_company();
  b.drop_front(determiner | adverb | praise | conjunction);
  b.drop_company();
  b.drop_front(determiner | adverb | praise | preposition | conjunction | other_verb);
  take_change(b, p);
  b.drop_front(determiner | adverb | praise | higher_word | lower_word);
  b.drop_company();
  b.drop_front(determiner | praise);
  while (b.kept.size() > 2 && (s.text.is_word(b.kept.back(), "range") || s.text.is_word(b.kept.back(), "amount")) && s.text.is(b.kept[b.kept.size() - 2], determiner | preposition)) b.kept.pop_back();
  while (!b.kept.empty() && (s.text.is(b.kept.back(), preposition | adverb | conjunction | determiner) || s.text.is_mark(b.kept.back(), ',') || s.text.is_mark(b.kept.back(), '\''))) b.kept.pop_back();
  const auto opens = [&](std::size_t k, std::string_view word) { return s.text.is_word(b.kept[k + 1], word); };
  for (std::size_t k = 1; k + 1 < b.kept.size(); ++k)  // ", excluding ...", ", which excludes ..." says how, not what
    if (s.text.is_mark(b.kept[k], ',') && (opens(k, "excluding") || opens(k, "including") || opens(k, "which") || opens(k, "defined"))) {
      p.non_gaap = p.non_gaap || opens(k, "excluding") || (k + 2 < b.kept.size() && s.text.is_word(b.kept[k + 2], "excludes"));
      b.kept.resize(k);
    }
  p.full = b.join(b.kept);
  take_dimensions(b, p);
  p.words = b.join(b.kept);
  const std::string l = lower(p.words);
  p.reference = l == "results" || l == "amount" || l == "amounts" || l == "result" || l == "figure" || l == "this" || l == "these" || l == "total";
  describe(b, p);
  return p;
}

std::string opening_share(const Sentence& s) {
  const std::size_t as = s.range.begin;
  constexpr std::size_t longest = 10;  // tokens
  const bool share = s.text.is_word(as, "as") && s.text.is_word(as + 1, "a") && (s.text.is_word(as + 2, "percentage") || s.text.is_word(as + 2, "percent")) && s.text.is_word(as + 3, "of");
  std::size_t comma = as + 4;
  while (share && comma < s.range.end && comma < as + longest && s.number(comma) < 0 && !s.text.is_mark(comma, ',')) ++comma;
  if (!share || comma >= s.range.end || !s.text.is_mark(comma, ',')) return {};
  const Phrase whole = phrase_after(s, as + 4, comma);
  return whole.full.empty() ? std::string() : "as a " + std::string(s.text.print(as + 2)) + " of " + whole.full;
}

std::vector<Phrase> split_phrase(const Sentence& s, const Phrase& phrase, std::size_t count) {
  const Text& t = s.text;
  std::vector<Range> parts;
  std::size_t begin = phrase.tokens.begin;
  for (std::size_t i = phrase.tokens.begin; i < phrase.tokens.end; ++i) {
    const bool comma = t.is_mark(i, ',');
    const bool joint = t.is_word(i, "and") || t.is_word(i, "or");
    if (!comma && !joint) continue;
    if (i > begin) parts.push_back({begin, i});
    begin = i + 1;
    if (comma && t.is_word(i + 1, "and")) begin = ++i + 1;
  }
  if (begin < phrase.tokens.end) parts.push_back({begin, phrase.tokens.end});
  if (parts.size() != count || count < 2) return {};
  std::vector<Phrase> out;
  for (const Range& r : parts) out.push_back(make_phrase(s, r));
  // What only the last names ("GAAP and non-GAAP gross margin") or only the first ("returns on average assets and equity").
  Phrase& last = out.back();
  for (std::size_t k = 0; k + 1 < out.size(); ++k) {
    Phrase& p = out[k];
    if (p.measure || !last.measure) continue;
    const std::size_t blank = last.words.find(' ');
    if (blank == std::string::npos) continue;
    const std::string tail = last.words.substr(blank + 1);
    p.words += " " + tail;
    p.full = p.words;
    p.measure = true;
    p.profit = last.profit;
    p.instant = last.instant;
  }
  return out;
}

}  // namespace factpress::facts::prose
