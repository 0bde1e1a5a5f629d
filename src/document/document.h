#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/source.h"
#include "diag/diagnostic.h"
#include "document/mapped_text.h"
#include "document/submission.h"

namespace factpress::document {

enum class Format { text, markdown, html };

/// A run of emphasis inside a block's text, for rendering the release in its own look. Offsets into the text.
struct Emphasis {
  enum class Kind : std::uint8_t { strong, italic, superscript, subscript, link };
  Kind kind;
  std::uint32_t begin;
  std::uint32_t end;
  std::string target;  ///< of a link: http, https or mailto only; anything else is dropped by the reader
};

/// One cell as it stands in the source; spans are resolved later (tables/grid.h).
struct Cell {
  MappedText text;
  std::vector<Emphasis> emphasis;
  std::uint16_t column_span = 1;
  std::uint16_t row_span = 1;
  bool header = false;    ///< marked up as one (th); most releases never do
  bool strong = false;    ///< wholly bold
  std::uint8_t align = 0; ///< 0 unknown, 1 left, 2 centre, 3 right
  std::int16_t indent = 0;  ///< of the text, in rough characters, where the layout tells (padding, leading blanks); else 0
  std::uint32_t from = 0, to = 0;  ///< aligned text: the character columns it spans in its line
};

struct Row {
  std::vector<Cell> cells;
  Span span;
  bool rule = false;    ///< a row of dashes or equal signs, or of cells with borders only: it underlines the one above
  bool underlined = false;  ///< cells of it have a border below
  bool page = false;        ///< fixed-width text: the first of a page, where columns may stand elsewhere than on the page before
};

struct Table {
  std::vector<Row> rows;
  std::string caption;
};

enum class BlockKind { heading, paragraph, list_item, table, preformatted, rule };

/// One piece of the document in reading order.
struct Block {
  BlockKind kind = BlockKind::paragraph;
  std::uint8_t level = 0;  ///< heading 1 to 6 (0: looks like one, unmarked); depth of a list item from 1
  bool strong = false;     ///< wholly bold: a heading in effect
  bool italic = false;
  bool centered = false;
  MappedText text;         ///< empty for a table
  std::vector<Emphasis> emphasis;
  std::shared_ptr<Table> table;  ///< set for a table
  Span span;
};

/// A release as ordered blocks. Belongs to one job.
struct Document {
  SourcePtr source;
  Format format = Format::text;
  Span body;          ///< what was read of the source: all of it, or one document of a submission
  Filing filing;      ///< of a submission's header
  std::string title;  ///< of the HTML head, where there is one
  std::vector<Block> blocks;
};

/// The format by the name's ending and the first bytes, of a submission by those of the document that is read of it. Plain text whose cells stand between tabs counts as Markdown, which reads
/// them by their cells.
Format detect_format(const Source& source);
/// Reads any release. The source holds UTF-8 (see decode.h) and at most 1 GiB. Never fails: what cannot be understood is kept
/// as text and said to `sink` (reader.*). Of a whole submission the exhibit with the release is read, in the format that detect_format
/// tells. Time linear in the size.
Document read(SourcePtr source, Format format, diag::Sink& sink);

}  // namespace factpress::document
