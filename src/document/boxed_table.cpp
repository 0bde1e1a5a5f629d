#include "document/boxed_table.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace factpress::document {

namespace {

constexpr std::size_t kHeaderRules = 3;  // above, under the header, below

/// A character of a line with its place: `column` counts characters.
struct Mark {
  std::uint32_t column, begin, end;
};

std::size_t length_at(std::string_view text, std::size_t at) {
  const auto c = static_cast<unsigned char>(text[at]);
  return std::min<std::size_t>(c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4, text.size() - at);
}

bool is_one_of(std::string_view character, std::initializer_list<std::string_view> set) { return std::find(set.begin(), set.end(), character) != set.end(); }
bool is_stroke(std::string_view c) { return is_one_of(c, {"|", "\u2502", "\u2503", "\u2551"}); }
bool is_dash(std::string_view c) { return is_one_of(c, {"-", "=", ":", "\u2500", "\u2501", "\u2550"}); }
/// "+" and the line-drawing characters where lines meet, U+250C to U+256C.
bool is_junction(std::string_view c) {
  return c == "+" || (c.size() == 3 && c[0] == '\xE2' && ((c[1] == '\x94' && static_cast<unsigned char>(c[2]) >= 0x8C) || (c[1] == '\x95' && static_cast<unsigned char>(c[2]) >= 0x92 && static_cast<unsigned char>(c[2]) <= 0xAC)));
}

class Box {
 public:
  Box(std::string_view text, const std::vector<Line>& lines) : text_(text), lines_(lines) {}

  std::string_view line(std::size_t i) const { return trim(text_.substr(lines_[i].begin, lines_[i].end - lines_[i].begin)); }

  /// Junctions and dashes and nothing else, two junctions at least; blanks where a cell reaches over several rows.
  bool is_rule(std::size_t i) const {
    const std::string_view text = line(i);
    std::size_t junctions = 0, dashes = 0;
    for (std::size_t at = 0; at < text.size();) {
      const std::string_view c = text.substr(at, length_at(text, at));
      if (is_dash(c)) ++dashes;
      else if (is_junction(c)) ++junctions;
      else if (c != " ") return false;
      at += c.size();
    }
    return junctions >= 2 && dashes >= junctions && is_junction(text.substr(0, length_at(text, 0)));
  }
  bool is_row(std::size_t i) const {
    const std::string_view text = line(i);
    if (text.size() < 3 || !is_stroke(text.substr(0, length_at(text, 0)))) return false;
    const std::string_view last = text.substr(text.size() - (text.back() == '|' || text.back() == '+' ? 1 : 3));
    return is_stroke(last) || is_junction(last);
  }

  template <class Wanted>
  std::vector<Mark> marks(std::size_t i, Wanted wanted) const {
    std::vector<Mark> out;
    std::uint32_t column = 0;
    for (std::size_t at = lines_[i].begin; at < lines_[i].end; ++column) {
      const std::size_t length = length_at(text_.substr(0, lines_[i].end), at);
      if (wanted(text_.substr(at, length))) out.push_back({column, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + length)});
      at += length;
    }
    return out;
  }
  std::vector<Mark> strokes(std::size_t i) const { return marks(i, is_stroke); }
  std::vector<Mark> junctions(std::size_t i) const { return marks(i, is_junction); }

 private:
  std::string_view text_;
  const std::vector<Line>& lines_;
};

class BoxReader {
 public:
  BoxReader(const MappedText& whole, const std::vector<Line>& lines) : whole_(whole), lines_(lines), box_(whole.view(), lines) {}

  Table read(std::size_t first, std::size_t end) {
    std::size_t rules = 0;
    for (std::size_t i = first; i < end; ++i) {
      if (!box_.is_rule(i)) continue;
      ++rules;
      for (const Mark& m : box_.junctions(i)) edges_.push_back(m.column);
    }
    std::sort(edges_.begin(), edges_.end());
    edges_.erase(std::unique(edges_.begin(), edges_.end()), edges_.end());
    const bool parted = rules > kHeaderRules;
    bool fresh = true;
    for (std::size_t i = first; i < end; ++i) {
      if (box_.is_rule(i)) {
        fresh = true;
      } else {
        if (fresh || !parted || begins_anew(i)) begin_row(i);
        else go_on(i);
        fresh = false;
      }
    }
    return std::move(table_);
  }

