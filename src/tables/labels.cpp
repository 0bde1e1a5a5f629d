#include "tables/labels.h"

#include <algorithm>
#include <array>

#include "base/date.h"
#include "base/text.h"
#include "tables/counted.h"
#include "tables/nature.h"
#include "tables/scale.h"

namespace factpress::tables {

namespace {

constexpr std::size_t kMostWrapped = 8;

struct TextLine {
  const RowParts* row;
  std::string text;
  Span span;
  int indent;
  std::size_t rules = 0;  ///< rules above it in the table
};

int indent_of(const RowParts& row) {
  if (row.row->cells.empty()) return 0;
  const GridCell& c = row.row->cells.front();
  if (c.cell->to > 0) return static_cast<int>(c.begin);
  return c.cell->indent + 3 * static_cast<int>(c.begin);  // a label one column further in is indented too
}

bool is_capitals(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; }) && std::count_if(text.begin(), text.end(), is_alpha) > 3;
}

bool open_bracket(std::string_view text) { return std::count(text.begin(), text.end(), '(') > std::count(text.begin(), text.end(), ')'); }

/// "... as of August" and "31, 2023 and May 31, 2023"
bool is_rest_of_date(std::string_view line, std::string_view next) {
  const std::size_t blank = line.rfind(' ');
  return is_digit(next.front()) && blank != std::string_view::npos && month_number(line.substr(blank + 1)) != 0;
}

/// "11,000 shares; outstanding: ..." below "Common stock, $0.01 par value; authorized"
bool is_count_of_shares(std::string_view next) {
  if (!is_digit(next.front())) return false;
  std::size_t at = 0;
  while (at < next.size() && (is_digit(next[at]) || next[at] == ',')) ++at;
  const std::string_view rest = trim(next.substr(at));
  return at >= 3 && (istarts_with(rest, "shares") || istarts_with(rest, "class ") || istarts_with(rest, "and ") || istarts_with(rest, "authorized") || istarts_with(rest, "issued"));
}

/// "(1) (2)", "(a)(b)": marks of notes and nothing else.
bool is_marks(std::string_view text) {
  while (!text.empty()) {
    const std::size_t close = text.find(')');
    if (text[0] != '(' || close == std::string_view::npos || close > 3) return false;
    text = trim(text.substr(close + 1));
  }
  return true;
}

/// "AFTER PROVISION FOR LOAN LOSSES", "PER SHARE"
bool begins_with_connector(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kWords = {"after", "and", "before", "by", "for", "from", "in", "on", "or", "per", "to", "with"};
  const std::string_view first = text.substr(0, text.find(' '));
  return first.size() < text.size() && std::any_of(kWords.begin(), kWords.end(), [&](std::string_view w) { return iequals(w, first); });
}

