#include "render/view_text.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "render/inline_number.h"
#include "diag/codes/render.h"

namespace factpress::render {
namespace {

using model::Emphasis;

/// Only addresses that lead somewhere outside and run nothing.
bool is_safe_link(std::string_view target) {
  if (!istarts_with(target, "https://") && !istarts_with(target, "http://") && !istarts_with(target, "mailto:")) return false;
  return is_utf8(target) && std::all_of(target.begin(), target.end(), [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7F; });
}

std::string_view element_of(const Emphasis& e) {
  switch (e.kind) {
    case Emphasis::Kind::strong: return "strong";
    case Emphasis::Kind::italic: return "em";
    case Emphasis::Kind::superscript: return "sup";
    case Emphasis::Kind::subscript: return "sub";
    case Emphasis::Kind::link: return is_safe_link(e.target) ? "a" : "";
  }
  return "";
}

std::string_view format_name(std::string_view local, Arena& arena) {
  if (local.empty()) return {};
  if (local == "num-dot-decimal") return "ixt:num-dot-decimal";
  if (local == "fixed-zero") return "ixt:fixed-zero";
  return arena.keep("ixt:" + std::string(local));
}

/// Turns marks into tags and counts each fact's prints.
class Tagger {
 public:
  Tagger(const model::Report& report, std::vector<FactView>& facts, Arena& arena, std::deque<TagView>& tags, diag::Sink& sink)
      : report_(report), facts_(facts), arena_(arena), tags_(tags), sink_(sink), repeats_(facts.size(), 0) {
    for (FactView& f : facts_) add_own_print(f);
  }

  FactView& fact(const model::Mark& m) { return facts_[m.fact]; }

  /// A footnote has a language, which texts inside it would take on: they are not tagged there.
  void enter_footnote(bool inside) { in_footnote_ = inside; }

  /// The tag for a mark's text and where it stands in it; null where the inline document cannot carry it there.
  const TagView* tag(const model::Mark& m, std::string_view printed, std::size_t& begin, std::size_t& end) {
    FactView& f = facts_[m.fact];
    const model::Occurrence& o = f.source->occurrences[m.occurrence];
    if (!f.filable) return nullptr;
    if (!f.numeric && in_footnote_) return nullptr;
    return f.numeric ? number_tag(m, f, o, printed, begin, end) : text_tag(m, f, printed, begin, end);
  }

 private:
  void add_own_print(FactView& f) {
    PrintView p;
    p.id = f.id;
    p.value = f.value;
    p.value_text = f.text;
    p.decimals = f.decimals;
    p.decimals_number = f.source->decimals;
    p.csv_value = csv_text(f.text);
    address(p, f);
    f.prints.push_back(std::move(p));
  }

  /// xBRL-CSV: '#' begins a special value and is doubled; an empty text is a special value itself.
  std::string_view csv_text(std::string_view s) {
    if (s.empty()) return "#empty";
    return s.front() == '#' ? arena_.keep("#" + std::string(s)) : s;
  }

  static void address(PrintView& p, const FactView& f) {
    p.name = f.concept_view->qname;
    p.context_ref = f.context->id;
    p.csv_decimals = p.decimals_number ? p.decimals : "#none";
    p.csv_unit = f.unit && !f.unit->oim.empty() ? f.unit->oim : "#none";
    if (f.unit) p.unit_ref = f.unit->id;
    p.hidden = true;
  }

  PrintView& print_of(FactView& f, const Decimal& value, std::string_view decimals, std::optional<int> number) {
    for (PrintView& p : f.prints)
      if (p.decimals == decimals && p.value == value) return p;
    PrintView p;
    p.id = arena_.keep(std::string(f.id) + "_p" + std::to_string(f.prints.size() + 1));
    p.value = value;
    p.value_text = p.csv_value = arena_.keep(value.to_string());
    p.decimals = decimals;
    p.decimals_number = number;
    address(p, f);
    return f.prints.emplace_back(std::move(p));
  }

  const TagView* finish(TagView tag, PrintView& print, const model::Mark& m, FactView& f) {
    tag.fact = &f;
    tag.name = print.name, tag.context_ref = print.context_ref, tag.unit_ref = print.unit_ref;
    tag.id = print.hidden ? print.id : arena_.keep(std::string(f.id) + "_r" + std::to_string(++repeats_[m.fact]));
    print.hidden = false;
    f.occurrences[m.occurrence].tag_id = tag.id, f.occurrences[m.occurrence].print_id = print.id;
    return &tags_.emplace_back(tag);
  }

