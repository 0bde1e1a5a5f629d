#include <algorithm>

#include "base/text.h"
#include "facts/identity_parts.h"

namespace factpress::facts::identity {

using prose::Text;
using prose::Token;

namespace {

bool exchange_word(std::string_view w) {
  static constexpr std::string_view words[] = {"nasdaq", "nyse", "otcqb", "otcqx", "otc", "otcbb", "amex", "tsx", "tsxv", "lse", "asx", "aim", "euronext", "cse", "hkex", "sgx", "otcpk", "nyseamerican", "nysemkt", "tase", "six", "nasdaqgs", "nasdaqgm", "nasdaqcm", "neo", "jse"};
  return std::find(std::begin(words), std::end(words), w) != std::end(words);
}

bool exchange_tail(std::string_view w) {
  static constexpr std::string_view words[] = {"global", "select", "market", "markets", "national", "capital", "american", "arca", "mkt", "gs", "gm", "cm", "pink", "bulletin", "board", "bb", "stock", "exchange", "smallcap", "system", "nms", "v", "growth", "venture", "symbol", "ticker", "under", "the"};
  return std::find(std::begin(words), std::end(words), w) != std::end(words);
}

Told told(const document::Block& block, std::uint32_t begin, std::uint32_t end) {
  return {std::string(block.text.view().substr(begin, end - begin)), block.text.source_span(begin, end)};
}

bool ticker_like(std::string_view w) {
  if (w.empty() || w.size() > 8) return false;
  std::size_t letters = 0;
  for (const char c : w) {
    if (is_upper(c)) ++letters;
    else if (c != '.' && c != '-' && !is_digit(c)) return false;
  }
  return letters >= 1;
}

struct Listing {
  Told ticker, exchange;
  std::size_t begin = 0, end = 0;  // tokens
};

/// "NASDAQ Global Select Market: ABC" at token i; the token behind it, or i.
std::size_t listing_at(const document::Block& block, const Text& t, std::size_t i, std::vector<Listing>& out) {
  const auto word = [&](std::size_t k) { return k < t.tokens.size() && t.tokens[k].kind == Token::Kind::word ? t.word(k) : std::string_view{}; };
  std::size_t end = i;
  if (const std::size_t dash = word(i).find('-'); dash != std::string_view::npos && exchange_word(word(i).substr(0, dash)) && ticker_like(t.print(i).substr(dash + 1))) {
    const auto at = static_cast<std::uint32_t>(t.tokens[i].begin + dash);  // "OTCQB-VYCO"
    out.push_back({told(block, at + 1, t.tokens[i].end), told(block, t.tokens[i].begin, at), i, i + 1});
    return i + 1;
  }
  if (exchange_word(word(i))) end = i + 1;
  else if (word(i) == "new" && word(i + 1) == "york" && word(i + 2) == "stock" && word(i + 3) == "exchange") end = i + 4;
  else if (word(i) == "toronto" && word(i + 1) == "stock" && word(i + 2) == "exchange") end = i + 3;
  else return i;
  while (end < t.tokens.size() && (exchange_tail(word(end)) || (t.is_mark(end, '-') && t.tokens[end].glued))) ++end;
  const std::size_t exchange_end = end;
  while (end < t.tokens.size() && (t.is_mark(end, ':') || t.is_mark(end, '"') || t.is_mark(end, '-') || word(end) == "symbol" || word(end) == "ticker")) ++end;
  if (end == exchange_end) return i;
  // One or more tickers: "ABC", "ABC, ABCP", "ABC.A".
  std::size_t found = 0;
  while (end < t.tokens.size()) {
    std::size_t stop = end + 1;
    while (stop + 1 < t.tokens.size() && (t.is_mark(stop, '.') || t.is_mark(stop, '-')) && t.tokens[stop].glued && t.tokens[stop + 1].glued && t.tokens[stop + 1].kind == Token::Kind::word && t.tokens[stop + 1].capital) stop += 2;
    const std::uint32_t from = t.tokens[end].begin, to = t.tokens[stop - 1].end;
    if (!ticker_like(std::string_view(t.raw).substr(from, to - from))) break;
    Listing l;
    l.ticker = told(block, from, to);
    l.exchange = told(block, t.tokens[i].begin, t.tokens[exchange_end - 1].end);
    l.begin = i;
    l.end = stop;
    out.push_back(std::move(l));
    ++found;
    end = stop;
    if (!(t.is_mark(end, ',') || t.is_mark(end, '/') || word(end) == "and")) break;
    if (exchange_word(word(end + 1))) break;
    ++end;
  }
  return found ? end : i;
}

bool legal_form(std::string_view w) {
  static constexpr std::string_view words[] = {"inc", "corp", "corporation", "incorporated", "ltd", "limited", "llc", "plc", "co", "company", "n.v", "s.a", "ag", "se", "lp", "l.p", "bancorp", "holdings", "trust", "group"};
  return std::find(std::begin(words), std::end(words), w) != std::end(words);
}

/// A comma at k between two partners' names: "Sears, Roebuck and Co.", where the first stands at the beginning of the sentence.
bool joins_partners(const Text& t, std::size_t k, std::size_t end) {
  if (k == 0 || !t.tokens[k - 1].capital || !(k == 1 || t.is_mark(k - 2, '-') || t.is_mark(k - 2, '_') || t.is_mark(k - 2, ')'))) return false;
  for (std::size_t i = k + 1; i + 1 < end; ++i) {
    if (!(t.is_word(i, "and") || t.is_mark(i, '&'))) continue;
    return t.is_word(i + 1, "co") || t.is_word(i + 1, "company") || t.is_word(i + 1, "sons") || t.is_word(i + 1, "partners");
  }
  return false;
}

/// The name that ends before token `end`: capitalised words, "of", "and", "&", legal forms behind commas.
std::size_t name_begin(const Text& t, std::size_t end) {
  std::size_t i = end;
  while (i > 0) {
    const std::size_t k = i - 1;
    const Token& token = t.tokens[k];
    if (token.kind == Token::Kind::mark) {
      if (token.mark == '&' || token.mark == '\'' || (token.mark == '-' && token.glued)) {
        --i;
        continue;
      }
      if (token.mark == ',' && i < end && t.tokens[i].kind == Token::Kind::word && legal_form(t.word(i))) {
        --i;
        continue;
      }
      if (token.mark == ',' && (i == end || joins_partners(t, k, end))) {
        --i;
        continue;
      }
      if (token.mark == '.' && k > 0 && t.tokens[k - 1].kind == Token::Kind::word && (legal_form(t.word(k - 1)) || t.tokens[k - 1].end - t.tokens[k - 1].begin <= 2 || t.word(k - 1) == "bros" || t.word(k - 1) == "u.s")) {
        if (i == end || !legal_form(t.word(k - 1)) || legal_form(t.word(i))) {
          --i;
          continue;
        }
      }
      break;
    }
    if (token.kind == Token::Kind::number) {
      if (k > 0 && t.tokens[k - 1].capital && i < end) {
        --i;
        continue;
      }
      break;
    }
    if (token.skip) break;
    const std::string_view w = t.word(k);
    if (w.ends_with("-based") || w.ends_with("-headquartered") || w == "about") break;  // "Atlanta-based Southern Company"
    const bool connector = (w == "plc" || w == "of" || w == "and" || w == "the" || w == "de" || w == "for") && i < end;
    if (!token.capital && !connector && !is_digit(t.raw[token.begin]) && !(token.begin + 1 < token.end && is_upper(t.raw[token.begin + 1]))) break;
    if (t.is(k, prose::month)) break;
    --i;
  }
  while (i < end && (t.tokens[i].kind == Token::Kind::mark || (!t.tokens[i].capital && t.tokens[i].kind == Token::Kind::word && !is_digit(t.raw[t.tokens[i].begin]) && !(is_upper(t.raw[t.tokens[i].begin + (t.tokens[i].end - t.tokens[i].begin > 1 ? 1 : 0)]))))) ++i;
  return i;
}

void set_name(const document::Block& block, const Text& t, std::size_t end, Identity& id) {
  while (end > 0 && t.is_mark(end - 1, ',')) --end;
  const std::size_t begin = name_begin(t, end);
  if (begin >= end || end - begin > 14) return;
  id.name = told(block, t.tokens[begin].begin, t.tokens[end - 1].end);
  while (!id.name.value.empty() && id.name.value.back() == ',') id.name.value.pop_back();
  if (id.name.value.size() > 17 && iequals(std::string_view(id.name.value).substr(id.name.value.size() - 17), " and Subsidiaries")) id.name.value.resize(id.name.value.size() - 17);
}

/// `("Short", or the "Company")` behind the name or the listing.
void set_short_name(const document::Block& block, const Text& t, std::size_t from, Identity& id) {
  for (std::size_t i = from; i + 2 < t.tokens.size() && i < from + 24; ++i) {
    // Brackets behind the name, one after the other; words between them are about something else.
    if (t.is_mark(i, ',')) continue;
    if (!t.is_mark(i, '(')) {
      if (t.is_mark(i, '[')) {
        while (i < t.tokens.size() && !t.is_mark(i, ']')) ++i;
        continue;
      }
      return;
    }
    std::size_t close = i;
    while (close < t.tokens.size() && !t.is_mark(close, ')') && close < i + 30) ++close;
    for (std::size_t k = i + 1; k < t.tokens.size() && k < i + 14 && !t.is_mark(k, ')'); ++k) {
      if (!t.is_mark(k, '"')) continue;
      std::size_t end = k + 1;
      while (end < t.tokens.size() && !t.is_mark(end, '"') && end < k + 6) ++end;
      if (!t.is_mark(end, '"') || end == k + 1) break;
      const std::string_view w = t.word(k + 1);
      if (w == "the" || w == "we" || w == "our" || w == "us" || w == "company" || w == "corporation" || w == "bank") {
        k = end;
        continue;
      }
      std::uint32_t to = t.tokens[end - 1].end;
      if (t.is_mark(end - 1, ',')) to = t.tokens[end - 2].end;
      id.short_name = told(block, t.tokens[k + 1].begin, to);
      return;
    }
    i = close;
  }
}

std::string without_legal_form(std::string name) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view tail : {", Inc.", " Inc.", ", Inc", " Inc", ", INC.", " INC.", " Corporation", " CORPORATION", " Corp.", " CORP.", " Corp", " plc", " Plc", " PLC", ", Ltd.", " Ltd.", " Limited", ", LLC", " LLC", " Co.", " Company", " N.V.", " S.A.", ", L.P.", " Holdings", " and Subsidiaries", ","})
      if (name.size() > tail.size() + 1 && name.ends_with(tail)) {
        name.resize(name.size() - tail.size());
        again = true;
      }
  }
  return name;
}

