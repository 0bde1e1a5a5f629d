#include "document/lines.h"

#include <algorithm>

#include "base/text.h"

namespace factpress::document {

namespace {

bool is_gap(std::string_view text, std::size_t at) {
  if (text[at] == '\t') return true;
  if (text[at] == ' ') return at + 1 >= text.size() || text[at + 1] == ' ' || text[at + 1] == '\t';
  return text[at] == '.' && text.substr(at, 4) == "....";
}

void split_pieces(std::string_view text, Line& line) {
  std::uint32_t column = 0;
  std::size_t at = line.begin;
  while (at < line.end) {
    const char c = text[at];
    if (c == '\t') {
      column = (column / 8 + 1) * 8;
      ++at;
      continue;
    }
    const bool leader = c == '.' && text.substr(at, 4) == "....";
    if (c == '\f') {  // takes no place on the page
      ++at;
      continue;
    }
    if (is_space(c) || leader) {
      do ++at, ++column;
      while (leader && at < line.end && text[at] == '.');
      continue;
    }
    Piece piece{static_cast<std::uint32_t>(at), 0, column, 0};
    while (at < line.end && !is_gap(text.substr(0, line.end), at)) {
      if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80) ++column;
      ++at;
    }
    piece.end = static_cast<std::uint32_t>(at);
    piece.to = column;
    line.pieces.push_back(piece);
  }
}

std::vector<Piece> words_of(std::string_view text, const Piece& piece) {
  std::vector<Piece> words;
  std::uint32_t column = piece.from;
  for (std::uint32_t at = piece.begin; at < piece.end;) {
    if (text[at] == ' ') {
      ++at, ++column;
      continue;
    }
    Piece word{at, 0, column, 0};
    for (; at < piece.end && text[at] != ' '; ++at)
      if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80) ++column;
    word.end = at;
    word.to = column;
    words.push_back(word);
  }
  return words;
}

bool all_values(std::string_view text, const std::vector<Piece>& words) {
  return std::all_of(words.begin(), words.end(), [&](const Piece& w) { return is_value_token(text.substr(w.begin, w.end - w.begin)); });
}

bool has_digit_or_dash(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '-' || static_cast<unsigned char>(c) == 0xE2; });
}

/// Pieces made of values only come apart at their blanks.
void split_values(std::string_view text, Line& line) {
  std::vector<Piece> out;
  for (const Piece& piece : line.pieces) {
    const std::vector<Piece> words = words_of(text, piece);
    const bool values = all_values(text, words) && (line.pieces.size() > 1 || piece.from >= 20);
    if (values && has_digit_or_dash(text.substr(piece.begin, piece.end - piece.begin)) && (&piece != &line.pieces.front() || piece.from >= 20))
      line.data = true;
    // "28, 2024" is the rest of a date in a wrapped label or header
    const bool date = words.size() == 2 && text[words[0].end - 1] == ',' && words[0].end - words[0].begin <= 3 && words[1].end - words[1].begin == 4;
    if (values && words.size() > 1 && !date) out.insert(out.end(), words.begin(), words.end());
    else out.push_back(piece);
  }
  line.pieces = std::move(out);
}

constexpr std::size_t kNear = 15;  // lines above and below that tell where a column's numbers end

bool is_number(std::string_view token) { return is_value_token(token) && has_digit(token); }

/// Numbers of the lines around that end where `piece` ends: a column's right edge.
std::size_t numbers_ending_at(std::string_view text, const std::vector<Line>& lines, std::size_t at, std::uint32_t column) {
  std::size_t hits = 0;
  for (std::size_t i = at > kNear ? at - kNear : 0; i < std::min(at + kNear + 1, lines.size()); ++i) {
    if (i == at || !lines[i].data) continue;
    for (std::size_t p = 1; p < lines[i].pieces.size(); ++p) {
      const Piece& other = lines[i].pieces[p];
      const std::uint32_t off = other.to > column ? other.to - column : column - other.to;
      if (off <= 1 && is_number(text.substr(other.begin, other.end - other.begin))) ++hits;
    }
  }
  return hits;
}

/// "Total liabilities and equity $ 24,000      $ 21,100": a label so long that one blank alone parts it from its first number,
/// which ends where the numbers above and below end.
void split_long_labels(std::string_view text, std::vector<Line>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Line& line = lines[i];
    if (!line.data || line.pieces.size() < 2) continue;
    const Piece first = line.pieces.front();
    const std::vector<Piece> words = words_of(text, first);
    const auto shown = [&](std::size_t w) { return text.substr(words[w].begin, words[w].end - words[w].begin); };
    if (words.size() < 2 || !is_number(shown(words.size() - 1))) continue;
    std::size_t from = words.size() - 1;
    const bool money = from > 1 && (shown(from - 1) == "$" || shown(from - 1) == "($");
    const std::size_t fewest = money ? 1 : 2;  // "Notes due 2012" ends in a number, too
    if (numbers_ending_at(text, lines, i, first.to) < fewest) continue;
    if (money) --from;
    const std::string_view label = text.substr(first.begin, words[from - 1].end - first.begin);
    if (!std::any_of(label.begin(), label.end(), is_alpha)) continue;
    std::vector<Piece> pieces{{first.begin, words[from - 1].end, first.from, words[from - 1].to}};
    pieces.insert(pieces.end(), words.begin() + static_cast<std::ptrdiff_t>(from), words.end());
    pieces.insert(pieces.end(), line.pieces.begin() + 1, line.pieces.end());
    line.pieces = std::move(pieces);
  }
}