  const TagView* number_tag(const model::Mark& m, FactView& f, const model::Occurrence& o, std::string_view printed,
                            std::size_t& begin, std::size_t& end) {
    const auto found = find_inline_number(printed, *f.source, o);
    if (!found) {
      sink_.add({diag::codes::render_print_mismatch, Place{report_.source, o.span},
                 "\"" + std::string(arena_.clean(printed.substr(0, 80))) + "\" does not state the fact's value " + std::string(f.text) +
                     " in digits; the inline document carries the fact elsewhere"});
      return nullptr;
    }
    begin = found->begin, end = found->end;
    TagView tag;
    tag.text = printed.substr(begin, end - begin);
    tag.format = format_name(found->format, arena_);
    tag.decimals = decimals_text(o.decimals, arena_);
    tag.scale = found->scale;
    tag.negative = found->negative;
    return finish(tag, print_of(f, found->value, tag.decimals, o.decimals), m, f);
  }

  const TagView* text_tag(const model::Mark& m, FactView& f, std::string_view printed, std::size_t& begin, std::size_t& end) {
    const auto format = find_inline_text_format(printed, f.text);
    if (!format) return nullptr;
    begin = 0, end = printed.size();
    TagView tag;
    tag.text = printed;
    tag.format = format_name(*format, arena_);
    tag.numeric = false;
    return finish(tag, f.prints.front(), m, f);
  }

  const model::Report& report_;
  std::vector<FactView>& facts_;
  Arena& arena_;
  std::deque<TagView>& tags_;
  diag::Sink& sink_;
  std::vector<int> repeats_;
  bool in_footnote_ = false;
};

/// Cuts one run of text into pieces that nest.
class Cutter {
 public:
  Cutter(const model::TextRun& run, bool keep_lines, Tagger& tagger, Arena& arena, std::vector<PieceView>& out)
      : run_(run), text_(run.text), keep_lines_(keep_lines), tagger_(tagger), arena_(arena), out_(out) {}

  void cut() {
    collect_marks();
    std::size_t next_emphasis = 0, next_mark = 0;
    for (;;) {
      words(next_stop(next_emphasis, next_mark));
      if (!open_.empty() && open_.back().end <= at_) {
        close();
      } else if (next_emphasis < run_.emphasis.size() && outside_marks(run_.emphasis[next_emphasis].begin) <= at_) {
        begin(run_.emphasis[next_emphasis++]);
      } else if (next_mark < marks_.size() && marks_[next_mark].begin <= at_) {
        mark(marks_[next_mark++]);
      } else if (at_ >= text_.size()) {
        break;
      }
    }
    while (!open_.empty()) close();
  }

 private:
  struct Open {
    std::string_view element;
    std::size_t end;
  };

  bool in_link() const {
    return std::any_of(open_.begin(), open_.end(), [](const Open& o) { return o.element == "a"; });
  }

  /// Marks that can be trusted: in range, in order, of facts that exist.
  void collect_marks() {
    std::size_t from = 0;
    for (const model::Mark& m : run_.marks) {
      if (m.begin < from || m.end <= m.begin || m.end > text_.size()) continue;
      marks_.push_back(m);
      from = m.end;
    }
  }

  /// A number is never torn: an emphasis that begins or ends inside one does so behind it.
  std::size_t outside_marks(std::size_t at) const {
    for (const model::Mark& m : marks_)
      if (m.begin < at && at < m.end) return m.end;
    return std::min(at, text_.size());
  }

  std::size_t next_stop(std::size_t emphasis, std::size_t mark) const {
    std::size_t stop = text_.size();
    if (!open_.empty()) stop = std::min(stop, open_.back().end);
    if (emphasis < run_.emphasis.size()) stop = std::min(stop, outside_marks(run_.emphasis[emphasis].begin));
    if (mark < marks_.size()) stop = std::min<std::size_t>(stop, marks_[mark].begin);
    return std::max(stop, at_);
  }

