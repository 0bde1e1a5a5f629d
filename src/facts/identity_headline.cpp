#include <algorithm>

#include "base/text.h"
#include "facts/identity_parts.h"
#include "facts/prose_period.h"

namespace factpress::facts::identity {

using prose::Text;
using prose::Token;

namespace {

/// A note, a bullet, a table's name: no headline, whatever it says.
bool begins_otherwise(std::string_view text) {
  text = trim(text);
  for (const std::string_view mark : {"(", "*", "[", "\u2022", "\u25A0", "\u25AA", "\u00B7", "Table ", "TABLE "})
    if (text.starts_with(mark)) return true;
  return false;
}

bool headline_words(const Text& t) {
  if (begins_otherwise(t.raw)) return false;
  std::size_t words = 0;
  bool says = false;
  for (std::size_t i = 0; i < t.tokens.size(); ++i) {
    if (t.tokens[i].kind != Token::Kind::word) continue;
    ++words;
    const std::string_view w = t.word(i);
    says = says || w == "results" || w == "reports" || w == "announces" || w == "earnings" || w == "reported" || w == "posts" || w == "quarter" || w == "revenue" || w == "income" || w == "profit" || w == "sales" ||
           w == "eps" || w == "achieves" || w == "delivers" || w == "grows" || w == "increases";
  }
  const bool exhibit = t.is_word(0, "exhibit") || t.is_word(0, "form") || t.is_word(0, "date") || t.is_word(0, "press") || t.is_word(0, "item") || t.is_word(0, "contact") || t.is_word(0, "contacts");
  return says && words >= 3 && words <= 45 && !exhibit;
}

bool verb_of_news(const Text& t, std::size_t i) {
  const std::string_view w = t.tokens[i].kind == Token::Kind::word ? t.word(i) : std::string_view{};
  return w == "reports" || w == "announces" || w == "posts" || w == "achieves" || w == "delivers" || w == "grows" || w == "increases" || w == "generates" || w == "drives" || w == "records" || w == "reported" || w == "earns" || w == "releases" || w == "provides";
}

bool has_verb(const Text& t) {
  for (std::size_t i = 0; i < t.tokens.size(); ++i)
    if (verb_of_news(t, i)) return true;
  return false;
}

/// A paragraph that tells news: "today announced", "reported".
bool says_news(const Text& t) {
  for (std::size_t i = 0; i < t.tokens.size() && i < 90; ++i)
    if (t.is_word(i, "today") || t.is_word(i, "announced") || t.is_word(i, "reported")) return true;
  return false;
}

/// The dash behind a dateline ("NEW YORK, May 5, 2020 --"), or 0.
bool dateline(const Text& t, std::size_t& date_at) {
  for (std::size_t i = 0; i < t.tokens.size() && i < 30; ++i) {
    std::size_t next = 0;
    if (prose::read_date(t, i, t.tokens.size(), std::nullopt, next)) {
      date_at = i;
      return true;
    }
  }
  return false;
}

/// "For Immediate Release: November 22, 2024", "Date: May 5, 2020", with or without the colon, before token i.
bool names_the_day(const Text& t, std::size_t i) {
  const std::size_t head = i > 0 && t.is_mark(i - 1, ':') ? i - 1 : i;
  return head > 0 && i < 12 && (t.is_word(head - 1, "release") || t.is_word(head - 1, "released") || t.is_word(head - 1, "date") || t.is_word(head - 1, "issued"));
}

/// Where the bullets begin that were set below a headline in the same block; its size where there are none.
std::size_t end_of_headline(std::string_view text) {
  std::size_t end = text.size();
  for (const std::string_view mark : {"\u2022", "\u25A0", "\u25AA"}) end = std::min(end, text.find(mark));
  while (end > 0 && is_space(text[end - 1])) --end;
  return end;
}

/// "... Net Income of", "... Results,": the headline goes on in the next line.
bool goes_on(std::string_view headline) {
  headline = trim(headline);
  if (headline.ends_with(',')) return true;
  const std::size_t blank = headline.find_last_of(" \n");
  const std::string last = lower(headline.substr(blank == std::string_view::npos ? 0 : blank + 1));
  for (const std::string_view w : {"of", "and", "for", "the", "to", "with", "in", "on", "by", "a", "an", "from", "&"})
    if (last == w) return true;
  return false;
}

/// A headline that was set in a table, with what else stands on the first page: the first line of a cell that reports something.
void read_headline_of_table(const document::Document& document, Identity& id) {
  constexpr std::size_t first_blocks = 6, first_rows = 4, longest_line = 200;
  for (std::size_t b = 0; b < std::min(document.blocks.size(), first_blocks); ++b) {
    if (!document.blocks[b].table) continue;
    const auto& rows = document.blocks[b].table->rows;
    for (std::size_t r = 0; r < std::min(rows.size(), first_rows); ++r)
      for (const auto& cell : rows[r].cells) {
        const std::string_view text = cell.text.view();
        std::size_t begin = 0;
        while (begin < text.size() && collapse(text.substr(begin, text.find('\n', begin) - begin)).empty()) begin = std::min(text.find('\n', begin), text.size() - 1) + 1;  // blank lines
        const std::size_t end = std::min({text.find('\n', begin), text.find("\u2022", begin), text.find("\u25A0", begin), text.size()});
        const std::string line = begin < end ? collapse(text.substr(begin, end - begin)) : std::string();
        if (line.size() < 12 || line.size() > longest_line) continue;
        const Text t = prose::cut(line);
        if (!headline_words(t) || !has_verb(t)) continue;
        id.headline = {line, cell.text.source_span(static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end))};
        return;
      }
  }
}

/// A letterhead is often set as a table: the day is named in one of its cells.
void read_letterhead(const document::Document& document, Identity& id) {
  constexpr std::size_t first_blocks = 25, first_rows = 12;
  for (std::size_t b = 0; b < std::min(document.blocks.size(), first_blocks); ++b) {
    if (!document.blocks[b].table) continue;
    const auto& rows = document.blocks[b].table->rows;
    for (std::size_t r = 0; r < std::min(rows.size(), first_rows); ++r)
      for (const auto& cell : rows[r].cells) {
        if (cell.text.view().size() > 120) continue;
        const Text t = prose::cut(cell.text.view());
        for (std::size_t i = 0; i < t.tokens.size() && i < 12; ++i) {
          std::size_t next = i;
          const auto d = prose::read_date(t, i, t.tokens.size(), std::nullopt, next);
          if (!d || !names_the_day(t, i)) continue;
          id.release_date = d;
          id.release_date_span = cell.text.source_span(t.tokens[i].begin, t.tokens[next - 1].end);
          return;
        }
      }
  }
}

}  // namespace

