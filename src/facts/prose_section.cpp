#include "facts/prose_section.h"

#include <algorithm>

#include "base/text.h"
#include "facts/prose_period.h"

namespace factpress::facts::prose {
namespace {

bool generic_word(const Text& t, std::size_t i) {
  static constexpr std::string_view more[] = {
      "highlights", "highlight", "results", "result", "summary", "overview", "financial", "discussion", "review", "business", "company", "corporate", "statements", "statement", "activity", "activities",
      "position", "performance", "operations", "condensed", "unaudited", "information", "data", "details", "key", "recent", "developments", "events", "update", "segment", "segments", "metrics", "sheet",
      "management", "remarks", "comments", "commentary", "quality", "credit", "resources", "selected", "supplemental", "table", "contents", "q&a", "webcast", "conference", "call", "about", "press", "release",
      "reports", "announces", "reconciliation", "measures", "items", "notes", "introduction", "item", "report", "strategic", "shareholder", "stockholder", "shareholders", "stockholders", "program", "actions",
      "allocation", "earnings", "per-share", "exhibit", "contact", "contacts", "investor", "media", "relations", "today", "news", "immediate", "forward-looking", "cautionary", "safe", "harbor"};
  const std::string_view w = t.word(i);
  if (t.tokens[i].classes) return true;
  for (const std::string_view m : more)
    if (w == m) return true;
  return w.size() < 3;
}

bool part_of_company(const Names& names, std::string_view word) {
  for (const std::string& name : names.company)
    for (const std::string_view part : split(name, ' '))
      if (word == part || (word.size() == part.size() + 2 && word.starts_with(part) && word.ends_with("'s"))) return true;
  return false;
}

/// The first period that these words name, and the one they compare it with; false where they name none.
bool read_periods_of(const Text& t, Range words, const Calendar& c, Section& s) {
  bool first = true;
  for (const PeriodRef& p : read_periods(t, words, c)) {
    if (p.adverb || p.lead == PeriodRef::Lead::event) continue;
    if (p.relation == PeriodRef::Relation::absolute && p.period && !p.period->instant()) {
      const bool compares = p.lead == PeriodRef::Lead::to || p.lead == PeriodRef::Lead::with || p.lead == PeriodRef::Lead::over || p.lead == PeriodRef::Lead::from;
      if (first && !compares) {
        s.period = p.period;
        s.base.reset();
        first = false;
      } else if (compares && s.period && p.period->end < s.period->end) {
        s.base = p.period;
      }
    }
  }
  return !first;
}

void read_periods_of_heading(const Text& t, const Calendar& c, Section& s) {
  if (read_periods_of(t, {0, t.tokens.size()}, c, s) || !c.known()) return;
  // "Six Months", "Nine-Month Results", "Year to Date": counted back from the release's own end.
  for (std::size_t i = 0; i < t.tokens.size(); ++i) {
    if (t.tokens[i].kind != Token::Kind::word) continue;
    const std::string_view w = t.word(i);
    const std::size_t dash = w.find('-');
    int months = 0;
    if (dash != std::string_view::npos && w.substr(dash + 1).starts_with("month")) months = number_of_word(w.substr(0, dash));
    else if (number_of_word(w) > 0 && (t.is_word(i + 1, "months") || t.is_word(i + 1, "month"))) months = number_of_word(w);
    if (months > 1 && months <= 12 && months % 3 == 0) {
      s.period = c.months_ending(c.current().end, months);
      s.base.reset();
      return;
    }
  }
}

/// "12 Weeks", "Six Months": a length of time and nothing else.
bool is_length_alone(const Text& t) {
  std::size_t words = 0;
  bool unit = false;
  for (std::size_t i = 0; i < t.tokens.size(); ++i) {
    if (t.tokens[i].kind != Token::Kind::word) continue;
    const std::string_view w = t.word(i);
    const bool length = w == "weeks" || w == "months" || w == "month" || w == "quarter" || w == "year-to-date";
    unit = unit || length;
    if (!length && number_of_word(w) <= 0 && !std::all_of(w.begin(), w.end(), [](char c) { return is_digit(c); })) return false;
    ++words;
  }
  return unit && words <= 3;
}

}  // namespace

bool is_title_case(const Text& t, Range r) {
  std::size_t words = 0, capitals = 0;
  for (std::size_t i = r.begin; i < r.end; ++i) {
    const Token& k = t.tokens[i];
    if (k.kind != Token::Kind::word || k.end - k.begin < 4) continue;
    ++words;
    if (k.capital || is_digit(t.raw[k.begin])) ++capitals;
  }
  return words >= 2 && capitals * 4 >= words * 3;
}

void read_lead_in(const Text& t, Range sentence, const Calendar& c, Section& s) { read_periods_of(t, sentence, c, s); }

void read_heading(const Text& t, int level, const Names& names, const Calendar& c, Section& s) {
  if (const std::string head = lower(trim(t.raw)); head == "table of contents" || std::all_of(head.begin(), head.end(), is_digit)) return;  // of a page
  std::size_t words = 0;
  bool guidance = false, boilerplate = false, sentence = false;
  std::string scope;
  std::size_t unknown = 0;
  for (std::size_t i = 0; i < t.tokens.size(); ++i) {
    if (t.tokens[i].kind != Token::Kind::word) continue;
    ++words;
    const std::string_view w = t.word(i);
    guidance = guidance || w == "outlook" || w == "guidance" || (w == "targets" && i > 0) || (w == "looking" && t.is_word(i + 1, "ahead")) || w == "forecast" || w == "expectations";
    boilerplate = boilerplate || w == "forward-looking" || (w == "forward" && t.is_word(i + 1, "looking")) || w == "safe" || w == "cautionary" || w == "disclaimer" || w == "contact" || w == "contacts" ||
                  w == "webcast" || (w == "conference" && t.is_word(i + 1, "call"));
    sentence = sentence || t.is(i, report_verb | up_verb | down_verb);
    if (part_of_company(names, w)) continue;
    if (!generic_word(t, i) || t.is(i, place_name)) ++unknown;
  }
  if (words == 0) return;
  const bool deeper = level > 0 && s.level > 0 && level > s.level;
  if (s.guidance && !deeper) s.period.reset(), s.base.reset();  // "2022 Outlook" tells nothing of what stands below "About Acme"
  if (words <= 12 || (words <= 20 && t.raw.find(" Compared ") != std::string::npos)) read_periods_of_heading(t, c, s);
  if (!deeper) s.guidance = s.boilerplate = false, s.guidance_period.reset();
  if ((guidance && words <= 8 && !sentence) || boilerplate) {
    s.guidance = guidance && !boilerplate;
    s.boilerplate = boilerplate;
    s.level = level;
  }
  if (is_length_alone(t)) return;  // "12 Weeks" below "Snacks": the part of the company stays
  s.scope.clear();
  s.dimensions.clear();
  if (words > 6 || sentence || t.is_mark(0, '(') || t.is_word(0, "about")) return;
  std::string plain = collapse(t.raw);
  while (!plain.empty() && (plain.back() == ':' || plain.back() == '.' || plain.back() == ' ')) plain.pop_back();
  if (names.is_member(lower(plain))) s.dimensions.emplace_back("Segment", plain);
  else if (unknown > 0) s.scope = plain;
}

}  // namespace factpress::facts::prose