  void words(std::size_t end) {
    while (at_ < end) {
      const std::size_t line = keep_lines_ ? std::string_view::npos : text_.substr(0, end).find('\n', at_);
      const std::size_t stop = std::min(line, end);
      if (stop > at_) add_text(text_.substr(at_, stop - at_));
      at_ = stop;
      if (line < end) {
        PieceView p;
        p.line_break = true;
        out_.push_back(p);
        ++at_;
      }
    }
  }

  void add_text(std::string_view s) {
    if (s.empty()) return;
    PieceView p;
    p.text = arena_.clean(s);
    out_.push_back(p);
  }

  void begin(const Emphasis& e) {
    std::size_t end = outside_marks(e.end);
    if (!open_.empty()) end = std::min(end, open_.back().end);
    const std::string_view element = element_of(e);
    if (end <= at_ || element.empty() || (element == "a" && in_link())) return;
    PieceView p;
    p.open = element;
    if (element == "a") p.href = e.target;
    out_.push_back(p);
    open_.push_back({element, end});
  }

  void close() {
    PieceView p;
    p.close = open_.back().element;
    out_.push_back(p);
    open_.pop_back();
  }

  void mark(const model::Mark& m) {
    const std::string_view printed = text_.substr(m.begin, m.end - m.begin);
    PieceView p;
    p.mark = &tagger_.fact(m);
    p.occurrence = m.occurrence;
    p.in_link = in_link();
    out_.push_back(p);
    std::size_t begin = 0, end = 0;
    if (const TagView* tag = tagger_.tag(m, printed, begin, end)) {
      add_text(printed.substr(0, begin));
      PieceView digits;
      digits.tag = tag;
      out_.push_back(digits);
      add_text(printed.substr(end));
    } else {
      add_text(printed);
    }
    PieceView last;
    last.end_mark = true;
    last.in_link = in_link();
    out_.push_back(last);
    at_ = m.end;
  }

