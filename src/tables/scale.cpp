#include "tables/scale.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace factpress::tables {

namespace {

struct Word {
  std::string_view text;
  int power;
};

constexpr std::array<Word, 17> kScaleWords = {{{"1,000s", 3}, {"1000s", 3}, {"1,000's", 3}, {"thousands", 3}, {"millions", 6}, {"billions", 9}, {"thousand", 3}, {"million", 6}, {"billion", 9},
    {"000's", 3}, {"000s", 3}, {"000\u2019s", 3}, {"$000", 3}, {"000,000", 6}, {"000", 3}, {"mm)", 6}, {"'000", 3}}};

bool word_boundary(std::string_view text, std::size_t begin, std::size_t end) {
  const bool before = begin == 0 || !is_alnum(text[begin - 1]);
  return before && (end >= text.size() || !is_alnum(text[end]) || text[end - 1] == ')');
}

/// A scale word counts only in a note about amounts: with "in", "$", "dollars", "amounts", "of" near, or alone in brackets.
/// "7.5 million shares" is an amount, not a note.
bool is_note(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t i = begin;
  const bool opened = begin > 0 && text[begin - 1] == '(';  // "September 30 (millions, ...": no number of millions
  while (i > 0 && (text[i - 1] == ' ' || text[i - 1] == '$' || text[i - 1] == '(' || text[i - 1] == '\'' || text[i - 1] == '\n')) --i;
  if (i > 0 && !opened && (is_digit(text[i - 1]) || text[i - 1] == ',' )) return false;
  const std::string_view before = text.substr(0, i);
  for (std::string_view key : {"in", "dollars", "amounts", "usd", "us", "euros", "currency", "of", "data", "are", "shares", "ands", "\u20AC", "\u00A3", "\u00A5", "eur", "gbp", "rmb"})
    if (before.size() >= key.size() && before.substr(before.size() - key.size()) == key) return true;
  const bool bracket = begin > 0 && (text[begin - 1] == '(' || (text[begin - 1] == '$' ) || (text[begin - 1] == ' ' && begin > 1 && (text[begin - 2] == '$' || text[begin - 2] == '(')));
  const std::string_view after = text.substr(end, 30);
  return bracket || after.substr(0, 11) == " of dollars" || after.substr(0, 8) == " omitted" || after.substr(0, 5) == " of u" || after.substr(0, 8) == " of euro" ||
         after.substr(0, 12) == " of canadian" || (begin == 0 && (after.empty() || after[0] == ',' || after[0] == ')'));
}

std::optional<Word> scale_at(std::string_view text, std::size_t from, std::size_t& begin, std::size_t& end) {
  std::size_t best = std::string_view::npos;
  Word found{};
  for (const Word& w : kScaleWords) {
    for (std::size_t at = text.find(w.text, from); at != std::string_view::npos; at = text.find(w.text, at + 1)) {
      if (at >= best) break;
      std::size_t word_begin = at;
      if (w.text[0] == '0' && at > 0 && (text[at - 1] == '$' || text[at - 1] == '\'')) --word_begin;
      if (!word_boundary(text, word_begin, at + w.text.size()) || !is_note(text, at, at + w.text.size())) continue;
      best = at;
      found = w;
      begin = word_begin;
      end = at + w.text.size();
      break;
    }
  }
  if (best == std::string_view::npos) return std::nullopt;
  return found;
}

/// "($M)", "(US$ mm, except per share data)", "$K": a letter after a currency sign, in brackets or alone.
std::optional<Word> letter_scale(std::string_view text, std::size_t& begin, std::size_t& end) {
  static constexpr std::array<Word, 9> kLetters = {{{"mm", 6}, {"mn", 6}, {"mil", 6}, {"bn", 9}, {"mln", 6}, {"k", 3}, {"m", 6}, {"b", 9}, {"t", 3}}};
  for (std::string_view sign : {"$", "\u20AC", "\u00A3"})
    for (std::size_t at = text.find(sign); at != std::string_view::npos; at = text.find(sign, at + 1)) {
      std::size_t from = at;
      while (from > 0 && (is_alpha(text[from - 1]) || text[from - 1] == '.')) --from;
      const bool alone = at - from <= 4 && (from == 0 || text[from - 1] == '(' || (from > 2 && text.substr(from - 3, 3) == "in "));
      std::size_t next = at + sign.size();
      if (next < text.size() && text[next] == ' ') ++next;
      for (const Word& w : kLetters) {
        const std::size_t stop = next + w.text.size();
        const bool ends = stop == text.size() || (stop < text.size() && (text[stop] == ')' || text[stop] == ',' || text[stop] == ';'));
        if (!alone || text.substr(next, w.text.size()) != w.text || !ends) continue;
        begin = from;
        end = stop;
        return w;
      }
    }
  return std::nullopt;
}

/// The prices among what a clause excepts: "average sales price" and "revpar" of "except per share, average sales price and RevPAR".
std::vector<std::string> prices_of(std::string_view clause) {
  static constexpr std::array<std::string_view, 12> kSigns = {"price", "adr", "revpar", "average", "rate", "arp", "per ", "unit cost", "unit revenue", "yield", "fare", "ticket"};
  static constexpr std::array<std::string_view, 3> kLeads = {"for ", "and ", "the "};
  constexpr std::size_t longest = 300;  // characters of a clause
  clause = clause.substr(0, longest);
  std::vector<std::string> out;
  while (!clause.empty()) {
    const std::size_t end = std::min({clause.find(','), clause.find(';'), clause.find(" and "), clause.size()});
    std::string_view phrase = trim(clause.substr(0, end));
    clause.remove_prefix(std::min(end + 1, clause.size()));
    if (istarts_with(phrase, "except")) phrase = trim(phrase.substr(6));
    for (std::string_view lead : kLeads)
      if (istarts_with(phrase, lead)) phrase = trim(phrase.substr(lead.size()));
    for (std::string_view tail : {" data", " amounts", " information", " figures"})
      if (phrase.ends_with(tail)) phrase.remove_suffix(tail.size());
    if (phrase.size() < 3 || phrase.size() > 40 || phrase.find("share") != std::string_view::npos || phrase.find("per unit") != std::string_view::npos) continue;
    if (std::any_of(kSigns.begin(), kSigns.end(), [&](std::string_view w) { return phrase.find(w) != std::string_view::npos; })) out.emplace_back(phrase);
  }
  return out;
}

/// "(Expressed in Canadian dollars)": amounts as they are.
ScaleNote whole_amounts(std::string_view text) {
  ScaleNote note;
  for (std::string_view lead : {"expressed in ", "stated in ", "presented in ", "(in "}) {
    const std::size_t at = text.find(lead);
    if (at == std::string_view::npos) continue;
    const std::string_view clause = text.substr(at, std::min({text.find(')', at), text.find('\n', at), at + 60}) - at);
    for (std::string_view unit : {"dollars", "euros"})
      if (const std::size_t found = clause.find(unit); found != std::string_view::npos && note.end == 0) {
        note.money = 0;
        note.begin = static_cast<std::uint32_t>(at);
        note.end = static_cast<std::uint32_t>(at + found + unit.size());
      }
  }
  return note;
}

}  // namespace

