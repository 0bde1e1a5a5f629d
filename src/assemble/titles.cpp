#include "assemble/titles.h"

#include <algorithm>
#include <utility>

#include "assemble/roles.h"
#include "base/text.h"

namespace factpress::assemble {
namespace {

constexpr std::size_t longest = 110;  // of a title, in bytes

bool among(std::string_view word, std::initializer_list<std::string_view> list) { return std::find(list.begin(), list.end(), word) != list.end(); }

std::size_t first_of(std::string_view text, std::initializer_list<std::string_view> list) {
  std::size_t at = std::string_view::npos;
  for (const std::string_view w : list) at = std::min(at, ifind(text, w));
  return at;
}

/// The words of a text in lower case, without punctuation around them.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  std::string word;
  for (const char c : lower(text) + " ") {
    if (is_alnum(c) || (c & 0x80)) word += c;
    else if (!word.empty()) out.push_back(std::exchange(word, {}));
  }
  return out;
}

/// Nothing but a period, a scale, a page's number: "As of March 31", "(In thousands)", "Page 1 of 11", "Three months ended".
bool is_no_title(std::string_view text) {
  text = trim(text);
  if (text.size() < 3 || text.front() == '*' || text.find('@') != std::string_view::npos || icontains(text, "www.")) return true;
  if (text.front() == '(' && text.find(')') == text.size() - 1) return true;
  const bool of_scale = first_of(text, {"thousands", "millions", "except"}) != std::string_view::npos;
  for (const std::string& w : words_of(text)) {
    const bool aside = is_digit(w[0]) || (of_scale && among(w, {"amounts", "per", "share", "shares", "data"})) || among(w, {"at", "or", "for", "the", "as", "of", "and", "in", "to", "three", "six", "nine", "twelve", "thirteen", "fourteen", "twenty", "thirty", "thirtynine", "fifty",
        "week", "weeks", "month", "months", "quarter", "quarters", "year", "years", "period", "periods", "fiscal", "ended", "ending", "first", "second", "third", "fourth", "january", "february", "march",
        "april", "may", "june", "july", "august", "september", "october", "november", "december", "unaudited", "audited", "thousands", "millions", "billions", "dollars", "except", "page", "continued", "concluded", "table", "contents", "usd", "u", "s"});
    if (!aside) return false;
  }
  return true;
}

/// "Reconciliation (1) (2)", "Adjusted Earnings1", "Book Value 2": the marks of footnotes at the end; and what it notes of the
/// table's numbers in brackets.
std::string_view without_end(std::string_view text) {
  for (bool more = true; more;) {
    more = false;
    text = trim(text);
    const std::size_t n = text.size();
    if (n < 5) return text;
    const char last = text[n - 1], before = text[n - 2];
    if (last == ':' || last == ';' || last == ',' || last == '*' || (last == '.' && !is_upper(before) && ifind(text.substr(n - 4), "inc.") != 0 && ifind(text.substr(n - 4), "ltd.") != 0)) {
      text.remove_suffix(1), more = true;
    } else if (last == ')') {
      const std::size_t open = text.rfind('(');
      if (open == std::string_view::npos || open < 4) return text;
      const std::string_view inside = text.substr(open + 1, n - open - 2);
      const bool mark = inside.size() <= 2 && !inside.empty() && std::all_of(inside.begin(), inside.end(), is_alnum);
      if (mark || is_no_title(inside) || first_of(inside, {"in thousands", "in millions", "in billions", "unaudited", "continued"}) != std::string_view::npos) text = text.substr(0, open), more = true;
    } else if (is_digit(last) && last != '0') {
      const std::size_t word = text.find_last_of(" (-/") + 1;
      if (word + 1 == n && n > 6) {  // a word of its own: a mark behind a bracket, or behind a word that numbers nothing
        const std::vector<std::string> words = words_of(text);
        if (words.size() > 2 && !among(words[words.size() - 2], {"tier", "level", "phase", "stage", "table", "note", "exhibit", "schedule", "part", "page", "item", "quarter", "class", "series", "category", "topic"}))
          text.remove_suffix(1), more = true;
      } else if (n - word > 4 && is_alpha(before) && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(word), text.end() - 1, is_alpha)) {
        text.remove_suffix(1), more = true;
      }
    }
  }
  return text;
}