/// True where `next` goes on with the sentence that `line` began.
bool continues(std::string_view line, std::string_view next) {
  if (line.empty() || next.empty()) return false;
  if (line.back() == ':') return line.size() > 8 && line.find(' ') != std::string_view::npos && (icontains(line, "authorized") || icontains(line, "issued")) && is_count_of_shares(next);
  const bool long_dash = line.size() > 3 && (line.substr(line.size() - 3) == "\u2013" || line.substr(line.size() - 3) == "\u2014");
  const std::string_view last = line.substr(line.rfind(' ') == std::string_view::npos ? 0 : line.rfind(' ') + 1);
  const bool whole_word = last.size() > 5 && last.find('-') + 1 == last.size();  // "Regulated Utility Customers-", but not "Held-to-", "Non-"
  const bool dash_ends = (long_dash || line.back() == '-') && line.size() < 40 && (long_dash || line.size() < 24 || whole_word) && next.front() >= 'A' && next.front() <= 'Z';  // "Income Account-": a heading
  if (dash_ends) return false;
  if (ends_with_connector(line) || open_bracket(line) || next.front() == '/') return true;
  const char first = next.front();
  if (is_rest_of_date(line, next) || is_count_of_shares(next)) return true;
  if (istarts_with(next, "Of ") && is_capitals(line) == is_capitals(next) && line.size() >= 12) return true;  // "Cash at Beginning" over "Of Year"
  if (line.size() >= 12 && next.back() != ':' && is_capitals(line) && is_capitals(next) && begins_with_connector(next)) return true;  // "NET INTEREST INCOME" over "AFTER PROVISION"
  if (first == '(' && next.back() == ')' && next.size() < 20 && (next.find('(', 1) == std::string_view::npos || is_marks(next))) return true;  // "(Note 5)", "(1) (2)"
  // "TOTAL COMPREHENSIVE INCOME" over "ATTRIBUTABLE TO THE COMPANY", "Net Cash Provided by Operating" over "Activities"
  const std::string_view word = next.substr(0, next.find(' '));
  const bool phrase = istarts_with(next, "attributable to ") || (istarts_with(line, "net cash ") && !icontains(line, "activities") && (iequals(word, "activities") || iequals(word, "operating") || iequals(word, "investing") || iequals(word, "financing")));
  if (phrase && line.size() >= 16 && next.back() != ':' && is_capitals(line) == is_capitals(next)) return true;
  if (is_capitals(line) && !is_capitals(next)) return false;
  const auto lower_at = [&](std::size_t i) { return next.size() > i && next[i] >= 'a' && next[i] <= 'z'; };
  if (istarts_with(next, "(as a percent") || istarts_with(next, "(as a %") || istarts_with(next, "(percent")) return false;  // says what the rows below it are of
  if (first == '(' && lower_at(1)) return true;                                                            // "(expense) of $7 and $5"
  if (next.substr(0, 2) == "- " && lower_at(2) && !is_basic_or_diluted(lower(next))) return true;        // "- beginning of period"
  return first >= 'a' && first <= 'z' && !(next.size() > 1 && next[1] == ' ' && first == 'o');
}

/// "(2) Includes stock-based compensation of $10." between rows: a note, and no heading of what follows.
bool is_note(std::string_view text) {
  if (text.size() < 24 || text.front() != '(' || text.back() != '.') return false;
  const std::size_t close = text.find(')');
  return close == 2 || close == 3;
}

/// "Fiscal Year Ended June 30, 1999": a heading, whatever room it leaves.
bool tells_year_end(std::string_view text) {
  const std::size_t n = text.size();
  return n > 10 && icontains(text, " ended ") && is_digit(text[n - 1]) && is_digit(text[n - 2]) && is_digit(text[n - 3]) && is_digit(text[n - 4]);
}

/// Wrapped lines become one: with a blank, but not after a hyphen that parts a word nor before a stroke.
std::string join_wrapped(const std::string& line, const std::string& next) {
  const bool hyphen = line.size() > 1 && line.back() == '-' && is_alnum(line[line.size() - 2]);
  return hyphen || (!next.empty() && next[0] == '/') ? line + next : line + " " + next;
}

/// The text without the digits of notes set as superscripts ("margin" and a raised 2); marks in brackets stay.
std::string without_digits_of_notes(const GridCell& cell) {
  std::string out(cell.text());
  if (cell.plain.data() == cell.text().data() || cell.plain.size() != out.size()) return out;
  for (std::size_t i = 0; i < out.size();) {
    if (cell.plain[i] == out[i]) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < out.size() && cell.plain[end] != out[end]) ++end;
    const bool bracket = out[i] == '(' || out[i] == '[' || (i > 0 && (out[i - 1] == '(' || out[i - 1] == '['));
    for (std::size_t k = i; k < end && !bracket; ++k) out[k] = ' ';
    i = end;
  }
  return out;
}

struct Section {
  std::string text;
  int indent;
  bool capitals;
};

class Labeller {
 public:
  explicit Labeller(int& wrap_indent) : wrap_indent_(wrap_indent) {}
  std::vector<LabelledRow> label(const std::vector<const RowParts*>& body) {
    learn_wrapping(body);
    for (const RowParts* row : body) {
      switch (row->kind) {
        case RowKind::blank: blank_ = true; break;
        case RowKind::rule: ruled_ = true, ++rules_; break;
        case RowKind::data: data(*row); break;
        case RowKind::note: flush_headings(); break;
        default: text(*row); break;
      }
      if (row->kind != RowKind::rule && row->kind != RowKind::blank && row->underlined) ruled_ = true;
    }
    flush_headings();
    return std::move(out_);
  }