ScaleNote read_scale(std::string_view original) {
  const std::string text = lower(original.substr(0, 4000));
  ScaleNote note;
  std::size_t begin = 0, end = 0;
  auto first = scale_at(text, 0, begin, end);
  if (!first) first = letter_scale(text, begin, end);
  if (!first) return whole_amounts(text);
  const std::string_view words_before = std::string_view(text).substr(begin > 24 ? begin - 24 : 0, std::min<std::size_t>(begin, 24));
  const std::string_view words_after = std::string_view(text).substr(end, 10);
  const bool of_shares = words_after == " of shares" || (words_before.find("shares in") != std::string_view::npos && words_before.find(" and shares in") == std::string_view::npos);
  note.begin = static_cast<std::uint32_t>(begin);
  note.end = static_cast<std::uint32_t>(end);
  std::size_t except = text.find("except", end);
  if (except == std::string::npos) except = text.find("other than", end);
  if (except == std::string::npos) except = text.find("unless", end);
  if (of_shares) {
    note.shares = first->power;
    std::size_t money_begin = 0, money_end = 0;  // "shares in Thousands, $ in Millions"
    const auto money = scale_at(text, end, money_begin, money_end);
    const std::string_view lead = money ? std::string_view(text).substr(end, money_begin - end) : std::string_view{};
    if (money && lead.size() < 24 && (lead.find('$') != std::string_view::npos || lead.find("dollars") != std::string_view::npos || lead.find("usd") != std::string_view::npos) &&
        lead.find("share") == std::string_view::npos)
      note.money = money->power, note.end = static_cast<std::uint32_t>(money_end);
    return note;
  }
  note.money = first->power;
  std::size_t other_begin = 0, other_end = 0;
  if (const auto second = scale_at(text, end, other_begin, other_end)) {  // "... and shares in thousands"
    const std::string_view between = std::string_view(text).substr(end, other_begin - end);
    if (between.find("share") != std::string_view::npos && between.size() < 90) note.shares = second->power;
  }
  if (except == std::string::npos || except > end + 60 || note.shares) return note;
  const std::size_t stop = std::min({text.find(')', except), text.find('\n', except) == std::string::npos ? text.size() : text.find('\n', except) + 40, text.size()});
  const std::string clause = text.substr(except, stop - except);
  note.prices = prices_of(clause);
  const bool bracket = stop < text.size() && text[stop] == ')' && text.substr(begin, stop - begin).find('(') != std::string::npos;  // "in millions (except per share data)"
  note.end = static_cast<std::uint32_t>(std::min(stop + (bracket ? 1 : 0), original.size()));
  // "share and per share", "share data", "number of shares", "shares": but "per share" alone excepts per-share amounts only.
  for (std::size_t at = clause.find("share"); at != std::string::npos; at = clause.find("share", at + 5)) {
    const std::string_view before = std::string_view(clause).substr(0, at);
    const bool per = before.size() >= 4 && (before.substr(before.size() - 4) == "per " || before.substr(before.size() - 4) == "per-" || (before.size() >= 11 && before.find("per ", before.size() - 11) != std::string_view::npos));
    const bool earnings = before.find("earnings") != std::string_view::npos;
    if (!per && !earnings && clause.find("shareholder", at) != at && clause.find("share price", at) != at) note.shares = 0;
  }
  return note;
}

