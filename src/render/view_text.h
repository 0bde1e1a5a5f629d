#pragma once
#include <deque>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "render/view_facts.h"
#include "render/view_footnotes.h"
#include "render/view_text_blocks.h"

/// The release's own words with its numbers marked, cut into pieces that nest properly, so that a template writes them one
/// after the other.
namespace factpress::render {

/// How the inline document tags the digits (Inline XBRL 1.1 §10: ix:nonFraction; §11: ix:nonNumeric).
struct TagView {
  std::string_view id;
  const FactView* fact = nullptr;
  std::string_view name, context_ref, unit_ref;
  std::string_view text;      ///< what stands inside the element
  std::string_view format;    ///< "ixt:num-dot-decimal"; empty: none
  std::string_view decimals;
  int scale = 0;
  bool negative = false;      ///< sign="-"
  bool numeric = true;
};

/// Exactly one of text, open, close, tag, mark, end_mark, line_break is set.
struct PieceView {
  std::string_view text;           ///< words
  std::string_view open, close;    ///< element begins, ends: strong, em, sup, sub, a
  std::string_view href;           ///< of an "a"
  const TagView* tag = nullptr;    ///< digits that the inline document tags
  const FactView* mark = nullptr;  ///< a recognised number begins (its words, with sign and unit)
  std::uint32_t occurrence = 0;    ///< which of the fact's occurrences the mark is
  bool end_mark = false;           ///< it ends
  bool in_link = false;            ///< of mark and end_mark: within an "a"
  bool line_break = false;
};

struct TextView {
  std::vector<PieceView> pieces;
  std::string_view plain;          ///< the words alone
};

struct NarrativeCellView {
  TextView text;
  int column_span = 1, row_span = 1, indent = 0;
  bool header = false, strong = false, numeric = false, empty = true;
  bool rule_above = false, rule_below = false, double_rule_below = false;
  std::string_view align;          ///< left, center or right
  std::string_view style;          ///< CSS declarations for indentation, alignment and rules: what a filed document may carry
  const FootnotePartView* footnote = nullptr;  ///< where its words are a footnote's
};
struct NarrativeRowView {
  std::vector<NarrativeCellView> cells;
  bool header = false;             ///< every cell with words is a heading
  bool after_space = false;        ///< a title below rows that belong to another table
};
struct BlockView {
  std::string_view kind;           ///< heading, paragraph, item, table, preformatted, rule
  int level = 0, index = 0;
  bool strong = false, italic = false, centered = false;
  bool folio = false;              ///< the number of a page and nothing else
  bool first_item = false, last_item = false;  ///< of a list
  std::string_view slug;           ///< of a heading: unique anchor
  TextView text;
  std::vector<NarrativeRowView> rows;
  int columns = 0;
  bool aligned = false;
  int statement_index = -1;        ///< index into the statements, or -1
  const FootnotePartView* footnote = nullptr;  ///< where its words are a footnote's
  const TextBlockPartView* text_block = nullptr;  ///< where it is part of a fact in words
};

struct NarrativeView {
  std::vector<BlockView> blocks;
  std::deque<TagView> tags;
  std::vector<const PrintView*> hidden;  ///< prints that no visible tag carries
};

/// Cuts the narrative, tags what can be tagged, gives every fact its prints (ids included) and its occurrences their tag ids.
/// A fact printed at several precisions gets one print for each distinct pair of value and decimals; the instance, xBRL-JSON
/// and xBRL-CSV hold these prints, and the inline document tags every place, so that a reader of either finds the same set.
/// Codes: render.print-mismatch.
NarrativeView view_narrative(const model::Report& report, std::vector<FactView>& facts, const FootnoteViews& footnotes,
                             const TextBlockViews& text_blocks, Arena& arena, diag::Sink& sink);

}  // namespace factpress::render