/// "(5) Stock-based compensation", "(A) Acquisition costs": without the mark.
std::string_view without_start(std::string_view text) {
  text = trim(text);
  if (text.size() > 6 && text.front() == '(') {
    const std::size_t close = text.find(')');
    if (close != std::string_view::npos && close <= 3 && std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(close), is_alnum)) return trim(text.substr(close + 1));
  }
  return text;
}

std::string_view without_article(std::string_view text) {
  for (const std::string_view w : {"a ", "an ", "the ", "our ", "certain "})
    if (istarts_with(text, w)) return trim(text.substr(w.size()));
  return text;
}

/// "Adobe's GAAP results": what it is of the company.
std::string_view without_owner(std::string_view text, const std::string& company) {
  const std::size_t word = std::min(company.find_first_of(" ,."), company.size());
  if (word < 2 || !istarts_with(text, company.substr(0, word))) return text;
  for (const std::string_view s : {"'s ", "\u2019s ", "' ", "\u2019 "})
    if (text.substr(word).starts_with(s)) return trim(text.substr(word + s.size()));
  return text;
}

/// Up to where a sentence goes on about when, why and how.
std::string_view without_tail(std::string_view text) {
  const std::size_t cut = first_of(text, {" for the three", " for the six", " for the nine", " for the twelve", " for the quarter", " for the first quarter", " for the second quarter", " for the third quarter",
      " for the fourth quarter", " for the year", " for the fiscal", " for the full", " for the period", " for each of", " for the thirteen", " for the twenty", " for the thirty", " for the fifty", " as of the dates",
      " as used in", " included in this", " contained in this", " presented in this", " used in this", " in this release", " in this press", " in this earnings", ", as well as", ", and ", ", which", ", the most",
      ", including", ", calculated", " calculated in accordance", " in accordance with", " (in thousands", " (in millions", "; ", ". "});
  return without_end(text.substr(0, std::max<std::size_t>(std::min(cut, text.size()), 8)));
}

/// What a sentence that leads to a table says the table is; empty where it is no such sentence, or says too much.
std::string from_sentence(std::string_view text, const std::string& company) {
  text = without_start(text);
  std::string_view object;
  bool reconciles = false;
  bool lead = false;
  for (const std::string_view opening : {"the following tables", "the following table", "the following", "the tables below", "the table below", "the accompanying tables", "the accompanying table"}) {
    if (!istarts_with(text, opening)) continue;
    std::string_view rest = trim(text.substr(opening.size()));
    for (const std::string_view filler : {"below ", "above ", "also "})
      if (istarts_with(rest, filler)) rest = trim(rest.substr(filler.size()));
    for (const std::string_view verb : {"shows", "show", "presents", "present", "sets forth", "set forth", "summarizes", "summarize", "details", "detail", "provides", "provide", "represents", "represent", "reflects",
        "reflect", "illustrates", "illustrate", "contains", "contain", "lists", "list", "displays", "display", "includes", "include", "discloses", "disclose", "describes", "outlines", "is", "are", "reconciles", "reconcile"})
      if (istarts_with(rest, verb) && rest.size() > verb.size() && rest[verb.size()] == ' ') {
        object = trim(rest.substr(verb.size()));
        reconciles = verb.starts_with("reconcile");
        lead = true;
        break;
      }
    break;
  }
  for (const std::string_view opening : {"below is ", "below are ", "presented below is ", "presented below are ", "set forth below is ", "set forth below are ", "shown below is ", "shown below are "})
    if (!lead && istarts_with(text, opening)) object = trim(text.substr(opening.size())), lead = true;
  if (!lead) {
    const std::size_t verb = first_of(text, {" was as follows", " were as follows", " is as follows", " are as follows", " consists of", " consist of", " consisted of", " is comprised of", " are comprised of",
        " was included in the following", " were included in the following", " is included in the following", " is provided below", " are provided below", " is presented below", " are presented below",
        " is detailed below", " are detailed below", " is set forth below", " are set forth below", " is shown below", " are shown below", " is summarized below", " are summarized below"});
    if (verb == std::string_view::npos) return {};
    object = text.substr(0, verb);
    if (const std::size_t end = object.rfind(". "); end != std::string_view::npos) object = trim(object.substr(end + 2));
  }
  object = without_tail(without_article(without_owner(without_article(object), company)));
  if (words_of(object).size() < 2 || object.size() > longest || istarts_with(object, "following")) return {};
  std::string title = reconciles ? "Reconciliation of " + std::string(object) : with_capital(object);
  if (const std::size_t our = title.find(" of our "); our != std::string::npos) title.erase(our + 4, 4);
  return title;
}

