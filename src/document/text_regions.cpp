#include <algorithm>

#include "base/date.h"
#include "base/text.h"
#include "document/boxed_table.h"
#include "document/layout.h"
#include "document/lines.h"
#include "document/text_reader.h"

namespace factpress::document {

namespace {

constexpr std::size_t kLongestHeader = 14;  // lines between a table's first header line and its first number
constexpr std::size_t kLongestGap = 14;     // lines without numbers inside a table

/// Finds the tables of fixed-width text: lines with numbers in places of their own, with the headers above, the wrapped
/// labels between and the rules below them.
class Regions {
 public:
  Regions(std::string_view text, const std::vector<Line>& lines) : text_(text), lines_(lines) {}

  std::vector<Region> find() {
    std::size_t at = 0, done = 0;
    while (at < lines_.size()) {
      if (const std::size_t end = boxed_table_end(text_, lines_, at); end > at) {
        found_.push_back({at, end, true});
        at = done = end;
      } else if (opens_table(at)) {
        const std::size_t end = close_of(at);
        add({at, end}, done);
        at = end;
      } else if (lines_[at].data) {
        const Region region = around(at, done);
        add(region, done);
        at = std::max(region.end, at + 1);
      } else {
        ++at;
      }
    }
    return std::move(found_);
  }

 private:
  std::string_view text(const Line& l) const { return text_.substr(l.begin, l.end - l.begin); }
  bool opens_table(std::size_t i) const { return lines_[i].tag && icontains(text(lines_[i]), "<TABLE"); }
  bool breaks(std::size_t i) const { return begins_page(i) || (lines_[i].tag && !icontains(text(lines_[i]), "<S>")); }
  /// A page that begins with titles or headers; one that begins with a label or numbers goes on with the table of the page before.
  bool begins_page(std::size_t i) const {
    const bool within_header = i > 0 && lines_[i - 1].pieces.size() >= 2 && !lines_[i - 1].data;
    if (!lines_[i].page || within_header) return false;
    for (std::size_t j = i; j < lines_.size() && j < i + kLongestHeader && !lines_[j].data; ++j)
      if (!lines_[j].pieces.empty() && !lines_[j].rule && heads_page(lines_[j])) return true;
    return false;
  }
  bool heads_page(const Line& line) const {
    if (line.pieces.size() >= 2 || centred(line)) return true;
    const std::string_view words = text(line);
    return icontains(words, "unaudited") || icontains(words, "in thousands") || icontains(words, "in millions") || icontains(words, " ended ");
  }

  std::size_t close_of(std::size_t i) const {
    std::size_t end = i + 1;
    while (end < lines_.size() && !icontains(text(lines_[end]), "</TABLE") && !opens_table(end)) ++end;
    return std::min(end + (end < lines_.size() && !opens_table(end) ? 1 : 0), lines_.size());
  }

  void add(Region region, std::size_t& done) {
    const auto numbers = std::count_if(lines_.begin() + static_cast<std::ptrdiff_t>(region.begin),
                                       lines_.begin() + static_cast<std::ptrdiff_t>(region.end), [](const Line& l) { return l.data; });
    if (numbers < 2) return;
    found_.push_back(region);
    done = region.end;
  }

  bool header_like(const Line& line) const {
    if (line.pieces.size() >= 2) return !is_bullet(piece(line.pieces[0]));
    const std::string_view words = trim(text(line));
    if (words.size() > 70) return false;
    if (line.pieces[0].from >= 30) return true;
    for (std::string_view key : {"ended", "unaudited", "thousands", "millions", "(in 000", "change"})
      if (icontains(words, key)) return words.size() < 60;
    return false;
  }
  std::string_view piece(const Piece& p) const { return text_.substr(p.begin, p.end - p.begin); }

  /// A label alone, left of the numbers.
  bool label_like(const Line& line, std::uint32_t numbers_from) const {
    const Piece& p = line.pieces.front();
    const bool item = is_bullet(piece(p).substr(0, piece(p).find(' '))) && piece(p).size() > 30;
    return line.pieces.size() == 1 && p.to <= std::max<std::uint32_t>(numbers_from + 3, 30) && !item;
  }
  bool centred(const Line& line) const { return line.pieces.size() == 1 && line.pieces[0].from >= 12; }

  std::uint32_t numbers_from(const Line& line) const {
    std::uint32_t from = 200;
    for (const Piece& p : line.pieces)
      if (is_value_token(piece(p)) && (&p != &line.pieces.front() || p.from >= 20)) from = std::min(from, p.from);
    return from;
  }

  Region around(std::size_t first, std::size_t done) const {
    std::uint32_t from = numbers_from(lines_[first]);
    Region region{above(first, done, from), first + 1};
    std::size_t gap = 0;
    for (std::size_t i = first + 1; i < lines_.size() && gap < kLongestGap; ++i) {
      const Line& line = lines_[i];
      if (breaks(i)) break;
      if (line.data || line.rule) {
        if (line.data) from = std::min(from, numbers_from(line));
        if (line.data || gap < 3) region.end = i + 1;
        gap = line.data ? 0 : gap;
        continue;
      }
      ++gap;
      if (line.blank || line.tag) continue;
      if (!label_like(line, from) && !header_like(line) && !centred(line) && !begins_long_label(i)) break;
      const bool follows = region.end == i && label_like(line, from);  // a wrapped label below its numbers
      if (follows && trim(text(line)).size() < 45) region.end = i + 1;
    }
    return region;
  }

  /// The first lines of a label that reach over the numbers' columns; its last line has the numbers.
  bool begins_long_label(std::size_t i) const {
    if (lines_[i].pieces.size() != 1 || lines_[i].pieces[0].from >= 20 || is_bullet(piece(lines_[i].pieces[0]).substr(0, 2))) return false;
    for (std::size_t j = i + 1; j < lines_.size() && j <= i + 3; ++j) {
      const Line& line = lines_[j];
      if (line.blank || line.rule || line.tag || line.pieces.empty()) return false;
      if (line.data) return line.pieces.front().from < 30 && std::any_of(text(line).begin(), text(line).end(), is_alpha);
    }
    return false;
  }

  std::size_t above(std::size_t first, std::size_t done, std::uint32_t from) const {
    std::size_t top = first, blanks = 0;
    for (std::size_t i = first; i-- > done && first - i <= kLongestHeader;) {
      const Line& line = lines_[i];
      if (line.tag || begins_page(i + 1)) break;
      if (line.blank) {
        if (++blanks > 2) break;
        continue;
      }
      const bool touches = top == i + 1;
      if (line.rule || header_like(line)) top = i;
      else if (!label_like(line, from)) break;
      else if (touches) top = i;
      blanks = 0;
    }
    return top;
  }

  std::string_view text_;
  const std::vector<Line>& lines_;
  std::vector<Region> found_;
};

}  // namespace

std::vector<Region> table_regions(std::string_view text, const std::vector<Line>& lines) { return Regions(text, lines).find(); }

}  // namespace factpress::document