 private:
  /// The column that begins at a stroke, or the one it stands in.
  std::size_t column_at(std::uint32_t column) const {
    const auto at = std::upper_bound(edges_.begin(), edges_.end(), column);
    return at == edges_.begin() ? 0 : static_cast<std::size_t>(at - edges_.begin()) - 1;
  }

  MappedText between(const Mark& left, const Mark& right) const {
    MappedText out = whole_.substr(left.end, right.begin);
    out.trim();
    return out;
  }

  void begin_row(std::size_t i) {
    Row row;
    row.span = whole_.source_span(lines_[i].begin, lines_[i].end);
    begins_.clear();
    const std::vector<Mark> strokes = box_.strokes(i);
    for (std::size_t k = 0; k + 1 < strokes.size(); ++k) {
      Cell cell;
      cell.text = between(strokes[k], strokes[k + 1]);
      const std::size_t from = column_at(strokes[k].column), to = column_at(strokes[k + 1].column);
      cell.column_span = static_cast<std::uint16_t>(std::clamp<std::size_t>(to > from ? to - from : 1, 1, 1000));
      const std::string_view blank = whole_.view().substr(strokes[k].end, strokes[k + 1].begin - strokes[k].end);
      cell.indent = static_cast<std::int16_t>(std::min<std::size_t>(std::min(blank.find_first_not_of(' '), blank.size()), 200));
      begins_.push_back(strokes[k].column);
      row.cells.push_back(std::move(cell));
    }
    table_.rows.push_back(std::move(row));
  }

  /// A line with a label of its own and a number below a number: another row, though no rule parts them.
  bool begins_anew(std::size_t i) const {
    const Row& row = table_.rows.back();
    const std::vector<Mark> strokes = box_.strokes(i);
    if (strokes.size() < 3 || between(strokes[0], strokes[1]).empty() || row.cells.empty() || row.cells.front().text.empty()) return false;
    for (std::size_t k = 1; k + 1 < strokes.size(); ++k) {
      const auto at = std::lower_bound(begins_.begin(), begins_.end(), strokes[k].column);
      if (at == begins_.end() || *at != strokes[k].column) continue;
      if (has_digit(row.cells[static_cast<std::size_t>(at - begins_.begin())].text.view()) && has_digit(between(strokes[k], strokes[k + 1]).view())) return true;
    }
    return false;
  }

  /// A further line of the same row: each part goes on with the cell that begins at the same stroke.
  void go_on(std::size_t i) {
    Row& row = table_.rows.back();
    row.span = cover(row.span, whole_.source_span(lines_[i].begin, lines_[i].end));
    const std::vector<Mark> strokes = box_.strokes(i);
    for (std::size_t k = 0; k + 1 < strokes.size(); ++k) {
      const auto at = std::lower_bound(begins_.begin(), begins_.end(), strokes[k].column);
      MappedText text = between(strokes[k], strokes[k + 1]);
      if (at == begins_.end() || *at != strokes[k].column || text.empty()) continue;
      row.cells[static_cast<std::size_t>(at - begins_.begin())].text.append_apart(text);
    }
  }

  const MappedText& whole_;
  const std::vector<Line>& lines_;
  Box box_;
  Table table_;
  std::vector<std::uint32_t> edges_;   ///< character columns of all junctions
  std::vector<std::uint32_t> begins_;  ///< of the row at hand: where each cell's left stroke stands
};

}  // namespace

std::size_t boxed_table_end(std::string_view text, const std::vector<Line>& lines, std::size_t first) {
  const Box box(text, lines);
  if (first + 2 >= lines.size() || lines[first].blank || !box.is_rule(first) || !box.is_row(first + 1)) return first;
  std::size_t end = first + 1;
  while (end < lines.size() && !lines[end].blank && (box.is_row(end) || box.is_rule(end))) ++end;
  return end;
}

Table read_boxed_table(const MappedText& whole, const std::vector<Line>& lines, std::size_t first, std::size_t end) { return BoxReader(whole, lines).read(first, end); }

}  // namespace factpress::document
