#include "document/layout.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace factpress::document {

namespace {

struct RowShape {
  int filled = 0;
  const Cell* first = nullptr;
  const Cell* second = nullptr;
};

RowShape shape(const Row& row) {
  RowShape out;
  for (const Cell& cell : row.cells) {
    if (cell.text.empty()) continue;
    ++out.filled;
    if (!out.first) out.first = &cell;
    else if (!out.second) out.second = &cell;
  }
  return out;
}

bool has_words(std::string_view text) {
  return std::count_if(text.begin(), text.end(), is_alpha) >= 2;
}

enum class Layout { data, list, column };

Layout judge(const Table& table) {
  bool bullets = true, single = true;
  for (const Row& row : table.rows) {
    const RowShape s = shape(row);
    if (s.filled == 0) continue;
    bullets = bullets && s.filled == 2 && is_bullet(s.first->text.view()) && has_words(s.second->text.view());
    single = single && s.filled == 1;
  }
  return single ? Layout::column : bullets ? Layout::list : Layout::data;
}

Block text_block(Cell& cell, Span span) {
  Block block;
  block.strong = cell.strong;
  block.centered = cell.align == 2;
  block.text = std::move(cell.text);
  block.emphasis = std::move(cell.emphasis);
  block.italic = block.emphasis.size() == 1 && block.emphasis[0].kind == Emphasis::Kind::italic &&
                 block.emphasis[0].end - block.emphasis[0].begin == block.text.size();
  block.span = span;
  return block;
}

/// "(1)", "a.", "*": it says which note or point this is, so it stays with the words; a bullet is only a sign of a list.
bool is_telling(std::string_view bullet) {
  return bullet == "*" || (bullet.size() > 1 && std::any_of(bullet.begin(), bullet.end(), is_alnum));
}

void put_before(Cell& mark, Block& block) {
  MappedText text = std::move(mark.text);
  text.append_replaced(" ", {block.span.begin, block.span.begin});
  const std::uint32_t shift = text.size();
  text.append(block.text);
  for (Emphasis& e : block.emphasis) e.begin += shift, e.end += shift;
  block.emphasis.insert(block.emphasis.begin(), mark.emphasis.begin(), mark.emphasis.end());
  block.text = std::move(text);
}

void unfold(Table& table, Layout layout, std::vector<Block>& out) {
  for (Row& row : table.rows) {
    Cell *first = nullptr, *last = nullptr;
    for (Cell& cell : row.cells) {
      if (cell.text.empty()) continue;
      if (!first) first = &cell;
      last = &cell;
    }
    if (!last) continue;
    out.push_back(text_block(*last, row.span));
    if (layout != Layout::list) continue;
    if (is_telling(first->text.view())) {
      put_before(*first, out.back());
    } else {
      out.back().kind = BlockKind::list_item;
      out.back().level = 1;
    }
  }
}

/// Signs that are bullets and nothing else.
constexpr std::array<std::string_view, 9> kBullets = {"\u2022", "\xC2\x95", "\u25CF", "\u25AA", "\u25A0", "\uF0B7", "\uF0A7", "\u27A2", "\u00B7"};

/// Bytes of a bullet that begins the text and of the blanks behind it; 0 where none does. What may be a minus sign, a letter or the mark of
/// a note begins no item here.
std::uint32_t bullet_length(std::string_view text) {
  std::size_t at = 0;
  for (const std::string_view mark : kBullets)
    if (text.starts_with(mark)) at = mark.size();
  for (const std::string_view ring : {"\u25E6", "\u25CB"})  // alone in a cell they may mark what is not offered
    if (text.starts_with(ring)) at = ring.size();
  if (at > 0) {
    while (at < text.size() && is_space(text[at])) ++at;
    return has_words(text.substr(at)) ? static_cast<std::uint32_t>(at) : 0;
  }
  for (const std::string_view sign : {"\u00A7 ", "\u00D8 "})  // bullets of a font of signs, in another font: "§ Net income of ...", but not "§ 240.13"
    if (text.starts_with(sign) && text.size() > sign.size() && is_alpha(text[sign.size()])) return static_cast<std::uint32_t>(sign.size());
  return 0;
}

/// "<p>\u2022 Revenue grew by ...": an item of a list, as word processors write it. Its bullet is a sign, not text.
void make_list_item(Block& block) {
  const std::uint32_t bullet = block.kind == BlockKind::paragraph && !block.centered ? bullet_length(block.text.view()) : 0;
  if (!bullet) return;
  block.kind = BlockKind::list_item;
  block.level = 1;
  block.text = block.text.substr(bullet, block.text.size());
  std::erase_if(block.emphasis, [&](const Emphasis& e) { return e.end <= bullet; });
  for (Emphasis& e : block.emphasis) e.begin = std::max(e.begin, bullet) - bullet, e.end -= bullet;
}

}  // namespace

bool is_bullet(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kMarks = {"\u00A7", "\u00D8", "\u2013", "\u2014", "-", "*", "o", "\u2192"};
  const auto among = [&](const auto& marks) { return std::find(marks.begin(), marks.end(), text) != marks.end(); };
  if (among(kBullets) || among(kMarks)) return true;
  if (text.size() < 2 || text.size() > 5) return false;
  const std::string_view body = text[0] == '(' ? text.substr(1, text.size() - 2) : text.substr(0, text.size() - 1);
  const bool closed = text.back() == '.' || text.back() == ')';
  return closed && !body.empty() && body.size() <= 2 && (std::all_of(body.begin(), body.end(), is_digit) || (body.size() == 1 && is_alpha(body[0])));
}

void unfold_layout_tables(Document& document) {
  std::vector<Block> out;
  out.reserve(document.blocks.size());
  for (Block& block : document.blocks) {
    make_list_item(block);
    const Layout layout = block.kind == BlockKind::table ? judge(*block.table) : Layout::data;
    if (layout == Layout::data) out.push_back(std::move(block));
    else unfold(*block.table, layout, out);
  }
  document.blocks = std::move(out);
}

}  // namespace factpress::document