 private:
  /// How far the second lines of wrapped labels are indented in this table, where lines that begin with a small letter tell.
  void learn_wrapping(const std::vector<const RowParts*>& body) {
    std::array<int, 6> seen{}, perhaps{};
    std::vector<std::pair<const RowParts*, const RowParts*>> indented;  // a line without numbers, and the next
    widest_ = 0;
    std::size_t capitals = 0, labels = 0;
    const RowParts* above = nullptr;
    for (const RowParts* row : body) {
      const bool text = row->kind == RowKind::heading || row->kind == RowKind::title;
      if (!row->row || row->row->cells.empty() || (!text && row->kind != RowKind::data)) {
        above = nullptr;
        continue;
      }
      const GridCell& lead = row->row->cells.front();
      if (!text && lead.number.kind == ValueText::words) ++labels, capitals += is_capitals(lead.text()) ? 1 : 0;
      if (lead.cell->to > 0 && lead.number.kind == ValueText::words) widest_ = std::max(widest_, lead.end);
      const int further = above ? indent_of(*row) - indent_of(*above) : -1;
      if (further >= 0 && further < static_cast<int>(seen.size()) && lead.cell->to > 0 && continues(above->row->cells.front().text(), lead.text())) {
        if (is_lower(lead.text().front()) || (further > 0 && ends_with_connector(above->row->cells.front().text()))) ++seen[static_cast<std::size_t>(further)];
      } else if (further > 0 && further < static_cast<int>(seen.size()) && lead.cell->to > 0 && row->kind == RowKind::data) {
        indented.emplace_back(above, row);
      }
      above = text ? row : nullptr;
    }
    capitals_ = labels >= 4 && 4 * capitals >= 3 * labels;
    for (const auto& [line, next] : indented) {  // "Cost of sales per equivalent ounce" over "  Sold", where labels are in title case
      const std::string_view t = trim(line->row->cells.front().text()), first = next->row->cells.front().text();
      const bool no_room = line->row->cells.front().end + 1 + std::min(first.find(' '), first.size()) > widest_;
      if (no_room && t.size() >= 20 && t.back() != ':' && t.back() != ')' && !is_capitals(t)) ++perhaps[static_cast<std::size_t>(indent_of(*next) - indent_of(*line))];
    }
    const auto most = std::max_element(seen.begin(), seen.end());
    if (*most >= 2 || (*most == 1 && perhaps[static_cast<std::size_t>(most - seen.begin())] >= 1)) wrap_indent_ = static_cast<int>(most - seen.begin());
  }
  static bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

  /// Fixed-width text: the line had no room for the next line's first word, and the next is indented as wrapped lines are
  /// here: a little further than the first line, as far as a second one.
  bool had_no_room(const std::vector<TextLine>& lines, std::size_t i, std::string_view next, int indent) const {
    const TextLine& line = lines[i];
    for (std::string_view own : {"common stock", "preferred stock", "class ", "treasury ", "total "})  // a line of its own below "none issued or outstanding"
      if (istarts_with(next, own)) return false;
    if (tells_year_end(line.text)) return false;
    if (line.text.back() == ')' && is_upper(next.front())) return false;  // "Net earnings per share (Note 15)": a heading
    const bool activities = istarts_with(line.text, "cash flows from") || (line.text.size() > 10 && lower(line.text).compare(line.text.size() - 10, 10, "activities") == 0);
    if (activities && is_upper(next.front())) return false;
    const std::size_t word = std::min(next.find(' '), next.size());
    const std::size_t reach = static_cast<std::size_t>(line.indent) + line.text.size() + 1 + word;
    // A total has numbers: without them its label goes on below.
    const bool total = istarts_with(line.text, "total ") || istarts_with(line.text, "net cash ") || istarts_with(line.text, "net increase ") || istarts_with(line.text, "net decrease ");
    if (total && line.row->row->cells.front().cell->to > 0 && line.text.back() != ':' && indent > line.indent && indent - line.indent <= 4 && reach + 6 > widest_) return true;
    const bool caption = is_capitals(line.text);
    if (caption && capitals_ && line.row->row->cells.front().cell->to > 0 && is_capitals(next) && line.text.back() != ':' && line.text.size() >= 20 && indent >= line.indent && indent - line.indent <= 4)
      return reach > widest_;
    if (wrap_indent_ < 0 || line.row->row->cells.front().cell->to == 0 || line.text.back() == ':' || caption) return false;
    const bool second = i > 0 && (continues(lines[i - 1].text, line.text) || had_no_room(lines, i - 1, line.text, line.indent));
    if (line.text.size() < (second ? 10U : 20U) || indent - line.indent != (second ? 0 : wrap_indent_)) return false;
    return reach > widest_;
  }