/// The shortest beginning of the name that the release uses by itself.
void derive_short_name(const document::Document& document, Identity& id) {
  const std::string core = without_legal_form(id.name.value);
  const auto words = split(core, ' ');
  for (std::size_t n = 1; n <= words.size() && n <= 4; ++n) {
    std::string head;
    for (std::size_t k = 0; k < n; ++k) head += (k ? " " : "") + std::string(words[k]);
    if (head.size() < 2 || iequals(head, "The") || iequals(head, "First") || iequals(head, "American") || iequals(head, "United") || iequals(head, "National")) continue;
    std::size_t uses = 0;
    for (const document::Block& block : document.blocks) {
      const std::string_view text = block.text.view();
      for (std::size_t at = text.find(head); at != std::string_view::npos && uses < 2; at = text.find(head, at + head.size())) {
        const std::string_view rest = text.substr(at + head.size());
        for (const std::string_view tail : {"'s ", "\xE2\x80\x99s ", " reported", " announced", " Reports", " Announces", " today", " Generates", " Posts", " reports", "\xC2\xAE today", " is a", " has ", " expects", " will "})
          if (rest.starts_with(tail)) ++uses;
      }
      if (uses >= 2) break;
    }
    if (uses >= 1) {
      id.short_name = {head, id.name.span};
      return;
    }
  }
  id.short_name = {core, id.name.span};
}