/// Whether a text names a statement of a primary kind; of other kinds any does.
bool names_statement(std::string_view title, model::StatementKind kind) {
  const auto has = [&](std::initializer_list<std::string_view> list) { return first_of(title, list) != std::string_view::npos; };
  if (has({"statement", "summary", "highlight", "data"})) return true;
  switch (kind) {
    case model::StatementKind::balance: return has({"sheet", "condition", "position", "balance", "and liabilities"});
    case model::StatementKind::income: return !istarts_with(title, "of ") && has({"operations", "earnings", "results", "performance", "profit and loss", "consolidated", "income s"});
    case model::StatementKind::cashflow: return has({"cash"});
    case model::StatementKind::reconciliation: return has({"reconcil", "gaap", "adjusted", "ebit", "cash", "net ", "per share", "margin", "core", "ffo", "funds", "tangible", "return"}) && !iequals(title, "income (loss)");
    default: return true;
  }
}

/// Boilerplate after which no heading belongs to a table any more.
bool is_boilerplate(std::string_view text) {
  return first_of(text, {"safe harbor", "forward-looking", "forward looking", "contact:", "contacts:", "conference call", "all rights reserved"}) != std::string_view::npos;
}

/// A whole sentence, of which from_sentence() could make nothing.
bool is_sentence(std::string_view text) {
  if (istarts_with(text, "the following") || istarts_with(text, "the table")) return true;
  return !text.empty() && (text.back() == '.' || text.back() == ':') && words_of(text).size() > 10;
}

bool looks_like_title(std::string_view text) {
  if (text.size() > longest || text.size() < 4 || text.front() == '(' || is_digit(text.front()) || (text.front() >= 'a' && text.front() <= 'z')) return false;
  return text.back() != '.' && text.back() != ';' && text.back() != ',' && !is_sentence(text);
}

bool looks_like_title(const document::Block& block, std::string_view text) {
  return block.kind != document::BlockKind::list_item && looks_like_title(text) && (block.kind == document::BlockKind::heading || block.strong || words_of(text).size() > 1);
}

bool is_corporate(std::string_view word) { return among(word, {"inc", "corp", "corporation", "ltd", "llc", "plc", "subsidiaries", "subsidiary", "company", "co"}); }

/// "Example Corporation and Subsidiaries Consolidated Balance Sheets": without the company's name.
std::string without_company(std::string_view text, const std::string& company) {
  const std::vector<std::string> name = words_of(company);
  std::size_t at = 0, end = 0;
  bool corporate = false;
  while (at < text.size()) {
    while (at < text.size() && !is_alnum(text[at]) && !(text[at] & 0x80)) {
      if (text[at] == '(') return std::string(text);
      ++at;
    }
    std::size_t stop = at;
    while (stop < text.size() && (is_alnum(text[stop]) || (text[stop] & 0x80))) ++stop;
    const std::string word = lower(text.substr(at, stop - at));
    if (end == 0 && (name.empty() || word != name.front())) return std::string(text);
    corporate = corporate || is_corporate(word);
    if (!is_corporate(word) && word != "and" && std::find(name.begin(), name.end(), word) == name.end()) break;
    end = at = stop;
  }
  return corporate && words_of(text.substr(end)).size() > 1 ? std::string(text.substr(at)) : std::string(text);
}

bool names_company(std::string_view text, const facts::Reading& reading) {
  const std::string& name = reading.identity.name.value;
  if (!name.empty() && istarts_with(text, name.substr(0, name.find_first_of(" ,"))) && words_of(text).size() <= words_of(name).size() + 2) return true;
  const std::vector<std::string> words = words_of(text);
  return words.size() <= 6 && std::any_of(words.begin(), words.end(), is_corporate);
}