  /// "Cash flows from investing activities" over "  Acquisition of businesses, net of cash" over "    acquired": each line
  /// further in than the one above. The second lines of one label stand under each other, so the first is a heading.
  bool heads_wrapped(const TextLine& line, std::string_view label, int indent) const {
    return line.row->row->cells.front().cell->to > 0 && line.indent < indent && !label.empty() && is_upper(label.front()) && !is_capitals(label) && !ends_with_connector(line.text) &&
           !open_bracket(line.text);
  }

  void text(const RowParts& row) {
    TextLine line{&row, {}, {}, indent_of(row), rules_};
    bool first = true;
    for (const GridCell& c : row.row->cells) {
      if (c.number.kind != ValueText::words && !first && c.number.kind != ValueText::not_available) continue;
      if (is_prose_beside(c)) continue;
      if (!first) line.text += ' ';
      line.text += collapse(without_digits_of_notes(c));
      line.span = first ? c.cell->text.source_span() : cover(line.span, c.cell->text.source_span());
      first = false;
    }
    if (line.text.empty() || is_note(line.text)) return;
    const bool below = pending_.empty() && !blank_ && !out_.empty() && !out_.back().heading && out_.back().parts && !out_.back().label.empty() &&
                       line.text.back() != ':' && continues(out_.back().label, line.text) && wrapped_below_ < kMostWrapped;
    if (below) {
      out_.back().label = join_wrapped(out_.back().label, line.text);
      out_.back().span = cover(out_.back().span, line.span);
      ++wrapped_below_;
      return;
    }
    if (blank_ && !pending_.empty()) flush_headings();
    blank_ = false;
    pending_.push_back(std::move(line));
  }

  void data(const RowParts& row) {
    LabelledRow out;
    out.parts = &row;
    out.label = joined_text(row.label);
    for (std::string_view sign : {" $", " \u20AC", " \u00A3"})  // a currency sign one blank after the label belongs to the number
      if (out.label.size() > sign.size() && std::string_view(out.label).substr(out.label.size() - sign.size()) == sign) out.label.resize(out.label.size() - sign.size());
    const bool had_label = !out.label.empty();
    for (const GridCell* c : row.label) out.span = out.span.empty() ? c->cell->text.source_span() : cover(out.span, c->cell->text.source_span());
    int indent = had_label ? indent_of(row) : 1000;
    std::size_t joined = 0;
    while (!pending_.empty() && joined < kMostWrapped) {
      const TextLine& line = pending_.back();
      const bool names_it = !had_label && joined == 0 && !blank_ && line.text.back() != ':' && !is_capitals(line.text);
      const bool wrapped = had_label && !blank_ && line.rules == rules_ && pending_.size() < 12 && had_no_room(pending_, pending_.size() - 1, out.label, indent);
      if (joined > 0 && heads_wrapped(line, out.label, indent)) break;
      if (!(names_it || wrapped || (!blank_ && had_label && continues(line.text, out.label)) || (joined > 0 && continues(line.text, out.label)))) break;
      out.label = out.label.empty() ? line.text : join_wrapped(line.text, out.label);
      out.span = out.span.empty() ? line.span : cover(out.span, line.span);
      indent = line.indent;
      pending_.pop_back();
      ++joined;
    }
    flush_headings();
    leave_sections(indent);
    out.ruled_above = ruled_;
    ruled_ = false;
    blank_ = false;
    wrapped_below_ = 0;
    stem(out);
    for (const Section& s : sections_) out.section.push_back(s.text);
    if (!stem_.empty()) out.section.push_back(stem_);
    out.depth = static_cast<int>(out.section.size());
    out_.push_back(std::move(out));
    if (closes(out_.back())) close_section();
  }

