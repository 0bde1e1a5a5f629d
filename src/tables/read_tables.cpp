#include "tables/read_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "base/text.h"
#include "diag/codes/tables.h"
#include "tables/build.h"
#include "tables/judge.h"
#include "tables/scale_judge.h"

namespace factpress::tables {

namespace {

constexpr std::size_t kLeadBlocks = 8;       // blocks before a table that may hold its title
constexpr std::size_t kLongestLead = 240;    // characters of a title block

/// "(1) Deferred taxes were ...": a note to what stands above it.
bool is_note_to_above(std::string_view text) {
  if (text.size() < 24 || text.back() == ':' || (text[0] != '(' && text[0] != '*')) return false;
  if (text[0] == '*') return true;
  const std::size_t close = text.find(')');
  return close != std::string_view::npos && close >= 2 && close <= 3;
}

/// The lines of text right above a table: its title, company, scale note. A table, a list, a note to the table before or a
/// paragraph of prose ends them.
void gather_lead(const document::Document& document, std::size_t block, Draft& draft) {
  std::vector<std::pair<std::string, Span>> lines;
  for (std::size_t i = block; i-- > 0 && block - i <= kLeadBlocks;) {
    const document::Block& b = document.blocks[i];
    if (b.kind == document::BlockKind::rule) continue;
    if (b.kind == document::BlockKind::table || b.kind == document::BlockKind::list_item) break;
    const std::string_view text = b.text.view();
    if (is_note_to_above(text)) break;
    const bool prose = text.size() > kLongestLead || (text.size() > 120 && (text.back() == '.' || text.back() == ':') && !b.strong && !b.centered);
    if (prose) {
      draft.intro = std::string(text);
      draft.intro_span = b.span;
      break;
    }
    std::size_t end = text.size();
    while (end > 0) {  // lines of the block, last first
      const std::size_t begin = text.rfind('\n', end - 1);
      const std::size_t from = begin == std::string_view::npos ? 0 : begin + 1;
      const std::string_view line = trim(text.substr(from, end - from));
      if (!line.empty()) lines.emplace_back(std::string(line), b.text.source_span(static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(end)));
      if (begin == std::string_view::npos) break;
      end = begin;
    }
    if (b.kind == document::BlockKind::heading && b.level > 0) break;
  }
  for (auto it = lines.rbegin(); it != lines.rend(); ++it) draft.lead.push_back(it->first), draft.lead_spans.push_back(it->second);
}

}  // namespace

std::vector<DataTable> read_tables(const document::Document& document, const Calendar& calendar, diag::Sink& sink) {
  std::vector<DataTable> out;
  TableBuilder builder(document, calendar, sink);
  for (std::size_t i = 0; i < document.blocks.size(); ++i) {
    if (document.blocks[i].kind != document::BlockKind::table) continue;
    const Grid grid = make_grid(*document.blocks[i].table, i);
    const std::vector<RowParts> rows = sort_rows(grid);
    std::vector<Draft> drafts = split_tables(rows, i, grid.aligned);
    for (Draft& draft : drafts) {
      if (draft.first_of_block) gather_lead(document, i, draft);
      builder.add(draft, out);
    }
  }
  judge_scales(document, out, sink);
  judge_shares(out);
  return out;
}

}  // namespace factpress::tables