std::string_view named_before_scale(std::string_view text) {
  text = trim(text);
  const std::size_t open = text.rfind('(');
  if (open == std::string_view::npos || text.back() != ')' || !read_scale(text.substr(open)).money) return {};
  const std::string_view named = trim(text.substr(0, open));
  for (std::string_view note : {"dollar", "amount", "unaudited", "expressed", "$", "usd", "u.s. dollar", "us dollar", "in ", "all "})
    if (istarts_with(named, note)) return {};
  return named;
}

std::optional<int> read_scale_of_counts(std::string_view head) {
  head = trim(head);
  if (head.ends_with(" units k")) return 3;
  if (head.ends_with(" units m")) return 6;
  const std::size_t open = head.rfind('(');
  if (open == std::string_view::npos || open == 0 || head.back() != ')') return std::nullopt;
  std::string_view inside = head.substr(open + 1, head.size() - open - 2);
  if (istarts_with(inside, "in ")) inside = trim(inside.substr(3));
  if (inside == "000" || inside == "000s" || inside == "000's" || inside == "000\u2019s") return 3;
  const int power = scale_of_word(inside);
  return power >= 3 ? std::optional<int>(power) : std::nullopt;
}

ScaleWord scale_word(std::string_view text) {
  const auto length = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_alpha) - text.begin());
  const int power = scale_of_word(lower(text.substr(0, length)));
  return power >= 3 ? ScaleWord{length, power} : ScaleWord{};
}

int scale_of_word(std::string_view word) {
  if (word == "million" || word == "millions" || word == "mm" || word == "mn" || word == "m" || word == "mil") return 6;
  if (word == "billion" || word == "billions" || word == "bn" || word == "bil" || word == "b") return 9;
  if (word == "thousand" || word == "thousands" || word == "k") return 3;
  if (word == "trillion") return 12;
  if (word == "hundred") return 2;
  return 0;
}

}  // namespace factpress::tables