/// Where the words end before token i, brackets and commas left behind: "NAME (the "Company"), today announced".
std::size_t behind_brackets(const Text& t, std::size_t i) {
  while (i > 0) {
    if (t.is_mark(i - 1, ',')) {
      --i;
    } else if (t.is_mark(i - 1, ')')) {
      std::size_t open = i - 1;
      while (open > 0 && !t.is_mark(open, '(') && i - open < 30) --open;
      if (!t.is_mark(open, '(')) return i;
      i = open;
    } else {
      return i;
    }
  }
  return i;
}

/// "NAME today announced", "NAME Reports ...": where no ticker stands.
bool name_by_verb(const document::Document& document, const std::vector<Opening>& opening, Identity& id) {
  for (const Opening& o : opening) {
    const Text& t = o.text;
    for (std::size_t i = 1; i < t.tokens.size() && i < 60; ++i) {
      const std::string_view w = t.tokens[i].kind == Token::Kind::word ? t.word(i) : std::string_view{};
      const bool verb = w == "today" || w == "announced" || w == "announces" || w == "reported" || w == "reports" || w == "released" || w == "releases";
      const std::size_t end = verb ? behind_brackets(t, i) : 0;
      if (end == 0 || !(t.tokens[end - 1].capital || (t.is_mark(end - 1, '.') && end > 1 && legal_form(t.word(end - 2)))) || t.is(end - 1, prose::month | prose::pronoun) || t.is_word(end - 1, "company")) continue;
      const std::size_t begin = name_begin(t, end);
      if (begin >= end || t.word(begin).starts_with("company")) continue;
      set_name(document.blocks[o.block], t, end, id);
      return !id.name.value.empty();
    }
  }
  return false;
}