  const model::TextRun& run_;
  std::string_view text_;
  bool keep_lines_;
  Tagger& tagger_;
  Arena& arena_;
  std::vector<PieceView>& out_;
  std::vector<model::Mark> marks_;
  std::vector<Open> open_;
  std::size_t at_ = 0;
};

TextView view_text(const model::TextRun& run, bool keep_lines, Tagger& tagger, Arena& arena) {
  TextView v;
  v.plain = arena.clean(run.text);
  if (run.emphasis.empty() && run.marks.empty() && (keep_lines || run.text.find('\n') == std::string::npos)) {
    if (run.text.empty()) return v;
    PieceView p;
    p.text = v.plain;
    v.pieces.push_back(p);
    return v;
  }
  Cutter(run, keep_lines, tagger, arena, v.pieces).cut();
  return v;
}

std::string_view align_word(const model::NarrativeCell& c, bool first) {
  switch (c.align) {
    case 1: return "left";
    case 2: return "center";
    case 3: return "right";
    default: break;
  }
  if (first) return "left";
  if (c.header) return c.column_span > 1 ? "center" : "right";
  return c.numeric ? "right" : "left";
}

/// Where a row stands, and what is a footnote there.
struct RowPlace {
  const FootnoteViews& footnotes;
  model::Index block;
  std::size_t row;
  const FootnotePartView* footnote(std::size_t cell) const { return footnotes.part(block, true, row, cell); }
};

/// Empty cells up to a column of the grid.
void fill_to(NarrativeRowView& row, int column, int& at) {
  for (; at < column; ++at) row.cells.emplace_back().align = "left";
}

NarrativeRowView view_row(const model::NarrativeRow& row, const RowPlace& place, Tagger& tagger, Arena& arena) {
  NarrativeRowView v;
  v.cells.reserve(row.cells.size());
  bool words = false, plain = false;
  int at = 0;  // column of the grid
  for (const model::NarrativeCell& c : row.cells) {
    fill_to(v, c.column, at);
    NarrativeCellView cell;
    cell.footnote = place.footnote(static_cast<std::size_t>(&c - row.cells.data()));
    tagger.enter_footnote(cell.footnote != nullptr);
    cell.text = view_text(c.text, false, tagger, arena);
    cell.empty = trim(c.text.text).empty();
    cell.column_span = std::max<int>(1, c.column_span), cell.row_span = std::max<int>(1, c.row_span);
    cell.indent = std::clamp(c.indent, 0, 12);
    cell.header = c.header, cell.strong = c.strong, cell.numeric = c.numeric;
    cell.align = align_word(c, v.cells.empty());
    words = words || !cell.empty;
    plain = plain || (!cell.empty && !c.header);
    at += cell.column_span;
    v.cells.push_back(std::move(cell));
  }
  v.header = words && !plain;
  return v;
}

/// A row of dashes becomes a line below the cells above it (or above those below, at the top of the table).
void apply_rule(const model::NarrativeRow& rule, NarrativeRowView* above, NarrativeRowView* below) {
  const bool twice = std::any_of(rule.cells.begin(), rule.cells.end(), [](const auto& c) { return c.text.text.find('=') != std::string::npos; });
  NarrativeRowView* row = above ? above : below;
  if (!row) return;
  const bool in_grid = std::any_of(rule.cells.begin(), rule.cells.end(), [](const auto& c) { return c.column >= 0; });
  const bool by_column = rule.cells.size() == row->cells.size();
  int at = 0;
  for (std::size_t i = 0; i < row->cells.size(); ++i) {
    const int end = at + row->cells[i].column_span;
    const auto covers = [&](const model::NarrativeCell& c) { return c.column < end && at < c.column + c.column_span; };
    const bool here = in_grid ? std::any_of(rule.cells.begin(), rule.cells.end(), covers) : by_column ? !trim(rule.cells[i].text.text).empty() : i > 0;
    at = end;
    if (!here) continue;
    if (above) (twice ? row->cells[i].double_rule_below : row->cells[i].rule_below) = true;
    else row->cells[i].rule_above = true;
  }
}

std::string_view style_of(const NarrativeCellView& c, bool after_space, Arena& arena) {
  std::string out = after_space ? "padding:1.4em 8px 1px" : "padding:1px 8px";
  if (c.indent > 0) out += " 1px " + std::to_string(8 + 14 * c.indent) + "px";
  if (c.align != "left") (out += ";text-align:") += c.align;
  if (c.numeric) out += ";white-space:nowrap";
  if (c.rule_above) out += ";border-top:1px solid #000";
  if (c.double_rule_below) out += ";border-bottom:3px double #000";
  else if (c.rule_below) out += ";border-bottom:1px solid #000";
  return arena.keep(std::move(out));
}

/// Columns in which no cell begins are gone: source tables have them as spacing, and HTML does not allow them.
void drop_empty_columns(BlockView& v) {
  constexpr int most = 1000;
  if (v.columns > most) return;
  std::vector<char> begun(static_cast<std::size_t>(v.columns), 0);
  for (const NarrativeRowView& row : v.rows) {
    std::size_t at = 0;
    for (const NarrativeCellView& cell : row.cells) {
      if (cell.row_span > 1) return;  // cells of later rows are then not where they seem to be
      begun[at] = 1;
      at += static_cast<std::size_t>(cell.column_span);
    }
  }
  for (NarrativeRowView& row : v.rows) {
    std::size_t at = 0;
    for (NarrativeCellView& cell : row.cells) {
      const auto first = begun.begin() + static_cast<std::ptrdiff_t>(at);
      at += static_cast<std::size_t>(cell.column_span);
      cell.column_span = static_cast<int>(std::count(first, first + cell.column_span, 1));
    }
  }
  v.columns = static_cast<int>(std::count(begun.begin(), begun.end(), 1));
}

/// A title over all columns, below rows of another table in the same text, stands apart from them.
void set_titles_apart(BlockView& v) {
  const auto is_title = [&](const NarrativeRowView& row) { return v.columns > 1 && row.cells.size() == 1 && row.cells[0].column_span >= v.columns && !row.cells[0].empty; };
  for (std::size_t i = 1; i < v.rows.size(); ++i)
    v.rows[i].after_space = is_title(v.rows[i]) && !is_title(v.rows[i - 1]) && v.rows[i].cells[0].align == "center";
}

void view_table(const model::NarrativeBlock& block, model::Index index, const FootnoteViews& footnotes, BlockView& v, Tagger& tagger, Arena& arena) {
  v.rows.reserve(block.rows.size());
  const model::NarrativeRow* pending = nullptr;  // a rule at the top
  for (const model::NarrativeRow& row : block.rows) {
    if (row.rule) {
      if (v.rows.empty()) pending = &row;
      else apply_rule(row, &v.rows.back(), nullptr);
      continue;
    }
    v.rows.push_back(view_row(row, {footnotes, index, static_cast<std::size_t>(&row - block.rows.data())}, tagger, arena));
    if (pending) apply_rule(*pending, nullptr, &v.rows.back()), pending = nullptr;
    int columns = 0;
    for (const NarrativeCellView& c : v.rows.back().cells) columns += c.column_span;
    v.columns = std::max(v.columns, columns);
  }
  v.aligned = std::any_of(block.rows.begin(), block.rows.end(), [](const model::NarrativeRow& row) { return !row.cells.empty() && row.cells.front().column >= 0; });
  drop_empty_columns(v);
  set_titles_apart(v);
  for (NarrativeRowView& row : v.rows)
    for (NarrativeCellView& cell : row.cells) cell.style = style_of(cell, row.after_space, arena);
}

std::string_view kind_word(model::BlockKind kind) {
  switch (kind) {
    case model::BlockKind::heading: return "heading";
    case model::BlockKind::paragraph: return "paragraph";
    case model::BlockKind::list_item: return "item";
    case model::BlockKind::table: return "table";
    case model::BlockKind::preformatted: return "preformatted";
    case model::BlockKind::rule: return "rule";
  }
  return "paragraph";
}

/// "First Quarter Results" -> "first-quarter-results", unique in the document.
std::string_view heading_slug(std::string_view words, std::set<std::string, std::less<>>& taken, Arena& arena) {
  std::string out;
  for (const char c : words.substr(0, 80)) {
    if (is_alnum(c)) out += to_lower(c);
    else if (!out.empty() && out.back() != '-') out += '-';
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  if (out.empty()) out = "section";
  std::string unique = out;
  for (int n = 2; !taken.insert(unique).second; ++n) unique = out + "-" + std::to_string(n);
  return arena.keep(std::move(unique));
}

}  // namespace

NarrativeView view_narrative(const model::Report& report, std::vector<FactView>& facts, const FootnoteViews& footnotes,
                             const TextBlockViews& text_blocks, Arena& arena, diag::Sink& sink) {
  NarrativeView out;
  Tagger tagger(report, facts, arena, out.tags, sink);
  std::set<std::string, std::less<>> slugs;
  out.blocks.reserve(report.narrative.size());
  for (const model::NarrativeBlock& b : report.narrative) {
    BlockView v;
    v.kind = kind_word(b.kind);
    v.index = static_cast<int>(out.blocks.size());
    v.level = b.kind == model::BlockKind::heading ? std::clamp(b.level, 1, 6) : std::clamp(b.level, 1, 8);
    v.strong = b.strong, v.italic = b.italic, v.centered = b.centered, v.folio = b.folio;
    v.statement_index = b.statement == model::none ? -1 : static_cast<int>(b.statement);
    const auto index = static_cast<model::Index>(out.blocks.size());
    v.footnote = footnotes.part(index, false, 0, 0);
    v.text_block = text_blocks.part(index);
    tagger.enter_footnote(v.footnote != nullptr);
    v.text = view_text(b.text, b.kind == model::BlockKind::preformatted, tagger, arena);
    if (b.kind == model::BlockKind::heading) v.slug = heading_slug(v.text.plain, slugs, arena);
    if (b.kind == model::BlockKind::table) view_table(b, index, footnotes, v, tagger, arena);
    out.blocks.push_back(std::move(v));
  }
  const auto same_list = [&](std::size_t a, std::size_t b) {
    return b < out.blocks.size() && out.blocks[a].kind == out.blocks[b].kind && out.blocks[a].text_block == out.blocks[b].text_block;
  };
  for (std::size_t i = 0; i < out.blocks.size(); ++i) {
    if (out.blocks[i].kind != "item") continue;
    out.blocks[i].first_item = i == 0 || !same_list(i, i - 1);
    out.blocks[i].last_item = !same_list(i, i + 1);
  }
  text_blocks.write(report, out.blocks, facts, arena);
  for (FactView& f : facts)
    for (PrintView& p : f.prints) {
      p.fact = &f;
      if (f.filable && p.hidden) out.hidden.push_back(&p);
    }
  return out;
}

}  // namespace factpress::render