template <>
struct factpress::tmpl::Reflect<factpress::render::TagView> {
  using V = factpress::render::TagView;
  static constexpr std::string_view name = "Tag", doc = "Digits (or words) that the inline document tags where they stand.";
  static constexpr auto fields = fields_of<V>(
      field<&V::id>("id", "Unique in the inline document."), field<&V::fact>("fact", "The fact."),
      field<&V::name>("name", "Its concept's qname."), field<&V::context_ref>("context_ref", "Its context's id."),
      field<&V::unit_ref>("unit_ref", "Its unit's id; empty for text."),
      field<&V::text>("text", "What stands inside the element."),
      field<&V::format>("format", "Transformation with prefix, or empty: ixt:num-dot-decimal."),
      field<&V::decimals>("decimals", "Precision of this print."), field<&V::scale>("scale", "Power of ten."),
      field<&V::negative>("negative", "Whether the value is below zero: sign=\"-\"."),
      field<&V::numeric>("numeric", "A number; else text."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::PieceView> {
  using V = factpress::render::PieceView;
  static constexpr std::string_view name = "Piece", doc = "A piece of text: exactly one of text, open, close, tag, mark, end_mark and line_break is set.";
  static constexpr auto fields = fields_of<V>(
      field<&V::text>("text", "Words."), field<&V::open>("open", "An element begins: strong, em, sup, sub or a."),
      field<&V::close>("close", "It ends."), field<&V::href>("href", "Address of an a; never a script."),
      field<&V::tag>("tag", "Digits that the inline document tags; elsewhere their text is words."),
      field<&V::mark>("mark", "A recognised number begins: the fact."),
      field<&V::occurrence>("occurrence", "Which of the fact's occurrences the mark is."), field<&V::end_mark>("end_mark", "It ends."),
      field<&V::in_link>("in_link", "Of mark and end_mark: it stands within an a."),
      field<&V::line_break>("line_break", "A new line begins."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::TextView> {
  using V = factpress::render::TextView;
  static constexpr std::string_view name = "Text", doc = "A run of text.";
  static constexpr auto fields = fields_of<V>(field<&V::pieces>("pieces", "In order, properly nested."),
                                              field<&V::plain>("plain", "The words alone."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::NarrativeCellView> {
  using V = factpress::render::NarrativeCellView;
  static constexpr std::string_view name = "NarrativeCell", doc = "A cell of a table of the release.";
  static constexpr auto fields = fields_of<V>(
      field<&V::text>("text", "Its words."), field<&V::column_span>("column_span", "Columns that it covers."),
      field<&V::row_span>("row_span", "Rows that it covers."), field<&V::indent>("indent", "Depth of indentation."),
      field<&V::header>("header", "A column's or row's heading."), field<&V::strong>("strong", "Printed bold."),
      field<&V::numeric>("numeric", "Holds a number."), field<&V::empty>("empty", "Holds nothing."),
      field<&V::rule_above>("rule_above", "A line stands above it."), field<&V::rule_below>("rule_below", "A line stands below it."),
      field<&V::double_rule_below>("double_rule_below", "A double line stands below it."),
      field<&V::align>("align", "left, center or right."),
      field<&V::style>("style", "CSS declarations for its indentation, alignment and lines, for a document without style sheet."),
      field<&V::footnote>("footnote", "The footnote that its words are, or none."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::NarrativeRowView> {
  using V = factpress::render::NarrativeRowView;
  static constexpr std::string_view name = "NarrativeRow", doc = "A row of a table of the release.";
  static constexpr auto fields = fields_of<V>(field<&V::cells>("cells", "From the left."),
                                              field<&V::header>("header", "A row of column headings."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::BlockView> {
  using V = factpress::render::BlockView;
  static constexpr std::string_view name = "Block", doc = "A block of the release, in its own order.";
  static constexpr auto fields = fields_of<V>(
      field<&V::kind>("kind", "heading, paragraph, item, table, preformatted or rule."),
      field<&V::level>("level", "Of a heading (1 to 6) or a list item (from 1)."), field<&V::index>("index", "Its place, from 0."),
      field<&V::strong>("strong", "Printed bold throughout."), field<&V::italic>("italic", "Printed italic throughout."),
      field<&V::centered>("centered", "Centred."), field<&V::folio>("folio", "The number of a page and nothing else."), field<&V::first_item>("first_item", "The first item of a list."),
      field<&V::last_item>("last_item", "The last item of a list."), field<&V::slug>("slug", "Anchor of a heading, unique; else empty."),
      field<&V::text>("text", "Its words; empty for a table."), field<&V::rows>("rows", "Of a table."),
      field<&V::columns>("columns", "Of a table: how many."),
      field<&V::aligned>("aligned", "A table whose columns the text aligns by characters: they have no widths of their own."),
      field<&V::statement_index>("statement_index", "Index of the statement that was read from this table, or -1."),
      field<&V::footnote>("footnote", "The footnote that its words are, or none."),
      field<&V::text_block>("text_block", "The fact in words that it is part of, or none; a list never goes over its ends."));
};