void read_header(const document::Document& document, const std::vector<Opening>& opening, Identity& id) {
  for (const Opening& o : opening) {
    const document::Block& block = document.blocks[o.block];
    const std::string_view text = std::string_view(o.text.raw);
    for (const std::string_view key : {"CENTRAL INDEX KEY:", "CIK:", "CIK "}) {
      if (!id.cik.value.empty()) break;
      const std::size_t at = ifind(text, key);
      if (at == std::string_view::npos || (at > 0 && is_alnum(text[at - 1]))) continue;
      std::size_t i = at + key.size();
      while (i < text.size() && !is_digit(text[i]) && i < at + key.size() + 12) ++i;
      std::size_t end = i;
      while (end < text.size() && is_digit(text[end])) ++end;
      if (end - i >= 5 && end - i <= 10) {
        id.cik = told(block, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(end));
        id.cik.value = central_index_key(id.cik.value);
      }
    }
    if (id.name.value.empty()) {
      const std::size_t at = ifind(text, "COMPANY CONFORMED NAME:");
      if (at != std::string_view::npos) {
        std::size_t i = at + 23;
        while (i < text.size() && is_space(text[i])) ++i;
        std::size_t end = i;
        while (end < text.size() && text[end] != '\n' && text.substr(end, 2) != "  ") ++end;
        const std::size_t key = ifind(text, "CENTRAL INDEX", i);
        if (key < end) end = key;
        while (end > i && is_space(text[end - 1])) --end;
        if (end > i && end - i < 120) id.name = told(block, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(end));
      }
    }
  }
}