/// A line across the rows above the first of the table, in the same table of the document.
std::string from_rows_above(const facts::Reading& reading, const tables::DataTable& table) {
  if (table.blocks.empty() || table.rows.empty() || !reading.document.blocks[table.blocks.front()].table) return {};
  const std::vector<document::Row>& rows = reading.document.blocks[table.blocks.front()].table->rows;
  const std::size_t first = table.rows.front().label_span.begin;
  std::size_t i = 0;
  while (i < rows.size() && rows[i].span.end <= first) ++i;
  constexpr std::size_t reach = 6;  // rows
  for (std::size_t n = 0; i-- > 0 && n < reach; ++n) {
    std::size_t filled = 0;
    for (const document::Cell& c : rows[i].cells) {
      const std::string_view text = trim(c.text.view());
      if (text.empty()) continue;
      if (text.front() == '$' || (is_digit(text.back()) && text.find(',') != std::string_view::npos && !std::any_of(text.begin(), text.end(), is_alpha))) return {};  // another table's numbers
      ++filled;
    }
    if (filled != 1) continue;
    const std::string text = collapse(rows[i].cells.front().text.view());  // texts over other columns head these
    if (is_no_title(text) || names_company(text, reading) || !looks_like_title(text)) continue;
    return std::string(without_end(text));
  }
  return {};
}

/// The sentence right above the table, or else the nearest heading.
std::string from_above(const facts::Reading& reading, const tables::DataTable& table) {
  if (table.blocks.empty()) return {};
  constexpr std::size_t reach = 10;  // blocks
  bool nearest = true;
  for (std::size_t i = table.blocks.front(); i-- > 0 && table.blocks.front() - i <= reach;) {
    const document::Block& block = reading.document.blocks[i];
    if (block.table) continue;
    const std::string text = collapse(block.text.view());
    if (is_boilerplate(text)) return {};
    if (is_no_title(text) || names_company(text, reading)) continue;
    if (std::exchange(nearest, false))
      if (std::string said = from_sentence(text, reading.identity.name.value); !said.empty()) return said;
    if (!looks_like_title(block, text)) continue;
    const std::string title(without_end(text));
    if (!is_no_title(title)) return title;
  }
  return {};
}

/// A title over two lines: "Reconciliation of Net Income In Accordance With GAAP to Pro Forma" above "Net Income (Loss)".
std::string with_line_before(const facts::Reading& reading, const tables::DataTable& table, std::string_view title) {
  if (table.blocks.empty() || table.blocks.front() < 2) return {};
  const auto& blocks = reading.document.blocks;
  for (std::size_t i = table.blocks.front(); i-- > 1 && table.blocks.front() - i <= 4;) {
    if (blocks[i].table || blocks[i - 1].table) return {};
    if (collapse(blocks[i].text.view()) != title) continue;
    const std::string before = collapse(blocks[i - 1].text.view());
    if (before.size() + title.size() < longest && icontains(before, "reconcil") && looks_like_title(blocks[i - 1], before)) return before + " " + std::string(title);
    return {};
  }
  return {};
}

std::string found_title(const facts::Reading& reading, const tables::DataTable& table, model::StatementKind kind) {
  const std::string printed = without_company(collapse(table.title), reading.identity.name.value);
  bool usable = !is_no_title(printed) && !is_boilerplate(printed);
  if (usable) {
    if (std::string said = from_sentence(printed, reading.identity.name.value); !said.empty()) return said;
    usable = !is_sentence(printed);
    if (usable && (names_statement(printed, kind) || words_of(printed).size() > 3)) return std::string(without_end(without_start(printed)));
    if (kind == model::StatementKind::reconciliation)
      if (std::string whole = with_line_before(reading, table, printed); !whole.empty()) return whole;
  }
  const bool primary = kind == model::StatementKind::income || kind == model::StatementKind::balance || kind == model::StatementKind::cashflow;
  for (auto look : {from_rows_above, from_above})
    if (std::string said = look(reading, table); !said.empty() && (!primary || names_statement(said, kind))) return without_company(said, reading.identity.name.value);
  return primary || !usable ? std::string(default_title(kind)) : std::string(without_end(printed));
}

}  // namespace

std::string title_of(const facts::Reading& reading, const tables::DataTable& table, model::StatementKind kind) {
  return with_capital(found_title(reading, table, kind));
}

model::StatementKind statement_kind(tables::StatementKind kind) {
  switch (kind) {
    case tables::StatementKind::income: return model::StatementKind::income;
    case tables::StatementKind::balance: return model::StatementKind::balance;
    case tables::StatementKind::cashflow: return model::StatementKind::cashflow;
    case tables::StatementKind::equity: return model::StatementKind::equity;
    case tables::StatementKind::reconciliation: return model::StatementKind::reconciliation;
    case tables::StatementKind::segment: return model::StatementKind::segment;
    case tables::StatementKind::other: return model::StatementKind::other;
  }
  return model::StatementKind::other;
}

}  // namespace factpress::assemble