void read_headline(const document::Document& document, const std::vector<Opening>& opening, Identity& id) {
  std::size_t title = opening.size();
  std::size_t body = opening.size();  // the paragraph with the dateline
  for (std::size_t k = 0; k < opening.size(); ++k) {
    const Text& t = opening[k].text;
    std::size_t date_at = 0;
    const bool paragraph = t.tokens.size() > 25 && !opening[k].heading && (says_news(t) || dateline(t, date_at));
    const std::size_t end = end_of_headline(t.raw);
    const bool bullets = end > 0 && end < t.raw.size();
    const Text head = bullets ? prose::cut(t.raw.substr(0, end)) : Text{};
    const bool better = title < opening.size() && !has_verb(opening[title].text) && has_verb(bullets ? head : t) && (opening[k].heading || bullets);
    if ((!paragraph || bullets) && headline_words(bullets ? head : t) && (title == opening.size() || better)) title = k;
    if (paragraph && body == opening.size()) {
      body = k;
      if (title < opening.size() || k > 30) break;
    }
  }
  if (title < opening.size() && title < body) {
    const auto& block = document.blocks[opening[title].block];
    const auto end = static_cast<std::uint32_t>(end_of_headline(block.text.view()));
    id.headline = end > 0 ? Told{std::string(block.text.view().substr(0, end)), block.text.source_span(0, end)} : Told{std::string(block.text.view()), block.text.source_span()};
    // Set in two lines: the name above "ANNOUNCES ...", or "... drives" or "NAME reports" above the rest.
    const auto ends_with_verb = [](const Text& t) { return !t.tokens.empty() && verb_of_news(t, t.tokens.size() - 1); };
    if (title > 0 && (verb_of_news(opening[title].text, 0) || ends_with_verb(opening[title - 1].text)) && opening[title - 1].text.tokens.size() < 12) {
      const auto& above = document.blocks[opening[title - 1].block];
      id.headline = {std::string(above.text.view()) + " " + id.headline.value, cover(above.text.source_span(), id.headline.span)};
    } else if (ends_with_verb(opening[title].text) && title + 1 < body) {
      ++title;
      const auto& below = document.blocks[opening[title].block];
      id.headline = {id.headline.value + " " + std::string(below.text.view()), cover(id.headline.span, below.text.source_span())};
    }
    constexpr std::size_t most_lines = 3;
    for (std::size_t n = 0; n < most_lines && title + 1 < body && goes_on(id.headline.value); ++n) {
      const Text& t = opening[title + 1].text;
      std::size_t at = 0;
      if (t.tokens.empty() || t.tokens.size() > 30 || begins_otherwise(t.raw) || dateline(t, at)) break;
      const auto& below = document.blocks[opening[++title].block];
      id.headline = {id.headline.value + " " + std::string(below.text.view()), cover(id.headline.span, below.text.source_span())};
    }
    for (std::size_t k = title + 1; k < body && k <= title + 2; ++k) {
      const Text& t = opening[k].text;
      std::size_t at = 0;
      if (t.tokens.size() < 4 || t.tokens.size() > 60 || dateline(t, at)) continue;
      const auto& sub = document.blocks[opening[k].block];
      id.subtitle = {std::string(sub.text.view()), sub.text.source_span()};
      break;
    }
  }
  if (title >= opening.size() || !has_verb(prose::cut(id.headline.value))) {
    Identity other;
    read_headline_of_table(document, other);
    if (!other.headline.value.empty()) id.headline = other.headline, id.subtitle = {};
  }
  // The release date: of the dateline, else of a line that is nothing but a date, else in digits.
  const auto set = [&](const Opening& o, std::size_t from, std::size_t to, Date d) {
    id.release_date = d;
    id.release_date_span = document.blocks[o.block].text.source_span(o.text.tokens[from].begin, o.text.tokens[to - 1].end);
  };
  for (std::size_t k = 0; k < opening.size() && !id.release_date; ++k) {
    const Text& t = opening[k].text;
    for (std::size_t i = 0; i < t.tokens.size() && i < 30; ++i) {
      std::size_t behind_digits = i;
      if (const auto d = prose::numeric_date(t, i, t.tokens.size(), behind_digits)) {
        if (t.is_mark(i + 5, '_') || t.is_mark(i + 5, '-') || (i > 0 && (t.is_mark(i - 1, '_') || t.is_mark(i - 1, '-')))) {
          set(opening[k], i, i + 5, *d);
          break;
        }
      }
      std::size_t next = i;
      const auto d = prose::read_date(t, i, t.tokens.size(), std::nullopt, next);
      if (!d || next == i) continue;
      const bool whole = i == 0 && next >= t.tokens.size();
      std::size_t behind = next;
      while (behind < t.tokens.size() && (t.is_mark(behind, ')') || t.is_mark(behind, ',') || t.is_mark(behind, '('))) ++behind;
      const bool dash = t.is_mark(behind, '_') || t.is_mark(behind, '/') || (t.is_mark(behind, '-') && !(behind + 1 < t.tokens.size() && t.tokens[behind + 1].glued && t.tokens[behind].glued));
      const bool wire = t.is_word(behind, "businesswire") || t.is_word(behind, "globe") || t.is_word(behind, "business") || t.is_word(behind, "prnewswire") || t.is_word(behind, "marketwired") || t.is_word(behind, "globenewswire");
      const bool leads = i > 0 && (t.is_mark(i - 1, '_') || t.is_mark(i - 1, '-') || t.is_mark(i - 1, '('));
      const bool ended = i > 0 && (t.is_word(i - 1, "ended") || t.is_word(i - 1, "ending") || t.is_word(i - 1, "at") || t.is_word(i - 1, "of") || t.is_word(i - 1, "on"));
      if (!ended && (whole || dash || wire || names_the_day(t, i) || (leads && i < 12))) {
        set(opening[k], i, next, *d);
        break;
      }
      i = next - 1;
    }
  }
  if (!id.release_date) read_letterhead(document, id);
  for (std::size_t k = 0; k < opening.size() && !id.release_date; ++k) {  // "issued on May 5, 2020", page furniture
    const Text& t = opening[k].text;
    std::size_t at = 0;
    if (t.tokens.size() > 12 || !dateline(t, at) || (at > 0 && (t.is_word(at - 1, "ended") || t.is_word(at - 1, "ending")))) continue;
    std::size_t next = at;
    if (const auto d = prose::read_date(t, at, t.tokens.size(), std::nullopt, next)) set(opening[k], at, next, *d);
  }
}

}  // namespace factpress::facts::identity