bool is_tag_line(std::string_view text) {
  text = trim(text);
  if (text.size() < 3 || text[0] != '<' || !(is_alpha(text[1]) || text[1] == '/')) return false;
  bool inside = false;
  for (char c : text) {
    if (c == '<') inside = true;
    else if (c == '>') inside = false;
    else if (!inside && !is_space(c)) return false;
  }
  return !inside;
}

/// "<PAGE>" does what a form feed at the beginning of the next line does.
void break_pages(std::string_view text, std::vector<Line>& lines) {
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (!lines[i].tag || !iequals(trim(text.substr(lines[i].begin, lines[i].end - lines[i].begin)), "<PAGE>")) continue;
    lines[i].blank = true;
    lines[i].tag = false;
    lines[i + 1].page = true;
  }
}

/// Numbers of pages are no numbers of a table that goes on over the page: such lines are blank.
void blank_folios(std::string_view text, std::vector<Line>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].blank || !is_folio_text(text.substr(lines[i].begin, lines[i].end - lines[i].begin))) continue;
    std::size_t next = i + 1, before = i;
    while (next < lines.size() && lines[next].blank && !lines[next].page) ++next;
    while (before > 0 && lines[before - 1].blank && !lines[before].page) --before;
    const bool ends = next < lines.size() && lines[next].page, begins = lines[i].page || (before > 0 && lines[before].page);
    if (!ends && !begins) continue;
    lines[i].blank = true;
    lines[i].data = false;
    lines[i].pieces.clear();
  }
}

}  // namespace

bool is_value_token(std::string_view token) {
  if (token.size() > 2 && token.back() == 'p' && is_digit(token[token.size() - 2]) && token.find('.') != std::string_view::npos) token.remove_suffix(1);  // "12.4p": pence
  bool digit = false;
  for (char c : token) {
    if (is_digit(c)) digit = true;
    else if (std::string_view("$,.()%-+*").find(c) == std::string_view::npos) {
      static constexpr std::string_view kOthers[] = {"na", "n/a", "nm", "n/m", "n.m.", "n.a.", "\u2014", "\u2013", "\u2212", "\u20AC", "\u00A3"};
      return std::any_of(std::begin(kOthers), std::end(kOthers), [&](std::string_view o) { return iequals(token, o); }) ||
             ((token.substr(0, 2) == "\u00A3" || token.substr(0, 3) == "\u20AC") && is_value_token(token.substr(token[0] == '\xC2' ? 2 : 3)));
    }
  }
  if (!digit) return token == "$" || token == "-" || token == "--" || token == "%" || token == ")" || token == "---" || token == "*" ||
                     token == "$-" || token == "$--" || token == ")%" || token == "-%" || token == "--%" || token == "($" || token == "(" || token == "(-)";
  const std::size_t inner = token.find('-', 1);  // "435-0800" is a telephone number
  return inner == std::string_view::npos || token[inner - 1] == '$' || token[inner - 1] == '(';
}

std::size_t loose_stroke(std::string_view line) {
  const std::size_t stroke = line.find(" | ");
  if (stroke == std::string_view::npos) return stroke;
  const std::string_view text = trim(line);
  return text.front() == '|' || text.back() == '|' ? std::string_view::npos : stroke;
}

bool is_rule_text(std::string_view text) {
  std::size_t marks = 0;
  for (char c : text) {
    if (c == '-' || c == '=' || c == '_') ++marks;
    else if (!is_space(c)) return false;
  }
  return marks >= 3;
}

bool is_folio_text(std::string_view text) {
  text = trim(text);
  if (istarts_with(text, "page ")) text.remove_prefix(5);
  while (!text.empty() && (text.front() == '-' || is_space(text.front()))) text.remove_prefix(1);
  while (!text.empty() && (text.back() == '-' || is_space(text.back()))) text.remove_suffix(1);
  if (const std::size_t of = text.find(" of "); of != std::string_view::npos && is_folio_text(text.substr(of + 4))) text = text.substr(0, of);
  constexpr std::size_t most_digits = 3;
  return !text.empty() && text.size() <= most_digits && std::all_of(text.begin(), text.end(), is_digit);
}

std::vector<Line> split_lines(std::string_view text) {
  std::vector<Line> lines;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) end = text.size();
    Line line;
    line.begin = static_cast<std::uint32_t>(at);
    line.end = static_cast<std::uint32_t>(end > at && text[end - 1] == '\r' ? end - 1 : end);
    const std::string_view content = text.substr(line.begin, line.end - line.begin);
    line.blank = trim(content).empty();
    line.page = content.starts_with('\f');
    line.rule = !line.blank && is_rule_text(content);
    line.tag = !line.blank && is_tag_line(content);
    if (!line.blank && !line.tag) {
      split_pieces(text, line);
      if (!line.rule) split_values(text, line);
    }
    lines.push_back(std::move(line));
    at = end + 1;
  }
  split_long_labels(text, lines);
  break_pages(text, lines);
  blank_folios(text, lines);
  return lines;
}

}  // namespace factpress::document