/// "THE EXAMPLE GROUP, INC." as a line of its own on the first page: where nothing else names the company.
void name_by_line(const document::Document& document, const std::vector<Opening>& opening, Identity& id) {
  constexpr std::size_t first_lines = 15, longest = 70;
  for (std::size_t k = 0; k < std::min(opening.size(), first_lines); ++k) {
    const Text& t = opening[k].text;
    std::size_t end = t.tokens.size();
    if (end > 0 && t.is_mark(end - 1, '.')) --end;
    if (end < 2 || t.raw.size() > longest || t.tokens[end - 1].kind != Token::Kind::word || !legal_form(t.word(end - 1)) || !t.tokens[0].capital) continue;
    const document::Block& block = document.blocks[opening[k].block];
    id.name = told(block, t.tokens[0].begin, t.tokens.back().end);
    return;
  }
}

/// "Example Corporation 7": the number of the page.
std::string without_page(std::string_view name) {
  name = trim(name);
  std::size_t end = name.size();
  while (end > 0 && is_digit(name[end - 1])) --end;
  if (end < name.size() && name.size() - end <= 3 && end > 0 && name[end - 1] == ' ') name = trim(name.substr(0, end));
  return std::string(name);
}

/// The table above which that company is named that most tables are of; the first of equals. Null where none names one.
const tables::DataTable* most_named(const std::vector<tables::DataTable>& tables) {
  const tables::DataTable* best = nullptr;
  std::ptrdiff_t most = 0;
  for (const tables::DataTable& table : tables) {
    if (table.company.empty() || table.blocks.empty()) continue;
    const std::string name = lower(without_page(table.company));
    const auto times = std::count_if(tables.begin(), tables.end(), [&](const tables::DataTable& t) { return !t.company.empty() && lower(without_page(t.company)) == name; });
    if (times > most) best = &table, most = times;
  }
  return best;
}

}  // namespace

void read_company(const document::Document& document, const std::vector<Opening>& opening, const std::vector<tables::DataTable>& tables, Identity& id) {
  for (const Opening& o : opening) {
    const document::Block& block = document.blocks[o.block];
    const Text& t = o.text;
    std::vector<Listing> found;
    for (std::size_t i = 0; i < t.tokens.size(); ++i) {
      const std::size_t next = listing_at(block, t, i, found);
      if (next > i) i = next - 1;
      else if (!found.empty() && t.is_mark(i, ')')) break;  // one bracket: the company's own listings
    }
    if (found.empty()) continue;
    const bool first = id.ticker.value.empty();
    if (first) {
      id.ticker = found[0].ticker;
      id.exchange = found[0].exchange;
      for (Listing& l : found) id.listings.emplace_back(l.ticker, l.exchange);
    } else if (found[0].ticker.value != id.ticker.value) {
      continue;
    }
    std::size_t open = found[0].begin;
    while (open > 0 && !t.is_mark(open, '(') && !t.is_mark(open, '[')) --open;
    if (open > 0) {
      std::size_t end = open;
      if (t.is_mark(end - 1, ')')) {  // ("Short") stands between
        do --end;
        while (end > 0 && !t.is_mark(end, '('));
      }
      set_name(block, t, end, id);
      if (!id.name.value.empty()) {
        set_short_name(block, t, end, id);
        break;
      }
    }
  }
  read_header(document, opening, id);
  if (id.name.value.empty())
    if (const tables::DataTable* const table = most_named(tables)) {
        id.name.value = without_page(table->company);
        for (const std::string_view tail : {" and subsidiar", " reports ", " announces ", " first quarter", " second quarter", " third quarter", " fourth quarter", " full year", " fiscal "})
          if (const std::size_t at = ifind(id.name.value, tail); at != std::string_view::npos) id.name.value.resize(at);
        id.name.span = document.blocks[table->blocks.front()].span;
      }
  if (id.name.value.empty()) name_by_verb(document, opening, id);
  if (id.name.value.empty()) name_by_line(document, opening, id);
  if (id.short_name.value.empty() && !id.name.value.empty()) derive_short_name(document, id);
}

}  // namespace factpress::facts::identity