  /// "Net income per share - Basic" names what the row "- Diluted" below it means.
  void stem(const LabelledRow& row) {
    const std::string lowered = lower(row.label);
    if (is_basic_or_diluted(lowered) && !row.label.empty() && !is_alnum(row.label.front())) {
      if (!out_.empty() && stem_.empty()) {
        const std::size_t at = lower(out_.back().label).rfind("basic");
        if (at != std::string::npos && at > 3) stem_ = std::string(trim(std::string_view(out_.back().label).substr(0, at)));
        while (!stem_.empty() && !is_alnum(stem_.back()) && stem_.back() != ')') stem_.pop_back();
      }
    } else {
      stem_.clear();
    }
  }

  bool closes(const LabelledRow& row) const {
    return istarts_with(row.label, "total") || (row.label.empty() && row.ruled_above);
  }
  void close_section() {
    if (!sections_.empty() && !sections_.back().capitals) sections_.pop_back();
  }
  void leave_sections(int indent) {
    while (!sections_.empty() && !sections_.back().capitals && sections_.back().indent > indent) sections_.pop_back();
  }

  void flush_headings() {
    for (std::size_t i = 0; i < pending_.size();) {
      TextLine line = pending_[i++];
      while (i < pending_.size() && continues(line.text, pending_[i].text)) {
        line.text = join_wrapped(line.text, pending_[i].text);
        line.span = cover(line.span, pending_[i].span);
        ++i;
      }
      heading(line);
    }
    pending_.clear();
  }

  void heading(const TextLine& line) {
    const bool capitals = is_capitals(line.text);
    const bool within = !out_.empty() && out_.back().heading && !sections_.empty() && sections_.back().text == out_.back().label &&
                        sections_.back().capitals == capitals && sections_.back().indent == line.indent &&
                        // "Headcount" right above "Geographic area", "Average daily volume (in thousands):" above "Domestic:"
                        (names_a_number_of(lower(sections_.back().text)) || names_many(lower(sections_.back().text)) || read_scale(sections_.back().text).money);
    while (!within && !sections_.empty() && (capitals ? !sections_.back().capitals || sections_.back().indent >= line.indent
                                           : !sections_.back().capitals && sections_.back().indent >= line.indent))
      sections_.pop_back();
    if (sections_.size() > 8) sections_.erase(sections_.begin());
    LabelledRow out;
    out.label = line.text;
    out.span = line.span;
    out.heading = true;
    for (const Section& s : sections_) out.section.push_back(s.text);
    out.depth = static_cast<int>(out.section.size());
    out_.push_back(std::move(out));
    sections_.push_back({line.text, line.indent, capitals});
  }

  std::vector<LabelledRow> out_;
  std::vector<TextLine> pending_;
  std::vector<Section> sections_;
  std::string stem_;
  bool blank_ = false, ruled_ = false;
  int& wrap_indent_;
  bool capitals_ = false;     ///< this table's labels are in capitals, so that capitals tell no heading
  std::uint32_t widest_ = 0;  ///< where the longest line of this table's labels ends
  std::size_t wrapped_below_ = 0, rules_ = 0;
};

}  // namespace

bool ends_with_connector(std::string_view text) {
  if (text.empty()) return false;
  const char last = text.back();
  if (last == ',' || last == '-' || last == '/' || last == '&' || last == ';') return true;
  if (text.size() >= 3 && (text.substr(text.size() - 3) == "\u2013" || text.substr(text.size() - 3) == "\u2014")) return true;
  const std::size_t blank = text.rfind(' ');
  const std::string word = lower(blank == std::string_view::npos ? text : text.substr(blank + 1));
  static constexpr std::array<std::string_view, 30> kWords = {"and", "or", "of", "the", "to", "for", "in", "on", "by", "from", "with", "than", "at", "as", "per",
      "between", "including", "before", "after", "under", "into", "a", "an", "its", "other than", "attributable", "applicable", "available", "upon", "used"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

std::string joined_text(const std::vector<const GridCell*>& cells) {
  std::string out;
  for (const GridCell* c : cells) {
    if (!out.empty()) out += ' ';
    out += collapse(without_digits_of_notes(*c));
  }
  return out;
}

std::vector<LabelledRow> label_rows(const std::vector<const RowParts*>& body, int& wrap_indent) { return Labeller(wrap_indent).label(body); }

}  // namespace factpress::tables
